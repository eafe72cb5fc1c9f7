"""Two texts side by side, article beside article: the 新旧条文对照表, as one HTML file.

Floor 4. Word opens the file, and its table can be copied into any document, so nothing is loaded
and the marks are elements, not a style sheet's. They are those of the tables that legislatures
publish: what went is shaded, what came is bold (and underlined, so that it shows in any type). A
stroke through deleted words would turn 二 into 三.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tracker.diff.model import Change, Changes, FrontChange, HeadingChange, Kind, Op, Redline
from tracker.law.address import Address, Located
from tracker.law.model import Unit
from tracker.render.overview import Row, citation, differs, front_label, heading_label
from tracker.render.pages_html import EMPTY, Html, escape, join, tag, void
from tracker.render.side import SideInfo
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

    What stands outside the articles (title, 题注, annexes) has a row where it differs.
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
    fronts = [front for front in shown.front if front.changed]
    yield from (_front(front, lang) for front in fronts if not _is_annex(front))
    headings = {
        id(side.provision): one
        for one in (changes.headings if _in_text_order(changes, shown) else ())
        for side in (one.old, one.new)
        if side
    }
    done: set[int] = set()
    for change in shown.changes:
        for one in _headings_of(change, headings):
            if id(one) not in done:
                done.add(id(one))
                yield _heading(one, lang)
        yield _entry(change, lang)
    for one in shown.headings:  # those that no article stands under
        if id(one) not in done and one.kinds != (Kind.UNCHANGED,):
            yield _heading(one, lang)
    yield from (_front(front, lang) for front in fronts if _is_annex(front))


def _in_text_order(changes: Changes, shown: Changes) -> bool:
    """Whether articles still stand under their headings; by what they do in law they do not."""
    places = {id(change): place for place, change in enumerate(changes.changes)}
    listed = [places[id(change)] for change in shown.changes]
    return listed == sorted(listed)


def _headings_of(change: Change, headings: dict[int, HeadingChange]) -> Iterator[HeadingChange]:
    """The headings that an entry stands under; one that is gone, also where its articles stayed."""
    for side in (change.new, change.old):
        for located in side:
            for parent in located.parents:
                found = headings.get(id(parent))
                if found is not None and (side is change.new or not change.new or not found.new):
                    yield found


def _is_annex(front: FrontChange) -> bool:
    place = front.new or front.old
    return place is not None and place.provision.unit is Unit.ANNEX


def _row(cells: Sequence[Html], note: str) -> Html:
    return tag("tr", *(tag("td", cell) for cell in (*cells, escape(note))))


def _front(front: FrontChange, lang: Lang) -> Html:
    cells = (_paragraphs(_lines(front.redline, op)) for op in _GONE_AND_COME)
    return _row(tuple(cells), front_label(front, lang))


def _heading(change: HeadingChange, lang: Lang) -> Html:
    cells = []
    for located, op in zip((change.old, change.new), _GONE_AND_COME, strict=True):
        if located is None:
            cells.append(EMPTY)
            continue
        number = Address(located.address.steps[-1:]).citation
        words = _lines(change.redline, op)
        name = [(Op.EQUAL, f"{number}　"), *words[0]]
        cells.append(join((tag("p", tag("b", _line(name))), _paragraphs(words[1:]))))
    unchanged = change.kinds == (Kind.UNCHANGED,)
    return _row(cells, "" if unchanged else heading_label(change, lang))


def _entry(change: Change, lang: Lang) -> Html:
    cells = (
        _articles(change.old, change.new, change.redline, Op.DELETE),
        _articles(change.new, change.old, change.redline, Op.INSERT),
    )
    return _row(cells, Row((change,)).label(lang) if differs(change) else say(lang, "as_before"))


def _articles(own: Sequence[Located], other: Sequence[Located], redline: Redline, op: Op) -> Html:
    """The articles of one side, each with its number; `op` is what only this side has."""
    if not own:
        return EMPTY
    bodies = _split(_lines(redline, op))
    if len(bodies) != len(own):  # an article without any text: all under all their numbers
        number = f"{citation(own)}　"
        return _paragraphs([[(Op.EQUAL, number)], *(line for body in bodies for line in body)])
    captions = {one.provision.caption for one in other}
    out = []
    for located, body in zip(own, bodies, strict=True):
        caption = located.provision.caption
        begins = [(Op.EQUAL if other else op, f"{located.address.citation}　")]
        if caption:
            begins.append((Op.EQUAL if caption in captions else op, f"【{caption}】"))
        out.append(_paragraphs([[*begins, *body[0]], *body[1:]]))
    return join(out)


def _lines(redline: Redline, op: Op) -> _Lines:
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


def _split(lines: _Lines) -> list[_Lines]:
    """The bodies of several articles, which a blank line parts."""
    bodies: list[_Lines] = [[]]
    for line in lines:
        if line:
            bodies[-1].append(line)
        elif bodies[-1]:
            bodies.append([])
    return bodies if bodies[-1] else bodies[:-1] or [[[]]]


def _paragraphs(lines: _Lines) -> Html:
    return join(tag("p", _line(line)) for line in lines)


def _line(pieces: Sequence[tuple[Op, str]]) -> Html:
    return join(_marked(op, text) for op, text in pieces)


def _marked(op: Op, text: str) -> Html:
    if op is Op.DELETE:
        return tag("span", escape(text), style=_SHADE)
    return tag("b", tag("u", escape(text))) if op is Op.INSERT else escape(text)
