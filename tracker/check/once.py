"""One slip, one finding: of two findings that have the same cause, the one that says more stays.

Floor 5, the last step of a check.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from tracker.law.problems import Problem

__all__ = ["once"]

_STALE: Final = "stale-citation"
_MISSING: Final = "no-such-"
_HEADING: Final = re.compile("(?:^|__)(?:part|subpart|chp|sec)_[0-9-]+$")
# In one provision the first of these is the cause and the second only its consequence.
_CAUSES: Final = (
    ("lost-line-break", "missing-full-stop"),
    ("unpaired-mark", "doubled-mark"),
    ("half-width-mark", "unpaired-mark"),
    ("text-unchanged", "same-stage-differs"),
)
# What reading a source also says, of a line whose place in the law it does not know.
_ALSO_READ: Final = (
    ("heading-like-line", "stray-heading"),
    ("heading-like-line", "missing-full-stop"),
    ("unfinished-line", "missing-full-stop"),
)
_ENOUGH: Final = 10  # characters at the end of a quotation that tell lines apart
_NEXT: Final = 200
"""What reading met and no rule has found yet: so many are looked at, in the order of the text. Of
3,423 laws none has as many; of 50,000 such lines each would be held against each."""


def once(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The findings without those that another one explains, in their order.

    A citation that stayed behind a renumbering and now points at nothing is one slip: the finding
    that says where its target went stays, at the exact place and with the higher severity.
    """
    problems = list(found)
    codes = {(p.code, p.address) for p in problems}
    told = {
        (effect, address)
        for cause, effect in _CAUSES
        for code, address in codes
        if code == cause and (effect, address) in codes
    }
    kept = [p for p in problems if (p.code, p.address) not in told]
    kept = list(_without_twins(_read_and_checked(kept)))
    return tuple(_with_headings(kept))


def _read_and_checked(problems: list[Problem]) -> list[Problem]:
    """What reading met and a rule found too is told once: at its place, with the line."""
    out: list[Problem | None] = list(problems)
    for met, found in _ALSO_READ:
        read = deque(
            (at, f"{p.quote}\n{p.message}")
            for at, p in enumerate(problems)
            if p.code == met and not p.address and out[at] is not None
        )
        for at, problem in enumerate(problems):
            words = problem.quote[-_ENOUGH:]
            if problem.code != found or not words:
                continue
            next_ones = enumerate(islice(read, _NEXT))
            which = next((n for n, (_, line) in next_ones if words in line), None)
            if which is not None:
                twin = read[which][0]
                line = problems[twin].line if problem.line is None else problem.line
                out[at], out[twin] = replace(problem, line=line), None
                del read[which]
    return [problem for problem in out if problem is not None]


def _with_headings(problems: list[Problem]) -> Iterator[Problem]:
    """A heading that lost its number leaves a gap among the headings: the lost one is told."""
    stray: list[int] = []
    out: list[Problem | None] = list(problems)
    for at, found in enumerate(problems):
        if found.code == "stray-heading":
            stray.append(at)
        elif found.code == "numbering-gap" and _HEADING.search(found.address) and stray:
            for index in stray:
                out[index] = replace(problems[index], severity=found.severity)
            out[at], stray = None, []
    return (problem for problem in out if problem is not None)


def _without_twins(problems: list[Problem]) -> Iterable[Problem]:
    stale = [p for p in problems if p.code == _STALE]
    taken: dict[int, Problem] = {}
    gone: set[int] = set()
    for missing in problems:
        twin = missing.code.startswith(_MISSING) and next(
            (p for p in stale if id(p) not in taken and _same_place(p, missing)), None
        )
        if twin:
            worst = min(twin.severity, missing.severity, key=lambda severity: severity.rank)
            taken[id(twin)] = replace(
                twin, severity=worst, address=missing.address, citation=missing.citation,
                span=missing.span,
            )  # fmt: skip
            gone.add(id(missing))
    for problem in problems:
        if id(problem) not in gone:
            yield taken.get(id(problem), problem)


def _same_place(stale: Problem, missing: Problem) -> bool:
    inside = f"{missing.address}__".startswith(f"{stale.address}__")
    return inside and stale.quote == missing.quote
