"""One writer at a time: a lock file in the git directory that the kernel frees when its owner dies.

Floor 3. The children that write inherit the lock, so it is free only when they are dead too.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError
from tracker.store.faults import system_failed

__all__ = ["LOCK_TIMEOUT", "hold", "try_hold"]

LOCK_TIMEOUT: Final = 30.0  # seconds; an ingest takes about 0.05, so this is 600 waiting writers
_POLL: Final = 0.01


@contextmanager
def hold(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[int]:
    """Hold the lock at `path`; gives its descriptor, for children to inherit.

    Raises TrackerError `store-busy` with the pid of the holder after `timeout` seconds,
    `no-file-lock` where the file system has no locks, and those of `system_failed`
    (`read-only-store`, `disk-full`) where the file cannot be written.
    """
    descriptor = _open(path)
    try:
        deadline = time.monotonic() + timeout
        while not _lock(descriptor, path):
            if time.monotonic() >= deadline:
                raise _busy(path)
            time.sleep(_POLL)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def try_hold(path: Path) -> Iterator[int | None]:
    """The same without waiting: None where it is held, or where nothing can be written here."""
    try:
        descriptor = _open(path)
    except TrackerError:
        yield None
        return
    try:
        yield descriptor if _lock(descriptor, path) else None
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise system_failed(error) from error


def _lock(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise TrackerError(
            "no-file-lock", f"文件系统不支持文件锁：{path}", "把版本库放到本地磁盘上"
        ) from error
    return True


def _busy(path: Path) -> TrackerError:
    text = path.read_text(encoding="ascii", errors="replace").strip()
    holder = text if text.isascii() and text.isdigit() else "未知"
    return TrackerError(
        "store-busy", f"版本库正被另一进程写入（进程 {holder}）：{path}", "等它结束后再试"
    )
