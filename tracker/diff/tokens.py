"""A text cut into the smallest pieces a redline may show as changed.

Between aligning and the redline. An atom (第十二条第二款, 五十万元, 2031年5月1日) is one piece; the
rest is cut into words by the dictionary of jieba (rjieba).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

import rjieba

from tracker.law.numbering import NUMERAL

__all__ = ["ATOM", "FIRST", "Clauses", "Codebook", "clauses_of", "codebook", "cut", "cut_both"]

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


_ENDS: Final = "，。；：\n"
_NUMBER_CUT: Final = re.compile("，\0(?=[0-9])")  # 1，000 is one number
_WHOLE: Final = 16
"""Characters of a clause that is not cut where both texts have it. Cutting less is a fifth faster;
with clauses of 8 characters half a percent more characters are marked, with these none."""
FIRST: Final = chr(0x100000)
"""From this code point on they stand for the first character of a token, below it for another."""
_FIRSTS: Final = "".join(map(chr, range(0x100000, 0x10FFFE)))
_OTHERS: Final = "".join(map(chr, (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE))))
_CLAUSES: Final = 32_768  # clauses remembered: 5 MB

Pair = tuple[str, str]
Clauses = list[str]


def clauses_of(texts: Sequence[str]) -> list[Clauses]:
    """Each text in clauses, every one with the mark it ends with; joined they are the text again.

    >>> clauses_of(["处1，000元，没收。", "可以"])
    [['处1，000元，', '没收。', ''], ['可以']]
    """
    whole = "\1".join(texts)
    if "\0" in whole or whole.count("\1") != len(texts) - 1:
        return [list(text) for text in texts]  # no law has them
    for mark in _ENDS:
        whole = whole.replace(mark, mark + "\0")
    return [text.split("\0") for text in _NUMBER_CUT.sub("，", whole).split("\1")]


class Codes(dict[str, str]):
    """Token → as many private-use code points as it has characters, the same for the same token.

    The first of them is `FIRST` or above, the others are below.
    """

    def __init__(self) -> None:
        super().__init__()
        self._used = 0  # of `_OTHERS`; of `_FIRSTS` there is one for each token

    def write(self, tokens: Sequence[str]) -> str:
        """All these tokens in codes, each in new ones where it had none."""
        fresh = [token for token in dict.fromkeys(tokens) if token not in self]
        firsts = _FIRSTS[len(self) : len(self) + len(fresh)]
        places = [*accumulate(map(len, fresh), initial=self._used)]
        if len(firsts) < len(fresh) or places[-1] - len(fresh) > len(_OTHERS):
            raise _NoneLeft
        self.update(
            (token, firsts[at] + _OTHERS[begin - at : end - at - 1])
            for at, (token, (begin, end)) in enumerate(zip(fresh, pairwise(places), strict=True))
        )
        self._used = places[-1] - len(fresh)
        return "".join(map(self.__getitem__, tokens))


class _NoneLeft(Exception):  # noqa: N818 - no error: one begins again, or does without codes
    """All code points are given away."""


class Codebook:
    """Texts written in `Codes`, so that what two of them share is found character by character.

    Each clause is cut once, in whichever text it stands.
    """

    def __init__(self) -> None:
        self.codes = Codes()
        self._clauses: dict[str, str] = {}

    def write(self, pairs: Sequence[tuple[Clauses, Clauses]]) -> list[Pair] | None:
        """Pairs of texts to be aligned, in codes; a clause that stands in both texts of a pair
        stays one token. None where they have too many different tokens.

        Many pairs in one go take half the time: the dictionary is asked once for all.

        >>> book = Codebook()
        >>> clause = "路灯的亮度和间距应当符合国家标准，"
        >>> [(old, new)] = book.write([([clause, "应当公告。"], [clause, "应当通知。"])])
        >>> token_of = {code: token for token, code in book.codes.items()}
        >>> token_of[new[: len(clause)]], token_of[new[-5:-3]], token_of[new[-3:-1]]
        ('路灯的亮度和间距应当符合国家标准，', '应当', '通知')
        """
        both = [_in_both(*pair) for pair in pairs]
        if len(self._clauses) <= _CLAUSES:
            try:
                return self._write(pairs, both)
            except _NoneLeft:
                pass
        self.codes, self._clauses = Codes(), {}  # once more with all code points free
        try:
            return self._write(pairs, both)
        except _NoneLeft:
            return None

    def _write(self, pairs: Sequence[tuple[Clauses, Clauses]], both: list[set[str]]) -> list[Pair]:
        codes, known = self.codes, self._clauses
        self._learn(pairs, both)

        def written(side: Clauses, whole: set[str]) -> str:
            if not whole:
                return "".join([known[clause] for clause in side])
            return "".join([(codes if clause in whole else known)[clause] for clause in side])

        return [
            (written(old, whole), written(new, whole))
            for (old, new), whole in zip(pairs, both, strict=True)
        ]

    def _learn(self, pairs: Sequence[tuple[Clauses, Clauses]], both: list[set[str]]) -> None:
        """Cut what is to be cut, all in one go. The codes lie in the whole as they lie in the
        text."""
        known = self._clauses
        every = {
            clause: None
            for pair, whole in zip(pairs, both, strict=True)
            for side in pair
            for clause in side
            if clause not in whole
        }
        fresh = [clause for clause in every if clause not in known]
        code = self.codes.write(_cut("\n".join(fresh)))
        self.codes.write([clause for whole in both for clause in sorted(whole)])
        at = 0
        for clause in fresh:
            known[clause] = code[at : at + len(clause)]
            at += len(clause) + 1


def _in_both(old: Clauses, new: Clauses) -> set[str]:
    """The long clauses that two texts share."""
    return {clause for clause in old if len(clause) >= _WHOLE}.intersection(new)


@lru_cache(maxsize=8)
def codebook(_thread: int) -> Codebook:
    """The codebook of a thread; two must not write in one."""
    return Codebook()


def cut_both(*sides: Clauses) -> tuple[list[str], list[str]]:
    """The tokens of two texts, as `Codebook` takes them."""
    whole = _in_both(*sides)
    one, two = (
        [token for clause in side for token in ((clause,) if clause in whole else _cut(clause))]
        for side in sides
    )
    return one, two


def _cut(text: str) -> list[str]:
    words = rjieba.cut(text)
    if "".join(words) != text:
        words = list(text)
    last = 0
    atoms: list[tuple[int, int]] = []
    for found in _START.finditer(text):
        start = found.start()
        if start >= last and (match := ATOM.match(text, start)):  # not inside the atom before
            last = match.end()
            atoms.append((start, last))
    return _with_atoms(text, words, atoms) if atoms else words


def _with_atoms(text: str, words: list[str], atoms: list[tuple[int, int]]) -> list[str]:
    """The words, with each atom as one of them: 于 · 五万 · 元 → 于 · 五万元.

    A weak atom is only not cut; it may be part of a longer word.
    """
    ends = [*accumulate(map(len, words))]
    out: list[str] = []
    at = word = 0  # what is done: all text before a place, all words before an index
    for start, end in atoms:
        first = bisect_right(ends, start, word)
        last = bisect_left(ends, end, first)
        if last == first and (
            (ends[last] == end and end - start == len(words[last]))
            or (end - start <= 2 and _WEAK.fullmatch(text, start, end))
        ):
            continue  # a word, or part of one, as it is
        if word < first:
            out.append(text[at : ends[word]])
            out += words[word + 1 : first]
            at = ends[first - 1]
        word = last
        if end - start > 2 or not _WEAK.fullmatch(text, start, end):
            if at < start:
                out.append(text[at:start])
            out.append(text[start:end])
            at = end
            word += ends[last] == end
    if word < len(words):
        out.append(text[at : ends[word]])
        out += words[word + 1 :]
    return out
