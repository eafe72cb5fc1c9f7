"""Runs the check over the versions of a law, each with the stage before it, for their pages.

Floor 5. The comparison with the stage before is handed over, so that it is made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.check import Subject, check
from tracker.check.settings import Settings, read_settings, settings_in, settle
from tracker.diff.model import Changes
from tracker.law.problems import Problem
from tracker.store.model import Version
from tracker.store.versions import Store

__all__ = ["Settings", "findings", "settings_of"]


def settings_of(store: Store, law_id: str) -> Settings:
    """What the workspace and law.toml say of the findings of a law. Raises TrackerError."""
    place = f"versions/{law_id}/law.toml"
    own = read_settings(store.record_file(law_id), place, law=law_id)
    return own.over(settings_in(store.root))


def findings(
    versions: Sequence[Version], changes: Sequence[Changes], settings: Settings | None = None
) -> tuple[tuple[Problem, ...], ...]:
    """What the check finds in each of `versions`, which are in legal order.

    `changes` are the comparisons of neighbours: one fewer than there are versions. What `settings`
    leave aside is not shown.
    """
    found = []
    previous: Subject | None = None
    for version, between in zip(versions, (None, *changes), strict=True):
        subject = replace(Subject.of_version(version, previous), changes=between)
        found.append(settle(settings or Settings(), check(subject)).problems)
        previous = replace(subject, previous=None, changes=None)
    return tuple(found)
