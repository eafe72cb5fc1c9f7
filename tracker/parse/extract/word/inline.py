"""What stands inside a paragraph → its text: runs, tabs and breaks, fields, tracked changes.

Floor 1, for `body`. Text that is not shown goes to the account with its reason. Field codes are not
carried out and nothing that they or links name is fetched: the result that Word stored is the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from tracker.parse.document import Tracked
from tracker.parse.extract.page_lines import RAISED
from tracker.parse.extract.word.account import Account
from tracker.parse.extract.word.ooxml import MC, W, attribute, is_on, value
from tracker.parse.extract.word.revisions import GONE, properties_of
from tracker.parse.extract.word.styles import Styles

__all__ = ["TEXTPATH", "Inline", "words_of"]

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
TEXTPATH: Final = _V + "textpath"
"""Letters drawn along a line: watermarks and WordArt; their words are in an attribute."""
_BOX: Final = W + "txbxContent"
_PROPERTIES: Final = frozenset(
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr")
)
_TEXTS: Final = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}  # fmt: skip
"""Elements that stand for a sign; a soft hyphen is removed, and counted, as in any text."""
_NOTES: Final = frozenset(
    W + name for name in ("footnoteReference", "endnoteReference", "commentReference")
)
_PICTURES: Final = frozenset(W + name for name in ("drawing", "pict", "object"))
_CODE: Final = re.compile(r"[0-9A-Fa-f]{1,5}")
_CONTENTS: Final = re.compile(r"\s*TOC\b", re.IGNORECASE)
_UNSTORED: Final = re.compile(r"\s*(?:AUTONUM(?:LGL|OUT)?|LISTNUM)\b", re.IGNORECASE)
"""Fields that number and whose result Word stores nowhere."""


class Inline:
    """Reads what is inside paragraphs; its text gathers in `pieces` until it is taken."""

    def __init__(self, styles: Styles, view: Tracked | None, account: Account) -> None:
        self.pieces: list[str] = []
        self.boxes: list[tuple[Any, str | None]] = []  # text boxes met, read after the paragraph
        self._styles, self._account, self._view = styles, account, view
        self._gone = GONE[view] if view else {}
        self._style: str | None = None
        self._fields: list[tuple[bool, list[str]]] = []  # open fields: still in the code, the code
        self._in_code = self._contents = 0  # how many are in their code; have entries of contents
        self._readers: dict[str, Callable[[Any, str | None], None]] = {
            W + "r": self._run,
            W + "t": self._text,
            W + "delText": self._deleted,
            W + "instrText": self._instruction,
            W + "delInstrText": self._instruction,
            W + "fldChar": self._field,
            W + "fldSimple": self._simple_field,
            W + "sym": self._symbol,
            W + "ruby": self._ruby,
            _M + "oMath": self._formula,
            _M + "t": self._formula_text,
            TEXTPATH: self._drawn_letters,
            _A + "t": self._drawn,
            _BOX: self._box,
            MC + "AlternateContent": self._alternate,
            W + "subDoc": self._sub_document,
        }
        self._readers.update(dict.fromkeys(_TEXTS, self._sign))
        self._readers.update(dict.fromkeys(_NOTES, self._note))
        self._readers.update(dict.fromkeys(_PICTURES, self._picture))

    def reads(self, tag: str) -> bool:
        """Whether an element is one that stands inside paragraphs."""
        return tag in self._readers

    def read(self, paragraph: Any, style: str | None, away: str | None) -> None:
        """Add the text of a paragraph; `away` is why none of it is kept."""
        self._style = style
        self._walk(paragraph, away)

    def take(self) -> str:
        """The text gathered so far, which is gathered no longer."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text

    def finish(self) -> None:
        """The file ends: what is left of fields that do not end is listed."""
        while self._fields:
            in_code, code = self._fields.pop()
            self._end_field("".join(code), in_code, None)

    def _walk(self, parent: Any, away: str | None) -> None:
        for element in parent:
            tag = element.tag
            if tag in _PROPERTIES:
                continue
            if tag in self._gone:
                self._walk(element, away or self._gone[tag])
                continue
            read = self._readers.get(tag)
            if read is None:
                self._walk(element, away)
            else:
                read(element, away)

    def _add(self, text: str, away: str | None) -> None:
        if away is None and self._in_code:
            away = "field-code"
        if away is None:
            self.pieces.append(text)
            self._account.kept()
        else:
            self._account.drop(text, away)

    def _run(self, run: Any, away: str | None) -> None:
        properties = properties_of(run, "rPr", self._view)
        if away is None and (properties is not None or self._style is not None):
            away = self._unseen(properties)
        if properties is not None and away is None:
            raised = RAISED.get(_SCRIPTS.get(value(properties, "vertAlign") or "", ""))
            if raised is not None and self._raise(run, raised):
                return
        self._walk(run, away)

    def _unseen(self, properties: Any) -> str | None:
        """Why the text of a run is not part of the text, if it is not."""
        run_style = value(properties, "rStyle")
        hidden = self._styles.is_on("vanish", self._style, run_style, properties)
        if hidden or is_on(properties, "specVanish"):
            return "hidden"
        struck = self._styles.is_on("strike", self._style, run_style, properties)
        return "struck-out" if struck or is_on(properties, "dstrike") else None

    def _raise(self, run: Any, raised: dict[int, int]) -> bool:
        """m2 with the 2 raised → m²; whether all signs of the run have such a form."""
        texts = [one for one in run if one.tag not in _PROPERTIES]
        text = "".join(one.text or "" for one in texts)
        if not text.strip() or any(one.tag != W + "t" for one in texts):
            return False
        if not all(ord(char) in raised for char in text.strip()):
            return False
        self._account.count("raised")
        self._add(text.strip().translate(raised), None)
        return True

    def _text(self, element: Any, away: str | None) -> None:
        text = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        if text:
            self._add(text.replace("\n", " "), away)
        self._walk(element, away)

    def _deleted(self, element: Any, away: str | None) -> None:
        if self._view is Tracked.FINAL or self._view is None:
            away = away or "tracked-deletion"
        self._add(element.text or "", away)
        self._walk(element, away)

    def _sign(self, element: Any, away: str | None) -> None:
        if away is not None:
            return
        text = _TEXTS[element.tag]
        if text == "\t" and self._in_contents():
            text = " "  # before the number of a page: the line is no row of a table
        self._add(text, None)

    def _in_contents(self) -> bool:
        """Whether this is a contents page that Word made: a field TOC, or the style of entries."""
        return self._contents > 0 or self._styles.is_contents(self._style)

    def _symbol(self, element: Any, away: str | None) -> None:
        """A sign of a font of symbols, by its number; the private-use sign it is stands for it."""
        code = attribute(element, "char") or ""
        if _CODE.fullmatch(code) and 0x20 <= (number := int(code, 16)) <= 0x10FFFF:
            self._add(chr(number), away)

    def _field(self, element: Any, away: str | None) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append((True, []))
            self._in_code += 1
        elif kind == "separate" and self._fields:
            in_code, code = self._fields[-1]
            self._fields[-1] = False, code
            self._in_code -= in_code
            self._contents += in_code and _is_contents(code)
        elif kind == "end" and self._fields:
            in_code, code = self._fields.pop()
            self._in_code -= in_code
            self._contents -= not in_code and _is_contents(code)
            self._end_field("".join(code), in_code, away)

    def _end_field(self, code: str, unstored: bool, away: str | None) -> None:
        self._account.drop(code.strip(), "field-code")
        if unstored and away is None and _UNSTORED.match(code):
            self._account.tell("field")

    def _simple_field(self, element: Any, away: str | None) -> None:
        self._account.drop((attribute(element, "instr") or "").strip(), "field-code")
        self._walk(element, away)

    def _instruction(self, element: Any, _: str | None) -> None:
        text = element.text or ""
        if self._fields and self._fields[-1][0]:
            self._fields[-1][1].append(text)
        else:
            self._account.drop(text.strip(), "field-code")

    def _ruby(self, element: Any, away: str | None) -> None:
        for part in element:
            self._walk(part, away or ("ruby" if part.tag == W + "rt" else None))

    def _formula(self, element: Any, away: str | None) -> None:
        if next(element.iter(_M + "t"), None) is not None:
            self._account.tell("formula", away)
        self._walk(element, away)

    def _formula_text(self, element: Any, away: str | None) -> None:
        if next(element.iterancestors(_M + "oMath"), None) is None:
            self._account.tell("formula", away)
        self._add(element.text or "", away)

    def _drawn_letters(self, element: Any, away: str | None) -> None:
        self._account.drop(element.get("string") or "", away or "word-art")
        self._walk(element, away)

    def _drawn(self, element: Any, away: str | None) -> None:
        self._account.drop(element.text or "", away or "picture")

    def _note(self, element: Any, _: str | None) -> None:
        kind = element.tag[len(W) : -len("Reference")]
        self._account.refer(kind, attribute(element, "id") or "")

    def _picture(self, element: Any, away: str | None) -> None:
        holds_box = next(element.iter(_BOX), None) is not None
        if element.tag == W + "object":
            self._account.tell("embedded", away)
        elif not holds_box or next(element.iter(_A + "blip", _V + "imagedata"), None) is not None:
            self._account.tell("picture", away)
        self._walk(element, away)

    def _box(self, element: Any, away: str | None) -> None:
        self.boxes.append((element, away))

    def _sub_document(self, _: Any, away: str | None) -> None:
        self._account.tell("embedded", away)

    def _alternate(self, element: Any, away: str | None) -> None:
        """Two forms of one thing, for new programs and for old ones: the first is read. Where the
        words of the other are not the same, they are listed."""
        choices = element.findall(MC + "Choice") or element.findall(MC + "Fallback")
        if not choices:
            return
        self._walk(choices[0], away)
        for other in _others(element, choices):
            self._account.drop(_words(other), "alternate")


def _is_contents(code: Sequence[str]) -> bool:
    return _CONTENTS.match("".join(code)) is not None


_SCRIPTS: Final = {"superscript": "sup", "subscript": "sub"}
_WORDS: Final = frozenset(
    (W + "t", W + "delText", W + "instrText", W + "delInstrText", _A + "t", _M + "t")
)


def _words(element: Any) -> str:
    found = element.iter(W + "t", W + "delText", _A + "t", TEXTPATH)
    return "".join((one.get("string") if one.tag == TEXTPATH else one.text) or "" for one in found)


def words_of(element: Any) -> Iterator[str]:
    """All words below an element, shown or not, in no other way than as they stand there.

    What reading keeps and lists is held against it.
    """
    for child in element:
        tag = child.tag
        if tag in _PROPERTIES:
            continue
        if tag == MC + "AlternateContent":
            choices = child.findall(MC + "Choice") or child.findall(MC + "Fallback")
            for choice in choices[:1]:
                yield from words_of(choice)
            yield from (_words(other) for other in _others(child, choices))
        elif tag in _WORDS:
            yield child.text or ""
        elif tag == TEXTPATH:
            yield child.get("string") or ""
        elif tag == W + "fldSimple":
            yield attribute(child, "instr") or ""
            yield from words_of(child)
        else:
            yield from words_of(child)


def _others(alternate: Any, choices: Sequence[Any]) -> list[Any]:
    """The forms that are not read and hold other words than the one that is."""
    if not choices:
        return []
    read = _words(choices[0])
    return [one for one in alternate if one is not choices[0] and _words(one) != read]
