"""Large and nasty pairs of laws, made of invented words: the same for every run.

Used by `align_speed` and the tests. A large law has the shape of a code: articles of one to four 款
from a vocabulary as skewed as that of real laws; its revision deletes, inserts, rewords, splits,
merges and moves.
"""

from __future__ import annotations

import random

from benchmarks.mutations import Mutation, mutate
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number

__all__ = ["ADVERSARIAL", "large", "nasty"]

ADVERSARIAL = (
    "long-article", "equal-lines", "random-order", "same-text", "many-into-one", "one-into-many",
)  # fmt: skip
_STOCK = (
    "由有关主管部门责令改正，", "给予警告，", "并处五千元以上五万元以下罚款；", "情节严重的，",
    "依法追究刑事责任。", "应当自收到申请之日起三十日内作出决定。",
    "法律、行政法规另有规定的，", "国务院有关部门在各自职责范围内，",
)  # fmt: skip
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def _words(draw: random.Random) -> list[str]:
    return ["".join(draw.choices(_HAN, k=draw.choice((2, 2, 2, 3, 4)))) for _ in range(6000)]


def _sentence(draw: random.Random, words: list[str]) -> str:
    clauses = []
    for _ in range(draw.randint(2, 5)):
        if draw.random() < 0.25:
            clauses.append(draw.choice(_STOCK)[:-1])
        else:
            count = draw.randint(3, 8)
            picked = (words[int(len(words) * draw.random() ** 3)] for _ in range(count))
            clauses.append("".join(picked))
    return "，".join(clauses) + "。"


def _law(articles: list[list[str]]) -> Law:
    body = tuple(
        Provision(Unit.ARTICLE, Number(at), None, "", tuple(
            Provision(Unit.PARAGRAPH, text=text) for text in texts))
        for at, texts in enumerate(articles, 1)
    )  # fmt: skip
    return Law("虚构法典", body)


def large(count: int, seed: int = 5) -> Mutation:
    """A law of this many articles and its revision, with the right answer."""
    draw = random.Random(seed)
    words = _words(draw)

    def article() -> list[str]:
        return [_sentence(draw, words) for _ in range(draw.choice((1, 1, 1, 2, 2, 3)))]

    law = _law([article() for _ in range(count)])
    donors = _law([article() for _ in range(200)]).articles()
    return mutate(law, donors, seed)


def nasty(name: str) -> tuple[Law, Law]:
    """A pair that is hard on purpose, by one of the names in `ADVERSARIAL`."""
    draw = random.Random(7)
    words = _words(draw)

    def text(least: int) -> str:
        out = ""
        while len(out) < least:
            out += _sentence(draw, words)
        return out[: least - 1] + "。"

    match name:
        case "long-article":
            plain, long = [text(120) for _ in range(60)], text(20_000)
            clauses = [c if draw.random() < 0.7 else text(12)[:-1] for c in long.split("，")]
            other = "，".join(clauses)
            return _law([[t] for t in [*plain, long]]), _law(
                [[t] for t in [*plain[5:], other, *plain[:5]]]
            )
        case "equal-lines":
            return _law([["同一行文字。"] * 100_000]), _law([["同一行文字。"] * 99_990])
        case "many-into-one" | "one-into-many":
            many = [text(90) for _ in range(1_000)]
            apart, whole = _law([[one] for one in many]), _law([["".join(many)]])
            return (apart, whole) if name == "many-into-one" else (whole, apart)
        case "random-order":
            articles = [[text(90)] for _ in range(5_000)]
            mixed = [[one[0].replace("应当", "必须") + "附则。"] for one in articles]
            draw.shuffle(mixed)
            return _law(articles), _law(mixed)
        case _:
            same = "县级以上人民政府应当依法加强管理，具体办法由国务院另行制定。"
            return _law([[same + "甲" * (n % 3)] for n in range(2_000)]), _law(
                [[same + "乙" * (n % 3)] for n in range(1_990)]
            )
