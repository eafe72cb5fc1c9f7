"""How many changes there are, in every place that counts them."""

from __future__ import annotations

import io

from rich.console import Console

from tracker.diff.changes import compare
from tracker.diff.model import Kind
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.render.feeds import _what
from tracker.render.markdown import entry
from tracker.render.overview import kind_count, rows
from tracker.render.pages.law import figures
from tracker.render.summary import summary_line
from tracker.render.terminal.diff import _print_redlines

OLD = ("路灯由“养护单位”巡查,每月一次。", "损坏路灯的，处一万元罚款。")


def _law(*texts: str) -> Law:
    return Law("示例市测试条例", tuple(
        Provision(Unit.ARTICLE, Number(at), children=(Provision(Unit.PARAGRAPH, text=text),))
        for at, text in enumerate(texts, 1)
    ))  # fmt: skip


def test_changes_of_marks_only_are_told_apart_wherever_changes_are_counted() -> None:
    new = (OLD[0].replace(",", "，"), OLD[1].replace("一", "二"))
    changes = compare(_law(*OLD), _law(*new))
    assert kind_count(Kind.REWORDED, changes.summary, "zh") == "修改 2（字形修改 1）"
    assert kind_count(Kind.REWORDED, changes.summary, "en") == "reworded 2 (typographic 1)"
    assert "修改 2（字形修改 1）" in summary_line(changes, "zh")
    shown = "".join(figures(changes))
    assert "仅字形、标点" in shown
    assert [_what(change, False).split("（")[0] for change in changes.changes] == [
        "第一条：字形修改", "第二条：修改",
    ]  # fmt: skip


def test_effects_that_a_table_leaves_out_stand_above_the_redline() -> None:
    fines = "一二三四五"
    old, new = (
        _law("".join(f"有第{at}类行为的，处{amount}万元以下罚款；" for at, amount in zip(
            fines, amounts, strict=True)))
        for amounts in (fines, "六七八九十")
    )  # fmt: skip
    listed = rows(compare(old, new))
    told = (
        "罚款 1万元→6万元；罚款 2万元→7万元；罚款 3万元→8万元；罚款 4万元→9万元；罚款 5万元→10万元"
    )
    assert told not in listed[0].label("zh")
    (change,) = listed[0].changes
    assert told in [*entry(change, "zh")]
    stream = io.StringIO()
    _print_redlines(Console(file=stream, width=200), listed, "zh")
    assert told in stream.getvalue()
