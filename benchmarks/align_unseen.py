"""Who is who on pairs of laws that no rule and no threshold was first made for.

Reads pairs of versions from ../shared/corpus.tar.xz where it is present, and `unseen_labels.json`:
facts only, which article is which by number. Every doubtful place was read by hand (splits,
mergers, moves, links below 0.7, articles without a partner that share words with one on the other
side); links above that, between texts that are plainly the same provision, were taken over as they
were found, so the figures of plain links count what was wrong and what was missed among the
doubtful ones. What a drafter could see either way is `unsure` and is not scored. The pairs that are
`put_aside` were labelled before the rules they test were made, and measured when those stood. Those
`written_anew` are laws of which most was written anew, read article by article: who is who is told
by the matter there, and not always by words; what is missed is what is hard.
`--missing` names every difference.
"""

from __future__ import annotations

import json
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.align_gold import Links, links_of
from tracker.diff.changes import compare
from tracker.diff.model import Change
from tracker.law.model import Law
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
LABELS = Path(__file__).with_name("unseen_labels.json")


@dataclass(frozen=True)
class Labels:
    """What is known about one pair; `parts` are the links of splits and mergers."""

    old: str
    new: str
    put_aside: bool
    written_anew: bool
    links: Links
    parts: Links
    moved: Links
    unsure_old: frozenset[str]
    unsure_new: frozenset[str]
    unsure: Links

    @property
    def name(self) -> str:
        """The name of the newer file, short."""
        return Path(self.new).stem.rpartition("(")[0].removeprefix("最高人民法院、")[:18]

    def counts(self, link: tuple[str, str]) -> bool:
        """Whether this link is to be scored."""
        sure = link[0] not in self.unsure_old and link[1] not in self.unsure_new
        return sure and link not in self.unsure

    def groups(self) -> list[Links]:
        """The links of `parts` that hang together: each a split, a merger or both."""
        left, found = set(self.parts), []
        while left:
            group = {min(left)}
            while more := {
                link
                for link in left - group
                if any(link[0] == one[0] or link[1] == one[1] for one in group)
            }:
                group |= more
            left -= group
            found.append(group)
        return found


@dataclass
class Found:
    """Counts of one pair or of several; `differences` in words."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    parts: int = 0
    parts_found: int = 0
    parts_false: int = 0
    groups: int = 0
    groups_found: int = 0
    moved: int = 0
    moved_found: int = 0
    moved_false: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Sum up."""
        for name, value in vars(other).items():
            if name != "differences":
                setattr(self, name, getattr(self, name) + value)


def read_labels() -> list[Labels]:
    """The labelled pairs, in the order of the file."""
    return [_labels(entry) for entry in json.loads(LABELS.read_text(encoding="utf-8"))]


def _labels(entry: dict[str, Any]) -> Labels:
    def links(name: str) -> Links:
        pairs = (one.partition("→") for one in entry.get(name, "").split())
        return {(old, new) for old, _, new in pairs}

    return Labels(
        entry["old"], entry["new"], entry["put_aside"], entry.get("written_anew", False),
        links("links"), links("parts"), links("moved"),
        frozenset(entry.get("unsure_old", "").split()),
        frozenset(entry.get("unsure_new", "").split()), links("unsure"),
    )  # fmt: skip


def read_laws(paths: set[str]) -> dict[str, Law]:
    """These files of the corpus, read as any source is."""
    laws: dict[str, Law] = {}
    with tarfile.open(CORPUS, "r|xz") as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            held = archive.extractfile(member) if name in paths else None
            if held is not None:
                laws[name] = read_source(held.read(), name=name, title=Path(name).stem).law
    return laws


def score(changes: tuple[Change, ...], labels: Labels) -> Found:
    """How well a comparison agrees with the labels."""
    links: Links = set()
    moved: Links = set()
    joined: Links = set()
    for change in changes:
        own = links_of(change)
        links |= own
        if len(own) > 1:
            joined |= own
        elif change.moved:
            moved |= own
    scored = {link for link in links if labels.counts(link)}
    plain = {link for link in labels.links if labels.counts(link)}
    parts = {link for link in labels.parts if labels.counts(link)}
    false = scored - plain - parts
    groups = [group & parts for group in labels.groups() if group & parts]
    moves = {link for link in moved if labels.counts(link) and link in plain}
    wanted_moves = {link for link in labels.moved if labels.counts(link)}
    result = Found(
        right=len(scored & plain), found=len(scored - parts), wanted=len(plain),
        parts=len(parts), parts_found=len(parts & links), parts_false=len(false & joined),
        groups=len(groups), groups_found=sum(group <= links for group in groups),
        moved=len(wanted_moves), moved_found=len(wanted_moves & moved),
        moved_false=len(moves - wanted_moves),
    )  # fmt: skip
    for what, some in (
        ("missed", plain - scored), ("part missed", parts - links), ("false", false),
        ("move missed", wanted_moves - moved), ("move false", moves - wanted_moves),
    ):  # fmt: skip
        if some:
            listed = " ".join(f"{old}→{new}" for old, new in sorted(some, key=_order))
            result.differences.append(f"      {what}: {listed}")
    return result


def _order(link: tuple[str, str]) -> tuple[int, int]:
    return int(link[0].split("-")[0]), int(link[1].split("-")[0])


def row(name: str, one: Found) -> str:
    """A line of the table."""
    precision, recall = one.right / max(one.found, 1), one.right / max(one.wanted, 1)
    f1 = 2 * one.right / max(one.found + one.wanted, 1)
    return (
        f"{one.wanted:6} {precision:6.3f} {recall:6.3f} {f1:6.4f}"
        f"  {one.parts_found:>3}/{one.parts:<3} {one.parts_false:>2}f"
        f"  {one.groups_found:>2}/{one.groups:<3}"
        f"  {one.moved_found:>3}/{one.moved:<3} {one.moved_false:>2}f  {name}"
    )


def groups(every: list[Labels]) -> dict[str, list[Labels]]:
    """The labelled pairs by how they were come by, under the name of their sum."""
    usual = [one for one in every if not one.written_anew]
    return {
        "ALL READ WHILE THE RULES WERE MADE": [one for one in usual if not one.put_aside],
        "ALL PUT ASIDE": [one for one in usual if one.put_aside],
        "ALL WRITTEN ANEW": [one for one in every if one.written_anew],
    }


def main() -> None:
    """Print the table, the pairs of each group and their sum."""
    if not CORPUS.exists():
        print("no corpus found beside the project (../shared/corpus.tar.xz); nothing measured")
        return
    every = read_labels()
    laws = read_laws({path for one in every for path in (one.old, one.new)})
    print(" links      P      R     F1   parts found   groups   moved")
    for name, group in groups(every).items():
        total = Found()
        for labels in group:
            one = score(compare(laws[labels.old], laws[labels.new]).changes, labels)
            total.add(one)
            print(row(labels.name, one))
            if "--missing" in sys.argv and one.differences:
                print("\n".join(one.differences))
        print(row(name, total))


if __name__ == "__main__":
    main()
