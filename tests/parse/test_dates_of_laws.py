"""When a law was adopted, approved, promulgated, signed and enters into force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tracker.parse.document import Document
from tracker.parse.reading import read_source

Read = Callable[[str], Document]
AT_ONCE = "第一条 甲。\n第二条 本条例自公布之日起施行。\n"
ADOPTED = "2020年5月6日 示例市人民代表大会常务委员会通过"
APPROVED = "2020年7月8日 示例省人民代表大会常务委员会批准"


@pytest.mark.parametrize("note", [f"（{ADOPTED} {APPROVED}）", f"{ADOPTED}\n{APPROVED}"])
def test_a_law_approved_by_the_province_was_adopted_by_the_city(note: str, read: Read) -> None:
    facts = read(f"示例条例\n{note}\n{AT_ONCE}").facts
    assert facts.dates.adopted == date(2020, 5, 6)
    assert facts.stage is not None
    assert facts.stage.value == "enacted"


def test_each_amendment_is_adopted_by_the_city_too(read: Read) -> None:
    facts = read(
        f"示例条例\n{ADOPTED}\n{APPROVED}\n2022年3月1日 示例市人民代表大会常务委员会修订\n"
        f"2022年5月1日 示例省人民代表大会常务委员会批准\n{AT_ONCE}"
    ).facts
    assert facts.dates.adopted == date(2022, 3, 1)
    assert facts.stage is not None
    assert facts.stage.value == "revised"


def test_a_law_that_names_only_its_approval_is_dated_by_it(read: Read) -> None:
    assert read(f"示例条例\n{APPROVED}\n{AT_ONCE}").facts.dates.adopted == date(2020, 7, 8)


def test_a_law_in_force_from_its_promulgation_has_that_day_and_a_problem_says_so(
    read: Read,
) -> None:
    document = read(f"示例条例\n{ADOPTED}\n2020年7月20日公布\n{AT_ONCE}")
    assert document.facts.dates.in_force == date(2020, 7, 20)
    assert "in-force-inferred" in {p.code for p in document.problems}


@pytest.mark.parametrize(
    "note",
    [
        ADOPTED,
        f"{ADOPTED}\n2020年7月20日公布\n2023年1月1日《关于修改〈示例条例〉的决定》修正\n2023年1月2日公布",
    ],
    ids=["promulgation unknown", "amended since"],
)
def test_entry_into_force_is_not_guessed(note: str, read: Read) -> None:
    document = read(f"示例条例\n{note}\n{AT_ONCE}")
    assert document.facts.dates.in_force is None
    assert "in-force-inferred" not in {p.code for p in document.problems}


@pytest.mark.parametrize(
    "signature",
    [
        "示例市人民政府\n2023年11月30日",
        "\n市长 甲某某\n二〇二三年十一月三十日",
        "示例委员会\n示例部\n\n2023年11月30日",
    ],
)
@pytest.mark.parametrize("behind", ["", "\n附件：申请表\n姓名：\n"])
def test_a_signature_is_no_paragraph_of_the_last_article(
    signature: str, behind: str, read: Read
) -> None:
    document = read(f"示例条例\n{AT_ONCE}{signature}\n{behind}")
    assert [p.text for p in document.law.articles()[-1].children] == ["本条例自公布之日起施行。"]
    dropped = [d.text for d in document.ledger.dropped]
    assert dropped == [line for line in signature.split("\n") if line]
    assert {d.reason for d in document.ledger.dropped} == {"signature"}


@pytest.mark.parametrize(
    "ending",
    ["示例条例的有效期至2023年11月30日", "由示例委员会管理", "以下日期为准：\n2023年11月30日"],
)
def test_what_is_no_signature_stays_in_the_law(ending: str, read: Read) -> None:
    document = read(f"示例条例\n第一条 甲。\n第二条 乙。\n{ending}\n")
    kept = "".join(p.text for p in document.law.articles()[-1].children)
    assert ending.split("\n", maxsplit=1)[-1].strip("\n") in kept


HISTORY = "（2004年4月30日国务院令第406号公布 根据2012年11月9日《国务院关于修改的决定》第一次修订）"


@pytest.mark.parametrize(
    ("head", "stage", "day"),
    [
        (
            "示例条例\n（修订草案征求意见稿）（2025年3月10日）",
            "consultation_draft",
            date(2025, 3, 10),
        ),
        ("示例条例\n（修订草案）\n（2025年3月10日）", "draft", date(2025, 3, 10)),
        ("示例条例\n（修正草案）", "draft", None),
        ("示例条例（二次审议稿）", "second_reading", None),
        ("示例条例修订草案", "draft", None),
    ],
)
def test_the_draft_of_a_revision_is_never_dated_by_the_history_of_the_law_in_force(
    head: str, stage: str, day: date | None, read: Read
) -> None:
    document = read(f"{head}\n{HISTORY}\n{AT_ONCE}")
    assert document.facts.stage is not None
    assert document.facts.stage.value == stage
    assert document.facts.dates.legal == day
    assert document.facts.dates.in_force is None
    missing = [p.message for p in document.problems if p.code == "missing-date"]
    assert missing == ([] if day else ["题注里的日期是原法的沿革，来源没有写明本稿的日期"])


@pytest.mark.parametrize(("printed", "kept"), [("1999-04-29", None), ("2017-09-02", "2017-09-02")])
def test_a_day_of_publication_before_the_text_was_made_is_not_its_own(
    read: Read, printed: str, kept: str | None
) -> None:
    document = read(
        f"---\ntitle: 某法\npublish_date: {printed}\n---\n# 某法\n\n"
        "1999年4月29日 某大会通过\n2017年9月1日 某大会《关于修改〈某法〉的决定》修正\n\n"
        "**第一条** 甲。\n\n**第二条** 本法自1999年10月1日起施行。\n"
    )
    dates = document.facts.dates
    assert dates.adopted == date(2017, 9, 1)
    assert dates.published == (kept and date.fromisoformat(kept))
    told = [p.code for p in document.problems if p.code == "published-before-adopted"]
    assert told == ([] if kept else ["published-before-adopted"])


def test_a_day_in_the_name_of_the_file_is_a_hint_and_no_date() -> None:
    document = read_source("某市条例\n第一条 甲。\n".encode(), name="某市条例20211112.docx.txt")
    assert document.facts.dates.legal is None
    hint = next(p.hint for p in document.problems if p.code == "missing-date")
    assert hint.endswith("，文件名里有 2021-11-12")
