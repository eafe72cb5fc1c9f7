"""Real amending acts, where they lie beside the project: read, applied, held against the text.

The figures are floors: they may rise. What stays open is explained on the format page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.amend.act import read_act
from tracker.amend.apply import amend
from tracker.amend.model import Act
from tracker.amend.reconcile import Reconciled, Verdict, reconcile
from tracker.law.model import Law
from tracker.parse.reading import read_source

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

pytestmark = pytest.mark.skipif(
    not (SHARED / "decisions").is_dir(), reason="the real amending acts do not lie beside us"
)

# pair: instructions, and the articles that differ in words no instruction speaks of
PAIRS = {
    "公司法规定五_2019_2020": (3, []),
    "刑法_2020_2023": (7, ["452"]),  # the source prints a footnote below the article
    "医疗损害责任纠纷解释_2017_2020": (16, []),
    "民间借贷规定_2020-08_2020-12": (8, ["19"]),  # title marks around a law's name dropped
    "环境保护税法_2018_2025": (2, ["23"]),  # an enumeration comma put in
    "网络安全法_2016_2025": (23, []),
}


def act(path: Path) -> Act:
    return read_act(path.read_bytes(), name=path.name)


def law(path: Path) -> Law:
    return read_source(path.read_bytes(), name=path.name).law


def reconciled(name: str) -> Reconciled:
    pair = SHARED / "pairs" / name
    found = act(SHARED / "decisions" / f"{name}.txt")
    return reconcile(law(pair / "old.raw.txt"), found, law(pair / "new.raw.txt"))


@pytest.mark.parametrize("name", PAIRS)
def test_a_real_decision_rebuilds_the_published_text(name: str) -> None:
    found = reconciled(name)
    instructions, open_articles = PAIRS[name]
    assert found.amended.unapplied == ()
    assert len(found.confirmed) == instructions
    assert found.contradicted == ()
    good = (Verdict.EQUAL, Verdict.CITATIONS)
    assert [str(a.number) for a in found.articles if a.verdict not in good] == open_articles


def test_only_citations_that_the_act_leaves_unsaid_differ_in_the_renumbered_law() -> None:
    verdicts = [a.verdict for a in reconciled("网络安全法_2016_2025").articles]
    assert verdicts.count(Verdict.EQUAL) == 75
    assert verdicts.count(Verdict.CITATIONS) == 6


def test_a_real_decision_without_a_published_text_can_be_applied() -> None:
    name = "律师法_2017_2026"
    base = law(SHARED / "pairs" / name / "old.raw.txt")
    done = amend(base, act(SHARED / "decisions" / f"{name}.txt"))
    assert done.unapplied == ()
    assert [str(a.number) for a in done.law.articles()] == [str(n) for n in range(1, 66)]


def test_every_instruction_of_the_amendments_to_the_criminal_law_is_read() -> None:
    acts = [act(p) for p in sorted((SHARED / "decisions/criminal-law-amendments").glob("*.txt"))]
    assert len(acts) == 11
    assert [a.title for a in acts if a.unread] == []
    assert sum(i.action.changes_text for a in acts for i in a.instructions) == 222


def test_every_instruction_of_one_decision_on_many_laws_is_read() -> None:
    found = act(SHARED / "decisions/spc-27-interpretations.txt")
    assert len(found.laws) == 27
    assert found.unread == ()
    assert sum(i.action.changes_text for i in found.instructions) == 245


@pytest.mark.parametrize("name", ["医疗损害责任纠纷解释_2017_2020", "民间借贷规定_2020-08_2020-12"])
def test_an_act_on_many_laws_does_for_one_of_them_what_its_excerpt_does(name: str) -> None:
    base = law(SHARED / "pairs" / name / "old.raw.txt")
    whole = amend(base, act(SHARED / "decisions/spc-27-interpretations.txt"))
    alone = amend(base, act(SHARED / "decisions" / f"{name}.txt"))
    assert whole.law == alone.law
    assert whole.unapplied == ()
