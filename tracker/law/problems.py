"""What is worth telling the user: a Problem is data, a TrackerError is what must be fixed first.

Floor 0. Reading, comparing and checking return problems and go on. A TrackerError ends the command;
only `tracker.cli` catches it, and prints one line and a hint.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Problem", "Severity", "TrackerError"]


class Severity(StrEnum):
    """How bad it is. The order of the members is the order of severity, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst; findings are sorted by it."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding: what is wrong, where, and what to do about it.

    `code` is a stable kebab-case name with a page in the reference (``numbering-gap``).
    `message` and `hint` are Chinese sentences for readers. `line` is the 1-based line in the source
    where one is known, `citation` the place as people write it (第十二条第二款), `address` its
    machine form, `quote` the words complained of. `span` is where in the text of the provision at
    `address` they stand (start and end in code points), None where no words are to blame. `law` and
    `version` are filled in by whoever knows them.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    citation: str = ""
    address: str = ""
    line: int | None = None
    quote: str = ""
    span: tuple[int, int] | None = None
    law: str = ""
    version: str = ""


class TrackerError(Exception):
    """Something the user must fix before the command can do its work.

    `code` is a stable kebab-case name, `message` one line that names the culprit (file, law,
    version, citation, line), `hint` one line that says what to do.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[TrackerError], tuple[str, str, str]]:
        """As its three parts, so that a process can hand it to another one."""
        return type(self), (self.code, self.message, self.hint)
