"""The verbs for Python programs: parse, compare, apply, check, and the store.

Floor 6, beside the command line, which calls the same functions. Each verb imports what it needs
when it is first called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.diff.model import Changes
    from tracker.law.model import Law
    from tracker.law.problems import Problem
    from tracker.parse.citations.listing import PlacedCitation
    from tracker.parse.document import Document
    from tracker.render.side import SideInfo
    from tracker.store.versions import Store

__all__ = [
    "apply",
    "canonical",
    "check",
    "citations",
    "compare",
    "create_store",
    "diff_document",
    "open_store",
    "parse",
    "read_canonical",
]


def parse(
    source: str | Path | bytes, *, title: str | None = None, name: str = "",
    tracked: str | None = None,
) -> Document:  # fmt: skip
    """Read a source: a path, or its bytes (then `name` is what problems call it).

    A `title` given here wins over the source's. `tracked` is ``final`` or ``original``, the text
    that is meant of a Word file with tracked changes. Raises TrackerError `unreadable-source`,
    `tracked-changes` or `control-character`, ValueError for another `tracked`, and OSError.
    """
    from tracker.parse.document import Tracked
    from tracker.parse.reading import read_source

    view = None if tracked is None else Tracked(tracked)

    if isinstance(source, bytes):
        return read_source(source, name=name or "source", title=title, tracked=view)
    path = Path(source)
    return read_source(path.read_bytes(), name=name or path.name, title=title, tracked=view)


def canonical(law: Law) -> str:
    """The canonical text of a law (tracker-canonical/1)."""
    from tracker.parse.canonical import write

    return write(law)


def read_canonical(text: str) -> Law:
    """The law that a canonical text holds. Raises TrackerError `not-canonical`."""
    from tracker.parse.canonical import read

    return read(text)


def compare(old: Law, new: Law) -> Changes:
    """Who is who and which words differ; ``apply(old, compare(old, new)) == new``."""
    from tracker.diff.changes import compare as compare_laws

    return compare_laws(old, new)


def apply(old: Law, changes: Changes) -> Law:
    """The new law from the old one. Raises TrackerError `does-not-fit`."""
    from tracker.diff.changes import apply as apply_changes

    return apply_changes(old, changes)


def citations(law: Law) -> tuple[PlacedCitation, ...]:
    """What a law cites, in the order of the text; ranges and 前款 are followed to addresses."""
    from tracker.parse.citations.listing import list_citations

    return list_citations(law)


def check(document: Document, *, against: Document | None = None) -> tuple[Problem, ...]:
    """What is wrong with a source that was read, in the order of its text.

    `against` is the stage before: then also what the comparison leaves in doubt.
    """
    from tracker.check import Subject
    from tracker.check import check as check_subject

    before = Subject.of_document(against) if against is not None else None
    return check_subject(Subject.of_document(document, before))


def open_store(path: str | Path = ".") -> Store:
    """The store that `path` lies in. Raises TrackerError `not-a-store`."""
    from tracker.store.versions import Store

    return Store.open(path)


def create_store(path: str | Path = ".") -> Store:
    """Make a store at `path`, or open the one that is there."""
    from tracker.store.versions import Store

    return Store.create(path)


def diff_document(changes: Changes, old: SideInfo, new: SideInfo) -> dict[str, Any]:
    """A comparison as plain data (tracker-diff/1)."""
    from tracker.render.json.documents import diff_document as document

    return document(changes, old, new)
