"""Web pages → lines: one line a block, the page's furniture apart.

Floor 1. The page is parsed by lxml and walked without recursion. The article of the page is looked
for by the names that Chinese government sites and WeChat give it; what stands outside it is left
out and listed, a heading (h1) is kept. Nothing is fetched and no tag survives.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from tracker.law.problems import TrackerError
from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted, Hints

__all__ = ["html"]

LARGEST_PAGE: Final = 8 * 1024 * 1024
"""Largest page in characters."""
MOST_ATTRIBUTES: Final = 2_000
"""Attributes of one tag; real pages have less than 50."""
SHORTEST_ARTICLE: Final = 200
"""Characters that the element holding the article must have at least."""

_ROOTS: Final = (
    ("id", "js_content"), ("id", "UCAP-CONTENT"), ("id", "Zoom"), ("id", "zoom"),
    ("class", "TRS_Editor"), ("class", "pages_content"), ("id", "article"), ("id", "content"),
    ("class", "article-content"), ("class", "article"), ("class", "content"),
)  # fmt: skip
_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div",
    "dl", "dt", "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "select", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
))  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "svg", "object", "iframe"})
_TAG: Final = re.compile("<!--|<([a-z]{1,40}+)", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""(?<![\s/])[\s/]*+[^\s=>/][^\s=>/]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?"""
)
_HIDDEN: Final = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_TIME: Final = re.compile(r"""\bct\s{0,4}=\s{0,4}["']([0-9]{10})["']""")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CHINA: Final = timedelta(hours=8)


def html(text: str, name: str) -> Extracted:
    """The lines of a web page. Raises TrackerError ``unreadable-source``."""
    from lxml import etree
    from lxml import html as lxml_html

    if len(text) > LARGEST_PAGE:
        raise TrackerError(
            "unreadable-source", f"无法读取 {name}：网页过大", "请只保存正文部分再读取"
        )
    _refuse_long_tags(text, name)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise TrackerError(
            "unreadable-source", f"无法读取 {name}：网页结构无法解析", "请把正文另存为文本再读取"
        ) from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise TrackerError(
            "unreadable-source",
            f"无法读取 {name}：网页的标签嵌套过深（超过 256 层）",
            "请把正文另存为文本再读取",
        )
    walker = _Walker(_article(root))
    for event, element in etree.iterwalk(root, events=("start", "end")):
        walker.step(event, element)
    walker.flush()
    return Extracted(
        "html", walker.lines, walker.places, walker.dropped, {}, _hints(root, text)
    )  # fmt: skip


def _refuse_long_tags(text: str, name: str) -> None:
    """Raise for a tag with very many attributes: the parser takes quadratic time over them."""
    at = 0
    while (found := _TAG.search(text, at)) is not None:
        at = found.end()
        if found[0] == "<!--" or found[1] in ("script", "style"):
            end = text.find("-->" if found[0] == "<!--" else f"</{found[1]}", at)
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
                    "请把正文另存为文本再读取",
                )


def _article(root: Any) -> Any:
    for attribute, value in _ROOTS:
        if attribute == "id":
            found = root.xpath("//*[@id=$v]", v=value)
        else:
            found = root.xpath(
                "//*[contains(concat(' ', @class, ' '), concat(' ', $v, ' '))]", v=value
            )
        for element in found:
            if len("".join(element.itertext()).strip()) >= SHORTEST_ARTICLE:
                return element
    return None


class _Walker:
    """Text gathered block by block, inside and outside the article."""

    def __init__(self, article: Any) -> None:
        self.article = article
        self.inside = article is None
        self.lines: list[str] = []
        self.places: list[Place] = []
        self.dropped: list[Dropped] = []
        self._pieces: list[str] = []
        self._line = 1
        self._skipping: Any = None
        self._heading = False
        self._in_head = False

    def step(self, event: str, element: Any) -> None:
        """One start or end of an element."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if self._skipping is not None:
            if event == "end" and element is self._skipping:
                self._skipping = None
                self._add(element.tail)
            return
        if event == "start":
            self._start(element, tag)
        else:
            self._end(element, tag)

    def _start(self, element: Any, tag: str) -> None:
        if tag in _SKIPPED or _HIDDEN.search(element.get("style") or ""):
            self._skipping = element
            hidden = tag not in _SKIPPED and _tidy("".join(element.itertext()))
            if hidden:
                self.dropped.append(Dropped(hidden, Place(element.sourceline or 1), "hidden"))
            return
        if tag in _BLOCKS or element is self.article:
            self.flush()
        if element is self.article:
            self.inside = True
        self._heading = self._heading or tag == "h1"
        self._in_head = self._in_head or tag == "head"
        if not self._pieces:
            self._line = element.sourceline or self._line
        self._add(element.text)

    def _end(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS or element is self.article:
            self.flush()
        elif tag in _CELLS and self._pieces:
            self._pieces.append("\t")
        if element is self.article:
            self.inside = False
        if tag == "h1":
            self._heading = False
        if tag == "head":
            self._in_head = False
        self._line = element.sourceline or self._line
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(_WHITE.sub(" ", text))

    def flush(self) -> None:
        """End the line that is being gathered."""
        line = "".join(self._pieces).strip(" \t")
        self._pieces.clear()
        if not line.strip():
            return
        if (self.inside or self._heading) and not self._in_head:
            self.lines.append(line)
            self.places.append(Place(self._line))
        else:
            reason = "page-title" if self._in_head else "page-furniture"
            self.dropped.append(Dropped(line, Place(self._line), reason))


def _tidy(text: str) -> str:
    return _WHITE.sub(" ", text).strip()


def _hints(root: Any, text: str) -> Hints:
    metas = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    title = metas.get("articletitle") or metas.get("og:title") or None
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
