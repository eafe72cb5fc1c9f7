"""Rules about the explanatory note (说明): its citations, its title, articles it is silent on.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tracker.check.spans import written_spans
from tracker.check.subject import Subject, problem
from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.problems import Problem, Severity
from tracker.parse.claims import find_claims

__all__ = ["note_citations", "note_silence", "note_title"]

_TITLE: Final = re.compile("关于《([^》]{2,80}?)》的(?:起草|修改|编制)?(?:情况)?(?:的)?说明")
_STAGE: Final = re.compile("[（(][^（()）]*[）)]$")
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
                message=f"说明{missing.message}", hint="核对说明所附的是不是这一稿。",
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
    named, title = _bare(found[1]), _bare(subject.law.title)
    if named != title and named not in title:
        yield problem(
            "note-title-differs", Severity.WARNING,
            f"说明的标题写作《{named}》，法规名称是《{title}》", "核对说明的标题。",
            quote=found.group(),
        )  # fmt: skip


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
            "审阅时留意这些条文；必要时在说明中补充。",
        )  # fmt: skip


def _bare(title: str) -> str:
    return _STAGE.sub("", title.strip())
