"""What is stored, in the terminal: laws, the versions of one, a text.

Floor 4, on rich.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from tracker.law.model import Event
from tracker.render.terminal import print_folded
from tracker.render.terminal_grid import Cell, print_grid
from tracker.render.terminal_reading import counts_line
from tracker.render.visible import visible
from tracker.render.words import Lang, day_label, day_name, say, stage_label
from tracker.store.model import LawRecord, Version

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
            day = day_label(lang, last.day, day_name(last.stage, last.dates))
            latest = f"{stage_label(lang, last.stage)} {day}"
        rows.append((record.law_id, record.display_title, str(len(versions)), latest))
    heads = tuple(say(lang, key) for key in ("law", "title", "versions", "latest"))
    print_grid(console, heads, rows, right=(2,), keep=(0, 2))


def print_log(console: Console, record: LawRecord, versions: Sequence[Version], lang: Lang) -> None:
    """A row a version in legal order, with the events between them that have no text."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    rows: list[tuple[Cell, ...]] = []
    events = sorted(_events(versions), key=lambda event: event.day)
    for version in versions:
        while events and version.day is not None and events[0].day <= version.day:
            rows.append(_event_row(events.pop(0), lang))
        structure = counts_line(version.law, lang, short=True)
        if version.corrects:
            structure += say(lang, "corrects", version=version.corrects)
        day = day_label(lang, version.day, day_name(version.stage, version.dates))
        rows.append((version.version_id, stage_label(lang, version.stage), day, structure))
    rows += [_event_row(event, lang) for event in events]
    heads = tuple(say(lang, key) for key in ("version", "stage", "date", "structure"))
    print_grid(console, heads, rows, keep=(0, 2))


def _events(versions: Iterable[Version]) -> list[Event]:
    """Each event once, however many sources tell of it, and none that has a version of its own."""
    held = {(version.stage, version.day) for version in versions}
    found = {(one.stage, one.day): one for version in versions for one in version.events}
    return [event for key, event in found.items() if key not in held]


def _event_row(event: Event, lang: Lang) -> tuple[Cell, ...]:
    note = say(lang, "no_text") + (f"：{event.note}" if event.note else "")
    return ("–", stage_label(lang, event.stage), event.day.isoformat(), Text(visible(note), "dim"))


def print_text(console: Console, text: str) -> None:
    """Canonical text: a line a provision, folded in a terminal and whole in a pipe."""
    for line in text.rstrip("\n").split("\n"):
        print_folded(console, Text(visible(line)))
