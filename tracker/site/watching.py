"""Notes what a process reads, so that a later run knows whether it would read the same again.

Floor 5, used by the child that runs MkDocs. Python tells of every file that is opened and every
folder that is listed (audit events, PEP 578), whichever plugin does it. Loads nothing of the
program.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from typing import Any, ClassVar, Final

__all__ = ["Reading", "identity", "unchanged"]

Known = list[int] | None
"""Size and time of the last change (nanoseconds) of a file or folder; None where there is none."""

_LISTED: Final = ("os.listdir", "os.scandir")
_BEYOND: Final = (
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty",
    "socket.connect", "socket.getaddrinfo", "sqlite3.connect",
)  # fmt: skip
"""What a process may learn from that no file shows."""
_DEVICES: Final = ("/dev/", "/proc/", "/sys/")
_WRITING: Final = os.O_WRONLY | os.O_RDWR


class _Environment(os._Environ):  # type: ignore[type-arg]
    """The environment, noting which variables are asked for."""

    asked: ClassVar[dict[str, str | None]] = {}

    def __getitem__(self, name: str) -> str:
        try:
            value: str = super().__getitem__(name)
        except KeyError:
            self.asked[name] = None
            raise
        self.asked[name] = value
        return value


class Reading:
    """What this process reads from now on until `end`: one a process, as a hook stays for ever."""

    def __init__(self) -> None:
        self.beyond = False
        """Whether it learnt something from elsewhere than files: another program, the network."""
        self._files: dict[str, Known] = {}
        self._listens = True
        os.environ.__class__ = _Environment
        sys.addaudithook(self._hear)

    def end(self, but: str) -> dict[str, Any]:
        """The files and folders, and the variables of the environment, each as it was when it was
        first asked for. What lies under the folder `but` is left out.

        >>> unchanged({"files": {"/no/such/file": None}, "environment": {"A": None}}, {"B": "1"})
        True
        """
        self._listens = False
        for module in list(sys.modules.values()):
            place = getattr(module, "__file__", None)
            if place:
                self._note(place)
        inside = os.path.join(but, "")  # noqa: PTH118  names are text here: there are thousands
        files = {name: known for name, known in self._files.items() if not name.startswith(inside)}
        files.pop(but, None)
        return {"files": files, "environment": dict(_Environment.asked)}

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._listens:
            return
        if event == "open":
            path, _, flags = arguments
            if not flags & _WRITING:
                self._note(path)
        elif event in _LISTED:
            self._note(arguments[0])
        elif event in _BEYOND:
            self.beyond = True

    def _note(self, path: object) -> None:
        if isinstance(path, int):
            return
        name = os.path.abspath(os.fsdecode(path or "."))  # type: ignore[arg-type]  # noqa: PTH100
        # The compiled form of a module is written by whoever loads it; its source is noted.
        if name in self._files or name.endswith(".pyc") or name.startswith(_DEVICES):
            return
        self._files[name] = identity(name)


def identity(path: str) -> Known:
    """What a file or folder is known by."""
    try:
        found = os.stat(path)  # noqa: PTH116  a path as text, see `Reading.end`
    except OSError:
        return None
    # The size of a folder depends on what it once held.
    return [0 if stat.S_ISDIR(found.st_mode) else found.st_size, found.st_mtime_ns]


def unchanged(read: Mapping[str, Any], environment: Mapping[str, str]) -> bool:
    """Whether all that `Reading.end` gave is as it was, in a process with this environment."""
    asked: dict[str, str | None] = read["environment"]
    files: dict[str, Known] = read["files"]
    return all(environment.get(name) == value for name, value in asked.items()) and all(
        identity(name) == known for name, known in files.items()
    )
