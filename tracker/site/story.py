"""Gathers what the pages of a law show: versions, comparisons of pairs, rows, findings.

Floor 5. Store → `Story`; the only place where the site asks the store and the differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Final

from tracker.diff.changes import compare
from tracker.render.pages_story import Comparison, Story
from tracker.site.findings import findings, settings_of
from tracker.store.history import blame, concordance
from tracker.store.model import Version
from tracker.store.versions import Store

__all__ = ["gather", "pairs"]

# Up to here every pair has a page: 15 of them. Real laws seldom have more stages, and the pages
# of a law with twelve would be 66 comparisons long.
_ALL_PAIRS: Final = 6


def pairs(versions: Sequence[Version]) -> tuple[tuple[Version, Version], ...]:
    """The pairs of versions that have a page, in legal order of the old, then of the new one.

    They are all pairs of up to six versions; of more, the neighbours and the first with the last.
    That holds for today and for every day since the first ingest, so that the page of a pair stays
    when a stage is added before, between or after.
    """
    place = {version.version_id: index for index, version in enumerate(versions)}
    arrived = sorted(versions, key=lambda v: (v.ingest_seq or 0, place[v.version_id]))
    wanted: set[tuple[int, int]] = set()
    for count in range(2, len(arrived) + 1):
        present = sorted(place[version.version_id] for version in arrived[:count])
        wanted.update(combinations(present, 2) if count <= _ALL_PAIRS else pairwise(present))
        wanted.add((present[0], present[-1]))
    return tuple((versions[old], versions[new]) for old, new in sorted(wanted))


def gather(store: Store, law_id: str) -> Story:
    """All that the pages of one law need. Raises what the store raises."""
    versions = store.versions(law_id)
    comparisons = tuple(_compare(store, old, new) for old, new in pairs(versions))
    story = Story(store.record(law_id), versions, comparisons)
    neighbours = [story.comparison(old, new) for old, new in pairwise(versions)]
    changes = [comparison.changes for comparison in neighbours if comparison is not None]
    return replace(
        story,
        rows=concordance(versions, changes=changes),
        blame=blame(versions, changes=changes),
        findings=findings(versions, changes, settings_of(store, law_id)),
    )


def _compare(store: Store, old: Version, new: Version) -> Comparison:
    said = store.overrides(old.law_id, old.version_id, new.version_id)
    return Comparison(old, new, compare(old.law, new.law, said))
