"""Rules about the explanatory note (说明): its citations, its title, articles it is silent on.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tracker.check.spans import written_spans
from tracker.check.subject import Subject, plain_title, problem
from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import NUMERAL, read_numeral
from tracker.law.problems import Problem, Severity
from tracker.parse.claims import find_claims

__all__ = ["note_citations", "note_counts", "note_silence", "note_title"]

_TITLE: Final = re.compile("关于《([^》]{2,80}?)》的(?:起草|修改|编制)?(?:情况)?(?:的)?说明")
# A note that cites fewer of the articles than this does not go through the draft article by
# article, and its silence says nothing. The Shenzhen note of 2021 cites 48 of 74.
_COVERS: Final = 0.3


def note_citations(subject: Subject) -> Iterator[Problem]:
    """Each article that the note cites exists: （第八十条） for a draft of 74 articles does not."""
    if subject.note is None:
        return
    for claim in find_claims(subject.note, subject.law):
        for missing in claim.missing:
            yield replace(
                missing, code="note-citation-missing", severity=Severity.WARNING,
                citation="", address="",
                message=f"说明{missing.message}", hint="核对说明所附的是不是这一稿",
            )  # fmt: skip


def note_title(subject: Subject) -> Iterator[Problem]:
    """The note names the law as the law does.

    说明 of 《数字经产业促进条例》 for 数字经济产业促进条例 → ``note-title-differs``.
    """
    if subject.note is None or not subject.law.title:
        return
    head = subject.note.replace("\n", "")
    found = _TITLE.search(head)
    if found is None:
        return
    named, title = plain_title(found[1]), plain_title(subject.law.title)
    if named != title and named not in title:
        yield problem(
            "note-title-differs", Severity.WARNING,
            f"说明的标题写作《{named}》，法规名称是《{title}》", "核对说明的标题",
            quote=found.group(),
        )  # fmt: skip


_COUNT: Final = f"({NUMERAL}{{1,5}})"
_TOTALS: Final = (
    # 共九章七十四条, 共74条, 分为九章、七十四条: the text as a whole
    re.compile(f"(?:共|分为|分|计|包括|设)(?:有|计|分为)?{_COUNT}章(?:[，、]?共?计?{_COUNT}条)?"),
    re.compile(f"(?<!新增)(?<!增加)(?:全文|草案|条例|办法|规定|稿）?》?|送审稿|修订稿)共(?:有|计)?()?{_COUNT}条"),
)  # fmt: skip
_OF_THE_OLD: Final = re.compile("现行|原|修改前|修订前|原来|上位法|国家")
_ARTICLES: Final = "(?:个条文|条(?![款件例旨]))"
_DONE: Final = (
    # (what the note says, the kind of change it is)
    (re.compile(f"(?:新增|增加|增写|新设)了?(?:条文)?{_COUNT}{_ARTICLES}"), "inserted"),
    (re.compile(f"(?:删除|删去|删减)了?(?:条文)?{_COUNT}{_ARTICLES}"), "deleted"),
)
_DONE_NAMES: Final = {"inserted": "增加", "deleted": "删去"}


def note_counts(subject: Subject) -> Iterator[Problem]:
    """What the note counts is there: 共九章七十四条, and 新增三条 against the stage before.

    Several 新增…条 are added up; the note may tell fewer than there are, never more.
    """
    if subject.note is None:
        return
    yield from _wrong_totals(subject, subject.note)
    if subject.changes is None:
        return
    for pattern, kind in _DONE:
        said = sum(_number(found[1]) for found in pattern.finditer(subject.note))
        there = (
            subject.changes.summary[kind]
            + subject.changes.summary["split"] * (kind == "inserted")
            + subject.changes.summary["merged"] * (kind == "deleted")
        )
        if said > there:
            first = pattern.search(subject.note)
            yield problem(
                "note-count-differs", Severity.WARNING,
                f"说明说{_DONE_NAMES[kind]}{said}条，与上一阶段比较只有{there}条",
                "核对说明，或者核对比较所用的上一阶段", quote=first.group() if first else "",
            )  # fmt: skip


def _wrong_totals(subject: Subject, note: str) -> Iterator[Problem]:
    chapters = sum(p.unit is Unit.CHAPTER for p in subject.law.walk())
    articles = len(subject.law.articles())
    whole = f"{chapters}章{articles}条" if chapters else f"{articles}条"
    for pattern in _TOTALS:
        for found in pattern.finditer(note):
            if _OF_THE_OLD.search(note[max(0, found.start() - 16) : found.start()]):
                continue
            said = [_number(group) if group else None for group in found.groups()]
            wrong = (said[0] and chapters and said[0] != chapters) or (
                said[1] and said[1] != articles
            )
            if wrong:
                yield problem(
                    "note-count-differs", Severity.WARNING,
                    f"说明说“{found.group()}”，本稿有{whole}",
                    "核对说明所附的是不是这一稿", quote=found.group(),
                )  # fmt: skip
                return


def _number(numeral: str) -> int:
    try:
        return read_numeral(numeral)
    except ValueError:
        return 0


def note_silence(subject: Subject) -> Iterator[Problem]:
    """Articles that no claim of the note is about, in one finding."""
    if subject.note is None:
        return
    told = {a for claim in find_claims(subject.note, subject.law) for a in claim.articles}
    articles = [p.provision.number for p in subject.regulated() if p.provision.unit is Unit.ARTICLE]
    numbers = [number for number in articles if number is not None]
    silent = [n for n in numbers if Address(((Unit.ARTICLE, n),)) not in told]
    if silent and len(numbers) - len(silent) >= _COVERS * len(numbers):
        yield problem(
            "note-silent", Severity.INFO,
            f"说明没有提到{len(numbers)}条中的{len(silent)}条：{written_spans(silent)}",
            "审阅时留意这些条文；必要时在说明中补充",
        )  # fmt: skip
