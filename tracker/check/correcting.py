"""How a version that is stored already gets what its source does not say: by a correction.

Floor 5. `check` puts it into the hints about a version, `tracker ingest` into its report.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tracker.law.problems import Problem

__all__ = ["GIVEN", "by_correction"]

GIVEN: Final = {
    "missing-title": "--title 标题", "doubtful-title": "--title 标题",
    "missing-stage": "--stage 阶段",
    "missing-date": "--date 日期", "year-inferred": "--date 日期",
}  # fmt: skip
"""Problems that an option of `tracker ingest` answers, and the option."""


def by_correction(problem: Problem, version_id: str, option: str = "") -> Problem:
    """The problem with the way out of a stored version; itself where no option answers it.

    `option` stands in for that of `GIVEN`.
    """
    given = GIVEN.get(problem.code)
    if given is None:
        return problem
    hint = f"要补上或改正，再次收录并写明 --corrects {version_id} {option or given}"
    return replace(problem, hint=hint)
