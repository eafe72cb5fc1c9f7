"""Where the site's files lie in a workspace, by name.

Floor 5. Loads nothing: whoever starts MkDocs knows them before the program itself is loaded.
"""

from __future__ import annotations

from typing import Final

__all__ = ["API", "DOCS", "LAWS", "MANIFEST", "PUBLIC", "SEARCH_MEMORY"]

DOCS: Final = "site/docs"
PUBLIC: Final = "site/public"
LAWS: Final = "laws"
API: Final = "api"

MANIFEST: Final = ".built.json"
"""What the site that stands was made of, under ``laws/``; MkDocs leaves out dot files."""

SEARCH_MEMORY: Final = ".header-search.json"
"""What the header search made of each page, under ``laws/``."""
