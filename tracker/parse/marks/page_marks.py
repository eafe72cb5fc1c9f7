"""Lines that a printed page adds to a text: page numbers, and headers that run over every page.

Floor 1, between the kinds of lines and joining. A line goes only where it can be nothing else: a
number set off as page numbers are, or bare numbers that count up page by page in text that is cut
at a width. Everything doubtful stays, and a problem names it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from tracker.law.numbering import read_numeral
from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import ARTICLE, TEXT, Mark
from tracker.parse.marks.survey import HEADINGS, Survey

__all__ = ["MAY_END_PAGE", "doubtful_lines", "page_numbers", "rules"]

_DASH_SIGNS: Final = "-—–―·－─"
_DASHES: Final = f"[{_DASH_SIGNS}]{{1,3}}"
_DRAWN_SIGNS: Final = "-—–―=*＊~─━═"
_DRAWN: Final = re.compile(f"([{_DRAWN_SIGNS}]) ?(?:\\1 ?){{2,200}}")
_SET_OFF: Final = re.compile(
    rf"{_DASHES} ?([0-9]{{1,4}}) ?{_DASHES}|第?([0-9]{{1,4}}|[一二三四五六七八九十百]{{1,5}})页"
    r"(?:[，,/｜ ]?(?:共|总)[0-9一二三四五六七八九十百]{1,5}页)?"
)
_BARE: Final = re.compile(r"([0-9]{1,4})(?: ?/ ?[0-9]{1,4})?")
_NAME: Final = re.compile("[\u4e00-\u9fff、]{2,24}")
_TITLE: Final = re.compile("(?:法|条例|规定|办法|细则|规则|决定|解释)$")
_LAST: Final = frozenset(f"{_DASH_SIGNS}页0123456789")
"""How a page number ends: its dash, the word, or itself."""
MAY_END_PAGE: Final = _LAST | frozenset(_DRAWN_SIGNS)
"""How a page number or a drawn line ends."""
LONGEST: Final = 16
"""第100页，共一百二十页 has 13 characters."""
FEWEST_BARE: Final = 2
"""One bare number alone says nothing: it may be a value of a table."""
FEWEST_HEADERS: Final = 3
"""Page numbers with the same line beside them, from which it is a running header."""
LONGEST_HEADER: Final = 40
_ENDS_TEXT: Final = "。；：，、！？"
LONGEST_STEP: Final = 3
"""How many pages may lie between two numbers: a page with a figure may bear none."""


def rules(marks: Sequence[Mark], open_ended: Sequence[int]) -> list[int]:
    """The indexes of lines that are drawn: ————, -----, ***; ____ is a blank of a form.

    >>> from tracker.parse.marks.kinds import scan
    >>> rules(scan(["某市条例", "————————", "第一条　甲。"]), [0, 1])
    [1]
    """
    return [i for i in open_ended if _DRAWN.fullmatch(marks[i].text)]


def page_numbers(
    marks: Sequence[Mark], wrapped: bool, open_ended: Sequence[int] | None = None
) -> list[int]:
    """The indexes of lines that are page numbers; `wrapped` says that the text is cut at a width.

    Only lines that end without punctuation can be: `open_ended` says which, None: not known.

    >>> from tracker.parse.marks.kinds import scan
    >>> page_numbers(scan(["第一条　甲。", "- 3 -", "12", "乙。", "- 4 -"]), wrapped=False)
    [1, 4]
    """
    among = range(len(marks)) if open_ended is None else open_ended
    short = [i for i in among if 0 < len(text := marks[i].text) <= LONGEST and text[-1] in _LAST]
    if not short:
        return []
    found = [(i, m) for i in short if (m := _SET_OFF.fullmatch(marks[i].text))]
    out = [i for i, _ in _counting(found, 10**4)]
    if wrapped:
        bare = [(i, m) for i in short if (m := _BARE.fullmatch(marks[i].text))]
        counting = list(_counting(bare, LONGEST_STEP))
        if len(counting) == len(bare) >= FEWEST_BARE:
            out += [i for i, _ in counting]
    return sorted({*out, *_running(marks, out)}) if len(out) >= FEWEST_HEADERS else sorted(out)


def _running(marks: Sequence[Mark], pages: Sequence[int]) -> Iterator[int]:
    """Headers and feet: the same short line above or below most of the page numbers."""
    numbers = set(pages)
    for beside in (1, -1):
        lines = [
            i + beside
            for i in pages
            if 0 <= i + beside < len(marks)
            and i + beside not in numbers
            and marks[i + beside].kind is TEXT
            and len(marks[i + beside].text) <= LONGEST_HEADER
            and marks[i + beside].text[-1] not in _ENDS_TEXT
        ]
        often = Counter(marks[i].text for i in lines)
        text, count = next(iter(often.most_common(1)), ("", 0))
        if count >= FEWEST_HEADERS and 2 * count >= len(pages):
            yield from (i for i in lines if marks[i].text == text)


def _counting(found: list[tuple[int, re.Match[str]]], step: int) -> Iterator[tuple[int, int]]:
    """Those whose numbers go up, by `step` at most."""
    last = None
    for index, match in found:
        value = read_numeral(next(group for group in match.groups() if group))
        if last is None or last < value <= last + step:
            yield index, value
            last = value


def doubtful_lines(
    marks: Sequence[Mark], body: Sequence[int], seen: Survey, title: str
) -> list[tuple[int, Problem]]:
    """Lines of a law that look like a page's or a heading's and were kept, each with its problem.

    Between two articles the title alone in a line is a running header, and a bare number that goes
    on from the one before is a page number, for all one can see from here. `body` are the lines of
    the law among the `marks`.
    """
    kinds = seen.kinds
    stop = next((i for i in reversed(seen.articles) if i in body), None)
    if stop is None:
        return []
    start = body[0]
    open_ended = [i for i in seen.loose if start <= i < stop and kinds[i] is TEXT]
    bracketed = [i for i in seen.bracketed if start <= i < stop and kinds[i] is TEXT]
    headers = [i for i in bracketed if _bare(marks[i].text) == title]  # 某市条例（草案）
    if not (open_ended or headers):
        return []  # nearly every law
    first = next(n for n, i in enumerate(body) if kinds[i] is ARTICLE)
    places = _places(body, sorted({*open_ended, *headers}) if headers else open_ended)
    named = [
        n for n in places if marks[body[n + 1]].kind is ARTICLE and _like_heading(marks, body, n)
    ]
    inside = [i for i in (body[n] for n in places if n > first) if _short_text(marks[i])]
    if not named and not inside:
        return []
    found = [i for i in inside if len(title) > 1 and _bare(marks[i].text) == title]
    found += [i for i in inside if _SET_OFF.fullmatch(marks[i].text)]
    bare = [(i, m) for i in inside if (m := _BARE.fullmatch(marks[i].text))]
    counting = [i for i, _ in _counting(bare, LONGEST_STEP)]
    if len(counting) == len(bare) and len(bare) >= FEWEST_BARE:
        found += counting
    told = set(found)
    lost = [n for n in named if body[n] not in told]
    headings = [(body[n], _lost_number(*(marks[i] for i in body[n - 1 : n + 2]))) for n in lost]
    return sorted([(i, _problem(marks[i].text)) for i in found] + headings, key=itemgetter(0))


def _places(body: Sequence[int], loose: Sequence[int]) -> list[int]:
    """Where in the law some lines stand, of those that are of it."""
    places = []
    for index in loose:
        place = bisect_left(body, index)
        if body[place] == index:
            places.append(place)
    return places


def _short_text(mark: Mark) -> bool:
    return mark.kind is TEXT and len(mark.text) <= 60


def _like_heading(marks: Sequence[Mark], body: Sequence[int], place: int) -> bool:
    """用热管理 between a finished sentence, or a 章, and an article: a heading without number."""
    mark = marks[body[place]]
    return (
        mark.kind is TEXT
        and _NAME.fullmatch(mark.text) is not None
        and place > 0
        and (
            marks[body[place - 1]].text[-1] == "。"
            or (marks[body[place - 1]].kind in HEADINGS and marks[body[place - 1]].rest != "")
        )
    )


def _lost_number(above: Mark, mark: Mark, below: Mark) -> Problem:
    """A 章 that lost its number; above 第一条 in the midst of a text, the title of another law."""
    text, number = mark.text, below.number
    if _TITLE.search(text) and number is not None and number.value == 1:
        what, hint = "像是另一部法规的标题", "对照原件；来源里有几部法规的，分成几个文件再读取"
    elif above.kind in HEADINGS:
        name = " ".join(above.text.split("\u3000"))
        what = f"在“{name}”下面，像是它的后半截，或者没有编号的节的标题"
        hint = "对照原件；是后半截的，在来源中接成一行；是节的标题的，补上第几节再读取"
    else:
        what = "像是章或者节的标题，来源没有编号"
        hint = "对照原件；是标题的，在来源中补上第几章再读取"
    return Problem(
        code="heading-like-line",
        severity=Severity.WARNING,
        message=f"“{text}”{what}，按正文保留",
        hint=hint,
        quote=text[:40],
    )


def _bare(text: str) -> str:
    return text.partition("（")[0].strip("《》")


def _problem(text: str) -> Problem:
    return Problem(
        code="page-like-line",
        severity=Severity.WARNING,
        message=f"“{text[:40]}”像是页码或者页眉，按正文保留",
        hint="对照原件；不是正文的，从来源中去掉这一行再读取",
        quote=text[:40],
    )
