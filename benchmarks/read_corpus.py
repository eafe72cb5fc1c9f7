"""How long the reader takes for the corpus, as a multiple of reading and searching its lines.

Unpacks ../shared/corpus.tar.xz where it is present into a temporary folder and reads it a file at a
time in one process: bytes from the file, normalise, parse, write canonical text.

The floor does in plain Python, on the same files and in the same run, what no reader of lines is
spared: read the file, decode, NFC, split into lines, and one regular expression over each line. The
expression is that for the number of a provision (第十二条, 第三款), gone through each line to its
end (`findall`), since a reader must see headings and citations wherever they stand. The ratio with
the cheapest expression there is, one matched at the start of a line only, is printed beside it.

Floor and reader take turns on a hundred files at a time, each the best of five: what others do on
the computer then weighs on both. Also prints growth with length, the most memory, and reading on
one core beside all.
"""

from __future__ import annotations

import gc
import re
import sys
import tarfile
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from tracker.parse import canonical
from tracker.parse.many import cores, read_many
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
LIMIT_RATIO = 10.0  # times the floor
LIMIT_GROWTH = 11.0  # times as long for a law ten times as long
LIMIT_MEMORY = 200.0  # MB, the interpreter and the packed corpus on its way included
SECTIONS = (1, 10, 50, 100)  # lengths, in times the shortest
ROUNDS = 5
BATCH = 100  # files that floor and reader take turns on: a tenth of a second, so that a short
# disturbance costs one turn of one of them and not the best of all turns
_NUMERAL = "[零〇○一二三四五六七八九十百千万0-9]"
_SOMEWHERE = re.compile(f"第{_NUMERAL}{{1,16}}[编章节条款项目]").findall
_AT_START = re.compile(f"第{_NUMERAL}{{1,16}}[编章节条]").match


def corpus() -> Iterator[bytes]:
    """The text files of the corpus, in the order of the archive, one at a time."""
    with tarfile.open(CORPUS, "r|xz") as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".txt"):
                data = archive.extractfile(member)
                if data is not None:
                    yield data.read()
            archive.members.clear()  # a stream keeps the header of each file it has passed


def unpacked(folder: Path) -> list[Path]:
    """The same files, written to a folder."""
    paths: list[Path] = []
    for number, data in enumerate(corpus()):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_bytes(data)
    return paths


def floor(paths: Iterable[Path], over: Callable[[str], object] = _SOMEWHERE) -> None:
    """What no reader of lines can do without."""
    for path in paths:
        for line in unicodedata.normalize("NFC", path.read_bytes().decode("utf-8")).split("\n"):
            over(line)


def floor_at_start(paths: Iterable[Path]) -> None:
    """The floor with the cheapest expression: matched where a line starts and nowhere else."""
    floor(paths, _AT_START)


def full(paths: Iterable[Path]) -> None:
    """File to law to canonical text."""
    for path in paths:
        canonical.write(read_source(path.read_bytes(), name=path.name).law)


def parse(data: bytes) -> None:
    """Bytes to law to canonical text."""
    canonical.write(read_source(data, name="law.txt").law)


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of this process: what others do on the computer counts little."""
    start = time.process_time()
    work()
    return time.process_time() - start


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


def measure_corpus(paths: list[Path]) -> None:
    """Print the seconds of all three and how many times as long reading takes."""
    works = (floor, floor_at_start, full)
    seconds = [0.0] * len(works)
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        best = [float("inf")] * len(works)
        for _ in range(ROUNDS):
            for index, work in enumerate(works):
                best[index] = min(best[index], _cpu(partial(work, batch)))
        seconds = [total + took for total, took in zip(seconds, best, strict=True)]
    mb = sum(path.stat().st_size for path in paths) / 1e6
    searched, matched, whole = seconds
    print(
        f"{len(paths)} files, {mb:.1f} MB, read and written in {whole:.2f} s: {mb / whole:.1f} MB/s"
    )
    print(f"floor {searched:.2f} s: {whole / searched:.1f} times, "
          f"{_verdict(whole / searched, LIMIT_RATIO)}")  # fmt: skip
    print(f"floor at the start of lines only {matched:.2f} s: {whole / matched:.1f} times")


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
    for _ in range(ROUNDS * 3):  # in turn, so that a busy moment is not one length's alone
        for times, data in laws.items():
            size, best = seconds[times]
            gc.collect()  # what the last one left behind is not for this one to clear away
            seconds[times] = (size, min(best, _cpu(partial(parse, data))))
    for size, took in seconds.values():
        print(f"{size / 1000:8.0f} kB {took * 1000:9.1f} ms {took / size * 1e9:7.1f} ms/MB")
    growth = []
    for times, (size, took) in seconds.items():
        if times * 10 in seconds:
            longer, took_longer = seconds[times * 10]
            growth.append(took_longer / took / (longer / size) * 10)
    verdict = _verdict(max(growth), LIMIT_GROWTH)
    print(f"ten times as long takes {max(growth):.1f} times as long, {verdict}")


def measure_cores(paths: list[Path]) -> None:
    """Print reading on one core and on all, the way `tracker ingest` of many files does it."""
    took: list[float] = []
    for workers in sorted({1, cores()}):
        sources = ((path.name, path.read_bytes()) for path in paths)
        start = time.perf_counter()
        read = sum(1 for _ in read_many(sources, workers=workers))
        took.append(time.perf_counter() - start)
        print(f"{read} files on {workers} core{'s' * (workers > 1)}: {took[-1]:.2f} s")
    print(f"all cores: {took[0] / took[-1]:.2f} times as fast")


def main() -> None:
    """Print everything, with what is beyond its limit."""
    if not CORPUS.is_file():
        print("no corpus found beside the project (../shared/corpus.tar.xz); nothing measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = unpacked(Path(folder))
        measure_corpus(paths)
        memory = peak_mb()
        if memory is not None:
            print(f"peak memory {memory:.0f} MB, {_verdict(memory, LIMIT_MEMORY)}")
        measure_growth()
        measure_cores(paths)


if __name__ == "__main__":
    main()
