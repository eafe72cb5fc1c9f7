"""㈠, ⑴ and ⒈ at the beginning of a line, one character each, as the marks that they are.

Floor 1, one rule of `rules`. Inside a line they stay as printed, as ① does everywhere.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.numbering import write_numeral

__all__ = ["LIST_MARK", "list_mark"]

_MARKS: Final = (
    {chr(0x3220 + n): f"（{write_numeral(n + 1)}）" for n in range(10)}
    | {chr(0x2474 + n): f"（{n + 1}）" for n in range(20)}
    | {chr(0x2488 + n): f"{n + 1}．" for n in range(20)}
)
LIST_MARK: Final = re.compile(f"[{''.join(_MARKS)}]")
_AT_BEGIN: Final = re.compile(f"(?<=\n){LIST_MARK.pattern}")


def list_mark(text: str) -> tuple[str, int]:
    """The text with these marks written out at the beginning of lines, and how many they were.

    >>> list_mark("\\n㈠甲；\\n⑵乙；\\n⒊丙。")
    ('\\n（一）甲；\\n（2）乙；\\n3．丙。', 3)
    >>> list_mark("\\n依照第㈠项")
    ('\\n依照第㈠项', 0)
    """
    return _AT_BEGIN.subn(lambda found: _MARKS[found[0]], text)
