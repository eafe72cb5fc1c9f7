"""PDF files with a text layer read as their text does; what has none is refused with a way out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.parse.printing import (
    EM,
    LEFT,
    PITCH,
    RIGHT,
    TOP,
    Sheet,
    centred,
    printed,
    wrapped,
    written,
)
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.extract.pdf import run, words
from tracker.parse.extract.pdf.child import MOST_PAGES
from tracker.parse.forms import extract
from tracker.parse.reading import read_source

TITLE = "示例市公园条例"
HEADINGS = [TITLE, "（草案）", "第一章　总则", "第二章　管理"]
LAW = [
    *HEADINGS[:3],
    "第一条　为了加强公园管理，保护和改善城市生态环境，提高公园服务水平，"
    "满足人民群众休闲游憩的需要，根据有关法律、行政法规，结合本市实际，制定本条例。",
    "第二条　本市行政区域内公园的规划、建设、保护和管理，适用本条例。",
    "公园的名录由市人民政府在2021年6月1日前公布。",
    HEADINGS[3],
    "第三条　公园管理机构应当遵守下列规定：",
    "（一）建立健全管理制度，公布开放时间、服务项目以及收费标准，并接受社会监督；",
    "（二）依照本条例第二条规定保护园内的树木、花草和设施；",
    "（三）法律、法规规定的其他职责。",
    *(
        f"第{n}条　违反本条例规定，有前款所列行为之一的，由公园管理机构责令改正，并处200元以上"
        "2000元以下罚款；情节严重的，处2000元以上10000元以下罚款。"
        for n in "四五六七八九"
    ),
    "第十条　本条例自2022年1月1日起施行。",
]


def read(data: bytes, name: str = "law.pdf") -> Document:
    return read_source(data, name=name)


def law(data: bytes) -> str:
    return canonical.write(read(data).law)


def from_text(lines: list[str]) -> str:
    return canonical.write(read_source("\n".join(lines).encode(), name="law.txt").law)


def refusal(data: bytes) -> str:
    with pytest.raises(TrackerError) as caught:
        extract(data, "law.pdf")
    assert caught.value.code == "unreadable-source"
    assert caught.value.message.startswith("无法读取 law.pdf：")
    assert caught.value.hint
    return f"{caught.value.message} {caught.value.hint}"


def codes(data: bytes) -> list[str]:
    return [p.code for p in extract(data, "law.pdf").problems]


def han(texts: list[str]) -> Counter[str]:
    return Counter(re.findall("[\u3400-\u9fff]", "\n".join(texts)))


def test_a_law_of_several_pages_reads_as_its_text_does() -> None:
    sheets = printed(LAW, head=TITLE, headings=HEADINGS)
    assert len(sheets) > 1
    assert law(written(sheets)) == from_text(LAW)


@pytest.mark.parametrize(
    "number", ["— {} —", "- {} -", "{}", "第 {} 页", "第 {} 页 共 3 页", "{}/3"]
)
def test_page_numbers_are_left_out_and_listed(number: str) -> None:
    sheets = printed(LAW, number=number, headings=HEADINGS)
    found = extract(written(sheets), "law.pdf")
    told = [d.text for d in found.dropped if d.reason == "page-number"]
    assert [re.sub(r"\s", "", t) for t in told] == [
        number.format(n).replace(" ", "") for n in range(1, len(sheets) + 1)
    ]
    assert law(written(sheets)) == from_text(LAW)


def test_a_line_over_every_page_is_left_out_and_listed() -> None:
    found = extract(written(printed(LAW, head=TITLE, headings=HEADINGS)), "law.pdf")
    heads = [d for d in found.dropped if d.reason == "running-head"]
    assert {d.text for d in heads} == {TITLE}
    assert heads[0].place.line == 1
    assert heads[1].place.line > 8


def test_names_of_chapters_over_the_pages_are_known_by_their_place() -> None:
    sheets = printed(LAW * 2, headings=HEADINGS)
    for n, sheet in enumerate(sheets):
        centred(sheet, 790, f"第{'一二三四五六七'[n]}章", 9)
    assert len(sheets) >= 4
    reasons = [d.reason for d in extract(written(sheets), "law.pdf").dropped]
    assert reasons.count("running-head") == len(sheets)


def test_every_han_character_is_in_a_line_or_in_the_ledger() -> None:
    sheets = printed(LAW, head=TITLE, headings=HEADINGS)
    sheets[0].text(300, 400, "样稿", 60, matrix=(0.7, 0.7, -0.7, 0.7))
    sheets[0].text(-300, 400, "页外的字").line(LEFT, TOP - 1.9 * PITCH, RIGHT, TOP - 1.9 * PITCH)
    data = written(sheets)
    found = extract(data, "law.pdf")
    reasons = {d.reason for d in found.dropped}
    assert {"turned", "hidden", "running-head", "page-number"} <= reasons
    assert han([*found.lines, *(d.text for d in found.dropped)]) == han(words(data, "law.pdf"))


def test_paragraphs_that_are_not_set_in_end_where_a_sentence_does() -> None:
    assert law(written(printed(LAW, indent=0, headings=HEADINGS))) == from_text(LAW)


def test_where_nothing_tells_that_a_paragraph_begins_it_is_said() -> None:
    full = "第一条　" + "甲" * 21 + "。"
    data = written(printed([full, "乙应当公开。", "丙应当公开。"], indent=0))
    found = extract(data, "law.pdf")
    assert list(found.lines) == [full, "乙应当公开。", "丙应当公开。"]
    [problem] = found.problems
    assert (problem.code, problem.line) == ("pdf-paragraph-in-doubt", 2)
    assert "有 1 处" in problem.message


def test_a_citation_at_the_beginning_of_a_row_is_not_an_article() -> None:
    sheet = Sheet()
    y = TOP
    for x, row in [
        (2, "第一条　甲应当公开。"), (2, "第二条　" + "乙" * 18), (0, "第一条规定的，予以公布。"),
        (2, "第三条　丙应当公开。"),
    ]:  # fmt: skip
        sheet.text(LEFT + x * EM, y, row)
        y -= PITCH
    found = extract(written([sheet]), "law.pdf")
    assert list(found.lines)[1] == "第二条　" + "乙" * 18 + "第一条规定的，予以公布。"


def test_a_narrow_blank_behind_the_mark_of_an_article_is_seen() -> None:
    sheet = Sheet()
    rows = [
        "第一条|甲应当公开。",
        "第二章|证据",
        "第二条|证据包括：",
        "（一）书证；",
        "（二）物证。",
    ]
    for n, row in enumerate(rows):
        mark, _, rest = row.rpartition("|")
        y, blank = TOP - n * PITCH, 0.25 * EM if mark else 0.0
        sheet.text(LEFT + 2 * EM, y, mark).text(LEFT + (2 + len(mark)) * EM + blank, y, rest)
    found = read(written([sheet]))
    assert not found.problems or "numbering-gap" not in [one.code for one in found.problems]
    assert list(extract(written([sheet]), "a").lines) == [one.replace("|", " ") for one in rows]


def test_single_characters_of_a_font_that_is_not_in_the_file_are_read() -> None:
    sheet = Sheet().text(LEFT, TOP, "第一条　甲应当公开。")
    for n, sign in enumerate("第二条　乙"):
        sheet.text(LEFT + n * EM, TOP - PITCH, sign)
    sheet.text(LEFT, TOP - 2 * PITCH, "，", mode=3)
    data = written([sheet])
    assert list(extract(data, "a").lines)[:2] == ["第一条　甲应当公开。", "第二条　乙"]
    assert words(data, "a")[-1] == "，"
    assert "pdf-invisible-text" in codes(data)


def test_text_without_any_height_is_hidden_and_listed() -> None:
    for em in (0, 0.04):
        data = written([Sheet().text(LEFT, TOP, "第一条　甲。").text(LEFT, 300, "不见", em)])
        found = extract(data, "a")
        assert list(found.lines) == ["第一条　甲。"]
        assert [(d.text, d.reason) for d in found.dropped] == [("不见", "hidden")]
        assert list(extract(written([Sheet().text(LEFT, 300, "不见", em)]), "a").lines) == [""]


def test_a_citation_in_spread_text_has_no_blank() -> None:
    sheet = Sheet()
    for n, sign in enumerate("第一条规定的，由甲公布。"):
        sheet.text(LEFT + n * EM * 1.25, TOP, sign)
    assert list(extract(written([sheet]), "a").lines) == ["第一条规定的，由甲公布。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    centred(sheet, TOP, TITLE)
    width = 12 * EM
    sides: list[list[tuple[float, str]]] = [[]]
    for paragraph in LAW[3:11]:
        for n, row in enumerate(wrapped(paragraph, width - 2 * EM, width)):
            if len(sides[-1]) == 14:
                sides.append([])
            sides[-1].append((0 if n else 2 * EM, row))
    assert len(sides) == 2
    for left, side in zip((LEFT, RIGHT - width), sides, strict=True):
        for n, (inset, row) in enumerate(side):
            sheet.text(left + inset, TOP - (n + 2) * PITCH, row)
    assert law(written([sheet])) == from_text([TITLE, *LAW[3:11]])


def in_columns(paragraphs: list[str], count: int, gap: float, em: float = 9) -> Sheet:
    """Paragraphs set small in so many columns, `gap` ems apart, below a title."""
    sheet = Sheet()
    centred(sheet, TOP, TITLE)
    width = (RIGHT - LEFT - (count - 1) * gap * em) / count
    rows = [
        (0 if n else 2 * em, row)
        for paragraph in paragraphs
        for n, row in enumerate(wrapped(paragraph, width - 2 * em, width, em))
    ]
    high = -(-len(rows) // count)
    for n, (inset, row) in enumerate(rows):
        column, place = divmod(n, high)
        x = LEFT + column * (width + gap * em) + inset
        sheet.text(x, TOP - (place + 2) * em * 1.4, row, em)
    return sheet


SHORT = [
    f"第{n}条　有下列情形之一的，由公园管理机构责令改正：（一）攀折花木的；"
    if part < 0
    else f"（{'二三四'[part]}）{'攀折树木、采摘花果'[: 5 + part]}的；"
    for n in "一二三四五六七八九"
    for part in range(-1, 3)
]


@pytest.mark.parametrize("gap", [1, 1.5, 2])
def test_two_columns_of_short_entries_close_together_are_read_right(gap: float) -> None:
    data = written([in_columns(SHORT, 2, gap)])
    assert codes(data) == []
    assert law(data) == from_text([TITLE, *SHORT])


def test_articles_that_go_on_in_the_other_column_tell_that_there_are_two() -> None:
    bits = [
        f"第{n}条　公园应当公开{'甲乙丙丁戊'[: k % 4 + 1]}。"
        for k, n in enumerate("一二三四五六七八九")
    ]
    few = [*bits, "第十条　公园免费。", "第十一条　公园开放。", "第十二条　自公布之日起施行。"]
    assert law(written([in_columns(few, 2, 3)])) == from_text([TITLE, *few])


def test_columns_whose_order_cannot_be_told_are_refused_with_a_way_out() -> None:
    three = refusal(written([in_columns(SHORT * 2, 3, 2)]))
    assert "第 1 页分栏排版，读的先后分不清" in three
    assert "Word" in three
    sheet = Sheet()
    for n, (one, other) in enumerate(["一五", "二三", "四二", "三六", "六七", "七四"]):
        sheet.text(LEFT, TOP - n * PITCH, f"第{one}条　应当公开{'甲' * n}。")
        sheet.text(LEFT + 17 * EM, TOP - n * PITCH, f"第{other}条　公开{'乙' * (5 - n)}。")
    assert "分栏排版" in refusal(written([sheet]))


def test_a_contents_page_with_leaders_keeps_its_lines() -> None:
    contents = ["目　录", "第一章　总则", "第二章　管理"]
    sheets = printed([TITLE, *contents[:1]], headings=[TITLE, "目　录"])
    for n, name in enumerate(contents[1:]):
        room = RIGHT - LEFT - 7 * EM
        dots = "…" * int(room / EM)
        sheets[0].text(LEFT, TOP - (n + 3) * PITCH, f"{name}{dots}{n + 1}")
    sheets += printed(LAW[2:], headings=HEADINGS)
    found = read(written(sheets))
    left = [d.text for d in found.ledger.dropped if d.reason == "contents"]
    assert len(left) == 3
    assert canonical.write(found.law) == from_text([TITLE, *LAW[2:]])


def test_kangxi_radicals_become_the_characters_they_stand_for() -> None:
    lines = [line.replace("人", "⼈").replace("市", "市") for line in LAW]
    found = read(written(printed(lines, headings=HEADINGS)))
    assert canonical.write(found.law) == from_text(LAW)
    assert dict(found.ledger.rewrites)["radical"] == sum(line.count("人") for line in LAW)


def test_rows_of_a_drawn_table_are_lines_and_cells_of_several_lines_are_whole() -> None:
    sheet = Sheet()
    rows = [("项目", "标准"), ("停车", "每小时"), ("参观", "免费")]
    for n in range(4):
        sheet.line(LEFT, TOP - 60 * n, LEFT + 240, TOP - 60 * n)
    for x in (LEFT, LEFT + 120, LEFT + 240):
        sheet.line(x, TOP - 180, x, TOP)
    for n, (one, other) in enumerate(rows):
        sheet.text(LEFT + 10, TOP - 60 * n - 25, one).text(LEFT + 130, TOP - 60 * n - 25, other)
    sheet.text(LEFT + 130, TOP - 60 - 48, "五元")
    found = extract(written([sheet]), "law.pdf")
    assert list(found.lines) == ["项目｜标准", "停车｜每小时五元", "参观｜免费"]
    assert found.problems == []


def drawn(sheet: Sheet, top: float, rows: list[list[list[str]]], widths: list[float]) -> None:
    """A table with lines; each cell is a list of its lines."""
    xs = [LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
    y = top
    sheet.line(xs[0], y, xs[-1], y)
    for row in rows:
        high = max(map(len, row)) * 20 + 10
        for x, cell in zip(xs, row, strict=False):
            for n, line in enumerate(cell):
                sheet.text(x + 5, y - 20 - n * 20, line)
        for x in xs:
            sheet.line(x, y, x, y - high)
        y -= high
        sheet.line(xs[0], y, xs[-1], y)


HEAD = [["序号"], ["行为"], ["罚款"]]
WIDTHS = [60, 80, 170]


@pytest.mark.parametrize("repeated", [False, True])
def test_a_row_of_a_table_that_a_page_cuts_is_one_row(repeated: bool) -> None:
    one, other = Sheet(), Sheet()
    cut = [["2"], ["砍树"], ["处一千元以上五千元", "以下的罚款，"]]
    drawn(one, 700, [HEAD, [["1"], ["摘花"], ["处一百元以下罚款"]], cut], WIDTHS)
    rest = [[[], [], ["情节严重的从重"]], [["3"], ["垂钓"], ["处一百元以下罚款"]]]
    drawn(other, 730, [HEAD, *rest] if repeated else rest, WIDTHS)
    found = extract(written([one, other]), "law.pdf")
    assert list(found.lines) == [
        "序号｜行为｜罚款",
        "1｜摘花｜处一百元以下罚款",
        "2｜砍树｜处一千元以上五千元以下的罚款，情节严重的从重",
        *(["序号｜行为｜罚款"] if repeated else []),
        "3｜垂钓｜处一百元以下罚款",
    ]
    assert not found.problems


def test_a_row_that_may_be_cut_by_a_page_is_told() -> None:
    one, other = Sheet(), Sheet()
    drawn(one, 700, [HEAD, [["1"], ["摘花"], ["轻微的，批评教育"]]], WIDTHS)
    drawn(other, 730, [[[], [], ["严重的，处罚款"]]], WIDTHS)
    found = extract(written([one, other]), "law.pdf")
    assert list(found.lines)[-2:] == ["1｜摘花｜轻微的，批评教育", "｜｜严重的，处罚款"]
    assert [p.code for p in found.problems] == ["pdf-table"]
    assert "第 2 页开头" in found.problems[0].message


def test_a_table_without_lines_is_read_row_by_row_and_told() -> None:
    sheet = Sheet()
    for n, row in enumerate([("项目", "标准"), ("停车", "五元"), ("参观", "免费")]):
        for column, cell in enumerate(row):
            sheet.text(LEFT + 160 * column, TOP - n * PITCH, cell)
    found = extract(written([sheet]), "law.pdf")
    assert list(found.lines) == ["项目｜标准", "停车｜五元", "参观｜免费"]
    assert [p.code for p in found.problems] == ["pdf-table"]
    assert "第 1 页" in found.problems[0].message


def test_lines_of_a_cell_stand_in_their_column_in_a_table_without_lines_over_pages_too() -> None:
    one, other = Sheet(), Sheet()
    rows = [
        "序号|行为|罚款",
        "1|摘花|处一百元以上五百",
        "||元以下的罚款",
        "2|砍树|处五百元以上一千",
    ]
    for sheet, part in ((one, rows), (other, ["||元以下的罚款", "3|垂钓|处五十元的罚款"])):
        for n, row in enumerate(part):
            for x, cell in zip((0, 80, 200), row.split("|"), strict=True):
                sheet.text(LEFT + x, TOP - n * PITCH, cell)
    found = extract(written([one, other]), "law.pdf")
    assert list(found.lines) == [
        row.replace("|", "｜") for row in [*rows, "||元以下的罚款", "3|垂钓|处五十元的罚款"]
    ]
    assert [p.code for p in found.problems] == ["pdf-table"]
    assert "第 1—2 页" in found.problems[0].message


def test_struck_out_text_is_left_out_and_told() -> None:
    sheet = Sheet().text(LEFT, TOP, "第一条　应当在三十日十五日内公布。")
    sheet.line(LEFT + 7 * EM, TOP + 0.38 * EM, LEFT + 10 * EM, TOP + 0.38 * EM)
    found = extract(written([sheet]), "law.pdf")
    assert list(found.lines) == ["第一条　应当在十五日内公布。"]
    assert [(d.text, d.reason) for d in found.dropped] == [("三十日", "struck-out")]
    assert [p.code for p in found.problems] == ["struck-out-text"]


def test_an_underlined_text_stays() -> None:
    sheet = (
        Sheet().text(LEFT, TOP, "第一条　应当在十五日内公布。").line(LEFT, TOP - 2, RIGHT, TOP - 2)
    )
    assert codes(written([sheet])) == []


def test_a_mark_that_strikes_out_counts_as_a_line() -> None:
    sheet = Sheet().text(LEFT, TOP, "第一条　应当在三十日十五日内公布。")
    x0, x1 = LEFT + 7 * EM, LEFT + 10 * EM
    sheet.notes.append(
        f"<< /Type /Annot /Subtype /StrikeOut /Rect [{x0} {TOP - 2} {x1} {TOP + 14}] "
        f"/QuadPoints [{x0} {TOP + 14} {x1} {TOP + 14} {x0} {TOP - 2} {x1} {TOP - 2}] >>"
    )
    assert list(extract(written([sheet]), "law.pdf").lines) == ["第一条　应当在十五日内公布。"]


def test_the_words_of_notes_are_in_the_ledger() -> None:
    sheet = printed(LAW[:4], headings=HEADINGS)[0]
    sheet.notes.append("<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (why so) >>")
    found = extract(written([sheet]), "law.pdf")
    assert ("why so", "annotation") in [(d.text, d.reason) for d in found.dropped]


def test_an_invisible_layer_is_read_and_told() -> None:
    sheet = (
        Sheet()
        .picture()
        .text(LEFT, TOP, "第一条　为了加强公园管理，保护生态环境，制定本条例。", mode=3)
    )
    found = extract(written([sheet]), "law.pdf")
    assert list(found.lines) == ["第一条　为了加强公园管理，保护生态环境，制定本条例。"]
    assert [p.code for p in found.problems] == ["pdf-invisible-text"]


def test_a_comparison_table_is_told() -> None:
    lines = [f"{TITLE}修订对照表", *LAW[3:5]]
    document = read_source(written(printed(lines, headings=lines[:1])), name="law.pdf")
    assert "comparison-table" in [one.code for one in document.problems]


def test_a_page_that_is_turned_is_read_upright() -> None:
    sheet = Sheet(turn=90)
    rows = [f"第{n}条　自2022年1月1日起施行。" for n in "一二三"]
    for n, row in enumerate(rows):
        sheet.text(100 + n * PITCH, 60, row, matrix=(0, 1, -1, 0))
    assert list(extract(written([sheet]), "law.pdf").lines) == rows


def test_a_scan_is_refused_and_ocr_is_named() -> None:
    said = refusal(written([Sheet().picture(), Sheet().picture()]))
    assert "没有文字层" in said
    assert "第 1—2 页" in said
    assert "OCR" in said


def test_a_scanned_page_after_the_law_is_told() -> None:
    sheets = [*printed(LAW, headings=HEADINGS), Sheet().picture()]
    found = extract(written(sheets), "law.pdf")
    assert [p.code for p in found.problems] == ["pdf-page-without-text"]
    assert f"第 {len(sheets)} 页" in found.problems[0].message


def test_a_scanned_page_in_place_of_articles_is_refused() -> None:
    sheets = [*printed(LAW[:5], headings=HEADINGS), Sheet().picture(), *printed(LAW[12:])]
    said = refusal(written(sheets))
    assert "第 2 页" in said
    assert "第二条之后" in said


def test_private_use_characters_are_no_text_layer() -> None:
    lines = ["".join(chr(0xE000 + ord(c) % 0x1000) for c in line) for line in LAW]
    assert "文字层不可用" in refusal(written(printed(lines)))


def test_a_font_without_a_map_is_no_text_layer() -> None:
    assert "文字层不可用" in refusal(written(printed(LAW), map_codes=False))


def test_a_file_that_is_cut_or_no_pdf_inside_is_refused() -> None:
    data = written(printed(LAW))
    for broken in (data[:9], b"%PDF-1.7 nothing", b"\n%PDF-1.4\n%%EOF"):
        assert "损坏" in refusal(broken)


def test_a_pdf_is_known_by_its_content() -> None:
    data = written(printed(LAW, headings=HEADINGS))
    assert read(data, "law.txt").format == "pdf"
    assert read(b"\r\n" + data, "law").format == "pdf"
    text = "\n".join([*LAW[:5], "文件是 %PDF-1.7 格式的，不予受理。"])
    assert read_source(text.encode(), name="law.pdf").format == "text"


def test_too_many_pages_are_refused() -> None:
    data = written([Sheet() for _ in range(MOST_PAGES + 1)])
    assert f"上限为 {MOST_PAGES} 页" in refusal(data)


def test_the_library_that_read_it_is_known() -> None:
    reader = read(written(printed(LAW))).reader
    assert reader is not None
    assert re.fullmatch(r"pypdfium2/5\.\d+\.\d+", reader)
    assert read_source("\n".join(LAW).encode(), name="a.txt").reader is None


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(printed(LAW[:4]))
    monkeypatch.setattr(run, "_library", lambda: None)
    said = refusal(data)
    assert "pip install 'legislative-tracker[pdf]'" in said


def test_a_text_is_read_without_loading_what_reads_pdf() -> None:
    script = (
        "import sys\nfrom tracker.parse.reading import read_source\n"
        "read_source('第一条　甲。'.encode(), name='a')\n"
        "print([m for m in sys.modules if 'pdf' in m])"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, check=True, text=True
    )
    assert ran.stdout.strip() == "[]"
