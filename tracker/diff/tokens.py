"""A text cut into the smallest pieces a redline may show as changed.

Between aligning and the redline. An atom (第十二条第二款, 五十万元, 2031年5月1日) is one piece; the
rest is cut into words by the dictionary of jieba (rjieba).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Final

import rjieba

from tracker.law.numbering import NUMERAL

__all__ = ["ATOM", "cut", "cut_both"]

_UNITS: Final = (
    "万元|亿元|元|个工作日|工作日|个月|周年|周岁|年|月|日|天|周|小时|分钟|岁|人|名|次|倍|成|个|人民币|美元|"
    "平方米|立方米|平方公里|公里|千米|米|吨|公斤|千克|克|度|份|件|种|级|类|户|家|票|股|届|期|章|节|编|条|款|项|目"
)
ATOM: Final = re.compile(
    rf"第{NUMERAL}+[条款项章节编目](?:之{NUMERAL}+)*(?:第（?{NUMERAL}+）?[款项目])*"
    rf"|第（{NUMERAL}+）项"
    rf"|[（(]{NUMERAL}+[）)]"
    rf"|{NUMERAL}+年(?:{NUMERAL}+月(?:{NUMERAL}+日)?)?"
    r"|[×X0-9]+年(?:[×X0-9]+月(?:[×X0-9]+日)?)?"
    rf"|{NUMERAL}+月{NUMERAL}+日"
    rf"|(?:百分之|千分之|万分之|{NUMERAL}+分之){NUMERAL}+(?:点{NUMERAL}+)?"
    rf"|[0-9]{{1,3}}(?:[,，][0-9]{{3}})+(?:\.[0-9]+)?(?:{_UNITS})?"
    rf"|(?:{NUMERAL}|[.．点](?=[0-9０-９]))+[多余]?(?:{_UNITS})"
    rf"|第?{NUMERAL}{{2,}}"
    r"|[A-Za-z0-9]+(?:[.,:/@_\-·][A-Za-z0-9]+)*[%％‰]?"
)
"""What is never cut: citations, numbers with their unit, dates, shares, Latin words."""

_START: Final = re.compile(r"[第百千万（(×XA-Za-z0-9]|" + NUMERAL)
"""What an atom begins with: looking for that alone is three times as fast."""
_WEAK: Final = re.compile(r"[一二三四五六七八九十两]?.")
"""An atom of two characters may be part of a word (一次性, 三级): the dictionary decides. A longer
one is whole, even where the dictionary knows 日起 as a word."""


@lru_cache(maxsize=16384)
def cut(text: str) -> tuple[str, ...]:
    """The tokens of a text; joined they are the text again. A newline is a token of its own.

    The dictionary never looks beyond a mark, so that a clause is cut alike wherever it stands.

    >>> "|".join(cut("处一万元以上十万元以下的罚款"))
    '处|一万元|以上|十万元|以下|的|罚款'
    >>> "|".join(cut("依照本法第十二条第二款第（三）项统一公布"))
    '依照|本法|第十二条第二款第（三）项|统一|公布'
    """
    return tuple(_cut(text))


_CLAUSE: Final = re.compile(r"[^，。；：\n]*(?:，(?=[0-9])[^，。；：\n]*)*[，。；：\n]?")
_WHOLE: Final = 16
"""Characters of a clause that is not cut where both texts have it. Cutting less is a fifth faster;
with clauses of 8 characters half a percent more characters are marked, with these none."""


def cut_both(old: str, new: str) -> tuple[list[str], list[str]]:
    """The tokens of two texts to be aligned; a clause that stands in both stays one token.

    All the rest is cut in one go: a call of the dictionary costs as much as 50 words.

    >>> clause = "路灯的亮度和间距应当符合国家标准，"
    >>> cut_both(clause + "应当公告。", clause + "应当通知。")[1]
    ['路灯的亮度和间距应当符合国家标准，', '应当', '通知', '。']
    """
    sides = _CLAUSE.findall(old), _CLAUSE.findall(new)
    shared = {clause for clause in sides[0] if len(clause) >= _WHOLE}.intersection(sides[1])
    runs = [
        [(keep, list(clauses)) for keep, clauses in groupby(side, shared.__contains__)]
        for side in sides
    ]
    rest = ["".join(clauses) for side in runs for keep, clauses in side if not keep]
    tokens = _cut("\n".join(rest))
    ends = [*accumulate(map(len, tokens))]
    out: tuple[list[str], list[str]] = ([], [])
    first = at = 0
    for side, row in zip(runs, out, strict=True):
        for keep, clauses in side:
            if keep:
                row.extend(clauses)
                continue
            at += sum(map(len, clauses))
            last = bisect_left(ends, at) + 1 if at else 0
            row.extend(tokens[first:last])
            first, at = last + 1, at + 1  # what joined the runs
    return out


def _cut(text: str) -> list[str]:
    words = rjieba.cut(text)
    if "".join(words) != text:
        words = list(text)
    atoms = [match for start in _START.finditer(text) if (match := ATOM.match(text, start.start()))]
    if not atoms:
        return words
    ends = set(accumulate(map(len, words)))
    last = 0
    for match in atoms:
        start, end = match.span()
        if start < last:  # inside the atom before
            continue
        last = end
        ends.difference_update(range(start + 1, end))
        if end - start > 2 or not _WEAK.fullmatch(match.group()):
            ends |= {start, end}
    bounds = sorted(ends | {0})
    return [text[start:end] for start, end in pairwise(bounds)]
