"""Puts a freshly built folder in the place of the old one in one step.

Floor 5. Visitors see the whole old site or the whole new one: on Linux and macOS the two folders
change names in a single system call; where that is not to be had, two renames follow each other.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from tracker.site.filling import share_out
from tracker.site.names import API, LAWS

__all__ = ["PREFIX", "building", "swap_in"]

PREFIX: Final = ".public-"
"""How the names of unfinished sites begin; whatever a killed build left is removed by the next."""

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2  # linux/fs.h
_RENAME_SWAP: Final = 2  # macOS stdio.h


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A new folder beside `target` to build in; it is gone afterwards, moved or not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in sorted(target.parent.glob(f"{PREFIX}*")):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=PREFIX, dir=target.parent))
    try:
        yield folder
    finally:
        _remove(folder)


_FEWEST: Final = 200
"""Folders of laws from which processes share them: removing one takes about 1 ms, a fork 20 ms."""


def _remove(folder: Path) -> None:
    """A site that is not to be seen any more: on all cores, for one of 1,000 laws has 75,000 names,
    and removing them was a fifth of a build after one ingest."""
    laws = [entry.path for name in (LAWS, API) for entry in _folders(folder / name)]
    with suppress(OSError, RuntimeError):  # no process to be had: what is left goes below
        share_out(_remove_some, laws, _FEWEST)
    shutil.rmtree(folder, ignore_errors=True)


def _folders(place: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _remove_some(folders: Sequence[str]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def swap_in(fresh: Path, target: Path) -> None:
    """Make `fresh` the folder `target`. What was there before is left at `fresh`."""
    fresh.chmod(0o755)  # mkdtemp makes it private; a web server must be able to read it
    if not target.exists():
        fresh.rename(target)
        return
    if _exchange(fresh, target):
        return
    aside = fresh.with_name(f"{fresh.name}-old")
    target.rename(aside)
    fresh.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders at once; False where the system cannot."""
    names = (os.fsencode(one), os.fsencode(other))
    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        first, second = names
        done: int = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
        return done == 0
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        done = library.renamex_np(*names, _RENAME_SWAP)
        return done == 0
    return False
