"""What the commits did to stored versions, held against what is stored now and what they say.

Floor 3. A version is added once, by one commit whose trailers repeat its record, and never touched
again. Takes what `git.history` read; pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.store import meta as records
from tracker.store.catalogue import META
from tracker.store.examine import Link
from tracker.store.faults import REPAIR
from tracker.store.git.history import Changed
from tracker.store.layout import Folder, Key
from tracker.store.names import is_law_id, is_version_id, some

__all__ = ["Trail", "check_chain", "check_files", "check_trailers", "follow"]

_PATH: Final = re.compile(r"versions/([^/]+)/([^/]+)/(.+)", re.DOTALL)
_TRAILER: Final = re.compile(rf"^(?:{'|'.join(records.TRAILERS)}): .*$", re.MULTILINE)
_SUBJECT: Final = re.compile(r"ingest ([a-z0-9-]+) ([a-z0-9_-]+)", re.ASCII)
_GONE: Final = "0" * 40
_SHOWN: Final = 8


@dataclass(slots=True)
class Trail:
    """For each version the files it ever had, each with its changes; for each commit the versions
    whose record it added."""

    files: dict[Key, dict[str, list[Changed]]] = field(default_factory=dict)
    added: dict[str, list[Key]] = field(default_factory=dict)

    @property
    def accounted(self) -> set[Key]:
        """Versions whose record some commit added."""
        return {key for keys in self.added.values() for key in keys}


def follow(changes: Sequence[Changed]) -> Trail:
    """The trail of these changes, which are in the order of the commits."""
    trail = Trail()
    for change in changes:
        match = _PATH.fullmatch(change.path)
        if match is None or not (is_law_id(match[1]) and is_version_id(match[2])):
            continue
        key = match[1], match[2]
        trail.files.setdefault(key, {}).setdefault(match[3], []).append(change)
        if match[3] == META and change.added:
            trail.added.setdefault(change.commit, []).append(key)
    return trail


def check_files(trail: Trail, versions: Mapping[Key, Folder], known: set[Key]) -> Iterator[Problem]:
    """Versions taken away or changed after they were added: `version-missing`, `version-changed`.

    `known` are versions that are there though they are not in `versions`.
    """
    for key, files in trail.files.items():
        if key not in versions:
            if META in files and key not in known:
                last = files[META][-1].commit
                yield _problem(
                    key, "version-missing", f"曾经存入，现在不在了（见提交 {last[:12]}）",
                    f"用 git 恢复：git revert {last[:12]}，或从另一份克隆取回",
                )  # fmt: skip
            continue
        twice = _came_twice(files, versions[key])
        if twice is not None:
            yield _problem(
                key, "chain-forked",
                f"两个分支都收录了它，合并时没有留下提交 {twice.commit[:12]} 的记录",
                "来源与文本相同，只是在链上的位置不同；留下哪一份都可以读",
                Severity.WARNING,
            )  # fmt: skip
            continue
        for name, changes in files.items():
            here = versions[key].files.get(name, ("", ""))[1]
            change = _altered(changes, here)
            if change is not None and here:
                yield _changed(key, name, change, restored=here == changes[0].oid)


def _altered(changes: Sequence[Changed], here: str) -> Changed | None:
    """The change after which a file was not what it was before, or is not what is there now."""
    first = changes[0].oid
    for change in changes:
        if change.oid not in (_GONE, first) or (not change.added and change.oid != _GONE):
            return change
    return changes[-1] if here and changes[-1].oid not in (here, _GONE) else None


def _changed(key: Key, name: str, change: Changed, *, restored: bool) -> Problem:
    what = f"{name} 存入后被提交 {change.commit[:12]} 改动过"
    if restored:
        return _problem(
            key, "version-changed", f"{what}，后来恢复了原样", "现在与存入时相同，不需要处理",
            Severity.WARNING,
        )  # fmt: skip
    return _problem(
        key, "version-changed", what,
        "存入的内容不再改动：用 git 恢复，更正另存为新版本（--corrects）",
    )  # fmt: skip


def _came_twice(files: Mapping[str, Sequence[Changed]], here: Folder) -> Changed | None:
    """The addition that a merge left out: two branches ingested the version, one record was kept.

    Source, text and note came the same every time, and nothing was ever changed or taken away. In
    one line of commits that cannot be: what is there is not added again.
    """
    if not all(change.added for changes in files.values() for change in changes):
        return None
    for name, changes in files.items():
        oids = {change.oid for change in changes}
        if here.files.get(name, ("", ""))[1] not in oids or (name != META and len(oids) > 1):
            return None
    kept = here.files.get(META, ("", ""))[1]
    return next((change for change in files.get(META, ()) if change.oid != kept), None)


def _left_out(trail: Trail, versions: Mapping[Key, Folder]) -> set[str]:
    """The commits whose record of a version is not the one that was kept."""
    return {
        change.commit
        for key, files in trail.files.items()
        if key in versions and _came_twice(files, versions[key]) is not None
        for change in files[META]
        if change.oid != versions[key].files[META][1]
    }


def check_trailers(
    trail: Trail,
    messages: Mapping[str, str],
    links: Mapping[Key, Link],
    versions: Mapping[Key, Folder],
) -> Iterator[Problem]:
    """Whether each commit says of the versions it added what their records say: `trailers-differ`.

    A commit without any trailer (made by hand, or squashed) is told of: `no-trailers`. One whose
    record a merge left out has nothing to be held against.
    """
    bare: dict[str, list[str]] = {}
    left_out = _left_out(trail, versions)
    for commit, message in messages.items():
        if commit in left_out:
            continue
        keys = trail.added.get(commit, [])
        found = _TRAILER.findall(message)
        subject = _SUBJECT.fullmatch(message.split("\n", 1)[0])
        if not found and subject is None:
            for law_id, version_id in keys:
                bare.setdefault(law_id, []).append(version_id)
        elif all(key in links for key in keys):
            wanted = Counter(line for key in keys for line in links[key].trailers)
            told = subject is None or (subject[1], subject[2]) in keys
            if Counter(found) != wanted or not told:
                yield from _differ(commit, keys, found)
    for law_id, ids in bare.items():
        yield Problem(
            code="no-trailers", severity=Severity.INFO, law=law_id,
            message=f"{law_id} 有 {len(ids)} 个版本的提交不带校验行：{some(ids, _SHOWN)}",
            hint="手工提交或压缩合并时会这样；有见证文件时仍可核对",
        )  # fmt: skip


def _differ(commit: str, keys: Sequence[Key], found: Sequence[str]) -> Iterator[Problem]:
    said = dict(line.split(": ", 1) for line in found)
    named = [(said.get("Law", ""), said.get("Version", ""))]
    for key in keys or named:
        yield _problem(
            key, "trailers-differ", f"提交 {commit[:12]} 的说明与版本的记录不符",
            "提交说明或 meta.json 被改过；与另一份克隆或见证核对",
        )  # fmt: skip


def check_chain(links: Sequence[Link], known: Mapping[str, int]) -> Iterator[Problem]:
    """Whether each link follows another of the same law: `chain-broken`, `chain-forked`.

    `links` are all of one law. `known` are further chain hashes that a link may follow, with their
    place in the chain.
    """
    places = dict(known) | {link.chain_sha256: link.ingest_seq for link in links}
    taken: dict[int, str] = dict.fromkeys(known.values(), "")
    for link in sorted(links, key=lambda one: (one.ingest_seq, one.version_id)):
        key = link.law_id, link.version_id
        before = 0 if link.previous is None else places.get(link.previous)
        if before is None:
            yield _problem(
                key, "chain-broken",
                f"它接续的记录（{str(link.previous)[:12]}）不在库里，前面有版本被换过", REPAIR,
            )  # fmt: skip
        elif link.ingest_seq != before + 1:
            yield _problem(
                key, "chain-broken", f"序号是 {link.ingest_seq}，应是 {before + 1}", REPAIR
            )
        elif link.ingest_seq in taken:
            other = taken[link.ingest_seq]
            yield _problem(
                key, "chain-forked",
                f"与{other or '另一版本'}同为第 {link.ingest_seq} 个收录的版本",
                "两个分支各自收录后合并，就会这样；两个版本都可以读",
                Severity.WARNING,
            )  # fmt: skip
        taken.setdefault(link.ingest_seq, link.version_id)


def _problem(
    key: Key, code: str, text: str, hint: str, severity: Severity = Severity.ERROR
) -> Problem:
    law_id, version_id = key
    return Problem(
        code=code, severity=severity, law=law_id, version=version_id,
        message=f"{law_id}@{version_id}：{text}", hint=hint,
    )  # fmt: skip
