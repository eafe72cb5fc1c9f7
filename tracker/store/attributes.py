"""What git is told about the files under ``versions/``, and the settings that make its diff useful.

Floor 3. Constants. The attributes are committed with the first version; the settings live in the
configuration of one repository and are set by `workspace`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ATTRIBUTES", "ATTRIBUTES_FILE", "SETTINGS"]

ATTRIBUTES_FILE: Final = ".gitattributes"
ATTRIBUTES: Final = """\
# tracker-store/1: git must not convert stored bytes.
/*/*/text.txt text eol=lf diff=law
/*/*/note.txt text eol=lf diff=law
/*/*/meta.json text eol=lf
/*/*/source.* -text
/*/law.toml text eol=lf
/*/overrides.toml text eol=lf
"""

_NUMERAL: Final = "[0-9零一二三四五六七八九十百千]"
SETTINGS: Final = (
    # Hunk headers of `git diff` name the article. No range of Han characters: a locale may not know
    # their order; under LC_ALL=C the class is one of bytes, which still finds every number.
    ("diff.law.xfuncname", f"^(第{_NUMERAL}+(编|分编|章|节|条).*|[一二三四五六七八九十]+、.*)$"),
    ("diff.law.wordRegex", "[0-9]+|[A-Za-z]+|[^[:space:]]"),
)
"""Names and values for ``git config``: which line names a hunk, and what a word is."""
