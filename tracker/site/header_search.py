"""What the search in the header of the site knows of the pages of laws: the theme's own entries.

Floor 5, used by the child that runs MkDocs, never imported by the program itself. The entries are
made by the plugin of the theme, from the pages themselves; what it made of a page is remembered.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

__all__ = ["Cutter", "Memory", "entries_of", "look_ahead", "made_by"]

_LEFT_OUT: Final = re.compile('<([a-z]+)(?= )[^<>]* data-search-exclude="1"[^<>]*>')
_NAMED_HEADING: Final = re.compile("<h[1-6] [^<>]*id=")
_IN_LINE: Final = re.compile("</?(?:a|b|rect|small|span|svg|time)(?: [^<>]*)?>")
"""Elements of which the search takes the words alone, and in which no heading is."""
_USUAL: Final = re.compile("[\u4e00-\u9fa5]+")


class Cutter:
    """Stands in for the module `jieba`, which the plugin cuts runs of Han characters with.

    A run is always cut into the same words, and most of a new stage's captions are those of the
    stage before: `cuts` are the known ones. Others are cut by rjieba, which knows the same words:
    of 20,000 runs of the national collection it cut none otherwise, and its dictionary is there in
    a tenth of the time. Where a run holds rare characters, or there is a dictionary of the user,
    jieba itself does it.
    """

    def __init__(self) -> None:
        self.cuts: dict[str, list[str]] = {}
        self._own_words = False

    def cut(self, run: bytes) -> list[str]:
        """The words of a run, as ``jieba.cut`` gives them.

        >>> Cutter().cut("立法进程".encode())
        ['立法', '进程']
        """
        text = run.decode("utf-8")
        if text not in self.cuts:
            if self._own_words or not _USUAL.fullmatch(text):
                self.cuts[text] = list(self._jieba.cut(text))
            else:
                import rjieba

                self.cuts[text] = list(rjieba.cut(text))
        return self.cuts[text]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system looks at `__spec__` of every module
            raise AttributeError(name)
        # The plugin gives it a dictionary of the user: `set_dictionary`, `load_userdict`.
        self._own_words = True
        return getattr(self._jieba, name)

    @cached_property
    def _jieba(self) -> Any:
        import logging

        stands_in = sys.modules.pop("jieba", None)
        import jieba

        if stands_in is not None:
            sys.modules["jieba"] = stands_in
        jieba.setLogLevel(logging.WARNING)
        return jieba


@dataclass
class Memory:
    """What an earlier build made for the search: `pages` their entries by address, `cuts` words.

    `made_by` is what both depend on besides the pages, see there.
    """

    made_by: list[str]
    pages: dict[str, Any] = field(default_factory=dict)
    cuts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, place: Path, made_by: list[str]) -> Memory:
        """The memory at `place`; empty where it was of another program, or is none."""
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
            if found["made_by"] == made_by:
                return cls(made_by, dict(found["pages"]), dict(found["cuts"]))
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls(made_by)

    def write(self, place: Path) -> None:
        """Keep it at `place`."""
        told = {"made_by": self.made_by, "pages": self.pages, "cuts": self.cuts}
        place.write_text(json.dumps(told), encoding="utf-8")


def made_by(config: str, search: Mapping[str, Any]) -> list[str]:
    """What the entries depend on besides the pages: the configuration (a file), the programs, the
    dictionaries that the settings of the search name."""
    named = (search.get(name) for name in ("jieba_dict", "jieba_dict_user"))
    words = [sha256(Path(path).read_bytes()).hexdigest() for path in named if path]
    text = Path(config).read_text(encoding="utf-8")
    return [text, version("mkdocs-material"), version("jieba"), version("rjieba"), *words]


def entries_of(
    pages: Iterable[Mapping[str, Any]], index: Any, memory: Memory
) -> dict[str, list[dict[str, Any]]]:
    """The entries of each page, by its address; what the memory does not know is made.

    `index` is the plugin's own, and left without entries. `pages` tell `url`, `path`, `title` and
    `stat`, by which the memory knows whether a page is as it was.
    """
    memory.pages = now = {page["url"]: _known(page, index, memory) for page in pages}
    index.entries = []
    return {url: entries for url, (_, entries) in now.items()}


def look_ahead(pages: Iterable[Mapping[str, Any]], index: Any, memory: Memory) -> None:
    """Make the entries of some pages that `entries_of` will be asked for."""
    for page in pages:
        memory.pages[page["url"]] = _known(page, index, memory)


def _known(page: Mapping[str, Any], index: Any, memory: Memory) -> Any:
    """What the memory has of a page, or will have."""
    known = memory.pages.get(page["url"])
    if known is not None and known[0] == page["stat"]:
        return known
    index.entries = []
    index.add_entry_from_context(_context(page))
    return [page["stat"], index.entries]


def _context(page: Mapping[str, Any]) -> SimpleNamespace:
    """What the search reads of a page."""
    content = Path(page["path"]).read_text(encoding="utf-8").partition("\n---\n\n")[2]
    return SimpleNamespace(
        meta={"title": page["title"]}, title=page["title"], toc=[], url=page["url"],
        content=_found(content.removesuffix("\n")),
    )  # fmt: skip


def _found(content: str) -> str:
    """The HTML of a page of ours without the elements that the search leaves out anyway, and
    without tags of which it takes no note.

    They are four fifths of the page of a law and half of the tags in the rest, and the search reads
    slowly. What holds a heading with a name stays: the search begins a section there.

    >>> _found('<p>甲</p><nav data-search-exclude="1"><nav>乙</nav></nav><p>丙</p>')
    '<p>甲</p><p>丙</p>'
    >>> _found('<li><a href="#art-1">总则</a> <small>1 条</small></li>')
    '<li>总则 1 条</li>'
    """
    kept, done = [], 0
    for found in _LEFT_OUT.finditer(content):
        if found.start() < done:
            continue
        end = _end_of(content, found)
        if not _NAMED_HEADING.search(content, found.end(), end):
            kept.append(content[done : found.start()])
            done = end
    return _IN_LINE.sub("", "".join([*kept, content[done:]]))


def _end_of(content: str, opening: re.Match[str]) -> int:
    """Where the element ends that is opened there; what we write is well-formed."""
    depth = 1
    for found in re.compile(rf"<(/?){opening[1]}\b[^>]*>").finditer(content, opening.end()):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end()
    return opening.end()
