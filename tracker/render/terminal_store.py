"""What is stored, in the terminal: laws, the versions of one, a text.

Floor 4, on rich.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracker.law.model import Event
from tracker.render.terminal import add_row, print_folded, table
from tracker.render.terminal_reading import counts_line
from tracker.render.visible import visible
from tracker.render.words import Lang, say, stage_label
from tracker.store.model import LawRecord, Version

__all__ = ["print_laws", "print_log", "print_text"]


def print_laws(
    console: Console, laws: Iterable[tuple[LawRecord, tuple[Version, ...]]], lang: Lang
) -> None:
    """A row a law: id, title, how many versions, the latest."""
    grid = table(
        say(lang, "law"), say(lang, "title"), say(lang, "versions"), say(lang, "latest"), right=(2,)
    )
    for record, versions in laws:
        latest = ""
        if versions:
            last = versions[-1]
            latest = f"{stage_label(lang, last.stage)} {last.day or say(lang, 'undated')}"
        add_row(grid, (record.law_id, record.display_title, str(len(versions)), latest))
    console.print(grid)


def print_log(console: Console, record: LawRecord, versions: Sequence[Version], lang: Lang) -> None:
    """A row a version in legal order, with the events between them that have no text."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    grid = table(
        say(lang, "version"), say(lang, "stage"), say(lang, "date"), say(lang, "structure")
    )
    events = sorted(_events(versions), key=lambda event: event.day)
    for version in versions:
        while events and version.day is not None and events[0].day <= version.day:
            _add_event(grid, events.pop(0), lang)
        structure = counts_line(version.law)
        if version.corrects:
            structure += f"（更正 {version.corrects}）"
        day = version.day.isoformat() if version.day else say(lang, "undated")
        add_row(grid, (version.version_id, stage_label(lang, version.stage), day, structure))
    for event in events:
        _add_event(grid, event, lang)
    console.print(grid)


def _events(versions: Iterable[Version]) -> list[Event]:
    """Each event once, however many sources tell of it, and none that has a version of its own."""
    held = {(version.stage, version.day) for version in versions}
    found = {(one.stage, one.day): one for version in versions for one in version.events}
    return [event for key, event in found.items() if key not in held]


def _add_event(grid: Table, event: Event, lang: Lang) -> None:
    note = say(lang, "no_text") + (f"：{event.note}" if event.note else "")
    add_row(grid, ("–", stage_label(lang, event.stage), event.day.isoformat(), Text(note, "dim")))


def print_text(console: Console, text: str) -> None:
    """Canonical text: a line a provision, folded in a terminal and whole in a pipe."""
    for line in text.rstrip("\n").split("\n"):
        print_folded(console, Text(visible(line)))
