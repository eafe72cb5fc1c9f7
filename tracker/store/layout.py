"""What lies under ``versions/`` at a commit, name by name, and what does not belong there.

Floor 3. Reads trees only, each hashed again; one that is damaged is named and stops no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.law.problems import Problem, Severity
from tracker.store.attributes import ATTRIBUTES_FILE
from tracker.store.catalogue import OVERRIDES, RECORD, ROOT, holds_law
from tracker.store.faults import REPAIR, no_record
from tracker.store.git.repository import Repository
from tracker.store.names import is_law_id, is_version_id, shown
from tracker.store.stream import FILE_MODE, TREE_MODE

__all__ = ["Folder", "Key", "Layout", "read_layout"]

Key = tuple[str, str]
"""Law id and version id."""
_Entries = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Folder:
    """A version's folder: its object id, and name → (mode, object id) of what is in it."""

    oid: str
    files: _Entries


@dataclass(slots=True)
class Layout:
    """The folders of all versions, the object id of each law's folder, and what is wrong there.

    `edited`: law id and name of law.toml and overrides.toml, with their object ids.
    """

    versions: dict[Key, Folder] = field(default_factory=dict)
    laws: dict[str, str] = field(default_factory=dict)
    edited: dict[Key, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_layout(repository: Repository, tip: str, known: Layout | None = None) -> Layout:
    """The layout at the commit `tip`. Raises BadObjectError where ``versions/`` cannot be read.

    Of the laws whose folder is as in `known` only the ids are read.
    """
    layout = Layout()
    root = repository.tree(tip).get(ROOT)
    laws = {} if root is None else repository.tree(root[1])
    for name, (mode, oid) in laws.items():
        if is_law_id(name) and mode == TREE_MODE:
            layout.laws[name] = oid
        elif name != ATTRIBUTES_FILE or mode != FILE_MODE:
            layout.problems.append(_foreign(f"{ROOT}/{name}"))
    same = {} if known is None else known.laws
    changed = {law: oid for law, oid in layout.laws.items() if same.get(law) != oid}
    folders: dict[Key, str] = {}
    for law_id, entries in zip(changed, repository.trees(tuple(changed.values())), strict=True):
        if entries is None:
            layout.problems.append(_unreadable(law_id))
        elif holds_law(entries):
            folders |= _versions(law_id, entries, layout)
        else:
            del layout.laws[law_id]
            layout.problems += [_foreign(f"{ROOT}/{law_id}/{name}") for name in entries]
    for key, entries in zip(folders, repository.trees(tuple(folders.values())), strict=True):
        if entries is None:
            layout.problems.append(_unreadable(*key))
        else:
            layout.versions[key] = Folder(folders[key], entries)
    return layout


def _versions(law_id: str, entries: _Entries, layout: Layout) -> dict[Key, str]:
    """The folders of a law's versions; what else is there goes into the problems."""
    found = {}
    for name, (mode, oid) in entries.items():
        if is_version_id(name) and mode == TREE_MODE:
            found[law_id, name] = oid
        elif name in (RECORD, OVERRIDES) and mode == FILE_MODE:
            layout.edited[law_id, name] = oid
        else:
            layout.problems.append(_foreign(f"{ROOT}/{law_id}/{name}", law_id))
    if RECORD not in entries:
        error = no_record(law_id)
        layout.problems.append(
            Problem(
                code=error.code, severity=Severity.ERROR, law=law_id, message=error.message,
                hint=error.hint,
            )
        )  # fmt: skip
    return found


def _foreign(path: str, law_id: str = "") -> Problem:
    return Problem(
        code="foreign-file", severity=Severity.WARNING, law=law_id,
        message=f"{shown(path)} 不是版本库的文件，没有哪条命令读它",
        hint="写错了名字就改正；否则移到 versions/ 之外",
    )  # fmt: skip


def _unreadable(law_id: str, version_id: str = "") -> Problem:
    name = f"{law_id}@{version_id}" if version_id else law_id
    return Problem(
        code="corrupt-version", severity=Severity.ERROR, law=law_id, version=version_id,
        message=f"{name}：读不出文件夹，git 对象缺失或损坏", hint=REPAIR,
    )  # fmt: skip
