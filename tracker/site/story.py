"""Gathers what the pages of a law show: versions, comparisons of pairs, rows, findings.

Floor 5. Store → `Story`; the one place where the site compares versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Final

from tracker.diff.changes import compare
from tracker.law.problems import Problem
from tracker.render.pages.story import Comparison, Story
from tracker.site.findings import Settings, findings, settings_of
from tracker.store.history import blame, concordance, descent
from tracker.store.model import Version
from tracker.store.order import superseded_ids
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


def _published(everything: Sequence[Version]) -> set[tuple[str, str]]:
    """The ids of the pairs that had a page on any day, when some versions were corrected later.

    `everything` holds those too, in legal order.
    """
    arrived = sorted(everything, key=lambda v: v.ingest_seq or 0)
    found: set[tuple[str, str]] = set()
    for count in range(2, len(arrived) + 1):
        gone = superseded_ids(arrived[:count])
        there = {v.version_id for v in arrived[:count]} - gone
        standing = [v for v in everything if v.version_id in there]
        found |= {(old.version_id, new.version_id) for old, new in pairs(standing)}
    return found


def _former(
    store: Store, corrected: Sequence[Version], everything: Sequence[Version]
) -> Iterator[tuple[str, str]]:
    """For each article of a corrected version what it is called in the version that stands now."""
    by = {version.corrects: version for version in everything}
    for version in corrected:
        now = by[version.version_id]
        while now.version_id in by:
            now = by[now.version_id]
        changes = _compare(store, version, now).changes
        for row in concordance((version, now), changes=[changes]):
            before, after = row.names
            same = {name.partition("@")[0]: name for name in after}
            for name in before:
                if after:
                    yield name, same.get(name.partition("@")[0], after[0])


def gather(store: Store, law_id: str) -> Story:
    """All that the pages of one law need. Raises what the store raises."""
    everything = store.versions(law_id, superseded=True)
    gone = superseded_ids(everything)
    versions = tuple(v for v in everything if v.version_id not in gone)
    corrected = tuple(v for v in everything if v.version_id in gone)
    wanted = {(old.version_id, new.version_id) for old, new in pairs(versions)}
    if corrected:
        wanted |= _published(everything)
    compared = tuple(
        _compare(store, old, new)
        for old, new in combinations(everything, 2)
        if (old.version_id, new.version_id) in wanted
    )
    retired = tuple(c for c in compared if {c.old.version_id, c.new.version_id} & gone)
    comparisons = tuple(c for c in compared if c not in retired)
    story = Story(
        store.record(law_id), versions, comparisons, corrected=corrected, retired=retired,
        former=tuple(_former(store, corrected, everything)),
    )  # fmt: skip
    neighbours = [story.comparison(old, new) for old, new in pairwise(versions)]
    changes = [comparison.changes for comparison in neighbours if comparison is not None]
    graph = descent(versions, changes)
    settings = settings_of(store, law_id)
    found = findings(versions, changes, settings)
    return replace(
        story,
        rows=concordance(versions, graph=graph),
        blame=blame(versions, graph=graph),
        findings=(*found, *(_found_once(story, one, everything, settings) for one in corrected)),
    )


def _found_once(
    story: Story, version: Version, everything: Sequence[Version], settings: Settings
) -> tuple[Problem, ...]:
    """What the check finds in a corrected version, against the stage before it."""
    now = story.standing(version)
    earlier = everything[: everything.index(version)]
    before = [one for one in earlier if one in story.versions and one is not now]
    comparison = story.comparison(before[-1], version) if before else None
    if comparison is None:
        return findings([version], [], settings)[0]
    return findings([comparison.old, version], [comparison.changes], settings)[1]


def _compare(store: Store, old: Version, new: Version) -> Comparison:
    said = store.overrides(old.law_id, old.version_id, new.version_id)
    return Comparison(old, new, compare(old.law, new.law, said))
