"""The laws of the corpus that it holds in two versions or more, paired oldest and newest.

Found by title, whatever they are; those that are among ../shared/pairs are left out. A checksum of
the title splits them for good: one half to look at while a rule is made, one to measure it on.
"""

from __future__ import annotations

import csv
import re
import tarfile
import zlib
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.align_unseen import CORPUS

_INDEX = "index.tsv"
_LEAST = 6  # articles of either version: what has fewer is a notice, no law
_ELSEWHERE = frozenset({
    "公司法", "会计法", "反垄断法", "妇女权益保障法", "立法法", "行政复议法", "道路运输条例",
    "最高人民法院关于适用民事诉讼法的解释",  # they are among ../shared/pairs
    "民法典",  # its books, each by itself
})  # fmt: skip


@dataclass(frozen=True)
class Versions:
    """One law: its title and the paths of its oldest and newest version in the corpus."""

    title: str
    old: str
    new: str

    @property
    def is_open(self) -> bool:
        """Whether it belongs to the half that may be looked at."""
        return zlib.crc32(self.title.encode()) % 2 == 0


def corpus_pairs() -> list[Versions]:
    """Every law with two versions, in the order of titles. Needs the corpus."""
    by_title: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in csv.DictReader(_index().splitlines(), delimiter="\t"):
        title = re.sub(r"\W|中华人民共和国", "", row["title"])
        if int(row["n_articles"] or 0) >= _LEAST and title not in _ELSEWHERE:
            by_title[title].append((row["date"], row["path"]))
    return [
        Versions(title, min(found)[1], max(found)[1])
        for title, found in sorted(by_title.items())
        if len(found) > 1
    ]


def _index() -> str:
    with tarfile.open(CORPUS, "r|xz") as archive:
        for member in archive:
            held = archive.extractfile(member)
            if held is not None and member.name.endswith(_INDEX):
                return held.read().decode("utf-8")
    raise FileNotFoundError(f"{CORPUS}: no {_INDEX} in it")
