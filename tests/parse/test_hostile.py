"""Hostile text: odd characters are refused, mapped, removed or kept; limits are errors."""

from __future__ import annotations

import unicodedata

import pytest

from tests.long.fuzz_parse import inputs, outcome
from tracker.law.numbering import write_numeral
from tracker.law.problems import TrackerError
from tracker.parse import reading
from tracker.parse.document import Place
from tracker.parse.extract import decode
from tracker.parse.normalise.radicals import RADICALS
from tracker.parse.normalise.rules import normalise
from tracker.parse.reading import read_source

LAW = "示例条例\n第一条 甲。\n第二条 乙。\n"
EVERY = [chr(point) for point in range(0x110000)]


def at(index: int) -> Place:
    return Place(index + 1)


def is_refused(char: str) -> bool:
    try:
        normalise([f"甲{char}乙"], at)
    except TrackerError as error:
        return error.code == "control-character"
    return False


def is_removed(char: str) -> bool:
    done = normalise([f"甲{char}乙"], at)
    return done.lines == ["甲乙"] and sum(done.rewrites.values()) == 1


def test_every_format_character_is_refused_or_removed_and_counted() -> None:
    formats = [char for char in EVERY if unicodedata.category(char) == "Cf"]
    assert len(formats) >= 163
    assert [hex(ord(c)) for c in formats if not is_refused(c) and not is_removed(c)] == []


def test_controls_surrogates_noncharacters_and_separators_are_refused() -> None:
    bad = [c for c in EVERY if unicodedata.category(c) in ("Cs", "Zl", "Zp")][::97]
    bad += [c for c in EVERY if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    bad += [c for c in EVERY if ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF]
    bad += [chr(point) for point in range(0xE0000, 0xE0080)] + ["\u2028", "\u2029"]
    bad += [chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    assert [hex(ord(c)) for c in bad if not is_refused(c)] == []


def test_a_refused_character_is_named_by_line_column_and_code_point() -> None:
    with pytest.raises(TrackerError, match=r"第 2 行第 6 列.*U\+E0041"):
        read_source("示例条例\n第一条 甲\U000e0041。\n".encode(), name="x")


def test_328_of_329_radicals_become_ideographs() -> None:
    points = [*range(0x2E80, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)]
    assert len(points) == 329
    kept = [hex(p) for p in points if normalise([chr(p)], at).lines == [chr(p)]]
    assert kept == ["0x2e80"]
    assert all(RADICALS[chr(p)][0] >= "\u4e00" or ord(RADICALS[chr(p)]) > 0x33FF
               for p in points if p != 0x2E80)  # fmt: skip


def test_compatibility_ideographs_become_nfc_and_the_twelve_unified_ones_stay() -> None:
    points = [
        p for p in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
        if unicodedata.category(chr(p)) == "Lo" and "CJK COMP" in unicodedata.name(chr(p), "")
    ]  # fmt: skip
    assert len(points) == 1014
    kept = [p for p in points if normalise([chr(p)], at).lines == [chr(p)]]
    assert len(kept) == 12
    for point in set(points) - set(kept):
        done = normalise([chr(point)], at)
        assert done.lines == [unicodedata.normalize("NFC", chr(point))]
        assert done.rewrites == {"composed": 1}


def test_variation_selectors_are_removed_and_counted() -> None:
    selectors = [chr(p) for p in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))]
    assert [hex(ord(c)) for c in selectors if not is_removed(c)] == []


def test_private_use_is_kept_and_named() -> None:
    for char in ("\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"):
        done = normalise([f"甲{char}"], at)
        assert done.lines == [f"甲{char}"]
        assert [p.code for p in done.problems] == ["private-use-character"]


# --- encodings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_law_in_another_encoding_is_the_same_law(encoding: str) -> None:
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    document = read_source(bom + LAW.encode(encoding), name="x")
    assert document.law == read_source(LAW.encode(), name="x").law
    assert dict(document.ledger.rewrites)["encoding"] == 1


def test_big5_is_read_where_the_page_declares_it() -> None:
    page = "<html><head><meta charset='big5'></head><body><p>示例條例</p><p>第一條 甲。</p></body>"
    assert read_source(page.encode("big5"), name="x").law.title == "示例條例"


def test_big5_without_a_declaration_is_known_by_its_articles() -> None:
    data = "示例條例\n第一條 為了甲。\n第二條 違反前條規定的，處罰。\n".encode("big5")
    document = read_source(data, name="x")
    assert document.law.title == "示例條例"
    assert len(document.law.articles()) == 2


WRONG = ("iso-8859-1", "windows-1252", "euc-kr", "big5", "utf-16", "unicode_escape", "undefined")


@pytest.mark.parametrize("declared", [*WRONG, "idna", "punycode", "hex", "no-such"])
def test_a_page_that_declares_the_wrong_encoding_is_read_in_the_right_one(declared: str) -> None:
    page = "<html><head><meta charset='{}'></head><body><p>示例条例</p><p>第一条 甲。</p></body>"
    document = read_source(page.format(declared).encode("gb18030"), name="x")
    assert document.law.title == "示例条例"
    assert len(document.law.articles()) == 1


def test_the_line_of_each_comment_of_a_page_is_told_however_many_there_are() -> None:
    lines = 60_000
    page = "<html><body><p>示例条例</p><p>第一条 甲。</p>" + "\n<!--甲-->" * lines
    dropped = read_source(page.encode(), name="x").ledger.dropped
    places = [one.place.line for one in dropped if one.reason == "comment"]
    assert places == list(range(2, lines + 2))


def test_bytes_read_in_the_wrong_encoding_are_an_error_or_a_problem() -> None:
    mojibake = LAW.encode("utf-8").decode("latin-1").encode("utf-8")
    with pytest.raises(TrackerError, match="控制字符"):
        read_source(mojibake, name="x")
    lost = LAW.encode("gbk").decode("utf-8", "replace").encode("utf-8")
    codes = {p.code for p in read_source(lost, name="x").problems}
    assert "replacement-character" in codes


@pytest.mark.parametrize(
    "data", [b"\xc0\xaf" + b"\xff", b"\xed\xa0\x80\xff", "甲".encode() + b"\xff\xfe\x80"]
)
def test_overlong_and_broken_bytes_are_an_error_with_their_offset(data: bytes) -> None:
    with pytest.raises(TrackerError, match="字节"):
        read_source(data, name="x")


# --- limits -------------------------------------------------------------------------------------


def fails(data: bytes) -> str:
    """The message of the error that reading gives, empty where it gives none."""
    try:
        read_source(data, name="x")
    except TrackerError as error:
        return error.message if error.code == "unreadable-source" else error.code
    return ""


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_each_limit_holds_at_its_edge(over: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_CHARACTERS", 1000)
    text = (LAW + "甲。\n" * 400)[: 1000 + over]
    assert ("过长" in fails(text.encode())) is (over > 0)
    monkeypatch.setattr(decode, "LONGEST_LINE", 100)
    line = f"{LAW}{'乙' * (100 + over)}\n"
    assert ("有一行过长" in fails(line.encode())) is (over > 0)
    monkeypatch.setattr(decode, "MOST_LINES", 50)
    assert ("上限为 50 行" in fails((LAW + "甲。\n" * (47 + over)).encode())) is (over > 0)
    page = "<html><body>" + "<p>甲。</p>" * (50 + over)
    assert ("上限为 50 行" in fails(page.encode())) is (over > 0)
    monkeypatch.setattr(decode, "MOST_LINES", 300_000)
    monkeypatch.setattr(reading, "MOST_ARTICLES", 20)
    monkeypatch.setattr(decode, "LONGEST_LINE", 1_000_000)
    for line in ("第{}条 甲。\n", "第{}章 甲\n", "{}、甲\n"):
        lines = "".join(line.format(write_numeral(n)) for n in range(1, 21 + over))
        assert ("上限为 20 个" in fails(f"示例条例\n{lines}".encode())) is (over > 0)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_the_size_of_a_source_is_limited_in_bytes(
    over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "LARGEST", 1024 * 1024)
    data = LAW.encode()
    data += b"\n" * (1024 * 1024 - len(data) + over)
    assert ("过大" in fails(data)) is (over > 0)


def test_the_limits_are_those_of_the_documents() -> None:
    assert (decode.LARGEST, decode.MOST_CHARACTERS, decode.LONGEST_LINE) == (
        32 * 1024 * 1024, 5_000_000, 1_000_000,
    )  # fmt: skip
    assert reading.MOST_ARTICLES == 100_000


RUNS = {
    "articles in one line": "第一条 甲。" + "".join(f" 第{n}条 乙。" for n in range(2, 9000)),
    "one article over and over": "第一条 甲。" + "。第三条" * 50_000,
    "quotes": "第一条 “甲" + "。第二条乙" * 30_000,
    "citations": "第一条 违反\n" + "第二条规定依照\n" * 20_000,
    "cut lines": "第一条 " + ("甲" * 30 + "\n") * 20_000,
    "pages": "第一条 甲\n" + "".join(f"- {n} -\n乙\n" for n in range(9000)),
    "signers": "第一条 甲。\n" + "某市人民政府\n" * 20_000 + "2020年1月1日",
    "quoted Markdown": "# 一\n" + "> " * 50_000,
    "rows of Markdown": "# 一\n" + "|-" * 50_000,
    "comments of Markdown": "# 一\n" + "<!---->" * 100_000,
    "comments without an end": "# 一\n" + "<!--" * 100_000,
    "dots of a contents page": "目录\n第一章 总则" + "." * 100_000 + "1\n第一章 总则\n第一条 甲。",
    "one line of numbers": "第一条 甲\n" + "第一条之" * 60_000,
}


@pytest.mark.parametrize("name", sorted(RUNS))
def test_what_is_repaired_is_repaired_in_linear_time(name: str) -> None:
    assert read_source(f"示例条例\n{RUNS[name]}".encode(), name="x").law.title == "示例条例"


def test_comments_of_markdown_are_dropped_each_with_its_place() -> None:
    document = read_source("# 示例条例\n第一条 甲<!-- 一 -->乙<!-- 二 -->。\n".encode(), name="x")
    dropped = [(one.text, one.place.column) for one in document.ledger.dropped]
    assert dropped == [("<!-- 一 -->", 6), ("<!-- 二 -->", 17)]
    assert "甲乙。" in str(document.law.articles()[0])


# --- web pages ----------------------------------------------------------------------------------

PAGES = {
    "deep": (b"<div>" * 20_000, "嵌套过深"),
    "deep-tables": (b"<table><tr><td>" * 5_000, "嵌套过深"),
    "attributes": (b"<div " + b" ".join(b"a%d=1" % n for n in range(300_000)), "属性"),
    "same-attribute": (b"<div " + b"a=1 " * 300_000, "属性"),
    "quoted-attributes": (b"<div " + b'a=">" ' * 100_000, "属性"),
    "unclosed-quotes": (b'<div a="' * 100_000, "属性"),
    "unclosed-comments": (b"<!--" * 300_000, ""),
    "angles": (b"<" * 500_000, ""),
    "ampersands": (b"&" * 500_000, ""),
    "cdata": (b"<![CDATA[" * 100_000, ""),
    "instructions": (b"<?x " * 100_000, ""),
    "paragraphs": (b"<p>" * 50_000, ""),
    "scripts": (b"<script>" * 50_000, ""),
    "rows": (b"<table><tr>" + b"<td>x</td>" * 50_000, ""),
    "same-names": (
        b"<div class=content>" + b"x" * 300 + b"</div><div class=content>x" * 20_000,
        "",
    ),
    "lists": (b"<ol>" + b"<li>x" * 30_000, ""),
    "blanks": (b"<p>" + b"<b> </b>" * 50_000, ""),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_hostile_page_is_read_or_refused(name: str) -> None:
    data, words = PAGES[name]
    message = fails(b"<html><body>" + data + "<p>第一条 甲。</p>".encode())
    assert words in message
    assert bool(words) == bool(message)


def test_500_mutated_inputs_end_in_a_document_or_a_named_error() -> None:
    assert {outcome(data) for data in inputs(500, seed=7)} <= {"read", "refused"}


def test_a_long_source_is_decoded_as_a_short_one_and_names_the_byte_that_is_wrong() -> None:
    text = "第一条　甲𠀀a\n乙\n" * 9000
    data = text.encode()
    assert decode.decode(data, "law.txt") == (text, "utf-8")
    one_line = text.replace("\n", "　")
    assert decode.decode(one_line.encode(), "law.txt") == (one_line, "utf-8")
    at = len(data) - 5
    with pytest.raises(TrackerError, match=f"UTF-8 在第 {at} 字节"):
        decode.decode(data[:at] + b"\xff\xff" + data[at:], "law.txt")
