"""What the check finds in 300 final laws of the corpus: findings by rule and severity, a law."""

from __future__ import annotations

import csv
import random
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

from tracker.check import Subject, check
from tracker.law.model import Dates, Stage
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
SAMPLE = 300
SEED = 7
METADATA = frozenset({"missing-stage", "missing-date", "missing-title"})
"""About what the sample's files leave out, not about the laws; stage and date are given here."""


def laws(corpus: Path) -> dict[str, tuple[bytes, date | None]]:
    """Path → bytes and date of each law of the corpus, in the order of its index."""
    held: dict[str, bytes] = {}
    rows: list[dict[str, str]] = []
    with tarfile.open(corpus, "r:xz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None and member.name.endswith(".txt"):
                held[member.name.removeprefix("./")] = file.read()
            elif file is not None and member.name.endswith("index.tsv"):
                text = file.read().decode("utf-8")
                rows = list(csv.DictReader(StringIO(text), delimiter="\t"))
    days = {row["path"]: row["date"] for row in rows}
    return {path: (held[path], _day(days.get(path, ""))) for path in sorted(held)}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def findings(path: str, data: bytes, day: date | None) -> tuple[Problem, ...]:
    """The findings about one law, taken as a text in force."""
    try:
        document = read_source(data, name=path)
    except TrackerError:
        return ()
    subject = Subject(
        law=document.law, stage=Stage.ENACTED, dates=Dates(promulgated=day),
        note=document.note, ledger=document.ledger, source_format=document.format,
        problems=document.problems, law_id=path,
    )  # fmt: skip
    return tuple(found for found in check(subject) if found.code not in METADATA)


def sample(corpus: Path, seed: int = SEED) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Path and findings of 300 laws drawn at random."""
    held = laws(corpus)
    drawn = random.Random(seed).sample(sorted(held), min(SAMPLE, len(held)))
    for path in drawn:
        yield path, findings(path, *held[path])


def main() -> None:
    """Print the figures; with ``--list`` each finding, with ``--seed=N`` of another sample."""
    if not CORPUS.is_file():
        print(f"no corpus at {CORPUS.name} beside the project: nothing measured")
        return
    seed = next((int(a[7:]) for a in sys.argv[1:] if a.startswith("--seed=")), SEED)
    by_rule: dict[str, Counter[Severity]] = defaultdict(Counter)
    found_in: Counter[str] = Counter()
    count = clean = 0
    for path, found in sample(CORPUS, seed):
        count += 1
        clean += not found
        for problem in found:
            by_rule[problem.code][problem.severity] += 1
            if "--list" in sys.argv[1:]:
                print(f"{problem.severity} {problem.code} | {path} {problem.citation} | "
                      f"{problem.message} | {problem.quote}")  # fmt: skip
        found_in.update({problem.code for problem in found})
    print(f"{count} laws, {clean} without a finding")
    total = sum(sum(one.values()) for one in by_rule.values())
    for code, severities in sorted(by_rule.items(), key=lambda one: -sum(one[1].values())):
        number = sum(severities.values())
        parts = "  ".join(f"{s.value} {n}" for s, n in sorted(severities.items()))
        print(f"  {code:26} {number:5} {number / total:6.1%}  in {found_in[code]:3} laws  {parts}")
    for severity in Severity:
        number = sum(one[severity] for one in by_rule.values())
        print(f"{severity.value:8} {number:5}  {number / count:.2f} a law")


if __name__ == "__main__":
    main()
