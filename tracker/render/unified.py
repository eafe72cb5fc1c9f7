"""A comparison as a unified diff: canonical lines, one hunk an article.

Floor 4. The head of a hunk names the articles and what happened. Lines are those of the canonical
text, so that the result can be read beside it; it is for reading, `patch` has no use for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from tracker.diff.model import Changes, Kind, new_text, old_text
from tracker.law.address import Located
from tracker.render.overview import arrow, front_label, heading, heading_label, label, tags
from tracker.render.side import SideInfo
from tracker.render.text import provision_text
from tracker.render.words import Lang, day_label, stage_label

__all__ = ["unified"]

_LINES_FOR_MATCHING: Final = 400  # matching lines is quadratic; longer articles are cut at the ends


def unified(changes: Changes, old: SideInfo, new: SideInfo, lang: Lang = "zh") -> str:
    """The diff, ending with a newline; empty where nothing differs."""
    hunks = list(_hunks(changes, lang))
    if not hunks:
        return ""
    return "\n".join([f"--- {_name(old, lang)}", f"+++ {_name(new, lang)}", *hunks, ""])


def _name(side: SideInfo, lang: Lang) -> str:
    day = day_label(lang, side.day, side.day_name) if side.day else ""
    parts = [side.name, side.display_title, stage_label(lang, side.stage), day]
    return " ".join(part for part in parts if part)


def _hunks(changes: Changes, lang: Lang) -> Iterator[str]:
    for front in changes.front:
        if front.changed:
            yield f"@@ {front_label(front, lang)} @@"
            yield from _compare(_split(old_text(front.redline)), _split(new_text(front.redline)))
    for one in changes.headings:
        if one.kinds == (Kind.UNCHANGED,):
            continue
        yield f"@@ {heading_label(one, lang)} @@"
        yield from _compare(_heading_lines(one.old), _heading_lines(one.new))
    for change in changes.changes:
        if tags(change):
            yield f"@@ {arrow(change)} {label(change, lang)} @@"
            yield from _compare(_lines(change.old), _lines(change.new))


def _heading_lines(side: Located | None) -> list[str]:
    return [heading(side.provision)] if side else []


def _lines(side: tuple[Located, ...]) -> list[str]:
    """The canonical lines of the articles of one side, without blank lines between them."""
    lines: list[str] = []
    for one in side:
        lines += provision_text(one.provision).split("\n")
    return lines


def _split(text: str) -> list[str]:
    return text.split("\n") if text else []


def _compare(old: list[str], new: list[str]) -> Iterator[str]:
    """Lines with -, + and a space; of equal lines none is lost.

    >>> list(_compare(["甲", "乙", "丙"], ["甲", "丁", "丙"]))
    [' 甲', '-乙', '+丁', ' 丙']
    """
    if len(old) > _LINES_FOR_MATCHING or len(new) > _LINES_FOR_MATCHING:
        yield from _cut_ends(old, new)
        return
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield from (f" {line}" for line in old[a:b])
        else:
            yield from (f"-{line}" for line in old[a:b])
            yield from (f"+{line}" for line in new[c:d])


def _cut_ends(old: list[str], new: list[str]) -> Iterator[str]:
    """Equal lines at both ends, everything between as changed."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    yield from (f" {line}" for line in old[:head])
    yield from (f"-{line}" for line in old[head : len(old) - tail])
    yield from (f"+{line}" for line in new[head : len(new) - tail])
    yield from (f" {line}" for line in old[len(old) - tail :])
