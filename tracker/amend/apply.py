"""A law and an amending act → the law as it then reads, and what could not be done.

Floor 2. Instructions are carried out in order on a working copy (`carry_out`), numbers and places
are given at the end (`numbers`). An instruction that meets a problem is left out whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tracker.amend.carry_out import CARRY_OUT
from tracker.amend.model import Act, Action, Instruction
from tracker.amend.numbers import settle
from tracker.amend.working import CannotApplyError, Node, Working
from tracker.law.address import Address
from tracker.law.model import Law, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity, TrackerError

__all__ = ["Amended", "Applied", "amend"]


MOST_WORK: Final = 100_000_000
"""Instructions times the provisions that each may have to be looked for among, all rounds together:
some seconds. 500 instructions on the 4,500 provisions of the longest law are two million."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An instruction that was carried out, and where in the outcome its work stands.

    `results` are addresses in the outcome; none for a deletion or a change of the title.
    """

    instruction: Instruction
    results: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Amended:
    """The outcome of an act. Each instruction stands in `applied` or in `unapplied`.

    `numbers` pairs each article of the base with the articles of the outcome that have its text:
    (old, new), with None for the old of a new article and for the new of a deleted one.
    """

    law: Law
    applied: tuple[Applied, ...] = ()
    unapplied: tuple[Instruction, ...] = ()
    numbers: tuple[tuple[Number | None, Number | None], ...] = ()
    problems: tuple[Problem, ...] = ()


def amend(base: Law, act: Act) -> Amended:
    """The law after the act; `base` stays as it is.

    An act that amends several laws is applied as far as it concerns the base. Never raises for what
    an act says: what cannot be done is a problem, with the instruction in `unapplied`.
    """
    instructions, problems = _for(base, act)
    unread = {i for i in instructions if i.action is Action.UNREAD}
    problems += [p for p in act.problems if p.code != "unread-instruction"]
    not_read = {i.words for i in unread}
    problems += [p for p in act.problems if p.quote in not_read]
    refused: dict[Instruction, Problem] = {}
    todo = [i for i in instructions if i not in unread]
    each, work = len(todo) * (len(todo) + sum(1 for _ in base.walk())), 0
    while True:  # each round leaves out one more instruction, whose number could not be given
        work += each
        if work > MOST_WORK:
            raise _too_much(base, todo)
        try:
            done = _attempt(base, todo, refused)
            break
        except CannotApplyError as error:
            refused[error.instruction] = error.problem
    law, applied, numbers, remarks = done
    left_out = tuple(i for i in instructions if i in unread or i in refused)
    problems += [refused[i] for i in instructions if i in refused]
    return Amended(law, applied, left_out, numbers, (*dict.fromkeys(problems), *remarks))


def _too_much(base: Law, todo: list[Instruction]) -> TrackerError:
    return TrackerError(
        "act-too-large",
        f"{len(todo)} 条修改指令不能执行到《{base.title or '（无标题）'}》：指令和条款太多",
        "核对修改决定；确有这么多的，拆成几份，依次执行",
    )


_Done = tuple[
    Law,
    tuple[Applied, ...],
    tuple[tuple[Number | None, Number | None], ...],
    tuple[Problem, ...],
]


def _attempt(
    base: Law, instructions: list[Instruction], refused: dict[Instruction, Problem]
) -> _Done:
    """Everything but the refused ones. Raises CannotApplyError for a number that cannot be given.

    What fails on the way is added to `refused`, so that another round leaves it out from the start.
    """
    working = Working(base)
    touched: list[tuple[Instruction, list[Node]]] = []
    for instruction in instructions:
        if instruction in refused:
            continue
        try:
            touched.append((instruction, CARRY_OUT[instruction.action](working, instruction)))
        except CannotApplyError as error:
            refused[instruction] = error.problem
    renumber_all = any(i.action is Action.RENUMBER_ALL for i, _ in touched)
    remarks = settle(working, renumber_all=renumber_all)
    law, addresses = working.freeze()
    applied = tuple(
        Applied(instruction, tuple(addresses[id(n)] for n in nodes if id(n) in addresses))
        for instruction, nodes in touched
    )
    return law, applied, _numbers(base, working), remarks


def _numbers(base: Law, working: Working) -> tuple[tuple[Number | None, Number | None], ...]:
    pairs: list[tuple[Number | None, Number | None]] = []
    for node in working.nodes():
        if node.unit is Unit.ARTICLE:
            old = [node.origin.steps[-1][1]] if node.origin else []
            for number in dict.fromkeys((*old, *node.sources)):
                pairs.append((number, node.number))
            if not old and not node.sources:
                pairs.append((None, node.number))
    kept = {old for old, _ in pairs}
    gone = [(a.number, None) for a in base.articles() if a.number not in kept]
    return (*pairs, *gone)


def _for(base: Law, act: Act) -> tuple[list[Instruction], list[Problem]]:
    """The instructions that concern the base; those without a law of their own always do."""
    name = _plain(base.title)
    named = {_plain(law) for law in act.laws}
    if not name or not named or name in named:
        mine = [i for i in act.instructions if i.law is None or _plain(i.law) == name or not name]
        if len(named) > 1 and not name:
            return [], [_other_law(base, act, Severity.ERROR)]
        return mine, []
    if len(named) > 1:
        return [], [_other_law(base, act, Severity.ERROR)]
    return list(act.instructions), [_other_law(base, act, Severity.WARNING)]


def _plain(title: str) -> str:
    """A title without the marks that differ between an act and the law itself.

    >>> _plain("关于适用〈中华人民共和国示例法〉的规定") == _plain("关于适用《示例法》的规定")
    True
    """
    marks = str.maketrans("", "", "《》〈〉“” \u3000")
    return title.translate(marks).replace("中华人民共和国", "")


def _other_law(base: Law, act: Act, severity: Severity) -> Problem:
    named = "、".join(f"《{law}》" for law in act.laws[:3]) + ("等" if len(act.laws) > 3 else "")
    return Problem(
        code="other-law",
        severity=severity,
        message=f"修改决定修改的是{named}，原文是《{base.title or '（无标题）'}》",
        hint="确认原文和修改决定是否对应",
    )
