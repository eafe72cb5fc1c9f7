"""One side of a comparison as every renderer shows it: which text, of which stage and day.

Floor 4. A side is a stored version or a bare file; of a file only what it says itself is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tracker.diff.sides import take_apart
from tracker.law.model import Law, Stage
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.render.words import day_name
from tracker.store.model import Version, display_title

__all__ = ["SideInfo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideInfo:
    """What identifies a side. `law_id` and `version` are None for a text that is not stored.

    `name` is what the user called it (``example@enacted``, a path). `sha256` is over the canonical
    text, lower-case hex. `day_name` says which date `day` is where the stage would tell another
    (``adopted`` of a law whose promulgation is not known). `articles` counts what is aligned: 条,
    or the units of an `outline`.
    """

    title: str
    sha256: str
    articles: int
    name: str = ""
    law_id: str | None = None
    version: str | None = None
    stage: Stage | None = None
    day: date | None = None
    day_name: str | None = None
    fictional: bool = False
    outline: bool = False

    @property
    def display_title(self) -> str:
        """The title; an invented law says so wherever it is shown."""
        return display_title(self.title, self.fictional)

    @classmethod
    def of_version(cls, version: Version, fictional: bool = False) -> SideInfo:
        """Of a stored version."""
        return cls(
            title=version.law.title,
            sha256=version.canonical_sha256,
            articles=_count(version.law),
            outline=version.law.is_outline,
            name=version.name,
            law_id=version.law_id,
            version=version.version_id,
            stage=version.stage,
            day=version.day,
            day_name=day_name(version.stage, version.dates, version.law.enactment_note),
            fictional=fictional,
        )

    @classmethod
    def of_document(cls, document: Document, name: str = "") -> SideInfo:
        """Of a source that was read but is not stored."""
        return cls(
            title=document.law.title,
            sha256=_hash(document.law),
            articles=_count(document.law),
            outline=document.law.is_outline,
            name=name,
            stage=document.facts.stage,
            day=document.facts.dates.legal,
            day_name=day_name(
                document.facts.stage, document.facts.dates, document.law.enactment_note
            ),
            fictional=document.facts.fictional,
        )

    @classmethod
    def of_law(cls, law: Law, name: str = "") -> SideInfo:
        """Of a bare law."""
        return cls(
            title=law.title,
            sha256=_hash(law),
            articles=_count(law),
            outline=law.is_outline,
            name=name,
        )


def _hash(law: Law) -> str:
    return sha256(canonical.write(law).encode("utf-8")).hexdigest()


def _count(law: Law) -> int:
    return len(take_apart(law).items) if law.is_outline else len(law.articles())
