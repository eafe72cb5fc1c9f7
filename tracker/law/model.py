"""What a law is: provisions of one shape at every level, and the version they make up.

Floor 0. Everything is frozen. ``None`` means "the source does not say"; nothing is guessed.
The names of the units are those of the official English text of the Legislation Law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Final

from tracker.law.numbering import Number

__all__ = [
    "DATE_NAMES", "LEGAL_DATES", "RESPONSIBLE_ROLES", "Dates", "Event", "Law", "Provision", "Stage",
    "Unit", "provision",
]  # fmt: skip


class Unit(StrEnum):
    """A level of a law. The value is the name used in code, data and addresses."""

    __hash__ = str.__hash__  # Enum's own is slow, and units are looked up for every provision

    INTRODUCTION = "introduction"  # 序言、引言: text before the first heading or article
    PART = "part"  # 编
    SUBPART = "subpart"  # 分编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款, unnumbered, counted by position
    SUBPARAGRAPH = "subparagraph"  # 项 （一）
    ITEM = "item"  # 目 1．
    OUTLINE_1 = "outline_1"  # 一、 in a document without 条
    OUTLINE_2 = "outline_2"  # （一）
    OUTLINE_3 = "outline_3"  # 1.
    OUTLINE_4 = "outline_4"  # （1）
    OUTLINE_5 = "outline_5"  # ——, unnumbered, counted by position
    ANNEX = "annex"  # 附件

    @property
    def label(self) -> str:
        """The Chinese name; outline levels show their marker."""
        return _UNIT_LABELS[self]

    @property
    def is_heading(self) -> bool:
        """编、分编、章、节: they hold articles and have a name but no text of their own."""
        return self in _HEADINGS

    @property
    def is_outline(self) -> bool:
        """A level of a 方案, 规划 or 意见."""
        return self.value.startswith("outline_")


_ARTICLE: Final = Unit.ARTICLE
"""By a name of its own: before Python 3.12 a look-up in an enumeration takes 0.1 µs."""
_HEADINGS: Final = frozenset({Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION})
_UNIT_LABELS = {
    Unit.INTRODUCTION: "序言", Unit.PART: "编", Unit.SUBPART: "分编", Unit.CHAPTER: "章",
    Unit.SECTION: "节", Unit.ARTICLE: "条", Unit.PARAGRAPH: "款", Unit.SUBPARAGRAPH: "项",
    Unit.ITEM: "目", Unit.OUTLINE_1: "一、", Unit.OUTLINE_2: "（一）", Unit.OUTLINE_3: "1．",
    Unit.OUTLINE_4: "（1）", Unit.OUTLINE_5: "——", Unit.ANNEX: "附件",
}  # fmt: skip


RESPONSIBLE_ROLES: Final = tuple(
    f"{role}{body}：" for role in ("牵头", "主办", "主责", "承办", "实施", "配合", "协办", "责任")
    for body in ("单位", "部门") if role + body != "责任单位"
)  # fmt: skip
"""How 方案 begin the list of those who carry a point out, besides 责任单位."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of a law, with everything below it.

    - A heading (编章节) has `number`, its name in `caption`, and `children`; its `text` is empty.
    - An article has `number`, perhaps a `caption` (条旨), an empty `text`, and its 款 as children;
      an article of one 款 has one child, an empty article none.
    - A 款, 项 or 目 has `text` and perhaps children. A 款 has no number.
    - An outline level has `number` (—— has none), perhaps a `caption` (its heading or run-in
      heading without the closing 。), perhaps `text` (what follows on its own line), 款 and lower
      levels as children, and perhaps `responsible`: the 责任单位, as printed, without the brackets
      and this word; or 牵头单位：甲局；配合单位：乙局, with theirs.
    - The introduction and an annex hold 款; an annex has its name in `caption`.
    """

    unit: Unit
    number: Number | None = None
    caption: str | None = None
    text: str = ""
    children: tuple[Provision, ...] = ()
    responsible: str | None = None

    def __reduce__(self) -> tuple[Callable[..., Provision], tuple[object, ...]]:
        """For other processes; a third of the time of a dataclass's own getting and setting."""
        return provision, (
            self.unit, self.number, self.caption, self.text, self.children, self.responsible,
        )  # fmt: skip

    @property
    def responsible_words(self) -> str:
        """Who is responsible as the text prints it, empty where it does not say.

        >>> Provision(Unit.OUTLINE_2, responsible="甲局").responsible_words
        '（责任单位：甲局）'
        >>> Provision(Unit.OUTLINE_2, responsible="牵头单位：甲局").responsible_words
        '（牵头单位：甲局）'
        """
        if not self.responsible:
            return ""
        named = self.responsible.startswith(RESPONSIBLE_ROLES)
        return f"（{'' if named else '责任单位：'}{self.responsible}）"

    def walk(self) -> Iterator[Provision]:
        """This provision, then all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class _Unfrozen:
    """A Provision before it is frozen: the same slots, and they can be set."""

    __slots__ = ("caption", "children", "number", "responsible", "text", "unit")

    unit: Unit
    number: Number | None
    caption: str | None
    text: str
    children: tuple[Provision, ...]
    responsible: str | None


def provision(  # noqa: PLR0917 - by position, because keywords cost a tenth more
    unit: Unit,
    number: Number | None,
    caption: str | None,
    text: str,
    children: tuple[Provision, ...] = (),
    responsible: str | None = None,
) -> Provision:
    """``Provision(…)``, built faster, for reading: a corpus has half a million of them.

    A frozen dataclass sets each field through `object.__setattr__`, 1.2 µs for the six. Here they
    are set on a twin that is not frozen yet, which then becomes a Provision: 0.2 µs, a fifth less
    than by an `__init__` of the twin. The value is the same.
    """
    twin = _Unfrozen()
    twin.unit = unit
    twin.number = number
    twin.caption = caption
    twin.text = text
    twin.children = children
    twin.responsible = responsible
    twin.__class__ = Provision  # type: ignore[assignment]
    return twin  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Law:
    """The text of one version, in provisions.

    `stage_line` is what the source prints under the title, brackets included (（征求意见稿）);
    `enactment_note` the 题注 (（2021年…通过）). `body` holds the introduction, the headings or
    articles or outline levels, and the annexes, in the order of the text.
    """

    title: str
    body: tuple[Provision, ...] = ()
    stage_line: str | None = None
    enactment_note: str | None = None

    def walk(self) -> Iterator[Provision]:
        """Every provision, in the order of the text."""
        for provision in self.body:
            yield from provision.walk()

    def articles(self) -> tuple[Provision, ...]:
        """Every 条, in the order of the text."""
        out: list[Provision] = []
        _articles(self.body, out)
        return tuple(out)

    def last_article(self) -> Provision | None:
        """The last of them, without asking for all; None where there is none."""
        return _last_article(self.body)

    @property
    def is_outline(self) -> bool:
        """Whether it is a 方案, 规划 or 意见: outline levels and no 条."""
        return any(p.unit.is_outline for p in self.body) and not self.articles()


def _articles(siblings: tuple[Provision, ...], out: list[Provision]) -> None:
    for provision in siblings:
        if provision.unit is _ARTICLE:
            out.append(provision)
        elif provision.children:
            _articles(provision.children, out)


def _last_article(siblings: tuple[Provision, ...]) -> Provision | None:
    for provision in reversed(siblings):
        if provision.unit is _ARTICLE:
            return provision
        if provision.children and (found := _last_article(provision.children)) is not None:
            return found
    return None


class Stage(StrEnum):
    """Where in its making a text stands. The order of the members is the legal order.

    `UNKNOWN` is the stored form of "the source does not say, and nobody has said since".
    """

    UNKNOWN = "unknown"
    DRAFT = "draft"
    CONSULTATION_DRAFT = "consultation_draft"
    DRAFT_FOR_REVIEW = "draft_for_review"
    FIRST_READING = "first_reading"
    SECOND_READING = "second_reading"
    THIRD_READING = "third_reading"
    VOTING_DRAFT = "voting_draft"
    ISSUED = "issued"
    ENACTED = "enacted"
    AMENDED = "amended"
    REVISED = "revised"
    REPEALED = "repealed"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _STAGE_LABELS[self]

    @property
    def is_final(self) -> bool:
        """In force or once in force: 公布、印发、修正、修订、废止."""
        return self in _FINAL

    @property
    def rank(self) -> int:
        """Its place in the legal order, from 0."""
        return _STAGE_RANKS[self]

    @property
    def own_date(self) -> str:
        """The date that belongs to it, by its name in `Dates`.

        >>> Stage.ENACTED.own_date, Stage.ISSUED.own_date, Stage.DRAFT.own_date
        ('promulgated', 'issued', 'published')
        """
        if self is Stage.ISSUED:
            return "issued"
        return "promulgated" if self.is_final else "published"


_STAGE_LABELS = {
    Stage.UNKNOWN: "阶段不详",
    Stage.DRAFT: "草案", Stage.CONSULTATION_DRAFT: "征求意见稿", Stage.DRAFT_FOR_REVIEW: "送审稿",
    Stage.FIRST_READING: "一次审议稿", Stage.SECOND_READING: "二次审议稿",
    Stage.THIRD_READING: "三次审议稿", Stage.VOTING_DRAFT: "表决稿", Stage.ISSUED: "印发",
    Stage.ENACTED: "公布", Stage.AMENDED: "修正", Stage.REVISED: "修订", Stage.REPEALED: "废止",
}  # fmt: skip


_FINAL: Final = (Stage.ISSUED, Stage.ENACTED, Stage.AMENDED, Stage.REVISED, Stage.REPEALED)
_STAGE_RANKS: Final = {stage: rank for rank, stage in enumerate(Stage)}

LEGAL_DATES: Final = ("promulgated", "adopted", "issued", "published", "comment_start")
"""By which date a version is filed: the first of these that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of a version; each may be unknown."""

    published: date | None = None  # 发布: put before the public
    comment_start: date | None = None  # 征求意见开始
    comment_end: date | None = None  # 征求意见截止
    issued: date | None = None  # 成文、印发
    adopted: date | None = None  # 通过
    promulgated: date | None = None  # 公布
    in_force: date | None = None  # 施行

    @property
    def legal(self) -> date | None:
        """The date a version is filed under.

        It is the first known of 公布, 通过, 印发, 发布, 征求意见开始. The date of entry into
        force is no date of a text and is never used.
        """
        name = self.legal_name
        return None if name is None else getattr(self, name)

    @property
    def legal_name(self) -> str | None:
        """Which of the dates `legal` is, by its name here: ``promulgated``, ``adopted``, …"""
        for name in LEGAL_DATES:  # the first is known of nearly every law
            if getattr(self, name) is not None:
                return name
        return None


DATE_NAMES: Final = tuple(field.name for field in fields(Dates))
"""The names of all dates, in the order of `Dates`."""


@dataclass(frozen=True, slots=True)
class Event:
    """A stage that is known to have happened but whose text is not held: 草案 read on 2021-08-29.

    `note` says in Chinese what the source says of it.
    """

    stage: Stage
    day: date
    note: str = ""
