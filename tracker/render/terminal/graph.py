"""The way of a law through its stages, drawn: versions, events, corrections, what changed between.

Floor 4, on rich. The signs are those of ``git log --graph``: ``*`` a version, ``o`` a stage without
its text, ``x`` a version that another one corrects, beside the line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.diff.model import Changes, Kind
from tracker.law.model import Event
from tracker.render.overview import kind_count
from tracker.render.terminal.console import print_folded
from tracker.render.terminal.reading import counts_line
from tracker.render.visible import visible
from tracker.render.words import Lang, legal_day, say, stage_label
from tracker.store.model import LawRecord, Version
from tracker.store.order import timeline

__all__ = ["print_graph"]

_VERSION, _EVENT, _GONE = "*  ", "o  ", "| x  "
_LINE, _JOIN = "|  ", "|/"
_COUNTED: Final = tuple(kind for kind in Kind if kind is not Kind.UNCHANGED)


def print_graph(
    console: Console, record: LawRecord, versions: Sequence[Version], changes: Sequence[Changes],
    lang: Lang, *, superseded: Sequence[Version] = (),
) -> None:  # fmt: skip
    """Oldest first. `changes` are those of each version with the next; `superseded` are beside."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    gone = {version.version_id: version for version in superseded}
    before = dict(zip((version.version_id for version in versions[1:]), changes, strict=True))
    for stage in timeline(versions):
        if isinstance(stage, Event):
            _print(console, _EVENT, _event(stage, lang), _LINE)
            continue
        change = before.get(stage.version_id)
        if change is not None:
            _print(console, _LINE, Text(_counts(change, lang), "dim"), _LINE)
        for version in _corrected(stage, gone):
            _print(console, _GONE, Text(_facts(version, lang), "dim"), "|    ")
        if stage.corrects in gone:
            console.print(Text(_JOIN), soft_wrap=True)
        _print(console, _VERSION, Text(_facts(stage, lang), "bold"), _LINE)


def _print(console: Console, sign: str, text: Text, hanging: str) -> None:
    print_folded(console, Text(sign) + text, "", hanging)


def _corrected(version: Version, gone: Mapping[str, Version]) -> list[Version]:
    """The versions that this one takes the place of, the first first."""
    found: list[Version] = []
    older = gone.get(version.corrects or "")
    while older is not None and older not in found:
        found.insert(0, older)
        older = gone.get(older.corrects or "")
    return found


def _facts(version: Version, lang: Lang) -> str:
    day = legal_day(lang, version.stage, version.dates, version.law.enactment_note)
    parts = [version.version_id, stage_label(lang, version.stage), day]
    text = "  ".join((*parts, counts_line(version.law, lang, short=True)))
    return visible(text + (say(lang, "corrects", version=version.corrects)
                           if version.corrects else ""))  # fmt: skip


def _event(event: Event, lang: Lang) -> Text:
    note = f"：{event.note}" if event.note else ""
    parts = (stage_label(lang, event.stage), event.day.isoformat(), say(lang, "no_text") + note)
    return Text(visible("  ".join(parts)))


def _counts(changes: Changes, lang: Lang) -> str:
    """增加 3 · 修改 12（字形修改 2）; that nothing changed is said too."""
    summary = changes.summary
    found = [kind_count(kind, summary, lang) for kind in _COUNTED if summary[kind]]
    return " · ".join(found) or say(lang, "same_articles")
