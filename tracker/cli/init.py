"""`tracker init`: a new workspace. Floor 6."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.group import command
from tracker.cli.session import Session

__all__ = ["run"]


@command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.pass_obj
def run(session: Session, folder: Path) -> None:
    """Make a folder a workspace.

    It gets a git repository, versions/, mkdocs.yml, site/, .gitignore and a CI workflow. What is
    there already is left as it is.

    Example: tracker init data-laws
    """
    from tracker.cli.workspace import lay_out

    laid = lay_out(folder)
    for key, names in (("made", laid.made), ("kept", laid.kept)):
        for name in names:
            session.write(f"{session.say(key)}  {name}\n")
    if laid.inside is not None:
        session.tell(session.say("inside", path=laid.inside))
    if laid.made:
        session.tell(session.say("ingest_first"))
