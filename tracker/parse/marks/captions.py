"""Captions: 第一条【立法目的】…, （立法目的）…, 立法目的】…, and 产业定义。… in an outline.

Floor 1, used by the tree. A caption is metadata of its provision. In canonical text a 条旨 stands
in 【】 and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from tracker.law.model import RESPONSIBLE_ROLES
from tracker.parse.marks.kinds import ARTICLE, TEXT, Mark, new_mark
from tracker.parse.marks.lone_captions import runs_of_articles
from tracker.parse.marks.survey import Survey
from tracker.parse.normalise.signs import CLOSING

__all__ = [
    "RESPONSIBLE",
    "repair_captions",
    "split_article_caption",
    "split_outline_line",
    "split_responsible",
]

LONGEST_CAPTION: Final = 30
"""Longest 条旨 in characters; the longest of the real drafts seen has 16."""
LONGEST_RUN_IN: Final = 30
"""Longest run-in heading of an outline clause (（一）产业定义。); the longest seen has 22."""
LONGEST_OUTLINE_HEADING: Final = 40
RESPONSIBLE: Final = "（责任单位："
_LONGEST_LIST: Final = 500  # characters of those who carry a point out; forty bodies

_BRACKETED: Final = re.compile(r"[【〖［\[〔]([^】〗］\]〕。；，]{1,30})[】〗］\]〕]\u3000?")
_OPEN_LOST: Final = re.compile(r"([^【〖［\[〔】〗］\]〕。；，：“”《》]{1,30})[】〗]\u3000?")
_OPENS: Final = frozenset("【〖［[〔")
_ROUND: Final = re.compile(r"（([^（）。；，]{2,30})）\u3000?(?=.)")
_NO_CAPTION: Final = re.compile(
    r"[0-9]{1,4}|(?:已|现已|本条)?(?:删除|删去|废止|失效|取消|停止执行|略|保留)"
)
"""What stands in brackets and is no 条旨: the year of 〔2020〕5号, ［删除］ for a lost article."""


def is_no_caption(inside: str) -> bool:
    """Whether what stands in brackets behind 第X条 belongs to the text.

    >>> is_no_caption("2020"), is_no_caption("已删除"), is_no_caption("保留条款")
    (True, True, False)
    """
    return _NO_CAPTION.fullmatch(inside) is not None


def split_article_caption(rest: str) -> tuple[str | None, str]:
    """What follows 第X条, in caption and text; canonical brackets only.

    >>> split_article_caption("【立法目的】为了促进…")
    ('立法目的', '为了促进…')
    """
    if not rest.startswith("【"):
        return None, rest
    end = rest.find("】", 1, LONGEST_CAPTION + 2)
    if is_no_caption(rest[1:end]):
        return None, rest
    return (rest[1:end], rest[end + 1 :]) if end > 1 else (None, rest)


def repair_captions(
    marks: list[Mark], seen: Survey, apart: Callable[[int], bool], signs: int
) -> int:
    """Put the captions of articles in 【】, whatever the source has; returns how many were changed.

    Round brackets are captions only where most articles have them: （删除） alone is text.
    `seen` is the survey of the marks, `apart` tells whether a blank line stands above the
    n-th mark, `signs` the kinds of signs in the text: where it closes no bracket but round ones,
    nothing else is a caption. The marks are changed in their list.

    Before: 第二条 适用范围】在深圳… · 第三条〖基本原则〗数字… · 第四条（组织架构）市、区…
    After:  第二条　【适用范围】在… · 第三条　【基本原则】数字… · 第四条　【组织架构】市、区…
    """
    articles: Sequence[int] = seen.articles
    bracketed = [i for i in seen.odd if marks[i].rest[:1] == "（" and seen.kinds[i] is ARTICLE]
    rounds = [i for i in bracketed if _ROUND.match(marks[i].rest)]
    take_rounds = len(rounds) >= 3 and _are_most(rounds, marks, articles)
    changed = 0
    if not take_rounds:
        if not signs & CLOSING:
            return 0
        opens = _OPENS
        articles = [
            i
            for i in articles  # what neither pattern can be without
            if not (rest := marks[i].rest) or rest[0] in opens or "】" in rest or "〗" in rest
        ]
    for index in articles:
        mark = marks[index]
        rest = mark.rest
        if not rest:  # 第一条⏎立法目的】为了…: the line stays one of its own, for the tree to join
            if index + 1 < len(marks) and marks[index + 1].kind is TEXT:
                below = marks[index + 1].text
                repaired = below if apart(index + 1) else _repaired(below, take_rounds)
                if repaired != below:
                    changed += 1
                    marks[index + 1] = new_mark(TEXT, None, repaired, repaired)
            continue
        repaired = _repaired(rest, take_rounds)
        if repaired != mark.rest:
            changed += 1
            marks[index] = new_mark(mark.kind, mark.number, repaired, mark.text)
    return changed


def _are_most(found: Sequence[int], marks: Sequence[Mark], articles: Sequence[int]) -> bool:
    """Whether they are more than half of the articles of the law, those of annexes left aside."""
    own = {i for run in runs_of_articles(marks, articles) for i in run}
    return 2 * sum(i in own for i in found) > len(own)


def _repaired(rest: str, take_rounds: bool) -> str:
    found = _BRACKETED.match(rest) or _OPEN_LOST.match(rest)
    if found is None and take_rounds:
        found = _ROUND.match(rest)
    if found is None or is_no_caption(found[1]):
        return rest
    return f"【{found[1]}】{rest[found.end() :]}"


def split_outline_line(rest: str) -> tuple[str | None, str, str | None]:
    """What follows 一、 or （一）: heading or run-in heading, text, responsible units.

    >>> split_outline_line("产业定义。数字经济产业是……的产业。（责任单位：市发展改革委）")
    ('产业定义', '数字经济产业是……的产业。', '市发展改革委')
    >>> split_outline_line("总体要求")
    ('总体要求', '', None)
    """
    rest, responsible = split_responsible(rest)
    end = rest.find("。")
    if end < 0:
        heading = rest and len(rest) <= LONGEST_OUTLINE_HEADING and rest[-1] not in "；，：、！？"
        return (rest, "", responsible) if heading else (None, rest, responsible)
    if 0 < end <= LONGEST_RUN_IN and end + 1 < len(rest) and not _is_sentence(rest[:end]):
        return rest[:end], rest[end + 1 :], responsible
    return None, rest, responsible


def split_responsible(text: str) -> tuple[str, str | None]:
    """The text of an outline clause and the 责任单位 at its end, or 牵头单位 and 配合单位.

    >>> split_responsible("加强统筹协调。（责任单位：市工业和信息化局）")
    ('加强统筹协调。', '市工业和信息化局')
    >>> split_responsible("加强统筹协调。（牵头单位：甲局；配合单位：乙局（丙办））")
    ('加强统筹协调。', '牵头单位：甲局；配合单位：乙局（丙办）')
    """
    if not text.endswith("）"):
        return text, None
    start = text.rfind(RESPONSIBLE)
    begin = start + len(RESPONSIBLE)
    if start < 0:
        start = _last_bracket(text)
        begin = start + 1
        if start < 0 or not text.startswith(RESPONSIBLE_ROLES, begin):
            return text, None
    elif text.startswith(RESPONSIBLE_ROLES, begin):
        return text, None  # 责任单位：牵头单位：甲局 could not be told from 牵头单位：甲局
    inside = text[begin:-1]
    if inside and inside.count("（") == inside.count("）"):
        return text[:start], inside
    return text, None


def _last_bracket(text: str) -> int:
    """Where the bracket opens that the last character closes; -1 if none does."""
    depth = 0
    for at in range(len(text) - 1, max(-1, len(text) - _LONGEST_LIST), -1):
        depth += (text[at] == "）") - (text[at] == "（")
        if depth == 0:
            return at
    return -1


def _is_sentence(text: str) -> bool:
    return any(char in text for char in "，；：“《")
