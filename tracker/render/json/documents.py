"""Plain data for programs: tracker-diff/1 and tracker-check/1, and how every document is written.

Floor 4. Keys stand in the order of their reference pages, lists in the order of the text; nothing
depends on clock, locale or hash seed. Ratios are rounded to 4 places. Nothing is translated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from tracker.diff.effects.model import Effect, Quantity, Trigger
from tracker.diff.model import Change, Changes, HeadingChange, ProvisionChange, Redline
from tracker.diff.moves import find_moves
from tracker.law.address import Located
from tracker.law.problems import Problem, Severity
from tracker.render.findings import count
from tracker.render.overview import heading
from tracker.render.side import SideInfo

if TYPE_CHECKING:
    from tracker.store.verify import Verified

__all__ = [
    "change_data", "check_document", "diff_document", "dump", "problem_data", "verify_document",
]  # fmt: skip

_PLACES: Final = 4


def dump(document: object, *, ascii_only: bool = False) -> str:
    """A document as text, ending with a newline; `ascii_only` for a stream that is not UTF-8."""
    return json.dumps(document, ensure_ascii=ascii_only, indent=2) + "\n"


def diff_document(changes: Changes, old: SideInfo, new: SideInfo) -> dict[str, Any]:
    """tracker-diff/1."""
    return {
        "format": "tracker-diff/1",
        "old": _side(old),
        "new": _side(new),
        "summary": changes.summary,
        "changes": [change_data(change) for change in changes.changes],
        "headings": [_heading(one) for one in changes.headings],
        "front": [
            {"part": one.part, "redline": _redline(one.redline)}
            for one in changes.front
            if one.changed
        ],
        "problems": [problem_data(problem) for problem in changes.problems],
    }


def _side(side: SideInfo) -> dict[str, Any]:
    return {
        "title": side.title,
        "law": side.law_id,
        "version": side.version,
        "stage": side.stage.value if side.stage else None,
        "date": side.day.isoformat() if side.day else None,
        "sha256": side.sha256,
        "articles": side.articles,
    }


def change_data(change: Change) -> dict[str, Any]:
    """One entry of `changes` in tracker-diff/1."""
    runner_up = change.runner_up
    return {
        "kinds": [kind.value for kind in change.kinds],
        "consequential": change.consequential,
        "typographic": change.typographic,
        "old": _numbers(change.old),
        "new": _numbers(change.new),
        "old_citation": [one.address.citation for one in change.old],
        "new_citation": [one.address.citation for one in change.new],
        "old_address": [str(one.address) for one in change.old],
        "new_address": [str(one.address) for one in change.new],
        "similarity": round(change.similarity, _PLACES),
        "matched_by": change.matched_by,
        "confidence": round(change.confidence, _PLACES),
        "runner_up": None
        if runner_up is None
        else {
            "new": runner_up.number,
            "similarity": round(runner_up.similarity, _PLACES),
        },
        "caption": {"old": _caption(change.old), "new": _caption(change.new)},
        "redline": _redline(change.redline),
        "moves": [list(pair) for pair in find_moves(change.redline)],
        "provisions": [_provision(one) for one in change.provisions],
        "effects": [_effect(one) for one in change.effects],
    } | ({"links": [list(link) for link in change.links]} if change.links else {})


def _numbers(side: tuple[Located, ...]) -> list[str]:
    return [str(one.address.steps[-1][1]) for one in side]


def _caption(side: tuple[Located, ...]) -> str | None:
    if len(side) == 1:  # as nearly all
        return side[0].provision.caption
    captions = [one.provision.caption for one in side if one.provision.caption is not None]
    return "；".join(captions) if captions else None


def _provision(change: ProvisionChange) -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in change.kinds],
        "old": str(change.old.address) if change.old else None,
        "new": str(change.new.address) if change.new else None,
        "redline": _redline(change.redline),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "kind": effect.kind.value,
        "old": effect.old,
        "new": effect.new,
        "old_quantity": _quantity(effect.old_quantity),
        "new_quantity": _quantity(effect.new_quantity),
        "subject": effect.subject,
        "old_triggers": [_trigger(one) for one in effect.old_triggers],
        "new_triggers": [_trigger(one) for one in effect.new_triggers],
    }


def _quantity(quantity: Quantity | None) -> dict[str, str] | None:
    """The number as a decimal string: a float would not hold 0.1."""
    return None if quantity is None else {"number": quantity.plain, "unit": quantity.unit}


def _trigger(trigger: Trigger) -> dict[str, Any]:
    return {"text": trigger.text, "start": trigger.start, "end": trigger.end}


def _heading(change: HeadingChange) -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in change.kinds],
        "old": heading(change.old.provision) if change.old else None,
        "new": heading(change.new.provision) if change.new else None,
        "redline": _redline(change.redline),
    }


def _redline(redline: Redline) -> list[list[str]]:
    return [[str(op), text] for op, text in redline]  # a third of the time of `op.value`


def problem_data(problem: Problem) -> dict[str, Any]:
    """A finding as in tracker-check/1, with its address and quotation."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "law": problem.law,
        "version": problem.version,
        "citation": problem.citation,
        "address": problem.address,
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
        "quote": problem.quote,
        "span": list(problem.span) if problem.span else None,
    }


def check_document(
    checked: Sequence[str],
    problems: Sequence[Problem],
    ignored: Sequence[tuple[Problem, str]] = (),
) -> dict[str, Any]:
    """tracker-check/1: the names of what was checked, and the problems in their order.

    `ignored` are findings that the settings left aside, each with the reason.
    """
    return {
        "format": "tracker-check/1",
        "checked": list(checked),
        "problems": [problem_data(problem) for problem in problems],
        "summary": {severity.value: count(problems, severity) for severity in Severity},
        "ignored": [problem_data(problem) | {"reason": reason} for problem, reason in ignored],
    }


def verify_document(done: Verified) -> dict[str, Any]:
    """tracker-verify/1: how much was looked at, and the problems in their order."""
    found = check_document((), done.problems)
    return {
        "format": "tracker-verify/1",
        "tip": done.tip,
        "laws": done.laws,
        "versions": done.versions,
        "commits": done.commits,
        "problems": found["problems"],
        "summary": found["summary"],
    }
