"""A text cut into the smallest pieces a redline may show as changed.

Between aligning and the redline. An atom (第十二条第二款, 五十万元, 2031年5月1日) is one piece; the
rest is cut into words by the dictionary of jieba (rjieba).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from threading import get_ident
from typing import Final

import rjieba

from tracker.law.numbering import NUMERAL

__all__ = [
    "ATOM", "FIRST", "WHOLE", "WHOLE_CLAUSE", "Clauses", "Codebook", "clauses_of", "codebook",
    "cut", "cut_both",
]  # fmt: skip

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
    r"|[0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]"
    rf"|第?{NUMERAL}{{2,}}"
    r"|[A-Za-z0-9]+(?:[.,:/@_\-·][A-Za-z0-9]+)*[%％‰]?"
)
"""What is never cut: citations, numbers with their unit, dates, shares, Latin words."""

FIRST: Final = chr(0x100000)
"""From this code point on they stand for the first character of a token, below it for another."""
_START: Final = re.compile(rf"[第百千万（(×XA-Za-z0-9{FIRST}-\U0010ffff]|{NUMERAL}")
"""What an atom begins with: looking for that alone is three times as fast. A character that could
be taken for a code is one by itself."""
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
    code = codebook(get_ident()).code_of(text)
    try:
        code = Codes().write(text) if code is None else code
    except _NoneLeft:
        return tuple(text)
    ends = [at for at, sign in enumerate(code) if sign >= FIRST]
    return tuple([text[begin:end] for begin, end in pairwise([*ends, len(text)])])


_ENDS: Final = "，。；：\n"
_BETWEEN: Final = "\0"  # two clauses; in none of them, but where it is one by itself
_NUMBER_CUT: Final = re.compile(f"，{_BETWEEN}(?=[0-9])")  # 1，000 is one number
WHOLE: Final = 16
"""Characters of a clause that is not cut where both texts have it. Cutting less is a fifth faster;
with clauses of 8 characters half a percent more characters are marked, with these none."""
WHOLE_CLAUSE: Final = re.compile(rf"[{FIRST}-\U0010ffff][^{FIRST}-\U0010ffff]{{{WHOLE - 1},}}")
"""Such a clause in codes."""
_FIRSTS: Final = "".join(map(chr, range(0x100000, 0x10FFFE)))
_OTHERS: Final = "".join(map(chr, (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE))))
_CLAUSES: Final = 32_768  # clauses remembered: 5 MB

Pair = tuple[str, str]
Span = tuple[int, int]
Clauses = list[str]


def clauses_of(texts: Sequence[str]) -> list[Clauses]:
    """Each text in clauses, every one with the mark it ends with; joined they are the text again.

    >>> clauses_of(["处1，000元，没收。", "可以"])
    [['处1，000元，', '没收。', ''], ['可以']]
    """
    whole = "\1".join(texts)
    if _BETWEEN in whole or whole.count("\1") != len(texts) - 1:
        return [list(text) for text in texts]  # no law has them
    for mark in _ENDS:
        whole = whole.replace(mark, mark + _BETWEEN)
    return [text.split(_BETWEEN) for text in _NUMBER_CUT.sub("，", whole).split("\1")]


class Codes(dict[str, str]):
    """Token → as many private-use code points as it has characters, the same for the same token.

    The first of them is `FIRST` or above, the others are below. The first alone stands for an atom
    while the dictionary cuts what is around it. A token gets its codes when they are asked for.
    """

    def __init__(self) -> None:
        super().__init__()
        self._signs: dict[str, str] = {}
        self._first = self._other = 0  # code points given away

    def __missing__(self, token: str) -> str:
        """New codes. Raises _NoneLeft."""
        first, other = self._first, self._other
        self._first = first + 1
        self._other = end = other + len(token) - 1
        if first == len(_FIRSTS) or end > len(_OTHERS):
            raise _NoneLeft
        code = self[token] = _FIRSTS[first] + _OTHERS[other:end]
        return code

    def write(self, text: str) -> str:
        """A text, cut into tokens, in their codes: as many as it has characters."""
        atoms, weak = _atoms(text)
        seen = _replaced(text, atoms, [self._sign(text[begin:end]) for begin, end in atoms])
        code = "".join(map(self.__getitem__, rjieba.cut(seen)))
        if len(code) != len(text):  # the dictionary left something out
            code = "".join(map(self.__getitem__, seen))
        torn = [at for at in weak if code[at + 1] >= FIRST]
        return self._mended(text, code, torn) if torn else code

    def _sign(self, atom: str) -> str:
        sign = self._signs.get(atom)
        if sign is None:
            before = self.get(atom)  # it may look like a sign itself, or be a word elsewhere
            code = self.__missing__(atom)
            if before is not None:
                self[atom] = before
            sign = self._signs[atom] = code[0]
            self[sign] = code
        return sign

    def _mended(self, text: str, code: str, torn: list[int]) -> str:
        """The codes with the words in which an atom begins and ends as one: 每一 · 股份."""
        spans: list[Span] = []
        for at in torn:
            begin, end = at, at + 2
            while code[begin] < FIRST:
                begin -= 1
            while end < len(code) and code[end] < FIRST:
                end += 1
            if spans and begin < spans[-1][1]:
                begin, _ = spans.pop()
            spans.append((begin, end))
        return _replaced(code, spans, [self[text[begin:end]] for begin, end in spans])


def _replaced(text: str, spans: list[Span], by: list[str]) -> str:
    """A text with other words in the place of some stretches."""
    parts: list[str] = []
    done = 0
    for (begin, end), other in zip(spans, by, strict=True):
        parts += text[done:begin], other
        done = end
    parts.append(text[done:])
    return "".join(parts)


class _NoneLeft(Exception):  # noqa: N818 - no error: one begins again, or does without codes
    """All code points are given away."""


class Codebook:
    """Texts written in `Codes`, so that what two of them share is found character by character.

    Each clause is cut once, in whichever text it stands.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.codes = Codes()
        self._clauses = {_BETWEEN: self.codes[_BETWEEN]}

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
        self._begin()  # once more with all code points free
        try:
            return self._write(pairs, both)
        except _NoneLeft:
            return None

    def code_of(self, clause: str) -> str | None:
        """The codes of a clause, if one of the texts had it that were written last: what changed
        in two texts is cut for aligning them, and then asked for what it does."""
        return self._clauses.get(clause)

    def write_words(self, old: str, new: str) -> Pair | None:
        """Two texts in codes, every clause cut. None where they have too many different tokens."""
        try:
            return self.codes.write(old), self.codes.write(new)
        except _NoneLeft:
            return None

    def _write(self, pairs: Sequence[tuple[Clauses, Clauses]], both: list[set[str]]) -> list[Pair]:
        codes, known = self.codes, self._clauses
        self._learn(pairs, both)

        def written(side: Clauses, whole: set[str]) -> str:
            if not whole:
                return "".join(map(known.__getitem__, side))
            return "".join([(codes if clause in whole else known)[clause] for clause in side])

        return [
            (written(old, whole), written(new, whole))
            for (old, new), whole in zip(pairs, both, strict=True)
        ]

    def _learn(self, pairs: Sequence[tuple[Clauses, Clauses]], both: list[set[str]]) -> None:
        """Cut what is to be cut, all in one go: a sign between two clauses tells them apart."""
        known = self._clauses
        fresh = dict.fromkeys(
            clause
            for pair, whole in zip(pairs, both, strict=True)
            for side in pair
            for clause in side
            if clause not in whole and clause not in known
        )
        if fresh:
            code = self.codes.write(_BETWEEN.join(fresh))
            known.update(zip(fresh, code.split(known[_BETWEEN]), strict=True))


def _in_both(old: Clauses, new: Clauses) -> set[str]:
    """The long clauses that two texts share."""
    return {clause for clause in old if len(clause) >= WHOLE}.intersection(new)


@lru_cache(maxsize=8)
def codebook(_thread: int) -> Codebook:
    """The codebook of a thread; two must not write in one."""
    return Codebook()


def cut_both(*sides: Clauses) -> tuple[list[str], list[str]]:
    """The tokens of two texts, as `Codebook` takes them."""
    whole = _in_both(*sides)
    one, two = (
        [token for clause in side for token in ((clause,) if clause in whole else cut(clause))]
        for side in sides
    )
    return one, two


def _atoms(text: str) -> tuple[list[Span], list[int]]:
    """Where the atoms of a text are: the strong ones, which are whole whatever the dictionary says,
    and of the weak ones with two characters the beginnings."""
    strong: list[Span] = []
    weak: list[int] = []
    last = 0
    for found in _START.finditer(text):
        start = found.start()
        if start < last:
            continue  # inside the atom before
        if match := ATOM.match(text, start):
            last = match.end()
            if last - start > 2 or not _WEAK.fullmatch(text, start, last):
                strong.append((start, last))
            elif last - start == 2:
                weak.append(start)
        elif text[start] >= FIRST:
            last = start + 1
            strong.append((start, last))
    return strong, weak
