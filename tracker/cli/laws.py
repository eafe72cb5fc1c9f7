"""`tracker laws`: what is stored. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.session import Session

__all__ = ["run"]


@command("laws")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for programs.",
)
@click.pass_obj
def run(session: Session, form: str) -> None:
    """List the stored laws.

    Example: tracker laws
    """
    store = session.store()
    found = [(record, store.versions(record.law_id)) for record in store.laws()]
    if form == "json":
        from tracker.render.json_law import laws_data

        session.write_json(laws_data(found))
        return
    if not found:
        session.tell(session.say("no_laws"))
        session.tell(session.say("ingest_first"))
        return
    from tracker.render.terminal_store import print_laws

    print_laws(session.out, found, session.lang)
