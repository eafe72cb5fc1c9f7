"""A reviewer's word on who is who, which wins over every pass.

Values only: the file (overrides.toml) is read by the store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = ["Override", "Overrides", "Verdict"]


class Verdict(StrEnum):
    """What a reviewer says of some old and some new articles."""

    MATCH = "match"  # they are the same: a split or merger where a side has several
    NO_MATCH = "no-match"  # they are not the same, whatever the words say


@dataclass(frozen=True, slots=True)
class Override:
    """One verdict: article numbers (``"10-1"``) of both sides, who says so and why."""

    verdict: Verdict
    old: tuple[str, ...]
    new: tuple[str, ...]
    who: str = ""
    why: str = ""

    def turned(self) -> Override:
        """The same verdict for the comparison the other way round: a split there is a merger."""
        return replace(self, old=self.new, new=self.old)


Overrides = tuple[Override, ...]
"""In the order of the file."""
