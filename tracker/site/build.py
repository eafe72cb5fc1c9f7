"""Writes the pages of all laws as files, runs MkDocs over them, and swaps the built site in.

Floor 5. The pages lie under ``site/docs/laws/``, one folder a law; they are real files, so plain
``mkdocs build`` and ``mkdocs serve`` work on them, and so would another builder. Files that did not
change are not written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.law.problems import TrackerError
from tracker.render.pages_comparison import comparison_page
from tracker.render.pages_html import Page
from tracker.render.pages_index import Listed, index_page, listed
from tracker.render.pages_law import law_page
from tracker.render.pages_provisions import provisions_page
from tracker.render.pages_recent import Recent, recently
from tracker.render.pages_story import Story, source_file
from tracker.render.pages_version import version_page
from tracker.site import generator, template
from tracker.site.story import gather
from tracker.site.swap import building, swap_in
from tracker.store.versions import Store

__all__ = ["Written", "build", "pages", "serve", "write_pages"]

LeftOut = Callable[[TrackerError], object]
"""Told of a law that has no pages because it cannot be read."""

_DOCS, _PUBLIC, _LAWS = "site/docs", "site/public", "laws"


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


def write_pages(store: Store, docs_dir: Path, left_out: LeftOut | None = None) -> Written:
    """Write the pages of all laws, their downloads and the assets under ``docs_dir/laws/``.

    Whatever else lies there is removed: the folder is ours alone. `left_out` is called with the
    error of each law that cannot be read, which then has no pages; without it the error is raised.
    """
    root = docs_dir / _LAWS
    kept: set[Path] = set()
    changed = count = 0
    laws: list[Listed] = []
    recent: list[Recent] = []
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
        for name, data in _files(store, story):
            changed += _write(root / name, data)
            kept.add(root / name)
            count += name.endswith(".md")
        recent.append(recently(story))
        laws.append(listed(story))
    front = index_page(laws, recent).source().encode("utf-8")
    rest = {"index.md": front} | {f"assets/{n}": d for n, d in template.assets().items()}
    for name, data in rest.items():
        changed += _write(root / name, data)
        kept.add(root / name)
    _sweep(root, kept)
    return Written(len(laws), count + 1, changed)


def _files(store: Store, story: Story) -> Iterator[tuple[str, bytes]]:
    for page in pages(story):
        yield f"{page.path}/index.md", page.source().encode("utf-8")
    for version in story.versions:
        folder = story.path(version)
        yield f"{folder}/text.txt", version.text.encode("utf-8")
        yield f"{folder}/{source_file(version)}", store.source(version)
        yield f"{folder}/meta.json", store.meta(version)


def _write(path: Path, data: bytes) -> bool:
    """Write a file where its bytes differ; says whether they did."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _sweep(root: Path, kept: set[Path]) -> None:
    """Remove what an earlier build wrote and this one did not, deepest first."""
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def build(workspace: Path, left_out: LeftOut | None = None) -> Path:
    """Write the pages, build the site, swap it in; returns the folder of the site.

    `left_out` as in `write_pages`.
    Raises TrackerError where MkDocs is missing or fails; the site that is there then stays.
    """
    _write_all(workspace, left_out)
    target = workspace / _PUBLIC
    with building(target) as folder:
        generator.run(workspace, folder)
        swap_in(folder, target)
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
        write_pages(store, workspace / _DOCS, left_out)
