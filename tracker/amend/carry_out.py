"""Each action of an act, carried out on the working copy.

Floor 2, used by `apply`. One function an action; each checks everything first and changes then, and
returns the nodes it has changed or made. Numbers and places come afterwards, in `numbers`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tracker.amend.bodies import (
    Blocks,
    read_article,
    read_blocks,
    read_chapter,
    read_parts,
)
from tracker.amend.model import Action, Instruction
from tracker.amend.words import add_words, not_found, rename, replace_words, strike, words_of
from tracker.amend.working import CannotApplyError, Claim, Node, Working, fail
from tracker.law.address import Address
from tracker.law.model import Provision, Unit
from tracker.law.numbering import Number

__all__ = ["CARRY_OUT"]


def _missing_text(instruction: Instruction, at: Address | None = None) -> CannotApplyError:
    return fail("missing-text", instruction, "引文与要修改的条款数目或者结构不符", at=at)


def _blocks(instruction: Instruction, count: int) -> Blocks:
    """The quoted text as that many articles, each with the number it is printed under."""
    numbers = instruction.numbers
    blocks = read_blocks(instruction.text, numbers if len(numbers) == count else ())
    if len(blocks) != count and count == instruction.text.count("\n\n") + 1:
        blocks = tuple((None, text) for text in instruction.text.split("\n\n"))
    if len(blocks) != count:
        raise _missing_text(instruction)
    for (printed, _), number in zip(blocks, numbers, strict=False):
        if printed is not None and printed != number:
            raise _missing_text(instruction)
    return blocks


def _article(text: str, instruction: Instruction) -> Node:
    return Node.of(read_article(text), instruction)


def _parts(unit: Unit, instruction: Instruction, at: Address | None = None) -> list[Node]:
    try:
        parts = read_parts(unit, instruction.text)
    except ValueError:
        parts = ()
    if not parts:
        raise _missing_text(instruction, at)
    return [Node.of(part, instruction) for part in parts]


def reword(working: Working, instruction: Instruction) -> list[Node]:
    """第三条第二款修改为：▣; 将第三条第四款修改为第五条：▣ takes the 款 out into an article."""
    nodes = working.targets(instruction)
    unit = nodes[0].unit
    if any(node.unit is not unit for node in nodes):
        raise _missing_text(instruction)
    said = "\n".join(words_of(node) for node in nodes)
    if instruction.old_words and instruction.old_words != said:
        raise not_found(instruction, instruction.old_words, nodes[0].origin)
    if instruction.unit is Unit.ARTICLE and unit is not Unit.ARTICLE:
        return _take_out(working, instruction, nodes)
    match unit:
        case Unit.ARTICLE:
            return _reword_articles(instruction, nodes)
        case Unit.INTRODUCTION:
            nodes[0].children = _parts(Unit.PARAGRAPH, instruction)
            nodes[0].own = replace(nodes[0].own, text="")
            return nodes
        case Unit.PARAGRAPH | Unit.SUBPARAGRAPH | Unit.ITEM:
            return _reword_parts(working, instruction, nodes)
        case _:
            raise _missing_text(instruction, nodes[0].origin)


def _reword_articles(instruction: Instruction, nodes: Sequence[Node]) -> list[Node]:
    own = [node.number for node in nodes if node.number]
    blocks = read_blocks(instruction.text, instruction.numbers or own)
    if len(blocks) == 1 and blocks[0][0] is None:  # printed under its number in the base
        blocks = read_blocks(instruction.text, own)
    if len(blocks) != len(nodes):
        raise _missing_text(instruction, nodes[0].origin)
    for node, (_, text) in zip(nodes, blocks, strict=True):
        new = _article(text, instruction)
        node.own = replace(node.own, caption=new.own.caption or node.own.caption)
        node.children = new.children
    for node, number in zip(nodes, instruction.numbers, strict=False):
        node.claim = Claim(number, instruction)
    return list(nodes)


def _reword_parts(working: Working, instruction: Instruction, nodes: Sequence[Node]) -> list[Node]:
    parent = working.parent(nodes[0])
    if any(working.parent(node) is not parent for node in nodes):
        raise _missing_text(instruction, nodes[0].origin)
    new = _parts(nodes[0].unit, instruction, nodes[0].origin)
    for old, made in zip(nodes, new, strict=False):
        made.origin, made.claim = old.origin, old.claim
        if old.unit is not Unit.PARAGRAPH:
            made.own = replace(made.own, number=old.number)
    at = next(i for i, child in enumerate(parent.children) if child is nodes[0])
    kept = [c for c in parent.children if not any(c is node for node in nodes)]
    parent.children = [*kept[:at], *new, *kept[at:]]
    parent.touched = parent.touched or len(new) != len(nodes)
    return new


def _take_out(
    working: Working, instruction: Instruction, nodes: Sequence[Node], *, reword: bool = True
) -> list[Node]:
    """款 become an article of their own, with the text given or with their own."""
    if len(instruction.numbers) != 1:
        raise _missing_text(instruction)
    if reword:
        [(_, text)] = _blocks(instruction, 1)
        made = _article(text, instruction)
    else:
        made = Node(Provision(Unit.ARTICLE), None, list(nodes), made_by=instruction)
    made.claim = Claim(instruction.numbers[0], instruction)
    made.sources = _article_numbers(nodes)
    for node in nodes:
        working.remove(node)
    working.floating.append(made)
    return [made]


def _article_numbers(nodes: Sequence[Node]) -> list[Number]:
    numbers = [node.origin.steps[0][1] for node in nodes if node.origin]
    return list(dict.fromkeys(numbers))


def delete(working: Working, instruction: Instruction) -> list[Node]:
    """删去第二十条  删去第二款"""
    for node in working.targets(instruction):
        working.remove(node)
    return []


def renumber(working: Working, instruction: Instruction) -> list[Node]:
    """将第五条改为第八条  原第二款作为第三款  将第十条第二款改为第十一条"""
    nodes = working.targets(instruction)
    if instruction.unit is Unit.ARTICLE and nodes[0].unit is not Unit.ARTICLE:
        return _take_out(working, instruction, nodes, reword=False)
    if any(node.unit is not instruction.unit for node in nodes):
        raise _missing_text(instruction, nodes[0].origin)
    for node, number in zip(nodes, instruction.numbers, strict=True):
        node.claim = Claim(number, instruction)
        if node.unit is not Unit.ARTICLE:
            working.parent(node).touched = True
    return nodes


def merge(working: Working, instruction: Instruction) -> list[Node]:
    """将第四条、第五条第一项合并，作为第六条，修改为：▣"""
    nodes = working.targets(instruction)
    carriers = [node for node in nodes if node.unit is instruction.unit]
    if not carriers or len(instruction.numbers) > 1:
        raise _missing_text(instruction)
    carrier = carriers[0]
    if carrier.unit is Unit.ARTICLE:
        [(_, text)] = _blocks(instruction, 1)
        carrier.children = _article(text, instruction).children
        carrier.sources = _article_numbers(nodes)
    else:
        carrier = _reword_parts(working, instruction, carriers[:1])[0]
    if instruction.numbers:
        carrier.claim = Claim(instruction.numbers[0], instruction)
    for node in nodes:
        if node is not carriers[0]:
            working.remove(node)
    return [carrier]


def split(working: Working, instruction: Instruction) -> list[Node]:
    """将第四条分为两条，作为第五条、第六条：▣"""
    nodes = working.targets(instruction)
    if len(nodes) != 1 or nodes[0].unit is not Unit.ARTICLE:
        raise _missing_text(instruction)
    blocks = _blocks(instruction, len(instruction.numbers))
    made = [_article(text, instruction) for _, text in blocks]
    nodes[0].children = made[0].children
    made[0] = nodes[0]
    for node, number in zip(made, instruction.numbers, strict=True):
        node.claim = Claim(number, instruction)
        node.sources = _article_numbers(nodes)
    working.floating.extend(made[1:])
    return made


def insert(working: Working, instruction: Instruction) -> list[Node]:
    """增加一条，作为第五条：▣  第二十条增加一款，作为第三款：▣  增加一章，作为第三章：▣"""
    match instruction.unit:
        case Unit.ARTICLE:
            return _insert_articles(working, instruction)
        case Unit.PARAGRAPH | Unit.SUBPARAGRAPH | Unit.ITEM:
            return _insert_parts(working, instruction)
        case _:
            return _insert_heading(working, instruction)


def _insert_articles(working: Working, instruction: Instruction) -> list[Node]:
    neighbour = working.find(instruction.after, instruction) if instruction.after else None
    count = len(instruction.numbers) or len(read_blocks(instruction.text))
    made = [_article(text, instruction) for _, text in _blocks(instruction, count)]
    for node, number in zip(made, instruction.numbers, strict=False):
        node.claim = Claim(number, instruction)
    if instruction.numbers:
        working.floating.extend(made)
    elif neighbour is not None:
        _put(working, instruction, neighbour, made)
    else:
        raise fail("missing-number", instruction, "没有说明新增条文的条号或者位置")
    return made


def _put(working: Working, instruction: Instruction, neighbour: Node, made: Sequence[Node]) -> None:
    parent = working.parent(neighbour)
    at = next(i for i, child in enumerate(parent.children) if child is neighbour)
    at += 0 if instruction.before else 1
    parent.children[at:at] = made
    parent.touched = True


def _insert_parts(working: Working, instruction: Instruction) -> list[Node]:
    assert instruction.unit is not None
    holder = working.find(instruction.targets[0], instruction)
    neighbour = working.find(instruction.after, instruction) if instruction.after else None
    made = _parts(instruction.unit, instruction, instruction.targets[0])
    if instruction.numbers and len(made) != len(instruction.numbers):
        raise _missing_text(instruction, instruction.targets[0])
    if instruction.unit is Unit.SUBPARAGRAPH and holder.unit is Unit.ARTICLE:
        holder = _only_list(holder, instruction)
    for node, number in zip(made, instruction.numbers, strict=False):
        node.claim = Claim(number, instruction)
    if neighbour is not None:
        _put(working, instruction, neighbour, made)
    else:
        holder.children.extend(made)
        holder.touched = True
    return made


def _only_list(article: Node, instruction: Instruction) -> Node:
    """The 款 that has the 项, where the act names only the article."""
    holders = [
        child
        for child in article.children
        if any(c.unit is Unit.SUBPARAGRAPH for c in child.children)
    ]
    if len(holders) != 1:
        code = "ambiguous-target" if holders else "missing-target"
        what = "不止一款有项" if holders else "没有项"
        assert article.origin is not None
        raise fail(code, instruction, f"{article.origin.citation}{what}", at=article.origin)
    return holders[0]


def _insert_heading(working: Working, instruction: Instruction) -> list[Node]:
    chapter = read_chapter(instruction.text)
    if chapter is None or len(instruction.numbers) != 1 or chapter.unit is not instruction.unit:
        raise _missing_text(instruction)
    if instruction.targets:
        parent = working.find(instruction.targets[0], instruction)
    else:
        tops = [node for node in working.nodes() if node.unit is chapter.unit]
        parents = list({id(working.parent(n)): working.parent(n) for n in tops}.values())
        if len(parents) > 1:
            raise fail("ambiguous-target", instruction, "没有说明增加在哪一编（章）")
        parent = parents[0] if parents else working.root
    made = Node.of(chapter, instruction)
    made.claim = Claim(instruction.numbers[0], instruction)
    for article in made.children:
        assert article.number is not None
        article.claim = Claim(article.number, instruction)
    siblings = [i for i, c in enumerate(parent.children) if c.unit is chapter.unit]
    parent.children.insert(siblings[-1] + 1 if siblings else len(parent.children), made)
    parent.touched = True
    return [made]


def nothing(working: Working, instruction: Instruction) -> list[Node]:  # noqa: ARG001
    """施行, 重新公布, 文字调整; 条文顺序作相应调整 is seen to at the end, in `numbers`."""
    return []


CARRY_OUT: Final[dict[Action, Callable[[Working, Instruction], list[Node]]]] = {
    Action.REWORD: reword, Action.REPLACE: replace_words, Action.STRIKE: strike,
    Action.ADD_WORDS: add_words, Action.INSERT: insert, Action.DELETE: delete,
    Action.RENUMBER: renumber, Action.MERGE: merge, Action.SPLIT: split, Action.RENAME: rename,
    Action.RENUMBER_ALL: nothing, Action.TOUCH_UP: nothing, Action.COMMENCE: nothing,
    Action.REPUBLISH: nothing,
}  # fmt: skip
"""What each action does. `unread` is not here: nothing is done about it."""
