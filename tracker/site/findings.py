"""Runs the check over the versions of a law, each with the stage before it, for their pages.

Floor 5. The comparison with the stage before is handed over, so that it is made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.check import Subject, check
from tracker.diff.model import Changes
from tracker.law.problems import Problem
from tracker.store.model import Version

__all__ = ["findings"]


def findings(
    versions: Sequence[Version], changes: Sequence[Changes]
) -> tuple[tuple[Problem, ...], ...]:
    """What the check finds in each of `versions`, which are in legal order.

    `changes` are the comparisons of neighbours: one fewer than there are versions.
    """
    found = []
    previous: Subject | None = None
    for version, between in zip(versions, (None, *changes), strict=True):
        subject = replace(Subject.of_version(version, previous), changes=between)
        found.append(check(subject))
        previous = replace(subject, previous=None, changes=None)
    return tuple(found)
