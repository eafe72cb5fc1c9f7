"""Which provisions of a law have changed, in which entries, and under which names they are found.

Floor 4. Where a provision changed, its history is worth a page and a feed of its own. Both have the
name that its line of descent has, and keep each name that it had on an earlier day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.diff.model import Change
from tracker.law.address import Located
from tracker.law.kept import kept
from tracker.render.pages.change import is_quiet
from tracker.render.pages.frame import to
from tracker.render.pages.story import Story
from tracker.store.history import Lineage, concordance
from tracker.store.model import Version
from tracker.store.order import in_legal_order, superseded_ids

__all__ = [
    "Told", "changed_names", "changed_rows", "line_of", "lost_articles", "past_from", "pasts",
    "told",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What the comparisons of neighbours say of the articles.

    An article is looked up by what it is, not by its address: a text may hold one number twice.
    """

    new: Sequence[Mapping[int, Change]]
    old: Sequence[Mapping[int, Change]]
    _known: dict[int, tuple[Lineage, tuple[tuple[Change, ...], ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def of(self, row: Lineage) -> tuple[tuple[Change, ...], ...]:
        """For each stage the entries between it and the one before that touch a line."""
        found = self._known.get(id(row))  # pages and feeds ask for the same lines
        if found is None:
            told = tuple([self._at(stage, row) for stage in range(len(row.cells))])
            found = self._known[id(row)] = row, told
        return found[1]

    def _at(self, stage: int, row: Lineage) -> tuple[Change, ...]:
        if stage == 0:
            return ()
        found: dict[int, Change] = {}
        for cell, index in ((row.cells[stage], self.new), (row.cells[stage - 1], self.old)):
            for place in cell:
                change = index[stage - 1].get(id(place.provision))
                if change is not None:
                    found[id(change)] = change
        return tuple(found.values())


@kept(2)
def told(story: Story) -> Told:
    """The entries of all comparisons of neighbours, by their articles."""
    new: list[dict[int, Change]] = []
    old: list[dict[int, Change]] = []
    for comparison in story.neighbours:
        entries = comparison.changes.changes
        new.append({id(place.provision): change for change in entries for place in change.new})
        old.append({id(place.provision): change for change in entries for place in change.old})
    return Told(new, old)


def changed_rows(story: Story) -> tuple[Lineage, ...]:
    """The lines of descent that are more than a number that changed."""
    entries = told(story)
    return tuple(
        row
        for row in story.rows
        if any(not is_quiet(change) for stage in entries.of(row) for change in stage)
    )


@kept(2)
def changed_names(story: Story) -> dict[str, Lineage]:
    """Under which names a changed provision has a page and a feed: its id on each day since the
    first ingest, in the order of the names.

    An id can change when an older stage is added in front; page and feed then go on under both. So
    they do where it changed in a text only that was corrected since.
    """
    if not (story.comparisons or story.retired):
        return {}
    current = _lines(story)
    names: dict[str, Lineage] = {}
    for there in _days(story):
        for row in changed_rows(there):
            known = (row.id, *(name for cell in row.names for name in cell))
            now = next((current[name] for name in known if name in current), None)
            if now is None:  # all of it is gone with the corrected text, see `lost_articles`
                continue
            for name in (row.id, *story.former_names([row.id])):
                names[name] = now
    return dict(sorted(names.items()))


def _days(story: Story) -> Iterator[Story]:
    """The story as it was after each ingest, from the second on."""
    everything: tuple[Version, ...] = story.versions
    if story.corrected:
        everything = in_legal_order((*story.versions, *story.corrected))
    place = {version.version_id: index for index, version in enumerate(everything)}
    arrived = sorted(everything, key=lambda v: (v.ingest_seq or 0, place[v.version_id]))
    for count in range(2, len(arrived) + 1):
        there = arrived[:count]
        gone = superseded_ids(there) if story.corrected else frozenset()
        ids = {version.version_id for version in there} - gone
        yield _then(story, [version for version in everything if version.version_id in ids])


@kept(2)
def lost_articles(story: Story) -> dict[str, tuple[Version, Located]]:
    """Articles that only a text had which was corrected since, by their names, with that text."""
    current = _lines(story)
    return {
        name: (version, place)
        for version in story.corrected
        for row in concordance((version,))
        for name, place in zip(row.names[0], row.cells[0], strict=True)
        if name not in current
    }


def past_from(story: Story, origin: str) -> Callable[[Lineage], str]:
    """The links from a page, a folder under ``laws/``, to the history of each line of descent: to
    its own page, or to its section on the page of all provisions."""
    own, all_of_them = changed_names(story), to(origin, story.provisions)

    def link(row: Lineage) -> str:
        return f"{all_of_them}{row.id}/" if row.id in own else f"{all_of_them}#{row.id}"

    return link


def pasts(story: Story, version: Version) -> dict[str, str]:
    """For the name of each article of a version (``art_12``) the link from the page of the version
    to its history."""
    link, rows = past_from(story, story.path(version)), _lines(story)
    return {name.rpartition("@")[0]: link(rows[name]) for name in story.names(version)}


def line_of(story: Story, version: Version, article: str) -> Lineage | None:
    """The line of descent of an article, given by its name in its version (``art_12``); None where
    the version has no such article."""
    return _lines(story).get(f"{article}@{version.version_id}")


@kept(2)
def _lines(story: Story) -> dict[str, Lineage]:
    """The line of descent of each article of each version, those corrected since included."""
    rows = {name: row for row in story.rows for cell in row.names for name in cell}
    rows.update({old: rows[new] for old, new in story.former})
    return rows


def _then(story: Story, versions: Sequence[Version]) -> Story:
    """The story as it was when only these versions stood."""
    if len(versions) == len(story.versions) and not story.corrected:
        return story
    ids = {version.version_id for version in versions}
    compared = tuple(
        one
        for one in (*story.comparisons, *story.retired)
        if {one.old.version_id, one.new.version_id} <= ids
    )
    before = Story(story.record, tuple(versions), compared)
    changes = [comparison.changes for comparison in before.neighbours]
    return replace(before, rows=concordance(versions, changes=changes))
