"""Commits as a stream for ``git fast-import``: lengths for all data, constant names, no guessing.

Floor 3. Pure: values in, bytes out. Paths come from `names`, messages are ASCII, the identity is a
constant of the tool, and the caller gives the time, so the same input on the same parent makes the
same commit, whoever runs it and whenever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Final

__all__ = [
    "FILE_MODE",
    "IDENTITY",
    "TREE_MODE",
    "NewCommit",
    "Told",
    "git_time",
    "midnight",
    "write_history",
    "write_stream",
]  # fmt: skip

FILE_MODE: Final = "100644"
TREE_MODE: Final = "40000"
IDENTITY: Final = "Legislative Tracker <tracker@localhost>"
"""Author and committer of what the program commits."""
_ZONE: Final = "+0800"  # legal dates are days in China
_EARLIEST, _LATEST = 86_400, 4_102_329_600  # 1970-01-02 and 2099-12-31: what git and fsck accept
_EPOCH: Final = date(1970, 1, 1)
_DAY, _ZONE_SECONDS = 86_400, 8 * 3600
_PATH: Final = re.compile(r"versions/[a-z0-9_./-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to append: ASCII message, git time in seconds, new files as (path, bytes)."""

    message: str
    when: int
    files: tuple[tuple[str, bytes], ...]


def midnight(day: date | None) -> int | None:
    """The beginning of a day in China, in seconds since 1970; None stays None.

    >>> midnight(date(1954, 9, 20))
    -482313600
    """
    return None if day is None else (day - _EPOCH).days * _DAY - _ZONE_SECONDS


def git_time(seconds: int | None, parent: int | None) -> int:
    """The time of a commit: never before its parent's, inside what git can hold.

    >>> git_time(-482_313_600, None), git_time(1_636_646_400, 1_700_000_000)
    (86400, 1700000000)
    """
    return min(max(seconds or 0, _EARLIEST, parent or 0), _LATEST)


def write_stream(
    out: IO[bytes], ref: str, parent: str | None, commits: Sequence[NewCommit]
) -> None:
    """Write commits on top of `parent` (None: the first of the branch), one after the other.

    Each asks for its id back, so the answer to the stream is one line a commit. A path that is not
    ours raises ValueError: it is a mistake in this program.
    """
    mark = 0
    for position, commit in enumerate(commits):
        marks = []
        for path, data in commit.files:
            if _PATH.fullmatch(path) is None or ".." in path or "//" in path:
                raise ValueError(f"not a path of the store: {path!r}")
            mark += 1
            marks.append(f"M {FILE_MODE} :{mark} {path}\n")
            out.write(f"blob\nmark :{mark}\ndata {len(data)}\n".encode("ascii"))
            out.write(data)
            out.write(b"\n")
        mark += 1
        message = commit.message.encode("ascii")
        who = f"{IDENTITY} {commit.when} {_ZONE}"
        lines = [
            f"commit {ref}\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata {len(message)}\n",
            f"{commit.message}\n",
            f"from {parent}\n" if parent and position == 0 else "",
            *marks,
            f"get-mark :{mark}\n",
        ]
        out.write("".join(lines).encode("utf-8", "surrogateescape"))
    out.write(b"done\n")


@dataclass(frozen=True, slots=True)
class Told:
    """A commit that tells of a stage: author, message, git time, the text (None: as before)."""

    author: str
    message: str
    when: int
    text: bytes | None


def write_history(out: IO[bytes], ref: str, name: str, commits: Sequence[Told]) -> None:
    """Write commits of one file, called `name`, as the whole history of a branch."""
    for commit in commits:
        author = _plain(commit.author)
        message = commit.message.encode("utf-8")
        head = (
            f"commit {ref}\nauthor {author} <> {commit.when} {_ZONE}\n"
            f"committer {IDENTITY} {commit.when} {_ZONE}\ndata {len(message)}\n"
        )
        out.write(head.encode("utf-8"))
        out.write(message)
        out.write(b"\n")
        if commit.text is not None:
            out.write(f"M {FILE_MODE} inline {name}\ndata {len(commit.text)}\n".encode("ascii"))
            out.write(commit.text)
            out.write(b"\n")
    out.write(b"done\n")


def _plain(name: str) -> str:
    """A name that git takes for one: no angle brackets, no control characters, not empty.

    >>> _plain(" 某市人大<常委会>\\n")
    '某市人大常委会'
    """
    kept = "".join(sign for sign in name if sign.isprintable() and sign not in "<>")
    return kept.encode("utf-8", "ignore").decode("utf-8").strip() or IDENTITY.split(" <")[0]
