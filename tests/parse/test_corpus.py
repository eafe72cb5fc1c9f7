"""On 600 real laws: nothing is lost or invented, and what was written is read again as it was.

The corpus lies beside the project. ``python -m benchmarks corpus_truth`` asks the same of all of
it; here it is every sixth law, and each whose number of articles the index has otherwise.
"""

from __future__ import annotations

import pytest

from benchmarks.corpus_truth import CORPUS, DIFFERENT, LEAST_EQUAL, broken, corpus

EVERY = 6
FILES = 3423


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus of laws is not beside the project")
def test_real_laws_are_read_whole_and_written_as_they_are_read() -> None:
    found: dict[str, list[str]] = {}
    files = 0
    for files, source in enumerate(corpus(), 1):
        if files % EVERY == 0 or source.path in DIFFERENT:
            found[source.path] = broken(source)
    assert files == FILES
    assert found.keys() >= DIFFERENT.keys()
    assert {path: words for path, words in found.items() if words} == {}


def test_few_laws_have_another_number_of_articles_than_the_index() -> None:
    assert len(DIFFERENT) <= (1 - LEAST_EQUAL) * FILES
