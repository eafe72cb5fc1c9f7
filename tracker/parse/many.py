"""Many sources, read on all cores: results in the order asked for, and a failure is of one source.

Floor 1, above `reading`. Worker processes only turn bytes into Documents; what is done with those
stays with the caller. The first workers are forks where the caller has no other threads: they have
loaded what it has. Those that take the place of workers that died begin anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

import tracker.law.packed  # noqa: F401  # how the laws that workers read come back
from tracker.law.collecting import seldom_collecting
from tracker.law.problems import TrackerError
from tracker.parse.document import Document
from tracker.parse.reading import read_source
from tracker.parse.workers import begin_worker, context, cores, forking

__all__ = ["FEWEST", "Read", "Reader", "Readers", "ahead", "cores", "read_many", "read_one"]

FEWEST: Final = 16
"""Files from which workers are started: where they are no forks it takes 0.2 s, in which one core
reads about 200 laws, but the store takes longer still to write 16 of them, and meanwhile the rest
is read."""

BATCH: Final = 8
"""Sources that go to a worker at once: one at a time, passing them takes as long as reading."""
LARGE_BATCH: Final = 32
"""The same once every worker has begun: with 8 at a time a sixth of the time goes into passing."""

T = TypeVar("T")
_Source = tuple[bytes, str, str | None]  # bytes, name, title
R = TypeVar("R")
Read = Callable[[], R]
"""What was made of a source, waited for; raises TrackerError."""

Reader = Callable[[bytes, str, str | None], R]
"""Turns bytes, a name and perhaps a title into a value; a function that a worker can import."""


def read_one(data: bytes, name: str, title: str | None) -> Document:
    """A source, read."""
    return read_source(data, name=name, title=title)


@dataclass(slots=True)
class _Batch:
    """Sources that go to a worker together, and what it will give for each."""

    sources: list[_Source] = field(default_factory=list)
    future: Future[list[Any]] | None = None


class Readers(Generic[R]):
    """Processes that read sources. A context manager; with one worker it starts none.

    `reader` is what they do with each: the more it does and the less it gives back, the more is
    gained, since values go from process to process.
    """

    def __init__(self, workers: int | None, reader: Reader[R]) -> None:
        self.workers = cores() if workers is None else workers
        self._reader = reader
        self._pool: ProcessPoolExecutor | None = None
        self._single: ProcessPoolExecutor | None = None  # one process, for sources one at a time
        self._batch = _Batch()
        self._sent = 0  # batches

    def __enter__(self) -> Readers[R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        for pool in (self._pool, self._single):
            if pool is not None:
                pool.shutdown(wait=kind is None, cancel_futures=True)
        self._pool = self._single = None

    @property
    def window(self) -> int:
        """How many sources to begin before the first is waited for, so that all workers read."""
        return self.workers * LARGE_BATCH * 2 if self.workers > 1 else 0

    def begin(self, data: bytes, *, name: str, title: str | None = None) -> Read[R]:
        """Begin to read a source; what is returned waits for the value.

        It raises TrackerError: those of `read_source`, and `unreadable-source` where reading failed
        in a way of its own or ended its process; other sources are read all the same.
        """
        source = (data, name, title)
        if self.workers < 2:
            return lambda: self._value(_here(self._reader, source))
        batch = self._batch
        batch.sources.append(source)
        place = len(batch.sources) - 1
        if len(batch.sources) == (BATCH if self._sent < self.workers else LARGE_BATCH):
            self._send(batch)
        return lambda: self._value(self._awaited(batch, place))

    def call(self, work: Callable[..., T], *arguments: object) -> Callable[[], T]:
        """Begin other work in a worker; what is returned waits for its value, or raises its error.

        `work` is a function that a worker can import. With one worker it is done when asked for, as
        it is where its process ends.
        """
        here = partial(work, *arguments)
        if self.workers < 2:
            return here
        future = self._submit(work, *arguments)

        def value() -> T:
            try:
                return future.result()
            except BrokenProcessPool:
                return here()

        return value

    @staticmethod
    def _value(read: R | TrackerError) -> R:
        if isinstance(read, TrackerError):
            raise read
        return read

    def _send(self, batch: _Batch) -> Future[list[Any]]:
        if batch is self._batch:
            self._batch = _Batch()
        self._sent += 1
        batch.future = self._submit(_read_batch, self._reader, batch.sources)
        return batch.future

    def _submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        if self._pool is None:
            self._pool = _pool(self.workers, context())
            with forking():
                return self._pool.submit(work, *arguments)
        try:
            return self._pool.submit(work, *arguments)
        except BrokenProcessPool:  # by an earlier source: the next ones get new processes
            self._pool = _pool(self.workers)
            return self._pool.submit(work, *arguments)

    def _awaited(self, batch: _Batch, place: int) -> R | TrackerError:
        future = batch.future or self._send(batch)
        try:
            read: R | TrackerError = future.result()[place]
            return read
        except BrokenProcessPool:  # this source ended its process, or another: alone it will show
            return self._singly(batch.sources[place])

    def _singly(self, source: _Source) -> R | TrackerError:
        """Read a source while no other is read: what ends the process now, it has done."""
        if self._single is None:
            self._single = _pool(1)
        try:
            return self._single.submit(_here, self._reader, source).result()
        except BrokenProcessPool:
            self._single.shutdown()
            self._single = None
            return _failed(source[1], "读取的进程中断（可能是内存不足）")


def read_many(
    sources: Iterable[tuple[str, bytes]], title: str | None = None, *, workers: int | None = None
) -> Iterator[Document | TrackerError]:
    """The document of each source (name and bytes), or why there is none, in order.

    Only so many sources are held at once as keep the workers busy.
    """
    with seldom_collecting(), Readers(workers, read_one) as readers:
        begun = (readers.begin(data, name=name, title=title) for name, data in sources)
        for read in ahead(begun, readers.window):
            try:
                yield read()
            except TrackerError as error:
                yield error


def ahead(items: Iterable[T], count: int) -> Iterator[T]:
    """The same items, each made `count` items before it is handed on."""
    waiting: deque[T] = deque()
    for item in items:
        waiting.append(item)
        if len(waiting) > count:
            yield waiting.popleft()
    yield from waiting


def _pool(workers: int, begun: BaseContext | None = None) -> ProcessPoolExecutor:
    """So many processes, begun as told, else from nothing: by now the caller may hold something
    that a fork would hold too."""
    return ProcessPoolExecutor(workers, begun or get_context("spawn"), initializer=begin_worker)


def _read_batch(reader: Reader[R], sources: list[_Source]) -> list[R | TrackerError]:
    return [_here(reader, source) for source in sources]


def _here(reader: Reader[R], source: _Source) -> R | TrackerError:
    data, name, title = source
    try:
        return reader(data, name, title)
    except TrackerError as error:
        return error
    except Exception as error:  # a fault of the reader: it is of this source, not of the run
        return _failed(name, f"{type(error).__name__}: {error}")


def _failed(name: str, why: str) -> TrackerError:
    return TrackerError(
        "unreadable-source", f"无法读取 {name}：{why}", "报告这个问题，并附上来源文件"
    )
