"""Which kinds of signs a text holds."""

from __future__ import annotations

import random
import re

from tracker.parse.normalise.signs import (
    CLOSES,
    CLOSING,
    FORM,
    HALF,
    POINT,
    RARE,
    USUAL,
    WIDE_SPACE,
    signs_of,
)

KINDS = {FORM: "#*_<[|", WIDE_SPACE: "\u3000", HALF: "(),;:?!", POINT: ".．–－-", CLOSING: CLOSES}
PLAIN = "第一条 为了，。\n甲Aa1/%"
ODD = "\u200b\t\r«\U00020000é"


def asked_one_by_one(text: str) -> int:
    found = sum(kind for kind, signs in KINDS.items() if any(sign in text for sign in signs))
    return found + (RARE if re.search(f"[^{USUAL}]", text) else 0)


def test_one_walk_finds_what_looking_for_each_sign_finds() -> None:
    drawn = random.Random(7)
    signs = [*"".join(KINDS.values()), *ODD]
    for _ in range(2000):
        few = drawn.sample(signs, drawn.randint(0, 5))
        text = "".join(drawn.choice([*PLAIN, *few]) for _ in range(drawn.randint(0, 60)))
        assert signs_of(text) == asked_one_by_one(text)


def test_law_text_in_canonical_form_holds_none() -> None:
    assert signs_of("第一条 为了规范《甲》（乙）“丙”……——：；！？、") == 0
