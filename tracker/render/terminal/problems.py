"""Problems in the terminal: severity, place, message, and what to do.

Floor 4, on rich. The severity is a word; its colour says it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.law.problems import Problem
from tracker.render.terminal.check import SEVERITY_COLOURS
from tracker.render.terminal.console import print_folded
from tracker.render.visible import visible
from tracker.render.words import Lang, say, severity_label

__all__ = ["print_problems"]

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
    ranked = sorted(problems, key=lambda problem: problem.severity.rank)
    shown = ranked if everything else ranked[:_SHOWN]
    for problem in shown:
        _print_one(console, problem, lang, name, indent)
    if len(shown) < len(ranked):
        rest = say(lang, "more_problems", count=len(ranked) - len(shown))
        console.print(Text(f"{indent}{rest}", "dim"), soft_wrap=True)


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
    text = Text(severity_label(lang, problem.severity), SEVERITY_COLOURS[problem.severity])
    if where:
        text += Text(visible(f" {where}"), "bold")
    text += Text(f" {visible(problem.message)}")
    text += Text(f" [{problem.code}]", "dim")
    print_folded(console, text, indent, "    ")
    if problem.quote:
        print_folded(console, Text(visible(f"│ {problem.quote}"), "dim"), f"{indent}    ")
    if problem.hint:
        print_folded(console, Text(visible(f"→ {problem.hint}")), f"{indent}    ")
