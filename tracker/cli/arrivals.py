"""The findings about versions that come into the store, each after the one before it.

Floor 6. Of many the rules run in worker processes: a worker opens the store itself, so that only
names go there and findings come back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from tracker.cli.checking import Checking
from tracker.cli.session import Session
from tracker.law.problems import Problem, TrackerError

if TYPE_CHECKING:
    from tracker.check.settings import Settings
    from tracker.parse.many import Readers
    from tracker.store.model import Version

__all__ = ["Found", "arriving", "begin"]

_KEPT: Final = 64  # versions that a worker keeps: often the next one has one of them before it

Found = Callable[[], tuple[Problem, ...]]
"""Waits for the findings about a version."""

_Known = tuple[str, "Settings", tuple[str, ...]]
"""What a worker needs once: where the store lies, the settings, the titles of its laws."""


def arriving(
    checking: Checking, version: Version, found: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The findings about a version that is stored, or about to be, after those of storing it.

    `found` is what reading and storing met; what reading met is among the findings once.
    """
    before = checking.session.store().before
    return _told(checking, version, found, lambda: _since(checking, version, before(version)))


def begin(
    checking: Checking, readers: Readers[Any], version: Version, found: tuple[Problem, ...]
) -> Found:
    """The same of a version that is stored, begun in a worker; what is returned waits for it.

    Which version is before it is settled now, whatever is stored meanwhile.
    """
    told = partial(_told, checking, version, found)
    session = checking.session
    try:
        before = session.store().before_id(version)
    except TrackerError as error:
        return partial(told, partial(_fail, error))
    where, law_id = str(session.workspace()), version.law_id
    known = (where, checking.settings, checking.titles())
    return partial(told, readers.call(_apart, known, law_id, version.version_id, before))


def _told(
    checking: Checking, version: Version, found: tuple[Problem, ...], work: Found
) -> tuple[Problem, ...]:
    try:
        checked = work()
    except TrackerError as error:  # what is wrong with another file does not stop storing
        return (*found, *checking.unread(version.name, error).problems)
    return (*(one for one in found if one not in version.problems), *checked)


def _since(checking: Checking, version: Version, before: Version | None) -> tuple[Problem, ...]:
    from tracker.check.stored import subject_of

    subject = subject_of(checking.session.store(), version, before, checking.titles())
    return checking.one(version.name, "", subject, list).problems


def _apart(known: _Known, law_id: str, version_id: str, before: str | None) -> tuple[Problem, ...]:
    """What a worker does: both versions come from the store, which it opens once."""
    earlier = None if before is None else _version(known, law_id, before)
    return _since(_opened(*known), _version(known, law_id, version_id), earlier)


@lru_cache(maxsize=1)
def _opened(where: str, settings: Settings, titles: tuple[str, ...]) -> Checking:
    return Checking(Session(store_path=where), settings, known=titles)


@lru_cache(maxsize=_KEPT)
def _version(known: _Known, law_id: str, version_id: str) -> Version:
    return _opened(*known).session.store().load(law_id, version_id)


def _fail(error: TrackerError) -> tuple[Problem, ...]:
    raise error
