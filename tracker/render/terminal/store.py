"""What is stored, in the terminal: laws, the versions of one, a text.

Floor 4, on rich.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from tracker.law.model import Event
from tracker.render.terminal.console import print_folded
from tracker.render.terminal.grid import Cell, print_grid
from tracker.render.terminal.reading import counts_line
from tracker.render.visible import visible
from tracker.render.words import Lang, legal_day, say, stage_label, text_label
from tracker.store.model import LawRecord, Version
from tracker.store.order import timeline

__all__ = ["print_laws", "print_log", "print_text"]


def print_laws(
    console: Console, laws: Iterable[tuple[LawRecord, tuple[Version, ...]]], lang: Lang
) -> None:
    """A row a law: id, title, how many versions, the latest."""
    rows = []
    for record, versions in laws:
        latest = ""
        if versions:
            last = versions[-1]
            day = legal_day(lang, last.stage, last.dates, last.law.enactment_note)
            latest = f"{stage_label(lang, last.stage)} {day}"
        rows.append((record.law_id, record.display_title, str(len(versions)), latest))
    heads = tuple(say(lang, key) for key in ("law", "title", "versions", "latest"))
    print_grid(console, heads, rows, right=(2,), keep=(0, 2))


def print_log(console: Console, record: LawRecord, versions: Sequence[Version], lang: Lang) -> None:
    """A row a version in legal order, with the events between them that have no text."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    rows = [
        _event_row(one, lang) if isinstance(one, Event) else _version_row(one, lang)
        for one in timeline(versions)
    ]
    heads = tuple(say(lang, key) for key in ("version", "stage", "date", "structure"))
    print_grid(console, heads, rows, keep=(0, 2))


def _version_row(version: Version, lang: Lang) -> tuple[Cell, ...]:
    structure = counts_line(version.law, lang, short=True)
    if version.corrects:
        structure += say(lang, "corrects", version=version.corrects)
    day = legal_day(lang, version.stage, version.dates, version.law.enactment_note)
    return (version.version_id, text_label(lang, version.stage, version.tracked), day, structure)


def _event_row(event: Event, lang: Lang) -> tuple[Cell, ...]:
    note = say(lang, "no_text") + (f"：{event.note}" if event.note else "")
    return ("–", stage_label(lang, event.stage), event.day.isoformat(), Text(visible(note), "dim"))


def print_text(console: Console, text: str) -> None:
    """Canonical text: a line a provision, folded in a terminal and whole in a pipe."""
    for line in text.rstrip("\n").split("\n"):
        print_folded(console, Text(visible(line)))
