"""What redlines of real laws must be, also of the half of the corpus that nobody looked at."""

from __future__ import annotations

import pytest

from benchmarks.align_unseen import CORPUS, read_laws
from benchmarks.corpus_pairs import corpus_pairs
from benchmarks.redline import PAIRS, Figures, reworded
from benchmarks.redline_corpus import beyond, reworded_articles


@pytest.mark.skipif(not PAIRS.exists(), reason="needs the real pairs in ../shared/pairs")
def test_redlines_of_the_real_pairs_stay_within_the_limits() -> None:
    figures = Figures()
    for texts, shown in reworded():
        figures.add(texts, shown)
    assert figures.articles > 700
    assert beyond(figures) == []


@pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/corpus.tar.xz")
@pytest.mark.parametrize("is_open", [True, False])
def test_redlines_of_laws_no_rule_was_made_for_stay_within_the_limits(is_open: bool) -> None:
    pairs = [pair for pair in corpus_pairs() if pair.is_open is is_open]
    laws = read_laws({path for pair in pairs for path in (pair.old, pair.new)})
    figures = Figures()
    for pair in pairs:
        for _, texts, shown in reworded_articles(pair, laws):
            figures.add(texts, shown)
    assert figures.articles > 900
    assert beyond(figures) == []
