"""`tracker site build` and `tracker site serve`: the redline site. Floor 6."""

from __future__ import annotations

from functools import partial
from typing import Final

import click

from tracker.cli.errors import report_failure
from tracker.cli.group import Group
from tracker.cli.session import Session
from tracker.law.problems import TrackerError

__all__ = ["run"]

_INCOMPLETE: Final = 2


@click.group("site", cls=Group)
def run() -> None:
    """Build or serve the redline site.

    Example: tracker site build
    """


@run.command("build")
@click.pass_obj
def build(session: Session) -> int:
    """Write the pages of all stored laws and build the site.

    A law that cannot be read is named and left out; the exit code then is 2.

    Example: tracker site build
    """
    from tracker.cli.progress import working
    from tracker.site.build import build as build_site

    with working(session, session.say("building_site")):
        failed: list[TrackerError] = []
        folder = build_site(session.workspace(), failed.append)
    session.tell(session.say("site_built"))
    session.write(f"{folder / 'index.html'}\n")
    for error in failed:
        report_failure(error, session.lang)
    return _INCOMPLETE if failed else 0


@run.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="Where to listen, on this machine only.",
)
@click.pass_obj
def serve(session: Session, port: int) -> int:
    """Write the pages, then serve the site until interrupted.

    Example: tracker site serve --port 8080
    """
    from tracker.site.build import serve as serve_site

    address = f"127.0.0.1:{port}"

    def ready() -> None:
        session.tell(session.say("serving", address=f"http://{address}/"))

    try:
        return serve_site(
            session.workspace(), address, ready=ready, verbose=session.verbose,
            left_out=partial(report_failure, lang=session.lang),
        )  # fmt: skip
    except KeyboardInterrupt:  # the way to stop it
        return 0
