"""The data files of the site have the same bytes whichever program writes them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tracker.render.json import site
from tracker.render.json.site import compact
from tracker.render.pages.html import escape


def _some(draw: random.Random, depth: int) -> Any:
    texts = ["第一条", '"\\/', "\x00\x1f\x7f\u2028", "𠀀", "\ud800", "", escape("<甲>")]
    plain = [None, True, False, 0, -7, 2**70, *texts, *(draw.randint(0, 10000) / 10000,) * 3]
    if depth == 0 or draw.random() < 0.3:
        return draw.choice(plain)
    inside = [_some(draw, depth - 1) for _ in range(draw.randint(0, 4))]
    if draw.random() < 0.5:
        return tuple(inside) if draw.random() < 0.5 else inside
    return {f"{draw.choice(texts)}{at}": one for at, one in enumerate(inside)}


def test_data_is_written_alike_with_and_without_orjson(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("orjson")
    documents = [_some(random.Random(seed), 4) for seed in range(300)]
    documents.append({"ratios": [at / 10000 for at in range(10001)]})
    fast = [compact(one) for one in documents]
    monkeypatch.setattr(site, "orjson", None)
    assert fast == [compact(one) for one in documents]
