"""What the comments of the Word redline say: on the title what is compared, on an entry what
happened to it.

Floor 4. An article of which only words changed has none, unless the change has an effect: the marks
say all there is. Articles in a row that only changed their number share one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.diff.model import Change, Changes, HeadingChange, Kind
from tracker.render.overview import (
    Row,
    citation,
    effect_labels,
    heading,
    label,
    rows,
)
from tracker.render.pages.words import spoken
from tracker.render.side import SideInfo
from tracker.render.summary import summary_line
from tracker.render.visible import visible
from tracker.render.word.body import Anchor
from tracker.render.word.shared import Shared
from tracker.render.word.sides import SideText
from tracker.render.words import Lang, day_label, say, stage_label

__all__ = ["Comment", "both_sides", "comments"]

_SAYS: Final[dict[str, tuple[str, str]]] = {
    "marks": (
        "修订标记由 tracker 比对两个文本得出，不是起草人的修改记录。"
        "接受所有修订得到新文本，拒绝所有修订得到旧文本。",
        "The revisions are what tracker found by comparing the two texts, and "
        "no record of anybody's editing. Accept all of them for the new text, reject all for the "
        "old one.",
    ),
    "to": ("文字移至{place}", "its text is at {place} now"),
    "from": ("文字移自原{place}", "its text was at {place}"),
    "shared_to": ("部分文字移至{place}", "some of its text is at {place} now"),
    "shared_from": ("部分文字来自原{place}", "some of its text was at {place}"),
    "under": ("原在“{place}”之下", "was under {place}"),
    "follows": (
        "只有引用的条号不同，都随条号变动而改。",
        "Only citations differ, and each follows the renumbering.",
    ),
}
_COLON: Final = {"zh": "：", "en": ": "}


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: where it hangs, and its paragraphs."""

    anchor: Anchor
    lines: tuple[str, ...]


def comments(
    changes: Changes,
    texts: tuple[SideText, SideText],
    shared: Shared,
    sides: tuple[SideInfo, SideInfo],
    lang: Lang,
) -> tuple[Comment, ...]:
    """All of them, the first of the document first."""
    places = _Places(texts, shared)
    found = [
        *_of_headings(changes.headings, places, lang),
        *_of_changes(changes, places, lang, outline=sides[1].outline),
    ]
    found.sort(key=lambda one: (one.anchor.start, one.anchor.is_new))
    title = Anchor(0, is_new=bool(texts[1].lines))
    return (Comment(title, tuple(_title(changes, sides, lang))), *found)


def _say(lang: Lang, key: str, **values: str) -> str:
    return _SAYS[key][0 if lang == "zh" else 1].format(**values)


def both_sides(old: SideInfo, new: SideInfo, lang: Lang) -> str:
    """What is compared, in one line; a title that both texts have stands once."""
    titles = list(dict.fromkeys(_name(side, lang) for side in (old, new)))
    if len(titles) == 1:
        return f"{titles[0]}　{_stage(old, lang)} → {_stage(new, lang)}"
    return " → ".join(_side(side, lang) for side in (old, new))


def _side(side: SideInfo, lang: Lang) -> str:
    return f"{_name(side, lang)}　{_stage(side, lang)}"


def _name(side: SideInfo, lang: Lang) -> str:
    return visible(side.display_title) or say(lang, "no_title")


def _stage(side: SideInfo, lang: Lang) -> str:
    return f"{stage_label(lang, side.stage)} {day_label(lang, side.day, side.day_name)}"


def _title(changes: Changes, sides: tuple[SideInfo, SideInfo], lang: Lang) -> Iterator[str]:
    for key, side in zip(("old", "new"), sides, strict=True):
        name = f"　{visible(side.name)}" if side.name else ""
        yield f"{say(lang, key)}{_COLON[lang]}{_side(side, lang)}{name}"
        yield f"sha256 {side.sha256}"
    yield spoken(summary_line(changes, lang), sides[1].outline)
    yield _say(lang, "marks")


class _Places:
    """Where provisions stand in the document, and whether their numbers stayed there."""

    def __init__(self, texts: tuple[SideText, SideText], shared: Shared) -> None:
        self._members = texts[0].members, texts[1].members
        self._kept = [one.old for one in shared.kept]
        self._ends = [one.old + one.length for one in shared.kept]
        self._moved = {move.new.start for move in shared.moves}

    def old(self, part: str, entry: int, member: int = 0) -> Anchor | None:
        """Where a provision stood, if no sign of its number stayed there."""
        there = self._members[0].get((part, entry, member))
        if there is None:
            return None
        end = there.words[0].place if there.words else there.end
        at = bisect_left(self._kept, max(end, there.start + 1)) - 1
        stayed = at >= 0 and there.start < self._ends[at]
        return None if stayed else Anchor(there.start, is_new=False)

    def new(self, part: str, entry: int, member: int = 0) -> Anchor | None:
        """Where a provision stands."""
        there = self._members[1].get((part, entry, member))
        return Anchor(there.start) if there else None

    def is_moved(self, part: str, entry: int) -> bool:
        """Whether all of a provision is deleted in one place and inserted in another."""
        there = self._members[1].get((part, entry, 0))
        return there is not None and there.start in self._moved


def _of_headings(
    headings: Sequence[HeadingChange], places: _Places, lang: Lang
) -> Iterator[Comment]:
    """Of those that moved: in both places, with the name at the other one."""
    for entry, change in enumerate(headings):
        new = places.new("headings", entry)
        if change.old and change.new and new and places.is_moved("headings", entry):
            names = heading(change.old.provision), heading(change.new.provision)
            yield Comment(new, (_say(lang, "from", place=names[0]),))
            if old := places.old("headings", entry):
                yield Comment(old, (_say(lang, "to", place=names[1]),))


def _of_changes(
    changes: Changes, places: _Places, lang: Lang, *, outline: bool
) -> Iterator[Comment]:
    numbers = {id(change): entry for entry, change in enumerate(changes.changes)}
    for row in rows(changes):
        entry = numbers[id(row.changes[0])]
        new = places.new("changes", entry)
        stayed = new is not None and not places.is_moved("changes", entry)
        lines = _lines(row, lang, stayed=stayed, outline=outline)
        place = new or places.old("changes", entry)
        if lines and place:
            yield Comment(place, lines)
    for entry, change in enumerate(changes.changes):
        yield from _elsewhere(change, entry, places, lang)


def _lines(row: Row, lang: Lang, *, stayed: bool, outline: bool) -> tuple[str, ...]:
    """第三条 → 第五条：条号变动、修改, then its effects, each on a line of its own.

    An article that came under another heading may stand where it stood: then it is told which.
    """
    first = row.changes[0]
    effects = effect_labels(first, lang) if len(row.changes) == 1 else ()
    told = first.kinds != (Kind.REWORDED,) or first.consequential or first.typographic
    if not (told or effects):
        return ()
    both = " → ".join(dict.fromkeys(one for one in (row.old, row.new) if one))
    lines = [f"{both}{_COLON[lang]}{spoken(_kinds(row, lang), outline)}", *effects]
    if first.consequential:
        lines.append(_say(lang, "follows"))
    if first.moved and stayed and first.old and first.old[0].parents:
        lines.append(_say(lang, "under", place=heading(first.old[0].parents[-1])))
    return tuple(lines)


def _kinds(row: Row, lang: Lang) -> str:
    return label(row.changes[0], lang) if len(row.changes) == 1 else row.label(lang)


def _elsewhere(change: Change, entry: int, places: _Places, lang: Lang) -> Iterator[Comment]:
    """Where the words of an article went that does not stand any more, and where those of the other
    articles of a split came from."""
    if not (change.old and change.new):
        return
    links = set(change.links) or {
        (i, j) for i in range(len(change.old)) for j in range(len(change.new))
    }
    alone = len(change.old) == len(change.new) == 1
    if alone and not places.is_moved("changes", entry):
        return
    for i, one in enumerate(change.old):
        if place := places.old("changes", entry, i):
            now = citation([change.new[j] for at, j in sorted(links) if at == i] or change.new)
            name = citation([one])
            if alone:
                text = _say(lang, "to", place=now)
            elif len(change.new) == 1:
                text = say(lang, "merged_into", old=name, new=now)
            else:
                text = _say(lang, "shared_to", place=now)
            yield Comment(place, (text,))
    for j in range(1, len(change.new)):
        was = citation([change.old[i] for i, at in sorted(links) if at == j])
        if was and (place := places.new("changes", entry, j)):
            yield Comment(place, (_say(lang, "shared_from", place=was),))
