"""Folders as git keeps them: what they list, and where files lie; long ones are kept in memory.

Floor 3, below `git`, which gives the objects. A tree has its id for a name, so one that was read
once need not be read again; an ingest asks three times for the list of all laws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tracker.store.git_process import BadObjectError, tree_entries

__all__ = ["Entries", "Trees"]

Entries = dict[str, tuple[str, str]]
"""Name → (mode, object id)."""
_Read = Callable[[Sequence[str]], Iterator[tuple[str, bytes] | None]]
_LONG: Final = 50  # entries from which a tree is kept
_KEPT: Final = 4


class Trees:
    """Trees by their ids; `read` gives kind and bytes of objects, None for one not sound."""

    def __init__(self, read: _Read) -> None:
        self._read = read
        self._kept: dict[str, Entries] = {}

    def of(self, oid: str) -> Entries:
        """What one lists, or that of a commit. Raises BadObjectError."""
        if oid in self._kept:
            return self._kept[oid]
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
        for found in self._read(oids):
            try:
                yield tree_entries(found[1]) if found and found[0] == "tree" else None
            except ValueError:
                yield None

    def _parse(self, oid: str, read: tuple[str, bytes] | None) -> Entries:
        if read is None or read[0] != "tree":
            raise BadObjectError(oid)
        try:
            entries = tree_entries(read[1])
        except ValueError as error:
            raise BadObjectError(oid) from error
        if len(entries) > _LONG:
            self._kept[oid] = entries
            while len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
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
