"""A law as a git repository of its own: one file, a commit a stage, so that git tells its story.

Floor 3. What comes out depends on the stored versions alone: the same law gives the same commits,
and the same bytes in the folder, whoever exports it, when and where.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.law.model import Event
from tracker.law.problems import TrackerError
from tracker.store.attributes import SETTINGS
from tracker.store.faults import git_failed
from tracker.store.git.repository import Repository
from tracker.store.model import LawRecord, Version, display_title
from tracker.store.order import timeline
from tracker.store.stream import Told, git_time, midnight, write_history
from tracker.store.versions import Store

__all__ = ["Exported", "export_git"]

_REF: Final = "refs/heads/main"
_ATTRIBUTES: Final = "*.txt text eol=lf diff=law\n"
_NOBODY: Final = "制定机关不详"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made: the repository, the file in it, how many commits, the last one's id."""

    folder: Path
    file: str
    commits: int
    tip: str


def export_git(store: Store, law_id: str, folder: Path) -> Exported:
    """Make `folder` (missing or empty) a repository in which one file's history is the law's.

    A commit a stage in legal order: author the issuing body, date the stage's; an empty commit
    where nothing changed, or no text is held. Raises TrackerError `folder-not-empty`,
    `no-such-law`, `no-versions`, `unwritable-file`, and those of reading.
    """
    versions, record = store.versions(law_id), store.record(law_id)
    if not versions:
        raise TrackerError("no-versions", f"{law_id} 还没有版本", "先运行 tracker ingest")
    commits = _commits(record, versions)
    file = f"{law_id}.txt"
    text = versions[-1].text.encode("utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise TrackerError("folder-not-empty", f"文件夹不是空的：{folder}", "换一个新的文件夹")
        with Repository.create(folder) as repository:
            tip = _write(repository, file, commits)
            info = repository.git_dir / "info"
            info.mkdir(exist_ok=True)
            (info / "attributes").write_text(_ATTRIBUTES, encoding="ascii", newline="\n")
            (folder / file).write_bytes(text)
    except OSError as error:
        raise TrackerError(
            "unwritable-file", f"写不了 {error.filename or folder}：{error.strerror}",
            "检查文件夹和权限",
        ) from error  # fmt: skip
    return Exported(folder, file, len(commits), tip)


def _write(repository: Repository, file: str, commits: list[Told]) -> str:
    """The history, and an index without the times of this machine; the id of the last commit."""
    with tempfile.TemporaryFile() as stream:
        write_history(stream, _REF, file, commits)
        stream.seek(0)
        status, _, err = repository.run(
            "-c", "core.logAllRefUpdates=false", "fast-import", "--quiet", "--done",
            "--date-format=raw", stdin=stream,
        )  # fmt: skip
    tip = repository.head()
    if status or tip is None:
        raise git_failed("fast-import", status, err)
    status, _, err = repository.run("read-tree", tip)
    if status:
        raise git_failed("read-tree", status, err)
    for name, value in SETTINGS:
        repository.set_config(name, value)
    return tip


def _commits(record: LawRecord, versions: tuple[Version, ...]) -> list[Told]:
    commits: list[Told] = []
    before, when = b"", None
    for stage in timeline(versions):
        when = git_time(midnight(stage.day), when)
        if isinstance(stage, Event):
            author = record.issuing_body or _NOBODY
            commits.append(Told(author, _about_event(stage), when, None))
            continue
        text = stage.text.encode("utf-8")
        author = stage.issuing_body or record.issuing_body or _NOBODY
        fresh = text if text != before else None
        commits.append(Told(author, _about(record, stage), when, fresh))
        before = text
    return commits


def _about(record: LawRecord, version: Version) -> str:
    """The message: stage and date, the title, and what finds the version in the store again."""
    day = version.day.isoformat() if version.day else "无日期"
    title = display_title(version.law.title, record.fictional)
    lines = [f"{version.stage.label}（{day}）", "", title, "", f"Law: {version.law_id}"]
    lines += [f"Version: {version.version_id}", f"Stage: {version.stage.value}"]
    lines += [f"Legal-Date: {version.day.isoformat() if version.day else 'none'}"]
    if version.source_url:
        lines.append(f"Source: {version.source_url}")
    lines += [f"Source-SHA256: {version.source_sha256}"]
    lines += [f"Canonical-SHA256: {version.canonical_sha256}", ""]
    return "\n".join(lines)


def _about_event(event: Event) -> str:
    note = f"\n{event.note}\n" if event.note else ""
    head = f"{event.stage.label}（{event.day.isoformat()}，没有文本）\n"
    return f"{head}{note}\nStage: {event.stage.value}\nLegal-Date: {event.day.isoformat()}\n"
