"""A PDF writer for tests: characters at places, in one font that names them by a ToUnicode map.

The bytes depend on nothing but what is written. No font file is needed: each character is one em
wide, ASCII half of it, which is all that reading looks at.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 90.0, 506.0, 730.0, 100.0
"""The frame of the text: 26 characters of 16 points."""
EM, PITCH = 16.0, 28.0

_MAY_NOT_BEGIN = "，。；：、！？）》”】"


@dataclass
class Sheet:
    """One page: what its content stream draws, and its annotations as the bodies of objects."""

    size: tuple[float, float] = A4
    turn: int = 0
    content: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, em: float = EM, *, mode: int = 0,
        matrix: tuple[float, float, float, float] = (1, 0, 0, 1),
    ) -> Sheet:  # fmt: skip
        """Words from x on the baseline y; `mode` 3 is invisible."""
        codes = "".join(f"{ord(sign):04X}" for sign in words)
        turned = " ".join(f"{value:g}" for value in matrix)
        self.content.append(f"BT /F {em:g} Tf {mode} Tr {turned} {x:g} {y:g} Tm <{codes}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A thin drawn line."""
        self.content.append(f"0.5 w {x0:g} {y0:g} m {x1:g} {y1:g} l S")
        return self

    def picture(self) -> Sheet:
        """A picture that covers the page, as a scan has."""
        self.content.append(f"q {self.size[0]:g} 0 0 {self.size[1]:g} 0 0 cm /I Do Q")
        return self


def width_of(words: str, em: float = EM) -> float:
    """How wide words are set."""
    return sum(em / 2 if sign.isascii() else em for sign in words)


def centred(sheet: Sheet, y: float, words: str, em: float = EM) -> None:
    """Words in the middle of the frame."""
    sheet.text((LEFT + RIGHT - width_of(words, em)) / 2, y, words, em)


def wrapped(words: str, first: float, rest: float, em: float = EM) -> list[str]:
    """Words cut into lines of these widths, as a printer does: no line begins with a stop."""
    lines, line, room = [], "", first
    for n, sign in enumerate(words):
        wide = width_of(sign, em)
        behind = words[n + 1 : n + 2]
        needs = wide + (width_of(behind, em) if behind and behind in _MAY_NOT_BEGIN else 0)
        if line and width_of(line, em) + needs > room + 0.1:
            lines.append(line)
            line, room = "", rest
        line += sign
    return [*lines, line] if line else lines


def printed(
    paragraphs: Sequence[str], *, head: str = "", number: str = "— {} —", indent: float = 2,
    headings: Sequence[str] = (),
) -> list[Sheet]:  # fmt: skip
    """Paragraphs set as laws are: the first line two ems in, heads and page numbers on each page.

    `headings` are set in the middle of their line.
    """
    sheets: list[Sheet] = []
    y = 0.0

    def sheet() -> Sheet:
        one = Sheet()
        sheets.append(one)
        if head:
            centred(one, 790, head, 9)
        if number:
            centred(one, 45, number.format(len(sheets)), 10)
        return one

    page = sheet()
    y = TOP
    for paragraph in paragraphs:
        if paragraph in headings:
            lines = [paragraph]
        else:
            lines = wrapped(paragraph, RIGHT - LEFT - indent * EM, RIGHT - LEFT)
        for n, line in enumerate(lines):
            if y < BOTTOM:
                page, y = sheet(), TOP
            if paragraph in headings:
                centred(page, y, line)
            else:
                page.text(LEFT + (indent * EM if n == 0 else 0), y, line)
            y -= PITCH
    return sheets


def written(sheets: Sequence[Sheet], *, extra: str = "", map_codes: bool = True) -> bytes:
    """The file. `extra` goes into the catalogue; without `map_codes` no character has a meaning."""
    objects: list[bytes] = [b"", b"", b"", b"", b"", b"", b""]
    kids = []
    for sheet in sheets:
        notes = []
        for note in sheet.notes:
            objects.append(note.encode("latin-1"))
            notes.append(f"{len(objects)} 0 R")
        objects.append(_stream("\n".join(sheet.content).encode("ascii")))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.size[0]:g} {sheet.size[1]:g}] "
            f"/Rotate {sheet.turn} /Resources << /Font << /F 3 0 R >> /XObject << /I 7 0 R >> >> "
            f"/Annots [{' '.join(notes)}] /Contents {len(objects)} 0 R >>".encode("ascii")
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode("ascii")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode("ascii")
    mapped = "/ToUnicode 6 0 R" if map_codes else ""
    objects[2] = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        f"/DescendantFonts [4 0 R] {mapped} >>"
    ).encode("ascii")
    objects[3] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 /W [0 127 500] >>"
    )
    objects[4] = (
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    objects[5] = _stream(_MAP.encode("ascii"))
    objects[6] = _stream(
        b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8",
    )  # fmt: skip
    return assembled(objects)


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode("ascii") + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    out += b"".join(f"{place:010d} 00000 n \n".encode("ascii") for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode("ascii")
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode("ascii"))


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    begins = f"<< /Length {len(packed)} /Filter /FlateDecode {more} >>\nstream\n"
    return begins.encode("ascii") + packed + b"\nendstream"


_MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Plain def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
""" + "".join(
    f"{len(part)} beginbfrange\n"
    + "".join(f"<{n:02X}00> <{n:02X}FF> <{n:02X}00>\n" for n in part)
    + "endbfrange\n"
    for part in (range(100), range(100, 200), range(200, 256))
) + "endcmap CMapName currentdict /CMap defineresource pop end end\n"  # fmt: skip
