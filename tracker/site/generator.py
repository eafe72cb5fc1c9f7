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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tracker.law.problems import TrackerError
from tracker.site.assemble import Assembly, Searchable
from tracker.site.frames import Frame, frames_for, joined, usual_forms
from tracker.site.kept import Kept, digest, read_kept, taken
from tracker.site.names import API, DOCS, INDEX, KEPT, LAWS, PUBLIC, SEARCH_MEMORY, TOLD
from tracker.site.origin import how_to_install

__all__ = ["Builder", "Built", "check_address", "serve", "site_address"]

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
    Raises TrackerError `site-build-failed` where the configuration cannot be read.
    """
    config = workspace / "mkdocs.yml"
    if not config.is_file() or importlib.util.find_spec("mkdocs") is None:
        return ""
    from mkdocs.exceptions import ConfigurationError
    from mkdocs.utils.yaml import yaml_load

    try:
        with config.open("rb") as file:
            settings = yaml_load(file) or {}
        address = settings.get("site_url")
    except (ConfigurationError, AttributeError) as error:  # the second: a list, a lone word
        raise TrackerError(
            "site-build-failed",
            f"网站配置读不懂：{config}",
            " ".join(str(error).split()) if isinstance(error, ConfigurationError)
            else "应是“名称: 值”这样的行；可在空文件夹里运行 tracker init，与新写的对照",
        ) from error  # fmt: skip
    return f"{str(address).rstrip('/')}/" if address else ""


@dataclass(frozen=True, slots=True)
class Built:
    """What MkDocs made: the frames that pages are filled into, and the texts in which their marks
    stand, by name. `kept` is what a later build may take over."""

    frames: Mapping[str, Frame]
    kept: Kept


class Builder:
    """MkDocs in a process of its own, which works while the pages of laws are being written.

    Used in a ``with``: the process ends there, whatever it was doing. Raises TrackerError
    `site-builder-missing`, `no-site-config`.
    """

    def __init__(self, workspace: Path, output: Path) -> None:
        """Let it build the site into the folder `output`, in strict mode: of the pages of laws only
        frames of the forms that are usual or were there last time. Where an earlier build of MkDocs
        stands, it is taken over, and the process only makes what the header search needs.

        Both paths are absolute: it is started inside the workspace.

        Other files may be put into the folders of laws in `output` meanwhile.
        """
        self._config = _config(workspace)
        self._docs, self._public = workspace / DOCS, workspace / PUBLIC
        self._output = output
        for folder in (LAWS, API):  # so that the listing of the folder does not change once read
            (self._docs / folder).mkdir(parents=True, exist_ok=True)
        self._waiting: list[dict[str, Any]] = []  # pages that it is still to be told of
        self._kept = read_kept(self._docs / LAWS / KEPT)
        self._begin(joined(usual_forms(), self._kept.forms if self._kept else ()))

    def _begin(self, forms: Iterable[str]) -> None:
        self.frames = frames_for(forms)
        order = _order(self._config, self._output, self.frames)
        self._digest, environment = digest(order), _environment()
        kept = self._kept
        self._stands = kept is not None and kept.stands(self._digest, environment, self._public)
        places = [SEARCH_MEMORY, KEPT] if self._stands else [SEARCH_MEMORY]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tracker.site.child",
             *(str(self._docs / LAWS / name) for name in places)],
            cwd=self._config.parent, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        if not self._stands:
            self._send(order)

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def address(self) -> str:
        """Where the site will be found, see `site_address`."""
        if self._stands and self._kept is not None:
            return self._kept.address
        return site_address(self._config.parent)

    def look_ahead(self, pages: Iterable[Searchable]) -> None:
        """Tell it of pages that were just written: the search in the header reads each for some
        milliseconds, and would be all that is left to do at the end."""
        self._waiting += map(_searchable, pages)
        # until MkDocs is done nobody reads what is sent, and a pipe holds 64 kB
        if self._waiting and (self._stands or (self._output / TOLD).exists()):
            self._send({"searchable": self._waiting})
            self._waiting = []

    def complete(self, assembly: Assembly) -> None:
        """Tell it that the pages lie there: the search in the header is told of them, and what it
        made of them is kept for the next time."""
        if not assembly.forms <= self.frames.keys():  # a form that is seldom seen: once more
            self.__exit__()
            self._begin(joined(self.frames, assembly.forms))
        pages = [_searchable(page) for page in assembly.searchable()]
        self._send({"output": str(self._output), "index": f"{LAWS}/", "searchable": pages})

    def finish(self) -> Built:
        """Wait until all is built.

        Raises TrackerError `site-build-failed` with the last lines that MkDocs wrote.
        """
        pipe, self._process.stdin = self._process.stdin, None  # `communicate` must not use it again
        assert pipe is not None
        with suppress(BrokenPipeError):
            pipe.close()
        out, errors = self._process.communicate()
        if self._process.returncode != 0:
            said = (out + errors).decode("utf-8", "replace").strip().splitlines()
            raise TrackerError(
                "site-build-failed",
                f"MkDocs 生成网站失败（退出码 {self._process.returncode}）",
                " / ".join(_complaints(said)[-_LAST_LINES:]),
            )
        if self._stands and self._kept is not None:
            self._kept.put(self._output, self._public)
            return Built(self.frames, self._kept)
        told = self._output / TOLD
        found = json.loads(told.read_text(encoding="utf-8"))
        told.unlink()
        texts, files = taken(self._output, found)
        forms = tuple(sorted(self.frames))
        address = site_address(self._config.parent)
        return Built(self.frames, Kept(self._digest, forms, found, texts, files, address))

    def _send(self, order: Mapping[str, Any]) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(BrokenPipeError):  # where it has ended already, `finish` says why
            pipe.write(json.dumps(order).encode("utf-8") + b"\n")
            pipe.flush()


def _order(config: Path, output: Path, frames: Mapping[str, Frame]) -> dict[str, Any]:
    """What the child is told to build."""
    return {
        "config": str(config),
        "output": str(output),
        "left_out": [LAWS, API],
        "frames": {
            INDEX if not frame.url else f"{LAWS}/{frame.url}index.md": frame.source
            for frame in frames.values()
        },
        "index": INDEX,
        "other_files": [f"{LAWS}/feed.xml", f"{API}/index.json", f"{API}/laws.json"],
    }


def _searchable(page: Searchable) -> dict[str, Any]:
    """What the child is told of a page."""
    sheet, path, stat = page
    url, title = f"{LAWS}/{sheet.url}", sheet.words["title"]
    return {"path": str(path), "url": url, "title": title, "stat": stat}


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
    command = _command("serve", workspace.absolute(), "--dev-addr", address)
    if not verbose:
        command = [*command[:2], "-c", _SILENTLY, *command[4:], "--quiet"]
    return subprocess.run(command, cwd=workspace, env=_environment(), check=False).returncode


def _complaints(said: list[str]) -> list[str]:
    """The lines of MkDocs' output that say what is wrong; all of them where none is marked."""
    marked = [line.strip() for line in said if re.match(r"(WARNING|ERROR|CRITICAL)\b", line)]
    return marked or [line.strip() for line in said if line.strip()]
