"""Marks inside a line of Markdown: struck-out text, emphasis, footnotes.

Floor 1, for `tracker.parse.extract.text`. What a reader of the page would see struck out or below
the text as a note is no text of the law: it is left out and listed. Lines are looked through once.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.parse.document import Dropped, Place

__all__ = ["is_note", "note_goes_on", "without_emphasis", "without_notes", "without_struck"]

_STRUCK: Final = re.compile(r"(?<!~)~~(?=[^\s~])([^~]*+(?:~(?!~)[^~]*+)*+)(?<=\S)~~(?!~)")
_NOTE: Final = re.compile(r" {0,3}\[\^[^\]\s]{1,40}\][:：]")
_NOTE_MARK: Final = re.compile(r"\[\^[^\]\s]{1,40}\]")
_GOES_ON: Final = re.compile(r"(?: {4}|\t)\s*\S")

_STARS: Final = re.compile(
    r"(?<![A-Za-z0-9*\\])\*(?=[\w（《“‘【〔])([^*]*+)(?<=[^\s（《“‘【〔、\\])\*(?![A-Za-z0-9*])"
)
"""*一千元*, but not 5*3 nor the * of a remark."""
_LOW: Final = re.compile(
    r"(?<![\w\\])_(?=[^\W_]|[（《“‘【〔])((?:[^_]|(?<=\w)_(?=\w))*+)(?<=[^\s（《“‘【〔、\\])_(?!\w)"
)
"""_重点_ between spaces or punctuation; inside a word (第_条, 自_年_月) it is a blank to fill."""
_OPEN_DATE: Final = re.compile(r"([*_]{0,4})(年)([*_]{1,2})(月)([*_]{1,2})(日)")
"""20**年**月**日: a day left open, whose stars make nothing bold."""
_FORMULA: Final = re.compile("[=＝]")


def without_struck(text: str, number: int, dropped: list[Dropped]) -> tuple[str, bool]:
    """A line without what ~~ strikes out, which is added to what was dropped, and whether a mark
    without its other half is left; `number` counts from 1.

    >>> without_struck("应当在~~三十日~~十五日内", 1, [])
    ('应当在十五日内', False)
    """
    for found in _STRUCK.finditer(text):
        dropped.append(Dropped(found[1], Place(number, found.start() + 1), "struck-out"))
    text = _STRUCK.sub("", text)
    return text, "~~" in text and bool(text.strip("~ "))


def without_emphasis(text: str) -> str:
    """A line without the marks of bold and emphasis.

    >>> without_emphasis("**第一条** 处*一千元*罚款，_不_得低于5*3元。")
    '第一条 处一千元罚款，_不_得低于5*3元。'
    >>> without_emphasis("自20**年*月*日起，_另有规定_的除外。")
    '自20××年×月×日起，_另有规定_的除外。'
    """
    if "月" in text:
        text = _OPEN_DATE.sub(_left_open, text)
    text = text.replace("**", "").replace("__", "")
    if "*" in text and not _FORMULA.search(text):
        text = _STARS.sub(r"\1", text)
    return _LOW.sub(r"\1", text) if "_" in text else text


def _left_open(found: re.Match[str]) -> str:
    return re.sub(r"[*_]", "×", found[0])


def is_note(text: str) -> bool:
    """Whether a line is the text of a footnote: [^1]: 依照某法…"""
    return _NOTE.match(text) is not None


def note_goes_on(text: str) -> bool:
    """Whether a line below a footnote is set in, as its next lines are."""
    return _GOES_ON.match(text) is not None


def without_notes(text: str, number: int, dropped: list[Dropped]) -> str:
    """A line without the marks of footnotes, which are added to what was dropped.

    >>> without_notes("依照本法[^1]处罚。", 1, [])
    '依照本法处罚。'
    """
    for found in _NOTE_MARK.finditer(text):
        dropped.append(Dropped(found[0], Place(number, found.start() + 1), "footnote"))
    return _NOTE_MARK.sub("", text)
