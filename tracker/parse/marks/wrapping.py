"""Lines that were cut at a fixed width (text out of PDF) are joined again.

Floor 1, between the kinds of lines and segmenting. Only a text whose unfinished lines are all about
equally long is taken for wrapped; a single line without 。 at its end is left alone. A row of a
table (｜) is never joined, and nothing is where the source itself says what is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.law.numbering import NUMERAL, Number
from tracker.parse.marks.kinds import ARTICLE, CONTENTS, TEXT, Mark, scan_line, without
from tracker.parse.marks.page_marks import MAY_END_PAGE, page_numbers, rules
from tracker.parse.marks.survey import ENDS, HEADINGS, Survey

__all__ = ["is_wrapped", "join_citations", "join_headings", "join_lone_items", "unwrap"]

FEWEST: Final = 8
"""Unfinished lines below which nothing can be said about a width."""
SHARE: Final = 0.2
"""Share of unfinished lines from which a text may be wrapped: 0.00 to 0.06 in ordinary laws, 0.5
and more in text out of PDF."""
SPREAD: Final = 6
"""By how many columns full lines differ: a line breaks before a bracket or a word."""

COLUMN: Final = "｜"
"""Sets the cells of a row apart: such a line is a row, whose end is certain."""
_NO_WIDTH: Final = 10**6
"""More columns than any line has: the text is cut at pages only."""
NARROWEST: Final = 40
"""Columns below which lines are a list of labels and no cut text: 20 Han a line."""

_HEADINGS: Final = HEADINGS | {CONTENTS}
_CITED: Final = re.compile(rf"第{NUMERAL}{{1,16}}[条款项]")
_ORDINAL: Final = re.compile(r"第?[一二三四五六七八九十]{1,2}[是，、]|其[一二三四五六][，、]")
"""How an entry of a list without numbers of its own begins: 一是, 第二，"""
_WHOLE: Final = re.compile("（[^（）]{1,4}）[，。；：、]?")
"""（站）， at the beginning of a line: a bracket so short, and what is behind it, is not cut."""
_GOES_ON_CITING: Final = (
    "违反", "依照", "按照", "根据", "依据", "适用", "符合", "除", "本法", "本条例", "本办法",
    "本规定", "本细则", "本规则", "》", "和", "或者", "及", "与", "至", "、",
)  # fmt: skip
"""How a line ends that a citation in the next one completes."""


def _width(text: str) -> int:
    return len(text) * 2 - sum(char.isascii() for char in text)


def _unfinished(
    marks: Sequence[Mark], first: Sequence[int], open_ended: Sequence[int]
) -> list[int]:
    """Lines that end without punctuation and have a line without a mark right below them."""
    text, last = TEXT, len(marks) - 1
    return [
        i
        for i in open_ended
        if i < last
        and marks[i + 1].kind is text
        and marks[i].kind not in _HEADINGS
        and first[i + 1] == first[i] + 1
        and COLUMN not in marks[i].line
    ]


def is_wrapped(
    marks: Sequence[Mark], first: Sequence[int], open_ended: Sequence[int], seen: Survey
) -> int | None:
    """The width at which a text is cut, in columns (Han count 2); None where it is not."""
    lines = _unfinished(marks, first, open_ended)
    if len(lines) < FEWEST:
        return None
    contents = seen.kinds.count(CONTENTS) if CONTENTS in seen.present else 0
    rows = sum(COLUMN in mark.line for mark in marks)
    if len(lines) < SHARE * (len(marks) - len(seen.headings) - contents - rows):
        return None
    widths = sorted(_width(marks[i].text) for i in lines)
    full = widths[int(len(widths) * 0.9)]
    if full < NARROWEST:
        return None
    alike = sum(1 for width in widths if full - SPREAD <= width <= full + SPREAD)
    return full if alike >= 0.7 * len(widths) else None


def unwrap(
    marks: list[Mark], first: Sequence[int], seen: Survey, certain: bool = False
) -> tuple[list[Mark], Sequence[int], Sequence[int]]:
    """Joined lines, the number of the first line of each, and the numbers of lines that are pages.

    `marks` are those of the lines that are not blank, `first` says which lines; a line is joined to
    the one right below it, page numbers left aside. Lines that are `certain` are not joined.

    Before: 保障公共安全，保护公⏎民、法人和其他组织…
    After:  保障公共安全，保护公民、法人和其他组织…
    """
    open_ended = [i for i in seen.loose if marks[i].line[-1] != "》"]
    full = None
    if len(open_ended) >= FEWEST and not certain:
        full = is_wrapped(marks, first, open_ended, seen)
    ends = [i for i in open_ended if marks[i].line[-1] in MAY_END_PAGE]
    pages = set(page_numbers(marks, full is not None, ends)) if ends else set()
    drawn = rules(marks, ends) if ends else []
    if full is None and not pages and not drawn:
        return marks, first, ()
    articles_from = seen.articles[0] if full is not None and seen.articles else len(marks)
    full = full if full is not None else _NO_WIDTH
    gone = pages.union(drawn)
    kept = [i for i in range(len(marks)) if i not in gone]
    out: list[Mark] = []
    starts: list[int] = []
    index = 0
    while index < len(kept):
        start = index
        pieces = [marks[kept[index]].text]
        while (
            index + 1 < len(kept)
            and not certain
            and marks[kept[index + 1]].kind is TEXT
            and COLUMN not in marks[kept[index + 1]].line
            and (
                _goes_on(marks[kept[index]], 0 if kept[index] + 1 in pages else full)
                or (
                    kept[index] >= articles_from
                    and _is_cut(marks[kept[index]], marks[kept[index + 1]], full)
                    and _is_sentence(marks[kept[start]], out)
                )
            )
            and first[kept[index + 1]] - first[kept[index]] == kept[index + 1] - kept[index]
        ):
            index += 1
            pieces.append(marks[kept[index]].text)
        mark = marks[kept[start]]
        out.append(mark if len(pieces) == 1 else scan_line(_glue(pieces)))
        starts.append(first[kept[start]])
        index += 1
    return out, starts, [first[i] for i in sorted(gone)]


LONGEST_REST: Final = 40
"""Longest second line of a heading; of 各级人民代表大会常务委员会监督法 one has 27 characters."""
_GOES_ON: Final = frozenset("、与和及或的")
_BEHIND_HEADING: Final = HEADINGS | {ARTICLE}


def join_headings(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int]]:
    """Headings that were cut in two, joined; `first` as `unwrap` gives it.

    A heading goes on in the next line where it ends in 与, 、 and the like, or where the two
    together are an entry of the contents page; behind them must come an article or a heading.

    Before: 第二章　申请、受理与⏎审查决定⏎第七条　…
    After:  第二章　申请、受理与审查决定⏎第七条　…
    """
    kinds, text, last = seen.kinds, TEXT, len(marks) - 1
    headings = [i for i in seen.headings if i < last and kinds[i + 1] is text]
    if not headings:
        return marks, first  # nearly every law: an article or a heading is below each
    names = {marks[i].text for i in seen.headings}
    gone: set[int] = set()
    out = list(marks)
    for here in headings:
        mark, rest = marks[here], marks[here + 1]
        joined = mark.text + rest.text
        cut = mark.text[-1] in _GOES_ON and mark.set_off and bool(mark.rest)
        if not cut and joined not in names:
            continue
        if len(rest.text) > LONGEST_REST or rest.text[-1] in "。；：，、":
            continue
        if COLUMN in joined:
            continue
        if here + 2 < len(marks) and marks[here + 2].kind not in _BEHIND_HEADING:
            continue
        out[here] = scan_line(joined)
        gone.add(here + 1)
    if not gone:
        return marks, first
    return without(gone, out, first)


def join_lone_items(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int]]:
    """（一） alone in a line, joined with the line below it; as `join_headings`."""
    if not seen.bracketed:
        return marks, first
    last = len(marks) - 1
    alone = [i for i in seen.bracketed if not marks[i].rest and i < last]
    alone = [i for i in alone if marks[i + 1].kind is TEXT and COLUMN not in marks[i + 1].line]
    if not alone:
        return marks, first  # nearly every text
    out = list(marks)
    for i in alone:
        out[i] = scan_line(marks[i].text + marks[i + 1].text)
    gone = {i + 1 for i in alone}
    return without(gone, out, first)


def join_citations(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int]]:
    """Citations that were cut off from their sentence, joined; as `join_headings`.

    Before: 违反本条例⏎第二条规定的，处罚。
    After:  违反本条例第二条规定的，处罚。
    """
    lines = [i for i in seen.loose if seen.kinds[i] not in _HEADINGS]
    goes_on = [i for i in lines if marks[i].line.endswith(_GOES_ON_CITING)]
    if not any(i + 1 < len(marks) and _may_be_cited(marks[i + 1]) for i in goes_on):
        return marks, first  # nearly every law: no line that may go on stands above a citation
    cited = [i for i, mark in enumerate(marks) if _may_be_cited(mark)]
    known = {marks[i].number for i in cited}
    pieces: dict[int, list[int]] = {}  # by the line they are joined to
    tops: dict[int, int] = {}
    last: Number | None = None
    for index in cited:
        number = marks[index].number
        if number and (last is None or number.follows(last) or Number(last.value + 1) not in known):
            last = number
            continue  # the next article, or one behind a gap
        above = marks[index - 1] if index else None  # what is joined to it ends as it does
        if above is None or not above.text.endswith(_GOES_ON_CITING) or above.kind in _HEADINGS:
            last = number or last
            continue
        if COLUMN in above.line or COLUMN in marks[index].line:
            continue
        if _CITED.match(marks[index].text):
            pieces.setdefault(tops.get(index - 1, index - 1), []).append(index)
            tops[index] = tops.get(index - 1, index - 1)
    if not pieces:
        return marks, first
    out = list(marks)
    for top, below in pieces.items():
        rest = (marks[i].text.replace("\u3000", "", 1) for i in below)
        out[top] = scan_line("".join((marks[top].text, *rest)))
    return without(tops, out, first)


def _may_be_cited(mark: Mark) -> bool:
    return mark.kind is ARTICLE or (mark.kind is TEXT and mark.line[0] == "第")


def _goes_on(mark: Mark, full: int) -> bool:
    return (
        mark.text[-1] not in ENDS
        and mark.kind not in _HEADINGS
        and _width(mark.text) >= full - SPREAD
        and COLUMN not in mark.line
    )


def _is_cut(mark: Mark, below: Mark, full: int) -> bool:
    """Whether a line is cut at the width though it ends in ；, or before a bracket held together.

    Before: 处五日以下拘留或者警告；⏎情节较重的，… · 无线电台⏎（站），或者…
    After:  处五日以下拘留或者警告；情节较重的，… · 无线电台（站），或者…
    """
    width = _width(mark.text)
    if COLUMN in mark.line:
        return False
    if mark.text[-1] == "；":
        return width >= full - SPREAD and not _ORDINAL.match(below.text)
    whole = _WHOLE.match(below.text)
    return (
        whole is not None
        and mark.text[-1] not in ENDS
        and mark.kind not in _HEADINGS
        and width + _width(whole[0]) >= full - SPREAD
    )


def _is_sentence(mark: Mark, above: Sequence[Mark]) -> bool:
    """Whether the paragraph that a line begins is no entry of a list: no 项, and none below ：, ；
    or a 项, whose own lines may be cut behind ；."""
    if mark.kind is ARTICLE:
        return True
    over = above[-1] if above else None
    return (
        mark.kind is TEXT
        and over is not None
        and over.text[-1] not in "：；"
        and over.kind in (ARTICLE, TEXT)
    )


def _glue(pieces: list[str]) -> str:
    out = pieces[0]
    for piece in pieces[1:]:
        latin = out[-1:].isascii() and out[-1:].isalpha() and piece[:1].isascii()
        out += (" " if latin and piece[:1].isalpha() else "") + piece
    return out
