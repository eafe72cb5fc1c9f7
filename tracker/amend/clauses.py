"""One item of an act → its instructions, clause by clause.

Floor 2, between `items` and `act`. PASSES is the grammar: at each place of the skeleton the first
pass that reads something wins. Each pass is a pattern and a function; ▣ in the comments stands for
a quotation. What no pass reads, up to the end of the sentence, becomes an `unread` instruction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from tracker.amend import grammar
from tracker.amend.items import QUOTE, Item
from tracker.amend.model import Action, Instruction
from tracker.amend.references import (
    UNITS,
    Step,
    UnreadableReferenceError,
    read_list,
    read_numbers,
)
from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import Number, read_numeral

__all__ = ["PASSES", "read_clauses"]

_UNMARKED = re.compile(r"^（[一二三四五六七八九十]+）")
_NO_HEADING = re.compile(r"^第[^章节编条]*条|[。；：，]")


@dataclass(slots=True)
class _State:
    """Where the reading of an item stands: what was named last, and what the last pass did."""

    item: Item
    subject: tuple[Address, ...] = ()
    replaced: bool = False
    struck: bool = False
    start: int = 0

    @property
    def context(self) -> tuple[Step, ...]:
        return self.subject[0].steps if self.subject else ()

    def targets(self, text: str | None) -> tuple[Address, ...]:
        """The addresses a list names, or those named last; they are what 第二款 leans on next."""
        if text:
            self.subject = read_list(text, self.context)
        if not self.subject:
            raise UnreadableReferenceError("no provision was named")
        return self.subject

    def instruction(self, match: re.Match[str], action: Action) -> Instruction:
        """An instruction with nothing but its place and words."""
        return Instruction(
            action=action,
            words=self.item.words(self.start, match.end()),
            place=self.item.places[self.start],
            law=self.item.law,
            item=self.item.label,
        )

    def text(self, match: re.Match[str], group: str = "text") -> str:
        """The quotations a group matched, a blank line between two; empty where it matched none."""
        if match[group] is None:
            return ""
        return "\n\n".join(self.item.quoted(*match.span(group)))


_Reading = Callable[[_State, re.Match[str]], Iterator[Instruction]]


def _renumber_all(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """条文顺序作相应调整  条文顺序和个别文字作相应调整"""
    yield state.instruction(match, Action.RENUMBER_ALL)
    if any(word in match.group() for word in ("文字", "表述", "用语", "标点")):
        yield state.instruction(match, Action.TOUCH_UP)


def _touch_up(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """对个别文字作相应修改: it does not say which words"""
    yield state.instruction(match, Action.TOUCH_UP)


def _commence(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """本决定自2026年1月1日起施行"""
    yield state.instruction(match, Action.COMMENCE)


def _republish(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """《某某法》根据本决定作相应修改（并对条文顺序作相应调整），重新公布"""
    renumbers = "顺序" in match.group() and "调整" in match.group()
    yield state.instruction(match, Action.RENUMBER_ALL if renumbers else Action.REPUBLISH)


def _add_words(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """在第九条中的▣后增加▣"""
    yield replace(
        state.instruction(match, Action.ADD_WORDS),
        targets=state.targets(match["subject"]),
        old_words=state.text(match, "old"),
        text=state.text(match),
        before=(match["side"] or "").endswith("前") or (match["edge"] or "").startswith("开"),
    )


def _insert(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """增加一条，作为第五条：▣  在第八条后增加一条，作为第八条之一：▣  增加一款，作为第二款：▣"""
    unit = UNITS[match["unit"]]
    count = read_numeral(match["count"])
    numbers: tuple[Number, ...] = ()
    side = match["side"] or ""
    subject = read_list(match["subject"], state.context) if match["subject"] else ()
    above = subject or state.subject
    if unit in (Unit.PARAGRAPH, Unit.SUBPARAGRAPH, Unit.ITEM) and not above:
        raise UnreadableReferenceError(match.group())
    if match["new"]:
        named, numbers = read_numbers(match["new"])
        if named is not unit or len(numbers) != count:
            raise UnreadableReferenceError(match.group())
    bare = replace(state.instruction(match, Action.INSERT), unit=unit, numbers=numbers)
    placed = side.endswith(("后", "前"))
    if unit in (Unit.ARTICLE, Unit.CHAPTER, Unit.SECTION, Unit.PART):
        state.subject = ()
        if match["whole"]:
            raise UnreadableReferenceError(match.group())
        yield replace(
            bare,
            after=subject[-1] if placed else None,
            before=placed and side.endswith("前"),
            targets=() if placed else subject,
            text=state.text(match),
        )
        return
    state.subject = above
    if match["whole"]:  # 增加一款作为第二款，将该条修改为：▣ gives the article as it then reads
        article = Address(above[0].steps[:1])
        yield replace(
            bare, action=Action.REWORD, unit=None, numbers=(), targets=(article,),
            text=state.text(match, "whole"),
        )  # fmt: skip
        return
    parent = Address(above[0].steps[:-1]) if placed else _holder(above[0], unit)
    yield replace(
        bare,
        targets=(parent,),
        after=above[-1] if placed else None,
        before=placed and side.endswith("前"),
        text=state.text(match),
    )


def _holder(named: Address, unit: Unit) -> Address:
    """What a new 款 or 项 is put into, when the item named `named` last.

    第三条第二款修改为：…；增加一款，作为第四款 puts it into 第三条, not into its second 款.
    """
    order = (Unit.ARTICLE, Unit.PARAGRAPH, Unit.SUBPARAGRAPH, Unit.ITEM)
    above = order[: order.index(unit)]
    return Address(tuple(step for step in named.steps if step[0] in above))


def _delete(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """删去第二十条  删去第二款  删去第九条中的▣  将第二十条删去"""
    if match["old"] is None:
        if not match["subject"]:
            raise UnreadableReferenceError(match.group())
        yield replace(
            state.instruction(match, Action.DELETE), targets=state.targets(match["subject"])
        )
        return
    targets = state.targets(match["subject"])
    whole_match = state.instruction(match, Action.STRIKE)
    for words in state.item.quoted(*match.span("old")):
        yield replace(whole_match, targets=targets, old_words=words)
    state.struck = True


def _strike_more(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """（删去第八条第一款末尾的▣）和第二款末尾的▣"""
    if not state.struck:
        raise UnreadableReferenceError(match.group())
    yield from _delete(state, match)


def _merge(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """将第四条、第五条合并，作为第六条，修改为：▣"""
    targets = state.targets(match["subject"])
    unit, numbers = read_numbers(match["new"]) if match["new"] else (targets[0].steps[-1][0], ())
    yield replace(
        state.instruction(match, Action.MERGE),
        targets=targets,
        unit=unit,
        numbers=numbers,
        text=state.text(match),
    )


def _split(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """将第四条分为两条，作为第五条、第六条，修改为：▣▣"""
    unit, numbers = read_numbers(match["new"])
    yield replace(
        state.instruction(match, Action.SPLIT),
        targets=state.targets(match["subject"]),
        unit=unit,
        numbers=numbers,
        text=state.text(match),
    )


def _renumber(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """将第五条改为第八条  原第二款作为第三款  将第三条第四款修改为第五条：▣"""
    targets = state.targets(match["subject"])
    unit, numbers = read_numbers(match["new"])
    text = state.text(match)
    if not text and len(numbers) != len(targets):
        raise UnreadableReferenceError(match.group())
    yield replace(
        state.instruction(match, Action.REWORD if text else Action.RENUMBER),
        targets=targets,
        unit=unit,
        numbers=numbers,
        text=text,
    )


def _rename(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """将第二章章名修改为▣  第二章章名中的▣修改为▣  将名称修改为：▣"""
    subject = match["subject"]
    targets = read_list(subject, state.context) if subject else ()
    yield replace(
        state.instruction(match, Action.RENAME),
        targets=targets,
        old_words=state.text(match, "old"),
        text=state.text(match),
    )


def _replace(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """将第七条中的▣修改为▣  ，▣修改为▣  将本法中的▣修改为▣"""
    old = tuple(_UNMARKED.sub("", words) for words in state.item.quoted(*match.span("old")))
    new = tuple(_UNMARKED.sub("", words) for words in state.item.quoted(*match.span("text")))
    whole = match["whole"] is not None
    if not (whole or match["subject"] or state.subject):
        yield _heading(state, match, old, new)
        return
    targets = () if whole else state.targets(match["subject"])
    if _side_by_side(match["old"]) or _side_by_side(match["text"]):
        yield replace(
            state.instruction(match, Action.REWORD),
            targets=targets,
            old_words="\n".join(old),
            text="\n".join(new),
        )
        return
    if len(new) == 1:
        new *= len(old)
    if len(new) != len(old):
        raise UnreadableReferenceError(match.group())
    state.replaced = True
    whole_match = state.instruction(match, Action.REPLACE)  # its words are long where `old` is
    for words, text in zip(old, new, strict=True):
        bare = replace(whole_match, old_words=words, text=text)
        if match["title"]:
            yield replace(bare, action=Action.RENAME)
        yield replace(bare, targets=targets)


def _side_by_side(quotes: str) -> bool:
    return QUOTE * 2 in quotes


def _heading(
    state: _State, match: re.Match[str], old: tuple[str, ...], new: tuple[str, ...]
) -> Instruction:
    """将▣修改为：▣ on its own quotes a heading; not so where it quotes a number or a sentence."""
    if len(old) != 1 or len(new) != 1 or _NO_HEADING.search(old[0]):
        raise UnreadableReferenceError(match.group())
    return replace(state.instruction(match, Action.RENAME), heading=old[0], text=new[0])


def _reword(state: _State, match: re.Match[str]) -> Iterator[Instruction]:
    """将第十条修改为：▣  第一款修改为：▣▣ (a 款 each)  （改为第八条，）修改为：▣"""
    text = "\n".join(state.item.quoted(*match.span("text")))
    targets = state.targets(match["subject"])
    yield replace(state.instruction(match, Action.REWORD), targets=targets, text=text)


PASSES: Final[tuple[tuple[re.Pattern[str], _Reading], ...]] = (
    (grammar.COMMENCE, _commence),
    (grammar.REPUBLISH, _republish),
    (grammar.RENUMBER_ALL, _renumber_all),
    (grammar.TOUCH_UP, _touch_up),
    (grammar.ADD_WORDS, _add_words),
    (grammar.INSERT, _insert),
    (grammar.DELETE, _delete),
    (grammar.STRIKE_MORE, _strike_more),
    (grammar.MERGE, _merge),
    (grammar.SPLIT, _split),
    (grammar.RENUMBER, _renumber),
    (grammar.RENAME, _rename),
    (grammar.REPLACE, _replace),
    (grammar.REWORD, _reword),
    (grammar.STRIKE_AFTER, _delete),
    (grammar.DELETE_AFTER, _delete),
)


def read_clauses(item: Item) -> Iterator[Instruction]:
    """The instructions of one item, in order; what is not understood comes as `unread`."""
    state, position = _State(item), 0
    while True:
        state.start = grammar.PUNCTUATION.match(item.skeleton, position).end()  # type: ignore[union-attr]
        position = grammar.CONNECTIVE.match(item.skeleton, state.start).end()  # type: ignore[union-attr]
        if position >= len(item.skeleton):
            return
        found = _first(state, position)
        if found is None:
            sentence = grammar.SENTENCE.match(item.skeleton, position)
            assert sentence is not None
            yield state.instruction(sentence, Action.UNREAD)
            position = max(sentence.end(), position + 1)
        else:
            instructions, position = found
            yield from instructions


def _first(state: _State, position: int) -> tuple[tuple[Instruction, ...], int] | None:
    skeleton = state.item.skeleton
    for pattern, reading in PASSES:
        match = pattern.match(skeleton, position)
        if match is None or match.end() == position:
            continue
        if skeleton[match.end() - 1] == QUOTE:
            whole = not skeleton.startswith(QUOTE, match.end())
        else:
            whole = grammar.END.match(skeleton, match.end()) is not None
        if not whole:
            continue
        subject = state.subject
        try:
            return tuple(reading(state, match)), match.end()
        except UnreadableReferenceError:
            state.subject = subject
    return None
