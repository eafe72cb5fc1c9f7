"""What a zip from a stranger can hold: each is refused by one line with a way out, or read."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import pytest

from tests.parse.extract.word.making import (
    NS,
    abstract,
    docx,
    lvl,
    num,
    numbered,
    numbering,
    p,
    r,
    style,
    styles,
    zipped,
)
from tracker.law.problems import TrackerError
from tracker.parse.extract.decode import LARGEST
from tracker.parse.extract.word import ooxml
from tracker.parse.extract.word.package import MOST_MEMBERS, MOST_UNPACKED
from tracker.parse.reading import extract

MAIN = "word/document.xml"
TYPES = "[Content_Types].xml"


def _refused(data: bytes, words: str) -> TrackerError:
    with pytest.raises(TrackerError) as caught:
        extract(data, "草案.docx")
    assert caught.value.code == "unreadable-source"
    assert caught.value.message.startswith("无法读取 草案.docx：")
    assert "\n" not in caught.value.message
    assert words in caught.value.message, caught.value.message
    assert caught.value.hint
    return caught.value


def _body(inside: str) -> str:
    return f"<w:document {NS}><w:body>{inside}</w:body></w:document>"


def _added(data: bytes, *members: tuple[str, bytes]) -> bytes:
    """The zip with further members, whatever their names."""
    out = BytesIO(data)
    with ZipFile(out, "a") as file:
        for name, held in members:
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.filename = name
            file.writestr(info, held)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "words"),
    [("xl/workbook.xml", "Excel 表格（xlsx）"), ("ppt/presentation.xml", "演示文稿（pptx）"),
     ("OFD.xml", "OFD 版式文件"), ("META-INF/container.xml", "电子书"), ("a.txt", "是压缩文件"),
     (TYPES, "缺少正文")],
)  # fmt: skip
def test_other_packages_are_named(part: str, words: str) -> None:
    _refused(zipped({part: "x"}), words)


def test_opendocument_is_named() -> None:
    held = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
    error = _refused(zipped(held), "OpenDocument 文稿（odt）")
    assert "另存为 docx" in error.hint


def test_a_file_is_known_by_what_it_holds_and_not_by_its_name() -> None:
    for name in ("a.txt", "a.docm", "a.dotx", "a", "a.pdf"):
        assert list(extract(docx("甲。"), name).lines) == ["甲。"]


def test_the_main_part_is_where_the_package_says() -> None:
    begin = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    related = (
        f'{begin}<Relationship Id="a" Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    )
    data = zipped({"_rels/.rels": related, "word/document2.xml": _body(p("甲。"))})
    assert list(extract(data, "a").lines) == ["甲。"]
    assert list(extract(zipped({MAIN: _body(p("乙。"))}), "a").lines) == ["乙。"]


def test_a_file_cut_short_or_damaged_is_refused() -> None:
    data = docx(*("甲" * n for n in range(1, 200)))
    for length in (4, 30, 100, len(data) // 2, len(data) - 10):
        _refused(data[:length], "压缩包")
    at = data.index(b"word/document.xml") + 40
    _refused(data[:at] + bytes(20) + data[at + 20 :], "损坏")


def test_parts_that_are_no_xml_or_hold_no_text_are_refused() -> None:
    _refused(docx(**{MAIN: "<w:document"}), "不是完好的 XML")
    _refused(docx(**{MAIN: ""}), "不是完好的 XML")
    _refused(docx(**{MAIN: "<a/>"}), "没有 Word 的正文")
    _refused(docx(**{"word/_rels/document.xml.rels": "<"}), "不是完好的 XML")
    _refused(docx(), "里没有文字")
    _refused(docx(p(" \t")), "里没有文字")


def test_a_part_that_is_named_and_missing_is_none() -> None:
    begin = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    related = f'{begin}<Relationship Id="a" Type="{kind}" Target="none.xml"/></Relationships>'
    data = docx("甲。", **{"word/_rels/document.xml.rels": related})
    assert list(extract(data, "a").lines) == ["甲。"]


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "word/../../evil.xml", "/etc/evil.xml", "C:/evil.xml", "word\\evil.xml", "..",
     "a\nb.xml"],
)  # fmt: skip
def test_names_that_lead_outside_are_refused(name: str) -> None:
    _refused(_added(docx("甲。"), (name, b"x")), "指向外面的文件名")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused() -> None:
    _refused(_added(docx("甲。"), (MAIN, b"x")), "两个同名的文件")
    _refused(_added(docx("甲。"), ("WORD/Document.xml", b"x")), "两个同名的文件")


def test_members_with_a_password_are_refused() -> None:
    data = bytearray(docx("甲。"))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 8] |= 1
    _refused(bytes(data), "有密码")


def test_members_that_overlap_are_refused() -> None:
    data = bytearray(docx("甲。"))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    _refused(bytes(data), "重叠")


def test_links_and_strange_compression_are_refused() -> None:
    link = ZipInfo("word/link.xml", (1980, 1, 1, 0, 0, 0))
    link.external_attr = 0o120777 << 16
    out = BytesIO(docx("甲。"))
    with ZipFile(out, "a", ZIP_STORED) as file:
        file.writestr(link, "/etc/passwd")
    _refused(out.getvalue(), "链接")
    out = BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as file:
        file.writestr(ZipInfo(MAIN, (1980, 1, 1, 0, 0, 0)), _body(p("甲。")), ZIP_BZIP2)
    _refused(out.getvalue(), "压缩方式")


def test_as_many_members_as_the_limit_are_read_and_one_more_is_not() -> None:
    data = docx("甲。")
    held = data.count(b"PK\x01\x02")
    most = _added(data, *((f"media/{n}.png", b"") for n in range(MOST_MEMBERS - held)))
    assert list(extract(most, "a").lines) == ["甲。"]
    _refused(_added(most, ("one-more", b"")), f"多于 {MOST_MEMBERS} 个")


def test_a_part_larger_than_the_limit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_UNPACKED == 64 * 1024 * 1024
    bomb = docx(**{MAIN: _body(p("甲。") + " " * MOST_UNPACKED)})
    assert len(bomb) < 100_000
    _refused(bomb, "解压后超过 64 MB")
    whole = "tracker.parse.extract.word.package.MOST_UNPACKED"
    data = docx("甲。")
    with ZipFile(BytesIO(data)) as file:
        names = ("_rels/.rels", MAIN, "word/_rels/document.xml.rels")
        read = sum(file.getinfo(name).file_size for name in names)
    monkeypatch.setattr(whole, read)
    assert list(extract(data, "a").lines) == ["甲。"]
    monkeypatch.setattr(whole, read - 1)
    _refused(data, "解压后超过")


@pytest.mark.parametrize("said", [10, 10**9])
def test_a_size_that_is_a_lie_is_damage(said: int) -> None:
    data = bytearray(docx("甲。"))
    central = data.find(MAIN.encode(), data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, central + 24, said)
    _refused(bytes(data), "压缩包已损坏" if said == 10 else "")


def test_a_checksum_that_does_not_fit_is_damage() -> None:
    data = bytearray(docx("甲。"))
    wrong = struct.pack("<I", zlib.crc32(b"other"))
    central = data.find(MAIN.encode(), data.find(b"PK\x01\x02")) - 46
    data[central + 16 : central + 20] = wrong
    _refused(bytes(data), "已损坏")


def test_a_file_over_the_limit_of_sources_is_refused() -> None:
    _refused(docx("甲。").ljust(LARGEST + 1, b"\x00"), "过大")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_document_type_declaration_is_refused_in_every_encoding(encoding: str) -> None:
    laughs = '<!ENTITY a "哈哈">' + "".join(
        f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(10)
    )  # fmt: skip
    for inside in ("", laughs, '<!ENTITY e SYSTEM "file:///etc/hostname">'):
        text = f"<?xml version='1.0'?><!DOCTYPE d [{inside}]>{_body(p('甲&e;'))}"
        _refused(docx(**{MAIN: text.encode(encoding)}), "DTD")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_parts_may_be_utf_8_or_utf_16(encoding: str) -> None:
    said = "utf-16" if "16" in encoding else "utf-8"
    text = f"<?xml version='1.0' encoding='{said}'?>{_body(p('甲。'))}"
    assert list(extract(docx(**{MAIN: text.encode(encoding)}), "a").lines) == ["甲。"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-32", "utf-7", "cp037"])
def test_other_encodings_are_refused(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?>{_body(p('甲。'))}"
    with pytest.raises(TrackerError, match="无法读取"):
        extract(docx(**{MAIN: text.encode(encoding, "replace")}), "a")


def test_tags_in_tags_without_end_are_refused() -> None:
    deep = 300
    for tag in ("w:sdt", "w:smartTag", "w:ins"):
        inside = f"<{tag}>" * deep + r("甲") + f"</{tag}>" * deep
        _refused(docx(p(inside)), "嵌套过深")
    cells = "<w:tbl><w:tr><w:tc>" * 70
    shallow = cells + p("甲。") + "</w:tc></w:tr></w:tbl>" * 70
    assert list(extract(docx(shallow), "a").lines) == ["甲。"]


def test_very_many_tags_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MOST_TAGS", 1000)
    _refused(docx("甲。", *(p() for _ in range(1000))), "标记多于 1000 个")


def test_numbers_that_would_fill_the_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.parse.extract.word.body.MOST_CHARACTERS", 50_000)
    long = numbering(abstract(0, lvl(0, "decimal", "%1" * 50_000)), num(1, 0))
    data = docx(*(numbered("甲") for _ in range(500)), numbers=long)
    assert len(data) < 10_000
    _refused(data, "过长")


def test_a_line_without_end_is_refused() -> None:
    _refused(docx(p("甲" * 1_000_001)), "有一行过长")


def test_very_many_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.parse.extract.word.body.MOST_LINES", 1000)
    assert len(extract(docx("甲", "<w:p/>" * 999), "a").lines) == 1000
    _refused(docx("甲", "<w:p/>" * 1000), "多于 1000 段")


def test_long_chains_of_styles_and_fields_without_end_take_their_time_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0
    find = ooxml.value

    def counted(element: object, tag: str) -> str | None:
        nonlocal asked
        asked += 1
        return find(element, tag)

    monkeypatch.setattr("tracker.parse.extract.word.styles.value", counted)
    chain = styles(*(style(f"s{n}", based_on=f"s{n + 1}") for n in range(500)))
    blocks = [p("甲", style=f"s{n}") for n in range(500)]
    assert len(extract(docx(*blocks, named=chain), "a").lines) == 500
    assert asked < 500 * 20  # each looked up its whole chain
    loop = styles(style("a", based_on="b"), style("b", based_on="a", run="<w:vanish/>"))
    assert [d.text for d in extract(docx("乙", p("甲", style="a"), named=loop), "a").dropped]
    begin, separate = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate")
    )
    open_fields = (begin + separate + r("甲")) * 500
    assert list(extract(docx(p(open_fields)), "a").lines) == ["甲" * 500]
