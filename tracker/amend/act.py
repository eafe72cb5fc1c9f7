"""An amending act (修改决定, 修正案) → its instructions.

Floor 2. The way: lines → items with their quotations apart (`items`) → instructions (`clauses`).
What cannot be read stays, as an instruction of action `unread` and a problem.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.amend.clauses import read_clauses
from tracker.amend.items import OPENS, QUOTE, Item, Items, read_items
from tracker.amend.lines import act_lines
from tracker.amend.model import Act, Action, Instruction
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.document import Tracked

__all__ = ["read_act"]

MOST_NAMED: Final = 100_000
"""Provisions that the instructions of an act name, one named twice counted twice: as many as a law
can have articles (`reading`)."""
MOST_SAID: Final = 5_000_000
"""Characters of the words of all instructions; those of a list of words that are changed alike are
said with each of them. The acts of a corpus of 3,423 laws say at most a hundredth of it; 31,000
words in one sentence would be 4 GB."""
_TITLE = re.compile(r"(?:决定|修正案|修正案（.{1,4}）|规定)$")
_OF = re.compile(r"关于(?:修改|修订|修正|废止和修改)[《〈](?P<law>.+?)[》〉](?P<more>等)?")
_AMENDMENT = re.compile(r"(?P<law>.+?)修正案(?:（.{1,4}）)?$")
_PURPOSE = re.compile(r"(?:为了?|根据)[^\ufdd0]*?，(?=(?:将|在|对)[^，]{0,30}第)")
_NO_ORDINAL = re.compile(r"将(?=[一二三四五六七八九十百]+条(?:之|第|中|的|修|改))")


def read_act(data: bytes, *, name: str, tracked: Tracked | None = None) -> Act:
    """Read an amending act from the bytes of its source; `name` is used in messages only, `tracked`
    says which text of a Word file with tracked changes is meant.

    >>> source = "关于修改《示例办法》的决定\\n一、将第二条第一款修改为：“甲。”\\n二、删去第三条。"
    >>> act = read_act(source.encode(), name="act.txt")
    >>> [(str(i.action), i.targets[0].citation, i.text) for i in act.instructions]
    [('reword', '第二条第一款', '甲。'), ('delete', '第三条', '')]

    A source that neither calls itself an act nor holds an instruction gives no instruction and one
    problem, `not-an-amending-act`. Raises TrackerError: `unreadable-source` for bytes that are no
    text, `act-too-large` where the instructions name more than `MOST_NAMED` provisions, or say
    more than `MOST_SAID` characters.
    """
    lines, problems_of_text = act_lines(data, name, tracked)
    items = read_items(lines)
    title = next((line for line in items.head if _TITLE.search(line)), "")
    problems = [*problems_of_text, *items.problems]
    instructions: list[Instruction] = []
    head = [line for line in items.head if line != title]
    named = said = 0
    for item in items.items:
        head.extend(_trim(item))
        problems.extend(_ordinals(item))
        for instruction in read_clauses(item):
            named += len(instruction.targets)
            said += len(instruction.words)
            if named > MOST_NAMED or said > MOST_SAID:
                raise _too_much(name, named=named > MOST_NAMED)
            instructions.append(instruction)
    read = any(i.action.changes_text and i.action is not Action.UNREAD for i in instructions)
    if not read and not _is_act(title, items.head):
        return Act(title, (), (_no_act(name),), (), "\n".join(line.text for line in lines))
    problems.extend(_unread(i) for i in instructions if i.action is Action.UNREAD)
    problems.extend(_unsaid(i) for i in instructions if i.action is Action.TOUCH_UP)
    if not any(i.action.changes_text for i in instructions):
        problems.append(
            Problem(
                code="no-instructions",
                severity=Severity.ERROR,
                message=f"{name}中没有读到修改指令",
                hint="确认这是修改决定或者修正案",
            )
        )
    return Act(title, tuple(instructions), tuple(problems), _laws(title, items), "\n".join(head))


def _trim(item: Item) -> list[str]:
    """为了…， before the first instruction is part of the head; taken off the item."""
    purpose = _PURPOSE.match(item.skeleton)
    if purpose is None:
        return []
    item.skeleton = item.skeleton[purpose.end() :]
    item.places = item.places[purpose.end() :]
    return [purpose.group()]


def _ordinals(item: Item) -> list[Problem]:
    """将十一条 was read as 将第十一条."""
    problems = []
    for match in _NO_ORDINAL.finditer(item.skeleton):
        words = item.skeleton[match.start() : match.end() + 4].partition(QUOTE)[0]
        problems.append(
            Problem(
                code="missing-ordinal",
                severity=Severity.INFO,
                message=f"{item.label}“{words}”缺“第”字，按有“第”字读",
                line=item.places[match.start()].line,
                quote=words,
            )
        )
    return problems


def _unread(instruction: Instruction) -> Problem:
    return Problem(
        code="unread-instruction",
        severity=Severity.ERROR,
        message=f"{instruction.item}读不懂这条修改指令：{_short(instruction.words)}",
        hint="人工核对这一项；它没有被执行",
        line=instruction.place.line,
        quote=instruction.words,
    )


def _unsaid(instruction: Instruction) -> Problem:
    return Problem(
        code="unsaid-words",
        severity=Severity.INFO,
        message=f"“{_short(instruction.words)}”没有写明改哪些文字",
        hint="与公布的文本核对；这些文字照原文保留",
        line=instruction.place.line,
        quote=instruction.words,
    )


def _is_act(title: str, head: tuple[str, ...]) -> bool:
    """Whether the source calls itself an act: by its title or its opening sentence."""
    named = _OF.search(title) or _AMENDMENT.match(title) or title.endswith("决定")
    return bool(named) or any(OPENS.search(line) for line in head)


def _no_act(name: str) -> Problem:
    return Problem(
        code="not-an-amending-act",
        severity=Severity.ERROR,
        message=f"{name} 不是修改决定或者修正案",
        hint="给出写有“将第…条修改为”等修改指令的文件；比较两个文本用 tracker diff",
    )


def _too_much(name: str, *, named: bool) -> TrackerError:
    if not named:
        return TrackerError(
            "act-too-large",
            f"{name} 的修改指令，连同一句之中列举的各处文字，超过 {MOST_SAID:,} 个字",
            "这不像一部修改决定；核对其中列举很多处文字的一句，或者分开存放",
        )
    return TrackerError(
        "act-too-large",
        f"{name} 的修改指令所指的条款超过 {MOST_NAMED:,} 处",
        "这不像一部修改决定；核对其中的“第…条至第…条”，或者分开存放",
    )


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40]}……"


def _laws(title: str, items: Items) -> tuple[str, ...]:
    if items.laws:
        return tuple(dict.fromkeys(items.laws))
    named = _OF.search(title) or _AMENDMENT.match(title)
    return (named["law"],) if named and not named.groupdict().get("more") else ()
