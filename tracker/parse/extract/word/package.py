"""The zip of a Word file, opened within limits, and which of its parts is what.

Floor 1. A zip from a stranger may unpack to anything: names, sizes and places of its members are
checked before one is read, and no member is ever written to disk. What is no Word file is named.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from tracker.law.problems import TrackerError
from tracker.parse.extract.decode import LARGEST
from tracker.parse.extract.word.ooxml import PR, parse_part, unreadable

__all__ = ["MOST_MEMBERS", "MOST_UNPACKED", "Package"]

MOST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of all parts that are read; pictures are not. The 3,000 paragraphs of 民法典, each of four
runs with fonts of their own, have 4 MB."""
MOST_MEMBERS: Final = 2_000
"""Members of the zip: a file without pictures has about 15, and each picture is one more."""

_DAMAGED: Final = (
    BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
    NotImplementedError, OverflowError, IndexError, KeyError, MemoryError,
)  # fmt: skip
"""What `zipfile` raises for files that are damaged, or made to look so."""
_METHODS: Final = (0, 8)  # stored and deflated, the two that packages may use
_LOCAL_HEADER: Final = 30
_SYMLINK: Final = 0o120000
_UNSAFE: Final = re.compile(r"[\x00-\x1f\\]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_MAIN: Final = "word/document.xml"
_AGAIN: Final = "重新下载或复制；还是不行，就在 Word 或 WPS 中打开，另存为新的 docx"
_SAVE: Final = "在 Word 或 WPS 中另存为 docx，再读取"
_OTHERS: Final = (
    ("xl/workbook.xml", "Excel 表格（xlsx）", "把其中的法规复制到 Word 或文本文件"),
    ("xl/workbook.bin", "Excel 表格（xlsb）", "把其中的法规复制到 Word 或文本文件"),
    ("ppt/presentation.xml", "演示文稿（pptx）", "把其中的法规复制到 Word 或文本文件"),
    ("ofd.xml", "OFD 版式文件", "用 OFD 阅读器另存为 Word（docx）或文本，再读取"),
    ("index/document.iwa", "Pages 文稿", "导出为 Word（docx），再读取"),
    ("meta-inf/container.xml", "电子书（epub）", "另存为网页或文本，再读取"),
)  # fmt: skip
"""Other zips, known by a part of theirs: what they are, and the way out."""
_MIMETYPES: Final = (
    (b"application/vnd.oasis.opendocument.text", "OpenDocument 文稿（odt）", _SAVE),
    (b"application/vnd.oasis.opendocument.", "OpenDocument 文件", _SAVE),
    (b"application/epub", "电子书（epub）", "另存为网页或文本，再读取"),
)  # fmt: skip


class Package:
    """A Word file: its parts by name, and how they are related. Raises TrackerError
    `unreadable-source` for whatever is no sound Word file."""

    def __init__(self, data: bytes, name: str) -> None:
        if len(data) > LARGEST:
            most = LARGEST // 1024 // 1024
            raise unreadable(name, f"过大，上限为 {most} MB", "去掉图片，或者拆分后读取")
        if data.count(b"PK\x01\x02") > MOST_MEMBERS:
            raise self._many(name)
        self.name = name
        self._left = MOST_UNPACKED
        self._trees: dict[str, Any] = {}
        try:
            self._zip = ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGED:
            raise unreadable(name, "压缩包不完整或已损坏", _AGAIN) from None
        self._members = self._checked(members)
        self.main = self._main_part()

    @staticmethod
    def _many(name: str) -> TrackerError:
        return unreadable(
            name,
            f"压缩包里的文件多于 {MOST_MEMBERS} 个",
            "在 Word 中另存为新的 docx，去掉多余的图片",
        )

    def _checked(self, members: list[ZipInfo]) -> dict[str, ZipInfo]:
        """The members by name in lower case, since names of parts know no case."""
        if len(members) > MOST_MEMBERS:
            raise self._many(self.name)
        found: dict[str, ZipInfo] = {}
        end = 0
        for member in sorted(members, key=lambda one: one.header_offset):
            path = member.orig_filename
            what = None
            if _UNSAFE.search(path):
                what = "压缩包里有指向外面的文件名"
            elif member.flag_bits & 0x1:
                what = "压缩包有密码"
            elif path.lower() in found:
                what = f"压缩包里有两个同名的文件 {path[:60]}"
            elif member.header_offset < end:
                what = "压缩包里的文件互相重叠"
            elif member.external_attr >> 16 & 0o170000 == _SYMLINK:
                what = "压缩包里有链接"
            if what:
                raise unreadable(
                    self.name, what, "这不像 Word 存的文件；核对来历，或另存为新的 docx"
                )
            end = member.header_offset + _LOCAL_HEADER + len(path) + member.compress_size
            found[path.lower()] = member
        return found

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._members

    def names(self) -> list[str]:
        """The names of all parts, sorted."""
        return sorted(one.orig_filename for one in self._members.values())

    def bytes_of(self, part: str) -> bytes | None:
        """A part unpacked; None where there is none."""
        member = self._members.get(part.lower())
        if member is None:
            return None
        if member.compress_type not in _METHODS:
            raise unreadable(self.name, f"{part} 的压缩方式不是 Word 用的", _AGAIN)
        try:
            with self._zip.open(member) as file:
                data = file.read(self._left + 1)
                whole = len(data) <= self._left
                if whole and (len(data) != member.file_size or file.read(1)):
                    raise BadZipFile("not the size it says")
        except _DAMAGED:
            raise unreadable(self.name, f"压缩包已损坏（{part}）", _AGAIN) from None
        if not whole:
            most = MOST_UNPACKED // 1024 // 1024
            raise unreadable(
                self.name, f"解压后超过 {most} MB", "这不像一部法规；核对来历，或拆分后读取"
            )
        self._left -= len(data)
        return data

    def tree(self, part: str | None) -> Any:
        """The tree of a part; None where there is none. Each is read once."""
        if part is None:
            return None
        if part not in self._trees:
            data = self.bytes_of(part)
            self._trees[part] = None if data is None else parse_part(data, part, self.name)
        return self._trees[part]

    def related(self, part: str) -> list[tuple[str, str, str]]:
        """What a part names as related to it: id, last word of the kind (``styles``) and the part;
        what lies outside the package is left out."""
        folder, base = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        out = []
        for one in tree if tree is not None else ():
            if one.tag != PR + "Relationship" or (one.get("TargetMode") or "") == "External":
                continue
            target = unquote((one.get("Target") or "").partition("#")[0])
            path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            out.append((one.get("Id") or "", (one.get("Type") or "").rpartition("/")[2], path))
        return out

    def _main_part(self) -> str:
        """The part with the text. Raises TrackerError where this is another kind of file."""
        main = next((p for _, kind, p in self.related("") if kind == "officeDocument"), _MAIN)
        kind = main.lower()
        if kind.startswith(("xl/", "ppt/")) or not self.has(main):
            raise self._not_word()
        return main

    def _not_word(self) -> TrackerError:
        mimetype = self.bytes_of("mimetype") or b""
        for begin, what, hint in _MIMETYPES:
            if mimetype.startswith(begin):
                return unreadable(self.name, f"是 {what}，暂不支持", hint)
        for part, what, hint in _OTHERS:
            if self.has(part):
                return unreadable(self.name, f"是 {what}，暂不支持", hint)
        if self.has("[Content_Types].xml"):
            return unreadable(self.name, "是 Word 一类的文件，但缺少正文", _AGAIN)
        return unreadable(self.name, "是压缩文件，不是 Word 文件", "先解压，再读取其中的文件")
