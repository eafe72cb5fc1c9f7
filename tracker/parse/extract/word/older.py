"""Older Word files (doc, wps) → docx, by LibreOffice where it is installed.

Floor 1, before the rest of this folder. No library reads them with their automatic numbers; only
LibreOffice does (of rtf it loses 第 and 条 in them). It works in an empty folder with a profile of
its own and is stopped after a while. It is a large program that was not made for files from
strangers, so what a change proposes is not given to it (`is_older` tells).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.parse.extract.decode import OLDER, check_size
from tracker.parse.extract.word.ooxml import unreadable

__all__ = ["INSTALL", "as_docx", "converted", "is_older", "program_version"]

SECONDS: Final = 90
"""By the clock. A law takes 1 to 2, the first start of LibreOffice on a machine up to 20."""

INSTALL: Final = "安装 LibreOffice（Debian、Ubuntu：apt install libreoffice-writer-nogui）"
_SAVE: Final = "在 Word 或 WPS 中另存为 docx，再读取"
_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:\\Program Files\\LibreOffice\\program",
)
"""Where it is installed on systems that do not put it among the commands."""
_KEPT: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
_VERSION: Final = re.compile(r"LibreOffice\s{1,4}([0-9.]{1,40})")
_STREAMS: Final = (
    ("EncryptedPackage", "有密码的 Office 文件", "先用密码打开，另存为没有密码的 docx"),
    ("Workbook", "Excel 表格（xls）", "把其中的法规复制到 Word 或文本文件"),
    ("PowerPoint Document", "演示文稿（ppt）", "把其中的法规复制到 Word 或文本文件"),
)  # fmt: skip
"""What else such a container holds, by the name of a stream in it, and the way out."""
_TEXT: Final = "WordDocument".encode("utf-16-le")

_last: dict[bytes, bytes] = {}


def is_older(data: bytes) -> bool:
    """Whether bytes begin as a doc or wps file does, whatever its name."""
    return data.startswith(OLDER)


@lru_cache(maxsize=1)
def program_version() -> str | None:
    """LibreOffice and its version as it stands in what is stored; None where there is none."""
    program = _program()
    if program is None:
        return None
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, timeout=SECONDS, check=False,
            env=_environment(tempfile.gettempdir()),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(said.stdout.decode("utf-8", "replace"))
    return f"LibreOffice/{found[1]}" if found else None


def as_docx(data: bytes, name: str) -> bytes:
    """The same file as docx; the last one is kept, as the lines of a source are asked for again.

    Raises TrackerError `unreadable-source`: LibreOffice is not here, cannot read it or takes too
    long, or it is no text at all.
    """
    key = hashlib.sha256(data).digest()
    if key not in _last:
        found = _converted(data, name)
        _last.clear()
        _last[key] = found
    return _last[key]


def converted(name: str) -> Problem:
    """That a text was taken out by another program, which is to be known of each."""
    return Problem(
        code="converted-source",
        severity=Severity.INFO,
        message=f"{name} 是旧版 Word 文件，先由 {program_version()} 转换为 docx 再读取",
        hint="核对自动编号",
    )


def _converted(data: bytes, name: str) -> bytes:
    check_size(data, name)
    _check_text(data, name)
    program = _program()
    if program is None or program_version() is None:
        raise unreadable(name, "是旧版 Word（doc、wps）文件", f"{_SAVE}；或者{INSTALL}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        stopped = _run([program, *_options(folder), str(source)], folder)
        made = Path(folder) / "made" / "source.docx"
        if not made.is_file():
            why = f"，{SECONDS} 秒还没有转换完" if stopped else "，LibreOffice 不能转换它"
            raise unreadable(name, f"是旧版 Word 文件{why}", _SAVE)
        return made.read_bytes()


def _check_text(data: bytes, name: str) -> None:
    """Raise where the container is not that of a text."""
    if _TEXT in data:
        return
    for stream, what, hint in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise unreadable(name, f"是{what}", hint)
    raise unreadable(name, "不是 Word 文件，或者已损坏", _SAVE)


def _options(folder: str) -> list[str]:
    profile = (Path(folder) / "profile").as_uri()
    return [
        f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
        str(Path(folder) / "made"),
    ]  # fmt: skip


def _run(command: list[str], folder: str) -> bool:
    """Run it with all that it starts; whether it had to be stopped."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=_environment(folder), cwd=folder, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            _stop(process)
            return True
        except BaseException:  # Ctrl-C does not reach a session of its own
            _stop(process)
            raise
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _environment(folder: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {**kept, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


def _program() -> str | None:
    for name in _NAMES:
        if found := shutil.which(name) or shutil.which(name, path=os.pathsep.join(_PLACES)):
            return found
    return None
