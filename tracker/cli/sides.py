"""A place that takes a version takes a file too: from an argument to a text with its facts.

Floor 6. A file is read as it is; what it lacks is a problem that is shown, not an error.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.law.problems import Problem, TrackerError

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.law.model import Law
    from tracker.parse.document import Document, Tracked
    from tracker.render.side import SideInfo
    from tracker.store.model import Version
    from tracker.store.versions import Store

__all__ = [
    "Side", "is_file", "load_side", "read_bytes", "read_document", "side_of_version", "source_name",
    "split_lines",
]  # fmt: skip

_READ_AT_MOST: Final = 33 * 1024 * 1024  # the reader refuses from 32 MB; enough to let it say so
_STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Side:
    """A text and where it came from: `version` is None for a file, `document` for a stored one."""

    law: Law
    info: SideInfo
    problems: tuple[Problem, ...] = ()
    version: Version | None = None
    document: Document | None = None


def is_file(argument: str) -> bool:
    """Whether the argument means a file: it exists as one, or is - for standard input."""
    return argument == _STDIN or Path(argument).is_file()


def read_bytes(argument: str) -> bytes:
    """The bytes of a file or of standard input. Raises TrackerError `missing-file` …"""
    if not argument:
        raise _empty()
    if argument == _STDIN:
        if sys.stdin is None:
            raise TrackerError("unreadable-file", "标准输入已关闭", "用管道给出文本，或给出文件")
        return sys.stdin.buffer.read(_READ_AT_MOST)
    try:
        with Path(argument).open("rb") as file:
            return file.read(_READ_AT_MOST)
    except FileNotFoundError:
        raise TrackerError(
            "missing-file", f"没有文件 {argument}", "检查路径；路径从当前文件夹算起"
        ) from None
    except IsADirectoryError:
        raise TrackerError(
            "unreadable-file", f"{argument} 是文件夹", "给出其中的文件，如 文件夹/*.txt"
        ) from None
    except OSError as error:
        raise TrackerError(
            "unreadable-file", f"读不了 {argument}：{error.strerror}", "检查权限"
        ) from None


def source_name(argument: str) -> str:
    """What the source behind an argument is called: by the last part of its path."""
    return "stdin.txt" if argument == _STDIN else Path(argument).name


def read_document(
    argument: str, title: str | None = None, data: bytes | None = None,
    tracked: Tracked | None = None,
) -> Document:  # fmt: skip
    """A file, read and parsed; `data` where its bytes are held already.

    Raises TrackerError, the argument named in its message.
    """
    from tracker.parse.reading import read_source

    name = source_name(argument)
    try:
        held = read_bytes(argument) if data is None else data
        return read_source(held, name=name, title=title, tracked=tracked)
    except TrackerError as error:
        if argument in error.message or name in error.message:
            raise
        raise TrackerError(error.code, f"{argument}：{error.message}", error.hint) from error


def split_lines(data: bytes, name: str, tracked: Tracked | None = None) -> list[str]:
    """The lines of a file as reading it has them, `tracked` as there; none where they are no lines
    of a text. For doc and wps files no other program is started to have them."""
    from tracker.parse.extract.decode import decode
    from tracker.parse.forms import PACKED, extract, is_pdf

    try:
        if is_pdf(data) or data.startswith(PACKED):
            return list(extract(data, name, tracked).lines)
        return decode(data, name)[0].splitlines()
    except TrackerError:
        return []


def load_side(session: Session, argument: str) -> Side:
    """A file or a stored version. Raises TrackerError."""
    from tracker.render.side import SideInfo

    if is_file(argument):
        document = read_document(argument, tracked=session.view())
        info = SideInfo.of_document(document, name=argument)
        return Side(document.law, info, document.problems, document=document)
    if not session.has_workspace() and "@" not in argument:
        raise _nothing(argument)
    store = session.store()
    try:
        return side_of_version(store, store.resolve(argument))
    except TrackerError as error:
        if error.code == "no-such-law" and "@" not in argument:
            raise _nothing(argument) from None
        raise


def _empty() -> TrackerError:
    """Most often a variable of a script that was not set; read as left out, it would hide that."""
    return TrackerError("missing-file", "给出的文件名是空的", "写明文件；脚本里的变量可能没有赋值")


def _nothing(argument: str) -> TrackerError:
    if not argument:
        return _empty()
    if Path(argument).is_dir():
        return TrackerError("unreadable-file", f"{argument} 是文件夹", "给出其中的一个文件")
    return TrackerError(
        "missing-file",
        f"没有文件 {argument}，也没有这样的法规",
        "检查路径；已存的法规见 tracker laws",
    )


def side_of_version(store: Store, version: Version) -> Side:
    """A stored version."""
    from tracker.render.side import SideInfo

    fictional = store.record(version.law_id).fictional
    return Side(version.law, SideInfo.of_version(version, fictional), version=version)
