"""What the full-text search knows of a law: its current text in units, each with its anchor.

Floor 4. A unit is what a result leads to: an article, a heading, a clause of an outline, an annex.
Its anchor is the one that `pages.text` gives on the page of the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import add
from typing import Any, Final

from tracker.law.address import located_in
from tracker.law.model import Law, Provision, Unit
from tracker.render.pages.story import Story
from tracker.render.pages.words import Anchors, anchor, heading_words, mark, version_words

__all__ = ["END", "Found", "Terms", "fold", "found_law", "terms_of", "text_document", "units"]

END: Final = " "
"""The second half of the term for a character that ends a run: what a search for one needs."""

_FOLD: Final = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i).lower() for i in range(94)}
    | {chr(0x41 + i): chr(0x61 + i) for i in range(26)}
    | dict.fromkeys(" \t\r\u00a0\u3000\u200b\ufeff")
)
_FOLDED: Final = re.compile(f"[{''.join(map(chr, _FOLD))}]")
# search.js folds and cuts in the same way; a test holds the two together.
_RUN: Final = re.compile(
    "[a-z0-9\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"
)
_ALONE: Final = (Unit.ARTICLE, Unit.OUTLINE_1, Unit.OUTLINE_2, Unit.ANNEX, Unit.INTRODUCTION)


@dataclass(slots=True)
class _Piece:
    """A unit while it is put together."""

    anchor: str
    citation: str
    caption: str
    lines: list[str] = field(default_factory=list)

    def data(self) -> list[str]:
        return [self.anchor, self.citation, self.caption, "\n".join(self.lines)]


@dataclass(frozen=True, slots=True)
class Found:
    """A law in the list that the search reads first; `day` is ``""`` where it is not known."""

    law_id: str
    title: str
    aliases: tuple[str, ...]
    version_id: str
    words: str
    day: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a law, two characters each, sorted and run together.

    `named` are those of its captions and headings, `plain` all others.
    """

    named: str
    plain: str


def fold(text: str) -> str:
    """Text as the search compares it: full-width ASCII and capitals as small ASCII, no blanks.

    >>> fold("ＡI　第１２条 ，（一）")
    'ai第12条,(一)'
    """
    # A Chinese text has a few of these characters only: `str.translate`, which looks at each
    # character on its own, takes ten times as long.
    for char in {*_FOLDED.findall(text)}:
        text = text.replace(char, _FOLD[ord(char)] or "")
    return text


def units(law: Law) -> list[list[str]]:
    """The units of a text in its order: anchor, citation, caption, text (a line a paragraph).

    Every word of the law but its title is in one of them.
    """
    walker = _Walker(law)
    for provision in law.body:
        walker.show(provision, None)
    return [piece.data() for piece in walker.pieces]


class _Walker:
    """Walks the tree and the list of addresses in step, and puts the units together."""

    def __init__(self, law: Law) -> None:
        self._places = iter(located_in(law))
        self._anchors = Anchors()
        note = law.enactment_note
        self.pieces = [_Piece("", "题注", "", [note])] if note else []

    def show(self, provision: Provision, inside: _Piece | None) -> None:
        """A provision and all below it, which lies in this unit."""
        address = next(self._places).address
        name = self._anchors.take(anchor(address))
        if provision.unit.is_heading:
            inside = None
            self.pieces.append(_Piece(name, mark(provision), provision.caption or ""))
        elif provision.unit in _ALONE or inside is None:
            citation = mark(provision) or address.citation
            inside = _Piece(name, citation, provision.caption or "")
            self.pieces.append(inside)
            inside.lines += [provision.text] if provision.text else []
        else:
            begin = heading_words(provision) if provision.unit is not Unit.PARAGRAPH else ""
            inside.lines.append(begin + provision.text)
        if provision.responsible and inside is not None:
            inside.lines.append(provision.responsible_words)
        for child in provision.children:
            self.show(child, inside)


def found_law(story: Story) -> Found:
    """The entry of a law."""
    latest, record = story.latest, story.record
    day = latest.day.isoformat() if latest.day else ""
    words = version_words(latest)
    return Found(record.law_id, story.title, record.aliases, latest.version_id, words, day)


def text_document(story: Story) -> dict[str, Any]:
    """``search.json`` beside the page of a law: the units of its current text."""
    return {"version": story.latest.version_id, "units": units(story.latest.law)}


def terms_of(document: dict[str, Any]) -> Terms:
    """The terms of what `text_document` gives."""
    named = _terms(f"{unit[1]}\n{unit[2]}" for unit in document["units"])
    plain = _terms(unit[3] for unit in document["units"])
    return Terms("".join(sorted(named)), "".join(sorted(plain - named)))


def _terms(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for run in set(runs("\n".join(texts))):
        found.update(_pairs(run))
    return found


def runs(text: str) -> Iterator[str]:
    """The runs of Han, letters and digits of a text, folded.

    >>> list(runs("数据，是指ＡI 2。"))
    ['数据', '是指ai2']
    """
    return (match[0] for match in _RUN.finditer(fold(text)))


def _pairs(run: str) -> Iterator[str]:
    """Each two neighbours, and the last one alone.

    >>> list(_pairs("数据法"))
    ['数据', '据法', '法 ']
    """
    return map(add, run, run[1:] + END)
