"""A questionnaire for comments: each article is followed by 对第X条的意见 → the draft alone.

Floor 1, after the lines are taken out of their form. The questionnaire runs the 款 and 项 of an
article together in one line with a space where a line ended; a space behind 。；： is such an end,
a space behind a comma is not. Labels, fields and buttons are left out and listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tracker.law.numbering import NUMERAL
from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted, Hints

__all__ = ["may_ask", "questionnaire"]

_OF: Final = (
    rf"第{NUMERAL}{{1,12}}(?:条(?:之{NUMERAL}{{1,4}})?|[编章节])|标题|全文|[本该此](?:条款?|[编章节])"
    r"|(?:上述|以上)(?:条款|条文|内容)"
)
_BRACKET: Final = r"(?:[（(][^（）()]{1,20}[）)])?"
_FIELD: Final = (
    r"(?:[ \t\u3000]{0,4}(?:[0-9]{1,5} ?/ ?[0-9]{1,5}|(?:已有|共)?[0-9]{1,6}条"
    r"(?:留言|评论|意见|建议)|(?:限|还可(?:以)?输入|剩余)? ?[0-9]{1,5} ?"
    r"个?字(?:以内|符)?|_{2,200}|请(?:输入|填写)[^。；，]{0,16}|提交|保存|发表)){0,4}"
)
"""What a field shows in the line of its label: 0/500, 限500字, 请输入, 提交."""
_CHOICE: Final = r"(?:[□○☐]? ?(?:不?赞成|不?同意|不?支持|反对|弃权)[ \t\u3000]{0,4}){0,6}"
"""What can be ticked in the line of the label."""
_OFFERED: Final = r"(?:我要|我来|点击|发表)?(?:提(?:意见|建议)|评论|留言|建言)"
"""我要提意见, 评论."""
_ASKED: Final = (
    rf"(?:(?:请?您?(?:对|就|针对|关于))?(?:{_OF})(?:的?(?:条文|内容|规定))?的?|[您我]的)?"
    r"(?:有何|有什么|有无|是否有)?(?:其他|具体)?(?:修改|反馈)?(?:意见|建议)"
    r"(?:(?:和|与|或者?|及|、|/)?(?:修改)?(?:意见|建议|理由))?"
)
"""对第一条的意见, 您对本条有何修改意见和建议."""
_LABEL: Final = re.compile(
    rf"{_CHOICE}(?:{_OFFERED}|{_ASKED})[？?]?{_BRACKET}[：:]?{_BRACKET}{_FIELD}"
)
LONGEST_LABEL: Final = 80
_WORDS: Final = ("意见", "建议", "评论", "留言", "建言")
"""One of these is in every label."""
ARTICLES: Final = 4
LAST: Final = 2000
"""Where a label is searched for: in a questionnaire each article has one, so the last tell; and in
so many characters from there on. Twice as many take 0.5 % of reading."""
_ENDS_SENTENCE: Final = "。；，、"
"""How no label ends, and nearly every line of a law does."""
_NUMERAL: Final = re.compile(f"{NUMERAL}{{1,12}}|_+")
_TITLE: Final = re.compile(r"[ \t\u3000]{0,8}标题[ \t\u3000：:]{1,4}")
_ARTICLE: Final = re.compile(rf"[ \t\u3000]{{0,8}}第{NUMERAL}{{1,12}}[编章条]")
_ITEM: Final = re.compile(rf"[（(]{NUMERAL}{{1,4}}[）)]")
_LINE_END: Final = re.compile(r"(?<=[。；：;:！？!?])[ \u00a0\u3000]{1,8}(?=\S)")
_PERIOD: Final = re.compile(r"(开始|结束|截止)[^0-9]{0,12}(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
_NAMES_ITS_PART: Final = re.compile(rf".{{0,12}}?(?:第{NUMERAL}{{1,12}}[编章节条]|标题|全文)")
MOST_BETWEEN: Final = 6
"""Lines between a label and the next article: buttons, and the heading of a section."""
FEWEST: Final = 3
"""Fields below which a text is no questionnaire."""


def may_ask(text: str) -> bool:
    """Whether the last articles of a text, or its end, hold a line like 对第X条的意见."""
    start = len(text)
    for _ in range(ARTICLES):
        start = text.rfind("\n第", 0, start)
        if start < 0:  # or the articles are indented
            start = max(0, len(text) - LAST)
            break
    stop = start + LAST
    for word in _WORDS:
        at = text.rfind(word, start, stop)
        while at >= 0:  # only a short line that holds the word is cut out, and once
            begin = text.rfind("\n", start, at) + 1 or start
            if at - begin <= LONGEST_LABEL:
                end = text.find("\n", at, begin + LONGEST_LABEL + 2)
                line = text[begin : end if end >= 0 else stop]
                if line[-1] not in _ENDS_SENTENCE and _is_label(line):
                    return True
            at = text.rfind(word, start, begin)
    return False


def _is_label(line: str) -> bool:
    if len(line) > LONGEST_LABEL or not any(word in line for word in _WORDS):
        return False
    return _LABEL.fullmatch(line.strip()) is not None


def questionnaire(extracted: Extracted) -> Extracted:
    """The draft in a questionnaire, a 款 or 项 a line again; any other text as it is.

    Before: 第四条 数字经济…体系。 数字产业化…；…的发展。 / 对第四条的意见
    After:  第四条 数字经济…体系。 / 数字产业化…；…的发展。
    """
    lines = extracted.lines
    fields = _fields(lines)
    if not fields:
        return extracted
    first = next(
        (i for i, line in enumerate(lines) if _TITLE.match(line) or _ARTICLE.match(line)),
        fields[0],
    )
    top = first if _TITLE.match(lines[first]) else 0  # else the title stands among what is above
    last = _last(lines, fields[-1])
    dropped = list(extracted.dropped)
    out: list[str] = []
    places: list[Place] = []
    ends = 0
    outside = {*fields}
    for index, line in enumerate(lines):
        place = extracted.place(index)
        if not top <= index <= last or index in outside:
            if line.strip():
                column = place.column + len(line) - len(line.lstrip())
                dropped.append(Dropped(line.strip(), Place(place.line, column), "form-label"))
            continue
        start = 0
        label = _TITLE.match(line)
        if label:
            dropped.append(Dropped(label[0].strip(), place, "form-label"))
            start = label.end()
        for found in _LINE_END.finditer(line, start) if index >= first else ():
            out.append(line[start : found.start()])
            places.append(Place(place.line, place.column + start))
            start = found.end()
            ends += 1
        out.append(line[start:])
        places.append(Place(place.line, place.column + start))
    period = _period(" ".join(line.strip() for line in lines[:first]))
    return replace(
        extracted,
        format="questionnaire" if extracted.format == "text" else extracted.format,
        lines=out,
        places=places,
        dropped=dropped,
        rewrites={**extracted.rewrites, "line-end": ends} if ends else extracted.rewrites,
        hints=replace(
            extracted.hints,
            comment_start=period.comment_start or extracted.hints.comment_start,
            comment_end=period.comment_end or extracted.hints.comment_end,
        ),
    )


def _fields(lines: Sequence[str]) -> list[int]:
    """The lines that are labels of fields, and what recurs between a label and the next article.

    A label names its article, or is printed above three articles and more, with little between
    them: 您对本条的意见：⏎提交⏎第二条 … The form 审查意见：⏎签字⏎意见： of an annex is none.
    """
    labels = [i for i, line in enumerate(lines) if _is_label(line)]
    wanted = {*labels}
    below: dict[int, list[int]] = {}  # of each label that has an article below it, what is between
    above: list[int] = []  # the labels that the lines stand below
    between: list[int] = []
    for index, line in enumerate(lines) if labels else ():
        if index in wanted:
            above.append(index)
        elif _ARTICLE.match(line):
            if len(between) <= MOST_BETWEEN:
                below.update(dict.fromkeys(above, between))
            above, between = [], []
        elif above and line.strip():
            between.append(index)
    often = Counter(_bare(lines[i]) for i in below)
    wanted = {
        i for i in labels if _NAMES_ITS_PART.match(lines[i]) or often[_bare(lines[i])] >= FEWEST
    }
    if len(wanted) < FEWEST:
        return []
    little = [i for label in wanted for i in below.get(label, ()) if len(lines[i]) <= LONGEST_LABEL]
    often = Counter(_bare(lines[i]) for i in little)
    wanted.update(i for i in little if often[_bare(lines[i])] >= FEWEST)
    return sorted(wanted)


def _bare(line: str) -> str:
    return _NUMERAL.sub("", line.strip())


def _last(lines: Sequence[str], field: int) -> int:
    """The last line of the draft; the last article may have no field behind it."""
    last = next((i for i in range(len(lines) - 1, field, -1) if _ARTICLE.match(lines[i])), field)
    while last > field and last + 1 < len(lines) and _goes_on(lines[last + 1]):
        last += 1  # its other 款 and 项
    return last


def _goes_on(line: str) -> bool:
    """Whether a line below the last article is text of it and no button or label."""
    text = line.strip()
    return bool(text) and (text[-1] in "。；：" or _ITEM.match(text) is not None)


def _period(head: str) -> Hints:
    days: dict[str, date] = {}
    for what, year, month, day in _PERIOD.findall(head):
        try:
            days.setdefault(what, date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return Hints(comment_start=days.get("开始"), comment_end=days.get("结束") or days.get("截止"))
