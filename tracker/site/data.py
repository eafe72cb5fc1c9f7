"""What programs read of a law: its feeds, and its files of the data interface.

Floor 5. Names of files are given by what does not change when a stage is added, so that whoever
subscribed to one keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.render.feeds import FeedEntry, changed_rows, law_feed, provision_feed
from tracker.render.json.documents import diff_document
from tracker.render.json.site import compact, provisions_data, version_file
from tracker.render.pages.provisions import told
from tracker.render.pages.story import Story
from tracker.render.side import SideInfo
from tracker.store.history import Lineage, concordance

__all__ = ["api_files", "feed_files", "feed_names"]


def feed_files(
    story: Story, entries: Sequence[FeedEntry], base: str
) -> Iterator[tuple[str, bytes]]:
    """The feeds of a law and of its provisions, by their names under ``laws/``."""
    yield f"{story.path()}/feed.xml", law_feed(story, entries, base).encode("utf-8")
    if len(story.versions) < 2:
        return
    index = told(story)
    for name, row in feed_names(story).items():
        text = provision_feed(story, row, name, index, base)
        yield f"{story.provisions}/{name}.xml", text.encode("utf-8")


def feed_names(story: Story) -> dict[str, Lineage]:
    """Under which names a changed provision has a feed: its id on each day since the first ingest.

    An id can change when an older stage is added in front; the feed then goes on under both.
    """
    current = {name: row for row in story.rows for cell in row.names for name in cell}
    place = {version.version_id: index for index, version in enumerate(story.versions)}
    arrived = sorted(story.versions, key=lambda v: (v.ingest_seq or 0, place[v.version_id]))
    names: dict[str, Lineage] = {}
    for count in range(2, len(arrived) + 1):
        there = _then(story, [v.version_id for v in arrived[:count]])
        for row in changed_rows(there):
            names[row.id] = current[row.id]
            for former in story.former_names([row.id]):
                names[former] = current[row.id]
    return dict(sorted(names.items()))


def _then(story: Story, ids: Sequence[str]) -> Story:
    """The story as it was when only these versions were there."""
    if len(ids) == len(story.versions):
        return story
    versions = tuple(v for v in story.versions if v.version_id in ids)
    kept = tuple(c for c in story.comparisons if {c.old.version_id, c.new.version_id} <= set(ids))
    before = Story(story.record, versions, kept)
    changes = [comparison.changes for comparison in before.neighbours]
    return Story(story.record, versions, kept, concordance(versions, changes=changes))


def api_files(story: Story) -> Iterator[tuple[str, bytes]]:
    """The data of a law, by their names under ``api/``."""
    law_id = story.record.law_id
    for version in (*story.versions, *story.corrected):
        yield f"{law_id}/{version.version_id}.json", compact(version_file(story, version))
    for one in (*story.comparisons, *story.retired):
        sides = [SideInfo.of_version(v, story.record.fictional) for v in (one.old, one.new)]
        document = diff_document(one.changes, *sides)
        yield f"{law_id}/diffs/{one.slug}.json", compact(document)
    yield f"{law_id}/provisions.json", compact(provisions_data(story))
