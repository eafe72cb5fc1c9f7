"""Rules about ranges of amounts and periods: a lower limit above the upper one.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from tracker.check.subject import Subject, problem
from tracker.law.problems import Problem, Severity

__all__ = ["reversed_ranges"]

_JOINT: Final = re.compile("以上(?:至|到|、|，)?(?:人民币)?")
"""All that stands between the two limits of one range: 一万元以上三万元以下."""


def reversed_ranges(subject: Subject) -> Iterator[Problem]:
    """A range begins with its smaller limit: 处3万元以上1万元以下罚款 cannot be imposed.

    Only limits that stand side by side in one unit are compared; 十日以上一年以下 is not.
    """
    from tracker.diff.effects.words import find_written, measure

    for located in subject.holding(["以上"]):
        text = located.provision.text
        if "以下" not in text:
            continue
        for low, high in pairwise(find_written(text)):
            joint = _JOINT.fullmatch(text, low.end, high.start)
            if joint is None or low.slot is not high.slot or not text.startswith("以下", high.end):
                continue
            least, most = measure(low), measure(high)
            if least and most and least.base == most.base and least.size > most.size:
                end = high.end + len("以下")
                yield problem(
                    "range-reversed", Severity.ERROR,
                    f"“{text[low.start : end]}”的下限比上限大",
                    "核对两个数；下限在前，上限在后",
                    at=located.address, quote=text[low.start : end], span=(low.start, end),
                )  # fmt: skip
