"""Rules about numbers: gaps, repeats and order of 编章节条项目, and chapters that are not there.

Floor 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracker.check.subject import Subject, problem
from tracker.law.address import Address, Located
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["missing_chapters", "numbers_in_order"]

# Of the final laws in the sample with 40 articles or more, 97 % have chapters.
_CHAPTERS_EXPECTED: Final = 40
_GAP_HINTS: Final = {
    "questionnaire": "来源是征集问卷，问卷漏掉了条文；以正式文本为准补上",
    "html": "来源是网页，网页常常漏掉条文；补上缺少的条文，或者改正编号",
}
"""By the way the source was read."""


def numbers_in_order(subject: Subject) -> Iterator[Problem]:
    """条 are numbered through the whole law, everything else within what holds it.

    章 count anew in each 编 or go on from the one before; both exist.

    第三条, 第五条 → ``numbering-gap``; 第三条, 第三条 → ``repeated-number``;
    第五条, 第四条 → ``numbering-order``; articles that begin with 第七条 → ``first-article``; one
    that begins again with 第一条 → ``numbering-restart``, said once.
    """
    rows: dict[tuple[Unit, Address | None], list[Located]] = {}
    for located in subject.regulated():
        provision = located.provision
        if provision.number is None:
            continue
        through = provision.unit is Unit.ARTICLE
        above = None if through else Address(located.address.steps[:-1])
        rows.setdefault((provision.unit, above), []).append(located)
    ended: dict[Unit, Number] = {}  # the last number of the row before
    for (unit, _), row in rows.items():
        yield from _row(unit, row, ended.get(unit), subject.source_format)
        last = row[-1].provision.number
        if last is not None:
            ended[unit] = last


def _row(unit: Unit, row: list[Located], ended: Number | None, source: str) -> Iterator[Problem]:
    minor = unit in (Unit.SUBPARAGRAPH, Unit.ITEM) or unit.is_outline
    severity = Severity.WARNING if minor else Severity.ERROR
    before: Number | None = None
    seen: set[Number] = set()
    for located in row:
        number = located.provision.number
        assert number is not None
        if unit is Unit.ARTICLE and number == Number(1) and before and before > Number(2):
            yield problem(
                "numbering-restart", severity, f"条号在{_name(before, unit)}之后重新从第一条开始",
                "核对来源是否含有两份文件；一份文件只留一份", at=located.address,
            )  # fmt: skip
            seen.clear()
        elif number in seen:
            yield problem(
                "repeated-number", severity, f"{_called(located)}出现了不止一次",
                "改正编号，或者删去重复的一条", at=located.address,
            )  # fmt: skip
        elif before is not None and number < before:
            yield problem(
                "numbering-order", severity, f"{_called(located)}排在{_name(before, unit)}之后",
                "按照顺序排列，或者改正编号", at=located.address,
            )  # fmt: skip
        elif before is not None and not number.follows(before):
            yield problem(
                "numbering-gap", severity,
                f"{_name(before, unit)}之后直接是{_name(number, unit)}，中间缺号",
                _GAP_HINTS.get(source, "补上缺少的条文，或者改正编号"), at=located.address,
            )  # fmt: skip
        elif before is None and number != Number(1) and not _continues(unit, number, ended):
            article = unit is Unit.ARTICLE
            yield problem(
                "first-article" if article else "numbering-gap",
                Severity.INFO if article else severity,
                f"从{_name(number, unit)}开始编号", "核对来源是否完整", at=located.address,
            )  # fmt: skip
        seen.add(number)
        before = number


def _continues(unit: Unit, number: Number, ended: Number | None) -> bool:
    """Whether a row goes on from the one before: 章 through 编, 1． through 一、 and 二、."""
    through = unit is Unit.CHAPTER or unit.is_outline
    return through and ended is not None and number.follows(ended)


def _called(located: Located) -> str:
    """第三章, also where it lies in 第一编; 第三条第二项."""
    provision = located.provision
    if provision.unit.is_heading and provision.number is not None:
        return _name(provision.number, provision.unit)
    return located.address.citation


def _name(number: Number, unit: Unit) -> str:
    return Address(((unit, number),)).citation


def missing_chapters(subject: Subject) -> Iterator[Problem]:
    """A long law has chapters; a questionnaire (逐条征求意见) shows none, so they are lost."""
    articles = subject.law.articles()
    if subject.is_amending_act or any(p.unit.is_heading for p in subject.law.walk()):
        return
    if subject.source_format == "questionnaire" and articles:
        yield problem(
            "no-chapters", Severity.WARNING, f"来源是征集问卷，{len(articles)}条没有章节标题",
            "章节标题在问卷中已经丢失；有正式文本时，以正式文本为准",
        )  # fmt: skip
    elif len(articles) >= _CHAPTERS_EXPECTED:
        yield problem(
            "no-chapters", Severity.INFO, f"共{len(articles)}条，没有章节标题",
            "核对来源是否丢失了章节标题",
        )  # fmt: skip
