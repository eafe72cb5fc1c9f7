"""Fills the pages of laws into their frames, and does other such work, on all cores.

Floor 5. Called once the pages are written; by then nothing else has work to do but MkDocs, and that
for a second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from tracker.site.frames import Cut, Frame, Sheet

__all__ = ["Built", "Task", "fill_all", "share_out"]

T = TypeVar("T")

Built = Mapping[str, tuple[Frame, str]]
"""For each form its frame, and that as MkDocs built it."""

Task = tuple[Sheet, str, str]
"""A page, its file, and the file to write."""

_FEWEST: Final = 100
"""Pages from which processes share them: filling one takes about 0.4 ms, a fork 20 ms."""


def fill_all(built: Built, tasks: Sequence[Task]) -> None:
    """Fill and write these pages."""

    def fill_some(some: Sequence[Task]) -> None:
        cut: dict[str, Cut] = {}
        for sheet, path, target in some:
            if sheet.form not in cut:
                cut[sheet.form] = Cut(*built[sheet.form], sheet.words)
            with open(path, "rb") as source:  # noqa: PTH123
                page = cut[sheet.form].filled(sheet, source.read())
            with open(target, "wb", buffering=0) as file:  # noqa: PTH123
                file.write(page)

    share_out(fill_some, tasks, _FEWEST)


def share_out(do: Callable[[Sequence[T]], None], tasks: Sequence[T], fewest: int) -> None:
    """Do these tasks, from so many of them on in several processes, each an even share of them."""
    # Loaded here and not above: MkDocs is to be started before that.
    from concurrent.futures import ProcessPoolExecutor

    from tracker.parse.workers import cores, forking, may_fork

    workers, fork = cores(), may_fork()
    if len(tasks) < fewest or workers < 2 or fork is None:
        do(tasks)
        return
    with ProcessPoolExecutor(
        workers, mp_context=fork, initializer=_begin, initargs=(do, tasks)
    ) as pool:
        with forking():
            done = pool.map(_do_share, [(first, workers) for first in range(workers)])
        list(done)


_HERE: list[tuple[Callable[[Sequence[Any]], None], Sequence[Any]]] = []
"""What a worker works with: a fork has it without being sent it."""


def _begin(do: Callable[[Sequence[Any]], None], tasks: Sequence[Any]) -> None:
    _HERE[:] = [(do, tasks)]


def _do_share(share: tuple[int, int]) -> None:
    first, step = share
    do, tasks = _HERE[0]
    do(tasks[first::step])
