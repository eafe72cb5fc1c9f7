"""How long `tracker --version` takes, as a multiple of `python -c pass` in the same run."""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 15
LIMIT = 8.0  # times the bare interpreter; beyond it a command line feels slow


def _median_ms(arguments: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return sorted(times)[RUNS // 2] * 1000


def main() -> None:
    """Print both medians and their ratio."""
    bare = _median_ms(["-c", "pass"])
    tracker = _median_ms(["-m", "tracker", "--version"])
    ratio = tracker / bare
    verdict = "within" if ratio <= LIMIT else "beyond"
    print(f"python -c pass {bare:.0f} ms   tracker --version {tracker:.0f} ms")
    print(f"ratio {ratio:.1f}, {verdict} the limit of {LIMIT:.0f}")


if __name__ == "__main__":
    main()
