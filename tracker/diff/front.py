"""What is no article and no heading: title, stage line, enactment note, introduction, annexes.

Compared by what they are, never aligned with articles.
"""

from __future__ import annotations

from collections import Counter

from tracker.diff.model import FrontChange
from tracker.diff.redline.draw import Drawn, draw_all
from tracker.diff.redline.pieces import STACKED_BELOW
from tracker.diff.sides import Block, Side
from tracker.law.address import Located

__all__ = ["LINES", "compare_front", "lines_of"]

LINES = ("title", "stage_line", "enactment_note")
"""The parts that are lines of the law and no provisions."""


def compare_front(old: Side, new: Side, headings: dict[int, int]) -> tuple[FrontChange, ...]:
    """The lines first, then the introduction, annexes and loose text, in the order of the new text.

    `headings` are the linked headings: loose text is the same where it stands under the same one.
    """
    before, after = _keyed(old, headings), _keyed(new, None)
    texts = [
        *lines_of(old, new),
        *((before[key].text if key in before else "", block.text) for key, block in after.items()),
        *((block.text, "") for key, block in before.items() if key not in after),
    ]
    drawn = zip(draw_all(texts), texts, strict=True)  # together: a text can have 20,000 annexes
    lines = [_compared(part, *next(drawn)) for part in LINES]
    parts: list[tuple[int, int, FrontChange]] = []
    for key, block in after.items():
        other = before.get(key)
        where = other.located if other else None
        change = _compared(_name(block), *next(drawn), where, block.located)
        parts.append((block.index, 0, change))
    for key, block in before.items():
        if key not in after:
            change = _compared(_name(block), *next(drawn), block.located)
            parts.append((block.index, 1, change))
    return (*lines, *(change for _, _, change in sorted(parts, key=lambda p: p[:2])))


def lines_of(old: Side, new: Side) -> list[tuple[str, str]]:
    """The texts of `LINES`, old and new. Who draws these together with other texts saves time: they
    are remembered."""
    laws = old.law, new.law
    both = ([getattr(law, part) or "" for part in LINES] for law in laws)
    return list(zip(*both, strict=True))


def _compared(
    part: str, drawn: Drawn, texts: tuple[str, str],
    old: Located | None = None, new: Located | None = None,
) -> FrontChange:  # fmt: skip
    stacked = all(texts) and drawn.similarity < STACKED_BELOW
    return FrontChange(part, drawn.redline, old=old, new=new, is_stacked=stacked)


def _keyed(side: Side, headings: dict[int, int] | None) -> dict[tuple[str, int, int], Block]:
    """Loose provisions by what they are, the heading they stand under, and their count there."""
    found: dict[tuple[str, int, int], Block] = {}
    counted = Counter[tuple[str, int]]()
    for block in side.loose:
        above = block.headings[-1] if block.headings else -1
        if headings is not None and above >= 0:
            above = headings.get(above, -2 - above)
        unit = block.located.provision.unit.value
        found[unit, above, counted[unit, above]] = block
        counted[unit, above] += 1
    return found


def _name(block: Block) -> str:
    """introduction, annex_1 …: the last step of the address."""
    name = str(block.located.address).rpartition("__")[2]
    return "introduction" if name == "intro_1" else name
