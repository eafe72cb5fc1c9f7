"""One write, from the lock to the acknowledgement, and the healing of one that was cut short.

Floor 3. The order: our lock; a mark that names the tip; git's own ``index.lock``, so that no other
git command commits in between; the commits, read back and flushed; index and work tree for exactly
the new paths; locks and mark away. Whoever finds a mark finishes what was committed on top of it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.law.problems import Problem, Severity, TrackerError
from tracker.store import journal, lock, recent
from tracker.store.disk import flush_directory, write_files
from tracker.store.git.index import add_to_index, in_index
from tracker.store.git.process import object_id
from tracker.store.git.repository import BadObjectError, Repository
from tracker.store.packs import join_packs
from tracker.store.stream import NewCommit

__all__ = ["Transaction", "begin", "heal_if_needed"]

LOCK_FILE: Final = "tracker.lock"
_INDEX_COPY: Final = "tracker-index"
_MARKER: Final = "tracker-index-lock"
_MARK: Final = b"legislative-tracker holds this lock\n"
INDEX_TIMEOUT: Final = 20.0  # seconds; a commit with slow hooks holds the index about that long
_GRACE: Final = 0.3  # seconds a ref lock must lie still; git holds one for milliseconds
_IMPORT_LIMIT: Final = 600.0  # seconds; a ref lock younger than its mark by more is not ours
_POLL: Final = 0.01
_KEEP: Final = b"fast-import"  # what a mark of import's own says
_STALE: Final = 3600.0  # seconds; no import lives that long, so older temporary files are litter


@dataclass(frozen=True, slots=True)
class Transaction:
    """A write under our lock: the branch, its tip (None: no commit yet), the lock's descriptor."""

    repository: Repository
    ref: str
    tip: str | None
    descriptor: int

    def commit(
        self, commits: Sequence[NewCommit], on_disk: frozenset[str] = frozenset()
    ) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """Append the commits: their ids, and what could not be refreshed afterwards.

        `on_disk` are paths that lie in the work tree already, with the same bytes; where a user has
        staged one, what is staged stays. Raises TrackerError; then nothing of it is acknowledged,
        and what was stored before stays.
        """
        repository, git_dir = self.repository, self.repository.git_dir
        files = tuple(file for commit in commits for file in commit.files)
        problems: tuple[Problem, ...] = ()
        mark = journal.mark(git_dir, self.tip, self.ref)
        with _index_lock(repository, INDEX_TIMEOUT):
            oids = repository.append(self.ref, self.tip, commits, (self.descriptor,))
            try:
                staged = in_index(repository, sorted(on_disk)) if on_disk else frozenset()
                _refresh(repository, files, (self.descriptor,), staged)
            except (OSError, TrackerError) as error:
                problems = (_not_refreshed(repository, error),)
        with suppress(OSError):  # the versions are stored; the mark stays, and its work is redone
            if problems:
                _, before = journal.deferred(git_dir) or ("", ())
                journal.defer(git_dir, self.ref, (*before, *(path for path, _ in files)))
            if repository.top is not None:
                recent.remember(git_dir, files)
            if not any(place.exists() for place in _ref_locks(repository, self.ref)):
                mark.unlink(missing_ok=True)  # else the import left one, or somebody commits now
        return oids, problems


@contextmanager
def begin(repository: Repository, timeout: float = lock.LOCK_TIMEOUT) -> Iterator[Transaction]:
    """Start a write: hold the lock, heal, check that the repository can be written to.

    Raises TrackerError: `store-busy`, `read-only-store`, `index-locked`, `shallow-store`,
    `tainted-store`, `detached-head`.
    """
    held = repository.common_dir / LOCK_FILE
    if not held.exists():  # our first write here: what `git init` or `git clone` wrote may
        os.sync()  # still be in memory only, and everything we flush stands on it
    with lock.hold(held, timeout) as descriptor:
        _heal(repository, descriptor, INDEX_TIMEOUT)
        repository.check_writable()
        ref = repository.branch()
        yield Transaction(repository, ref, repository.head(), descriptor)
        join_packs(repository, (descriptor,))
        _sweep(repository)


def heal_if_needed(repository: Repository) -> bool:
    """Finish a write that was cut short, if there is one and nobody else is at it.

    Every command calls this when it opens the store. It never fails: a store that cannot be written
    to is read as it is. Gives whether something was unfinished and no longer is.
    """
    if not _is_unfinished(repository):
        return False
    with lock.try_hold(repository.common_dir / LOCK_FILE) as descriptor:
        if descriptor is None:
            return False
        try:
            _heal(repository, descriptor, 0.0)
        except (OSError, TrackerError):
            return False
        return not _is_unfinished(repository)


def _is_unfinished(repository: Repository) -> bool:
    git_dir, top = repository.git_dir, repository.top
    if journal.marks(git_dir) or journal.deferred(git_dir) is not None:
        return True
    sizes = recent.recall(git_dir)
    return top is not None and (sizes is None or bool(recent.suspects(top, sizes)))


def _heal(repository: Repository, descriptor: int, timeout: float) -> None:
    """Finish what marks and the list of deferred paths tell of, then mend what a power cut tore."""
    marks, listed = journal.marks(repository.git_dir), journal.deferred(repository.git_dir)
    for mark in marks:
        _drop_dead_locks(repository, mark)
        _drop_dead_packs(repository, mark.started)
    try:
        if marks or listed is not None:
            with _index_lock(repository, timeout):
                _drop_copy(repository.git_dir)
                _finish(repository, descriptor, marks, listed)
        _mend(repository)
    except BadObjectError:  # what was added cannot be read: the marks stay, and writing goes on
        return


def _finish(
    repository: Repository, descriptor: int, marks: Sequence[journal.Mark],
    listed: tuple[str, tuple[str, ...]] | None,
) -> None:  # fmt: skip
    """Bring what was committed into index and work tree; what still cannot be stays deferred."""
    git_dir, top, branch = repository.git_dir, repository.top, repository.branch()
    ref, paths = listed or ("", ())
    wanted = dict.fromkeys(paths if ref == branch else ())
    for mark in marks:
        wanted |= dict.fromkeys(journal.added_since(repository, mark.tip))
    left = tuple(wanted) if top is not None else ()
    if left and top is not None:
        files = _stored(repository, left)
        # What cannot be placed, a folder that is a link, say, is tried again by the next command.
        with suppress(OSError, TrackerError):
            known = in_index(repository, [path for path, _ in files])
            _refresh(repository, files, (descriptor,), known)
            recent.mend(top, files)
            recent.remember(git_dir, files)
            left = ()
    journal.defer(git_dir, branch, left)
    for mark in marks:
        mark.place.unlink(missing_ok=True)


def _mend(repository: Repository) -> None:
    """Write recent files of the work tree anew that a power cut tore, as the branch holds them."""
    git_dir, top = repository.git_dir, repository.top
    if top is None:
        return
    sizes = recent.recall(git_dir)
    if sizes is None:  # the list is torn too: the latest files are looked at instead
        files = _stored(repository, journal.added_lately(repository, recent.MOST))
        recent.mend(top, files)
        recent.remember(git_dir, files, anew=True)
    elif paths := recent.suspects(top, sizes):
        recent.mend(top, _stored(repository, paths))


def _drop_dead_locks(repository: Repository, mark: journal.Mark) -> None:
    """Remove ref locks that a dead import left behind.

    We hold our lock, and an import holds it too as long as it lives: so no import of ours is alive.
    A lock of somebody else's git can only be taken for ours if it was made while the dead import
    ran and then lay still through the grace; git holds a ref lock for milliseconds.
    """
    for place in _ref_locks(repository, mark.ref or repository.branch()):
        if not place.exists():
            continue
        seen = place.stat()
        if not mark.started - 1 <= seen.st_mtime <= mark.started + _IMPORT_LIMIT:
            continue
        time.sleep(_GRACE)
        if place.exists() and _same(place.stat(), seen):
            place.unlink(missing_ok=True)


def _ref_locks(repository: Repository, ref: str) -> tuple[Path, ...]:
    return repository.git_dir / "HEAD.lock", repository.common_dir / f"{ref}.lock"


def _drop_dead_packs(repository: Repository, started: float) -> None:
    """Let go of a pack that a dead import was about to finish.

    Import marks its pack as kept until it is done. The same input makes a pack of the same name, so
    the mark would stop the same ingest for ever; also one that was cut short, before its pack came.
    """
    for keep in (repository.common_dir / "objects" / "pack").glob("pack-*.keep"):
        seen, said = keep.stat().st_mtime, keep.read_bytes()
        half = _KEEP.startswith(said) and not keep.with_suffix(".pack").exists()
        if started - 1 <= seen <= started + _IMPORT_LIMIT and (said == _KEEP or half):
            if not keep.with_suffix(".idx").exists():
                keep.with_suffix(".pack").unlink(missing_ok=True)
            keep.unlink(missing_ok=True)


def _sweep(repository: Repository) -> None:
    """Remove what was left behind: temporary packs, packs without index, crash reports."""
    packs = repository.common_dir / "objects" / "pack"
    bare = (path for path in packs.glob("pack-*.pack") if not path.with_suffix(".idx").exists())
    reports = repository.git_dir.glob("fast_import_crash_*")
    for path in (*packs.glob("tmp_*"), *bare, *reports):
        if path.exists() and time.time() - path.stat().st_mtime > _STALE:
            path.unlink(missing_ok=True)


def _same(now: os.stat_result, seen: os.stat_result) -> bool:
    return (now.st_ino, now.st_mtime_ns) == (seen.st_ino, seen.st_mtime_ns)


def _stored(repository: Repository, paths: Sequence[str]) -> tuple[tuple[str, bytes], ...]:
    """Those of the paths that the branch holds, with their bytes."""
    tip = repository.head()
    oids = repository.locate(tip, paths) if tip and paths else []
    here = [(path, oid) for path, oid in zip(paths, oids, strict=False) if oid]
    blobs = repository.read_many([oid for _, oid in here])
    files = []
    for (path, oid), blob in zip(here, blobs, strict=True):
        if blob is None or blob[0] != "blob":
            raise BadObjectError(oid)
        files.append((path, blob[1]))
    return tuple(files)


def _refresh(
    repository: Repository, files: Sequence[tuple[str, bytes]], fds: tuple[int, ...],
    keep: frozenset[str],
) -> None:  # fmt: skip
    """Bring new files into index and work tree, whatever else is staged or edited there.

    We hold ``index.lock``: the index is copied, the copy gets the new entries, and takes its place
    as git would do it. Entries for `keep` are left as they are.
    """
    if repository.top is None:
        return
    index, copy = repository.git_dir / "index", repository.git_dir / _INDEX_COPY
    entries = [(path, object_id("blob", data)) for path, data in files if path not in keep]
    if entries:
        _drop_copy(repository.git_dir)  # a dead update-index may have left its lock
        if index.exists() and index.stat().st_size:
            os.link(index, copy)  # git never writes into an index, it puts another in its place
        elif index.exists():  # a power cut left it empty
            repository.run("read-tree", "HEAD", env=(f"GIT_INDEX_FILE={copy}",), fds=fds)
        add_to_index(repository, copy, entries, fds)
        copy.replace(index)
    write_files(repository.top, files)


def _drop_copy(git_dir: Path) -> None:
    for name in (_INDEX_COPY, f"{_INDEX_COPY}.lock"):
        (git_dir / name).unlink(missing_ok=True)


@contextmanager
def _index_lock(repository: Repository, timeout: float) -> Iterator[None]:
    """Hold git's own lock on the index, as any git command would.

    It appears with our mark in it (by a link, so never half-made), and one with our mark is ours
    and, because we hold our own lock, dead. Any other is waited for, then named, never removed.
    """
    if repository.top is None:  # a bare repository has no index
        yield
        return
    target, marker = repository.git_dir / "index.lock", repository.git_dir / _MARKER
    if not _is_ours(marker):
        _make_marker(marker)
    deadline = time.monotonic() + timeout
    while True:
        try:
            os.link(marker, target)
            break
        except FileExistsError:
            if _is_ours(target):
                target.unlink(missing_ok=True)
                continue
        except PermissionError:  # another user's marker: the system lets only its owner link it
            _make_marker(marker)
            os.link(marker, target)
            break
        if time.monotonic() >= deadline:
            raise TrackerError(
                "index-locked", f"另一个 git 命令占用着暂存区：{target}",
                "等它结束；确认没有 git 在运行后，自行删除这个文件",
            )  # fmt: skip
        time.sleep(_POLL)
    try:
        yield
    finally:
        if _is_ours(target):
            target.unlink(missing_ok=True)


def _make_marker(marker: Path) -> None:
    """The file that becomes the lock, flushed, so that a lock found after a power cut says whose.

    It is made once and stays.
    """
    fresh = marker.with_name(f"{_MARKER}.new")
    fresh.unlink(missing_ok=True)
    with fresh.open("wb") as file:
        file.write(_MARK)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(marker)
    flush_directory(marker.parent)


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except FileNotFoundError:
        return False


def _not_refreshed(repository: Repository, error: Exception) -> Problem:
    reason = error.message if isinstance(error, TrackerError) else str(error)
    return Problem(
        code="work-tree-not-refreshed", severity=Severity.WARNING,
        message=f"版本已存入，但工作区没有更新：{repository.top}（{reason}）",
        hint="排除原因后，下一个命令会自动补上",
    )  # fmt: skip
