"""Article numbers as people list them: 第一条至第三条、第七条.

Floor 5.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.law.numbering import Number

__all__ = ["written_spans"]


def written_spans(numbers: Iterable[Number]) -> str:
    """Runs of numbers as ranges.

    >>> written_spans([Number(1), Number(2), Number(3), Number(7), Number(9), Number(10)])
    '第一条至第三条、第七条、第九条、第十条'
    """
    runs: list[list[Number]] = []
    for number in numbers:
        if runs and number.follows(runs[-1][-1]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(_run(run) for run in runs)


def _run(run: list[Number]) -> str:
    names = [number.written("条") for number in run]
    return f"{names[0]}至{names[-1]}" if len(names) > 2 else "、".join(names)
