"""`tracker concordance`: article by version. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import OUTPUT, format_option
from tracker.cli.session import Session

__all__ = ["run"]


@command("concordance")
@click.argument("law", type=LAW)
@format_option("table", "csv", "json", help="For people, spreadsheets or programs.")
@OUTPUT
@click.pass_obj
def run(session: Session, law: str, form: str, output: str | None) -> None:
    """Show which number each provision had in each version.

    Example: tracker concordance example-data --format csv
    """
    from tracker.cli.past import load_past
    from tracker.store.history import concordance

    past = load_past(session, law)
    lines = concordance(past.versions, changes=past.changes)
    with session.output(output):
        if form == "json":
            from tracker.render.json.past import concordance_data

            session.write_json(concordance_data(past.record.law_id, past.versions, lines))
        elif form == "csv":
            from tracker.render.csv import concordance_csv

            session.write_data(concordance_csv(past.versions, lines))
        else:
            from tracker.render.terminal.past import print_concordance

            print_concordance(session.out, past.record, past.versions, lines, session.lang)
