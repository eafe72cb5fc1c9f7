"""The hostile texts of `hostile_texts`: a few characters or lines repeated to any length.

Each is made for a size in characters, which it comes near to. Those that name numbers count them
up, so that nothing that is looked up by its number is found twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracker.law.numbering import write_numeral

__all__ = ["SIZE", "TEXTS"]

SIZE: Final = 500_000  # characters
LINE: Final = 900_000  # a line of a million characters is the limit of the reader
PAGE: Final = "<html><body><p>某市条例</p><p>第一条 甲。</p>"
HEAD: Final = "某市条例\n第一条 甲。\n"
ACT: Final = "关于修改《某市条例》的决定\n对《某市条例》作如下修改：\n"


def _line(piece: str) -> Callable[[int], str]:
    """A text of long lines that hold nothing else."""

    def text(size: int) -> str:
        whole = (piece * (size // len(piece) + 1))[:size]
        return HEAD + "\n".join(whole[at : at + LINE] for at in range(0, size, LINE))

    return text


def _plain(piece: str, head: str = HEAD) -> Callable[[int], str]:
    """A text of a head and of a piece that brings its own line ends, over and over."""
    return lambda size: head + piece * (size // len(piece))


def _counted(line: str, head: str = HEAD, start: int = 2) -> Callable[[int], str]:
    """Pieces with a Chinese number that goes up."""

    def text(size: int) -> str:
        count = size // (len(line.format("二千二百二十二")) or 1)
        return head + "".join(line.format(write_numeral(n)) for n in range(start, start + count))

    return text


def _to_last(line: str, most: int) -> Callable[[int], str]:
    """Articles that each cite all of them."""

    def text(size: int) -> str:
        count = min(size // len(line), most)
        numbers = range(1, count + 1)
        last = write_numeral(count)
        return "某市条例\n" + "".join(line.format(write_numeral(n), last) for n in numbers)

    return text


def _numbered(line: str) -> Callable[[int], str]:
    """Lines with a number that goes up."""

    def text(size: int) -> str:
        count = size // len(line.format(99_999))
        return HEAD + "\n".join(line.format(n) for n in range(2, count))

    return text


def _words(seed: int) -> str:
    """Ten characters that no other seed has in this order."""
    return "".join(chr(0x4E00 + seed * (k + 7) * 131 % 3001) for k in range(10))


TEXTS: Final[dict[str, Callable[[int], str | bytes]]] = {
    "第一条之": _line("第一条之"),
    "第一条第一款第一项、": _line("第一条第一款第一项、"),
    "《": _line("《"),
    "《甲法》第一条": _line("《甲法》第一条"),
    "前款": _line("前款"),
    "第一至第二至": _line("第一至第二至"),
    "第一条、": _line("第一条、"),
    "本法第一条": _line("本法第一条规定，"),
    "附件一": _line("附件一"),
    "1": _line("1"),
    "、": _line("、"),
    "第": _line("第"),
    "一": _line("一"),
    "甲": _line("甲"),
    "甲。": _line("甲。"),
    "（": _line("（"),
    "（）nested": lambda n: HEAD + "（" * (n // 2 - LINE // 9) + "）" * (n // 2 - LINE // 9),
    "“": _line("“"),
    "。第二条": _line("。第二条"),
    "spaces": _line(" "),
    "甲 ": _line("甲 "),
    "newlines": _plain("\n"),
    "第一条 lines": _plain("第一条\n"),
    "articles": _numbered("第{}条 甲乙丙丁戊己庚辛。"),
    "chapters": _numbered("第{}章 总则"),
    "items": _numbered("（{}）甲；"),
    "points": _plain("（一）甲；\n（二）乙；\n"),
    "aims": _plain("1.甲；\n（1）乙；\n"),
    "paragraphs": _plain("甲乙丙丁。\n"),
    "目录": _plain("目录\n第一章 总则\n"),
    "目录 dots": _plain("第一章 总则" + "." * 40 + "1\n", "某市条例\n目录\n"),
    "附件": _plain("附件\n甲\n"),
    "一、": _plain("一、甲\n", "某市办法\n"),
    "pages": _plain("甲乙丙\n- 1 -\n"),
    "half lines": _plain("甲" * 30 + "\n"),
    "signers": _plain("某市人民政府\n2020年1月1日\n"),
    "说明": _plain("关于《某市条例》的说明\n甲。\n"),
    "#": _plain("#" * 500_000 + "\n", "# 某市条例\n第一条 甲。\n"),
    "# lines": _plain("# 第一条\n", "# 某市条例\n"),
    "**": _line("**"),
    "> quoted": _line("> "),
    "comments": lambda n: "# 某市条例\n第一条 甲。\n" + "<!---->" * (n // 8),
    "open comments": _line("<!--"),
    "tables": _plain("| 甲 | 乙 |\n|---|---|\n", "# 某市条例\n第一条 甲。\n"),
    "front matter": lambda n: "---\n" + "a: b\n" * (n // 5) + "---\n" + HEAD,
    "radicals": _line("⼀"),
    "zero width": _line("甲\u200b"),
    "private use": _line("\ue000"),
    "html p": _plain("<p>", PAGE),
    "html p 第": _plain("<p>第一条 甲。</p>", "<html><body><p>某市条例</p>"),
    "html div": _plain("<div>", PAGE),
    "html attributes": lambda n: f"<html><body><p>第一条 甲。</p><div {'a=1 ' * (n // 4)}>",
    "html entities": _plain("&nbsp;", PAGE + "<p>"),
    "html amp": _plain("&amp;", PAGE + "<p>"),
    "html br": _plain("<br>", PAGE + "<p>"),
    "html b": _plain("<b>甲</b>", PAGE + "<p>"),
    "html td": _plain("<td>甲", PAGE + "<table><tr>"),
    "html tr": _plain("<tr><td>甲</td></tr>", PAGE + "<table>"),
    "。1": _line("。1"),
    "第1条": _line("第1条"),
    "marks nested": lambda n: HEAD + "（《【「“" * (n // 10) + "”」】》）" * (n // 10),
    "long title": lambda n: "某" * (n // 2) + "条例\n第一条 甲。\n",
    "title lines": _plain("某市条例\n第一条 甲。\n", ""),
    "long caption": lambda n: f"{HEAD}第二条【{'甲' * min(n, LINE)}】乙。\n",
    "captions": _counted("第{}条【甲乙】丙。\n"),
    "same number": _plain("第二条 甲。\n"),
    "numbers down": lambda n: (
        HEAD + "".join(f"第{write_numeral(k)}条 甲。\n" for k in range(min(n // 11, 90_000), 1, -1))
    ),
    "annexes": _counted("附件{}：甲表\n第一条 甲。\n", start=1),
    "cells": _plain("甲\t乙\t丙\t丁\n", HEAD + "附件\n表\n"),
    "chapters of contents": lambda n: "".join(
        (
            HEAD[:5],
            "目录\n",
            _counted("第{}章 甲乙\n", "", 1)(n // 3),
            _counted("第{0}章 甲乙\n第{0}条 甲。\n", "", 1)(n // 2),
        )
    ),
    "equal articles": _counted("第{}条 县级以上人民政府应当加强管理工作。\n"),
    "ranges": _to_last("第{0}条 依照第一条至第{1}条的规定。\n", 30_000),
    "ranges lost": _line("第一条至第九千九百九十九条，"),
    "前款 lines": _plain("依照前款、前两款和本条第二款。\n"),
    "前条": _counted("第{}条 依照前条、前三条的规定。\n"),
    "bare 项": _plain("违反第三款的：\n（一）违反第二项、第三项的；\n"),
    "questions": _counted("第{0}条 甲。\n对第{0}条的意见\n", "某市条例\n", 1),
    "bookmarks": _counted("[bookmark: 第{0}条]第{0}条 甲\n"),
    "running heads": _plain("某市条例\n甲乙丙丁\n"),
    "terms": _counted("第{0}条 本条例所称甲{0}，是指乙。以下简称“丙{0}”。\n"),
    "mixed ends": _plain("甲\r\n乙\r丙\n\r"),
    "combining": lambda n: HEAD + "甲" + "\u0301" * min(n, LINE),
    "**# lines": _plain("甲\n===\n", "# 某市条例\n"),
    "[links]": _plain("[甲](http://a.b/c) ", "# 某市条例\n"),
    "html deep": lambda n: PAGE + "<div>" * (n // 11) + "甲" + "</div>" * (n // 11),
    "html attribute": lambda n: f'{PAGE}<div class="{"a" * n}">甲</div>',
    "html <!": _plain("<!", PAGE),
    "html </": _plain("</", PAGE),
    "html <": _plain("<", PAGE),
    "html script": _plain("<script>", PAGE),
    "html entity": lambda n: f"{PAGE}<p>&#{'1' * n};</p>",
    "html colspan": _plain(
        "<tr><td colspan=1000000 rowspan=1000000>甲</td></tr>", PAGE + "<table>"
    ),
    "html comments": _plain("<!--甲-->", PAGE),
    "html hidden": _plain('<p style="display:none">甲</p>', PAGE),
    "html list": _plain("<li>甲", PAGE + "<ol>"),
    "html pre": _plain("甲\n", PAGE + "<pre>"),
    "html nested content": _plain("<p>第二条 甲。</p>", PAGE + "<div class=content>" * 240),
    "html nested tables": _plain("<p>甲</p>", PAGE + "<table><tr><td>" * 80),
    "html tables": _plain("<table><tr><td>甲</td></tr></table>", PAGE),
    "html sup": _plain("甲<sup>1</sup>", PAGE + "<p>"),
    "html cdata": _plain("<![CDATA[甲]]>", PAGE),
    "html doctype": lambda n: "<!DOCTYPE html [" + '<!ENTITY a "&a;">' * (n // 17) + "]>" + PAGE,
    "html options": _plain("<option>甲", PAGE + "<select>"),
    "html NUL": _plain("<p>\0", PAGE),
    "html surrogates": _plain("&#xD800;&#0;&#x202e;", PAGE + "<p>"),
    "UTF-16": lambda n: ("\ufeff" + HEAD + "第二条 甲。\n" * (n // 7)).encode("utf-16-le"),
    "UTF-16 halves": lambda n: b"\xff\xfe" + b"\x00\xd8" * n,
    "GB 18030": lambda n: _numbered("第{}条 甲乙。")(n).encode("gb18030"),
    "Big5": lambda n: ("示例條例\n" + "第二條 甲。\n" * (n // 7)).encode("big5"),
    "two encodings": lambda n: (HEAD * (n // 30)).encode() + (HEAD * (n // 30)).encode("gb18030"),
    "no encoding": lambda n: b"\x81" * n,
    "byte-order marks": _line("甲\ufeff"),
    "line separators": _line("甲\u2028"),
    "form feeds": _line("甲\f"),
    "selectors": _line("葛\U000e0100"),
    "full-width signs": _line("，"),
    "half-width signs": _line("甲,"),
    "half-width brackets": _line("甲(乙)"),
    "full-width digits": _plain("第１条　甲\n"),
    "references": lambda n: (
        "# 某市条例\n\n第一条 甲。\n"
        + "[甲][a] " * (n // 14)
        + "\n"
        + "".join(f"[a{k}]: http://a.b/{k}\n" for k in range(n // 50))
    ),
    "footnotes": lambda n: (
        "# 某市条例\n\n第一条 甲。\n"
        + "".join(f"乙[^{k}]。\n\n[^{k}]: 丙\n" for k in range(n // 25))
    ),
    "list of Markdown": _plain("- 甲\n", "# 某市条例\n"),
    "all words other": lambda n: (
        HEAD + "".join(f"第{write_numeral(k)}条 {_words(k)}\n" for k in range(2, n // 22))
    ),
    "items of no 款": _plain(
        "违反第二项、第三项的：\n（一）甲；\n（二）乙；\n", HEAD + "第二条 甲。\n"
    ),
    "lists of no 款": _plain(
        "甲类：\n甲；\n乙；\n违反第二项、第五项的。\n", HEAD + "第二条 甲。\n"
    ),
    "act rewords": _counted("将第{0}条修改为：“第{0}条 乙。”\n", ACT, 1),
    "act inserts": _counted("增加一条，作为第{0}条：“第{0}条 乙。”\n", ACT, 1),
    "act ranges": _plain("删去第一条至第九千条。\n", ACT),
    "act words": lambda n: f"{ACT}一、将第一条中的{'“甲”、' * (n // 4)}“甲”修改为“乙”。\n",
    "act unclosed": _plain("将第二条修改为：“甲\n", ACT),
}
