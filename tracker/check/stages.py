"""Rules about a version among the others: stages, dates, title.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.check.subject import Subject, problem
from tracker.law.model import Stage
from tracker.law.problems import Problem, Severity

__all__ = ["dates_in_order", "known_facts", "same_text", "stage_order", "title_kept"]

_ORDER: Final = {stage: position for position, stage in enumerate(Stage)}
_AFTER_ENACTED: Final = (Stage.AMENDED, Stage.REVISED)
_READINGS: Final = (Stage.FIRST_READING, Stage.SECOND_READING, Stage.THIRD_READING)
_TAIL: Final = re.compile("[（(][^（()）]*[）)]$")


def known_facts(subject: Subject) -> Iterator[Problem]:
    """A version has a title, a stage and a date; none of them is guessed."""
    if not subject.law.title:
        yield problem("missing-title", Severity.ERROR, "来源里没有标题", "用 --title 给出标题")
    if subject.stage is None:
        yield problem(
            "missing-stage", Severity.WARNING, "来源没有写明阶段", "用 --stage 给出阶段。"
        )
    if subject.dates.legal is None:
        yield problem("missing-date", Severity.WARNING, "来源没有日期", "用 --date 给出日期。")


def stage_order(subject: Subject) -> Iterator[Problem]:
    """Stages go 草案 → 征求意见稿 → … → 公布 → 修正 or 修订; a draft follows no text in force.

    A revision begins anew with a draft, so a draft after 公布 is said as information only. Reading
    三次审议稿 after 一次审议稿 leaves one out → ``stage-skipped``.
    """
    before = subject.previous
    if before is None or before.stage is None or subject.stage is None:
        return
    old, new = before.stage, subject.stage
    if old is Stage.REPEALED:
        yield problem(
            "stage-goes-back", Severity.ERROR, f"已经废止，又有{new.label}", "核对阶段和日期。"
        )
    elif _ORDER[new] < _ORDER[old] and not (old.is_final and new in _AFTER_ENACTED):
        severity = Severity.INFO if old.is_final else Severity.WARNING
        yield problem(
            "stage-goes-back", severity, f"{old.label}之后是{new.label}",
            "核对阶段；修改已经施行的法规，从草案重新开始。",
        )  # fmt: skip
    elif old in _READINGS and new in _READINGS and _ORDER[new] - _ORDER[old] > 1:
        yield problem(
            "stage-skipped", Severity.INFO, f"{old.label}之后是{new.label}，缺少中间的审议稿",
            "有中间的文本时，一并入库。",
        )  # fmt: skip


def dates_in_order(subject: Subject) -> Iterator[Problem]:
    """Dates go forward: 公布 not before 通过, and a stage not before the one it follows."""
    dates = subject.dates
    steps = (
        ("征求意见开始", dates.comment_start, "征求意见截止", dates.comment_end),
        ("通过", dates.adopted, "公布", dates.promulgated),
    )
    for first_name, first, second_name, second in steps:
        if first is not None and second is not None and second < first:
            yield problem(
                "dates-reversed", Severity.ERROR,
                f"{second_name}日期（{second}）早于{first_name}日期（{first}）", "核对日期。",
            )  # fmt: skip
    if subject.previous is None:
        return
    old, new = subject.previous.dates.legal, dates.legal
    if old is not None and new is not None and new < old:
        yield problem(
            "date-before-previous", Severity.ERROR, f"日期（{new}）早于上一阶段的日期（{old}）",
            "核对日期和阶段。",
        )  # fmt: skip


def title_kept(subject: Subject) -> Iterator[Problem]:
    """The title stays the same from stage to stage; a change may be meant, and is said."""
    if subject.previous is None:
        return
    old, new = _bare(subject.previous.law.title), _bare(subject.law.title)
    if old and new and old != new:
        yield problem(
            "title-changed", Severity.WARNING, f"名称由“{old}”变为“{new}”",
            "核对是否为同一部法规；确已更名的，在 law.toml 的 aliases 中记下旧名称。",
        )  # fmt: skip


def same_text(subject: Subject) -> Iterator[Problem]:
    """Two stages of one law rarely have the very same text."""
    if subject.previous is not None and subject.previous.law.body == subject.law.body:
        yield problem(
            "text-unchanged",
            Severity.INFO,
            "条文与上一阶段完全相同",
            "核对来源是否为本阶段的文本。",
        )


def _bare(title: str) -> str:
    return _TAIL.sub("", title)
