"""Writes the pages of all laws, and what is about all of them, as files MkDocs can read.

Floor 5. The pages lie under ``site/docs/laws/``, one folder a law, the data for programs under
``site/docs/api/``; they are real files, so plain ``mkdocs build`` and ``mkdocs serve`` work on
them, and so would another builder. Files that did not change are not written again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.law.problems import TrackerError
from tracker.render.feeds import site_feed
from tracker.render.json.site import compact, index_data, laws_document
from tracker.render.pages.index import index_page
from tracker.render.pages.search import SEARCH, search_page
from tracker.site import template
from tracker.site.folder import Folder, Stat
from tracker.site.law_pages import Sheets, Told, remembered
from tracker.site.many_laws import make_laws
from tracker.site.names import API, KEPT, LAWS, MANIFEST, SEARCH_MEMORY
from tracker.site.search_index import index_files
from tracker.store.versions import Store

__all__ = ["LeftOut", "Ready", "Written", "write_pages"]

LeftOut = Callable[[TrackerError], object]
"""Told of a law that has no pages because it cannot be read."""

Ready = Callable[[Sheets], object]
"""Told of the pages of each law that was written, while others still are."""


@dataclass(frozen=True, slots=True)
class Written:
    """What writing the pages did: how many laws and pages there are, how many files had changed.

    `files` are all that were written or stand, by their names in the folder of documents; `sheets`
    the pages of the laws that were made and not taken as they stood.
    """

    laws: int
    pages: int
    changed: int
    files: Mapping[str, Stat] = field(default_factory=dict)
    sheets: Sheets = field(default_factory=dict)


def write_pages(
    store: Store, docs_dir: Path, left_out: LeftOut | None = None, address: str = "",
    ready: Ready | None = None,
) -> Written:  # fmt: skip
    """Write pages, downloads, feeds and assets under ``docs_dir/laws/``, data under ``…/api/``.

    Whatever else lies there is removed: the two folders are ours alone. `left_out` is called with
    the error of each law that cannot be read, which then has no pages; without it the error is
    raised. `address` is that of the site with a slash at the end, for the feeds (``""``: unknown).
    `ready` is called with the pages of each law that were made and not taken as they stood.
    Raises TrackerError `site-folder-taken` where ``api/`` holds something that no build wrote.
    """
    laws, api = Folder(docs_dir / LAWS), Folder(docs_dir / API)
    if api.root.exists() and any(api.root.iterdir()) and not (api.root / "index.json").is_file():
        raise TrackerError(
            "site-folder-taken",
            f"{api.root} 里有别的文件，而这个文件夹由本程序写入和清理",
            "把其中的文件移到别处，再运行一次",
        )
    told, sheets = _write_laws(store, laws, api, left_out, address, ready=ready)
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
    for name in (MANIFEST, SEARCH_MEMORY, KEPT):
        laws.keep(name)
    for folder in (laws, api):
        folder.sweep()
    files = {f"{LAWS}/{name}": stat for name, stat in laws.files.items()}
    files |= {f"{API}/{name}": stat for name, stat in api.files.items()}
    return Written(len(told), laws.pages, laws.changed + api.changed, files, sheets)


def _write_laws(
    store: Store, laws: Folder, api: Folder, left_out: LeftOut | None, address: str, *,
    ready: Ready | None,
) -> tuple[list[Told], Sheets]:  # fmt: skip
    """Make the laws that changed, take the others as they stand; in the order of their ids."""
    told: dict[str, Told | None] = {}
    sheets: Sheets = {}
    with store.one_commit():
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
        sheets |= made.sheets
        if ready is not None:
            ready(made.sheets)
    return [one for one in told.values() if one is not None], sheets
