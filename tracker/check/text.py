"""Rules about the text itself: marks that come in pairs, marks at the end, characters.

Floor 5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tracker.check.subject import Subject, problem
from tracker.law.address import Located
from tracker.law.model import Provision, Unit
from tracker.law.problems import Problem, Severity

__all__ = [
    "character_choice", "doubled_marks", "empty_articles", "ends", "half_width", "item_ends",
    "pairs",
]  # fmt: skip

_PAIRS: Final = {"》": "《", "）": "（", "”": "“", "’": "‘", "】": "【", "〉": "〈", "〕": "〔"}
_LIST_MARK: Final = re.compile(
    "(?m)(?:^|(?<=[，。；：、]))[0-9a-zA-Z一二三四五六七八九十①-⑳]{1,3}）"
)
_QUOTE_LEFT: Final = 12  # characters shown before the mark

_END: Final = re.compile("(?:[。！？：；—]|…)[”’）】》\ue000-\uf8ff]*$|删除）$")
# A law read from broken lines has an open end in every second 款; a right one in none, and the
# worst of 300 others in the sample in 6 of 45.
_FEW_OPEN: Final = 8
_SHARE_OPEN: Final = 0.2
_HEADING_LIKE: Final = re.compile("[^，。；：、！？“”]{1,16}")
# 宪法 lists offices one a line (总理，⏎副总理若干人，); （…删除） is a remark of the editor.
_SERIES_OR_REMARK: Final = re.compile("[^，。；：]{1,12}，|（[^（）]*）")
_TABLE_OR_FORMULA: Final = re.compile(r"^[|│┌├└]|[|│]$|[=＝×÷√]")
_SEMICOLON: Final = re.compile("；(?:或者|以及|并且|同时|和|或|且|并)?$")
_STOP: Final = re.compile("[。！？](?:[”’）】》])?$")
_DOUBLED: Final = re.compile(
    "[，、；：]{2,}|。。+(?!。)|[，、；：]。|。[，、；：]|，、|（）|《》|“”"
)


def pairs(subject: Subject) -> Iterator[Problem]:
    """《》（）“” come in pairs within an article: 依照《民法典的规定 → ``unpaired-mark``.

    A quotation may run over several 款; it must be closed where the article ends.
    """
    if subject.is_amending_act:
        return
    for located in subject.regulated():
        if located.provision.unit is not Unit.ARTICLE:
            continue
        texts = [p.text for p in located.provision.walk() if p.text]
        unpaired = _unpaired("\n".join(texts))
        if unpaired is not None:
            mark, quote = unpaired
            yield problem(
                "unpaired-mark", Severity.ERROR, f"“{mark}”不成对",
                "补上缺少的一半，或者删去多余的一半。", at=located.address, quote=quote,
            )  # fmt: skip


def _unpaired(text: str) -> tuple[str, str] | None:
    """The first mark without its other half, and the words around it."""
    lists = {m.end() - 1 for m in _LIST_MARK.finditer(text)}
    openings = set(_PAIRS.values())
    stack: list[tuple[str, int]] = []
    for position, char in enumerate(text):
        if char in openings:
            # “甲 ⏎ “乙”: each paragraph of a long quotation may open it again
            stack.append((char, position))
        elif char in _PAIRS and position not in lists:
            if not stack or stack[-1][0] != _PAIRS[char]:
                return char, _around(text, position)
            stack.pop()
    if stack:
        return stack[0][0], _around(text, stack[0][1])
    return None


def _around(text: str, position: int) -> str:
    line = text.rfind("\n", 0, position) + 1
    return text[max(line, position - _QUOTE_LEFT) : position + _QUOTE_LEFT + 1].partition("\n")[0]


def ends(subject: Subject) -> Iterator[Problem]:
    """A 款 ends in 。 (or ： before a list): …依法追究刑事责任 → ``missing-full-stop``.

    A short 款 without any mark (价格制定) is no sentence that lost its end but a heading that lost
    its number, or a caption without brackets → ``stray-heading``.
    """
    found = tuple(_open_ends(subject))
    paragraphs = sum(p.provision.unit is Unit.PARAGRAPH for p in subject.regulated())
    if len(found) <= max(_FEW_OPEN, _SHARE_OPEN * paragraphs):
        yield from found
        return
    yield problem(
        "broken-lines", Severity.WARNING,
        f"{paragraphs}款中有{len(found)}款末尾没有句号，像是按行折断的文本",
        "换用没有折行的来源，或者先把折断的行接上。", quote=found[0].quote,
    )  # fmt: skip


def _open_ends(subject: Subject) -> Iterator[Problem]:
    for located in subject.regulated():
        provision = located.provision
        if provision.unit is not Unit.PARAGRAPH or not provision.text:
            continue
        if _in_outline(located) or _TABLE_OR_FORMULA.search(provision.text):
            continue
        if _SERIES_OR_REMARK.fullmatch(provision.text):
            continue
        if _HEADING_LIKE.fullmatch(provision.text) and not provision.children:
            yield problem(
                "stray-heading", Severity.WARNING,
                "本款没有标点，像是丢失了编号的标题或者没有括号的条旨",
                "核对来源的标题。", at=located.address, quote=provision.text,
            )  # fmt: skip
        elif not _END.search(provision.text):
            hint = "在句末加句号。" if not provision.children else "在列举之前用冒号。"
            yield problem(
                "missing-full-stop", Severity.WARNING, "本款末尾没有句号", hint,
                at=located.address, quote=provision.text[-_QUOTE_LEFT:],
            )  # fmt: skip


def _in_outline(located: Located) -> bool:
    return located.address.steps[0][0] is not Unit.ARTICLE


def item_ends(subject: Subject) -> Iterator[Problem]:
    """项 end in ； and the last one in 。: （三）……设置障碍。（四）其他…… → ``item-mark``.

    Where the 项 are whole sentences, each ends in 。, which is right; only a list that does both is
    told. The wrong mark is the rarer one.
    """
    for located in subject.regulated():
        rows = _rows(located.provision)
        for row in rows:
            yield from _row_ends(located, row)


def _rows(provision: Provision) -> Iterator[tuple[Provision, ...]]:
    if provision.unit in (Unit.PARAGRAPH, Unit.SUBPARAGRAPH):
        row = tuple(
            c for c in provision.children if c.unit in (Unit.SUBPARAGRAPH, Unit.ITEM) and c.number
        )
        if len(row) > 1:
            yield row


def _row_ends(located: Located, row: tuple[Provision, ...]) -> Iterator[Problem]:
    *others, last = (_last_text(p) for p in row)
    semicolons = sum(bool(_SEMICOLON.search(text)) for text in others)
    stops = sum(bool(_STOP.search(text)) for text in others)
    if semicolons < stops or not semicolons:
        return
    sentences = any("。" in text[:-1] for text in others)
    for provision, text in zip(row, others, strict=False):
        if _SEMICOLON.search(text) or (sentences and "。" in text[:-1]):
            continue
        assert provision.number is not None
        yield problem(
            "item-mark", Severity.WARNING,
            f"同一列举中其他各项以分号结尾，本项以“{text[-1:]}”结尾", "改为分号。",
            at=located.address.below(provision.unit, provision.number), quote=text[-_QUOTE_LEFT:],
        )  # fmt: skip
    nested = located.provision.unit is Unit.SUBPARAGRAPH  # the 项 that holds these 目 may go on
    if nested and _SEMICOLON.search(last):
        return
    if not _STOP.search(last) and row[-1].number is not None:
        yield problem(
            "item-mark", Severity.WARNING, f"最后一项以“{last[-1:]}”结尾，没有句号", "改为句号。",
            at=located.address.below(row[-1].unit, row[-1].number), quote=last[-_QUOTE_LEFT:],
        )  # fmt: skip


def _last_text(provision: Provision) -> str:
    """The last words of a 项, those of its 目 included."""
    return [p.text for p in provision.walk() if p.text][-1] if provision.text else ""


def doubled_marks(subject: Subject) -> Iterator[Problem]:
    """Two marks where one belongs: 依法处理。，构成犯罪的 → ``doubled-mark``."""
    for located in subject.regulated():
        found = _DOUBLED.search(located.provision.text)
        if found:
            yield problem(
                "doubled-mark", Severity.WARNING, f"标点重复：“{found.group()}”", "只留一个标点。",
                at=located.address, quote=_around(located.provision.text, found.start()),
            )  # fmt: skip


def empty_articles(subject: Subject) -> Iterator[Problem]:
    """An article has a text: 第八条 followed directly by 第九条 → ``empty-article``."""
    for located in subject.regulated():
        provision = located.provision
        if provision.unit is Unit.ARTICLE and not any(p.text for p in provision.walk()):
            yield problem(
                "empty-article", Severity.ERROR, "条号之后没有条文",
                "核对来源是否漏了这一条的内容。", at=located.address,
            )  # fmt: skip


_HALF_WIDTH: Final = re.compile(
    "(?<=[\u4e00-\u9fff，。；：])[\"',;:?!()]|[\"'()](?=[\u4e00-\u9fff])"
)


def half_width(subject: Subject) -> Iterator[Problem]:
    """Half-width marks beside Han: "一带一路" for “一带一路”. Said once, with the first place.

    Most of them are made full-width in reading; straight quotation marks do not say which half
    they are, and stay.
    """
    places = [
        (located, found)
        for located in subject.regulated()
        for found in _HALF_WIDTH.finditer(located.provision.text)
    ]
    if places:
        located, found = places[0]
        yield problem(
            "half-width-mark", Severity.WARNING, f"正文中有半角标点，共{len(places)}处",
            "改为全角标点。", at=located.address,
            quote=_around(located.provision.text, found.start()),
        )  # fmt: skip


_CHOICES: Final = (
    # (what to look for, the usual one, why)
    (re.compile("帐(?=户|号|簿|册|目|款|本|务|单|面)"), "账", "与钱物有关的用“账”"),
    (re.compile("(?<=[一二三四五六七八九十百千])〇(?=[一二三四五六七八九])(?!.{0,3}年)"), "零",
     "条号、数额中的零写作“零”"),
    (re.compile("(?<!包)其它"), "其他", "法规用语写作“其他”"),
    (re.compile("象(?=以下|下列|前款)"), "像", "表示相似用“像”"),
)  # fmt: skip


def character_choice(subject: Subject) -> Iterator[Problem]:
    """Characters that legislation writes one way: 银行帐户 → 银行账户; 其它 → 其他.

    Said once for each pair, with the first place and how often.
    """
    for pattern, right, why in _CHOICES:
        places = [
            (located, found)
            for located in subject.regulated()
            for found in pattern.finditer(located.provision.text)
        ]
        if not places:
            continue
        located, found = places[0]
        words = Counter(match.group() for _, match in places).most_common(1)[0][0]
        times = f"，共{len(places)}处" if len(places) > 1 else ""
        yield problem(
            "character-choice", Severity.INFO, f"“{words}”通常写作“{right}”{times}", f"{why}。",
            at=located.address, quote=_around(located.provision.text, found.start()),
        )  # fmt: skip
