"""The n-th system call of each kind fails, n = 1, 2, …: an error is said, and nothing is half done.

Run by hand, on Linux with strace: ``python -m tests.long.inject_faults [CLASS…]``. Each trial is a
fresh copy of a small store: one ingest under strace, in which the n-th call of one kind fails in
every process (git's too), or the process is killed there. After it: every earlier version is there,
git and `verify` find nothing wrong, an acknowledged version is there with its text, and the next
ingest works without help.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.long.writing import acknowledged, arrival, faults, lost, start
from tracker.store.versions import Store

CLASSES = {
    # name: (system calls, what happens)
    "write EIO": ("write,pwrite64", "error=EIO"),
    "write ENOSPC": ("write,pwrite64", "error=ENOSPC"),
    "write EINTR": ("write,pwrite64", "error=EINTR"),
    "read EIO": ("read,pread64", "error=EIO"),
    "fsync EIO": ("fsync,fdatasync", "error=EIO"),
    "open EIO": ("openat", "error=EIO"),
    "open EMFILE": ("openat", "error=EMFILE"),
    "open ENOSPC": ("openat", "error=ENOSPC"),
    "rename, link, unlink EIO": ("rename,renameat,link,linkat,unlink,unlinkat", "error=EIO"),
    "mkdir ENOSPC": ("mkdir,mkdirat", "error=ENOSPC"),
    "mmap ENOMEM": ("mmap", "error=ENOMEM"),
    "fork EAGAIN": ("clone,clone3,fork,vfork", "error=EAGAIN"),
    "killed at a write": ("write,pwrite64,fsync", "signal=KILL"),
    "killed at a change of names": ("rename,renameat,link,linkat,unlink,mkdir", "signal=KILL"),
}  # fmt: skip
MOST = 16  # n is tried up to this: what comes later repeats what came before
STOP = 3  # so many n in a row without a fault end a class
EARLIER = 3


def prepared(folder: Path) -> Path:
    """A store with some versions."""
    root = folder / "pristine"
    with Store.create(root) as store:
        for number in range(EARLIER):
            store.save(arrival("law-a", number))
    return root


def trial(root: Path, calls: str, what: str, nth: int, log: Path) -> tuple[bool, str]:
    """One ingest with one fault: whether it came to pass, and what the writer said."""
    writer = start(root, "law-a", EARLIER, 1, "wait")
    assert writer.stdout is not None
    assert writer.stdin is not None
    assert writer.stdout.readline() == "ready\n"
    tracer = subprocess.Popen(
        ["strace", "-f", "-o", str(log), "-e", f"trace={calls}",
         "-e", f"inject={calls}:{what}:when={nth}", "-p", str(writer.pid)],
        stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert tracer.stderr is not None
    attached = tracer.stderr.readline()
    assert "attached" in attached, attached
    try:
        said, _ = writer.communicate("go\n", timeout=60)
    except subprocess.TimeoutExpired:
        writer.kill()
        said = "hung\n"
    tracer.communicate()
    traced = log.read_text("utf-8", "replace")
    return "INJECTED" in traced or "killed by SIGKILL" in traced, said


def look(root: Path, said: str) -> list[str]:
    """What is wrong after a trial."""
    wrong = ["hung"] if said == "hung\n" else []
    names = acknowledged(said)
    for number in range(EARLIER):
        name = arrival("law-a", number).dates.published
        names[f"law-a@{name}-draft"] = f"law-a第{number}稿。"
    with Store.open(root) as store:
        there = len(store.version_ids("law-a"))
        wrong += [f"lost {name}" for name in lost(store, names)]
        again = store.save(arrival("law-a", EARLIER))  # adds nothing where it is there
        if again.already and there != EARLIER + 1:
            wrong.append("counted wrongly")
        store.save(arrival("law-a", EARLIER + 1))
    return wrong + faults(root)


def main() -> None:
    """Every class, or those whose names begin as asked for."""
    if shutil.which("strace") is None:
        sys.exit("needs strace")
    wanted = tuple(sys.argv[1:]) or ("",)
    total, bad = 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pristine = prepared(folder)
        for label, (calls, what) in CLASSES.items():
            if not label.startswith(wanted):
                continue
            outcomes: Counter[str] = Counter()
            missed, nth, began = 0, 0, time.monotonic()
            while missed < STOP and nth < MOST:
                nth += 1
                root = folder / "trial"
                shutil.copytree(pristine, root)
                hit, said = trial(root, calls, what, nth, folder / "log")
                missed = 0 if hit else missed + 1
                wrong = look(root, said)
                if wrong:
                    bad += 1
                    print(f"BAD {label}, call {nth}: {said!r} {wrong}", flush=True)
                if hit:
                    total += 1
                    outcomes.update(
                        line if line.startswith("refused") else "stored"
                        for line in said.split("\n")[:-1]
                    )
                    outcomes["ended" if not said else "answered"] += 1
                shutil.rmtree(root)
            print(f"{label}: {dict(outcomes)}, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{total} faults injected, {bad} bad")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
