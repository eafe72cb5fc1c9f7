"""A comparison as CSV, a row an entry with its texts in full; a concordance likewise.

Floor 4. A cell that a spreadsheet would run as a formula gets a leading apostrophe. Written with a
byte-order mark, without which Excel reads UTF-8 as the local encoding.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from tracker.diff.model import Changes, Kind, Redline, new_text, old_text
from tracker.law.address import Located
from tracker.render.lines import for_reading, marked
from tracker.render.overview import FLAGS, citation, front_label, tags
from tracker.store.history import Lineage
from tracker.store.model import Version

__all__ = ["concordance_csv", "diff_csv", "table_csv"]

_BOM: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HEADS: Final = (
    "old", "new", "kinds", "flags", "similarity", "matched_by", "confidence", "old_caption",
    "new_caption", "old_text", "new_text", "redline", "effects",
)  # fmt: skip


def diff_csv(changes: Changes) -> str:
    """A row an entry, in the order of the comparison, then headings and front matter that differ.

    Heads and kinds are codes. Title, 题注, chapters and annexes have no similarity: they are never
    matched by their words.
    """
    rows: list[tuple[str, ...]] = []
    for change in changes.changes:
        flags = sorted(tags(change) & set(FLAGS))
        rows.append(
            (
                citation(change.old),
                citation(change.new),
                " ".join(change.kinds),
                " ".join(flags),
                f"{change.similarity:.4f}",
                change.matched_by,
                f"{change.confidence:.4f}",
                "、".join(one.provision.caption for one in change.old if one.provision.caption),
                "、".join(one.provision.caption for one in change.new if one.provision.caption),
                old_text(change.redline),
                new_text(change.redline),
                marked(for_reading(change.redline)),
                "；".join(f"{one.kind} {one.change}" for one in change.effects),
            )
        )
    for heading in changes.headings:
        if heading.kinds != (Kind.UNCHANGED,):
            names = (_name(heading.old), _name(heading.new))
            rows.append(_bare_row(names, " ".join(heading.kinds), heading.redline))
    for front in changes.front:
        if front.changed:
            name = front_label(front, "zh")
            rows.append(_bare_row((name, name), _kind(front.redline), front.redline))
    return table_csv(_HEADS, rows)


def _bare_row(names: tuple[str, str], kinds: str, redline: Redline) -> tuple[str, ...]:
    """A row without what only articles have."""
    old, new = old_text(redline), new_text(redline)
    shown = (names[0] if old else "", names[1] if new else "")
    return (*shown, kinds, *[""] * 6, old, new, marked(redline), "")


def _name(located: Located | None) -> str:
    return located.address.citation if located else ""


def _kind(redline: Redline) -> str:
    if not old_text(redline):
        return Kind.INSERTED
    return Kind.REWORDED if new_text(redline) else Kind.DELETED


def concordance_csv(versions: Sequence[Version], lines: Iterable[Lineage]) -> str:
    """A column a version, headed by its id, then the id of the line; a row a line of descent."""
    heads = [*(version.version_id for version in versions), "id"]
    return table_csv(heads, [[*map(citation, line.cells), line.id] for line in lines])


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Any table.

    >>> table_csv(["a"], [["=1+1"]])
    "\\ufeffa\\n'=1+1\\n"
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return _BOM + out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
