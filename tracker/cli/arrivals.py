"""The findings about versions that come into the store, each after the one before it.

Floor 6. Of many the rules run in worker processes: a worker opens the store itself, so that only
names go there and findings come back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from tracker.cli.checking import Checking
from tracker.cli.session import Session
from tracker.law.problems import Problem, TrackerError

if TYPE_CHECKING:
    from tracker.check.settings import Settings
    from tracker.parse.many import Readers
    from tracker.store.model import Ingested, Version
    from tracker.store.versions import Store

__all__ = ["Found", "arriving", "begin", "load"]

_KEPT: Final = 64  # versions that a worker keeps: often the next one has one of them before it
_TOGETHER: Final = 8  # versions that go to a worker at once; one at a time takes a tenth longer
_NEEDED: Final = (
    "tracker.check.lines", "tracker.check.settings", "tracker.check.stored",
    "tracker.diff.changes", "tracker.diff.effects.words", "tracker.render.findings",
)  # fmt: skip

Found = Callable[[], tuple[Problem, ...]]
"""Waits for the findings about a version."""

_Known = tuple[str, "Settings", tuple[str, ...]]
"""What a worker needs once: where the store lies, the settings, the titles of its laws."""

_Asked = tuple[str, str, "str | None"] | TrackerError
"""The ids of a law, a version and the one before it, or why that is not known."""

_Answer = tuple[Problem, ...] | TrackerError


def arriving(
    checking: Checking, version: Version, found: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The findings about a version that is stored, or about to be, after those of storing it.

    `found` is what reading and storing met; what reading met is among the findings once.
    """
    before = checking.session.store().before
    return _told(checking, version, found, lambda: _since(checking, version, before(version)))


def load() -> None:
    """Load what the rules need, so that workers that are forks have it."""
    for module in _NEEDED:
        import_module(module)


def begin(checking: Checking, readers: Readers[Any], stored: Sequence[Ingested]) -> list[Found]:
    """The same of versions that are stored, begun in workers; what is returned waits for each.

    Which version is before each is settled now, whatever is stored meanwhile.
    """
    store, where = checking.session.store(), str(checking.session.workspace())
    known = (where, checking.settings, checking.titles())
    out: list[Found] = []
    for first in range(0, len(stored), _TOGETHER):
        group = [one.version for one in stored[first : first + _TOGETHER]]
        asked = [_asked(store, version) for version in group]
        answer = cache(readers.call(_apart, known, asked))
        out += [partial(_nth, answer, place) for place in range(len(group))]
    return [
        partial(_told, checking, one.version, one.problems, found)
        for one, found in zip(stored, out, strict=True)
    ]


def _asked(store: Store, version: Version) -> _Asked:
    try:
        return version.law_id, version.version_id, store.before_id(version)
    except TrackerError as error:
        return error


def _nth(answer: Callable[[], list[_Answer]], place: int) -> tuple[Problem, ...]:
    found = answer()[place]
    if isinstance(found, TrackerError):
        raise found
    return found


def _told(
    checking: Checking, version: Version, found: tuple[Problem, ...], work: Found
) -> tuple[Problem, ...]:
    try:
        checked = work()
    except TrackerError as error:  # what is wrong with another file does not stop storing
        return (*found, *checking.unread(version.name, error).problems)
    read = frozenset(version.problems)  # a text can have 20,000: one by one they took a minute
    return (*(one for one in found if one not in read), *checked)


def _since(checking: Checking, version: Version, before: Version | None) -> tuple[Problem, ...]:
    from tracker.check.stored import subject_of

    subject = subject_of(checking.session.store(), version, before, checking.titles())
    return checking.one(version.name, "", subject, list).problems


def _apart(known: _Known, asked: list[_Asked]) -> list[_Answer]:
    """What a worker does: the versions come from the store, which it opens once."""
    return [one if isinstance(one, TrackerError) else _answer(known, *one) for one in asked]


def _answer(known: _Known, law_id: str, version_id: str, before: str | None) -> _Answer:
    try:
        earlier = None if before is None else _version(known, law_id, before)
        return _since(_opened(*known), _version(known, law_id, version_id), earlier)
    except TrackerError as error:
        return error


@lru_cache(maxsize=1)
def _opened(where: str, settings: Settings, titles: tuple[str, ...]) -> Checking:
    return Checking(Session(store_path=where), settings, known=titles)


@lru_cache(maxsize=_KEPT)
def _version(known: _Known, law_id: str, version_id: str) -> Version:
    return _opened(*known).session.store().load(law_id, version_id)
