"""Files of the work tree that may not be on disk yet, and their repair after a power cut.

Floor 3. An ingest flushes what git holds; the same files in the work tree are left to the system,
which may take a minute. A power cut in that time leaves them empty (ext4 and others keep the name
and lose the bytes), and the next ``git commit -a`` would take them as they are. So their names are
kept until a flush of everything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

__all__ = ["RECENT", "Sizes", "is_settled", "read_sizes", "sizes_of", "torn"]

RECENT: Final = "tracker-recent.json"
_MOST: Final = 200  # files; about fifty ingests, after which everything is flushed once
Sizes = tuple[tuple[str, int], ...]
"""Paths from the root of the work tree, and how many bytes each should have."""


def sizes_of(files: Iterable[tuple[str, bytes]]) -> Sizes:
    """Path and size of these files."""
    return tuple((path, len(data)) for path, data in files)


def read_sizes(place: Path) -> Sizes:
    """What a journal, or the file that is left of it, says of recent files; none where damaged."""
    try:
        data = json.loads(place.read_bytes())
        return tuple((str(path), int(size)) for path, size in data.get("recent", ()))
    except (OSError, ValueError, TypeError, AttributeError):
        return ()


def is_settled(recent: Sizes) -> bool:
    """Whether nothing recent is left to remember, because everything was flushed just now."""
    if len(recent) <= _MOST:
        return False
    os.sync()
    return True


def torn(top: Path, recent: Sizes) -> Sequence[str]:
    """Those of the files that are empty and should not be."""
    found = []
    for path, size in recent:
        try:
            here = (top / path).lstat()
        except OSError:  # taken away by a person
            continue
        if size and here.st_size == 0 and not (top / path).is_symlink():
            found.append(path)
    return found
