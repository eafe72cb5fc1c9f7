"""Git's index, as far as a write needs it: which paths it knows, and new entries for a copy of it.

Floor 3, above `repository`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tracker.store.faults import git_failed
from tracker.store.git.repository import Repository
from tracker.store.stream import FILE_MODE

__all__ = ["add_to_index", "in_index"]

_MOST: Final = 200  # paths that go on a command line; where there are more, the whole index is read


def add_to_index(
    repository: Repository, index: Path, entries: Iterable[tuple[str, str]], fds: tuple[int, ...]
) -> None:
    """Add files, as (path, object id), to a copy of the index. Raises TrackerError.

    What git says that it added is counted: it takes an error in reading its input for the end.
    """
    lines = [f"{FILE_MODE} {oid}\t{path}\0".encode() for path, oid in entries]
    with tempfile.TemporaryFile() as stdin:
        stdin.writelines(lines)
        stdin.seek(0)
        status, out, err = repository.run(
            "-c", "core.fsync=none", "update-index", "--verbose", "-z", "--index-info",
            stdin=stdin, fds=fds, env=(f"GIT_INDEX_FILE={index}",),
        )  # fmt: skip
    if status or out.count(b"add '") != len(lines):
        raise git_failed("update-index", status, err)


def in_index(repository: Repository, paths: Sequence[str]) -> frozenset[str]:
    """Which of these paths the index knows, in whatever state. Raises TrackerError."""
    asked = paths if len(paths) <= _MOST else ()
    status, out, err = repository.run(
        "--literal-pathspecs", "ls-files", "-z", "--cached", "--", *asked
    )
    if status:
        raise git_failed("ls-files", status, err)
    return frozenset(os.fsdecode(out).split("\0")) & frozenset(paths)
