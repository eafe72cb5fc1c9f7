"""Definitions and rules of scope that changed: a sentence with the same term, in other words.

Beside `rules`, for effects that are a sentence and not a word. Floor 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.wording import folded, masked

__all__ = ["compare_sentences"]

SAME_RULE: Final = 0.5
"""Indel ratio of two sentences on scope, from which they are one rule reworded."""
_SENTENCE: Final = re.compile(r"[^。；\n]+[。；]?")
_OWN: Final = "本(?:法|条例|办法|规定|解释|细则|规则|决定|章|节|条)"
_DEFINES: Final = re.compile(
    rf"(?:{_OWN})?(?:中)?所称(?:的)?(?P<term>[^，。；：]{{1,30}}?)[，,]?(?:(?:是|系)指|包括)"
    rf"|^(?:（[一二三四五六七八九十]+）)?(?P<listed>(?![^，]*所称)[^，。；：的]{{1,20}})，是指"
)
_ITEM: Final = re.compile("^[（(][一二三四五六七八九十]+[）)]")
_CITED: Final = re.compile("第[（(][一二三四五六七八九十]+[）)]项")
_SCOPE: Final = re.compile(rf"不?适用{_OWN}(?!第)(?:的规定|有关规定)?")


def compare_sentences(old: str, new: str) -> Iterator[Effect]:
    """Definitions of the same term, and rules on what the law applies to, that read otherwise."""
    yield from _definitions(old, new)
    yield from _scopes(old, new)


def _definitions(old: str, new: str) -> Iterator[Effect]:
    before = {_term(m): (m, s) for m, s in _marked(_DEFINES, old)}
    for found, sentence in _marked(_DEFINES, new):
        term = _term(found)
        if term in before and _differs(_from_term(*before[term]), _from_term(found, sentence)):
            yield _effect(EffectKind.DEFINITION, term, before[term], (found, sentence))


def _from_term(found: re.Match[str], sentence: _Sentence) -> _Sentence:
    """The sentence from the term on, without where it is used: 民法典第三百一十一条所称的."""
    begin = max(found.start("term"), found.start("listed"))
    return sentence[0][begin:], sentence[1] + begin


def _term(found: re.Match[str]) -> str:
    return (found["term"] or found["listed"]).strip("“”")


def _scopes(old: str, new: str) -> Iterator[Effect]:
    before = list(_marked(_SCOPE, old))
    taken: set[int] = set()
    for found, sentence in _marked(_SCOPE, new):
        ranked = [
            (Indel.normalized_similarity(other[1][0], sentence[0]), -at)
            for at, other in enumerate(before)
            if at not in taken and other[0].group() == found.group()
        ]
        if not ranked or max(ranked)[0] < SAME_RULE:
            continue
        at = -max(ranked)[1]
        taken.add(at)
        if _differs(_without_de(before[at][1]), _without_de(sentence)):
            yield _effect(EffectKind.SCOPE, found.group(), before[at], (found, sentence))


_Sentence = tuple[str, int]
"""A sentence and where it begins."""


def _marked(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], _Sentence]]:
    for sentence in _SENTENCE.finditer(text):
        found = pattern.search(sentence.group())
        if found:
            yield found, (sentence.group(), sentence.start())


def _differs(old: _Sentence, new: _Sentence) -> bool:
    """In more than typography, cited numbers and the mark at the end."""
    return _plain(old[0]) != _plain(new[0])


def _without_de(sentence: _Sentence) -> _Sentence:
    """委托辩护人的，适用 and 委托辩护人，适用 are one rule."""
    return sentence[0].replace("的", ""), sentence[1]


def _plain(sentence: str) -> str:
    """Without the number of its 项: （七）油类，是指…； that became （十三） defines as before."""
    return masked(folded(_CITED.sub("第一项", _ITEM.sub("", sentence)).rstrip("。；.;")))


def _effect(
    kind: EffectKind, subject: str,
    old: tuple[re.Match[str], _Sentence], new: tuple[re.Match[str], _Sentence],
) -> Effect:  # fmt: skip
    """`old` and `new` are what lies between the words that both sentences begin and end with."""
    a, b = old[1][0], new[1][0]
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    return Effect(
        kind=kind,
        old=a[head : len(a) - tail] or None,
        new=b[head : len(b) - tail] or None,
        old_triggers=(_trigger(*old),),
        new_triggers=(_trigger(*new),),
        subject=subject,
    )


def _common(a: str, b: str) -> int:
    return next((at for at, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]),
                min(len(a), len(b)))  # fmt: skip


def _trigger(found: re.Match[str], sentence: _Sentence) -> Trigger:
    start = sentence[1] + found.start()
    return Trigger(found.group(), start, start + len(found.group()))
