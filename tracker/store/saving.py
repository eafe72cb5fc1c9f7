"""Where an incoming version belongs: already there, in conflict, or new; and the files it becomes.

Floor 3. Pure but for the canonical text it writes: works on the entries it is shown, under the lock
for a save and without it for a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.document import Tracked
from tracker.store import meta as records
from tracker.store.catalogue import META, NOTE, ROOT, TEXT, Entry, entry_of
from tracker.store.model import Incoming, LawRecord, Version
from tracker.store.names import check_law_id, source_file, version_id
from tracker.store.order import superseded_ids
from tracker.store.record import write_record
from tracker.store.stream import NewCommit, git_time, midnight

__all__ = ["Placed", "commit_of", "place", "record_of"]


@dataclass(frozen=True, slots=True)
class Placed:
    """The version an incoming one becomes, and what is found about that.

    `already` is the entry that makes it needless. `files` are names in the version's folder and
    their bytes; empty where it is there already.
    """

    version: Version
    already: Entry | None
    entry: Entry
    files: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def place(entries: Sequence[Entry], incoming: Incoming) -> Placed:
    """Find the place of an incoming version among all versions of its law.

    Raises TrackerError `bad-law-id`, `missing-title`, `no-such-version` (what it corrects),
    `already-corrected`, `version-conflict`, `source-stored-already`, `cannot-be-read-back`.
    """
    check_law_id(incoming.law_id)
    if not incoming.law.title:
        raise TrackerError("missing-title", "来源里没有标题", "用 --title 给出标题")
    text = incoming.text or _canonical_text(incoming)
    version = _version(entries, incoming, text)
    same = [e for e in entries if (e.stage, e.day) == (version.stage, version.day)]
    _check_corrects(entries, incoming)
    found = _already(entries, same, version)
    if found is not None:
        problems = _about_already(found, version)
        return Placed(version, found, found, problems=problems)
    _check_conflict(entries, same, version)
    problems = _same_source(entries, version)
    previous = max(entries, key=lambda e: e.ingest_seq, default=None)
    source = source_file(incoming.source_name)
    meta = records.write_meta(version, source, previous.chain_sha256 if previous else None)
    files = [(META, meta), (source, incoming.source), (TEXT, text.encode("utf-8"))]
    if incoming.note is not None:
        files.append((NOTE, incoming.note.encode("utf-8")))
    entry = entry_of(meta, {})
    version = replace(version, chain_sha256=entry.chain_sha256)
    return Placed(version, None, entry, tuple(sorted(files)), problems)


def _canonical_text(incoming: Incoming) -> str:
    # It brings all that reads sources, which whoever only looks at the store needs not.
    from tracker.store.guard import canonical_text

    return canonical_text(incoming.law, incoming.source_name)


def commit_of(
    placed: Placed, beside: Sequence[tuple[str, bytes]], parent_time: int | None
) -> NewCommit:
    """The commit that adds a version, and the files `beside` it: law.toml where the law is new.

    Its time is the legal date (midnight in China), but never before the parent's and inside what
    git can hold: no clock is asked, so the same input on the same parent gives the same commit.
    """
    version, entry = placed.version, placed.entry
    folder = f"{ROOT}/{version.law_id}"
    files = [(f"{folder}/{version.version_id}/{name}", data) for name, data in placed.files]
    meta_sha256 = records.sha256(dict(placed.files)[META])
    return NewCommit(
        records.message(dict(entry.meta), meta_sha256),
        git_time(midnight(version.day), parent_time),
        (*beside, *files),
    )


def record_of(incoming: Incoming) -> bytes:
    """law.toml for a law that is new."""
    return write_record(
        LawRecord(
            law_id=incoming.law_id,
            title=incoming.law.title,
            issuing_body=incoming.issuing_body or "",
            fictional=incoming.fictional,
        )
    )


def _version(entries: Sequence[Entry], incoming: Incoming, text: str) -> Version:
    taken = {entry.version_id for entry in entries}
    name = version_id(incoming.dates.legal, incoming.stage, taken)
    return Version(
        law_id=incoming.law_id,
        version_id=name,
        stage=incoming.stage,
        dates=incoming.dates,
        law=incoming.law,
        text=text,
        source_name=incoming.source_name,
        source_url=incoming.source_url,
        source_format=incoming.source_format,
        source_size=len(incoming.source),
        source_sha256=records.sha256(incoming.source),
        canonical_sha256=records.sha256(text.encode("utf-8")),
        source_reader=incoming.source_reader,
        events=incoming.events,
        issuing_body=incoming.issuing_body,
        note=incoming.note,
        claims=incoming.claims,
        notice=incoming.notice,
        ledger=incoming.ledger,
        problems=tuple(
            replace(problem, law=incoming.law_id, version=name) for problem in incoming.problems
        ),
        sequence=incoming.sequence,
        corrects=incoming.corrects,
        tracked=incoming.tracked,
        ingest_seq=max((entry.ingest_seq for entry in entries), default=0) + 1,
    )


def _already(entries: Sequence[Entry], same: Sequence[Entry], version: Version) -> Entry | None:
    """An entry of the same stage and date that holds the same source, or the same text.

    With `corrects`, the same source counts only if it gives the same text: reading it again may be
    the correction. Nor does a version that was corrected itself, unless it made this correction:
    going back to its text is a correction of what took its place.
    """
    gone = superseded_ids(entries) if version.corrects is not None else frozenset()
    for entry in same:
        stands = entry.version_id not in gone or entry.corrects == version.corrects
        if stands and entry.canonical_sha256 == version.canonical_sha256:
            return entry
    for entry in same:
        if _has_source(entry, version) and version.corrects is None:
            return entry
    return None


def _has_source(entry: Entry, version: Version) -> bool:
    """Whether both are of the same source: a Word file with tracked changes holds two texts, and
    counts as one source for each."""
    return entry.source_sha256 == version.source_sha256 and entry.tracked is version.tracked


def _is_other_text(entry: Entry, version: Version) -> bool:
    """Whether both are the two texts of one Word file with tracked changes."""
    both = {entry.tracked, version.tracked} == set(Tracked)
    return both and entry.source_sha256 == version.source_sha256


def _about_already(found: Entry, version: Version) -> tuple[Problem, ...]:
    if found.canonical_sha256 != version.canonical_sha256:
        return (_info(version, "reads-differently",
                      f"同一来源已存为 {found.version_id}，但现在读出的文本与当时不同；库中未改动",
                      f"要以现在读出的文本更正，用 --corrects {found.version_id}"),)  # fmt: skip
    if found.source_sha256 != version.source_sha256:
        return (
            _info(
                version,
                "same-text",
                f"来源文件不同，但同一阶段、同一日期、同样的文本已存为 {found.version_id}",
            ),
        )
    if version.sequence not in (None, found.sequence):
        return (
            _info(
                version,
                "sequence-not-changed",
                f"已存为 {found.version_id}，给出的次序 {version.sequence} 没有采用；库中未改动",
            ),
        )
    return ()


def _check_corrects(entries: Sequence[Entry], incoming: Incoming) -> None:
    target = incoming.corrects
    if target is None:
        return
    ids = [entry.version_id for entry in entries]
    if target not in ids:
        raise TrackerError(
            "no-such-version", f"要更正的版本不存在：{incoming.law_id}@{target}",
            f"已有的版本：{'、'.join(ids) or '无'}",
        )  # fmt: skip
    by = next((e.version_id for e in entries if e.corrects == target), None)
    if by is not None and not any(
        e.version_id == by and e.source_sha256 == records.sha256(incoming.source) for e in entries
    ):
        raise TrackerError(
            "already-corrected", f"{incoming.law_id}@{target} 已由 {by} 更正", f"改为更正 {by}"
        )


def _check_conflict(entries: Sequence[Entry], same: Sequence[Entry], version: Version) -> None:
    gone = superseded_ids(entries)
    for entry in same:
        if entry.version_id in gone or entry.version_id == version.corrects:
            continue
        if version.sequence is not None and version.sequence != entry.sequence:
            continue
        if version.sequence is None and _is_other_text(entry, version):
            continue
        day = version.day.isoformat() if version.day else "无日期"
        raise TrackerError(
            "version-conflict",
            f"{version.law_id} 的{version.stage.label}（{day}）已存为 {entry.version_id}"
            f"（sha256 {entry.canonical_sha256[:12]}），新来源 {version.source_name!r} 的文本不同"
            f"（sha256 {version.canonical_sha256[:12]}）",
            f"更正旧版用 --corrects {entry.version_id}；确是同日的另一稿用 --sequence 排序；"
            "日期或阶段有误则用 --date、--stage",
        )


def _same_source(entries: Sequence[Entry], version: Version) -> tuple[Problem, ...]:
    """One source is one version: its bytes again with another date are a correction of the first.

    Only who gives the place of a further version (`sequence`) means two.
    """
    twins = [e.version_id for e in entries if _has_source(e, version)]
    twins = [twin for twin in twins if twin != version.corrects]
    if not twins:
        return ()
    gone = superseded_ids(entries)
    standing = [twin for twin in twins if twin not in gone]
    if standing and version.corrects is None and version.sequence is None:
        day = f"（{version.day}）" if version.day else ""
        raise TrackerError(
            "source-stored-already",
            f"同一来源已存为 {version.law_id}@{standing[-1]}，没有再存为{version.stage.label}{day}",
            f"更正日期、阶段用 --corrects {standing[-1]}，连同 --date、--stage 写明；"
            "确是另一个版本的，用 --sequence 排序",
        )
    return (_info(version, "same-source", f"同一来源文件也存为 {'、'.join(twins)}"),)


def _info(version: Version, code: str, text: str, hint: str = "") -> Problem:
    return Problem(
        code=code, severity=Severity.INFO, message=text, hint=hint,
        law=version.law_id, version=version.version_id,
    )  # fmt: skip
