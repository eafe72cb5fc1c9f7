"""Several processes ingest into one store at once: nothing is lost, nothing is mixed.

Run by hand: ``python -m tests.long.many_writers [WRITERS COUNT]`` (4 × 50, then 8 × 100); the suite
lets 4 write 15 versions each.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.long.writing import acknowledged, faults, lost, start
from tracker.store.versions import Store


def run(root: Path, writers: int, count: int) -> str:
    """So many writers of so many versions each; raises AssertionError at the first fault."""
    Store.create(root).close()
    began = time.monotonic()
    running = [start(root, f"law-{n}", 0, count) for n in range(writers)]
    acks: dict[str, str] = {}
    for writer in running:
        said, err = writer.communicate()
        assert writer.returncode == 0, err
        acks |= acknowledged(said)
    took = time.monotonic() - began
    assert len(acks) == writers * count, len(acks)
    with Store.open(root) as store:
        missing = lost(store, acks)
        assert not missing, missing
        for number in range(writers):
            versions = store.versions(f"law-{number}")
            assert [v.ingest_seq for v in versions] == list(range(1, count + 1))
            assert all(f"law-{number}第" in v.text for v in versions)
    commits = subprocess.run(
        ["git", "-C", str(root), "rev-list", "--count", "HEAD"], capture_output=True, check=True
    )
    assert int(commits.stdout) == writers * count
    wrong = faults(root)
    assert not wrong, wrong
    return (
        f"{writers} writers × {count}: {len(acks)} acknowledged, 0 lost, 0 mixed,"
        f" {len(acks) / took:.0f} a second"
    )


def main() -> None:
    """The two settings, or the one asked for."""
    given = tuple(int(value) for value in sys.argv[1:3])
    for writers, count in [given] if len(given) == 2 else [(4, 50), (8, 100)]:
        with tempfile.TemporaryDirectory() as folder:
            print(run(Path(folder) / "work", writers, count), flush=True)


if __name__ == "__main__":
    main()
