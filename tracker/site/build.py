"""Writes the pages of all laws as files, runs MkDocs over them, and swaps the built site in.

Floor 5. The pages lie under ``site/docs/laws/``, one folder a law, the data for programs under
``site/docs/api/``; they are real files, so plain ``mkdocs build`` and ``mkdocs serve`` work on
them, and so would another builder. Files that did not change are not written again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tracker.law.problems import TrackerError
from tracker.render.feeds import site_feed
from tracker.render.json_site import compact, index_data, laws_document
from tracker.render.pages_index import index_page
from tracker.render.pages_search import SEARCH, search_page
from tracker.site import generator, template
from tracker.site.assemble import collect, read_manifest
from tracker.site.folder import Folder
from tracker.site.law_pages import Told, remembered
from tracker.site.many_laws import make_laws
from tracker.site.search_index import index_files
from tracker.site.swap import building, swap_in
from tracker.store.versions import Store

__all__ = ["Written", "build", "serve", "write_pages"]

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


def write_pages(
    store: Store, docs_dir: Path, left_out: LeftOut | None = None, address: str = ""
) -> Written:
    """Write pages, downloads, feeds and assets under ``docs_dir/laws/``, data under ``…/api/``.

    Whatever else lies there is removed: the two folders are ours alone. `left_out` is called with
    the error of each law that cannot be read, which then has no pages; without it the error is
    raised. `address` is that of the site with a slash at the end, for the feeds (``""``: unknown).
    Raises TrackerError `site-folder-taken` where ``api/`` holds something that no build wrote.
    """
    laws, api = Folder(docs_dir / _LAWS), Folder(docs_dir / _API)
    if api.root.exists() and not (api.root / "index.json").is_file():
        raise TrackerError(
            "site-folder-taken",
            f"{api.root} 里有别的文件，而这个文件夹由本程序写入和清理",
            "把其中的文件移到别处，再运行一次",
        )
    told = _write_laws(store, laws, api, left_out, address)
    entries = [entry for one in told for entry in one.entries]
    facts = [one.facts for one in told]
    index = index_page([one.listed for one in told], [one.recent for one in told])
    laws.put("index.md", index.source().encode("utf-8"))
    laws.put(f"{SEARCH}/index.md", search_page().source().encode("utf-8"))
    laws.put_all(
        (f"{SEARCH}/{name}", data)
        for name, data in index_files([(one.found, one.terms) for one in told])
    )
    laws.put("feed.xml", site_feed(entries, address).encode("utf-8"))
    laws.put_all((f"assets/{name}", data) for name, data in template.assets().items())
    api.put("laws.json", compact(laws_document(facts)))
    api.put("index.json", compact(index_data(facts)))
    laws.keep(_MANIFEST)
    laws.keep(generator.SEARCH_MEMORY)
    for folder in (laws, api):
        folder.sweep()
    return Written(len(told), laws.pages, laws.changed + api.changed)


def _write_laws(
    store: Store, laws: Folder, api: Folder, left_out: LeftOut | None, address: str
) -> list[Told]:
    """Make the laws that changed, take the others as they stand; in the order of their ids."""
    told: dict[str, Told | None] = {}
    for law_id in store.law_ids():
        told[law_id] = remembered(store, law_id, laws, api, address)
    wanted = [law_id for law_id, one in told.items() if one is None]
    for made in make_laws(store, wanted, laws.root, api.root, address):
        if isinstance(made.told, TrackerError):
            if left_out is None:
                raise made.told
            left_out(made.told)
            continue
        laws.add(made.laws, made.changed[0])
        api.add(made.api, made.changed[1])
        told[made.law_id] = made.told
    return [one for one in told.values() if one is not None]


def build(workspace: Path, left_out: LeftOut | None = None) -> Path:
    """Write the pages, build the site, swap it in; returns the folder of the site.

    `left_out` as in `write_pages`.
    Raises TrackerError where MkDocs is missing or fails; the site that is there then stays.
    """
    target, docs = workspace / _PUBLIC, workspace / _DOCS
    manifest = docs / _LAWS / _MANIFEST
    with generator.Builder(workspace, docs / _LAWS / generator.SEARCH_MEMORY) as mkdocs:
        _write_all(workspace, left_out)
        assembly = collect(docs, _LAWS, _API, read_manifest(manifest))
        with building(target) as folder:
            mkdocs.run(folder, assembly)
            made_of = assembly.put(folder, target)
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
