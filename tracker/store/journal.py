"""What a write that is cut short leaves behind, so that the next command can finish it.

Floor 3. While a write runs there is a mark: a file whose name holds the commit that the branch
stood at. A name has no bytes that a power cut could lose, so nothing is flushed for it; which files
the write added is read from the commits on top. Paths that could not be brought into the work tree
are kept in a list of their own, which is flushed; an ordinary write has none.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.store.attributes import ATTRIBUTES_FILE
from tracker.store.catalogue import RECORD, ROOT
from tracker.store.git.process import OID
from tracker.store.git.repository import BadObjectError, Repository
from tracker.store.names import is_law_id, is_version_id
from tracker.store.stream import FILE_MODE, IDENTITY, TREE_MODE

__all__ = [
    "JOURNAL", "MARK", "Mark", "added_lately", "added_since", "defer", "deferred", "mark", "marks",
]  # fmt: skip

MARK: Final = "tracker-writing"
JOURNAL: Final = "tracker-journal.json"
_NONE: Final = "0" * 40  # the tip of a branch that has no commit yet
_SEARCHED: Final = 200  # commits looked back for the latest files of ours; `recent` keeps fewer
_OURS: Final = re.compile(
    rb"\ncommitter " + re.escape(IDENTITY.encode("ascii")) + rb" [0-9]+ [+]0800\n"
    rb"\ningest ([a-z0-9-]+) ([a-z0-9_-]+)\n"
)
_PARENT: Final = re.compile(rb"tree [0-9a-f]{40}\n(?:parent ([0-9a-f]{40})\n)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A write that was begun: the mark's place, the tip it began at, the branch, and when.

    `ref` is None where a power cut took it; `started` is in seconds since 1970.
    """

    place: Path
    tip: str | None
    ref: str | None
    started: float


def mark(git_dir: Path, tip: str | None, ref: str) -> Path:
    """Begin a write at this tip (None: no commit yet); the mark to remove when it is done."""
    place = git_dir / f"{MARK}.{tip or _NONE}"
    place.write_text(ref, encoding="utf-8", errors="surrogateescape")
    return place


def marks(git_dir: Path) -> tuple[Mark, ...]:
    """Writes that were begun and not ended; one is under way if our lock is held."""
    found = []
    for place in git_dir.iterdir():
        kind, _, tip = place.name.partition(".")
        if kind != MARK or OID.fullmatch(tip) is None:
            continue
        try:
            ref = place.read_text(encoding="utf-8", errors="surrogateescape").strip("\0")
            started = place.stat().st_mtime
        except FileNotFoundError:  # its write has ended meanwhile
            continue
        found.append(Mark(place, None if tip == _NONE else tip, ref or None, started))
    return tuple(found)


def defer(git_dir: Path, ref: str, paths: Sequence[str]) -> None:
    """Keep the paths that the work tree has yet to get, durably; none: forget them."""
    if not paths:
        (git_dir / JOURNAL).unlink(missing_ok=True)
        return
    fresh = git_dir / f"{JOURNAL}.new"
    with fresh.open("wb") as file:
        file.write(json.dumps({"ref": ref, "paths": list(paths)}).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(git_dir / JOURNAL)


def deferred(git_dir: Path) -> tuple[str, tuple[str, ...]] | None:
    """Branch and paths of that list; None where there is none, both empty where it is damaged."""
    try:
        data = json.loads((git_dir / JOURNAL).read_bytes())
        return str(data["ref"]), tuple(str(path) for path in data["paths"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return "", ()


def added_since(repository: Repository, tip: str | None) -> tuple[str, ...]:
    """Paths of the files that commits of ours added on top of `tip`; none if HEAD is not above it.

    Raises BadObjectError, TrackerError.
    """
    head = repository.head()
    if head is None or head == tip:
        return ()
    commits = _commits(repository, repository.first_parents(head, tip))
    if not commits or _parent(commits[-1]) != tip:  # another branch is checked out by now
        return ()
    return _added(repository, head, tip, commits)


def added_lately(repository: Repository, most: int) -> tuple[str, ...]:
    """Paths of about `most` files, those that commits of ours added last. Raises the same."""
    head = repository.head()
    if head is None:
        return ()
    commits = _commits(repository, repository.first_parents(head, None, _SEARCHED))
    return _added(repository, head, None, commits, most)


def _commits(repository: Repository, oids: Sequence[str]) -> list[bytes]:
    """The bytes of these commits. Raises BadObjectError."""
    found = []
    for oid, read in zip(oids, repository.read_many(oids), strict=True):
        if read is None or read[0] != "commit":
            raise BadObjectError(oid)
        found.append(read[1])
    return found


def _parent(commit: bytes) -> str | None:
    match = _PARENT.match(commit)
    return match[1].decode("ascii") if match and match[1] else None


def _added(
    repository: Repository, head: str, tip: str | None, commits: Sequence[bytes],
    most: int | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Files that the commits, newest first, brought with them, and that `tip` has not."""
    paths = {f"{ROOT}/{ATTRIBUTES_FILE}": None}  # keeps the order
    for commit in commits:
        if most is not None and len(paths) >= most:
            break
        match = _OURS.search(commit)
        law_id, version_id = (match[1].decode(), match[2].decode()) if match else ("", "")
        if is_law_id(law_id) and is_version_id(version_id):
            folder = f"{ROOT}/{law_id}"
            paths[f"{folder}/{RECORD}"] = None
            names = _names(repository, head, f"{folder}/{version_id}")
            paths |= {f"{folder}/{version_id}/{name}": None for name in names}
    asked = list(paths)
    there = repository.locate(tip, asked) if tip else [""] * len(asked)
    return tuple(path for path, oid in zip(asked, there, strict=True) if not oid)


def _names(repository: Repository, head: str, folder: str) -> tuple[str, ...]:
    """The names of the files in a folder at a commit. Raises BadObjectError."""
    entries = repository.tree(head)
    for part in folder.split("/"):
        mode, oid = entries.get(part, ("", ""))
        if mode != TREE_MODE:
            return ()
        entries = repository.tree(oid)
    return tuple(name for name, (mode, _) in entries.items() if mode == FILE_MODE)
