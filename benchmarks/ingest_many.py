"""`tracker ingest` of many files on one core and on all: as a user runs it, start and reports in.

Files are laws of ../shared/corpus.tar.xz where it is present, else invented ones, all stored as
versions of one law, so that each is compared with the one before it. Runs on one core and on all
take turns, and the least of each counts. Beside the clock: what each run took of the processors,
which other work on the machine disturbs less; half of it is the best that two cores can do.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.store import sources

FILES = 400
ROUNDS = 3
WANTED = 1.6  # times as fast on two cores


def run(folder: Path, files: list[str], cpus: set[int]) -> tuple[float, float, int]:
    """Seconds by the clock and of processor, and how many versions came in, on these cores."""
    command = [sys.executable, "-m", "tracker"]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    with tempfile.TemporaryDirectory(dir=folder) as work:
        subprocess.run([*command, "init", work], env=env, check=True, stdout=subprocess.DEVNULL)
        before, began = os.times(), time.perf_counter()
        subprocess.run(
            [*command, "ingest", *files, "--law", "many"], cwd=work, env=env, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, cpus),
        )  # fmt: skip
        took, after = time.perf_counter() - began, os.times()
        count = subprocess.run(["git", "-C", work, "rev-list", "--count", "HEAD"],
                               capture_output=True, check=True)  # fmt: skip
    used = sum(after[2:4]) - sum(before[2:4])
    return took, used, int(count.stdout)


def main(count: int = FILES) -> None:
    """Print both, and how many times as fast all cores are."""
    every = os.sched_getaffinity(0)
    settings = {"one core": {min(every)}, f"{len(every)} cores": every}
    with tempfile.TemporaryDirectory(prefix="tracker-ingest-") as name:
        files = []
        for number, data in enumerate(islice(sources(), count)):
            path = Path(name) / f"{number:05}.txt"
            path.write_bytes(data)
            files.append(str(path))
        best: dict[str, tuple[float, ...]] = {}
        for _ in range(ROUNDS):
            for label, cpus in settings.items():
                found = run(Path(name), files, cpus)
                best[label] = tuple(map(min, best.get(label, found), found))
    for label, (took, used, stored) in best.items():
        print(
            f"{count} files, {label}: {took:.2f} s, {used:.2f} s of processor; {stored:.0f} stored"
        )
    one, all_ = best.values()
    print(f"all cores are {one[0] / all_[0]:.2f} times as fast (wanted: {WANTED} on two idle ones);"
          f" by processor time at best {one[1] / (all_[1] / len(every)):.2f}")  # fmt: skip


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
