"""2,500 mutated Word files are read in both views: each ends in a document or in an error of ours.

No word is lost, and none takes long. Half are mutations of the zip, half of the XML in it.

Run by hand: ``python -m tests.long.fuzz_word [COUNT] [SEED]``; the suite runs 300 of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from tests.long.fuzz_parse import run
from tests.parse.extract.word.making import (
    abstract,
    cell,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    numbered,
    numbering,
    p,
    r,
    row,
    style,
    styles,
    table,
    zipped,
)
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.parse.reading import read_source
from tracker.store.guard import check_words

DELETED = '<w:del w:id="9" w:author="甲"/>'
PIECES = (
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>",
    "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:br/>", "<w:tab/>", "&amp;", "&#x202e;",
    "<w:vanish/>", '<w:numPr><w:numId w:val="1"/></w:numPr>', "<!DOCTYPE x>", "<!--", "]]>", "-1",
    "99999999999999999999", "%1", "%9", "第", "条", "\u3000", "<w:txbxContent>", "<w:sdt>",
    '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', "w:val=", '"',
)  # fmt: skip
_TAG = re.compile(r"<\w[^<>]*>")


def sources() -> list[bytes]:
    """Word files that hold nearly all that is known of them."""
    lists = numbering(
        abstract(
            0,
            lvl(0, "chineseCounting", "第%1章", more='<w:pStyle w:val="Chapter"/>'),
            lvl(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/>'),
            lvl(2, "japaneseCounting", "（%3）", more='<w:suff w:val="nothing"/>'),
            lvl(3, "decimal", "%3.%4", more="<w:isLgl/>"),
            lvl(4, "bullet", "●"),
        ),
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Law"/></w:abstractNum>',
        num(1, 0),
        num(2, 0, '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride>'),
        num(3, 1),
    )
    named = styles(
        style("Normal", default=True),
        style("Chapter", based_on="Normal", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>'),
        style("Law", kind="numbering", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>'),
        style("Hidden", kind="character", run="<w:vanish/>"),
    )
    begin, between, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText>REF 甲</w:instrText></w:r>"
    box = f"<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r>"
    law = [
        p("某市条例"), p("（草案）"), p("总则", style="Chapter"),
        numbered("为了规范甲，制定本条例。", level=1),
        numbered("本条例适用于下列活动：", level=1), numbered("甲；", level=2),
        numbered("乙；", 2, level=2), numbered("丙。", 3, level=3), numbered("丁", level=4),
        p("见", begin, code, between, r("第一条"), end, "。", box),
        table(row("类别", "限值"), row(cell("氨", properties='<w:gridSpan w:val="2"/>'), "9")),
        p(r("藏", '<w:rStyle w:val="Hidden"/>'), r("2", '<w:vertAlign w:val="superscript"/>')),
        p(r("注"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    ]  # fmt: skip
    revised = [
        p(deleted("甲乙"), inserted("丙"), mark=DELETED), numbered("附则", level=0),
        p(inserted("戊"), deleted("己"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>'),
        table(row("甲", "乙", properties=DELETED), row("丙")),
        numbered("本条例自2024年1月1日起施行。", level=1),
    ]  # fmt: skip
    note = f'<w:footnote w:id="2">{p("注甲。")}</w:footnote>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "footnotes": ("footnotes", f"<w:footnotes {space}>{note}</w:footnotes>"),
        "header1": ("header", f"<w:hdr {space}>{p('页眉')}</w:hdr>"),
    }
    return [
        docx(*law, numbers=lists, named=named, parts=parts),
        docx(*law, *revised, numbers=lists, named=named, parts=parts),
        docx("某市条例", "第一条 甲。", "第二条 乙。"),
    ]


def inputs(count: int, seed: int) -> Iterator[bytes]:
    """`count` mutations of the sources; the same ones for the same seed."""
    chance, known = random.Random(seed), sources()
    for _ in range(count):
        data = chance.choice(known)
        times = chance.randint(1, 6)
        if chance.random() < 0.3:
            for _ in range(times):
                data = _mutated(data, chance)
            yield data
            continue
        with ZipFile(BytesIO(data)) as file:
            members = {name: file.read(name).decode("utf-8") for name in file.namelist()}
        names = sorted(members)
        for _ in range(times):
            name = "word/document.xml" if chance.random() < 0.6 else chance.choice(names)
            members[name] = _mutated_xml(members[name], chance)
        yield zipped({name: text.encode("utf-8") for name, text in members.items()})


def _mutated(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randint(0, len(data)) for _ in range(2))
    what = chance.randint(0, 4)
    if what == 0:
        return data[:a] + data[b:]
    if what == 1:
        return data[:a] + data[a:b] * 2 + data[b:]
    if what == 2:
        return data[:a]
    start = (
        max(0, data.find(b"PK\x01\x02")) if what == 3 else 0
    )  # mostly what zips say of themselves
    at = chance.randint(start, max(start, len(data) - 1))
    return data[:at] + bytes((chance.choice((0, 1, 127, 255)),)) + data[at + 1 :]


def _mutated_xml(text: str, chance: random.Random) -> str:
    """Tags moved, doubled or left out, mostly in pairs, so that much of it stays well-formed."""
    tags = list(_TAG.finditer(text))
    if len(tags) < 4:
        return text
    one = chance.choice(tags)
    what = chance.randint(0, 6)
    if chance.random() < 0.05:  # hardly ever well-formed any more
        piece = chance.choice(("", chance.choice(PIECES)))
        return text[: one.start()] + piece + text[one.end() :]
    end = one.end()
    if not one[0].endswith("/>"):
        closing = "</" + one[0][1:-1].split(" ")[0] + ">"
        end = max(end, text.find(closing, end) + len(closing))
    whole = text[one.start() : end]
    if what == 0:
        return text[: one.start()] + text[end:]
    if what in (1, 2):
        return text[:end] + whole * chance.choice((1, 2, 50)) + text[end:]
    if what in (3, 4):
        rest = text[: one.start()] + text[end:]
        at = chance.choice(list(_TAG.finditer(rest)) or tags).start()
        return rest[:at] + whole + rest[at:]
    values = list(re.finditer(r'"([^"]*)"', text))
    if what == 5 and values:
        value = chance.choice(values)
        other = chance.choice([*(v[1] for v in values[:200]), "", "0", "-1", "99999999", "decimal"])
        return text[: value.start(1)] + other + text[value.end(1) :]
    around = chance.choice(("w:ins", "w:del", "w:sdt", "w:moveFrom", "w:r", "w:p", "mc:Fallback"))
    return f"{text[: one.start()]}<{around}>{whole}</{around}>{text[end:]}"


def outcome(data: bytes) -> str:
    """``read``, ``refused`` (one of our errors), or what went wrong."""
    said = "refused"
    for view in (None, *Tracked):
        try:
            document = read_source(data, name="fuzz", tracked=view)
        except TrackerError as error:
            if not error.hint or "\n" in error.message:
                return f"no hint: {error.message}"
            continue
        except Exception as error:  # the promise is that there is none
            return f"{type(error).__name__}: {error}"
        said = "read"
        try:
            check_words(data, document, name="fuzz", title=None)
            if canonical.read(canonical.write(document.law)) != document.law:
                return "round trip"
        except TrackerError as error:
            return f"{error.code}: {error.message}"
    return said


if __name__ == "__main__":
    run(inputs, outcome, 2_500)
