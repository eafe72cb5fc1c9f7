"""Applying an act: what each instruction does, how numbers are given, and what is refused."""

from __future__ import annotations

import pytest

from tests.amend.laws import act, after, base, texts
from tracker.amend.apply import amend
from tracker.law.model import Law
from tracker.law.numbering import Number
from tracker.parse.canonical import body, read, write

ADJUST = "条文顺序作相应调整。"


def test_a_reworded_article_has_the_new_text_and_its_neighbours_the_old() -> None:
    done = after("一、将第四条修改为：“取书的人应当还书。", "“逾期的，劝他还书。”")
    before, now = texts(base()), texts(done.law)
    assert now["4"] == "取书的人应当还书。\n逾期的，劝他还书。"
    assert {n: t for n, t in now.items() if n != "4"} == {
        n: t for n, t in before.items() if n != "4"
    }
    assert [str(a) for applied in done.applied for a in applied.results] == ["art_4"]


def test_a_reworded_paragraph_keeps_its_place() -> None:
    done = after("一、将第二条第二款修改为：“每周清点。”")
    assert texts(done.law)["2"] == "书亭由街道办事处设立。\n每周清点。\n书亭不收费用。"


def test_quotations_side_by_side_are_paragraphs() -> None:
    done = after("一、第四条修改为：“甲。”“乙。”")
    assert texts(done.law)["4"] == "甲。\n乙。"


def test_an_act_may_quote_the_whole_old_text() -> None:
    done = after("一、第五条：“污损图书的，依照第四条处理。”修改为：“甲。”“乙。”")
    assert texts(done.law)["5"] == "甲。\n乙。"
    wrong = after("一、第五条：“丢失图书的，依照第四条处理。”修改为：“甲。”“乙。”")
    assert [p.code for p in wrong.problems] == ["words-not-found"]


def test_words_are_added_at_the_end_and_the_beginning() -> None:
    done = after("一、第四条末尾增加：“逾期的，劝他还书。”", "二、第六条开头增加：“晴天，”")
    assert texts(done.law)["4"] == "取书的人应当在七日内还书。逾期的，劝他还书。"
    assert texts(done.law)["6"] == "晴天，书亭每日八时开门。"


def test_a_subparagraph_is_found_without_its_paragraph() -> None:
    done = after("一、将第三条第二项修改为：“报刊；”")
    assert "（二）报刊；\n（三）地图。" in texts(done.law)["3"]


def test_a_quoted_subparagraph_may_bring_its_number() -> None:
    done = after("一、将第三条第二项修改为：“（二）报刊；”")
    assert "（二）报刊；\n（三）地图。" in texts(done.law)["3"]


def test_the_introduction_is_reworded() -> None:
    done = after("一、将引言修改为：“为了再试一次，制定本办法。”")
    assert body(done.law.body[0]) == "为了再试一次，制定本办法。"


def test_words_are_replaced_struck_and_added() -> None:
    done = after(
        "一、将第四条中的“七日”修改为“十日”，“应当”修改为“可以”。",
        "二、删去第六条中的“每日”。",
        "三、在第二条第三款中的“收”后增加“取”。",
    )
    now = texts(done.law)
    assert now["4"] == "取书的人可以在十日内还书。"
    assert now["6"] == "书亭八时开门。"
    assert now["2"].endswith("书亭不收取费用。")


def test_words_are_replaced_through_the_whole_law() -> None:
    done = after("一、将本办法中的“书亭”修改为“书屋”。")
    assert "书亭" not in "".join(texts(done.law).values())
    assert done.law.title == "示例市书亭管理办法"


def test_a_deleted_article_leaves_a_gap_unless_the_act_closes_it() -> None:
    assert list(texts(after("一、删去第四条。").law)) == ["1", "2", "3", "5", "6", "7"]
    assert list(texts(after("一、删去第四条。", ADJUST).law)) == ["1", "2", "3", "4", "5", "6"]


def test_citations_stay_when_articles_are_numbered_anew() -> None:
    done = after("一、增加一条，作为第二条：“甲。”", ADJUST)
    assert texts(done.law)["6"] == "污损图书的，依照第四条处理。"


def test_numbers_of_an_act_are_numbers_of_the_base() -> None:
    done = after("一、增加一条，作为第三条：“甲。”", "二、将第三条修改为：“乙。”", ADJUST)
    now = texts(done.law)
    assert (now["3"], now["4"]) == ("甲。", "乙。")
    assert (Number(3), Number(4)) in done.numbers
    assert (None, Number(3)) in done.numbers


def test_numbers_that_the_act_gives_are_kept_and_the_rest_filled_up() -> None:
    done = after(
        "一、增加一条，作为第一条：“甲。”",
        "二、将第四条改为第五条，修改为：“乙。”",
        "三、增加一条，作为第八条：“丙。”",
        ADJUST,
    )
    now = texts(done.law)
    assert list(now) == [str(n) for n in range(1, 10)]
    assert (now["1"], now["5"], now["8"]) == ("甲。", "乙。", "丙。")
    assert now["9"].startswith("本办法自")


def test_an_article_is_inserted_under_a_number_with_a_suffix() -> None:
    done = after(
        "一、在第四条后增加二条，作为第四条之一、第四条之二：",
        "“第四条之一 甲。",
        "“第四条之二 乙。”",
    )
    now = texts(done.law)
    assert list(now) == ["1", "2", "3", "4", "4-1", "4-2", "5", "6", "7"]
    assert (now["4-1"], now["4-2"]) == ("甲。", "乙。")


def test_what_the_act_has_made_can_be_amended_by_it() -> None:
    done = after(
        "一、在第四条后增加一条，作为第四条之一：“甲。”", "二、将第四条之一中的“甲”修改为“乙”。"
    )
    assert texts(done.law)["4-1"] == "乙。"


def test_an_inserted_paragraph_pushes_the_others_down() -> None:
    done = after("一、第二条增加一款，作为第二款：“甲。”")
    assert texts(done.law)["2"].split("\n")[:3] == [
        "书亭由街道办事处设立。",
        "甲。",
        "街道办事处每月清点图书。",
    ]


def test_paragraphs_may_be_told_where_to_go() -> None:
    done = after(
        "一、在第二条中增加一款作为第二款：“甲。”",
        "原第二款作为第三款，修改为：“乙。”",
        "增加一款作为第五款：“丙。”",
    )
    assert texts(done.law)["2"].split("\n") == [
        "书亭由街道办事处设立。", "甲。", "乙。", "书亭不收费用。", "丙。",
    ]  # fmt: skip


def test_an_inserted_subparagraph_pushes_the_others_down() -> None:
    done = after("一、第三条增加一项，作为第三项：“画册；”原第三项改为第四项。")
    assert texts(done.law)["3"].split("\n")[2:] == ["（二）报纸；", "（三）画册；", "（四）地图。"]


def test_deleted_parts_leave_no_gap() -> None:
    done = after("一、删去第二条第一款。", "二、删去第三条第一项。")
    now = texts(done.law)
    assert now["2"].startswith("街道办事处每月清点图书。")
    assert now["3"].split("\n")[1:] == ["（一）报纸；", "（二）地图。"]


def test_articles_are_merged() -> None:
    done = after("一、将第四条、第五条合并，作为第四条，修改为：“甲。”", ADJUST)
    now = texts(done.law)
    assert (now["4"], now["5"]) == ("甲。", "书亭每日八时开门。")
    assert [new for old, new in done.numbers if old in (Number(4), Number(5))] == [Number(4)] * 2


def test_an_article_and_a_part_of_another_are_merged() -> None:
    done = after("一、将第四条、第三条第一项合并，作为第四条，修改为：“甲。”")
    now = texts(done.law)
    assert now["4"] == "甲。"
    assert now["3"].split("\n")[1:] == ["（一）报纸；", "（二）地图。"]


def test_an_article_is_split() -> None:
    done = after(
        "一、将第四条分为两条，作为第四条、第五条：", "“第四条 甲。", "“第五条 乙。”", ADJUST
    )
    now = texts(done.law)
    assert (now["4"], now["5"]) == ("甲。", "乙。")
    assert now["6"].startswith("污损图书")
    assert (Number(4), Number(5)) in done.numbers


def test_an_article_is_split_into_two_quotations() -> None:
    done = after("一、将第四条分为两条，作为第四条、第五条，分别修改为：“甲。”“乙。”", ADJUST)
    assert list(texts(done.law).values())[3:5] == ["甲。", "乙。"]


def test_paragraphs_become_articles_and_an_empty_article_goes() -> None:
    done = after(
        "一、将第二条第一款、第二款修改为第二条：“甲。”",
        "二、将第二条第三款改为第三条。",
        ADJUST,
    )
    now = texts(done.law)
    assert (now["2"], now["3"]) == ("甲。", "书亭不收费用。")
    assert now["4"].startswith("书亭里可以放")


def test_the_law_and_its_chapters_get_new_names() -> None:
    done = after(
        "一、将名称修改为：“示例市书屋管理办法”。",
        "二、将第二章章名修改为“取书”。",
        "三、将“第三章 附则”修改为：“第三章 其他”。",
    )
    assert done.law.title == "示例市书屋管理办法"
    assert [p.caption for p in done.law.walk() if p.unit.is_heading] == ["总则", "取书", "其他"]


def test_a_chapter_is_inserted_with_its_articles() -> None:
    done = after("一、增加一章，作为第二章：“第二章 图书", "“第四条 甲。", "“第五条 乙。”", ADJUST)
    headings = [
        (str(p.number), p.caption, [str(a.number) for a in p.children])
        for p in done.law.body
        if p.unit.is_heading
    ]
    assert headings == [
        ("1", "总则", ["1", "2", "3"]),
        ("2", "图书", ["4", "5"]),
        ("3", "使用", ["6", "7", "8"]),
        ("4", "附则", ["9"]),
    ]


def test_a_deleted_chapter_takes_its_articles_along() -> None:
    done = after("一、删去第二章。", ADJUST)
    assert [(str(p.number), p.caption) for p in done.law.body if p.unit.is_heading] == [
        ("1", "总则"),
        ("2", "附则"),
    ]
    assert list(texts(done.law)) == ["1", "2", "3", "4"]


def test_an_article_between_two_chapters_is_reported() -> None:
    done = after("一、增加一条，作为第四条：“甲。”", ADJUST)
    assert [p.code for p in done.problems] == ["unclear-chapter"]
    assert [str(a.number) for a in done.law.body[1].children] == ["1", "2", "3", "4"]


def test_an_article_that_the_act_moves_stands_at_its_new_number() -> None:
    done = after("一、将第六条改为第四条。", ADJUST)
    assert texts(done.law)["4"] == "书亭每日八时开门。"
    assert done.law.title == base().title


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("一、将第九条修改为：“甲。”", "missing-target"),
        ("一、删去第二条第五款。", "missing-target"),
        ("一、将第四条中的“八日”修改为“十日”。", "words-not-found"),
        ("一、将第四条、第六条中的“七日”修改为“十日”。", "words-not-found"),
        ("一、第二条增加一款，作为第九款：“甲。”", "number-out-of-range"),
        ("一、增加一条，作为第四条：“甲。”", "number-taken"),
        ("一、在第四条后增加一条：“甲。”", "missing-number"),
        ("一、增加二条，作为第八条、第九条：“甲。”", "missing-text"),
        ("一、将第四条分为两条，作为第四条、第五条：“甲。”", "missing-text"),
        ("一、将第二章章名修改为“甲\n“乙”。", "missing-text"),
        ("一、第六条中的“八时”修改为“九时”“十时”。", "words-not-found"),
        ("一、第四条增加一项，作为第二项：“甲；”", "missing-target"),
        ("一、请大家多读书。", "unread-instruction"),
    ],
)
def test_what_cannot_be_done_is_named_and_left_out(line: str, code: str) -> None:
    done = after(line)
    assert [p.code for p in done.problems] == [code]
    assert len(done.unapplied) == 1
    assert done.applied == ()
    assert done.law == base()


def test_a_refused_number_leaves_the_other_instructions_standing() -> None:
    done = after("一、增加一条，作为第四条：“甲。”", "二、将第四条修改为：“乙。”")
    assert [p.code for p in done.problems] == ["number-taken"]
    assert texts(done.law)["4"] == "乙。"


def test_the_same_refused_instruction_twice_is_refused_twice() -> None:
    done = after("一、增加一条，作为第四条：“甲。”增加一条，作为第四条：“甲。”")
    assert len(done.unapplied) == 2
    assert done.law == base()


def test_a_target_that_is_not_the_only_one_is_not_guessed() -> None:
    law = read("甲办法\n\n第一条　甲：\n（一）乙。\n丙：\n（一）丁。\n")
    done = amend(law, act("一、删去第一条第一项。"))
    assert [p.code for p in done.problems] == ["other-law", "ambiguous-target"]


def test_the_base_is_never_changed() -> None:
    law = base()
    text = write(law)
    amend(law, act("一、删去第二章。", "二、将本办法中的“书亭”修改为“书屋”。", ADJUST))
    assert write(law) == text


def test_an_act_on_several_laws_touches_only_the_base() -> None:
    found = act(
        "一、修改《别的办法》", "1.删去第一条。", "二、修改《示例市书亭管理办法》", "1.删去第六条。"
    )
    done = amend(base(), found)
    assert "1" in texts(done.law)
    assert "6" not in texts(done.law)
    other = amend(Law("第三个办法"), found)
    assert [p.code for p in other.problems] == ["other-law"]
    assert other.applied == ()


def test_an_outcome_can_be_written_and_read_again() -> None:
    done = after(
        "一、增加一章，作为第二章：“第二章 图书", "“第四条 甲：", "“（一）乙；", "“（二）丙。”",
        "二、将第二条第三款修改为第三条：“丁。”", ADJUST,
    )  # fmt: skip
    assert read(write(done.law)) == done.law


@pytest.mark.parametrize(
    "closing",
    [
        "此外，对条文顺序和个别文字作相应调整。",
        "此外，根据本决定对条文顺序作相应调整。",
        "此外，对部分条文文字作相应修改，条文序号作相应调整。",
    ],
)
def test_a_closing_remark_renumbers_what_follows_an_insertion(closing: str) -> None:
    done = after("一、增加一条，作为第三条：“甲。”", closing)
    assert done.unapplied == ()
    assert texts(done.law)["3"] == "甲。"
    assert texts(done.law)["4"] == texts(base())["3"]
