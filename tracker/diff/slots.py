"""How a text is put together again from the entries of a comparison, worked out when asked for.

Floor 2. Applying a comparison needs it, and so do tables that read downwards as a text does.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.diff.lazy import Lazy
from tracker.diff.model import Slot
from tracker.diff.sides import Side
from tracker.law.address import Located

__all__ = ["Slots"]


class Slots(Lazy[Slot]):
    """Which units of a text each entry has, and which heading or loose provision, if any.

    `units`, `headings` and `front` are in the order of the entries.
    """

    __slots__ = ("_front", "_headings", "_side", "_units")

    def __init__(
        self, side: Side, units: Sequence[Sequence[int]], headings: Sequence[Located | None],
        front: Sequence[Located | None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._side, self._units = side, units
        self._headings, self._front = headings, front

    def work_out(self) -> tuple[Slot, ...]:
        """In the order of the text."""
        side = self._side
        places = {
            unit: (entry, member)
            for entry, members in enumerate(self._units)
            for member, unit in enumerate(members)
        }
        # what stands in an entry is the very provision of the side that was compared
        named = {id(one): entry for entry, one in enumerate(self._headings) if one}
        loose = {id(one): entry for entry, one in enumerate(self._front) if one}
        slots = []
        for depth, part, index in side.places:
            if part == "changes":
                slots.append(Slot(depth, "changes", *places[index]))
            elif part == "headings":
                slots.append(Slot(depth, "headings", named[id(side.headings[index].located)]))
            else:
                slots.append(Slot(depth, "front", loose[id(side.loose[index].located)]))
        return tuple(slots)
