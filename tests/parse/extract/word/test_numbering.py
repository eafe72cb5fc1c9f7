"""Automatic numbers are written as Word shows them: one test for each way to get a number."""

from __future__ import annotations

from tests.parse.extract.word.making import (
    NS,
    abstract,
    docx,
    lvl,
    num,
    numbered,
    numbering,
    p,
    r,
    style,
    styles,
)
from tracker.law.problems import Problem, Severity
from tracker.parse import canonical
from tracker.parse.extract.word.reader import word
from tracker.parse.reading import read_source

ARTICLE = lvl(0, "chineseCountingThousand", "第%1条")


def _read(*blocks: str, numbers: str = "", named: str = "") -> list[str]:
    return list(word(docx(*blocks, numbers=numbers, named=named), "draft.docx").lines)


def _problems(*blocks: str, numbers: str) -> list[Problem]:
    return word(docx(*blocks, numbers=numbers), "draft.docx").problems


def _of_style(number: int | str, level: int | None = None) -> str:
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>'


def test_a_number_of_its_own() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    assert _read(numbered("甲。"), p("乙。"), numbered("丙。"), numbers=lists) == [
        "第一条\u3000甲。", "乙。", "第二条\u3000丙。",
    ]  # fmt: skip


def test_a_number_of_its_style_and_of_the_style_that_is_based_on() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    named = styles(style("Base", paragraph=_of_style(1)), style("Own", based_on="Base"))
    assert _read(p("甲。", style="Own"), p("乙。", style="Base"), numbers=lists, named=named) == [
        "第一条\u3000甲。", "第二条\u3000乙。",
    ]  # fmt: skip


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    named = styles(style("A", based_on="B"), style("B", based_on="A"))
    assert _read(p("甲。", style="A"), named=named) == ["甲。"]


def test_the_style_of_paragraphs_without_one() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    named = styles(style("Normal", paragraph=_of_style(1), default=True))
    assert _read("甲。", numbers=lists, named=named) == ["第一条\u3000甲。"]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    named = styles(style("Own", paragraph=_of_style(1)), style("Bare", based_on="Own",
                   paragraph=_of_style(0)))  # fmt: skip
    blocks = (p("甲。", style="Own"), numbered("乙。", 0, style="Own"), p("丙。", style="Bare"),
              p("丁。", style="Own"))  # fmt: skip
    assert _read(*blocks, numbers=lists, named=named) == [
        "第一条\u3000甲。", "乙。", "丙。", "第二条\u3000丁。",
    ]  # fmt: skip


def test_a_level_that_names_a_style_is_its_level() -> None:
    lists = numbering(
        abstract(
            0,
            lvl(0, "chineseCounting", "第%1章", more='<w:pStyle w:val="Chapter"/>'),
            lvl(1, "chineseCounting", "第%2条", more='<w:pStyle w:val="Article"/>'),
        ),
        num(1, 0),
    )
    named = styles(
        style("Chapter", paragraph=_of_style(1)), style("Article", paragraph=_of_style(1))
    )
    assert _read(p("总则", style="Chapter"), p("甲。", style="Article"), numbers=lists,
                 named=named) == ["第一章\u3000总则", "第一条\u3000甲。"]  # fmt: skip


def test_a_level_of_the_paragraph_wins_over_that_of_its_style() -> None:
    lists = numbering(abstract(0, ARTICLE, lvl(1, "chineseCounting", "（%2）")), num(1, 0))
    named = styles(style("Own", paragraph=_of_style(1)))
    level = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    assert _read(p("甲：", style="Own"), p("乙。", style="Own", properties=level), numbers=lists,
                 named=named) == ["第一条\u3000甲：", "（一）\u3000乙。"]  # fmt: skip


def test_a_list_that_is_another_by_its_style() -> None:
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Law"/></w:abstractNum>'
    lists = numbering(
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Law"/>{ARTICLE}</w:abstractNum>',
        link, num(1, 0), num(2, 1),
    )  # fmt: skip
    named = styles(style("Law", paragraph=_of_style(1), kind="numbering"))
    assert _read(numbered("甲。", 2), numbered("乙。", 2), numbers=lists, named=named) == [
        "第一条\u3000甲。", "第二条\u3000乙。",
    ]  # fmt: skip


def test_lists_that_lead_to_each_other_end() -> None:
    lists = numbering(
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="B"/></w:abstractNum>',
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>',
        num(1, 0), num(2, 1),
    )  # fmt: skip
    named = styles(style("A", paragraph=_of_style(1)), style("B", paragraph=_of_style(2)))
    assert _read(numbered("甲。", 1), numbers=lists, named=named) == ["甲。"]


def test_two_lists_of_one_definition_go_on_from_one_another() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0), num(2, 0))
    assert _read(numbered("甲。", 1), numbered("乙。", 2), numbers=lists)[1] == "第二条\u3000乙。"


def test_a_list_that_starts_anew_does_so_once() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = numbering(abstract(0, ARTICLE), num(1, 0), num(2, 0, start))
    blocks = (numbered("甲。", 1), numbered("乙。", 2), numbered("丙。", 2), numbered("丁。", 1))
    assert [line[:3] for line in _read(*blocks, numbers=lists)] == [
        "第一条", "第五条", "第六条", "第七条",
    ]  # fmt: skip


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "decimal", "%1．")}</w:lvlOverride>'
    lists = numbering(abstract(0, ARTICLE), num(1, 0, own))
    assert _read(numbered("甲。"), numbers=lists) == ["1．\u3000甲。"]


def test_a_level_begins_anew_under_each_of_the_level_above_or_counts_on() -> None:
    def lists(restart: str) -> str:
        return numbering(
            abstract(
                0,
                lvl(0, "chineseCounting", "第%1章"),
                lvl(1, "chineseCounting", "第%2节"),
                lvl(2, "chineseCounting", "第%3条", more=restart),
            ),
            num(1, 0),
        )

    levels = (0, 1, 2, 1, 2, 0, 2)
    blocks = [numbered("甲", level=level) for level in levels]

    def articles(restart: str) -> list[str]:
        return [line[1] for line in _read(*blocks, numbers=lists(restart)) if line[2] == "条"]

    assert articles("") == ["一", "一", "一"]
    assert articles('<w:lvlRestart w:val="0"/>') == ["一", "二", "三"]
    assert articles('<w:lvlRestart w:val="1"/>') == ["一", "二", "一"]


def test_numbers_of_levels_above_and_legal_numbering() -> None:
    lists = numbering(
        abstract(
            0,
            lvl(0, "chineseCounting", "%1、"),
            lvl(1, "decimal", "%1.%2", more="<w:isLgl/>"),
            lvl(2, "decimal", "%1.%2.%3"),
        ),
        num(1, 0),
    )
    blocks = [numbered("甲", level=n) for n in (0, 0, 1, 2)]
    assert [line.split("\u3000")[0] for line in _read(*blocks, numbers=lists)] == [
        "一、", "二、", "2.1", "二.1.1",
    ]  # fmt: skip


def test_a_level_below_one_that_was_not_used_shows_its_start() -> None:
    lists = numbering(
        abstract(0, lvl(0, "decimal", "%1", start=3), lvl(1, "decimal", "%1.%2")), num(1, 0)
    )
    assert _read(numbered("甲", level=1), numbers=lists) == ["3.1\u3000甲"]


def test_what_follows_the_number() -> None:
    def first(more: str, text: str = "%1.", words: str = "甲。") -> str:
        lists = numbering(abstract(0, lvl(0, "decimal", text, more=more)), num(1, 0))
        return _read(numbered(words), numbers=lists)[0]

    assert first("") == "1.\u3000甲。"
    assert first('<w:suff w:val="tab"/>') == "1.\u3000甲。"
    assert first('<w:suff w:val="space"/>') == "1. 甲。"
    assert first('<w:suff w:val="nothing"/>') == "1.甲。"
    # The number of an article ends where it ends, also where Word sets nothing behind it.
    assert first('<w:suff w:val="nothing"/>', "第%1条", "规定甲。") == "第1条\u3000规定甲。"


def test_numbers_start_where_their_level_says() -> None:
    lists = numbering(abstract(0, lvl(0, "decimal", "%1.", start=7)), num(1, 0))
    assert _read(numbered("甲"), numbers=lists) == ["7.\u3000甲"]


def test_bullets_are_no_text_but_dashes_are() -> None:
    def lists(sign: str) -> str:
        return numbering(abstract(0, lvl(0, "bullet", sign)), num(1, 0))

    assert _read(numbered("甲。"), numbers=lists("\uf0b7")) == ["甲。"]
    assert _read(numbered("甲。"), numbers=lists("●")) == ["甲。"]
    assert _read(numbered("甲。"), numbers=lists("——")) == ["——甲。"]


def test_a_level_without_a_number_shows_its_words() -> None:
    lists = numbering(abstract(0, lvl(0, "none", "附则")), num(1, 0))
    assert _read(numbered("甲。"), numbers=lists) == ["附则\u3000甲。"]


def test_a_custom_format_stands_beside_one_for_old_programs() -> None:
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    level = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{form}<w:lvlText w:val="%1"/></w:lvl>'
    lists = numbering(abstract(0, level), num(1, 0))
    assert _read(numbered("甲"), numbers=lists) == ["007\u3000甲"]


def test_a_format_that_is_not_known_is_a_problem_and_never_a_guess() -> None:
    lists = numbering(abstract(0, lvl(0, "hebrew1", "第%1条")), num(1, 0))
    blocks = ("某市条例", numbered("甲。"), numbered("乙。"))
    assert _read(*blocks, numbers=lists) == ["某市条例", "甲。", "乙。"]
    (problem,) = _problems(*blocks, numbers=lists)
    assert (problem.code, problem.severity) == ("unknown-number-format", Severity.ERROR)
    assert problem.line == 2
    assert "有 2 段" in problem.message
    assert "hebrew1" in problem.message


def test_a_number_beyond_its_format_is_a_problem_too() -> None:
    lists = numbering(abstract(0, lvl(0, "decimalEnclosedCircle", "%1", start=21)), num(1, 0))
    assert _problems(numbered("甲"), numbers=lists)[0].code == "unknown-number-format"


def test_lists_and_levels_that_are_missing_give_no_number() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0), num(2, 9))
    blocks = (
        numbered("甲。", 7),
        numbered("乙。", 2),
        numbered("丙。", 1, 5),
        numbered("丁。", 1, 99),
    )
    assert _read(*blocks, numbers=lists) == ["甲。", "乙。", "丙。", "丁。"]
    assert _read(numbered("甲。")) == ["甲。"]


def test_an_empty_paragraph_in_a_list_has_its_number() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    assert _read(numbered("甲。"), numbered(""), numbered("乙。"), numbers=lists) == [
        "第一条\u3000甲。", "第二条\u3000", "第三条\u3000乙。",
    ]  # fmt: skip


def test_numbers_in_tables_and_controls_count_with_the_others() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{numbered('乙。')}</w:sdtContent></w:sdt>"
    assert _read(numbered("甲。"), control, numbered("丙。"), numbers=lists) == [
        "第一条\u3000甲。", "第二条\u3000乙。", "第三条\u3000丙。",
    ]  # fmt: skip


def test_an_article_over_a_hundred_is_written_as_laws_write_it() -> None:
    lists = numbering(abstract(0, lvl(0, "japaneseCounting", "第%1条")), num(1, 0))
    blocks = [numbered("甲。") for _ in range(120)]
    lines = _read(*blocks, numbers=lists)
    assert lines[100] == "第一百零一条\u3000甲。"
    assert lines[109] == "第一百一十条\u3000甲。"


def test_text_that_a_person_numbered_in_the_text_stays_as_it_is() -> None:
    assert _read("第一条 甲。", "（一）乙；") == ["第一条 甲。", "（一）乙；"]


def test_fields_that_number_and_store_no_result_are_an_error() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTONUM </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    found = word(docx(p(field, r("甲。"))), "draft.docx")
    assert list(found.lines) == ["甲。"]
    assert [(one.code, one.severity) for one in found.problems] == [
        ("number-not-stored", Severity.ERROR)
    ]


def test_the_law_of_numbers_in_lists_is_that_of_numbers_in_text() -> None:
    lists = numbering(
        abstract(
            0,
            lvl(0, "chineseCounting", "第%1章", more='<w:suff w:val="space"/>'),
            lvl(1, "japaneseCounting", "第%2条", more='<w:lvlRestart w:val="0"/>'),
            lvl(2, "japaneseCounting", "（%3）"),
            lvl(3, "decimal", "%4．"),
        ),
        num(1, 0),
    )
    rows = [
        ("某市条例", None), ("总则", 0), ("为了甲，制定本条例。", 1), ("禁止下列行为：", 1),
        ("乙：", 2), ("3吨以上；", 3), ("5吨以上。", 3), ("丙。", 2), ("附则", 0),
        ("本条例自2024年1月1日起施行。", 1),
    ]  # fmt: skip
    blocks = [p(text) if level is None else numbered(text, level=level) for text, level in rows]
    law = read_source(docx(*blocks, numbers=lists), name="draft.docx").law
    text = (
        "某市条例\n第一章 总则\n第一条 为了甲，制定本条例。\n第二条 禁止下列行为：\n（一）乙：\n"
        "1．3吨以上；\n2．5吨以上。\n（二）丙。\n第二章 附则\n第三条 本条例自2024年1月1日起施行。\n"
    )
    assert law == read_source(text.encode(), name="draft.txt").law
    assert "第二条　禁止下列行为：\n（一）乙：\n1．3吨以上；" in canonical.write(law)


def test_strict_files_are_read_as_others_are() -> None:
    lists = numbering(abstract(0, ARTICLE), num(1, 0))
    strict = NS
    for old, new in (
        ("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),  # noqa: E501
        ("schemas.openxmlformats.org/officeDocument/2006/relationships", "purl.oclc.org/ooxml/officeDocument/relationships"),  # noqa: E501
    ):  # fmt: skip
        strict = strict.replace(old, new)
    body = f"<w:body>{numbered('甲。')}</w:body>"
    whole = {"word/document.xml": f"<w:document {strict}>{body}</w:document>"}
    data = docx(numbers=lists.replace(NS, strict), **whole)
    assert list(word(data, "draft.docx").lines) == ["第一条\u3000甲。"]


def test_a_number_typed_behind_an_automatic_one_is_told_once_a_file() -> None:
    lists = numbering(abstract(0, lvl(0, "chineseCounting", "第%1条")), num(1, 0))
    body = [
        numbered("为了规范甲，制定本条例。"),
        numbered("第六条　甲应当公开。"),
        numbered("第一条规定的甲，可以不公开。"),
        numbered("第七条 乙应当公开。"),
    ]
    found = word(docx(*body, numbers=lists), "draft.docx")
    assert found.lines[1] == "第二条　第六条　甲应当公开。"
    assert [(one.code, one.line) for one in found.problems] == [("number-twice", 2)]
    assert "2 处" in found.problems[0].message
