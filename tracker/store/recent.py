"""Files of the work tree that may not be on disk yet, and their repair after a power cut.

Floor 3. An ingest flushes what git holds; the same files in the work tree are left to the system,
which may take a minute. A power cut in that time leaves them empty (ext4 and others keep the name
and lose the bytes), and the next ``git commit -a`` would take them as they are. So their names are
kept until a flush of everything. The list is not flushed itself: where it is torn too, the files
are those of the latest commits.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tracker.store.disk import write_files

__all__ = ["MOST", "mend", "recall", "remember", "suspects"]

_RECENT: Final = "tracker-recent.json"
MOST: Final = 200
"""Files that are kept in mind; about fifty ingests, after which everything is flushed once."""

_PAGE: Final = 4096  # bytes that reach the disk together: a file is cut at a multiple of it
Sizes = tuple[tuple[str, int], ...]
"""Paths from the root of the work tree, and how many bytes each should have."""


def remember(git_dir: Path, files: Iterable[tuple[str, bytes]], *, anew: bool = False) -> None:
    """Add these files to those that may not be on disk yet, or take them for all of them."""
    before = () if anew else recall(git_dir) or ()
    sizes = (*before, *((path, len(data)) for path, data in files))
    place = git_dir / _RECENT
    if len(sizes) > MOST:
        os.sync()
        place.unlink(missing_ok=True)
        return
    fresh = place.with_suffix(".new")
    fresh.write_text(json.dumps({"recent": sizes}), encoding="ascii")
    fresh.replace(place)


def recall(git_dir: Path) -> Sizes | None:
    """The recent files; None where the list is damaged, as a power cut may leave it."""
    try:
        data = json.loads((git_dir / _RECENT).read_bytes())
        return tuple((str(path), int(size)) for path, size in data["recent"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        return None


def suspects(top: Path, sizes: Sizes) -> Sequence[str]:
    """Those of the files that have a size, or a place on disk, as only a power cut leaves it."""
    found = []
    for path, size in sizes:
        try:
            here = (top / path).lstat()
        except OSError:  # taken away by a person
            continue
        is_cut = here.st_size < size and here.st_size % _PAGE == 0
        if is_cut or (here.st_blocks == 0 and here.st_size == size > 0):
            found.append(path)
    return found


def mend(top: Path, files: Sequence[tuple[str, bytes]]) -> tuple[str, ...]:
    """Write those of the files anew that hold nothing but a beginning of ours, or zeros.

    What anybody wrote otherwise stays. Gives the paths that were mended; raises OSError.
    """
    mended = []
    for path, data in files:
        place = top / path
        if place.is_symlink() or not place.is_file() or not is_torn(place.read_bytes(), data):
            continue
        place.unlink()
        write_files(top, ((path, data),))
        mended.append(path)
    return tuple(mended)


def is_torn(here: bytes, ours: bytes) -> bool:
    """Whether these bytes are what a power cut may have left of ours.

    >>> is_torn(b"", b"abc"), is_torn(bytes(3), b"abc"), is_torn(b"ab", b"abc")
    (True, True, False)
    """
    cut = len(here) < len(ours) and len(here) % _PAGE == 0
    kept = here.rstrip(b"\0") if len(here) == len(ours) != 0 else here
    return here != ours and (cut or kept != here) and ours.startswith(kept)
