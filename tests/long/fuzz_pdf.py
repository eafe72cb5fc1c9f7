"""2,500 mutations of valid PDF files, and bombs with all the time they may take, are read.

Each ends in a document or in an error of ours, in time and memory; prints the slowest and the most
memory. Run by hand: ``python -m tests.long.fuzz_pdf [COUNT] [SEED]``; the suite runs 100 of them.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter

from tests.parse.test_pdf_hostile import BOMBS, SEED, mutated, originals
from tracker.law.problems import TrackerError
from tracker.parse.reading import read_source

SLOWEST = 10  # seconds of a core that one file may take, in both processes together
MOST_MEMORY = 1024  # MB that either process may have had


def outcome(data: bytes) -> str:
    """How reading a file ended: the code of the error, or `read`."""
    try:
        read_source(data, name="fuzzed.pdf")
    except TrackerError as error:
        return error.code
    return "read"


def _spent() -> float:
    """Seconds of a core, of this process and of those that it began and that ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(count: int, seed: int) -> int:
    """Run, print, and say with the exit code whether all were in time and memory."""
    chance, sources = random.Random(seed), originals()
    ends: Counter[str] = Counter()
    slowest = longest = 0.0
    for n in range(count + len(BOMBS)):
        is_bomb = n < len(BOMBS)
        data = BOMBS[n]() if is_bomb else mutated(chance, chance.choice(sources))
        spent, began = _spent(), time.perf_counter()
        ends[("bomb: " if is_bomb else "") + outcome(data)] += 1
        slowest, longest = max(slowest, _spent() - spent), max(longest, time.perf_counter() - began)
        if is_bomb:
            print(f"{BOMBS[n].__name__}: {_spent() - spent:.1f} s of a core")
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024
    print(dict(ends))
    print(
        f"slowest {slowest:.1f} s of a core, {longest:.1f} s by the clock; {memory:.0f} MB at most"
    )
    return int(slowest > SLOWEST or memory > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in (*sys.argv[1:], 2500, SEED)[:2])))
