"""What a note (说明) says about the articles of its draft."""

from __future__ import annotations

from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.parse.claims import find_claims

DRAFT = Law(
    "示例市试验条例",
    tuple(
        Provision(Unit.ARTICLE, Number(n), children=(Provision(Unit.PARAGRAPH, text="甲。"),))
        for n in range(1, 11)
    ),
    "（草案）",
)


def claimed(note: str) -> list[list[str]]:
    return [[str(a) for a in claim.addresses] for claim in find_claims(note, DRAFT)]


def test_each_sentence_that_cites_is_one_claim() -> None:
    note = "一是明确职责（第三条至第五条）。二是好。三是规定期限（第七条第一款）。"
    assert claimed(note) == [["art_3", "art_4", "art_5"], ["art_7__para_1"]]


def test_a_citation_right_behind_the_full_stop_belongs_to_the_sentence() -> None:
    (claim,) = find_claims("鼓励企业参与制定标准。（第六条）", DRAFT)
    assert claim.text == "鼓励企业参与制定标准。（第六条）"


def test_the_draft_under_its_own_names_is_the_draft() -> None:
    note = "《条例（草案）》第一条，草案第二条，《示例市试验条例（草案）》第三条，条例第四条"
    assert claimed(note) == [["art_1", "art_2", "art_3", "art_4"]]


def test_other_laws_and_the_law_in_force_make_no_claim() -> None:
    assert claimed("依据《立法法》第八条，现行条例第九条，原《条例》第三条，刑法第二条。") == []


def test_a_citation_that_misses_is_kept_with_its_problem() -> None:
    (claim,) = find_claims("明确责任（第九条、第三十条）。", DRAFT)
    assert [p.code for p in claim.missing] == ["no-such-article"]


def test_claims_know_their_place_in_the_note() -> None:
    note = "说明\n\n一是甲（第一条）。\n二是乙（第二条）。\n"
    for claim in find_claims(note, DRAFT):
        assert claim.text in note[claim.start : claim.end]
        assert [len(a.steps) for a in claim.articles] == [1]
