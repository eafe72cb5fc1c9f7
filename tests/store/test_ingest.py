"""What is given wins, what is missing is asked for, and bad input costs nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.store.conftest import failure
from tracker.law.model import Dates, Stage
from tracker.law.problems import TrackerError
from tracker.store.ingest import _merge_dates, ingest, plan
from tracker.store.model import Given

D = date(2021, 11, 12)
TEXT = """示例市数据条例
（征求意见稿）

第一条　为了规范数据处理，制定本条例。
第二条　本市行政区域内的数据处理适用本条例。
""".encode()
BARE = "第一条　为了规范数据处理，制定本条例。\n第二条　适用本条例。\n".encode()


def put(store, data=TEXT, name="a.txt", law_id="shili", **given):
    return ingest(store, data, name=name, law_id=law_id, given=Given(**given))


def codes(result):
    return [problem.code for problem in result.problems]


def test_what_the_source_says_is_taken(store):
    done = put(store, date=D)
    assert done.version.stage is Stage.CONSULTATION_DRAFT
    assert done.version.law.title == "示例市数据条例"
    assert done.version.version_id == "2021-11-12-consultation_draft"
    assert store.source(done.version) == TEXT
    assert not done.already


def test_a_missing_title_is_asked_for_by_name(store):
    error = failure(put, store, BARE, stage=Stage.DRAFT)
    assert error.code == "missing-title"
    assert "--title" in error.hint
    assert put(store, BARE, stage=Stage.DRAFT, title="示例市数据条例").version.law.title
    assert len(store.laws()) == 1


def test_an_unknown_stage_is_stored_as_unknown_with_a_warning(store):
    done = put(store, BARE, title="示例市数据条例")
    assert done.version.stage is Stage.UNKNOWN
    assert done.version.version_id == "undated-unknown"
    assert codes(done).count("missing-stage") == 1
    assert store.resolve("shili@unknown").version_id == "undated-unknown"


def test_undated_is_stored_with_a_warning(store):
    done = put(store)
    assert done.version.version_id == "undated-consultation_draft"
    assert codes(done).count("missing-date") == 1


def test_a_given_date_answers_that_one_was_taken_from_the_note(store):
    text = b"".join([
        "示例市数据条例（草案）\n（2021年3月10日第一次审议）\n".encode(),
        "第一条　为了甲，制定本条例。\n第二条　乙。\n".encode(),
    ])  # fmt: skip
    assert codes(put(store, text)).count("date-from-note") == 1
    assert "date-from-note" not in codes(put(store, text, law_id="other", date=D))


def test_what_is_given_wins_and_the_contradiction_is_told(store):
    done = put(store, stage=Stage.DRAFT, title="另一个名字的条例", date=D)
    assert done.version.stage is Stage.DRAFT
    assert done.version.law.title == "另一个名字的条例"
    told = [p.message for p in done.problems if p.code == "given-contradicts-source"]
    assert any("征求意见稿" in message for message in told)
    assert any("示例市数据条例" in message for message in told)
    assert "missing-date" not in codes(done)


def closing(words):
    return f"示例市数据条例\n第一条　为了甲，制定本条例。\n第二条　{words}\n".encode()


@pytest.mark.parametrize(
    ("words", "stage", "wanted"),
    [
        ("本条例自2025年10月15日起施行。", Stage.REVISED, date(2025, 10, 15)),
        ("本条例自2025年10月15日起施行。", Stage.AMENDED, date(2025, 10, 15)),
        ("本条例自2025年10月15日起施行。", Stage.DRAFT, None),
        ("本条例自公布之日起施行。", Stage.ENACTED, D),
        ("本条例自公布之日起施行。", Stage.AMENDED, None),
    ],
)
def test_the_closing_article_of_a_text_given_as_final_says_when_it_enters_into_force(
    store, words, stage, wanted
):
    done = put(store, closing(words), stage=stage, date=D)
    assert done.version.dates.in_force == wanted
    assert ("in-force-inferred" in codes(done)) == (wanted == D)


def test_a_given_day_of_entry_into_force_wins_over_the_closing_article(store):
    day = date(2026, 1, 1)
    done = put(
        store, closing("本条例自公布之日起施行。"), stage=Stage.ENACTED, date=D, in_force=day
    )
    assert done.version.dates.in_force == day
    assert "in-force-inferred" not in codes(done)


@pytest.mark.parametrize(
    ("said", "stage", "field"),
    [
        (Dates(), Stage.DRAFT, "published"),
        (Dates(), Stage.ENACTED, "promulgated"),
        (Dates(), Stage.ISSUED, "issued"),
        (Dates(comment_start=date(2021, 8, 12)), Stage.DRAFT, "published"),
        (Dates(adopted=date(2021, 6, 1)), Stage.ENACTED, "promulgated"),
        (Dates(issued=date(2020, 1, 1)), Stage.DRAFT, "issued"),
        (Dates(promulgated=date(2020, 1, 1)), Stage.ISSUED, "promulgated"),
        (Dates(published=D), Stage.DRAFT, "published"),
    ],
)
def test_the_date_given_is_the_one_the_version_is_filed_under(said, stage, field):
    merged, problems = _merge_dates(said, Given(date=D), stage)
    assert merged.legal == D
    assert getattr(merged, field) == D
    assert bool(problems) == (getattr(said, field) not in (None, D))


def test_a_plan_writes_nothing_and_foretells_the_ingest(store):
    given = Given(date=D, note="说明\r\n第二行  \n")
    planned = plan(store, TEXT, name="a.txt", law_id="shili", given=given)
    assert store.laws() == ()
    assert not planned.already
    done = ingest(store, TEXT, name="a.txt", law_id="shili", given=given)
    assert done.version == planned.version
    assert done.version.note == "说明\n第二行\n"
    again = plan(store, TEXT, name="a.txt", law_id="shili", given=given)
    assert again.already
    assert again.version == done.version


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe\xfa\xf0\x00", b"\x00" * 100]
)
def test_bad_input_costs_no_stored_data(store, data):
    first = put(store, date=D).version
    with pytest.raises(TrackerError):
        put(store, data, stage=Stage.ENACTED, title="坏")
    assert store.versions("shili") == (first,)


@pytest.mark.parametrize("law_id", ["", "../x", "条例", "A", "a" * 65, "-x"])
def test_a_bad_law_id_is_refused_before_anything_is_read(store, law_id):
    assert failure(put, store, b"", law_id=law_id).code == "bad-law-id"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///x", "http://a b", "https://x\n", "//x", "", 'https://"']
)
def test_only_web_addresses_are_sources(store, url):
    assert failure(put, store, source_url=url).code == "bad-url"


def test_the_name_of_a_file_is_kept_without_its_folders(store):
    done = put(store, name="/somewhere/private/公告.HTML\udcff", date=D)
    assert done.version.source_name == "公告.HTML?"
    assert (store.root / "versions/shili" / done.version.version_id / "source.bin").exists()


def test_a_correction_names_what_it_corrects_as_people_do(store):
    put(store, date=D)
    other = TEXT.replace("规范".encode(), "促进".encode())
    assert failure(put, store, other, date=D).code == "version-conflict"
    done = put(store, other, date=D, corrects="征求意见稿")
    assert done.version.corrects == "2021-11-12-consultation_draft"
    assert store.version_ids("shili") == ("2021-11-12-consultation_draft-2",)


def test_a_correction_keeps_what_a_person_gave_and_what_the_new_reading_does_not_find(store):
    stray = b"test\n" + BARE
    first = put(store, stray, title="测试条例", stage=Stage.DRAFT, in_force=date(2022, 1, 1))
    assert first.version.version_id == "undated-draft"
    again = put(store, stray, corrects="undated-draft", date=date(2025, 3, 10)).version
    assert (again.version_id, again.law.title) == ("2025-03-10-draft", "测试条例")
    assert again.dates.in_force == date(2022, 1, 1)
    other = put(store, BARE, corrects=again.version_id, stage=Stage.CONSULTATION_DRAFT).version
    assert (other.law.title, other.stage) == ("测试条例", Stage.CONSULTATION_DRAFT)
    assert other.day == date(2025, 3, 10)


def test_a_correction_takes_what_the_new_source_says_over_what_the_old_one_said(store):
    put(store, date=D)
    other = TEXT.replace("（征求意见稿）".encode(), "（草案）".encode())
    again = put(
        store, other.replace("数据".encode(), "信息".encode()), corrects="2021-11-12"
    ).version
    assert (again.stage, again.law.title, again.day) == (Stage.DRAFT, "示例市信息条例", D)


def test_the_same_source_with_other_facts_is_refused_unless_it_corrects_or_is_put_in_order(store):
    put(store)
    error = failure(put, store, date=D)
    assert error.code == "source-stored-already"
    assert "--corrects undated-consultation_draft" in error.hint
    assert store.version_ids("shili") == ("undated-consultation_draft",)
    second = put(store, date=D, stage=Stage.SECOND_READING, sequence=2)
    assert "same-source" in codes(second)
    assert not put(store, date=D, corrects="undated-consultation_draft").already
