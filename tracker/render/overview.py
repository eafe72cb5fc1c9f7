"""What of a comparison is shown, in which rows: shared by the terminal, Markdown and CSV.

Floor 4. An entry is chosen by its tags (its kinds and flags). Articles in a row that only changed
their number share a row, so that a renumbered law of 200 articles stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracker.diff.effects.model import Effect
from tracker.diff.model import Change, Changes, FrontChange, HeadingChange, Kind
from tracker.law.address import Address, Located
from tracker.law.model import Provision, Unit
from tracker.parse import canonical
from tracker.render.words import Lang, effect_label, kind_label, part_label, say

__all__ = [
    "FLAGS",
    "Row",
    "Selection",
    "alike",
    "all_captions",
    "all_effects",
    "arrow",
    "caption_lines",
    "captions",
    "changed_annexes",
    "citation",
    "differs",
    "effect_labels",
    "front_label",
    "has_differences",
    "heading",
    "heading_label",
    "heading_number",
    "kind_count",
    "label",
    "rows",
    "side_names",
    "tags",
]

FLAGS: Final = ("consequential", "typographic", "caption")
EFFECT: Final = "effect"
"""The tag of an entry with an effect; `effect:deadline` is that of one with such an effect."""
_NEARLY: Final = 0.99  # the most that two texts with different words are shown as
_TOGETHER: Final = ((Kind.RENUMBERED,), (Kind.MOVED,), (Kind.RENUMBERED, Kind.MOVED))
"""What articles in a row share a row of the table for: a chapter that moved is one, not ten."""
_SHOWN: Final = 4  # effects that a cell of the table names; of more it says how many


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries are shown: those with a tag in `only` (empty: all) and none but hidden tags."""

    only: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()

    def wants(self, entry_tags: frozenset[str]) -> bool:
        """Whether an entry with these tags is shown.

        A flag stands in for `reworded`. A new number or caption beside something hidden does not
        keep an entry: hiding `consequential` hides articles that were also renumbered.
        """
        if self.only and not entry_tags & self.only:
            return False
        kinds = entry_tags - {Kind.REWORDED} if entry_tags & set(FLAGS[:2]) else entry_tags
        telling = kinds - {Kind.RENUMBERED, "caption"} or kinds
        return not telling <= self.hide

    def _wants(self, change: Change) -> bool:
        """Effects are looked for only where somebody asks for them."""
        wanted = any(tag.startswith(EFFECT) for tag in self.only | self.hide)
        effects = {tag for e in change.effects for tag in (EFFECT, f"{EFFECT}:{e.kind}")}
        found = tags(change)
        if not wanted or not effects:
            return self.wants(found)
        return not effects & self.hide and (bool(effects & self.only) or self.wants(found))

    @property
    def asks_for_effects(self) -> bool:
        """Whether only entries with some effect are shown."""
        return any(tag.startswith(EFFECT) for tag in self.only)

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not (self.only or self.hide)

    def apply(self, changes: Changes) -> Changes:
        """The comparison with only the entries that are shown. It can no longer be applied."""
        if self.is_all:
            return changes
        return replace(
            changes,
            changes=tuple(
                c for c in changes.changes if (self._wants(c) if differs(c) else not self.only)
            ),
            headings=tuple(h for h in changes.headings if self.wants(frozenset(h.kinds))),
            front=tuple(
                f for f in changes.front if f.changed and self.wants(frozenset({Kind.REWORDED}))
            ),
        )


def tags(change: Change) -> frozenset[str]:
    """The kinds of an entry and its flags, without `unchanged`."""
    found = {kind.value for kind in change.kinds if kind is not Kind.UNCHANGED}
    if change.consequential:
        found.add("consequential")
    if change.typographic:
        found.add("typographic")
    if change.caption_changed:
        found.add("caption")
    return frozenset(found)


def differs(change: Change) -> bool:
    """Whether anything about the entry differs, its caption included."""
    return bool(tags(change))


def has_differences(changes: Changes) -> bool:
    """Whether anything at all differs: articles, captions, headings, front matter."""
    return (
        any(differs(change) for change in changes.changes)
        or any(heading.kinds != (Kind.UNCHANGED,) for heading in changes.headings)
        or any(front.changed for front in changes.front)
    )


def changed_annexes(changes: Changes) -> int:
    """How many annexes differ, new and deleted ones included; they are no entries of `changes`."""
    places = (front.new or front.old for front in changes.front if front.changed)
    return sum(one is not None and one.provision.unit is Unit.ANNEX for one in places)


def citation(located: Sequence[Located]) -> str:
    """The articles of one side: 第六条、第七条; empty where there are none."""
    if len(located) == 1:  # as nearly all
        return located[0].address.citation
    return "、".join([one.address.citation for one in located])


def label(change: Change, lang: Lang) -> str:
    """What happened, in words: 条号变动、适应性修改."""
    parts = []
    for kind in change.kinds:
        if kind is Kind.UNCHANGED:
            continue
        text = kind_label(lang, kind)
        if kind is Kind.REWORDED and change.consequential:
            text = say(lang, "consequential")
        elif kind is Kind.REWORDED and change.typographic:
            text = say(lang, "typographic")
        parts.append(text)
    if not parts:
        parts = [say(lang, "caption_changed")]
    return ("、" if lang == "zh" else ", ").join(parts)


def kind_count(kind: Kind, summary: Mapping[str, int], lang: Lang) -> str:
    """A kind and how often a comparison has it: 修改 31（适应性修改 4，字形修改 2）."""
    text = f"{kind_label(lang, kind)} {summary[kind]}"
    flags = [
        f"{say(lang, flag)} {summary[flag]}"
        for flag in FLAGS[:2]
        if kind is Kind.REWORDED and summary[flag]
    ]
    if not flags:
        return text
    return f"{text}（{'，'.join(flags)}）" if lang == "zh" else f"{text} ({', '.join(flags)})"


def effect_labels(change: Change, lang: Lang) -> tuple[str, ...]:
    """What the change does, short: 期限 30日→15日; each once."""
    return tuple(dict.fromkeys(_effect(effect, lang) for effect in change.effects))


def _effect(effect: Effect, lang: Lang) -> str:
    return f"{effect_label(lang, effect.kind)} {effect.change}"


def all_effects(change: Change, lang: Lang) -> str:
    """Every effect of an entry of which the table names only some; else empty."""
    labels = effect_labels(change, lang)
    return say(lang, "and_then").join(labels) if len(labels) > _SHOWN else ""


def side_names(change: Change, lang: Lang) -> tuple[list[str], list[str]]:
    """What to call the articles of a split or merger inside its redline: 新 第十九条.

    Of articles that became one each says of which it is the text now: 旧 第二十条，并入新 第二十条.
    """
    old = [f"{say(lang, 'old')} {citation([one])}" for one in change.old]
    new = [f"{say(lang, 'new')} {citation([one])}" for one in change.new]
    if len(new) == 1 < len(old):
        old = [say(lang, "merged_into", old=one, new=new[0]) for one in old]
    return old, new


def arrow(change: Change) -> str:
    """第三条 → 第五条; one side only where both are called the same or one is missing."""
    return " → ".join(dict.fromkeys(c for c in (citation(change.old), citation(change.new)) if c))


def caption_lines(changed: Sequence[Change], lang: Lang) -> Iterator[str]:
    """What happened to captions: those dropped and added are counted, the others shown."""
    dropped = [change for change in changed if not any(map(_caption, change.new))]
    added = [change for change in changed if not any(map(_caption, change.old))]
    for key, some in (("captions_dropped", dropped), ("captions_added", added)):
        if some:
            yield say(lang, key, count=len(some))
    for change in changed:
        if change not in dropped and change not in added:
            yield f"{arrow(change)}　{captions(change)}"


def captions(change: Change) -> str:
    """【登记】 → 【登记和备案】; one that went or came is marked as in a redline: [-【登记】-]."""
    old, new = (
        "".join(f"【{_caption(one)}】" for one in side if _caption(one))
        for side in (change.old, change.new)
    )
    if old and new:
        return f"{old} → {new}"
    return f"[-{old}-]" if old else f"{{+{new}+}}"


def all_captions(change: Change) -> str:
    """The captions of an entry: 【登记】, or where another one came 【登记】 → 【登记和备案】."""
    old, new = (
        "".join(dict.fromkeys(f"【{name}】" for one in side if (name := _caption(one))))
        for side in (change.old, change.new)
    )
    return f"{old} → {new}" if old and new and old != new else new or old


def _caption(one: Located) -> str:
    return one.provision.caption or ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: one entry, or several in a row that only changed their number or place.

    `group` is the heading the new articles stand under (the old ones where there are none).
    """

    changes: tuple[Change, ...]
    group: str = ""

    @property
    def old(self) -> str:
        """第五条, 第五条、第六条, or, from three articles, 第五条至第九条."""
        return _span([change.old for change in self.changes])

    @property
    def new(self) -> str:
        """Likewise for the new side."""
        return _span([change.new for change in self.changes])

    def label(self, lang: Lang) -> str:
        """What happened; a shared row says to how many articles."""
        text = label(self.changes[0], lang)
        count = len(self.changes)
        if count == 1:
            return text + self._effects(lang)
        return f"{text}（{count} 条）" if lang == "zh" else f"{text} ({count})"

    def _effects(self, lang: Lang) -> str:
        labels = effect_labels(self.changes[0], lang)
        more = len(labels) - _SHOWN
        parts = [*labels[:_SHOWN], *([say(lang, "more_effects", count=more)] if more > 0 else [])]
        return "".join(f"{say(lang, 'and_then')}{part}" for part in parts)

    @property
    def similarity(self) -> str:
        """To two places, – where there is nothing to compare."""
        first = self.changes[0]
        return alike(first) if first.old and first.new else "–"


def alike(change: Change) -> str:
    """The similarity to two places; 1.00 only where no word differs, so never by rounding."""
    shown = min(change.similarity, _NEARLY) if change.is_reworded else change.similarity
    return f"{shown:.2f}"


def rows(
    changes: Changes,
    headings: Sequence[HeadingChange] | None = None,
    groups: Sequence[str] | None = None,
) -> tuple[Row, ...]:
    """The entries that differ in more than their caption, in their order.

    `headings` are those of the whole comparison, where `changes` holds a selection of it; `groups`
    is what stands over each entry where that is no heading.
    """
    if groups is None:
        groups = _groups(changes, changes.headings if headings is None else headings)
    return tuple(_rows(changes, groups))


def _rows(changes: Changes, groups: Sequence[str]) -> Iterator[Row]:
    run: list[Change] = []
    group = ""
    for change, here in zip(changes.changes, groups, strict=True):
        if run and (here != group or not _continues(run[-1], change)):
            yield Row(tuple(run), group)
            run = []
        group = here
        if not tags(change) - {"caption"}:
            continue
        run.append(change)
    if run:
        yield Row(tuple(run), group)


def _continues(previous: Change, change: Change) -> bool:
    """Whether both only changed their number or their place, and the numbers follow on both
    sides."""
    if previous.kinds != change.kinds or change.kinds not in _TOGETHER:
        return False
    return all(
        after.number is not None and before.number is not None
        and after.number.follows(before.number)
        for before, after in (
            (previous.old[0].provision, change.old[0].provision),
            (previous.new[0].provision, change.new[0].provision),
        )
    )  # fmt: skip


def _groups(changes: Changes, headings: Sequence[HeadingChange]) -> list[str]:
    """The heading that each article stands under.

    A deleted article stays in the group before, or opens the group behind where it stood under that
    heading: the first article of a chapter is not listed under the chapter above.
    """
    now = {
        id(one.old.provision): _path((*one.new.parents, one.new.provision))
        for one in headings
        if one.old and one.new
    }
    found = [_path(one.new[0].parents) if one.new else None for one in changes.changes]
    behind: list[str | None] = []  # the next group that is known, seen from each entry
    for group in reversed(found):
        behind.append(group if group is not None or not behind else behind[-1])
    groups: list[str] = []
    for change, group, after in zip(changes.changes, found, reversed(behind), strict=True):
        before = groups[-1] if groups else ""
        parents = change.old[0].parents if group is None else ()
        opens = bool(parents) and now.get(id(parents[-1])) == after
        groups.append(group or (after if opens and after else before))
    return groups


def _path(parents: Sequence[Provision]) -> str:
    return " › ".join(heading(one) for one in parents)


def front_label(front: FrontChange, lang: Lang) -> str:
    """What a part of the front matter is called: 题注, or the provision's own name (附件一)."""
    place = front.new or front.old
    return place.address.citation if place is not None else part_label(lang, front.part)


def heading(provision: Provision) -> str:
    """第一章　总则, without the mark of its level in front."""
    return canonical.heading_line(provision).strip()


def heading_number(located: Located) -> str:
    """第一章; empty where the source gives none (附则), or the name holds it already (附件一)."""
    provision = located.provision
    if provision.number is None or not (provision.unit.is_heading or provision.unit.is_outline):
        return ""
    return Address(located.address.steps[-1:]).citation


def _span(sides: list[tuple[Located, ...]]) -> str:
    if len(sides) == 1:
        return citation(sides[0])
    between = "至" if len(sides) > 2 else "、"
    return f"{citation(sides[0])}{between}{citation(sides[-1])}"


def heading_label(change: HeadingChange, lang: Lang) -> str:
    """What happened to a heading."""
    return ("、" if lang == "zh" else ", ").join(kind_label(lang, kind) for kind in change.kinds)
