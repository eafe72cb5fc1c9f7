"""Names: ids of laws and versions, and the words a version may be asked for by.

Floor 3. The one place where an id is checked; every path and every line of git's input is made of
ids that passed here and of constants, so no outside text ever becomes a path.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from typing import Final

from tracker.law.model import Stage
from tracker.law.problems import TrackerError

__all__ = [
    "CHECK_SETTINGS", "SOURCE_EXTENSIONS", "check_law_id", "id_facts", "is_law_id", "is_version_id",
    "read_date", "read_stage", "shown", "some", "source_file", "version_id",
]  # fmt: skip

_LONGEST_LAW_ID: Final = 64
_LAW_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TAKEN: Final = frozenset(("assets", "search"))  # what the site keeps beside the laws
_STAGES: Final = "|".join(stage.value for stage in Stage)
_VERSION_ID: Final = re.compile(
    rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|undated)-(?:{_STAGES})(?:-[1-9][0-9]{{0,3}})?", re.ASCII
)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_CHINESE_DATE: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", re.ASCII)

CHECK_SETTINGS: Final = ("tracker.toml", "pyproject.toml")
"""Where the settings of the check are looked for at the root of a workspace, in this order."""

SOURCE_EXTENSIONS: Final = frozenset(
    ("txt", "md", "html", "htm", "docx", "doc", "pdf", "rtf", "odt", "wps", "json", "xml", "xlsx")
)
"""Extensions that a stored source keeps; any other becomes ``bin``."""

_STAGE_WORDS: Final = {
    "草案征求意见稿": Stage.CONSULTATION_DRAFT, "草案送审稿": Stage.DRAFT_FOR_REVIEW,
    "一审稿": Stage.FIRST_READING, "二审稿": Stage.SECOND_READING, "三审稿": Stage.THIRD_READING,
    "草案一次审议稿": Stage.FIRST_READING, "草案二次审议稿": Stage.SECOND_READING,
    "草案三次审议稿": Stage.THIRD_READING, "草案表决稿": Stage.VOTING_DRAFT,
}  # fmt: skip


def is_law_id(text: str) -> bool:
    """Whether `text` may be the id of a law: lower-case words and digits joined by hyphens.

    >>> is_law_id("shenzhen-digital-economy"), is_law_id("../x"), is_law_id("条例")
    (True, False, False)
    >>> is_law_id("search")  # a folder of the site
    False
    """
    fits = len(text) <= _LONGEST_LAW_ID and _LAW_ID.fullmatch(text) is not None
    return fits and text not in _TAKEN


def check_law_id(text: str) -> str:
    """`text` itself. Raises TrackerError `bad-law-id`."""
    if not is_law_id(text):
        raise TrackerError(
            "bad-law-id",
            f"法规标识 {shown(text)} 不合要求",
            "只用小写字母、数字和连字符，最长 64 个字符，不用 assets、search，如 shenzhen-example",
        )
    return text


def shown(text: str) -> str:
    """Outside text for one line of a message: quoted, escaped, cut to 80 characters.

    >>> shown("a\\nb")
    "'a\\\\nb'"
    """
    quoted = repr(text)
    return quoted if len(quoted) <= 80 else quoted[:79] + "…"


def some(names: Sequence[str], most: int) -> str:
    """The first of many names for a message, and how many there are of them in all.

    >>> some(["甲", "乙", "丙"], 2), some(["甲", "乙"], 2)
    ('甲、乙 等 3 个', '甲、乙')
    """
    more = f" 等 {len(names)} 个" if len(names) > most else ""
    return "、".join(names[:most]) + more


def is_version_id(text: str) -> bool:
    """Whether `text` may be the id of a version.

    >>> is_version_id("2021-11-12-consultation_draft"), is_version_id("undated-draft-2")
    (True, True)
    """
    return _VERSION_ID.fullmatch(text) is not None


def id_facts(text: str) -> tuple[date | None, Stage] | None:
    """The day and the stage that the id of a version names; None where it is no such id.

    >>> id_facts("2025-03-10-draft")
    (datetime.date(2025, 3, 10), <Stage.DRAFT: 'draft'>)
    """
    found = _VERSION_ID.fullmatch(text)
    if found is None:
        return None
    try:
        day = None if text.startswith("undated") else date.fromisoformat(text[:10])
    except ValueError:
        return None
    name = text[8:] if day is None else text[11:]
    return day, Stage(name.rstrip("0123456789").rstrip("-"))


def version_id(day: date | None, stage: Stage, taken: Container[str]) -> str:
    """The id for a version of this date and stage; ``-2``, ``-3`` … where it is taken.

    >>> version_id(None, Stage.DRAFT, {"undated-draft"})
    'undated-draft-2'
    """
    base = f"{day.isoformat() if day else 'undated'}-{stage.value}"
    if base not in taken:
        return base
    count = 2
    while f"{base}-{count}" in taken:
        count += 1
    return f"{base}-{count}"


def source_file(name: str) -> str:
    """The constant name under which a source of this file name is stored.

    >>> source_file("关于征求意见的公告.HTML"), source_file("../x.sh")
    ('source.html', 'source.bin')
    """
    extension = name.rpartition(".")[2].lower()
    return f"source.{extension if extension in SOURCE_EXTENSIONS else 'bin'}"


def read_stage(text: str) -> Stage | None:
    """A stage by its code or its Chinese name, None for anything else.

    >>> read_stage("second_reading"), read_stage("征求意见稿"), read_stage("二审稿")
    (<Stage.SECOND_READING: 'second_reading'>, <Stage.CONSULTATION_DRAFT: 'consultation_draft'>, <Stage.SECOND_READING: 'second_reading'>)
    """  # noqa: E501
    for stage in Stage:
        if text in (stage.value, stage.label):
            return stage
    return _STAGE_WORDS.get(text)


def read_date(text: str) -> date | None:
    """A day as 2021-11-12 or 2021年11月12日; None for anything else (February 30 too)."""
    match = _ISO.fullmatch(text) or _CHINESE_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
