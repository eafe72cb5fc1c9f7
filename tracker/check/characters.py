"""Rules about characters: those that look alike, 零 and 〇, 帐 and 账, numerals, half-width marks.

Floor 5. What is found is said once for each kind, with the first place and how often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from string import ascii_letters, digits
from typing import Final

from tracker.check.subject import Subject, around, problem
from tracker.law.address import Located
from tracker.law.problems import Problem, Severity

__all__ = ["character_choice", "half_width", "look_alikes", "numeral_script", "zeros"]

_Places = list[tuple[Located, re.Match[str]]]

# Beside a pattern stand the characters of which a match has at least one, see `_find`.
_HALF_MARKS: Final = "\"',;:?!()"
_HALF_WIDTH: Final = re.compile(
    "(?<=[\u4e00-\u9fff，。；：])[\"',;:?!()]|[\"'()](?=[\u4e00-\u9fff])"
)
_CHOICES: Final = (
    # (characters it has, what to look for, the usual one, why)
    ("帐", re.compile("帐(?=户|号|簿|册|目|款|本|务|单|面)"), "账", "与钱物有关的用“账”"),
    ("它", re.compile("(?<![包吉尤])其它"), "其他", "法规用语写作“其他”"),
    ("象", re.compile("象(?=以下|下列|前款)"), "像", "表示相似用“像”"),
    ("签", re.compile("签定(?=合同|协议)"), "签订", "合同、协议用“签订”"),
)  # fmt: skip

_LOOK_ALIKES: Final = (
    # (characters it has, what to look for, the right one, what the wrong one is)
    ("已巳", re.compile("(?<=自)[已巳](?=[的之承负行有动愿管身]|$|[，。；、])"), "己",
     "“己”误作“已”"),
    ("己巳",
     re.compile("(?<![自异知为利克律贬])[己巳](?=经(?![济营费])|依法|取得|建成|满|办理|公布|登记)"),
     "已", "“已”误作“己”"),
    ("末", re.compile("末(?=经(?![济营费])|依法|取得|按照?规定|履行|成年|达到|办理)"), "未",
     "“未”误作“末”"),
    ("曰", re.compile("曰(?=期|内|起|止|前)|(?<=[0-9一二三四五六七八九十工作节假])曰"), "日",
     "“日”误作“曰”"),
    ("囗", re.compile("(?<=人)囗|囗(?=岸|径|头)"), "口", "“口”误作“囗”"),
    ("侯", re.compile("气侯|侯(?=补|选|车|机|诊|鸟)"), "候", "“候”误作“侯”"),
    ("ー㇐", re.compile("(?<=[\u4e00-\u9fff])[ー㇐](?=[\u4e00-\u9fff])"), "一",
     "“一”误作假名或者笔画"),
    ("─━", re.compile("[─━]{2}"), "——", "破折号误作制表符"),
    (ascii_letters,
     re.compile("(?<=[A-Za-z])[\u0370-\u03ff\u0400-\u04ff]|[\u0400-\u04ff](?=[A-Za-z])"), "",
     "拉丁字母中混有希腊字母或者西里尔字母"),
)  # fmt: skip

_QUANTITY_ZERO: Final = re.compile(
    "(?<=[百千万])[〇○Ｏ](?=[一二三四五六七八九])|(?<=第)[〇○](?=[一二三四五六七八九])"
)
_YEAR_ZERO: Final = re.compile(
    "(?<![一二三四五六七八九十百千万零])[一二](?=[〇零○一二三四五六七八九]{3}年)"
    "(?:[〇一二三四五六七八九]*[零○])[〇零○一二三四五六七八九]*(?=年)"
)

_DIGITS: Final = r"(?<![0-9.．—\-A-Za-z年月/])[0-9]+(?:\.[0-9]+)?"
_UNIT: Final = (
    "(?:个(?:工作日|月|小时|自然日)|工作日|日内|日前|日(?:以|之)[内上前]|天|周岁|岁|年(?:以[内上下]|内)"
    "|(?:万|亿|千)?元|倍|人以上|次以上|名以上|％|%)"
)
_ARABIC: Final = re.compile(f"{_DIGITS}{_UNIT}")
_CHINESE_NUMERALS: Final = "一二两三四五六七八九十百千"
_CHINESE: Final = re.compile(
    f"(?<![{_CHINESE_NUMERALS}])[{_CHINESE_NUMERALS}]+(?:个(?:工作日|月|小时)|日内|日前|日以[内上]|周岁|年以[内上下]|万?元|倍)"
    "|百分之[一二三四五六七八九十]"
)
_BOUND: Final = re.compile(
    "(?<!办)法$|^[^《]{2,7}?(?:省|市(?![场政民容])|自治区|自治州|自治县|县|特区)"
)
"""Laws and local regulations, which the rules of 2009 speak of."""
_RULES_OF_2009: Final = date(2009, 10, 30)  # 立法技术规范（试行）（一）


def _find(subject: Subject, signs: str, pattern: re.Pattern[str]) -> _Places:
    """What the pattern finds; every match has one of `signs`, so most texts need not be read."""
    return [
        (located, found)
        for located in subject.holding(signs)
        for found in pattern.finditer(located.provision.text)
    ]


def _once(code: str, severity: Severity, places: _Places, message: str, hint: str) -> Problem:
    """One finding for all `places`, at the first of them."""
    located, found = places[0]
    times = f"，共{len(places)}处" if len(places) > 1 else ""
    text = located.provision.text
    return problem(
        code, severity, f"{message}{times}", hint, at=located.address,
        quote=around(text, found.start(), found.end()), span=found.span(),
    )  # fmt: skip


def half_width(subject: Subject) -> Iterator[Problem]:
    """Half-width marks beside Han: "一带一路" for “一带一路”.

    Most of them are made full-width in reading; straight quotation marks do not say which half
    they are, and stay.
    """
    places = _find(subject, _HALF_MARKS, _HALF_WIDTH)
    if places:
        yield _once("half-width-mark", Severity.WARNING, places, "正文中有半角标点",
                    "改为全角标点")  # fmt: skip


def character_choice(subject: Subject) -> Iterator[Problem]:
    """Characters that legislation writes one way: 银行帐户 → 银行账户; 其它 → 其他."""
    for signs, pattern, right, why in _CHOICES:
        places = _find(subject, signs, pattern)
        if places:
            word = Counter(match.group() for _, match in places).most_common(1)[0][0]
            yield _once("character-choice", Severity.INFO, places,
                        f"“{word}”通常写作“{right}”", why)  # fmt: skip


def look_alikes(subject: Subject) -> Iterator[Problem]:
    """A character in place of one that looks the same: 末经批准 → 未经批准; 曰期 → 日期."""
    for signs, pattern, right, why in _LOOK_ALIKES:
        places = _find(subject, signs, pattern)
        if places:
            text = places[0][1].group()
            points = "、".join(f"U+{ord(char):04X}" for char in dict.fromkeys(text))
            hint = f"改为“{right}”" if right else "改为拉丁字母"
            yield _once("look-alike-character", Severity.WARNING, places,
                        f"{why}（{points}）", hint)  # fmt: skip


def zeros(subject: Subject) -> Iterator[Problem]:
    """零 in quantities, 〇 in years: 一百〇五日 → 一百零五日; 二零二二年 → 二〇二二年."""
    for signs, pattern, right, what in (
        ("〇○Ｏ", _QUANTITY_ZERO, "零", "条号、数额"),
        ("零○", _YEAR_ZERO, "〇", "汉字书写的年份"),
    ):
        places = _find(subject, signs, pattern)
        if places:
            yield _once("mixed-zero", Severity.INFO, places, f"{what}中的零写作“{right}”",
                        f"改为“{right}”；编号和数量用“零”，年份用“〇”")  # fmt: skip


def numeral_script(subject: Subject) -> Iterator[Problem]:
    """Periods, ages, sums, shares and times are written in Chinese numerals: 30日内 → 三十日内.

    立法技术规范（试行）（一）11.1 of 2009; of an older text nothing is said, nor of the State
    Council's, which use Arabic ones throughout. In a text that writes both ways the rarer one is
    most likely a slip.
    """
    day = subject.dates.legal
    if subject.law.is_outline or (day is not None and day < _RULES_OF_2009):
        return
    places = _find(subject, digits, _ARABIC)
    if not places:
        return
    chinese = len(_find(subject, _CHINESE_NUMERALS, _CHINESE))
    bound = bool(_BOUND.search(subject.law.title))
    if chinese <= len(places) if chinese else not bound:
        return
    word = places[0][1].group()
    message = f"“{word}”等数量用了阿拉伯数字" + ("，其他各处用汉字数字" if chinese else "")
    severity = Severity.WARNING if chinese else Severity.INFO
    yield _once("numeral-script", severity, places, message,
                "期间、年龄、金额、比例、倍数用汉字数字；公历年月日用阿拉伯数字")  # fmt: skip
