"""What reading a source gives: the law, what the source says about it, and an account of the rest.

Floor 1. Every Han character of a source ends in exactly one place: the canonical text of the law,
the note (说明), the notice (征求意见公告), or the ledger's list of dropped text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tracker.law.model import Dates, Event, Law, Stage
from tracker.law.problems import Problem

__all__ = [
    "Document", "Dropped", "Facts", "Ledger", "Notice", "Place", "SourceLine", "Tracked",
]  # fmt: skip


class Tracked(StrEnum):
    """Which text of a Word file with tracked changes (修订) is meant."""

    FINAL = "final"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the source: line and column, both counted from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as extracted, before any normalisation, and where it began in the source."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of the source that was not kept, verbatim, with a reason code (``contents``)."""

    text: str
    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was rewritten (rule code and how often, sorted by code) and what was left out."""

    rewrites: tuple[tuple[str, int], ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """The announcement a draft came with (征求意见公告), and what it says.

    `text` is its normalised lines joined by newlines; `publisher` the body that signs it,
    `address` where comments go, each None where the notice does not say.
    """

    text: str
    publisher: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the source itself says about the version it holds; None where it is silent."""

    title: str | None = None
    stage: Stage | None = None
    dates: Dates = field(default_factory=Dates)
    events: tuple[Event, ...] = ()
    issuing_body: str | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source, read. `format` names how it was read: text, questionnaire, bookmarks, html, pdf …

    `tracked` is the text that was taken of a Word file with tracked changes; None where there are
    none. `reader` names the library, and its version, that took the text out of a PDF.
    """

    law: Law
    facts: Facts
    ledger: Ledger
    format: str
    note: str | None = None
    notice: Notice | None = None
    problems: tuple[Problem, ...] = ()
    tracked: Tracked | None = None
    reader: str | None = None
