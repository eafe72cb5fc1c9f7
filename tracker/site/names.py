"""Where the site's files lie in a workspace, by name.

Floor 5. Loads nothing: whoever starts MkDocs knows them before the program itself is loaded.
"""

from __future__ import annotations

from typing import Final

__all__ = ["API", "DOCS", "INDEX", "KEPT", "LAWS", "MANIFEST", "PUBLIC", "SEARCH_MEMORY", "TOLD"]

DOCS: Final = "site/docs"
PUBLIC: Final = "site/public"
LAWS: Final = "laws"
API: Final = "api"
INDEX: Final = "laws/index.md"
"""The list of all laws, under `DOCS`."""

MANIFEST: Final = ".built.json"
"""What the site that stands was made of, under ``laws/``; MkDocs leaves out dot files."""

SEARCH_MEMORY: Final = ".header-search.json"
"""What the header search made of each page, under ``laws/``."""

KEPT: Final = ".mkdocs.json"
"""What MkDocs made last and what it read for it, under ``laws/``."""

TOLD: Final = ".told.json"
"""What the child tells of its work, in the folder it builds into; it is taken out of it."""
