"""Whether time grows with length only: worst cases for the patterns, and ten times as much."""

from __future__ import annotations

import time

from tracker.parse.citations import find_citations
from tracker.parse.reading import read_source

SMALL, LARGE = 50_000, 500_000  # characters
LIMIT = 12.0  # times as long for ten times the text; above it, something is not linear
PIECES = (
    "第",
    "第一、",
    "第一条",
    "《",
    "《《》",
    "（一）、",
    "第一条之",
    "该条",
    "前款",
    "　",
    "一",
    "1.",
    "】",
)
LINE = 900  # a source of longer lines is none that is published; lines stay under every limit


def _seconds(text: str) -> tuple[float, float]:
    start = time.perf_counter()
    find_citations(text)
    middle = time.perf_counter()
    lines = "\n".join(text[i : i + LINE] for i in range(0, len(text), LINE))
    read_source(lines.encode("utf-8"), name="worst.txt", title="最坏条例")
    return middle - start, time.perf_counter() - middle


def main() -> None:
    """Print, for each worst case, the seconds and the growth of citations and of reading."""
    print(f"{'piece':8} {'citations s':>12} {'growth':>7} {'reading s':>10} {'growth':>7}")
    for piece in PIECES:
        small = [
            min(times)
            for times in zip(*(_seconds((piece * SMALL)[:SMALL]) for _ in range(3)), strict=True)
        ]
        large = _seconds((piece * LARGE)[:LARGE])
        growth = [b / max(a, 1e-4) for a, b in zip(small, large, strict=True)]
        mark = "" if max(growth) <= LIMIT else f"  beyond {LIMIT:.0f}"
        print(
            f"{piece!r:8} {large[0]:12.3f} {growth[0]:7.1f} {large[1]:10.3f} {growth[1]:7.1f}{mark}"
        )


if __name__ == "__main__":
    main()
