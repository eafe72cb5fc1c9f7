"""Writes the pages of all laws as files, runs MkDocs over them, and swaps the built site in.

Floor 5. The pages lie under ``site/docs/laws/``, one folder a law, the data for programs under
``site/docs/api/``; they are real files, so plain ``mkdocs build`` and ``mkdocs serve`` work on
them, and so would another builder. Files that did not change are not written again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.law.problems import TrackerError
from tracker.render.feeds import FeedEntry, site_feed, stage_entries
from tracker.render.json_site import compact, index_data, law_entry, laws_document
from tracker.render.pages_comparison import comparison_page
from tracker.render.pages_html import Page
from tracker.render.pages_index import Listed, index_page, listed
from tracker.render.pages_law import law_page
from tracker.render.pages_provisions import provisions_page
from tracker.render.pages_recent import Recent, recently
from tracker.render.pages_story import Story, source_file
from tracker.render.pages_version import version_page
from tracker.site import generator, template
from tracker.site.assemble import collect, read_manifest
from tracker.site.data import api_files, feed_files
from tracker.site.story import gather
from tracker.site.swap import building, swap_in
from tracker.store.versions import Store

__all__ = ["Written", "build", "pages", "serve", "write_pages"]

LeftOut = Callable[[TrackerError], object]
"""Told of a law that has no pages because it cannot be read."""

_DOCS, _PUBLIC, _LAWS, _API = "site/docs", "site/public", "laws", "api"
_MANIFEST = ".built.json"  # beside the laws; MkDocs leaves out what begins with a dot


@dataclass(frozen=True, slots=True)
class Written:
    """What writing the pages did: how many pages there are, and how many files had changed."""

    laws: int
    pages: int
    changed: int


def pages(story: Story) -> Iterator[Page]:
    """Every page of one law."""
    yield law_page(story)
    for version in story.versions:
        yield version_page(story, version)
    for comparison in story.comparisons:
        yield comparison_page(story, comparison)
    yield provisions_page(story)


def write_pages(
    store: Store, docs_dir: Path, left_out: LeftOut | None = None, address: str = ""
) -> Written:
    """Write pages, downloads, feeds and assets under ``docs_dir/laws/``, data under ``…/api/``.

    Whatever else lies there is removed: the two folders are ours alone. `left_out` is called with
    the error of each law that cannot be read, which then has no pages; without it the error is
    raised. `address` is that of the site with a slash at the end, for the feeds (``""``: unknown).
    Raises TrackerError `site-folder-taken` where ``api/`` holds something that no build wrote.
    """
    laws, api = _Folder(docs_dir / _LAWS), _Folder(docs_dir / _API)
    if (docs_dir / _API).exists() and not (docs_dir / _API / "index.json").is_file():
        raise TrackerError(
            "site-folder-taken",
            f"{docs_dir / _API} 里有别的文件，而这个文件夹由本程序写入和清理",
            "把其中的文件移到别处，再运行一次",
        )
    shown: list[Listed] = []
    recent: list[Recent] = []
    entries: list[FeedEntry] = []
    facts: list[dict[str, Any]] = []
    for law_id in store.law_ids():
        try:
            story = gather(store, law_id)
        except TrackerError as error:
            if left_out is None:
                raise
            left_out(error)
            continue
        if not story.versions:
            continue
        stages = stage_entries(story, address)
        laws.put_all(_files(store, story))
        laws.put_all(feed_files(story, stages, address))
        api.put_all(api_files(story))
        # Of a law that is done only these small values are kept, so memory stays flat.
        recent.append(recently(story))
        shown.append(listed(story))
        entries += stages
        facts.append(law_entry(story))
    laws.put("index.md", index_page(shown, recent).source().encode("utf-8"))
    laws.put("feed.xml", site_feed(entries, address).encode("utf-8"))
    laws.put_all((f"assets/{name}", data) for name, data in template.assets().items())
    api.put("laws.json", compact(laws_document(facts)))
    api.put("index.json", compact(index_data(facts)))
    laws.keep(_MANIFEST)
    for folder in (laws, api):
        folder.sweep()
    return Written(len(shown), laws.pages, laws.changed + api.changed)


def _files(store: Store, story: Story) -> Iterator[tuple[str, bytes]]:
    for page in pages(story):
        yield f"{page.path}/index.md", page.source().encode("utf-8")
    for version in story.versions:
        folder = story.path(version)
        yield f"{folder}/text.txt", version.text.encode("utf-8")
        yield f"{folder}/{source_file(version)}", store.source(version)
        yield f"{folder}/meta.json", store.meta(version)


class _Folder:
    """A folder that is ours alone: writes what differs, then removes what was not written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changed = self.pages = 0
        self._kept: set[Path] = set()

    def put(self, name: str, data: bytes) -> None:
        """One file. It is left as it is where its bytes are the same."""
        path = self.root / name
        self._kept.add(path)
        self.pages += name.endswith(".md")
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.changed += 1

    def put_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Several, by name."""
        for name, data in files:
            self.put(name, data)

    def keep(self, name: str) -> None:
        """Let a file stay that was not written here."""
        self._kept.add(self.root / name)

    def sweep(self) -> None:
        """Remove what an earlier build wrote and this one did not, deepest first."""
        for path in sorted(self.root.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in self._kept:
                path.unlink()


def build(workspace: Path, left_out: LeftOut | None = None) -> Path:
    """Write the pages, build the site, swap it in; returns the folder of the site.

    `left_out` as in `write_pages`.
    Raises TrackerError where MkDocs is missing or fails; the site that is there then stays.
    """
    _write_all(workspace, left_out)
    target, root = workspace / _PUBLIC, workspace / _DOCS / _LAWS
    manifest = root / _MANIFEST
    assembly = collect(root, read_manifest(manifest))
    with building(target) as folder:
        generator.run(workspace, folder, assembly, f"{_LAWS}/")
        made_of = assembly.put(folder / _LAWS, target / _LAWS)
        manifest.unlink(missing_ok=True)
        swap_in(folder, target)
        manifest.write_text(json.dumps(made_of), encoding="utf-8")
    return target


def serve(
    workspace: Path, address: str, *, ready: Callable[[], None], verbose: bool = False,
    left_out: LeftOut | None = None,
) -> int:  # fmt: skip
    """Write the pages, then serve the site on ``HOST:PORT`` until interrupted; its exit code.

    `ready` is called when the server is about to start. Raises TrackerError `port-taken` before
    anything is written.
    """
    generator.check_address(address)
    _write_all(workspace, left_out)
    ready()
    return generator.serve(workspace, address, verbose=verbose)


def _write_all(workspace: Path, left_out: LeftOut | None) -> None:
    with Store.open(workspace) as store:
        write_pages(store, workspace / _DOCS, left_out, generator.site_address(workspace))
