"""HTML that cannot be broken out of: one escape function, one element builder, one page file.

Floor 4, under every other module of `pages`. A page of the site is a short front matter and one
block of raw HTML. Text from outside (law, title, note, file name, address) reaches it only through
`escape`, so neither the browser nor Markdown nor a template engine finds a mark in it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = [
    "EMPTY", "VARIES", "Html", "Page", "element", "escape", "inert_title", "join", "tag", "varying",
    "void", "web_link",
]  # fmt: skip


class Html(str):
    """Text that is HTML already. Only `escape`, `tag`, `void` and `join` make it."""

    __slots__ = ()


EMPTY: Final = Html("")

# Left as they are: ASCII letters and digits, space, Han, CJK and full-width punctuation.
_LEFT: Final = re.compile(
    "[A-Za-z0-9 \u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U000323af]*"
)
_NONCHARACTERS: Final = range(0xFDD0, 0xFDF0)


class _References(dict[int, str]):
    """What `str.translate` writes for a character; worked out once for each that turns up."""

    def __missing__(self, code: int) -> str:
        self[code] = reference = _reference(code)
        return reference


def _reference(code: int) -> str:
    char = chr(code)
    if _LEFT.fullmatch(char):
        return char
    category = unicodedata.category(char)
    hidden = category in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\n\t"
    if hidden or code in _NONCHARACTERS or code & 0xFFFE == 0xFFFE:
        return f"&#10214;U&#43;{code:04X}&#10215;"
    return f"&#{code};"


_REFERENCES: Final = _References()


@lru_cache(maxsize=8192)
def escape(text: str) -> Html:
    """Any text as HTML that shows it and does nothing else, in an element or a quoted attribute.

    Every character but letters, digits, Han and CJK punctuation becomes a numeric reference.
    Characters that cannot be seen but change how text reads (controls, direction marks, zero
    widths, halves of surrogate pairs) are shown by their code instead, as ⟦U+202E⟧.

    >>> escape("第1条 <b>*应当*</b>")
    '第1条 &#60;b&#62;&#42;应当&#42;&#60;&#47;b&#62;'

    The last few thousand are kept: the pages of a law say the same words many times, its text in
    each version and comparison, which takes a third of the time of escaping them all.
    """
    # Nearly every text of a law is left as it is, and to see that takes a thirtieth of the time.
    return Html(text if _LEFT.fullmatch(text) else text.translate(_REFERENCES))


# What our own names, links and class lists are made of: nothing that ends an attribute.
_OWN: Final = re.compile(r"[A-Za-z0-9_./#?=:,@~% -]*")


@lru_cache(maxsize=4096)  # nearly all are the same few; worked out anew they were half of `tag`
def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    key = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {key}"
    return f' {key}="{_value(value)}"'


@lru_cache(maxsize=4096)
def _value(value: str) -> str:
    return value if _OWN.fullmatch(value) else escape(value)


def tag(name: str, /, *children: Html, **attributes: str | bool | None) -> Html:
    """An element. Attribute values are escaped here; children must be `Html` already.

    ``class_`` is written class, ``data_kinds`` data-kinds; None and False leave one out. Raises
    TypeError for a child that is plain text, so that nothing is forgotten.

    >>> tag("p", escape("a<b"), class_="x", title='"')
    '<p class="x" title="&#34;">a&#60;b</p>'
    """
    for child in children:
        if not isinstance(child, Html):
            raise TypeError(f"not escaped: {child!r}")
    said = "".join([_attribute(*pair) for pair in attributes.items()]) if attributes else ""
    return Html(f"<{name}{said}>{''.join(children)}</{name}>")


def element(name: str, **attributes: str) -> Callable[..., Html]:
    """A kind of element whose attributes are always the same: they are written once.

    For elements that a page has hundreds of; what it gives is what `tag` gives.

    >>> label = element("p", class_="x")
    >>> label(escape("甲"), escape("乙"))
    '<p class="x">甲乙</p>'
    """
    begin, end = tag(name, Html("|"), **attributes).split("|")

    def made(*children: Html) -> Html:
        for child in children:
            if not isinstance(child, Html):
                raise TypeError(f"not escaped: {child!r}")
        return Html(f"{begin}{''.join(children)}{end}")

    return made


VARIES: Final = "~varies~"


def varying(name: str, **attributes: str) -> Callable[..., Html]:
    """The same where one attribute varies, the one given as `VARIES`: its value comes first.

    >>> link = varying("a", href=VARIES, class_="x")
    >>> link("#art-12", escape("第十二条"))
    '<a href="#art-12" class="x">第十二条</a>'
    """
    begin, end = tag(name, Html("|"), **attributes).split("|")
    before, behind = begin.split(VARIES)

    def made(value: str, *children: Html) -> Html:
        for child in children:
            if not isinstance(child, Html):
                raise TypeError(f"not escaped: {child!r}")
        return Html(f"{before}{_value(value)}{behind}{''.join(children)}{end}")

    return made


def void(name: str, /, **attributes: str | bool | None) -> Html:
    """An element without content: ``<input>``, ``<br>``."""
    said = "".join([_attribute(*pair) for pair in attributes.items()])
    return Html(f"<{name}{said}>")


def join(parts: Iterable[Html], between: Html = EMPTY) -> Html:
    """Several pieces as one."""
    return Html(between.join(parts))


def web_link(address: str) -> Html:
    """An address from outside: a link where it is http or https, the mere words otherwise.

    >>> web_link("javascript:alert(1)")
    'javascript&#58;alert&#40;1&#41;'
    """
    if not re.match(r"https?://[^\s]+\Z", address):
        return escape(address)
    return tag("a", escape(address), href=address, rel="noopener noreferrer", class_="tracker-url")


_INERT: Final = re.compile(r"[^A-Za-z0-9 \-（）\u3000-\u303f\u3400-\u9fff\uff01-\uff60·—“”‘’…→]")


def inert_title(text: str) -> str:
    """A title for the places where the theme escapes nothing: window title, header, search.

    ASCII marks become their full-width twins, anything else unusual its code, so that the title
    reads the same and holds no mark of HTML, Markdown or YAML.

    >>> inert_title("</title><script>x(1)")
    '＜／title＞＜script＞x（1）'
    """
    return _INERT.sub(_inert, " ".join(text.split()))


def _inert(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0x21 <= code <= 0x7E:
        return chr(code + 0xFEE0)
    if _LEFT.fullmatch(match[0]) or unicodedata.category(match[0])[0] == "L":
        return match[0]
    return f"〔U＋{code:04X}〕"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: where it lies under ``laws/``, its title, its HTML.

    `path` is the folder of the page (``""`` for the index), with forward slashes. `indexed` says
    whether the search finds it. `updated` is the day of the latest stage it shows (ISO, None
    unknown), for the sitemap; `feed` the Atom feed that tells of changes to it, from the root of
    the site; `atom` one that lies beside the folder of the page, by the name of its file: the page
    of a provision has one. `excerpt` is HTML for the home page of the site, which the theme takes
    from the front matter of the index; its links begin at the home page. `robots` tells search
    engines what to do with a page that they should not list: ``noindex``.
    """

    path: str
    title: str
    body: Html
    indexed: bool = False
    excerpt: Html | None = None
    updated: str | None = None
    feed: str | None = None
    robots: str | None = None
    atom: str | None = None

    @property
    def depth(self) -> int:
        """How many folders below ``laws/`` the page lies."""
        return len(self.path.split("/")) if self.path else 0

    def source(self) -> str:
        """The Markdown file: front matter, then one block of HTML that Markdown passes by."""
        front = [f"title: {json.dumps(inert_title(self.title), ensure_ascii=False)}"]
        front.append("hide:\n  - navigation\n  - toc")
        if not self.indexed:
            front.append("search:\n  exclude: true")
        if self.updated is not None:
            front.append(f"updated: {json.dumps(self.updated)}")
        if self.feed is not None:
            front.append(f"feed: {json.dumps(self.feed)}")
        if self.atom is not None:
            front.append(f"atom: {json.dumps(self.atom)}")
        if self.robots is not None:
            front.append(f"robots: {json.dumps(self.robots)}")
        if self.excerpt is not None:
            front.append(f"excerpt: {json.dumps(str(self.excerpt), ensure_ascii=False)}")
        return "\n".join(["---", *front, "---", "", str(self.body), ""])
