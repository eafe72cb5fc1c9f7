"""How many changes there are, in every place that counts them."""

from __future__ import annotations

from tracker.diff.changes import compare
from tracker.diff.model import Kind
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.render.feeds import _what
from tracker.render.overview import kind_count
from tracker.render.pages_law import figures
from tracker.render.terminal_diff import summary_line

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
    assert [_what(change).split("（")[0] for change in changes.changes] == [
        "第一条：字形修改", "第二条：修改",
    ]  # fmt: skip
