"""Repetitive texts of half a million characters through each command that reads a text.

Each command runs as a user runs it, in a process of its own; what counts is the seconds it had of
the processor and its peak memory, so that several can run side by side. A command is run on a
quarter of the text first, and on the whole where that takes over `SURE` seconds: below it even four
times the time for twice the text stays under `SLOW`. That is twice as fast as running all of them
on the whole.

`python -m benchmarks hostile_texts` prints a line for each text: its slowest command, the one that
takes the most memory, and what is wrong with it: over `SLOW` seconds or `MUCH` memory, growing
faster than the text does, or a traceback. A text over a limit of the reader ends in an error, which
is an answer too: the line says so. Last come the worst text of each command and all that is wrong.

`python -m benchmarks.hostile_texts NAME…` measures the named texts only.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Final

from benchmarks.hostile_sources import SIZE, TEXTS

SLOW: Final = 5.0  # seconds for one command: 10 for a million characters
MUCH: Final = 512.0  # MB of one command: 1 GB for a million characters
PART: Final = 4  # such a part of the text is run first
SURE: Final = 0.8  # seconds for the part above which the whole is run; half of it is the start
MUCH_OF_PART: Final = 160.0  # MB for the part above which the whole is run
GROWTH: Final = 5.5  # times as long for `PART` times the text; above it something is not linear
PATIENCE: Final = 20  # seconds after which a command is given up
ROOM: Final = 4_000_000  # kB that a command can have at all, for the sake of the machine
FEW: Final = 20  # lines of a text that is changed within a line
COMMANDS: Final = (
    ("parse", "--show", "ledger"), ("check",), ("citations",), ("diff",), ("amend", "parse")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """What one command had: seconds of the processor, MB; `answer` as ok, error 2, traceback."""

    text: str
    command: str
    seconds: float
    memory: float
    answer: str
    growth: float | None = None

    def wrong(self) -> str:
        """What is wrong with it, empty where nothing is."""
        said = [self.answer] if self.answer in ("traceback", "given up") else []
        said += [f"{self.seconds:.1f} s"] if self.seconds > SLOW else []
        said += [f"{self.memory:.0f} MB"] if self.memory > MUCH else []
        said += [f"×{self.growth:.1f}"] if self.growth and self.growth > GROWTH else []
        return f"{self.command}: {', '.join(said)}" if said else ""


def changed(text: str) -> str:
    """The other text of a comparison: lines changed and gone, or a word in the midst of a line."""
    lines = text.split("\n")
    if len(lines) < FEW:
        return f"{text[: len(text) // 2]}改{text[len(text) // 2 :]}"
    return "\n".join(
        f"{one}改" if n % 7 == 3 else one for n, one in enumerate(lines) if n % 11 != 5
    )


def run(words: tuple[str, ...]) -> tuple[float, float, str]:
    """Seconds of the processor, peak memory in MB, and: ok, error N, traceback or given up."""
    limited = f'ulimit -t {PATIENCE}; ulimit -v {ROOM}; exec "$@"'
    command = ["sh", "-c", limited, "sh", sys.executable, "-m", "tracker", *words]
    with tempfile.TemporaryFile() as said:
        child = Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode("utf-8", "replace")
    answer = "ok" if child.returncode in (0, 1) else f"error {child.returncode}"
    answer = "given up" if child.returncode < 0 else answer
    answer = "traceback" if "Traceback" in told else answer
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, answer


def _files(name: str, size: int, folder: Path) -> tuple[str, str]:
    """A text of a size, and the one that it is compared with."""
    made = TEXTS[name](size)
    data = made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")
    one, other = folder / f"{size}.txt", folder / f"{size}.other.txt"
    one.write_bytes(data)
    text = changed(data.decode("utf-8", "surrogateescape"))
    other.write_bytes(text.encode("utf-8", "surrogateescape"))
    return str(one), str(other)


def measured(name: str) -> list[Run]:
    """Each command on a part of a text, and on one of `SIZE` where the part takes long."""
    out = []
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        part, whole = (_files(name, size, folder) for size in (SIZE // PART, SIZE))
        for words in COMMANDS:
            count = 2 if words[0] == "diff" else 1
            less, memory, answer = run((*words, *part[:count]))
            found = Run(name, " ".join(words), less, memory, answer)
            if less > SURE or memory > MUCH_OF_PART or found.wrong():
                seconds, memory, second = run((*words, *whole[:count]))
                growth = seconds / less if second == answer else None
                found = Run(name, found.command, seconds, memory, second, growth)
            out.append(found)
    return out


def _told(runs: list[Run]) -> str:
    """The line of a text: the slowest command, the one of the most memory, and what is wrong."""
    slow, much = max(runs, key=lambda r: r.seconds), max(runs, key=lambda r: r.memory)
    refused = "、".join(r.command for r in runs if r.answer.startswith("error"))
    wrong = "; ".join(filter(None, (r.wrong() for r in runs)))
    growth = f" ×{slow.growth:.1f}" if slow.growth else ""
    line = (
        f"{slow.seconds:5.1f} s{growth:5} {slow.command:20} {much.memory:5.0f} MB {much.command:20}"
    )
    line += f" refused: {refused}" if refused else ""
    return f"{runs[0].text:24} {line}" + (f" !! {wrong}" if wrong else "")


def report(all_runs: Iterator[list[Run]]) -> list[Run]:
    """Print the lines as they come, then the worst of each command; all that is wrong is given."""
    seen: list[Run] = []
    for runs in all_runs:
        print(_told(runs), flush=True)
        seen += runs
    for command in dict.fromkeys(r.command for r in seen):
        own = [r for r in seen if r.command == command]
        slow, much = max(own, key=lambda r: r.seconds), max(own, key=lambda r: r.memory)
        print(
            f"{command:24} {slow.seconds:5.1f} s {slow.text:24} {much.memory:5.0f} MB {much.text}"
        )
    return [r for r in seen if r.wrong()]


def main() -> None:
    """Print a line for each text, the worst of each command, and what is wrong."""
    named = [name for name in TEXTS if name in sys.argv[1:]] or list(TEXTS)
    with ThreadPoolExecutor(os.cpu_count() or 1) as side_by_side:
        wrong = report(side_by_side.map(measured, named))
    print(f"{len(named)} texts, {len({r.text for r in wrong})} of them wrong")
    for one in wrong:
        print(f"  {one.text}: {one.wrong()}")


if __name__ == "__main__":
    main()
