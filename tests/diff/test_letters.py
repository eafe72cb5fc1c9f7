"""The texts of both sides laid behind each other: places, bigrams and runs by number."""

from __future__ import annotations

import random

import numpy as np
import pytest
from rapidfuzz.distance import Indel

from tracker.diff.align import letters
from tracker.diff.align.letters import Known, Letters, numbered, points_of, recoded

TEXTS = ["甲乙甲乙丙", "", "丁", "县级以上人民政府", "甲乙甲乙县级以上人民政府", "𠀀甲\ud800乙"]


@pytest.fixture(params=["as it is", "where all fall into one cell"])
def mixers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "as it is":
        monkeypatch.setattr(letters, "_MIXERS", [np.uint64(0)] * 3)


@pytest.mark.usefixtures("mixers")
def test_the_same_key_has_the_same_number_and_another_key_another() -> None:
    draw = random.Random(3)
    for size in (0, 1, 2, 50, 3_000):
        keys = np.array([draw.randrange(max(1, size // 3)) ** 5 for _ in range(size)], np.int64)
        found = numbered(keys)
        assert np.array_equal(keys[found], keys)
        assert len(set(found.tolist())) == len(set(keys.tolist()))


@pytest.mark.usefixtures("mixers")
def test_what_is_known_is_found_and_nothing_else() -> None:
    draw = random.Random(4)
    for size in (0, 1, 40, 2_000):
        keys = [draw.randrange(10**12) for _ in range(size)]
        asked = [*keys, *range(100), *keys[:7]]
        found = Known(np.array(keys, np.int64)).among(np.array(asked, np.int64))
        assert found.tolist() == [key in set(keys) for key in asked]


def test_bigrams_and_runs_are_those_of_one_text_and_never_reach_into_the_next() -> None:
    laid = Letters(TEXTS)
    for numbers, length in ((laid.grams, 2), (laid.runs, 6)):
        words: dict[int, set[str]] = {}
        for text, begin in zip(TEXTS, laid.begins.tolist(), strict=True):
            for at in range(len(text) - length + 1):
                words.setdefault(int(numbers[begin + at]), set()).add(text[at : at + length])
        every = {text[at : at + length] for text in TEXTS for at in range(len(text) - length + 1)}
        assert all(len(same) == 1 for same in words.values())
        assert len(words) == len(every)
        short = [
            at for end, size in zip(laid.ends.tolist(), laid.sizes.tolist(), strict=True)
            for at in range(end - min(size, length - 1), end)
        ]  # fmt: skip
        assert words.keys().isdisjoint(numbers[short].tolist())


def test_texts_are_found_again_by_their_places() -> None:
    laid = Letters(TEXTS)
    places = laid.places(np.array([3, 1, 0]))
    assert "".join(map(chr, laid.points[places])) == TEXTS[3] + TEXTS[0]
    marked = np.array([text.startswith("甲") for text in TEXTS])
    assert "".join(map(chr, laid.points[laid.inside(marked)])) == TEXTS[0] + TEXTS[4]


@pytest.mark.parametrize("texts", [TEXTS, [text for text in TEXTS if text.isprintable()][:5]])
def test_texts_with_other_characters_are_as_alike_as_before(texts: list[str]) -> None:
    other = recoded(texts, points_of("".join(texts)))
    assert [*map(len, other)] == [*map(len, texts)]
    for i, one in enumerate(texts):
        for j, two in enumerate(texts):
            assert Indel.distance(one, two) == Indel.distance(other[i], other[j])


def test_characters_beyond_sixteen_bits_are_left_as_they_are() -> None:
    assert recoded(["甲𠀀"], points_of("甲𠀀")) == ["甲𠀀"]
    assert recoded(["甲"], points_of("甲𠀀")) == ["\x01"]  # of what lies behind nothing is asked
    assert recoded([], points_of("")) == []
