"""How to install the extra `site` from the place where this program was installed from.

Floor 5. The installer has written that place down beside the package (direct_url.json, PEP 610).
"""

from __future__ import annotations

import json
from importlib import metadata
from shlex import quote
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

__all__ = ["how_to_install", "install_command"]

_NAME: Final = "legislative-tracker"


def how_to_install() -> str:
    """A hint: the command, or what to do where nobody has written down where we come from."""
    try:
        files = metadata.distribution(_NAME).files or ()
        written = [file.read_binary() for file in files if file.name == "direct_url.json"]
        command = install_command(json.loads(written[0])) if written else None
    except (metadata.PackageNotFoundError, OSError, ValueError, KeyError):
        command = None
    if command is None:
        return "在本程序源码的文件夹里运行 pip install '.[site]'"
    return f"运行 {command}"


def install_command(origin: dict[str, Any]) -> str:
    """The command for a place as direct_url.json describes it.

    >>> install_command({"url": "file:///home/li/tracker", "dir_info": {"editable": True}})
    "pip install -e '/home/li/tracker[site]'"
    >>> install_command({"url": "https://git.invalid/t.git", "vcs_info": {"vcs": "git"}})
    "pip install 'legislative-tracker[site] @ git+https://git.invalid/t.git'"
    """
    url = origin["url"]
    if "dir_info" in origin:
        editable = "-e " if origin["dir_info"].get("editable") else ""
        folder = url2pathname(urlsplit(url).path)
        return f"pip install {editable}{quote(folder + '[site]')}"
    if "vcs_info" in origin:
        info = origin["vcs_info"]
        revision = f"@{info['requested_revision']}" if info.get("requested_revision") else ""
        url = f"{info['vcs']}+{url}{revision}"
    return f"pip install {quote(f'{_NAME}[site] @ {url}')}"
