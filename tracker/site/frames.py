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

__all__ = ["Frame", "Sheet", "fill", "frames_for", "read_sheet"]

_FRONT: Final = re.compile(r"---\n(.*?)\n---\n\n", re.DOTALL)
_WORDS: Final = re.compile(r'^([a-z]+): ("(?:[^"\\]|\\.)*")$', re.MULTILINE)
_LAW, _MARK, _BODY = "law-frame-{}", "frame{}mark{}", "<{1}>frame{0}body</{1}>"
_EXCLUDED: Final = "search:\n  exclude: true"
_FOR_SEARCH: Final = re.compile(r"data-search-\w+=\"[^\"]+\"")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it lies under ``laws/``: the law, the folders below it, its front matter, its HTML.

    `words` are the values of the front matter that are text, by their names, but addresses inside
    the law's own folder, which are part of `form`: its depth, whether it has a title of its own
    (the theme gives one to a page that has not), and its front matter with marks.
    """

    law_id: str
    rest: tuple[str, ...]
    form: str
    words: Mapping[str, str]
    body: str

    @property
    def url(self) -> str:
        """The address of the page from ``laws/``."""
        return "/".join((self.law_id, *self.rest, ""))

    @property
    def searchable(self) -> bool:
        """Whether the search finds the page."""
        return _EXCLUDED not in self.form


@dataclass(frozen=True, slots=True)
class Frame:
    """The page that stands for all pages of a form: its number, its address from ``laws/``."""

    number: int
    form: str
    url: str

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
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    if front is None:
        raise ValueError(f"no front matter: {path}")
    words: dict[str, str] = {}

    def mark(match: re.Match[str]) -> str:
        value = json.loads(match[2])
        inside = f"laws/{law_id}/"
        if value.startswith(inside):
            return f"{match[1]}: {json.dumps('laws/{law}/' + value.removeprefix(inside))}"
        if html.escape(value) != value:
            raise ValueError(f"{match[1]} is not inert: {path}")
        words[match[1]] = value
        return f'{match[1]}: "{{{match[1]}}}"'

    body = text[front.end() :]
    title = "h1" if "<h1" in body else "div"
    form = f"{len(rest)} {title}\n{_WORDS.sub(mark, front[1])}"
    return Sheet(law_id, rest, form, words, body)


def frames_for(forms: Iterable[str]) -> dict[str, Frame]:
    """A frame for each form, numbered in the order of the forms."""
    frames = {}
    for number, form in enumerate(sorted(set(forms)), 1):
        depth = int(form.partition(" ")[0])
        frames[form] = Frame(number, form, "/".join((_LAW.format(number), *["page"] * depth, "")))
    return frames


def fill(frame: Frame, built: str, sheet: Sheet) -> str:
    """The page: the frame as MkDocs built it, with the words and addresses of the sheet."""
    page = built.replace(frame.url, sheet.url).replace(frame.law, sheet.law_id)
    for name, value in sheet.words.items():
        page = page.replace(_MARK.format(frame.number, name), value)
    # Markdown gives the block of HTML without the line end behind it.
    return page.replace(frame.body, _without_marks(sheet.body.removesuffix("\n")))


def _without_marks(body: str) -> str:
    """The HTML without what is there for the search only, as its plugin takes it out: the
    attributes, each with the blank before it.

    >>> _without_marks('<p data-search-exclude="1" id="a">')
    '<p id="a">'
    """
    # The plugin's own pattern begins with `\s?`, so that each character of a page is tried; this
    # one jumps from one attribute to the next, in a tenth of the time.
    kept, done = [], 0
    for found in _FOR_SEARCH.finditer(body):
        start = found.start()
        start -= start > done and body[start - 1].isspace()
        kept.append(body[done:start])
        done = found.end()
    return "".join([*kept, body[done:]])
