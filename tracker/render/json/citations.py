"""The citations of a law as plain data for programs. Floor 4."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.parse.citations.listing import PlacedCitation
from tracker.render.json.documents import problem_data

__all__ = ["citations_data"]


def citations_data(listed: Iterable[PlacedCitation]) -> list[dict[str, Any]]:
    """Where each stands, its words and their place there, its kind, and what it points to."""
    return [
        {
            "address": str(one.at),
            "citation": one.at.citation,
            "text": one.citation.text,
            "start": one.citation.start,
            "end": one.citation.end,
            "kind": one.citation.kind.value,
            "law": one.citation.title,
            "targets": [str(target) for target in one.targets],
            "target_citations": [target.citation for target in one.targets],
            "problem": None if one.problem is None else problem_data(one.problem),
        }
        for one in listed
    ]
