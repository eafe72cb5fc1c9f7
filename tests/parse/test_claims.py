"""What a note (说明) says about the articles of its draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.parse.claims import find_claims
from tracker.parse.reading import read_source

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


LONG = Law(
    "示例市数据条例",
    tuple(
        Provision(
            Unit.CHAPTER, Number(chapter), "章名",
            children=tuple(
                Provision(
                    Unit.ARTICLE, Number(n),
                    children=tuple(
                        Provision(
                            Unit.PARAGRAPH, text="甲：",
                            children=tuple(
                                Provision(Unit.SUBPARAGRAPH, Number(i), text="乙；")
                                for i in (1, 2, 3)
                            ),
                        )
                        for _ in range(2)
                    ),
                )
                for n in articles
            ),
        )
        for chapter, articles in ((1, range(1, 21)), (2, range(21, 41)))
    ),
    "（草案二次审议稿）",
)  # fmt: skip
"""40 articles in two chapters, each of two 款 with three 项."""


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        (  # points in one sentence, each its own claim
            "主要内容：一是明确适用范围（第二条）；二是规定职责（第五条、第六条）；三是细化权利（第七条至第九条）。",
            ["2", "5 6", "7 8 9"],
        ),
        (  # the draft named before the number, 该条 in the next sentence
            "草案第十二条至第十四条规定，自然人享有权益。该条第二款作了例外规定。草案第十六条第二款另有规定。",
            ["12 13 14", "14.2", "16.2"],
        ),
        (  # changes against the text before: its numbers are no claim
            "建议增加一条，作为第八条；将第九条改为第十条；删去第十一条；在第十二条中增加一款，作为第二款。",
            ["8 10 12 12.2"],
        ),
        (  # chapters and their articles
            "《条例（草案）》共两章四十条。第一章总则（第一条至第三条），规定目的。第二章（第二十一至二十三条）。",
            ["chp_1 1 2 3", "chp_2 21 22 23"],
        ),
        (  # laws it rests on, with the same numbers
            "根据《数据安全法》第二十一条和该法第二十二条，规定了分类（第二十一条）。参照《数据安全法》（第五条）。",
            ["21"],
        ),
        (  # the law in force and the stage before
            "现行条例第八条的内容移至草案第十条。征求意见稿第十五条没有采纳。一审稿第十六条，二次审议稿第十七条。",
            ["10", "17"],
        ),
        (  # citation behind the full stop
            "建立协调机制，统筹数据工作。（草案第五条第一款）\n强化责任。（第三十五条第一款第二项）",
            ["5.1", "35.1.2"],
        ),
        (  # shortened lists
            "明确主体（草案第五至七条），明确客体（草案第二条第一、二款；第三条第一款第一项）。",
            ["5 6 7 2.1 2.2 3.1.1"],
        ),
        ("有的委员提出，应当加强监管。《上海市数据条例》第十二条可以借鉴。", []),
    ],
)  # fmt: skip
def test_notes_of_many_forms_claim_what_a_reader_says(note: str, wanted: list[str]) -> None:
    claims = find_claims(note, LONG)
    short = [
        " ".join(
            str(a).replace("art_", "").replace("__para_", ".").replace("__subpara_", ".")
            for a in claim.addresses
        )
        for claim in claims
    ]
    assert short == wanted
    assert not any(claim.missing for claim in claims)
    assert all(claim.text in note[claim.start : claim.end] for claim in claims)


SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).resolve().parents[1] / "cases" / "citations" / "claims.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def whole_draft() -> Law:
    """A draft of 32 articles in five chapters; each third has a second 款 with two 项."""
    ends = {"一": range(1, 6), "二": range(6, 12), "三": range(12, 20), "四": range(20, 28)}
    text = "某市数据条例\n（草案）\n"
    for chapter, numbers in {**ends, "五": range(28, 33)}.items():
        text += f"第{chapter}章 名称\n"
        for n in numbers:
            more = "第二款。\n（一）甲；\n（二）乙。\n" if n % 3 == 0 else ""
            text += f"第{n}条 内容。\n{more}"
    return read_source(text.encode(), name="draft.txt").law


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_a_sentence_of_a_note_claims_what_a_reader_says(
    sentence: str, wanted: str, whole_draft: Law
) -> None:
    claims = find_claims(sentence, whole_draft)
    found = [str(address) for claim in claims for address in claim.addresses]
    found += ["!" for claim in claims for _ in claim.missing]
    short = [one.removeprefix("art_") for one in found]
    short = [one.replace("__para_", ".").replace("__subpara_", ".") for one in short]
    assert " ".join(short) == wanted
