"""Which texts `tracker check` looks at, and what it compares each with.

Floor 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING

from tracker.cli.progress import working
from tracker.cli.proposed import proposed
from tracker.cli.sides import Side, load_side
from tracker.law.problems import Problem, Severity, TrackerError

if TYPE_CHECKING:
    from tracker.check import Subject
    from tracker.cli.session import Session
    from tracker.store.model import Version

__all__ = ["Change", "check_all", "fails"]

Change = tuple[str, str]
"""Two commits by name: where a change began, and its end."""


def check_all(
    session: Session, texts: tuple[str, ...], against: str | None, change: Change | None = None
) -> list[tuple[str, tuple[Problem, ...]]]:
    """The name of each text and its problems, in the order asked for; all stored ones for none.

    With `change` (names of two commits) it is what lies between them, and nothing else.

    A stored version that cannot be read is a finding of its own and does not stop the others; one
    that was asked for by name raises TrackerError.
    """
    from tracker.check import check

    started = monotonic()
    out: list[tuple[str, tuple[Problem, ...]]] = []
    subjects = proposed(session, *change) if change else _subjects(session, texts, against)
    for name, subject in subjects:
        if isinstance(subject, TrackerError):
            out.append((name, (_unreadable(name, subject),)))
            continue
        if isinstance(subject, tuple):
            out.append((name, subject))
            continue
        with working(session, name, started):
            out.append((name, check(subject)))
    return out


def fails(problems: Iterable[Problem], fail_on: str) -> bool:
    """Whether one is at least as severe as `fail_on`, a severity or "never"."""
    order = list(Severity)
    limit = order.index(Severity(fail_on)) if fail_on in order else -1
    return any(order.index(problem.severity) <= limit for problem in problems)


def _subjects(
    session: Session, texts: tuple[str, ...], against: str | None
) -> Iterator[tuple[str, Subject | TrackerError]]:
    if not texts:
        for law_id in session.store().law_ids():
            yield from _stored(session, law_id)
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


def _stored(session: Session, law_id: str) -> Iterator[tuple[str, Subject | TrackerError]]:
    """Each version of a law, or why it cannot be read; the latter also for the law itself."""
    store = session.store()
    try:
        store.record(law_id)
        session.tell_edited(law_id)
    except TrackerError as error:
        yield law_id, error
    try:
        names = store.version_ids(law_id)
    except TrackerError as error:
        yield law_id, error
        return
    readable: list[Version] = []
    failed: list[tuple[str, TrackerError]] = []
    for name in names:
        try:
            readable.append(store.load(law_id, name))
        except TrackerError as error:
            failed.append((f"{law_id}@{name}", error))
    yield from failed
    yield from _with_previous(tuple(readable))


def _unreadable(name: str, error: TrackerError) -> Problem:
    law, _, version = name.partition("@")
    return Problem(
        code=error.code, severity=Severity.ERROR, message=error.message, hint=error.hint,
        law=law, version=version,
    )  # fmt: skip


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
