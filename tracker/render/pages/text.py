"""The text of a version as HTML: headings, articles and their parts, each with an anchor.

Floor 4. The anchors (``#art-12``, ``#art-12-para-2``, ``#chp-3``) are the addresses of the
provisions, so they can be written by hand and stay the same as long as the number does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from tracker.law.address import Address, located_in
from tracker.law.kept import kept
from tracker.law.model import Law, Provision, Unit
from tracker.render.pages.html import (
    EMPTY,
    VARIES,
    Html,
    element,
    escape,
    join,
    tag,
    varying,
)
from tracker.render.pages.words import Anchors, anchor, heading_words, mark

__all__ = ["contents", "law_text"]

_OPENED: Final = (Unit.OUTLINE_1, Unit.OUTLINE_2)  # outline levels that get a heading of their own
_DEEPEST: Final = 6  # HTML has six levels of headings
_CAPTION: Final = element("span", class_="tracker-caption")
_SPOKEN: Final = element("span", class_="tracker-spoken")
_ARTICLE: Final = element("section", class_="tracker-article")
_BODY: Final = element("div", class_="tracker-body")
_BESIDE: Final = element("div", class_="tracker-beside", data_search_exclude="1")
_ACTS: Final = element("p", class_="tracker-acts")
_LINK: Final = varying("a", href=VARIES)
_ANCHOR: Final = varying("a", href=VARIES, class_="tracker-anchor")
_PAST: Final = escape("历程")


@kept(2048)
def _bodies(_article: Provision) -> dict[tuple[str, int], tuple[Html, int]]:
    """What an article looks like under an anchor and at a level of headings, and how many
    provisions it holds: most articles are the same ones in each version of a law."""
    return {}


class _Walker:
    """Walks the tree and the list of addresses in step, giving out each anchor once."""

    def __init__(
        self, law: Law, said: Mapping[Address, tuple[str, ...]], pasts: Mapping[str, str]
    ) -> None:
        self._located = located_in(law)
        self._next = 0
        self._said = said
        self._pasts = pasts
        self._at = Address(())
        self._anchors = Anchors()
        # Else what an article looks like depends on those before it, which may have its number.
        self._distinct = len({one.address for one in self._located}) == len(self._located)

    def name(self) -> str:
        """The anchor of the next provision; where a law repeats a number, the second has --2."""
        self._at = self._located[self._next].address
        self._next += 1
        return self._anchors.take(anchor(self._at))

    def show(self, provision: Provision, level: int) -> Html:
        """A provision and all below it. `level` is that of the next heading."""
        name = self.name()
        if provision.unit.is_heading:
            title = _heading(escape(heading_words(provision)), name, level, "tracker-chapter")
            return join([title, *(self.show(child, level + 1) for child in provision.children)])
        if provision.unit is Unit.ARTICLE:
            return self._article(provision, name, level)
        if provision.unit in _OPENED or provision.unit in (Unit.ANNEX, Unit.INTRODUCTION):
            return self._clause(provision, name, level)
        return self._part(provision, name, level)

    def _article(self, provision: Provision, name: str, level: int) -> Html:
        beside = self._beside()
        known = _bodies(provision)
        body, end = known.get((name, level), (EMPTY, 0))
        if self._distinct and body:
            self._next += end
            return _ARTICLE(body, beside)
        words = escape(mark(provision))
        if provision.caption:
            words = join([words, escape("　"), _CAPTION(escape(f"【{provision.caption}】"))])
        begin = self._next
        below = [self.show(child, level + 1) for child in provision.children]
        body = _BODY(_heading(words, name, level, "tracker-number"), *below)
        if self._distinct:
            known[name, level] = body, self._next - begin
        return _ARTICLE(body, beside)

    def _beside(self) -> Html:
        """What stands in the margin of a unit: the way to its past, and what the 说明 says of it.

        The unit must be the one that `name` was called for last.
        """
        again = self._anchors.count(anchor(self._at))
        past = self._pasts.get(f"{self._at}~{again}" if again > 1 else str(self._at))
        said = self._said.get(self._at, ())
        if past is None and not said:
            return EMPTY
        parts = []
        if past is not None:
            words = _SPOKEN(escape(self._at.citation))
            parts.append(_ACTS(_LINK(past, words, _PAST)))
        if said:
            lines = [tag("p", escape(sentence)) for sentence in said]
            parts.append(tag("div", tag("b", escape("说明")), *lines, class_="tracker-told"))
        return _BESIDE(*parts)

    def _clause(self, provision: Provision, name: str, level: int) -> Html:
        words = heading_words(provision)
        kind = "tracker-chapter" if provision.unit is not Unit.OUTLINE_2 else "tracker-clause"
        beside = self._beside()
        parts = [_heading(escape(words), name, level, kind)] if words else []
        if provision.text:
            parts.append(tag("p", escape(provision.text)))
        parts.extend(self.show(child, level + 1) for child in provision.children)
        parts.append(_responsible(provision))
        if not beside:
            return tag("section", *parts, id=None if words else name)
        body = tag("div", *parts, class_="tracker-body", id=None if words else name)
        return tag("section", body, beside, class_="tracker-beside-clause")

    def _part(self, provision: Provision, name: str, level: int) -> Html:
        begin = mark(provision) if provision.unit is not Unit.PARAGRAPH else ""
        if provision.caption:
            begin += f"{provision.caption}。"
        item = ' class="tracker-item"' if begin else ""
        line = Html(f'<p id="{name}"{item}>{escape(begin + provision.text)}</p>')
        if not provision.children and provision.responsible is None:
            return line  # as nearly all are
        below = [self.show(child, level) for child in provision.children]
        return join([line, *below, _responsible(provision)])


def _heading(words: Html, name: str, level: int, kind: str) -> Html:
    level = min(level, _DEEPEST)
    return Html(
        f'<h{level} id="{name}" class="{kind}">{_ANCHOR(f"#{name}", words)}</h{level}>'
    )  # one for each article of each version


def _responsible(provision: Provision) -> Html:
    if provision.responsible is None:
        return EMPTY
    words = escape(provision.responsible_words)
    return tag("p", words, class_="tracker-responsible")


def law_text(
    law: Law,
    said: Mapping[Address, tuple[str, ...]] | None = None,
    pasts: Mapping[str, str] | None = None,
) -> Html:
    """The body of a law. The first level of headings is h2; the title belongs to the page.

    `said` gives for the address of an article what the 说明 says about it, `pasts` for its name in
    the version (``art_12``, ``art_12~2``) the link to its past.
    """
    walker = _Walker(law, said or {}, pasts or {})
    return join(walker.show(provision, 2) for provision in law.body)


def contents(law: Law) -> Html:
    """The headings as a list of links, with the articles that each holds; empty without headings.

    第一章　总则 is followed by 第一条至第五条.
    """
    seen: Counter[str] = Counter()
    items = []
    for place in located_in(law):
        unit = place.provision.unit
        if not (unit.is_heading or unit in (Unit.OUTLINE_1, Unit.ANNEX)):
            continue
        name = anchor(place.address)
        seen[name] += 1
        if seen[name] > 1:
            continue
        words = [escape(heading_words(place.provision))]
        articles = [p for p in place.provision.walk() if p.unit is Unit.ARTICLE]
        if articles and unit in (Unit.CHAPTER, Unit.SECTION):
            words.append(tag("small", escape(_span(articles))))
        deep = len([p for p in place.parents if p.unit.is_heading])
        link = tag("a", *words, href=f"#{name}")
        items.append(tag("li", link, class_=f"tracker-depth-{min(deep, 3)}"))
    return tag("ol", *items) if items else EMPTY


def _span(articles: list[Provision]) -> str:
    first, last = mark(articles[0]), mark(articles[-1])
    return first if first == last else f"{first}至{last}"
