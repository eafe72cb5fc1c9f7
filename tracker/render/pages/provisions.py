"""The page of all provisions of a law: each through all its stages, under links that last.

Floor 4. A section a line of descent. Its anchors are the names that each of its articles has in
each version (``#art_12@2021-08-29-draft``), so a link made today stays good whatever stage is
added: the name goes with the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tracker.diff.model import Change, Kind
from tracker.law.address import Address, Located, located_below
from tracker.law.kept import kept
from tracker.law.model import Unit
from tracker.render.overview import citation
from tracker.render.pages.change import captions, change_name, is_quiet, redlined
from tracker.render.pages.effects import effect_badges
from tracker.render.pages.frame import cited, folded, frame, head, to
from tracker.render.pages.html import (
    EMPTY,
    VARIES,
    Html,
    Page,
    element,
    escape,
    join,
    tag,
    varying,
)
from tracker.render.pages.story import Comparison, Story
from tracker.render.pages.words import (
    anchor,
    badge,
    dated,
    kind_badges,
    mark,
    said_of_articles,
    version_words,
)
from tracker.store.history import BlameLine, Lineage
from tracker.store.model import Version

__all__ = ["Told", "provisions_page", "told"]

_LEAD = (
    "每一条从第一次出现到最近一稿的历程：各稿中的条号、每次改动、每一款最后改动于哪一稿。"
    "条号可以变，这里的链接不变。"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the comparisons of neighbours say of the articles: looked up by their address."""

    new: Sequence[Mapping[Address, tuple[Change, ...]]]
    old: Sequence[Mapping[Address, tuple[Change, ...]]]
    _known: dict[int, tuple[Lineage, tuple[tuple[Change, ...], ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def of(self, row: Lineage) -> tuple[tuple[Change, ...], ...]:
        """For each stage the entries between it and the one before that touch a line."""
        found = self._known.get(id(row))  # the page and the feeds ask for the same lines
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
                for change in index[stage - 1].get(place.address, ()):
                    found[id(change)] = change
        return tuple(found.values())


@dataclass(slots=True)
class _Index:
    new: dict[Address, tuple[Change, ...]] = field(default_factory=dict)
    old: dict[Address, tuple[Change, ...]] = field(default_factory=dict)


@kept(2)
def told(story: Story) -> Told:
    """The entries of all comparisons of neighbours, by the address of their articles."""
    indexes = []
    for comparison in story.neighbours:
        index = _Index()
        for change in comparison.changes.changes:
            for place in change.new:
                index.new[place.address] = (*index.new.get(place.address, ()), change)
            for place in change.old:
                index.old[place.address] = (*index.old.get(place.address, ()), change)
        indexes.append(index)
    return Told([one.new for one in indexes], [one.old for one in indexes])


def provisions_page(story: Story) -> Page:
    """The page of one law with a section for each line of descent, in the order of the law."""
    path = story.provisions
    entries = told(story)
    since: dict[str, list[BlameLine]] = defaultdict(list)
    for line in story.blame:
        since[line.id].append(line)
    said = [said_of_articles(version) for version in story.versions]
    heads = [_stage(version) for version in story.versions]
    texts = [to(path, story.path(version)) for version in story.versions]
    writer = _Writer(story, story.neighbours, path, entries, since, said, heads, texts)
    lead = tag("p", escape(_LEAD), class_="tracker-lead")
    content = [head(story.title, escape("逐条历程"), lead)]
    content += [_jumps(story), *(writer.section(row) for row in story.rows)]
    if not story.rows:
        content.append(tag("p", escape("没有条文。"), class_="tracker-lead"))
    body = frame(story, path, "provisions", *content, cited=cited(story.latest))
    day = story.last_day.isoformat() if story.last_day else None
    return Page(path, f"{story.title} 逐条历程", body, updated=day, feed=story.feed)


def _stage(version: Version) -> Html:
    name = tag("span", escape(version.stage.label), class_="tracker-stage")
    return join([name, tag("span", escape(dated(version)), class_="tracker-date")])


def _last(row: Lineage) -> int:
    """The last stage that has a line of descent."""
    return max(stage for stage, cell in enumerate(row.cells) if cell)


def _jumps(story: Story) -> Html:
    """A short way to each section; those that the latest version has no more come apart."""
    parts = []
    end = len(story.versions) - 1
    for words, gone in (("", False), ("已经没有的：", True)):
        rows = [row for row in story.rows if (_last(row) < end) is gone]
        links = [_LINK(f"#{row.id}", escape(citation(row.cells[_last(row)]))) for row in rows]
        lead = tag("span", escape(words)) if words else EMPTY
        if links:
            parts.append(tag("p", lead, join(links, escape(" ")), class_="tracker-jumps"))
    if not parts:
        return EMPTY
    summary = escape(f"条文一览（{len(story.rows)} 项）")
    return tag(
        "nav", folded(summary, *parts, name=_JUMPS), class_="tracker-jump", aria_label="条文一览"
    )


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
        yield located, f"（责任单位：{provision.responsible}）"


_PROVISION: Final = varying("section", id=VARIES, class_="tracker-provision")
_GONE: Final = varying(
    "section", id=VARIES, class_="tracker-provision tracker-provision-gone"
)  # fmt: skip
_JUMPS: Final = "articles"  # the list of all sections at the top of the page
_BACK: Final = tag("a", escape("↑ 条文一览"), href=f"#{_JUMPS}", class_="tracker-back")
_LINE: Final = element("p")
_ITEM: Final = element("p", class_="tracker-item")
_SINCE: Final = element("p", class_="tracker-since")
_CHANGED: Final = tag("small", escape("最后改动于"))
_BLAME: Final = element("div", class_="tracker-blame")
_TITLE: Final = element("h2")
_CAPTION: Final = element("span", class_="tracker-caption")
_STEPS: Final = element("ol", class_="tracker-steps")
_STEP: Final = element("li")
_NO_STEP: Final = element("li", class_="tracker-absent")
_BELOW: Final = element("p", class_="tracker-lead")
_HERE: Final = varying("span", id=VARIES, class_="tracker-here")
_FEED: Final = varying("a", href=VARIES, class_="tracker-feed")
_SUBSCRIBE: Final = escape("订阅本条（Atom）")
_LINK: Final = varying("a", href=VARIES)
_KINDS: Final = element("p", class_="tracker-kinds")
_MORE: Final = varying("a", href=VARIES, class_="tracker-more")
_AND: Final = escape("、")
_ABSENT: Final = tag("span", escape("没有这一条"), class_="tracker-unknown")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the sections; holds what they are made of."""

    story: Story
    neighbours: Sequence[Comparison]
    path: str
    told: Told
    since: Mapping[str, Sequence[BlameLine]]
    said: Sequence[Mapping[Address, Sequence[str]]]
    heads: Sequence[Html]  # of each stage, as the steps begin
    texts: Sequence[str]  # the links to their pages

    def section(self, row: Lineage) -> Html:
        names = list(dict.fromkeys(name for cell in row.names for name in cell))
        names += self.story.former_names(names)
        last = _last(row)
        permalink = tag(
            "a", escape("¶"), href=f"#{row.id}", class_="tracker-permalink",
            aria_label=f"{citation(row.cells[last])}的链接",
        )  # fmt: skip
        title = _TITLE(escape(citation(row.cells[last])), self._caption(row, last), permalink)
        anchors = [_HERE(one) for one in names if one != row.id]
        entries = self.told.of(row)
        steps = [self._step(row, stage, changes) for stage, changes in enumerate(entries)]
        changed = any(not is_quiet(one) for changes in entries for one in changes)
        feed = [_FEED(f"{row.id}.xml", _SUBSCRIBE)] if changed else []
        below = _BELOW(*feed, _BACK)
        gone = last < len(self.story.versions) - 1
        text = self._gone(last) if gone else self._text(row)
        parts = [title, text, _STEPS(*steps), below]
        return (_GONE if gone else _PROVISION)(row.id, *anchors, *parts)

    def _caption(self, row: Lineage, stage: int) -> Html:
        words = captions(row.cells[stage])
        return _CAPTION(escape(f"【{words}】")) if words else EMPTY

    def _gone(self, last: int) -> Html:
        version = self.story.versions[last + 1]
        words = escape(f"{version_words(version)}起没有这一条。")
        return tag("p", badge(Kind.DELETED.value), words, class_="tracker-lead")

    def _text(self, row: Lineage) -> Html:
        """The words of the latest version, each line with the stage that last changed it."""
        shown: list[Html] = []
        origin: Version | None = None
        for one, place in zip(row.ids[-1], row.cells[-1], strict=True):
            since = {line.located.address: line.since for line in self.since.get(one, ())}
            for located, words in _lines(place):
                version = since.get(located.address)
                if version is not None and version is not origin:
                    origin = version
                    name = escape(f"{origin.stage.label}　{dated(origin)}")
                    shown.append(_SINCE(_CHANGED, name))
                line = _ITEM if located.address != place.address else _LINE
                shown.append(line(escape(words)))
        return _BLAME(*shown) if shown else EMPTY

    def _step(self, row: Lineage, stage: int, changes: Sequence[Change]) -> Html:
        cell = row.cells[stage]
        where = join([self._place(stage, place) for place in cell], _AND)
        parts = [self.heads[stage], where or _ABSENT]
        comparison = self.neighbours[stage - 1] if stage else None
        loud = [change for change in changes if not is_quiet(change)]
        if cell and stage and not loud:
            number = any(change.kinds == (Kind.RENUMBERED,) for change in changes)
            parts.append(badge((Kind.RENUMBERED if number else Kind.UNCHANGED).value))
        below = [self._change(comparison, change) for change in loud if comparison is not None]
        below.append(self._claims(stage, cell))
        return (_STEP if cell else _NO_STEP)(_LINE(*parts), *below)

    def _place(self, stage: int, place: Located) -> Html:
        link = f"{self.texts[stage]}#{anchor(place.address)}"
        return _LINK(link, escape(place.address.citation))

    def _change(self, comparison: Comparison, change: Change) -> Html:
        link = to(self.path, comparison.path, change_name(change))
        words = self.story.compared_words(comparison)
        line = _KINDS(kind_badges(change), *effect_badges(change), _MORE(link, escape(words)))
        if not change.old or not change.new or not change.is_reworded:
            return line
        return join([line, folded(escape("改动的文字"), redlined(change))])

    def _claims(self, stage: int, cell: Sequence[Located]) -> Html:
        told = self.said[stage]
        if not told:  # as of most versions
            return EMPTY
        said = dict.fromkeys(sentence for place in cell for sentence in told.get(place.address, ()))
        if not said:
            return EMPTY
        lines = [tag("p", escape(sentence)) for sentence in said]
        return tag("aside", tag("b", escape("说明")), *lines, class_="tracker-told")
