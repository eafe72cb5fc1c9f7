"""Web pages → lines: what the page shows of the law, its furniture apart.

Floor 1. The page is parsed by lxml. The article of the page is looked for by the names that Chinese
government sites and WeChat give it and by where the articles of the law stand; what stands outside
is left out and listed, a heading (h1) is kept. Nothing is fetched and no tag survives.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

from tracker.law.problems import TrackerError
from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted, Hints
from tracker.parse.extract.decode import check_lines
from tracker.parse.extract.page_lines import BEGINS, PageLines
from tracker.parse.phrases import is_title

__all__ = ["html"]

LARGEST_PAGE: Final = 8 * 1024 * 1024
"""Largest page in characters."""
MOST_ATTRIBUTES: Final = 2_000
"""Attributes of one tag; real pages have less than 50."""
SHORTEST_ARTICLE: Final = 200
"""Characters that the element holding the article must have at least."""

_ROOTS: Final = (
    ("id", "js_content"), ("id", "UCAP-CONTENT"), ("id", "Zoom"), ("id", "zoom"),
    ("class", "TRS_Editor"), ("class", "TRS_UEDITOR"), ("class", "pages_content"),
    ("id", "article"), ("id", "content"), ("class", "article-content"), ("class", "article"),
    ("class", "content"),
)  # fmt: skip
_RANK: Final = {name: rank for rank, name in enumerate(_ROOTS)}
"""How Chinese government sites and WeChat call what holds the article, the surest first."""
_TAG: Final = re.compile("<!--|<([a-z]{1,40}+)", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""(?<![\s/])[\s/]*+[^\s=>/][^\s=>/]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?"""
)
_HAN: Final = re.compile("[\u3400-\u9fff]")
_TIME: Final = re.compile(r"""\bct\s{0,4}=\s{0,4}["']([0-9]{10})["']""")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_BEFORE_SITE: Final = re.compile("[_|｜]| [-—–] ")
_CALLED: Final = re.compile(
    "(?:关于)?(?:公开|向社会|面向社会|征求|征集|对|就){0,4}《?"
    "([^《》（）]{2,80}（[^（）]{0,20}(?:草案|征求意见|送审|审议)[^（）]{0,12}）)》?"
    "(?=.{0,12}(?:征求|征集|意见)).{0,30}$"
)
"""The headline of a call for opinions, and the draft it names."""
_CHINA: Final = timedelta(hours=8)


def html(text: str, name: str) -> Extracted:
    """The lines of a web page. Raises TrackerError ``unreadable-source``."""
    from lxml import etree
    from lxml import html as lxml_html

    if len(text) > LARGEST_PAGE:
        raise TrackerError(
            "unreadable-source", f"无法读取 {name}：网页过大", "只保存正文部分再读取"
        )
    comments = _comments(text, name)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise TrackerError(
            "unreadable-source", f"无法读取 {name}：网页结构无法解析", "把正文另存为文本再读取"
        ) from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise TrackerError(
            "unreadable-source",
            f"无法读取 {name}：网页的标签嵌套过深（超过 256 层）",
            "把正文另存为文本再读取",
        )
    page = PageLines()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        page.step(event, element)
    page.flush()
    check_lines(len(page.lines), name)
    extracted = _parted(page, _hints(root, text))
    extracted.dropped.extend(comments)
    return extracted


def _comments(text: str, name: str) -> list[Dropped]:
    """The comments of a page that hold Chinese words; those of its machinery are no text.

    Raises for a tag with very many attributes: the parser takes quadratic time over them.
    """
    out: list[Dropped] = []
    at = counted = 0
    line = 1
    while (found := _TAG.search(text, at)) is not None:
        at = found.end()
        if found[0] == "<!--" or found[1] in ("script", "style"):
            end = text.find("-->" if found[0] == "<!--" else f"</{found[1]}", at)
            if found[0] == "<!--" and end > 0 and _HAN.search(text, at, end):
                line += text.count("\n", counted, found.start())
                counted = found.start()
                out.append(Dropped(text[found.start() : end + 3], Place(line), "comment"))
            at = end if end > 0 else len(text)
            continue
        for count in range(MOST_ATTRIBUTES + 1):
            attribute = _ATTRIBUTE.match(text, at)
            if attribute is None:
                break
            at = attribute.end()
            if count == MOST_ATTRIBUTES:
                raise TrackerError(
                    "unreadable-source",
                    f"无法读取 {name}：网页中有一个标签的属性多于 {MOST_ATTRIBUTES} 个",
                    "把正文另存为文本再读取",
                )
    return out


def _parted(page: PageLines, hints: Hints) -> Extracted:
    """The lines of the article, and those around it as dropped."""
    inside = bytearray(len(page.lines))
    for start, stop in _article(page):
        inside[start:stop] = b"\x01" * (stop - start)
    kept = []
    dropped = page.set_aside
    for within, line in zip(inside, page.lines, strict=True):
        if line.apart is None and (within or line.heading):
            kept.append(line)
        else:
            found = Dropped(line.text, line.place, line.apart or "page-furniture")
            dropped.append((line.order, found))
    dropped.sort(key=itemgetter(0))
    lines, places = [line.text for line in kept], [line.place for line in kept]
    out = [found for _, found in dropped]
    return Extracted("html", lines, places, out, page.rewrites, hints)


def _article(page: PageLines) -> list[tuple[int, int]]:
    """Which lines of the page are its article, as ranges.

    Of the elements with a known name it is the one that holds the most articles (条) of the law,
    or, where there are none, the first that is long enough. Where articles stand outside, it is all
    elements of that name, and where this does not do, the nearest element around them. Without a
    known name, or with articles only elsewhere, it is the whole page.

    Before: <div class="content">政策…</div><div class="content">第一条…</div>
    After:  第一条…
    """
    whole = [(0, len(page.lines))]
    numbers = [line.apart is None and BEGINS.match(line.text) for line in page.lines]
    articles = list(accumulate(map(bool, numbers), initial=0))
    letters = list(accumulate((len(line.text) for line in page.lines), initial=0))
    named: dict[int, list[tuple[int, int]]] = {}
    best, most = None, -1
    ranked = ((rank, e) for e in page.spans if (rank := _rank(e)) is not None)
    for rank, element in sorted(ranked, key=itemgetter(0)):
        start, stop = page.range_of(element)
        if letters[stop] - letters[start] >= SHORTEST_ARTICLE:
            named.setdefault(rank, []).append((start, stop))
            if articles[stop] - articles[start] > most:
                best, most = element, articles[stop] - articles[start]
    if best is None or (most == 0 and articles[-1]):
        return whole
    wanted = {found[1] for found in numbers if found}

    def holds(ranges: list[tuple[int, int]]) -> bool:
        lines = {n for start, stop in ranges for n in range(start, stop)}
        return wanted <= {found[1] for n in lines if (found := numbers[n])}

    alike = named[_rank(best) or 0]
    if holds([page.range_of(best)]) or not holds(alike):
        while best is not None and not holds([page.range_of(best)]):
            best = best.getparent()
        return whole if best is None else [page.range_of(best)]
    return alike


def _rank(element: Any) -> int | None:
    rank = _RANK.get(("id", element.get("id") or ""))
    ranks = [_RANK.get(("class", name)) for name in (element.get("class") or "").split()]
    return min((r for r in (rank, *ranks) if r is not None), default=None)


def _hints(root: Any, text: str) -> Hints:
    metas = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    title = metas.get("articletitle") or metas.get("og:title") or _title_of_page(root)
    published = None
    day = _DAY.match(metas.get("pubdate", "") or metas.get("publishdate", ""))
    if day:
        try:
            published = date(*map(int, day.groups()))
        except ValueError:
            published = None
    stamp = _TIME.search(text[:400_000])
    if published is None and stamp:
        published = (datetime.fromtimestamp(int(stamp[1]), UTC) + _CHINA).date()
    return Hints(title=title, published=published)


def _title_of_page(root: Any) -> str | None:
    """某市条例_某市人民政府 → 某市条例, where that reads like the title of a law.

    关于《某市条例（草案）》公开征求意见的公告 → 某市条例（草案）
    """
    title = next((t.text for t in root.iter("title") if t.text), "")
    title = _BEFORE_SITE.split(" ".join(title.split()))[0].strip()
    named = _CALLED.match(title)
    title = named[1] if named else title
    return title if is_title(title) else None
