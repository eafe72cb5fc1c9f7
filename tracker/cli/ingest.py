"""`tracker ingest`: sources → canonical text → one commit each. Floor 6."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.errors import print_error
from tracker.cli.group import command
from tracker.cli.kinds import DAY, STAGE
from tracker.cli.session import Session
from tracker.law.problems import TrackerError

if TYPE_CHECKING:
    from tracker.parse.many import Read, Readers
    from tracker.store.model import Given, Version

__all__ = ["run"]

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
@click.option("--sequence", type=int, metavar="N", help="Order among versions of the same day.")
@click.option("--corrects", metavar="VERSION", help="The version that this one corrects.")
@click.option("--dry-run", is_flag=True, help="Print the report, store nothing.")
@click.option("--no-commit", is_flag=True, help="Write the files, make no commit.")
@click.pass_obj
def run(
    session: Session,
    /,
    *,
    files: tuple[str, ...],
    law: str,
    dry_run: bool,
    no_commit: bool,
    source: str | None,
    note: str | None,
    **given: Any,
) -> int:
    """Store sources as versions of a law.

    Each becomes canonical text and one commit. What an option says wins over what the source says.

    Example: tracker ingest draft.txt --law example-data --stage 征求意见稿
    """
    from tracker.cli.progress import working
    from tracker.cli.sides import read_bytes
    from tracker.parse.many import FEWEST, Readers, ahead
    from tracker.store.model import Given

    note_bytes = read_bytes(note) if note else None
    facts = Given(source_url=source, note=note_bytes, **given)
    failed, started = 0, monotonic()
    with Readers(None if len(files) >= FEWEST else 1) as readers:
        begun: Iterator[_Begun] = (_begin(readers, file, facts.title) for file in files)
        if readers.workers > 1:  # reading goes ahead on all cores, storing keeps the order
            begun = ahead(begun, readers.window)
        for count, one in enumerate(begun, start=1):
            try:
                with working(session, f"{count}/{len(files)} {one.file}", started):
                    report = _one(session, one, law, facts, dry_run=dry_run, commit=not no_commit)
                if count > 1:
                    session.write("\n")
                report()
            except TrackerError as error:
                failed += 1
                message = f"{_named(error, one.file)} [{error.code}]"
                print_error(message, error.hint, session.lang)
    return 2 if failed else 0


class _Begun(NamedTuple):
    """A file on its way: its bytes and what waits for its document, or why it has none."""

    file: str
    name: str
    data: bytes = b""
    read: Read | None = None
    error: TrackerError | None = None


def _begin(readers: Readers, file: str, title: str | None) -> _Begun:
    from tracker.cli.sides import read_bytes

    name = "stdin.txt" if file == "-" else Path(file).name
    try:
        data = read_bytes(file)
    except TrackerError as error:
        return _Begun(file, name, error=error)
    return _Begun(file, name, data, readers.begin(data, name=name, title=title))


def _named(error: TrackerError, file: str) -> str:
    """The message with the file in it, so that each of several files has its own outcome."""
    named = file in error.message or Path(file).name in error.message
    return error.message if named else f"{file}：{error.message}"


def _one(
    session: Session, begun: _Begun, law: str, given: Given, *, dry_run: bool, commit: bool
) -> Callable[[], None]:
    """Store one file when it is read; what prints its report."""
    from tracker.render.terminal_reading import print_report
    from tracker.store.ingest import ingest, plan

    file, name, data, read, error = begun
    if error is not None:
        raise error
    store = session.store()
    is_new = law not in store.law_ids()
    if dry_run:
        planned = plan(store, data, name=name, law_id=law, given=given, read=read)
        version, problems = planned.version, planned.problems
        outcome = session.say("already" if planned.already else "dry_run")
        fictional = planned.incoming.fictional
    else:
        done = ingest(store, data, name=name, law_id=law, given=given, commit=commit, read=read)
        version, problems = done.version, done.problems
        outcome = _outcome(session, done.already, done.commit, commit)
        fictional = store.record(law).fictional if commit else False
    head = f"{file} → {version.name}　{outcome}"

    def report() -> None:
        print_report(
            session.out, version, problems, head, session.lang,
            fictional=fictional, everything=session.verbose,
        )  # fmt: skip
        if is_new and not dry_run:
            _ask_for_record(session, version)

    return report


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
