"""`tracker ingest`: sources → canonical text → one commit each. Floor 6."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

from tracker.cli.errors import print_error
from tracker.cli.group import command
from tracker.cli.kinds import DAY, STAGE
from tracker.cli.options import TRACKED
from tracker.cli.session import Session
from tracker.law.collecting import seldom_collecting
from tracker.law.problems import Severity, TrackerError

if TYPE_CHECKING:
    from tracker.cli.arrivals import Found
    from tracker.cli.checking import Checking
    from tracker.law.problems import Problem
    from tracker.parse.many import Read, Readers
    from tracker.store.ingest import Whole
    from tracker.store.model import Given, Incoming, Ingested, Plan, Version

__all__ = ["run"]

_GROUP: Final = 50  # files that are stored in one stream: one costs as long as reading ten of them
_T = TypeVar("_T")
_Report = Callable[[], None]

_DAYS = {
    "--published": "The day it was put before the public (发布).",
    "--comment-start": "First day of the comment period.",
    "--comment-end": "Last day of the comment period.",
    "--issued": "The day it was issued (印发).",
    "--adopted": "The day it was adopted (通过).",
    "--promulgated": "The day it was promulgated (公布).",
    "--in-force": "The day it enters into force (施行).",
}


def _day_options(function: Any) -> Any:
    for name, text in reversed(_DAYS.items()):
        function = click.option(name, type=DAY, metavar="DATE", help=text)(function)
    return function


@command("ingest")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--law", required=True, metavar="ID", help="Id of the law, as data-regulations.")
@click.option("--stage", type=STAGE, metavar="STAGE", help="The stage, code or Chinese name.")
@click.option(
    "--date", type=DAY, metavar="DATE", help="The day of the text, as 2021-11-12 or 2021年11月12日."
)
@_day_options
@click.option("--title", help="The title.")
@click.option("--issuing-body", metavar="NAME", help="The body that issues it.")
@click.option("--source", metavar="URL", help="Where the source was published.")
@click.option("--note", metavar="FILE", help="A file with the explanatory note (说明).")
@TRACKED
@click.option("--sequence", type=int, metavar="N", help="Order among versions of the same day.")
@click.option("--corrects", metavar="VERSION", help="The version that this one corrects.")
@click.option(
    "--strict", is_flag=True, help="Store nothing that has an error, as `check` finds it."
)
@click.option("--dry-run", is_flag=True, help="Print the report, store nothing.")
@click.option("--no-commit", is_flag=True, help="Write the files, make no commit.")
@click.pass_obj
def run(
    session: Session,
    /,
    *,
    files: tuple[str, ...],
    law: str,
    strict: bool,
    dry_run: bool,
    no_commit: bool,
    source: str | None,
    note: str | None,
    **given: Any,
) -> int:
    """Store sources as versions of a law.

    Each becomes canonical text and one commit. What an option says wins over what the source says.
    Each is checked as `tracker check` does it, and the findings are shown.

    Example: tracker ingest draft.txt --law example-data --stage 征求意见稿
    """
    from tracker.cli.arrivals import load
    from tracker.cli.checking import Checking, load_settings
    from tracker.cli.sides import read_bytes
    from tracker.parse.many import FEWEST, Readers, ahead
    from tracker.store.ingest import read_whole
    from tracker.store.model import Given

    note_bytes = None if note is None else read_bytes(note)
    view = session.view()
    facts = Given(source_url=source, note=note_bytes, tracked=view, **given)
    failed, count = 0, 0
    workers = None if len(files) >= FEWEST else 1
    with seldom_collecting(), Readers(workers, partial(read_whole, tracked=view)) as readers:
        many = readers.workers > 1
        if many:
            load()
        how = _How(
            Checking(session, load_settings(session, None)), strict, dry_run, not no_commit,
            readers if many else None,
        )  # fmt: skip
        # Workers read one group ahead, so that they have enough to do while another is stored; what
        # is found is waited for, and said, when the next group is stored. The order stays.
        begun = (_begin(readers, file, facts.title) for file in files)
        groups = _groups(ahead(begun, max(readers.window, _GROUP) if many else 0), strict)
        stored = _each_stored(
            session, groups, len(files), partial(_store, session, law, facts, how)
        )
        for one, report in chain.from_iterable(ahead(stored, 1 if many else 0)):
            if count:
                session.write("\n" if not isinstance(report, TrackerError) else "")
            count += 1
            failed += _say(session, one, report)
    return 2 if failed else 0


def _groups(begun: Iterator[_Begun], strict: bool) -> Iterator[list[_Begun]]:
    while group := list(islice(begun, 1 if strict else _GROUP)):
        yield group


def _each_stored(
    session: Session, groups: Iterator[list[_Begun]], total: int,
    store: Callable[[list[_Begun]], list[_Report | TrackerError]],
) -> Iterator[list[tuple[_Begun, _Report | TrackerError]]]:  # fmt: skip
    """The files of each group with what came of them, a sign of life shown meanwhile."""
    from tracker.cli.progress import working

    started, count = monotonic(), 0
    for group in groups:
        with working(session, f"{count + 1}/{total} {group[0].file}", started):
            reports = store(group)
        count += len(group)
        yield list(zip(group, reports, strict=True))


def _say(session: Session, one: _Begun, report: _Report | TrackerError) -> bool:
    """Print what came of a file; whether it failed."""
    try:
        if isinstance(report, TrackerError):
            raise report
        report()
    except TrackerError as error:
        message = f"{_named(error, one.file)} [{error.code}]"
        print_error(message, error.hint, session.lang)
        return True
    return False


class _How(NamedTuple):
    """What the options say of the whole run."""

    checking: Checking
    strict: bool
    dry_run: bool
    commit: bool
    readers: Readers[Whole] | None  # where there are workers

    def found(self, stored: Sequence[Ingested]) -> list[Found]:
        """The findings about versions, here when asked for, or begun in workers."""
        from tracker.cli.arrivals import arriving, begin

        if self.readers is None or not self.commit:
            return [partial(arriving, self.checking, one.version, one.problems) for one in stored]
        return begin(self.checking, self.readers, stored)


class _Begun(NamedTuple):
    """A file on its way: its bytes and what waits for its document, or why it has none."""

    file: str
    name: str
    data: bytes = b""
    read: Read[Whole] | None = None
    error: TrackerError | None = None


def _begin(readers: Readers[Whole], file: str, title: str | None) -> _Begun:
    from tracker.cli.sides import read_bytes, source_name

    name = source_name(file)
    try:
        data = read_bytes(file)
    except TrackerError as error:
        return _Begun(file, name, error=error)
    return _Begun(file, name, data, readers.begin(data, name=name, title=title))


def _named(error: TrackerError, file: str) -> str:
    """The message with the file in it, so that each of several files has its own outcome."""
    named = file in error.message or Path(file).name in error.message
    return error.message if named else f"{file}：{error.message}"


def _store(
    session: Session, law: str, given: Given, how: _How, group: list[_Begun]
) -> list[_Report | TrackerError]:
    """Store some files when they are read, in one stream; for each what prints its report."""
    from tracker.store.ingest import ingest_many, plan, prepare
    from tracker.store.model import Ingested

    store = session.store()
    is_new = not store.has_law(law)
    planned = partial(plan, law_id=law)
    if how.dry_run:
        return [_tried(partial(_plan, session, one, given, how, planned)) for one in group]
    if how.strict:
        group = [one._replace(read=cache(one.read)) if one.read else one for one in group]
        tried = [_tried(partial(_plan, session, one, given, how, planned)) for one in group]
        if any(isinstance(one, TrackerError) or one.func is _refuse for one in tried):
            return list(tried)
    arrivals = [
        _tried(partial(_arrival, one, partial(prepare, store, law_id=law, given=given)))
        for one in group
    ]
    try:
        done = ingest_many(store, arrivals, commit=how.commit)
    except TrackerError as error:  # of the store, so of every file that had none of its own
        return [one if isinstance(one, TrackerError) else error for one in arrivals]
    fictional = (
        any(isinstance(one, Ingested) for one in done)
        and how.commit
        and store.record(law).fictional
    )
    found = iter(how.found([one for one in done if isinstance(one, Ingested)]))
    reports: list[_Report | TrackerError] = []
    for one, result in zip(group, done, strict=True):
        if isinstance(result, TrackerError):
            reports.append(result)
            continue
        outcome = _outcome(session, result.already, result.commit, how.commit)
        head = f"{one.file} → {result.version.name}　{outcome}"
        reports.append(
            partial(
                _stored_report, session, result.version, next(found), head, fictional, ask=is_new
            )
        )
        is_new = False
    return reports


def _with_way_out(problem: Problem, version: Version) -> Problem:
    """What the source did not say can be given after storing too, as a correction."""
    from tracker.check.correcting import by_correction

    return by_correction(problem, version.version_id, _named_day(problem, version))


def _named_day(problem: Problem, version: Version) -> str:
    """The option for a text without a day whose file name holds one; the name is no source."""
    from tracker.parse.dates import day_in_name

    day = day_in_name(version.source_name) if problem.code == "missing-date" else None
    return f"--date {day}（文件名里的日期，先核对）" if day else ""


def _tried(work: Callable[[], _T]) -> _T | TrackerError:
    try:
        return work()
    except TrackerError as error:
        return error


def _arrival(begun: _Begun, prepare: Callable[..., Incoming]) -> Incoming:
    if begun.error is not None:
        raise begun.error
    return prepare(data=begun.data, name=begun.name, read=begun.read)


def _plan(
    session: Session, begun: _Begun, given: Given, how: _How, plan: Callable[..., Plan]
) -> partial[None]:
    """What prints the report of a file that is not stored; it raises where `--strict` refuses."""
    from tracker.cli.arrivals import arriving

    if begun.error is not None:
        raise begun.error
    planned = plan(session.store(), begun.data, name=begun.name, given=given, read=begun.read)
    problems = arriving(how.checking, planned.version, planned.problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    refused = how.strict and errors > 0
    said = "refused" if refused else "already" if planned.already else "dry_run"
    head = f"{begun.file} → {planned.version.name}　{session.say(said)}"
    problems = tuple(
        replace(one, hint=f"收录时用 {option}")
        if (option := _named_day(one, planned.version))
        else one
        for one in problems
    )
    report = partial(
        _report, session, planned.version, problems, head, planned.incoming.fictional, ask=False
    )
    return partial(_refuse, report, begun.file, errors) if refused else report


def _refuse(report: _Report, file: str, errors: int) -> None:
    report()
    raise TrackerError(
        "refused-by-strict", f"{file} 有{errors}个错误，没有收录",
        "改正来源，或者在设置中写明轻重和忽略的理由，或者去掉 --strict",
    )  # fmt: skip


def _stored_report(
    session: Session, version: Version, found: Found, head: str, fictional: bool, *, ask: bool
) -> None:
    problems = tuple(_with_way_out(problem, version) for problem in found())
    _report(session, version, problems, head, fictional, ask=ask)


def _report(
    session: Session, version: Version, problems: tuple[Problem, ...], head: str, fictional: bool,
    *, ask: bool,
) -> None:  # fmt: skip
    from tracker.render.terminal.reading import print_report

    print_report(
        session.out, version, problems, head, session.lang,
        fictional=fictional, everything=session.verbose,
    )  # fmt: skip
    if ask:
        _ask_for_record(session, version)


def _ask_for_record(session: Session, version: Version) -> None:
    """What a source does not say of a law, and a person has to: where it holds, what kind it is."""
    keys = [session.say(key) for key in ("jurisdiction", "issuing_body_key", "kind")]
    if version.issuing_body:
        del keys[1]
    path = f"versions/{version.law_id}/law.toml"
    comma = "、" if session.lang == "zh" else ", "
    session.tell(session.say("complete_record", path=path, keys=comma.join(keys)))


def _outcome(session: Session, already: bool, commit_id: str | None, commit: bool) -> str:
    if already:
        return session.say("already")
    if not commit:
        return session.say("not_committed")
    return f"{session.say('stored')}　{session.say('commit')} {(commit_id or '')[:12]}"
