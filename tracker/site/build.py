"""Runs MkDocs over the pages of all laws, and swaps the built site in.

Floor 5. MkDocs is started first: what writes the pages is loaded while it loads, on another core.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.law.collecting import seldom_collecting
from tracker.site import generator
from tracker.site.assemble import collect, read_manifest
from tracker.site.names import DOCS, KEPT, LAWS, MANIFEST, PUBLIC
from tracker.site.swap import building, swap_in

if TYPE_CHECKING:
    from tracker.site.all_pages import LeftOut, Ready, Written
    from tracker.site.law_pages import Sheets

__all__ = ["build", "serve"]


def build(workspace: Path, left_out: LeftOut | None = None) -> Path:
    """Write the pages, build the site, swap it in; returns the folder of the site.

    `left_out` as in `write_pages`.
    Raises TrackerError where MkDocs is missing or fails; the site that is there then stays.
    """
    named, workspace = workspace / PUBLIC, workspace.absolute()  # MkDocs is started inside it
    target, docs = workspace / PUBLIC, workspace / DOCS
    manifest = docs / LAWS / MANIFEST
    with (
        seldom_collecting(),
        building(target) as folder,
        generator.Builder(workspace, folder) as mkdocs,
    ):

        def ready(sheets: Sheets) -> None:
            mkdocs.look_ahead(
                (sheet, docs / LAWS / name, stat)
                for name, (stat, sheet) in sheets.items()
                if sheet.searchable
            )

        written = _write_all(workspace, left_out, mkdocs.address, ready)
        assembly = collect(docs, written.files, read_manifest(manifest), written.sheets)
        mkdocs.complete(assembly)
        assembly.put_files(folder, target)
        built = mkdocs.finish()
        made_of = assembly.put_pages(folder, target, built.frames, built.kept.texts)
        built.kept.write(docs / LAWS / KEPT, folder)
        manifest.unlink(missing_ok=True)
        swap_in(folder, target)
        manifest.write_text(json.dumps(made_of), encoding="utf-8")
    return named


def serve(
    workspace: Path, address: str, *, ready: Callable[[], None], verbose: bool = False,
    left_out: LeftOut | None = None,
) -> int:  # fmt: skip
    """Write the pages, then serve the site on ``HOST:PORT`` until interrupted; its exit code.

    `ready` is called when the server is about to start. Raises TrackerError `port-taken` before
    anything is written.
    """
    generator.check_address(address)
    _write_all(workspace, left_out, generator.site_address(workspace))
    ready()
    return generator.serve(workspace, address, verbose=verbose)


def _write_all(
    workspace: Path, left_out: LeftOut | None, address: str, ready: Ready | None = None
) -> Written:
    # Loaded here and not above: it takes half a second, in which MkDocs loads too.
    from tracker.site.all_pages import write_pages
    from tracker.store.versions import Store

    with Store.open(workspace) as store:
        return write_pages(store, workspace / DOCS, left_out, address, ready)
