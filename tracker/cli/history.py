"""`tracker history`: one provision through all versions. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import format_option
from tracker.cli.session import Session

__all__ = ["run"]


@command("history")
@click.argument("law", type=LAW)
@click.argument("citation")
@format_option("text", "json")
@click.pass_obj
def run(session: Session, law: str, citation: str, form: str) -> None:
    """Follow one provision through all versions of a law.

    The citation is that of the latest version, or of LAW@VERSION; or it is the id of a provision,
    as concordance lists them, which says its version itself.

    Example: tracker history example-data 第十二条
    """
    from tracker.cli.past import last_address, load_past
    from tracker.store.history import history

    address_there, at, version_id = citation.partition("@")
    if at and "@" not in law:
        law, citation = f"{law}@{version_id}", address_there.partition("~")[0]
    past = load_past(session, law)
    address = last_address(past, citation)
    steps = history(past.versions, address, at=past.asked.version_id, changes=past.changes)
    if form == "json":
        from tracker.render.json.past import history_data

        session.write_json(history_data(past.record.law_id, steps))
    else:
        from tracker.render.terminal.past import print_history

        print_history(session.out, past.record, steps, session.lang)
