"""The child process that runs MkDocs: all pages but those of laws, which get their frames built.

Floor 5. Started by `generator`, never imported by it: what MkDocs and its plugins load ends with
the child. Reads lines of JSON on standard input, see `generator`: what to build, at once; which
pages the search in the header finds, as they are written; and at the end, all of them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from tracker.site.header_search import Cutter, Memory, entries_of, look_ahead, made_by
from tracker.site.names import TOLD
from tracker.site.watching import Reading

__all__ = ["main"]

_READ_NO_FILES: Final = {
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "meta",
    "sane_lists", "smarty", "tables", "toc", "pymdownx.caret", "pymdownx.details",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
}  # fmt: skip
"""Extensions of Markdown that make their text of the page alone. `pymdownx.snippets` looks for a
file in several folders, and that one is not there is no event."""

Told = dict[str, Any]
"""What MkDocs made, for the parent and for later runs:

- `marked`: the files in which marks of frames stand, by their names in the site
- `search`: the settings of the search, its entries of other pages than those of laws, the place
  among them of the entries of the list of laws, what they were made by; None without the search
- `read`: all that was read, see `watching`; None where another run may read something else
"""


def _build(reading: Reading, order: dict[str, Any]) -> Told:
    """Run MkDocs as `order` says. Raises `mkdocs.exceptions.MkDocsException`."""
    from mkdocs import utils
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from tracker.site.frames_plugin import SEARCHES, Frames

    config = load_config(config_file=order["config"], strict=True)
    named = set(config.plugins)
    config.site_dir = order["output"]
    _pass_by([Path(config.docs_dir, folder) for folder in order["left_out"]])
    utils.clean_directory = _keep
    config.plugins["frames"] = frames = Frames(order)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    search: Any = next((config.plugins[name] for name in SEARCHES if name in named), None)
    found = None
    if search is not None and search.config.enabled:
        settings = json.loads(search.search_index.generate_search_index(None))["config"]
        entries = search.search_index.entries
        by = made_by(config.config_file_path, search.config)
        found = {"config": settings, "docs": entries, "at": frames.at, "made_by": by}
    # Another plugin may look at the clock, an extension whether a file is there: nothing tells.
    known = (
        not reading.beyond and not config.hooks
        and named <= set(SEARCHES) and _READ_NO_FILES.issuperset(config.markdown_extensions)
    )  # fmt: skip
    read = reading.end(order["output"]) if known else None
    return {"marked": sorted(frames.marked), "search": found, "read": read}


def _pass_by(folders: list[Path]) -> None:
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


def _make_search(told: Told, place: Path, cutter: Cutter) -> None:
    """Write the index of the search, with the entries of the pages of laws before the others; those
    of the list of laws stand where MkDocs has that page.

    Most pages are told of as soon as they are written: while the others are, this is done too.
    """
    from material.plugins.search import plugin  # type: ignore[import-untyped]

    plugin.jieba = cutter
    search = told["search"]
    memory = Memory.read(place, search["made_by"])
    cutter.cuts = memory.cuts
    index = plugin.SearchIndex(**search["config"])
    order: dict[str, Any] = {}
    while "output" not in order:
        if not (line := sys.stdin.readline()):  # the build was given up
            return
        order = json.loads(line)
        look_ahead(order["searchable"], index, memory)
    made = entries_of(order["searchable"], index, memory)
    others, at = search["docs"], search["at"]
    listed = made.pop(order["index"], [])
    index.entries = [entry for entries in made.values() for entry in entries]
    index.entries += [*others[:at], *listed, *others[at:]]
    target = Path(order["output"], "search/search_index.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(index.generate_search_index(None).encode("utf-8"))
    memory.write(place)


def main() -> int:
    """Build the site that standard input describes; the exit code.

    The arguments are the memory of the header search and, where an earlier build of MkDocs stands,
    the file that holds what was told of it: then only the search is to be made.
    """
    place, *standing = map(Path, sys.argv[1:])
    cutter = Cutter()
    sys.modules["jieba"] = cutter  # type: ignore[assignment]
    if standing:
        told = json.loads(standing[0].read_text(encoding="utf-8"))["told"]
        from material.plugins.search import plugin  # noqa: F401  now, while nobody waits
    else:
        reading = Reading()
        import logging

        from mkdocs.exceptions import MkDocsException

        logging.basicConfig(level=logging.WARNING, format="%(levelname)s - %(message)s")
        order = json.loads(sys.stdin.readline())
        try:
            told = _build(reading, order)
        except MkDocsException as error:
            print(f"ERROR - {error}", file=sys.stderr)
            return 1
        Path(order["output"], TOLD).write_text(json.dumps(told), encoding="utf-8")
    if told["search"] is not None:
        _make_search(told, place, cutter)
    return 0


if __name__ == "__main__":
    sys.exit(main())
