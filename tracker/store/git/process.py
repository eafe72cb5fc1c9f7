"""Running git: the only module that does, through GitPython's command wrapper.

Floor 3. Arguments are constants, object ids and names that were checked; the environment is our own
and the configuration of the user, the machine and the repository cannot make git run anything.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final
from weakref import WeakSet

from tracker.law.problems import TrackerError

__all__ = [
    "OID", "BadObjectError", "exchange", "object_id", "run", "start", "tree_entries",
    "user_trusts",
]  # fmt: skip

OID: Final = re.compile(r"[0-9a-f]{40}", re.ASCII)
"""The full id of an object."""

_ENVIRONMENT: Final = (
    "LC_ALL=C.UTF-8", "LANGUAGE=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
    "GIT_ATTR_NOSYSTEM=1", "GIT_NO_REPLACE_OBJECTS=1", "GIT_TERMINAL_PROMPT=0",
    "GIT_OPTIONAL_LOCKS=0", "GIT_GRAFT_FILE=/dev/null",
)  # fmt: skip
_INHERITED: Final = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
_CONFIG: Final = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false",
    "core.autocrlf=false", "core.pager=cat", "commit.gpgSign=false", "protocol.allow=never",
    "gc.auto=0", "maintenance.auto=false", "core.fsync=all", "fastimport.unpackLimit=1",
    "repack.writeBitmaps=false", "core.attributesFile=/dev/null", "core.excludesFile=/dev/null",
    "core.commitGraph=false", "core.multiPackIndex=false",
)  # fmt: skip


_ENTRY: Final = re.compile(rb"([0-7]{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)


class BadObjectError(Exception):
    """An object that git could not give, or whose bytes do not have its name."""


def _command(where: tuple[str, ...], command: tuple[str, ...], env: tuple[str, ...]) -> list[str]:
    inherited = (f"{name}={os.environ[name]}" for name in _INHERITED if name in os.environ)
    options = (part for setting in _CONFIG for part in ("-c", setting))
    return ["env", "-i", *inherited, *_ENVIRONMENT, *env, "git", *options, *where, *command]


def _wrapper(place: Path) -> Any:
    try:
        from git.cmd import Git
    except ImportError as error:
        raise TrackerError("git-missing", "找不到 git 或 GitPython", "安装它们") from error
    return Git(str(place))


def run(
    place: Path, where: tuple[str, ...], command: tuple[str, ...], *,
    stdin: IO[bytes] | None = None, fds: tuple[int, ...] = (), env: tuple[str, ...] = (),
) -> tuple[int, bytes, str]:  # fmt: skip
    """Run git to its end: exit status, output, errors. A status below 0 is a signal."""
    status, out, err = _wrapper(place).execute(
        _command(where, command, env), istream=stdin, with_extended_output=True,
        with_exceptions=False, stdout_as_string=False, strip_newline_in_stdout=False,
        shell=False, pass_fds=fds,
    )  # fmt: skip
    return status, out, err if isinstance(err, str) else err.decode("utf-8", "replace")


def user_trusts(path: Path) -> bool:
    """Whether the user's own configuration names this folder, or one above, as safe."""
    own = (f"GIT_CONFIG_GLOBAL={Path.home() / '.gitconfig'}",)
    _, out, _ = run(path, (), ("config", "--global", "--get-all", "safe.directory"), env=own)
    places = {str(place) for place in (path.resolve(), *path.resolve().parents)} | {"*"}
    return not places.isdisjoint(os.fsdecode(out).split("\n"))


def start(place: Path, where: tuple[str, ...], command: tuple[str, ...]) -> Any:
    """Start a git that is asked through its pipes; the caller ends it."""
    started = _wrapper(place).execute(
        _command(where, command, ()), istream=subprocess.PIPE, as_process=True, shell=False
    )
    _STARTED.add(started.proc)
    return started


_STARTED: Final[WeakSet[Any]] = WeakSet()


def _let_go() -> None:
    """In a fork: its ends of the pipes lead nowhere. While it held them, git would wait for more
    to be asked after its owner has closed them, and its owner for git to end."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for process in _STARTED:
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None and not pipe.closed:
                os.dup2(nowhere, pipe.fileno(), inheritable=False)
    os.close(nowhere)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def exchange(process: Any, names: Sequence[str]) -> Iterator[tuple[str, str, bytes] | None]:
    """Ask ``cat-file --batch`` for objects; of each, as it comes: id, kind, bytes. None: missing.

    So few at once that the names fit into a pipe. Raises BadObjectError or OSError where git gives
    up, or gives bytes that do not have the id they came under; the process is of no use after that.
    """
    process.stdin.write("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))
    process.stdin.flush()
    for name in names:
        header = process.stdout.readline().decode("utf-8", "replace").rstrip("\n").split(" ")
        if header[-1] == "missing":
            yield None
            continue
        if len(header) != 3 or OID.fullmatch(header[0]) is None:
            raise BadObjectError(name)
        data = process.stdout.read(int(header[2]) + 1)
        if len(data) != int(header[2]) + 1:
            raise BadObjectError(name)
        oid, kind, data = header[0], header[1], data[:-1]
        if object_id(kind, data) != oid:
            raise BadObjectError(oid)
        yield oid, kind, data


def object_id(kind: str, data: bytes) -> str:
    """The name that git gives to these bytes.

    >>> object_id("blob", b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    header = f"{kind} {len(data)}\0".encode("ascii")
    return hashlib.sha1(header + data, usedforsecurity=False).hexdigest()


def tree_entries(data: bytes) -> dict[str, tuple[str, str]]:
    """What the bytes of a tree list: name → (mode, object id). Raises ValueError."""
    found = _ENTRY.findall(data)
    if sum(len(mode) + len(name) for mode, name, _ in found) + 22 * len(found) != len(data):
        raise ValueError("not a tree")
    return {
        name.decode("utf-8", "surrogateescape"): (mode.decode("ascii"), oid.hex())
        for mode, name, oid in found
    }
