"""Every regular expression of the program on its worst cases of a million characters.

Each is measured the way it is used: what is only ever matched from the start of a line (`match`,
`fullmatch`) is matched so, anything else is looked for throughout. Bounded patterns that see a few
characters only (the words before a number) are measured on the whole text all the same.

A pair of pattern and text is first tried on a part of the text and on five times as much. Where the
second takes five times as long as the first or little more, and so little that the whole stays well
within the limit, the whole is reckoned from it; anything else is tried on the whole. The parts are
small, for there are fifteen thousand pairs, and the growth allowed is narrow, for on a small part
a square hides behind what is linear: 6 times leaves it room for 5 s of the whole at the most.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import FrameType

import tracker

LENGTH = 1_000_000  # characters
LIMIT = 0.5  # seconds for one pass over them
PARTS = (400, 80)  # such parts of them are tried first
GROWTH = 6.0  # times as long for five times the text
FLOOR = 1e-4  # seconds: what is shorter says nothing of growth
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
    private = name.rpartition(".")[2].startswith("_")
    root = Path(tracker.__path__[0])
    files = [_module(name)] if private else sorted(root.rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _module(name: str) -> Path:
    """The file of the module that holds a name; a package is its `__init__`."""
    path = Path(tracker.__path__[0], *name.split(".")[:-1])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def is_anchored(name: str) -> bool:
    """Whether the package only ever matches a pattern at a given place."""
    short, source = re.escape(name.rpartition(".")[2]), _source(name)
    uses = re.findall(rf"(?<![A-Za-z_]){short}\.(\w+)\(", source)
    # Of a table: what its own module does with each pattern.
    own = _module(name).read_text(encoding="utf-8")
    for one in re.findall(rf"for (\w+)(?:, \w+)* in {short}\b", own):
        uses += re.findall(rf"(?<![A-Za-z_]){one}\.(\w+)\(", own)
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
            min(seconds(pattern, _text(piece, LENGTH // part), anchored=anchored) for _ in "12")
            for part in PARTS
        )
        whole = second * PARTS[1]
        if whole > LIMIT / 2 or second > GROWTH * max(first, FLOOR):
            whole = seconds(pattern, _text(piece, LENGTH), anchored=anchored)
        yield whole, piece


def _text(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _guard() -> None:
    signal.signal(signal.SIGVTALRM, _give_up)


def _rows(name: str, pattern: re.Pattern[str]) -> list[tuple[float, str, str]]:
    return [(took, name, piece) for took, piece in slowest(name, pattern)]


def main() -> None:
    """Print the slowest pairs of pattern and text, and how many are over the limit."""
    found = list(patterns())
    with ProcessPoolExecutor(initializer=_guard) as workers:
        rows = [row for rows in workers.map(_rows, *zip(*found, strict=True)) for row in rows]
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
