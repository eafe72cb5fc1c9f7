"""The laws whose pages must be made, on all cores: a worker writes the files of a law itself.

Floor 5. What comes back is small, in the order of the laws, so the site is the same whatever the
number of workers.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError
from tracker.parse.workers import context, cores, forking
from tracker.site.folder import Folder, Stat
from tracker.site.law_pages import Sheets, Told, write_law
from tracker.store.versions import Store

__all__ = ["Made", "make_laws"]

FEWEST: Final = 12
"""Laws from which workers are started: starting them may cost half a second, a law about 50 ms."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written of one law: `told` is None for one without versions.

    `laws` and `api` are the files in the two folders, `changed` how many of each differed from what
    stood there; `sheets` are its pages.
    """

    law_id: str
    told: Told | TrackerError | None
    laws: Mapping[str, Stat] = field(default_factory=dict)
    api: Mapping[str, Stat] = field(default_factory=dict)
    changed: tuple[int, int] = (0, 0)
    sheets: Sheets = field(default_factory=dict)


def make_laws(
    store: Store, law_ids: Sequence[str], laws: Path, api: Path, address: str
) -> Iterator[Made]:
    """Write the files of each law under the folders `laws` and `api`, in the order asked for."""
    workers = min(cores(), len(law_ids) // FEWEST + 1)
    if workers < 2:
        for law_id in law_ids:
            yield _make(store, law_id, laws, api, address)
        return
    with ProcessPoolExecutor(
        workers, mp_context=context(), initializer=_begin,
        initargs=(store.root, laws, api, address),
    ) as pool:  # fmt: skip
        with forking():
            found = pool.map(_make_one, law_ids)
        yield from found


_HERE: list[tuple[Store, Path, Path, str]] = []
"""What a worker works with; set once when it starts."""
_HELD: Final = ExitStack()
"""The commit that a worker reads, until it ends: git need not be asked for each law which it is."""


def _begin(root: Path, laws: Path, api: Path, address: str) -> None:
    gc.freeze()  # what is loaded stays: not looked through again and again for what is to go
    store = Store.open(root)
    _HELD.enter_context(store.one_commit())
    _HERE[:] = [(store, laws, api, address)]


def _make_one(law_id: str) -> Made:
    store, laws, api, address = _HERE[0]
    return _make(store, law_id, laws, api, address)


def _make(store: Store, law_id: str, laws: Path, api: Path, address: str) -> Made:
    pages, data = Folder(laws), Folder(api)
    try:
        with store.one_commit():
            made = write_law(store, law_id, pages, data, address)
    except TrackerError as error:
        return Made(law_id, error)
    if made is None:
        return Made(law_id, None)
    told, sheets = made
    return Made(law_id, told, pages.files, data.files, (pages.changed, data.changed), sheets)
