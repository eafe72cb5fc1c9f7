"""How a source was read, in the terminal: lines, tree, ledger, and the report of an ingest.

Floor 4, on rich.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.law.address import Address
from tracker.law.model import Dates, Law, Provision, Unit
from tracker.law.problems import Problem
from tracker.parse.document import Document, Dropped, Ledger
from tracker.parse.labels import label_of
from tracker.parse.marks.kinds import Kind, Line
from tracker.render.terminal.console import print_folded
from tracker.render.terminal.grid import print_rows, widths_for
from tracker.render.terminal.problems import print_problems
from tracker.render.visible import visible
from tracker.render.words import Lang, amount, date_name, say, stage_label
from tracker.store.model import Version, display_title

__all__ = ["counts_line", "print_ledger", "print_lines", "print_report", "print_tree"]

_COUNTED: Final = (
    Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION, Unit.ARTICLE, Unit.PARAGRAPH,
    Unit.SUBPARAGRAPH, Unit.ITEM, Unit.OUTLINE_1, Unit.OUTLINE_2, Unit.OUTLINE_3, Unit.OUTLINE_4,
    Unit.OUTLINE_5, Unit.ANNEX,
)  # fmt: skip
_COUNTED_FIRST: Final = (
    Unit.PART, Unit.CHAPTER, Unit.SECTION, Unit.ARTICLE, Unit.OUTLINE_1, Unit.OUTLINE_2
)  # fmt: skip
_STEP: Final = "  "


def counts_line(law: Law, lang: Lang, *, short: bool = False) -> str:
    """The structure in numbers: 9 章 · 74 条 · 92 款 · 4 项; levels of an outline as 一、×4.

    款 are those of articles; an article of one 款 counts one. `short` stops at the articles.
    """
    counts = Counter(provision.unit for provision in law.walk())
    if law.is_outline:
        del counts[Unit.PARAGRAPH]
    parts = [
        amount(lang, unit, counts[unit])
        for unit in (_COUNTED_FIRST if short else _COUNTED)
        if counts[unit]
    ]
    captions = sum(article.caption is not None for article in law.articles())
    responsible = sum(provision.responsible is not None for provision in law.walk())
    if captions and not short:
        parts.append(say(lang, "caption_count", count=captions))
    if responsible and not short:
        parts.append(say(lang, "responsible_count", count=responsible))
    return " · ".join(parts) or amount(lang, Unit.ARTICLE, 0)


def print_tree(console: Console, document: Document, lang: Lang) -> None:
    """Title and structure, then every provision on a line, indented by its level."""
    law = document.law
    print_folded(console, Text(visible(law.title or say(lang, "no_title")), "bold"))
    for extra in (law.stage_line, law.enactment_note):
        if extra:
            print_folded(console, Text(visible(extra)))
    console.print(Text(counts_line(law, lang), "dim"), soft_wrap=True)
    _print_branches(console, law.body, "")


def _print_branches(console: Console, siblings: Iterable[Provision], indent: str) -> None:
    for place, provision in enumerate(siblings, start=1):
        text = Text(_mark(provision, place), "bold" if provision.unit.is_heading else "cyan")
        if provision.caption:
            name = provision.caption if provision.unit.is_heading else f"【{provision.caption}】"
            text.append(visible(f" {name}"))
        if provision.text:
            text.append(visible(f" {provision.text}"))
        if provision.responsible:
            text.append(visible(f" {provision.responsible_words[1:-1]}"), "dim")
        print_folded(console, text, indent, _STEP * 2)
        _print_branches(console, provision.children, indent + _STEP)


def _mark(provision: Provision, place: int) -> str:
    """第三条, 款2, （一）, 一、: the number as the text prints it, with the unit's name for 款."""
    if provision.unit is Unit.PARAGRAPH:
        return f"款{place}"
    if provision.number is None:
        return provision.unit.label
    return Address(((provision.unit, provision.number),)).citation


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Place in the source, kind, text: a line each; blank lines are left out."""
    for line in lines:
        if line.kind is Kind.BLANK:
            continue
        head = f"{line.place.line:>5}  {line.kind.value:<17}"
        print_folded(console, Text(head, "cyan") + Text(visible(line.text)), "", " " * 24)


def print_ledger(
    console: Console,
    ledger: Ledger,
    lang: Lang,
    places: Mapping[str, tuple[int, ...]] | None = None,
) -> None:
    """What was rewritten by which rule, in which lines, and every dropped line with its reason."""
    console.print(Text(say(lang, "rewritten"), "bold"))
    for rule, count in ledger.rewrites:
        console.print(
            Text(f"  {_named(rule, lang)}  {say(lang, 'times', count=count)}"), soft_wrap=True
        )
        if places and rule in places:
            where = say(lang, "in_lines", lines=_ranges(places[rule], lang))
            print_folded(console, Text(where, "dim"), "    ", "    ")
    if not ledger.rewrites:
        console.print(Text(f"  {say(lang, 'nothing')}"))
    console.print(Text(say(lang, "dropped"), "bold"))
    if not ledger.dropped:
        console.print(Text(f"  {say(lang, 'nothing')}"))
    for reason, dropped in _by_reason(ledger.dropped).items():
        console.print(Text(f"  {_named(reason, lang)}  {_amount(dropped, lang)}"), soft_wrap=True)
        for one in dropped:
            where = f"{one.place.line}:{one.place.column}"
            print_folded(console, Text(visible(f"{where}  {one.text}"), "dim"), "    ", "    ")


def _ranges(lines: Sequence[int], lang: Lang) -> str:
    """3、7—12、20: lines in a row as a range."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    return ("、" if lang == "zh" else ", ").join("—".join(map(str, run)) for run in runs)


def _by_reason(dropped: Sequence[Dropped]) -> dict[str, list[Dropped]]:
    reasons: dict[str, list[Dropped]] = {}
    for one in dropped:
        reasons.setdefault(one.reason, []).append(one)
    return reasons


def _amount(dropped: Sequence[Dropped], lang: Lang) -> str:
    characters = sum(len(one.text.strip()) for one in dropped)
    lines = say(lang, "dropped_lines", count=len(dropped))
    return f"{lines} {say(lang, 'dropped_chars', count=characters)}"


def print_report(
    console: Console,
    version: Version,
    problems: Sequence[Problem],
    outcome: str,
    lang: Lang,
    *,
    fictional: bool = False,
    everything: bool = False,
) -> None:
    """What an ingest found and did. `outcome` is the first line: file, version, commit."""
    print_folded(console, Text(visible(outcome), "bold"), hanging="    ")
    title = display_title(version.law.title, fictional)
    facts = [
        (say(lang, "title"), title),
        (say(lang, "stage"), f"{stage_label(lang, version.stage)} {version.stage.value}"),
        (say(lang, "date"), _dates(version, lang)),
        (say(lang, "structure"), counts_line(version.law, lang)),
        (say(lang, "issuing_body"), version.issuing_body or ""),
        (say(lang, "events"), say(lang, "and_then").join(_event(version, lang))),
        (say(lang, "note"), _length(version.note, lang)),
        (say(lang, "notice"), _length(version.notice.text if version.notice else None, lang)),
        (say(lang, "comments_to"), (version.notice.address if version.notice else None) or ""),
        (say(lang, "read_as"), _read_as(version, lang)),
        (say(lang, "rewritten"), say(lang, "and_then").join(_rewrites(version.ledger, lang))),
        (say(lang, "dropped"), say(lang, "and_then").join(_dropped(version.ledger, lang))),
    ]
    rows = [(word, fact) for word, fact in facts if fact]
    widths = widths_for(console, rows, keep=(0,), indent=len(_STEP))
    print_rows(console, rows, widths, indent=_STEP)
    if everything and version.ledger.dropped:
        for one in version.ledger.dropped:
            text = f"{one.place.line}:{one.place.column} {_named(one.reason, lang)}  {one.text}"
            print_folded(console, Text(visible(text), "dim"), "    ", "    ")
    print_problems(console, problems, lang, everything=everything, indent="  ")


def _length(text: str | None, lang: Lang) -> str:
    return say(lang, "chars", count=len(text)) if text else ""


def _read_as(version: Version, lang: Lang) -> str:
    if version.tracked is None:
        return version.source_format
    return f"{version.source_format}{say(lang, f'tracked_{version.tracked.value}')}"


def _dates(version: Version, lang: Lang) -> str:
    dates, note = version.dates, version.law.enactment_note
    names = ("promulgated", "adopted", "issued", "published", "in_force")
    known = [(date_name(name, version.stage, dates, note), getattr(dates, name)) for name in names]
    parts = [f"{say(lang, name)} {day.isoformat()}" for name, day in known if day is not None]
    if dates.comment_start or dates.comment_end:
        parts.append(f"{say(lang, 'comment_period')} {_period(dates, lang)}")
    return say(lang, "comma").join(parts) or say(lang, "undated")


def _period(dates: Dates, lang: Lang) -> str:
    """2024-05-20—2024-06-20; where an end is not known, only the other, by its name."""
    start, end = dates.comment_start, dates.comment_end
    if start is not None and end is not None:
        return f"{start}—{end}"
    return say(lang, "until", day=end) if start is None else say(lang, "since", day=start)


def _event(version: Version, lang: Lang) -> list[str]:
    return [f"{stage_label(lang, one.stage)} {one.day.isoformat()}" for one in version.events]


def _rewrites(ledger: Ledger, lang: Lang) -> list[str]:
    return [
        f"{_named(rule, lang)} {say(lang, 'times', count=count)}" for rule, count in ledger.rewrites
    ]


def _named(code: str, lang: Lang) -> str:
    """A rule or reason: in Chinese with its code, in English the code, which is in English."""
    return label_of(code) if lang == "zh" else code


def _dropped(ledger: Ledger, lang: Lang) -> list[str]:
    return [
        f"{_named(reason, lang)} {_amount(some, lang)}"
        for reason, some in _by_reason(ledger.dropped).items()
    ]
