"""`tracker citations`: what a law cites, and who cites a provision. Floor 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import TRACKED, format_option
from tracker.cli.session import Session
from tracker.law.collecting import no_collecting
from tracker.law.problems import TrackerError

if TYPE_CHECKING:
    from tracker.cli.sides import Side
    from tracker.parse.citations.listing import PlacedCitation

__all__ = ["run"]


@command("citations")
@click.argument("version", type=LAW)
@click.option("--to", metavar="CITATION", help="Only those that point to this provision.")
@click.option(
    "--kind",
    type=click.Choice(["internal", "relative", "external", "missing"]),
    help="Only those of this kind; missing: without a target.",
)
@TRACKED
@format_option("table", "json")
@click.pass_obj
def run(session: Session, *, version: str, to: str | None, kind: str | None, form: str) -> None:
    """List the citations of a text with where they point.

    With --to: who cites a provision, of this law or of another one.

    Example: tracker citations example-data --to 第十二条
    """
    with no_collecting():  # all that is made lives to the end; of 250,000 citations a third
        _show(session, version, to, kind, form)


def _show(session: Session, version: str, to: str | None, kind: str | None, form: str) -> None:
    from tracker.cli.sides import load_side
    from tracker.parse.citations.listing import list_citations

    side = load_side(session, version)
    found = list_citations(side.law)
    if to is not None:
        found = _pointing(found, side, to, version)
    if kind == "missing":
        found = tuple(one for one in found if one.problem is not None)
    elif kind:
        found = tuple(one for one in found if one.citation.kind.value == kind)
    if form == "json":
        from tracker.render.json.citations import citations_data

        session.write_json(citations_data(found))
    elif found:
        from tracker.render.terminal.citations import print_citations

        print_citations(session.out, found, session.lang)
    else:
        session.tell(session.say("no_citations"))


def _pointing(
    found: tuple[PlacedCitation, ...], side: Side, to: str, version: str
) -> tuple[PlacedCitation, ...]:
    """Those that point there, and those that say so but point to nothing, in the order of the text.

    What the text has not can be asked for where a citation names it.
    """
    from tracker.cli.places import find_provisions, named_paths, of_other_law
    from tracker.parse.citations.listing import citing, citing_in_vain, citing_other

    other = of_other_law(side.law, to)
    if other is not None:
        return citing_other(found, other)
    vain = citing_in_vain(found, named_paths(to))
    try:
        wanted = find_provisions(side.law, to, version)
    except TrackerError as error:
        if error.code == "not-a-citation":
            raise TrackerError(error.code, error.message, _also_laws(error.hint, to)) from None
        if not vain:
            raise
        wanted = find_provisions(side.law, to, version, partly=True)
    shown = frozenset((*citing(found, (one.address for one in wanted)), *vain))
    return tuple(one for one in found if one in shown)


def _also_laws(hint: str, to: str) -> str:
    """刑法 is no provision, but who cites that law can be asked for as 《刑法》."""
    from tracker.parse.citations.names import LAW_TITLE

    name = to.strip()
    asked = (
        f"《{name}》" if LAW_TITLE.search(name) and not set("《》\n") & set(name) else "《刑法》"
    )
    return f"{hint}；问哪里引用了其他法律，写作 {asked} 或 {asked}第十条"
