"""Rules about the text itself: marks that come in pairs, marks at the end, articles without text.

Floor 5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final
from unicodedata import category

from tracker.check.subject import Subject, around, problem
from tracker.law.address import Located
from tracker.law.model import Provision, Unit
from tracker.law.problems import Problem, Severity

__all__ = [
    "doubled_marks", "empty_articles", "ends", "item_ends", "outside_articles", "pairs",
]  # fmt: skip

_PAIRS: Final = {"》": "《", "）": "（", "”": "“", "’": "‘", "】": "【", "〉": "〈", "〕": "〔"}
_MARK: Final = re.compile(f"[{''.join(_PAIRS)}{''.join(_PAIRS.values())}]")
_LIST_MARK: Final = re.compile(
    "(?m)(?:^|(?<=[，。；：、]))[0-9a-zA-Z一二三四五六七八九十①-⑳]{1,3}）"
)
_QUOTE_LEFT: Final = 12  # characters shown before the end

_END: Final = re.compile("(?:[。！？：；—]|…)[”’）】》\ue000-\uf8ff]*$|删除）$")
# A law read from broken lines has an open end in every second 款; a right one in none, and the
# worst of 300 others in the sample in 6 of 45.
_SURE_ENDS: Final = ("。", "：", "；", "！", "？")
_WRONG_MARKS: Final = "，、；：。！？,.;:!?…—"
"""Marks that one at the end can be put in the place of; not ）, which has to stay."""
_INSIDE: Final = "，、,"
"""Signs that stand inside a sentence only."""
_FEW_OPEN: Final = 8
_SHARE_OPEN: Final = 0.2
_HEADING_LIKE: Final = re.compile("[^，。；：、！？“”]{1,16}")
_VERBS: Final = ("施行", "执行", "实施", "废止")  # 本办法自发布之日起施行 is a sentence
# 宪法 lists offices one a line (总理，⏎副总理若干人，); （…删除） is a remark of the editor.
_SERIES_OR_REMARK: Final = re.compile("[^，。；：]{1,12}，|（[^（）]*）")
_TABLE_OR_FORMULA: Final = re.compile(r"^[|│┌├└]|[|│]$|[=＝×÷√｜]")
"""Reading sets the cells of a row apart by ｜ (情节｜罚款), which no sentence of a law holds."""
_SEMICOLON: Final = re.compile("；(?:或者|以及|并且|同时|和|或|且|并)?$")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]+$")  # a space of some old word processors
_STOP: Final = re.compile("[。！？](?:[”’）】》])?$")
_SENTENCE: Final = ("。", "：", "；")
_MOST_DOUBLED: Final = 20  # of one provision: who has as many looks at it whole
_DOUBLED: Final = re.compile(
    "[，、；：]{2,}|。。+(?!。)|[，、；：]。|。[，、；：]|，、|（）|《》|“”"
)
# All that _DOUBLED finds and 。” besides, in a third of the time; most texts have none of it.
_SIDE_BY_SIDE: Final = re.compile("[，、；：。（《“][，、；：。）》”]")


def pairs(subject: Subject) -> Iterator[Problem]:
    """《》（）“” come in pairs within an article: 依照《民法典的规定 → ``unpaired-mark``.

    A quotation may run over several 款; it must be closed where the article ends.
    """
    if subject.is_amending_act:
        return
    articles: dict[int, list[Located]] = {}
    for located in subject.regulated():
        article = next((id(p) for p in located.parents if p.unit is Unit.ARTICLE), None)
        if article is not None and located.provision.text:
            articles.setdefault(article, []).append(located)
    for parts in articles.values():
        unpaired = _unpaired([part.provision.text for part in parts])
        if unpaired is not None:
            part, at = unpaired
            text = parts[part].provision.text
            yield problem(
                "unpaired-mark", Severity.ERROR, f"“{text[at]}”不成对",
                "补上缺少的一半，或者删去多余的一半", at=parts[part].address,
                quote=around(text, at), span=(at, at + 1),
            )  # fmt: skip


def _unpaired(texts: list[str]) -> tuple[int, int] | None:
    """The first mark without its other half: which text, and where in it."""
    stack: list[tuple[str, int, int]] = []
    for part, text in enumerate(texts):
        lists = {m.end() - 1 for m in _LIST_MARK.finditer(text)} if "）" in text else set()
        for mark in _MARK.finditer(text):
            char, position = mark.group(), mark.start()
            if char not in _PAIRS:
                # “甲 ⏎ “乙”: each paragraph of a long quotation may open it again
                stack.append((char, part, position))
            elif position not in lists:
                if not stack or stack[-1][0] != _PAIRS[char]:
                    return part, position
                stack.pop()
    return (stack[0][1], stack[0][2]) if stack else None


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
    sign, times = Counter((one.quote or " ")[-1] for one in found).most_common(1)[0]
    if times * 2 > len(found) and category(sign) == "Po" and sign not in _INSIDE:
        # A line that was cut ends in a word or a comma, never in the same sign each time.
        yield problem(
            "missing-full-stop", Severity.WARNING,
            f"{paragraphs}款中有{times}款以“{sign}”结尾，没有句号",
            f"如果“{sign}”是来源的句号，在来源中改为“。”", quote=found[0].quote,
        )  # fmt: skip
        return
    yield problem(
        "broken-lines", Severity.WARNING,
        f"{paragraphs}款中有{len(found)}款末尾没有句号，像是按行折断的文本",
        "换用没有折行的来源，或者先把折断的行接上", quote=found[0].quote,
    )  # fmt: skip


def _open_ends(subject: Subject) -> Iterator[Problem]:
    for located in subject.regulated():
        provision = located.provision
        if provision.unit is not Unit.PARAGRAPH or not provision.text:
            continue
        if provision.text.endswith(_SURE_ENDS):  # most do; the rest is looked at more closely
            continue
        if _in_outline(located) or _TABLE_OR_FORMULA.search(provision.text):
            continue
        if _SERIES_OR_REMARK.fullmatch(provision.text):
            continue
        if _is_heading(provision):
            yield problem(
                "stray-heading", Severity.WARNING,
                "本款没有标点，像是丢失了编号的标题或者没有括号的条旨",
                "核对来源的标题", at=located.address, quote=provision.text,
                span=(0, len(provision.text)),
            )  # fmt: skip
        elif not _END.search(provision.text):
            hint = "在句末加句号" if not provision.children else "在列举之前用冒号"
            yield problem(
                "missing-full-stop", Severity.WARNING, "本款末尾没有句号", hint,
                at=located.address, quote=provision.text[-_QUOTE_LEFT:],
                span=_end_of(provision.text),
            )  # fmt: skip


def _is_heading(provision: Provision) -> bool:
    return (
        not provision.children
        and bool(_HEADING_LIKE.fullmatch(provision.text))
        and not provision.text.endswith(_VERBS)
    )


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
            f"同一列举中其他各项以分号结尾，本项以“{text[-1:]}”结尾", _mend(text, "分号"),
            at=located.address.below(provision.unit, provision.number), quote=text[-_QUOTE_LEFT:],
            span=_end_of(text) if text == provision.text else None,
        )  # fmt: skip
    nested = located.provision.unit is Unit.SUBPARAGRAPH  # the 项 that holds these 目 may go on
    if nested and _SEMICOLON.search(last):
        return
    if not _STOP.search(last) and row[-1].number is not None:
        yield problem(
            "item-mark", Severity.WARNING, f"最后一项以“{last[-1:]}”结尾，没有句号",
            _mend(last, "句号"),
            at=located.address.below(row[-1].unit, row[-1].number), quote=last[-_QUOTE_LEFT:],
            span=_end_of(last) if last == row[-1].text else None,
        )  # fmt: skip


def _mend(text: str, mark: str) -> str:
    """A wrong mark is changed; an end without any, as in 设置障碍程序, may have lost words too."""
    return f"改为{mark}" if text[-1:] in _WRONG_MARKS else f"补上{mark}；对照来源看是否丢了字"


def _end_of(text: str) -> tuple[int, int]:
    return len(text) - 1, len(text)


def _last_text(provision: Provision) -> str:
    """The last words of a 项, those of its 目 included."""
    text = [p.text for p in provision.walk() if p.text][-1] if provision.text else ""
    return _PRIVATE.sub("", text)


def doubled_marks(subject: Subject) -> Iterator[Problem]:
    """Two marks where one belongs: 依法处理。，构成犯罪的 → ``doubled-mark``."""
    if not _SIDE_BY_SIDE.search(subject.whole):
        return
    for located in subject.regulated():
        for found in islice(_DOUBLED.finditer(located.provision.text), _MOST_DOUBLED):
            yield problem(
                "doubled-mark", Severity.WARNING, f"标点重复：“{found.group()}”", "只留一个标点",
                at=located.address, quote=around(located.provision.text, *found.span()),
                span=found.span(),
            )  # fmt: skip


def empty_articles(subject: Subject) -> Iterator[Problem]:
    """An article has a text: 第八条 followed directly by 第九条 → ``empty-article``."""
    for located in subject.regulated():
        provision = located.provision
        if provision.unit is Unit.ARTICLE and not any(p.text for p in provision.walk()):
            yield problem(
                "empty-article", Severity.ERROR, "条号之后没有条文",
                "核对来源是否漏了这一条的内容", at=located.address,
            )  # fmt: skip


def outside_articles(subject: Subject) -> Iterator[Problem]:
    """Each sentence stands in an article: one right under 第二章　法律责任 is an article that lost
    its number → ``article-without-number``. Told once a heading, of its first sentence."""
    told: set[tuple[object, ...]] = set()
    if not subject.law.articles():
        return
    for located in subject.regulated():
        *above, (unit, _) = located.address.steps
        text = located.provision.text
        if unit is not Unit.PARAGRAPH or not text.endswith(_SENTENCE) or tuple(above) in told:
            continue
        if above and all(one.is_heading for one, _ in above):
            told.add(tuple(above))
            yield problem(
                "article-without-number", Severity.WARNING,
                "章节标题之下直接是一句话，不属于任何一条，像是丢了条号的条文",
                "对照原件补上条号", at=located.address, quote=text[:_QUOTE_LEFT],
                span=(0, len(text)),
            )  # fmt: skip
