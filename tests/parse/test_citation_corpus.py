"""200 citations of real laws, read by hand: where each points. Needs the corpus beside the project.

citation_sample.json holds the path of a law, the address of a provision, which citation of its text
(from 0), and the addresses it points to. `[]` is another law or the text as a whole, null a target
that the text does not hold, a string what is no citation. It holds none of the laws' words.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from tracker.law.address import Address
from tracker.law.problems import Problem
from tracker.parse.citations import Places, find_citations, resolve
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus.tar.xz"
SAMPLE = json.loads((Path(__file__).parent / "citation_sample.json").read_text(encoding="utf-8"))


def read(places: Places, at: Address, position: int) -> list[str] | str | None:
    """What the citation is read as, in the words of the sample."""
    citations = find_citations(places.by_address[at].provision.text)
    if position >= len(citations):
        return "no citation"
    found = resolve(citations[position], at, places)
    return None if isinstance(found, Problem) else [str(address) for address in found]


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus of laws is not beside the project")
def test_at_least_99_of_100_real_citations_point_where_a_reader_says() -> None:
    wanted: dict[str, list[tuple[str, int, object]]] = {}
    for path, address, position, expected in SAMPLE:
        wanted.setdefault(path, []).append((address, position, expected))
    wrong, seen = [], 0
    with tarfile.open(CORPUS, "r:xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.name in wanted else None
            if held is None:
                continue
            places = Places.of(read_source(held.read(), name=member.name).law)
            for address, position, expected in wanted[member.name]:
                seen += 1
                found = read(places, Address.of(address), position)
                if found != expected:
                    wrong.append((member.name, address, position, found, expected))
    assert seen == len(SAMPLE) == 200
    assert len(wrong) <= 2, wrong
