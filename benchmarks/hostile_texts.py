"""Repetitive texts of one and of two million characters through each command that reads a text.

Each command runs as a user runs it, in a process of its own; shown are the seconds it had of the
processor and its peak memory.
`python -m benchmarks hostile_texts` prints a line for each text and marks what takes over `SLOW`
seconds, what grows faster than the text does, and what ends in a traceback. A text over a limit of
the reader ends in an error, which is an answer too: the line says so.

`python -m benchmarks.hostile_texts NAME…` measures the named texts only.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.hostile_sources import SIZE, TEXTS

SLOW: Final = 5.0  # seconds for one command on a million characters
FASTER: Final = 3.0  # times as long for twice the text
PATIENCE: Final = 30  # seconds after which a command is given up
FEW: Final = 20  # lines of a text that is changed within a line
BAD: Final = ("traceback", "given up")
COMMANDS: Final = (("parse",), ("check",), ("citations",), ("diff",), ("amend", "parse"))


def _changed(text: str) -> str:
    """The other text of a comparison: lines changed and gone, or a word in the midst of a line."""
    lines = text.split("\n")
    if len(lines) < FEW:
        return f"{text[: len(text) // 2]}改{text[len(text) // 2 :]}"
    return "\n".join(
        f"{one}改" if n % 7 == 3 else one for n, one in enumerate(lines) if n % 11 != 5
    )


def _run(words: tuple[str, ...], path: Path) -> tuple[float, float, str]:
    """Seconds of the processor, peak memory in MB, and: ok, error, traceback or given up."""
    files = [str(path)]
    if words[0] == "diff":
        files.append(str(path.with_suffix(".other")))
    limited = f'ulimit -t {PATIENCE}; exec "$@"'
    command = ["sh", "-c", limited, "sh", sys.executable, "-m", "tracker", *words, *files]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode("utf-8", "replace")
    answer = "ok" if child.returncode in (0, 1) else f"error {child.returncode}"
    answer = "given up" if child.returncode < 0 else answer
    answer = "traceback" if "Traceback" in told else answer
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, answer


def _measured(name: str, folder: Path) -> bool:
    """Print the line of one text; whether all of it is quick, linear and without a traceback."""
    cells, good = [], True
    paths = []
    for times in (1, 2):
        paths.append(folder / f"{times}.txt")
        text = TEXTS[name](SIZE * times)
        paths[-1].write_text(text, encoding="utf-8")
        paths[-1].with_suffix(".other").write_text(_changed(text), encoding="utf-8")
    for words in COMMANDS:
        took, memory, answer = _run(words, paths[0])
        mark = "" if took <= SLOW and answer not in BAD else "!"
        growth = ""
        if took > 1:
            twice, memory, second = _run(words, paths[1])
            growth = f" ×{twice / took:.1f}" if second == answer else f" {second}"
            mark = mark or ("!" if second == answer and twice > FASTER * took else "")
        good = good and not mark
        told = "" if answer == "ok" else f" {answer}"
        cells.append(f"{took:5.2f} s{growth:6} {memory:4.0f} MB{told}{mark}")
    print(f"{name:20} " + " | ".join(f"{cell:26}" for cell in cells), flush=True)
    return good


def main() -> None:
    """Print a line for each text, and which are slow or grow faster than the text."""
    named = [name for name in TEXTS if name in sys.argv[1:]] or list(TEXTS)
    print(f"{'text':20} " + " | ".join(f"{' '.join(words):26}" for words in COMMANDS))
    with tempfile.TemporaryDirectory() as folder:
        bad = [name for name in named if not _measured(name, Path(folder))]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{len(named)} texts, {len(bad)} slow: {'、'.join(bad)}")
    print(f"most memory of one command: {children.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
