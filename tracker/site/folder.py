"""A folder that the program alone writes: what differs is written, what is left over removed.

Floor 5. Files are known by size and time of change, as git knows them, so that what an earlier run
wrote need not be made again to know that it stands.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["Folder", "Stat", "known_by", "link", "stat_of"]

Stat = tuple[int, int]
"""Size and time of the last change (nanoseconds) of a file."""


class Folder:
    """What is written under `root`. Names are relative to it, with forward slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changed = self.pages = 0
        self._kept: dict[str, Stat] = {}
        self._left: set[str] = set()
        self._new: set[str] = set()

    def put(self, name: str, data: bytes) -> Stat:
        """One file; it is left as it is where its bytes are the same. Returns what it is known by.

        It is never written over: the built site may hold the old one under another name.
        """
        # A law has fifty files: names are text here and not paths, and where the folder is new
        # nothing is looked for, which halves the time.
        path = f"{self.root}/{name}"
        folder = path.rpartition("/")[0]
        self.pages += name.endswith(".md")
        if name in self._kept or folder not in self._new:
            try:
                with open(path, "rb") as file:  # noqa: PTH123
                    if file.read() == data:
                        self._kept[name] = stat = known_by(os.lstat(path))
                        return stat
                os.unlink(path)  # noqa: PTH108
            except FileNotFoundError:
                if not os.path.isdir(folder):  # noqa: PTH112
                    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
                    self._new.add(folder)
        self.changed += 1
        with open(path, "xb", buffering=0) as file:  # noqa: PTH123
            file.write(data)
            self._kept[name] = stat = known_by(os.fstat(file.fileno()))
        return stat

    def put_all(self, files: Iterable[tuple[str, bytes]]) -> dict[str, Stat]:
        """Several, by name; what they are known by afterwards."""
        return {name: self.put(name, data) for name, data in files}

    def keep(self, name: str) -> None:
        """Let a file stay that was not written here, and that is no part of the site."""
        self._left.add(name)

    def keep_all(self, files: Mapping[str, Stat]) -> bool:
        """Let files stay if all of them are as they are known; else none is promised to."""
        root = str(self.root)
        if not all(_is(f"{root}/{name}", stat) for name, stat in files.items()):
            return False
        self._kept.update((name, (size, changed)) for name, (size, changed) in files.items())
        self.pages += sum(name.endswith(".md") for name in files)
        return True

    @property
    def files(self) -> Mapping[str, Stat]:
        """Every file of the site, by its name; what each is known by."""
        return self._kept

    def add(self, files: Mapping[str, Stat], changed: int) -> None:
        """Count what another process put here."""
        self._kept.update(files)
        self.pages += sum(name.endswith(".md") for name in files)
        self.changed += changed

    def sweep(self) -> None:
        """Remove what an earlier run wrote and this one did not, deepest first."""
        if self.root.is_dir():
            self._sweep("")

    def _sweep(self, start: str) -> bool:
        """Whether nothing is left in the folder whose files' names begin with `start`."""
        empty = True
        for entry in list(os.scandir(f"{self.root}/{start}")):
            name = f"{start}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if self._sweep(f"{name}/"):
                    Path(entry.path).rmdir()
                else:
                    empty = False
            elif name in self._kept or name in self._left:
                empty = False
            else:
                Path(entry.path).unlink()
        return empty


def stat_of(path: str) -> Stat:
    """What a file is known by. Raises OSError."""
    return known_by(os.stat(path))  # noqa: PTH116  paths are text where there are thousands of files


def link(source: str, target: str) -> bool:
    """The same file under another name, or a copy of it; False where it is not there."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError:
        try:
            shutil.copyfile(source, target)
        except OSError:
            return False
    return True


def known_by(found: os.stat_result) -> Stat:
    """Of all that the system says of a file, what it is known by."""
    return found.st_size, found.st_mtime_ns


def _is(path: str, stat: Stat) -> bool:
    try:
        return known_by(os.lstat(path)) == tuple(stat)
    except OSError:
        return False
