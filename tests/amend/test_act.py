"""Reading an amending act: every kind of instruction, with short invented words."""

from __future__ import annotations

import pytest

from tests.amend.laws import BASE, act
from tracker.amend.act import read_act
from tracker.amend.model import Action, Instruction
from tracker.law.model import Unit


def only(*lines: str) -> Instruction:
    (instruction,) = act(*lines).instructions
    return instruction


def shape(instruction: Instruction) -> tuple[str, list[str], list[str]]:
    return (
        str(instruction.action),
        [str(address) for address in instruction.targets],
        [str(number) for number in instruction.numbers],
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、将第四条修改为：“甲。”", ("reword", ["art_4"], [])),
        ("一、第二条第二款修改为：“甲。”", ("reword", ["art_2__para_2"], [])),
        ("一、将《示例市书亭管理办法》第四条修改为：“甲。”", ("reword", ["art_4"], [])),
        ("一、第三条第（二）项修改为：“甲；”", ("reword", ["art_3__subpara_2"], [])),
        (
            "一、将第二条第一款、第二款修改为：“甲。”",
            ("reword", ["art_2__para_1", "art_2__para_2"], []),
        ),
        ("一、将第二条第三款修改为第三条：“甲。”", ("reword", ["art_2__para_3"], ["3"])),
        ("一、将引言修改为：“甲。”", ("reword", ["intro_1"], [])),
        ("一、将第四条中的“七日”修改为“十日”。", ("replace", ["art_4"], [])),
        ("一、将第四条、第六条中的“甲”改为“乙”。", ("replace", ["art_4", "art_6"], [])),
        ("一、将本办法中的“书亭”修改为“书屋”。", ("replace", [], [])),
        ("一、删去第四条中的“应当”。", ("strike", ["art_4"], [])),
        ("一、将第四条中的“应当”删去。", ("strike", ["art_4"], [])),
        ("一、在第四条中的“取书”后增加“、借书”。", ("add_words", ["art_4"], [])),
        ("一、删去第四条。", ("delete", ["art_4"], [])),
        ("一、将第四条删去。", ("delete", ["art_4"], [])),
        ("一、删除第四条、第六条第一款。", ("delete", ["art_4", "art_6__para_1"], [])),
        ("一、删去第四条至第六条。", ("delete", ["art_4", "art_5", "art_6"], [])),
        ("一、增加一条，作为第五条：“甲。”", ("insert", [], ["5"])),
        ("一、在第四条后增加一条，作为第四条之一：“甲。”", ("insert", [], ["4-1"])),
        ("一、增加二条，作为第五条、第六条：“第五条 甲。”", ("insert", [], ["5", "6"])),
        ("一、第二条增加一款，作为第二款：“甲。”", ("insert", ["art_2"], ["2"])),
        ("一、在第三条中增加一项作为第（四）项：“甲。”", ("insert", ["art_3"], ["4"])),
        ("一、增加一章，作为第三章：“第三章 甲”", ("insert", [], ["3"])),
        ("一、在第二条中增加一款作为第四款，将该条修改为：“甲。”", ("reword", ["art_2"], [])),
        ("一、将第四条改为第五条。", ("renumber", ["art_4"], ["5"])),
        ("一、第五条、第六条改为第六条、第七条。", ("renumber", ["art_5", "art_6"], ["6", "7"])),
        (
            "一、将第四条、第五条合并，作为第四条，修改为：“甲。”",
            ("merge", ["art_4", "art_5"], ["4"]),
        ),
        (
            "一、将第二条分为两条，作为第二条、第三条：“第二条 甲。”",
            ("split", ["art_2"], ["2", "3"]),
        ),
        ("一、将第二章章名修改为“取书”。", ("rename", ["chp_2"], [])),
        ("一、将“第二章 使用”修改为：“第二章 取书”。", ("rename", [], [])),
        ("一、将名称修改为：“示例市书屋管理办法”。", ("rename", [], [])),
        ("一、条文顺序作相应调整。", ("renumber_all", [], [])),
        ("一、本决定自2024年1月1日起施行。", ("commence", [], [])),
        ("一、请大家多读书。", ("unread", [], [])),
    ],
)
def test_each_form_of_instruction_is_read(
    line: str, expected: tuple[str, list[str], list[str]]
) -> None:
    assert shape(only(line)) == expected


def test_a_renumbered_article_is_still_called_by_its_old_number_in_the_same_item() -> None:
    found = act("一、将第四条改为第五条，第一款修改为：“甲。”；增加一款，作为第二款：“乙。”")
    assert [shape(i) for i in found.instructions] == [
        ("renumber", ["art_4"], ["5"]),
        ("reword", ["art_4__para_1"], []),
        ("insert", ["art_4"], ["2"]),
    ]


def test_a_line_without_a_number_goes_on_with_the_item_above_it() -> None:
    found = act("一、将第二条第一款修改为：“甲。”", "增加一款作为第四款：“乙。”", "原第三款删去。")
    assert [shape(i) for i in found.instructions] == [
        ("reword", ["art_2__para_1"], []),
        ("insert", ["art_2"], ["4"]),
        ("delete", ["art_2__para_3"], []),
    ]


def test_several_words_may_be_replaced_in_one_sentence() -> None:
    found = act("一、将第四条中的“甲”修改为“乙”，“丙”、“丁”修改为“戊”。")
    assert [(i.old_words, i.text) for i in found.instructions] == [
        ("甲", "乙"), ("丙", "戊"), ("丁", "戊"),
    ]  # fmt: skip


def test_paragraphs_of_a_quotation_may_each_open_with_a_mark() -> None:
    found = only("一、将第四条修改为：“甲：", "“（一）乙；", "“（二）丙。", "“丁。”")
    assert found.text == "甲：\n（一）乙；\n（二）丙。\n丁。"


def test_paragraphs_of_a_quotation_may_open_without_a_mark() -> None:
    found = only("1.将第四条修改为：", "“甲。", "乙。”")
    assert found.text == "甲。\n乙。"


def test_inner_quotation_marks_become_outer_ones() -> None:
    assert only("一、将第一条修改为：“所称‘书亭’，是指小屋。”").text == "所称“书亭”，是指小屋。"


def test_a_quoted_paragraph_may_begin_with_a_quoted_word() -> None:
    found = only("一、将第四条修改为：“甲。", "“书亭”是指小屋。", "乙。”")
    assert found.text == "甲。\n“书亭”是指小屋。\n乙。"


def test_straight_quotation_marks_are_read_too() -> None:
    found = act('一、将第四条修改为："甲。', '"乙。"', "二、删去第五条。")
    assert [i.text for i in found.instructions] == ["甲。\n乙。", ""]


def test_a_quotation_that_never_closes_ends_at_the_next_item_and_is_reported() -> None:
    found = act("一、将第四条修改为：“甲。", "“乙。", "二、删去第五条。")
    assert [(str(i.action), i.text) for i in found.instructions] == [
        ("reword", "甲。\n乙。"),
        ("delete", ""),
    ]
    assert [p.code for p in found.problems] == ["unclosed-quote"]


def test_what_cannot_be_read_is_kept_and_reported_where_it_stands() -> None:
    found = act("一、删去第四条。", "二、第五条请参照“甲”办理；删去第六条。")
    assert [str(i.action) for i in found.instructions] == ["delete", "unread", "delete"]
    (unread,) = found.unread
    assert unread.words == "第五条请参照“甲”办理"
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("unread-instruction", 4)


def test_a_reference_that_leans_on_nothing_is_not_guessed() -> None:
    assert only("一、第二款修改为：“甲。”").action is Action.UNREAD


def test_announced_and_given_numbers_must_agree() -> None:
    assert only("一、增加二条，作为第五条：“甲。”").action is Action.UNREAD
    assert only("一、将第四条、第五条改为第六条。").action is Action.UNREAD


def test_an_ordinal_left_out_is_read_and_reported() -> None:
    found = act("6.将十一条修改为：“甲。”")
    assert shape(found.instructions[0]) == ("reword", ["art_11"], [])
    assert [p.code for p in found.problems] == ["missing-ordinal"]


def test_instructions_of_an_act_on_several_laws_know_their_law() -> None:
    source = (
        "关于修改《甲办法》等二件规定的决定\n对《甲办法》等作如下修改：\n"
        "一、修改《甲办法》\n1.删去第二条。\n2.条文顺序作相应调整。\n"
        "二、对《关于〈乙办法〉的规定》作出修改\n将第三条修改为：\n“丙。”\n本决定自公布之日起施行。"
    )
    found = read_act(source.encode(), name="决定.txt")
    assert found.laws == ("甲办法", "关于《乙办法》的规定")
    assert [(i.law, str(i.action)) for i in found.instructions] == [
        ("甲办法", "delete"),
        ("甲办法", "renumber_all"),
        ("关于《乙办法》的规定", "reword"),
        (None, "commence"),
    ]


def test_the_law_is_named_by_the_title() -> None:
    assert act("一、删去第四条。").laws == ("示例市书亭管理办法",)
    amendment = read_act("示例法修正案（二）\n一、删去示例法第四条。".encode(), name="a")
    assert amendment.laws == ("示例法",)
    assert amendment.title == "示例法修正案（二）"


def test_an_instruction_inside_the_opening_sentence_is_read() -> None:
    source = (
        "示例法修正案\n为了少走弯路，保护书亭，将示例法第四条修改为：\n“甲。”\n"
        "本修正案自公布之日起施行。"
    )
    found = read_act(source.encode(), name="a")
    assert [str(i.action) for i in found.instructions] == ["reword", "commence"]
    assert "为了少走弯路，保护书亭，" in found.head


def test_an_act_without_instructions_says_so() -> None:
    source = "关于废止《示例市书亭管理办法》的决定\n会议决定废止这部办法。"
    found = read_act(source.encode(), name="a")
    assert "no-instructions" in [p.code for p in found.problems]


@pytest.mark.parametrize("source", ["今天天气很好。", BASE])
def test_a_source_that_is_no_act_gives_one_problem_and_no_instruction(source: str) -> None:
    found = read_act(source.encode(), name="办法.txt")
    (problem,) = found.problems
    assert (problem.code, found.instructions) == ("not-an-amending-act", ())
    assert "办法.txt" in problem.message


@pytest.mark.parametrize(
    ("line", "actions"),
    [
        ("此外，条文顺序作相应调整。", ["renumber_all"]),
        ("此外，对条文顺序作相应调整。", ["renumber_all"]),
        ("此外，对相关条文顺序作相应调整。", ["renumber_all"]),
        ("此外，对章节、条文顺序作相应调整。", ["renumber_all"]),
        ("此外，根据本决定对条文顺序作相应调整。", ["renumber_all"]),
        ("本办法的条文序号根据本决定作相应调整。", ["renumber_all"]),
        ("条文顺序和个别文字作相应调整。", ["renumber_all", "touch_up"]),
        ("此外，对条文顺序和个别文字作相应调整。", ["renumber_all", "touch_up"]),
        ("此外，对个别文字作相应修改，并对条文顺序作相应调整。", ["touch_up", "renumber_all"]),
        (
            "此外，对部分条文文字作相应修改，条文序号作相应调整。",
            ["touch_up", "renumber_all"],
        ),
        ("此外，还对个别文字作了修改，条文顺序作相应调整。", ["touch_up", "renumber_all"]),
        ("此外，还对部分条款作了文字修改。", ["touch_up"]),
        ("另外，对个别标点符号作了修改。", ["touch_up"]),
    ],
)
def test_closing_remarks_on_order_and_wording_are_read(line: str, actions: list[str]) -> None:
    found = act("一、删去第六条。", line)
    assert [str(i.action) for i in found.instructions[1:]] == actions
    assert {i.item for i in found.instructions[1:]} == {""}
    unsaid = ["unsaid-words"] if "touch_up" in actions else []
    assert [p.code for p in found.problems] == unsaid


def test_a_closing_remark_that_quotes_words_is_an_instruction_like_any_other() -> None:
    found = act("一、删去第六条。", "此外，将本办法中的“甲”修改为“乙”。")
    assert [str(i.action) for i in found.instructions] == ["delete", "replace"]


def test_no_word_of_an_act_is_lost() -> None:
    found = act(
        "一、将第四条改为第五条，并修改为：“甲。”",
        "二、第六条请酌情办理。同时，删去第五条中的“乙”。",
        "本决定自2024年1月1日起施行。",
        "《示例市书亭管理办法》根据本决定作相应修改并对条文顺序作相应调整，重新公布。",
    )
    said = "".join(dict.fromkeys(i.words for i in found.instructions))
    for words in ("并修改为", "甲", "酌情办理", "同时", "乙", "2024年", "重新公布"):
        assert words in said


def test_new_provisions_have_a_unit() -> None:
    assert only("一、第二条增加一款，作为第二款：“甲。”").unit is Unit.PARAGRAPH
    assert only("一、增加一条，作为第五条：“甲。”").unit is Unit.ARTICLE
