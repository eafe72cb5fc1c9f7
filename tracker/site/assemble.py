"""Puts the pages of laws into a site that MkDocs built around their frames.

Floor 5. What did not change since the last build is not read again: it is linked from the site that
stands. A manifest beside the pages says what they were made of; without it everything is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tracker.site.filling import Task, fill_all, share_out
from tracker.site.folder import Stat, link, stat_of
from tracker.site.frames import Frame, Sheet, fill, fill_words, read_sheet
from tracker.site.names import LAWS

__all__ = ["Assembly", "Searchable", "collect", "read_manifest"]

_PAGE, _BUILT = "index.md", "index.html"
# From the first of a run of spaces only: a million of them would be gone through from each.
_URL: Final = re.compile(r"(?<!\s)\s*<url>.*?</url>", re.DOTALL)
_FEWEST: Final = 1000
"""Folders from which processes share them: one takes about 0.1 ms, a fork 20 ms."""
_FORMAT: Final = 5  # of the manifest; another number is as good as none


Searchable = tuple[Sheet, Path, Stat]
"""A page that the search in the header finds, where it lies, and what its file is known by."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of a law: its path from the folder of documents, and its identity.

    `sheet` is what a page is made of, its body not kept; None for a file that is copied as it is.
    """

    path: str
    stat: Stat
    sheet: Sheet | None = None


class Assembly:
    """All files of laws, and what the last build made of them."""

    def __init__(self, root: Path, leaves: Sequence[Leaf], before: Mapping[str, Any]) -> None:
        self.root = root
        self.leaves = tuple(leaves)
        self.forms = frozenset(leaf.sheet.form for leaf in leaves if leaf.sheet)
        self._before = before

    def searchable(self) -> Iterator[Searchable]:
        """The pages that the search finds."""
        for leaf in self.leaves:
            if leaf.sheet is not None and leaf.sheet.searchable:
                yield leaf.sheet, self.root / leaf.path, leaf.stat

    def put_files(self, built: Path, standing: Path) -> None:
        """Put every file that is no page into `built`, and make the folders of the pages.

        `standing` is the site of the last build. MkDocs may be building into `built` meanwhile;
        it has nothing in these folders but what it was told to leave out.
        """
        folders: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            folders.setdefault(leaf.path.rpartition("/")[0], []).append(leaf)

        def put_some(some: Sequence[tuple[str, list[Leaf]]]) -> None:
            for folder, leaves in some:
                os.makedirs(f"{built}/{folder}", exist_ok=True)  # noqa: PTH103
                for leaf in leaves:
                    if leaf.sheet is None:
                        self._put_file(leaf, built, standing)

        share_out(put_some, [*folders.items()], _FEWEST)

    def _put_file(self, leaf: Leaf, built: Path, standing: Path) -> None:
        target = f"{built}/{leaf.path}"
        if self._stands(leaf) and link(f"{standing}/{leaf.path}", target):
            return
        if not link(f"{self.root}/{leaf.path}", target):
            shutil.copyfile(self.root / leaf.path, target)

    def put_pages(
        self, built: Path, standing: Path, frames: Mapping[str, Frame], texts: Mapping[str, str]
    ) -> dict[str, Any]:
        """Put every page into `built`; `texts` are what MkDocs made of the frames, and the other
        files in which marks stand.

        Returns the manifest to keep once the site is in its place.
        """
        used = {form: (frames[form], texts[frames[form].name]) for form in self.forms}
        marks = {form: _mark(frame, text) for form, (frame, text) in used.items()}
        old_marks = self._before.get("frames", {})
        to_fill: list[Task] = []
        for leaf in self.leaves:
            if leaf.sheet is None:
                continue
            form, name = leaf.sheet.form, leaf.path.removesuffix(_PAGE) + _BUILT
            there = self._stands(leaf) and old_marks.get(form) == marks[form]
            there = there and self._is_whole(leaf, f"{standing}/{name}")
            if not (there and link(f"{standing}/{name}", f"{built}/{name}")):
                to_fill.append((leaf.sheet, f"{self.root}/{leaf.path}", f"{built}/{name}"))
        fill_all(used, to_fill)
        own = {frame.name for frame in frames.values()}
        for name in texts.keys() - own:
            self._put_marked(built / name, texts[name], frames)
        numbers = {form: number for number, form in enumerate(sorted(marks))}
        ordered = {form: marks[form] for form in numbers}
        return {"format": _FORMAT, "frames": ordered, "files": self._known(built, numbers)}

    def _put_marked(self, path: Path, text: str, frames: Mapping[str, Frame]) -> None:
        """A file that shows words of the list of laws, as the home page does; or the sitemap."""
        pages: dict[str, list[Sheet]] = {form: [] for form in frames}
        for leaf in self.leaves:
            if leaf.sheet is not None:
                pages[leaf.sheet.form].append(leaf.sheet)
        if path.name == "sitemap.xml":
            text = _with_all_pages(text, frames, pages)
        for form, frame in frames.items():
            if not frame.url:
                for sheet in pages[form]:
                    text = fill_words(frame, text, sheet)
        path.write_text(text, encoding="utf-8", newline="\n")
        if path.name == "sitemap.xml":
            packed = path.with_name("sitemap.xml.gz")
            with (
                packed.open("wb") as file,
                gzip.GzipFile(packed, "wb", fileobj=file, mtime=0) as to,
            ):
                to.write(path.read_bytes())

    def _stands(self, leaf: Leaf) -> bool:
        """Whether the file is as it was at the last build."""
        known: dict[str, list[Any]] = self._before.get("files", {})
        return bool(known.get(leaf.path, [None])[0] == list(leaf.stat))

    def _is_whole(self, leaf: Leaf, page: str) -> bool:
        """Whether the page that stands is as the last build left it: a power cut, or a hand, may
        have emptied or changed it since."""
        known = self._before["files"][leaf.path]
        try:
            return stat_of(page) == tuple(known[3])
        except OSError:
            return False

    def _known(self, built: Path, numbers: Mapping[str, int]) -> dict[str, list[Any]]:
        """Each file for the manifest: its identity; of a page also the number of its form, its
        words, and the identity of what was made of it."""
        known: dict[str, list[Any]] = {}
        for leaf in self.leaves:
            known[leaf.path] = [leaf.stat]
            if leaf.sheet is not None:
                page = stat_of(f"{built}/{leaf.path.removesuffix(_PAGE)}{_BUILT}")
                known[leaf.path] += (numbers[leaf.sheet.form], dict(leaf.sheet.words), page)
        return known


def _with_all_pages(
    text: str, frames: Mapping[str, Frame], pages: Mapping[str, Sequence[Sheet]]
) -> str:
    """The sitemap with an entry for each page where the entry of its frame stands."""
    by_url = {frame.url: frame for frame in frames.values() if frame.url}

    def entries(match: re.Match[str]) -> str:
        frame = next((by_url[url] for url in by_url if url in match[0]), None)
        if frame is None:
            return match[0]
        return "".join(fill(frame, match[0], sheet) for sheet in pages[frame.form])

    return _URL.sub(entries, text)


def collect(
    root: Path,
    files: Mapping[str, Stat],
    before: Mapping[str, Any],
    fresh: Mapping[str, tuple[Stat, Sheet]] | None = None,
) -> Assembly:
    """What lies under `root` of laws and about them, in the folders that we alone write: `files`.

    `before` is the manifest of the last build, empty where there is none; `fresh` the pages that
    were just written, by their names under ``laws/``. Other pages are read.
    """
    if before.get("format") != _FORMAT:
        before = {}
    known = before.get("files", {})
    forms = list(before.get("frames", {}))
    leaves: list[Leaf] = []
    for top, *inside, file in sorted(name.split("/") for name in files):
        name = "/".join((top, *inside, file))
        stat = files[name]
        if file.startswith("."):  # what is kept for the next build
            continue
        if top != LAWS or file != _PAGE:
            leaves.append(Leaf(name, stat))
            continue
        law_id, rest = (inside[0], tuple(inside[1:])) if inside else ("", ())
        old = known.get(name, [None])
        if old[0] == list(stat):
            sheet = Sheet(law_id, rest, forms[old[1]], old[2], "")
        elif fresh and (new := fresh.get("/".join((*inside, file)))) and new[0] == stat:
            sheet = new[1]
        else:
            sheet = replace(read_sheet(root / name, law_id, rest), body="")
        leaves.append(Leaf(name, stat, sheet))
    return Assembly(root, leaves, before)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest, empty where it is missing or damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _mark(frame: Frame, built: str) -> str:
    """What a frame looks like, whatever its number."""
    page = fill(frame, built, Sheet("law", ("page",), frame.form, {}, ""))
    words = re.sub(rf"frame{frame.number}(mark|body)", r"frame\1", page)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
