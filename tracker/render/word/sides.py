"""One text of a comparison as paragraphs of a Word document, and where each entry has its words.

First stage of the Word redline, floor 4. A paragraph is a line of the canonical text that is not
blank. Places are code points in the whole text, in which every line ends with a newline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tracker.diff.front import LINES
from tracker.diff.model import Changes, Op, Redline, Slot
from tracker.diff.patch import JOINT
from tracker.law.address import Located
from tracker.law.model import Provision, Unit
from tracker.parse.canonical import heading_line

__all__ = ["Key", "Line", "Member", "SideText", "Words", "read_side"]

_LEVELS: Final = 4  # of headings: 编、分编、章、节
_STYLES: Final = dict(zip(LINES, ("Title", "Stage", "Note"), strict=True))
_BODY: Final = "Provision"

Key = tuple[str, int, int]
"""Which provision: the list its entry is in (``changes``, ``headings``, ``front``), the place of
the entry there, and its own place among the provisions that the entry has on this side."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: where it begins, the place of its newline, its style, and how many characters
    at its beginning are set in other type: the number of an article and its caption."""

    start: int
    end: int
    style: str
    lead: int


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a redline: `at` among the words of its side, `place` in the whole text."""

    at: int
    length: int
    place: int


@dataclass(slots=True)
class Member:
    """A provision in the text, from `start` up to and with the newline before `end`.

    `head` is what stands in front of its caption (its number) and behind it, `caption` its 条旨,
    each with its place; `words` are those of the redline.
    """

    start: int
    end: int = 0
    head: tuple[tuple[str, int], ...] = ()
    caption: tuple[str, int] = ("", 0)
    words: list[Words] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SideText:
    """A text: all of it, its paragraphs, and its provisions."""

    text: str
    lines: list[Line]
    members: dict[Key, Member]


def read_side(changes: Changes, side: Op) -> SideText:
    """The old text (`side` is DELETE: what only it has is deleted) or the new one (INSERT)."""
    writer = _Writer(changes, side)
    for entry, front in enumerate(changes.front):
        if front.part in _STYLES:
            member = writer.begin(_STYLES[front.part])
            writer.words(member, writer.side_of(front.redline), 0)
            writer.end(("front", entry, 0), member)
    for slot in changes.order if side is Op.INSERT else changes.past:
        writer.slot(slot)
    return SideText("".join(writer.parts), writer.lines, writer.members)


class _Writer:
    """Writes one line below the other and keeps where the words came to stand."""

    def __init__(self, changes: Changes, side: Op) -> None:
        self.changes = changes
        self.is_new = side is Op.INSERT
        self.has = (Op.EQUAL, side)
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.members: dict[Key, Member] = {}
        self._at = self._start = 0  # here, and where this line began
        self._style, self._lead = _BODY, 0  # of this line
        self._left: dict[int, tuple[list[str], int]] = {}  # bodies of entries with several

    def side_of(self, redline: Redline) -> str:
        """The words that this side has."""
        return "".join([text for op, text in redline if op in self.has])

    def begin(self, style: str) -> Member:
        """A provision, and the style of its first line."""
        self._style = style
        return Member(self._at)

    def end(self, key: Key, member: Member) -> None:
        """End its last line; a provision without any is not there."""
        self._newline()
        member.end = self._at
        if member.end > member.start:
            self.members[key] = member

    def words(self, member: Member, text: str, at: int) -> None:
        """Words of a redline, `at` among those of this side. A blank line is not written."""
        for index, part in enumerate(text.split("\n")):
            if index:
                if self._at > self._start:
                    member.words.append(Words(at, 1, self._at))
                self._newline()
                at += 1
            if part:
                member.words.append(Words(at, len(part), self._at))
                self._write(part)
                at += len(part)

    def slot(self, slot: Slot) -> None:
        """The provision that stands at this place of the text."""
        if slot.part == "changes":
            change = self.changes.changes[slot.entry]
            located = (change.new if self.is_new else change.old)[slot.member]
            member = self._unit(located.provision, change.redline, slot)
        else:
            lists = self.changes.headings if slot.part == "headings" else self.changes.front
            one = lists[slot.entry]
            provision = _there(one.new if self.is_new else one.old)
            text = self.side_of(one.redline)
            if provision.unit.is_heading or provision.unit.is_outline:
                member = self._heading(provision, text, slot.depth)
            else:
                member = self._loose(provision, text)
        self.end((slot.part, slot.entry, slot.member), member)

    def _unit(self, provision: Provision, redline: Redline, slot: Slot) -> Member:
        """An article, or a unit of an outline: its number and caption, then the redline's words."""
        left = self._left.pop(slot.entry, None)
        bodies, at = left or (self.side_of(redline).split(JOINT), 0)
        words = bodies[slot.member]
        if slot.member + 1 < len(bodies):  # they stand in the order of the entry, not always close
            self._left[slot.entry] = bodies, at + len(words) + len(JOINT)
        alone = not words.partition("\n")[0] and provision.unit.is_outline
        member = self.begin(_heading_style(slot.depth) if alone else _BODY)
        self._head(member, provision)
        self._lead = 0 if alone else self._at - self._start
        if (
            slot.member
        ):  # the blank line in front of it is the newline that the one before ends with
            newline = self.members[slot.part, slot.entry, slot.member - 1].end - 1
            member.words += [Words(at - back, 1, newline) for back in range(len(JOINT), 0, -1)]
        self.words(member, words, at)
        return member

    def _heading(self, provision: Provision, text: str, depth: int) -> Member:
        """A heading: its number, then its name and its own text, which the redline is over."""
        name = provision.caption or ""
        own, at = text[len(name) :], len(name)
        runs_in = provision.unit.is_outline and bool(provision.text)
        member = self.begin(_BODY if runs_in else _heading_style(depth))
        self._head(member, provision)
        if name:
            member.words.append(Words(0, len(name), member.caption[1]))
            member.caption = ("", 0)
        if runs_in:
            self._lead = self._at - self._start
        if provision.unit.is_heading and own and not name:
            self._newline()  # 第一章 alone, and its text below it
        elif provision.unit.is_outline and name and own:
            own, at = own[1:], at + 1  # 一、总体要求。 and the text behind it, in one line
        self.words(member, own, at)
        return member

    def _loose(self, provision: Provision, text: str) -> Member:
        """An annex or an introduction, its heading line (if it has one) first in the redline."""
        named = bool(heading_line(provision))
        annex = provision.unit is Unit.ANNEX
        member = self.begin("Annex" if annex else _heading_style(0) if named else _BODY)
        self.words(member, text, 0)
        return member

    def _head(self, member: Member, provision: Provision) -> None:
        """Number and caption as canonical text has them, sign by sign."""
        head, caption = heading_line(provision), provision.caption or ""
        here = head.rfind(caption) if caption else len(head)
        behind = here + len(caption)
        member.head = ((head[:here], self._at), (head[behind:], self._at + behind))
        member.caption = (caption, self._at + here)
        self._write(head)

    def _write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self._at += len(text)

    def _newline(self) -> None:
        if self._at > self._start:
            self.lines.append(Line(self._start, self._at, self._style, self._lead))
            self._write("\n")
            self._start, self._style, self._lead = self._at, _BODY, 0


def _there(located: Located | None) -> Provision:
    assert located is not None  # a slot of a side names what that side has
    return located.provision


def _heading_style(depth: int) -> str:
    return f"Heading{min(depth, _LEVELS - 1) + 1}"
