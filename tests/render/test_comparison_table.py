"""The 新旧条文对照表: both texts whole, side by side, marked, and harmless."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tracker.diff.changes import compare
from tracker.law.model import Law
from tracker.parse import canonical
from tracker.parse.reading import read_source
from tracker.render.comparison_table import comparison_table
from tracker.render.effect_order import by_effect
from tracker.render.overview import Selection
from tracker.render.side import SideInfo
from tracker.render.table_rows import table_rows
from tracker.render.text import provision_text

CASES = Path(__file__).resolve().parents[1] / "cases" / "example-law"
STAGES = sorted(CASES.glob("[1-4]-*.txt"))
SHARED = Path(__file__).resolve().parents[3] / "shared"
HEAD = "示例市路灯条例\n\n"


class _Table(HTMLParser):
    """The rows of the table: the text of each cell, and what is shaded or bold in it."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.gone: list[str] = []
        self.come: list[str] = []
        self.elements: set[str] = set()
        self._open: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.elements.add(tag)
        self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "p" and "td" in self._open:
            self.rows[-1][-1] += "\n"

    def handle_data(self, data: str) -> None:
        if "td" in self._open:
            self.rows[-1][-1] += data
        if "span" in self._open:
            self.gone.append(data)
        if "u" in self._open:
            self.come.append(data)


def _read(text: str) -> Law:
    return read_source((HEAD + text).encode(), name="a.txt").law


def _table(old: Law, new: Law, selection: Selection | None = None) -> _Table:
    changes = compare(old, new)
    shown = (selection or Selection()).apply(changes)
    return _Table(comparison_table(changes, shown, SideInfo.of_law(old), SideInfo.of_law(new)))


def _compact(text: str) -> str:
    return "".join(text.split())


PAIRS = [
    *(pytest.param(a, b, id=f"{a.stem}-{b.stem}") for a, b in itertools.permutations(STAGES, 2)),
    *(
        pytest.param(new.parent / "old.raw.txt", new, id=new.parent.name)
        for new in sorted((SHARED / "pairs").glob("*/new.raw.txt"))
    ),
]
POINTER = re.compile("（[^（）]+，文字见右栏第[^（）]+处）")


def _bare(law: Law) -> str:
    """All the words but title, stage line and 题注, without spaces."""
    return _compact(canonical.write(replace(law, title="", stage_line=None, enactment_note=None)))


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_right_column_is_the_new_text_and_the_left_has_every_old_article_once(
    before: Path, after: Path
) -> None:
    old, new = (read_source(path.read_bytes(), name=path.name).law for path in (before, after))
    table = _table(old, new)
    rows = [row for row in table.rows[1:] if row[2] not in ("标题", "题注", "阶段")]
    assert _compact("".join(row[1] for row in rows)) == _bare(new)
    left = [POINTER.sub("", _compact(row[0])) for row in rows]
    assert len("".join(left)) == len(_bare(old))
    for article in old.articles():
        assert sum(_compact(provision_text(article)) in cell for cell in left) == 1


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_dissolved_chapter_stands_above_the_articles_that_it_had(
    before: Path, after: Path
) -> None:
    old, new = (read_source(path.read_bytes(), name=path.name).law for path in (before, after))
    changes = compare(old, new)
    # one that is in both texts stands where the new text has it, which may be below its articles
    waited = {id(one.old.provision) for one in changes.headings if one.old and not one.new}
    for row in table_rows(changes):
        if row.heading and row.heading.old:
            waited.discard(id(row.heading.old.provision))
        if row.change and not row.change.moved:
            articles = [row.change.old[at] for at in row.old]
            assert waited.isdisjoint(id(up) for one in articles for up in one.parents)


def test_the_parts_of_a_split_stand_at_their_places_and_the_later_ones_point_to_the_first() -> None:
    first = "公园路灯由区市政部门养护，养护费用由区财政承担，养护结果每月公布一次。"
    second = "养护单位应当逐杆编号，编号牌应当离地一点五米。"
    between, last = "桥梁路灯由桥梁管理单位建设并验收。", "本条例自公布之日起施行。"
    old = _read(f"第一条　{first}{second}\n第二条　{last}\n")
    new = _read(f"第一条　{first}\n第二条　{between}\n第三条　{second}\n第四条　{last}\n")
    rows = [[_compact(cell) for cell in row[:2]] for row in _table(old, new).rows[1:]]
    assert rows == [
        [f"第一条{first}{second}", f"第一条{first}"],
        ["", f"第二条{between}"],
        ["（第一条，文字见右栏第一条处）", f"第三条{second}"],
        [f"第二条{last}", f"第四条{last}"],
    ]


def test_a_new_chapter_stands_before_its_first_article_though_an_old_one_stays_below() -> None:
    one, two, three = "路灯由市政部门建设。", "养护单位应当逐杆编号。", "桥梁路灯由单位验收。"
    old = _read(f"第一章　总则\n第一条　{one}\n第二条　{two}\n")
    new = _read(f"第一章　总则\n第一条　{one}\n第二章　养护\n第二条　{three}\n第三条　{two}\n")
    right = [_compact(row[1])[:3] for row in _table(old, new).rows[1:]]
    assert right == ["第一章", "第一条", "第二章", "第二条", "第三条"]


def test_a_deleted_first_article_stands_below_its_own_heading() -> None:
    one, two, gone = "路灯由市政部门建设。", "养护单位应当逐杆编号。", "路灯杆上不得拴系家畜。"
    old = _read(f"第一章　总则\n第一条　{one}\n第二章　养护\n第二条　{gone}\n第三条　{two}\n")
    new = _read(f"第一章　总则\n第一条　{one}\n第二章　养护\n第二条　{two}\n")
    left = [_compact(row[0])[:3] for row in _table(old, new).rows[1:]]
    assert left == ["第一章", "第一条", "第二章", "第二条", "第三条"]


def test_a_heading_without_a_number_is_given_none() -> None:
    old, new = (
        _read(f"第一章　总则\n第一条　路灯由{who}建设。\n附　则\n第二条　自公布之日起施行。\n")
        for who in ("市政部门", "建设部门")
    )
    rows = [_compact(row[1]) for row in _table(old, new).rows[1:]]
    assert rows[2] == "附则"


def test_what_went_is_shaded_and_what_came_is_bold() -> None:
    table = _table(_read("第一条　可以编号。\n第二条　甲乙丙丁。"), _read("第一条　应当编号。\n"))
    assert table.gone == ["可以", "第二条　", "甲乙丙丁。"]
    assert table.come == ["应当"]
    assert [row[2] for row in table.rows[1:]] == ["修改；义务 可以→应当", "删去"]


def test_a_chapter_that_was_dissolved_stands_where_it_stood() -> None:
    one, two = "路灯由市政部门建设。", "养护单位应当逐杆编号。"
    old = _read(f"第一章　总则\n第一条　{one}\n第二章　养护\n第二条　{two}\n")
    new = _read(f"第一章　总则\n第一条　{one}\n第二条　{two}\n")
    rows = [[_compact(cell) for cell in row] for row in _table(old, new).rows[1:]]
    assert [row[0] for row in rows] == [
        "第一章总则", f"第一条{one}", "第二章养护", f"第二条{two}"
    ]  # fmt: skip
    assert rows[2][1:] == ["", "删去"]


def test_sorted_by_effect_it_has_no_headings() -> None:
    old, new = (
        _read(f"第一章　总则\n第一条　处{sum_}以下罚款。\n第二章　附则\n第二条　{may}编号。\n")
        for sum_, may in (("一万元", "可以"), ("五万元", "应当"))
    )
    changes = compare(old, new)
    assert len(_table(old, new).rows) == 5
    listed = comparison_table(
        changes, by_effect(changes), SideInfo.of_law(old), SideInfo.of_law(new)
    )
    assert [_compact(row[1])[:3] for row in _Table(listed).rows[1:]] == ["第二条", "第一条"]


def test_annexes_stand_last_and_unchanged_articles_go_where_only_is_given() -> None:
    old, new = (
        _read(f"第一条　目录见附件。\n第二条　路灯应当逐杆编号，{word}除外。\n\n附件\n{word}目录\n")
        for word in ("公园", "码头")
    )
    assert [_compact(row[2]) for row in _table(old, new).rows[1:]] == ["未变", "修改", "附件一"]
    only = _table(old, new, Selection(only=frozenset({"reworded"})))
    assert [_compact(row[2]) for row in only.rows[1:]] == ["修改", "附件一"]


def test_an_annex_that_did_not_change_is_in_the_table_too() -> None:
    old, new = (
        _read(f"第一条　路灯由{who}建设，目录见附件。\n\n附件\n公园目录\n") for who in ("市", "区")
    )
    assert _table(old, new).rows[-1] == ["附件\n公园目录\n"] * 2 + ["附件一　未变"]


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "</td><img src=x>", "<b>粗</b>&amp"]
)
def test_law_text_stays_text(payload: str) -> None:
    table = _table(_read(f"第一条　甲{payload}乙。"), _read(f"第一条　甲{payload}丙。"))
    assert payload in table.rows[1][0]
    assert table.elements <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "table", "thead", "tbody",
        "tr", "th", "td", "b", "u", "span",
    }  # fmt: skip
