"""Text that changed its place inside an article: taken away here, put in there, word for word.

Last step of the redline. Floor 2. The redline stays what it is, deleted and inserted pieces; what
moved is cut out as pieces of its own, and `moves` pairs them. Text that was also reworded on
its way is no move: its words show as deleted and inserted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from tracker.diff.moves import LEAST, PENALTY, STOPS
from tracker.diff.redline.pieces import Op, Redline
from tracker.diff.redline.shared import MARKS, Shared

__all__ = ["pieces_of"]

_LONG: Final = 16  # from here on a run has moved even where it is no whole clause on either side
_ASKED: Final = 40
"""Places of the other text at which words may have come again that are looked at, the first ones: a
text that repeats one sentence has thousands."""
_MOST: Final = 50_000  # characters that went or came; beyond it moves are not looked for
_PROBE: Final = 4
_STRIDE: Final = LEAST - _PROBE + 1
_JOINING: Final = ("或者", "以及", "和", "并", "或")

_Piece = tuple[Op, str]
_Cut = tuple[int, int]


def pieces_of(shared: Shared) -> Redline:
    """The pieces that the blocks of two texts leave, with those parts that moved on their own."""
    old, new, kept, out, in_ = shared.old, shared.new, Op.EQUAL, Op.DELETE, Op.INSERT
    pieces: list[_Piece] = []
    gone: list[int] = []
    come: list[int] = []
    i = j = 0
    for begin, end, other in shared.blocks:
        if begin > i:
            if begin - i >= LEAST:
                gone.append(len(pieces))
            pieces.append((out, old[i:begin]))
        if other > j:
            if other - j >= LEAST:
                come.append(len(pieces))
            pieces.append((in_, new[j:other]))
        if end > begin:
            pieces.append((kept, old[begin:end]))
        i, j = end, other + end - begin
    return _split_moves(pieces, gone, come, shared) if gone and come else tuple(pieces)


def _split_moves(pieces: list[_Piece], gone: list[int], come: list[int], shared: Shared) -> Redline:
    if sum(len(pieces[at][1]) for at in (*gone, *come)) > _MOST:
        return tuple(pieces)
    new = "\0".join([pieces[at][1] for at in come])
    gone = [at for at in gone if _share_a_run(pieces[at][1], new)]
    if not gone:
        return tuple(pieces)
    old = "\0".join([pieces[at][1] for at in gone])
    come = [at for at in come if _share_a_run(pieces[at][1], old)]
    went = {run for at in gone for run in _runs(pieces[at][1])}
    grams: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at in come:
        for place, run in enumerate(_runs(pieces[at][1])):
            if run in went and "\n" not in run:  # the end of one 款 and the start of the next
                grams[run].append((at, place))
    cuts = _cuts(pieces, gone, grams, _Places(pieces, shared)) if grams else {}
    parts: list[_Piece] = []
    for at, piece in enumerate(pieces):
        parts += _split(piece, found) if (found := cuts.get(at)) else (piece,)
    return tuple(parts)


def _runs(text: str) -> list[str]:
    return [text[place : place + LEAST] for place in range(len(text) - LEAST + 1)]


def _share_a_run(one: str, other: str) -> bool:
    """Whether two texts have a run of `LEAST` characters in common. Every fifth place of it begins
    four characters that the other has too: only where they do is looked closer."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    for at in range(0, len(few) - _PROBE + 1, _STRIDE):
        if few[at : at + _PROBE] in many:
            ends = range(max(at + _PROBE, LEAST), min(at + LEAST, len(few)) + 1)
            if any(few[end - LEAST : end] in many for end in ends):
                return True
    return False


class _Places:
    """Where each piece begins in its text, and where it may be cut."""

    def __init__(self, pieces: list[_Piece], shared: Shared) -> None:
        self.shared = shared
        self.begins: list[int] = []
        i = j = 0
        for op, text in pieces:
            self.begins.append(j if op is Op.INSERT else i)
            i += 0 if op is Op.INSERT else len(text)
            j += 0 if op is Op.DELETE else len(text)

    def may_cut(self, op: Op, at: int, place: int) -> bool:
        """Whether a word or a number ends at this place of a piece."""
        side = 0 if op is Op.DELETE else 1
        return self.shared.ends(side, self.begins[at] + place)

    def is_clause(self, op: Op, at: int, begin: int, end: int) -> bool:
        """Whether a stretch of a piece is a whole clause of its text, a joining word left out."""
        text = self.shared.old if op is Op.DELETE else self.shared.new
        first, last = self.begins[at] + begin, self.begins[at] + end
        opens = first == 0 or text[first - 1] in MARKS or text.endswith(_JOINING, 0, first)
        return opens and (last == len(text) or text[last] in MARKS)

    def is_sentence(self, op: Op, at: int, begin: int, end: int) -> bool:
        """Whether a stretch of a piece is a whole sentence of its text, or several."""
        text = self.shared.old if op is Op.DELETE else self.shared.new
        first, last = self.begins[at] + begin, self.begins[at] + end
        return (not first or text[first - 1] in STOPS) and text[last : last + 1] in STOPS


def _cuts(
    pieces: list[_Piece], gone: list[int], grams: dict[str, list[tuple[int, int]]], places: _Places
) -> dict[int, list[_Cut]]:
    """For each piece the stretches of it that moved."""
    cuts: dict[int, list[_Cut]] = defaultdict(list)
    for at in gone:
        text, place = pieces[at][1], 0
        while place + LEAST <= len(text):
            come = grams.get(text[place : place + LEAST])
            if come is None:
                place += 1
                continue
            found = [
                (_run(text, place, pieces[there][1], start), there)
                for there, start in come[:_ASKED]
            ]
            done = place + 1
            for run, there in sorted(found, key=lambda one: (-one[0][2], one[1])):
                begin, start, size = _snapped((at, there), run, places)
                free = not any(a < start + size and start < b for a, b in cuts[there])
                if size >= LEAST and free and _moved(places, (at, begin), (there, start), size):
                    cuts[at].append((begin, begin + size))
                    cuts[there].append((start, start + size))
                    done = begin + size
                    break
            place = done
    return cuts


def _run(old: str, place: int, new: str, start: int) -> tuple[int, int, int]:
    """The longest equal run of one line from here on: where it begins in both, and its length."""
    size = LEAST
    while place + size < len(old) and start + size < len(new):
        if old[place + size] != new[start + size] or old[place + size] == "\n":
            break
        size += 1
    return place, start, size


def _snapped(
    pieces: tuple[int, int], run: tuple[int, int, int], places: _Places
) -> tuple[int, int, int]:
    """A run without marks at its ends, that begins and ends where both texts may be cut."""
    begin, start, size = run

    def fits(step: int) -> bool:
        return places.may_cut(Op.DELETE, pieces[0], begin + step) and places.may_cut(
            Op.INSERT, pieces[1], start + step
        )

    at = places.begins[pieces[0]] + begin
    text = places.shared.old[at : at + size]
    first, last = 0, size
    while first < last and (text[first] in MARKS or not fits(first)):
        first += 1
    while last > first and (text[last - 1] in MARKS or not fits(last)):
        last -= 1
    return begin + first, start + first, last - first


def _moved(places: _Places, old: tuple[int, int], new: tuple[int, int], size: int) -> bool:
    sides = (Op.DELETE, *old), (Op.INSERT, *new)
    text = places.shared.old[places.begins[old[0]] + old[1] :][:size]
    if PENALTY.search(text):  # that of one act is no other place for that of another
        return all(places.is_sentence(op, at, begin, begin + size) for op, at, begin in sides)
    return size >= _LONG or any(
        places.is_clause(op, at, begin, begin + size) for op, at, begin in sides
    )


def _split(piece: _Piece, cuts: list[_Cut]) -> Iterator[_Piece]:
    op, text = piece
    done = 0
    for begin, end in sorted(cuts):
        if begin > done:
            yield op, text[done:begin]
        yield op, text[begin:end]
        done = end
    if done < len(text):
        yield op, text[done:]
