"""Runs MkDocs as a child process: pages in, a finished site out. With `child` it alone knows it.

Floor 5. The environment of the child is fixed, so that clock and locale leave no trace in the site.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tracker.law.problems import TrackerError
from tracker.site.assemble import Assembly
from tracker.site.origin import how_to_install

__all__ = ["Builder", "check_address", "serve", "site_address"]

# Runs MkDocs with the segmenter of its search silenced; it greets on standard error otherwise.
_SILENTLY: Final = (
    "import logging, runpy, sys, jieba; jieba.setLogLevel(logging.WARNING);"
    "sys.argv[0] = 'mkdocs'; runpy.run_module('mkdocs', run_name='__main__')"
)

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
    config = _config(workspace)
    return [sys.executable, "-P", "-m", "mkdocs", verb, "--config-file", str(config), *options]


def _config(workspace: Path) -> Path:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise TrackerError(
            "site-builder-missing",
            f"生成网站所需的软件没有安装：{'、'.join(missing)}",
            how_to_install(),
        )
    config = workspace / "mkdocs.yml"
    if not config.is_file():
        raise TrackerError(
            "no-site-config", f"没有网站配置：{config}", "运行 tracker init 生成 mkdocs.yml"
        )
    return config


def site_address(workspace: Path) -> str:
    """Where the site will be found: `site_url` of mkdocs.yml, with a slash at its end.

    Empty where it is not set, where there is no configuration, or no MkDocs to read it.
    """
    config = workspace / "mkdocs.yml"
    if not config.is_file() or importlib.util.find_spec("mkdocs") is None:
        return ""
    from mkdocs.utils.yaml import yaml_load

    with config.open("rb") as file:
        address = (yaml_load(file) or {}).get("site_url")
    return f"{str(address).rstrip('/')}/" if address else ""


class Builder:
    """MkDocs in a process of its own, which loads while the pages of laws are being written.

    Used in a ``with``: the process ends there, whether it was told to build or not. Raises
    TrackerError `site-builder-missing`, `no-site-config`.
    """

    def __init__(self, workspace: Path, memory: Path) -> None:
        """`memory` is the file in which the header search keeps what it made of the pages."""
        self._memory = memory
        config = _config(workspace)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tracker.site.child", str(config), str(memory)],
            cwd=workspace, env=_environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def begin(self, output: Path, assembly: Assembly) -> None:
        """Let it build the site into the folder `output`, in strict mode.

        Of the laws only the frames of the assembly are built; the search is told of their pages,
        and what it made of them is kept for the next time. Other files may be put into `output`
        meanwhile.
        """
        order = json.dumps(_order(output, assembly)).encode("utf-8")
        pipe, self._process.stdin = self._process.stdin, None  # `communicate` must not use it again
        assert pipe is not None
        with suppress(BrokenPipeError), pipe:  # where it has ended already, `finish` says why
            pipe.write(order)

    def finish(self) -> None:
        """Wait until it is built.

        Raises TrackerError `site-build-failed` with the last lines that MkDocs wrote.
        """
        out, errors = self._process.communicate()
        if self._process.returncode != 0:
            said = (out + errors).decode("utf-8", "replace").strip().splitlines()
            raise TrackerError(
                "site-build-failed",
                f"MkDocs 生成网站失败（退出码 {self._process.returncode}）",
                " / ".join(_complaints(said)[-_LAST_LINES:]),
            )


def _order(output: Path, assembly: Assembly) -> dict[str, Any]:
    """What the child is told to build."""
    return {
        "output": str(output),
        "left_out": assembly.folders,
        "frames": {
            f"{assembly.pages}/{frame.url}index.md": frame.source
            for frame in assembly.frames.values()
        },
        "searchable": [
            {
                "path": str(path),
                "url": f"{assembly.pages}/{sheet.url}",
                "title": sheet.words["title"],
                "stat": stat,
            }
            for sheet, path, stat in assembly.searchable()
        ],
    }


def check_address(address: str) -> None:
    """Whether ``HOST:PORT`` can be listened on. Raises TrackerError `port-taken`."""
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        if os.name == "posix":  # as the server will: a port that was just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise TrackerError(
                "port-taken",
                f"不能在 {address} 提供网站：{error.strerror}",
                "用 --port N 换一个端口，或先停止占用它的程序",
            ) from error


def serve(workspace: Path, address: str, *, verbose: bool = False) -> int:
    """Serve the site of a workspace on ``HOST:PORT`` until stopped; returns the exit code.

    Only `verbose` lets MkDocs tell what it does; its errors are always shown.
    """
    command = _command("serve", workspace, "--dev-addr", address)
    if not verbose:
        command = [*command[:2], "-c", _SILENTLY, *command[4:], "--quiet"]
    return subprocess.run(command, cwd=workspace, env=_environment(), check=False).returncode


def _complaints(said: list[str]) -> list[str]:
    """The lines of MkDocs' output that say what is wrong; all of them where none is marked."""
    marked = [line.strip() for line in said if re.match(r"(WARNING|ERROR|CRITICAL)\b", line)]
    return marked or [line.strip() for line in said if line.strip()]
