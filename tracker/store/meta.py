"""Version ⇄ meta.json, and the message of its commit: what everything is checked against.

Floor 3. Pure. meta.json has sorted keys and no floats, and holds all that is needed to load a
version; the commit's trailers repeat what a verifier needs, ASCII only, each once.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date
from typing import Any, Final

from tracker.law.address import Address
from tracker.law.model import DATE_NAMES, Dates, Event, Law, Stage
from tracker.law.problems import Problem, Severity
from tracker.parse import canonical
from tracker.parse.claims import Claim, find_claims
from tracker.parse.document import Dropped, Ledger, Notice, Place, Tracked
from tracker.store.model import Version

__all__ = [
    "CANONICALISER", "FORMAT", "TRAILERS", "chain", "dates_of", "dump", "message", "read_meta",
    "sha256", "tracked_of", "trailers", "version_of", "write_meta",
]  # fmt: skip

FORMAT: Final = "tracker-store/1"
CANONICALISER: Final = f"{canonical.FORMAT} unicode/{unicodedata.unidata_version}"
TRAILERS: Final = (
    "Law", "Version", "Stage", "Legal-Date", "Source-SHA256", "Canonical-SHA256", "Meta-SHA256",
    "Canonicaliser", "Ingest-Seq", "Chain-SHA256",
)  # fmt: skip
"""The names of the trailers, in their order."""
_TEXTS: Final = ("hint", "citation", "address", "quote")


def sha256(data: bytes) -> str:
    """Lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def write_meta(version: Version, source_file: str, previous_chain: str | None) -> bytes:
    """meta.json of a version. `source_file` is the constant name of its source in the store."""
    meta: dict[str, Any] = {
        "format": FORMAT,
        "law": version.law_id,
        "version": version.version_id,
        "title": version.law.title,
        "stage": version.stage.value,
        "dates": {name: _day(getattr(version.dates, name)) for name in DATE_NAMES},
        "events": [
            {"stage": event.stage.value, "day": event.day.isoformat(), "note": event.note}
            for event in version.events
        ],
        "issuing_body": version.issuing_body,
        "notice": _notice(version.notice),
        "source": {
            "name": version.source_name,
            "file": source_file,
            "url": version.source_url,
            "format": version.source_format,
            "size": version.source_size,
            "sha256": version.source_sha256,
            **({"reader": version.source_reader} if version.source_reader else {}),
            **({"tracked": version.tracked.value} if version.tracked else {}),
        },
        "canonical": {"sha256": version.canonical_sha256, "canonicaliser": CANONICALISER},
        "note": None if version.note is None else {"sha256": sha256(version.note.encode("utf-8"))},
        "ledger": {
            "rewrites": [[rule, count] for rule, count in version.ledger.rewrites],
            "dropped": [
                {
                    "text": dropped.text,
                    "line": dropped.place.line,
                    "column": dropped.place.column,
                    "reason": dropped.reason,
                }
                for dropped in version.ledger.dropped
            ],
        },
        "problems": [_problem(problem) for problem in version.problems],
        "sequence": version.sequence,
        "corrects": version.corrects,
        "chain": {"ingest_seq": version.ingest_seq, "previous": previous_chain},
    }
    if version.note is not None:
        meta["claims"] = [_claim(claim) for claim in version.claims]
    return dump(meta)


def dump(meta: dict[str, Any]) -> bytes:
    """A record as bytes: the one way to write it. Raises ValueError where it holds NaN."""
    text = json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def read_meta(data: bytes) -> dict[str, Any]:
    """meta.json, read. Raises ValueError where it is none of ours."""
    try:
        meta = json.loads(data)
    except RecursionError:  # brackets in brackets, thousands of them
        raise ValueError("括号嵌套过深") from None
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        said = meta.get("format") if isinstance(meta, dict) else None
        raise ValueError(f"format 应为 {FORMAT}，这里是 {said!r}")
    return meta


def version_of(
    meta: dict[str, Any], law: Law, text: str, note: str | None, chain_sha256: str
) -> Version:
    """The version that a meta.json describes, with its texts, which the caller has checked.

    Raises KeyError, TypeError or ValueError where the record is damaged.
    """
    source, notice = meta["source"], meta["notice"]
    return Version(
        law_id=meta["law"],
        version_id=meta["version"],
        stage=Stage(meta["stage"]),
        dates=dates_of(meta),
        law=law,
        text=text,
        source_name=source["name"],
        source_url=source["url"],
        source_format=source["format"],
        source_size=source["size"],
        source_sha256=source["sha256"],
        canonical_sha256=meta["canonical"]["sha256"],
        source_reader=source.get("reader"),
        events=tuple(
            Event(Stage(event["stage"]), date.fromisoformat(event["day"]), event["note"])
            for event in meta["events"]
        ),
        issuing_body=meta["issuing_body"],
        note=note,
        claims=_claims_of(meta, law, note),
        notice=None if notice is None else Notice(**notice),
        ledger=Ledger(
            tuple((rule, count) for rule, count in meta["ledger"]["rewrites"]),
            tuple(
                Dropped(entry["text"], Place(entry["line"], entry["column"]), entry["reason"])
                for entry in meta["ledger"]["dropped"]
            ),
        ),
        problems=tuple(
            Problem(
                **{**problem, "severity": Severity(problem["severity"])},
                law=meta["law"],
                version=meta["version"],
            )
            for problem in meta["problems"]
        ),
        sequence=meta["sequence"],
        corrects=meta["corrects"],
        tracked=tracked_of(meta),
        ingest_seq=meta["chain"]["ingest_seq"],
        chain_sha256=chain_sha256,
    )


def tracked_of(meta: dict[str, Any]) -> Tracked | None:
    """Which text of a source with tracked changes was read; records of other sources are silent."""
    said = meta["source"].get("tracked")
    return None if said is None else Tracked(said)


def dates_of(meta: dict[str, Any]) -> Dates:
    """The dates in a meta.json."""
    known = {name: day for name, day in meta["dates"].items() if day is not None}
    return Dates(**{name: date.fromisoformat(day) for name, day in known.items()})


def fields_of(meta: dict[str, Any], meta_sha256: str) -> tuple[tuple[str, str], ...]:
    """What the chain covers and the trailers say, in their fixed order."""
    return (
        ("Law", meta["law"]),
        ("Version", meta["version"]),
        ("Stage", meta["stage"]),
        ("Legal-Date", _day(dates_of(meta).legal) or "none"),
        ("Source-SHA256", meta["source"]["sha256"]),
        ("Canonical-SHA256", meta["canonical"]["sha256"]),
        ("Meta-SHA256", meta_sha256),
        ("Canonicaliser", meta["canonical"]["canonicaliser"]),
        ("Ingest-Seq", str(meta["chain"]["ingest_seq"])),
    )


def chain(meta: dict[str, Any], meta_sha256: str) -> str:
    """The hash that ends the chain at this version: over the one before, and every field."""
    lines = [f"Previous: {meta['chain']['previous'] or 'none'}"]
    lines += [f"{name}: {value}" for name, value in fields_of(meta, meta_sha256)]
    return sha256("\n".join(lines).encode("ascii"))


def message(meta: dict[str, Any], meta_sha256: str) -> str:
    """The commit message: a subject, and each trailer once."""
    lines = "".join(f"{line}\n" for line in trailers(meta, meta_sha256))
    return f"ingest {meta['law']} {meta['version']}\n\n{lines}"


def trailers(meta: dict[str, Any], meta_sha256: str) -> tuple[str, ...]:
    """The lines of the message that tell of the version, in their order."""
    lines = [f"{name}: {value}" for name, value in fields_of(meta, meta_sha256)]
    return (*lines, f"Chain-SHA256: {chain(meta, meta_sha256)}")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _notice(notice: Notice | None) -> dict[str, str | None] | None:
    if notice is None:
        return None
    return {"text": notice.text, "publisher": notice.publisher, "address": notice.address}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "addresses": [str(address) for address in claim.addresses],
        "missing": [_problem(problem) for problem in claim.missing],
    }


def _claims_of(meta: dict[str, Any], law: Law, note: str | None) -> tuple[Claim, ...]:
    """As stored; a record of before there were claims has its note read again."""
    if note is None:
        return ()
    if "claims" not in meta:
        return find_claims(note, law)
    return tuple(
        Claim(
            claim["text"],
            claim["start"],
            claim["end"],
            tuple(Address.of(address) for address in claim["addresses"]),
            tuple(
                Problem(**{**problem, "severity": Severity(problem["severity"])})
                for problem in claim["missing"]
            ),
        )
        for claim in meta["claims"]
    )


def _problem(problem: Problem) -> dict[str, Any]:
    """Only what it says: empty texts, an unknown line, law and version are left out."""
    said: dict[str, Any] = {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }
    said |= {name: getattr(problem, name) for name in _TEXTS if getattr(problem, name)}
    if problem.line is not None:
        said["line"] = problem.line
    return said
