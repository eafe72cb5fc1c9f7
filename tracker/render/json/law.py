"""A law, a version, a source that was read, as plain data for programs.

Floor 4; beside `tracker.render.json.documents`, which holds the two documents that have a schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from tracker.law.address import Located, located_in
from tracker.law.model import DATE_NAMES, Dates, Event, Law
from tracker.parse import canonical
from tracker.parse.claims import Claim
from tracker.parse.document import Document, Ledger
from tracker.parse.marks.kinds import Line
from tracker.render.json.documents import problem_data
from tracker.store.model import LawRecord, Version

__all__ = [
    "canonical_data",
    "claims_data",
    "document_data",
    "document_ledger",
    "law_data",
    "laws_data",
    "ledger_data",
    "lines_data",
    "located_data",
    "log_data",
    "version_data",
    "version_facts",
]


def provisions_data(law: Law) -> list[dict[str, Any]]:
    """Every provision with its address and citation, in the order of the text."""
    return [located_data(located) for located in located_in(law)]


def located_data(located: Located) -> dict[str, Any]:
    """One provision, without what lies below it."""
    provision = located.provision
    return {
        "address": str(located.address),
        "citation": located.address.citation,
        "unit": provision.unit.value,
        "number": str(provision.number) if provision.number else None,
        "caption": provision.caption,
        "text": provision.text,
        "responsible": provision.responsible,
    }


def law_data(law: Law) -> dict[str, Any]:
    """A law, its provisions in the order of the text."""
    return {
        "title": law.title,
        "stage_line": law.stage_line,
        "enactment_note": law.enactment_note,
        "provisions": provisions_data(law),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def dates_data(dates: Dates) -> dict[str, str | None]:
    """All dates by their names; null is unknown."""
    return {name: _day(getattr(dates, name)) for name in DATE_NAMES}


def events_data(events: Iterable[Event]) -> list[dict[str, str]]:
    """Stages that happened without a text that is held."""
    return [
        {"stage": one.stage.value, "date": one.day.isoformat(), "note": one.note} for one in events
    ]


def ledger_data(ledger: Ledger) -> dict[str, Any]:
    """Rewrites by rule, dropped text with its place and reason."""
    return {
        "rewrites": dict(ledger.rewrites),
        "dropped": [
            {
                "line": one.place.line,
                "column": one.place.column,
                "reason": one.reason,
                "text": one.text,
            }
            for one in ledger.dropped
        ],
    }


def document_ledger(document: Document, places: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """The ledger of a source, with the lines that each rule rewrote."""
    lines = {code: list(numbers) for code, numbers in places.items()}
    return ledger_data(document.ledger) | {"rewritten_lines": lines}


def lines_data(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines of a source with their kinds."""
    return [
        {
            "line": one.place.line,
            "column": one.place.column,
            "kind": one.kind.value,
            "text": one.text,
        }
        for one in lines
    ]


def document_data(document: Document) -> dict[str, Any]:
    """A source, read."""
    facts, notice = document.facts, document.notice
    return {
        "format": document.format,
        "facts": {
            "title": facts.title,
            "stage": facts.stage.value if facts.stage else None,
            "dates": dates_data(facts.dates),
            "events": events_data(facts.events),
            "issuing_body": facts.issuing_body,
            "fictional": facts.fictional,
        },
        "law": law_data(document.law),
        "note": document.note,
        "notice": None
        if notice is None
        else {"text": notice.text, "publisher": notice.publisher, "address": notice.address},
        "problems": [problem_data(problem) for problem in document.problems],
    }


def canonical_data(document: Document) -> dict[str, str]:
    """The canonical text and its SHA-256."""
    text = canonical.write(document.law)
    return {
        "format": canonical.FORMAT,
        "sha256": sha256(text.encode("utf-8")).hexdigest(),
        "text": text,
    }


def version_facts(version: Version) -> dict[str, Any]:
    """What identifies a version, without its text."""
    return {
        "law": version.law_id,
        "version": version.version_id,
        "title": version.law.title,
        "stage": version.stage.value,
        "date": _day(version.day),
        "dates": dates_data(version.dates),
        "events": events_data(version.events),
        "issuing_body": version.issuing_body,
        "articles": len(version.law.articles()),
        "source": version.source_name,
        "source_url": version.source_url,
        "source_sha256": version.source_sha256,
        "canonical_sha256": version.canonical_sha256,
        "corrects": version.corrects,
        **({"tracked": version.tracked.value} if version.tracked else {}),
    }


def claims_data(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The sentences of a note that cite the text it came with."""
    return [
        {
            "text": claim.text,
            "start": claim.start,
            "end": claim.end,
            "addresses": [str(address) for address in claim.addresses],
            "missing": [problem_data(problem) for problem in claim.missing],
        }
        for claim in claims
    ]


def version_data(version: Version) -> dict[str, Any]:
    """A stored version with its text."""
    return version_facts(version) | {"text": law_data(version.law)}


def laws_data(laws: Iterable[tuple[LawRecord, tuple[Version, ...]]]) -> list[dict[str, Any]]:
    """The stored laws, each with its versions' facts."""
    return [
        {
            "law": record.law_id,
            "title": record.title,
            "fictional": record.fictional,
            "versions": [version_facts(version) for version in versions],
        }
        for record, versions in laws
    ]


def log_data(record: LawRecord, versions: tuple[Version, ...]) -> dict[str, Any]:
    """One law and its versions in legal order."""
    return laws_data([(record, versions)])[0]
