"""Who is who on changed forms of real laws, where the right answer is known.

Takes every n-th law of the corpus in ../shared where it is present (the number of laws can be given
as TRACKER_MUTATIONS), changes it with a fixed seed and counts what the alignment found.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.citations_corpus import CORPUS, laws
from benchmarks.mutations import Mutation, flatten, mutate
from tracker.diff.changes import compare
from tracker.law.model import Law
from tracker.law.problems import TrackerError
from tracker.parse.reading import read_source

LAWS = int(os.environ.get("TRACKER_MUTATIONS", "240"))
SIZES = range(25, 320)  # articles of a law that is taken
FLOORS = {"links F1": 0.985, "parts recall": 0.8, "moved F1": 0.95}


def main() -> None:
    """Print the figures; exit with 1 where a floor is not reached."""
    if not CORPUS.exists():
        print("no corpus found beside the project; nothing measured")
        return
    taken = list(_taken())
    donors = [a for law in taken[::7] for a in law.articles() if 1 <= len(a.children) <= 3]
    total: Counter[str] = Counter()
    for seed, law in enumerate(taken):
        total += count(mutate(law, donors, seed))
    figures = rates(total)
    print(f"{len(taken)} laws, {total['links'] + total['parts']} links")
    for name, value in figures.items():
        print(f"  {name:24} {value:8.4f}")
    if any(figures[name] < floor for name, floor in FLOORS.items()):
        sys.exit(1)


def _taken() -> Iterator[Law]:
    step, seen, given = 0, 0, 0
    wanted = []
    for name, data in laws(CORPUS):
        if 9_000 < len(data) < 150_000:
            wanted.append((name, data))
    step = max(1, len(wanted) // (LAWS * 2))
    for name, data in wanted[::step]:
        seen += 1
        try:
            law = read_source(data, name=name, title=name).law
        except TrackerError:
            continue
        if sum(len(a) for _, a in flatten(law)) in SIZES and given < LAWS:
            given += 1
            yield law


def count(one: Mutation) -> Counter[str]:
    """What came out right on one pair."""
    changes = compare(one.old, one.new).changes
    at_old = {id(a): n for n, a in enumerate(one.old.articles())}
    at_new = {id(a): n for n, a in enumerate(one.new.articles())}
    found: set[tuple[int, int]] = set()
    moved: set[int] = set()
    for change in changes:
        old = [at_old[id(u.provision)] for u in change.old]
        new = [at_new[id(u.provision)] for u in change.new]
        places = change.links or [(i, j) for i in range(len(old)) for j in range(len(new))]
        found |= {(old[i], new[j]) for i, j in places}
        moved |= set(old) if change.moved and len(old) == len(new) == 1 else set()
    parts = {link for group in one.groups for link in group}
    single = {old for old, _ in one.links}
    true_moved = one.moved & single
    moved &= {old for old, new in one.links if (old, new) in found}
    in_groups = _grouped(found)
    return Counter({
        "pairs": 1, "links": len(one.links), "links right": len(found & one.links),
        "links found": len(found - parts - (in_groups - one.links)),
        "parts": len(parts), "parts right": len(found & parts),
        "groups": len(one.groups), "groups right": sum(g <= found for g in one.groups),
        "parts false": len(in_groups - parts - one.links),
        "moved": len(true_moved), "moved right": len(moved & true_moved),
        "moved found": len(moved),
    })  # fmt: skip


def _grouped(found: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Links that share a side with another."""
    olds, news = Counter(o for o, _ in found), Counter(n for _, n in found)
    return {(o, n) for o, n in found if olds[o] > 1 or news[n] > 1}


def rates(total: Counter[str]) -> dict[str, float]:
    """Shares, and false splits a pair of laws."""

    def f1(right: str, found: str, wanted: str) -> float:
        return 2 * total[right] / max(total[found] + total[wanted], 1)

    return {
        "links F1": f1("links right", "links found", "links"),
        "links precision": total["links right"] / max(total["links found"], 1),
        "links recall": total["links right"] / max(total["links"], 1),
        "parts recall": total["parts right"] / max(total["parts"], 1),
        "groups recall": total["groups right"] / max(total["groups"], 1),
        "false parts a pair": total["parts false"] / max(total["pairs"], 1),
        "moved F1": f1("moved right", "moved found", "moved"),
        "moved precision": total["moved right"] / max(total["moved found"], 1),
        "moved recall": total["moved right"] / max(total["moved"], 1),
    }


def score(mutations: Sequence[Mutation]) -> dict[str, float]:
    """The same figures for any mutations."""
    return rates(sum((count(one) for one in mutations), Counter()))


if __name__ == "__main__":
    main()
