"""Which texts `tracker check` looks at, what each is compared with, what the settings say of it.

Floor 6.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from tracker.cli.options import NEVER
from tracker.cli.progress import working
from tracker.cli.proposed import draft_subject, proposed
from tracker.cli.sides import Side, load_side, read_bytes, split_lines
from tracker.law.problems import Problem, Severity, TrackerError

if TYPE_CHECKING:
    from tracker.check import Subject
    from tracker.check.settings import Ignore, Settings
    from tracker.cli.session import Session
    from tracker.render.findings import Checked, Compared
    from tracker.store.model import Version
    from tracker.store.proposal import Proposal

__all__ = ["Checking", "fails", "load_settings", "settings_at"]

Lines = Callable[[], list[str]]
_REVISES: Final = re.compile("修[订正](?:案)?草案|修[订正](?:案)?(?:征求意见|送审)稿")


def load_settings(session: Session, config: str | None) -> Settings:
    """Those of `config`, else of the workspace, else of this folder. Raises TrackerError."""
    from tracker.check.settings import read_settings, settings_in

    if config is not None:
        return read_settings(read_bytes(config), config)
    return settings_in(session.workspace() if session.has_workspace() else Path())


def settings_at(proposal: Proposal) -> Settings:
    """Those at the base of a change: it does not decide how it is checked. Raises TrackerError."""
    from tracker.check.settings import settings_among

    return settings_among(proposal.settings)


def fails(problems: Iterable[Problem], fail_on: str) -> bool:
    """Whether one is at least as severe as `fail_on`, a severity or `NEVER`."""
    from tracker.render.findings import is_at_least

    if fail_on == NEVER:
        return False
    return any(is_at_least(problem, Severity(fail_on)) for problem in problems)


@dataclass
class Checking:
    """One run: the settings, those of each law, and the ignores that were of use.

    What a change brings goes through `one` as well: a name, a path, a subject, its lines. With
    `proposal` that is what is checked, and the settings of laws are those of its base.
    """

    session: Session
    settings: Settings
    compare: bool = False  # whether the outcome needs the comparisons
    proposal: Proposal | None = None
    known: tuple[str, ...] | None = None  # titles of the store, where they were asked for before
    _used: set[Ignore] = field(default_factory=set)
    _of_laws: dict[str, Settings] = field(default_factory=dict)

    def all(self, texts: tuple[str, ...], against: str | None) -> tuple[Checked, ...]:
        """The texts named, in this order; every stored one, and the settings, where none is.

        A stored version that cannot be read is a finding of its own and does not stop the others,
        nor does one of several that were asked for by name; one alone raises TrackerError.
        """
        started = monotonic()
        out = []
        if self.proposal is not None:
            asked = self._proposed(self.proposal)
        else:
            asked = self._asked(texts, against) if texts else self._every()
        for number, (name, found) in enumerate(asked, start=1):
            if isinstance(found, TrackerError):
                if len(texts) == 1:
                    raise found
                out.append(self.unread(name, found))
                continue
            of = f"/{len(texts)}" if len(texts) > 1 else ""
            with working(self.session, f"{number}{of} {name}", started):
                out.append(found())
        if not texts and self.proposal is None:
            out += self._unused()
        return tuple(out)

    def one(self, name: str, path: str, subject: Subject, lines: Lines) -> Checked:
        """Check one text. `lines` gives those of the file at `path`, for the lines of findings."""
        from tracker.check import check, with_comparison
        from tracker.check.lines import with_lines
        from tracker.check.settings import settle
        from tracker.render.findings import Checked
        from tracker.store.model import display_title

        subject = with_comparison(subject)
        settled = settle(self._for(subject.law_id), check(subject))
        self._used.update(ignore for _, ignore in settled.ignored)
        problems = with_lines(settled.problems, subject.provisions, lines)
        texts = _texts(problems, subject)
        return Checked(
            name=name, path=path, problems=problems, texts=texts,
            title=display_title(subject.law.title, self._is_invented(subject.law_id)),
            ignored=tuple((problem, ignore.reason) for problem, ignore in settled.ignored),
            compared=_compared(subject) if self.compare else None,
        )  # fmt: skip

    def version(self, version: Version, subject: Subject) -> Checked:
        """Check one stored version."""
        from tracker.store.names import source_file

        store, name = self.session.store(), source_file(version.source_name)
        path = f"versions/{version.law_id}/{version.version_id}/{name}"
        return self.one(
            version.name, path, subject,
            lambda: split_lines(store.source(version), name, version.tracked),
        )  # fmt: skip

    def titles(self) -> tuple[str, ...]:
        """The titles that the store knows; none where there is no store."""
        if self.known is None and not self.session.has_workspace():
            self.known = ()
        if self.known is None:
            from tracker.check.stored import known_titles  # brings the store

            self.known = known_titles(self.session.store())
        return self.known

    def _is_invented(self, law_id: str) -> bool:
        """Whether the store says so; not where its record of the law cannot be read, which is a
        finding of its own."""
        if not law_id or not self.session.has_workspace():
            return False
        with suppress(TrackerError):
            store = self.session.store()
            return store.has_law(law_id) and store.record(law_id).fictional
        return False

    def _for(self, law_id: str) -> Settings:
        """The settings with those of the law over them."""
        from tracker.check.settings import read_settings

        if not law_id or not self.session.has_workspace():
            return self.settings
        store = self.session.store()
        if law_id not in self._of_laws:
            own, place, data = self.settings, f"versions/{law_id}/law.toml", None
            if self.proposal is not None:
                data = self.proposal.settings.get(place)
            elif store.has_law(law_id):
                data = store.record_file(law_id)
            if data is not None:
                own = read_settings(data, place, law=law_id).over(self.settings)
            self._of_laws[law_id] = own
        return self._of_laws[law_id]

    def _asked(self, texts: tuple[str, ...], against: str | None) -> Iterator[_Found]:
        before = None if against is None else _bare(load_side(self.session, against))
        for text in texts:
            try:
                side = load_side(self.session, text)
                if side.version is None:
                    yield text, _File(self, text, _of_file(self.session, text, side, before))
                    continue
                name = side.version.name
                self.session.tell_edited(side.version.law_id)
                if before is not None:
                    yield name, _Stored(self, side.version, _bare(side, before))
                    continue
                from tracker.check.stored import subjects  # brings the store

                versions = self.session.store().versions(side.version.law_id)
                found = subjects(self.session.store(), versions, self.titles())
                known = {version.name: subject for version, subject in found}
                yield name, _Stored(self, side.version, known.get(name) or _bare(side))
            except TrackerError as error:
                yield text, error

    def _proposed(self, proposal: Proposal) -> Iterator[_Found]:
        for name, found, lines in proposed(self.session, proposal):
            yield (
                name,
                found if isinstance(found, TrackerError) else _Proposed(self, name, found, lines),
            )

    def _every(self) -> Iterator[_Found]:
        for law_id in self.session.store().law_ids():
            yield from self._of_law(law_id)

    def _of_law(self, law_id: str) -> Iterator[_Found]:
        """Each version of a law, or why it cannot be read; the latter also for the law itself."""
        from tracker.check.stored import subjects

        store = self.session.store()
        try:
            store.record(law_id)
            self.session.tell_edited(law_id)
        except TrackerError as error:
            yield law_id, error
        try:
            names = store.version_ids(law_id)
        except TrackerError as error:
            yield law_id, error
            return
        readable: list[Version] = []
        for name in names:
            try:
                readable.append(store.load(law_id, name))
            except TrackerError as error:
                yield f"{law_id}@{name}", error
        for version, subject in subjects(store, readable, self.titles()):
            yield version.name, _Stored(self, version, subject)

    def unread(self, name: str, error: TrackerError) -> Checked:
        """What is said of a text that cannot be read."""
        from tracker.render.findings import Checked

        law, _, version = name.partition("@")
        stored = bool(version) or not Path(name).suffix
        problem = Problem(
            code=error.code, severity=Severity.ERROR, message=error.message, hint=error.hint,
            law=law if stored else "", version=version,
        )  # fmt: skip
        return Checked(name=name, problems=(problem,), complete=False)

    def _unused(self) -> list[Checked]:
        """The files of settings that have ignores which nothing was left aside by."""
        from tracker.check.settings import unused
        from tracker.render.findings import Checked

        every = [one for own in self._of_laws.values() for one in own.ignores]
        ignores = dict.fromkeys((*self.settings.ignores, *every))
        return [
            Checked(name=name, path=name, problems=tuple(problems))
            for name, problems in unused(ignores, self._used).items()
        ]


@dataclass(frozen=True)
class _File:
    """A file that waits to be checked."""

    run: Checking
    name: str
    subject: Subject

    def __call__(self) -> Checked:
        path = "" if self.name == "-" else Path(self.name).as_posix()
        subject = replace(self.subject, known_titles=self.run.titles())
        return self.run.one(self.name, path, subject, self._lines)

    def _lines(self) -> list[str]:
        """None of standard input, which is spent."""
        if self.name == "-":
            return []
        return split_lines(read_bytes(self.name), self.name, self.run.session.view())


@dataclass(frozen=True)
class _Stored:
    """A stored version that waits to be checked."""

    run: Checking
    version_: Version
    subject: Subject

    def __call__(self) -> Checked:
        return self.run.version(self.version_, self.subject)


@dataclass(frozen=True)
class _Proposed:
    """What a change brings, waiting to be checked; or what is known of a file without reading."""

    run: Checking
    name: str
    found: Subject | tuple[Problem, ...]
    lines: Lines

    def __call__(self) -> Checked:
        from tracker.render.findings import Checked

        if isinstance(self.found, tuple):
            return Checked(name=self.name, path=self.name, problems=self.found, complete=False)
        subject = replace(self.found, known_titles=self.run.titles())
        path = self.name
        if subject.version_id:
            path = f"versions/{subject.law_id}/{subject.version_id}/text.txt"
        return self.run.one(self.name, path, subject, self.lines)


_Found = tuple[str, "_File | _Stored | _Proposed | TrackerError"]


def _texts(problems: tuple[Problem, ...], subject: Subject) -> dict[str, str]:
    """The words at each address that a problem has; of an article the 款 or 项 that is quoted."""
    own = {str(one.address): one.provision.text for one in subject.provisions}
    found: dict[str, str] = {}
    for problem in problems:
        text = own.get(problem.address, "")
        if not text and problem.quote and problem.address:
            below = f"{problem.address}__"
            inside = (words for at, words in own.items() if at.startswith(below))
            text = next((words for words in inside if problem.quote in words), "")
        if text:
            found[problem.address] = text
    return found


def _of_file(session: Session, name: str, side: Side, before: Subject | None) -> Subject:
    """A file, as one of the law that the stage before or its folder says it is of.

    In ``drafts/LAW/`` it is held against the last stage, as `check --base` does it. Titles are not
    asked: an early draft may bear another's. Raises TrackerError where the law cannot be read.
    """
    if before is not None:
        return replace(_bare(side, before), law_id=before.law_id)
    law_id = _law_of_folder(session, name)
    if not law_id or law_id not in session.store().law_ids():
        return replace(_bare(side), law_id=law_id, alone=_why_alone(side, law_id))
    own = sha256(read_bytes(name)).hexdigest()
    known = [one for one in session.store().versions(law_id) if one.source_sha256 != own]
    assert side.document is not None
    return draft_subject(side.document, name, law_id, known)


def _why_alone(side: Side, law_id: str) -> str:
    """Why a file is held against nothing; empty where it need not be: no draft of a revision."""
    if law_id:
        return f"没有收录 {law_id} 的其他版本"
    law = side.law
    marks = f"{law.title}{law.stage_line or ''}{law.enactment_note or ''}"
    return "没有指明它修改的是哪一部法规" if _REVISES.search(marks) else ""


def _law_of_folder(session: Session, name: str) -> str:
    """The law whose folder ``drafts/LAW/`` a file lies in; empty where it lies elsewhere."""
    from tracker.store.names import is_law_id
    from tracker.store.proposal import DRAFTS

    if name == "-" or not session.has_workspace():
        return ""
    folder, path = (session.workspace() / DRAFTS).resolve(), Path(name).resolve()
    parts = path.relative_to(folder).parts if path.is_relative_to(folder) else ()
    return parts[0] if len(parts) > 1 and is_law_id(parts[0]) else ""


def _bare(side: Side, previous: Subject | None = None) -> Subject:
    from tracker.check import Subject

    if side.version is not None:
        return Subject.of_version(side.version, previous)
    assert side.document is not None
    return Subject.of_document(side.document, previous)


def _compared(subject: Subject) -> Compared | None:
    from tracker.render.findings import Compared
    from tracker.render.side import SideInfo

    if subject.changes is None or subject.previous is None:
        return None
    old, new = (
        replace(SideInfo.of_law(one.law), stage=one.stage, day=one.dates.legal)
        for one in (subject.previous, subject)
    )
    return Compared(subject.changes, old, new)
