"""`tracker init`: a new workspace. Floor 6."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from tracker.cli.group import command
from tracker.cli.session import Session
from tracker.cli.workspace import CI, lay_out

__all__ = ["run"]


@command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--ci", type=click.Choice(tuple(CI)), default="github", show_default=True,
    help="Whose continuous integration to write the files for.",
)  # fmt: skip
@click.pass_obj
def run(session: Session, folder: Path, ci: str) -> None:
    """Make a folder a workspace.

    It gets a git repository, versions/, mkdocs.yml, site/, .gitignore and CI workflows. What is
    there already is left as it is.

    Example: tracker init data-laws
    """
    laid = lay_out(folder, ci)
    for key, names in (("made", laid.made), ("kept", laid.kept)):
        for name in names:
            session.write(f"{session.say(key)}  {name}\n")
    if laid.inside is not None:
        session.tell(session.say("inside", path=laid.inside))
    files = [name for name in laid.made if name != ".git"]
    if files:
        session.tell(session.say("commit_it"))
        session.tell(_commit_command(folder, files))
    if laid.made:
        session.tell(session.say("ingest_first"))


def _commit_command(folder: Path, files: list[str]) -> str:
    """What a shell takes to commit the new files and nothing else."""
    git = "git" if folder == Path() else f"git -C {quote(str(folder))}"
    names = " ".join(quote(name) for name in _whole_folders(folder, files))
    return f"  {git} add {names} && {git} commit -m 'tracker init'"


def _whole_folders(folder: Path, files: list[str]) -> list[str]:
    """The files, with one name for a folder of which all are new: site for site/docs/index.md …"""
    made = {folder / name for name in files}
    names = []
    for name in files:
        top = name.split("/")[0]
        there = [path for path in (folder / top).rglob("*") if not path.is_dir()]
        names.append(top if made.issuperset(there) else name)
    return list(dict.fromkeys(names))
