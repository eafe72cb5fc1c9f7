"""Where the rules of the table rewrite a source: the lines of the file, by rule.

Floor 1. The ledger that is stored counts only; whoever looks at a source wants to see the places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.parse.document import Tracked
from tracker.parse.forms import extract
from tracker.parse.normalise.rules import RULES

__all__ = ["rewrite_places", "rewritten_lines"]


def rewrite_places(
    data: bytes, *, name: str, tracked: Tracked | None = None
) -> dict[str, tuple[int, ...]]:
    """For each rule that rewrites characters of a source, the lines of the file it rewrites.

    Lines are counted from 1, each once, in order. What the form of a source adds (`caption`,
    `line-join`, `encoding` …) is about the source as a whole and not here. Raises TrackerError
    where the source cannot be read.

    >>> rewrite_places("条例(草案)\\n第一条 为 了\\n".encode(), name="a.txt")
    {'width': (1,), 'heading-space': (2,), 'space': (2,)}
    """
    extracted = extract(data, name, tracked)
    return {
        code: tuple(dict.fromkeys(extracted.place(index).line for index in lines))
        for code, lines in rewritten_lines(extracted.lines)
    }


def rewritten_lines(lines: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Each rule that changes something, and the lines (from 0) it changes, in the order of work."""
    text = "\n" + "\n".join(lines)
    for rule in RULES:
        done, count = rule.apply(text)
        if count:
            pairs = zip(text.split("\n"), done.split("\n"), strict=True)
            found = [n - 1 for n, pair in enumerate(pairs) if _is_counted(rule.code, *pair)]
            yield rule.code, found
        text = done


def _is_counted(code: str, before: str, after: str) -> bool:
    """Whether a rule counts what it did to a line: not that a lone tab or the spaces in 第 十 条,
    which other rules speak of, are spaces or gone."""
    if before == after:
        return False
    if code == "table-column":
        return before.count("｜") != after.count("｜")
    return code != "heading-number" or before.replace(" ", "") != after.replace(" ", "")
