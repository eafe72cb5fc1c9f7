"""Fills the pages of laws into their frames, on all cores where there are many.

Floor 5. Called once MkDocs has built the frames; by then nothing else has work to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tracker.site.frames import Frame, fill, read_sheet

__all__ = ["Built", "Task", "fill_all"]

Built = Mapping[str, tuple[Frame, str]]
"""For each form its frame, and that as MkDocs built it."""

Task = tuple[str, str, str, tuple[str, ...], str]
"""The form of a page, its file, its law, the folders below it, and the file to write."""

_FEWEST: Final = 100
"""Pages from which processes share them: filling one takes about 0.7 ms, a fork 20 ms."""


def fill_all(built: Built, tasks: Sequence[Task]) -> None:
    """Fill and write these pages."""
    # Loaded here and not above: MkDocs is to be started before that.
    from concurrent.futures import ProcessPoolExecutor

    from tracker.parse.workers import cores, forking, may_fork

    workers, fork = cores(), may_fork()
    if len(tasks) < _FEWEST or workers < 2 or fork is None:
        _fill_some(built, tasks)
        return
    with ProcessPoolExecutor(
        workers, mp_context=fork, initializer=_begin, initargs=(built, tasks)
    ) as pool:
        with forking():
            done = pool.map(_fill_share, [(first, workers) for first in range(workers)])
        list(done)


_HERE: list[tuple[Built, Sequence[Task]]] = []
"""What a worker works with: a fork has it without being sent it."""


def _begin(built: Built, tasks: Sequence[Task]) -> None:
    _HERE[:] = [(built, tasks)]


def _fill_share(share: tuple[int, int]) -> None:
    first, step = share
    built, tasks = _HERE[0]
    _fill_some(built, tasks[first::step])


def _fill_some(built: Built, tasks: Sequence[Task]) -> None:
    for form, path, law_id, rest, target in tasks:
        frame, text = built[form]
        page = fill(frame, text, read_sheet(Path(path), law_id, rest))
        Path(target).write_text(page, encoding="utf-8", newline="\n")
