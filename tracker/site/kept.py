"""What MkDocs made last: where it would read the same again, it is not run again.

Floor 5. A new stage of a law changes pages of laws only, and those are filled into frames. So the
frames as they were built, and all other files of the site, are taken from the last build, where
everything that MkDocs read then is as it was (`watching`), and the files still are as it left them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tracker.site.folder import Stat, link, stat_of
from tracker.site.frames import FRAMES
from tracker.site.names import API, LAWS
from tracker.site.watching import unchanged

__all__ = ["Kept", "digest", "read_kept", "taken"]

_FORMAT: Final = 1
_MADE_ANEW: Final = {"search/search_index.json", "sitemap.xml.gz"}
"""Made in each build, of the pages of laws."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What MkDocs made: `texts` with marks of frames, by name; the other files and what they are
    known by; `order` and `told` as they went to the child and came from it."""

    order: str
    forms: tuple[str, ...]
    told: Mapping[str, Any]
    texts: Mapping[str, str]
    files: Mapping[str, Stat]
    address: str

    def stands(self, order: str, environment: Mapping[str, str], public: Path) -> bool:
        """Whether MkDocs would make all this again, and the site in `public` still has it."""
        read = self.told["read"]
        if self.order != order or read is None or not unchanged(read, environment):
            return False
        try:
            return all(
                stat_of(f"{public}/{name}") == tuple(stat) for name, stat in self.files.items()
            )
        except OSError:
            return False

    def put(self, built: Path, standing: Path) -> None:
        """Put the files into `built`, from the site that stands."""
        for folder in sorted({name.rpartition("/")[0] for name in self.files}):
            (built / folder).mkdir(parents=True, exist_ok=True)
        for name in self.files:
            link(f"{standing}/{name}", f"{built}/{name}")

    def write(self, place: Path, built: Path) -> None:
        """Keep it at `place`; the files are those in `built`."""
        data = {
            "format": _FORMAT, "order": self.order, "forms": self.forms, "told": self.told,
            "texts": self.texts, "address": self.address,
            "files": {name: stat_of(f"{built}/{name}") for name in self.files},
        }  # fmt: skip
        place.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def read_kept(place: Path) -> Kept | None:
    """What is kept at `place`; None where there is nothing, or it is damaged."""
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        if data.pop("format") != _FORMAT or "read" not in data["told"]:
            return None
        return Kept(**data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def taken(built: Path, told: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Stat]]:
    """What MkDocs has built: the texts with marks, taken out of `built`, and the other files."""
    texts = {}
    for name in told["marked"]:
        path = built / name
        texts[name] = path.read_text(encoding="utf-8")
        path.unlink()
    for folder in {name.split("/")[1] for name in texts if name.startswith(FRAMES)}:
        shutil.rmtree(built / LAWS / folder)
    files = {name: stat_of(f"{built}/{name}") for name in _others(built, "")}
    return texts, files


def _others(built: Path, start: str) -> Iterator[str]:
    """The files that MkDocs alone puts into a site: all but those below ``laws/`` and ``api/``."""
    for entry in sorted(os.scandir(f"{built}/{start}"), key=lambda entry: entry.name):
        name = f"{start}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if name not in (LAWS, API):
                yield from _others(built, f"{name}/")
        elif name not in _MADE_ANEW:
            yield name


def digest(order: Mapping[str, Any]) -> str:
    """A name for what MkDocs is told to build, by which Python and from where it is loaded."""
    known = {name: value for name, value in order.items() if name != "output"}
    parts = [known, sys.version, sys.executable, os.environ.get("PYTHONPATH", "")]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()
