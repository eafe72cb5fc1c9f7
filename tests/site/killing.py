"""Kills site builds at random points and looks at what visitors would have seen."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.site.conftest import EXAMPLE, LAW
from tracker.site import template
from tracker.site.swap import PREFIX
from tracker.store.ingest import ingest
from tracker.store.versions import Store

__all__ = ["kill_builds", "seen"]

ROOT = Path(__file__).resolve().parents[2]
STAGES = sorted(EXAMPLE.glob("[0-9]-*.txt"))


def seen(public: Path) -> str:
    """The whole site as one hash: names and bytes of all files."""
    total = hashlib.sha256()
    for path in sorted(public.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(public).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _start(workspace: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", "site", "build"],
        cwd=workspace, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _workspace(folder: Path) -> Path:
    folder.mkdir()
    template.write(folder)
    with Store.create(folder) as store:
        ingest(store, STAGES[0].read_bytes(), name=STAGES[0].name, law_id=LAW)
    return folder


def kill_builds(folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Build, add a stage, then kill the next build `count` times at random points of its time.

    Returns how often visitors saw the old site and the new one; AssertionError for anything else.
    """
    work = _workspace(folder / "w")
    public = work / "site/public"
    assert _start(work).wait() == 0
    old = seen(public)
    kept = folder / "kept"
    shutil.copytree(work / "site", kept, symlinks=True)
    with Store.open(work) as store:
        ingest(store, STAGES[1].read_bytes(), name=STAGES[1].name, law_id=LAW)
    began = time.monotonic()
    assert _start(work).wait() == 0
    lasts = time.monotonic() - began
    new = seen(public)
    assert new != old
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        if seen(public) == new:
            shutil.rmtree(work / "site")
            shutil.copytree(kept, work / "site", symlinks=True)
        build = _start(work)
        try:
            build.wait(rng.uniform(0, lasts * 1.1))
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
        found.append(seen(public))
    assert set(found) <= {old, new}, "visitors saw neither the old site nor the new one"
    assert _start(work).wait() == 0
    assert seen(public) == new
    assert not list((work / "site").glob(f"{PREFIX}*")), "a killed build left something behind"
    return found.count(old), found.count(new)
