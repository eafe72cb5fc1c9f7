"""`tracker export`: what is stored, in forms that other tools read. Floor 6."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.group import Group
from tracker.cli.kinds import LAW
from tracker.cli.session import Session

__all__ = ["run"]


@click.group("export", cls=Group)
def run() -> None:
    """Write a law in a form that other tools read.

    Example: tracker export git example-data
    """


@run.command("git")
@click.argument("law", type=LAW)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def git(session: Session, law: str, folder: Path | None) -> None:
    """Make a git repository in which one file's history is the law's.

    A commit a stage. DIR is missing or empty; default: the id of the law, here.

    Example: tracker export git example-data
    """
    from tracker.store.export import export_git

    store = session.store()
    law_id = store.resolve(law).law_id
    session.tell_edited(law_id)
    done = export_git(store, law_id, folder or Path(law_id))
    said = session.say(
        "exported", folder=done.folder, file=done.file, commits=done.commits, tip=done.tip[:12]
    )
    session.write(f"{said}\n")
    session.tell(f"  git -C {done.folder} log -p -- {done.file}")
