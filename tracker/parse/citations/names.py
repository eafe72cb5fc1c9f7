"""The name of a law that stands before a number without 《》: 刑法第三条, 本条例第三条, 该法第三条.

Floor 1, beside `scan`. What ends like a name and names no law is told apart here.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.numbering import NUMERAL

__all__ = [
    "LAST_NAMED", "LAW_TITLE", "LOOK_BACK", "NAMES_NONE", "known_name", "last_known", "name_of",
    "own_name", "standard_of", "title_of",
]  # fmt: skip

_NAME: Final = (
    "(?:法典|法例|法|宪章|条例|规定|办法|细则|规则|解释|决定|规程|章程|准则|通则|公约|条约|修正案|议定书|协定"
    "|條例|規定|辦法|細則|規則|解釋|決定|憲法|安排|批复|通知|意见|纪要|方案|标准|规范|制度|公告|总则|分则|附则)"
)
LOOK_BACK: Final = 32
_NAME_ENDS: Final = (
    "法", "典", "例", "章", "定", "则", "則", "释", "釋", "程", "公约", "条约", "修正案", "议定书",
    "安排", "批复", "通知", "意见", "纪要", "方案", "标准", "规范", "制度", "公告",
)  # fmt: skip
"""How every name of a law ends; what ends otherwise is not searched for one."""
_OWN_ENDS: Final = (*_NAME_ENDS, "的")
# Laws that are cited without 《》 most often; where one ends the words before a number it is the
# title, however long the verb before it is (应当认定为刑法第…).
_KNOWN_NAME: Final = (
    "(?:中华人民共和国)?(?:"
    "刑法|民法典|民法通则|民法总则|宪法|民事诉讼法|刑事诉讼法|行政诉讼法|海事诉讼特别程序法"
    "|行政处罚法|行政许可法|行政强制法|行政复议法|国家赔偿法|治安管理处罚法|立法法|监督法"
    "|监察法|公务员法|公司法|合伙企业法|企业破产法|合同法|劳动合同法|劳动法|物权法|担保法"
    "|婚姻法|继承法|侵权责任法|保险法|票据法|证券法|海商法|专利法|商标法|著作权法|反垄断法"
    "|反不正当竞争法|消费者权益保护法|食品安全法|药品管理法|产品质量法|企业所得税法"
    "|个人所得税法|增值税法|税收征收管理法|税收征管法|土地管理法|预算法|审计法|政府采购法"
    "|招标投标法|仲裁法|劳动争议调解仲裁法|档案法|环境保护法|环境保护税法|道路交通安全法"
    "|网络安全法|数据安全法|个人信息保护法|文物保护法|海关法|对外贸易法|反家庭暴力法"
    "|母婴保健法|人口与计划生育法|基本医疗卫生与健康促进法|(?:香港|澳门)特别行政区基本法"
    ")"
)
_KNOWN: Final = re.compile(f"{_KNOWN_NAME}$")
_MENTIONED: Final = re.compile(_KNOWN_NAME)
_FAR_BACK: Final = 200
"""Characters before 该法 that are searched for the law it means."""
_NOT_OWN: Final = "(?<![基根资版文样])"
"""What makes 本 the end of another word: 香港特别行政区基本法第一条 is of that law."""
_OWN: Final = re.compile(
    f"{_NOT_OWN}本(?:实施|暂行|试行|管理|补充|经济特区|特区|司法)*{_NAME}的?(?P<within>总则|分则|附则)?$"
)
_NAME_END: Final = re.compile(f"{_NAME}$")
_RUN: Final = re.compile("[^\u4e00-\u9fff（）]")
LONGEST_BEFORE: Final = 30
"""Characters of a name before the word it ends with."""
_PART: Final = re.compile("(?:总则|分则|附则)$")
# Words that end in one of the names above and name no law.
_NO_NAME: Final = re.compile(
    "(?:[依违合非方执立守]法|(?<!公)司法|^法|(?:讨论|审议|作出)决定|(?:前款|前条|下列|上述|本条|本款|有关|法律|法规|法定)的?规定)$"
)
_COMMON_NOUNS: Final = frozenset(
    (
        "规定",
        "决定",
        "通知",
        "意见",
        "标准",
        "规范",
        "制度",
        "方案",
        "公告",
        "安排",
        "总则",
        "分则",
        "附则",
    )
)
# Where a name begins: after the last of these words. 和 stands in 中华人民共和国 too.
_BEFORE_NAME: Final = re.compile(
    "[，。；：、]|依照|按照|认定为|实施(?:了|(?!条例|细则|办法|规定))|从事|采取|出现|引进|邮寄|具有|具备|应当遵守|有(?!限|资产|关|机|毒|线)|根据|依据|违反|符合|不受|讨论了|适用(?!法)|属于|关于|对于|以及|或者|并且|构成|触犯"
    "|执行|参照|比照|引用|修改|将|(?<!共)和(?!国)|与|及|或|[在对除因于犯被是按照]|（"
)
LAST_NAMED: Final = re.compile(f"(?<!合)[该同]{_NAME}$")
"""该法, 该条例, 同法: the law that was named last. 合同法 is a name of its own."""
NAMES_NONE: Final = re.compile(
    f"(?:上述|前述|该|这|以上)?(?:[两二三四五几数各](?:[部个件])?|(?<=述))(?:{_NAME}|法律|法规|规章)"
    "|(?:部门|地方政府|政府|地方|省级|有关|相关)*规章|(?:行政|地方性|有关|相关)*法规"
)
"""上述两法, 部门规章: other laws, of which the words do not say which."""
_NUMBERED: Final = re.compile(
    f"[\u4e00-\u9fff]{{0,20}}(?:第{NUMERAL}{{1,6}}|〔[0-9]{{4}}〕[0-9]{{1,5}})号$"
)
_OWN_KIND: Final = ("本规章", "本法规")
_KIND_ONLY: Final = re.compile("[\u4e00-\u9fff]{0,12}(?:规章|法规)$")
_STANDARD: Final = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z/]{0,11}+[ -]?[0-9][0-9.:：—–-]{0,20}+$")
"""GB/T 1.1—2020, ISO 9001:2015."""
LAW_TITLE: Final = re.compile(f"{_NAME}(?:（[^（）]*）)?$")
"""How a title in 《》 ends that is a law's; 《商品房买卖合同》 is none."""


def name_of(before: str) -> str:
    """The name of a law at the end of `before`, written without 《》; empty where there is none.

    >>> name_of("有下列情形之一的，适用民事诉讼法"), name_of("违反前款规定")
    ('民事诉讼法', '')
    >>> name_of("依照国务院令第七百一十二号"), name_of("违反部门规章"), name_of("违反本规章")
    ('国务院令第七百一十二号', '部门规章', '')
    """
    if before.endswith(("号", "规章", "法规")):
        found = (_NUMBERED if before[-1] == "号" else _KIND_ONLY).search(before)
        return _behind_cue(found.group()) if found and not before.endswith(_OWN_KIND) else ""
    if not before.endswith(_NAME_ENDS):
        return ""
    start = _name_start(before)
    if start is None or _NO_NAME.search(before):
        return ""
    part = _PART.search(before)
    known = _KNOWN.search(before) or (part and _KNOWN.search(before[: part.start()]))
    if known:
        return before[known.start() :]
    name = _behind_cue(before[start:])
    return "" if name in _COMMON_NOUNS or name.startswith("本") else name


def _behind_cue(name: str) -> str:
    """依照国务院令第七百一十二号 → 国务院令第七百一十二号."""
    cues = [cue for cue in _BEFORE_NAME.finditer(name) if cue.end() < len(name)]
    return (name[cues[-1].end() :] if cues else name).removeprefix("的")


def _name_start(before: str) -> int | None:
    """Where the Han run begins that ends in the word of a name, None where none ends so."""
    ending = _NAME_END.search(before)
    if ending is None:
        return None
    start = max(0, ending.start() - LONGEST_BEFORE)
    breaks = [found.end() for found in _RUN.finditer(before, start, ending.start())]
    return breaks[-1] if breaks else start


def standard_of(before: str) -> str:
    """The number of a standard at the end of `before`; empty where there is none.

    >>> standard_of("应当符合ISO/IEC 27001:2022"), standard_of("自2022"), standard_of("违反本法")
    ('ISO/IEC 27001:2022', '', '')
    """
    found = _STANDARD.search(before) if before[-1:].isascii() else None
    return found.group() if found else ""


def title_of(name: str) -> str:
    """The law that a name is of: 刑法分则 is a part of 刑法; 民法总则 was a law.

    >>> title_of("刑法分则"), title_of("民法总则"), title_of("专利法")
    ('刑法', '民法总则', '专利法')
    """
    whole = _PART.sub("", name)
    return whole if _NAME_END.search(whole) and not _KNOWN.search(name) else name


def own_name(before: str) -> re.Match[str] | None:
    """本法, 本条例 … at the end of `before`; the group ``within`` holds 总则 of 本法总则.

    >>> own_name("违反本办法").group(), own_name("违反该办法")
    ('本办法', None)
    """
    return _OWN.search(before) if before.endswith(_OWN_ENDS) and "本" in before else None


def last_known(before: str) -> str | None:
    """The well-known law that `before` names last, with a number or without.

    >>> last_known("从企业破产法施行之日起计算，在")
    '企业破产法'
    """
    found = _MENTIONED.findall(before, max(0, len(before) - _FAR_BACK))
    return found[-1] if found else None


def known_name(title: str) -> str | None:
    """The well-known law that a title is about: 刑法修正案（九） amends 刑法.

    >>> known_name("关于适用刑法分则规定的犯罪的罪名的意见"), known_name("某市条例")
    ('刑法', None)
    """
    found = _MENTIONED.search(title)
    return found.group() if found else None
