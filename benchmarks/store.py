"""The store beside bare git: bulk ingest, one by one, reading back; GitPython's index beside it.

What is ingested is 3,000 laws of ../shared/corpus.tar.xz where it is present, else invented ones.
They are read and written as canonical text beforehand: `read_corpus` measures that. Figures of one
kind are taken in turn in one run, and the least of each counts.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.read_corpus import CORPUS, corpus
from tracker.law.model import Dates, Stage
from tracker.law.problems import TrackerError
from tracker.parse.reading import read_source
from tracker.store.batch import Batch
from tracker.store.catalogue import META, TEXT, Catalogue
from tracker.store.git.repository import Repository
from tracker.store.guard import canonical_text
from tracker.store.layout import read_layout
from tracker.store.model import Incoming
from tracker.store.stream import write_stream
from tracker.store.verify import verify
from tracker.store.versions import Store

VERSIONS = 3000
ROUNDS = 3
LAWS = 500  # that the versions are of which are ingested one by one
LIMIT_BULK = 2.0  # times a bare `git fast-import` of the same bytes
LIMIT_GROWTH = 1.5  # the last hundred of one by one, in times the first hundred
LIMIT_READ = 3.0  # times `git cat-file --batch` of the same objects
GITPYTHON = 40  # versions added through GitPython's index, on top of all the others
VERIFIED = 10_000
LIMIT_VERIFY = 60.0  # seconds
INVENTED = """示例市第{n}号数据条例
（草案）

第一条　为了规范第{n}类数据处理活动，制定本条例。

第二条　本条例自2024年1月1日起施行。
"""


def sources() -> Iterator[bytes]:
    """The corpus, or invented laws where there is none."""
    if CORPUS.is_file():
        yield from corpus()
    else:
        yield from (INVENTED.format(n=n).encode() for n in range(VERSIONS))


def arrivals(count: int) -> list[Incoming]:
    """So many versions, each of a law of its own, ready to be stored."""
    out: list[Incoming] = []
    for data in sources():
        try:
            document = read_source(data, name="source.txt")
            text = canonical_text(document.law, "source.txt")
        except TrackerError:
            continue
        if not document.law.title:
            continue
        out.append(
            Incoming(
                law_id=f"law-{len(out):05}",
                stage=document.facts.stage or Stage.ENACTED,
                dates=document.facts.dates,
                law=document.law,
                text=text,
                source=data,
                source_name="source.txt",
                source_format=document.format,
                issuing_body=document.facts.issuing_body,
                note=document.note,
                ledger=document.ledger,
                problems=document.problems,
            )
        )
        if len(out) == count:
            break
    return out


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long it takes by the clock, and of this process's and its children's processors."""
    began, used = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - began, _processor() - used


def _processor() -> float:
    """Seconds of processor so far, children that have ended included."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def verdict(value: float, limit: float) -> str:
    """The figure with what it is held against."""
    return f"{value:.2f} ({'within' if value <= limit else 'BEYOND'} the limit of {limit:g})"


def fresh(folder: Path, name: str, *, bare: bool) -> Store:
    """An empty store in a folder that is not there."""
    shutil.rmtree(folder / name, ignore_errors=True)
    return Store.create(folder / name, bare=bare)


def bare_import(folder: Path, stream: Path) -> None:
    """`git fast-import` of the stream as anybody would run it."""
    shutil.rmtree(folder / "bare", ignore_errors=True)
    subprocess.run(["git", "init", "-q", "--bare", str(folder / "bare")], check=True)
    with stream.open("rb") as data:
        subprocess.run(
            ["git", "-C", str(folder / "bare"), "fast-import", "--quiet", "--done"],
            stdin=data, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip


def measure_bulk(folder: Path, everything: list[Incoming]) -> None:
    """One stream of all, into a bare store and into one with a work tree, beside bare git."""
    stream = folder / "stream"
    fresh(folder, "empty", bare=True).close()
    with Repository.open(folder / "empty") as repository, stream.open("wb") as out:
        batch = Batch(Catalogue(repository, None, {}), None)
        for incoming in everything:
            batch.add(incoming, each=False)
        write_stream(out, "refs/heads/main", None, batch.commits)
    print(f"{len(everything)} versions, {stream.stat().st_size / 1e6:.1f} MB of stream")

    def bulk(bare: bool) -> Callable[[], object]:
        store = fresh(folder, "store", bare=bare)
        return lambda: (store.save_all(everything), store.close())

    best: dict[str, tuple[float, float]] = {}
    for _ in range(ROUNDS):
        works: dict[str, Callable[[], object]] = {
            "git fast-import": lambda: bare_import(folder, stream),
            "bulk ingest, bare": bulk(True),
        }
        for name, work in works.items():
            took = seconds(work)
            before = best.get(name, took)
            best[name] = (min(took[0], before[0]), min(took[1], before[1]))
    best["bulk ingest, with a work tree"] = seconds(bulk(False))
    floor = best["git fast-import"]
    for name, (clock, used) in best.items():
        print(f"{name:32} {clock:6.2f} s, {used:6.2f} s of processor")
    ours = best["bulk ingest, bare"]
    print(f"by the clock {verdict(ours[0] / floor[0], LIMIT_BULK)} times bare git,"
          f" by processor {ours[1] / floor[1]:.2f}")  # fmt: skip


def measure_reading(folder: Path) -> None:
    """Every text of the store that the last measurement left, beside `git cat-file --batch`."""
    root = folder / "store"
    with Repository.open(root) as repository:
        tip = repository.head()
        assert tip is not None
        layout = read_layout(repository, tip)
    oids = [oid for folder in layout.versions.values()
            for oid in (folder.oid, folder.files[META][1], folder.files[TEXT][1])]  # fmt: skip
    oids += list(layout.laws.values())
    asked = "".join(f"{oid}\n" for oid in oids).encode()

    def bare() -> None:
        subprocess.run(["git", "-C", str(root), "cat-file", "--batch"], input=asked, check=True,
                       stdout=subprocess.PIPE)  # fmt: skip

    def texts() -> None:
        with Store.open(root) as store:
            assert sum(1 for _ in store.texts()) == len(layout.versions)

    floors, ours = [], []
    for _ in range(ROUNDS):
        floors.append(seconds(bare))
        ours.append(seconds(texts))
    floor, own = min(f for f, _ in floors), min(o for o, _ in ours)
    print(f"{len(layout.versions)} texts read, hashes checked: {own:.2f} s;"
          f" git cat-file of the same {len(oids)} objects {floor:.2f} s:"
          f" {verdict(own / floor, LIMIT_READ)} times")  # fmt: skip


def measure_one_by_one(folder: Path, everything: list[Incoming]) -> None:
    """An ingest a version, each durable before the next begins; the laws in six stages each."""
    took = []
    stages = (
        replace(
            one,
            law_id=f"law-{number % LAWS:04}",
            stage=Stage.ENACTED,
            dates=Dates(promulgated=date(2000, 1, 1) + timedelta(days=number)),
        )
        for number, one in enumerate(everything)
    )
    with fresh(folder, "single", bare=False) as store:
        for incoming in stages:
            took.append(seconds(lambda one=incoming: store.save(one)))  # type: ignore[misc]
    for at, name in ((0, "clock"), (1, "processor")):
        times = [one[at] for one in took]
        first, last = sorted(times[:100]), sorted(times[-100:])
        print(f"one by one, by {name}: {1000 * sum(times) / len(times):.0f} ms each; median of the"
              f" first hundred {1000 * first[50]:.0f} ms, of the last {1000 * last[50]:.0f} ms:"
              f" {verdict(last[50] / first[50], LIMIT_GROWTH)} times;"
              f" sums {verdict(sum(last) / sum(first), LIMIT_GROWTH)}")  # fmt: skip


def measure_gitpython(folder: Path) -> None:
    """`index.add` and `index.commit` of some more versions in the store of the last measurement."""
    from git import Repo

    root = folder / "single"
    repo = Repo(root)
    began = time.perf_counter()
    for n in range(GITPYTHON):
        place = root / "versions" / f"gitpython-{n}" / "undated-draft"
        place.mkdir(parents=True)
        names = ("meta.json", "source.txt", "text.txt")
        for name in names:
            (place / name).write_text(f"{n} {name}\n" * 500, encoding="utf-8")
        repo.index.add([str(place / name) for name in names])
        repo.index.commit(f"ingest {n}")
    took = time.perf_counter() - began
    repo.close()
    print(f"GitPython's index.commit at this size: {GITPYTHON / took:.1f} a second,"
          f" {1000 * took / GITPYTHON:.0f} ms each, not durable")  # fmt: skip


def measure_verify(folder: Path, everything: list[Incoming]) -> None:
    """The store of the bulk ingest, grown to 10,000 versions, verified whole and incrementally."""
    with Store.open(folder / "store") as store:
        more = []
        for turn in range(1, -(-VERIFIED // len(everything))):
            for incoming in islice(everything, VERIFIED - len(everything) * turn):
                day = incoming.dates.legal
                dates = Dates(promulgated=day + timedelta(days=turn) if day else None)
                stage = Stage.AMENDED if turn % 2 else Stage.REVISED
                law_id = f"{incoming.law_id}-{turn}"  # of one law a source is one version
                more.append(replace(incoming, law_id=law_id, dates=dates, stage=stage))
        store.save_all(more)
    results = []
    took, used = seconds(lambda: results.append(verify(folder / "store")))
    done = results[0]
    wrong = sum(one.severity.value == "error" for one in done.problems)
    print(f"{done.versions} versions verified in {verdict(took, LIMIT_VERIFY)} s,"
          f" {used:.0f} s of processor: {wrong} errors")  # fmt: skip
    with Store.open(folder / "store") as store:
        store.save(replace(everything[0], law_id="law-new"))
    began = time.perf_counter()
    again = verify(folder / "store", witness=done.witness, incremental=True)
    print(f"and incrementally, one version later, in {time.perf_counter() - began:.1f} s"
          f" ({again.versions} new)")  # fmt: skip


def main() -> None:
    """Print everything, with what is beyond its limit."""
    sys.setrecursionlimit(10_000)
    folder = Path(tempfile.mkdtemp(prefix="tracker-store-"))
    try:
        everything = arrivals(VERSIONS)
        measure_bulk(folder, everything)
        measure_reading(folder)
        measure_verify(folder, everything)
        shutil.rmtree(folder / "store", ignore_errors=True)
        measure_one_by_one(folder, everything)
        measure_gitpython(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
