"""Folders as git keeps them: what they list, and where files lie; the last ones stay in memory.

Floor 3, below `repository`, which gives the objects. A tree has its id for a name, so one that
was read once need not be read again; an ingest asks three times for the list of all laws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tracker.store.git.process import BadObjectError, tree_entries

__all__ = ["Entries", "Trees"]

Entries = dict[str, tuple[str, str]]
"""Name → (mode, object id)."""
_Read = Callable[[Sequence[str]], Iterator[tuple[str, bytes] | None]]
_LONG: Final = 50  # entries from which a tree is a long one
_KEPT: Final = 4  # of the long ones
_LATELY: Final = 32
"""Of the others: the folder of a law and those of its versions are asked for twenty times while its
pages are made, and git answers from another process."""


class Trees:
    """Trees by their ids; `read` gives kind and bytes of objects, None for one not sound."""

    def __init__(self, read: _Read) -> None:
        self._read = read
        self._kept: dict[str, Entries] = {}
        self._lately: dict[str, Entries] = {}

    def of(self, oid: str) -> Entries:
        """What one lists, or that of a commit. Raises BadObjectError."""
        known = self._known(oid)
        if known is not None:
            return known
        read = next(self._read((oid,)))
        if read is not None and read[0] == "commit":
            return self.of(read[1][5:45].decode("ascii"))
        return self._parse(oid, read)

    def entries(self, oids: Sequence[str]) -> Iterator[Entries]:
        """What each lists. Raises BadObjectError at one that is damaged or no tree."""
        known = dict(self._kept)
        read = self._read([oid for oid in oids if oid not in known])
        for oid in oids:
            found = known.get(oid)
            yield self._parse(oid, next(read)) if found is None else found

    def each(self, oids: Sequence[str]) -> Iterator[Entries | None]:
        """The same, but None for one that is damaged or no tree."""
        known = self._known(oids[0]) if len(oids) == 1 else None
        if known is not None:
            yield known
            return
        for oid, found in zip(oids, self._read(oids), strict=True):
            try:
                yield self._parse(oid, found)
            except BadObjectError:
                yield None

    def _known(self, oid: str) -> Entries | None:
        return self._kept.get(oid, self._lately.get(oid))

    def _parse(self, oid: str, read: tuple[str, bytes] | None) -> Entries:
        if read is None or read[0] != "tree":
            raise BadObjectError(oid)
        try:
            entries = tree_entries(read[1])
        except ValueError as error:
            raise BadObjectError(oid) from error
        kept, most = (self._kept, _KEPT) if len(entries) > _LONG else (self._lately, _LATELY)
        kept[oid] = entries
        while len(kept) > most:
            del kept[next(iter(kept))]
        return entries

    def locate(self, root: str, paths: Sequence[str]) -> list[str]:
        """The object ids of files below a tree, "" for one that is not there.

        Trees of one depth are read together. Raises BadObjectError.
        """
        wanted: dict[str, set[str]] = {}
        for path in paths:
            parts = path.split("/")
            for depth, name in enumerate(parts):
                wanted.setdefault("/".join(parts[:depth]), set()).add(name)
        found = {"": ("40000", root)}
        for depth in range(max((path.count("/") for path in paths), default=0) + 1):
            folders = [
                folder for folder in sorted(wanted)
                if (folder.count("/") + 1 if folder else 0) == depth
                and found.get(folder, ("",))[0] == "40000"
            ]  # fmt: skip
            lists = self.entries([found[folder][1] for folder in folders])
            for folder, entries in zip(folders, lists, strict=True):
                before = f"{folder}/" if folder else ""
                here = wanted[folder] & entries.keys()
                found |= {f"{before}{name}": entries[name] for name in here}
        return [found[path][1] if path in found else "" for path in paths]
