"""`tracker laws`: what is stored. Floor 6."""

from __future__ import annotations

from typing import Final

import click

from tracker.cli.errors import report_failure
from tracker.cli.group import command
from tracker.cli.options import format_option
from tracker.cli.session import Session
from tracker.law.problems import TrackerError

__all__ = ["run"]

_SOME_CANNOT_BE_READ: Final = 2


@command("laws")
@format_option("table", "json")
@click.pass_obj
def run(session: Session, form: str) -> int:
    """List the stored laws.

    One that cannot be read is named on standard error; the exit code then is 2.

    Example: tracker laws
    """
    store = session.store()
    found, failed = [], []
    for law_id in store.law_ids():
        try:
            found.append((store.record(law_id), store.versions(law_id)))
        except TrackerError as error:
            failed.append(error)
    if form == "json":
        from tracker.render.json.law import laws_data

        session.write_json(laws_data(found))
    elif found:
        from tracker.render.terminal.store import print_laws

        print_laws(session.out, found, session.lang)
    elif not failed:
        session.tell(session.say("no_laws"))
        session.tell(session.say("ingest_first"))
    for failure in failed:
        report_failure(failure, session.lang)
    return _SOME_CANNOT_BE_READ if failed else 0
