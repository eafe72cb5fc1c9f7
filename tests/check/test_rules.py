"""Each rule on a right and on a wrong text. The laws here are invented for the purpose."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.check import RULES, Subject, check
from tracker.check.spans import written_spans
from tracker.check.terms import MOST
from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.canonical import read, write
from tracker.parse.document import Ledger
from tracker.parse.reading import read_source

RIGHT = """示例市试验条例

第一章　总则

第一条　【目的】为了试验，制定本条例。

第二条　【范围】本市行政区域内的试验活动，适用本条例。
法律、法规另有规定的，从其规定。

第二章　禁止

第三条　【禁止】不得有下列行为：
（一）甲；
（二）乙，或者丙；
（三）丁。
前款第二项规定的行为，依照本条例第二条第二款处理。

第三章　附则

第四条　【施行日期】本条例自2022年1月1日起施行。
"""
FACTS = {"stage": Stage.ENACTED, "dates": Dates(promulgated=date(2021, 12, 1))}


def subject(text: str = RIGHT, **more: object) -> Subject:
    return Subject(**{"law": read(text), **FACTS, **more})  # type: ignore[arg-type]


def found(text: str = RIGHT, **more: object) -> list[tuple[str, str]]:
    return [(p.code, p.citation) for p in check(subject(text, **more))]


def wrong(old: str, new: str, **more: object) -> list[tuple[str, str]]:
    assert old in RIGHT
    return found(RIGHT.replace(old, new), **more)


def test_a_right_text_has_no_findings() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("第四条　", "第六条　", ("numbering-gap", "第六条")),
        ("第三章　附则", "第五章　附则", ("numbering-gap", "第五章")),
        ("第三章　附则", "第二章　附则", ("repeated-number", "第二章")),
        ("（二）乙，或者丙；\n", "", ("numbering-gap", "第三条第一款第三项")),
        ("第二条第二款处理", "第二条第三款处理", ("no-such-paragraph", "第三条第二款")),
        ("第二条第二款处理", "第九条处理", ("no-such-article", "第三条第二款")),
        ("第二条第二款处理", "第二条、第九条处理", ("no-such-article", "第三条第二款")),
        ("从其规定。", "从其规定。第三条、第九条除外。", ("no-such-article", "第二条第二款")),
        ("前款第二项", "前款第五项", ("no-such-subparagraph", "第三条第二款")),
        ("依照本条例", "依照本办法", ("wrong-own-name", "第三条第二款")),
        ("法律、法规另有", "《立法法另有", ("unpaired-mark", "第二条第二款")),
        ("法律、法规另有", "（法律、法规另有", ("unpaired-mark", "第二条第二款")),
        ("从其规定。", "从其规定", ("missing-full-stop", "第二条第二款")),
        ("下列行为：", "下列行为", ("missing-full-stop", "第三条第一款")),
        ("（一）甲；", "（一）甲。", ("item-mark", "第三条第一款第一项")),
        ("（三）丁。", "（三）丁；", ("item-mark", "第三条第一款第三项")),
        ("从其规定。", "从其规定。\n价格制定", ("stray-heading", "第二条第三款")),
        ("从其规定。", "从其规定。第九条还有一条。", ("lost-line-break", "第二条第二款")),
        ("另有规定的", '另有"规定"的', ("half-width-mark", "第二条第二款")),
        ("第一章　总则\n\n", "", ("numbering-gap", "第二章")),
        ("从其规定。", "从其规定。，", ("doubled-mark", "第二条第二款")),
        ("另有规定的", "另有其它规定的", ("character-choice", "第二条第二款")),
        ("【范围】", "", ("caption-missing", "第二条")),
        ("自2022年1月1日起施行", "自20××年×月×日起施行", ("blank-date", "第四条第一款")),
        ("自2022年1月1日起施行", "由市人民政府解释", ("no-entry-into-force", "")),
    ],
)
def test_one_mistake_gives_the_finding_at_its_place(
    old: str, new: str, finding: tuple[str, str]
) -> None:
    assert finding in wrong(old, new)


@pytest.mark.parametrize(
    "table",
    [
        "| 情节 | 罚款 |\n|---|---|\n| 较轻 | 一千元 |\n| 较重 | 二千元 |\n",
        "<table><tr><td>情节</td><td>罚款</td></tr><tr><td>较轻</td><td>一千元</td></tr></table>",
    ],
    ids=["Markdown", "web page"],
)
def test_rows_that_reading_made_of_a_table_are_no_lost_headings(table: str) -> None:
    lines = ("某市条例", "第一条 甲。", "第二条 罚款按照下表执行：", table, "第三条 乙。")
    page = "".join(one if one == table else f"<p>{one}</p>" for one in lines)
    source = f"<html><body>{page}</body></html>" if "<" in table else "# " + "\n".join(lines)
    text = write(read_source(source.encode(), name="source").law)
    assert "\n情节｜罚款\n" in text
    assert not {code for code, _ in found(text)} & {"stray-heading", "missing-full-stop"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("从其规定。", "从其规定：“甲。”"),
        ("从其规定。", "上位法所称本法，从其规定。"),
        ("从其规定。", "依照《关于〈甲〉的解释》（2020年修正）办理。"),
        ("（一）甲；", "（一）甲；或者"),
        ("（一）甲；", "（一）1）甲；"),
        ("（一）甲；", "（一）下列之一：\n1．戊；\n2．己；"),
        ("（二）乙，或者丙；", "（二）乙；但是丙除外。丁；"),
        ("第二条第二款处理", "《民法典》第九千条处理"),
        ("自2022年1月1日起施行", "自公布之日起30日后施行"),
    ],
)
def test_what_only_looks_wrong_gives_nothing(old: str, new: str) -> None:
    assert wrong(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("（一）甲；", "（一）甲。", "改为分号"),
        ("（一）甲；", "（一）甲的程序", "补上分号；对照来源看是否丢了字"),
        ("（一）甲；", "（一）甲（乙）", "补上分号；对照来源看是否丢了字"),
        ("（三）丁。", "（三）丁；", "改为句号"),
        ("（三）丁。", "（三）丁", "补上句号；对照来源看是否丢了字"),
    ],
)
def test_an_item_without_any_mark_at_its_end_may_have_lost_words(
    old: str, new: str, hint: str
) -> None:
    problems = check(subject(RIGHT.replace(old, new)))
    assert [one.hint for one in problems if one.code == "item-mark"] == [hint]


def test_items_that_are_whole_sentences_end_in_full_stops() -> None:
    text = RIGHT.replace("甲；", "甲。").replace("丙；", "丙。")
    assert found(text) == []


def test_a_blank_date_in_a_draft_is_no_finding() -> None:
    text = RIGHT.replace("自2022年1月1日起施行", "自20××年×月×日起施行")
    assert found(text, stage=Stage.DRAFT) == []


def test_no_entry_into_force_is_worse_in_a_final_text() -> None:
    text = RIGHT.replace("自2022年1月1日起施行", "由市人民政府解释")
    codes = {s: check(subject(text, stage=s))[0].severity for s in (Stage.DRAFT, Stage.ENACTED)}
    assert codes == {Stage.DRAFT: Severity.WARNING, Stage.ENACTED: Severity.ERROR}


def test_a_law_in_chapters_without_its_end_is_incomplete() -> None:
    head, _, _ = RIGHT.partition("第三章　附则")
    chapters = "".join(f"第{n}章　促进\n\n第{m}条　【促】促进。\n\n" for n, m in ("三四", "四五"))
    codes = [code for code, _ in found(head + chapters.rstrip("\n") + "\n")]
    assert "last-chapters-incomplete" in codes
    assert "no-entry-into-force" in codes


def test_a_part_of_a_code_may_cite_other_parts() -> None:
    text = "示例法典\n\n第十条　依照本法第三条处理。\n\n第十一条　本法自2022年1月1日起施行。\n"
    assert found(text) == [("citation-outside-part", ""), ("first-article", "第十条")]


def test_an_amending_act_cites_the_law_it_amends() -> None:
    text = "关于修改《示例市试验条例》的决定\n\n第一条　将第九十条修改为：“甲\n"
    codes = {code for code, _ in found(text)}
    assert not codes & {"no-such-article", "unpaired-mark", "no-entry-into-force"}


def test_a_questionnaire_without_chapters_says_so() -> None:
    text = "示例市试验条例\n\n第一条　甲。\n\n第二条　本条例自2022年1月1日起施行。\n"
    assert found(text) == []
    assert found(text, source_format="questionnaire") == [("no-chapters", "")]


def test_an_empty_article_is_an_error() -> None:
    law = Law("示例市试验条例", (Provision(Unit.ARTICLE, Number(1)),))
    assert "empty-article" in [p.code for p in check(Subject(law=law, **FACTS))]  # type: ignore[arg-type]


def test_a_text_broken_into_lines_is_told_once() -> None:
    broken = "".join(
        f"第{n}条　在本市行政区域内从事试验活动，应当遵守法\n律和法规。\n\n"
        for n in "二三四五六七八九十"
    )
    text = f"示例市试验条例\n\n第一条　甲。\n\n{broken}第十一条　本条例自2022年1月1日起施行。\n"
    assert found(text) == [("broken-lines", "")]


def test_a_text_with_another_sign_for_its_full_stop_is_not_called_broken() -> None:
    dotted = "".join(f"第{n}条　从事试验活动，应当遵守法律｡\n\n" for n in "二三四五六七八九十")
    text = f"示例市试验条例\n\n第一条　甲。\n\n{dotted}第十一条　本条例自2022年1月1日起施行。\n"
    assert found(text) == [("missing-full-stop", "")]


def test_chapters_may_count_through_parts() -> None:
    part = "第{}编　甲\n\n第{}章　乙\n\n第{}条　丙。\n\n"
    head = "示例法典\n\n" + part.format("一", "一", "一") + part.format("二", "二", "二")
    assert found(head + "第三条　本法自2022年1月1日起施行。\n") == []


def test_repaired_captions_are_counted() -> None:
    assert found(ledger=Ledger(rewrites=(("caption", 10),))) == [("caption-repaired", "")]


def test_an_interpretation_may_leave_its_date_to_the_notice() -> None:
    text = "最高人民法院关于试验的解释\n\n第一条　甲。\n"
    (finding,) = check(subject(text))
    assert (finding.code, finding.severity) == ("no-entry-into-force", Severity.INFO)


# --- the stage before -----------------------------------------------------------------------------


def after(previous: Subject, **more: object) -> list[str]:
    return [code for code, _ in found(previous=previous, **more)]


def test_the_same_text_again_is_told() -> None:
    assert after(subject(stage=Stage.DRAFT)) == ["text-unchanged"]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (Stage.DRAFT, Stage.CONSULTATION_DRAFT, []),
        (Stage.DRAFT, Stage.ENACTED, []),
        (Stage.ENACTED, Stage.AMENDED, []),
        (Stage.REVISED, Stage.AMENDED, []),
        (Stage.CONSULTATION_DRAFT, Stage.DRAFT, []),
        (Stage.DRAFT_FOR_REVIEW, Stage.DRAFT, []),
        (Stage.SECOND_READING, Stage.CONSULTATION_DRAFT, []),
        (Stage.SECOND_READING, Stage.FIRST_READING, ["stage-goes-back"]),
        (Stage.FIRST_READING, Stage.DRAFT_FOR_REVIEW, ["stage-goes-back"]),
        (Stage.ENACTED, Stage.DRAFT, ["stage-goes-back"]),
        (Stage.REPEALED, Stage.AMENDED, ["stage-goes-back"]),
        (Stage.FIRST_READING, Stage.THIRD_READING, ["stage-skipped"]),
    ],
)
def test_stages_go_forward(old: Stage, new: Stage, codes: list[str]) -> None:
    assert after(subject(stage=old), stage=new) == [*codes, "text-unchanged"]


def test_dates_go_forward() -> None:
    before = subject(stage=Stage.DRAFT, dates=Dates(published=date(2022, 1, 1)))
    assert "date-before-previous" in after(before)
    reversed_ = Dates(adopted=date(2022, 3, 1), promulgated=date(2022, 2, 1))
    assert found(dates=reversed_) == [("dates-reversed", "")]


def test_a_changed_title_is_told_but_not_a_changed_stage_in_it() -> None:
    other = subject(RIGHT.replace("示例市试验条例", "示例市实验条例"), stage=Stage.DRAFT)
    assert "title-changed" in after(other)
    draft = subject(RIGHT.replace("试验条例", "试验条例（草案）", 1), stage=Stage.DRAFT)
    assert "title-changed" not in after(draft)


def test_what_the_source_does_not_say_is_told() -> None:
    law = Law("", read(RIGHT).body)
    assert [p.code for p in check(Subject(law=law))][:3] == [
        "missing-title", "missing-stage", "missing-date",
    ]  # fmt: skip


def test_what_a_stored_version_lacks_is_given_by_a_correction() -> None:
    bare = Subject(law=Law("", read(RIGHT).body), version_id="undated-1")
    hints = [p.hint for p in check(bare)][:3]
    assert all("--corrects undated-1 --" in hint for hint in hints)
    assert [hint.split(" --")[-1] for hint in hints] == ["title 标题", "stage 阶段", "date 日期"]


# --- the note -------------------------------------------------------------------------------------

NOTE = """关于《示例市试验条例（草案）》的说明
一是明确目的和范围（第一条、第二条）。二是规定禁止的行为。（第三条）
三是与《民法典》第九百条衔接，现行条例第三十条不再保留。
"""


def test_a_note_that_fits_gives_only_what_it_is_silent_on() -> None:
    (finding,) = check(subject(note=NOTE))
    assert (finding.code, finding.severity) == ("note-silent", Severity.INFO)
    assert "4条中的1条：第四条" in finding.message


def test_a_note_that_cites_what_is_not_there_is_told() -> None:
    assert ("note-citation-missing", "") in found(note=NOTE.replace("第二条", "第八条"))


def test_a_note_with_another_title_is_told() -> None:
    assert ("note-title-differs", "") in found(note=NOTE.replace("试验条例（", "试条例（"))


# --- check as a whole -----------------------------------------------------------------------------


def test_findings_come_in_the_order_of_the_text() -> None:
    text = (
        RIGHT.replace("从其规定。", "从其规定")
        .replace("【目的】", "")
        .replace("（三）丁。", "（三）丁")
    )
    assert found(text) == [
        ("caption-missing", "第一条"),
        ("missing-full-stop", "第二条第二款"),
        ("item-mark", "第三条第一款第三项"),
    ]


def test_what_reading_found_is_told_once_and_named() -> None:
    read_before = (
        Problem(code="numbering-gap", severity=Severity.WARNING, message="甲", citation="第六条"),
        Problem(code="wrapped-line", severity=Severity.INFO, message="乙"),
    )
    text = RIGHT.replace("第四条　", "第六条　")
    problems = check(subject(text, problems=read_before, law_id="示例", version_id="v"))
    assert [(p.code, p.severity.value, p.version) for p in problems] == [
        ("wrapped-line", "info", "v"),
        ("numbering-gap", "error", "v"),
    ]


def test_every_rule_says_what_it_asks_for() -> None:
    assert len(set(RULES)) == len(RULES)
    for rule in RULES:
        assert rule.__doc__, rule.__name__


def test_checking_twice_gives_the_same() -> None:
    text = RIGHT.replace("从其规定。", "从其规定")
    assert check(subject(text)) == check(subject(text))


def test_spans_read_as_people_list_them() -> None:
    numbers = [Number(1), Number(2), Number(2, (1,)), Number(3), Number(5)]
    assert written_spans(numbers) == "第一条至第三条、第五条"


def test_of_a_law_that_defines_thousands_of_terms_the_first_ones_are_looked_at_and_it_says_so() -> (
    None
):
    """Each term is looked for in all of the text: 24,000 of them took 8 s, 120,000 minutes."""
    lines = (f"局{n}（以下简称“数据{n}局”）。" for n in range(MOST + 200))
    text = "示例市试验条例\n\n第一条　" + "\n".join(lines) + "\n"
    codes = [code for code, _ in found(text)]
    assert codes.count("term-never-used") == MOST
    assert codes.count("terms-capped") == 1
