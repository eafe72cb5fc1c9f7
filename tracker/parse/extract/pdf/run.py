"""Starts the process that reads a PDF, and waits for its answer no longer than it may take.

Floor 1, before `pages`. The process begins with an empty environment and nothing of the program; a
file that kills it is an error of that file. What was read last is kept, since the lines of one
source are asked for more than once.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from threading import Timer
from typing import Final

from tracker.law.problems import TrackerError
from tracker.parse.extract.pdf import child
from tracker.parse.extract.pdf.pages import Scan, pages_of

__all__ = ["INSTALL", "library", "scan"]

INSTALL: Final = "先运行 pip install 'legislative-tracker[pdf]'"

CPU_SECONDS: Final = 8
"""What the process may take of a core; the longest law known, 民法典, takes two."""
MEMORY: Final = 800 * 1024 * 1024
"""Its address space; a law of 200 pages takes 60 MB, one that unpacks without end all it gets."""
SECONDS: Final = 20
"""By the clock, twice what the process may take of a core; where systems know no limits, all."""
LONGEST_ANSWER: Final = 64 * 1024 * 1024
"""Bytes; 民法典 has 400,000."""
_PACKAGE: Final = "pypdfium2"
_KEPT: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Of the environment: what a system needs to start Python and to load a library."""

_last: dict[bytes, Scan] = {}


def library() -> str | None:
    """The version of what reads PDF files here, None where it is not installed."""
    return _library()


@lru_cache(maxsize=1)
def _library() -> str | None:
    from importlib import metadata  # brings email and zipfile, which no text needs

    try:
        return f"{_PACKAGE}/{metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return None


def scan(data: bytes, name: str) -> Scan:
    """All characters of a PDF with their places.

    Raises TrackerError ``unreadable-source``: the library is missing, the file is broken, needs a
    password, or takes more than it may.
    """
    key = hashlib.sha256(data).digest()
    if key not in _last:
        found = _read(data, name)
        _last.clear()
        _last[key] = found
    return _last[key]


def _read(data: bytes, name: str) -> Scan:
    """What the process answers, which is believed as little as the file: it may be its words."""
    if library() is None:
        raise _unreadable(name, "是 PDF 文件，读取它需要 pypdfium2", INSTALL)
    code, said = _run(data)
    if code is None or len(said) > LONGEST_ANSWER:
        raise _unreadable(name, "是 PDF 文件，读取超时，或者结果过大", _AGAIN)
    try:
        answer = json.loads(said, parse_constant=_no_number)
        if why := answer.get("refused"):
            raise _refused(name, str(why))
        return pages_of(answer)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _died(name, code) from None


def _no_number(word: str) -> float:
    """NaN and Infinity are no places."""
    raise ValueError(word)


def _run(data: bytes) -> tuple[int | None, bytes]:
    """The exit code (None: stopped by the clock) and what was answered."""
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    with subprocess.Popen(
        [sys.executable, "-I", "-S", child.__file__, str(CPU_SECONDS), str(MEMORY), *_places()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, close_fds=True,
    ) as process:  # fmt: skip
        stopped: list[bool] = []

        def stop() -> None:
            stopped.append(True)
            process.kill()

        clock = Timer(SECONDS, stop)
        clock.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(data)
                process.stdin.close()
            except OSError:  # it died before it had read all
                pass
            said = process.stdout.read(LONGEST_ANSWER + 1)
            if len(said) > LONGEST_ANSWER:
                stop()
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            clock.cancel()
            clock.join()
        return (None if stopped else process.returncode), said


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    """The folders in which the process finds the library."""
    from importlib.util import find_spec

    found = find_spec("pypdfium2_raw")
    where = found.submodule_search_locations if found else None
    return tuple(str(Path(place).parent) for place in where or ())


_AGAIN: Final = "用“打印为 PDF”重新生成文件，或者复制其中的文字另存为文本（UTF-8）"
_REASONS: Final = {
    "password": ("有密码", "先用密码打开，另存为没有密码的文件"),
    "broken": ("已损坏，打不开", "检查下载或复制是否完整"),
    "memory": ("展开后占用的内存超过上限", _AGAIN),
}


def _refused(name: str, why: str) -> TrackerError:
    if why in _REASONS:
        return _unreadable(name, f"是 PDF 文件，{_REASONS[why][0]}", _REASONS[why][1])
    what, _, count = why.partition(" ")
    most, unit = (
        (child.MOST_PAGES, "页") if what == "pages" else (child.MOST_CHARACTERS, "字")
    )  # fmt: skip
    return _unreadable(name, f"是 PDF 文件，有 {count} {unit}，上限为 {most} {unit}", "拆分后读取")


def _died(name: str, code: int) -> TrackerError:
    return _unreadable(
        name,
        f"是 PDF 文件，读取它的进程中断（{code}）：耗用的时间或内存超过上限，或者文件有损坏",
        _AGAIN,
    )


def _unreadable(name: str, what: str, hint: str) -> TrackerError:
    return TrackerError("unreadable-source", f"无法读取 {name}：{what}", hint)
