"""The whole store held against its own evidence: objects, records, chain, commits, a witness.

Floor 3. Offline and reading only. It believes nothing that was found before: every object is hashed
again, every record and text read again, every commit asked what it did. Promises and figures:
site/docs/reference/store.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tracker.law.problems import Problem, Severity, TrackerError
from tracker.store import transaction
from tracker.store.catalogue import RECORD, ROOT
from tracker.store.examine import Link, Sample
from tracker.store.examine_many import examine_many
from tracker.store.faults import REPAIR
from tracker.store.git.history import Damage, changes, commits, damage, is_ancestor
from tracker.store.git.process import object_id
from tracker.store.git.repository import BadObjectError, Repository
from tracker.store.layout import Folder, Key, Layout, read_layout
from tracker.store.record import read_overrides, read_record
from tracker.store.trail import check_chain, check_files, check_trailers, follow
from tracker.store.witness import Witness, witness_of

__all__ = ["Verified", "verify"]

_LINES: Final = 3  # of what git says about objects that belong to no version


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and what is wrong: by law and version, what concerns all of it first.

    `versions` counts those examined in full. `witness` is of what was found now.
    """

    tip: str | None
    laws: int
    versions: int
    commits: int
    problems: tuple[Problem, ...]
    witness: Witness


@dataclass(slots=True)
class _Finding:
    """What is known while it goes on. `old` are versions a witness vouches for, not read again."""

    repository: Repository
    tip: str | None = None
    layout: Layout = field(default_factory=Layout)
    old: dict[Key, Link] = field(default_factory=dict)
    links: dict[Key, Link] = field(default_factory=dict)
    commits: tuple[str, ...] = ()
    messages: dict[str, str] = field(default_factory=dict)
    owners: dict[str, Key] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def verify(
    root: Path, *, witness: Witness | None = None, incremental: bool = False,
    workers: int | None = None,
) -> Verified:  # fmt: skip
    """Verify the store that `root` lies in. Only reads, but for the healing of a cut-short write.

    `witness` is held against what is there. With `incremental` what it vouches for is taken from it
    and not read again. `workers`: processes (None: all cores). Raises TrackerError `not-a-store`.
    """
    with ExitStack() as stack:
        repository = stack.enter_context(Repository.open(root))
        transaction.heal_if_needed(repository)
        found = _Finding(repository)
        _check_clone(found)
        fsck: Future[tuple[Damage, ...]] | None = None
        if not incremental:  # git hashes all objects on one core while we read on the others
            pool = stack.enter_context(ThreadPoolExecutor(1))
            fsck = pool.submit(damage, repository)
        try:
            found.tip = repository.head()
            _look(found, witness, incremental=incremental, workers=workers)
        except (BadObjectError, TrackerError) as error:
            where = error.message if isinstance(error, TrackerError) else str(error)
            found.problems.append(_general("corrupt-store", f"读不出版本库的目录：{where}", REPAIR))
        if witness is not None:
            _check_witness(found, witness)
        if fsck is not None:
            _check_damage(found, fsck.result())
            _check_work_tree(found)
    everything = {**found.old, **found.links}
    return Verified(
        tip=found.tip,
        laws=len(found.layout.laws),
        versions=len(found.layout.versions),
        commits=len(found.commits),
        problems=tuple(sorted(found.problems, key=lambda one: (one.law, one.version))),
        witness=witness_of(found.tip, everything.values()),
    )


def _check_clone(found: _Finding) -> None:
    if found.repository.is_partial():
        found.problems.append(
            _general("shallow-store", "仓库是浅克隆或部分克隆，历史不完整",
                     "运行 git fetch --unshallow，或重新完整克隆")
        )  # fmt: skip
    for place in found.repository.taints():
        found.problems.append(
            _general("tainted-store", f"仓库里有替换、嫁接或借用的对象：{place}",
                     "删去它们，或重新完整克隆")
        )  # fmt: skip


def _look(
    found: _Finding, witness: Witness | None, *, incremental: bool, workers: int | None
) -> None:
    """Files, records and chain at the tip; then what the commits that led there did."""
    repository, tip = found.repository, found.tip
    if tip is None:
        return
    since = None
    if incremental and witness is not None and witness.tip is not None:
        if is_ancestor(repository, witness.tip, tip):
            since = witness.tip
            _trust(found, witness)
        else:
            found.layout = read_layout(repository, tip)
    else:
        found.layout = read_layout(repository, tip)
    layout = found.layout
    found.problems += layout.problems
    _check_edited(found)
    for key, folder in layout.versions.items():
        found.owners |= dict.fromkeys((folder.oid, *(oid for _, oid in folder.files.values())), key)
    for key, (link, problems) in zip(
        layout.versions, examine_many(_samples(repository, layout.versions), workers), strict=True
    ):
        found.problems += problems
        if link is not None:
            found.links[key] = link
    _check_chains(found)
    _check_commits(found, since)


def _trust(found: _Finding, witness: Witness) -> None:
    """Take from the witness every version whose folder is what it was at the witness's commit."""
    assert found.tip is not None
    assert witness.tip is not None
    before = read_layout(found.repository, witness.tip)
    after = read_layout(found.repository, found.tip, before)
    for law_id, seen in witness.laws.items():
        same_law = after.laws.get(law_id) == before.laws.get(law_id, "")
        for one in seen:
            key = law_id, one.version_id
            then, now = before.versions.get(key), after.versions.get(key)
            if then is not None and (same_law or (now is not None and now.oid == then.oid)):
                found.old[key] = Link(*key, one.ingest_seq, None, one.chain_sha256, ())
                after.versions.pop(key, None)
    found.layout = after


def _samples(repository: Repository, versions: Mapping[Key, Folder]) -> Iterator[Sample]:
    """The versions with their bytes, read some hundred objects at a time."""
    files = [(key, name, *folder.files[name])
             for key, folder in versions.items() for name in folder.files]  # fmt: skip
    blobs = repository.read_many([oid for _, _, _, oid in files])
    rows = zip(files, blobs, strict=True)
    for key, folder in versions.items():
        read: dict[str, tuple[str, bytes | None]] = {}
        for _ in folder.files:
            (_, name, mode, _), blob = next(rows)
            read[name] = (mode, blob[1] if blob and blob[0] == "blob" else None)
        yield Sample(*key, read)


def _check_edited(found: _Finding) -> None:
    """Whether law.toml and overrides.toml, which people edit, can be read."""
    edited = found.layout.edited
    ids: dict[str, list[str]] = {}
    for law_id, version_id in (*found.layout.versions, *found.old):
        ids.setdefault(law_id, []).append(version_id)
    blobs = found.repository.read_many(tuple(edited.values()))
    for (law_id, name), read in zip(edited, blobs, strict=True):
        try:
            if read is None or read[0] != "blob":
                place = f"{ROOT}/{law_id}/{name}"
                raise TrackerError("corrupt-store", f"{place}：git 对象缺失或损坏", REPAIR)
            if name == RECORD:
                read_record(law_id, read[1])
            else:
                read_overrides(law_id, read[1], "", "", ids.get(law_id, ()))
        except TrackerError as error:
            problem = _general(error.code, error.message, error.hint)
            found.problems.append(replace(problem, law=law_id))


def _check_chains(found: _Finding) -> None:
    laws: dict[str, list[Link]] = {}
    for link in found.links.values():
        laws.setdefault(link.law_id, []).append(link)
    damaged = {key[0] for key in found.layout.versions if key not in found.links}
    damaged |= {problem.law for problem in found.layout.problems if problem.version}
    for law_id, links in laws.items():
        known = {one.chain_sha256: one.ingest_seq
                 for one in found.old.values() if one.law_id == law_id}  # fmt: skip
        problems = check_chain(links, known)
        # Where a record cannot be read, what follows it has nothing to follow: told already.
        found.problems += [p for p in problems if law_id not in damaged]


def _check_commits(found: _Finding, since: str | None) -> None:
    repository, versions = found.repository, found.layout.versions
    assert found.tip is not None
    found.commits, whole = commits(repository, found.tip, since)
    changed, all_changes = changes(repository, found.commits)
    trail = follow(changed)
    found.problems += check_files(trail, versions, set(found.old))
    for commit, keys in trail.added.items():
        if len(keys) == 1:
            found.owners.setdefault(commit, keys[0])
    if repository.is_partial():  # its first commits seem to add everything
        return
    for oid, read in zip(found.commits, repository.read_many(found.commits), strict=True):
        if read is None or read[0] != "commit":
            whole = False
        else:
            body = read[1].partition(b"\n\n")[2]
            found.messages[oid] = body.decode("utf-8", "replace")
    found.problems += check_trailers(trail, found.messages, found.links, versions)
    if not (whole and all_changes):
        found.problems += _unaccounted(versions, trail.accounted)


def _unaccounted(versions: Iterable[Key], accounted: set[Key]) -> Iterator[Problem]:
    """Versions whose commit cannot be read."""
    text = "历史中有读不出的提交"
    yield _general("corrupt-store", f"{text}，更早的提交无法核对", REPAIR)
    for law_id, version_id in versions:
        if (law_id, version_id) not in accounted:
            yield Problem(
                code="corrupt-version", severity=Severity.ERROR, law=law_id, version=version_id,
                message=f"{law_id}@{version_id}：{text}，存入它的提交无法核对", hint=REPAIR,
            )  # fmt: skip


def _check_witness(found: _Finding, witness: Witness) -> None:
    """Whether everything that the witness saw is there, unchanged, in a history that goes on."""
    everything = {**found.old, **found.links}
    before = len(found.problems)
    for law_id, seen in witness.laws.items():
        for one in seen:
            key = law_id, one.version_id
            link = everything.get(key)
            if link is None and key not in found.layout.versions:
                found.problems.append(_gone(key))
            elif link is not None and link.chain_sha256 != one.chain_sha256:
                found.problems.append(_rewritten(key))
    if witness.tip is None or found.tip is None:
        lost = witness.tip is not None
    else:
        lost = not is_ancestor(found.repository, witness.tip, found.tip)
    if lost:
        same = "；各版本的内容仍与见证相符" if len(found.problems) == before else ""
        text = f"历史被改写过：见证所记的提交 {str(witness.tip)[:12]} 不在现在的历史里{same}"
        hint = "查明是谁改写的；确属本意，用 tracker verify --write-witness 另存新的见证"
        found.problems.append(_general("history-rewritten", text, hint))


def _gone(key: Key) -> Problem:
    return Problem(
        code="version-missing", severity=Severity.ERROR, law=key[0], version=key[1],
        message=f"{key[0]}@{key[1]}：见证里有它，现在没有", hint=REPAIR,
    )  # fmt: skip


def _rewritten(key: Key) -> Problem:
    return Problem(
        code="version-changed", severity=Severity.ERROR, law=key[0], version=key[1],
        message=f"{key[0]}@{key[1]}：与见证所记的不同，它或它之前的版本被换过", hint=REPAIR,
    )  # fmt: skip


def _check_damage(found: _Finding, damaged: Sequence[Damage]) -> None:
    """What git found, under the version it belongs to, unless that is named already."""
    told = {(one.law, one.version) for one in found.problems if one.code == "corrupt-version"}
    rest = []
    for one in damaged:
        keys = {found.owners[oid] for oid in one.oids if oid in found.owners}
        if not keys:
            rest.append(one.text)
        for law_id, version_id in sorted(keys - told):
            told.add((law_id, version_id))
            found.problems.append(
                Problem(
                    code="corrupt-version", severity=Severity.ERROR, law=law_id, version=version_id,
                    message=f"{law_id}@{version_id}：git 对象损坏（{one.text}）", hint=REPAIR,
                )
            )  # fmt: skip
    if rest:
        more = f" 等 {len(rest)} 处" if len(rest) > _LINES else ""
        text = f"git fsck 发现损坏：{'；'.join(rest[:_LINES])}{more}"
        found.problems.append(_general("corrupt-store", text, REPAIR))


def _check_work_tree(found: _Finding) -> None:
    """Files of stored versions that read otherwise in the work tree: the next commit takes them."""
    top = found.repository.top
    if top is None:
        return
    for (law_id, version_id), folder in found.layout.versions.items():
        place = top / ROOT / law_id / version_id
        if not place.parent.is_dir():  # a sparse checkout
            continue
        for name, (_, oid) in folder.files.items():
            if not _is_blob(place / name, oid):
                found.problems.append(
                    Problem(
                        code="work-tree-differs", severity=Severity.WARNING,
                        law=law_id, version=version_id,
                        message=f"{law_id}@{version_id}：工作区里的 {name} 与存入的不同",
                        hint=f"版本库不受影响；用 git checkout 恢复 {ROOT}/{law_id}/{version_id}",
                    )
                )  # fmt: skip


def _is_blob(path: Path, oid: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return object_id("blob", path.read_bytes()) == oid


def _general(code: str, text: str, hint: str) -> Problem:
    return Problem(code=code, severity=Severity.ERROR, message=text, hint=hint)
