"""What the branch holds at one commit: laws, versions and their files, each checked as it is read.

Floor 3. Reads git's objects, never the work tree, so it works in a bare repository and is not
disturbed by edits. Bytes that do not have the hash in meta.json are never returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.law.sharing import shared
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.store import meta as records
from tracker.store.attributes import ATTRIBUTES_FILE
from tracker.store.faults import REPAIR, corrupt_store, no_record, why_damaged
from tracker.store.git.repository import BadObjectError, Repository
from tracker.store.model import LawRecord, Version
from tracker.store.names import is_law_id, is_version_id
from tracker.store.order import in_legal_order
from tracker.store.record import read_record
from tracker.store.stream import FILE_MODE, TREE_MODE

__all__ = [
    "META", "NOTE", "OVERRIDES", "RECORD", "ROOT", "TEXT", "Catalogue", "Entry", "corrupt",
    "entry_of", "holds_law",
]  # fmt: skip

ROOT: Final = "versions"
RECORD, OVERRIDES = "law.toml", "overrides.toml"
META, TEXT, NOTE = "meta.json", "text.txt", "note.txt"


@dataclass(frozen=True, slots=True)
class Entry:
    """A version as its meta.json describes it, its texts not read yet.

    `files` maps the names in its folder to their object ids; `chain_sha256` is computed from
    meta.json, not read from a commit.
    """

    law_id: str
    version_id: str
    stage: Stage
    day: date | None
    sequence: int | None
    corrects: str | None
    ingest_seq: int
    source_sha256: str
    canonical_sha256: str
    chain_sha256: str
    meta: Mapping[str, Any]
    files: Mapping[str, str]
    tracked: Tracked | None = None


def entry_of(data: bytes, files: Mapping[str, str]) -> Entry:
    """The entry that a meta.json makes. Raises ValueError, KeyError, TypeError if damaged."""
    meta = records.read_meta(data)
    return Entry(
        law_id=meta["law"],
        version_id=meta["version"],
        stage=Stage(meta["stage"]),
        day=records.dates_of(meta).legal,
        sequence=meta["sequence"],
        corrects=meta["corrects"],
        ingest_seq=int(meta["chain"]["ingest_seq"]),
        source_sha256=meta["source"]["sha256"],
        canonical_sha256=meta["canonical"]["sha256"],
        chain_sha256=records.chain(meta, records.sha256(data)),
        meta=meta,
        files=files,
        tracked=records.tracked_of(meta),
    )


def holds_law(folder: Mapping[str, tuple[str, str]] | None) -> bool:
    """Whether something of a law lies in a folder: a version, or a file that people write for it.

    A folder that cannot be read (None) is taken for one, so that what reads it says so.
    """
    return folder is None or any(
        name in (RECORD, OVERRIDES) or (mode == TREE_MODE and is_version_id(name))
        for name, (mode, _) in folder.items()
    )


class Catalogue:
    """The store at one commit (`tip`; None: before the first), made at `time` in git's seconds.

    `seen` is shared between snapshots: object id of a version's folder → its entry.
    """

    def __init__(self, repository: Repository, tip: str | None, seen: dict[str, Entry]) -> None:
        self._repository = repository
        self._seen = seen
        self.tip = tip
        self._ahead: dict[str, bytes] = {}
        self._law_ids: tuple[str, ...] | None = None
        self._known: frozenset[str] | None = None
        try:
            self.time = repository.commit_time(tip) if tip else None
            root = repository.tree(tip) if tip else {}
            folder = root.get(ROOT)
            self._laws = repository.tree(folder[1]) if folder else {}
        except BadObjectError as error:
            raise corrupt_store(repository.git_dir) from error

    def law_ids(self) -> tuple[str, ...]:
        """Every law that has a folder with something of a law in it, sorted."""
        if self._law_ids is None:
            folders = [
                (name, oid) for name, (mode, oid) in sorted(self._laws.items())
                if mode == TREE_MODE and is_law_id(name)
            ]  # fmt: skip
            trees = self._repository.trees([oid for _, oid in folders])
            named = zip(folders, trees, strict=True)
            self._law_ids = tuple(name for (name, _), tree in named if holds_law(tree))
            self._known = frozenset(self._law_ids)
        return self._law_ids

    def record(self, law_id: str) -> LawRecord:
        """law.toml. Raises TrackerError `bad-law-toml`, `corrupt-version`."""
        return read_record(law_id, self.record_file(law_id))

    def record_file(self, law_id: str) -> bytes:
        """law.toml as bytes. Raises TrackerError `bad-law-toml`, `corrupt-version`."""
        data = self._law_file(law_id, RECORD)
        if data is None:
            raise no_record(law_id)
        return data

    def read_ahead(self, law_id: str) -> None:
        """Read what describes a law and its versions, and their texts, in three exchanges with git
        and not one for each file: it answers from another process, which has to get its turn.

        What is damaged is asked for again by whoever needs it, and told there. It is held until the
        next law is read ahead. Raises TrackerError `corrupt-version`.
        """
        folder = self._folder(law_id)
        wanted = [folder[name][1] for name in (RECORD, OVERRIDES) if name in folder]
        versions = [
            oid for name, (mode, oid) in folder.items()
            if mode == TREE_MODE and is_version_id(name)
        ]  # fmt: skip
        for tree in self._repository.trees(versions):
            wanted += [tree[name][1] for name in (META, TEXT, NOTE) if tree and name in tree]
        found = zip(wanted, self._repository.read_many(wanted), strict=True)
        self._ahead = {oid: one[1] for oid, one in found if one and one[0] == "blob"}

    def folder_id(self, law_id: str) -> str:
        """The object id of the folder of a law."""
        return self._laws[law_id][1]

    def overrides(self, law_id: str) -> bytes | None:
        """overrides.toml as bytes, None where there is none."""
        return self._law_file(law_id, OVERRIDES)

    def edited(self, law_id: str, folder: Path) -> tuple[str, ...]:
        """Which of the files that people edit read otherwise in `folder` than in the commit."""
        out = []
        for name in (RECORD, OVERRIDES):
            path = folder / name
            here = path.read_bytes() if path.is_file() else None
            # Git turns CRLF into LF when it stores them, as versions/.gitattributes says.
            if here is not None and here.replace(b"\r\n", b"\n") != self._law_file(law_id, name):
                out.append(name)
        return tuple(out)

    def has_law(self, law_id: str) -> bool:
        """Whether the law has a folder with something of a law in it."""
        if self._known is not None:
            return law_id in self._known
        mode, oid = self._laws.get(law_id, ("", ""))
        return mode == TREE_MODE and holds_law(next(self._repository.trees((oid,))))

    @property
    def has_attributes(self) -> bool:
        """Whether ``versions/.gitattributes`` is committed."""
        return ATTRIBUTES_FILE in self._laws

    def has_record(self, law_id: str) -> bool:
        """Whether the law has a law.toml."""
        return law_id in self._laws and RECORD in self._folder(law_id)

    def has_version(self, law_id: str, version_id: str) -> bool:
        """Whether the law has a folder of this name that can be a version's."""
        mode, _ = self._folder(law_id).get(version_id, ("", ""))
        return mode == TREE_MODE and is_version_id(version_id)

    def entries(self, law_id: str) -> tuple[Entry, ...]:
        """All versions of a law in legal order; none for a law that is not there."""
        if law_id not in self._laws:
            return ()
        folder = self._folder(law_id)
        found = [
            self._entry(law_id, name, oid)
            for name, (mode, oid) in folder.items()
            if mode == TREE_MODE and is_version_id(name)
        ]
        return in_legal_order(found)

    def entry(self, law_id: str, version_id: str) -> Entry:
        """One version, without regard to the others of its law. Raises TrackerError
        `corrupt-version`."""
        mode, oid = self._folder(law_id).get(version_id, ("", ""))
        if mode != TREE_MODE:
            raise corrupt(law_id, version_id, META)
        return self._entry(law_id, version_id, oid)

    def version(self, entry: Entry, before: Version | None = None) -> Version:
        """The version, its canonical text and note read and hashed. Raises `corrupt-version`.

        What it has in common with the version `before`, where that was read, is the same objects.
        """
        text = self._text(entry, TEXT, entry.canonical_sha256)
        note = entry.meta["note"]
        try:
            law = canonical.read(text)
        except TrackerError as error:
            name = f"{entry.law_id}@{entry.version_id}"
            raise TrackerError(error.code, f"{name}：{error.message}", _NEWER) from error
        if before is not None:
            law = shared(law, before.law)
        try:
            return records.version_of(
                dict(entry.meta),
                law,
                text,
                None if note is None else self._text(entry, NOTE, note["sha256"]),
                entry.chain_sha256,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise corrupt(entry.law_id, entry.version_id, META) from error

    def source(self, entry: Entry) -> bytes:
        """The bytes as received, hashed. Raises TrackerError `corrupt-version`."""
        return self._file(entry, entry.meta["source"]["file"], entry.source_sha256)

    def meta(self, entry: Entry) -> bytes:
        """meta.json as it was stored. Raises TrackerError `corrupt-version`."""
        try:
            data = self._blob(entry.files[META])
        except (BadObjectError, KeyError) as error:
            raise corrupt(entry.law_id, entry.version_id, META) from error
        if records.chain(dict(entry.meta), records.sha256(data)) != entry.chain_sha256:
            raise corrupt(entry.law_id, entry.version_id, META)
        return data

    def _text(self, entry: Entry, name: str, expected: str) -> str:
        return self._file(entry, name, expected).decode("utf-8")

    def _file(self, entry: Entry, name: str, expected: str) -> bytes:
        try:
            data = self._blob(entry.files[name])
        except (BadObjectError, KeyError) as error:
            raise corrupt(entry.law_id, entry.version_id, name) from error
        if records.sha256(data) != expected:
            raise corrupt(entry.law_id, entry.version_id, name)
        return data

    def _entry(self, law_id: str, version_id: str, folder: str) -> Entry:
        if folder in self._seen:
            return self._seen[folder]
        files: dict[str, str] = {}
        try:
            tree = self._repository.tree(folder)
            files = {name: oid for name, (mode, oid) in tree.items() if mode == FILE_MODE}
            entry = entry_of(self._blob(files[META]), files)
        except BadObjectError as error:
            raise corrupt(law_id, version_id, META) from error
        except (KeyError, TypeError, ValueError) as error:
            if META not in files:
                raise corrupt(law_id, version_id, META) from error
            raise TrackerError(
                "corrupt-version",
                f"{law_id}@{version_id} 的 meta.json {why_damaged(error)}",
                REPAIR,
            ) from error
        if (entry.law_id, entry.version_id) != (law_id, version_id):
            raise corrupt(law_id, version_id, META)
        self._seen[folder] = entry
        return entry

    def _blob(self, oid: str) -> bytes:
        """The bytes of a file. Raises BadObjectError."""
        data = self._ahead.get(oid)
        return self._repository.blob(oid) if data is None else data

    def _law_file(self, law_id: str, name: str) -> bytes | None:
        entry = self._folder(law_id).get(name) if law_id in self._laws else None
        if entry is None:
            return None
        try:
            return self._blob(entry[1])
        except BadObjectError as error:
            raise corrupt(law_id, "", name) from error

    def _folder(self, law_id: str) -> dict[str, tuple[str, str]]:
        try:
            return self._repository.tree(self._laws[law_id][1])
        except BadObjectError as error:
            raise corrupt(law_id, "", ROOT) from error


_NEWER: Final = "它由另一版本的程序写入，字节完好；用写入它的版本读取，或更正为新版本"


def corrupt(law_id: str, version_id: str, name: str) -> TrackerError:
    """The error for bytes that are not what was stored."""
    where = f"{law_id}@{version_id}" if version_id else law_id
    message = f"{where} 的 {name} 已损坏或被改动，与存入时不符"
    return TrackerError("corrupt-version", message, REPAIR)
