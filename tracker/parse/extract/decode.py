"""Bytes → text: byte-order mark, strict UTF-8, the charset a page declares, GB 18030.

Floor 1. Every label of the GB family is read as gb18030, because reading gb2312 as such turns —
into ― and · into ・, which later look like changes of the law. Nothing is ever replaced by U+FFFD.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.problems import TrackerError

__all__ = [
    "LARGEST",
    "LONGEST_LINE",
    "MOST_CHARACTERS",
    "MOST_LINES",
    "OLDER",
    "check_lengths",
    "check_lines",
    "check_size",
    "decode",
]

LARGEST: Final = 32 * 1024 * 1024
"""Largest source in bytes; the longest law known, 民法典, has 340 kB."""

MOST_CHARACTERS: Final = 5_000_000
"""Longest text in characters; 民法典 has 120,000."""
MOST_LINES: Final = 300_000
"""Most lines of a text; 民法典 has 3,000."""
LONGEST_LINE: Final = 1_000_000
"""Longest line in characters."""

PIECE: Final = 32 * 1024
"""Bytes, to the end of their line, that are decoded at once."""

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_ALL_BOMS: Final = tuple(bom for bom, _ in _BOMS)
OLDER: Final = b"\xd0\xcf\x11\xe0"
"""What doc and wps files begin with."""
_SIGNATURES: Final = (
    (b"%PDF-", "PDF 文件", "先把文字复制或转换为文本（UTF-8）"),
    (b"PK\x03\x04", "Word（docx）或压缩文件", "这里只读文本"),  # `forms` reads Word files
    (b"PK\x05\x06", "空的压缩文件", "换一个文本文件"),
    (b"{\\rtf", "RTF 文件", "在 Word 或 WPS 中另存为 docx，再读取"),
    (b"\x89PNG", "图片", "先识别其中的文字"),
    (b"\xff\xd8\xff", "图片", "先识别其中的文字"),
    (b"GIF8", "图片", "先识别其中的文字"),
    (b"Rar!", "压缩文件", "先解压"),
    (b"7z\xbc\xaf", "压缩文件", "先解压"),
    (b"\x1f\x8b", "压缩文件", "先解压"),
)
_ALL_SIGNATURES: Final = tuple(signature for signature, _, _ in _SIGNATURES)
"""Asked for at once, since nearly every source begins with none of them."""
_SOMETHING: Final = re.compile(rb"[^ \t\r\n\x0c\xef\xbb\xbf]")
"""What a file that is not empty holds; nothing is copied to see it."""
_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,8}=\s{0,8}["']?([\w-]{2,20})""", re.I
)
_GB: Final = frozenset({"gb2312", "gbk", "gb18030", "gb-2312", "x-gbk", "cp936", "gb_2312-80"})

_GB_2022: Final = {
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14,
    0xE792: 0xFE15, 0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19,
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5,
    0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
"""Characters that GB 18030-2022 assigns and the codec still maps to the private-use area."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a source and the name of the encoding it was read in.

    Raises TrackerError ``unreadable-source`` for what is no text: empty, too large, PDF, Word and
    other binary formats (by signature), bytes that no encoding explains (with their offset).
    """
    _refuse(data, name)
    for bom, encoding in _BOMS if data.startswith(_ALL_BOMS) else ():
        if data.startswith(bom):
            return _strict(data, encoding, name).removeprefix("\ufeff"), encoding
    try:
        return _utf8(data), "utf-8"
    except UnicodeDecodeError as error:
        utf8_offset = error.start
    if b"\x00" in data[:4096]:
        raise _unreadable(name, "是二进制文件，不是文本", "提供文本、网页或 Markdown 文件")
    declared = _META_CHARSET.search(data[:4096])
    if declared:
        encoding = declared[1].decode("ascii", "ignore").lower()
        if encoding not in _GB and encoding not in ("utf-8", "utf8"):
            try:
                other = data.decode(encoding)
            except (LookupError, UnicodeError):  # the codec `undefined` raises the latter
                pass
            else:
                return _declared(data, other, encoding)
    text = _gb18030(data, name, utf8_offset)
    if "第" not in text and (big5 := _big5(data)) is not None:
        return big5, "big5hkscs"
    return text, "gb18030"


def _declared(data: bytes, text: str, encoding: str) -> tuple[str, str]:
    """A page as the encoding it declares has it, unless GB 18030 alone makes a law of it: pages in
    GB 2312 that say iso-8859-1 are read by browsers that guess, and nothing fails in that encoding.

    Before: Ä³ÊÐÌõÀý ⏎ µÚÒ»Ìõ
    After:  某市条例 ⏎ 第一条
    """
    if "第" not in text:
        try:
            chinese = data.decode("gb18030").translate(_GB_2022)
        except UnicodeDecodeError:
            return text, encoding
        if "第" in chinese:
            return chinese, "gb18030"
    return text, encoding


def check_lengths(text: str, name: str) -> None:
    """Raise TrackerError ``unreadable-source`` for a text or a line that is too long."""
    if len(text) > MOST_CHARACTERS:
        raise _unreadable(
            name, f"过长（{len(text)} 字），上限为 {MOST_CHARACTERS} 字", "拆分后读取"
        )
    if len(text) > MOST_LINES:
        check_lines(text.count("\n"), name)
    at = 0
    while len(text) - at > LONGEST_LINE:  # no window of so many characters is without an end
        end = text.rfind("\n", at, at + LONGEST_LINE + 1)
        if end < 0:
            stop = text.find("\n", at)
            length = (len(text) if stop < 0 else stop) - at
            raise _unreadable(
                name, f"有一行过长（{length} 字），上限为 {LONGEST_LINE} 字", "分行后读取"
            )
        at = end + 1


def check_lines(count: int, name: str) -> None:
    """Raise TrackerError ``unreadable-source`` for too many lines."""
    if count > MOST_LINES:
        raise _unreadable(name, f"有 {count} 行，上限为 {MOST_LINES} 行", "拆分后读取")


def check_size(data: bytes, name: str) -> None:
    """Raise TrackerError ``unreadable-source`` for a source that is too large."""
    if len(data) > LARGEST:
        raise _unreadable(name, f"过大，上限为 {LARGEST // 1024 // 1024} MB", "拆分后读取")


def _refuse(data: bytes, name: str) -> None:
    """Empty, too large, or known by its first bytes to be no text."""
    if not _SOMETHING.search(data):
        raise _unreadable(name, "是空文件", "检查下载或复制是否完整")
    check_size(data, name)
    for signature, what, hint in _SIGNATURES if data.startswith(_ALL_SIGNATURES) else ():
        if data.startswith(signature):
            space = " " if what[0].isascii() else ""  # 是 PDF 文件, 是图片
            raise _unreadable(name, f"是{space}{what}，暂不支持", hint)


def _utf8(data: bytes) -> str:
    """The text, decoded some lines at a time: at once it takes three times the memory of the text,
    new from the system each time, which took half as long again for a law of 2 MB."""
    if len(data) < 2 * PIECE:
        return data.decode("utf-8")
    pieces: list[str] = []
    start = 0
    try:
        while start < len(data):
            stop = data.find(b"\n", start + PIECE) + 1 or len(data)
            pieces.append(data[start:stop].decode("utf-8"))
            start = stop
    except UnicodeDecodeError:
        return data.decode("utf-8")  # which tells the place in the whole
    return "".join(pieces)


def _gb18030(data: bytes, name: str, utf8_offset: int) -> str:
    try:
        return data.decode("gb18030").translate(_GB_2022)
    except UnicodeDecodeError as error:
        raise _unreadable(
            name,
            f"的编码无法识别：UTF-8 在第 {utf8_offset} 字节、"
            f"GB 18030 在第 {error.start} 字节处中断",
            "另存为 UTF-8 编码",
        ) from None


def _big5(data: bytes) -> str | None:
    """Traditional Chinese, where it reads like a law: 第 stands in every law, and in the same bytes
    read as GB 18030 it does not."""
    try:
        text = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return None
    return text if "第" in text else None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(
            name, f"标明的编码是 {encoding}，但在第 {error.start} 字节处中断", "另存为 UTF-8 编码"
        ) from None


def _unreadable(name: str, what: str, hint: str) -> TrackerError:
    return TrackerError("unreadable-source", f"无法读取 {name}：{what}", hint)
