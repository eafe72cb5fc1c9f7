"""The child process that runs MkDocs: all pages but those of laws, which get their frames built.

Floor 5. Started by `generator`, never imported by it: what MkDocs and its plugins load ends with
the child. Loads all it can, then reads one JSON document on standard input, see `generator`.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import jieba
from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

__all__ = ["main"]

_SEARCH: Final = "material/search"
_LEFT_OUT: Final = re.compile('<([a-z]+)(?= )[^<>]* data-search-exclude="1"[^<>]*>')
_NAMED_HEADING: Final = re.compile("<h[1-6] [^<>]*id=")


@dataclass
class _Memory:
    """What an earlier build made for the search: `pages` their entries by address, `cuts` words.

    A run of Han characters is always cut into the same words, and most of a new stage's captions
    are those of the stage before: where every run is known, the dictionary is not loaded, which
    takes as long as all else that MkDocs does in a small site.
    """

    made_by: list[str]
    pages: dict[str, Any] = field(default_factory=dict)
    cuts: dict[str, list[str]] = field(default_factory=dict)

    def cut(self, run: bytes) -> list[str]:
        """The words of a run; stands in for `jieba.cut`."""
        text = run.decode("utf-8")
        if text not in self.cuts:
            self.cuts[text] = list(jieba.cut(text))
        return self.cuts[text]

    @classmethod
    def read(cls, place: Path, made_by: list[str]) -> _Memory:
        """The memory at `place`; empty where it was of another program, or is none."""
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
            if found["made_by"] == made_by:
                return cls(made_by, dict(found["pages"]), dict(found["cuts"]))
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls(made_by)

    def write(self, place: Path) -> None:
        """Keep it at `place`."""
        told = {"made_by": self.made_by, "pages": self.pages, "cuts": self.cuts}
        place.write_text(json.dumps(told), encoding="utf-8")


class _Frames(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Leaves the pages of laws out, puts their frames in, and tells the search of the pages."""

    def __init__(self, order: dict[str, Any], place: Path) -> None:
        super().__init__()
        self.order = order
        self.place = place
        self.memory: _Memory | None = None

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
        self.memory = _Memory.read(self.place, _made_by(config.config_file_path, search.config))
        sys.modules[type(search).__module__].jieba = self.memory  # type: ignore[attr-defined]
        before, now = self.memory.pages, {}
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
        self.memory.pages = now
        return env

    def on_post_build(self, **_: object) -> None:
        """Keep what the search made of the pages."""
        if self.memory is not None:
            self.memory.write(self.place)


def _context(page: dict[str, Any]) -> SimpleNamespace:
    """What the search reads of a page."""
    content = Path(page["path"]).read_text(encoding="utf-8").partition("\n---\n\n")[2]
    return SimpleNamespace(
        meta={"title": page["title"]}, title=page["title"], toc=[], url=page["url"],
        content=_found(content.removesuffix("\n")),
    )  # fmt: skip


def _found(content: str) -> str:
    """The HTML of a page of ours without the elements that the search leaves out anyway.

    They are four fifths of the page of a law, and the search reads slowly. One that holds a heading
    with a name stays: the search begins a section there.

    >>> _found('<p>甲</p><nav data-search-exclude="1"><nav>乙</nav></nav><p>丙</p>')
    '<p>甲</p><p>丙</p>'
    """
    kept, done = [], 0
    for found in _LEFT_OUT.finditer(content):
        if found.start() < done:
            continue
        end = _end_of(content, found)
        if not _NAMED_HEADING.search(content, found.end(), end):
            kept.append(content[done : found.start()])
            done = end
    return "".join([*kept, content[done:]])


def _end_of(content: str, opening: re.Match[str]) -> int:
    """Where the element ends that is opened there; what we write is well-formed."""
    depth = 1
    for found in re.compile(rf"<(/?){opening[1]}\b[^>]*>").finditer(content, opening.end()):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end()
    return opening.end()


def _made_by(config: str, search: Mapping[str, Any]) -> list[str]:
    """What the entries of the search depend on besides the pages."""
    named = (search.get(name) for name in ("jieba_dict", "jieba_dict_user"))
    words = [sha256(Path(path).read_bytes()).hexdigest() for path in named if path]
    text = Path(config).read_text(encoding="utf-8")
    return [text, version("mkdocs-material"), version("jieba"), *words]


def _pass_by(folders: Collection[Path]) -> None:
    """Let nothing in this process walk into these folders.

    MkDocs lists every file before a plugin can say which it wants: for 1,000 laws 55,000 of them,
    which took half of its time.
    """
    walk: Callable[..., Iterator[tuple[str, list[str], list[str]]]] = os.walk
    gone = {str(folder) for folder in folders}

    def walk_others(top: Any, *args: Any, **kwargs: Any) -> Any:
        for where, inside, files in walk(top, *args, **kwargs):
            inside[:] = [name for name in inside if f"{where}{os.sep}{name}" not in gone]
            yield where, inside, files

    os.walk = walk_others


def _keep(directory: str) -> None:
    """Stands in for MkDocs' emptying of the folder it builds into: the folder is new, and the files
    of laws are put into it meanwhile."""


def main() -> int:
    """Build the site that standard input describes; the exit code.

    The arguments are the configuration and the memory of the header search.
    """
    place = Path(sys.argv[2])
    jieba.setLogLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s - %(message)s")
    config = load_config(config_file=sys.argv[1], strict=True)
    if _SEARCH in config.plugins and not place.is_file():
        jieba.initialize()  # there will be new words, and now nobody waits for the dictionary
    order = json.load(sys.stdin)
    config.site_dir = order["output"]
    _pass_by([Path(config.docs_dir, folder) for folder in order["left_out"]])
    utils.clean_directory = _keep
    config.plugins["frames"] = _Frames(order, place)
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
