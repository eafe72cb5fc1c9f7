"""`tracker blame`: which version last changed each paragraph. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import format_option
from tracker.cli.session import Session

__all__ = ["run"]


@command("blame")
@click.argument("law", type=LAW)
@click.argument("citation", required=False)
@format_option("text", "json")
@click.pass_obj
def run(session: Session, law: str, citation: str | None, form: str) -> None:
    """Show which version last changed each paragraph.

    A change of one word counts: the other words may be older. LAW alone is its latest version,
    LAW@VERSION an earlier one. With CITATION only the article that it lies in.

    Example: tracker blame example-data
    """
    from tracker.cli.past import last_address, load_past
    from tracker.store.history import blame

    past = load_past(session, law, until_asked=True)
    lines = blame(past.versions, changes=past.changes)
    if citation is not None:
        wanted = last_address(past, citation)
        lines = tuple(line for line in lines if line.article.address == wanted)
    if form == "json":
        from tracker.render.json.past import blame_data

        session.write_json(blame_data(past.asked, lines))
    else:
        from tracker.render.terminal.past import print_blame

        print_blame(session.out, past.record, lines, session.lang)
