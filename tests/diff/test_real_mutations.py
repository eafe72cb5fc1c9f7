"""The stored laws, changed in ways whose answer is known; and laws that are hard on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.align_mutations import score
from benchmarks.big_laws import large, nasty
from benchmarks.mutations import flatten, mutate
from tracker.diff.changes import compare
from tracker.law.model import Law
from tracker.parse.canonical import read

ROOT = Path(__file__).resolve().parents[2]


def _stored() -> list[Law]:
    texts = sorted((ROOT / "versions").glob("*/*/text.txt"))
    laws = [read(path.read_text(encoding="utf-8")) for path in texts]
    return [law for law in laws if sum(len(articles) for _, articles in flatten(law)) >= 40]


def test_changes_of_the_stored_laws_are_found() -> None:
    laws = _stored()
    assert len(laws) >= 3
    mutations = [
        mutate(law, [a for other in laws if other is not law for a in other.articles()], seed)
        for law in laws
        for seed in range(4)
    ]
    found = score(mutations)
    assert found["links F1"] >= 0.98
    assert found["parts recall"] >= 0.8
    assert found["false parts a pair"] <= 0.1
    assert found["moved F1"] >= 0.9


def test_changes_of_a_long_law_are_found() -> None:
    found = score([large(400)])
    assert found["links F1"] >= 0.98
    assert found["parts recall"] >= 0.85
    assert found["false parts a pair"] <= 1


@pytest.mark.parametrize(
    ("name", "said"), [("long-article", False), ("equal-lines", False), ("same-text", True)]
)
def test_what_a_comparison_gave_up_is_said(name: str, said: bool) -> None:
    codes = {problem.code for problem in compare(*nasty(name)).problems}
    assert ("alignment-capped" in codes) is said


def test_a_law_mutated_with_one_seed_is_always_the_same() -> None:
    one, other = large(60), large(60)
    assert (one.new, one.links, one.groups, one.moved) == (
        other.new, other.links, other.groups, other.moved
    )  # fmt: skip
