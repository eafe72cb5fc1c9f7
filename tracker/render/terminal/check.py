"""What a check found, in the terminal: by article, the line quoted with the place marked below it.

Floor 4, on rich. Works the same in a pipe: the mark is a line of signs, colour only says it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.law.problems import Problem, Severity
from tracker.render.findings import Checked, count
from tracker.render.fold import cells
from tracker.render.terminal.console import print_folded
from tracker.render.visible import visible
from tracker.render.words import Lang, say, severity_label

__all__ = ["SEVERITY_COLOURS", "print_checked", "print_findings"]

SEVERITY_COLOURS: Final = {
    Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"
}  # fmt: skip
_ROOM: Final = 48  # characters of a line that are shown in a pipe, in a terminal what fits
_LEAST: Final = 12
_CUT: Final = "…"
_TOP: Final = {"zh": "全文", "en": "the whole text"}
_IGNORED: Final = {
    "zh": "按设置忽略 {count} 个（{reasons}）", "en": "{count} ignored by the settings ({reasons})"
}  # fmt: skip
_REASONS: Final = 3  # that are named
_MOST: Final = 1000
"""Findings of one text that are written before ``-v`` is asked for. Of 3,423 laws the one with the
most has 33; a hostile text has 125,000, of three lines each, and to write them took a minute."""


def print_checked(
    console: Console, checked: Sequence[Checked], lang: Lang, *, everything: bool = True
) -> None:
    """The findings, a text after the other, each by article; then the sum.

    `everything` False writes the first thousand of a text, and how many more there are.
    """
    for one in checked:
        head = f"{one.name}  {one.title}" if one.title else one.name
        print_folded(console, Text(visible(head), "bold"))
        shown = one if everything else replace(one, problems=one.problems[:_MOST])
        print_findings(console, shown, lang)
        if len(shown.problems) < len(one.problems):
            rest = say(lang, "more_problems", count=len(one.problems) - _MOST)
            console.print(Text(f"  {rest}", "dim"), soft_wrap=True)
        if not one.problems and one.complete:
            console.print(Text(f"  {say(lang, 'clean')}"))
        if one.ignored:
            console.print(Text(f"  {_ignored(one, lang)}", "dim"), soft_wrap=True)
    if not checked:
        return
    found = [problem for one in checked for problem in one.problems]
    parts = [
        f"{severity_label(lang, severity)} {number}"
        for severity in Severity
        if (number := count(found, severity))
    ]
    console.print(Text(" · ".join((say(lang, "checked", count=len(checked)), *parts)), "bold"))


def _ignored(one: Checked, lang: Lang) -> str:
    reasons = list(dict.fromkeys(visible(reason) for _, reason in one.ignored))
    shown = "；".join(reasons[:_REASONS]) + (_CUT if len(reasons) > _REASONS else "")
    return _IGNORED[lang].format(count=len(one.ignored), reasons=shown)


def print_findings(console: Console, one: Checked, lang: Lang, indent: str = "  ") -> None:
    """The findings of one text, under the article they are in."""
    for article, problems in groupby(one.problems, key=_article):
        print_folded(console, Text(visible(article or _TOP[lang]), "bold cyan"), indent)
        for problem in problems:
            text = one.texts.get(problem.address, "")
            _print_one(console, problem, lang, indent + "  ", article=article, line=text)


def _article(problem: Problem) -> str:
    """第七十条 of 第七十条第二款第三项; a chapter is its own."""
    head, _, _ = problem.address.partition("__")
    if not head or not head.startswith("art_"):
        return problem.citation
    for at, char in enumerate(problem.citation):
        rest = problem.citation[at + 1 :]
        if char == "条" and not rest.startswith("之"):
            return problem.citation[: at + 1]
        if char == "第" and at and "条之" in problem.citation[:at]:
            return problem.citation[:at]
    return problem.citation


def _print_one(
    console: Console, problem: Problem, lang: Lang, indent: str, *, article: str, line: str
) -> None:
    text = Text(severity_label(lang, problem.severity), SEVERITY_COLOURS[problem.severity])
    within = problem.citation.removeprefix(article)
    where = [within, say(lang, "line", line=problem.line) if problem.line is not None else ""]
    if any(where):
        text += Text(visible(" " + " ".join(part for part in where if part)), "bold")
    text += Text(f" {visible(problem.message)}")
    text += Text(f" [{problem.code}]", "dim")
    print_folded(console, text, indent, "    ")
    _print_quote(console, problem, line, f"{indent}  ")
    if problem.hint:
        print_folded(console, Text(visible(f"→ {problem.hint}")), f"{indent}  ")


def _print_quote(console: Console, problem: Problem, text: str, indent: str) -> None:
    """The line with the place marked; the quotation alone where the place is not known."""
    span = problem.span or _found(text, problem.quote)
    if not text or span is None or not 0 <= span[0] < span[1] <= len(text):
        if problem.quote:
            print_folded(console, Text(visible(f"│ {problem.quote}"), "dim"), indent)
        return
    room = (console.width - cells(f"{indent}│ {_CUT}{_CUT}")) // 2 if console.is_terminal else _ROOM
    before, marked, after = _excerpt(text, *span, max(room, _LEAST))
    line = Text(f"│ {before}", "dim")
    line.append(marked, f"{SEVERITY_COLOURS[problem.severity]} underline")
    line.append(after, "dim")
    console.print(Text(indent) + line, soft_wrap=True)
    under = " " * cells(f"│ {before}") + "^" * max(1, cells(marked))
    console.print(Text(indent) + Text(under, SEVERITY_COLOURS[problem.severity]), soft_wrap=True)


def _found(text: str, quote: str) -> tuple[int, int] | None:
    at = text.find(quote) if quote else -1
    return None if at < 0 else (at, at + len(quote))


def _excerpt(text: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """The words before the place, those that are marked, those behind; each safe to print.

    `room` is how many characters there are for all of them, so that the line does not wrap.

    >>> _excerpt("依照《立法法的规定办理。", 2, 3, 8)
    ('依照', '《', '立法法的规…')
    """
    marked_end = min(end, start + max(1, room // 3))
    left = max(0, start - (room - (marked_end - start)) * 2 // 3)
    right = min(len(text), left + room)
    before = (_CUT if left else "") + text[left:start]
    after = text[marked_end:right] + (_CUT if right < len(text) else "")
    flat = (part.replace("\n", " ").replace("\t", " ") for part in
            (before, text[start:marked_end], after))  # fmt: skip
    one, two, three = (visible(part) for part in flat)
    return one, two, three
