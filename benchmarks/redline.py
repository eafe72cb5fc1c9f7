"""How redlines read on real laws, beside three other ways to make them.

Over every reworded article of ../shared/pairs. `rebuilt` counts texts that did not come out
exactly. `changed` is the number of marked characters over the smallest possible one (the Indel
distance), and `in the line` the same of those alone that are at least half alike and not shown one
above the other. `in word`, `in number`: shares of the ends of changes that lie inside a word of the
dictionary (jieba's), and inside a number, amount, date or citation. `islands`: unchanged single
characters between two changes, an article. `µs`: an article. `--corpus` measures the laws of the
corpus instead that no rule was made for.
"""

from __future__ import annotations

import difflib
import importlib
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rjieba
from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from tracker.diff.changes import compare
from tracker.diff.model import Op, Redline, new_text, old_text
from tracker.diff.moves import find_moves
from tracker.diff.redline.draw import DRAWN, draw
from tracker.diff.redline.pieces import STACKED_BELOW
from tracker.diff.redline.tokens import ATOM, cut
from tracker.parse.reading import read_source

PAIRS = Path(__file__).resolve().parents[2] / "shared" / "pairs"
ROUNDS = 3
Pair = tuple[str, str]


def reworded() -> list[tuple[Pair, Redline]]:
    """Old and new body of every reworded article, and the redline that the comparison shows."""
    found: list[tuple[Pair, Redline]] = []
    for folder in sorted(PAIRS.iterdir()):
        if not (folder / "new.raw.txt").exists():
            continue
        old, new = (
            read_source((folder / f"{side}.raw.txt").read_bytes(), name=side).law
            for side in ("old", "new")
        )
        found += [
            ((old_text(change.redline), new_text(change.redline)), change.redline)
            for change in compare(old, new).changes
            if change.old and change.new and change.is_reworded
        ]
    return found


def by_tracker(old: str, new: str) -> Redline:
    """The redline of this project."""
    DRAWN.clear()
    return draw(old, new).redline


def by_characters(old: str, new: str) -> Redline:
    """The fewest characters that can be marked."""
    return _pieces(old, new, [(code.tag, code.src_start, code.src_end, code.dest_start,
                               code.dest_end) for code in Indel.opcodes(old, new)])  # fmt: skip


def by_patch(old: str, new: str) -> Redline:
    """diff-match-patch on characters with its semantic clean-up."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    found = engine.diff_main(old, new, False)
    engine.diff_cleanupSemantic(found)
    kinds = {0: Op.EQUAL, -1: Op.DELETE, 1: Op.INSERT}
    return tuple((kinds[op], text) for op, text in found)


def by_patch_on_tokens(old: str, new: str) -> Redline:
    """diff-match-patch on the tokens of this project, a character for each, without a clean-up."""
    signs: dict[str, str] = {}
    for token in (*cut(old), *cut(new)):
        signs.setdefault(token, chr(0xE000 + len(signs)))
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    sides = ("".join(signs[token] for token in cut(side)) for side in (old, new))
    kinds = {0: Op.EQUAL, -1: Op.DELETE, 1: Op.INSERT}
    tokens = {sign: token for token, sign in signs.items()}
    found = engine.diff_main(*sides, False)
    return tuple((kinds[op], "".join(tokens[sign] for sign in text)) for op, text in found)


def by_difflib(old: str, new: str) -> Redline:
    """difflib on characters."""
    return _pieces(old, new, difflib.SequenceMatcher(None, old, new, False).get_opcodes())


def _pieces(old: str, new: str, codes: Iterable[Sequence[object]]) -> Redline:
    out: list[tuple[Op, str]] = []
    for tag, i, k, j, m in codes:
        if tag == "equal":
            out.append((Op.EQUAL, old[i:k]))  # type: ignore[misc]
            continue
        out += [(Op.DELETE, old[i:k])] if k > i else []  # type: ignore[misc, operator]
        out += [(Op.INSERT, new[j:m])] if m > j else []  # type: ignore[misc, operator]
    return tuple(out)


@dataclass
class Figures:
    """What is counted over all articles."""

    articles: int = 0
    inline: int = 0
    broken: int = 0
    marked: int = 0
    least: int = 0
    line_marked: int = 0
    line_least: int = 0
    ends: int = 0
    in_word: int = 0
    in_word_at_number: int = 0
    """Of these the ends of a date or number that the dictionary takes a word over: 月1日|起施行."""
    in_number: int = 0
    islands: int = 0
    hunks: int = 0
    moves: int = 0

    def add(self, pair: Pair, pieces: Redline) -> None:
        """Count one article."""
        old, new = pair
        self.articles += 1
        self.broken += (old_text(pieces), new_text(pieces)) != pair
        marked = sum(len(text) for op, text in pieces if op is not Op.EQUAL)
        least = Indel.distance(old, new)
        self.marked += marked
        self.least += least
        if Indel.normalized_similarity(old, new) >= STACKED_BELOW:
            self.inline += 1
            self.line_marked += marked
            self.line_least += least
        self.moves += len(find_moves(pieces))
        self.islands += sum(op is Op.EQUAL and len(text) == 1 for op, text in pieces[1:-1])
        kinds = [op is not Op.EQUAL for op, _ in pieces]
        self.hunks += sum(now and not before for before, now in zip([False, *kinds], kinds,
                                                                    strict=False))  # fmt: skip
        for text, other in ((old, Op.INSERT), (new, Op.DELETE)):
            ends = _ends(pieces, other) - {0, len(text)}
            words, numbers, beside = _insides(text)
            self.ends += len(ends)
            self.in_word += len(ends & words)
            self.in_word_at_number += len(ends & words & beside)
            self.in_number += len(ends & numbers)


def _ends(pieces: Redline, other: Op) -> set[int]:
    """The places of one side where a change begins or ends."""
    ends, at, before = set(), 0, None
    for op, text in pieces:
        if before is not None and op is not before:
            ends.add(at)
        at += 0 if op is other else len(text)
        before = op
    return ends


@cache
def _insides(text: str) -> tuple[set[int], set[int], set[int]]:
    """Every place inside a word; inside a number, amount, date or citation of any length; and at
    the ends of these."""
    words: set[int] = set()
    numbers: set[int] = set()
    beside: set[int] = set()
    at = 0
    for word in rjieba.cut(text):
        words.update(range(at + 1, at + len(word)))
        at += len(word)
    for atom in ATOM.finditer(text):
        if len(atom.group()) > 2:  # of 一次 and 三级 the dictionary says whether it is a word
            numbers.update(range(atom.start() + 1, atom.end()))
            beside.update(atom.span())
    return words, numbers, beside


WAYS: dict[str, Callable[[str, str], Redline]] = {
    "tracker": by_tracker,
    "fewest characters": by_characters,
    "diff-match-patch semantic": by_patch,
    "diff-match-patch on tokens": by_patch_on_tokens,
    "difflib": by_difflib,
}


def main() -> None:
    """Print the table."""
    if "--corpus" in sys.argv:
        importlib.import_module("benchmarks.redline_corpus").measure_corpus()  # it imports this
        return
    if not PAIRS.exists():
        print("needs the pairs in ../shared")
        return
    compared = reworded()
    pairs = [pair for pair, _ in compared]
    heads = "broken changed   in the line  in word in number islands hunks   µs"
    print(f"{len(pairs)} reworded articles\n{'':26} {heads}")
    for name, way in WAYS.items():
        figures = Figures()
        rounds = ROUNDS if name == "tracker" else 1
        spent = min(_time(way, pairs) for _ in range(rounds))
        for pair, shown in compared:
            figures.add(pair, shown if name == "tracker" else way(*pair))
        in_the_line = figures.line_marked / figures.line_least
        print(
            f"{name:26} {figures.broken:6} {figures.marked / figures.least:7.3f} "
            f"{in_the_line:13.3f} {figures.in_word / figures.ends:8.2%} "
            f"{figures.in_number / figures.ends:9.2%} {figures.islands / figures.articles:7.3f} "
            f"{figures.hunks / figures.articles:5.2f} {spent / len(pairs) * 1e6:5.0f}"
        )
        if figures.moves:
            print(f"{'':26} {figures.inline} in the line, {figures.moves} moves inside an article")


def _time(way: Callable[[str, str], Redline], pairs: list[Pair]) -> float:
    begin = time.process_time()
    for pair in pairs:
        way(*pair)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
