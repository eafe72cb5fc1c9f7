"""Rules about the names of other laws: misspelt ones, and ones that are no longer in use.

Floor 5. A name is held against the laws of the store and a short list of well-known ones; what is
in neither is taken as right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from tracker.check.subject import Subject, around, plain_title, problem
from tracker.check.titles import FORMER, WELL_KNOWN
from tracker.law.problems import Problem, Severity

__all__ = ["former_names", "law_names"]

_CITED: Final = re.compile("《([^《》\n]{2,60})》")
_COUNTRY: Final = "中华人民共和国"
# Of names of four characters or fewer one in ten is one character away from another real law.
_LONG_ENOUGH: Final = 5
_PAST: Final = re.compile("废止|失效|原$|修改前|(?:过去|以前|当时)的")
_MARKS: Final = str.maketrans("", "", "《》〈〉")


def law_names(subject: Subject) -> Iterator[Problem]:
    """A cited law has the name it has: 《安全生成法》 → 《安全生产法》 (``wrong-law-name``)."""
    own = {_bare(title) for title in (subject.law.title, *subject.known_titles) if title}
    seen: set[str] = set()
    for located in subject.holding("《"):
        for found in _CITED.finditer(located.provision.text):
            name = _bare(found[1])
            right = None if name in seen else _meant(name, frozenset(own))
            if right is None or _PAST.search(located.provision.text, found.start() - 1):
                continue
            seen.add(name)
            yield problem(
                "wrong-law-name", Severity.WARNING, f"《{found[1]}》像是《{right}》的误写",
                f"核对名称；确是指《{right}》的，改正", at=located.address,
                quote=around(located.provision.text, *found.span()), span=found.span(),
            )  # fmt: skip


def former_names(subject: Subject) -> Iterator[Problem]:
    """A law is cited by the name it has on the day: 《合同法》 in 2022 → ``former-law-name``."""
    day = subject.dates.legal
    if day is None or subject.is_amending_act:
        return
    seen: set[str] = set()
    for located in subject.holding("《"):
        text = located.provision.text
        for found in _CITED.finditer(text):
            name = _bare(found[1])
            new, since = FORMER.get(name, ("", day))
            beside = text[max(0, found.start() - 6) : found.start()]
            if not new or day < since or name in seen or _PAST.search(beside) or "废止" in text:
                continue
            seen.add(name)
            yield problem(
                "former-law-name", Severity.WARNING,
                f"《{found[1]}》已由《{new}》取代（{since.year}年{since.month}月{since.day}日起）",
                f"改为引用《{new}》；确是指旧法的，在名称前写“原”", at=located.address,
                quote=around(text, *found.span()), span=found.span(),
            )  # fmt: skip


def _bare(title: str) -> str:
    return plain_title(title).replace(_COUNTRY, "").translate(_MARKS)


@lru_cache(maxsize=4096)  # a site asks for the names that each of its laws cites
def _meant(name: str, own: frozenset[str]) -> str | None:
    """The law whose name `name` misspells, None where it is right, unknown or too short."""
    known = WELL_KNOWN | FORMER.keys()
    if len(name) < _LONG_ENOUGH or name in own or name in known:
        return None
    near = [*_near(name, own), *_near(name, known)]
    return near[0] if near else None


def _near(name: str, titles: Iterable[str]) -> Iterator[str]:
    for title in sorted(titles):
        alike = len(title) >= _LONG_ENOUGH and title[-1] == name[-1]
        if alike and OSA.distance(name, title, score_cutoff=1) == 1:
            yield title
