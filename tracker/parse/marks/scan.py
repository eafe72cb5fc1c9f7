"""Lines of a source → marks, their numbers and spaces set right in the same walk.

Floor 1, between normalising and joining. 第一条 为了 is rewritten and read at once: two lines of
five begin with such a mark, and to cut it off twice takes twice as long. What is odd goes the way
of the table of rules, line by line.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

from tracker.law.numbering import Number
from tracker.law.problems import Problem
from tracker.parse.marks.kinds import (
    ARTICLE,
    CAPTION_OPENS,
    ENDS_SENTENCE,
    FIRST,
    LONGEST_HEADING,
    MOST_HEADS,
    NUMBERED,
    TEXT,
    UNIT_KINDS,
    Kind,
    Mark,
    item_mark,
    new_mark,
    number_of,
    other_mark,
    scan_line,
)
from tracker.parse.normalise.heading_marks import LONGEST_HEAD, PLAIN_HEAD
from tracker.parse.normalise.rules import LINE_RULES, Normalised, space

__all__ = ["Scanned", "scan_source"]

_NO_TEXT: Final = "之 \u3000"
"""What begins where 第十二条 and a space are followed by no text, or by 之一."""
_ODD_TEXT: Final = _NO_TEXT + "".join(CAPTION_OPENS)
"""The same, and what may be a caption. Looked through, a short text is quicker than a set."""


class _Heads(dict[str, tuple[Kind, Number] | None]):
    """What 第十二条 is, where it needs no rewriting; None for any other head of a line.

    The same few hundred are in every law; no more are kept than a law has articles.
    """

    def __missing__(self, head: str) -> tuple[Kind, Number] | None:
        if len(head) > LONGEST_HEAD or not PLAIN_HEAD.fullmatch(head):
            return None
        number = number_of(head[1:-1])
        found = None if number is None else (UNIT_KINDS[head[-1]], number)
        if len(self) < MOST_HEADS:
            self[head] = found
        return found


_HEADS: Final = _Heads()


@dataclass(slots=True)
class Scanned:
    """The marks of the lines that are not blank, and what is known of the text by then.

    `filled` are the numbers of these lines, from 0; `odd` the indexes of marks that are odd, as
    `survey.Survey` says; `signs` the kinds of signs in the text as it came, `rewrites` how often
    each rule rewrote it; `runs_on` as `Normalised` has it.
    """

    marks: list[Mark] = field(default_factory=list)
    filled: Sequence[int] = range(0)
    odd: list[int] = field(default_factory=list)
    signs: int = 0
    rewrites: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    runs_on: bool = False


def scan_source(parts: Iterable[Normalised]) -> Scanned:
    """The marks of a text that `normalise_blocks` gives; all `LINE_RULES` are done.

    The result is that of all rules on the whole text and of `scan` of its lines.

    >>> from tracker.parse.document import Place
    >>> from tracker.parse.normalise.rules import normalise_blocks
    >>> lines = ["第一条 为 了", "", "（一） 甲；"]
    >>> scanned = scan_source(normalise_blocks(lines, lambda n: Place(n + 1)))
    >>> [mark.text for mark in scanned.marks], scanned.odd, scanned.rewrites
    (['第一条\\u3000为了', '（一）甲；'], [0], {'heading-space': 1, 'space': 2})
    """
    scanned = Scanned()
    marks, rewrites = scanned.marks, scanned.rewrites
    filled: MutableSequence[int] = []
    count = 0
    for signs, lines, rewritten, problems, runs_on in parts:
        _scan(lines, marks, scanned.odd, rewrites)
        for code, times in rewritten.items():
            rewrites[code] = rewrites.get(code, 0) + times
        scanned.signs |= signs
        scanned.problems += problems
        scanned.runs_on |= runs_on
        numbers = compress(range(count, count + len(lines)), lines)
        if count == 0:
            filled = list(numbers)
        else:  # a long text: a list takes five times the memory
            filled = filled if isinstance(filled, array) else array("L", filled)
            filled.extend(numbers)
        count += len(lines)
    scanned.filled = filled if len(filled) < count else range(count)
    return scanned


def _scan(
    lines: Iterable[str], marks: list[Mark], odd: list[int], rewrites: dict[str, int]
) -> None:
    """Add the marks of some lines, which of them are odd, and how often lines were rewritten."""
    set_off = 0
    heads, odd_text, first, article, text = _HEADS, _ODD_TEXT, FIRST, ARTICLE, TEXT
    add, item = marks.append, item_mark
    for line in lines:
        if not line:
            continue
        begins = line[0]
        if begins in NUMBERED:
            head, _, rest = line.partition(" ")
            known = heads[head] if rest else None
            if known is None or known[0] is not article or rest[0] in odd_text or " " in rest:
                odd.append(len(marks))
                mark = _set_off(known, head, rest, rewrites)
                add(mark or _plainly_marked(line) or _odd(line, rewrites))
                continue
            set_off += 1  # nine of ten: read here, and their marks made, without a call
            mark = Mark()
            mark.kind = article
            mark.number = known[1]
            mark.rest = rest
            mark.line = line
            mark.set_off = mark.narrow = True
            add(mark)
        elif begins == "附":
            add(_odd(line, rewrites))
        elif " " in line:
            add(_spaced(line, rewrites))
        elif begins == "（":
            add(item(line) or new_mark(text, None, line, line))
        elif begins in first:
            add(other_mark(line))
        else:  # two lines of five
            mark = Mark()
            mark.kind = text
            mark.number = None
            mark.rest = mark.line = line
            mark.set_off = True
            mark.narrow = False
            add(mark)
    if set_off:
        rewrites["heading-space"] = rewrites.get("heading-space", 0) + set_off


def _set_off(
    known: tuple[Kind, Number] | None, head: str, rest: str, rewrites: dict[str, int]
) -> Mark | None:
    """The mark of a line like 第二章 总则, which is odd in nothing but its space; or None."""
    if known is None or rest[0] in _NO_TEXT or " " in rest:
        return None
    rewrites["heading-space"] = rewrites.get("heading-space", 0) + 1
    line = f"{head}\u3000{rest}"
    return _marked(known, rest, line) or scan_line(line)


def _marked(known: tuple[Kind, Number], rest: str, line: str) -> Mark | None:
    """The mark of an article or heading, None where a heading reads like a sentence."""
    kind, number = known
    if kind is ARTICLE or (len(rest) <= LONGEST_HEADING and rest[-1] not in ENDS_SENTENCE):
        return new_mark(kind, number, rest, line)
    return None


def _spaced(line: str, rewrites: dict[str, int]) -> Mark:
    """The mark of a line that holds a space and begins with neither 第 nor 附.

    No other begins with what the rules for numbers look for: the spaces are all there is to do.
    """
    tight, gone = space(line)
    if gone:
        rewrites["space"] = rewrites.get("space", 0) + gone
    return scan_line(tight)


def _plainly_marked(line: str) -> Mark | None:
    """The mark of a line like 第十二条　为了, with nothing to rewrite; None for all others."""
    if " " in line:
        return None
    head, _, rest = line.partition("\u3000")
    known = _HEADS[head] if rest else None
    return None if known is None or rest[0] in _NO_TEXT else _marked(known, rest, line)


def _odd(line: str, rewrites: dict[str, int]) -> Mark:
    """The mark of a line after the rules of the table, which are counted."""
    text = f"\n{line}"
    for rule in LINE_RULES:
        text, count = rule.apply(text)
        if count:
            rewrites[rule.code] = rewrites.get(rule.code, 0) + count
    return scan_line(text[1:])
