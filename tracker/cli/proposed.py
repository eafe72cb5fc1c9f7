"""What `tracker check --base` looks at: the versions and drafts that a change brings.

Floor 6. Everything is read from git's objects; the work tree plays no part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from tracker.cli.sides import split_lines
from tracker.law.problems import Problem, TrackerError
from tracker.render.visible import visible

if TYPE_CHECKING:
    from datetime import date

    from tracker.check import Subject
    from tracker.cli.session import Session
    from tracker.parse.document import Document, Tracked
    from tracker.store.model import Version
    from tracker.store.proposal import Added, Draft, Proposal

__all__ = ["draft_subject", "proposed"]

_FEW: Final = 5  # names of other files that a message lists

Lines = Callable[[], list[str]]
Found = tuple[str, "Subject | TrackerError | tuple[Problem, ...]", Lines]
"""Name (a path, or LAW@VERSION), what is to be checked or already known of it, and its lines."""


def proposed(session: Session, proposal: Proposal) -> Iterator[Found]:
    """Every version and draft of a change, each with the stage before it.

    First comes what it did to versions that are stored, by the file that shows it.
    """
    _tell_others(session, proposal)
    refused: dict[str, tuple[Problem, ...]] = {}
    for problem in proposal.refused:
        path = _stored_path(problem.law, problem.version)
        refused[path] = (*refused.get(path, ()), problem)
    for path, problems in refused.items():
        yield path, problems, list
    for path, problem in proposal.refused_drafts:
        yield path, (problem,), list
    for added in proposal.versions:
        yield added.version.name, _of_version(added), added.version.text.splitlines
    for draft in proposal.drafts:
        if not draft.known:
            session.tell(visible(session.say("new_law", name=draft.path, law=draft.law_id)))
        try:
            yield (
                draft.path,
                _of_draft(draft, session.view()),
                partial(split_lines, draft.data, draft.path, session.view()),
            )
        except TrackerError as error:
            yield draft.path, error, list


def _stored_path(law_id: str, version_id: str) -> str:
    """The text of a version, or the folder of a law whose own files are at fault."""
    from tracker.store.catalogue import ROOT

    return f"{ROOT}/{law_id}/{version_id}/text.txt" if version_id else f"{ROOT}/{law_id}"


def _tell_others(session: Session, proposal: Proposal) -> None:
    if proposal.others:
        names = "、".join(proposal.others[:_FEW]) + ("…" if len(proposal.others) > _FEW else "")
        session.tell(visible(session.say("others", count=len(proposal.others), names=names)))


def _of_version(added: Added) -> Subject:
    from tracker.check import Subject
    from tracker.diff.changes import compare

    if added.previous is None:
        return Subject.of_version(added.version)
    subject = Subject.of_version(added.version, Subject.of_version(added.previous))
    return replace(subject, changes=compare(added.previous.law, added.version.law, added.overrides))


def _of_draft(draft: Draft, tracked: Tracked | None) -> Subject:
    from tracker.parse.extract.word.older import is_older
    from tracker.parse.reading import read_source

    name = PurePosixPath(draft.path).name
    if is_older(draft.data):  # LibreOffice was not made for files from strangers
        raise TrackerError(
            "unreadable-source",
            f"无法读取 {name}：是旧版 Word 文件，提交上来的不转换",
            "在 Word 或 WPS 中另存为 docx 再提交",
        )
    document = read_source(draft.data, name=name, tracked=tracked)
    return draft_subject(document, draft.path, draft.law_id, draft.known)


def draft_subject(document: Document, path: str, law_id: str, known: Sequence[Version]) -> Subject:
    """A draft of a law, held against the last of its `known` versions that is not later than it.

    What the text does not say, a file name that is a version id does: 2025-03-10-draft.txt.
    """
    from tracker.check import Subject

    named = _with_name(document, PurePosixPath(path).stem)
    day = named.facts.dates.legal
    before = [
        version for version in known
        if day is None or version.day is None or version.day <= day
    ]  # fmt: skip
    previous = Subject.of_version(before[-1]) if before else None
    alone = "" if previous else _why_alone(law_id, day, known)
    return replace(Subject.of_document(named, previous), law_id=law_id, alone=alone)


def _why_alone(law_id: str, day: date | None, known: Sequence[Version]) -> str:
    if not known:
        return f"没有收录 {law_id} 的其他版本"
    return f"这一稿的日期（{day}）早于 {law_id} 收录的所有版本（最早的是 {known[0].version_id}）"


def _with_name(document: Document, name: str) -> Document:
    """The document with the stage and the day of a version id, where it names none itself."""
    from tracker.law.model import Stage
    from tracker.store.names import id_facts

    found = id_facts(name)
    if found is None:
        return document
    day, stage = found
    facts, answered = document.facts, set[str]()
    if facts.stage is None and stage is not Stage.UNKNOWN:
        facts = replace(facts, stage=stage)
        answered.add("missing-stage")
    if facts.dates.legal is None and day is not None:
        facts = replace(facts, dates=replace(facts.dates, **{stage.own_date: day}))
        answered.add("missing-date")
    problems = tuple(one for one in document.problems if one.code not in answered)
    return replace(document, facts=facts, problems=problems)
