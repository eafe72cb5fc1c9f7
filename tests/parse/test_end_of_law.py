"""Where the law ends: words of a web page end it only where they cannot be words of law."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.parse.conftest import account, han
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import Severity
from tracker.parse import canonical
from tracker.parse.document import Document

ARTICLES = "示例条例（草案）\n第一条　甲。\n第二条　申请人应当登记。\n"
OUTLINE = "关于示例工作的意见\n一、总体要求\n甲。\n二、主要任务\n乙。\n"


@pytest.mark.parametrize(
    "line",
    [
        "提交虚假材料的，处五万元罚款。",
        "关闭不符合产业政策的小煤矿",
        "分享改革成果，实现共同富裕；",
        "打印机等办公设备应当统一采购。",
        "关注弱势群体的就业需求",
        "点击率造假的，责令改正。",
        "关于资金来源的说明",
    ],
)
def test_a_line_of_law_that_looks_like_a_page_is_kept(
    line: str, read: Callable[[str], Document]
) -> None:
    for text in (f"{ARTICLES}{line}\n", f"{OUTLINE}{line}\n三、保障措施\n丙。\n"):
        document = read(text)
        assert line in canonical.write(document.law)
        assert account(document) == han(text)


def test_a_form_in_an_annex_does_not_end_the_law(read: Callable[[str], Document]) -> None:
    text = ARTICLES + "附件一　作品登记申请表\n名称\n作者：\n提交\n附件二　收费标准\n每件一百元。\n"
    written = canonical.write(read(text).law)
    assert "作者：" in written
    assert "附件二　收费标准\n每件一百元。" in written


def test_a_list_of_papers_may_name_a_statement(read: Callable[[str], Document]) -> None:
    text = ARTICLES + "提交下列材料：\n关于资金来源的说明\n身份证明。\n"
    assert "身份证明。" in canonical.write(read(text).law)


@pytest.mark.parametrize(
    "line",
    ["打印本页", "【打印】【关闭】", "关闭窗口", "分享到：", "上一篇：某通知", "相关文章：",
     "责任编辑：某人", "扫一扫在手机打开当前页", "版权所有：某市人民政府", "粤ICP备00000000号"],
)  # fmt: skip
def test_furniture_still_ends_the_law(line: str, read: Callable[[str], Document]) -> None:
    document = read(f"{ARTICLES}{line}\n")
    assert [d.text for d in document.ledger.dropped] == [line]


def test_the_contents_of_an_annex_are_no_contents_page(read: Callable[[str], Document]) -> None:
    text = ARTICLES + "附件　示范文本\n目录\n第一章　总则\n第二章　罚则\n"
    document = read(text)
    assert "目录" in canonical.write(document.law)
    assert document.ledger.dropped == ()


@pytest.mark.parametrize("words", ["每年×月×日前报告", "当年×月×日", "上年 月 日", "次年×月×日"])
def test_a_counted_year_is_no_open_date(words: str, read: Callable[[str], Document]) -> None:
    written = canonical.write(read(f"示例条例\n第一条　于{words}。\n第二条　乙。\n").law)
    assert "××××" not in written


def test_an_open_date_is_still_found(read: Callable[[str], Document]) -> None:
    for year in ("", " ", "20  ", "20", "202 ", "20__", "××××"):
        text = f"示例条例\n第一条　自{year}年 月 日起施行。\n第二条　乙。\n"
        assert "自××××年×月×日起" in canonical.write(read(text).law), year


@pytest.mark.parametrize(
    "text",
    [
        "示例条例\n第一条　甲<乙。\n第二条　丙**丁。\n".replace("\n", "\r\n"),
        "示例条例\r\n\r\n第一条　甲**乙。\r\n\r\n第二条　丙__丁。\r\n",
        "示例条例\n第一条　甲**乙。\n第二条　丙__丁。\n",
    ],
)
def test_only_a_body_makes_canonical_text(text: str, read: Callable[[str], Document]) -> None:
    assert len(read(text).law.articles()) == 2


def test_a_page_that_begins_with_a_blank_is_a_page(read: Callable[[str], Document]) -> None:
    text = "\n <div><p>示例条例</p><p>第一条 甲。</p><p>第二条 乙。</p></div>"
    document = read(text)
    assert document.format.startswith("html")
    assert len(document.law.articles()) == 2


@pytest.mark.parametrize("mark", ["附表一", "附表1", "附录A", "附图", "附表"])
@pytest.mark.parametrize("gap", [" ", "\u3000"])
def test_an_annex_under_another_name_is_no_part_of_the_last_article(
    mark: str, gap: str, read: Callable[[str], Document]
) -> None:
    document = read(f"{ARTICLES}{mark}{gap}禁止饲养的犬只\n藏獒\n")
    written = canonical.write(document.law)
    assert written.endswith(f"\n\n{mark}\u3000禁止饲养的犬只\n藏獒\n")
    assert canonical.read(written) == document.law


@pytest.mark.parametrize(
    "line",
    ["[^1]: 脚注。", "[1] 见第三条。", "①犬只包括幼犬。", "注：以上包括本数。", "1\t藏獒\t3"],
)
def test_a_note_below_the_last_article_is_told(line: str, read: Callable[[str], Document]) -> None:
    found = [p for p in read(f"{ARTICLES}{line}\n").problems if p.code == "note-in-last-article"]
    assert [p.line for p in found] == [4]


def test_a_second_law_in_a_source_is_called_one(read: Callable[[str], Document]) -> None:
    document = read(f"{ARTICLES}停车条例\n第一条　甲。\n第二条　乙。\n")
    (found,) = [p for p in document.problems if p.code == "heading-like-line"]
    assert "另一部法规" in found.message


def test_a_text_without_line_ends_is_no_law_in_silence(read: Callable[[str], Document]) -> None:
    text = "某市停车办法\n第一章 总则 第一条 为了甲，制定本办法。 第二条 本办法适用于乙。\n"
    document = read(text)
    assert len(document.law.articles()) == 2
    told = [p.message for p in document.problems if p.code == "run-in-articles"]
    assert told == ["第一条至第二条在来源中接在“第一章 总则”的同一行里，已按条号分开"]
    glued = "某市停车办法 第一条 为了甲，制定本办法。 第二条 本办法适用于乙。\n第三章\n"
    assert "empty-law" in {p.code for p in read(glued).problems}


def test_a_page_number_out_of_its_row_is_told(read: Callable[[str], Document]) -> None:
    text = "某市办法\n第一条　甲。\n- 1 -\n第二条　乙应当\n第1页 共2页\n丙。\n第三条　丁。\n"
    found = [p for p in read(text).problems if p.code == "page-like-line"]
    assert [p.line for p in found] == [5]


def test_a_contents_page_with_spaced_dots_is_the_same(read: Callable[[str], Document]) -> None:
    listed = "目录\n第一章 总则 …… 1\n第二章 附则 …… 3\n"
    text = f"某市办法\n{listed}第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    assert "contents-differ" not in {p.code for p in read(text).problems}


def test_a_decision_that_cites_two_articles_has_text_enough(
    read: Callable[[str], Document],
) -> None:
    text = "某院关于修改解释的决定\n《解释》第一条第一款和第二条第二款的数额标准不再适用。\n"
    found = {p.code: p.severity for p in read(text).problems}
    assert "empty-law" not in found
    assert found["no-articles"] is Severity.INFO  # so it is kept, and told


def test_an_outline_is_no_text_without_articles(read: Callable[[str], Document]) -> None:
    text = "某市实施方案\n一、总体要求\n坚持统筹推进。\n二、重点任务\n建设路灯。\n"
    assert "no-articles" not in {p.code for p in read(text).problems}


FORM = "附件\n行政处罚决定书\n当事人：\n抄送：同级人民检察院\n"
SENTENCE = "罚款应当自收到决定书之日起十五日内缴纳。\n"
FOOT = "抄送：市委各部门，\n市人大常委会办公厅。\n某市人民政府办公室 2024年3月1日印发\n"


@pytest.mark.parametrize("below", ["", SENTENCE, "附件二\n听证告知书\n抄送：某机关\n"])
def test_a_form_in_an_annex_may_say_who_gets_a_copy(
    below: str, read: Callable[[str], Document]
) -> None:
    document = read(ARTICLES + FORM + below)
    assert document.ledger.dropped == ()
    assert account(document) == han(ARTICLES + FORM + below)


def test_a_sentence_below_a_foot_makes_it_text(read: Callable[[str], Document]) -> None:
    document = read(ARTICLES + FOOT + SENTENCE)
    assert document.ledger.dropped == ()


@pytest.mark.parametrize("above", ["", FORM, FORM + SENTENCE])
def test_a_foot_is_left_out_and_told(above: str, read: Callable[[str], Document]) -> None:
    document = read(ARTICLES + above + FOOT + "打印本页\n")
    reasons = [d.reason for d in document.ledger.dropped]
    foot = reasons[:-1]
    assert set(foot) == {"imprint"}
    assert reasons[-1] == "page-furniture"
    told = [p for p in document.problems if p.code == "text-left-out"]
    assert [p.message.split("是")[0] for p in told] == [f"文末 {len(foot)} 行"]


LISTED = "附件一：收费标准\n附件二：减免名单\n附件三：实施合同\n"


def test_a_list_of_annexes_is_left_out_though_one_does_not_follow(
    read: Callable[[str], Document],
) -> None:
    text = ARTICLES + LISTED + "附件一：收费标准\n小车五元。\n附件三\n实施合同\n甲方。\n"
    document = read(text)
    annexes = [p.number for p in document.law.body if p.unit is Unit.ANNEX]
    assert annexes == [Number(1), Number(3)]
    assert [d.reason for d in document.ledger.dropped] == ["contents"] * 3
    told = [p for p in document.problems if p.code == "contents-differ"]
    assert [(p.line, "减免名单" in p.message) for p in told] == [(4, True)]
    assert account(document) == han(text)


def test_annexes_by_other_names_make_no_list(read: Callable[[str], Document]) -> None:
    document = read(ARTICLES + LISTED + "附件一：停车场目录\n小车五元。\n")
    assert document.ledger.dropped == ()
    told = [p.message for p in document.problems if p.code == "repeated-number"]
    assert told == ["附件一出现了不止一次"]


def test_below_a_list_of_annexes_that_are_not_there_stands_who_signs(
    read: Callable[[str], Document],
) -> None:
    source = (
        "示例局关于示例事项的公告\n现将有关事项公告如下：\n一、甲。\n二、乙。\n特此公告。\n"
        "附件：1.申报表\n2.填表说明\n示例局\n2025年3月20日\n"
    )
    document = read(source)
    signed = [d.text for d in document.ledger.dropped if d.reason == "signature"]
    assert signed == ["示例局", "2025年3月20日"]
    assert document.law.body[-1].unit is Unit.ANNEX
    assert document.facts.dates.published is not None
    assert account(document) == han(source)


def test_below_the_name_of_the_only_annex_stands_who_signs(
    read: Callable[[str], Document],
) -> None:
    document = read(f"{OUTLINE}附件：任务分工表\n示例市人民政府\n2025年4月1日\n")
    signed = [d.text for d in document.ledger.dropped if d.reason == "signature"]
    assert signed == ["示例市人民政府", "2025年4月1日"]
    assert document.law.body[-1].caption == "任务分工表"


def test_who_signs_a_form_in_an_annex_stays_in_it(read: Callable[[str], Document]) -> None:
    source = f"{ARTICLES}\n附件：承诺书\n本单位承诺如下。\n示例局\n2025年3月20日\n"
    document = read(source)
    assert not [d for d in document.ledger.dropped if d.reason == "signature"]


@pytest.mark.parametrize(
    "called",
    [
        "公开征求意见时间：2025年1月1日至2025年1月31日\n联系人：张某，联系电话：010-1234",
        "怎么提意见？\n请于2025年3月31日前将意见发送至a@example.cn。",
        "公众可以通过以下方式提出意见：\n电子邮箱：a@example.cn\n示例市司法局\n2025年3月1日",
    ],
)
def test_a_call_for_opinions_below_the_law_is_its_notice(
    called: str, read: Callable[[str], Document]
) -> None:
    source = f"{ARTICLES}第三条　本条例自公布之日起施行。\n{called}\n来源 | 示例人大\n编辑：小李\n"
    document = read(source)
    assert canonical.body(document.law.articles()[-1]) == "本条例自公布之日起施行。"
    assert document.notice is not None
    assert document.notice.text == called
    assert account(document) == han(source)


@pytest.mark.parametrize(
    "line",
    [
        "社会公众的意见应当反馈。\n本条例自2025年1月1日起施行。",
        "（一）对规划草案的意见，应当自2025年1月1日起三十日内反馈；\n（二）乙。",
        "意见反馈期限不少于三十日。",
    ],
)
def test_a_provision_about_opinions_is_law(line: str, read: Callable[[str], Document]) -> None:
    document = read(f"{ARTICLES}第三条　应当听取意见。\n{line}\n")
    assert document.notice is None
    assert line.splitlines()[0] in canonical.write(document.law)


def test_a_file_to_be_fetched_below_the_law_is_no_text_of_it(
    read: Callable[[str], Document],
) -> None:
    document = read(f"{ARTICLES}附件｜示例条例.pdf\n")
    assert ".pdf" not in canonical.write(document.law)
    assert [d.text for d in document.ledger.dropped] == ["附件｜示例条例.pdf"]
