"""Findings as a JUnit report: a suite a text, a case a finding.

Floor 4. A finding that fails the check is a failure; any other one is a case that passed and says
what was found. A text without findings has one case that passed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from tracker.law.problems import Problem, Severity
from tracker.render.findings import Checked, is_at_least
from tracker.render.visible import visible

__all__ = ["junit"]

# XML 1.0 has no place for these, not even as a reference.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(checked: Sequence[Checked], fail_on: Severity | None = Severity.ERROR) -> str:
    """The document, ending with a newline. `fail_on` None: nothing fails but what was not read."""
    root = ET.Element("testsuites", {"name": "tracker check"})
    failed = cases = 0
    for one in checked:
        suite = ET.SubElement(root, "testsuite", {"name": _clean(one.name)})
        failures = sum(_fails(one, problem, fail_on) for problem in one.problems)
        for problem in one.problems:
            _case(suite, one, problem, fails=_fails(one, problem, fail_on))
        if not one.problems:
            ET.SubElement(suite, "testcase", {"name": "check", "classname": _clean(one.name)})
        number = max(len(one.problems), 1)
        suite.set("tests", str(number))
        suite.set("failures", str(failures))
        failed, cases = failed + failures, cases + number
    root.set("tests", str(cases))
    root.set("failures", str(failed))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _fails(one: Checked, problem: Problem, fail_on: Severity | None) -> bool:
    return not one.complete or (fail_on is not None and is_at_least(problem, fail_on))


def _case(suite: ET.Element, one: Checked, problem: Problem, *, fails: bool) -> None:
    name = " ".join(part for part in (problem.code, problem.citation) if part)
    attributes = {"name": _clean(name), "classname": _clean(one.name)}
    if one.path:
        attributes["file"] = _clean(one.path)
    if problem.line is not None:
        attributes["line"] = str(problem.line)
    case = ET.SubElement(suite, "testcase", attributes)
    told = "\n".join(part for part in (problem.message, problem.quote, problem.hint) if part)
    if fails:
        failure = ET.SubElement(case, "failure", {"message": _clean(problem.message)})
        failure.set("type", problem.severity.value)
        failure.text = _clean(told)
    else:
        out = ET.SubElement(case, "system-out")
        out.text = _clean(f"{problem.severity.value}: {told}")


def _clean(text: str) -> str:
    return _NOT_XML.sub(lambda match: f"<U+{ord(match[0]):04X}>", visible(text))
