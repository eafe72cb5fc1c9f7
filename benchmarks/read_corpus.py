"""How long the reader takes for the corpus, as a multiple of reading and scanning its lines.

Reads ../shared/corpus.tar.xz where it is present, a file at a time and in one process: normalise,
parse, write. The floor, measured in the same run on the same bytes, is: decode, NFC, split into
lines, one regular expression over each line. Prints the ratio, growth with length, peak memory, and
reading on one core beside all.
"""

from __future__ import annotations

import re
import sys
import tarfile
import time
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from tracker.parse import canonical
from tracker.parse.many import cores, read_many
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
LIMIT_RATIO = 10.0  # times the floor
LIMIT_GROWTH = 11.0  # times as long for a law ten times as long
LIMIT_MEMORY = 200.0  # MB, the interpreter and the packed corpus on its way included
SECTIONS = (1, 10, 50, 100)  # lengths, in times the shortest
ROUNDS = 3
BATCH = 400  # files held at once: the corpus is streamed
MANY = 1600  # files for one core beside all: workers take a third of a second to start
_HEADING = re.compile("[ \u3000]*第[零〇○一二三四五六七八九十百千万0-9]{1,16}[编章节条]")


def corpus() -> Iterator[bytes]:
    """The text files of the corpus, in the order of the archive, one at a time."""
    with tarfile.open(CORPUS, "r|xz") as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".txt"):
                data = archive.extractfile(member)
                if data is not None:
                    yield data.read()
            archive.members.clear()  # a stream keeps the header of each file it has passed


def batches(files: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The files, `BATCH` at a time."""
    batch: list[bytes] = []
    for data in files:
        batch.append(data)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def floor(files: Iterable[bytes]) -> None:
    """What no reader of lines can do without."""
    match = _HEADING.match
    for data in files:
        for line in unicodedata.normalize("NFC", data.decode("utf-8")).split("\n"):
            match(line)


def full(files: Iterable[bytes]) -> None:
    """Bytes to law to canonical text."""
    for data in files:
        canonical.write(read_source(data, name="corpus.txt").law)


def _cpu(work: object, files: list[bytes], rounds: int) -> float:
    """The fewest seconds of this process: what others do on the computer counts little."""
    assert callable(work)
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work(files)
        best = min(best, time.process_time() - start)
    return best


def _verdict(value: float, limit: float) -> str:
    return f"{'within' if value <= limit else 'beyond'} the limit of {limit:.0f}"


def peak_mb() -> float | None:
    """Most memory this process has had, in MB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024 / 1024


def measure_corpus() -> None:
    """Print the seconds of both and how many times as long reading takes."""
    bare = whole = 0.0
    size = count = 0
    for batch in batches(corpus()):
        bare += _cpu(floor, batch, ROUNDS)
        whole += _cpu(full, batch, ROUNDS)
        size += sum(map(len, batch))
        count += len(batch)
    mb = size / 1e6
    print(f"{count} files, {mb:.1f} MB: floor {bare:.2f} s, read and written {whole:.2f} s")
    print(f"{whole / bare:.1f} times the floor, {_verdict(whole / bare, LIMIT_RATIO)}")
    print(f"{mb / whole:.1f} MB/s")


def law_of(times: int) -> bytes:
    """A law of `times` × 100 articles with chapters, 款 and 项; invented."""
    from tracker.law.numbering import write_numeral as numeral

    lines = ["某市测试条例", ""]
    for number in range(1, times * 100 + 1):
        if number % 50 == 1:
            lines += [f"第{numeral(number // 50 + 1)}章 一般规定", ""]
        lines += [
            f"第{numeral(number)}条 为了规范第{numeral(number)}类测试活动(以下简称活动),制定本条：",
            "（一）甲方应当按照规定提交材料；",
            "（二）乙方应当自收到材料之日起三十日内答复。",
            "违反前款规定的，由主管部门责令改正。",
            "",
        ]
    return "\n".join(lines).encode("utf-8")


def measure_growth() -> None:
    """Print the time per MB for longer and longer laws, and the growth for ten times as long."""
    laws = {times: law_of(times) for times in SECTIONS}
    seconds = {times: (len(data), float("inf")) for times, data in laws.items()}
    for _ in range(ROUNDS * 2):  # in turn, so that a busy moment is not one length's alone
        for times, data in laws.items():
            size, best = seconds[times]
            seconds[times] = (size, min(best, _cpu(full, [data], 1)))
    for size, took in seconds.values():
        print(f"{size / 1000:8.0f} kB {took * 1000:9.1f} ms {took / size * 1e9:7.1f} ms/MB")
    growth = []
    for times, (size, took) in seconds.items():
        if times * 10 in seconds:
            longer, took_longer = seconds[times * 10]
            growth.append(took_longer / took / (longer / size) * 10)
    verdict = _verdict(max(growth), LIMIT_GROWTH)
    print(f"ten times as long takes {max(growth):.1f} times as long, {verdict}")


def measure_cores() -> None:
    """Print reading on one core and on all, the way `tracker ingest` of many files does it."""
    sources = [(f"{n}.txt", data) for n, data in zip(range(MANY), corpus(), strict=False)]
    for workers in (1, cores()):
        start = time.perf_counter()
        read = sum(1 for _ in read_many(sources, workers=workers))
        took = time.perf_counter() - start
        print(f"{read} files on {workers} core{'s' * (workers > 1)}: {took:.2f} s")


def main() -> None:
    """Print everything, with what is beyond its limit."""
    if not CORPUS.is_file():
        print("no corpus found beside the project (../shared/corpus.tar.xz); nothing measured")
        return
    measure_corpus()
    measure_growth()
    memory = peak_mb()
    if memory is not None:
        print(f"peak memory {memory:.0f} MB, {_verdict(memory, LIMIT_MEMORY)}")
    measure_cores()


if __name__ == "__main__":
    main()
