"""Rules about citations: targets that do not exist, and numbers that stayed behind a renumbering.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tracker.check.subject import Subject, problem
from tracker.law.address import Located
from tracker.law.model import Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.citations import (
    Citation,
    CitationKind,
    Resolved,
    Step,
    Target,
    find_citations,
    find_heads,
    resolve,
)
from tracker.parse.citations.listing import need_few

__all__ = ["citation_targets", "own_name"]

_KIND_OF_LAW: Final = re.compile("(条例|办法|规定|细则|规则|解释|决定|法)(?:（[^（）]*）)?$")
# 所称本法 quotes the law that an implementing regulation explains; 本法院 is no law; 本规定 and
# 本决定 also mean a single provision or decision.
_OWN_NAME: Final = re.compile("(?<!称)本(条例|办法|细则|法(?![院官庭人学律规]))")

_INTERPRETS: Final = re.compile("适用《|实施《|《[^《》]+》[^》]*(?:解释|办法|细则|规定)")
_OTHER_LAW: Final = "像是引用所解释的法律；写明法律的名称"


def citation_targets(subject: Subject) -> Iterator[Problem]:
    """Each 第X条第Y款第Z项 of the same law exists: 第九十条 in a law of 74 articles does not.

    A text that begins after 第一条 is a part of a law; what it cites outside its own numbers may
    stand in another part and is said once, as information.
    """
    if subject.is_amending_act or not subject.places.articles:
        return
    numbers = sorted(subject.places.articles)
    is_part = numbers[0] > Number(1)
    outside: list[str] = []
    cited = pointed = 0
    interprets = bool(_INTERPRETS.search(subject.law.title))
    lost, broken = _lost(numbers), _broken_lists(subject)
    for located in subject.regulated():
        if not located.provision.text:
            continue
        citations = find_citations(located.provision.text)
        cited += len(citations)
        need_few(cited, pointed, subject.law.title)
        for citation in citations:
            found = resolve(citation, located.address, subject.places)
            missing = found.problem
            pointed += len(found.targets)
            need_few(cited, pointed, subject.law.title)
            if missing is None or _already_told(citation, found, located, lost, broken):
                continue
            span = (citation.start, citation.end)
            begins = _begins_sentence(located.provision.text, citation.start, missing.code)
            if begins and not found.targets:  # the number of an article is no list of several
                start = citation.start
                yield _lost_line_break(located, located.provision.text[start : start + 20])
                continue
            if is_part and not _is_inside(found, missing.code, numbers):
                outside.append(citation.text)
                continue
            if interprets and citation.kind is CitationKind.INTERNAL and "本" not in citation.text:
                missing = replace(missing, severity=Severity.INFO, hint=_OTHER_LAW)
            yield replace(missing, span=span)
    yield from _heads_in_text(subject, numbers)
    if outside:
        yield problem(
            "citation-outside-part", Severity.INFO,
            f"本文从{numbers[0].written('条')}开始，有{len(outside)}处引用指向其他部分",
            "与其他部分一并核对", quote="、".join(dict.fromkeys(outside)),
        )  # fmt: skip


def _heads_in_text(subject: Subject, numbers: list[Number]) -> Iterator[Problem]:
    """……制定本规则。第二条凡辖有航空器的: the number of an article that is not there."""
    heads = [
        (located, head)
        for located in subject.holding(("。第",))
        for head in find_heads(located.provision.text)
    ]
    written = {number.written("条") for number in numbers} if heads else set()
    for located, head in heads:
        if head not in written:
            yield _lost_line_break(located, head)


def _lost_line_break(located: Located, words: str) -> Problem:
    return problem(
        "lost-line-break", Severity.WARNING,
        f"“{words}”写在正文里，像是条文或者标题没有另起一行",
        "核对来源；确是新的一条的，在来源中另起一行", at=located.address, quote=words,
    )  # fmt: skip


def _begins_sentence(text: str, start: int, code: str) -> bool:
    """……提供保障。第三章监督检查: a number that is not there, where a sentence begins."""
    missing = code in ("no-such-article", "no-such-chapter", "no-such-section")
    return missing and text[start] == "第" and (start == 0 or text[start - 1] == "。")


def _lost(numbers: list[Number]) -> frozenset[int]:
    """Whole numbers that a gap in the articles left out; the gap is told where it is."""
    whole = {number.value for number in numbers}
    return frozenset(n for n in range(min(whole), max(whole)) if n not in whole)


def _broken_lists(subject: Subject) -> frozenset[Number]:
    """Articles with a list that lacks a 项 before its last one, which is told there."""
    broken = set()
    looked_at: Provision | None = None
    for located in subject.regulated():
        if located.provision.unit is not Unit.SUBPARAGRAPH or located.provision.number is None:
            continue
        if located.parents[-1] is looked_at:
            continue  # once for each list, not for each of its 项
        looked_at = located.parents[-1]
        siblings = [c.number for c in looked_at.children if c.unit is Unit.SUBPARAGRAPH]
        values = [number.value for number in siblings if number is not None]
        if set(values) != set(range(1, len(values) + 1)):
            broken.add(located.address.steps[0][1])
    return frozenset(broken)


def _already_told(
    citation: Citation, found: Resolved, located: Located,
    lost: frozenset[int], broken: frozenset[Number],
) -> bool:  # fmt: skip
    """Whether each target is missing because a number is, which is a finding of its own."""
    return bool(found.missing) and all(
        _is_told(target, citation, located, lost, broken) for target in found.missing
    )


def _is_told(
    target: Target, citation: Citation, located: Located,
    lost: frozenset[int], broken: frozenset[Number],
) -> bool:  # fmt: skip
    ends = _ends(target)
    articles = [n for end in ends for unit, n in end if unit is Unit.ARTICLE]
    if any(number.value in lost for number in articles):
        return True
    if citation.base is not None:  # 前款第二项: of its own article
        articles.append(located.address.steps[0][1])
    lists = any(unit is Unit.SUBPARAGRAPH for end in ends for unit, _ in end)
    return lists and any(number in broken for number in articles)


def _ends(target: Target) -> list[tuple[Step, ...]]:
    return [end for end in (target.first, target.last) if end]


def _is_inside(found: Resolved, code: str, numbers: list[Number]) -> bool:
    """Whether something is missing that has to be in this part of a law."""
    if code in ("no-such-part", "no-such-chapter", "no-such-section"):
        return False
    return not found.missing or any(
        all(
            numbers[0] <= number <= numbers[-1]
            for end in _ends(target)
            for unit, number in end
            if unit is Unit.ARTICLE
        )
        for target in found.missing
    )


def own_name(subject: Subject) -> Iterator[Problem]:
    """A 条例 calls itself 本条例, not 本办法: a sign of text taken over from another law."""
    title = _KIND_OF_LAW.search(subject.law.title)
    if not title or title[1] not in ("条例", "办法", "法") or subject.is_amending_act:
        return
    for located in subject.holding("本"):
        for found in _OWN_NAME.finditer(located.provision.text):
            if found[1] != title[1] and not subject.law.title.endswith(found[1]):
                yield problem(
                    "wrong-own-name", Severity.WARNING,
                    f"法规名称是“{title[1]}”，此处自称“{found.group()}”",
                    f"改为“本{title[1]}”；引用其他法规的，写明名称",
                    at=located.address, quote=found.group(), span=found.span(),
                )  # fmt: skip
