"""`tracker site build` and `tracker site serve`: the redline site. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import Group
from tracker.cli.session import Session

__all__ = ["run"]


@click.group("site", cls=Group)
def run() -> None:
    """Build or serve the redline site.

    Example: tracker site build
    """


@run.command("build")
@click.pass_obj
def build(session: Session) -> None:
    """Write the pages of all stored laws and build the site.

    Example: tracker site build
    """
    from tracker.cli.progress import working
    from tracker.site.build import build as build_site

    with working(session, session.say("building_site")):
        folder = build_site(session.workspace())
    session.tell(session.say("site_built"))
    session.write(f"{folder / 'index.html'}\n")


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
        return serve_site(session.workspace(), address, ready=ready, verbose=session.verbose)
    except KeyboardInterrupt:  # the way to stop it
        return 0
