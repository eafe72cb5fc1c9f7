"""Which places of two texts are the same slot: the texts aligned with a sign for each word in one.

Between `words` and `rules`. Floor 2. 处三千元以上五万元以下罚款 becomes 处①②罚款 with
① for a sum and 以上, ② for a sum and 以下, so that it aligns with 处一万元以上十万元以下罚款 and a
lower limit never meets an upper one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.effects.words import Slot, Word, find_words

__all__ = ["CLAUSE_END", "Side", "Stretch", "Twins", "align_slots", "limit_of"]

SAME_CLAUSE: Final = 0.5
"""Share of a clause that both sides must have in common: below it the clause was written anew, and
a number in it no longer means the same."""
SAME_LEAD: Final = 0.45
"""Share of the words before it in its sentence (of the shorter side), likewise: in the labelled
changes, fines of another offence or another degree of it had below 0.4."""
_SAME_BODY: Final = 0.78
"""How alike two names of one body are: with 国务院 before it, or with its newer name. 监察机关 and
检察机关 have 0.75."""
CLAUSE_END: Final = re.compile(r"[，。；：！？\n]")
_SENTENCE_END: Final = re.compile(r"[。；\n]")
_LEAD: Final = 40  # signs before a slot that are looked at
_SHORT_LEAD: Final = 3  # a lead this short tells nothing

_LIMITS: Final = ("", "以上", "以下", "至")
_AT_LEAST: Final = ("不得少于", "不少于", "不得低于", "不低于", "至少")
_RANGE: Final = re.compile("[零一二三四五六七八九十百千万0-9][到至]$")
_SIGNS: Final = {
    (slot, limit): chr(0x10FF00 + 4 * at + which)
    for at, slot in enumerate(Slot)
    for which, limit in enumerate(_LIMITS)
}
_SHORT_FORMS: Final = (
    ("人大", "人民代表大会"), ("常委会", "常务委员会"), ("中华人民共和国", ""),
    ("、", ""), ("和", ""), ("人民检察院", "检察院"), ("人民法院", "法院"), ("该", ""),
    ("一级以上", "级以上"), ("省自治区直辖市", "省级"),
)  # fmt: skip
_FIRST_BODY: Final = 0x10F000  # each body of an article has a sign of its own, from here on
_MOST_BODIES: Final = 0xE00

_QUOTED: Final = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|「[^「」\n]*」|\"[^\"\n]*\"")
_AWAY: Final = 0xF0000
"""Added to the code of a quoted character: the same for the same one, and a word to no rule."""
_RARE: Final = "\ufffe"  # from here on no rule knows a character anyway, and codes would end
_BODY: Final = f"[{chr(_FIRST_BODY)}-{chr(_FIRST_BODY + _MOST_BODIES)}]"
_TITLE_BEHIND: Final = re.compile(f"(?:[、和]{_BODY})*《")
_LIST: Final = re.compile(f"{_BODY}(?:(?:、|和|或者|以及|及){_BODY})*")

Stretch = tuple[int, int]
"""From and to in a text with signs."""


@dataclass(frozen=True, slots=True)
class Side:
    """A text, its words, the text with a sign for each, and the places of the signs in it.

    `plain` is the text with what stands in 《》 and in quotation marks made unreadable: 不得 in the
    title of another law forbids nothing here.
    """

    text: str
    plain: str
    words: tuple[Word, ...]
    signed: str
    places: tuple[int, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]

    def clause(self, place: int) -> Stretch:
        """The clause around a place."""
        return _around(self.clauses, place, len(self.signed))

    def lead(self, place: int) -> Stretch:
        """The words before a place in its sentence."""
        return max(_around(self.sentences, place, 0)[0], place - _LEAD), place

    def sentence(self, place: int) -> Stretch:
        """The sentence around a place."""
        return _around(self.sentences, place, len(self.signed))

    def names(self, word: Word, place: int) -> bool:
        """Whether the 款 around a place names this body, be it a little longer or shorter: it may
        act in the next sentence too. 卫生部门 is named where 国务院卫生健康部门 stands."""
        name = _in_full(word.text)
        begin = self.signed.rfind("\n", 0, place) + 1
        end = self.signed.find("\n", place)
        words = self.within((begin, len(self.signed) if end < 0 else end))
        return any(
            one.slot is word.slot
            and Indel.normalized_similarity(_in_full(one.text), name) >= _SAME_BODY
            for one in words
        )

    def like(self, word: Word, *, clause: bool) -> list[Word]:
        """The words of the same kind in the clause or the sentence of this one, itself too."""
        place = self.place(word)
        words = self.within(self.clause(place) if clause else self.sentence(place))
        return [one for one in words if one.slot is word.slot]

    def listed(self, body: Word) -> set[str]:
        """The names of the bodies in the list that this one stands in, its own too."""
        place = self.place(body)
        found = next(one for one in _LIST.finditer(self.signed) if one.end() > place)
        return {word.text for word in self.within(found.span())}

    def is_author(self, word: Word) -> bool:
        """Whether a title stands behind this body, or behind others that it is listed with."""
        return _TITLE_BEHIND.match(self.signed, self.place(word) + 1) is not None

    def place(self, word: Word) -> int:
        """Where the sign of a word of this side lies."""
        return self.places[self.words.index(word)]

    def denies(self, place: int) -> bool:
        """Whether the clause up to a place has 不 or 未."""
        begin, _ = self.clause(place)
        return any(sign in self.signed[begin:place] for sign in "不未")

    def is_modal(self, place: int) -> bool:
        """Whether 应当 or one of its kin stands at a place."""
        return any(word.slot is Slot.MODAL for word in self.within((place, place + 1)))

    def raw(self, place: int) -> int:
        """Where a place of the text with signs lies in the text."""
        before = bisect_left(self.places, place) - 1
        if before < 0:
            return place
        return self.words[before].end + place - self.places[before] - 1

    def within(self, stretch: Stretch) -> tuple[Word, ...]:
        """The words whose signs lie in a stretch."""
        begin, end = (bisect_left(self.places, at) for at in stretch)
        return self.words[begin:end]


def _around(ends: tuple[int, ...], place: int, last: int) -> Stretch:
    at = bisect_right(ends, place)
    return (ends[at - 1] if at else 0), (ends[at] if at < len(ends) else last)


def _side(text: str, bodies: dict[str, str]) -> Side:
    """`bodies` gives the sign of each body, and learns new ones."""
    plain = _QUOTED.sub(_hidden, text)
    words = find_words(plain)
    out, places, done, length = [], [], 0, 0
    for word in words:
        if word.slot is Slot.BODY:
            fresh = chr(_FIRST_BODY + len(bodies) % _MOST_BODIES)
            sign = bodies.setdefault(_in_full(word.text), fresh)
        else:
            sign = _SIGNS[word.slot, limit_of(plain, word)]
        out += [plain[done : word.start], sign]
        length += word.start - done
        places.append(length)
        length += 1
        done = word.end
    signed = "".join([*out, plain[done:]])
    ends = (
        tuple(found.end() for found in pattern.finditer(signed))
        for pattern in (CLAUSE_END, _SENTENCE_END)
    )
    return Side(text, plain, words, signed, tuple(places), *ends)


def _in_full(body: str) -> str:
    """A name in its usual form: 市人大常委会 is 市人民代表大会常务委员会, 乡、镇 is 乡镇."""
    for short, full in _SHORT_FORMS:
        body = body.replace(short, full)
    return body


def limit_of(text: str, word: Word) -> str:
    """Which end of a range a number is: 以上 in 三人以上, 不少于三人 and 过半数, 至 in 五到十人."""
    if "半数" in word.text:
        return "以上"
    if (behind := text[word.end : word.end + 2]) in _LIMITS:
        return behind
    if text[max(0, word.start - 4) : word.start].endswith(_AT_LEAST):
        return "以上"
    return "至" if _RANGE.search(text, max(0, word.start - 2), word.start) else ""


def _hidden(quoted: re.Match[str]) -> str:
    """What stands between the marks, in characters that no rule knows."""
    words = quoted.group()
    inside = "".join(chr(ord(sign) + _AWAY) if sign < _RARE else sign for sign in words[1:-1])
    return f"{words[0]}{inside}{words[-1]}"


@dataclass(frozen=True, slots=True)
class Twins:
    """Two texts and the stretches that they share: (from, to, from in the new one)."""

    old: Side
    new: Side
    blocks: tuple[tuple[int, int, int], ...]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Places of words in the same slot of the same clause, in the order of the old text."""
        at = 0
        there = set(self.new.places)
        for place in self.old.places:
            while at < len(self.blocks) and self.blocks[at][1] <= place:
                at += 1
            if at == len(self.blocks):
                return
            begin, _, other = self.blocks[at]
            twin = other + place - begin
            if place >= begin and twin in there and self.same_slot(place, twin):
                yield place, twin

    def same_slot(self, old: int, new: int) -> bool:
        """Whether enough of the clauses around, and of the words before, is in common."""
        a, b = self.old.clause(old), self.new.clause(new)
        if self.shared(a, b) < SAME_CLAUSE * max(a[1] - a[0], b[1] - b[0]):
            return False
        a, b = self.old.lead(old), self.new.lead(new)
        shorter = min(a[1] - a[0], b[1] - b[0])
        return shorter <= _SHORT_LEAD or self.shared(a, b) >= SAME_LEAD * shorter

    def shared(self, old: Stretch, new: Stretch) -> int:
        """How many signs of two stretches are in common."""
        total = 0
        for at in range(max(0, bisect_left(self.blocks, old[:1]) - 1), len(self.blocks)):
            begin, end, other = self.blocks[at]
            if begin >= old[1]:
                break
            shift = other - begin
            left = max(begin, old[0], new[0] - shift)
            total += max(0, min(end, old[1], new[1] - shift) - left)
        return total

    def follows_equal(self, old: int, new: int) -> bool:
        """Whether the signs right behind two places are in common."""
        return self.shared((old + 1, old + 2), (new + 1, new + 2)) == 1

    def gaps(self) -> Iterator[tuple[Stretch, Stretch]]:
        """What lies between the shared stretches, on either side."""
        i = j = 0
        ends = (len(self.old.signed), len(self.old.signed), len(self.new.signed))
        for begin, end, other in (*self.blocks, ends):
            if begin > i or other > j:
                yield (i, begin), (j, other)
            i, j = end, other + end - begin


def align_slots(old: str, new: str) -> Twins:
    """Both texts with signs, aligned by the longest common subsequence."""
    bodies: dict[str, str] = {}
    a, b = _side(old, bodies), _side(new, bodies)
    blocks = tuple(
        (code.src_start, code.src_end, code.dest_start)
        for code in Indel.opcodes(a.signed, b.signed)
        if code.tag == "equal"
    )
    return Twins(a, b, blocks)
