"""A PDF → its characters with their places, as JSON: what runs in a process of its own.

Floor 1, beside the way: `run` starts this file as a script, with nothing of the program loaded.
PDFium is native code that meets hostile bytes, so this process gives up what it does not need
before it looks at them: no file or socket can be opened, memory and time are limited.
Bytes come on stdin, one JSON object goes to stdout, and the exit code is always 0 unless killed.
"""

from __future__ import annotations

import codecs
import ctypes
import json
import re
import sys
from contextlib import suppress
from math import hypot
from typing import Any, Final

MOST_PAGES: Final = 2_000
MOST_CHARACTERS: Final = 5_000_000
MOST_OBJECTS: Final = 400_000
"""Drawn objects of a file that are looked at; a page that Chromium prints has one a character."""
DEEPEST: Final = 4
"""Forms in forms that are looked into for drawn lines."""
FARTHEST: Final = 1e5
"""Points from which a place is none: the largest page there is has 14,400."""
GAP: Final = 0.7
"""Of an em: a wider gap ends a span. Justified text spreads its characters by a third at most."""
NARROW: Final = 0.15
"""Of an em, by which the gap behind a mark (第三条 证据) is wider than those in it where a narrow
blank, of 0.2 to 0.3, is printed; justified text spreads all gaps alike."""
SHIFT: Final = 0.2
"""Of an em, by which the baseline of a span may vary."""
THIN: Final = 2.5
"""Points that a drawn line is thick at most; those of tables have 0.5 to 1.5."""

STRUCK, INVISIBLE, TURNED, OUTSIDE = 1, 2, 4, 8

_MARK: Final = re.compile(r"第[0-9一二三四五六七八九十百千零〇两]{1,9}[编章节条]")
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # kinds of page objects
_PASSWORD, _STRIKE_OUT = 4, 12
_STROKE, _INVISIBLE_MODE, _UNSEEN_STROKE = 1, 3, 5  # ways to render text
_NOTHING: Final = 0.1  # points below which nothing is seen
_TOLD: Final = frozenset({1, 3, 9, 10, 11, 12})
"""Kinds of annotations whose words are kept in the ledger: notes, free text and marks of text."""

__all__ = [
    "GAP", "INVISIBLE", "MOST_CHARACTERS", "MOST_PAGES", "OUTSIDE", "STRUCK", "TURNED", "Page",
    "Reader", "RefusedError", "give_up_rights", "main",
]  # fmt: skip


class RefusedError(Exception):
    """Why there is no result; its word goes to the caller, who has the sentence for it."""


def give_up_rights(seconds: int, memory: int) -> None:
    """Limits for the rest of this process: seconds of a core, bytes of address space, and nothing
    to open. Systems without such limits have the caller's timeout only."""
    try:
        import resource
    except ImportError:  # Windows
        return
    # No file descriptor is given any more: nothing can be opened, read, written or connected to.
    for name, limit in (
        ("RLIMIT_CPU", seconds), ("RLIMIT_AS", memory), ("RLIMIT_NOFILE", 0),
        ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_NPROC", 0),
    ):  # fmt: skip
        with suppress(AttributeError, ValueError, OSError):  # macOS has none of address space
            resource.setrlimit(getattr(resource, name), (limit, limit))


class Reader:
    """One document; `api` are the functions of PDFium."""

    def __init__(self, api: Any, data: bytes) -> None:
        self.api, self._data = api, data
        self.left, self.characters = MOST_OBJECTS, 0
        api.FPDF_InitLibrary()
        self.document = api.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.document:
            raise RefusedError("password" if api.FPDF_GetLastError() == _PASSWORD else "broken")

    def read(self) -> dict[str, Any]:
        """All pages, and the names of attached files."""
        count = self.api.FPDF_GetPageCount(self.document)
        if not 0 < count <= MOST_PAGES:
            raise RefusedError(f"pages {count}" if count > 0 else "broken")
        pages = [self._page(number) for number in range(count)]
        return {"pages": pages, "files": self._files()}

    def _page(self, number: int) -> dict[str, Any] | None:
        """A page; None where PDFium cannot make one of it."""
        if not (page := self.api.FPDF_LoadPage(self.document, number)):
            return None
        try:
            return Page(self, page).read()
        finally:
            self.api.FPDF_ClosePage(page)

    def count(self, characters: int) -> None:
        """Add to the characters met; RefusedError where they are too many."""
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            raise RefusedError(f"characters {self.characters}")

    def _files(self) -> list[str]:
        count = min(self.api.FPDFDoc_GetAttachmentCount(self.document), 100)
        found = [self.api.FPDFDoc_GetAttachment(self.document, n) for n in range(count)]
        return [self.words(self.api.FPDFAttachment_GetName, file) for file in found if file]

    def words(self, get: Any, *of: Any) -> str:
        """A text that PDFium writes into a buffer as UTF-16."""
        size = get(*of, None, 0)
        if not 2 < size < 200_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        get(*of, ctypes.cast(buffer, ctypes.POINTER(self.api.FPDF_WCHAR)), size)
        return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")


class Page:
    """One page: spans of characters, drawn lines, how much of it pictures cover."""

    def __init__(self, reader: Reader, page: Any) -> None:
        self.reader, self.api, self.page = reader, reader.api, page
        self.width = self.api.FPDF_GetPageWidthF(page)
        self.height = self.api.FPDF_GetPageHeightF(page)
        self.turn = self.api.FPDFPage_GetRotation(page) % 4
        box = self.api.FS_RECTF()
        if not self.api.FPDF_GetPageBoundingBox(page, box):
            box.left, box.bottom, box.right, box.top = 0, 0, self.width, self.height
        self.box = (box.left, box.bottom, box.right, box.top)
        self.rules: list[tuple[float, float, float, float]] = []
        self.pictures, self.drawn, self.has_invisible = 0.0, 0, False

    def read(self) -> dict[str, Any]:
        """What the caller is told of the page."""
        api = self.api
        self._objects(
            api.FPDFPage_CountObjects(self.page),
            lambda n: api.FPDFPage_GetObject(self.page, n), (1, 0, 0, 1, 0, 0), 0,
        )  # fmt: skip
        notes, struck = self._annotations()
        area = max(self.width * self.height, 1)
        return {
            "size": [round(self.width, 1), round(self.height, 1)],
            "spans": self._spans(struck),
            "rules": [[round(value, 1) for value in rule] for rule in self.rules],
            "pictures": round(self.pictures / area, 2),
            "drawn": self.drawn,
            "notes": notes,
        }

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """A point as the page is seen: turned upright, from its lower left corner."""
        left, bottom, right, top = self.box
        one, other = (x - left, y - bottom), (right - x, top - y)
        return (one, (one[1], other[0]), other, (other[1], one[0]))[self.turn]

    def _objects(self, count: int, get: Any, within: tuple[float, ...], depth: int) -> None:
        api = self.api
        for number in range(count):
            self.reader.left -= 1
            if self.reader.left < 0:
                return
            thing = get(number)
            kind = api.FPDFPageObj_GetType(thing)
            if kind == _TEXT:
                self._written(thing)
            elif kind == _FORM and depth < DEEPEST:
                self._form(thing, within, depth)
            elif kind in (_PATH, _IMAGE):
                self._drawn(thing, kind, within)

    def _written(self, thing: Any) -> None:
        """A text: whether it is invisible, and that it is not left out. PDFium reads no text that
        is nothing wide, which one character is whose font is not in the file: with a stroke it has
        a width, once it is worked out anew."""
        api, sides = self.api, [ctypes.c_float() for _ in range(4)]
        mode = api.FPDFTextObj_GetTextRenderMode(thing)
        self.has_invisible = self.has_invisible or mode == _INVISIBLE_MODE
        api.FPDFPageObj_GetBounds(thing, *sides)
        if abs(sides[2].value - sides[0].value) < _NOTHING:
            unseen = mode == _INVISIBLE_MODE
            api.FPDFTextObj_SetTextRenderMode(thing, _UNSEEN_STROKE if unseen else _STROKE)
            api.FPDFPageObj_SetStrokeWidth(thing, 1)
            api.FPDFPageObj_Transform(thing, 1, 0, 0, 1, 0, 0)

    def _form(self, form: Any, within: tuple[float, ...], depth: int) -> None:
        api, m = self.api, self.api.FS_MATRIX()
        if api.FPDFPageObj_GetMatrix(form, m):
            inside = _times((m.a, m.b, m.c, m.d, m.e, m.f), within)
            count = api.FPDFFormObj_CountObjects(form)
            self._objects(count, lambda n: api.FPDFFormObj_GetObject(form, n), inside, depth + 1)

    def _drawn(self, thing: Any, kind: int, within: tuple[float, ...]) -> None:
        corners = [ctypes.c_float() for _ in range(4)]
        if not self.api.FPDFPageObj_GetBounds(thing, *corners):
            return
        left, bottom, right, top = (corner.value for corner in corners)
        a, b, c, d, e, f = within
        one = self._shown(a * left + c * bottom + e, b * left + d * bottom + f)
        other = self._shown(a * right + c * top + e, b * right + d * top + f)
        x0, x1 = sorted((one[0], other[0]))
        y0, y1 = sorted((one[1], other[1]))
        if not -FARTHEST < min(x0, y0) <= max(x1, y1) < FARTHEST:
            return
        if kind == _IMAGE:
            self.pictures += max(x1 - x0, 0) * max(y1 - y0, 0)
            return
        self.drawn += 1
        if x1 - x0 > 4 * THIN and y1 - y0 > 4 * THIN:  # a frame: its four sides
            sides = ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
        else:
            sides = ((x0, y0, x1, y1),)  # type: ignore[assignment]
        for side in sides:
            across, up = side[2] - side[0], side[3] - side[1]
            if min(across, up) <= THIN < max(across, up):
                self.rules.append(side)

    def _annotations(self) -> tuple[list[str], list[tuple[float, float, float, float]]]:
        """The words of notes, and the places that are marked as struck out."""
        api, notes, struck = self.api, [], []
        for number in range(min(api.FPDFPage_GetAnnotCount(self.page), 1000)):
            note = api.FPDFPage_GetAnnot(self.page, number)
            if not note:
                continue
            kind = api.FPDFAnnot_GetSubtype(note)
            if kind in _TOLD:
                words = self.reader.words(api.FPDFAnnot_GetStringValue, note, b"Contents")
                notes.extend([words] if words.strip() else [])
                self.reader.count(len(words))
            box = api.FS_RECTF()
            if kind == _STRIKE_OUT and api.FPDFAnnot_GetRect(note, box):
                one = self._shown(box.left, box.bottom)
                other = self._shown(box.right, box.top)
                middle = (one[1] + other[1]) / 2
                struck.append((min(one[0], other[0]), middle, max(one[0], other[0]), middle))
            api.FPDFPage_CloseAnnot(note)
        return notes, struck

    def _spans(self, struck: list[tuple[float, float, float, float]]) -> list[list[Any]]:
        """[x0, x1, baseline, em, flags, text] of characters that follow one another in a line."""
        api = self.api
        if not (text := api.FPDFText_LoadPage(self.page)):
            return []
        try:
            count = api.FPDFText_CountChars(text)
            self.reader.count(max(count, 0))
            strikes = _Strikes([*self.rules, *struck])
            return _Spans(self, text, strikes).of(count)
        finally:
            api.FPDFText_ClosePage(text)


class _Strikes:
    """Level drawn lines, looked up by their height."""

    def __init__(self, rules: list[tuple[float, float, float, float]]) -> None:
        self._at: dict[int, list[tuple[float, float, float]]] = {}
        for x0, y0, x1, y1 in rules:
            if x1 - x0 > y1 - y0:
                middle = (y0 + y1) / 2
                self._at.setdefault(int(middle), []).append((x0, x1, middle))

    def through(self, x: float, y: float, em: float) -> bool:
        """Whether a line goes through the middle of a sign whose middle is x, baseline y."""
        if not self._at:
            return False
        low, high = y + 0.2 * em, y + 0.58 * em
        return any(
            x0 <= x <= x1 and low <= middle <= high
            for level in range(int(low), int(high) + 1)
            for x0, x1, middle in self._at.get(level, ())
        )


class _Spans:
    """The characters of a page, gathered into spans."""

    def __init__(self, page: Page, text: Any, strikes: _Strikes) -> None:
        self.page, self.text, self.strikes = page, text, strikes
        self.spans: list[list[Any]] = []
        self._span: list[Any] | None = None
        self._space = False  # PDFium sees a space where none is written
        self._high = 0  # the first half of a character beyond U+FFFF
        self._widest = 0.0  # gap of two signs of the span

    def of(self, count: int) -> list[list[Any]]:
        """The spans of so many characters."""
        api, text, page = self.page.api, self.text, self.page
        box, matrix = api.FS_RECTF(), api.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        last, level, em, upright = 0.0, -1.0, 0.0, True
        for n in range(count):
            code = api.FPDFText_GetUnicode(text, n)
            if api.FPDFText_IsGenerated(text, n):
                self._space = self._space or code == 32
                continue
            if api.FPDFText_HasUnicodeMapError(text, n):
                code = 0  # what was told is the number of a glyph
            api.FPDFText_GetLooseCharBox(text, n, box)
            api.FPDFText_GetCharOrigin(text, n, x, y)
            if not (abs(y.value - level) < 0.01 and 0 < x.value - last < 2 * em):
                api.FPDFText_GetMatrix(text, n, matrix)  # else it goes on as the one before
                a, b = matrix.a, matrix.b
                across, up = ((a, b), (b, -a), (-a, -b), (-b, a))[page.turn]  # as it is seen
                em = api.FPDFText_GetFontSize(text, n) * max(hypot(matrix.c, matrix.d), 0.001)
                upright = across > 0 and abs(up) < 0.1 * across
            last, level, flags = x.value, y.value, 0 if upright else TURNED
            if page.has_invisible:
                mode = api.FPDFTextObj_GetTextRenderMode(api.FPDFText_GetTextObject(text, n))
                flags |= INVISIBLE if mode in (_INVISIBLE_MODE, _UNSEEN_STROKE) else 0
            left, base = page._shown(x.value, y.value)
            one, other = page._shown(box.left, box.bottom), page._shown(box.right, box.top)
            right = max(one[0], other[0], left)
            inside, size = -em < left < page.width + em and -em < base < page.height + em, em
            if not inside or em < _NOTHING:
                left, right, base, size, flags = 0.0, 0.0, 0.0, 1.0, flags | OUTSIDE
            right = right if right < FARTHEST else left
            if self.strikes.through((left + right) / 2, base, size):
                flags |= STRUCK
            self._add(self._sign(code), (left, right, base, size), flags)
        for span in self.spans:
            span[:4] = [round(value, 1) for value in span[:4]]
        return self.spans

    def _sign(self, code: int) -> str:
        """The character; what no font explains is U+FFFD, a hyphen at a line's end is one."""
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return ""
        if 0xDC00 <= code < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00
        self._high = 0
        if code in (2, 0xFFFE):
            return "-"
        if code in (9, 10, 13):
            return " "
        return "\ufffd" if code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)

    def _add(self, sign: str, place: tuple[float, float, float, float], flags: int) -> None:
        if not sign:
            return
        left, right, base, em = place
        span = self._span
        goes_on = (
            span is not None
            and span[4] == flags
            and abs(span[2] - base) <= SHIFT * em
            and abs(span[3] - em) <= 0.3 * em
            and -0.5 * em <= left - span[1] <= GAP * em
        )
        if span is None or not goes_on:
            self._span = [left, right, base, em, flags, sign]
            self.spans.append(self._span)
            self._widest = 0.0
        else:
            pair, gap = span[5][-1] + sign, left - span[1]
            blank = self._space and pair.isascii() and pair.isalnum()
            if gap > self._widest + NARROW * em and not pair[1].isspace():
                blank = blank or _MARK.fullmatch(span[5]) is not None
            self._widest = max(self._widest, gap)
            span[5] += " " + sign if blank else sign
            span[1] = max(span[1], right)
        self._space = False


def _times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """What `one` does, then `other`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def main() -> None:
    """Read stdin, answer on stdout: the result, or {"refused": why}. Arguments: seconds, bytes of
    memory, the folders of the library."""
    seconds, memory, *places = sys.argv[1:]
    sys.path.extend(places)
    import pypdfium2_raw

    codecs.lookup("utf-16-le")  # loads it while files can be opened
    data = sys.stdin.buffer.read()
    give_up_rights(int(seconds), int(memory))
    try:
        answer = Reader(pypdfium2_raw, data).read()
    except (RefusedError, MemoryError) as error:
        answer = {"refused": str(error) or "memory"}
    json.dump(answer, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
