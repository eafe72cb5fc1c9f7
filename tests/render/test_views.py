"""The views of a comparison: table, unified, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console

from tracker.diff.changes import compare
from tracker.diff.model import Change, Changes, Kind, Op, Redline, new_text, old_text
from tracker.diff.redline.pieces import STACKED_BELOW
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.canonical import read, write
from tracker.parse.reading import read_source
from tracker.render.comparison_table import comparison_table
from tracker.render.csv import diff_csv
from tracker.render.effect_order import by_effect
from tracker.render.json.documents import diff_document, dump
from tracker.render.lines import marked, shown_lines
from tracker.render.markdown import inert, markdown
from tracker.render.overview import (
    Selection,
    alike,
    all_captions,
    arrow,
    has_differences,
    rows,
    side_names,
)
from tracker.render.pages.change import redlined
from tracker.render.side import SideInfo
from tracker.render.terminal.diff import print_diff, print_stat
from tracker.render.terminal.grid import print_grid
from tracker.render.terminal.problems import print_problems
from tracker.render.unified import unified

Sides = tuple[SideInfo, SideInfo]

HOSTILE = (
    "<script>alert(1)</script>", "</p><img src=x onerror=alert(1)>", "**粗**", "`代码`", "# 标题",
    "[链接](javascript:alert(1))", "![图](http://example.org/x.png)", "@someone", "#12",
    "https://example.org/path", "</details>", "<!-- 注释", "| 表 | 格 |", "&lt;b&gt;", "~~删~~",
    "$x$", "\\*", "***", "www.example.org", "GH-1",
)  # fmt: skip


def _law(text: str, number: int = 1) -> Law:
    paragraph = Provision(Unit.PARAGRAPH, text=text)
    article = Provision(Unit.ARTICLE, Number(number), None, "", (paragraph,))
    return Law("示例市测试条例", (article,))


def _several(*texts: str) -> Law:
    articles = tuple(_law(text, number).body[0] for number, text in enumerate(texts, 1))
    return Law("示例市测试条例", articles)


def _printed(changes: Changes, sides: Sides) -> str:
    out = io.StringIO()
    print_diff(Console(file=out, width=200), changes, changes, sides, "zh")
    return out.getvalue()


def test_texts_that_are_less_than_half_alike_stand_one_above_the_other_in_every_view(
    sides: Sides,
) -> None:
    kept = "养护单位应当建立"
    old = f"{kept}灯杆档案，逐杆编号，记载安装日期、维修记录和责任人员。"
    new = f"{kept}档案，记载灯杆的材质、高度、亮度，每年报主管部门备案。"
    first, last = "路灯建设应当纳入年度计划，经费列入预算。", "本条例自2031年5月1日起施行。"
    changes = compare(_several(first, old, last), _several(first, new, last))
    (change,) = [one for one in changes.changes if one.is_reworded]
    assert change.similarity < STACKED_BELOW
    assert change.is_stacked
    gone, come = old.removeprefix(kept), new.removeprefix(kept)
    lines = [line.strip() for line in _printed(changes, sides).splitlines()]
    begin = lines.index("〔原文〕")
    assert lines[begin:][:4] == [
        "〔原文〕", f"{kept}[-{gone}-]", "〔新文〕", f"{kept}{{+{come}+}}",
    ]  # fmt: skip
    assert (
        f"<i>原文</i><br>\n{kept}<del>{gone}</del><br>\n"
        f"<i>新文</i><br>\n{kept}<ins>{come}</ins></p>"
    ) in markdown(changes, changes, *sides)
    assert f"-{old}\n+{new}\n" in unified(changes, *sides).replace("第二条　", "")
    assert f"{kept}[-{gone}-]{{+{come}+}}" in diff_csv(changes)
    table = comparison_table(changes, changes, *sides)
    assert f'{kept}<span style="background:#d9d9d9">{gone}</span>' in table
    data = diff_document(changes, *sides)["changes"][1]
    assert data["redline"] == [["equal", kept], ["delete", gone], ["insert", come]]
    page = str(redlined(change))
    assert page.index("原文") < page.index(gone) < page.index("新文") < page.index(come)
    assert (page.count(kept), page.count("<del>"), page.count("<ins>")) == (2, 1, 1)


def test_a_merger_of_texts_with_little_in_common_stands_one_above_the_other_with_its_articles(
    sides: Sides,
) -> None:
    two, one, third = (
        "擅自拆除路灯的，处罚款。",
        "悬挂广告的，给予警告。",
        "依照治安管理的规定处罚。",
    )
    old = compare(_several(two, one), _several(two, one))
    new = compare(_several(third), _several(third))
    redline: Redline = ((Op.DELETE, f"{two}\n\n{one}"), (Op.INSERT, third))
    change = Change(
        old=tuple(entry.old[0] for entry in old.changes), new=new.changes[0].new,
        redline=redline, similarity=0.2, links=((0, 0), (1, 0)),
    )  # fmt: skip
    assert change.is_stacked
    names = side_names(change, "zh")
    shown = shown_lines(redline, "zh", names, stacked=True)
    assert [line.label or marked(line.pieces) for line in shown] == [
        "原文", "旧 第一条，并入新 第一条", f"[-{two}-]", "旧 第二条，并入新 第一条", f"[-{one}-]",
        "新文", f"{{+{third}+}}",
    ]  # fmt: skip
    page = str(redlined(change))
    places = [page.index(word) for word in ("原文", "旧第一条", "旧第二条", "新文", third)]
    assert places == sorted(places)
    grown = replace(change, redline=((Op.EQUAL, two), (Op.INSERT, f"\n\n{one}{third}")))
    assert not grown.is_stacked  # the old words are all there: in the line one sees what came


def test_sorted_by_effect_each_class_has_its_name_above_it_and_no_chapter_stands_between(
    sides: Sides,
) -> None:
    def chapters(name: str, period: str, fine: str) -> Law:
        texts = [
            (f"养护单位应当在{period}内修复路灯。", "灯杆档案应当保存。"),
            (f"擅自拆除路灯的，处{fine}以下罚款。", f"{name}由市照明主管部门负责解释。"),
        ]
        return Law("示例市测试条例", tuple(
            Provision(
                Unit.CHAPTER, Number(at), f"章名{at}", "",
                tuple(_law(text, 2 * at - 2 + n).body[0] for n, text in enumerate(pair, 1)),
            )
            for at, pair in enumerate(texts, 1)
        ))  # fmt: skip

    changes = compare(chapters("本条例", "三日", "一万元"), chapters("本办法", "二日", "五万元"))
    shown = by_effect(changes)
    out = io.StringIO()
    print_diff(Console(file=out, width=200), changes, shown, sides, "zh")
    table = out.getvalue().split("逐条对照")[0].splitlines()
    heads = [line for line in table if line in {"期限", "罚款", "其他"} or "章名" in line]
    assert heads == ["期限", "罚款", "其他"]
    assert "章名" not in markdown(changes, shown, *sides)


def _chapters(*chapters: tuple[str, tuple[str, ...]], captions: tuple[str, ...] = ()) -> Law:
    """Chapters of articles, numbered through; `captions` of the first articles."""
    blocks, number = [], 0
    for at, (name, texts) in enumerate(chapters, 1):
        articles = []
        for text in texts:
            number += 1
            caption = captions[number - 1] if number <= len(captions) else None
            articles.append(replace(_law(text, number).body[0], caption=caption))
        blocks.append(Provision(Unit.CHAPTER, Number(at), name, "", tuple(articles)))
    return Law("示例市测试条例", tuple(blocks))


_AIMS = ("总则", ("为了加强路灯管理，制定本条例。", "本市行政区域内路灯的建设，适用本条例。"))
_CARE = ("养护", ("养护单位应当逐日巡查。", "发现故障应当及时修复并记录。", "档案保存十年。"))
_BUILD = (
    "建设",
    (
        "新建道路应当同步设计、同步安装路灯，未安装的不得交付使用，所需经费列入同级财政预算。",
        "路灯的亮度、间距和色温应当符合国家标准，居民区周边不得产生眩光，并应当公布测量结果。",
    ),
)


def test_a_chapter_that_moved_is_one_row_and_it_is_the_one_whose_articles_moved(
    sides: Sides,
) -> None:
    changes = compare(_chapters(_AIMS, _BUILD, _CARE), _chapters(_AIMS, _CARE, _BUILD))
    moved = [one.new.provision.caption for one in changes.headings if one.moved and one.new]
    assert moved == ["建设"]
    articles = [one for one in changes.changes if one.moved]
    assert [str(one.new[0].address) for one in articles] == ["art_6", "art_7"]
    listed = [(row.old, row.new, row.label("zh")) for row in rows(changes)]
    assert ("第三条、第四条", "第六条、第七条", "条号变动、移动（2 条）") in listed


def test_the_caption_of_an_entry_says_what_it_was_and_what_it_is() -> None:
    old, new = _chapters(_AIMS, captions=("目的",)), _chapters(_AIMS, captions=("立法目的",))
    assert all_captions(compare(old, new).changes[0]) == "【目的】 → 【立法目的】"
    assert all_captions(compare(old, old).changes[0]) == "【目的】"
    assert all_captions(compare(old, _chapters(_AIMS)).changes[0]) == "【目的】"


def test_text_that_moved_inside_an_article_is_named_in_every_view(sides: Sides) -> None:
    moved = "未经批准不得迁移路灯设施"
    old = f"{moved}；养护单位应当巡查并记录，发现故障应当及时修复。"
    new = f"养护单位应当巡查并记录，发现故障应当及时修复；{moved}。"
    changes = compare(_law(old), _law(new))
    gone, come = f"〔移至后文：{moved}〕", f"〔移自前文：{moved}〕"
    for view in (
        _printed(changes, sides), markdown(changes, changes, *sides), diff_csv(changes),
        str(redlined(changes.changes[0])),
    ):  # fmt: skip
        assert view.index(gone) < view.index(come)
    data = diff_document(changes, *sides)["changes"][0]
    ((a, b),) = data["moves"]
    assert data["redline"][a] == ["delete", moved]
    assert data["redline"][b] == ["insert", moved]


def test_rows_stand_in_the_order_of_the_new_text(changes: Changes) -> None:
    listed = [(row.old, row.new, row.label("zh")) for row in rows(changes)]
    assert listed == [
        ("", "第二条", "增加"),
        ("第二条", "第三条", "条号变动"),
        ("第三条", "第四条、第五条", "拆分"),
        ("第四条", "第六条", "条号变动、修改；罚款 1万元→2万元；罚款 5万元→10万元"),
        ("第五条", "第七条", "条号变动、修改；定义 戊"),
    ]
    assert {row.group for row in rows(changes)} == {"第一章　总则"}


@pytest.mark.parametrize("only", [frozenset(), frozenset({"deleted"})])
def test_a_deleted_first_article_is_listed_under_its_own_heading(only: frozenset[str]) -> None:
    one, two, gone = "路灯由市政部门建设。", "养护单位应当逐杆编号。", "路灯杆上不得拴系家畜。"
    old, new = (
        read_source(f"示例市路灯条例\n\n{text}".encode(), name="a.txt").law
        for text in (
            f"第一章　总则\n第一条　{one}\n第二章　养护\n第二条　{gone}\n第三条　{two}\n",
            f"第一章　总则\n第一条　{one}\n第二章　养护\n第二条　{two}\n",
        )
    )
    changes = compare(old, new)
    listed = rows(Selection(only=only).apply(changes), changes.headings)
    assert (listed[0].old, listed[0].group) == ("第二条", "" if only else "第二章　养护")


def test_an_arrow_names_a_side_once(changes: Changes) -> None:
    assert [arrow(change) for change in changes.changes[:3]] == [
        "第一条", "第二条", "第二条 → 第三条",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("only", "hide", "kept"),
    [
        ((), (), 5),
        (("inserted",), (), 1),
        (("inserted", "split"), (), 2),
        ((), ("inserted",), 4),
        ((), ("renumbered",), 4),
        ((), ("reworded",), 3),
        (("moved",), (), 0),
    ],
)
def test_selection_keeps_what_is_asked_for(
    changes: Changes, only: tuple[str, ...], hide: tuple[str, ...], kept: int
) -> None:
    shown = Selection(frozenset(only), frozenset(hide)).apply(changes)
    assert sum(len(row.changes) for row in rows(shown)) == kept


# --- unified ---------------------------------------------------------------------------------


def test_a_unified_diff_holds_both_texts_of_every_changed_article(
    changes: Changes, sides: Sides
) -> None:
    lines = unified(changes, *sides).splitlines()
    assert lines[0].startswith("--- old.txt")
    assert lines[1].startswith("+++ new.txt")
    old = [line[1:] for line in lines[2:] if line.startswith((" ", "-"))]
    new = [line[1:] for line in lines[2:] if line.startswith((" ", "+"))]
    assert "第四条　违反本条例第二条规定的，处一万元以上五万元以下罚款。" in old
    assert "第六条　违反本条例第三条规定的，处二万元以上十万元以下罚款。" in new
    assert "（草案）" in old
    assert "（征求意见稿）" in new


def test_equal_texts_have_no_unified_diff(sides: Sides) -> None:
    law = _law("甲。")
    assert unified(compare(law, law), *sides) == ""


# --- Markdown --------------------------------------------------------------------------------


class _Elements(HTMLParser):
    """Every element and attribute, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[Any] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("payload", HOSTILE)
def test_law_text_stays_text_in_markdown(payload: str, sides: Sides) -> None:
    old, new = _law(f"甲{payload}乙丙丁戊己庚辛。"), _law(f"甲{payload}乙丙丁戊己庚壬。")
    result = compare(old, new)
    text = markdown(result, result, *sides)
    blocks = re.findall(r"^<p>.*?</p>$", text, re.MULTILINE | re.DOTALL)
    assert blocks
    parser = _Elements()
    parser.feed("".join(blocks))
    assert parser.elements <= {"p", "br", "ins", "del", "span", "i"}
    assert not parser.attributes
    assert payload in parser.words
    for block in blocks:
        assert "\n\n" not in block
        bare = re.sub(r"</?(?:p|br|ins|del|span|i)>|&#\d+;", "", block)
        assert not set(bare) & set("<>*_`#@[]()|~$\\!&")


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_on_github_hangs_on_a_title(payload: str) -> None:
    shown = inert(payload)
    assert html.unescape(re.sub(r"</?span>", "", shown)) == payload
    assert not re.search(r"[@#*`<\[](?!/?span>)", shown.replace("&#", "").replace("<span>", ""))


def test_markdown_shows_counts_table_and_redlines(changes: Changes, sides: Sides) -> None:
    text = markdown(changes, changes, *sides)
    assert text.startswith("## 示例市测试条例\n")
    assert "| 第三条 | 第四条、第五条 | 拆分 |" in text
    assert "<del>一万元</del><ins>二万元</ins>" in text
    assert "<i>新 第五条</i>" in text


def test_no_view_loses_the_caption_of_an_article_that_came_or_went(sides: Sides) -> None:
    old, new = _law("养护单位应当编号登记。"), _law("损坏路灯的，处一万元罚款。")
    old = replace(old, body=(replace(old.articles()[0], caption="甲*登记*"),))
    new = replace(new, body=(replace(new.articles()[0], caption="乙处罚"),))
    result = compare(old, new)
    assert [change.kinds for change in result.changes] == [(Kind.DELETED,), (Kind.INSERTED,)]
    text = markdown(result, result, *sides)
    assert "#### 第一条　删去　【甲&#42;登记&#42;】" in text
    assert "#### 第一条　增加　【乙处罚】" in text
    for view in (_printed(result, sides), unified(result, *sides), diff_csv(result)):
        assert "甲*登记*" in view
        assert "乙处罚" in view


def test_signs_outside_ascii_are_readable_in_markdown() -> None:
    assert inert("“2×2”——甲·乙 €") == "“2×2”——甲·乙 €"
    assert inert("甲\u202e乙\u00a0丙") == "甲⟦U&#43;202E⟧乙&#160;丙"


@pytest.mark.parametrize(
    ("count", "span"), [(1, "第一条"), (2, "第一条、第二条"), (3, "第一条至第三条")]
)
def test_two_neighbours_are_named_and_more_are_a_range(count: int, span: str) -> None:
    kept = [one * 9 for one in "甲乙丙"[:count]]
    result = compare(_several(*kept), _several("丁" * 9, *kept))
    (row,) = (row for row in rows(result) if row.changes[0].kinds == (Kind.RENUMBERED,))
    assert row.old == span


def test_a_place_that_the_message_names_is_not_printed_again() -> None:
    problem = Problem(
        code="x", severity=Severity.WARNING, message="第十四条引用的条文不存在", citation="第十四条"
    )
    stream = io.StringIO()
    print_problems(Console(file=stream), [problem], "zh")
    assert stream.getvalue().count("第十四条") == 1
    stream = io.StringIO()
    print_problems(Console(file=stream), [replace(problem, message="引用的条文不存在")], "zh")
    assert stream.getvalue().count("第十四条") == 1


def test_a_similarity_is_never_rounded_up_to_1_where_a_word_changed(sides: Sides) -> None:
    text = "市政部门应当逐杆编号并公布。" * 40
    result = compare(_law(text), _law(text.replace("并公布", "和公布", 1)))
    assert result.changes[0].similarity > 0.995
    assert alike(result.changes[0]) == rows(result)[0].similarity == "0.99"
    for view in (_printed(result, sides), markdown(result, result, *sides)):
        assert "0.99" in view
        assert "1.00" not in view
    same = compare(_law(text), _law(text, 2))
    assert rows(same)[0].similarity == "1.00"


def test_an_annex_that_differs_is_counted_and_shown_in_every_view(sides: Sides) -> None:
    def law(list_: str) -> Law:
        text = f"示例市测试条例\n\n第一条　目录见附件。\n\n附件\n{list_}\n"
        return read_source(text.encode(), name="a.txt").law

    result = compare(law("公园目录"), law("码头目录"))
    assert "未变 1 条 · 附件 1" in _printed(result, sides)
    assert "| 附件 | 1 |" in markdown(result, result, *sides)
    stream = io.StringIO()
    print_stat(Console(file=stream), result, *sides, "zh")
    assert re.search("^附件 +1$", stream.getvalue(), re.MULTILINE)
    row = list(csv.DictReader(io.StringIO(diff_csv(result).removeprefix("\ufeff"))))[-1]
    assert (row["old"], row["new"], row["kinds"]) == ("附件一", "附件一", "reworded")
    assert "码头目录" in row["new_text"]


# --- CSV and JSON ----------------------------------------------------------------------------


def test_a_cell_cannot_become_a_formula() -> None:
    for sign in "=+-@":
        result = compare(_law(f"{sign}1+1甲乙丙。"), _law(f"{sign}1+1甲乙丁。"))
        assert f"'{sign}1+1" in diff_csv(result)
        assert f",{sign}1" not in diff_csv(result)


def test_articles_without_captions_leave_the_cells_of_captions_empty() -> None:
    whole = "任何单位和个人不得擅自占用城市绿地，因建设需要临时占用的应当经批准。"
    other = "砍伐树木的应当申请砍伐许可，并按照砍伐一株补植三株的标准补植。"
    merged = compare(_several(whole, other), _law(whole + other))
    assert [change.kinds for change in merged.changes] == [(Kind.MERGED,)]
    assert "、,," not in diff_csv(merged)


def test_json_holds_both_bodies_of_every_entry(changes: Changes, sides: Sides) -> None:
    data = json.loads(dump(diff_document(changes, *sides)))
    assert list(data) == [
        "format", "old", "new", "summary", "changes", "headings", "front", "problems",
    ]  # fmt: skip
    for entry, change in zip(data["changes"], changes.changes, strict=True):
        pieces = [(op, text) for op, text in entry["redline"]]
        assert "".join(t for op, t in pieces if op != "insert") == old_text(change.redline)
        assert "".join(t for op, t in pieces if op != "delete") == new_text(change.redline)
    assert all(any(op != "equal" for op, _ in front["redline"]) for front in data["front"])


# --- terminal --------------------------------------------------------------------------------


def _screen(changes: Changes, sides: Sides, width: int, *, colour: bool) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=True, no_color=not colour,
        color_system="standard" if colour else None, highlight=False,
    )  # fmt: skip
    print_diff(console, changes, changes, sides, "zh")
    return stream.getvalue()


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
@pytest.mark.parametrize("colour", [True, False])
def test_no_word_is_cut_off_at_any_width(
    changes: Changes, sides: Sides, width: int, colour: bool
) -> None:
    text = "".join(_plain(_screen(changes, sides, width, colour=colour)).split())
    assert "…" not in text.replace("……", "")
    for change in changes.changes:
        if change.is_reworded:
            words = "".join(t for op, t in change.redline if op.value != "equal").split()
            assert all(word in text for word in words if len(word) < 10)


def test_a_narrow_terminal_is_never_overrun(changes: Changes, sides: Sides) -> None:
    from tracker.render.fold import cells

    for width in (40, 60, 80):
        for line in _plain(_screen(changes, sides, width, colour=True)).splitlines():
            assert cells(line) <= width, line


def test_a_grid_keeps_ids_whole_while_other_columns_can_fold() -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=40, force_terminal=True, color_system=None)
    rows_ = [("2021-11-12-consultation_draft", "深圳经济特区数字经济产业促进条例")]
    print_grid(console, ("版本", "标题"), rows_, keep=(0,))
    assert "2021-11-12-consultation_draft" in stream.getvalue()
    assert "".join(stream.getvalue().split()).count("深圳") == 1


def test_equal_laws_have_no_differences(sides: Sides) -> None:
    law = read(write(_law("甲。")))
    result = compare(law, law)
    assert not has_differences(result)
    assert "相同" in _screen(result, sides, 80, colour=False)
