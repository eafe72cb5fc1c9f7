"""What makes a PDF unreadable, and what of one that was read is to be told.

Floor 1, used by the entry. A text layer that is missing or is no text is refused with the way out;
nothing is guessed from pictures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tracker.law.numbering import NUMERAL, read_numeral
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.extract.pdf.layout import Layout
from tracker.parse.extract.pdf.pages import INVISIBLE, TURNED, Page, Scan

__all__ = ["check_layer", "doubts", "page_list", "without_text"]

FEWEST: Final = 5
"""Characters of a page with text; what a stamp or a page number adds to a scan is less, or is as
little beside a picture of the whole page."""
PICTURE: Final = 0.5
"""Share of a page that a scan covers."""
DRAWN: Final = 60
"""Shapes of a page without characters, from which it may be text drawn as outlines."""
GARBAGE: Final = 0.05
"""Share of characters that no font explains, from which a text layer is none: a law printed with
Founder fonts is all private-use characters, one rare name is a character in thousands."""
MOJIBAKE: Final = 0.3
"""Share of signs from U+0080 to U+024F; in a Chinese text there are none."""
_SHOWN: Final = 12

_UNKNOWN: Final = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")
_LATIN: Final = re.compile("[\u0080-\u024f]")
_BLANK: Final = re.compile(r"\s")
_ARTICLE: Final = re.compile(rf"第({NUMERAL}{{1,12}})条")
_OCR: Final = "先用文字识别（OCR）软件转为文字并校对，再读取；或者向发布机关索取文字版"
_RETURN: Final = (
    "复制其中的文字看看是否正确；不正确的，取得 Word 或者网页版，或者用文字识别（OCR）转为文字"
)


def without_text(scan: Scan) -> tuple[int, ...]:
    """The pages, from 1, that show something but have no text layer, or only a turned one."""
    return tuple(
        number for number, page in enumerate(scan.pages, 1) if page is None or _is_scanned(page)
    )


def _is_scanned(page: Page) -> bool:
    upright = sum(len(s.text.strip()) for s in page.spans if not s.flags & TURNED)
    turned = sum(len(s.text.strip()) for s in page.spans if s.flags & TURNED)
    if upright >= FEWEST and (upright >= 4 * FEWEST or page.pictures < PICTURE):
        return False
    return page.pictures >= PICTURE or page.drawn >= DRAWN or turned > 20 * FEWEST


def check_layer(scan: Scan, name: str) -> None:
    """Raise TrackerError ``unreadable-source`` where there is no text layer, or no text in it."""
    text = _BLANK.sub("", "".join(s.text for p in scan.pages if p for s in p.spans))
    bare = without_text(scan)
    if not text or len(bare) == len(scan.pages):
        what = page_list(bare or tuple(range(1, len(scan.pages) + 1)))
        raise _unreadable(name, f"是没有文字层的 PDF 文件（{what}是扫描件、图片或空白）", _OCR)
    unknown = len(_UNKNOWN.findall(text))
    if unknown > GARBAGE * len(text):
        share = f"{100 * unknown / len(text):.0f}%"
        raise _unreadable(
            name, f"是 PDF 文件，文字层不可用：{share} 的字是字体自造的编码，不对应文字", _RETURN
        )
    if len(_LATIN.findall(text)) > MOJIBAKE * len(text):
        raise _unreadable(name, "是 PDF 文件，文字层不可用：其中是乱码", _RETURN)


def doubts(scan: Scan, laid: Layout, name: str) -> list[Problem]:
    """What is to be told of a file that was read.

    Raises TrackerError ``unreadable-source`` where pages without text lie between articles whose
    numbers do not go on: what is missing then are articles, and a law without them is none. The
    same where a page is set in columns whose order cannot be told.
    """
    if laid.mixed:
        raise _unreadable(
            name,
            f"是 PDF 文件，{page_list(laid.mixed)}分栏排版，读的先后分不清，读出来会串行",
            "改用 Word 或者网页版；或者把文字按先后复制成 .txt 文件，校对后再读取",
        )
    return [*_of_layer(scan, laid, name), *_of_words(laid), *_of_setting(laid)]


def _of_layer(scan: Scan, laid: Layout, name: str) -> list[Problem]:
    """Pages without text, and text that nobody sees."""
    out = []
    if bare := without_text(scan):
        _check_gap(bare, laid, name)
        out.append(
            _problem(
                "pdf-page-without-text", Severity.WARNING,
                f"{page_list(bare)}没有文字层（扫描件或图片），没有读入",
                "对照原件；上面有条文的，用文字识别（OCR）转为文字后补上再读取",
            )
        )  # fmt: skip
    unseen = tuple(
        page.number
        for page in scan.pages
        if page and any(s.flags & INVISIBLE and s.text.strip() for s in page.spans)
    )
    if unseen:
        out.append(
            _problem(
                "pdf-invisible-text", Severity.WARNING,
                f"{page_list(unseen)}的文字是看不见的一层，多半由文字识别（OCR）得来，可能有错字",
                "对照页面上的图像校对",
            )
        )  # fmt: skip
    return out


def _of_words(laid: Layout) -> list[Problem]:
    """Text that is struck out."""
    out = []
    struck = [d for d in laid.dropped if d.reason == "struck-out"]
    if struck:
        out.append(
            _problem(
                "struck-out-text", Severity.WARNING,
                f"有 {len(struck)} 处文字被划去（中间有横线），没有收入正文："
                f"“{struck[0].text[:_SHOWN]}”等",
                "对照原件；花脸稿请取得修改后的清样",
            )
        )  # fmt: skip
    return out


def _of_setting(laid: Layout) -> list[Problem]:
    """Where the printed rows leave open what is a paragraph, or a cell."""
    out = []
    if guessed := [n for n, one in enumerate(laid.paragraphs, 1) if one.is_guess]:
        first = laid.paragraphs[guessed[0] - 1]
        pages = tuple(sorted({laid.paragraphs[n - 1].page for n in guessed}))
        out.append(
            _problem(
                "pdf-paragraph-in-doubt", Severity.INFO,
                f"{page_list(pages)}有 {len(guessed)} 处是否另起一段没有把握：段首不空格，上一行"
                f"排满又恰好写完一句，按另起一段读出，如“{first.text[:_SHOWN]}……”",
                "对照原件；不另起一段的，改用 Word 或者网页版",
                guessed[0],
            )
        )  # fmt: skip
    if laid.tables:
        out.append(
            _problem(
                "pdf-table", Severity.INFO,
                f"{page_list(tuple(laid.tables))}有没有画线的表格，按印出的行读出，"
                "跨行的单元格会断开",
                "对照原件",
            )
        )  # fmt: skip
    if laid.cut:
        out.append(
            _problem(
                "pdf-table", Severity.INFO,
                f"{page_list(tuple(laid.cut))}开头的表格行第一格是空的，可能是上一页末行的后半，"
                "按另一行读出",
                "对照原件",
            )
        )  # fmt: skip
    return out


def page_list(pages: Sequence[int]) -> str:
    """Pages as people write them.

    >>> page_list([1, 2, 3, 7])
    '第 1—3、7 页'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [str(a) if a == b else f"{a}—{b}" for a, b in runs[:_SHOWN]]
    more = " 等" if len(runs) > _SHOWN else ""
    return f"第 {'、'.join(shown)}{more} 页"


def _check_gap(bare: Sequence[int], laid: Layout, name: str) -> None:
    articles = [
        (one.page, read_numeral(found[1]))
        for one in laid.paragraphs
        if (found := _ARTICLE.match(one.text))
    ]
    for (page, number), (after, follows) in pairwise(articles):
        between = tuple(n for n in bare if page < n <= after)
        if between and follows > number + 1:
            raise _unreadable(
                name,
                f"是 PDF 文件，{page_list(between)}没有文字层，第{_han(number)}条之后直到"
                f"第{_han(follows)}条之前的条文读不出来",
                _OCR,
            )


def _han(number: int) -> str:
    from tracker.law.numbering import write_numeral

    return write_numeral(number)


def _problem(
    code: str, severity: Severity, message: str, hint: str, line: int | None = None
) -> Problem:
    return Problem(code=code, severity=severity, message=message, hint=hint, line=line)


def _unreadable(name: str, what: str, hint: str) -> TrackerError:
    return TrackerError("unreadable-source", f"无法读取 {name}：{what}", hint)
