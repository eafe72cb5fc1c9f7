"""Draws effects or redlines of the unseen pairs for a person to read, the same for a seed.

``python -m benchmarks.unseen_sample effects 100 3`` prints a hundred effects with their words in
context, ``redlines 60 5`` sixty reworded articles with what went in [- -] and what came in {+ +},
moved text marked ~. What was read this way is labelled in tests/diff/effect_sample.json. Needs
../shared/corpus.tar.xz; the pairs that are put aside are left out.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from benchmarks.align_unseen import read_labels, read_laws
from tracker.diff.changes import compare
from tracker.diff.effects.model import Trigger
from tracker.diff.model import Change, Op, new_text, old_text
from tracker.diff.moves import find_moves

AROUND = 40  # characters shown on either side of a word


def reworded() -> Iterator[tuple[str, Change]]:
    """Every reworded entry of the pairs, with the name of its law."""
    every = [one for one in read_labels() if not (one.put_aside or one.written_anew)]
    laws = read_laws({path for one in every for path in (one.old, one.new)})
    for labels in every:
        for change in compare(laws[labels.old], laws[labels.new]).changes:
            if change.old and change.new and change.is_reworded:
                yield labels.name, change


def effects() -> list[str]:
    """A line for each effect: law, article, class, what changed, and the words on both sides."""
    lines = []
    for name, change in reworded():
        old, new = old_text(change.redline), new_text(change.redline)
        for one in change.effects:
            words = f"{_context(old, one.old_triggers)} | {_context(new, one.new_triggers)}"
            lines.append(f"{name} {change.new[0].address} {one.kind} {one.change} | {words}")
    return lines


def _context(text: str, triggers: tuple[Trigger, ...]) -> str:
    if not triggers:
        return "—"
    one = triggers[0]
    before, after = text[max(0, one.start - AROUND) : one.start], text[one.end : one.end + AROUND]
    return f"{before}【{one.text}】{after}".replace("\n", "⏎")


def redlines() -> list[str]:
    """Each redline that is shown in the line, as marked text."""
    return [
        f"{name} {change.new[0].address}\n{_marked(change)}\n"
        for name, change in reworded()
        if len(change.redline) > 2
    ]


def _marked(change: Change) -> str:
    moved = {at for pair in find_moves(change.redline) for at in pair}
    parts = []
    for at, (op, text) in enumerate(change.redline):
        sign = "~" if at in moved else ""
        match op:
            case Op.EQUAL:
                parts.append(text)
            case Op.DELETE:
                parts.append(f"[{sign}-{text}-]")
            case Op.INSERT:
                parts.append(f"{{{sign}+{text}+}}")
    return "".join(parts)


if __name__ == "__main__":
    what, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found = {"effects": effects, "redlines": redlines}[what]()
    print(*random.Random(seed).sample(found, min(count, len(found))), sep="\n")
