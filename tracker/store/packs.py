"""Joining packs: each ingest adds one, and with very many of them every read is slow.

Floor 3, above `git.repository`. Not `git repack`: it does not look whether the list of packs to
join reached the process that joins them, and deletes them all the same (seen in git 2.39 by making
that write fail). Here packs are deleted only when the new one is seen to hold every object of
theirs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tracker.store.disk import flush_directory
from tracker.store.git.process import OID
from tracker.store.git.repository import Repository

__all__ = ["MANY", "join_packs"]

MANY: Final = 50
"""Packs from which some are joined; measured 12 ms an ingest below, 60 ms at 1,500 packs."""

_FACTOR: Final = 2  # a pack that is left alone has so many times the objects of all smaller ones
_MAGIC: Final = b"\xfftOc\x00\x00\x00\x02"
_FIRST: Final = len(_MAGIC) + 1024  # bytes before the first id; the last four of them count the ids
_NAME: Final = 20  # bytes of an id


def join_packs(repository: Repository, fds: tuple[int, ...] = ()) -> None:
    """Join small packs where there are many, so that each object moves only a few times.

    A pack that somebody keeps is left alone. Children inherit `fds`. Where joining fails,
    everything stays as it is: the next ingest tries again.
    """
    folder = repository.common_dir / "objects" / "pack"
    if sum(1 for _ in folder.glob("*.pack")) <= MANY:
        return
    old = _to_join({path: _count(path) for path in folder.glob("pack-*.idx") if _is_ours(path)})
    if len(old) < 2:
        return
    with tempfile.TemporaryFile() as stdin:
        stdin.writelines(f"{path.stem}.pack\n".encode() for path in old)
        stdin.seek(0)
        status, out, _ = repository.run(
            "pack-objects", "--stdin-packs", "--delta-base-offset", "-q", str(folder / "pack"),
            stdin=stdin, fds=fds,
        )  # fmt: skip
    name = out.decode("ascii", "replace").strip()
    new = folder / f"pack-{name}.idx"
    if status or OID.fullmatch(name) is None or not new.exists():
        return
    there = _names(new)
    if not all(_names(path) <= there for path in old):
        return
    flush_directory(folder)
    for path in old:
        if path != new:
            for kind in (".idx", ".rev", ".pack"):  # the index first: git goes by it
                path.with_suffix(kind).unlink(missing_ok=True)


def _is_ours(index: Path) -> bool:
    """Whether a pack may go: whole, and nobody keeps it or says something else of it."""
    beside = (index.with_suffix(kind).exists() for kind in (".keep", ".promisor", ".mtimes"))
    return index.with_suffix(".pack").exists() and not any(beside)


def _to_join(counts: dict[Path, int]) -> Sequence[Path]:
    """The smaller packs, up to one that has more objects than all below it by the factor.

    >>> a, b, c, d = (Path(name) for name in "abcd")
    >>> [path.name for path in _to_join({a: 4, b: 100, c: 5, d: 4})]
    ['a', 'd', 'c']
    """
    ordered = sorted(counts, key=lambda path: (counts[path], path))
    joined = 0
    for place, path in enumerate(ordered):
        if place > 1 and counts[path] >= _FACTOR * joined:
            return ordered[:place]
        joined += counts[path]
    return ordered


def _count(index: Path) -> int:
    """How many objects a pack holds, as its index says; 0 where that is not whole."""
    with index.open("rb") as file:
        head = file.read(_FIRST)
    return int.from_bytes(head[-4:]) if head.startswith(_MAGIC) and len(head) == _FIRST else 0


def _names(index: Path) -> frozenset[bytes]:
    """The ids of these objects."""
    data = index.read_bytes()[_FIRST : _FIRST + _count(index) * _NAME]
    return frozenset(data[at : at + _NAME] for at in range(0, len(data), _NAME))
