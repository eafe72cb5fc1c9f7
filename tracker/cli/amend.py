"""`tracker amend`: amending acts read, applied, and held against the published text. Floor 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.group import Group
from tracker.cli.kinds import LAW
from tracker.cli.options import OUTPUT, TRACKED, format_option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.amend.model import Act

__all__ = ["run"]

_FORMAT = format_option("text", "json")
_NO_TEXT = (".docx", ".doc", ".wps", ".pdf", ".html")
"""Endings of files that a text is not."""


@click.group("amend", cls=Group)
def run() -> None:
    """Work with amending acts (修改决定, 修正案).

    Example: tracker amend apply old.txt decision.txt
    """


def _read_act(session: Session, file: str) -> Act:
    from tracker.amend.act import read_act
    from tracker.cli.sides import read_bytes, source_name
    from tracker.law.problems import TrackerError

    act = read_act(read_bytes(file), name=source_name(file), tracked=session.view())
    for problem in act.problems:
        if problem.code == "not-an-amending-act":
            raise TrackerError(problem.code, problem.message, problem.hint)
    return act


@run.command("parse")
@click.argument("act")
@_FORMAT
@TRACKED
@click.pass_obj
def parse(session: Session, act: str, form: str) -> int:
    """List the instructions of an amending act.

    Exit code 1 where some could not be read.

    Example: tracker amend parse decision.txt
    """
    found = _read_act(session, act)
    session.tell_problems(found.problems, name=act)
    if form == "json":
        from tracker.render.json.amend import act_data

        session.write_json(act_data(found))
    else:
        from tracker.render.terminal.amend import print_act

        print_act(session.out, found, session.lang)
    return int(bool(found.unread) or not any(i.action.changes_text for i in found.instructions))


@run.command("apply")
@click.argument("base", type=LAW)
@click.argument("act")
@OUTPUT
@TRACKED
@click.pass_obj
def apply(session: Session, base: str, act: str, output: str | None) -> int:
    """Print the canonical text of BASE with the act applied.

    Exit code 1 where something could not be applied.

    Example: tracker amend apply old.txt decision.txt -o amended.txt
    """
    from tracker.amend.apply import amend
    from tracker.cli.sides import load_side
    from tracker.diff.changes import compare
    from tracker.law.problems import TrackerError
    from tracker.parse import canonical

    if output and output.lower().endswith(_NO_TEXT):
        raise TrackerError(
            "unknown-ending", f"{output} 的结尾不是文本的，写出的却是文本",
            "结尾用 .txt；要修订标记，再用 tracker diff 比较前后两个文本，写到 .docx",
        )  # fmt: skip
    law = load_side(session, base).law
    amended = amend(law, _read_act(session, act))
    done = sum(one.instruction.action.changes_text for one in amended.applied)
    left = len(amended.unapplied)
    # The act moved articles; what still cites the old numbers is for the user to see.
    moved = compare(law, amended.law).problems if done else ()
    stale = tuple(problem for problem in moved if problem.code == "stale-citation")
    session.tell_problems((*amended.problems, *stale), name=act)
    session.tell(session.say("applied", done=done, left=left))
    if done and law.enactment_note:
        session.tell(session.say("note_kept"))
    with session.output(output, (base, act)):
        session.write_data(canonical.write(amended.law))
    return int(left > 0 or done == 0)


@run.command("reconcile")
@click.argument("base", type=LAW)
@click.argument("act")
@click.argument("published", type=LAW)
@_FORMAT
@click.option("--exit-code", is_flag=True, help="Exit with 1 where they differ.")
@TRACKED
@click.pass_obj
def reconcile(
    session: Session, *, base: str, act: str, published: str, form: str, exit_code: bool
) -> int:
    """Apply the act to BASE and compare the outcome with the text that was published.

    Example: tracker amend reconcile old.txt decision.txt published.txt
    """
    from tracker.amend.reconcile import reconcile as reconcile_laws
    from tracker.cli.sides import load_side

    result = reconcile_laws(
        load_side(session, base).law, _read_act(session, act), load_side(session, published).law
    )
    session.tell_problems(result.problems, name=act)
    if form == "json":
        from tracker.render.json.amend import reconciled_data

        session.write_json(reconciled_data(result))
    else:
        from tracker.render.terminal.amend import print_reconciled

        print_reconciled(session.out, result, session.lang)
    return int(exit_code and not result.agrees)
