"""Rules about a version among the others: stages, dates, title.

Floor 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tracker.check.subject import Subject, plain_title, problem
from tracker.law.model import Stage
from tracker.law.problems import Problem, Severity
from tracker.parse.dates import undated

__all__ = [
    "dates_in_order", "held_against_nothing", "known_facts", "same_stage", "same_text",
    "stage_order", "title_kept",
]  # fmt: skip

_AFTER_ENACTED: Final = (Stage.AMENDED, Stage.REVISED)
_ONE_WAY: Final = (
    Stage.DRAFT_FOR_REVIEW, Stage.FIRST_READING, Stage.SECOND_READING, Stage.THIRD_READING,
    Stage.VOTING_DRAFT,
)  # fmt: skip
"""送审稿 goes to the government before anything is read, and readings are counted."""
_FIRST: Final = date(1949, 1, 1)
_AT_MOST: Final = timedelta(days=3 * 366)  # from a text's date to its entry into force


def known_facts(subject: Subject) -> Iterator[Problem]:
    """A version has a title, a stage and a date; none of them is guessed."""
    if not subject.law.title:
        yield problem(
            "missing-title", Severity.ERROR, "来源里没有标题",
            "在来源中写明标题；收录时也可以用 tracker ingest --title 给出",
        )  # fmt: skip
    if subject.stage is None:
        yield problem(
            "missing-stage", Severity.WARNING, "来源没有写明阶段",
            "在来源中写明阶段；收录时也可以用 tracker ingest --stage 给出",
        )  # fmt: skip
    if subject.dates.legal is None:
        told = undated((subject.law.enactment_note or "").split("\n")) or "来源没有日期"
        yield problem(
            "missing-date", Severity.WARNING, told,
            "在来源中写明日期；收录时也可以用 tracker ingest --date 给出",
        )  # fmt: skip


def held_against_nothing(subject: Subject) -> Iterator[Problem]:
    """A draft that should have been held against an earlier text and was not → ``not-compared``.

    Without it the report of such a draft looks like that of one with nothing to say.
    """
    if subject.alone and subject.previous is None:
        yield problem(
            "not-compared", Severity.INFO, f"未与任何版本比较：{subject.alone}",
            "核对日期和文件所在的文件夹，或者用 --against 指明要比较的版本",
        )  # fmt: skip


def stage_order(subject: Subject) -> Iterator[Problem]:
    """A stage that cannot follow the one before: 一次审议稿 after 二次审议稿, anything after 废止.

    Comments are asked for at any time (部门 before the 草案, 人大 between two readings), and a text
    between readings is also called 草案, so neither is ever too late. A revision begins anew with a
    draft, so a draft after 公布 is said as information only. Reading 三次审议稿 after 一次审议稿
    leaves one out → ``stage-skipped``; a 草案 may have been the first.
    """
    before = subject.previous
    if before is None or before.stage is None or subject.stage is None:
        return
    old, new = before.stage, subject.stage
    if old is Stage.REPEALED:
        yield problem(
            "stage-goes-back", Severity.ERROR, f"已经废止，又有{new.label}", "核对阶段和日期"
        )
    elif _goes_back(old, new):
        yield problem(
            "stage-goes-back", Severity.INFO if old.is_final else Severity.WARNING,
            f"{old.label}之后是{new.label}", "核对阶段；修改已经施行的法规，从草案重新开始",
        )  # fmt: skip
    elif new is Stage.THIRD_READING and old.rank < Stage.SECOND_READING.rank:
        yield problem(
            "stage-skipped", Severity.INFO, f"{old.label}之后是{new.label}，缺少中间的审议稿",
            "有中间的文本时，一并收录",
        )  # fmt: skip


def _goes_back(old: Stage, new: Stage) -> bool:
    """Whether `new` comes earlier in the making of a law, where the order of the two is certain."""
    if old.is_final:
        return new.rank < old.rank and new not in _AFTER_ENACTED
    return old in _ONE_WAY and new in _ONE_WAY and new.rank < old.rank


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
                f"{second_name}日期（{second}）早于{first_name}日期（{first}）", "核对日期",
            )  # fmt: skip
    known = [d for d in (dates.legal, dates.comment_end, dates.in_force) if d is not None]
    strange = next((day for day in known if not _FIRST <= day <= known[0] + _AT_MOST), None)
    if strange is not None:
        yield problem(
            "date-implausible", Severity.WARNING, f"日期（{strange}）不像法规的日期", "核对日期"
        )
    if subject.previous is None:
        return
    old, new = subject.previous.dates.legal, dates.legal
    if old is not None and new is not None and new < old:
        yield problem(
            "date-before-previous", Severity.ERROR, f"日期（{new}）早于上一阶段的日期（{old}）",
            "核对日期和阶段",
        )  # fmt: skip


def title_kept(subject: Subject) -> Iterator[Problem]:
    """The title stays the same from stage to stage; a change may be meant, and is said."""
    if subject.previous is None:
        return
    old, new = plain_title(subject.previous.law.title), plain_title(subject.law.title)
    if old and new and old != new:
        yield problem(
            "title-changed", Severity.WARNING, f"名称由“{old}”变为“{new}”",
            "核对是否为同一部法规；确已更名的，在 law.toml 的 aliases 中记下旧名称",
        )  # fmt: skip


def same_text(subject: Subject) -> Iterator[Problem]:
    """Two stages of one law rarely have the very same text."""
    if subject.previous is not None and subject.previous.law.body == subject.law.body:
        yield problem(
            "text-unchanged",
            Severity.INFO,
            "条文与上一阶段完全相同",
            "核对来源是否为本阶段的文本",
        )


def same_stage(subject: Subject) -> Iterator[Problem]:
    """One stage has one text: two 征求意见稿 that differ → ``same-stage-differs``.

    修正 and 修订 may come one after another.
    """
    before = subject.previous
    if before is None or before.stage is None or before.stage is not subject.stage:
        return
    if subject.stage not in _AFTER_ENACTED and before.law.body != subject.law.body:
        yield problem(
            "same-stage-differs", Severity.WARNING,
            f"与上一版本同为{subject.stage.label}，文字不同",
            "核对阶段；再次征求意见的不必处理，更正上一版本的用 --corrects 收录",
        )  # fmt: skip
