"""History, concordance and blame as plain data for programs. Floor 4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.render.json.documents import change_data
from tracker.render.json.law import located_data
from tracker.store.history import BlameLine, Lineage, Step
from tracker.store.model import Version

__all__ = ["blame_data", "concordance_data", "history_data"]


def history_data(law_id: str, steps: Sequence[Step]) -> dict[str, Any]:
    """A step a version, in legal order; `changes` as in tracker-diff/1, `ids` beside `at`."""
    return {
        "law": law_id,
        "steps": [
            {
                "version": step.version.version_id,
                "stage": step.version.stage.value,
                "date": step.version.day.isoformat() if step.version.day else None,
                "at": [str(one.address) for one in step.at],
                "ids": list(step.ids),
                "citations": [one.address.citation for one in step.at],
                "changes": [change_data(change) for change in step.changes],
            }
            for step in steps
        ],
    }


def concordance_data(
    law_id: str, versions: Sequence[Version], lines: Sequence[Lineage]
) -> dict[str, Any]:
    """Rows of addresses: a list for every version, empty where the line does not reach.

    `ids` has the same shape: under which id each of them lives through all versions.
    """
    return {
        "law": law_id,
        "versions": [version.version_id for version in versions],
        "rows": [[[str(one.address) for one in cell] for cell in line.cells] for line in lines],
        "ids": [[list(cell) for cell in line.ids] for line in lines],
    }


def blame_data(version: Version, lines: Sequence[BlameLine]) -> dict[str, Any]:
    """A line for every 款, 项 and 目."""
    return {
        "law": version.law_id,
        "version": version.version_id,
        "lines": [
            {"id": line.id, "since": line.since.version_id, "first": line.first.version_id}
            | located_data(line.located)
            for line in lines
        ],
    }
