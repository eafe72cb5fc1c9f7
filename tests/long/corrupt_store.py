"""Random damage to the files of git's objects: all of it is found, and no wrong text is ever read.

Run by hand: ``python -m tests.long.corrupt_store [COUNT] [SEED]`` (300); the suite makes 12.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.store.ingest import ingest
from tracker.store.model import Given
from tracker.store.verify import verify
from tracker.store.versions import Store

TEXT = """示例市{name}条例
（草案）

第一条　为了规范{name}，制定本条例。

第二条　本条例自2024年1月1日起施行，第{count}稿。
"""


def put(store: Store, law_id: str, year: int, name: str = "数据") -> None:
    """Ingest a small law of that year."""
    data = TEXT.format(name=name, count=year).encode()
    given = Given(date=date(year, 1, 1), stage=Stage.DRAFT)
    ingest(store, data, name="来源.txt", law_id=law_id, given=given)


def corrupt(root: Path, rng: random.Random) -> str:
    """Damage one file among git's objects at random; says how."""
    victims = [p for p in sorted((root / ".git/objects").rglob("*")) if p.is_file()]
    victim = rng.choice(victims)
    victim.chmod(0o644)
    data = bytearray(victim.read_bytes())
    how = rng.choice(["flip", "flip", "flip", "cut", "zero", "delete"])
    place = rng.randrange(len(data))
    if how == "flip":
        data[place] ^= 1 << rng.randrange(8)
    elif how == "cut":
        del data[place:]
    elif how == "zero":
        end = min(len(data), place + 64)
        if not any(data[place:end]):
            data[place] ^= 1
        data[place:end] = bytes(end - place) if any(data[place:end]) else data[place:end]
    if how == "delete":
        victim.unlink()
    else:
        victim.write_bytes(data)
    return f"{how} {victim.relative_to(root)} at {place}"


def all_texts(root: Path) -> dict[str, str | None]:
    """Every text as the store gives it; None where it refuses."""
    texts: dict[str, str | None] = {}
    for law_id in ("law-a", "law-b"):
        for year in (2001, 2002, 2003):
            try:
                with Store.open(root) as store:
                    texts[f"{law_id}@{year}"] = store.load(law_id, f"{year}-01-01-draft").text
            except TrackerError:
                texts[f"{law_id}@{year}"] = None
    return texts


def found_after_corruption(pristine: Path, copy: Path, seed: int) -> tuple[str, bool]:
    """One random corruption: how, and whether it was found and no read gave other words."""
    truth = all_texts(pristine)
    rng = random.Random(seed)
    shutil.copytree(pristine, copy)
    try:
        if rng.random() < 0.5:  # loose objects, as a clone or a gc leaves them
            git_dir = copy / ".git/objects/pack"
            for pack in sorted(git_dir.glob("*.pack")):
                packed = pack.read_bytes()
                for part in git_dir.glob(f"{pack.stem}.*"):
                    part.unlink()
                unpack = ["git", "-C", str(copy), "unpack-objects", "-q"]
                subprocess.run(unpack, input=packed, check=True, capture_output=True)
        how = corrupt(copy, rng)
        done = verify(copy, workers=1)
        wrong = [t for n, t in all_texts(copy).items() if t not in (None, truth[n])]
        return how, bool(done.problems) and not wrong
    finally:
        shutil.rmtree(copy)


def main() -> None:
    """300 corruptions, or as many as asked for."""
    given = [int(value) for value in sys.argv[1:]]
    count, first = (*given, *(300, 1000)[len(given) :])
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        pristine = Path(folder) / "work"
        with Store.create(pristine) as store:
            for year in (2001, 2002, 2003):
                for law_id in ("law-a", "law-b"):
                    put(store, law_id, year)
        for seed in range(first, first + count):
            how, found = found_after_corruption(pristine, Path(folder) / "copy", seed)
            outcomes["found" if found else "MISSED"] += 1
            outcomes[how.split(" ")[0]] += 1
            if not found:
                print(f"MISSED {seed}: {how}", flush=True)
    print(f"{count} corruptions: {dict(outcomes)}")
    sys.exit(bool(outcomes["MISSED"]))


if __name__ == "__main__":
    main()
