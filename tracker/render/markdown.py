"""A comparison as Markdown for a pull request or a memo: counts, table, redlines.

Floor 4. Law text stands in HTML blocks, where Markdown does not look, and every ASCII sign of it
that could mean something is a numeric reference. GitHub turns @name, #12 and addresses into links
even there, so the signs they hang on get an element of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tracker.diff.model import Change, Changes, Kind, Op, Redline
from tracker.render.effect_order import effect_groups
from tracker.render.lines import Line, shown_lines
from tracker.render.overview import (
    Row,
    all_captions,
    all_effects,
    caption_lines,
    changed_annexes,
    citation,
    front_label,
    heading_label,
    heading_number,
    label,
    rows,
    side_names,
)
from tracker.render.pages.html import escape
from tracker.render.side import SideInfo
from tracker.render.words import Lang, day_label, kind_label, say, stage_label

__all__ = ["counts_table", "entry", "inert", "markdown"]

_REFERENCE: Final = re.compile(r"&#([0-9]{3,7});")
_LINKING: Final = re.compile("&#(64|35|58|46);")  # @ # : . as `escape` writes them
_ELEMENTS: Final = {Op.EQUAL: ("", ""), Op.DELETE: ("<del>", "</del>"),
                    Op.INSERT: ("<ins>", "</ins>")}  # fmt: skip


def inert(text: str) -> str:
    """Text that shows as it is on GitHub: no Markdown, no HTML, no mention, no link.

    >>> inert("第1条 *应当* @org 2×2")
    '第1条 &#42;应当&#42; <span>&#64;</span>org 2×2'
    """
    return _LINKING.sub(r"<span>\g<0></span>", _REFERENCE.sub(_harmless, escape(text)))


def _harmless(reference: re.Match[str]) -> str:
    """A visible character outside ASCII as itself: neither Markdown nor HTML gives it a meaning."""
    char = chr(int(reference[1]))
    return char if not char.isascii() and char.isprintable() else reference[0]


def markdown(
    changes: Changes, shown: Changes, old: SideInfo, new: SideInfo, lang: Lang = "zh"
) -> str:
    """The document, ending with a newline. `changes` is counted, `shown` is listed."""
    blocks = [_title(old, new, lang), *counts_table(changes, lang)]
    blocks += _front(shown, lang)
    blocks += _headings(shown, lang)
    blocks += _captions(shown, lang)
    listed = rows(shown, changes.headings, effect_groups(changes, shown, lang))
    blocks += _table(listed, lang)
    for row in listed:
        for change in row.changes:
            if change.is_reworded:
                blocks += entry(change, lang)
    return "\n\n".join(blocks) + "\n"


def _title(old: SideInfo, new: SideInfo, lang: Lang) -> str:
    title = new.display_title or old.display_title or say(lang, "no_title")
    return f"## {inert(title)}\n\n{_side(old, lang)} → {_side(new, lang)}"


def _side(side: SideInfo, lang: Lang) -> str:
    day = day_label(lang, side.day, side.day_name)
    return f"{stage_label(lang, side.stage)} {day}"


def counts_table(changes: Changes, lang: Lang) -> Iterator[str]:
    """How many entries there are of each kind, and changed annexes, as a table."""
    lines = [f"| {say(lang, 'change')} | {say(lang, 'count')} |", "|---|---:|"]
    for kind in Kind:
        if changes.summary[kind]:
            lines.append(f"| {kind_label(lang, kind)} | {changes.summary[kind]} |")
    for flag in ("consequential", "typographic"):
        if changes.summary[flag]:
            lines.append(f"| ↳ {say(lang, flag)} | {changes.summary[flag]} |")
    annexes = changed_annexes(changes)
    if annexes:
        lines.append(f"| {say(lang, 'annexes')} | {annexes} |")
    yield "\n".join(lines)


def _front(shown: Changes, lang: Lang) -> Iterator[str]:
    changed = [front for front in shown.front if front.changed]
    if changed:
        yield f"### {say(lang, 'front')}"
    for front in changed:
        yield f"{inert(front_label(front, lang))}"
        yield _block(front.redline, lang, stacked=front.is_stacked)


def _headings(shown: Changes, lang: Lang) -> Iterator[str]:
    changed = [one for one in shown.headings if one.kinds != (Kind.UNCHANGED,)]
    if not changed:
        return
    yield f"### {say(lang, 'headings')}"
    items = []
    for one in changed:
        sides = (side for side in (one.old, one.new) if side is not None)
        numbers = dict.fromkeys(number for number in map(heading_number, sides) if number)
        begins = f"{' → '.join(map(inert, numbers))}　" if numbers else ""
        text = f"{begins}{_inline(one.redline)}"
        items.append(f"<li>{text}（{heading_label(one, lang)}）</li>")
    yield "<ul>\n" + "\n".join(items) + "\n</ul>"


def _captions(shown: Changes, lang: Lang) -> Iterator[str]:
    changed = [change for change in shown.changes if change.caption_changed]
    if not changed:
        return
    yield f"### {say(lang, 'captions')}"
    items = [f"<li>{inert(line)}</li>" for line in caption_lines(changed, lang)]
    yield "<ul>\n" + "\n".join(items) + "\n</ul>"


def _table(listed: tuple[Row, ...], lang: Lang) -> Iterator[str]:
    if not listed:
        return
    yield f"### {say(lang, 'articles')}"
    heads = ("old_number", "new_number", "change", "similarity")
    lines = ["| " + " | ".join(say(lang, head) for head in heads) + " |", "|---|---|---|---:|"]
    for row in listed:
        cells = (inert(row.old) or "–", inert(row.new) or "–", row.label(lang), row.similarity)
        lines.append("| " + " | ".join(cells) + " |")
    yield "\n".join(lines)


def entry(change: Change, lang: Lang) -> Iterator[str]:
    """The heading and the redline of one entry."""
    sides = dict.fromkeys(c for c in (citation(change.old), citation(change.new)) if c)
    named = f"　{inert(caption)}" if (caption := all_captions(change)) else ""
    yield f"#### {' → '.join(inert(side) for side in sides)}　{label(change, lang)}{named}"
    if effects := all_effects(change, lang):
        yield inert(effects)
    names = side_names(change, lang)
    yield _block(change.redline, lang, names, stacked=change.is_stacked)


def _block(
    redline: Redline, lang: Lang, names: tuple[Sequence[str], Sequence[str]] = ((), ()), *,
    stacked: bool = False,
) -> str:  # fmt: skip
    """A redline as one HTML block; it holds no blank line, which would end the block."""
    lines = shown_lines(redline, lang, names, stacked=stacked)
    return "<p>" + "<br>\n".join(_line(line, lang) for line in lines) + "</p>"


def _line(line: Line, lang: Lang) -> str:
    if line.skipped:
        return f"<i>{say(lang, 'lines_unchanged', count=line.skipped)}</i>"
    if line.label:
        return f"<i>{inert(line.label)}</i>"
    return _inline(line.pieces)


def _inline(redline: Redline) -> str:
    return "".join(
        _ELEMENTS[op][0] + inert(text) + _ELEMENTS[op][1] for op, text in redline if text
    )
