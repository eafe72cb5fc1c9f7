"""One change as HTML: which articles, what happened to them, the words that differ.

Floor 4, used by the comparison page. Each change is found under the anchors of its articles:
``#new-art-5`` and ``#old-art-3`` name the same entry, and every article of both sides has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from tracker.diff.model import Change, Kind, Op, Redline
from tracker.law.address import Located, located_in
from tracker.law.kept import kept
from tracker.render.overview import alike
from tracker.render.pages.effects import codes_of, effect_badges
from tracker.render.pages.frame import folded, to
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
from tracker.render.pages.parts import parts_line
from tracker.render.pages.redline import columns, inline, phrase, stacked, unmarked
from tracker.render.pages.story import Comparison
from tracker.render.pages.words import anchor, kind_badges, kind_codes, spoken

__all__ = [
    "Names", "captions", "change_entry", "change_name", "changed_words", "is_quiet", "quiet_entry",
    "redlined",
]  # fmt: skip


_Side = tuple[str, ...]
"""The citations of the articles of one side."""


@kept(16)
def _repeated(comparison: Comparison) -> Mapping[int, int]:
    """Of articles whose number their text holds more than once which of them each is, counted from
    1, under the identity of their place. Nearly all texts hold each number once."""
    found: dict[int, int] = {}
    changes = comparison.changes.changes
    sides = (
        (comparison.old, [place for change in changes for place in change.old]),
        (comparison.new, [place for change in changes for place in change.new]),
    )
    for version, places in sides:
        several = {one for one, n in Counter(p.address for p in places).items() if n > 1}
        if not several:
            continue
        texts = [one for one in located_in(version.law) if one.address in several]
        for place in (one for one in places if one.address in several):
            alike = [(n, one) for n, one in enumerate(texts) if one.address == place.address]
            own = [n for n, one in alike if one.provision is place.provision]
            own = own or [n for n, one in alike if one.provision == place.provision]
            first = alike[0][0] if alike else 0
            at = own[0] if own else first
            found[id(place)] = 1 + sum(n < at for n, _ in alike)
    return found


def _anchor(place: Located, repeated: Mapping[int, int]) -> str:
    """``art-5``; the second of a repeated number has --2."""
    count = repeated.get(id(place), 1)
    return anchor(place.address) if count == 1 else f"{anchor(place.address)}--{count}"


class Names:
    """Gives each article of both sides its anchor, the one it has in the text of its version."""

    def __init__(self, comparison: Comparison) -> None:
        self._repeated = _repeated(comparison)
        self.outline = comparison.new.law.is_outline
        self._text = {
            side: to(comparison.path, f"{version.law_id}/{version.version_id}")
            for side, version in (("old", comparison.old), ("new", comparison.new))
        }

    def name(self, side: str, place: Located) -> str:
        """``new-art-5``; the second of a repeated number has --2."""
        return f"{side}-{_anchor(place, self._repeated)}"

    def names(self, change: Change) -> tuple[str, ...]:
        """All anchors of a change, the one that its links use first."""
        new = [self.name("new", place) for place in change.new]
        return (*new, *(self.name("old", place) for place in change.old))

    def text_link(self, side: str, place: Located) -> Html:
        """The citation of an article, linked to it in the text of its version."""
        link = f"{self._text[side]}#{_anchor(place, self._repeated)}"
        words = escape(place.address.citation)
        return Html(f'<a href="{link}" data-side="{side}">{words}</a>')  # three for each article


def change_name(comparison: Comparison, change: Change) -> str:
    """The anchor of a change in its comparison, as other pages link to it."""
    side, places = ("new", change.new) if change.new else ("old", change.old)
    return f"{side}-{_anchor(places[0], _repeated(comparison))}"


_QUIET: Final = ((Kind.UNCHANGED,), (Kind.RENUMBERED,))


def is_quiet(change: Change) -> bool:
    """Whether an entry is the same text in the same place, perhaps under another number."""
    return change.kinds in _QUIET


_AND: Final = escape("、")
_BECOMES: Final = join([
    tag("span", escape("→"), class_="tracker-arrow", aria_hidden="true"),
    tag("span", escape("变为"), class_="tracker-spoken"),
])  # fmt: skip
_CAPTION: Final = element("span", class_="tracker-caption")


def _title(change: Change, names: Names) -> Html:
    old = join([names.text_link("old", p) for p in change.old], _AND)
    new = join([names.text_link("new", p) for p in change.new], _AND)
    if not old:
        return new
    if not new:
        return old
    same = [p.address for p in change.old] == [p.address for p in change.new]
    if same:
        return new
    return join([old, _BECOMES, new])


def captions(places: tuple[Located, ...]) -> str:
    """The captions of one side, each in brackets of its own but for the outermost two: 甲】【乙;
    empty where it has none."""
    if len(places) == 1:  # as nearly all
        return places[0].provision.caption or ""
    return "】【".join([place.provision.caption for place in places if place.provision.caption])


def _caption(change: Change) -> Html:
    """条旨: as it is, or what was done to it."""
    old, new = captions(change.old), captions(change.new)
    if change.old and change.new and old != new:
        pieces = phrase(((Op.DELETE, old), (Op.INSERT, new)))  # short: shown whole
        return _CAPTION(escape("【"), pieces, escape("】"))
    words = new if change.new else old
    if not words:
        return EMPTY
    return _CAPTION(escape(f"【{words}】"))


_TITLES: Final = {level: element(f"h{level}") for level in range(2, 7)}
_PERMALINK: Final = varying(
    "a", href=VARIES, class_="tracker-permalink", aria_label="本处变动的链接"
)
_SIGN: Final = escape("¶")
_SIMILARITY: Final = element("span", class_="tracker-similarity")
_KINDS: Final = element("p", class_="tracker-kinds")
_TOP: Final = element("header")
_EFFECTS: Final = element("p", class_="tracker-effects")
_NEW: Final = element("div", class_="tracker-whole tracker-new")
_OLD: Final = element("div", class_="tracker-whole tracker-old")
_SINGLE: Final = element("div", class_="tracker-single")
_INLINE: Final = element("div", class_="tracker-inline")
_ASIDE: Final = element("details", class_="tracker-aside")
_BESIDE: Final = tag("summary", escape("并排对照"))


def change_entry(
    change: Change, names: Names, ids: tuple[str, ...], level: int, past: Html = EMPTY
) -> Html:
    """A change with its heading, and its text both in the line and side by side; `past` is the way
    to the history of its articles."""
    first, *others = ids
    anchors = [_also(other) for other in others]
    title = _TITLES[level](_title(change, names), _caption(change), _PERMALINK(f"#{first}", _SIGN))
    facts = [kind_badges(change, names.outline)]
    if change.old and change.new and change.is_reworded:
        facts.append(_SIMILARITY(escape(f"相似度 {alike(change)}")))
    top = _TOP(title, _KINDS(*facts, past))
    body = _texts(change)
    if change.old and change.new and not change.is_reworded:
        body = folded(escape(spoken("条文（文字未变）", names.outline)), body)
    shown = _EFFECTS(*effect_badges(change)) if change.effects else EMPTY
    opening = f'<section id="{first}" class="tracker-change" tabindex="-1"{codes_of(change)}>'
    inside = "".join([*anchors, top, shown, parts_line(change), body])
    return Html(f"{opening}{inside}</section>")


def _also(name: str) -> Html:
    """A further anchor of an entry, which is made of our own letters and hyphens."""
    return Html(f'<span id="{name}" class="tracker-here"></span>')


def _texts(change: Change) -> Html:
    old, new = _citations(change)
    one_sided = not change.old or not change.new
    if one_sided:
        text = inline(change.redline, old, new)
        return _SINGLE((_NEW if change.new else _OLD)(text))
    line = redlined(change)
    if not change.is_reworded:
        return _SINGLE(line)
    side = _columns(change.redline, old, new)
    return join([_INLINE(line), _ASIDE(_BESIDE, side)])


def redlined(change: Change) -> Html:
    """The words of an entry with two sides, in the line, or one above the other."""
    return _redlined(change.redline, *_citations(change), change.is_stacked)


def changed_words(change: Change) -> Html:
    """The same of any entry: of one with one side only, the words that came or went."""
    return redlined(change) if change.old and change.new else inline(change.redline, (), ())


@lru_cache(maxsize=512)
def _redlined(redline: Redline, old: _Side, new: _Side, is_stacked: bool) -> Html:
    # The comparison, the page of a provision and its feed show the same words, and so does the
    # comparison of the first and the last text where an article changed once.
    return (stacked if is_stacked else inline)(redline, old, new)


_columns: Final = lru_cache(maxsize=512)(columns)


def _citations(change: Change) -> tuple[_Side, _Side]:
    return (
        tuple([place.address.citation for place in change.old]),
        tuple([place.address.citation for place in change.new]),
    )


def quiet_entry(change: Change, names: Names, ids: tuple[str, ...], level: int) -> Html:
    """An article whose words did not change: its numbers, caption, text."""
    first, *others = ids
    anchors = [_also(other) for other in others]
    title = _TITLES[level](_title(change, names), _caption(change))
    text = unmarked("".join([text for op, text in change.redline if op is Op.EQUAL]))
    opening = f'<section id="{first}" class="tracker-same" data-kinds="{kind_codes(change)}">'
    return Html(f"{opening}{''.join(anchors)}{title}{text}</section>")  # most entries are these
