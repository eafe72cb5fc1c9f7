"""How long a comparison takes, redlines made, beside what others need for less: as ratios.

Everything runs in this process, each thing in turn with the others; the least of several runs
counts. The yardstick is `rapidfuzz.process.cdist` (Indel, two workers) over all pairs of articles,
which gives a table of similarities and no alignment. The real pair lies in ../shared; where it is
absent, an invented law of the same size stands in. Packages that are not installed are left out:
``pip install -e .[bench]`` brings them.
"""

from __future__ import annotations

import difflib
import gc
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from benchmarks.align_gold import SHARED, read_law
from benchmarks.big_laws import ADVERSARIAL, large, nasty
from tracker.diff.changes import compare
from tracker.diff.redline import draw as redline
from tracker.law.model import Law
from tracker.parse.canonical import body, write

PAIR = SHARED / "pairs" / "公司法_2018_2023"
MOST = {"real": 0.8, "1260": 0.15, "5000": 12.0}  # the ratios to keep
SECONDS = 5.0  # an adversarial pair
MEGABYTES = 600


def main() -> None:
    """Print the ratios; exit with 1 where one is not kept."""
    fine = [_real(), _codes(), _adversarial()]
    if not all(fine):
        sys.exit(1)


def _forget() -> None:
    """Empty every cache of the project, as in a new process."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("tracker."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
    redline.DRAWN.clear()


def least(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time of each in milliseconds, taken in turn."""
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            _forget()
            gc.collect()
            start = time.perf_counter()
            way()
            best[name] = min(best[name], (time.perf_counter() - start) * 1000)
    return best


def _table(old: Law, new: Law) -> Callable[[], object]:
    a, b = ([body(article) for article in law.articles()] for law in (old, new))
    return lambda: cdist(a, b, scorer=Indel.normalized_similarity, workers=2, dtype=np.float32)


def _real() -> bool:
    if PAIR.is_dir():
        old, new = (read_law(PAIR / f"{side}.raw.txt") for side in ("old", "new"))
    else:
        made = large(218)
        old, new = made.old, made.new
    sizes = f"{len(old.articles())} × {len(new.articles())} articles"
    print(f"{PAIR.name if PAIR.is_dir() else 'an invented law'}, {sizes}")

    def with_levels() -> None:
        for change in compare(old, new).changes:
            list(change.provisions)

    ours: dict[str, Callable[[], object]] = {
        "cdist over all pairs": _table(old, new),
        "compare": lambda: compare(old, new),
        "compare, every 款 and 项 too": with_levels,
    }
    times = least(ours, 15)
    times |= least(_others(write(old), write(new)), 2)
    yard = times["cdist over all pairs"]
    for name, value in times.items():
        print(f"  {name:44} {value:10.1f} ms {value / yard:9.2f} × cdist")
    return _kept("real", times["compare"] / yard)


def _others(old: str, new: str) -> dict[str, Callable[[], object]]:
    """What others make of the two texts: redlines without an alignment."""
    ways: dict[str, Callable[[], object]] = {
        "difflib.HtmlDiff, lines": lambda: difflib.HtmlDiff().make_table(
            old.splitlines(), new.splitlines(), context=True
        ),
        "git diff --word-diff, a process": lambda: _git(old, new),
    }
    if importlib.util.find_spec("diff_match_patch"):
        ways["diff-match-patch, whole texts"] = lambda: _dmp(old, new)
    if importlib.util.find_spec("redlines"):
        ways["redlines, whole texts"] = lambda: _redlines(old, new)
    return ways


def _dmp(old: str, new: str) -> Any:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 20  # without a limit it needs minutes
    return engine.diff_main(old, new)


def _redlines(old: str, new: str) -> Any:
    from redlines import Redlines

    return Redlines(old, new).output_markdown


def _git(old: str, new: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("old", old), ("new", new)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        subprocess.run(
            ["git", "diff", "--no-index", "--word-diff", "--word-diff-regex=.", "old", "new"],
            cwd=folder, check=False, capture_output=True,
        )  # fmt: skip


def _codes() -> bool:
    """An invented code of 1,260 and one of 5,000 articles."""
    small, big = large(1_260), large(5_000)
    times = least(
        {
            "cdist": _table(small.old, small.new),
            "1,260": lambda: compare(small.old, small.new),
            "5,000": lambda: compare(big.old, big.new),
        },
        3,
    )
    print("invented codes")
    for name, pair in (("1,260", small), ("5,000", big)):
        size = f"{len(pair.old.articles())} × {len(pair.new.articles())}"
        print(f"  compare, {size:35} {times[name]:10.1f} ms")
    print(f"  cdist over all pairs of the smaller one      {times['cdist']:10.1f} ms")
    peak = _peak()
    print(f"  memory of this process at its peak           {peak:10.0f} MB")
    kept = _kept("1260", times["1,260"] / times["cdist"])
    return _kept("5000", times["5,000"] / times["1,260"]) and kept and peak <= MEGABYTES


def _peak() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def _adversarial() -> bool:
    print("hard on purpose")
    fine = True
    for name in ADVERSARIAL:
        old, new = nasty(name)
        changes = None

        def once(old: Law = old, new: Law = new) -> None:
            nonlocal changes
            changes = compare(old, new)

        seconds = least({name: once}, 1)[name] / 1000
        assert changes is not None
        said = sorted({problem.code for problem in changes.problems}) or ["nothing given up"]
        print(f"  {name:44} {seconds:10.2f} s   {', '.join(said)}")
        fine = fine and seconds <= SECONDS
    return fine


def _kept(name: str, ratio: float) -> bool:
    kept = ratio <= MOST[name]
    print(f"  ratio {ratio:.3f}, at most {MOST[name]}: {'kept' if kept else 'NOT KEPT'}")
    return kept


if __name__ == "__main__":
    main()
