"""Who is who on labelled pairs of real laws, beside four simpler ways to find it.

Reads the pairs and labels in ../shared where they are present. Prints for each pair how many of the
links are right (P, R, F1), how many of the right links have the right kinds, which splits, mergers
and moves were found, and the F1 of the other ways on the same parsed articles. `f` counts what is
false. A move that no label speaks of is false where it crosses a labelled link; one that crosses
only articles that the labels leave out cannot be judged, and is counted with `?`. So are the parts
in `READ`: the labels do not name them, and reading shows that they are right.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from tracker.diff.align.assign import assign
from tracker.diff.changes import compare
from tracker.diff.model import Change, Kind
from tracker.law.model import Law
from tracker.parse.canonical import body
from tracker.parse.reading import read_source

SHARED = Path(__file__).resolve().parents[2] / "shared"
Links = set[tuple[str, str]]
Texts = dict[str, str]
READ: dict[str, Links] = {
    "妇女权益保障法_2018_2022": {("13", "15")},  # old 第二款 is new 第三款 but for a word
    "立法法_2015_2023": {("99", "111")},  # old 第三款 is what new 第一款 begins with
    "网络安全法_2016_2025": {("18", "20")},  # old 第二款 is new 第二款 but for a word
}
"""Parts that were read by hand: a 款 stands in the other article, and the labels are silent."""


@dataclass
class Gold:
    """The labels of one pair, numbers as the comparison writes them."""

    pairs: dict[tuple[str, str], str]
    groups: list[Links]
    moved: Links
    xref_only: Links
    unsure_old: set[str]
    unsure_new: set[str]
    read: Links = field(default_factory=set)

    @property
    def parts(self) -> Links:
        """Every link of a split or merger."""
        return {link for group in self.groups for link in group}

    def counts(self, link: tuple[str, str]) -> bool:
        """Whether this link is to be scored as one of the plain pairs."""
        sure = link[0] not in self.unsure_old and link[1] not in self.unsure_new
        return sure and link not in self.parts and link not in self.read


@dataclass
class Score:
    """What came out right on one pair, or on all."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    kinds: int = 0
    groups: int = 0
    groups_found: int = 0
    parts: int = 0
    parts_found: int = 0
    parts_false: int = 0
    parts_open: int = 0
    moved: int = 0
    moved_found: int = 0
    moved_false: int = 0
    moved_open: int = 0
    xref: int = 0
    xref_found: int = 0
    xref_false: int = 0
    others: dict[str, tuple[int, int]] = field(default_factory=dict)  # right, found

    def add(self, other: Score) -> None:
        """Sum up."""
        for name, value in vars(other).items():
            if name != "others":
                setattr(self, name, getattr(self, name) + value)
        for name, (right, found) in other.others.items():
            before = self.others.get(name, (0, 0))
            self.others[name] = (before[0] + right, before[1] + found)


def read_gold(path: Path) -> Gold:
    """The labels of one pair."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    def number(value: Any) -> str:
        return str(value).replace(".", "-")

    def links(rows: Iterable[Any]) -> Links:
        return {(number(row[0]), number(row[1])) for row in rows}

    groups = [{(number(old), number(one)) for one in new} for old, new in data["split"]]
    groups += [{(number(one), number(new)) for one in old} for old, new in data["merged"]]
    return Gold(
        {(number(old), number(new)): kind for old, new, kind in data["pairs"]},
        groups,
        links(data["moved"]),
        links(data["xref_only"]),
        {number(n) for n in data.get("ambiguous_old") or ()},
        {number(n) for n in data.get("ambiguous_new") or ()},
        READ.get(path.stem, set()),
    )


def read_law(path: Path) -> Law:
    """A side of a pair, read as any source is."""
    return read_source(path.read_bytes(), name=path.name, title=path.parent.name).law


def links_of(change: Change) -> Links:
    """The links of an entry, by number."""
    old = [str(one.provision.number) for one in change.old]
    new = [str(one.provision.number) for one in change.new]
    places = change.links or [(i, j) for i in range(len(old)) for j in range(len(new))]
    return {(old[i], new[j]) for i, j in places}


def score(changes: tuple[Change, ...], gold: Gold) -> Score:
    """How well a comparison agrees with the labels."""
    result = Score(wanted=len(gold.pairs), groups=len(gold.groups), parts=len(gold.parts),
                   moved=len(gold.moved), xref=len(gold.xref_only))  # fmt: skip
    every: Links = set()
    for change in changes:
        links = links_of(change)
        every |= links
        result.moved_found += len(links & gold.moved) if change.moved else 0
        plain = {link for link in links if gold.counts(link)}
        result.found += len(plain)
        result.right += len(plain & gold.pairs.keys())
        if len(links) == 1:
            (link,) = links
            if link in gold.pairs:
                result.kinds += _kind(change) == gold.pairs[link]
                if change.moved and link not in gold.moved:
                    crosses = any(_cross(link, other) for other in gold.pairs)
                    result.moved_false += crosses
                    result.moved_open += not crosses
                result.xref_found += change.consequential and link in gold.xref_only
                result.xref_false += change.consequential and link not in gold.xref_only
        else:
            result.kinds += len(plain & gold.pairs.keys())
            false = {link for link in plain if link not in gold.pairs}
            result.parts_false += len(false)
    result.parts_found = len(every & gold.parts)
    result.parts_open = len(every & gold.read)
    result.groups_found = sum(group <= every for group in gold.groups)
    return result


def _cross(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two links stand in another order on one side than on the other."""
    before, after = (_place(one[side]) < _place(other[side]) for side in (0, 1))
    return one != other and before != after


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("-"))


def _kind(change: Change) -> str:
    """The label the gold set would give; typography alone counts as unchanged there."""
    kinds = [kind.value for kind in change.kinds if kind is not Kind.MOVED]
    if change.typographic:
        kinds = [kind for kind in kinds if kind != "reworded"]
    return "+".join(kind for kind in kinds if kind != "unchanged") or "unchanged"


def by_number(old: Texts, new: Texts) -> Links:
    """Number first, then greedily what is left."""
    same = {(number, number) for number in old if number in new}
    left = {n: t for n, t in old.items() if n not in new}
    return same | greedy(left, {n: t for n, t in new.items() if n not in old})


def greedy(old: Texts, new: Texts) -> Links:
    """The most alike first, down to a ratio of 0.8."""
    pairs = sorted(
        (-Indel.normalized_similarity(a, b, score_cutoff=0.8), i, j)
        for i, a in old.items()
        for j, b in new.items()
    )
    links: Links = set()
    done_old: set[str] = set()
    done_new: set[str] = set()
    for ratio, i, j in pairs:
        if -ratio >= 0.8 and i not in done_old and j not in done_new:
            links.add((i, j))
            done_old.add(i)
            done_new.add(j)
    return links


def by_lines(old: Texts, new: Texts) -> Links:
    """difflib over articles as lines; replaced runs are paired in order."""
    a, b = list(old.items()), list(new.items())
    matcher = difflib.SequenceMatcher(None, [t for _, t in a], [t for _, t in b], autojunk=False)
    return {
        (a[i][0], b[j][0])
        for _, i1, i2, j1, j2 in matcher.get_opcodes()
        for i, j in zip(range(i1, i2), range(j1, j2), strict=False)
    }


def hungarian(old: Texts, new: Texts) -> Links:
    """The best assignment on the Dice coefficient of character bigrams, from 0.4 up."""

    def grams(text: str) -> Counter[str]:
        return Counter(text[i : i + 2] for i in range(len(text) - 1))

    a = [(n, grams(t)) for n, t in old.items()]
    b = [(n, grams(t)) for n, t in new.items()]
    sizes = [sum(g.values()) for _, g in b]
    gains = []
    for i, (_, left) in enumerate(a):
        size = sum(left.values())
        for j, (_, right) in enumerate(b):
            small, large = (left, right) if len(left) < len(right) else (right, left)
            shared = sum(min(n, large[g]) for g, n in small.items() if g in large)
            dice = 2 * shared / max(size + sizes[j], 1)
            if dice > 0.4:
                gains.append((i, j, round(dice * 1_000_000)))
    return {(a[i][0], b[j][0]) for i, j in assign(gains).pairs.items()}


OTHERS: dict[str, Callable[[Texts, Texts], Links]] = {
    "number": by_number, "greedy": greedy, "difflib": by_lines, "hungarian": hungarian,
}  # fmt: skip


def run(name: str) -> Score:
    """One pair."""
    folder = SHARED / "pairs" / name
    old, new = read_law(folder / "old.raw.txt"), read_law(folder / "new.raw.txt")
    gold = read_gold(SHARED / "gold" / f"{name}.json")
    result = score(compare(old, new).changes, gold)
    texts = [{str(a.number): body(a) for a in law.articles()} for law in (old, new)]
    for other, find in OTHERS.items():
        links = {link for link in find(texts[0], texts[1]) if gold.counts(link)}
        result.others[other] = (len(links & gold.pairs.keys()), len(links))
    return result


def _f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 1.0


def row(name: str, one: Score) -> str:
    """A line of the table."""
    precision, recall = one.right / max(one.found, 1), one.right / max(one.wanted, 1)
    cells = [
        f"{one.wanted:5} {precision:6.3f} {recall:6.3f}",
        f"{_f1(one.right, one.found, one.wanted):6.4f} {one.kinds / max(one.right, 1):6.3f} ",
        f"{one.groups_found}/{one.groups} {one.parts_found:>2}/{one.parts:<2}",
        f"{one.parts_false:>2}f {one.parts_open:>2}?  {one.moved_found:>2}/{one.moved:<2}",
        f"{one.moved_false:>2}f {one.moved_open:>2}? ",
        f"{one.xref_found:>3}/{one.xref:<3} {one.xref_false:>2}f ",
        "".join(f"{_f1(*one.others[other], one.wanted):9.3f}" for other in OTHERS),
        f" {name}",
    ]
    return " ".join(cells)


def main() -> None:
    """Print the table; exit with 1 where a floor of quality is not reached."""
    if not SHARED.is_dir():
        print("no labelled pairs found beside the project; nothing measured")
        return
    print(" gold      P      R     F1  kinds  split/merge         moved         xref-only "
          + "".join(f"{name:>9}" for name in OTHERS) + "  (F1)")  # fmt: skip
    total = Score()
    worst = 1.0
    for folder in sorted((SHARED / "pairs").iterdir()):
        if not (folder / "new.raw.txt").exists():
            continue
        one = run(folder.name)
        total.add(one)
        worst = min(worst, _f1(one.right, one.found, one.wanted))
        print(row(folder.name, one))
    print(row("all", total))
    if _f1(total.right, total.found, total.wanted) < 0.995 or worst < 0.97:
        sys.exit(1)


if __name__ == "__main__":
    main()
