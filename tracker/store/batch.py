"""Versions on their way into one stream: each placed after those before it, as new commits.

Floor 3, between `versions` and `saving`. Reads the store and the work tree, writes nothing.
"""

from __future__ import annotations

from pathlib import Path

from tracker.law.problems import TrackerError
from tracker.store import saving
from tracker.store.attributes import ATTRIBUTES, ATTRIBUTES_FILE
from tracker.store.catalogue import RECORD, ROOT, Catalogue, Entry
from tracker.store.model import Incoming
from tracker.store.names import is_version_id
from tracker.store.record import read_record
from tracker.store.stream import NewCommit

__all__ = ["Batch"]


class Batch:
    """What is to be appended to the commit of `catalogue`; `top` is the work tree, where there is.

    `commits` grows by one for each version that is new. The paths in `on_disk` lie in the work tree
    already, with the bytes that are committed.
    """

    def __init__(self, catalogue: Catalogue, top: Path | None) -> None:
        self._catalogue = catalogue
        self._top = top
        self._known: dict[str, list[Entry]] = {}
        self._recorded: set[str] = set()
        self._attributed = catalogue.has_attributes
        self._time = catalogue.time
        self.commits: list[NewCommit] = []
        self.on_disk: set[str] = set()

    def add(self, incoming: Incoming, *, each: bool) -> saving.Placed | TrackerError:
        """Place one more version. Raises TrackerError of `saving.place`; with `each` returns it."""
        try:
            return self._add(incoming)
        except TrackerError as error:
            if each:
                return error
            raise

    def _add(self, incoming: Incoming) -> saving.Placed:
        law_id = incoming.law_id
        if law_id not in self._known:
            entries = list(self._catalogue.entries(law_id))
            self._check_disk(law_id, entries)
            self._known[law_id] = entries
        here = saving.place(self._known[law_id], incoming)
        if here.already is not None:
            return here
        beside = self._beside(law_id, incoming)
        self._known[law_id].append(here.entry)
        self.commits.append(saving.commit_of(here, beside, self._time))
        self._time = self.commits[-1].when
        self._attributed = True
        self._recorded.add(law_id)
        return here

    def _beside(self, law_id: str, incoming: Incoming) -> list[tuple[str, bytes]]:
        """The files that the first version of a store and of a law bring with them."""
        beside = []
        if not self._attributed:
            beside.append((f"{ROOT}/{ATTRIBUTES_FILE}", ATTRIBUTES.encode("ascii")))
        if law_id not in self._recorded and not self._catalogue.has_record(law_id):
            beside.append((f"{ROOT}/{law_id}/{RECORD}", saving.record_of(incoming)))
        beside = [(path, self._own(path) or data) for path, data in beside]
        for path, data in beside:
            if path.endswith(RECORD):
                read_record(law_id, data)
        return beside

    def _own(self, path: str) -> bytes | None:
        """The bytes of a file that people may have written before the first ingest did."""
        if self._top is None or not (self._top / path).is_file():
            return None
        self.on_disk.add(path)
        return (self._top / path).read_bytes()

    def _check_disk(self, law_id: str, entries: list[Entry]) -> None:
        """A version on disk that is not committed would get its place in the chain twice."""
        folder = None if self._top is None else self._top / ROOT / law_id
        if folder is None or not folder.is_dir():
            return
        known = {entry.version_id for entry in entries}
        for path in sorted(folder.iterdir()):
            if is_version_id(path.name) and path.name not in known:
                raise TrackerError(
                    "uncommitted-version", f"{law_id}@{path.name} 写在工作区，还没有提交：{path}",
                    "先用 git 提交它，或删去它，再存入别的版本",
                )  # fmt: skip
