"""The body of the Word redline: a paragraph a line, with its revisions and the ends of comments.

Fourth stage of the Word redline, floor 4. A paragraph mark that both texts have is no revision, so
that a line of which only some words differ stays one paragraph whatever is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.render.word.markup import Revisions, paragraph, run
from tracker.render.word.shared import Move
from tracker.render.word.sides import Line, SideText
from tracker.render.word.weave import Mark, Run

__all__ = ["Anchor", "body"]

_LEAD: Final = "ProvisionNumber"
_REFERENCE: Final = "CommentReference"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment hangs: on the line of the new text (else the old one) that begins at `start`.

    It spans the number of the provision, or the line where that has none.
    """

    start: int
    is_new: bool = True


def body(
    sides: tuple[SideText, SideText],
    runs: Iterable[Run],
    moves: Sequence[Move],
    anchors: Sequence[Anchor],
    revisions: Revisions,
) -> str:
    """The paragraphs. The comment of an anchor has its place among `anchors` for its number."""
    writer = _Body(sides, moves, anchors, revisions)
    for mark, text in runs:
        first, *more = text.split("\n")
        writer.text(mark, first)
        for part in more:
            writer.newline(mark)
            if part:
                writer.text(mark, part)
    return "".join(writer.out)


class _Side:
    """How far one of the texts is written, and in which of its lines that is."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.at = self.index = 0

    @property
    def line(self) -> Line:
        return self.lines[self.index]

    def newline(self) -> Line:
        """Past the end of the line, if it has one: at the end of an empty text it has none."""
        if self.index == len(self.lines):
            return _NO_LINE
        line = self.line
        self.at += 1
        self.index += 1
        return line


_NO_LINE: Final = Line(0, 0, "Provision", 0)


class _Body:
    def __init__(
        self,
        sides: tuple[SideText, SideText],
        moves: Sequence[Move],
        anchors: Sequence[Anchor],
        revisions: Revisions,
    ) -> None:
        self.out: list[str] = []
        self.revisions = revisions
        self._old, self._new = (_Side(side.lines) for side in sides)
        self._inside: list[str] = []  # of the paragraph that is being written
        self._group: tuple[Mark, list[str]] = (Mark.EQUAL, [])
        self._comments: dict[tuple[bool, int], list[int]] = {}
        self._open: list[tuple[int, bool]] = []  # comments that have begun, and on which text
        for number, anchor in enumerate(anchors):
            self._comments.setdefault((anchor.is_new, anchor.start), []).append(number)
        self._begins: dict[tuple[bool, int], str] = {}
        self._ends: dict[tuple[bool, int], str] = {}
        self._starts = tuple({one.start for one in side.members.values()} for side in sides)
        for number, move in enumerate(moves, 1):
            for is_new, member in ((False, move.old), (True, move.new)):
                mark = Mark.TO if is_new else Mark.FROM
                begin, end = revisions.move(mark, f"move{number}")
                self._begins[is_new, member.start] = begin
                self._ends[is_new, member.end] = end

    def text(self, mark: Mark, text: str) -> None:
        """Words of one line. They are cut where the number of an article ends."""
        side = self._new if mark.in_new else self._old
        while text:
            line = side.line
            lead = line.start + line.lead - side.at
            if mark is Mark.EQUAL or side.at in self._starts[mark.in_new]:
                self._flush()
                self.revisions.part()
            if side.at == line.start:
                self._begin(mark, line.start)
            part, text = (text[:lead], text[lead:]) if lead > 0 else (text, "")
            self._add(mark, run(part, _LEAD if lead > 0 else "", _tag(mark)))
            self._old.at += len(part) if mark.in_old else 0
            self._new.at += len(part) if mark.in_new else 0
            if side.at == (line.start + line.lead if line.lead else line.end):
                self._end(mark)

    def newline(self, mark: Mark) -> None:
        """The end of a paragraph."""
        self._end(mark)
        self._flush()
        was = self._old.newline() if mark.in_old else None
        now = self._new.newline() if mark.in_new else None
        line = now if now and now is not _NO_LINE else was or _NO_LINE
        sign = self.revisions.of_paragraph(mark)
        differs = was and now and was.style != now.style and _NO_LINE not in (was, now)
        before = self.revisions.of_style(was.style) if was and differs else ""
        if mark is Mark.EQUAL:
            self.revisions.part()
        self.out.append(paragraph(line.style, "".join(self._inside), sign, before))
        self._inside.clear()
        for is_new, side in ((False, self._old), (True, self._new)):
            if (mark.in_new if is_new else mark.in_old) and (is_new, side.at) in self._ends:
                self.out.append(self._ends[is_new, side.at])

    def _begin(self, mark: Mark, start: int) -> None:
        key = mark.in_new, start
        if mark is not Mark.EQUAL and key in self._begins:
            self._flush()
            self._inside.append(self._begins[key])
        for number in self._comments.pop(key, ()):
            self._flush()
            self._open.append((number, mark.in_new))
            self._inside.append(f'<w:commentRangeStart w:id="{number}"/>')

    def _end(self, mark: Mark) -> None:
        """End the comments that are open, each gone or come with the words that it hangs on."""
        comments, self._open = self._open, []
        for number, is_new in comments:
            self._flush()
            self._inside.append(f'<w:commentRangeEnd w:id="{number}"/>')
            look = f'<w:rPr><w:rStyle w:val="{_REFERENCE}"/></w:rPr>'
            sign = f'<w:r>{look}<w:commentReference w:id="{number}"/></w:r>'
            self._add(mark if mark.in_new is is_new else Mark.EQUAL, sign)

    def _add(self, mark: Mark, one: str) -> None:
        if mark is not self._group[0]:
            self._flush()
            self._group = mark, []
        self._group[1].append(one)

    def _flush(self) -> None:
        mark, runs = self._group
        if runs:
            self._inside.append(self.revisions.around(mark, "".join(runs)))
            self._group = mark, []


def _tag(mark: Mark) -> str:
    return "w:delText" if mark is Mark.DELETE else "w:t"
