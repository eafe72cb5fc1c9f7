"""Findings as SARIF 2.1.0, the form that code scanning takes.

Floor 4. A finding keeps its fingerprint when lines move: it is made of the code, the text's name
and the words complained of, never of a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from tracker.law.problems import Problem, Severity
from tracker.render.findings import Checked, Explained, worst_first
from tracker.render.visible import visible

__all__ = ["sarif"]

_LEVELS: Final = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"
}  # fmt: skip
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
MOST: Final = 5_000  # results that GitHub shows of a run; it refuses more than 25,000
_FINGERPRINT: Final = "trackerFinding/v1"


def sarif(
    checked: Sequence[Checked], version: str, explained: Mapping[str, Explained]
) -> dict[str, Any]:
    """The document. `version` is the program's, `explained` what the reference says of codes."""
    found = list(worst_first(checked))
    shown = found[:MOST]
    codes = sorted({problem.code for _, problem in shown})
    index = {code: place for place, code in enumerate(codes)}
    seen: Counter[str] = Counter()
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "tracker",
                "version": version,
                "semanticVersion": version,
                "rules": [_rule(code, explained.get(code)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, problem, index, seen) for one, problem in shown],
        "invocations": [_invocation(checked, len(found) - len(shown))],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, entry: Explained | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code, "name": code}
    if entry is None:
        return rule
    signs = (("✗", entry.wrong), ("✓", entry.right))
    examples = [f"{sign} {text}" for sign, text in signs if text]
    help_text = "\n".join(part for part in (entry.chinese, *examples, entry.remedy) if part)
    return rule | {
        "shortDescription": {"text": _plain(entry.chinese)},
        "fullDescription": {"text": _plain(entry.text)},
        "help": {"text": _plain(help_text)},
    }


def _result(
    one: Checked, problem: Problem, index: Mapping[str, int], seen: Counter[str]
) -> dict[str, Any]:
    fingerprint = _fingerprint(one, problem)
    seen[fingerprint] += 1
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(one.path or one.name)}}
    if problem.line is not None:
        physical["region"] = {"startLine": problem.line}
        if problem.quote:
            physical["region"]["snippet"] = {"text": visible(problem.quote)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if problem.citation:
        location["logicalLocations"] = [
            {"name": visible(problem.citation), "fullyQualifiedName": problem.address}
        ]
    message = "。".join(part.rstrip("。") for part in (problem.message, problem.hint) if part)
    return {
        "ruleId": problem.code,
        "ruleIndex": index[problem.code],
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{visible(message)}。"},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: f"{fingerprint}:{seen[fingerprint]}"},
    }


def _fingerprint(one: Checked, problem: Problem) -> str:
    """The same for the same slip in the same text, on whatever line it stands."""
    words = problem.quote or f"{problem.citation}{problem.message}"
    text = "\x00".join((problem.code, problem.law or one.path or one.name, problem.version, words))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _invocation(checked: Sequence[Checked], left: int) -> dict[str, Any]:
    unread = [one.name for one in checked if not one.complete]
    notes = [f"{visible(name)}：没有读完" for name in unread]
    if left:
        notes.append(f"另有{left}个问题没有列出")
    done: dict[str, Any] = {"executionSuccessful": not unread}
    if notes:
        done["toolExecutionNotifications"] = [
            {"level": "error" if unread else "note", "message": {"text": note}} for note in notes
        ]
    return done


def _plain(text: str) -> str:
    return text.replace("`", "")
