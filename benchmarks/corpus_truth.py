"""Whether the reader keeps its promises on every law of the corpus, and how often.

Reads ../shared/corpus.tar.xz where it is present. For each file: no exception, ``read(write(law))``
is the law, canonical text read as a source stays the same, each Han character is kept exactly once,
as many articles as the index says or as a reader of the file has found, and numbers that go up
without a gap or a problem that names it. tests/parse/test_corpus.py asks the same of a sample.
"""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.many import cores
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
LEAST_EQUAL = 0.995  # share of files with as many articles as the index says
BATCH = 50
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff]")
_NUMERALS = frozenset("零〇○一二三四五六七八九十百千第笫")
"""What `heading-number` may rewrite: 附件1 → 附件一, 第三十－条 → 第三十一条, 笫 → 第."""
_ODD_NUMBERS = frozenset({"numbering-gap", "repeated-number", "numbering-restart", "first-article"})

SPACE = "the index misses an article with a space inside its number (第一百二十八 条)"
RUN_IN = "the source runs articles into one line, which the index counts as one"
MISPRINT = "the mark of an article is misprinted in the source (笫五十四条, 第三十－条)"
DIFFERENT = {
    "司法解释/最高人民法院关于适用《刑事诉讼法》的解释(2021-01-26).txt": (655, SPACE),
    "地方性法规/山东/青岛市海上交通安全条例(2014-09-26).txt": (78, SPACE),
    "地方性法规/浙江/浙江省农村生活污水处理设施管理条例(2019-09-27).txt": (36, SPACE),
    "地方性法规/重庆/重庆市合同格式条款监督条例(2010-07-30).txt": (28, SPACE),
    "诉讼与非诉讼程序法/刑事诉讼法(2018-10-26).txt": (308, SPACE),
    "地方性法规/北京/北京市人民代表大会议事规则(2022-01-10).txt": (53, RUN_IN),
    "地方性法规/河南/周口市文明行为促进条例(2020-12-16).txt": (42, RUN_IN),
    "地方性法规/河南/河南省专业技术人员继续教育条例(2010-07-30).txt": (27, RUN_IN),
    "地方性法规/河南/河南省历史文化名城保护条例(2010-07-30).txt": (30, RUN_IN),
    "地方性法规/河南/河南省基本农田保护条例(2010-07-30).txt": (35, RUN_IN),
    "地方性法规/河南/郑州市社会急救医疗条例(2019-01-22).txt": (40, RUN_IN),
    "行政法规/飞行基本规则(2007-10-18).txt": (124, RUN_IN),
    "地方性法规/重庆/彭水苗族土家族自治县城乡建设管理条例(2013-05-31).txt": (75, MISPRINT),
    "民法商法/农民专业合作社法(2017-12-27).txt": (74, MISPRINT),
}
"""Files whose number of articles is not the index's, each read at the place: how many, and why."""


class Source(NamedTuple):
    """A file of the corpus and how many articles the index counts in it."""

    path: str
    articles: int
    data: bytes


def corpus() -> Iterator[Source]:
    """The files that the index lists, in the order of the archive."""
    counts: dict[str, int] = {}
    waiting: list[tuple[str, bytes]] = []
    with tarfile.open(CORPUS, "r|xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is None:
                continue
            if member.name.endswith("index.tsv"):
                rows = csv.DictReader(io.StringIO(held.read().decode()), delimiter="\t")
                counts = {row["path"]: int(row["n_articles"]) for row in rows}
            else:
                waiting.append((member.name.removeprefix("./"), held.read()))
            if counts:
                yield from (Source(n, counts[n], d) for n, d in waiting if n in counts)
                waiting.clear()


def broken(source: Source) -> list[str]:
    """The promises that reading a file breaks, in words; none where it keeps them all."""
    try:
        document = read_source(source.data, name=source.path)
        text = canonical.write(document.law)
        found = []
        if canonical.read(text) != document.law:
            found.append("read(write(law)) is another law")
        if canonical.write(read_source(text.encode(), name="canonical").law) != text:
            found.append("its canonical text is read differently")
    except (TrackerError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        return [f"{type(error).__name__}: {error}"]
    found.extend(_not_conserved(source.data.decode("utf-8"), text, document))
    count = len(document.law.articles())
    wanted = DIFFERENT.get(source.path, (source.articles, ""))[0]
    if count != wanted:
        found.append(f"{count} articles, not {wanted}")
    found.extend(_unexplained(document))
    return found


def _not_conserved(before: str, text: str, document: Document) -> Iterator[str]:
    kept = Counter(_HAN.findall(text + (document.note or "")))
    kept += Counter(_HAN.findall(document.notice.text if document.notice else ""))
    for dropped in document.ledger.dropped:
        kept += Counter(_HAN.findall(dropped.text))
    source = Counter(_HAN.findall(before))
    allowed = _NUMERALS if "heading-number" in dict(document.ledger.rewrites) else frozenset()
    for what, chars in (("lost", source - kept), ("invented", kept - source)):
        odd = "".join(char for char in chars if char not in allowed)
        if odd:
            yield f"{what}: {odd[:40]}"


def _unexplained(document: Document) -> Iterator[str]:
    """Numbers that do not go up one by one and that no problem names."""
    named = {p.citation for p in document.problems if p.code in _ODD_NUMBERS}
    numbers = [p.number for p in document.law.articles() if p.number]
    odd = [b for a, b in pairwise(numbers) if not b.follows(a)]
    if numbers and numbers[0].value != 1:
        odd.append(numbers[0])
    for number in odd:
        here = number.written("条")
        if here not in named:
            yield f"{here} stands out of order and no problem says so"


def _broken_of(sources: list[Source]) -> list[tuple[str, bool, list[str]]]:
    return [(one.path, one.path not in DIFFERENT, broken(one)) for one in sources]


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    iterator = iter(sources)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def checked(sources: Iterable[Source]) -> Iterator[tuple[str, bool, list[str]]]:
    """For each file its path, whether its count is the index's, and what is broken; all cores."""
    with ProcessPoolExecutor(cores()) as pool:
        for found in pool.map(_broken_of, _batches(sources)):
            yield from found


def main() -> None:
    """Print every broken promise, and how many files keep all."""
    if not CORPUS.is_file():
        print("no corpus found beside the project (../shared/corpus.tar.xz); nothing checked")
        return
    files = equal = whole = 0
    for path, as_indexed, found in checked(corpus()):
        files += 1
        equal += as_indexed
        whole += not found
        for words in found:
            print(f"{path}: {words}")
    verdict = "within" if equal >= LEAST_EQUAL * files else "below"
    print(f"{whole} of {files} files keep every promise")
    print(f"{equal / files:.2%} have as many articles as the index says, {verdict} the limit")
    for reason in (SPACE, RUN_IN, MISPRINT):
        print(f"{sum(why == reason for _, why in DIFFERENT.values())} files: {reason}")


if __name__ == "__main__":
    main()
