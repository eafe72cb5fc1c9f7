"""An amending act in the terminal: its instructions, and how the published text stands to them.

Floor 4, on rich.
"""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.text import Text

from tracker.amend.model import Act, Action, Instruction
from tracker.amend.reconcile import ArticleVerdict, Reconciled, Verdict
from tracker.render.amend import difference, is_stacked
from tracker.render.terminal.console import print_folded, print_redline
from tracker.render.terminal.grid import print_grid
from tracker.render.visible import visible
from tracker.render.words import Lang, say

__all__ = ["print_act", "print_reconciled"]


def print_act(console: Console, act: Act, lang: Lang) -> None:
    """Title, then a row an instruction: item, what it does, where, the act's own words."""
    print_folded(console, Text(visible(act.title or say(lang, "no_title")), "bold"))
    counts = Counter(one.action for one in act.instructions)
    parts = [f"{_action(action, lang)} {counts[action]}" for action in Action if counts[action]]
    console.print(Text(" · ".join(parts), "dim"), soft_wrap=True)
    for one in act.instructions:
        console.print()
        head = " ".join(part for part in (one.item, _action(one.action, lang), _where(one)) if part)
        print_folded(console, Text(visible(head), "bold"), hanging="    ")
        for line in one.words.split("\n"):
            print_folded(console, Text(visible(line)), "    ")


def _action(action: Action, lang: Lang) -> str:
    return action.label if lang == "zh" else action.value


def _where(one: Instruction) -> str:
    """第五条 → 第八条: the targets, and the numbers that they or the new provisions get."""
    targets = "、".join(target.citation for target in one.targets)
    if not one.numbers or one.unit is None:
        return targets
    numbers = "、".join(number.written(one.unit.label) for number in one.numbers)
    return f"{targets} → {numbers}".lstrip()


def print_reconciled(console: Console, result: Reconciled, lang: Lang) -> None:
    """The verdicts counted, then every article that is not as the act says, with its words."""
    counts = Counter(one.verdict for one in result.articles)
    rows = [(_verdict(one, lang), str(counts[one])) for one in Verdict if counts[one]]
    print_grid(console, (say(lang, "verdict"), say(lang, "count")), rows, right=(1,))
    fate = say(
        lang,
        "fate",
        confirmed=len(result.confirmed),
        contradicted=len(result.contradicted),
        unapplied=len(result.amended.unapplied),
    )
    console.print(Text(fate), soft_wrap=True)
    for one in (*result.others, *result.articles):
        off = result.off_from and one.number and one.number >= result.off_from
        if one.verdict not in (Verdict.EQUAL, Verdict.CITATIONS) and not off:
            _print_difference(console, one, lang)
    if result.off_from:
        console.print()
        off_from = say(lang, "numbers_off", citation=result.off_from.written("条"))
        print_folded(console, Text(off_from))


def _verdict(verdict: Verdict, lang: Lang) -> str:
    return verdict.label if lang == "zh" else verdict.value


def _print_difference(console: Console, one: ArticleVerdict, lang: Lang) -> None:
    console.print()
    name = one.number.written("条") if one.number else one.name
    head = Text(visible(name), "bold") + Text(f"　{_verdict(one.verdict, lang)}")
    print_folded(console, head)
    print_redline(console, difference(one), lang, stacked=is_stacked(one))
