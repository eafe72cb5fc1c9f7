"""What a browser shows of a page is what is read of it, wherever on the page it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document

Read = Callable[[str], Document]
LONG = "甲" * 210


def text_of(document: Document) -> str:
    return canonical.write(document.law).replace(LONG, "甲…")


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def test_lines_as_they_were_typed_stay_lines(read: Read) -> None:
    document = read(page("<pre>示例条例\n第一章 总则\n第一条 甲：\n（一）乙。\n</pre>"))
    assert text_of(document) == "示例条例\n\n第一章　总则\n\n第一条　甲：\n（一）乙。\n"
    styled = read(
        page("<div style='white-space: pre-wrap'>示例条例\n第一条 甲。\n第二条 乙。</div>")
    )
    assert len(styled.law.articles()) == 2


@pytest.mark.parametrize(
    "body",
    [
        "<div class='content'>新闻{0}</div><h1>示例条例</h1><div class='content'><p>第一条 {0}。"
        "</p></div><div class='content'><p>第二条 乙{0}。</p></div>",
        "<div id='content'>新闻{0}</div><div><p>示例条例</p><p>第一条 {0}。</p></div>"
        "<div><p>第二条 乙{0}。</p></div>",
        "<h1>示例条例</h1><div id='w'><div class='content'><p>第一条 {0}。</p></div>"
        "<div class='more'><p>第二条 乙{0}。</p></div></div>",
        "<table><tr><td><p>示例条例</p><p>第一条 {0}。</p><p>第二条 乙{0}。</p></td></tr></table>",
    ],
    ids=["same name", "elsewhere", "one inside, one beside", "in a table of layout"],
)
def test_articles_are_found_wherever_they_stand(body: str, read: Read) -> None:
    document = read(page(body.format(LONG)))
    assert text_of(document) == "示例条例\n\n第一条　甲…。\n\n第二条　乙甲…。\n"


def test_menus_are_not_the_law_though_they_have_its_name(read: Read) -> None:
    menu = "<div class='content'><a>首页</a>" + "<a>某某栏目</a>" * 60 + "</div>"
    law = f"<div id='text'><p>示例条例</p><p>第一条 {LONG}。</p><p>第二条 乙。</p></div>"
    document = read(page(f"<nav>导航</nav>{menu}{law}<footer>第三条 页脚</footer>"))
    assert text_of(document) == "示例条例\n\n第一条　甲…。\n\n第二条　乙。\n"
    assert {d.reason for d in document.ledger.dropped} == {"page-furniture", "before-law"}


def test_deleted_text_goes_and_inserted_text_stays_and_a_problem_says_so(read: Read) -> None:
    document = read(
        page(
            "<p>示例条例</p><p>第一条 自收到之日起<del>三十</del><ins>十五</ins>日内"
            "<span style='text-decoration: line-through'>书面</span>答复。</p><p>第二条 乙。</p>"
        )
    )
    assert canonical.body(document.law.articles()[0]) == "自收到之日起十五日内答复。"
    assert [d.text for d in document.ledger.dropped if d.reason == "struck-out"] == ["三十", "书面"]
    assert "struck-out-text" in {p.code for p in document.problems}


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display : none'>藏</p>",
        "<p hidden>藏</p>",
        "<p style='visibility:hidden'>藏</p>",
        "<span style='font-size:0px'>藏</span>",
    ],
)
def test_hidden_text_is_left_out_listed_and_told(hidden: str, read: Read) -> None:
    document = read(page(f"<p>示例条例</p><p>第一条 甲。</p>{hidden}<p>第二条 乙。</p>"))
    assert "藏" not in canonical.write(document.law)
    assert [d.text for d in document.ledger.dropped] == ["藏"]
    assert "hidden-text" in {p.code for p in document.problems}


def test_scripts_styles_and_templates_are_no_text(read: Read) -> None:
    noise = (
        "<script>第三条 甲</script><style>第四条 乙</style><template><p>第五条 丙</p></template>"
    )
    document = read(page(f"<p>示例条例</p><p>第一条 甲。</p>{noise}<p>第二条 乙。</p>"))
    assert len(document.law.articles()) == 2


def test_the_numbers_that_a_list_shows_are_written(read: Read) -> None:
    document = read(
        page(
            "<p>示例条例</p><p>第一条 下列材料：</p><ol><li>申请书；</li><li><p>证明。</p></li>"
            "</ol><p>第二条 下列情形：</p><ol><li>（一）甲；</li><li>（二）乙。</li></ol>"
            "<p>第三条 丙：</p>"
            "<ol style='list-style: none'><li>丁。</li></ol><ul><li>戊。</li></ul>"
        )
    )
    assert [canonical.body(a) for a in document.law.articles()] == [
        "下列材料：\n1．申请书；\n2．证明。",
        "下列情形：\n（一）甲；\n（二）乙。",
        "丙：\n丁。\n戊。",
    ]
    assert dict(document.ledger.rewrites)["list-number"] == 2


def test_a_list_counts_on_from_where_it_says_and_in_han_where_it_says(read: Read) -> None:
    items = "<li>甲。</li><li value='6'>乙。</li>"
    ol = f"<ol start='3' style='list-style-type:cjk-ideographic'>{items}</ol>"
    document = read(page(f"<p>示例条例</p><p>第一条 下列：</p>{ol}<p>第二条 丙。</p>"))
    assert canonical.body(document.law.articles()[0]) == "下列：\n三、甲。\n六、乙。"


def test_a_table_in_an_article_is_its_rows(read: Read) -> None:
    rows = "<tr><td><p>项目</p></td><td><p>限值</p></td><td>备注</td></tr>"
    rows += "<tr><td>氨</td><td></td><td>9</td></tr>"
    document = read(
        page(f"<p>示例标准</p><p>第一条 限值如下：</p><table>{rows}</table><p>第二条 乙。</p>")
    )
    assert canonical.body(document.law.articles()[0]) == "限值如下：\n项目｜限值｜备注\n氨｜｜9"


def test_powers_and_formulas_do_not_become_other_numbers(read: Read) -> None:
    document = read(
        page(
            "<p>示例条例</p><p>第一条 10<sup>5</sup>m<sup>2</sup>、CO<sub>2</sub>、注"
            "<sup>[1]</sup>。</p><p>第二条 乙。</p>"
        )
    )
    assert canonical.body(document.law.articles()[0]) == "10⁵m²、CO₂、注[1]。"


def test_marks_in_pieces_are_one_mark(read: Read) -> None:
    document = read(
        page("<p>示例条例</p><p><b>第</b><span>一</span>条 甲。</p><p>第二条&nbsp;乙。</p>")
    )
    assert len(document.law.articles()) == 2


def test_the_name_of_the_page_is_the_title_where_the_text_has_none(read: Read) -> None:
    head = "<title>示例条例_某市人民政府</title>"
    document = read(page("<p>第一条 甲。</p><p>第二条 乙。</p>", head))
    assert document.law.title == "示例条例"


def test_nothing_of_a_page_is_lost(read: Read) -> None:
    source = page(
        f"<div>首页</div><div id='content'><p>示例条例</p><p>第一条 {LONG}<del>删</del>。</p>"
        "</div><p hidden>藏</p><div><table><tr><td>第二条</td><td>乙。</td></tr></table></div>"
        "<p>页脚</p>"
    )
    document = read(source)
    assert account(document) == han(source)
    assert canonical.body(document.law.articles()[1]) == "乙。\n页脚"


def test_cells_that_span_rows_and_columns_leave_the_columns_where_they_are(read: Read) -> None:
    rows = (
        "<tr><th rowspan='2'>类别</th><th colspan='2'>价格</th></tr><tr><td>冬</td><td>夏</td></tr>"
        "<tr><td>居民</td><td>1</td><td>2</td></tr>"
        "<tr><td rowspan='2'>其他</td><td>3</td><td rowspan='2'>4</td></tr><tr><td>5</td></tr>"
        "<tr><td colspan='2'>合计</td><td>6</td></tr>"
    )
    document = read(
        page(f"<p>示例标准</p><p>第一条 价格如下：</p><table>{rows}</table><p>第二条 乙。</p>")
    )
    assert [p.text for p in document.law.articles()[0].children] == [
        "价格如下：", "类别｜价格", "｜冬｜夏", "居民｜1｜2", "其他｜3｜4", "｜5", "合计｜｜6",
    ]  # fmt: skip


def test_a_span_of_a_million_rows_costs_nothing(read: Read) -> None:
    cell = "<td colspan='99999999' rowspan='99999999'>丙</td>"
    rows = f"<tr>{cell}<td>丁</td></tr><tr><td>戊</td></tr>"
    document = read(
        page(f"<p>示例标准</p><p>第一条 甲：</p><table>{rows}</table><p>第二条 乙。</p>")
    )
    assert len(document.law.articles()) == 2
