"""Each rule of the ledger, from the bytes of a source to canonical text; and what none touches."""

from __future__ import annotations

import pytest

from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.labels import RULE_LABELS
from tracker.parse.reading import read_source
from tracker.parse.rewriting import rewrite_places

HEAD = "示例市示例条例\n\n第一条　为了示例，制定本条例。\n\n"


def text(article: str) -> bytes:
    return f"{HEAD}第二条　{article}\n".encode()


def page(article: str, encoding: str = "utf-8") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in HEAD.split("\n\n"))
    charset = "gb2312" if encoding != "utf-8" else encoding
    return (
        f'<html><head><meta charset="{charset}"></head><body>{body}'
        f"<p>第二条　{article}</p></body></html>"
    ).encode(encoding)


QUESTIONNAIRE = """示例市示例条例（草案）
征求意见
第一条 为了规范示例活动，制定本条例。 本市行政区域适用本条例。
对第一条的意见
第二条 在本市从事示例活动，适用本条例。
对第二条的意见
第三条 市示例部门负责示例工作。
对第三条的意见
"""
ROW = "为了维护社会治安秩序保障公共安全保护公民法人和其他组织的合法"
WRAPPED = "示例法\n" + "".join(
    f"第{n}条　{ROW}\n权益规范和保障执法。\n" for n in "一二三四五六七八九"
)

CASES = [
    ("zero-width", text("数\u200b据\ufeff。"), "第二条　数据。", 2),
    ("zero-width", page("数&#8203;据&shy;。"), "第二条　数据。", 2),
    ("variation-selector", text("数\ufe0f据\U000e0100。"), "第二条　数据。", 2),
    ("radical", text("\u2f47\u2ea0\u6709。"), "第二条　日民有。", 2),
    ("radical", page("&#x2F00;&#x2EC5;。"), "第二条　一见。", 2),
    ("composed", text("\uf900在。"), "第二条　\u8c48在。", 1),
    ("composed", text("cafe\u0301馆。"), "第二条　caf\u00e9馆。", 1),
    ("table-column", text("标准如下：\n氨\t9.09\t千克"), "\n氨｜9.09｜千克", 2),
    ("margin", f"{HEAD}　　第二条　数据。\n".encode(), "\n第二条　数据。", 2),
    ("other-space", page("A&nbsp;B 型。"), "第二条　A B型。", 1),
    ("other-space", text("数\u2003据。"), "第二条　数据。", 1),
    ("run-of-spaces", text("A   B型。"), "第二条　A B型。", 2),
    ("open-date", text("本条例自  年  月  日起施行。"), "本条例自××××年×月×日起施行。", 1),
    ("open-date", text("本条例自20××年×月×日起施行。"), "本条例自××××年×月×日起施行。", 1),
    ("year-range", text("规划期为2021-2023年。"), "规划期为2021—2023年。", 1),
    ("heading-number", f"{HEAD}第2条　数据。\n".encode(), "\n第二条　数据。", 1),
    ("heading-number", f"{HEAD}第二条　甲。\n\n附件1：表\n".encode(), "\n附件一　表", 1),
    ("heading-space", f"{HEAD}第二条 数据。\n".encode(), "\n第二条　数据。", 1),
    ("title-mark", text("依照 «刑法»、«ISO 9001»处罚。"), "依照《刑法》、《ISO 9001》处罚。", 4),
    ("title-mark", page("依照&laquo;刑法&raquo;处罚。"), "依照《刑法》处罚。", 2),
    ("full-stop", text("数据."), "第二条　数据。", 1),
    ("full-stop", page("数据．"), "第二条　数据。", 1),
    ("full-stop", "示例条例\n第一条 数据. 信息.\n（一）甲类.\n（二）乙类.\n".encode(),
     "第一条　数据。信息。", 4),
    ("width", text("数据(信息),见:表;是?是!"), "数据（信息），见：表；是？是！", 7),
    ("width", text("数据(信息)。").decode().encode("gb18030"), "数据（信息）。", 2),
    ("space", text("共 3 项 数据。"), "共3项数据。", 3),
    ("caption", text("数据。").replace("　数据".encode(), "　〖范围〗数据".encode()),
     "第二条　【范围】数据。", 1),
    ("line-join", WRAPPED.encode(), f"第九条　{ROW}权益规范和保障执法。", 9),
    ("line-end", QUESTIONNAIRE.encode(), "制定本条例。\n本市行政区域适用本条例。", 1),
    ("list-mark", text("包括：\n（一）甲：\n1.乙；\n2.丙。"), "\n1．乙；\n2．丙。", 2),
    ("markdown", "# 示例条例\n\n**第一条** 为了示例。\n".encode(), "第一条　为了示例。", 2),
    ("list-number", page("包括：<ol><li>甲；</li><li>乙。</li></ol>"), "\n1．甲；\n2．乙。", 2),
    ("raised", page("面积为5m<sup>2</sup>、CO<sub>2</sub>。"), "面积为5m²、CO₂。", 2),
    ("newline", text("数据。").replace(b"\n", b"\r\n"), "第二条　数据。", 5),
    ("newline", text("数据：\x0b（一）信息。\n\x0c第三条　乙。"), "数据：\n（一）信息。\n\n第", 2),
    ("newline", text("数据。\u2028信息。"), "数据。\n信息。", 1),
    ("encoding", text("数据——信息·平台。").decode().encode("gb18030"), "数据——信息·平台。", 1),
    ("encoding", page("数据——信息·平台。", "gb18030"), "数据——信息·平台。", 1),
]  # fmt: skip


def read(data: bytes) -> tuple[Document, str]:
    document = read_source(data, name="source")
    return document, canonical.write(document.law)


@pytest.mark.parametrize(("code", "data", "wanted", "count"), CASES)
def test_a_rule_takes_the_bytes_of_a_source_to_canonical_text_and_counts(
    code: str, data: bytes, wanted: str, count: int
) -> None:
    document, written = read(data)
    assert wanted in written
    assert dict(document.ledger.rewrites)[code] == count
    again, same = read(written.encode())
    assert same == written
    assert again.ledger.rewrites == ()


def test_every_rule_that_has_a_label_is_tried_by_a_case() -> None:
    assert {case[0] for case in CASES} == set(RULE_LABELS)


@pytest.mark.parametrize(
    "words",
    [
        "联系邮箱：abc.def@example.cn，电话：010-12345678转8001。",
        "见https://example.cn/a,b;c(d)?x=1&y=2#z网站。",
        "浓度不超过0.5‰，误差±0.5%，温度37.5℃，比例1:3，时间8:30。",
        "期限为3—5日，距离３～５米，第3—5项。",
        "二〇二一年、二○二一年。",
        "让·雅克和迪丽热巴·迪力木拉提签名。",
        "①一级②二级⑴甲⒈乙㈠丙Ⅲ级。",
        "H₂O、m²、㎡、PM2.5、10 mg/kg、№5。",
        "按照Q = Σ(qi × ti) / T计算，f(x)=x+1, g(y)=2。",
        "适用世界贸易组织（World Trade Organization, WTO）规则。",
        "依照“The Law (2021), Art. 5; Section 3”办理。",
        "符合GB/T 15834-2011、GB 2012-2018年版、ISO 9001:2015。",
        "法发〔2009〕62号、国发[2010]5号。",
        "处1,900元罚款，￥100、€5。",
        "甲...乙……丙——丁--戊，“甲”‘乙’《丙〈丁〉》。",
        "％、％20、１２３、ＡＢＣ。",
        "﹝甲﹞︵乙︶ﬁ½㎏。",
    ],
)
def test_what_is_no_matter_of_width_or_space_stays_as_printed(words: str) -> None:
    document, written = read(text(words))
    assert f"第二条　{words}\n" in written
    assert document.ledger.rewrites == ()


def test_a_bracket_behind_a_web_address_belongs_to_the_sentence() -> None:
    assert "见www.example.cn（官网）。" in read(text("见www.example.cn(官网)。"))[1]


def test_gb2312_is_read_as_gb18030_whatever_a_page_says() -> None:
    same = [read(page("数据——信息·平台。", encoding))[1] for encoding in ("utf-8", "gb18030")]
    assert same[0] == same[1]


def test_the_places_of_a_rewrite_are_lines_of_the_file() -> None:
    data = "示例条例(草案)\n\n第一条 为了 A，\n（一）甲;\n（二）乙。\n".encode()
    assert rewrite_places(data, name="a.txt") == {
        "heading-space": (3,), "width": (1, 4), "space": (3,)
    }  # fmt: skip


def test_the_places_and_the_ledger_name_the_same_rules() -> None:
    for code, data, _, _ in CASES:
        ledger = dict(read_source(data, name="source").ledger.rewrites)
        places = rewrite_places(data, name="source")
        assert set(places) <= set(ledger), code
        assert code not in places or places[code], code


@pytest.mark.parametrize(
    ("source", "code", "count", "lines"),
    [
        ("示例条例\n第一条　甲。\n第二条　乙\u3000丙。\n第三条 丁。\n", "other-space", 1, (3,)),
        ("示例条例\n第一条　甲。\n第二条　乙\u3000丙。\n第三条 丁。\n", "heading-space", 1, (4,)),
        ("示例条例\n第一条 \uf900甲\uf900。\n第二条 \uf900乙。\n", "composed", 3, (2, 3)),
        ("示例条例\n第一条\t甲：\n氨\t9\t千克\n第二条\t乙。\n", "table-column", 2, (3,)),
        ("示例条例\n第 一 条 甲。\n第2条 乙。\n", "heading-number", 1, (3,)),
    ],
)
def test_how_often_and_in_which_lines_say_the_same(
    source: str, code: str, count: int, lines: tuple[int, ...]
) -> None:
    ledger = dict(read_source(source.encode(), name="source").ledger.rewrites)
    assert (ledger[code], rewrite_places(source.encode(), name="source")[code]) == (count, lines)


def test_no_rule_names_more_lines_than_it_counts() -> None:
    for code, data, _, _ in CASES:
        ledger = dict(read_source(data, name="source").ledger.rewrites)
        places = rewrite_places(data, name="source")
        assert all(len(lines) <= ledger[rule] for rule, lines in places.items()), code
