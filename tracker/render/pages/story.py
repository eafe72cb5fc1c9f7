"""What the pages of one law show, gathered as one value: versions, comparisons, concordance.

Floor 4. `tracker.site` fills a `Story` from the store; the modules beside this one only read it.
The addresses of pages are decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.diff.model import Changes
from tracker.law.model import Event
from tracker.law.problems import Problem
from tracker.render.pages.words import dated, version_words
from tracker.store.history import BlameLine, Lineage
from tracker.store.model import LawRecord, Version
from tracker.store.order import timeline

__all__ = ["Comparison", "Story", "source_file"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one law and what changed between them."""

    old: Version
    new: Version
    changes: Changes

    @property
    def slug(self) -> str:
        """The folder of its page: ``OLD--NEW``; no id of a version holds two hyphens in a row."""
        return f"{self.old.version_id}--{self.new.version_id}"

    @property
    def path(self) -> str:
        """Where its page lies under ``laws/``."""
        return f"{self.old.law_id}/compare/{self.slug}"


@dataclass(frozen=True, slots=True)
class Story:
    """A law with all its versions in legal order.

    `comparisons` holds the pairs that have a page, by old, then by new version. `rows` is the
    concordance, in the order of the last version; `blame` says of each line of the last version
    since when it reads as it does. `findings` is what the check found, one tuple for each version
    and then for each of `corrected`, or empty where it was not run.

    `corrected` are the versions that another one corrects, `retired` the comparisons with them:
    what was published stays under its address, marked, and counts nowhere. `former` gives for the
    name of an article of such a version the name of what it is in its correction.
    """

    record: LawRecord
    versions: tuple[Version, ...]
    comparisons: tuple[Comparison, ...] = ()
    rows: tuple[Lineage, ...] = ()
    blame: tuple[BlameLine, ...] = ()
    findings: tuple[tuple[Problem, ...], ...] = ()
    corrected: tuple[Version, ...] = ()
    retired: tuple[Comparison, ...] = ()
    former: tuple[tuple[str, str], ...] = ()

    @property
    def latest(self) -> Version:
        """The last version in legal order: the one that the search finds."""
        return self.versions[-1]

    @property
    def outline(self) -> bool:
        """Whether it is a 方案 or 规划: pages speak of points, and not of 条."""
        return self.latest.law.is_outline

    @property
    def last_day(self) -> date | None:
        """The latest legal date of any version, None where none is known."""
        return max((v.day for v in self.versions if v.day is not None), default=None)

    @property
    def title(self) -> str:
        """The title as it must be shown, marked where the law is invented."""
        return self.record.display_title

    def path(self, version: Version | None = None) -> str:
        """Where the page of the law, or of one of its versions, lies under ``laws/``."""
        law_id = self.record.law_id
        return f"{law_id}/{version.version_id}" if version else law_id

    @property
    def provisions(self) -> str:
        """Where the page of all provisions through all stages lies under ``laws/``."""
        return f"{self.record.law_id}/provisions"

    def names(self, version: Version) -> frozenset[str]:
        """The names of the articles of a version (``art_12@2021-08-29-draft``), each of which is an
        anchor on the page of all provisions."""
        if version not in self.versions:
            end = f"@{version.version_id}"
            return frozenset(old for old, _ in self.former if old.endswith(end))
        index = self._index(version)
        return frozenset(name for row in self.rows for name in row.names[index])

    def former_names(self, names: Iterable[str]) -> tuple[str, ...]:
        """What articles of these names were called in versions that were corrected since."""
        wanted = set(names)
        return tuple(sorted(old for old, new in self.former if new in wanted))

    def correction(self, version: Version) -> Version | None:
        """The version that corrects this one, which may be corrected in turn."""
        everything = (*self.versions, *self.corrected)
        return next((one for one in everything if one.corrects == version.version_id), None)

    def standing(self, version: Version) -> Version:
        """The version that stands for this one today: itself, or its last correction."""
        by = self.correction(version)
        return version if by is None else self.standing(by)

    @property
    def feed(self) -> str:
        """The Atom feed of the law, from the root of the site."""
        return f"laws/{self.record.law_id}/feed.xml"

    @property
    def neighbours(self) -> tuple[Comparison, ...]:
        """The comparisons of each version with the next; fewer where a pair has no page."""
        found = (self.comparison(old, new) for old, new in pairwise(self.versions))
        return tuple(one for one in found if one is not None)

    def comparison(self, old: Version, new: Version) -> Comparison | None:
        """The comparison of two versions, where there is a page for it."""
        wanted = (old.version_id, new.version_id)
        for comparison in (*self.comparisons, *self.retired):
            if (comparison.old.version_id, comparison.new.version_id) == wanted:
                return comparison
        return None

    def found(self, version: Version) -> tuple[Problem, ...]:
        """What the check found in a version, without what reading it had met already."""
        everything = (*self.versions, *self.corrected)
        if not self.findings:
            return ()
        known = {(p.code, p.citation) for p in version.problems}
        found = self.findings[everything.index(version)]
        return tuple(p for p in found if (p.code, p.citation) not in known)

    def before(self, version: Version) -> Version | None:
        """The version before this one in legal order."""
        index = self._index(version) if version in self.versions else 0
        return self.versions[index - 1] if index else None

    def after(self, version: Version) -> Version | None:
        """The version after this one in legal order."""
        if version not in self.versions:
            return None
        index = self._index(version)
        return self.versions[index + 1] if index + 1 < len(self.versions) else None

    def called(self, version: Version) -> str:
        """The stage of a version; with its date where the law has another version of that stage.

        征求意见稿, but 修订（2019-03-02） in a law that was revised again later.
        """
        alike = [one for one in self.versions if one.stage is version.stage]
        return version_words(version) if len(alike) > 1 else version.stage.label

    def compared_words(self, comparison: Comparison) -> str:
        """The words of a link to a comparison with an older version.

        与征求意见稿比较, 与2019年公布文本比较; with the day where a year has two such texts.
        """
        old = comparison.old
        if not old.stage.is_final or old.day is None or dated(old) != old.day.isoformat():
            return f"与{self.called(old)}比较"
        year = f"{old.day.year}年"
        texts = [(one.stage, one.day.year) for one in self.versions if one.day is not None]
        alike = texts.count((old.stage, old.day.year)) > 1
        when = f"{year}{old.day.month}月{old.day.day}日" if alike else year
        return f"与{when}{old.stage.label}文本比较"

    def _index(self, version: Version) -> int:
        return [v.version_id for v in self.versions].index(version.version_id)

    @property
    def stages(self) -> tuple[Version | Event, ...]:
        """Versions in legal order with the events without text put in by their day."""
        return timeline(self.versions)


# Kinds of files that a browser shows as text or hands to a program, never runs as a page.
_SAFE_SUFFIXES = ("txt", "docx", "doc", "pdf", "wps", "ofd")


def source_file(version: Version) -> str:
    """The name under which the source of a version is offered.

    A stored web page (or a Markdown file, which the site builder would take for a page of its own)
    is offered as ``source.bin``: served under its own kind it could run on our address.
    """
    suffix = version.source_name.rpartition(".")[2].lower()
    return f"source.{suffix if suffix in _SAFE_SUFFIXES else 'bin'}"
