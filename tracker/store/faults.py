"""Errors of the store that several of its modules raise, each worded once.

Floor 3. Pure.
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError

__all__ = ["REPAIR", "corrupt_store", "git_failed", "not_a_store"]

REPAIR: Final = "从备份或另一份克隆恢复；git fsck 可以列出损坏的对象"


def not_a_store(path: Path) -> TrackerError:
    """No git repository here, or none with ``versions/``."""
    return TrackerError("not-a-store", f"这里没有版本库：{path}", "先在工作目录运行 tracker init")


def corrupt_store(git_dir: Path) -> TrackerError:
    """The commit or a folder above the laws cannot be read."""
    return TrackerError("corrupt-store", f"版本库损坏，读不出目录：{git_dir}", REPAIR)


def git_failed(command: str, status: int, err: str) -> TrackerError:
    """Git did not do what it was asked; a status below 0 is the signal that ended it."""
    if "No space left" in err or "File too large" in err or status == -signal.SIGXFSZ:
        return TrackerError(
            "disk-full", f"磁盘已满，版本没有存入（git {command}）", "腾出空间后重新运行同一命令"
        )
    last = err.strip().splitlines()[-1] if err.strip() else ""
    return TrackerError(
        "store-failed", f"git {command} 没有完成写入（状态 {status}）：{last}",
        "已存的版本不受影响；排除原因后重新运行同一命令",
    )  # fmt: skip
