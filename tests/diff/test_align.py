"""The parts of the alignment, and the floor it keeps on labelled pairs of real laws."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import align_gold
from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.align.assign import assign
from tracker.diff.align.candidates import PER_UNIT, count_grams, nearest
from tracker.diff.align.equal import pair_equal
from tracker.diff.align.letters import Letters
from tracker.diff.align.order import BONUS, Expectation, longest_chain
from tracker.diff.align.overrides import Override, Verdict
from tracker.diff.align.passes import PASSES, align
from tracker.diff.changes import compare
from tracker.diff.sides import take_apart
from tracker.law.problems import TrackerError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = settings(derandomize=True, max_examples=200, deadline=None)


def test_every_pass_shows_a_before_and_an_after_in_chinese() -> None:
    for one in PASSES:
        assert one.__doc__
        assert "→" in one.__doc__, one.__name__


@EXAMPLES
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 30), max_size=14
    )
)
def test_assignment_is_the_best_there_is(gains: dict[tuple[int, int], int]) -> None:
    found = assign((i, j, gain) for (i, j), gain in gains.items())
    assert len(set(found.pairs.values())) == len(found.pairs)
    best = max(
        sum(gains.get((i, j), 0) for i, j in enumerate(columns))
        for columns in itertools.permutations(range(5))
    )
    assert sum(gains[pair] for pair in found.pairs.items()) == best
    assert not found.gave_up


@EXAMPLES
@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=12), st.lists(st.sampled_from("甲乙丙丁")))
def test_equal_texts_pair_as_often_as_they_can(old: list[str], new: list[str]) -> None:
    pairs = pair_equal(old, new, {})
    assert all(old[i] == new[j] for i, j in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    assert len(pairs) == sum(min(old.count(key), new.count(key)) for key in set(old))


def test_what_is_linked_already_is_not_paired_again() -> None:
    assert pair_equal(["甲", "乙", "丙"], ["丙", "甲", "乙"], {0: 1}) == {1: 2, 2: 0}
    assert pair_equal(["甲", "甲"], ["甲", "乙"], {0: 1}) == {1: 0}  # 甲 is left once on each side
    assert pair_equal(["", "甲"], ["", "甲"], {1: 1}) == {}


def test_repeated_texts_pair_beside_their_neighbours() -> None:
    assert pair_equal(["同", "甲", "同"], ["甲", "同"], {}) == {1: 0, 2: 1}


def test_a_candidate_list_stays_short_and_holds_the_partner() -> None:
    old = [f"第{n}号公园由{chr(0x4E00 + n)}{chr(0x5E00 + n)}单位负责养护巡查。" for n in range(200)]
    new = [text.replace("负责", "具体负责") for text in reversed(old)]
    candidates = nearest(*count_grams(Letters([*old, *new]), len(old), len(new)))
    assert len(candidates) <= 2 * PER_UNIT * 200
    assert {(i, 199 - i) for i in range(200)} <= {(i, j) for i, j, _ in candidates}


def test_the_chain_keeps_the_longer_text_of_two_that_crossed() -> None:
    assert longest_chain([1, 0], [5, 9]) == [False, True]
    assert longest_chain([1, 0], [9, 5]) == [True, False]


def test_place_is_worth_most_where_the_neighbours_say() -> None:
    place = Expectation([(0, 0), (2, 3)], 6, 7)
    assert place.bonus(3, 4) == BONUS
    assert place.bonus(1, 1) == BONUS
    assert place.bonus(5, 0) < BONUS / 3


def test_a_place_is_worth_the_same_asked_for_alone_or_with_others() -> None:
    draw = random.Random(7)
    for _ in range(200):
        n, m = draw.randint(1, 9), draw.randint(1, 9)
        count = draw.randint(0, min(n, m))
        links = zip(draw.sample(range(n), count), draw.sample(range(m), count), strict=True)
        place = Expectation(links, n, m)
        pairs = [(i, j) for i in range(n) for j in range(m)]
        together = place.bonuses(*np.array(pairs).T).tolist()
        assert [place.bonus(*pair) for pair in pairs] == together


def test_links_say_why_and_how_sure() -> None:
    texts = [LAMPS[0], LAMPS[1].replace("广场、", ""), *LAMPS[2:]]
    board = align(take_apart(numbered(LAMPS)), take_apart(numbered([*texts[:4], *texts[5:]])))
    by_old = {link.old: link for link in board.links}
    assert by_old[0].matched_by == "exact-body"
    assert by_old[1].matched_by == "content-and-order"
    assert 0.6 < by_old[1].confidence <= 0.98
    assert 4 not in by_old


def test_an_override_wins_over_the_words() -> None:
    old, new = numbered(LAMPS), numbered([*LAMPS[:5], NEW_ONE, *LAMPS[5:]])
    match = Override(Verdict.MATCH, ("6",), ("6",), "审校", "同一事项")
    first = next(c for c in compare(old, new, (match,)).changes if c.matched_by == "override")
    assert [str(one.address) for one in (*first.old, *first.new)] == ["art_6", "art_6"]
    bar = Override(Verdict.NO_MATCH, ("1",), ("1",))
    summary = compare(old, new, (bar,)).summary
    assert (summary["deleted"], summary["inserted"]) == (1, 2)


def test_an_override_that_no_longer_fits_fails_loudly() -> None:
    old = numbered(LAMPS)
    with pytest.raises(TrackerError) as caught:
        compare(old, old, (Override(Verdict.MATCH, ("99",), ("1",)),))
    assert caught.value.code == "override-does-not-fit"
    assert "99" in caught.value.message


def test_the_result_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from tests.diff.laws import LAMPS, NEW_ONE, numbered\n"
        "from tracker.diff.changes import compare\n"
        "old = numbered([*LAMPS, *LAMPS[3:6]])\n"
        "new = numbered([NEW_ONE, *(t.replace('应当', '必须') for t in reversed(LAMPS))])\n"
        "print(compare(old, new))"
    )
    outputs = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, timeout=120,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        outputs.add(done.stdout)
    assert len(outputs) == 1


GOLD = sorted(
    path.name for path in (align_gold.SHARED / "pairs").glob("*") if (path / "new.raw.txt").exists()
)


@pytest.mark.skipif(not GOLD, reason="the labelled pairs do not lie beside the project")
def test_labelled_pairs_keep_their_floor() -> None:
    total = align_gold.Score()
    for name in GOLD:
        folder = align_gold.SHARED / "pairs" / name
        old = align_gold.read_law(folder / "old.raw.txt")
        new = align_gold.read_law(folder / "new.raw.txt")
        gold = align_gold.read_gold(align_gold.SHARED / "gold" / f"{name}.json")
        one = align_gold.score(compare(old, new).changes, gold)
        assert 2 * one.right / (one.found + one.wanted) >= 0.97, name
        total.add(one)
    assert 2 * total.right / (total.found + total.wanted) >= 0.995
    assert total.kinds / total.right >= 0.99
    assert total.parts_found / total.parts >= 0.8
    assert total.parts_false <= 2
    assert total.xref_found >= total.xref - 2
    assert total.xref_false <= 3
