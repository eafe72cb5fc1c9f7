"""`tracker log`: the versions of a law in legal order. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import format_option
from tracker.cli.session import Session

__all__ = ["run"]


@command("log")
@click.argument("law", type=LAW)
@format_option("table", "json")
@click.option("--graph", is_flag=True, help="Draw them, with corrections and what changed.")
@click.pass_obj
def run(session: Session, *, law: str, form: str, graph: bool) -> None:
    """List the versions of a law in legal order.

    Example: tracker log example-data
    """
    if graph and form == "json":
        raise click.UsageError(session.say("graph_is_no_json"))
    store = session.store()
    if graph:
        _graph(session, law)
        return
    law_id = store.resolve(law).law_id
    record, versions = store.record(law_id), store.versions(law_id)
    if form == "json":
        from tracker.render.json.law import log_data

        session.write_json(log_data(record, versions))
    else:
        from tracker.render.terminal.store import print_log

        print_log(session.out, record, versions, session.lang)


def _graph(session: Session, law: str) -> None:
    from tracker.cli.past import load_past
    from tracker.render.terminal.graph import print_graph

    past = load_past(session, law)
    everything = session.store().versions(past.asked.law_id, superseded=True)
    standing = {version.version_id for version in past.versions}
    gone = [version for version in everything if version.version_id not in standing]
    print_graph(
        session.out, past.record, past.versions, past.changes, session.lang, superseded=gone
    )
