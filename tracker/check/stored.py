"""Subjects from the store: each version with the stage before it, and what reviewers said of both.

Floor 5. The one place where a check asks the store; the command line, an ingest and whoever checks
a change of the repository take their subjects from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.check.subject import Subject
from tracker.diff.align.overrides import Overrides
from tracker.law.problems import TrackerError
from tracker.store.model import Version
from tracker.store.versions import Store

__all__ = ["known_titles", "subject_of", "subjects"]


def known_titles(store: Store) -> tuple[str, ...]:
    """Titles and aliases of every law; a law whose law.toml cannot be read gives none."""
    titles: list[str] = []
    for law_id in store.law_ids():
        try:
            record = store.record(law_id)
        except TrackerError:
            continue
        titles += (record.title, *record.aliases)
    return tuple(dict.fromkeys(title for title in titles if title))


def subject_of(
    store: Store, version: Version, before: Version | None, titles: tuple[str, ...] = ()
) -> Subject:
    """A version, stored or about to be, with the stage before it.

    Raises TrackerError `bad-overrides`.
    """
    subject = Subject.of_version(version, Subject.of_version(before) if before else None)
    said: Overrides = ()
    if before is not None and store.has_law(version.law_id):
        said = store.overrides(version.law_id, before.version_id, version.version_id)
    return replace(subject, known_titles=titles, overrides=said)


def subjects(
    store: Store, versions: Sequence[Version], titles: tuple[str, ...] = ()
) -> Iterator[tuple[Version, Subject]]:
    """Each of `versions`, which are in legal order, with the one before it.

    Raises TrackerError `bad-overrides`.
    """
    before: Version | None = None
    for version in versions:
        yield version, subject_of(store, version, before, titles)
        before = version
