"""Many stored versions examined, on all cores where there are many; the order stays.

Floor 3, above `examine`. A source that ends the process that reads it is a finding of its version.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.parse.many import cores
from tracker.store.examine import Link, Sample, examine

__all__ = ["Examined", "examine_many"]

Examined = tuple[Link | None, tuple[Problem, ...]]
_FEWEST: Final = 60  # versions from which processes pay: starting them takes as long as 50 versions
_BATCH: Final = 20  # versions that go to a process at once


def examine_many(samples: Iterable[Sample], workers: int | None = None) -> Iterator[Examined]:
    """What `examine` gives for each, in order. `workers`: how many processes (None: all cores)."""
    waiting = iter(samples)
    first = list(islice(waiting, _FEWEST))
    count = cores() if workers is None else workers
    if len(first) < _FEWEST or count < 2:
        for sample in first:
            yield examine(sample)
        for sample in waiting:
            yield examine(sample)
        return
    with _pool(count) as pool:
        running: deque[tuple[list[Sample], Future[list[Examined]]]] = deque()
        for batch in _batches(first, waiting):
            running.append((batch, pool.submit(_examine, batch)))
            if len(running) > count * 2:
                yield from _awaited(*running.popleft())
        while running:
            yield from _awaited(*running.popleft())


def _batches(first: list[Sample], rest: Iterator[Sample]) -> Iterator[list[Sample]]:
    for start in range(0, len(first), _BATCH):
        yield first[start : start + _BATCH]
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _awaited(batch: list[Sample], future: Future[list[Examined]]) -> list[Examined]:
    try:
        return future.result()
    except BrokenProcessPool:  # by one of these, or by one of another batch: each alone will show
        return [_alone(sample) for sample in batch]


def _alone(sample: Sample) -> Examined:
    with _pool(1) as alone:
        try:
            return alone.submit(_examine, [sample]).result()[0]
        except BrokenProcessPool:
            problem = Problem(
                code="unreadable-source", severity=Severity.ERROR,
                law=sample.law_id, version=sample.version_id,
                message=f"{sample.law_id}@{sample.version_id}：核对的进程中断（可能是内存不足）",
                hint="腾出内存后重新核对",
            )  # fmt: skip
            return None, (problem,)


def _examine(samples: list[Sample]) -> list[Examined]:
    return [examine(sample) for sample in samples]


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    """Ctrl-C goes to the whole group of processes; the caller answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
