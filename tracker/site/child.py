"""The child process that runs MkDocs: all pages but those of laws, which get their frames built.

Floor 5. Started by `generator`, never imported by it: what MkDocs and its plugins load ends with
the child. Reads one JSON document on standard input, see `generator.run`.
"""

from __future__ import annotations

import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import jieba
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

__all__ = ["main"]

_SEARCH: Final = "material/search"


class _Frames(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Leaves the pages of laws out, puts their frames in, and tells the search of the pages."""

    def __init__(self, order: dict[str, Any]) -> None:
        super().__init__()
        self.order = order

    def on_files(self, files: Files, *, config: Any) -> Files:
        """The files without the folders of laws, and with a page for each frame."""
        gone = set(self.order["left_out"])
        kept = [file for file in files if "/".join(file.src_uri.split("/")[:2]) not in gone]
        for uri, source in self.order["frames"].items():
            kept.append(File.generated(config, uri, content=source))
        return Files(kept)

    def on_env(self, env: Any, *, config: Any, **_: object) -> Any:
        """Tell the search of the pages that the frames stand for, as it would see them itself."""
        search = config.plugins.get(_SEARCH)
        if search is None:
            return env
        place, made_by = Path(self.order["memory"]), _made_by(self.order["config"])
        before, now = _memory(place, made_by), {}
        entries = search.search_index.entries
        for page in self.order["searchable"]:
            known = before.get(page["url"])
            if known is not None and known[0] == page["stat"]:
                entries.extend(known[1])
            else:
                count = len(entries)
                search.search_index.add_entry_from_context(_context(page))
                known = [page["stat"], entries[count:]]
            now[page["url"]] = known
        place.write_text(json.dumps({"made_by": made_by, "pages": now}), encoding="utf-8")
        return env


def _context(page: dict[str, Any]) -> SimpleNamespace:
    """What the search reads of a page."""
    content = Path(page["path"]).read_text(encoding="utf-8").partition("\n---\n\n")[2]
    return SimpleNamespace(
        meta={"title": page["title"]}, title=page["title"], toc=[], url=page["url"],
        content=content.removesuffix("\n"),
    )  # fmt: skip


def _made_by(config: str) -> list[str]:
    """What the entries of the search depend on besides the pages."""
    return [Path(config).read_text(encoding="utf-8"), version("mkdocs-material"), version("jieba")]


def _memory(place: Path, made_by: list[str]) -> dict[str, Any]:
    """The entries of each page as the last build made them; none where that was another program."""
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        pages = found["pages"] if found["made_by"] == made_by else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return pages if isinstance(pages, dict) else {}


def main() -> int:
    """Build the site that standard input describes; the exit code."""
    order = json.load(sys.stdin)
    jieba.setLogLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s - %(message)s")
    config = load_config(config_file=order["config"], strict=True, site_dir=order["output"])
    config.plugins["frames"] = _Frames(order)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort as error:
        print(f"ERROR - {error}", file=sys.stderr)
        return 1
    finally:
        config.plugins.on_shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
