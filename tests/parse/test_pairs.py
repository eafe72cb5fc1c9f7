"""Real laws as found are read, written and accounted for (where they lie beside the project)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.parse.conftest import SHARED, account, han
from tracker.parse import canonical
from tracker.parse.reading import read_source

SOURCES = sorted((SHARED / "pairs").glob("*/*.raw.txt"))


@pytest.mark.skipif(not SOURCES, reason="the pairs lie in ../shared/pairs, which is absent")
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: f"{p.parent.name}-{p.name[:3]}")
def test_a_real_law_is_read_without_loss(path: Path) -> None:
    data = path.read_bytes()
    document = read_source(data, name=path.name)
    text = canonical.write(document.law)
    assert document.law.articles()
    assert canonical.read(text) == document.law
    assert account(document) == han(unicodedata.normalize("NFC", data.decode("utf-8")))
    again = read_source(text.encode(), name="again")
    assert again.law == document.law
    assert again.ledger.rewrites == ()
