"""A rule reads only provisions with a sign of what it looks for: nothing is missed by that."""

from __future__ import annotations

import random
import re

import pytest

from tracker.check import Subject, characters, closing, text
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number

_SIGNED = [
    *((signs, pattern) for signs, pattern, *_ in characters._CHOICES),
    *((signs, pattern) for signs, pattern, *_ in characters._LOOK_ALIKES),
    (characters._HALF_MARKS, characters._HALF_WIDTH),
    ("0123456789", characters._ARABIC),
    (characters._CHINESE_NUMERALS, characters._CHINESE),
    (closing._WORDS_OF_FORCE, closing._IN_FORCE),
]


def _texts(pattern: re.Pattern[str], signs: tuple[str, ...] | str, seed: int) -> list[str]:
    """Texts put together from what the pattern is made of, without any of the signs."""
    draw = random.Random(seed)
    words = re.findall(r"[\u4e00-\u9fff]{2,}", pattern.pattern)
    pieces = sorted({*words, *pattern.pattern, *"甲1aЖ，。自第年"})
    made = ("".join(draw.choices(pieces, k=8)) for _ in range(2000))
    return [re.sub("|".join(map(re.escape, signs)), "", one) for one in made]


@pytest.mark.parametrize(("signs", "pattern"), _SIGNED, ids=lambda one: str(one)[:24])
def test_a_pattern_finds_nothing_where_none_of_its_signs_is(signs, pattern):
    for one in _texts(pattern, tuple(signs), seed=11):
        if not any(sign in one for sign in signs):
            assert not pattern.search(one), one


def test_doubled_marks_stand_side_by_side():
    draw = random.Random(12)
    for _ in range(20_000):
        one = "".join(draw.choices("，、；：。！（）《》“”甲", k=4))
        assert text._SIDE_BY_SIDE.search(one) or not text._DOUBLED.search(one), one


def test_provisions_with_a_sign_come_in_the_order_of_the_text():
    texts = ("甲乙", "丙", "乙丁", "丁甲")
    body = tuple(
        Provision(Unit.ARTICLE, Number(n), None, one) for n, one in enumerate(texts, start=1)
    )
    subject = Subject(law=Law("示例条例", body))
    assert [p.provision.text for p in subject.holding("丁甲")] == ["甲乙", "乙丁", "丁甲"]
    assert [p.provision.text for p in subject.holding(("乙丁", "戊"))] == ["乙丁"]
    assert subject.holding("戊") == ()
