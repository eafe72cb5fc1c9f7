"""A questionnaire for comments: each article is followed by 对第X条的意见 → the draft alone.

Floor 1. The form runs the 款 and 项 of an article together in one line with a space where a line
ended; a space behind 。；： is such an end, a space behind a comma is not. Labels, fields and
buttons are left out and listed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.law.numbering import NUMERAL
from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted, Hints

__all__ = ["is_questionnaire", "questionnaire"]

_OPINION: Final = re.compile(
    rf"^[ \t\u3000]{{0,8}}对(?:第{NUMERAL}{{1,12}}(?:条(?:之{NUMERAL}{{1,4}})?|[编章节])"
    r"|标题|全文)的意见"
    r"(?:[（(][选必]填[）)])?[：:]?(?:[（(][选必]填[）)])?[ \t\r]{0,8}$",
    re.M,
)
_TITLE: Final = re.compile(r"[ \t\u3000]{0,8}标题[ \t\u3000：:]{1,4}")
_ARTICLE: Final = re.compile(rf"[ \t\u3000]{{0,8}}第{NUMERAL}{{1,12}}[编章条]")
_ITEM: Final = re.compile(rf"[（(]{NUMERAL}{{1,4}}[）)]")
_LINE_END: Final = re.compile(r"(?<=[。；：;:！？!?])[ \u00a0\u3000]{1,8}(?=\S)")
_PERIOD: Final = re.compile(r"(开始|结束|截止)[^0-9]{0,12}(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
FEWEST: Final = 3
"""Opinion fields below which a text is no questionnaire."""


def is_questionnaire(text: str) -> bool:
    """Whether a text has the fields 对第X条的意见."""
    return "的意见" in text and len(_OPINION.findall(text)) >= FEWEST


def questionnaire(lines: list[str]) -> Extracted:
    """The draft in a questionnaire, a 款 or 项 a line again.

    Before: 第四条 数字经济…体系。 数字产业化…；…的发展。 / 对第四条的意见
    After:  第四条 数字经济…体系。 / 数字产业化…；…的发展。
    """
    dropped: list[Dropped] = []
    out: list[str] = []
    places: list[Place] = []
    ends = 0
    opinions = [i for i, line in enumerate(lines) if _OPINION.match(line)]
    first = next(
        (i for i, line in enumerate(lines) if _TITLE.match(line) or _ARTICLE.match(line)),
        opinions[0],
    )
    last = next(
        (i for i in range(len(lines) - 1, opinions[-1], -1) if _ARTICLE.match(lines[i])),
        opinions[-1],
    )  # the last article may have no field behind it
    while last > opinions[-1] and last + 1 < len(lines) and _goes_on(lines[last + 1]):
        last += 1  # its other 款 and 项
    for index, line in enumerate(lines):
        if not first <= index <= last or _OPINION.match(line):
            if line.strip():
                column = len(line) - len(line.lstrip()) + 1
                dropped.append(Dropped(line.strip(), Place(index + 1, column), "form-label"))
            continue
        start = 0
        label = _TITLE.match(line)
        if label:
            dropped.append(Dropped(label[0].strip(), Place(index + 1), "form-label"))
            start = label.end()
        for found in _LINE_END.finditer(line, start):
            out.append(line[start : found.start()])
            places.append(Place(index + 1, start + 1))
            start = found.end()
            ends += 1
        out.append(line[start:])
        places.append(Place(index + 1, start + 1))
    rewrites = {"line-end": ends} if ends else {}
    hints = _period(" ".join(line.strip() for line in lines[:first]))
    return Extracted("questionnaire", out, places, dropped, rewrites, hints)


def _goes_on(line: str) -> bool:
    """Whether a line below the last article is text of it and no button or label."""
    text = line.strip()
    return bool(text) and (text[-1] in "。；：" or _ITEM.match(text) is not None)


def _period(head: str) -> Hints:
    days: dict[str, date] = {}
    for what, year, month, day in _PERIOD.findall(head):
        try:
            days.setdefault(what, date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return Hints(comment_start=days.get("开始"), comment_end=days.get("结束") or days.get("截止"))
