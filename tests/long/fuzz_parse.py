"""10,000 mutated sources are read: each ends in a document or in an error of ours, and in time.

Prints the slowest one and the most memory the process has had.

Run by hand: ``python -m tests.long.fuzz_parse [COUNT] [SEED]``; the suite runs 500 of them.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.read_corpus import peak_mb
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.reading import read_source

CASES = Path(__file__).resolve().parents[1] / "cases"
SLOWEST = 10  # seconds that one input may take
MOST_MEMORY = 1024  # MB that the process may have had, all inputs together
PIECES = (
    "第", "条", "第一条", "第十条之一　", "第一百〇一条 ", "目录", "（一）", "1.", "一、", "——",
    "《", "》", "（", "）", "【", "】", "前款", "本条例第三条第一款", "\u3000", "\t", "\r", "\n",
    "\n\n", "\u200b", "\u202e", "\ufeff", "\ue000", "\u2f47", "\ufffd", "\x00", "\x85",
    "年 月 日", "2021年13月40日", "附件1：", "# ", "**", "---\n", "<html><body>", "<p>", "</div>",
    "<!--", "<script>", "&nbsp;", "&#x202e;", "[bookmark: 甲]", "对第一条的意见\n",
    "关于《甲条例（草案）》的说明\n", "（责任单位：", "自公布之日起施行。", "𠀀", "⺀",
)  # fmt: skip


def sources() -> list[bytes]:
    """The texts that are mutated, in several encodings."""
    paths = [*sorted(CASES.glob("*/*.txt")), *sorted(CASES.glob("*/*/source.txt"))]
    texts = [path.read_text(encoding="utf-8")[:6000] for path in paths]
    pages = [
        "<html><body><p>" + t.replace("\n", "</p><p>") + "</p></body></html>" for t in texts[:8]
    ]
    out = [text.encode() for text in texts + pages]
    out += [text.encode("gb18030") for text in texts[:6]] + [texts[0].encode("utf-16")]
    return out


def inputs(count: int, seed: int) -> Iterator[bytes]:
    """`count` mutations of the sources; the same ones for the same seed. A quarter is of bytes."""
    chance, known = random.Random(seed), sources()
    texts = [data.decode("utf-8") for data in known if b"\xff" not in data and _is_utf8(data)]
    for _ in range(count):
        if chance.random() < 0.25:
            data = chance.choice(known)
            for _ in range(chance.randint(1, 8)):
                data = _mutated(data, chance, known)
            yield data
            continue
        text = chance.choice(texts)
        for _ in range(chance.randint(1, 8)):
            text = _mutated_text(text, chance, texts)
        yield text.encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mutated_text(text: str, chance: random.Random, known: list[str]) -> str:
    a, b = sorted(chance.randint(0, len(text)) for _ in range(2))
    what = chance.randint(0, 5)
    if what == 0:
        piece = chance.choice(PIECES) if chance.random() < 0.1 else chance.choice(PIECES[:18])
        return text[:a] + piece * chance.choice((1, 1, 3, 200)) + text[a:]
    if what == 1:
        return text[:a] + text[min(b, a + 40) :]
    if what == 2:
        return text[:a] + text[a:b] * 2 + text[b:]
    if what == 3:
        return text[:a] + chance.choice(known)[: chance.randint(0, 2000)] + text[b:]
    lines = text.split("\n")
    if what == 4:
        chance.shuffle(lines)
    else:
        lines = [line + chance.choice(("", "", " ", "。")) for line in lines]
    return "\n".join(lines)


def _mutated(data: bytes, chance: random.Random, known: list[bytes]) -> bytes:
    a, b = sorted(chance.randint(0, len(data)) for _ in range(2))
    what = chance.randint(0, 4)
    if what == 0:
        return data[:a] + chance.choice(PIECES).encode() * chance.choice((1, 3, 200)) + data[a:]
    if what == 1:
        return data[:a] + data[b:]
    if what == 2:
        return data[:a] + data[a:b] * 2 + data[b:]
    if what == 3:
        return data[:a] + bytes((chance.randint(0, 255),)) + data[a + 1 :]
    return data[:a] + chance.choice(known)[: chance.randint(0, 2000)] + data[b:]


def outcome(data: bytes) -> str:
    """``read``, ``refused`` (one of our errors), or what went wrong."""
    try:
        document = read_source(data, name="fuzz")
    except TrackerError:
        return "refused"
    except Exception as error:  # the promise is that there is none
        return f"{type(error).__name__}: {error}"
    try:
        again = canonical.read(canonical.write(document.law))
    except TrackerError as error:
        return f"not canonical: {error.message}"
    return "read" if again == document.law else "round trip"


def run(
    inputs_of: Callable[[int, int], Iterator[bytes]], outcome_of: Callable[[bytes], str], usual: int
) -> None:
    """Print how many of each outcome, the slowest, and the most memory; COUNT and SEED as given on
    the command line, `usual` and 1 where they are not."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else usual
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts: Counter[str] = Counter()
    slowest = 0.0
    for data in inputs_of(count, seed):
        signal.alarm(SLOWEST)
        start = time.perf_counter()
        result = outcome_of(data)
        slowest = max(slowest, time.perf_counter() - start)
        signal.alarm(0)
        counts[result[:200]] += 1
    for result, found in counts.most_common():
        print(f"{found:6} {result}")
    print(f"slowest: {slowest:.2f} s, limit {SLOWEST} s")
    most = peak_mb()
    if most is not None:
        print(f"most memory: {most:.0f} MB, limit {MOST_MEMORY} MB")


if __name__ == "__main__":
    run(inputs, outcome, 10_000)
