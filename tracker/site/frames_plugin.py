"""A plugin of MkDocs that puts frames where the pages of laws would be.

Floor 5, used by the child that runs MkDocs, never imported by the program itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

__all__ = ["SEARCHES", "Frames"]

SEARCHES: Final = ("material/search",)
"""The plugins whose index the pages of laws are put into."""

_MARKS: Final = re.compile("frame[0-9]+(mark|body)|law-frame-[0-9]")


class Frames(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Puts the frames in and notes where their marks turn up.

    `order` names them: `frames` their sources by name, `index` the list of laws among them, and
    `other_files` that pages may link to, which others put into the site.
    """

    def __init__(self, order: Mapping[str, Any]) -> None:
        super().__init__()
        self.order = order
        self.marked: set[str] = set()
        self.at = 0
        """How many entries the search has before those of the list of laws."""

    def on_files(self, files: Files, *, config: Any) -> Files:
        """The files with a page for each frame; the list of laws stands where MkDocs finds it."""
        found = list(files)
        index = self.order["index"]
        later = (
            place for place, file in enumerate(found)
            if file.is_documentation_page() and "/" in file.src_uri and file.src_uri > index
        )  # fmt: skip
        sources = dict(self.order["frames"])
        if index in sources:
            frame = File.generated(config, index, content=sources.pop(index))
            found.insert(next(later, len(found)), frame)
        found += [File.generated(config, uri, content=text) for uri, text in sources.items()]
        found += [File.generated(config, uri, content=b"") for uri in self.order["other_files"]]
        return Files(found)

    def on_env(self, env: Any, *, files: Files, **_: object) -> Any:
        """Links are resolved: the files that others put in are forgotten."""
        for uri in self.order["other_files"]:
            file = files.get_file_from_path(uri)
            assert file is not None
            files.remove(file)
        return env

    def on_page_context(self, context: Any, *, page: Any, config: Any, **_: object) -> Any:
        """Note the place of the list of laws; its frame itself has no entries."""
        search = next((config.plugins[name] for name in SEARCHES if name in config.plugins), None)
        if page.file.src_uri == self.order["index"] and search is not None:
            self.at = len(search.search_index.entries) if search.config.enabled else 0
        return context

    def on_post_page(self, output: str, *, page: Any, **_: object) -> str:
        """Note a page with marks."""
        return self._note(output, page.file.dest_uri)

    def on_post_template(self, output_content: str, *, template_name: str, **_: object) -> str:
        """Note another file with marks; the sitemap is always one of all pages."""
        return self._note(output_content, template_name)

    def _note(self, output: str, name: str) -> str:
        if name == "sitemap.xml" or _MARKS.search(output):
            self.marked.add(name)
        return output
