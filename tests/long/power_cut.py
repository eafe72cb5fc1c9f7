"""Power is cut while versions are ingested: everything acknowledged is there after the restart.

A file system on a loop device, its image in memory. The writers are frozen at a random moment and
the image is copied as it is: what was not flushed is not in it. The copy is mounted, which replays
its journal as after a power cut, and every version acknowledged before the freeze is looked for.

Run by hand, as root, on Linux: ``python -m tests.long.power_cut [CUTS] [SEED]`` (20 cuts).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.long.writing import acknowledged, arrival, differences, faults, leftovers, lost, start
from tracker.store.versions import Store

SIZE = 256_000_000  # bytes of the image; sparse
MEMORY = Path("/dev/shm")
SHORTEST, LONGEST = 3.0, 9.0  # seconds until the cut
WRITERS = 2


def image(path: Path) -> None:
    """An empty ext4 file system with a small journal."""
    with path.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-J", "size=4", str(path)], check=True)


@contextmanager
def mounted(path: Path, place: Path, options: str) -> Iterator[Path]:
    """The image as a folder."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", f"loop,{options}", str(path), str(place)], check=True)
    try:
        yield place
    finally:
        for _ in range(50):
            if subprocess.run(["umount", str(place)], capture_output=True, check=False).returncode:
                time.sleep(0.1)
            else:
                break


def settled(path: Path) -> bytes:
    """The bytes of the image when two readings agree: nothing is under way to it any more."""
    before = path.read_bytes()
    while True:
        time.sleep(0.02)
        now = path.read_bytes()
        if now == before:
            return now
        before = now


def cut(
    folder: Path, rng: random.Random, left: Counter[str]
) -> tuple[int, list[str], list[str]]:  # fmt: skip
    """One cut: how many were acknowledged, which are lost, what is wrong with the store.

    What is found before anything is healed is counted in `left`.
    """
    disk, copy = folder / "disk", folder / "copy"
    image(disk)
    commit = rng.choice([1, 5, 60])  # seconds between flushes that nobody asked for
    with mounted(disk, folder / "mount", f"commit={commit}") as place:
        root = place / "work"
        Store.create(root).close()
        writers = [start(root, f"law-{n}", 0, 100_000) for n in range(WRITERS)]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(SHORTEST, LONGEST))
        for writer in writers:
            os.killpg(writer.pid, signal.SIGSTOP)
        said = [_waiting(writer) for writer in writers]
        copy.write_bytes(settled(disk))
        for writer in writers:
            os.killpg(writer.pid, signal.SIGKILL)
            writer.wait()
    acks: dict[str, str] = {}
    for one in said:
        acks |= acknowledged(one)
    with mounted(copy, folder / "after", "commit=5") as place:
        root = place / "work"
        left.update(leftovers(root / ".git"))
        files = [path for path in (root / "versions").rglob("*") if path.is_file()]
        left["empty files"] += sum(path.stat().st_size == 0 for path in files)
        left["cuts with differences for git"] += bool(differences(root))
        with Store.open(root) as store:
            missing = lost(store, acks)
            store.save(arrival("law-after", 1))
        return len(acks), missing, faults(root)


def _waiting(writer: subprocess.Popen[str]) -> str:
    """What lies in the pipe of a frozen writer."""
    assert writer.stdout is not None
    descriptor = writer.stdout.fileno()
    os.set_blocking(descriptor, False)
    parts = []
    try:
        while part := os.read(descriptor, 1 << 20):
            parts.append(part)
    except BlockingIOError:
        pass
    return b"".join(parts).decode("utf-8")


def main() -> None:
    """20 cuts, or as many as asked for."""
    given = [int(value) for value in sys.argv[1:]]
    cuts, seed = (*given, *(20, 1)[len(given) :])
    if os.geteuid() != 0 or not MEMORY.is_dir():
        sys.exit("needs root and Linux: it mounts loop devices")
    rng = random.Random(seed)
    total, gone, wrong = 0, [], []
    left: Counter[str] = Counter()
    for number in range(1, cuts + 1):
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            count, missing, found = cut(Path(folder), rng, left)
        total, gone, wrong = total + count, gone + missing, wrong + found
        print(f"cut {number}: {count} acknowledged, {len(missing)} lost {missing[:3]}, {found[:3]}",
              flush=True)  # fmt: skip
    print(f"{cuts} cuts, {total} acknowledged, {len(gone)} lost, {len(wrong)} faults; the ingest"
          f" after each restart succeeded; left behind and healed: {dict(left)}")  # fmt: skip
    sys.exit(bool(gone or wrong))


if __name__ == "__main__":
    main()
