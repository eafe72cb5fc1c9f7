"""What the store holds: a law's record and its versions, as values.

Floor 3. `law.toml` is edited by people; everything else under `versions/` is written once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.law.model import Dates, Event, Law, Stage
from tracker.law.problems import Problem
from tracker.parse.claims import Claim
from tracker.parse.document import Ledger, Notice, Tracked

_Day = date  # `Given` has a field of that name

__all__ = [
    "Given", "Incoming", "Ingested", "LawRecord", "Plan", "Saved", "Version", "display_title",
]  # fmt: skip


def display_title(title: str, fictional: bool) -> str:
    """A title as it must be shown: that of an invented law says so wherever it appears.

    >>> display_title("示例市公共数据条例", True)
    '示例市公共数据条例（虚构）'
    """
    return f"{title}（虚构）" if fictional and title else title


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
        """The title as it must be shown."""
        return display_title(self.title, self.fictional)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One stored text (版本) and all that is known of it.

    `text` is the canonical text (tracker-canonical/1), `law` the same, read. `claims` are the
    sentences of `note` about its provisions. Hashes are SHA-256 in lower-case hex. `source_name` is
    the name of the file as received, `source_url` where it was published (None: not given),
    `source_reader` the library, and its version, that took the text out of a form that is no text.
    `sequence` orders versions of one date (None: by stage). `corrects` is the id of the version
    that this one corrects. `ingest_seq` counts the ingests of the law from 1, `chain_sha256` ends
    the chain of hashes at this ingest; None before it is saved.
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
    source_reader: str | None = None
    events: tuple[Event, ...] = ()
    issuing_body: str | None = None
    note: str | None = None
    claims: tuple[Claim, ...] = ()
    notice: Notice | None = None
    ledger: Ledger = field(default_factory=Ledger)
    problems: tuple[Problem, ...] = ()
    sequence: int | None = None
    corrects: str | None = None
    tracked: Tracked | None = None
    ingest_seq: int | None = None
    chain_sha256: str | None = None

    @property
    def day(self) -> date | None:
        """The legal date, None where the source gives none."""
        return self.dates.legal

    @property
    def name(self) -> str:
        """``law@version``, as the command line takes it."""
        return f"{self.law_id}@{self.version_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A version on its way into the store, before it has an id, a place in the chain and a commit.

    `source` is the bytes as received, `source_name` the name of their file. `text` is the canonical
    text where it was written before (`guard.canonical_text`), else None. The title of `law`,
    `fictional` and `issuing_body` go into law.toml when the law is new. `corrects` is a version id
    of the same law. Everything else as in `Version`.
    """

    law_id: str
    stage: Stage
    dates: Dates
    law: Law
    source: bytes
    source_name: str
    source_format: str
    source_reader: str | None = None
    text: str | None = None
    source_url: str | None = None
    events: tuple[Event, ...] = ()
    issuing_body: str | None = None
    fictional: bool = False
    note: str | None = None
    claims: tuple[Claim, ...] = ()
    notice: Notice | None = None
    ledger: Ledger = field(default_factory=Ledger)
    problems: tuple[Problem, ...] = ()
    sequence: int | None = None
    corrects: str | None = None
    tracked: Tracked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving did: the version, the commit that holds it, whether it was there already.

    `commit` is None where nothing was committed (`already`, or written to disk only). `problems`
    are about the saving, not about the text.
    """

    version: Version
    commit: str | None = None
    already: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says about a source; each value given wins over what the source says.

    `date` is the date the version is to be filed under; the others are named like `Dates`.
    `note` is the 说明, as text or as the bytes of a file. `corrects` names a version as
    `Store.resolve` takes it, without the law. `tracked` is the text that is meant of a Word file
    with tracked changes.
    """

    title: str | None = None
    stage: Stage | None = None
    date: _Day | None = None
    published: _Day | None = None
    comment_start: _Day | None = None
    comment_end: _Day | None = None
    issued: _Day | None = None
    adopted: _Day | None = None
    promulgated: _Day | None = None
    in_force: _Day | None = None
    issuing_body: str | None = None
    source_url: str | None = None
    note: str | bytes | None = None
    sequence: int | None = None
    corrects: str | None = None
    tracked: Tracked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an ingest would do: the value it would save, and the version that would become of it.

    Where it is there `already`, `version` is the stored one. `problems` are those of the text, of
    what was given, and of its place among the other versions.
    """

    incoming: Incoming
    version: Version
    already: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What an ingest did. `problems`: of the text, of what was given, of the saving."""

    version: Version
    problems: tuple[Problem, ...]
    already: bool
    commit: str | None
