"""Each system call of an ingest fails or kills, one after the other: nothing is half done.

Run by hand, on Linux with strace: ``python -m tests.long.inject_faults [PROCESS [CLASS]]``. Each
trial is a fresh copy of a small store and one ingest, in which the n-th call of one class fails in
one process (ours, or one of the git commands it runs), n = 1, 2, … until the process makes no more
such calls; where the class is a kill, everything dies there. After it: every earlier version is
there, git and `verify` find nothing wrong, an acknowledged version is there with its text, and the
next ingest works without help.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

from tests.long.writing import acknowledged, arrival, faults, lost
from tracker.law.problems import TrackerError
from tracker.store.versions import Store

NAMES = "rename,renameat,renameat2,link,linkat,unlink,unlinkat"
CLASSES = {
    # name: (system calls, what happens)
    "write EIO": ("write,pwrite64,sendfile", "error=EIO"),
    "write ENOSPC": ("write,pwrite64,sendfile", "error=ENOSPC"),
    "write EINTR": ("write,pwrite64,sendfile", "error=EINTR"),
    "read EIO": ("read,pread64", "error=EIO"),
    "fsync EIO": ("fsync,fdatasync", "error=EIO"),
    "open EIO": ("openat", "error=EIO"),
    "open EMFILE": ("openat", "error=EMFILE"),
    "open ENOSPC": ("openat", "error=ENOSPC"),
    "rename, link, unlink EIO": (NAMES, "error=EIO"),
    "mkdir ENOSPC": ("mkdir,mkdirat", "error=ENOSPC"),
    "mmap ENOMEM": ("mmap", "error=ENOMEM"),
    "fork EAGAIN": ("clone,clone3,fork,vfork", "error=EAGAIN"),
    # Every call that changes what is on disk or begins or ends a process: between two of them the
    # disk is the same, so a kill at a call that only reads would show nothing else.
    "killed": (
        f"write,pwrite64,sendfile,fsync,fdatasync,openat,ftruncate,mkdir,mkdirat,{NAMES},"
        "clone,clone3,fork,vfork,execve,exit_group",
        "signal=KILL",
    ),
}
OURS = "tracker"
PROCESSES = (OURS, "config", "cat-file", "fast-import", "update-index", "pack-objects")
STOP = 2  # so many n in a row without a fault end a class
EARLIER = 3
PATIENCE = 60.0  # seconds for one ingest; it takes a tenth of one


def prepared(folder: Path) -> Path:
    """A store with some versions."""
    root = folder / "pristine"
    with Store.create(root) as store:
        for number in range(EARLIER):
            store.save(arrival("law-a", number))
    return root


def stub(folder: Path, process: str, strace: list[str]) -> None:
    """A `git` that runs the real one, and that command of it under strace.

    Where the command is killed, so is everything: the group of processes that it belongs to.
    """
    folder.mkdir(exist_ok=True)
    real, traced = shutil.which("git"), " ".join(f"'{word}'" for word in strace)
    script = folder / "git"
    script.write_text(
        f'#!/bin/sh\ncase " $* " in *" {process} "*) {traced} {real} "$@"; code=$?;;'
        f' *) exec {real} "$@";; esac\n[ $code -ge 128 ] && [ {int("KILL" in traced)} = 1 ]'
        " && kill -9 0\nexit $code\n",
        encoding="utf-8",
    )
    script.chmod(0o755)


def ingest(root: Path, path: str, many_packs: int) -> tuple[int, int, int]:
    """A child with a process group of its own that waits, then ingests.

    Gives its pid, where it reads the start from, and where it says what came of it.
    """
    said_end, say_end = os.pipe()
    wait_end, go_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            os.close(said_end)
            os.close(go_end)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.environ["PATH"] = path
            with mock.patch("tracker.store.packs.MANY", many_packs), Store.open(root) as store:
                os.write(say_end, b"ready\n")
                os.read(wait_end, 1)
                try:
                    saved = store.save(arrival("law-a", EARLIER))
                except (TrackerError, OSError) as error:
                    code = error.code if isinstance(error, TrackerError) else type(error).__name__
                    os.write(say_end, f"refused {code}\n".encode())
                else:
                    os.write(say_end, f"{saved.version.name} law-a第{EARLIER}稿。\n".encode())
        finally:
            os._exit(0)
    os.close(say_end)
    os.close(wait_end)
    return child, go_end, said_end


def until_end(said: int) -> str | None:
    """All that the child says; None where it does not come to an end."""
    parts: list[bytes] = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if select.select([said], [], [], 1)[0]:
            part = os.read(said, 4096)
            if not part:
                return b"".join(parts).decode()
            parts.append(part)
    return None


@contextmanager
def attached(strace: list[str], pid: int) -> Iterator[None]:
    """Strace at work on a process that runs."""
    tracer = subprocess.Popen([*strace, "-p", str(pid)], stderr=subprocess.PIPE, encoding="utf-8")
    assert tracer.stderr is not None
    line = tracer.stderr.readline()
    assert "attached" in line, line
    try:
        yield
    finally:
        tracer.communicate()


def trial(root: Path, process: str, calls: str, what: str, nth: int) -> tuple[bool, str]:
    """One ingest with one fault: whether it came to pass, and what the writer said."""
    log = root.parent / "log"
    log.write_bytes(b"")
    # Of `pack-objects` what it starts is counted too, each process by itself.
    more = ["-f"] if process == "pack-objects" else []
    strace = ["strace", *more, "-o", str(log), "-e", f"trace={calls}",
              "-e", f"inject={calls}:{what}:when={nth}"]  # fmt: skip
    path = os.environ["PATH"]
    if process != OURS:
        stub(root.parent / "bin", process, strace)
        path = f"{root.parent / 'bin'}:{path}"
    pid, go, said_end = ingest(root, path, EARLIER if process == "pack-objects" else 50)
    assert os.read(said_end, 6) == b"ready\n"
    if process == OURS:
        with attached(strace, pid):
            os.write(go, b"g")
            said = until_end(said_end) if "KILL" not in what else _dies(pid, said_end)
    else:
        os.write(go, b"g")
        said = until_end(said_end)
    if said is None:
        os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(go)
    os.close(said_end)
    traced = log.read_text("utf-8", "replace")
    hit = "INJECTED" in traced or "killed by SIGKILL" in traced
    return hit, "hung\n" if said is None else said


def _dies(pid: int, said_end: int) -> str | None:
    """What the child says before it ends; what it started dies with it."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return until_end(said_end)


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
        if again.already != (there == EARLIER + 1):
            wrong.append("counted wrongly")
        store.save(arrival("law-a", EARLIER + 1))
    return wrong + faults(root)


def every(folder: Path, process: str, label: str) -> tuple[Counter[str], int]:
    """All calls of one class in one process: what came of them, and how many ended badly."""
    calls, what = CLASSES[label]
    outcomes: Counter[str] = Counter()
    missed, nth, bad = 0, 0, 0
    while missed < STOP:
        nth += 1
        root = folder / "trial"
        shutil.copytree(folder / "pristine", root)
        hit, said = trial(root, process, calls, what, nth)
        missed = 0 if hit else missed + 1
        try:
            wrong = look(root, said)
        except (TrackerError, OSError) as error:
            wrong = [f"{type(error).__name__}: {error}"]
        if wrong:
            bad += 1
            print(f"BAD {process}, {label}, call {nth}: {said!r} {wrong}", flush=True)
        if hit:
            line = said.partition("\n")[0]
            outcomes[line if line.startswith("refused") else "stored" if line else "died"] += 1
        shutil.rmtree(root)
    return outcomes, bad


def main() -> None:
    """Every process and class, or those that are asked for; of the classes by their beginnings."""
    if shutil.which("strace") is None:
        sys.exit("needs strace")
    asked, wanted = (*sys.argv[1:], "", "")[:2]
    total, bad = 0, 0
    with tempfile.TemporaryDirectory() as name:
        prepared(Path(name))
        for process in PROCESSES:
            if asked not in ("", process):
                continue
            for label in CLASSES:
                if not label.startswith(wanted):
                    continue
                began = time.monotonic()
                outcomes, wrong = every(Path(name), process, label)
                took = time.monotonic() - began
                total, bad = total + outcomes.total(), bad + wrong
                print(f"{process}, {label}: {dict(outcomes)}, {took:.0f} s", flush=True)
    print(f"{total} faults injected, {bad} bad")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
