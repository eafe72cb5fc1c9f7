"""The pieces of a redline: what stayed, what went, what came.

Floor 2. Apart from the values of a comparison, so that what reads redlines (the effects) and what
is made of them (a change) need not know each other. Others find these names in `model`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["STACKED_BELOW", "Op", "Redline", "new_text", "old_text"]

STACKED_BELOW: Final = 0.5
"""Similarity under which two texts are shown one above the other: in the line, more than half of
what one reads would be marked."""


class Op(StrEnum):
    """What a piece of a redline is."""

    __hash__ = str.__hash__  # Enum's own is slow, and redlines are looked up by all their pieces

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


Redline = tuple[tuple[Op, str], ...]
"""Pieces in reading order; equal and delete together are the old text, equal and insert the new."""


def old_text(redline: Redline) -> str:
    """The old side, rebuilt."""
    return "".join(text for op, text in redline if op is not Op.INSERT)


def new_text(redline: Redline) -> str:
    """The new side, rebuilt."""
    return "".join(text for op, text in redline if op is not Op.DELETE)
