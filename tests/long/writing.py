"""A process that ingests versions one by one and says of each when it is acknowledged.

``python -m tests.long.writing ROOT LAW FIRST COUNT [wait]``; with ``wait`` it starts when a line
comes in. Lines on standard output: ``ready``, then ``law@version text`` for each version, or
``refused CODE``. The scripts beside this one start it, stop it and kill it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.store.model import Incoming
from tracker.store.verify import verify
from tracker.store.versions import Store

PROJECT = Path(__file__).resolve().parents[2]
LEFTOVERS = (
    "index.lock", "HEAD.lock", "refs/heads/main.lock", "tracker-journal.json", "tracker-writing.*",
)  # fmt: skip
PATIENCE = 600.0  # seconds for which a writer waits for the others


def arrival(law_id: str, number: int) -> Incoming:
    """The `number`-th version of a law: a day of its own, a text of its own."""
    words = Provision(Unit.PARAGRAPH, text=f"{law_id}第{number}稿。")
    law = Law("示例市数据条例", (Provision(Unit.ARTICLE, Number(1), None, "", (words,)),))
    return Incoming(
        law_id=law_id,
        stage=Stage.DRAFT,
        dates=Dates(published=date(1990, 1, 1) + timedelta(days=number)),
        law=law,
        source=canonical.write(law).encode(),
        source_name="来源.txt",
        source_format="text",
    )


def start(root: Path, law_id: str, first: int, count: int, *more: str) -> subprocess.Popen[str]:
    """Start a writer in a process group of its own."""
    command = [sys.executable, "-m", "tests.long.writing", str(root), law_id]
    return subprocess.Popen(
        [*command, str(first), str(count), *more], cwd=PROJECT, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip


def acknowledged(said: str) -> dict[str, str]:
    """The names and texts of whole lines that a writer wrote."""
    lines = said.split("\n")[:-1]
    pairs = (line.split(" ", 1) for line in lines)
    return {pair[0]: pair[1] for pair in pairs if "@" in pair[0]}


def lost(store: Store, names: dict[str, str]) -> list[str]:
    """Those of the acknowledged versions that are not there with their texts."""
    missing = []
    for name, text in names.items():
        try:
            if text not in store.resolve(name).text:
                missing.append(name)
        except TrackerError:
            missing.append(name)
    return missing


def leftovers(git_dir: Path) -> list[str]:
    """Which of the kinds of files are there that a write that was cut short leaves behind."""
    return [kind for kind in LEFTOVERS if any(git_dir.glob(kind))]


def differences(root: Path) -> list[str]:
    """What git says differs between commit, index and work tree."""
    status = ["git", "-C", str(root), "status", "--porcelain"]
    said = subprocess.run(status, capture_output=True, check=False, encoding="utf-8")
    return said.stdout.splitlines() + said.stderr.splitlines()


def faults(root: Path) -> list[str]:
    """What is wrong with a store after something happened to it: git, our own check, leftovers."""
    git_dir = root / ".git" if (root / ".git").is_dir() else root
    found = leftovers(git_dir) + (differences(root) if git_dir != root else [])
    return found + [problem.message for problem in verify(root, workers=1).problems]


def main() -> None:
    """Ingest until all is done or the process ends."""
    root, law_id, first, count, *more = sys.argv[1:]
    with Store.open(root, lock_timeout=PATIENCE) as store:
        os.write(1, b"ready\n")
        if more:
            sys.stdin.readline()
        for number in range(int(first), int(first) + int(count)):
            try:
                saved = store.save(arrival(law_id, number))
            except (TrackerError, OSError) as error:
                code = error.code if isinstance(error, TrackerError) else type(error).__name__
                os.write(1, f"refused {code}\n".encode())
            else:
                text = f"{law_id}第{number}稿。"
                os.write(1, f"{saved.version.name} {text}\n".encode())


if __name__ == "__main__":
    main()
