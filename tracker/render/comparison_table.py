"""Two texts side by side, article beside article: the 新旧条文对照表, as one HTML file.

Floor 4. Word opens the file, and its table can be copied into any document, so nothing is loaded
and the marks are elements, not a style sheet's. They are those of the tables that legislatures
publish: what went is shaded, what came is bold (and underlined, so that it shows in any type). A
stroke through deleted words would turn 二 into 三.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tracker.diff.model import Change, Changes, FrontChange, HeadingChange, Kind, Op
from tracker.law.address import Located
from tracker.render.effect_order import in_text_order
from tracker.render.overview import (
    Row,
    citation,
    differs,
    front_label,
    heading_label,
    heading_number,
)
from tracker.render.pages.html import EMPTY, Html, escape, join, tag, void
from tracker.render.side import SideInfo
from tracker.render.table_rows import TableRow, Texts, entry_rows, table_rows
from tracker.render.words import Lang, day_label, say, stage_label

__all__ = ["comparison_table"]

_LOOK: Final = Html(
    "@page{size:A4 landscape;margin:2cm}"
    "body{font-family:SimSun,'Noto Serif CJK SC',serif;font-size:10.5pt}"
    "h1{font-size:15pt;text-align:center}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #000;padding:4pt;vertical-align:top;text-align:left}"
    "p{margin:0;text-indent:2em}"
)
_SHADE: Final = "background:#d9d9d9"
_WIDTHS: Final = ("43%", "43%", "14%")
_GONE_AND_COME: Final = (Op.DELETE, Op.INSERT)
"""What only the old side has, and only the new one: the columns in their order."""

_Lines = list[list[tuple[Op, str]]]


def comparison_table(
    changes: Changes, shown: Changes, old: SideInfo, new: SideInfo, lang: Lang = "zh"
) -> str:
    """The file. `shown` is listed, unchanged entries too; headings are those of `changes`.

    Title, 题注 and stage have a row where they differ, annexes and introduction always; where only
    some entries are shown (`shown` is not `changes`) those that did not change are left out.
    """
    name = new.display_title or old.display_title or say(lang, "no_title")
    title = escape(f"{name}　{say(lang, 'comparison_table')}")
    heads = (_side(old, lang), _side(new, lang), escape(say(lang, "change")))
    columns = zip(heads, _WIDTHS, strict=True)
    head = tag("tr", *(tag("th", text, width=width) for text, width in columns))
    body = tag(
        "body",
        tag("h1", title),
        tag("p", escape(say(lang, "table_legend"))),
        tag("table", tag("thead", head), tag("tbody", *_rows(changes, shown, lang)), border="1"),
    )
    meta = tag("head", void("meta", charset="utf-8"), tag("title", title), tag("style", _LOOK))
    language = "zh-CN" if lang == "zh" else "en"
    return f"<!DOCTYPE html>\n{tag('html', meta, body, lang=language)}\n"


def _side(side: SideInfo, lang: Lang) -> Html:
    day = day_label(lang, side.day, side.day_name)
    return escape(f"{stage_label(lang, side.stage)}　{day}")


def _rows(changes: Changes, shown: Changes, lang: Lang) -> Iterator[Html]:
    lines = [front for front in shown.front if front.changed and not (front.old or front.new)]
    yield from (_front(front, lang) for front in lines)
    if not in_text_order(changes, shown):  # articles do not stand under their headings
        for change in shown.changes:
            yield from (_entry(row, change, lang) for row in entry_rows(change))
        return
    whole = shown is changes
    fronts = {id(front) for front in shown.front if whole or front.changed}
    entries = {id(change) for change in shown.changes}
    above = {id(one) for one in shown.headings if whole or one.kinds != (Kind.UNCHANGED,)}
    above |= _headings_over(shown.changes, changes.headings)
    for row in table_rows(changes):
        if row.change is not None and id(row.change) in entries:
            yield _entry(row, row.change, lang)
        elif row.heading is not None and id(row.heading) in above:
            yield _heading(row.heading, lang)
        elif row.front is not None and id(row.front) in fronts:
            yield _front(row.front, lang)


def _headings_over(entries: Sequence[Change], headings: Sequence[HeadingChange]) -> set[int]:
    """The headings that these articles stand under; one that is gone, also where they stayed."""
    sides: tuple[list[int], list[int]] = ([], [])
    for change in entries:
        for side, ids in zip((change.old, change.new), sides, strict=True):
            ids += [id(parent) for one in side for parent in one.parents]
    old, new = map(set, sides)
    return {
        id(one)
        for one in headings
        if (one.new and id(one.new.provision) in new) or (one.old and id(one.old.provision) in old)
    }


def _row(cells: Sequence[Html], note: str) -> Html:
    return tag("tr", *(tag("td", cell) for cell in (*cells, escape(note))))


def _front(front: FrontChange, lang: Lang) -> Html:
    cells = (_paragraphs(_lines(front.redline, op)) for op in _GONE_AND_COME)
    note = front_label(front, lang)
    return _row(tuple(cells), note if front.changed else f"{note}　{say(lang, 'as_before')}")


def _heading(change: HeadingChange, lang: Lang) -> Html:
    cells = []
    for located, op in zip((change.old, change.new), _GONE_AND_COME, strict=True):
        if located is None:
            cells.append(EMPTY)
            continue
        number = heading_number(located)
        words = _lines(change.redline, op)
        name = [*([(Op.EQUAL, f"{number}　")] if number else []), *words[0]]
        cells.append(join((tag("p", tag("b", _line(name))), _paragraphs(words[1:]))))
    unchanged = change.kinds == (Kind.UNCHANGED,)
    return _row(cells, "" if unchanged else heading_label(change, lang))


def _entry(row: TableRow, change: Change, lang: Lang) -> Html:
    texts = Texts(change)
    old = [_article(change.old[at], change.new, texts.old[at], Op.DELETE) for at in row.old]
    old += [
        tag("p", escape(say(lang, "stands_beside", old=citation([change.old[at]]),
                            new=citation([change.new[beside]]))))
        for at, beside in row.elsewhere
    ]  # fmt: skip
    new = [_article(change.new[at], change.old, texts.new[at], Op.INSERT) for at in row.new]
    note = Row((change,)).label(lang) if differs(change) else say(lang, "as_before")
    return _row((join(old), join(new)), note)


def _article(
    located: Located, other: Sequence[Located], body: Sequence[tuple[Op, str]], op: Op
) -> Html:
    """An article with its number; `op` is what only this side has."""
    caption = located.provision.caption
    begins = [(Op.EQUAL if other else op, f"{located.address.citation}　")]
    if caption:
        kept = any(one.provision.caption == caption for one in other)
        begins.append((Op.EQUAL if kept else op, f"【{caption}】"))
    lines = _lines(body, op)
    return _paragraphs([[*begins, *lines[0]], *lines[1:]])


def _lines(redline: Sequence[tuple[Op, str]], op: Op) -> _Lines:
    """One side of a redline, cut at its newlines; one line at least."""
    lines: _Lines = [[]]
    for kind, text in redline:
        if kind not in (Op.EQUAL, op):
            continue
        for index, part in enumerate(text.split("\n")):
            if index:
                lines.append([])
            if part:
                lines[-1].append((kind, part))
    return lines


def _paragraphs(lines: _Lines) -> Html:
    return join(tag("p", _line(line)) for line in lines)


def _line(pieces: Sequence[tuple[Op, str]]) -> Html:
    return join(_marked(op, text) for op, text in pieces)


def _marked(op: Op, text: str) -> Html:
    if op is Op.DELETE:
        return tag("span", escape(text), style=_SHADE)
    return tag("b", tag("u", escape(text))) if op is Op.INSERT else escape(text)
