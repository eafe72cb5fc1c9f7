"""What a correction keeps of the version it corrects: title, stage and dates that a person gave.

Floor 3, used by `ingest` before anything is merged. What was given is told from what was read by
reading the stored source again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tracker.law.model import DATE_NAMES, LEGAL_DATES, Stage
from tracker.law.problems import TrackerError
from tracker.parse.document import Document
from tracker.parse.reading import read_source
from tracker.store.model import Given, Version
from tracker.store.versions import Store

__all__ = ["keep"]


def keep(store: Store, older: Version, document: Document, data: bytes, given: Given) -> Given:
    """`given`, filled with what `older` has and the new reading `document` of `data` must not undo.

    That is what the source of `older` does not say itself, so that a person gave it, and what the
    new source is silent about. What is given anew wins; with a new date to file under, the dates
    that `older` could be filed under are only those that the new source says.

    Before: ingest --title 测试条例 --stage draft, then ingest --corrects undated-draft --date …
            → 阶段不详, with the title that was read
    After:  → 草案, 测试条例
    """
    said = _said(document)
    before = said if older.source_size == len(data) and store.source(older) == data else None
    if before is None:
        before = _said_by(store, older)
    had = _had(older)
    kept: dict[str, Any] = {}
    for name, value in had.items():
        refiled = given.date is not None and name in LEGAL_DATES
        if value is None or refiled or getattr(given, name) is not None:
            continue
        if said[name] is None or value not in (before[name], said[name]):
            kept[name] = value
    return replace(given, **kept)


def _had(version: Version) -> dict[str, Any]:
    stage = None if version.stage is Stage.UNKNOWN else version.stage
    dates = {name: getattr(version.dates, name) for name in DATE_NAMES}
    return {"title": version.law.title or None, "stage": stage, **dates}


def _said(document: Document) -> dict[str, Any]:
    facts = document.facts
    dates = {name: getattr(facts.dates, name) for name in DATE_NAMES}
    return {"title": document.law.title or None, "stage": facts.stage, **dates}


def _read(store: Store, version: Version) -> Document:
    source = store.source(version)
    return read_source(source, name=version.source_name, tracked=version.tracked)


def _said_by(store: Store, version: Version) -> dict[str, Any]:
    """What the stored source says today; nothing where it can no longer be read."""
    try:
        return _said(_read(store, version))
    except TrackerError as error:
        if error.code == "corrupt-version":
            raise
        return dict.fromkeys(("title", "stage", *DATE_NAMES))
