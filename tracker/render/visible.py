"""Text that cannot act on a terminal: control and invisible characters are spelled out.

Floor 4. Light, since the line that reports an error needs it too.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["visible"]

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]"
)


def visible(text: str) -> str:
    """Text that is safe on a terminal: control and invisible characters are spelled out.

    Tab and newline stay. A source can hold an escape sequence or a character that turns the
    direction of writing; neither may act on the reader's screen.

    >>> visible("条\\x1b[31m例\\u202e")
    '条<U+001B>[31m例<U+202E>'
    """
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
