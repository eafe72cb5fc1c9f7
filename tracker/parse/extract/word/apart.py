"""The parts of a Word file beside its body: footnotes, comments, headers, which are listed only.

Floor 1. Each of their lines goes to what was dropped, with the line of the body that refers to it
where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tracker.parse.document import Dropped, Place
from tracker.parse.extract.word.account import Account
from tracker.parse.extract.word.inline import TEXTPATH
from tracker.parse.extract.word.ooxml import W, attribute
from tracker.parse.extract.word.package import Package

__all__ = ["list_apart", "words_apart"]

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NOTES: Final = {"footnotes": "footnote", "endnotes": "footnote", "comments": "comment"}
"""Parts of notes, by the kind of their relation, and the reason of what is dropped."""
_REFERENCES: Final = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_MARGINS: Final = {"header": "page-header", "footer": "page-footer"}
_DRAWN: Final = ("chart", "diagramData")
_TEXTS: Final = (W + "t", W + "delText", _A + "t", _C + "v")


def list_apart(package: Package, account: Account) -> list[Dropped]:
    """The lines of the parts that the body refers to, each with its reason."""
    found: list[Dropped] = []
    for _, kind, part in package.related(package.main):
        if kind in _NOTES:
            tree = package.tree(part)
            for note in tree if tree is not None else ():
                key = _REFERENCES[kind], attribute(note, "id") or ""
                place = Place(account.references.get(key, 1))
                found += [Dropped(line, place, _NOTES[kind]) for line in _lines(note)]
        elif kind in _MARGINS:
            found += _once(package.tree(part), _MARGINS[kind], found)
        elif kind == "glossaryDocument":
            found += _once(package.tree(part), "glossary", found)
        elif kind in _DRAWN:
            found += _once(package.tree(part), "picture", found)
    return found


def words_apart(package: Package) -> list[str]:
    """The words of those parts, each line that `list_apart` lists."""
    return [one.text for one in list_apart(package, Account(lambda: 1))]


def _once(tree: Any, reason: str, found: list[Dropped]) -> Iterator[Dropped]:
    """The lines of a part; all sections of a file may have the same header."""
    known = {(one.text, one.reason) for one in found}
    lines = [(line, reason) for line in _lines(tree)] if tree is not None else []
    art = tree.iter(TEXTPATH) if tree is not None else ()
    lines += [(line, "word-art") for one in art if (line := (one.get("string") or "").strip())]
    for line, why in lines:
        if (line, why) not in known:
            known.add((line, why))
            yield Dropped(line, Place(1), why)


def _lines(element: Any) -> Iterator[str]:
    """The words of a tree, a line for each paragraph; tabs and the like are left out."""
    pieces: list[str] = []
    for one in element.iter(W + "p", _A + "p", *_TEXTS):
        if one.tag in (W + "p", _A + "p"):
            if line := "".join(pieces).strip():
                yield line
            pieces.clear()
        else:
            pieces.append(one.text or "")
    if line := "".join(pieces).strip():
        yield line
