"""Everything the site has of one law, written; and remembered, so that it is not made again.

Floor 5. What a law gives to the pages about all laws is small and is kept beside its pages, with
the name of all that it was made of: the law's folder in git, this program, the site's address.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from tracker.law.problems import TrackerError
from tracker.render.feeds import FeedEntry, stage_entries
from tracker.render.json.site import compact, law_entry
from tracker.render.pages.comparison import comparison_page
from tracker.render.pages.html import Html, Page
from tracker.render.pages.index import Listed, listed
from tracker.render.pages.law import law_page
from tracker.render.pages.provision import provision_pages
from tracker.render.pages.provisions import provisions_page
from tracker.render.pages.recent import Recent, recently
from tracker.render.pages.story import Story, source_file
from tracker.render.pages.version import version_page
from tracker.render.search_units import Found, Terms, found_law, terms_of, text_document
from tracker.site.data import api_files, feed_files
from tracker.site.folder import Folder, Stat
from tracker.site.frames import Sheet, sheet_of
from tracker.site.story import gather
from tracker.store.names import CHECK_SETTINGS
from tracker.store.versions import Store

__all__ = ["Sheets", "Told", "pages", "remembered", "write_law"]

_MEMORY: Final = ".made-of.json"  # MkDocs leaves out what begins with a dot

Sheets = dict[str, tuple[Stat, Sheet]]
"""Pages that were just written, by their names under ``laws/``: what each file is known by, and
what it is made of but its body. So nobody has to read them again for that."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a law gives to the pages about all laws, None of it large."""

    listed: Listed
    recent: Recent
    entries: tuple[FeedEntry, ...]
    facts: dict[str, Any]
    found: Found
    terms: Terms


def pages(story: Story) -> Iterator[Page]:
    """Every page of one law."""
    yield law_page(story)
    for version in (*story.versions, *story.corrected):
        yield version_page(story, version)
    for comparison in (*story.comparisons, *story.retired):
        yield comparison_page(story, comparison)
    yield provisions_page(story)
    yield from provision_pages(story)


def write_law(
    store: Store, law_id: str, laws: Folder, api: Folder, address: str
) -> tuple[Told, Sheets] | None:
    """Make and write all files of a law; None for a law without versions.

    `laws` and `api` are the folders of the same names, `address` that of the site. Raises what the
    store raises.
    """
    store.read_ahead(law_id)
    made_of = _made_of(store, law_id, address)
    story = gather(store, law_id)
    if not story.versions:
        return None
    stages = tuple(stage_entries(story, address))
    files, sheets = _write_pages(story, laws)
    files |= laws.put_all(_downloads(store, story))
    files |= laws.put_all(feed_files(story, stages, address))
    text = text_document(story)
    files |= laws.put_all([(f"{law_id}/search.json", compact(text))])
    data = api.put_all(api_files(story))
    told = Told(
        listed(story), recently(story), stages, law_entry(story), found_law(story), terms_of(text)
    )
    memory = {"made_of": made_of, "laws": files, "api": data, **_as_data(told)}
    laws.put(f"{law_id}/{_MEMORY}", json.dumps(memory, ensure_ascii=False).encode("utf-8"))
    return told, sheets


def remembered(store: Store, law_id: str, laws: Folder, api: Folder, address: str) -> Told | None:
    """What an earlier run wrote, where nothing it was made of has changed and all of it stands."""
    name = f"{law_id}/{_MEMORY}"
    try:
        memory = json.loads((laws.root / name).read_text(encoding="utf-8"))
        if memory["made_of"] != _made_of(store, law_id, address):
            return None
        told = _told(memory)
        files: dict[str, Stat] = memory["laws"]
        data: dict[str, Stat] = memory["api"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, TrackerError):
        return None
    if not (laws.keep_all(files) and api.keep_all(data)):
        return None
    laws.keep(name)
    return told


def _write_pages(story: Story, laws: Folder) -> tuple[dict[str, Stat], Sheets]:
    files, sheets = {}, {}
    for page in pages(story):
        name, source = f"{page.path}/index.md", page.source()
        files[name] = stat = laws.put(name, source.encode("utf-8"))
        law_id, *rest = page.path.split("/")
        sheets[name] = (stat, replace(sheet_of(source, law_id, tuple(rest)), body=""))
    return files, sheets


def _downloads(store: Store, story: Story) -> Iterator[tuple[str, bytes]]:
    for version in (*story.versions, *story.corrected):
        folder = story.path(version)
        yield f"{folder}/text.txt", version.text.encode("utf-8")
        yield f"{folder}/{source_file(version)}", store.source(version)
        yield f"{folder}/meta.json", store.meta(version)


def _made_of(store: Store, law_id: str, address: str) -> str:
    """Another name where anything is other than it was."""
    parts = (store.folder_id(law_id), _program(), address, *_settings(store.root))
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def _settings(root: Path) -> Iterator[str]:
    """What says which findings a page shows."""
    for name in CHECK_SETTINGS:
        path = f"{root}/{name}"  # asked for each law: a path takes longer than the file
        yield hashlib.sha256(Path(path).read_bytes()).hexdigest() if os.path.isfile(path) else ""  # noqa: PTH113


@cache
def _program() -> str:
    """A name for the source of this program: pages are made again when it changes."""
    digest = hashlib.sha256()
    for path, data in _sources(resources.files("tracker"), ""):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _sources(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield above + entry.name, entry.read_bytes()


def _as_data(told: Told) -> dict[str, Any]:
    one, recent, found = told.listed, told.recent, told.found
    return {
        "listed": [one.law_id, one.day, one.versions, list(one.facets), one.entry],
        "recent": [recent.day, recent.law_id, recent.entry],
        "entries": [[e.day, e.law_id, e.stage, e.xml] for e in told.entries],
        "facts": told.facts,
        "found": [
            found.law_id,
            found.title,
            list(found.aliases),
            found.version_id,
            found.words,
            found.day,
        ],
        "terms": [told.terms.named, told.terms.plain],
    }


def _told(memory: Mapping[str, Any]) -> Told:
    law_id, day, versions, facets, entry = memory["listed"]
    last, recent_id, recent = memory["recent"]
    place, kind, stage = facets
    name, title, aliases, *rest = memory["found"]
    return Told(
        Listed(law_id, day, versions, (place, kind, stage), Html(entry)),
        Recent(last, recent_id, Html(recent)),
        tuple(FeedEntry(*one) for one in memory["entries"]),
        memory["facts"],
        Found(name, title, tuple(aliases), *rest),
        Terms(*memory["terms"]),
    )
