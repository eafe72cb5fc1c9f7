"""History, concordance and blame in the terminal.

Floor 4, on rich.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tracker.diff.model import Op
from tracker.law.address import Located
from tracker.parse import canonical
from tracker.render.overview import arrow, captions, citation, label, tags
from tracker.render.terminal.console import print_change, print_folded, print_redline
from tracker.render.terminal.grid import as_text, print_grid
from tracker.render.visible import visible
from tracker.render.words import Lang, legal_day, say, stage_label
from tracker.store.history import BlameLine, Lineage, Step
from tracker.store.model import LawRecord, Version

__all__ = ["print_blame", "print_concordance", "print_history"]


def print_history(console: Console, record: LawRecord, steps: Sequence[Step], lang: Lang) -> None:
    """A paragraph a version: where the provision stands and what changed since the one before."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    ids = dict.fromkeys(one for step in steps for one in step.ids)
    print_folded(console, Text(f"{say(lang, 'provision_id')} {'、'.join(ids)}", "dim"), "", "    ")
    seen = False
    for step in steps:
        console.print()
        head = Text(f"{step.version.version_id}　", "bold") + Text(_stage(step.version, lang))
        print_folded(console, head, hanging="    ")
        _print_step(console, step, lang, first=bool(step.at) and not seen)
        seen = seen or bool(step.at)


def _stage(version: Version, lang: Lang) -> str:
    day = legal_day(lang, version.stage, version.dates, version.law.enactment_note)
    return f"{stage_label(lang, version.stage)} {day}"


def _print_step(console: Console, step: Step, lang: Lang, *, first: bool) -> None:
    if first or not step.changes:
        if not step.at:
            print_folded(console, Text(say(lang, "absent"), "dim"), "  ")
        for one in step.at:
            _print_whole(console, one, lang)
        return
    for change in step.changes:
        what = label(change, lang) if tags(change) else say(lang, "as_before")
        if change.caption_changed:
            what += f"　{captions(change)}"
        print_folded(console, Text(visible(f"{arrow(change)}　{what}")), "  ", "    ")
        if change.is_reworded:
            print_change(console, change, lang)


def _print_whole(console: Console, one: Located, lang: Lang) -> None:
    caption = f"　【{one.provision.caption}】" if one.provision.caption else ""
    print_folded(console, Text(visible(f"{citation([one])}{caption}")), "  ", "    ")
    print_redline(console, ((Op.EQUAL, canonical.body(one.provision)),), lang)


def print_concordance(
    console: Console,
    record: LawRecord,
    versions: Sequence[Version],
    lines: Sequence[Lineage],
    lang: Lang,
) -> None:
    """A row a line of descent, a column a version."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    heads = [_stage(version, lang) for version in versions]
    rows = [[citation(cell) or "–" for cell in line.cells] for line in lines]
    print_grid(console, heads, rows)


def print_blame(
    console: Console, record: LawRecord, lines: Sequence[BlameLine], lang: Lang
) -> None:
    """Every 款, 项 and 目 behind the version that last changed it."""
    print_folded(console, Text(visible(record.display_title), "bold"))
    rows = []
    article: Located | None = None
    for line in lines:
        where = "" if line.article is article else citation([line.article])
        article = line.article
        text = canonical.heading_line(line.located.provision) + line.text
        if line.located is line.article:
            text = line.text
        rows.append((_stage(line.since, lang), where, as_text(text)))
    heads = (say(lang, "words_since"), say(lang, "article"), say(lang, "text"))
    print_grid(console, heads, rows, keep=(0,))
