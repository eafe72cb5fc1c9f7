"""Gathers what the pages of a law show: versions, comparisons of the pairs that have a page, rows.

Floor 5. Store → `Story`; the only place where the site asks the store and the differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.diff.changes import compare
from tracker.law.address import Address, Located, locate
from tracker.law.model import Unit
from tracker.render.pages_story import Comparison, Row, Story
from tracker.store.model import Version
from tracker.store.versions import Store

__all__ = ["gather", "pairs"]


def pairs(versions: Sequence[Version]) -> tuple[tuple[Version, Version], ...]:
    """The pairs of versions that have a page, in legal order of the old, then of the new one.

    They are the neighbours, and the first with the last: those of today, and those of every day
    since the first ingest, so that the page of a pair stays when a stage is added before, between
    or after.
    """
    place = {version.version_id: index for index, version in enumerate(versions)}
    arrived = sorted(versions, key=lambda v: (v.ingest_seq or 0, place[v.version_id]))
    wanted: set[tuple[int, int]] = set()
    for count in range(2, len(arrived) + 1):
        present = sorted(place[version.version_id] for version in arrived[:count])
        wanted.update(pairwise(present))
        wanted.add((present[0], present[-1]))
    return tuple((versions[old], versions[new]) for old, new in sorted(wanted))


def gather(store: Store, law_id: str) -> Story:
    """All that the pages of one law need. Raises what the store raises."""
    versions = store.versions(law_id)
    comparisons = tuple(
        Comparison(old, new, compare(old.law, new.law)) for old, new in pairs(versions)
    )
    return Story(store.record(law_id), versions, comparisons, _rows(versions, comparisons))


def _rows(versions: Sequence[Version], comparisons: Sequence[Comparison]) -> tuple[Row, ...]:
    """The article × stage table: each article followed from the stage it first stands in.

    An article that was split goes on in all its parts, one that was merged in the whole; a row
    ends where its article was deleted. Rows are in the order of the last stage they reach, those
    that end earlier behind the row they stood behind.
    """
    if len(versions) < 2:
        return ()
    nexts = [_followers(comparisons, old, new) for old, new in pairwise(versions)]
    rows: list[list[tuple[Located, ...]]] = []
    reached: set[tuple[int, Address]] = set()
    for stage, version in enumerate(versions):
        at = 0  # where the next new row goes: behind the row of the article before it
        for place in _units(version):
            if (stage, place.address) in reached:
                at = 1 + next(i for i, row in enumerate(rows) if place in row[stage])
                continue
            row: list[tuple[Located, ...]] = [()] * stage + [(place,)]
            for later, follows in enumerate(nexts[stage:], stage + 1):
                found = dict.fromkeys(n for p in row[-1] for n in follows.get(p.address, ()))
                reached.update((later, n.address) for n in found)
                row.append(tuple(found))
            rows.insert(at, row)
            at += 1
    return tuple(Row(tuple(row)) for row in rows)


def _units(version: Version) -> tuple[Located, ...]:
    """What is aligned: articles, or in an outline document the levels （一）."""
    wanted = Unit.OUTLINE_2 if version.law.is_outline else Unit.ARTICLE
    return tuple(place for place in locate(version.law) if place.provision.unit is wanted)


def _followers(
    comparisons: Sequence[Comparison], old: Version, new: Version
) -> dict[Address, tuple[Located, ...]]:
    pair = (old.version_id, new.version_id)
    changes = next(c.changes for c in comparisons if (c.old.version_id, c.new.version_id) == pair)
    return {place.address: change.new for change in changes.changes for place in change.old}
