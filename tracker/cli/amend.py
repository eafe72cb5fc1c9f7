"""`tracker amend`: amending acts read, applied, and held against the published text. Floor 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.group import Group
from tracker.cli.kinds import LAW
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.amend.model import Act

__all__ = ["run"]

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
_OUTPUT = click.option("-o", "--output", metavar="FILE", help="Write to a file.")


@click.group("amend", cls=Group)
def run() -> None:
    """Work with amending acts (修改决定, 修正案).

    Example: tracker amend apply old.txt decision.txt
    """


def _read_act(file: str) -> Act:
    from pathlib import Path

    from tracker.amend.act import read_act
    from tracker.cli.sides import read_bytes

    return read_act(read_bytes(file), name=Path(file).name)


@run.command("parse")
@click.argument("act")
@_FORMAT
@click.pass_obj
def parse(session: Session, act: str, form: str) -> None:
    """List the instructions of an amending act.

    Example: tracker amend parse decision.txt
    """
    found = _read_act(act)
    session.tell_problems(found.problems, name=act)
    if form == "json":
        from tracker.render.json_amend import act_data

        session.write_json(act_data(found))
    else:
        from tracker.render.terminal_amend import print_act

        print_act(session.out, found, session.lang)


@run.command("apply")
@click.argument("base", type=LAW)
@click.argument("act")
@_OUTPUT
@click.pass_obj
def apply(session: Session, base: str, act: str, output: str | None) -> None:
    """Print the canonical text of BASE with the act applied.

    Example: tracker amend apply old.txt decision.txt -o amended.txt
    """
    from tracker.amend.apply import amend
    from tracker.cli.sides import load_side
    from tracker.parse import canonical

    amended = amend(load_side(session, base).law, _read_act(act))
    session.tell_problems(amended.problems, name=act)
    session.tell(session.say("applied", done=len(amended.applied), left=len(amended.unapplied)))
    with session.output(output):
        session.write(canonical.write(amended.law))


@run.command("reconcile")
@click.argument("base", type=LAW)
@click.argument("act")
@click.argument("published", type=LAW)
@_FORMAT
@click.option("--exit-code", is_flag=True, help="Exit with 1 where they differ.")
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
        load_side(session, base).law, _read_act(act), load_side(session, published).law
    )
    session.tell_problems(result.problems, name=act)
    if form == "json":
        from tracker.render.json_amend import reconciled_data

        session.write_json(reconciled_data(result))
    else:
        from tracker.render.terminal_amend import print_reconciled

        print_reconciled(session.out, result, session.lang)
    return int(exit_code and not result.agrees)
