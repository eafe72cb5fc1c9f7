"""Every regular expression of the program on its worst cases of a million characters.

Each is measured the way it is used: what is only ever matched from the start of a line (`match`,
`fullmatch`) is matched so, anything else is looked for throughout. Bounded patterns that see a few
characters only (the words before a number) are measured on the whole text all the same.

A pair of pattern and text is first tried on a hundredth of the text and on a twentieth. Where the
second takes five times as long as the first or little more, and so little that the whole stays well
within the limit, the whole is reckoned from it; anything else is tried on the whole.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType

import tracker

LENGTH = 1_000_000  # characters
LIMIT = 0.5  # seconds for one pass over them
PARTS = (100, 20)  # such parts of them are tried first
GROWTH = 10.0  # times as long for five times the text: less than half way to quadratic
PATIENCE = 3  # seconds of the processor after which one search is given up
SHOWN = 12
PIECES = (
    "第", "一", "第一", "第一、", "第一条", "第一条之", "《", "《《》", "》", "（", "（一）",
    "（一", "（一）、", "】", "甲", "关于", "关于《", "的", "法", "条例", "年", "月", "年 ", "1",
    "1.", "2020年1月", "2020年", " ", "\u3000", "\t", "\n", "\n ", "\r", "x", "×", "<", "<a ",
    "<!--", "[bookmark:", "*", "**", "#", "-", "=", "http://", "。", "，", "本条例", "前款",
    "附件", "草案", "现将", "以及", "意见", "（草案", "a: ", "charset=", "<meta ", "\\", "_",
    ".", "…", "…1", "第一章 总则…1", "%", "&", "&amp;", "/", "\"", "[", "](", "|", "a", "a-", "甲 ",
)  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each compiled pattern of the program, alone or in a table, under module and name, once."""
    seen: set[int] = set()
    for found in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in sorted(vars(module).items()):
            for one in _held(value):
                if id(one) not in seen:
                    seen.add(id(one))
                    yield f"{found.name.removeprefix('tracker.')}.{name}", one


def _held(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """The patterns in a value of a module: itself, or those in a tuple or a dictionary."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _held(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _held(one)


@cache
def _source(name: str) -> str:
    """The module of a private name, all of the package for a public one."""
    root = Path(tracker.__path__[0])
    module, _, short = name.rpartition(".")
    own = root.joinpath(*module.split(".")).with_suffix(".py")
    files = [own] if short.startswith("_") and own.is_file() else sorted(root.rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def is_anchored(name: str) -> bool:
    """Whether the package only ever matches a pattern at a given place."""
    short = re.escape(name.rpartition(".")[2])
    uses = re.findall(rf"(?<![A-Za-z_]){short}\.(\w+)\(", _source(name))
    return bool(uses) and {"match", "fullmatch", "pattern"}.issuperset(uses)


def _give_up(_signum: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def seconds(
    pattern: re.Pattern[str] | re.Pattern[bytes], text: str, *, anchored: bool = False
) -> float:
    """One pass over a text as the pattern is used; infinite where it takes over `PATIENCE`."""
    data = text if isinstance(pattern.pattern, str) else text.encode()
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    start = time.process_time()
    try:
        if anchored:
            pattern.match(data)  # type: ignore[arg-type]
            pattern.fullmatch(data)  # type: ignore[arg-type]
        else:
            for _ in pattern.finditer(data):  # type: ignore[arg-type]
                pass
    except TimeoutError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def slowest(name: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[tuple[float, str]]:
    """The seconds of a pattern on each text, measured or reckoned from a part, and its piece."""
    anchored = is_anchored(name)
    for piece in PIECES:
        first, second = (
            seconds(pattern, _text(piece, LENGTH // part), anchored=anchored) for part in PARTS
        )
        whole = second * PARTS[1]
        if whole > LIMIT / 2 or second > GROWTH * max(first, 1e-4):
            whole = seconds(pattern, _text(piece, LENGTH), anchored=anchored)
        yield whole, piece


def _text(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def main() -> None:
    """Print the slowest pairs of pattern and text, and how many are over the limit."""
    signal.signal(signal.SIGVTALRM, _give_up)
    found = list(patterns())
    rows = [(took, name, piece) for name, one in found for took, piece in slowest(name, one)]
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
