"""Runs MkDocs as a child process: pages in, a finished site out. The only module that knows it.

Floor 5. The environment of the child is fixed, so that clock and locale leave no trace in the site.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError

__all__ = ["run", "serve"]

_NEEDED: Final = ("mkdocs", "material", "jieba")
_LAST_LINES: Final = 12  # of the child's output: enough to name the file it complains of


def _environment() -> dict[str, str]:
    fixed = {
        "NO_MKDOCS_2_WARNING": "1",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
    }
    return {**os.environ, **fixed}


def _command(verb: str, workspace: Path, *options: str) -> list[str]:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise TrackerError(
            "site-builder-missing",
            f"生成网站所需的软件没有安装：{'、'.join(missing)}",
            "运行 pip install 'legislative-tracker[site]'",
        )
    config = workspace / "mkdocs.yml"
    if not config.is_file():
        raise TrackerError(
            "no-site-config", f"没有网站配置：{config}", "运行 tracker init 生成 mkdocs.yml"
        )
    return [sys.executable, "-m", "mkdocs", verb, "--config-file", str(config), *options]


def run(workspace: Path, output: Path) -> None:
    """Build the site of a workspace into the folder `output`, in strict mode.

    Raises TrackerError `site-builder-missing`, `no-site-config`, or `site-build-failed` with the
    last lines that MkDocs wrote.
    """
    # Not --quiet: it silences the warnings before strict mode can count them.
    command = _command("build", workspace, "--strict", "--site-dir", str(output))
    done = subprocess.run(
        command, cwd=workspace, env=_environment(), stdin=subprocess.DEVNULL,
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        raise TrackerError(
            "site-build-failed",
            f"MkDocs 生成网站失败（退出码 {done.returncode}）",
            " / ".join(_complaints(said)[-_LAST_LINES:]),
        )


def serve(workspace: Path, address: str) -> int:
    """Serve the site of a workspace on ``HOST:PORT`` until stopped; returns the exit code."""
    command = _command("serve", workspace, "--dev-addr", address)
    return subprocess.run(command, cwd=workspace, env=_environment(), check=False).returncode


def _complaints(said: list[str]) -> list[str]:
    """The lines of MkDocs' output that say what is wrong; all of them where none is marked."""
    marked = [line.strip() for line in said if re.match(r"(WARNING|ERROR|CRITICAL)\b", line)]
    return marked or [line.strip() for line in said if line.strip()]
