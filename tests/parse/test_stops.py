"""A dot is a full stop only where nothing else can be meant; « » are title marks beside Han."""

from __future__ import annotations

import pytest

from tracker.parse import canonical
from tracker.parse.normalise.stops import full_stop, title_mark
from tracker.parse.reading import read_source

DOTTED = "\n某法\n第一条 为了甲方.\n第二条 为了乙方.\n第三条 为了丙方.\n"
"""A text that uses the dot for its full stop throughout."""


@pytest.mark.parametrize(
    "line",
    [
        "一.", "（一）.", "(一).", "甲.", "第一条.", "第二章 总则.", "第二章　总则.", "附 则.",
        "买买提.\n艾力到会。", "完..", "完...", "占5%.", "自2025年1月1.", "见 a.cn.", "共十.",
    ],
)  # fmt: skip
def test_what_may_be_no_end_of_a_sentence_keeps_its_dot(line: str) -> None:
    assert full_stop(f"\n某法\n{line}") == (f"\n某法\n{line}", 0)
    assert full_stop(f"{DOTTED}{line}")[0].endswith(f"\n{line}")


@pytest.mark.parametrize(
    "line",
    ["制定本法.", "依照《刑法》.", "见附件（一）.", "称为“数据”.", "由国家统一.", "印制．"],
)
def test_a_dot_behind_the_last_word_of_a_line_is_its_full_stop(line: str) -> None:
    assert full_stop(f"\n某法\n{line}") == (f"\n某法\n{line[:-1]}。", 1)


def test_the_first_line_is_a_title_and_has_no_full_stop() -> None:
    assert full_stop("\n\n某条例.\n") == ("\n\n某条例.\n", 0)


def test_a_dot_inside_a_line_is_a_full_stop_only_where_the_text_uses_it_so() -> None:
    line = "国家负责. 县级负责.“甲方”除外"
    assert full_stop(f"\n某法\n{line}\n") == (f"\n某法\n{line}\n", 0)
    many = "为了甲方。\n" * 4
    assert line in full_stop(f"{DOTTED}{many}{line}\n")[0]
    done, count = full_stop(f"{DOTTED}{line}\n")
    assert done.endswith("\n国家负责。 县级负责。“甲方”除外\n")
    assert count == 5


@pytest.mark.parametrize("name", ["买买提.艾力", "阿卜杜拉.马木提", "圣.马丁"])
def test_a_name_of_another_language_keeps_its_dot(name: str) -> None:
    assert name in full_stop(f"{DOTTED}由{name}负责.\n")[0]


def test_words_that_begin_like_a_name_begin_a_sentence() -> None:
    assert full_stop("\n某法\n享有权利.\n依照本法执行。") == (
        "\n某法\n享有权利。\n依照本法执行。",
        1,
    )


def test_a_mark_inside_a_line_keeps_its_dot() -> None:
    assert "包括一.甲方" in full_stop(f"{DOTTED}包括一.甲方\n")[0]


def test_title_marks_of_a_line_without_han_and_signs_of_a_path_stay() -> None:
    assert title_mark("\n«Journal»\n首页")[1] == 0
    assert title_mark("\n首页 » 法规") == ("\n首页 » 法规", 0)
    assert title_mark("\n依照«刑\n法»处罚") == ("\n依照《刑\n法》处罚", 2)


def test_a_text_of_dots_reads_back_and_its_cut_lines_are_joined() -> None:
    row = "为了维护社会治安秩序保障公共安全保护公民法人和其他组织的合法"
    source = "示例法\n" + "".join(
        f"第{n}条　{row}\n权益依照 «刑法»处罚.由买买提.艾力负责.\n" for n in "一二三四五六七八九"
    )
    law = read_source(source.encode(), name="a.txt").law
    assert len(law.articles()) == 9
    text = canonical.write(law)
    assert f"第九条　{row}权益依照《刑法》处罚。由买买提.艾力负责。" in text
    assert canonical.read(text) == law
