"""Whether a change of citations follows the alignment, and which citations are stale.

Runs after the units are linked: 第三条 may become 第五条 in a citation exactly where the article
itself did. Citations of another law follow that law's renumbering, which is not known; they must
be consistent through the whole text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.diff.wording import folded, masked
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.citations import Citation, CitationKind, find_citations

__all__ = ["Follower", "Step", "is_typographic", "steps_between"]


@dataclass(frozen=True, slots=True)
class Step:
    """One cited article in a pair of texts that are equal but for citations: from, to.

    `law` is None for a citation of the same law, else the cited law's name as written.
    """

    law: str | None
    old: Number
    new: Number
    text: str


def is_typographic(old: str, new: str) -> bool:
    """Whether two texts differ, but in width, quotation marks and spaces only."""
    return old != new and folded(old) == folded(new)


def steps_between(old: str, new: str) -> tuple[Step, ...] | None:
    """The cited articles of two texts side by side; None if more than citations differs."""
    if masked(old) != masked(new):
        return None
    before, after = find_citations(old), find_citations(new)
    if [(c.kind, c.title) for c in before] != [(c.kind, c.title) for c in after]:
        return None
    steps: list[Step] = []
    for a, b in zip(before, after, strict=True):
        pair = _steps(a, b)
        if pair is None:
            return None
        steps += pair
    return tuple(steps)


def _steps(a: Citation, b: Citation) -> list[Step] | None:
    old = [o for o in a.ordinals if o.unit is Unit.ARTICLE]
    new = [o for o in b.ordinals if o.unit is Unit.ARTICLE]
    if len(old) != len(new):
        return None
    law = (a.title or "") if a.kind is CitationKind.EXTERNAL else None
    return [
        Step(law, x.number, y.number, b.text) for x, y in zip(old, new, strict=True)
    ]  # fmt: skip


class Follower:
    """Judges citations by a mapping of articles, and those of other laws by each other.

    `mapping` gives for an old article the new ones it became; `steps` are those of all pairs.
    """

    def __init__(self, mapping: Mapping[Number, tuple[Number, ...]], steps: list[Step]) -> None:
        self._mapping = mapping
        votes: dict[tuple[str, Number], Counter[Number]] = defaultdict(Counter)
        for step in steps:
            if step.law is not None:
                votes[step.law, step.old][step.new] += 1
        self._elsewhere = {
            key: max(sorted(found), key=found.__getitem__) for key, found in votes.items()
        }

    def follows(self, step: Step) -> bool:
        """Whether this citation went where its article went."""
        if step.law is not None:
            return self._elsewhere.get((step.law, step.old)) == step.new
        return step.new in self._mapping.get(step.old, ())

    def problem(self, step: Step, citation: str, address: str) -> Problem:
        """The finding for a citation that did not; `citation` and `address` say where it stands."""
        became = self._mapping.get(step.old, ())
        target = "、".join(number.written("条") for number in became)
        fate = f"旧文本所引的{step.old.written('条')}现为{target}" if became else (
            f"旧文本所引的{step.old.written('条')}已删去")  # fmt: skip
        if step.law is not None:
            fate = "与本文其他各处对同一条文的引用不一致"
        return Problem(
            code="stale-citation",
            severity=Severity.WARNING,
            message=f"{citation}引用“{step.text}”，{fate}，引用可能没有随条文调整。",
            hint="请核对所引条文；若对应关系有误，可在 overrides.toml 中更正。",
            citation=citation,
            address=address,
            quote=step.text,
        )
