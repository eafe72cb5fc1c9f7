"""Which texts `tracker check` looks at, and what it compares each with.

Floor 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

from tracker.cli.progress import working
from tracker.cli.sides import Side, load_side
from tracker.law.problems import Problem

if TYPE_CHECKING:
    from tracker.check import Subject
    from tracker.cli.session import Session
    from tracker.store.model import Version

__all__ = ["check_all"]


def check_all(
    session: Session, texts: tuple[str, ...], against: str | None
) -> list[tuple[str, tuple[Problem, ...]]]:
    """The name of each text and its problems, in the order asked for; all stored ones for none."""
    from tracker.check import check

    started = monotonic()
    out = []
    for name, subject in _subjects(session, texts, against):
        with working(session, name, started):
            out.append((name, check(subject)))
    return out


def _subjects(
    session: Session, texts: tuple[str, ...], against: str | None
) -> Iterator[tuple[str, Subject]]:
    if not texts:
        store = session.store()
        for record in store.laws():
            session.tell_edited(record.law_id)
            yield from _with_previous(store.versions(record.law_id))
        return
    before = _bare(load_side(session, against)) if against else None
    for text in texts:
        side = load_side(session, text)
        if side.version is not None and before is None:
            session.tell_edited(side.version.law_id)
            versions = session.store().versions(side.version.law_id)
            known = dict(_with_previous(versions))
            yield side.version.name, known.get(side.version.name) or _bare(side)
        else:
            yield text, _bare(side, before)


def _with_previous(versions: tuple[Version, ...]) -> Iterator[tuple[str, Subject]]:
    from tracker.check import Subject

    previous: Subject | None = None
    for version in versions:
        yield version.name, Subject.of_version(version, previous)
        previous = Subject.of_version(version)


def _bare(side: Side, previous: Subject | None = None) -> Subject:
    from tracker.check import Subject

    if side.version is not None:
        return Subject.of_version(side.version, previous)
    assert side.document is not None
    return Subject.of_document(side.document, previous)
