"""What stands in a paragraph and beside the body: what is text, what is listed, what is told."""

from __future__ import annotations

from tests.parse.extract.word.making import (
    NS,
    W,
    cell,
    docx,
    p,
    r,
    row,
    style,
    styles,
    t,
    table,
)
from tracker.parse.extract import Extracted
from tracker.parse.extract.word.reader import word, words
from tracker.parse.reading import read_source


def _read(*blocks: str, **more: object) -> Extracted:
    return word(docx(*blocks, **more), "draft.docx")  # type: ignore[arg-type]


def _lines(*blocks: str) -> list[str]:
    return list(_read(*blocks).lines)


def _dropped(found: Extracted) -> list[tuple[str, str, int]]:
    return [(one.text, one.reason, one.place.line) for one in found.dropped]


def _codes(found: Extracted) -> list[str]:
    return [one.code for one in found.problems]


def _run(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def _part(tag: str, inside: str) -> str:
    return f"<w:{tag} {NS}>{inside}</w:{tag}>"


def test_signs_that_are_elements() -> None:
    assert _lines(p(_run(f"{t('甲')}<w:tab/>{t('乙')}<w:ptab/>{t('丙')}"))) == ["甲\t乙\t丙"]
    assert _lines(p(_run(f"{t('甲')}<w:br/>{t('乙')}<w:cr/>{t('丙')}"))) == ["甲", "乙", "丙"]
    assert _lines(p(_run(f"{t('甲')}<w:br w:type='page'/>{t('乙')}"))) == ["甲", "乙"]
    assert _lines(p(_run(f"{t('A')}<w:noBreakHyphen/>{t('B')}"))) == ["A-B"]
    assert _lines(p(_run(f"{t('甲')}<w:softHyphen/>{t('乙')}"))) == ["甲\u00ad乙"]
    assert _lines(p(_run(f"{t('甲')}<w:lastRenderedPageBreak/>{t('乙')}"))) == ["甲乙"]


def test_a_sign_of_a_font_of_symbols_is_the_private_sign_it_is() -> None:
    data = docx("某市条例", p("第一条 甲", _run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "。"))
    assert "甲\uf0fc。" in word(data, "a.docx").lines[1]
    assert "private-use-character" in {one.code for one in read_source(data, name="a").problems}
    assert _lines(p("甲", _run('<w:sym w:font="x" w:char="zz"/>'))) == ["甲"]


def test_white_space_around_words_counts_only_where_the_file_says_so() -> None:
    assert _lines(p(_run("<w:t> 甲\n </w:t>"), r(" 乙"))) == ["甲 乙"]
    assert _lines(p(_run("<w:t>甲\n乙</w:t>"))) == ["甲 乙"]


def test_words_inside_controls_links_and_tags_are_text() -> None:
    link = f'<w:hyperlink r:id="rId9">{r("乙")}</w:hyperlink>'
    tag = f"<w:smartTag>{r('丙')}</w:smartTag>"
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r('丁')}</w:sdtContent></w:sdt>"
    turned = f'<w:bdo w:val="ltr">{r("戊")}</w:bdo>'
    custom = f"<w:customXml>{r('己')}</w:customXml>"
    assert _lines(p("甲", link, tag, control, turned, custom)) == ["甲乙丙丁戊己"]


def test_phonetic_guides_are_listed() -> None:
    ruby = f"<w:ruby><w:rt>{r('shēng')}</w:rt><w:rubyBase>{r('昇')}</w:rubyBase></w:ruby>"
    found = _read(p("甲", _run(ruby), "乙"))
    assert list(found.lines) == ["甲昇乙"]
    assert _dropped(found) == [("shēng", "ruby", 1)]


def test_hidden_words_are_listed_and_told() -> None:
    data = docx(
        "某市条例", p("第一条 甲", r("不得", "<w:vanish/>"), r("可以", '<w:vanish w:val="0"/>'))
    )
    found = word(data, "a.docx")
    assert found.lines[1] == "第一条 甲可以"
    assert _dropped(found) == [("不得", "hidden", 2)]
    assert "hidden-text" in {one.code for one in read_source(data, name="a").problems}


def test_styles_hide_words_and_show_them_again() -> None:
    named = styles(
        style("Hidden", run="<w:vanish/>"),
        style("HiddenRun", run="<w:vanish/>", kind="character"),
        style("Heir", based_on="HiddenRun", kind="character"),
    )
    heir = '<w:rStyle w:val="Heir"/>'
    found = _read(
        p("甲", r("乙", heir), r("丙", f'{heir}<w:vanish w:val="false"/>')),
        p("丁", r("戊", heir), style="Hidden"),
        "己",
        named=named,
    )
    assert list(found.lines) == ["甲丙", "戊己"]  # a style over a style that hides shows again
    assert _dropped(found) == [("乙", "hidden", 1), ("丁", "hidden", 2)]


def test_a_hidden_mark_runs_two_paragraphs_together() -> None:
    assert _lines(p("第一条 ", mark="<w:specVanish/><w:vanish/>"), p("甲。")) == ["第一条 甲。"]
    assert _lines(p(r("藏", "<w:vanish/>"), mark="<w:vanish/>"), p("甲。")) == ["甲。"]


def test_words_with_a_line_through_them_are_listed_and_told() -> None:
    data = docx(
        "某市条例", p("第一条 ", r("应当", "<w:strike/>"), r("须", "<w:dstrike/>"), "可以甲。")
    )
    found = word(data, "a.docx")
    assert found.lines[1] == "第一条 可以甲。"
    assert _dropped(found) == [("应当须", "struck-out", 2)]
    assert "struck-out-text" in {one.code for one in read_source(data, name="a").problems}


def test_raised_and_lowered_signs_keep_their_place() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    found = _read(p("3m", r("2", up), "，CO", r("2", down), "，第1", r("（注）", up)))
    assert list(found.lines) == ["3m²，CO₂，第1（注）"]
    assert found.rewrites == {"raised": 2}


def test_of_a_field_the_result_is_text_and_the_code_is_listed() -> None:
    def mark(kind: str) -> str:
        return _run(f'<w:fldChar w:fldCharType="{kind}"/>')

    code = _run("<w:instrText> INCLUDETEXT </w:instrText>") + _run(
        "<w:instrText>甲.txt</w:instrText>"
    )
    inner = mark("begin") + _run("<w:instrText>PAGE</w:instrText>") + mark("end")
    found = _read(
        p(
            "见",
            mark("begin"),
            code,
            r("藏"),
            inner,
            mark("separate"),
            r("第三条"),
            mark("end"),
            "。",
        )
    )
    assert list(found.lines) == ["见第三条。"]
    assert {one.reason for one in found.dropped} == {"field-code"}
    assert "甲.txt" in "".join(one.text for one in found.dropped)
    assert "藏" in "".join(one.text for one in found.dropped)
    simple = _read(p(f'<w:fldSimple w:instr=" DDE 程序 ">{r("甲")}</w:fldSimple>'))
    assert list(simple.lines) == ["甲"]
    assert _dropped(simple) == [("DDE 程序", "field-code", 1)]


def test_a_field_over_several_paragraphs_and_one_without_an_end() -> None:
    begin = _run('<w:fldChar w:fldCharType="begin"/>')
    between = _run('<w:fldChar w:fldCharType="separate"/>')
    toc = p(begin, _run("<w:instrText>TOC</w:instrText>"), between, r("第一章"))
    end = p(_run('<w:fldChar w:fldCharType="end"/>'), "第二章")
    assert _lines(toc, p("第一节"), end) == ["第一章", "第一节", "第二章"]
    found = _read(p("甲。", begin, _run("<w:instrText>REF 乙</w:instrText>"), r("丙")))
    assert list(found.lines) == ["甲。"]
    assert sorted(one.text for one in found.dropped) == ["REF 乙", "丙"]


def test_entries_of_a_contents_page_are_no_rows_of_a_table() -> None:
    def entry(title: str, page: str, style: str = "") -> str:
        return p(r(title), _run("<w:tab/>"), r(page), style=style)

    begin = _run('<w:fldChar w:fldCharType="begin"/>') + _run("<w:instrText> TOC \\o</w:instrText>")
    between = _run('<w:fldChar w:fldCharType="separate"/>')
    end = p(_run('<w:fldChar w:fldCharType="end"/>'))
    field = [
        p(begin, between, r("目录")),
        entry("第一章 总则", "1"),
        entry("第二章 附则", "2"),
        end,
    ]
    by_style = ["目录", entry("第一章 总则", "1", "10"), entry("第二章 附则", "2", "10")]
    named = styles('<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>')
    text = ["第一章 总则", "第一条 为了甲。", "第二章 附则", "第二条 本条例自2024年1月1日起施行。"]
    for contents in (field, by_style):
        data = docx("某市条例", *contents, *text, named=named)
        assert "第一章 总则 1" in word(data, "a").lines
        document = read_source(data, name="a")
        assert len(document.law.body) == 2
        assert "contents-differ" not in {one.code for one in document.problems}


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    inside = f"<w:txbxContent>{p('征求意见稿')}{p('内部')}</w:txbxContent>"
    shape = f"<w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    for form in (both, shape, old):
        found = _read(p(_run(form), "甲。"), "乙。")
        assert list(found.lines) == ["甲。", "征求意见稿", "内部", "乙。"]
        assert found.dropped == []
        assert _codes(found) == ["text-box"]


def test_words_for_old_programs_only_are_listed() -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="x">{r("甲")}</mc:Choice>'
        f"<mc:Fallback>{r('乙')}</mc:Fallback></mc:AlternateContent>"
    )
    found = _read(p(both, "丙"))
    assert list(found.lines) == ["甲丙"]
    assert _dropped(found) == [("乙", "alternate", 1)]


def test_a_text_box_in_a_paragraph_whose_mark_is_hidden_stays_apart() -> None:
    box = f"<w:pict><w:txbxContent>{p('旁注')}</w:txbxContent></w:pict>"
    assert _lines(p("甲，", _run(box), mark="<w:vanish/>"), p("乙。")) == ["旁注", "甲，乙。"]


def test_pictures_formulas_and_objects_are_told() -> None:
    picture = '<w:drawing><a:graphic><a:blip r:embed="rId5"/></a:graphic></w:drawing>'
    found = _read("甲。", p(_run(picture)), p(_run('<w:pict><v:imagedata r:id="rId6"/></w:pict>')))
    assert [(one.code, one.line) for one in found.problems] == [("picture-left-out", 2)]
    assert "2 处" in found.problems[0].message
    over, under = ("<m:r><m:t>a</m:t></m:r>", "<m:r><m:t>b</m:t></m:r>")
    formula = f"<m:oMath><m:f><m:num>{over}</m:num><m:den>{under}</m:den></m:f></m:oMath>"
    found = _read(p("费用为", formula, "。"))
    assert list(found.lines) == ["费用为ab。"]
    assert _codes(found) == ["formula-in-text"]
    assert _codes(_read("甲。", p(_run("<w:object/>")))) == ["embedded-left-out"]
    assert _codes(_read("甲。", '<w:altChunk r:id="rId7"/>')) == ["embedded-left-out"]
    assert _codes(_read("甲。", p('<w:subDoc r:id="rId8"/>'))) == ["embedded-left-out"]


def test_words_inside_drawings_are_listed() -> None:
    drawn = "<w:drawing><a:p><a:r><a:t>流程</a:t></a:r></a:p></w:drawing>"
    found = _read(p("甲。", _run(drawn)))
    assert _dropped(found) == [("流程", "picture", 1)]
    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    chart = f"<c:chartSpace {space}><c:v>产值</c:v></c:chartSpace>"
    found = _read("甲。", parts={"charts/chart1": ("chart", chart)})
    assert _dropped(found) == [("产值", "picture", 1)]


def test_watermarks_and_letters_drawn_are_listed() -> None:
    def art(words: str) -> str:
        return p(_run(f'<w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict>'))

    head = _part("hdr", art("内部资料"))
    found = _read(
        "甲。", art("草案"), parts={"header1": ("header", head), "header2": ("header", head)}
    )
    assert [line for line in found.lines if line] == ["甲。"]
    assert _dropped(found) == [("草案", "word-art", 2), ("内部资料", "word-art", 1)]
    data = docx("甲。", art("草案"), parts={"header1": ("header", head)})
    assert {"草案", "内部资料"} <= set(words(data, "draft.docx"))


def test_a_formula_is_counted_once_however_many_signs_it_has() -> None:
    signs = "".join(f"<m:r><m:t>{sign}</m:t></m:r>" for sign in "xyz")
    found = _read(p("甲", f"<m:oMath>{signs}</m:oMath>", "，", f"<m:oMath>{signs}</m:oMath>"))
    assert list(found.lines) == ["甲xyz，xyz"]
    assert "2 处公式" in found.problems[0].message


def test_notes_and_comments_stand_with_the_line_that_refers_to_them() -> None:
    notes = _part(
        "footnotes",
        f'<w:footnote w:id="2">{p("注甲。")}{p("注乙。")}</w:footnote>',
    )
    ends = _part("endnotes", f'<w:endnote w:id="2">{p("尾注。")}</w:endnote>')
    comments = _part("comments", f'<w:comment w:id="0">{p("批注。")}</w:comment>')
    found = _read(
        "甲。",
        p("乙", _run('<w:footnoteReference w:id="2"/>'), "。"),
        p("丙", _run('<w:endnoteReference w:id="2"/>'), _run('<w:commentReference w:id="0"/>')),
        parts={
            "footnotes": ("footnotes", notes),
            "endnotes": ("endnotes", ends),
            "comments": ("comments", comments),
        },
    )
    assert list(found.lines) == ["甲。", "乙。", "丙"]
    assert _dropped(found) == [
        ("注甲。", "footnote", 2), ("注乙。", "footnote", 2), ("尾注。", "footnote", 3),
        ("批注。", "comment", 3),
    ]  # fmt: skip


def test_headers_and_footers_are_listed_once() -> None:
    head = _part("hdr", p("某市人大常委会文件"))
    foot = _part("ftr", p("第", _run("<w:instrText>PAGE</w:instrText>"), "页"))
    found = _read(
        "甲。",
        parts={
            "header1": ("header", head),
            "header2": ("header", head),
            "footer1": ("footer", foot),
        },
    )
    assert _dropped(found) == [("某市人大常委会文件", "page-header", 1), ("第页", "page-footer", 1)]


def test_building_blocks_are_listed() -> None:
    blocks = _part("glossaryDocument", p("单击此处输入文字"))
    found = _read("甲。", parts={"glossary/document": ("glossaryDocument", blocks)})
    assert _dropped(found) == [("单击此处输入文字", "glossary", 1)]


def test_rows_of_tables_are_lines_and_marks_alone_in_a_cell_are_marks() -> None:
    assert _lines(table(row("类别", "限值"), row("氨", "9"))) == ["类别｜限值", "氨｜9"]
    assert _lines(table(row("第二条", "乙。"))) == ["第二条 乙。"]
    assert _lines(table(row("第三条", "罚款", "一万元"))) == ["第三条 罚款｜一万元"]
    wide = cell("价格", properties='<w:gridSpan w:val="2"/>')
    assert _lines(table(row("类别", wide), row("", "冬", "夏"))) == ["类别｜价格", "｜冬｜夏"]
    tall = cell("甲", properties='<w:vMerge w:val="restart"/>')
    below = cell(properties="<w:vMerge/>")
    assert _lines(table(row(tall, "乙"), row(below, "丙"))) == ["甲｜乙", "｜丙"]
    assert _lines(table(row("甲", properties='<w:gridBefore w:val="1"/>'))) == ["｜甲"]
    assert _lines(table(row(cell("甲", "乙"), "丙"))) == ["甲 乙｜丙"]


def test_a_table_that_lays_out_the_text_gives_its_paragraphs() -> None:
    long = "第一条 " + "甲" * 401
    assert _lines(table(row(cell(long, "第二条 乙。"), "旁"))) == [long, "第二条 乙。", "旁"]
    nested = table(row(cell(p("甲。"), table(row("乙", "丙")), p("丁。"))))
    assert _lines(nested) == ["甲。", "乙｜丙", "丁。"]
    forms = table(*(row(f"第{n}条 甲。", "我要提意见") for n in "一二三"))
    assert _lines(forms)[:2] == ["第一条 甲。", "我要提意见"]


def test_a_hidden_row_is_listed_with_the_line_it_stood_at() -> None:
    found = _read("甲。", table(row("乙", "丙"), row("丁", properties="<w:hidden/>")), "戊。")
    assert list(found.lines) == ["甲。", "乙｜丙", "戊。"]
    assert _dropped(found) == [("丁", "hidden", 3)]


def test_what_stands_around_the_body_of_a_file_with_macros_is_never_run() -> None:
    data = docx("甲。", **{"word/vbaProject.bin": b"\x00Sub AutoOpen()"})
    assert list(word(data, "a.docm").lines) == ["甲。"]


def test_what_a_file_names_outside_itself_is_not_fetched() -> None:
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="http://localhost:1/numbering.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"/>'
        '<Relationship Id="rId2" Target="../../../../a system file" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/>'
        "</Relationships>"
    )
    data = docx("甲。", **{"word/_rels/document.xml.rels": outside})
    assert list(word(data, "a.docx").lines) == ["甲。"]


def test_empty_paragraphs_are_empty_lines() -> None:
    assert _lines("甲。", p(), "乙。") == ["甲。", "", "乙。"]
    assert W in NS
