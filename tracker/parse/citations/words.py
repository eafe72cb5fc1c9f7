"""The words by which a citation is recognised, joined and told apart: 第三条、第五条, 前两款.

Floor 1, the patterns of `scan`. Each is linear: what it has read it never gives back.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.model import Unit
from tracker.law.numbering import NUMERAL

__all__ = [
    "CALLED", "GLUE", "GOES_ON", "HEAD", "JOIN", "LEVEL", "MADE_INTO", "NOT_A_UNIT", "NUMBERED_OF",
    "OF_ONE_LAW", "PART_END", "PIECE", "RANGE", "THIS", "TOKEN", "UNIT_OF",
]  # fmt: skip

_LEVELS: Final = (
    Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION,
    Unit.ARTICLE, Unit.PARAGRAPH, Unit.SUBPARAGRAPH, Unit.ITEM,
)  # fmt: skip
LEVEL: Final = {Unit.ANNEX: -1} | {unit: level for level, unit in enumerate(_LEVELS)}
UNIT_OF: Final = {unit.label: unit for unit in _LEVELS} | {
    "編": Unit.PART, "節": Unit.SECTION, "條": Unit.ARTICLE, "項": Unit.SUBPARAGRAPH,
}  # fmt: skip
"""By their names, in traditional characters too."""

# A unit's name must not be the start of a longer word: 第一条件, 前款项, 本章程, 该项目, 本条例.
_UNIT_NAME: Final = (
    "(?:分?编(?![制写号码排入辑])|章(?!程)|节(?![点能约目假水])"
    "|条(?![件例令约理文形码幅款]|线路|航线|跑道|河流|生产线)|條(?![件例約理文款])|編(?![制號輯])|節(?![點能約目])"
    "|項(?!目)|款(?![项待式])|项(?!目|下(?!年))|目(?![标录前光]|的(?![，。；、]|$)))"
)
# What is read is never given back (possessive): a number or list without its unit fails at once.
_NUMBER: Final = NUMERAL + "{1,12}+"
_BRACKETED: Final = f"[（(]{_NUMBER}[）)]"
_ONE: Final = f"(?:{_BRACKETED}|{_NUMBER})"
_AND: Final = "(?:、|和|以及|及|与|或者|或|至|到|[—–－~～-]{1,2})"
_LONGEST_LIST: Final = 24  # the longest run under one 第 in 3,423 laws has 12; bounds the search
# Where a list ends without its unit, no later one of its numbers begins a list that has one: 第二
# in 第一、第二、第三 and （二） in （一）（二） are not tried again. A lookbehind has one length.
_BEGINS_LIST: Final = f"(?<!第{NUMERAL}、)(?<!第{NUMERAL}{{2}}、)"
_BEGINS_BRACKETS: Final = "".join(
    f"(?<![（(]{NUMERAL}{digits}[）)]{joint})"
    for digits in ("", "{2}")
    for joint in ("", "[、和及与或至到]")
)

# 前三项规定的 is a citation; 应税污染物按前三项征收 speaks of the first three.
_OF_ITEMS: Final = "(?=[、，；。和或的之]|规定|所|以外|情形|行为|条件|$)"

TOKEN: Final = re.compile(
    # Every word below begins with one of these; nine in ten places cost one look and not five.
    f"(?=[《第（(本前上下该同各附]|{NUMERAL})(?:"
    "(?P<title>《(?:[^《》\n]|《[^《》\n]{0,60}》){1,120}》)"
    f"|(?P<ordinal>(?:{_BEGINS_LIST}第{_ONE}(?:{_AND}第?{_ONE}|{_BRACKETED}){{0,{_LONGEST_LIST}}}+"
    f"|{_BEGINS_BRACKETS}{_BRACKETED}(?:{_AND}?{_BRACKETED}){{0,{_LONGEST_LIST}}}+(?=项)"
    f"|(?<=[条款项][、和至及或到]){_NUMBER}(?=条)"  # 第三十一条、三十二条
    f"|(?:(?<=项[至到]){_NUMBER}(?=项)|(?<=款[至到]){_NUMBER}(?=款))"  # 第三项至八项
    f"|(?:(?<=本法)|(?<=本条例)|(?<=本办法)|(?<=本规定)){_NUMBER}(?=条))"  # 本条例六十条
    f"{_UNIT_NAME}(?:之{NUMERAL}{{1,3}})?)"
    f"|第(?P<lost>{_NUMBER})(?=第{_NUMBER}款)"  # 第二十四第一款, where 条 was lost
    "|(?P<here>(?<![资基成日原副版文书根样标])本(?:分编|[编章节条款项目]|條(?!例)))"
    # 以前款规定的财产出资, 使用以前项手段: 以 is a verb there; 以下条件, 以上两项 are no citations.
    f"|(?P<near>(?<![之提此年日月地目线])(?:(?<!以)|(?=前))(?:[前上下]|上述(?=[两三四五]))(?P<count>[一二两三四五六七八九十]?)(?:[条條](?!款)|款|項(?!目)|项(?:(?<=[前上下]项)|{_OF_ITEMS})))"
    # 该项 before another word is a matter: 该项许可, 该项所得.
    "|(?P<same>各该[条款](?![件例令约理文形码幅款项])|(?<!合)[该同]条(?![件例令约理文形码幅款])"
    "|(?<![各应])该款(?![项待式额])|(?<![各应])该项(?=所?规定|所列|所称|的规定))"
    # 附件一, 本规定附录; 附件一并报送 and 附件二份 name none.
    f"|(?P<annex>附[件表录](?P<label>{NUMERAL}{{0,3}}+)(?![并份式张个套名\u3000])))"
)
NOT_A_UNIT: Final = re.compile(
    "编[制写号码排入辑]|章程|节[点能约目假水]|条(?:[件例令约理文形码幅]|线路|航线|跑道|河流|生产线)|款[项待式]|项(?:目|下(?!年))|目(?:[标录前光]|的(?![，。；、]|$))"
)
PIECE: Final = re.compile(f"({_AND})?第?[（(]?({_NUMBER})")
RANGE: Final = re.compile("至|到|[—–－~～-]{1,2}")
JOIN: Final = re.compile("[、，,]?(?:和|以及|及|与|或者|或)?|、|至|到|[—–－~～-]{1,2}")
CALLED: Final = re.compile("（[^（）《》。；\n]{0,20}(?:以下|下)(?:简)?称(?:为)?“?")
"""Between the two names in 《示例条例》（以下简称《条例》）."""
GLUE: Final = re.compile("(?:（[^（）\n]{0,60}）)?(?:中的|中|的|之)?")
# Two sentence parts that speak of one law: 刑法第九条规定的……罪，第十条规定的……罪, and
# 符合民事诉讼法第九条的规定，且不属于第十条规定情形的; 宪法第六条：“……”和第十一条：“……”.
GOES_ON: Final = re.compile(
    "[^，。；：\n]{0,40}，(?:且|并且|又|或者(?=[违符]))[^，。；：\n]{0,12}"
    "|：“[^“”\n]{0,300}”(?:和|以及|及|、|，)"
)
OF_ONE_LAW: Final = ("规定的", "所列", "所称", "所指")
NUMBERED_OF: Final = re.compile(f"第{_NUMBER}条(?:之{NUMERAL})?规定的")
PART_END: Final = re.compile("[，。；：！？\n]")
THIS: Final = re.compile("(?<![基根资版文样])本《")
# 在刑法第九条后增加一条，作为第九条之一: an instruction goes on with the law it names.
MADE_INTO: Final = re.compile("(?:作为|改为)$")
# Where 第九条 opens a sentence or a quotation and nothing of this stands behind it, it is the head
# of an article and cites nothing: ……制定本规则。第九条空域的划设，…….
_AFTER_CITED: Final = (
    "[、，。；：）（”》—～~ 及和与或至到第前的所中之等内后–－-]|规定|以外|以及|另|有关"
    "|明确|[增修删改]|作为|情形|适用|项|$"
)
HEAD: Final = re.compile(
    f"[。“](?P<number>第{_NUMBER}条(?:之{NUMERAL}{{1,3}}+)?)(?!{_AFTER_CITED})"
)
