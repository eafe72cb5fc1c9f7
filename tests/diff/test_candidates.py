"""The candidates of the content pass: the same ones however they are found, and never all pairs."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tracker.diff.align import candidates
from tracker.diff.align.candidates import Grams, Ints, count_grams, nearest
from tracker.diff.align.letters import Letters


def _texts(chance: random.Random, signs: str, count: int) -> list[str]:
    return ["".join(chance.choices(signs, k=chance.randint(0, 30))) for _ in range(count)]


@pytest.mark.parametrize("signs", ["甲", "甲乙丙", "甲乙丙丁戊己庚辛壬癸子丑寅卯"])
@pytest.mark.parametrize("count", [1, 60, 400])
def test_looking_only_at_pairs_that_share_words_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, signs: str, count: int
) -> None:
    chance = random.Random(count)
    old, new = _texts(chance, signs, count), _texts(chance, signs, count + 1)
    grams = count_grams(Letters([*old, *new]), len(old), len(new))
    wanted = nearest(*grams).tolist()
    monkeypatch.setattr(candidates, "_TABLE", 0)
    monkeypatch.setattr(candidates, "_SORTED", 3000)
    assert nearest(*grams).tolist() == wanted


def test_units_without_a_telling_word_are_compared_with_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """甲。 in 80,000 articles, some of them 甲。改: every pair of them was looked at, in 40 s."""
    tables: list[int] = []

    def nearest_of(old: Grams, new: Grams) -> Ints:
        tables.append(len(old.squares) * len(new.squares))
        return np.zeros((0, 3), dtype=np.int64)

    monkeypatch.setattr(candidates, "_nearest", nearest_of)
    old, new = ["甲。改"] * 12_000, ["甲。"] * 12_000
    grams = count_grams(Letters([*old, *new]), len(old), len(new))
    assert len(nearest(*grams)) == 0
    assert tables == [0]
