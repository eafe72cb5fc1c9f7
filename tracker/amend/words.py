"""Actions on words and names: replaced, struck, added, renamed, on the working copy.

Floor 2, used by `carry_out` beside the actions on provisions. Each checks everything first and
changes then, and returns the nodes it has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tracker.amend.bodies import name_of
from tracker.amend.model import Instruction
from tracker.amend.working import CannotApplyError, Node, Working, fail
from tracker.law.address import Address

__all__ = ["add_words", "not_found", "rename", "replace_words", "strike", "words_of"]


def rename(working: Working, instruction: Instruction) -> list[Node]:
    """将第二章章名修改为▣  将“第二章　数据资源”修改为▣  将名称修改为▣"""
    if not instruction.text or "\n" in instruction.text:
        raise fail("missing-text", instruction, "新的名称应当是一行文字")
    if not instruction.targets and instruction.heading is None:
        old = instruction.old_words
        if old and old not in working.title:
            raise not_found(instruction, old)
        text = instruction.text
        working.title = working.title.replace(old, text) if old else text
        return []
    if instruction.heading is not None:
        node = _heading(working, instruction)
    else:
        node = working.find(instruction.targets[0], instruction)
    caption = node.own.caption or ""
    old = name_of(instruction.old_words)
    if old and old not in caption:
        raise not_found(instruction, old, node.origin)
    new = name_of(instruction.text)
    node.own = replace(node.own, caption=caption.replace(old, new) if old else new)
    return [node]


def _heading(working: Working, instruction: Instruction) -> Node:
    name = name_of(instruction.heading or "")
    found = [
        node
        for node in working.nodes()
        if (node.unit.is_heading or node.unit.is_outline) and node.own.caption == name
    ]
    if len(found) != 1:
        code = "ambiguous-target" if found else "missing-target"
        what = "不止一处" if found else "在原文中不存在"
        raise fail(code, instruction, f"标题“{instruction.heading}”{what}")
    return found[0]


def not_found(instruction: Instruction, words: str, at: Address | None = None) -> CannotApplyError:
    """The error for words that do not stand where the act looks for them."""
    where = at.citation if at else "原文"
    return fail(
        "words-not-found", instruction, f"{where}中没有“{words}”", "核对原文版本和引文用字", at
    )


def _change_words(
    working: Working, instruction: Instruction, change: Callable[[str], str]
) -> list[Node]:
    """Change each text below the targets that has the old words; each target must have some."""
    old = instruction.old_words
    if not old:
        raise fail("missing-text", instruction, "没有说明要修改的文字")
    touched: list[Node] = []
    for target in working.targets(instruction) or [working.root]:
        having = [n for n in target.walk() if any(old in text for text in _texts(n))]
        if not having:
            raise not_found(instruction, old, target.origin)
        touched.extend(having)
    for node in touched:
        node.own = replace(node.own, text=change(node.own.text))
        if node.unit.is_heading and node.own.caption:
            node.own = replace(node.own, caption=change(node.own.caption))
    return touched


def _texts(node: Node) -> Iterator[str]:
    yield node.own.text
    if node.unit.is_heading:
        yield node.own.caption or ""


def replace_words(working: Working, instruction: Instruction) -> list[Node]:
    """将第七条中的“甲”修改为“乙”"""
    old, new = instruction.old_words, instruction.text
    return _change_words(working, instruction, lambda text: text.replace(old, new))


def strike(working: Working, instruction: Instruction) -> list[Node]:
    """删去第九条中的“甲”"""
    old = instruction.old_words
    return _change_words(working, instruction, lambda text: text.replace(old, ""))


def add_words(working: Working, instruction: Instruction) -> list[Node]:
    """在第九条中的“甲”后增加“乙”"""
    old, more = instruction.old_words, instruction.text
    if not old:
        return _add_at_the_edge(working, instruction)
    new = more + old if instruction.before else old + more
    return _change_words(working, instruction, lambda text: text.replace(old, new))


def _add_at_the_edge(working: Working, instruction: Instruction) -> list[Node]:
    """第九条末尾增加：▣  第九条第一款开始部分增加：▣"""
    touched: list[Node] = []
    for target in working.targets(instruction):
        having = [node for node in target.walk() if node.own.text]
        if not having:
            raise fail("missing-target", instruction, "要增加文字的条款没有正文", at=target.origin)
        touched.append(having[0] if instruction.before else having[-1])
    for node in touched:
        ends = (instruction.text, node.own.text)
        node.own = replace(node.own, text="".join(ends if instruction.before else ends[::-1]))
    return touched


def words_of(node: Node) -> str:
    """The text of a node and of all below it, without numbers, a line each."""
    return "\n".join(n.own.text for n in node.walk() if n.own.text)
