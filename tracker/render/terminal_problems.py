"""Problems in the terminal: severity, place, message, and what to do.

Floor 4, on rich. The severity is a word; its colour says it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.law.problems import Problem, Severity
from tracker.render.terminal import print_folded
from tracker.render.visible import visible
from tracker.render.words import Lang, say, severity_label

__all__ = ["print_checked", "print_problems"]

_COLOURS: Final = {
    Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"
}  # fmt: skip
_SHOWN: Final = 10  # of one text, before `-v` is asked for; a broken source has one a line


def print_problems(
    console: Console,
    problems: Sequence[Problem],
    lang: Lang,
    *,
    name: str = "",
    everything: bool = True,
    indent: str = "",
) -> None:
    """Worst first, else in the order they were found; `everything` False shows the first ten."""
    order = list(Severity)
    ranked = sorted(problems, key=lambda problem: order.index(problem.severity))
    shown = ranked if everything else ranked[:_SHOWN]
    for problem in shown:
        _print_one(console, problem, lang, name, indent)
    if len(shown) < len(ranked):
        rest = say(lang, "more_problems", count=len(ranked) - len(shown))
        console.print(Text(f"{indent}{rest}", "dim"), soft_wrap=True)


def print_checked(
    console: Console, checked: Sequence[tuple[str, Sequence[Problem]]], lang: Lang
) -> None:
    """The findings of a check, a text after the other, in the order of each text; then the sum."""
    for name, problems in checked:
        print_folded(console, Text(visible(name), "bold"))
        for problem in problems:
            _print_one(console, problem, lang, "", "  ")
        if not problems:
            console.print(Text(f"  {say(lang, 'clean')}"))
    if not checked:
        return
    found = [problem for _, problems in checked for problem in problems]
    parts = [
        f"{severity_label(lang, severity)} {count}"
        for severity in Severity
        if (count := sum(problem.severity is severity for problem in found))
    ]
    console.print(Text(" · ".join((say(lang, "checked", count=len(checked)), *parts)), "bold"))


def _says_place(problem: Problem) -> bool:
    """Whether the message begins with the place itself: 第十四条引用…"""
    return bool(problem.citation) and problem.message.startswith(str(problem.citation))


def _print_one(console: Console, problem: Problem, lang: Lang, name: str, indent: str) -> None:
    places = [
        name,
        say(lang, "line", line=problem.line) if problem.line is not None else "",
        None if _says_place(problem) else problem.citation,
    ]
    where = " ".join(place for place in places if place)
    text = Text(severity_label(lang, problem.severity), _COLOURS[problem.severity])
    if where:
        text += Text(visible(f" {where}"), "bold")
    text += Text(f" {visible(problem.message)}")
    text += Text(f" [{problem.code}]", "dim")
    print_folded(console, text, indent, "    ")
    if problem.quote:
        print_folded(console, Text(visible(f"│ {problem.quote}"), "dim"), f"{indent}    ")
    if problem.hint:
        print_folded(console, Text(visible(f"→ {problem.hint}")), f"{indent}    ")
