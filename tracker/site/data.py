"""What programs read of a law: its feeds, and its files of the data interface.

Floor 5. Names of files are given by what does not change when a stage is added, so that whoever
subscribed to one keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.render.feeds import FeedEntry, law_feed, lost_feed, provision_feed
from tracker.render.json.documents import diff_document
from tracker.render.json.site import compact, provisions_data, version_file
from tracker.render.pages.changed import changed_names, lost_articles, told
from tracker.render.pages.story import Story
from tracker.render.side import SideInfo

__all__ = ["api_files", "feed_files"]


def feed_files(
    story: Story, entries: Sequence[FeedEntry], base: str
) -> Iterator[tuple[str, bytes]]:
    """The feeds of a law and of its provisions, by their names under ``laws/``."""
    yield f"{story.path()}/feed.xml", law_feed(story, entries, base).encode("utf-8")
    index = told(story)
    for name, row in changed_names(story).items():
        text = provision_feed(story, row, name, index, base)
        yield f"{story.provisions}/{name}.xml", text.encode("utf-8")
    for name, (_, place) in lost_articles(story).items():
        text = lost_feed(story, name, place.address.citation, base)
        yield f"{story.provisions}/{name}.xml", text.encode("utf-8")


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
