"""The legal order of a law's versions, whatever the order in which they were ingested.

Floor 3. Pure. Git's dates and the order of commits play no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from tracker.law.model import Event, Stage
from tracker.parse.document import Tracked
from tracker.store.model import Version

__all__ = ["Orderable", "in_legal_order", "superseded_ids", "timeline"]


class Orderable(Protocol):
    """What an order needs to know of a version."""

    @property
    def version_id(self) -> str: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def day(self) -> date | None: ...
    @property
    def sequence(self) -> int | None: ...
    @property
    def corrects(self) -> str | None: ...
    @property
    def ingest_seq(self) -> int | None: ...
    @property
    def tracked(self) -> Tracked | None: ...


_O = TypeVar("_O", bound=Orderable)


def in_legal_order(versions: Iterable[_O]) -> tuple[_O, ...]:
    """Sort by legal date, then `sequence` (none counts as 0), then stage, then order of arrival.

    Arrival decides only between a version and its correction: anything else of one date and stage
    needs a `sequence`, but for the two texts of a Word file with tracked changes, of which the one
    before them comes first. A version without a date stands before the first dated version of a
    later stage, and at the end where there is none; undated ones among themselves by stage.
    """
    everything = list(versions)
    dated = sorted((v for v in everything if v.day is not None), key=_dated_key)
    undated = sorted((v for v in everything if v.day is None), key=_undated_key)
    result: list[_O] = list(dated)
    for version in undated:
        rank = version.stage.rank
        later = (
            place
            for place, other in enumerate(result)
            if other.day is not None and other.stage.rank > rank
        )
        result.insert(next(later, len(result)), version)
    return tuple(result)


def timeline(versions: Sequence[Version]) -> tuple[Version | Event, ...]:
    """Versions in legal order with the events without text put in by their day.

    Several versions may tell of the same event; it stands once. An event of the same stage and day
    as a version is that version.
    """
    events = {(e.stage, e.day): e for v in reversed(versions) for e in v.events}
    for version in versions:
        if version.day is not None:
            events.pop((version.stage, version.day), None)
    waiting = sorted(events.values(), key=lambda e: (e.day, e.stage.rank))
    out: list[Version | Event] = []
    for version in versions:
        while waiting and version.day is not None and waiting[0].day <= version.day:
            out.append(waiting.pop(0))
        out.append(version)
    return (*out, *waiting)


def superseded_ids(versions: Iterable[Orderable]) -> frozenset[str]:
    """The ids of versions that another one corrects."""
    return frozenset(v.corrects for v in versions if v.corrects is not None)


def _dated_key(version: Orderable) -> tuple[date, int, int, bool, int]:
    day, sequence, stage = version.day or date.min, version.sequence or 0, version.stage.rank
    return day, sequence, stage, *_last(version)


def _undated_key(version: Orderable) -> tuple[int, int, bool, int]:
    return version.stage.rank, version.sequence or 0, *_last(version)


def _last(version: Orderable) -> tuple[bool, int]:
    return version.tracked is not Tracked.ORIGINAL, version.ingest_seq or 0
