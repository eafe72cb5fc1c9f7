"""What the store holds: a law's record and its versions, as values.

Floor 3. `law.toml` is edited by people; everything else under `versions/` is written once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.law.model import Dates, Event, Law, Stage
from tracker.law.problems import Problem
from tracker.parse.document import Ledger, Notice

__all__ = ["LawRecord", "Version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRecord:
    """`law.toml`: what is true of the law (法规) through all its versions."""

    law_id: str
    title: str
    aliases: tuple[str, ...] = ()
    jurisdiction: str = ""
    issuing_body: str = ""
    kind: str = ""
    fictional: bool = False

    @property
    def display_title(self) -> str:
        """The title as it must be shown: an invented law says so wherever it appears."""
        return f"{self.title}（虚构）" if self.fictional else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One stored text (版本) and all that is known of it.

    `text` is the canonical text (tracker-canonical/1), `law` the same, read. Hashes are SHA-256 in
    lower-case hex. `source_name` is the name of the file as received, `source_url` where it was
    published (None: not given). `sequence` orders versions of one date (None: by stage).
    `corrects` is the id of the version that this one corrects.
    """

    law_id: str
    version_id: str
    stage: Stage
    dates: Dates
    law: Law
    text: str
    source_name: str
    source_url: str | None
    source_format: str
    source_size: int
    source_sha256: str
    canonical_sha256: str
    events: tuple[Event, ...] = ()
    issuing_body: str | None = None
    note: str | None = None
    notice: Notice | None = None
    ledger: Ledger = field(default_factory=Ledger)
    problems: tuple[Problem, ...] = ()
    sequence: int | None = None
    corrects: str | None = None

    @property
    def day(self) -> date | None:
        """The legal date, None where the source gives none."""
        return self.dates.legal

    @property
    def name(self) -> str:
        """``law@version``, as the command line takes it."""
        return f"{self.law_id}@{self.version_id}"
