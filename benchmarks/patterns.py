"""Every regular expression of reading on its worst cases of a million characters."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from types import FrameType

import tracker.parse

LENGTH = 1_000_000  # characters
LIMIT = 0.5  # seconds for one pass over them
PATIENCE = 10  # seconds after which one search is given up
SHOWN = 12
PIECES = (
    "第", "一", "第一", "第一、", "第一条", "第一条之", "《", "《《》", "》", "（", "（一）",
    "（一", "（一）、", "】", "甲", "关于", "关于《", "的", "法", "条例", "年", "月", "年 ", "1",
    "1.", "2020年1月", "2020年", " ", "\u3000", "\t", "\n", "\n ", "\r", "x", "×", "<", "<a ",
    "<!--", "[bookmark:", "*", "**", "#", "-", "=", "http://", "。", "，", "本条例", "前款",
    "附件", "草案", "现将", "以及", "意见", "（草案", "a: ", "charset=", "<meta ", "\\", "_",
)  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each compiled pattern of the package, under module and name, once."""
    seen: set[int] = set()
    for found in pkgutil.walk_packages(tracker.parse.__path__, "tracker.parse."):
        module = importlib.import_module(found.name)
        for name, value in sorted(vars(module).items()):
            if isinstance(value, re.Pattern) and id(value) not in seen:
                seen.add(id(value))
                yield f"{found.name.removeprefix('tracker.parse.')}.{name}", value


def _give_up(_signum: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """One pass of `finditer` over a text."""
    data = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    for _ in pattern.finditer(data):  # type: ignore[arg-type]
        pass
    return time.process_time() - start


def main() -> None:
    """Print the slowest pairs of pattern and text, and how many are over the limit."""
    signal.signal(signal.SIGALRM, _give_up)
    rows: list[tuple[float, str, str]] = []
    texts = [(piece, (piece * LENGTH)[:LENGTH]) for piece in PIECES]
    found = list(patterns())
    for name, pattern in found:
        for piece, text in texts:
            signal.alarm(PATIENCE)
            try:
                took = seconds(pattern, text)
            except TimeoutError:
                took = float("inf")
            finally:
                signal.alarm(0)
            rows.append((took, name, piece))
    rows.sort(reverse=True)
    over = [row for row in rows if row[0] > LIMIT]
    print(f"{len(found)} patterns on {len(PIECES)} texts of {LENGTH:,} characters")
    for took, name, piece in rows[:SHOWN]:
        print(f"{took:8.2f} s  {name:40} {piece!r}")
    print(f"over {LIMIT} s: {len(over)} pairs of {len({name for _, name, _ in over})} patterns")
    for name in sorted({name for _, name, _ in over}):
        worst = max(row for row in over if row[1] == name)
        print(f"  {worst[0]:6.2f} s  {name:40} {worst[2]!r}")


if __name__ == "__main__":
    main()
