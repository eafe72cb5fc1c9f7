"""Errors of the store that several of its modules raise, each worded once.

Floor 3. Pure.
"""

from __future__ import annotations

import errno
import json
import signal
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError

__all__ = [
    "REPAIR", "corrupt_store", "git_failed", "no_record", "not_a_store", "system_failed",
    "why_damaged",
]  # fmt: skip

REPAIR: Final = "从备份或另一份克隆恢复；git fsck 可以列出损坏的对象"


def not_a_store(path: Path) -> TrackerError:
    """No git repository here, or none with ``versions/``."""
    return TrackerError("not-a-store", f"这里没有版本库：{path}", "先在工作目录运行 tracker init")


def corrupt_store(git_dir: Path) -> TrackerError:
    """The commit or a folder above the laws cannot be read."""
    return TrackerError("corrupt-store", f"版本库损坏，读不出目录：{git_dir}", REPAIR)


def no_record(law_id: str) -> TrackerError:
    """A law with a folder and no law.toml in it."""
    return TrackerError(
        "bad-law-toml", f"versions/{law_id}/ 里没有 law.toml", "补上它并用 git 提交"
    )


def why_damaged(error: Exception) -> str:
    """What is wrong with a record that cannot be taken, as the end of a sentence about it.

    >>> why_damaged(KeyError("stage"))
    '缺少 stage'
    """
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return "不是完整的 JSON"
    if isinstance(error, KeyError):
        return f"缺少 {error.args[0]}"
    return f"内容不合格式（{error}）"


def system_failed(error: OSError) -> TrackerError:
    """The system refused something in the middle of a write; nothing of it is acknowledged."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return TrackerError(
            "disk-full", f"磁盘已满，版本没有存入：{error.filename or '临时文件'}",
            "腾出空间后重新运行同一命令",
        )  # fmt: skip
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return TrackerError(
            "read-only-store", f"版本库不可写：{error.filename}", "检查目录的权限，或改用可写的副本"
        )
    where = f"：{error.filename}" if error.filename else ""
    return TrackerError(
        "store-failed", f"写入没有完成（{error.strerror}）{where}",
        "已存的版本不受影响；排除原因后重新运行同一命令",
    )  # fmt: skip


def git_failed(command: str, status: int, err: str, *, is_full: bool = False) -> TrackerError:
    """Git did not do what it was asked; a status below 0 is the signal that ended it.

    `is_full`: there is no room on the disk, whatever git says of it.
    """
    if is_full or "No space left" in err or "File too large" in err or status == -signal.SIGXFSZ:
        return TrackerError(
            "disk-full", f"磁盘已满，版本没有存入（git {command}）", "腾出空间后重新运行同一命令"
        )
    last = err.strip().splitlines()[-1] if err.strip() else ""
    return TrackerError(
        "store-failed", f"git {command} 没有完成写入（状态 {status}）：{last}",
        "已存的版本不受影响；排除原因后重新运行同一命令",
    )  # fmt: skip
