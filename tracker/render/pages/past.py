"""What pages show of one line of descent: its words today, line by line, and each of its stages.

Floor 4. Used by the page of all provisions of a law and by those of single ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.diff.model import Change, Kind, Op
from tracker.law.address import Address, Located, located_below
from tracker.law.model import Unit
from tracker.render.overview import citation
from tracker.render.pages.change import captions, change_name, is_quiet
from tracker.render.pages.changed import Told, told
from tracker.render.pages.effects import effect_badges
from tracker.render.pages.frame import to
from tracker.render.pages.html import EMPTY, VARIES, Html, element, escape, join, tag, varying
from tracker.render.pages.redline import phrase
from tracker.render.pages.story import Comparison, Story
from tracker.render.pages.words import (
    anchor,
    badge,
    dated,
    kind_badges,
    mark,
    said_of_articles,
    spoken,
    stage_name,
    version_words,
)
from tracker.store.history import BlameLine, Lineage
from tracker.store.model import Version

__all__ = [
    "BELOW",
    "GONE",
    "Past",
    "called",
    "caption_of",
    "last_stage",
    "lost",
    "name_of",
    "subscribe",
]


def last_stage(row: Lineage) -> int:
    """The last stage that has a line of descent."""
    return max(stage for stage, cell in enumerate(row.cells) if cell)


def name_of(row: Lineage) -> str:
    """What it is called in the last stage that has it: 第十五条."""
    return citation(row.cells[last_stage(row)])


def called(row: Lineage) -> str:
    """The same where it stands alone: one that the latest version has no more is 原第四十一条, as
    another article may have its number now."""
    return name_of(row) if row.cells[-1] else f"原{name_of(row)}"


def caption_of(row: Lineage) -> Html:
    """Its caption in that stage, in brackets; empty where there is none."""
    words = captions(row.cells[last_stage(row)])
    return _CAPTION(escape(f"【{words}】")) if words else EMPTY


def lost(story: Story, path: str, version: Version, place: Located) -> Html:
    """What the page at `path` says of an article that only a corrected text had."""
    target = to(path, story.path(version), anchor(place.address))
    said = escape(spoken("；这一稿已更正，更正后没有这一条。", story.outline))
    text = _LINK(target, escape(version_words(version)))
    return tag("p", escape("只见于"), text, said, class_="tracker-lead")


def subscribe(feed: str, outline: bool) -> Html:
    """The link to the feed of a provision, or of a point of an `outline`."""
    return _FEED(feed, escape(spoken("订阅本条（Atom）", outline)))


BELOW: Final = element("p", class_="tracker-lead")
"""A line of links."""
GONE: Final = varying("section", id=VARIES, class_="tracker-provision tracker-provision-gone")
"""The section of what the latest version has no more."""
_PROVISION: Final = varying("section", id=VARIES, class_="tracker-provision")
_FEED: Final = varying("a", href=VARIES, class_="tracker-feed")


@dataclass(frozen=True, slots=True)
class Past:
    """Shows lines of descent on pages that lie equally deep; holds what they are made of."""

    story: Story
    neighbours: Sequence[Comparison]
    path: str
    told: Told
    since: Mapping[str, Sequence[BlameLine]]
    said: Sequence[Mapping[Address, Sequence[str]]]
    heads: Sequence[Html]  # of each stage, as the steps begin
    texts: Sequence[str]  # the links to their pages
    outline: bool  # it has points, no 条

    @classmethod
    def on(cls, story: Story, path: str) -> Past:
        """For the page at `path`, a folder under ``laws/``, or for all as deep as it."""
        since: dict[str, list[BlameLine]] = defaultdict(list)
        for line in story.blame:
            since[line.id].append(line)
        versions = story.versions
        return cls(
            story, story.neighbours, path, told(story), since,
            said=[said_of_articles(version) for version in versions],
            heads=[_stage(version) for version in versions],
            texts=[to(path, story.path(version)) for version in versions],
            outline=story.outline,
        )  # fmt: skip

    def is_gone(self, row: Lineage) -> bool:
        """Whether the latest version has it no more."""
        return not row.cells[-1]

    def section(self, row: Lineage, *content: Html) -> Html:
        """The section of a line, under its id."""
        return (GONE if self.is_gone(row) else _PROVISION)(row.id, *content)

    def anchors(self, row: Lineage) -> list[Html]:
        """The places of all names it ever had, but for its id."""
        names = list(dict.fromkeys(name for cell in row.names for name in cell))
        names += self.story.former_names(names)
        return [_HERE(one) for one in names if one != row.id]

    def words(self, row: Lineage) -> Html:
        """Its words in the latest version, each line with the stage that last changed it; or since
        when there are none."""
        if self.is_gone(row):
            version = self.story.versions[last_stage(row) + 1]
            gone = escape(f"{version_words(version)}起{spoken('没有这一条。', self.outline)}")
            return tag("p", badge(Kind.DELETED.value), gone, class_="tracker-lead")
        shown: list[Html] = []
        origin: Version | None = None
        several = len(row.cells[-1]) > 1
        for one, place in zip(row.ids[-1], row.cells[-1], strict=True):
            if several:
                shown.append(_WHICH(escape(place.address.citation)))
                origin = None
            since = {line.located.address: line.since for line in self.since.get(one, ())}
            for located, words in _lines(place):
                changed = since.get(located.address)
                if changed is not None and changed is not origin:
                    origin = changed
                    name = escape(f"{stage_name(origin)}　{dated(origin)}")
                    since_first = origin is self.story.versions[0]
                    shown.append(
                        _SINCE(_FROM, name, _SAME) if since_first else _SINCE(_CHANGED, name)
                    )
                line = _ITEM if located.address != place.address else _LINE
                shown.append(line(escape(words)))
        return _BLAME(*shown) if shown else EMPTY

    def steps(self, row: Lineage, redline: Callable[[Change], Html]) -> Html:
        """Its number in each stage and what changed there; `redline` shows the words of it."""
        entries = self.told.of(row)
        return _STEPS(*[self._step(row, at, found, redline) for at, found in enumerate(entries)])

    def _step(
        self, row: Lineage, stage: int, changes: Sequence[Change], redline: Callable[[Change], Html]
    ) -> Html:
        cell = row.cells[stage]
        places = zip(cell, row.names[stage], strict=True)
        where = join([self._place(stage, place, name) for place, name in places], _AND)
        parts = [
            self.heads[stage],
            _WHERE(where, self._caption(row, stage))
            if cell
            else _ABSENT(escape(spoken("没有这一条", self.outline))),
        ]
        comparison = self.neighbours[stage - 1] if stage else None
        loud = [change for change in changes if not is_quiet(change)]
        if cell and stage and not loud:
            number = any(change.kinds == (Kind.RENUMBERED,) for change in changes)
            kind = Kind.RENUMBERED if number else Kind.UNCHANGED
            parts.append(badge(kind.value, outline=self.outline))
        below = []
        if comparison is not None:
            for change in loud:
                below += [self._kinds(comparison, change), redline(change)]
        below.append(self._claims(stage, cell))
        return (_STEP if cell else _NO_STEP)(_LINE(*parts), *below)

    def _place(self, stage: int, place: Located, name: str) -> Html:
        at = anchor(name.partition("@")[0]).replace("~", "--")  # the second of a number has --2
        return _LINK(f"{self.texts[stage]}#{at}", escape(place.address.citation))

    def _caption(self, row: Lineage, stage: int) -> Html:
        """What became of its caption in a stage, which is no change of its words."""
        if not stage or not row.cells[stage - 1]:
            return EMPTY
        old, new = captions(row.cells[stage - 1]), captions(row.cells[stage])
        if old == new:
            return EMPTY
        return _CAPTION(escape("【"), phrase(((Op.DELETE, old), (Op.INSERT, new))), escape("】"))

    def _kinds(self, comparison: Comparison, change: Change) -> Html:
        link = to(self.path, comparison.path, change_name(comparison, change))
        words = self.story.compared_words(comparison)
        return _KINDS(
            kind_badges(change, self.outline), *effect_badges(change), _MORE(link, escape(words))
        )

    def _claims(self, stage: int, cell: Sequence[Located]) -> Html:
        told = self.said[stage]
        if not told:  # as of most versions
            return EMPTY
        said = dict.fromkeys(sentence for place in cell for sentence in told.get(place.address, ()))
        if not said:
            return EMPTY
        lines = [tag("p", escape(sentence)) for sentence in said]
        return tag("aside", tag("b", escape("说明")), *lines, class_="tracker-told")


def _stage(version: Version) -> Html:
    name = tag("span", escape(stage_name(version)), class_="tracker-stage")
    return join([name, tag("span", escape(dated(version)), class_="tracker-date")])


def _lines(
    located: Located, below: Iterator[Located] | None = None
) -> Iterator[tuple[Located, str]]:
    """An article line by line, as its version prints it; who is responsible behind all it holds.

    `below` has what follows in the order of the text, where `located` is itself in an article.
    """
    provision = located.provision
    begin = ""
    if below is None:
        below = iter(located_below(located))
    else:
        begin = mark(provision) if provision.unit is not Unit.PARAGRAPH else ""
        begin += f"{provision.caption}。" if provision.caption else ""
    if begin or provision.text:
        yield located, begin + provision.text
    for _ in provision.children:
        yield from _lines(next(below), below)
    if provision.responsible is not None:
        yield located, provision.responsible_words


_LINE: Final = element("p")
_ITEM: Final = element("p", class_="tracker-item")
_SINCE: Final = element("p", class_="tracker-since")
_CHANGED: Final = tag("small", escape("最后改动于"))
_FROM: Final = tag("small", escape("自"))
_SAME: Final = tag("small", escape("以来未改"))
_WHICH: Final = element("p", class_="tracker-label")
_WHERE: Final = element("span", class_="tracker-where")
_BLAME: Final = element("div", class_="tracker-blame")
_CAPTION: Final = element("span", class_="tracker-caption")
_STEPS: Final = element("ol", class_="tracker-steps")
_STEP: Final = element("li")
_NO_STEP: Final = element("li", class_="tracker-absent")
_HERE: Final = varying("span", id=VARIES, class_="tracker-here")
_LINK: Final = varying("a", href=VARIES)
_KINDS: Final = element("p", class_="tracker-kinds")
_MORE: Final = varying("a", href=VARIES, class_="tracker-more")
_AND: Final = escape("、")
_ABSENT: Final = element("span", class_="tracker-unknown")
