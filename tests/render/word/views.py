"""A small reader of tracked changes: the paragraphs with all of them accepted, or rejected."""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.etree import ElementTree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE: Final = {"new": {f"{W}del", f"{W}moveFrom"}, "old": {f"{W}ins", f"{W}moveTo"}}


def part(file: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    """A part of the package."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return ElementTree.fromstring(package.read(name))


def view(file: bytes, side: str) -> list[tuple[str, str]]:
    """Style and text of each paragraph: `side` is ``new`` (all accepted) or ``old`` (rejected).

    A paragraph whose mark went is one with the next, whose mark, and so whose style, stays.
    """
    body = part(file).find(f"{W}body")
    assert body is not None
    out: list[tuple[str, str]] = []
    text = ""
    for element in body.iter(f"{W}p"):
        text += _text(element, _GONE[side])
        marks = element.find(f"{W}pPr/{W}rPr")
        if marks is None or not any(one.tag in _GONE[side] for one in marks):
            out.append((_style(element, side), text))
            text = ""
    assert not text, "the last paragraph mark of a document stays"
    return out


def lines(file: bytes, side: str) -> list[str]:
    """The text of each paragraph."""
    return [text for _, text in view(file, side)]


def marked(file: bytes) -> str:
    """All of it: ``[-gone-]``, ``{+come+}``, ``<-moved away->``, ``<+moved here+>``, ¶ for a
    paragraph mark."""
    signs = {"del": "[-{}-]", "ins": "{{+{}+}}", "moveFrom": "<-{}->", "moveTo": "<+{}+>"}
    out = ""
    for element in part(file).iter(f"{W}p"):
        for child in element:
            if child.tag != f"{W}pPr" and (text := _text(child, set())):
                out += signs.get(child.tag.removeprefix(W), "{}").format(text)
        mark = element.find(f"{W}pPr/{W}rPr")
        tag = mark[0].tag.removeprefix(W) if mark is not None else ""
        out += signs.get(tag, "{}").format("¶") + "\n"
    return out


def said(file: bytes) -> list[str]:
    """The comments, in their order, each with its paragraphs as lines."""
    found = part(file, "word/comments.xml").iter(f"{W}comment")
    return ["\n".join(_text(p, set()) for p in one.iter(f"{W}p")) for one in found]


def _text(element: ElementTree.Element, gone: set[str]) -> str:
    if element.tag in gone:
        return ""
    if element.tag in (f"{W}t", f"{W}delText"):
        return element.text or ""
    if element.tag == f"{W}tab":
        return "\t"
    return "".join(_text(child, gone) for child in element if child.tag != f"{W}pPr")


def _style(element: ElementTree.Element, side: str) -> str:
    before = element.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle")
    now = element.find(f"{W}pPr/{W}pStyle")
    style = before if side == "old" and before is not None else now
    assert style is not None
    return style.get(f"{W}val", "")
