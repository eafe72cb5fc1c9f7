"""What reading a Word file leaves out or must tell, gathered on the way with the line it stands in.

Floor 1, shared by `inline`, `body` and `apart`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.parse.document import Dropped, Place

__all__ = ["Account"]

_TOLD: Final = {
    "picture": (
        "picture-left-out", Severity.WARNING, "来源中有 {} 处图片或图形，其中的文字没有读取",
        "对照原件；条文、表格或公式做成图片的，改成文字再读取",
    ),
    "formula": (
        "formula-in-text", Severity.WARNING, "来源中有 {} 处公式，只按先后读出其中的字符",
        "对照原件；分数、上下标在文字里写清楚",
    ),
    "embedded": (
        "embedded-left-out", Severity.WARNING, "来源中嵌有 {} 处其他文件或对象，没有读取",
        "对照原件；其中有条文的，把它单独存为文件",
    ),
    "text-box": (
        "text-box", Severity.WARNING, "来源中有 {} 个文本框，其中的文字排在所在段落之后读出",
        "对照原件中文本框的位置；它是正文的，改成普通段落再读取",
    ),
    "field": (
        "number-not-stored", Severity.ERROR,
        "来源中有 {} 处自动编号的域（AUTONUM、LISTNUM），文件里没有存它显示的编号",
        "在 Word 中把这些域改成文字（选中后按 Ctrl+Shift+F9），再读取",
    ),
}  # fmt: skip
"""What is told once a file: the code, how bad it is, the message and the hint."""


class Account:
    """Text that is not kept, things that were met, and how often something was written anew."""

    def __init__(self, line: Callable[[], int]) -> None:
        """`line` tells which line, from 1, is being read."""
        self.dropped: list[Dropped] = []
        self.rewrites: dict[str, int] = {}
        self.references: dict[tuple[str, str], int] = {}
        self._line = line
        self._told: dict[str, tuple[int, int]] = {}
        self._twice: tuple[int, int, str] | None = None
        self._formats: dict[str, tuple[int, int]] = {}
        self._open: tuple[str, int] | None = None
        self._parts: list[str] = []

    def drop(self, text: str, reason: str) -> None:
        """Text that is not kept; what follows on another of the same reason is one with it."""
        here = reason, self._line()
        if self._open != here:
            self.kept()
            self._open = here
        self._parts.append(text)

    def kept(self) -> None:
        """Text that is kept was met: what is dropped next is another piece."""
        if self._open is None:
            return
        (reason, line), self._open = self._open, None
        text = "".join(self._parts)
        self._parts.clear()
        if text.strip():
            self.dropped.append(Dropped(text.strip("\n"), Place(line), reason))

    def tell(self, what: str, away: str | None = None) -> None:
        """A thing that is told of, unless it stands in text that is not kept."""
        if away is None:
            count, line = self._told.get(what, (0, self._line()))
            self._told[what] = count + 1, line

    def tell_format(self, form: str) -> None:
        """A paragraph whose number has a format that is not known."""
        count, line = self._formats.get(form, (0, self._line()))
        self._formats[form] = count + 1, line

    def tell_twice(self, text: str) -> None:
        """A paragraph with an automatic number, behind which another is typed."""
        count, line, first = self._twice or (0, self._line(), text)
        self._twice = count + 1, line, first

    def count(self, code: str) -> None:
        """Something was written anew."""
        self.rewrites[code] = self.rewrites.get(code, 0) + 1

    def refer(self, kind: str, note_id: str) -> None:
        """A footnote, endnote or comment belongs to the line that is being read."""
        self.references.setdefault((kind, note_id), self._line())

    def problems(self) -> list[Problem]:
        """What was told, as problems."""
        found = [
            Problem(
                code=code, severity=severity, message=message.format(count), hint=hint, line=line
            )
            for what, (code, severity, message, hint) in _TOLD.items()
            for count, line in [self._told.get(what, (0, 0))]
            if count
        ]
        if self._twice is not None:
            count, line, text = self._twice
            found.append(
                Problem(
                    code="number-twice",
                    severity=Severity.WARNING,
                    message=f"来源中有 {count} 处自动编号之后又写着一个编号，两个都读入了，"
                    f"如“{text[:20]}”",
                    hint="对照原件；多出的一个，在 Word 中去掉再读取",
                    line=line,
                    quote=text[:40],
                )
            )
        for form, (count, line) in sorted(self._formats.items()):
            found.append(
                Problem(
                    code="unknown-number-format",
                    severity=Severity.ERROR,
                    message=f"有 {count} 段的自动编号用了不认识的格式 {form[:40]}，编号没有写出",
                    hint="在 Word 中把编号改成文字或常用的格式，再读取",
                    line=line,
                )
            )
        return found
