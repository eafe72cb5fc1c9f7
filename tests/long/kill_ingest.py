"""Ingests are killed at random moments, the whole process group, and nothing acknowledged is lost.

Run by hand: ``python -m tests.long.kill_ingest [COUNT] [SEED]`` (200 kills); the suite makes 40.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.long.writing import arrival, faults, leftovers, lost
from tracker.store.versions import Store

LONGEST = 0.3  # seconds until the kill: none, one or several ingests


def killed(root: Path, law_id: str, first: int, pause: float) -> dict[str, str]:
    """Ingest in a child until it is killed after `pause` seconds; what it acknowledged by then."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            os.close(read_end)
            with Store.open(root) as store:
                os.write(write_end, b"ready\n")
                for number in range(first, first + 50):
                    name = store.save(arrival(law_id, number)).version.name
                    os.write(write_end, f"{name} {law_id}第{number}稿。\n".encode())
        finally:
            os._exit(1)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as lines:
        lines.readline()
        time.sleep(pause)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return dict(line.rstrip("\n").split(" ", 1) for line in lines)


def run(
    root: Path, kills: int, seed: int, *, longest: float = LONGEST,
    say: Callable[[str], object] = print,
) -> None:  # fmt: skip
    """Kill so many times; raises AssertionError at the first loss."""
    rng = random.Random(seed)
    Store.create(root).close()
    with Store.open(root) as store:
        store.save(arrival("law-z", 0))
    acks: dict[str, str] = {}
    left: Counter[str] = Counter()
    for turn in range(kills):
        acks |= killed(root, "law-a", turn * 50, rng.uniform(0, longest))
        left.update(leftovers(root / ".git"))
        with Store.open(root) as store:
            store.save(arrival("law-z", turn + 1))
            assert not lost(store, dict(list(acks.items())[-20:]))
        assert not leftovers(root / ".git")
    with Store.open(root) as store:
        missing = lost(store, acks)
        assert len(store.version_ids("law-z")) == kills + 1
    assert not missing, missing
    wrong = faults(root)
    assert not wrong, wrong
    say(f"{kills} kills, {len(acks)} acknowledged, 0 lost, 0 repairs by hand; left behind and"
        f" healed: {dict(left)}")  # fmt: skip


def main() -> None:
    """200 kills, or as many as asked for."""
    given = [int(value) for value in sys.argv[1:]]
    kills, seed = (*given, *(200, 1)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder) / "work", kills, seed)


if __name__ == "__main__":
    main()
