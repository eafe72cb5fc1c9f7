"""What marks a text as a draft, and which day is the draft's own.

Floor 1, used by `facts`. The draft of a revision bears the 题注 of the law in force: those days are
that law's history and never the draft's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.law.model import Stage
from tracker.parse.canonical import STAGE_LINE
from tracker.parse.dates import full_days

__all__ = ["is_history", "marked_stage", "own_day", "stage_of"]

_STAGES: Final = (
    ("征求意见", Stage.CONSULTATION_DRAFT), ("三次审议稿", Stage.THIRD_READING),
    ("三审稿", Stage.THIRD_READING), ("二次审议稿", Stage.SECOND_READING),
    ("二审稿", Stage.SECOND_READING), ("一次审议稿", Stage.FIRST_READING),
    ("一审稿", Stage.FIRST_READING), ("表决稿", Stage.VOTING_DRAFT),
    ("送审", Stage.DRAFT_FOR_REVIEW), ("草案", Stage.DRAFT),
)  # fmt: skip
_TITLE_END: Final = re.compile("(?:草案|征求意见稿|审议稿|[一二三]审稿|送审稿|表决稿){1,2}$")
_HISTORY: Final = re.compile("通过|施行|修正|修订|修改|批准|令|第[^号]{1,6}号")


def stage_of(text: str) -> Stage | None:
    """The stage that the words of a stage line name.

    >>> stage_of("（草案征求意见稿）").label, stage_of("（草案二次审议稿）").label
    ('征求意见稿', '二次审议稿')
    """
    return next((stage for words, stage in _STAGES if words in text), None)


def marked_stage(title: str, note: Sequence[str]) -> Stage | None:
    """The stage of a draft that only the end of its title or the head of a note line names.

    >>> marked_stage("某市条例修订草案", ()).label
    '草案'
    >>> marked_stage("某市条例", ["（修订草案征求意见稿）（2025年3月10日）"]).label
    '征求意见稿'
    """
    ending = _TITLE_END.search(title)
    if ending is not None:
        return stage_of(ending[0])
    found = next((head for line in note if (head := STAGE_LINE.match(line))), None)
    return stage_of(found[0]) if found else None


def is_history(note: Sequence[str]) -> bool:
    """Whether a 题注 tells what became of a law, which under a draft is the law in force.

    >>> is_history(["（2004年4月30日国务院令第406号公布）"]), is_history(["（2025年3月10日发布）"])
    (True, False)
    """
    return any(_HISTORY.search(line) for line in note if not STAGE_LINE.match(line))


def own_day(stage_line: str | None, note: Sequence[str]) -> date | None:
    """The day that stands with the stage of a draft; None where none does.

    Before: （修订草案征求意见稿）（2025年3月10日）⏎（2004年4月30日国务院令第406号公布）
    After:  2025-03-10
    """
    marked = [line for line in (stage_line or "", *note) if STAGE_LINE.match(line)]
    return max((day for line in marked for day in _beside(line)), default=None)


def _beside(line: str) -> list[date]:
    """The days of a line that begins with a stage, unless an act of a law is told behind it."""
    stage = STAGE_LINE.match(line)
    told = _HISTORY.search(line, stage.end()) if stage else None
    return [] if told else full_days(line)
