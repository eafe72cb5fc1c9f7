"""`tracker show`: the text of a version, or of one provision of it. Floor 6."""

from __future__ import annotations

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import TRACKED, format_option
from tracker.cli.session import Session
from tracker.cli.sides import Side
from tracker.law.problems import TrackerError

__all__ = ["run"]


@command("show")
@click.argument("version", type=LAW)
@click.argument("citation", required=False)
@format_option("text", "json")
@click.option("--note", is_flag=True, help="The explanatory note instead.")
@click.option("--claims", is_flag=True, help="What the note says about which articles.")
@TRACKED
@click.pass_obj
def run(
    session: Session, *, version: str, citation: str | None, form: str, note: bool, claims: bool
) -> None:
    """Show a text, or one provision of it.

    Of a stored version or of a file, in canonical form.

    Example: tracker show example-data@enacted 第十二条
    """
    from tracker.cli.sides import load_side

    side = load_side(session, version)
    if claims:
        _claims(session, side, version, form)
    elif note:
        _print(session, _note(side, version))
    elif citation is not None:
        _provisions(session, side, citation, version, form)
    elif form == "json":
        from tracker.render.json import law as json_law

        data = json_law.version_data(side.version) if side.version else json_law.law_data(side.law)
        session.write_json(data)
    else:
        from tracker.parse import canonical

        _print(session, side.version.text if side.version else canonical.write(side.law))


def _note(side: Side, name: str) -> str:
    held = side.version or side.document
    note = held.note if held else None
    if note is None:
        raise TrackerError("no-note", f"{name} 没有说明", "收录时可用 --note FILE 附上")
    return note


def _claims(session: Session, side: Side, name: str, form: str) -> None:
    """The sentences of the note that cite the text, each under what it cites."""
    from tracker.parse.claims import find_claims

    note = _note(side, name)
    claims = side.version.claims if side.version else find_claims(note, side.law)
    if form == "json":
        from tracker.render.json.law import claims_data

        session.write_json(claims_data(claims))
        return
    from tracker.render.text import claims_text

    _print(session, claims_text(claims))


def _print(session: Session, text: str) -> None:
    from tracker.render.terminal.store import print_text

    print_text(session.out, text)


def _provisions(session: Session, side: Side, citation: str, name: str, form: str) -> None:
    from tracker.cli.places import find_provisions

    found = find_provisions(side.law, citation, name)
    if form == "json":
        from tracker.render.json.law import located_data

        session.write_json([located_data(one) for one in found])
        return
    from tracker.render.text import provision_text

    _print(session, "\n".join(provision_text(one.provision) for one in found))
