"""What a workspace needs to build its site: MkDocs' configuration, a home page, overrides, assets.

Floor 5, package data. `write` puts the files of a new workspace in place; `assets` gives the style
sheet and the scripts, which every build copies afresh so that they fit the pages it writes.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

__all__ = ["PLACES", "assets", "write"]

_WORKSPACE: Final = {
    "mkdocs.yml": "mkdocs.yml",
    "site/.gitignore": "gitignore",
    "site/docs/index.md": "index.md",
    "site/overrides/main.html": "overrides/main.html",
    "site/overrides/404.html": "overrides/404.html",
    "site/overrides/sitemap.xml": "overrides/sitemap.xml",
    "site/overrides/partials/javascripts/base.html": "overrides/partials/javascripts/base.html",
    "site/overrides/partials/javascripts/content.html": (
        "overrides/partials/javascripts/content.html"
    ),
    "site/overrides/partials/javascripts/palette.html": (
        "overrides/partials/javascripts/palette.html"
    ),
}
PLACES: Final = tuple(_WORKSPACE)
"""Where the files of a workspace go, from its folder."""

_ASSETS: Final = ("palette.js", "search.js", "theme.js", "tracker.css", "tracker.js")


def _read(name: str) -> bytes:
    return resources.files(__name__).joinpath(*name.split("/")).read_bytes()


def write(target: Path) -> tuple[Path, ...]:
    """Put the site files of a workspace into the folder `target`; an existing file is left alone.

    Returns the paths that were written, in the order of the layout.
    """
    written = []
    for place, name in _WORKSPACE.items():
        path = target / place
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_read(f"workspace/{name}"))
        written.append(path)
    return tuple(written)


def assets() -> dict[str, bytes]:
    """The style sheet and the scripts by file name."""
    return {name: _read(f"assets/{name}") for name in _ASSETS}
