"""What a source says about the version it holds: stage, dates, events, who published it.

Floor 1, after segmenting. A fact is taken only where the words say it; a year that had to be
inferred is a problem that says so. Lines are normalised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from tracker.law.model import Dates, Event, Stage
from tracker.law.problems import Problem, Severity
from tracker.parse.announcement import Announcement, entry_into_force, find_announcement
from tracker.parse.dates import DAY, bare_day, day_in_name, find_days, full_days, read_day, undated
from tracker.parse.document import Facts, Notice
from tracker.parse.drafts import is_history, marked_stage, own_day, stage_of
from tracker.parse.extract import NO_HINTS, Hints
from tracker.parse.phrases import ends_like_body, is_short
from tracker.parse.segment.note_lines import whole_events

__all__ = ["Said", "find_facts", "in_force_of", "stage_of"]

_PUBLISHED: Final = re.compile(rf"发布(?:日期|时间)：?({DAY})")
_DATED: Final = re.compile(
    rf"(?:^|[^\u4e00-\u9fff])(?:公开|更新)?(?:日期|时间)：({DAY})|^[^：]{{0,30}}?({DAY})(?!.*发布)"
)
"""日期：2024-05-01 in a line about the page; 2024-05-01 10:22 来源：… too."""
_PUT_OUT: Final = re.compile(
    r"((?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)，?[^。]{0,90}?公开征求意见"
)
_READ: Final = re.compile(
    r"草案[^。，；]{0,12}于((?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
    r"(?:[、和及](?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日){0,5})([^。；]{0,80}?审议)"
)
_PERIOD: Final = re.compile(
    rf"(?:征求意见|征集意见|意见征集|意见征求)(?:的)?(?:时间|期限|起止时间|日期)?(?:为|是|：|自|从){{0,2}}({DAY})起?[至到—\-]{{1,2}}"
    r"((?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
)
_UNTIL: Final = re.compile(
    rf"(?:截[止至](?:日期|时间)?(?:为|：|到|至)?|请?于|(?:请|可以?|应当?)在)({DAY})(?:前|之前|以前|截止|。|，|$)"
)
_ADDRESS: Final = re.compile(r"(?:通讯|通信|邮寄|联系|来信|寄送)?地址：([^，；。\n]{4,80})")
_AT_ONCE: Final = re.compile(
    "自(?:公布|发布|颁布|印发|通过并公布)之日起(?:正式)?(?:施行|实施|执行|生效)"
)
_APPROVED: Final = re.compile("^[^《》]{0,40}批准(?!.*(?:修正|修改|通过))")
_MAKES: Final = re.compile("通过|修[正订改]|批准")
_SIGNED: Final = re.compile(
    rf"^(?:{DAY}|[二零〇○O0０一三四五六七八九十]{{4}}年[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日)$"
)


class Said(NamedTuple):
    """The parts of a source that facts are read from, as normalised lines.

    `around` are lines left out, `page` those of them about the page, above the text, `signature`
    those that stand below the last article: 某市人民政府⏎2024年1月1日. `name` is the file's.
    """

    title: str = ""
    stage_line: str | None = None
    enactment_note: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    ending: str = ""
    name: str = ""
    hints: Hints = NO_HINTS


def find_facts(said: Said) -> tuple[Facts, Notice | None, tuple[Problem, ...]]:
    """The facts of a source, its notice, and what had to be inferred or is missing."""
    problems: list[Problem] = []
    stage = stage_of(said.stage_line) if said.stage_line else None
    stage = stage or marked_stage(said.title, said.enactment_note)
    history = _History.of(said.enactment_note)
    heading = said.notice[0] if said.notice else ""
    announced = find_announcement(said.notice, said.title)
    if announced is not None and not (
        announced.is_about(history.adopted) and (stage is None or stage.is_final)
    ):
        announced = None
    if stage is None:
        stage = history.stage
        if announced is not None and stage in (None, Stage.ENACTED):
            stage = announced.stage
        elif stage is None and "印发" in "".join(said.notice):
            stage = Stage.ISSUED
        elif stage is None and any("征求意见" in line for line in said.notice):
            stage = Stage.CONSULTATION_DRAFT
    publisher, signed = _signature(said.notice)
    signed = signed or _signature(said.signature)[1]
    if announced is not None:
        history.heed(announced)
    dates = _dates(said, stage, history, signed, problems)
    events = _events(said)
    notice = None
    if said.notice:
        text = "\n".join(said.notice)
        address = _ADDRESS.search(text)
        notice = Notice(text, publisher, address[1] if address else None)
    issuing_body = publisher if stage is Stage.ISSUED else None
    if issuing_body is None and stage is Stage.ISSUED and "关于" in heading:
        issuing_body = heading.partition("关于")[0] or None
    if announced is not None:
        issuing_body = announced.body
    fictional = any("虚构" in line for line in said.enactment_note)
    facts = Facts(said.title or None, stage, dates, events, issuing_body, fictional)
    problems.extend(_missing(facts, said))
    return facts, notice, tuple(problems)


def _noted(note: Sequence[str], stage: Stage, problems: list[Problem]) -> date | None:
    """The day of a draft whose note tells when it was read, or holds nothing but a day.

    Before: 某市条例（草案）⏎（2025年3月10日某市人大常委会第一次审议）
    After:  2025-03-10, and a problem that says where it was taken from.
    """
    read = [day for line in note if "审议" in line for day in full_days(line)]
    bare = [day for line in note if (day := bare_day(line)) is not None]
    day = max(read or bare, default=None)
    if day is None:
        return None
    what = "审议日期" if read else "没有说明含义的日期"
    problems.append(
        Problem(
            code="date-from-note",
            severity=Severity.INFO,
            message=f"来源没有发布日期，按题注里{what}{day.isoformat()}作为{stage.label}的日期",
            hint="如果不对，改正来源，或者用 tracker ingest --date 给出",
        )
    )
    return day


def _missing(facts: Facts, said: Said) -> list[Problem]:
    out = []
    if not facts.title:
        out.append(
            Problem(
                code="missing-title",
                severity=Severity.ERROR,
                message="来源里没有标题",
                hint="在来源中写明标题；收录时也可以用 tracker ingest --title 给出",
            )
        )
    if facts.stage is None:
        out.append(
            Problem(
                code="missing-stage",
                severity=Severity.WARNING,
                message="来源没有说明是哪一个阶段的文本（草案、征求意见稿、公布……）",
                hint="在来源中写明阶段；收录时也可以用 tracker ingest --stage 给出",
            )
        )
    if facts.dates.legal is None:
        day = day_in_name(said.name)
        named = f"，文件名里有 {day}" if day else ""
        out.append(
            Problem(
                code="missing-date",
                severity=Severity.WARNING,
                message=undated(said.enactment_note)
                or "来源没有给出公布、通过、印发或者发布的日期",
                hint=f"在来源中写明日期；收录时也可以用 tracker ingest --date 给出{named}",
            )
        )
    return out


@dataclass(slots=True)
class _History:
    """What an enactment note (题注) tells, read in the order it tells it."""

    stage: Stage | None = None
    adopted: date | None = None
    promulgated: date | None = None
    published: date | None = None
    in_force: date | None = None

    @classmethod
    def of(cls, lines: Sequence[str]) -> _History:
        told = cls()
        for line in whole_events(lines):
            days = find_days(line)
            for index, (day, start, end) in enumerate(days):
                stop = days[index + 1][1] if index + 1 < len(days) else len(line)
                told._tell(day, line[end:stop], line[max(0, start - 1) : start])
        if any("废止" in line for line in lines) and told.stage is None:
            told.stage = Stage.REPEALED
        return told

    def _tell(self, day: date, words: str, before: str) -> None:
        if before == "自" or (words.startswith(("起施行", "施行", "实施", "起实施"))):
            self.in_force = day
            return
        put_out = words.startswith(("发布", "公布", "颁布"))
        if not put_out and ("审议" in words or "征求意见" in words) and "通过" not in words:
            return
        if self.adopted is not None and _APPROVED.search(words):
            return  # 通过 by a city, then 批准 by its province: it was adopted when the city did
        if _MAKES.search(words):
            self.adopted, self.promulgated = day, None
            if "修订" in words and "修正" not in words:
                self.stage = Stage.REVISED
            elif "修正" in words or "修改" in words or self.stage is not None:
                self.stage = Stage.AMENDED
            else:
                self.stage = Stage.ENACTED
        if "公布" in words or "发布" in words or "颁布" in words:
            self.published = day
            self.promulgated = day
            self.stage = self.stage or Stage.ENACTED
        if "施行" in words and self.in_force is None and "公布" not in words:
            self.in_force = day

    def heed(self, announced: Announcement) -> None:
        """Take from the announcement what the note does not say."""
        self.adopted = announced.adopted or self.adopted
        self.promulgated = self.promulgated or announced.promulgated
        self.in_force = self.in_force or announced.in_force


def _dates(
    said: Said,
    stage: Stage | None,
    history: _History,
    signed: date | None,
    problems: list[Problem],
) -> Dates:
    start, end = _period(said)
    in_force = history.in_force
    if stage is not None and stage.is_final and stage is not Stage.ISSUED:
        promulgated = history.promulgated or (signed if history.adopted is None else None)
        if in_force is None:
            in_force, inferred = in_force_of(said.ending, stage, promulgated)
            problems += inferred
        return Dates(
            published=_of_this_text(said, history.adopted or promulgated, problems),
            adopted=history.adopted,
            promulgated=promulgated,
            in_force=in_force,
        )
    published = said.hints.published or _labelled(said)
    if stage is None or stage.is_final or not is_history(said.enactment_note):
        published = published or history.published
    if stage is not None and not stage.is_final:
        published = published or own_day(said.stage_line, said.enactment_note)
    published = published or _put_out(said, problems)
    issued = signed if stage is Stage.ISSUED else None
    if in_force is None and stage is Stage.ISSUED:
        in_force, inferred = in_force_of(said.ending, stage, issued)
        problems += inferred
    if stage is not Stage.ISSUED:
        published = published or signed
    if stage is not None and not stage.is_final and published is None and start is None:
        published = _noted(said.enactment_note, stage, problems)
    return Dates(
        published=published,
        issued=issued,
        comment_start=start,
        comment_end=end,
        in_force=in_force if stage is Stage.ISSUED else None,
    )


def _of_this_text(said: Said, made: date | None, problems: list[Problem]) -> date | None:
    """The day the page says it was published, but not one before the text was made.

    Collections of laws date an amended text by the day of the first: publish_date 1999-04-29 over
    a 题注 that ends 2017年9月1日…第二次修正.
    """
    published = said.hints.published or _labelled(said)
    if published is None or made is None or published >= made:
        return published
    problems.append(
        Problem(
            code="published-before-adopted",
            severity=Severity.INFO,
            message=f"来源写的发布日期{published.isoformat()}早于本稿通过或者公布的日期"
            f"{made.isoformat()}，没有采用",
            hint="多半是原法的日期；如果确是本稿的，收录时用 --published 给出",
        )
    )
    return None


def in_force_of(
    ending: str, stage: Stage, made: date | None
) -> tuple[date | None, tuple[Problem, ...]]:
    """The day of entry into force that the last article (`ending`) of a final text tells.

    自2025年1月1日起施行 is that day; 自公布之日起施行 is `made`, the day of promulgation (印发 of a
    plan), with a problem that says so. Not the latter for an amended law: its closing article still
    speaks of the day it was first promulgated. None where the text is a draft or says nothing.

    >>> in_force_of("本法自2025年10月15日起施行。", Stage.REVISED, None)
    (datetime.date(2025, 10, 15), ())
    """
    if not stage.is_final:
        return None, ()
    told = entry_into_force(ending)
    if told is not None:
        return told, ()
    if made is None or stage is Stage.AMENDED or not _AT_ONCE.search(ending):
        return None, ()
    inferred = Problem(
        code="in-force-inferred",
        severity=Severity.INFO,
        message=f"正文写自公布之日起施行，施行日期按公布日期推断为{made.isoformat()}",
        hint="如果不对，收录时用 --in-force 给出施行日期",
    )
    return made, (inferred,)


def _labelled(said: Said) -> date | None:
    """发布日期：2021-01-14, 日期：2021-01-14, 2021-01-14 10:22 来源：…"""
    for line in (*said.notice, *said.around, *said.page):
        found = _PUBLISHED.search(line[:200])
        if found:
            return read_day(found[1])
    for line in said.page:
        found = _DATED.search(line[:200])
        if found:
            return read_day(found[1] or found[2])
    return None


def _put_out(said: Said, problems: list[Problem]) -> date | None:
    """11月12日，《…（征求意见稿）》在…公开征求意见; the year from the full dates beside it."""
    for lines in (said.note, said.notice):
        for line in lines:
            found = _PUT_OUT.search(line[:400])
            if not found:
                continue
            years = {day.year for text in lines for day in full_days(text)}
            year = years.pop() if len(years) == 1 else None
            day = read_day(found[1], year)
            if day is not None and "年" not in found[1]:
                problems.append(
                    Problem(
                        code="year-inferred",
                        severity=Severity.INFO,
                        message=f"“{found[1]}”没有写明年份，"
                        f"按同一说明中其他日期的年份推断为{day.year}年",
                        hint="如果不对，在来源中写明年份，或者用 tracker ingest --date 给出",
                        quote=found[0][:40],
                    )
                )
            if day is not None:
                return day
    return None


def _period(said: Said) -> tuple[date | None, date | None]:
    start, end = said.hints.comment_start, said.hints.comment_end
    for line in (*said.notice, *said.enactment_note, *said.around):
        if start or end:
            break
        found = _PERIOD.search(line[:600]) if "意见" in line else None
        if found:
            start = read_day(found[1])
            end = read_day(found[2], start.year if start else None, start.month if start else None)
    for line in said.notice:
        found = _UNTIL.search(line[:600]) if end is None else None
        if found:
            end = read_day(found[1])
    return start, end


def _events(said: Said) -> tuple[Event, ...]:
    """草案已于2021年8月29日、10月28日经…两次审议: two events without text."""
    events: list[Event] = []
    for line in (*said.note, *said.notice):
        for found in _READ.finditer(line[:2000]):
            year = None
            for part in re.split("[、和及]", found[1]):
                day = read_day(part, year)
                if day is not None:
                    year = day.year
                    events.append(Event(Stage.DRAFT, day, found[0]))
    return tuple(events)


def _signature(lines: Sequence[str]) -> tuple[str | None, date | None]:
    """Who signs a notice and when: the last line that is a date, and the name above it."""
    for index in range(len(lines) - 1, -1, -1):
        if _SIGNED.match(lines[index]):
            above = lines[index - 1] if index else ""
            name = above if is_short(above) and ends_like_body(above) else None
            return name, read_day(lines[index])
    return None, None
