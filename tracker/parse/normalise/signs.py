"""Which kinds of rare signs a text holds, told in one walk, so that no step looks for each of them.

Floor 1, below extraction and normalising. Most rules and most forms of a source are known by signs
that most laws have none of: #, (, -, the full-width space. To look for each of twenty signs through
the whole text took two and a half times as long as this.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = [
    "ALL", "CLOSES", "CLOSING", "FORM", "HALF", "POINT", "RARE", "USUAL", "WIDE_SPACE", "signs_of",
]  # fmt: skip

FORM: Final = 1
"""What the forms of a source but plain text and the questionnaire are known by: # * _ < [ |."""
WIDE_SPACE: Final = 2
HALF: Final = 4
"""Punctuation of half width."""
POINT: Final = 8
"""Full stops and dashes that are none of Chinese punctuation."""
RARE: Final = 16
"""All that is not `USUAL`."""
CLOSING: Final = 32
"""What closes a caption, but for the round bracket."""
ALL: Final = 63

CLOSES: Final = "】〗］]〕"

_SIGNS: Final = {
    FORM: "#*_<[|", WIDE_SPACE: "\u3000", HALF: "(),;:?!", POINT: ".．–－-",
    CLOSING: CLOSES,
}  # fmt: skip
_KIND_OF: Final = {sign: kind for kind, signs in _SIGNS.items() for sign in signs}
_ASCII: Final = "".join(re.escape(one) for one in map(chr, range(32, 127)) if one not in _KIND_OF)
_OTHERS: Final = (
    f"\n{_ASCII}\u00b0-\u00ff\u2010-\u2012\u2014-\u2027\u2030-\u205e\u2190-\u2199\u2460-\u2473\u249c-\u25ff"
    "\u3001-\u3010\u3012-\u3014\u3016\u3018-\u3029\u4e00-\u9fff\uff01-\uff0c\uff0f-\uff3c\uff3e-\uff60"
)
USUAL: Final = _OTHERS + "".join(re.escape(one) for one in _KIND_OF)
"""For a class of characters: what law text is made of, in canonical form in any company."""


def signs_of(text: str) -> int:
    """The kinds of signs that stand in a text, those above added up.

    >>> signs_of("第一条 为了，"), signs_of("甲(乙)") == HALF, signs_of("甲\\u200b#") == RARE | FORM
    (0, True, True)
    """
    found = at = 0
    end = len(text)
    while found != ALL:
        at = _all_but(found).match(text, at).end()  # type: ignore[union-attr]
        if at == end:
            break
        found |= _KIND_OF.get(text[at], RARE)
    return found


@lru_cache(maxsize=ALL)  # a class of that many characters takes a millisecond to make
def _all_but(found: int) -> re.Pattern[str]:
    """Whatever is of no kind but those found. To match all of it takes 0.7 of the time of looking
    for what is not of it."""
    if found & RARE:
        new = "".join(re.escape(one) for one, kind in _KIND_OF.items() if not kind & found)
        return re.compile(f"[^{new}]*+")
    known = "".join(re.escape(one) for one, kind in _KIND_OF.items() if kind & found)
    return re.compile(f"[{_OTHERS}{known}]*+")
