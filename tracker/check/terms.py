"""Rules about defined terms: a short form that is never used, or used before it is given.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.check.subject import Subject, around, problem
from tracker.law.address import Located
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["terms_used"]

_SHORT: Final = re.compile(
    '（以下(?:统一)?(?:简称|统称|合称|称)(?:为)?[“"]?([^“”"（）、，。；]{2,16})[”"]?）'
)
_MEANT: Final = re.compile(
    '(?<![和及与])本(?:条例|办法|规定|法|细则|规则)(?:中)?所(?:称|指)(?:的)?[“"]?((?:(?!属于|包括)[\u4e00-\u9fff]){2,16}?)[”"]?，?'
    "(?:是指|指的是|，指|，包括|，系指)"
)
_SIGNS: Final = {_SHORT: ("（以下",), _MEANT: ("所称", "所指")}
"""What each of them finds has one of these; many laws have none."""
_SURE: Final = 4  # characters; a shorter form (平台, 企业) is a common word too
MOST: Final = 1_000
"""Terms of a law that are looked at; each is looked for in the whole text, and of 3,423 laws the
one with the most has 12."""
_LOOK_BACK: Final = 40
_BEFORE_A_NAME: Final = "，。；：、（“和及与或由向经对报的"


@dataclass(frozen=True, slots=True)
class _Term:
    """A defined term, where its name stands, and whether it is a short form of a longer name."""

    name: str
    located: Located
    start: int
    end: int
    is_short: bool


def terms_used(subject: Subject) -> Iterator[Problem]:
    """A defined term is used, and a short form only after it is given.

    本条例所称算力券，是指…… and 算力券 nowhere else → ``term-never-used``; 城管部门 in 第三条 and
    城市管理部门（以下简称城管部门） in 第五条 → ``term-before-definition``.
    """
    if subject.is_amending_act or subject.law.is_outline:
        return
    places = [p for p in subject.provisions if p.provision.text or p.provision.caption]
    texts = [p.provision.text for p in places]
    everything = "\n".join((subject.law.title, *texts, *_headings(places)))
    seen: set[str] = set()
    for term in _terms(places, everything):
        if term.name in seen:
            continue
        if len(seen) == MOST:
            yield _the_rest(term)
            return
        seen.add(term.name)
        if everything.count(term.name) <= 1:
            yield _never_used(term)
        elif term.is_short and len(term.name) >= _SURE:
            yield from _before(term, places)


def _headings(places: list[Located]) -> list[str]:
    return [p.provision.caption for p in places if p.provision.caption]


def _terms(places: list[Located], everything: str) -> Iterator[_Term]:
    patterns = [one for one in _SIGNS if any(sign in everything for sign in _SIGNS[one])]
    for located in places:
        text = located.provision.text
        for pattern in patterns:
            for found in pattern.finditer(text):
                yield _Term(found[1], located, found.start(1), found.end(1), pattern is _SHORT)


def _the_rest(term: _Term) -> Problem:
    return problem(
        "terms-capped", Severity.WARNING,
        f"定义和简称太多，只看了前 {MOST:,} 个；从“{term.name}”起没有看是否使用、是否先用后释",
        "这不像一部法规；核对来源，或者自行检查其余的定义和简称", at=term.located.address,
        quote=around(term.located.provision.text, term.start, term.end),
        span=(term.start, term.end),
    )  # fmt: skip


def _never_used(term: _Term) -> Problem:
    what = "简称" if term.is_short else "定义"
    return problem(
        "term-never-used", Severity.WARNING if term.is_short else Severity.INFO,
        f"{what}了“{term.name}”，其他各处没有使用",
        "删去这个简称或者定义，或者在应当使用的地方使用", at=term.located.address,
        quote=around(term.located.provision.text, term.start, term.end),
        span=(term.start, term.end),
    )  # fmt: skip


def _before(term: _Term, places: list[Located]) -> Iterator[Problem]:
    """The first use in an article above the one that gives the short form."""
    full = term.located.provision.text[max(0, term.start - _LOOK_BACK) : term.start]
    if term.name in full:  # 市电子商务主管部门（以下简称主管部门）: part of its own full name
        return
    own = term.located.address.steps[:1]
    for located in places:
        if located.address.steps[:1] == own:
            return
        at = _stands_alone(located.provision.text, term.name)
        if at >= 0 and located.address.steps[0][0] is Unit.ARTICLE and not _is_first(located):
            yield problem(
                "term-before-definition", Severity.INFO,
                f"“{term.name}”到{term.located.address.citation}才作为简称出现，此处已经使用",
                "在第一次出现时写全称并注明简称", at=located.address,
                quote=around(located.provision.text, at, at + len(term.name)),
                span=(at, at + len(term.name)),
            )  # fmt: skip
            return


def _stands_alone(text: str, name: str) -> int:
    """Where the name stands, not as the end of a longer one (国务院…主管部门); -1 if nowhere."""
    at = text.find(name)
    while at > 0 and text[at - 1] not in _BEFORE_A_NAME:
        at = text.find(name, at + 1)
    return at


def _is_first(located: Located) -> bool:
    """第一条 names the aim before anything is defined."""
    return located.address.steps[0] == (Unit.ARTICLE, Number(1))
