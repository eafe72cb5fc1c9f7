"""`tracker log`: the versions of a law in legal order. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.session import Session

__all__ = ["run"]


@command("log")
@click.argument("law", type=LAW)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for programs.",
)
@click.pass_obj
def run(session: Session, law: str, form: str) -> None:
    """List the versions of a law in legal order.

    Example: tracker log example-data
    """
    store = session.store()
    law_id = store.resolve(law).law_id
    record, versions = store.record(law_id), store.versions(law_id)
    if form == "json":
        from tracker.render.json_law import log_data

        session.write_json(log_data(record, versions))
    else:
        from tracker.render.terminal_store import print_log

        print_log(session.out, record, versions, session.lang)
