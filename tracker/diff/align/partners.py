"""Who belongs to whom while parts of articles are looked for: old and new units, many to many.

Used by `splits`, `runs` and `sentences`. Floor 2. What an article shares with a partner is no
evidence for another one.
"""

from __future__ import annotations

from tracker.diff.align.board import Board

__all__ = ["Partners"]


class Partners:
    """Who belongs to whom so far, by position on both sides."""

    def __init__(self, board: Board) -> None:
        self.of_old = {old: [new] for old, new in board.forward.items()}
        self.of_new = {new: [old] for new, old in board.backward.items()}
        for link in board.partial:
            self.of_old.setdefault(link.old, []).append(link.new)
            self.of_new.setdefault(link.new, []).append(link.old)
        self._gained: tuple[set[int], set[int]] = (set(), set())

    def add(self, old: int, new: int) -> None:
        """Make these two partners."""
        self.of_old.setdefault(old, []).append(new)
        self.of_new.setdefault(new, []).append(old)
        self._gained[0].add(old)
        self._gained[1].add(new)

    def gained(self, old: int, new: int) -> bool:
        """Whether one of these was given a partner by `add`."""
        return old in self._gained[0] or new in self._gained[1]

    def distance(self, old: int, new: int) -> int:
        """Places from the nearest partner; 0 where neither has one."""
        places = [abs(new - there) for there in self.of_old.get(old, ())]
        places += [abs(old - there) for there in self.of_new.get(new, ())]
        return min(places, default=0)
