"""What a change to a repository brings: new versions and drafts, read from git's objects.

Floor 3. A change is untrusted: nothing of it is ever checked out, opened as a file or run. The base
is where it left the main line, so that what others did meanwhile is not its doing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from tracker.diff.align.overrides import Overrides
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.store.catalogue import OVERRIDES, RECORD, ROOT, Catalogue, holds_law
from tracker.store.faults import corrupt_store
from tracker.store.git.repository import BadObjectError, Repository
from tracker.store.model import Version
from tracker.store.names import CHECK_SETTINGS, is_law_id, is_version_id, shown
from tracker.store.order import superseded_ids
from tracker.store.record import read_overrides
from tracker.store.stream import FILE_MODE, TREE_MODE

__all__ = [
    "DRAFTS", "LIMIT_COUNT", "LIMIT_SIZE", "LIMIT_TOTAL", "Added", "Draft", "Proposal", "propose",
    "propose_in",
]  # fmt: skip

DRAFTS: Final = "drafts"
"""Sources that wait to be stored: ``drafts/LAW/FILE``."""

LIMIT_COUNT: Final = 50  # drafts and versions of one change; more is an accident or an attack
LIMIT_SIZE: Final = 32 * 1024 * 1024  # bytes of one draft, as for any source
LIMIT_TOTAL: Final = 200 * 1024 * 1024  # bytes of all drafts together
_DEEPEST: Final = 16  # folders inside one another below drafts/
_FILES: Final = (FILE_MODE, "100755")
_UNFIT: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What no name of a file needs and what acts on a screen or a log; and bytes that are no UTF-8."""

_Tree = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Added:
    """A version that the change adds, and the version before it in legal order, None for the first.

    `overrides` is what reviewers said of the pair.
    """

    version: Version
    previous: Version | None = None
    overrides: Overrides = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A source that the change adds or replaces: its path, the law it belongs to, its bytes.

    `known` are the versions of the law that are stored, in legal order; none for a new law.
    """

    path: str
    law_id: str
    data: bytes
    known: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What lies between two commits, `base` and `head` by their ids.

    `versions` and `drafts` are what it adds and can be checked. `refused` are the findings about
    what it must not do or what could not be looked at, `refused_drafts` those about a file under
    `drafts/`, each with its path, made fit to be shown; `others` the paths that it touches beside,
    which no rule looks at (a folder stands for all in it), made fit to be shown.
    `settings` are the files of settings as they are at the base, by path: a change does not decide
    how it is checked itself.
    """

    base: str
    head: str
    versions: tuple[Added, ...] = ()
    drafts: tuple[Draft, ...] = ()
    refused: tuple[Problem, ...] = ()
    refused_drafts: tuple[tuple[str, Problem], ...] = ()
    others: tuple[str, ...] = ()
    settings: Mapping[str, bytes] = field(default_factory=dict)


def propose(path: Path, base: str, head: str = "HEAD") -> Proposal:
    """What `head` adds since it left `base`; both are names of commits in the repository of `path`.

    Raises TrackerError `not-a-store` and those of `propose_in`.
    """
    with Repository.open(path) as repository:
        return propose_in(repository, base, head)


def propose_in(repository: Repository, base: str, head: str = "HEAD") -> Proposal:
    """The same in an open repository.

    Raises TrackerError `no-such-revision`, `no-common-past`, `corrupt-store`, `change-too-large`.
    """
    tip = repository.commit(head)
    start = repository.merge_base(repository.commit(base), tip)
    if start is None:
        raise TrackerError(
            "no-common-past",
            f"{base} 与 {head} 没有共同的历史，分不清改动带来了什么",
            "检查 --base；浅克隆要先取回历史：git fetch --unshallow",
        )
    try:
        reading = _Reading(repository, start, tip)
        return reading.proposal()
    except BadObjectError as error:
        raise corrupt_store(repository.git_dir) from error


class _Reading:
    """The two trees side by side; gathers what differs."""

    def __init__(self, repository: Repository, base: str, head: str) -> None:
        self.repository = repository
        self.base, self.head = base, head
        self.old, self.new = repository.tree(base), repository.tree(head)
        self.refused: list[Problem] = []
        self.refused_drafts: list[tuple[str, Problem]] = []
        self.others: list[str] = []
        self.catalogue = Catalogue(repository, head, {})
        self._versions: dict[str, tuple[Version, ...]] = {}

    def proposal(self) -> Proposal:
        for name in _differing(self.old, self.new):
            if name not in (ROOT, DRAFTS):
                self.others.append(name)
        wanted = self._wanted_versions()
        found = self._wanted_drafts()
        if len(wanted) + len(found) > LIMIT_COUNT:
            raise _too_large(f"{len(wanted) + len(found)} 份草案和版本，上限 {LIMIT_COUNT} 份")
        drafts = self._read_drafts(found)
        versions = self._read_versions(wanted)
        return Proposal(
            self.base, self.head, versions, drafts, tuple(self.refused),
            tuple(self.refused_drafts), tuple(shown(name) for name in sorted(self.others)),
            self._settings(),
        )  # fmt: skip

    def _settings(self) -> dict[str, bytes]:
        found = {
            name: self.repository.blob(self.old[name][1])
            for name in CHECK_SETTINGS if self.old.get(name, ("",))[0] in _FILES
        }  # fmt: skip
        laws = self._folder(self.old, ROOT)
        for law_id in sorted(filter(is_law_id, laws)):
            mode, oid = self._folder(laws, law_id).get(RECORD, ("", ""))
            if mode in _FILES:
                found[f"{ROOT}/{law_id}/{RECORD}"] = self.repository.blob(oid)
        return found

    def _wanted_versions(self) -> list[tuple[str, str]]:
        """The folders of versions that are new; those that were changed or removed are refused."""
        new = self._folder(self.new, ROOT)
        old = self._folder(self.old, ROOT)
        wanted: list[tuple[str, str]] = []
        for law_id in _differing(old, new):
            if not is_law_id(law_id):
                self.others.append(f"{ROOT}/{law_id}")
                continue
            before, after = self._folder(old, law_id), self._folder(new, law_id)
            if after and not holds_law({**before, **after}):
                self.others.append(f"{ROOT}/{law_id}")
                continue
            if after:
                self._check_law_files(law_id)
            for name in _differing(before, after):
                if name in (RECORD, OVERRIDES):
                    continue
                if not is_version_id(name):
                    self.others.append(f"{ROOT}/{law_id}/{name}")
                elif name not in after:
                    self.refused.append(_removed(law_id, name))
                elif name in before:
                    self.refused.append(_changed(law_id, name))
                else:
                    wanted.append((law_id, name))
        return wanted

    def _check_law_files(self, law_id: str) -> None:
        """law.toml and overrides.toml: a slip in them would stop the site and the check itself."""
        try:
            self.catalogue.record(law_id)
            if (data := self.catalogue.overrides(law_id)) is not None:
                known = [entry.version_id for entry in self.catalogue.entries(law_id)]
                read_overrides(law_id, data, "", "", known, order=known)
        except TrackerError as error:
            self.refused.append(_unreadable(error, law_id, ""))

    def _read_versions(self, wanted: list[tuple[str, str]]) -> tuple[Added, ...]:
        out = []
        for law_id, version_id in wanted:
            try:
                out.append(self._read_version(law_id, version_id))
            except TrackerError as error:
                self.refused.append(_unreadable(error, law_id, version_id))
        return tuple(out)

    def _read_version(self, law_id: str, version_id: str) -> Added:
        entry = self.catalogue.entry(law_id, version_id)
        self.catalogue.source(entry)
        version = self.catalogue.version(entry)
        known = self._known(law_id)
        ids = [one.version_id for one in known]
        if version_id not in ids or ids.index(version_id) == 0:
            return Added(version)
        previous = known[ids.index(version_id) - 1]
        data = self.catalogue.overrides(law_id)
        said = read_overrides(law_id, data, previous.version_id, version_id) if data else ()
        return Added(version, previous, said)

    def _known(self, law_id: str) -> tuple[Version, ...]:
        """The versions of a law at the head, without those that another one corrects."""
        if law_id not in self._versions:
            entries = self.catalogue.entries(law_id)
            gone = superseded_ids(entries)
            self._versions[law_id] = tuple(
                self.catalogue.version(entry) for entry in entries if entry.version_id not in gone
            )
        return self._versions[law_id]

    def _wanted_drafts(self) -> list[tuple[str, str]]:
        """Path and object id of each draft that is new or other than before."""
        old, new = self._folder(self.old, DRAFTS), self._folder(self.new, DRAFTS)
        found = []
        for path, mode, oid in self._files(old, new, (DRAFTS,)):
            parts = PurePosixPath(path).parts
            if _UNFIT.search(path):
                self.refused_drafts.append((_fit(path), _bad_name(path)))
            elif _is_beside(parts[1:]):
                self.others.append(path)
            elif mode not in _FILES:
                self.refused_drafts.append((_fit(path), _not_a_file(path)))
            elif len(parts) < 3 or not is_law_id(parts[1]):
                self.refused_drafts.append((_fit(path), _no_law(path)))
            else:
                found.append((path, oid))
        return found

    def _files(
        self, old: _Tree, new: _Tree, above: tuple[str, ...]
    ) -> Iterator[tuple[str, str, str]]:
        for name in _differing(old, new):
            if name not in new:
                continue
            mode, oid = new[name]
            path = "/".join((*above, name))
            if mode != TREE_MODE:
                yield path, mode, oid
            elif len(above) >= _DEEPEST:
                raise _too_large(f"{DRAFTS}/ 里的文件夹超过 {_DEEPEST} 层")
            else:
                yield from self._files(
                    self._folder(old, name), self._folder(new, name), (*above, name)
                )

    def _read_drafts(self, found: list[tuple[str, str]]) -> tuple[Draft, ...]:
        sizes = self.repository.sizes([oid for _, oid in found])
        total = 0
        drafts = []
        for (path, oid), size in zip(found, sizes, strict=True):
            if size is None or size > LIMIT_SIZE:
                self.refused_drafts.append((_fit(path), _too_long(path, size)))
                continue
            total += size
            if total > LIMIT_TOTAL:
                raise _too_large(f"草案合计超过 {LIMIT_TOTAL >> 20} MB")
            law_id = PurePosixPath(path).parts[1]
            try:
                known = self._known(law_id)
            except TrackerError as error:
                self.refused.append(_unreadable(error, law_id, ""))
                known = ()
            drafts.append(Draft(path, law_id, self.repository.blob(oid), known))
        return tuple(drafts)

    def _folder(self, tree: _Tree, name: str) -> _Tree:
        mode, oid = tree.get(name, ("", ""))
        return self.repository.tree(oid) if mode == TREE_MODE else {}


def _fit(path: str) -> str:
    """A path whole, with the signs spelled out that act on a screen or a log.

    >>> _fit("drafts/law/a\\nb.txt")
    'drafts/law/a<U+000A>b.txt'
    """
    return _UNFIT.sub(lambda match: f"<U+{ord(match[0]):04X}>", path)


def _is_beside(parts: tuple[str, ...]) -> bool:
    """Whether a file under ``drafts/`` is there for git or for people: .gitkeep, README.md."""
    return any(part.startswith(".") for part in parts) or (
        len(parts) == 1 and parts[0].partition(".")[0].upper() == "README"
    )


def _differing(old: _Tree, new: _Tree) -> tuple[str, ...]:
    """Names of what is new, gone or other, sorted."""
    return tuple(sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))


def _too_large(what: str) -> TrackerError:
    return TrackerError("change-too-large", f"改动太大，没有检查：{what}", "拆成几个小的改动")


def _problem(code: str, message: str, hint: str, law: str = "", version: str = "") -> Problem:
    return Problem(
        code=code, severity=Severity.ERROR, message=message, hint=hint, law=law, version=version
    )


def _changed(law_id: str, version_id: str) -> Problem:
    return _problem(
        "stored-version-changed",
        f"改动改写了已存的版本 {law_id}@{version_id}",
        "已存的版本不改写：还原它，再用 tracker ingest --corrects 存入更正",
        law_id, version_id,
    )  # fmt: skip


def _removed(law_id: str, version_id: str) -> Problem:
    return _problem(
        "stored-version-removed",
        f"改动删去了已存的版本 {law_id}@{version_id}",
        "已存的版本不删除：还原它；有误的版本用 tracker ingest --corrects 更正",
        law_id, version_id,
    )  # fmt: skip


def _unreadable(error: TrackerError, law_id: str, version_id: str) -> Problem:
    return _problem(error.code, error.message, error.hint, law_id, version_id)


def _not_a_file(path: str) -> Problem:
    return _problem(
        "draft-not-a-file", f"{path} 是链接或子模块，不是文件，没有读取", "放入文件本身"
    )


def _bad_name(path: str) -> Problem:
    return _problem(
        "draft-bad-name",
        f"文件名里有控制字符、换行或无法解码的字节，没有读取：{shown(path)}",
        "改文件名",
    )


def _no_law(path: str) -> Problem:
    return _problem(
        "draft-without-law",
        f"{path} 不在法规的文件夹里，不知道是哪部法规，没有检查",
        f"放到 {DRAFTS}/法规标识/文件名，标识如 shenzhen-digital-economy",
    )


def _too_long(path: str, size: int | None) -> Problem:
    if size is None:
        return _problem("draft-not-a-file", f"仓库里没有 {path} 的内容", "重新完整克隆")
    return _problem(
        "draft-too-large",
        f"{path} 有 {size / (1 << 20):.0f} MB，上限 {LIMIT_SIZE >> 20} MB，没有检查",
        "只放法规的文本，去掉图片和附件",
    )
