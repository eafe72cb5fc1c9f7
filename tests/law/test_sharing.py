"""What two versions of a law have in common is one object, and nothing else about them differs."""

from __future__ import annotations

import random

from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.law.sharing import shared


def _article(number: int, text: str) -> Provision:
    return Provision(
        Unit.ARTICLE, Number(number), None, "", (Provision(Unit.PARAGRAPH, text=text),)
    )


def _chapter(number: int, *articles: Provision) -> Provision:
    return Provision(Unit.CHAPTER, Number(number), "总则", "", articles)


def _some(draw: random.Random) -> Law:
    """Chapters and articles whose numbers and texts repeat, as in a spoilt source."""
    chapters = (
        _chapter(draw.randint(1, 3), *(_article(draw.randint(1, 4), draw.choice("甲乙"))
                                       for _ in range(draw.randint(0, 4))))
        for _ in range(draw.randint(0, 4))
    )  # fmt: skip
    return Law("某法", (*chapters, *(_article(9, draw.choice("甲乙")) for _ in range(2))))


def test_an_article_that_did_not_change_is_the_object_it_was() -> None:
    old = Law("某法", (_chapter(1, _article(1, "甲"), _article(2, "乙")),))
    new = Law("某法（修订）", (_chapter(1, _article(1, "甲"), _article(2, "丙")),))
    found = shared(new, old)
    assert found == new
    assert found.body[0].children[0] is old.body[0].children[0]
    assert found.body[0].children[1] is new.body[0].children[1]


def test_a_chapter_of_the_same_articles_is_the_object_it_was() -> None:
    old, new = (Law("某法", (_chapter(1, _article(1, "甲")),)) for _ in range(2))
    assert shared(new, old).body[0] is old.body[0]


def test_no_law_gets_other_words_or_one_object_in_two_places() -> None:
    for seed in range(500):
        draw = random.Random(seed)
        old, new = _some(draw), _some(draw)
        found = shared(new, old)
        assert found == new
        everything = [id(provision) for provision in found.walk()]
        assert len(set(everything)) == len(everything)
