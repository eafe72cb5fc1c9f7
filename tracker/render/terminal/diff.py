"""A comparison in the terminal: what changed at a glance, then the words.

Floor 4, on rich. Order: the two sides, the counts, title and headings, captions, the table in the
order of the new text, the redlines.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.text import Text

from tracker.diff.model import Changes, HeadingChange, Kind, Op, Redline
from tracker.render.effect_order import effect_groups
from tracker.render.overview import (
    Row,
    alike,
    all_captions,
    all_effects,
    arrow,
    caption_lines,
    changed_annexes,
    front_label,
    has_differences,
    heading_label,
    heading_number,
    label,
    rows,
)
from tracker.render.side import SideInfo
from tracker.render.summary import summary_line
from tracker.render.terminal.console import (
    has_colour,
    print_change,
    print_folded,
    print_redline,
    redline_text,
)
from tracker.render.terminal.grid import print_grid, print_rows, widths_for
from tracker.render.visible import visible
from tracker.render.words import Lang, day_label, kind_label, say, stage_label

__all__ = ["print_diff", "print_stat"]


def print_diff(
    console: Console,
    changes: Changes,
    shown: Changes,
    sides: tuple[SideInfo, SideInfo],
    lang: Lang,
) -> None:
    """The whole view. `changes` is what is counted, `shown` what is listed (they may be one)."""
    _print_sides(console, *sides, lang)
    print_folded(console, Text(summary_line(changes, lang)))
    if not has_differences(changes):
        console.print(Text(say(lang, "identical")))
        return
    if not has_differences(shown):
        console.print(Text(say(lang, "nothing_selected")))
        return
    _print_front(console, shown, lang)
    _print_headings(console, shown.headings, lang)
    _print_captions(console, shown, lang)
    listed = rows(shown, changes.headings, effect_groups(changes, shown, lang))
    if listed:
        _print_table(console, listed, lang)
        _print_redlines(console, listed, lang)


def print_stat(
    console: Console, changes: Changes, old: SideInfo, new: SideInfo, lang: Lang
) -> None:
    """The summary only: a line a kind, and how many characters went and came.

    `changes` is what is counted; of a selection that holds nothing it says so.
    """
    _print_sides(console, old, new, lang)
    rows_of_kinds: list[tuple[str, str]] = []
    for kind in Kind:
        if changes.summary[kind]:
            rows_of_kinds.append((kind_label(lang, kind), str(changes.summary[kind])))
        if kind is Kind.REWORDED:
            rows_of_kinds += [
                (f"  {say(lang, flag)}", str(changes.summary[flag]))
                for flag in ("consequential", "typographic")
                if changes.summary[flag]
            ]
    headings = sum(one.kinds != (Kind.UNCHANGED,) for one in changes.headings)
    if headings:
        rows_of_kinds.append((say(lang, "headings"), str(headings)))
    annexes = changed_annexes(changes)
    if annexes:
        rows_of_kinds.append((say(lang, "annexes"), str(annexes)))
    if not rows_of_kinds:
        console.print(Text(say(lang, "nothing_selected")))
        return
    heads = (say(lang, "change"), say(lang, "count"))
    print_grid(console, heads, rows_of_kinds, right=(1,))
    gone, come = _characters(changes)
    console.print(Text(f"{say(lang, 'characters')} -{gone} +{come}"))


def _characters(changes: Changes) -> tuple[int, int]:
    redlines: list[Redline] = [change.redline for change in changes.changes]
    redlines += [heading.redline for heading in changes.headings]
    redlines += [front.redline for front in changes.front]
    counts = dict.fromkeys(Op, 0)
    for redline in redlines:
        for op, text in redline:
            counts[op] += len(text.replace("\n", ""))
    return counts[Op.DELETE], counts[Op.INSERT]


def _print_sides(console: Console, old: SideInfo, new: SideInfo, lang: Lang) -> None:
    shared = old.display_title == new.display_title
    if shared:
        print_folded(console, Text(visible(new.display_title or say(lang, "no_title")), "bold"))
    for word, side, sign in (("old", old, "-"), ("new", new, "+")):
        parts = [
            stage_label(lang, side.stage),
            day_label(lang, side.day, side.day_name),
            say(lang, "unit_count" if side.outline else "article_count", count=side.articles),
        ]
        if not shared:
            parts.insert(0, side.display_title or say(lang, "no_title"))
        text = f"{sign} {say(lang, word)}　{'　'.join(parts)}"
        if side.name:
            text += f"　{side.name}"
        print_folded(console, Text(visible(text)), hanging="    ")


def _section(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, "bold"))


def _print_front(console: Console, shown: Changes, lang: Lang) -> None:
    changed = [front for front in shown.front if front.changed]
    if not changed:
        return
    _section(console, say(lang, "front"))
    for front in changed:
        print_folded(console, Text(visible(front_label(front, lang))), "  ")
        print_redline(console, front.redline, lang, stacked=front.is_stacked)


def _print_headings(console: Console, headings: Iterable[HeadingChange], lang: Lang) -> None:
    changed = [one for one in headings if one.kinds != (Kind.UNCHANGED,)]
    if not changed:
        return
    _section(console, say(lang, "headings"))
    colour = has_colour(console)
    for one in changed:
        sides = (side for side in (one.old, one.new) if side is not None)
        numbers = dict.fromkeys(number for number in map(heading_number, sides) if number)
        begins = " → ".join(numbers) + "　" if numbers else ""
        text = Text(begins) + redline_text(one.redline, colour)
        print_folded(console, text + Text(f"　{heading_label(one, lang)}", "dim"), "  ", "    ")


def _print_captions(console: Console, shown: Changes, lang: Lang) -> None:
    changed = [change for change in shown.changes if change.caption_changed]
    if not changed:
        return
    _section(console, say(lang, "captions"))
    for line in caption_lines(changed, lang):
        print_folded(console, Text(visible(line)), "  ", "    ")


def _print_table(console: Console, listed: tuple[Row, ...], lang: Lang) -> None:
    """One table a heading, all with the same columns."""
    _section(console, say(lang, "articles"))
    heads = tuple(say(lang, head) for head in ("old_number", "new_number", "change", "similarity"))
    cells = [(row.old or "–", row.new or "–", row.label(lang), row.similarity) for row in listed]
    widths = widths_for(console, [heads, *cells], keep=(3,))
    print_rows(console, [[Text(head, "bold") for head in heads]], widths, right=(3,))
    for group, some in groupby(zip(listed, cells, strict=True), lambda one: one[0].group):
        if group:
            print_folded(console, Text(visible(group), "bold cyan"))
        print_rows(console, [row_cells for _, row_cells in some], widths, right=(3,))


def _print_redlines(console: Console, listed: tuple[Row, ...], lang: Lang) -> None:
    entries = [change for row in listed for change in row.changes if change.is_reworded]
    if not entries:
        return
    _section(console, say(lang, "redlines"))
    for change in entries:
        console.print()
        head = Text(arrow(change), "bold") + Text(f"　{label(change, lang)}")
        if change.old and change.new:
            head += Text(f"　{alike(change)}", "dim")
        if names := all_captions(change):
            head += Text(visible(f"　{names}"), "dim")
        print_folded(console, head, "  ", "    ")
        if effects := all_effects(change, lang):
            print_folded(console, Text(visible(effects), "dim"), "    ")
        print_change(console, change, lang)
