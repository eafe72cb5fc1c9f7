"""Findings as annotations of GitHub Actions: one workflow command a line, worst first.

Floor 4. Only these lines begin with ``::``; text from outside reaches them escaped, so it can
neither end a command nor begin one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from tracker.law.problems import Severity
from tracker.render.findings import Checked, worst_first
from tracker.render.visible import visible
from tracker.render.words import Lang

__all__ = ["EACH", "annotate"]

_COMMANDS: Final = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"
}  # fmt: skip
EACH: Final = 10  # annotations of one severity that GitHub shows of a step
_LONGEST: Final = 1000  # characters of a message; GitHub cuts at 64 kB, a reader long before


def annotate(checked: Sequence[Checked], lang: Lang = "zh") -> str:
    """The commands, ending with a newline; ten of each severity, then how many were left out."""
    lines: list[str] = []
    shown: Counter[Severity] = Counter()
    left: Counter[Severity] = Counter()
    for one, problem in worst_first(checked):
        severity = problem.severity
        if shown[severity] == EACH:
            left[severity] += 1
            continue
        shown[severity] += 1
        place = {"file": one.path} if one.path else {}
        if one.path and problem.line is not None:
            place["line"] = str(problem.line)
        title = " ".join(part for part in (problem.citation, problem.code) if part)
        place["title"] = title if one.path else f"{one.name} {title}"
        values = ",".join(f"{key}={_value(value)}" for key, value in place.items())
        message = "\n".join(part for part in (problem.message, problem.quote, problem.hint) if part)
        lines.append(f"::{_COMMANDS[severity]} {values}::{_data(message[:_LONGEST])}")
    if left:
        lines.append(_left_out(left, lang))
    return "".join(f"{line}\n" for line in lines)


def _left_out(left: Counter[Severity], lang: Lang) -> str:
    if lang == "zh":
        counts = "、".join(f"{s.label}{left[s]}个" for s in Severity if left[s])
        return f"另有{counts}没有列为批注，全部见摘要或者 JSON 报告。"
    counts = ", ".join(f"{left[s]} {s.value}" for s in Severity if left[s])
    return f"Not annotated: {counts}. The summary and the JSON report have all of them."


def _data(text: str) -> str:
    """A message: the characters that end a line are spelled as the runner reads them.

    >>> _data("甲\\n::error::乙 100%")
    '甲%0A::error::乙 100%25'
    """
    shown = visible(text.replace("\r", "\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    """A property: the characters that end it, too.

    >>> _value("a,b:c")
    'a%2Cb%3Ac'
    """
    return _data(text).replace(":", "%3A").replace(",", "%2C")
