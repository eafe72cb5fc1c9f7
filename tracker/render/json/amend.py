"""An amending act and what became of it, as plain data for programs. Floor 4."""

from __future__ import annotations

from typing import Any, Final

from tracker.amend.model import Act, Instruction
from tracker.amend.reconcile import ArticleVerdict, Reconciled
from tracker.diff.model import Op, Redline
from tracker.render.amend import difference
from tracker.render.json.documents import problem_data

__all__ = ["act_data", "reconciled_data"]

_SIDES: Final = {Op.EQUAL: "equal", Op.DELETE: "outcome", Op.INSERT: "published"}


def act_data(act: Act) -> dict[str, Any]:
    """The instructions in the order of the act."""
    return {
        "title": act.title,
        "laws": list(act.laws),
        "instructions": [instruction_data(one) for one in act.instructions],
        "problems": [problem_data(problem) for problem in act.problems],
    }


def instruction_data(one: Instruction) -> dict[str, Any]:
    """One instruction, empty fields included."""
    return {
        "action": one.action.value,
        "item": one.item,
        "law": one.law,
        "targets": [str(target) for target in one.targets],
        "target_citations": [target.citation for target in one.targets],
        "unit": one.unit.value if one.unit else None,
        "numbers": [str(number) for number in one.numbers],
        "after": str(one.after) if one.after else None,
        "before": one.before,
        "heading": one.heading,
        "old_words": one.old_words,
        "text": one.text,
        "words": one.words,
        "line": one.place.line,
        "column": one.place.column,
    }


def reconciled_data(result: Reconciled) -> dict[str, Any]:
    """Verdicts by article, then title, introduction and headings; instructions by their fate."""
    return {
        "agrees": result.agrees,
        "articles": [_verdict(one) for one in result.articles],
        "others": [_verdict(one) for one in result.others],
        "confirmed": [instruction_data(one) for one in result.confirmed],
        "contradicted": [instruction_data(one) for one in result.contradicted],
        "unapplied": [instruction_data(one) for one in result.amended.unapplied],
        "problems": [problem_data(problem) for problem in result.problems],
    }


def _verdict(one: ArticleVerdict) -> dict[str, Any]:
    return {
        "number": str(one.number) if one.number else None,
        "name": one.name,
        "verdict": one.verdict.value,
        "outcome": one.outcome,
        "published": one.published,
        "pieces": [[_SIDES[op], text] for op, text in _pieces(one)],
    }


def _pieces(one: ArticleVerdict) -> Redline:
    """Empty where a side is missing: the other side is given whole beside it."""
    return difference(one) if one.outcome is not None and one.published is not None else ()
