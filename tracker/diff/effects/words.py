"""The words that can fill a slot: numbers with units, 应当 and its kin, bodies, citations.

Between the text of an article and `rules`. Floor 2. Numbers of both scripts have one value:
三十日 is 30日, 百分之十 is 10%, 五万元 is 50000元.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tracker.diff.effects.model import Quantity
from tracker.diff.redline.tokens import cut
from tracker.law.numbering import read_numeral
from tracker.parse.dates import impossible_days

__all__ = ["Measure", "Slot", "Word", "duty", "find_words", "find_written", "measure"]


class Slot(StrEnum):
    """What kind of word fills a slot; words of one kind can stand for each other."""

    CITATION = "citation"
    DATE = "date"
    SHARE = "share"
    MONEY = "money"
    MULTIPLE = "multiple"
    AGE = "age"
    PERIOD = "period"
    COUNT = "count"
    MODAL = "modal"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that fills a slot: ``text[start:end]``."""

    slot: Slot
    text: str
    start: int
    end: int


_HAN: Final = "零〇一二三四五六七八九十百千万两"
_N: Final = (
    r"(?:(?<![0-9０-９])[0-9０-９]+(?:[,，][0-9]{3}){0,9}(?:[.．][0-9]+)?[万千百]?"
    rf"|(?:(?<![{_HAN}])|(?<=年零))[{_HAN}]+(?:点[{_HAN}]+)?)"
)
"""A number, from its first sign on (第50年 holds no 0年), so that a line of them is read once;
only the 六 of 七年零六个月 begins one behind another sign."""
_YEAR: Final = r"(?:[0-9０-９×]{4}|[一二][零〇○一二三四五六七八九×]{3})"
_TIME: Final = "(?:个)?(?:工作日|月|周年|年|日|天|小时|周|星期|分钟)"
_THINGS: Final = "人|名|次|户|平方米|平方公里|公里|米|吨|公斤|千克|克|票|辆|台"
_CITED: Final = rf"第（?[{_HAN}0-9]+）?[款项目]"

_NO_PERIOD_BEHIND: Final = "(?<![第月])(?<!(?<!每)年)"
_NO_PERIOD_BEFORE: Final = "(?!度|级|生|审|报|检|费|限|会|本|日)"
_NO_YUAN: Final = "素|器?件|旦|宵|宇宙|数据|化"  # 五百元素, 一元化: no money

_BODY_END: Final = re.compile(
    "(?:人民政府|政府|法院|检察院|国务院|委员会|常委会|代表大会|部门|机关|机构|协会|海关|监狱|看守所|派出所|"
    "总局|办公室|办事处|管理处|(?:公安|教育|民政|财政|商务|司法|国防|外交|水利|农业农村|生态环境|"
    "自然资源|应急管理|交通运输|科学技术)部|"
    "(?<![布结大全当时格终])局)$"
)
_STOP_WORDS: Final = (
    "的 应当 应 可以 可 不得 必须 须 由 向 报 经 对 对于 依照 依法 按照 "
    "根据 依据 违反 责令 处 处以 未 未经 并 及时 和 或 或者 以及 及 与 除 "
    "是 为 为了 给予 申请 提请 请求 接受 配合 通知 告知 送 送达 会同 协同 "
    "协助 移送 交 交由 受 本法 本 本条例 规定 其他 其它 其 该 当事人 自 到 "
    "被 作出 因 后 时 等 上述 前款 以 所列 任何 如 但 至 用 有权 负责 不服 "
    "批准 经过 委托 属于 加盖 在 原 所属 中 使 有关 各自 征得 听取 各 下列 同 将 报请 报送 "
    "报告 提出 参加 组织 加强 建立 设立 支持 鼓励 指导 监督 要求 认为 以外 依 "
    "即 既 又 都 均 且 同时 也 已经 已 不 没有 有 无 个人 单位 企业 公司 "
    "人员 公民 法人 上诉 起诉 备案 抄送 独立 于 履行 作为 做为 通过 涉及 包括 "
    "还 商 征求 召开 召集 属 具有 责任 职责 以下 以内 前 内 起 收到 决定 "
    "之间 所 给 从 分送 报经 保障 促进 制定 制订 相关 提交 吸收 征用 为本 "
    "列入 纳入 发现 实行 分为 称 简称 统称 指 送交 转交 转送 服从 阻碍 妨碍 扰乱 冲击 威胁 "
    "关于 出席 列席 邀请 聘请 需要 需 成立 担任 取得 获得 接到 坚持 退回 印发 是否 督促 "
    "参照 符合 保证 享受 超过 自行 采取 采用 商请 产生 致使 拒绝 一并 回复 推动 落实 进入 "
    "再次 行使 逐级 做好 积极 立即 连同 待 等待 依托 适用 包含 进行 争取 提高 联系 同意 而 "
    "加入 责成 不是 保持 用于 按 实现 认真 能够 询问 正在 请 遵守 遵循 定期 就 要 现 了 "
    "主动 每年 审理 审查 期间 建议 下设 附具 书面通知 领导 统一领导 跨 跨部门 "
)
"""Words that belong to no name of a body, and end one."""
_STOP: Final = frozenset(_STOP_WORDS.split())
_PAIRED: Final = re.compile(
    "宪法和法律|监察和司法|人力资源和社会保障|住房和城乡建设|发展和改革|文化和旅游|工业和信息化|自然资源和规划|"
    "农业和农村|卫生和计划生育|林业和草原|市场和质量|"
    "(?:履行|承担|负责)[^，。；、的]{2,16}的(?:机构|部门|机关)"
)
"""Names of bodies that hold words which end other names: 和, 履行, 的."""
_NO_BODY: Final = re.compile("(?:金融|中介|培训|医疗|卫生|养老|分支|教育|研究|科研|服务)机构$")
"""Those whom the law is made for, and no authorities: 金融机构应当报告."""
_PARTICLES: Final = ("向", "由", "经", "报", "被", "对", "将")
_BY: Final = re.compile("[^自理]由|[报向对](?=[市省州县区国本同上下])")
"""The dictionary joins 由市 in 本办法由市公安局负责解释, and 报市 in 将方案报市规划部门."""
_TOP: Final = re.compile("国务院|县级以上|最高人民|中央军事|设区的市|省级")
"""Where a name begins for certain: 采集国务院科学技术主管部门规定的资源."""
_LEVELS: Final = re.compile(
    "(?:(?:省|自治区|直辖市|自治州|设区的市|市|县|自治县|区|旗|乡|民族乡|镇)(?:、|和|或者))+$"
)
"""What a name begins with that the dictionary leaves outside: 市和区、县人民政府."""
_LEVELS_LONG: Final = 24  # characters: all of them in one list
_HAN_ONLY: Final = re.compile("[\u4e00-\u9fff]+")

_COUNTED: Final = (
    (Slot.DATE, rf"{_YEAR}年(?:(?:{_N}|×+)月(?:(?:{_N}|×+)日)?)?|{_N}月{_N}日"),
    (
        Slot.SHARE,
        rf"(?:百分之|千分之|万分之|(?<![{_HAN}])[{_HAN}]+分之){_N}|{_N}[%％‰]",
    ),
    (Slot.MONEY, rf"{_N}(?:亿|万)?(?:元(?!{_NO_YUAN})|美元)(?:人民币)?"),
    (Slot.MULTIPLE, rf"{_N}倍"),
    (Slot.AGE, rf"{_N}(?:周岁|岁)"),
    (Slot.PERIOD, rf"{_NO_PERIOD_BEHIND}{_N}{_TIME}{_NO_PERIOD_BEFORE}"),
    (Slot.COUNT, rf"(?<!第){_N}(?:{_THINGS})(?!民|员|类|身|造|工)"),
)
"""Words that begin with their number."""
_CALLED: Final = (
    (Slot.DATE, "(?:公布|发布|印发|通过|颁布)之日"),
    (Slot.SHARE, "过半数|半数以上|半数"),
    (Slot.MONEY, rf"人民币{_N}(?:亿|万)?(?:元(?!{_NO_YUAN})|美元)(?:人民币)?"),
    (Slot.PERIOD, f"{_NO_PERIOD_BEHIND}半年{_NO_PERIOD_BEFORE}"),
    (Slot.MODAL, "不应当|应当|不可以|可以|不得|必须|禁止|严禁"),
)
"""Words that begin with another sign than their number, or have none."""
_UNITS: Final = "年月日点亿万千百元美倍周岁个工天小星分%％‰人名次户平公米吨克票辆台"
_MAY_COUNT: Final = (
    rf"(?:(?<![0-9０-９])(?=[0-9０-９]++(?:[,，][0-9]{{3}}){{0,9}}+(?:[.．][0-9]++)?+[{_UNITS}×])"
    rf"|(?:(?<![{_HAN}])|(?<=年零))(?=[{_HAN}]++(?:点[{_HAN}]++)?+[{_UNITS}○×])"
    rf"|(?={_YEAR}年|[百千万]分之))"
)
"""Where a number begins and what it counts comes behind: looked for once, not for each kind."""
_MAY_CALL: Final = "(?=[公发印通颁过半人不应可必禁严])"
_CITATION: Final = (
    rf"第[{_HAN}0-9]+[编章节条款项目](?:之[{_HAN}]+)*(?:{_CITED})*|[（(][{_HAN}0-9]+[）)]"
)


def _either(slots: Iterable[tuple[Slot, str]], tail: str = "") -> str:
    """One pattern for several slots; a second one for a slot has `tail` behind its name."""
    return "|".join(f"(?P<{slot.value}{tail}>{pattern})" for slot, pattern in slots)


_WORD: Final = re.compile(
    f"{_either(((Slot.CITATION, _CITATION),))}"
    f"|{_MAY_COUNT}(?:{_either(_COUNTED)})|{_MAY_CALL}(?:{_either(_CALLED, '_')})"
)


_CLAUSE: Final = re.compile(
    "[^，。；]+(?:(?<=[0-9０-９])，(?=[0-9])[^，。；]+)*[，。；]?|[，。；]"  # 1，000 is one number
)


def find_words(text: str) -> tuple[Word, ...]:
    """Every word of a text that can fill a slot, in order, without overlap.

    >>> [(w.slot.value, w.text) for w in find_words("公安机关应当自收到之日起三十日内处五万元罚款")]
    [('body', '公安机关'), ('modal', '应当'), ('period', '三十日'), ('money', '五万元')]
    >>> [w.text for w in find_words("每年二十天，死亡后第50年的12月31日；七年零六个月")]
    ['二十天', '12月31日', '七年', '六个月']
    """
    found, at = [], 0
    for clause in _CLAUSE.findall(text):
        found += [
            Word(word.slot, word.text, at + word.start, at + word.end) for word in _words_of(clause)
        ]
        at += len(clause)
    return tuple(found)


@lru_cache(maxsize=8192)
def _words_of(clause: str) -> tuple[Word, ...]:
    """Those of a clause. A text that changed has most of its clauses as they were, and no word
    that fills a slot runs across a mark: looking at each clause once halves the time."""
    found = find_written(clause)
    if not _MAY_NAME.search(clause):
        return tuple(found)
    taken = {place for word in found for place in range(word.start, word.end)}
    found += [body for body in _bodies(clause) if taken.isdisjoint(range(body.start, body.end))]
    return tuple(sorted(found, key=lambda word: word.start))


def find_written(text: str) -> list[Word]:
    """Those words that are known by how they are written, without the names of bodies, for which
    the dictionary is needed."""
    return [
        Word(Slot(match.lastgroup.rstrip("_")), match.group(), match.start(), match.end())
        for match in _WORD.finditer(text)
        if match.lastgroup and not _names_no_day(match)
    ]


def _names_no_day(match: re.Match[str]) -> bool:
    """2026年13月40日 is a slip, no date that something changes to."""
    return match.lastgroup == Slot.DATE.value and bool(impossible_days(match.group()))


_MAY_NAME: Final = re.compile("[府院会门关构狱所局室处部应须可严]")
"""What a clause has in which `_bodies` finds anything: the last signs of `_BODY_END`, and those of
`_DUTIES`. Half of the clauses have none, and the dictionary is not asked."""


def _bodies(text: str) -> Iterator[Word]:
    """Names of bodies, and 应, 须, 可. A name runs up to a word like 部门, from right behind the
    last word that belongs to no name:

    由县级以上人民政府公安机关责令 holds 县级以上人民政府公安机关.
    """
    inside = {place for name in _PAIRED.finditer(text) for place in range(*name.span())}
    begin = end = at = done = 0
    for token in cut(text):
        is_duty, stops, ends = _role(token)
        if is_duty:
            yield Word(Slot.MODAL, token, at, at + len(token))
        if stops and at not in inside:
            body = _body(text, begin, end, done) if end > begin else None
            if body:
                yield body
                done = body.end
            begin = end = at + len(token)
        at += len(token)
        if ends:
            end = at
    if end > begin and (body := _body(text, begin, end, done)):
        yield body


@lru_cache(maxsize=16384)
def _role(token: str) -> tuple[bool, bool, bool]:
    """Whether it is 应, 须 or 可 as a word (相应 and 许可 are others); whether it is in no name
    of a body; whether it ends one."""
    stops = token in _STOP or token[-1] in _PARTICLES or not _HAN_ONLY.fullmatch(token)
    return token in _DUTIES, stops, _BODY_END.search(token) is not None


def _body(text: str, begin: int, end: int, done: int) -> Word | None:
    """A name without the particle that the dictionary joins to it: 向市 in 向市人民政府."""
    begin += text[begin:end].startswith(_PARTICLES)
    by = _BY.search(text, begin, end)
    begin = by.end() if by else begin
    top = _TOP.search(text, begin, end)
    begin = top.start() if top else begin
    if end <= begin or _NO_BODY.search(text, begin, end):
        return None
    levels = _LEVELS.search(text, max(done, begin - _LEVELS_LONG), begin)
    begin = levels.start() if levels else begin
    return Word(Slot.BODY, text[begin:end], begin, end)


_DUTIES: Final = {
    "应": "应当", "须": "必须", "可": "可以", "严禁": "禁止", "不应当": "不得", "不可以": "不得",
}  # fmt: skip


def duty(word: Word) -> str:
    """What a modal says, in its usual form: 应 is 应当, 严禁 is 禁止."""
    return _DUTIES.get(word.text, word.text)


_SCALE: Final = {"万": 10_000, "亿": 100_000_000}
_SHARES: Final = {"百": "%", "千": "‰", "万": "‱"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a word amounts to: as written (None for 过半数), and in a base unit for comparing."""

    quantity: Quantity | None
    size: Decimal
    base: str


def measure(word: Word) -> Measure | None:
    """The size of a number with a unit; None where it cannot be read.

    >>> text = "三十日、五万元、百分之十、2.5倍、十八周岁、三个工作日"
    >>> [str(measure(word).quantity) for word in find_words(text)]
    ['30日', '5万元', '10%', '2.5倍', '18周岁', '3个工作日']
    """
    text = word.text.removeprefix("人民币").removesuffix("人民币")
    if word.slot is Slot.SHARE:
        return _share(text)
    found = re.fullmatch(rf"({_N}|半)(个)?(.+)", text)
    if not found:
        return None
    digits, counter, unit = found[1], found[2] or "", found[3]
    if len(digits) > 1 and digits[-1] == "万" and word.slot is Slot.MONEY:
        digits, unit = digits[:-1], "万" + unit
    number = _read(digits)
    if number is None:
        return None
    return Measure(Quantity(number, f"{counter}{unit}"), *_base(number, unit))


def _base(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """In a unit in which equal amounts are equal: 一年 is 12 months, but 三十日 is no month."""
    if unit[0] in _SCALE and len(unit) > 1:
        return number * _SCALE[unit[0]], unit[1:]
    if unit in ("年", "周年"):
        return number * 12, "月"
    if unit in ("周", "星期"):
        return number * 7, "日"
    return number, {"天": "日", "岁": "周岁", "名": "人"}.get(unit, unit)


def _share(text: str) -> Measure | None:
    if "半数" in text:
        return Measure(None, Decimal("0.5"), text)
    if text[-1] in "%％‰":
        number = _read(text[:-1])
        sign, parts = ("‰", 1000) if text[-1] == "‰" else ("%", 100)
        return Measure(Quantity(number, sign), number / parts, "") if number is not None else None
    below, _, above = text.partition("分之")
    number, whole = _read(above), _read(below)
    if number is None or not whole:
        return None
    divisor = Quantity(whole, "")  # as it reads: 三分之二 is 2/3
    return Measure(Quantity(number, _SHARES.get(below, f"/{divisor}")), number / whole, "")


def _read(text: str) -> Decimal | None:
    """A number of either script; 百分之 is read from its 百."""
    if text == "半":
        return Decimal("0.5")
    whole, _, fraction = text.replace("．", ".").replace("点", ".").partition(".")
    whole = re.sub("[,，]", "", whole)
    if whole in ("百", "千", "万"):
        whole = f"一{whole}"
    times = 1
    if whole[-1:] in "百千万" and whole[:-1].isdecimal():
        times, whole = {"百": 100, "千": 1000, "万": 10_000}[whole[-1]], whole[:-1]
    try:
        if fraction and not fraction.isdecimal():
            fraction = "".join(str(read_numeral(char)) for char in fraction)
        return Decimal(f"{read_numeral(whole)}.{fraction or 0}") * times
    except ValueError:
        return None
