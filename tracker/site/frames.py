"""Pages of laws put into the frame that the theme makes: built once, filled in for each page.

Floor 5. Of two pages of laws everything that the theme makes is the same but for the words of their
front matter and their addresses. So MkDocs builds one page of each form, a frame, with marks where
these stand, and every page of that form is the frame with its own words: the bytes are those that
MkDocs gives for the page itself, as a test holds, in a hundredth of the time and of the memory.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tracker.render.pages.html import EMPTY, Page, tag

__all__ = [
    "FRAMES", "Cut", "Frame", "Sheet", "fill", "fill_words", "frames_for", "joined", "read_sheet",
    "sheet_of", "usual_forms",
]  # fmt: skip

_FRONT: Final = re.compile(r"---\n(.*?)\n---\n\n", re.DOTALL)
_WORDS: Final = re.compile(r'^([a-z]+): ("(?:[^"\\]|\\.)*")$', re.MULTILINE)
_LAW, _MARK, _BODY = "law-frame-{}", "frame{}mark{}", "<{1}>frame{0}body</{1}>"
FRAMES: Final = "laws/law-frame-"
"""How the addresses of frames begin, but for the page of all laws."""

_EXCLUDED: Final = "search:\n  exclude: true"
_INDEX: Final = "index"  # instead of a depth: the page of all laws, the only one of its form
_FOR_SEARCH: Final = re.compile(rb"data-search-\w+=\"[^\"]+\"")
_FRONT_END: Final = b"\n---\n\n"
_URL, _ID, _HTML = "/url", "/law", "/html"  # what else is filled in; no word has such a name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it lies under ``laws/``: the law, the folders below it, its front matter, its HTML.

    `words` are the values of the front matter that are text, by their names, but addresses inside
    the law's own folder, which are part of `form`: its depth, whether it has a title of its own
    (the theme gives one to a page that has not), and its front matter with marks. The page of all
    laws has no `law_id`; it is its own frame.
    """

    law_id: str
    rest: tuple[str, ...]
    form: str
    words: Mapping[str, str]
    body: str

    @property
    def url(self) -> str:
        """The address of the page from ``laws/``, as MkDocs writes it: @ in a name is ``%40``."""
        return quote("/".join((self.law_id, *self.rest, ""))) if self.law_id else ""

    @property
    def searchable(self) -> bool:
        """Whether the search finds the page."""
        return _EXCLUDED not in self.form


@dataclass(frozen=True, slots=True)
class Frame:
    """The page that stands for all pages of a form: its number, its address from ``laws/``, which
    is empty for that of the page of all laws."""

    number: int
    form: str
    url: str

    @property
    def name(self) -> str:
        """Where the frame is built, from the root of the site."""
        return f"laws/{self.url}index.html"

    @property
    def law(self) -> str:
        """The name that stands where the id of the law will."""
        return _LAW.format(self.number)

    @property
    def source(self) -> str:
        """The Markdown of the frame, which the search must not find."""
        marked = self.form.partition("\n")[2].replace("{law}", self.law)
        front = re.sub(r"\{(\w+)\}", lambda m: _MARK.format(self.number, m[1]), marked)
        hidden = front if _EXCLUDED in front else f"{front}\n{_EXCLUDED}"
        return f"---\n{hidden}\n---\n\n{self.body}\n"

    @property
    def body(self) -> str:
        """What stands where the HTML of the page will."""
        return _BODY.format(self.number, self.form.split("\n")[0].split(" ")[1])


def read_sheet(path: Path, law_id: str, rest: tuple[str, ...]) -> Sheet:
    """The page at `path`. Raises ValueError where it is none of ours."""
    return sheet_of(path.read_text(encoding="utf-8"), law_id, rest)


def sheet_of(text: str, law_id: str, rest: tuple[str, ...]) -> Sheet:
    """The page whose source is `text`. Raises ValueError where it is none of ours."""
    front = _FRONT.match(text)
    if front is None:
        raise ValueError(f"no front matter: {law_id} {rest}")
    words: dict[str, str] = {}

    def mark(match: re.Match[str]) -> str:
        name, value = match[1], json.loads(match[2])
        inside = f"laws/{law_id}/"
        if law_id and value.startswith(inside):
            return f"{name}: {json.dumps('laws/{law}/' + value.removeprefix(inside))}"
        if html.escape(value) != value and (law_id or name != "excerpt"):
            raise ValueError(f"{name} is not inert: {law_id} {rest}")
        words[name] = value
        return f'{name}: "{{{name}}}"'

    body = text[front.end() :]
    title = "h1" if "<h1" in body else "div"
    form = f"{len(rest) if law_id else _INDEX} {title}\n{_WORDS.sub(mark, front[1])}"
    return Sheet(law_id, rest, form, words, body)


def usual_forms() -> frozenset[str]:
    """The forms of the pages of laws with and without a day, of the search, of the list of laws.

    Others turn up where a version was corrected, or no law has a day: see `Page`.
    """
    title, feed, day = tag("h1"), "laws/law/feed.xml", "2000-01-01"
    pages = [
        Page("", "", title, excerpt=EMPTY, updated=day),
        Page("law", "", title),
    ]
    for updated in (day, None):
        pages += [
            Page("law", "", title, indexed=True, updated=updated, feed=feed),
            Page("law/page", "", title, updated=updated, feed=feed),
            Page("law/page/page", "", title, updated=updated, feed=feed),
            Page("law/page/page", "", title, updated=updated, atom="page.xml"),
        ]
    forms = set()
    for page in pages:
        law_id, *rest = page.path.split("/")
        forms.add(sheet_of(page.source(), law_id, tuple(rest)).form)
    return frozenset(forms)


def joined(forms: Iterable[str], newer: Iterable[str]) -> frozenset[str]:
    """All these forms; that of the list of laws is its own frame, so there is only the newer."""
    added = frozenset(newer)
    own = any(form.startswith(_INDEX) for form in added)
    return added.union(form for form in forms if not (own and form.startswith(_INDEX)))


def frames_for(forms: Iterable[str]) -> dict[str, Frame]:
    """A frame for each form, numbered in the order of the forms."""
    frames = {}
    for number, form in enumerate(sorted(set(forms)), 1):
        depth = form.partition(" ")[0]
        pages = [] if depth == _INDEX else [_LAW.format(number), *["page"] * int(depth), ""]
        frames[form] = Frame(number, form, "/".join(pages))
    return frames


class Cut:
    """A frame as MkDocs built it, cut at its marks once: a page is these pieces and its own words,
    put together as bytes, in a quarter of the time of looking for each mark in the whole."""

    def __init__(self, frame: Frame, built: str, names: Iterable[str]) -> None:
        """`names` are those of the words that every sheet of the form has."""
        marks = {_MARK.format(frame.number, name): name for name in names} | {frame.body: _HTML}
        if frame.url:
            marks |= {frame.url: _URL, frame.law: _ID}
        longest_first = sorted(marks, key=len, reverse=True)  # the id of the law is in its address
        pieces = re.split(f"({'|'.join(map(re.escape, longest_first))})", built)
        self._pieces = [marks[one] if at % 2 else one.encode() for at, one in enumerate(pieces)]

    def filled(self, sheet: Sheet, source: bytes) -> bytes:
        """The page of a sheet whose file has these bytes."""
        text = source[source.index(_FRONT_END) + len(_FRONT_END) :]
        words = {name: value.encode() for name, value in sheet.words.items()}
        words |= {_URL: sheet.url.encode(), _ID: sheet.law_id.encode()}
        # Markdown gives the block of HTML without the line end behind it.
        words[_HTML] = _without_marks(text.removesuffix(b"\n"))
        return b"".join([one if isinstance(one, bytes) else words[one] for one in self._pieces])


def fill(frame: Frame, text: str, sheet: Sheet) -> str:
    """A text in which the marks of a frame stand, with the words and addresses of the sheet."""
    if frame.url:
        text = text.replace(frame.url, sheet.url).replace(frame.law, sheet.law_id)
    return fill_words(frame, text, sheet)


def fill_words(frame: Frame, text: str, sheet: Sheet) -> str:
    """Any text with the words of the sheet where the marks of its frame stand."""
    for name, value in sheet.words.items():
        text = text.replace(_MARK.format(frame.number, name), value)
    return text


def _without_marks(body: bytes) -> bytes:
    """The HTML without what is there for the search only, as its plugin takes it out: the
    attributes, each with the blank before it.

    >>> _without_marks(b'<p data-search-exclude="1" id="a">')
    b'<p id="a">'
    """
    # The plugin's own pattern begins with `\s?`, so that each character of a page is tried; this
    # one jumps from one attribute to the next, in a tenth of the time.
    kept, done = [], 0
    for found in _FOR_SEARCH.finditer(body):
        start = found.start()
        start -= start > done and body[start - 1 : start].isspace()
        kept.append(body[done:start])
        done = found.end()
    return b"".join([*kept, body[done:]])
