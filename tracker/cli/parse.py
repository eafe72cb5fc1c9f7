"""`tracker parse`: one stage of the way from bytes to law, without a store. Floor 6."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from tracker.cli.group import command
from tracker.cli.options import TRACKED, format_option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.parse.document import Document

__all__ = ["run"]


@command("parse")
@click.argument("file")
@click.option(
    "--show",
    type=click.Choice(["lines", "tree", "canonical", "ledger"]),
    default="tree",
    show_default=True,
    help="Which stage.",
)
@format_option("text", "json")
@click.option("--title", help="The title, where the source has none.")
@TRACKED
@click.pass_obj
def run(session: Session, *, file: str, show: str, form: str, title: str | None) -> None:
    """Show how a source is read.

    Either its lines, the tree of provisions, the canonical text, or the ledger of what was
    rewritten and dropped.

    Example: tracker parse draft.txt --show canonical
    """
    if show == "lines":
        _lines(session, file, form)
        return
    from tracker.cli.sides import read_bytes, read_document

    data = read_bytes(file)
    document = read_document(file, title, data, session.view())
    session.tell_problems(document.problems, name=file)
    if show == "ledger":
        _ledger(session, document, data, form)
    elif form == "json":
        from tracker.render.json import law as json_law

        views: dict[str, Callable[[Document], object]] = {
            "tree": json_law.document_data,
            "canonical": json_law.canonical_data,
        }
        session.write_json(views[show](document))
    elif show == "canonical":
        from tracker.parse import canonical

        session.write_data(canonical.write(document.law))
    else:
        from tracker.render.terminal import reading as terminal_reading

        terminal_reading.print_tree(session.out, document, session.lang)


def _ledger(session: Session, document: Document, data: bytes, form: str) -> None:
    from tracker.parse.rewriting import rewrite_places

    places = rewrite_places(data, name="source", tracked=session.view())
    if form == "json":
        from tracker.render.json.law import document_ledger

        session.write_json(document_ledger(document, places))
    else:
        from tracker.render.terminal.reading import print_ledger

        print_ledger(session.out, document.ledger, session.lang, places)


def _lines(session: Session, file: str, form: str) -> None:
    from tracker.cli.sides import read_bytes
    from tracker.parse.reading import read_lines

    lines = read_lines(read_bytes(file), file, session.view())
    if form == "json":
        from tracker.render.json.law import lines_data

        session.write_json(lines_data(lines))
    else:
        from tracker.render.terminal.reading import print_lines

        print_lines(session.out, lines)
