"""Captions on lines of their own: 第二条　适用范围⏎本条例适用于…, told from broken sentences.

Floor 1, before the brackets of captions are repaired. The law and each annex with articles of its
own are decided apart: an annexed contract says nothing of how the law above it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import (
    ANNEX,
    ARTICLE,
    HAN,
    PAREN_HAN,
    TEXT,
    Mark,
    head_of,
    new_mark,
    scan_line,
    without,
)
from tracker.parse.marks.survey import Survey

__all__ = ["join_captions", "lone_captions", "runs_of_articles"]

_MAY_STAND_ALONE: Final = re.compile(
    "（[^（）。；，：、“”《》｜]{2,20}）|[^（）。；，：【】“”《》〔｜]{2,20}"
)
_IN_BRACKETS: Final = re.compile("【[^【】。；，：]{2,20}】")
_ONE: Final = Number(1)
_FIRST_OF_LIST: Final = (HAN, _ONE)
"""How the text of an article begins where its 款 are numbered, as in treaties."""
_FIRST_ITEM: Final = (PAREN_HAN, _ONE)
_LONGEST_ALONE: Final = 22
LEAST_ALONE: Final = 3
MOST_ALONE: Final = 0.8
"""Captions on lines of their own in a text, and their share of its articles; in 3,423 laws no text
comes near."""
_NO_CAPTION: Final = re.compile("(?:已|现已|本条)?(?:删除|删去|废止|失效|取消|停止执行|略|保留)")
_PREDICATE: Final = re.compile(
    "应当|应(?![急用对税征收缴诉聘届])|不得|不应|可以|必须|须|负责(?!人)|有权(?!机关|部门)|有义务"
    "|的|以及|及其|或者|和(?![解平谐])|与(?!会)|等(?![级候待])|并(?![购联])"
)
"""How a line begins that has no subject: the line above is its subject, and no caption."""
_MAY_LACK_SUBJECT: Final = re.compile(
    "[由在对是将向从以按经]|自(?![然治])|为(?!了)|依法|依照|按照|根据|享有|承担|履行|行使|统一"
)
"""How a sentence of its own can begin as well as the rest of one: 由市住房部门负责管理。"""
_NO_END: Final = re.compile("(?:(?<![目标])的|或者?|以及|应当|不得|可以|必须|以[上下]|各级|为了)$")
"""How no caption ends: 县级以上⏎人民政府应当…"""


def lone_captions(
    marks: Sequence[Mark], articles: Sequence[int]
) -> tuple[list[int], list[tuple[int, Problem]]]:
    """Articles whose number and caption are a line and the text the next, where nearly all are so.

    Also the problems of those that look so and are a sentence broken in two: they stay as they are.

    Before: 第二条　适用范围⏎本市行政区域内的噪声防治适用本条例。
    After:  第二条　【适用范围】本市…
    Before: 第二条　县级以上人民政府⏎应当加强农机工作。
    After:  the same, with a problem
    """
    short = [i for i in articles if len(marks[i].rest) <= _LONGEST_ALONE]
    alone = {i for i in short if _MAY_STAND_ALONE.fullmatch(marks[i].rest)}
    if len(alone) < LEAST_ALONE:
        return [], []  # nearly every text
    captions: list[int] = []
    problems: list[tuple[int, Problem]] = []
    for run in runs_of_articles(marks, articles):
        found = [i for i in run if i in alone]
        if len(found) < LEAST_ALONE or len(found) < MOST_ALONE * len(run):
            continue
        above = [i for i in found if _stands_above_text(marks, i)]
        broken = [i for i in above if _goes_on_below(marks, i)]
        whole = [i for i in above if i not in set(broken)]
        sure = [i for i in whole if not _MAY_LACK_SUBJECT.match(marks[i + 1].text)]
        if 2 * len(sure) >= len(whole) and len(whole) >= MOST_ALONE * len(run):
            captions += whole
        else:
            broken = above
        problems += [(i, _broken(marks, i)) for i in broken]
    return captions, problems


def join_captions(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int]]:
    """Captions on lines of their own above an article, or between its number and its text, joined
    with the number. A text has them throughout: its second article tells.

    `first` is the number of the line of each mark, as for `unwrap`.
    """
    if len(seen.articles) >= LEAST_ALONE:
        second = seen.articles[1]
        if not marks[second].rest:
            return _join_lone_numbers(marks, first, seen)
        if marks[second - 1].text[0] == "【":
            return _join_captions_above(marks, first, seen)
    return marks, first


def _join_lone_numbers(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int]]:
    """Numbers that stand alone above a line of caption, joined with it; `first` as for `unwrap`.

    Before: 第二条⏎（适用范围）⏎本市的噪声防治适用本条例。
    After:  第二条　（适用范围）⏎本市的噪声防治适用本条例。
    """
    article, last = ARTICLE, len(marks) - 2
    bare = [i for i in seen.odd if i < last and marks[i].kind is article and not marks[i].rest]
    gone: set[int] = set()
    out = list(marks)
    alone = {i for i in bare if _is_caption_line(marks[i + 1]) and _ends_sentence(marks[i + 2])}
    for run in runs_of_articles(marks, seen.articles):
        found = [i for i in run if i in alone]
        if len(found) >= LEAST_ALONE and len(found) >= MOST_ALONE * len(run):
            for i in found:
                out[i] = scan_line(f"{marks[i].text}\u3000{marks[i + 1].text}")
                gone.add(i + 1)
    if not gone:
        return marks, first
    return without(gone, out, first)


def _join_captions_above(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int]]:
    """Captions in 【】 on the line above their article, joined with it, where nearly all are so.

    Before: 【适用范围】⏎第二条　本市的噪声防治适用本条例。
    After:  第二条　【适用范围】本市的噪声防治适用本条例。
    """
    articles = seen.articles
    above = [i for i in articles if _is_above(marks, i) and marks[i].rest[:1] not in ("【", "")]
    if len(above) < MOST_ALONE * len(articles):
        return marks, first
    out = list(marks)
    for i in above:
        rest = f"{marks[i - 1].text}{marks[i].rest}"
        mark = marks[i]
        out[i] = new_mark(mark.kind, mark.number, rest, f"{head_of(mark)}\u3000{rest}")
    gone = {i - 1 for i in above}
    return without(gone, out, first)


def _is_above(marks: Sequence[Mark], index: int) -> bool:
    above = marks[index - 1].text if index else ""
    return above[:1] == "【" and _IN_BRACKETS.fullmatch(above) is not None


def _is_caption_line(mark: Mark) -> bool:
    return (
        mark.kind is TEXT
        and len(mark.text) <= _LONGEST_ALONE
        and _MAY_STAND_ALONE.fullmatch(mark.text) is not None
    )


def _ends_sentence(mark: Mark) -> bool:
    if (mark.kind, mark.number) == _FIRST_ITEM:  # 第三条　职责⏎（一）甲；
        return True
    return (mark.kind is TEXT or (mark.kind, mark.number) == _FIRST_OF_LIST) and mark.text[
        -1
    ] in "。："


def runs_of_articles(marks: Sequence[Mark], articles: Sequence[int]) -> Iterator[Sequence[int]]:
    """The articles from each 第一条 to the next, without those of annexes, which become text."""
    ones = [n for n, i in enumerate(articles) if n == 0 or marks[i].number == _ONE]
    for start, stop in zip(ones, [*ones[1:], len(articles)], strict=True):
        above = range(articles[start - 1] if start else 0, articles[start])
        if start and any(marks[i].kind is ANNEX for i in above):
            return
        yield articles[start:stop]


def _stands_above_text(marks: Sequence[Mark], index: int) -> bool:
    """Whether the line below is a sentence; 第五条　（已删除） is no caption whatever follows."""
    return (
        index + 1 < len(marks)
        and _ends_sentence(marks[index + 1])
        and _NO_CAPTION.fullmatch(marks[index].rest.strip("（）")) is None
    )


def _goes_on_below(marks: Sequence[Mark], index: int) -> bool:
    """Whether a line and the one below are one sentence that was broken."""
    rest = marks[index].rest
    if rest.startswith("（"):
        return False
    return bool(_NO_END.search(rest) or _PREDICATE.match(marks[index + 1].text))


def _broken(marks: Sequence[Mark], index: int) -> Problem:
    text, below = marks[index].rest, marks[index + 1].text
    return Problem(
        code="unfinished-line",
        severity=Severity.INFO,
        message=f"“{text}”不像条旨，像是没有写完的一句话，下一行“{below[:12]}……”自成一款",
        hint="对照原件；如果是一句话，在来源中接成一行再读取；如果是条旨，写在【】里",
        quote=marks[index].text[:40],
    )
