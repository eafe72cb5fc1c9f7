"""Half-width punctuation beside Han becomes full-width: 条例(草案),见 → 条例（草案），见.

Floor 1, one of the `rules`, with a module of its own because brackets must change in pairs and
neighbours together. Decimals, times, URLs and Latin text stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["WIDE", "widen"]

WIDE: Final = (
    "[\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U000323af]"
)
"""A character class: Han, the punctuation of Chinese, full-width forms."""

_WIDE: Final = re.compile(WIDE)
_HALVES: Final = "(),;:?!"
_HALF: Final = re.compile(f"[{_HALVES}]")
_NO_HAN: Final = f"(?<!{WIDE}.)(?<!{WIDE}[ \u3000].)(?![ \u3000]?{WIDE})"
_ASIDE: Final = re.compile(f"[{_HALVES}]{_NO_HAN}")
"""One that has no Han next to it, spaces left aside. The class comes first: it is searched fast."""
_EACH_ASIDE: Final = tuple((half, re.compile(re.escape(half) + _NO_HAN)) for half in _HALVES)
"""The same for each alone: in most texts there are few of them, and one character is found faster
than one of a class."""
_BRACKET_OR_HALF: Final = re.compile("[(),;:?!（）]")
_URL: Final = re.compile(r"(?:https?|ftp)://[!-~]{1,2000}|www\.[!-~]{1,2000}", re.ASCII)
_URL_TAIL: Final = "(,;:?!."
_FULL_OF: Final = dict(zip(_HALVES, "（），；：？！", strict=True))
_FULL: Final = str.maketrans("(),;:?!", "（），；：？！")


def widen(text: str) -> tuple[str, int]:
    """The text with full-width punctuation beside Han, and how many characters changed.

    >>> widen("建筑信息模型(BIM)等,增长6.5%;见 https://a.cn/?b=1,2")
    ('建筑信息模型（BIM）等，增长6.5%；见 https://a.cn/?b=1,2', 4)
    >>> widen("f(x, y); 8:30")
    ('f(x, y); 8:30', 0)
    >>> widen("见www.a.cn(官网)")
    ('见www.a.cn（官网）', 2)
    """
    held = [one for one in _EACH_ASIDE if one[0] in text]  # a quarter of the time of the class
    if not held:
        return text, 0
    named = "w" in text and "www." in text  # most texts have no w: found out ten times as fast
    if not named and not any(pattern.search(text) for _, pattern in held):
        return _everywhere(text, [half for half, _ in held])
    pieces: list[str] = []
    count = done = 0
    doubtful = _HALF if named else _ASIDE  # :// is aside, a bracket in www.… may not be
    found = doubtful.search(text)
    while found:
        start = text.rfind("\n", done, found.start()) + 1 or done
        stop = text.find("\n", found.start())
        stop = len(text) if stop < 0 else stop
        line = text[start:stop]
        for wider, changed in (
            _everywhere(text[done:start]),
            _line(line) if _WIDE.search(line) else (line, 0),
        ):
            pieces.append(wider)
            count += changed
        done = stop
        found = doubtful.search(text, stop)
    wider, changed = _everywhere(text[done:])
    return "".join([*pieces, wider]), count + changed


def _everywhere(text: str, halves: Iterable[str] = _HALVES) -> tuple[str, int]:
    """Lines in which each half-width character has Han next to it; a pass in C for each."""
    count = 0
    for half in halves:
        found = text.count(half)
        if found:
            text = text.replace(half, _FULL_OF[half])
            count += found
    return text, count


def _line(line: str) -> tuple[str, int]:
    urls = list(_addresses(line)) if "://" in line or "www." in line else []
    places = list(_outside(urls, (m.start() for m in _BRACKET_OR_HALF.finditer(line))))
    wide = [m.start() for m in _WIDE.finditer(line)]
    touched = _touched(line, places, wide)
    links = _links(line, places)
    queue = [i for i, hit in enumerate(touched) if hit]
    for opening, closing in _pairs(line, places):
        links[opening].append(closing)
        links[closing].append(opening)
        inside = bisect_right(wide, places[opening])
        if inside < len(wide) and wide[inside] < places[closing] and not touched[opening]:
            touched[opening] = True
            queue.append(opening)
    while queue:
        for other in links[queue.pop()]:
            if not touched[other]:
                touched[other] = True
                queue.append(other)
    chars = list(line)
    count = 0
    for hit, place in zip(touched, places, strict=True):
        if hit and chars[place] not in "（）":
            chars[place] = chars[place].translate(_FULL)
            count += 1
    return "".join(chars), count


def _addresses(line: str) -> Iterator[tuple[int, int]]:
    """Where web addresses stand; in www.a.cn(官网) the bracket belongs to the sentence."""
    for found in _URL.finditer(line):
        url = found.group().rstrip(_URL_TAIL)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_URL_TAIL)
        yield found.start(), found.start() + len(url)


def _outside(spans: list[tuple[int, int]], places: Iterable[int]) -> Iterator[int]:
    """The places that are in none of the spans; both go up, so that one walk is enough."""
    index = 0
    for place in places:
        while index < len(spans) and spans[index][1] <= place:
            index += 1
        if index == len(spans) or place < spans[index][0]:
            yield place


def _touched(line: str, places: list[int], wide: list[int]) -> list[bool]:
    """Which of the characters have Han next to them, spaces left aside."""
    is_wide = set(wide)
    out = []
    for place in places:
        left, right = place - 1, place + 1
        if left >= 0 and line[left] in " \u3000":
            left -= 1
        if right < len(line) and line[right] in " \u3000":
            right += 1
        out.append(left in is_wide or right in is_wide)
    return out


def _links(line: str, places: list[int]) -> list[list[int]]:
    """Neighbours, with nothing or a space between them, change together."""
    links: list[list[int]] = [[] for _ in places]
    for i in range(1, len(places)):
        gap = line[places[i - 1] + 1 : places[i]] if places[i] - places[i - 1] <= 2 else "no"
        if gap in ("", " "):
            links[i].append(i - 1)
            links[i - 1].append(i)
    return links


def _pairs(line: str, places: list[int]) -> list[tuple[int, int]]:
    """Which brackets belong together, of either width."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, place in enumerate(places):
        char = line[place]
        if char in "(（":
            stack.append(index)
        elif char in ")）" and stack:
            pairs.append((stack.pop(), index))
    return pairs
