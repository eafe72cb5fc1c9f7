"""A comparison as CSV, one row an entry with its texts in full; a concordance likewise.

Floor 4. A cell that a spreadsheet would run as a formula gets a leading apostrophe. Written with a
byte-order mark, without which Excel reads UTF-8 as the local encoding.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from tracker.diff.model import Changes, new_text, old_text
from tracker.render.lines import marked, with_moves
from tracker.render.overview import FLAGS, citation, tags
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
    """A row an entry, in the order of the comparison; heads and kinds are codes."""
    rows = []
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
                marked(with_moves(change.redline)),
                "；".join(f"{one.kind} {one.change}" for one in change.effects),
            )
        )
    return table_csv(_HEADS, rows)


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
