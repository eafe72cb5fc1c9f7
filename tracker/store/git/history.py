"""What git knows of the past: commits, what each changed under ``versions/``, damaged objects.

Floor 3, above `repository`. Reading only; nothing here follows a configuration
that could hide a commit.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.store.git.repository import Repository

__all__ = ["Changed", "Damage", "changes", "commits", "damage", "is_ancestor"]

_OID: Final = re.compile(r"\b[0-9a-f]{40}\b", re.ASCII)
_QUIET: Final = re.compile(r"^(?:warning|notice|dangling|Checking|Verifying)\b", re.ASCII)
_ADDED: Final = "A"


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that a commit added, changed or deleted: what it became (``000…`` where deleted).

    In a merge only a file is listed that is otherwise than in every parent.
    """

    commit: str
    path: str
    added: bool
    oid: str
    mode: str


@dataclass(frozen=True, slots=True)
class Damage:
    """A line of ``git fsck`` that tells of an error, and the objects it names."""

    text: str
    oids: tuple[str, ...]


def commits(repository: Repository, tip: str, since: str | None) -> tuple[tuple[str, ...], bool]:
    """The commits that lead to `tip` and not to `since`, parents first; whether all could be read.

    Where git cannot read a commit, those after it are given.
    """
    wanted = (tip, *((f"^{since}",) if since else ()))
    status, out, _ = repository.run("rev-list", "--topo-order", *wanted, "--")
    found = tuple(line for line in out.decode("ascii", "replace").split() if _OID.fullmatch(line))
    return found[::-1], status == 0


def changes(repository: Repository, oids: Sequence[str]) -> tuple[tuple[Changed, ...], bool]:
    """What these commits changed under ``versions/``, in their order; whether all could be read."""
    with tempfile.TemporaryFile() as stdin:
        stdin.write("".join(f"{oid}\n" for oid in oids).encode("ascii"))
        stdin.seek(0)
        status, out, _ = repository.run(
            "diff-tree", "--stdin", "--root", "-r", "-c", "-z", "--raw", "--no-renames",
            "--no-abbrev", "--no-ext-diff", "--no-textconv", "--", "versions", stdin=stdin,
        )  # fmt: skip
    return tuple(_parse_changes(os.fsdecode(out))), status == 0


def _parse_changes(out: str) -> Iterator[Changed]:
    """The raw form: a commit; for each file ``:modes ids status`` and the path, NUL after each.

    A merge has a colon, a mode and an id for every parent, and as many letters of status.
    """
    commit, record = "", None
    for field in out.split("\0"):
        if record is not None:
            parents = len(record[0]) - len(record[0].lstrip(":"))
            modes, oids, status = record[: parents + 1], record[parents + 1 : -1], record[-1]
            yield Changed(commit, field, status == _ADDED * parents, oids[-1], modes[-1])
            record = None
        elif field.startswith(":"):
            record = field.split(" ")
        elif _OID.fullmatch(field):
            commit = field


def is_ancestor(repository: Repository, old: str, new: str) -> bool:
    """Whether the commit `old` is there and `new` came of it, or is it."""
    return repository.run("merge-base", "--is-ancestor", old, new)[0] == 0


def damage(repository: Repository) -> tuple[Damage, ...]:
    """What ``git fsck --full --strict`` finds wrong; none where the repository is sound."""
    status, out, err = repository.run(
        "fsck", "--full", "--strict", "--no-dangling", "--no-reflogs", "--no-progress"
    )
    if status == 0:
        return ()
    lines = [*os.fsdecode(out).splitlines(), *err.splitlines()]
    told = [line.strip() for line in lines if line.strip() and not _QUIET.match(line)]
    found = [Damage(line, tuple(_OID.findall(line))) for line in told]
    return tuple(found) or (Damage(f"git fsck: {status}", ()),)
