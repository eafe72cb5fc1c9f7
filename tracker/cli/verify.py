"""`tracker verify`: the store held against its own evidence. Floor 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.group import command
from tracker.cli.options import FAIL_ON, format_option
from tracker.cli.session import Session
from tracker.law.problems import Problem, Severity, TrackerError

if TYPE_CHECKING:
    from tracker.store.witness import Witness

__all__ = ["run"]


@command("verify")
@click.option("--witness", metavar="FILE", help="Hold an earlier witness against the store.")
@click.option("--write-witness", metavar="FILE", help="Write a witness, where no error was found.")
@click.option(
    "--incremental", is_flag=True, help="Read only what came after the witness; needs --witness."
)
@format_option("text", "json")
@FAIL_ON
@click.pass_obj
def run(
    session: Session,
    *,
    witness: str | None,
    write_witness: str | None,
    incremental: bool,
    form: str,
    fail_on: str,
) -> int:
    """Verify the store.

    Every hash, every text and source read again, the chain of each law, what each commit did.
    Offline, and without changing anything.

    Example: tracker verify --witness witness.json
    """
    from tracker.cli.checking import fails
    from tracker.cli.progress import working
    from tracker.store.verify import verify

    if incremental and witness is None:
        raise click.UsageError(session.say("witness_needed"))
    earlier = None if witness is None else _read(witness)
    with working(session, session.say("verifying")):
        done = verify(session.workspace(), witness=earlier, incremental=incremental)
    if form == "json":
        from tracker.render.json.documents import verify_document

        session.write_json(verify_document(done))
    else:
        from tracker.render.terminal.problems import print_problems

        print_problems(session.out, done.problems, session.lang)
        key = "verified_new" if incremental else "verified"
        said = session.say(key, laws=done.laws, versions=done.versions, commits=done.commits)
        session.write(f"{said}{session.say('verified_clean') if not done.problems else ''}\n")
    if write_witness is not None:
        _write(session, write_witness, done.witness, done.problems)
    return int(fails(done.problems, fail_on))


def _read(path: str) -> Witness:
    from tracker.cli.sides import read_bytes
    from tracker.store.witness import read_witness

    return read_witness(read_bytes(path), path)


def _write(session: Session, path: str, witness: Witness, problems: tuple[Problem, ...]) -> None:
    """The witness as a file; not of a store in which something is wrong."""
    from tracker.store.witness import write_witness

    if any(problem.severity is Severity.ERROR for problem in problems):
        raise TrackerError(
            "witness-not-written", f"版本库有错误，没有写出见证：{path}", "先排除上面的错误"
        )
    with session.output(path):
        session.write(write_witness(witness).decode("ascii"))
    session.tell(session.say("witness_written", path=path))
