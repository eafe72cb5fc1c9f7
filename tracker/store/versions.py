"""The store: save, list and load versions; the git repository around ``versions/``.

Floor 3. `Store` is what everything above uses. Reading sees the tip of the checked-out branch;
saving is one transaction. Layout and promises: site/docs/reference/store.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tracker.diff.align.overrides import Overrides
from tracker.law.problems import Problem, TrackerError
from tracker.store import saving, transaction
from tracker.store.batch import Batch
from tracker.store.catalogue import ROOT, Catalogue, Entry
from tracker.store.disk import write_files
from tracker.store.faults import not_a_store, system_failed
from tracker.store.git.repository import Repository
from tracker.store.lock import LOCK_TIMEOUT
from tracker.store.model import Incoming, LawRecord, Saved, Version
from tracker.store.names import (
    check_law_id,
    is_law_id,
    is_version_id,
    read_date,
    read_stage,
    shown,
    some,
)
from tracker.store.order import in_legal_order, superseded_ids
from tracker.store.record import read_overrides
from tracker.store.texts import read_texts

__all__ = ["Store"]

_SHOWN: Final = 12  # ids that an error names, of those there are


class Store:
    """An open store. Use it as a context manager, or `close` it. Not for several threads at once.

    `root` is the folder that holds ``versions/``; in a bare repository, the repository.
    """

    def __init__(self, repository: Repository, *, lock_timeout: float = LOCK_TIMEOUT) -> None:
        self._repository = repository
        self._timeout = lock_timeout
        self._seen: dict[str, Entry] = {}
        self._latest: Catalogue | None = None
        self._held = False
        self.root: Path = repository.top or repository.git_dir
        self.healed = False  # whether opening it finished a write that had been cut short

    @classmethod
    def open(cls, path: Path | str, *, lock_timeout: float = LOCK_TIMEOUT) -> Store:
        """The store that `path` lies in; a write that was cut short is finished first.

        Raises TrackerError `not-a-store` where there is no git repository, or none with
        ``versions/``.
        """
        repository = Repository.open(Path(path))
        healed = transaction.heal_if_needed(repository)
        store = cls(repository, lock_timeout=lock_timeout)
        store.healed = healed
        on_disk = repository.top is not None and (repository.top / ROOT).is_dir()
        if not on_disk and not store._catalogue().law_ids() and repository.top is not None:
            repository.close()
            raise not_a_store(repository.top)
        return store

    @classmethod
    def create(cls, path: Path | str, *, bare: bool = False) -> Store:
        """Make a store at `path` (made if missing), or open the one that is there."""
        place = Path(path)
        place.mkdir(parents=True, exist_ok=True)
        repository = Repository.create(place, bare=bare)
        if repository.top is not None:
            (repository.top / ROOT).mkdir(exist_ok=True)
        return cls(repository)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads. The store can be used again; it then starts a new one."""
        self._repository.close()

    # --- reading -------------------------------------------------------------------------------

    @contextmanager
    def one_commit(self) -> Iterator[None]:
        """What is read inside is of the commit that stands at the beginning, whatever is saved
        meanwhile; git is asked only once which that is."""
        self._catalogue()
        held, self._held = self._held, True
        try:
            yield
        finally:
            self._held = held

    def laws(self) -> tuple[LawRecord, ...]:
        """Every law, sorted by id. Raises TrackerError `bad-law-toml`."""
        catalogue = self._catalogue()
        return tuple(catalogue.record(law_id) for law_id in catalogue.law_ids())

    def law_ids(self) -> tuple[str, ...]:
        """The ids of the same, whether or not their law.toml can be read."""
        return self._catalogue().law_ids()

    def has_law(self, law_id: str) -> bool:
        """Whether it is one of these, without reading the others."""
        return is_law_id(law_id) and self._catalogue().has_law(law_id)

    def record(self, law_id: str) -> LawRecord:
        """One law. Raises TrackerError `bad-law-id`, `no-such-law`, `bad-law-toml`."""
        return self._known(law_id).record(law_id)

    def record_file(self, law_id: str) -> bytes:
        """law.toml as it is committed. Raises the same."""
        return self._known(law_id).record_file(law_id)

    def versions(self, law_id: str, *, superseded: bool = False) -> tuple[Version, ...]:
        """The versions of a law in legal order, those left out that another one corrects.

        With `superseded` those too. Raises TrackerError `no-such-law`, `corrupt-version`.
        """
        catalogue = self._known(law_id)
        entries = _standing(catalogue, law_id, superseded=superseded)
        found: list[Version] = []
        for entry in entries:
            found.append(catalogue.version(entry, found[-1] if found else None))
        return tuple(found)

    def version_ids(self, law_id: str, *, superseded: bool = False) -> tuple[str, ...]:
        """The ids of the same, without reading any text."""
        entries = _standing(self._known(law_id), law_id, superseded=superseded)
        return tuple(entry.version_id for entry in entries)

    def before(self, version: Version) -> Version | None:
        """The version that stands before one in legal order, which need not be stored itself.

        What it corrects is not before it. Raises TrackerError `bad-law-id`, `corrupt-version`.
        """
        earlier = self.before_id(version)
        return None if earlier is None else self.load(version.law_id, earlier)

    def before_id(self, version: Version) -> str | None:
        """Its id, without reading any text. Raises the same."""
        if not self.has_law(version.law_id):
            return None
        catalogue = self._known(version.law_id)
        gone = (version.version_id, version.corrects)
        others = [e for e in _standing(catalogue, version.law_id) if e.version_id not in gone]
        ordered: tuple[Entry | Version, ...] = in_legal_order([*others, version])
        place = ordered.index(version)
        return ordered[place - 1].version_id if place else None

    def texts(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Law id and version id, and canonical text, of all versions; for work on all laws at once.

        Nothing is parsed, and git is asked for hundreds at a time, which is several times as fast
        as `load`. Raises TrackerError `corrupt-version`, `corrupt-store`.
        """
        return read_texts(self._repository)

    def load(self, law_id: str, version_id: str) -> Version:
        """One version by its id. Raises TrackerError `no-such-law`, `no-such-version`."""
        catalogue = self._known(law_id)
        return catalogue.version(_entry(catalogue, law_id, version_id))

    def read_ahead(self, law_id: str) -> None:
        """Let all that is asked of a law next, but its sources, be read in one go.

        Raises TrackerError `no-such-law`, `corrupt-version`.
        """
        self._known(law_id).read_ahead(law_id)

    def source(self, version: Version) -> bytes:
        """The bytes as received, hashed again. Raises TrackerError."""
        catalogue = self._known(version.law_id)
        return catalogue.source(_entry(catalogue, version.law_id, version.version_id))

    def meta(self, version: Version) -> bytes:
        """meta.json of a version as it was stored. Raises TrackerError."""
        catalogue = self._known(version.law_id)
        return catalogue.meta(_entry(catalogue, version.law_id, version.version_id))

    def folder_id(self, law_id: str) -> str:
        """A name for all that is stored of a law: another one where any file of it is other."""
        return self._known(law_id).folder_id(law_id)

    def overrides(self, law_id: str, old: str, new: str) -> Overrides:
        """What reviewers said in overrides.toml of this pair of version ids; often nothing.

        Raises TrackerError `no-such-law`, `bad-overrides`, `override-does-not-fit`.
        """
        data = self._known(law_id).overrides(law_id)
        if data is None:
            return ()
        known = self.version_ids(law_id, superseded=True)
        return read_overrides(law_id, data, old, new, known, order=known)

    def edited(self, law_id: str) -> tuple[str, ...]:
        """Which of law.toml and overrides.toml were edited and not committed, so do not count yet.

        Raises TrackerError `no-such-law`.
        """
        return self._known(law_id).edited(law_id, self.root / ROOT / law_id)

    def resolve(self, name: str) -> Version:
        """The version that ``law@version`` or ``law`` names; the latter is the law's latest.

        The law is an id, a title or an alias; the version an id, a stage (code or Chinese), or a
        date. A version that another one corrects is only found by its id. Raises TrackerError
        `no-such-law`, `no-such-version`, `ambiguous-version`, each with a hint of what there is.
        """
        law, _, wanted = name.partition("@")
        catalogue = self._catalogue()
        law_id = self._law_id(catalogue, law)
        everything = catalogue.entries(law_id)
        standing = _standing(catalogue, law_id)
        if not wanted:
            if not standing or "@" in name:
                raise _no_version(law_id, wanted, standing)
            return catalogue.version(standing[-1])
        if is_version_id(wanted):
            found = [entry for entry in everything if entry.version_id == wanted]
        elif (stage := read_stage(wanted)) is not None:
            found = [entry for entry in standing if entry.stage is stage]
        elif (day := read_date(wanted)) is not None:
            found = [entry for entry in standing if entry.day == day]
        else:
            found = []
        if not found:
            raise _no_version(law_id, wanted, standing)
        if len(found) > 1:
            ids = "、".join(entry.version_id for entry in found)
            raise TrackerError(
                "ambiguous-version", f"{law_id}@{wanted} 可以指 {len(found)} 个版本",
                f"写明其中一个：{ids}",
            )  # fmt: skip
        return catalogue.version(found[0])

    # --- writing -------------------------------------------------------------------------------

    def place(self, incoming: Incoming) -> saving.Placed:
        """What `save` would do, without doing it. Raises what `save` raises for the text."""
        check_law_id(incoming.law_id)
        return saving.place(self._catalogue().entries(incoming.law_id), incoming)

    def save(self, incoming: Incoming, *, commit: bool = True) -> Saved:
        """Store one version; the commit is durable when this returns.

        With ``commit=False`` the files are written to the work tree only; the version is listed
        once it is committed. Raises TrackerError: `version-conflict` and the rest of
        `saving.place`, `uncommitted-version`, and those of a transaction (`store-busy`,
        `index-locked`, `disk-full` …); then nothing was stored.
        """
        return self.save_all((incoming,), commit=commit)[0]

    def save_all(self, arrivals: Sequence[Incoming], *, commit: bool = True) -> tuple[Saved, ...]:
        """Store many versions in one stream, in this order: all of them, or none."""
        saved = []
        for one in self._save(arrivals, commit=commit, each=False):
            assert isinstance(one, Saved)
            saved.append(one)
        return tuple(saved)

    def save_each(
        self, arrivals: Sequence[Incoming], *, commit: bool = True
    ) -> tuple[Saved | TrackerError, ...]:
        """The same, but one that cannot be stored has its error and stops no other.

        Raises TrackerError where none could be stored: that of a transaction.
        """
        return self._save(arrivals, commit=commit, each=True)

    def _save(
        self, arrivals: Sequence[Incoming], *, commit: bool, each: bool
    ) -> tuple[Saved | TrackerError, ...]:
        if not commit and self._repository.top is None:
            raise TrackerError("no-work-tree", "裸仓库没有工作区，不能只写文件", "去掉 --no-commit")
        for incoming in arrivals:
            check_law_id(incoming.law_id)
        try:
            return self._write(arrivals, commit=commit, each=each)
        except OSError as error:
            raise system_failed(error) from error

    def _write(
        self, arrivals: Sequence[Incoming], *, commit: bool, each: bool
    ) -> tuple[Saved | TrackerError, ...]:
        with transaction.begin(self._repository, self._timeout) as write:
            catalogue = Catalogue(self._repository, write.tip, self._seen)
            batch = Batch(catalogue, self._repository.top)
            placed = [batch.add(incoming, each=each) for incoming in arrivals]
            commits = batch.commits
            oids: tuple[str, ...] = ()
            problems: tuple[Problem, ...] = ()
            if commits and commit:
                oids, problems = write.commit(commits, frozenset(batch.on_disk))
            elif commits and self._repository.top is not None:
                for new in commits:
                    write_files(self._repository.top, new.files)
        return _saved(catalogue, placed, oids, problems)

    # --- finding -------------------------------------------------------------------------------

    def _catalogue(self) -> Catalogue:
        if self._held and self._latest is not None:
            return self._latest
        tip = self._repository.head()
        if self._latest is None or self._latest.tip != tip:
            self._latest = Catalogue(self._repository, tip, self._seen)
        return self._latest

    def _known(self, law_id: str) -> Catalogue:
        check_law_id(law_id)
        catalogue = self._catalogue()
        if not catalogue.has_law(law_id):
            raise _no_law(law_id, catalogue)
        return catalogue

    def _law_id(self, catalogue: Catalogue, name: str) -> str:
        if is_law_id(name) and catalogue.has_law(name):
            return name
        if not is_law_id(name):
            named = [law_id for law_id in catalogue.law_ids() if name in _names(catalogue, law_id)]
            if len(named) == 1:
                return named[0]
        raise _no_law(name, catalogue)


def _names(catalogue: Catalogue, law_id: str) -> tuple[str, ...]:
    """Title and aliases; none where law.toml cannot be read, which stops no other law."""
    try:
        record = catalogue.record(law_id)
    except TrackerError:
        return ()
    return record.title, *record.aliases


def _standing(catalogue: Catalogue, law_id: str, *, superseded: bool = False) -> tuple[Entry, ...]:
    entries = catalogue.entries(law_id)
    gone = frozenset() if superseded else superseded_ids(entries)
    return tuple(entry for entry in entries if entry.version_id not in gone)


def _entry(catalogue: Catalogue, law_id: str, version_id: str) -> Entry:
    if catalogue.has_version(law_id, version_id):
        return catalogue.entry(law_id, version_id)
    raise _no_version(law_id, version_id, _standing(catalogue, law_id))


def _saved(
    catalogue: Catalogue, placed: Sequence[saving.Placed | TrackerError], oids: tuple[str, ...],
    problems: tuple[Problem, ...],
) -> tuple[Saved | TrackerError, ...]:  # fmt: skip
    ids = iter(oids)
    fresh: dict[str, Version] = {}
    result: list[Saved | TrackerError] = []
    for here in placed:
        if isinstance(here, TrackerError):
            result.append(here)
        elif here.already is None:
            fresh[here.version.name] = here.version
            found = here.problems + problems
            result.append(Saved(version=here.version, commit=next(ids, None), problems=found))
        else:
            name = f"{here.already.law_id}@{here.already.version_id}"
            version = fresh.get(name) or catalogue.version(here.already)
            result.append(Saved(version=version, already=True, problems=here.problems))
    return tuple(result)


def _no_law(name: str, catalogue: Catalogue) -> TrackerError:
    ids = catalogue.law_ids()
    hint = f"已有的法规：{some(ids, _SHOWN)}" if ids else "库里还没有法规，先运行 tracker ingest"
    return TrackerError("no-such-law", f"没有这部法规：{shown(name)}", hint)


def _no_version(law_id: str, wanted: str, entries: Sequence[Entry]) -> TrackerError:
    ids = [entry.version_id for entry in entries]
    hint = f"已有的版本：{some(ids, _SHOWN)}" if ids else "这部法规还没有版本"
    return TrackerError("no-such-version", f"{law_id} 没有这个版本：{shown(wanted)}", hint)
