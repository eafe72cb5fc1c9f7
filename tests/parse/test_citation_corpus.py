"""1,200 citations of real laws, read by hand: where each points. Needs the corpus.

citation_sample.json holds the path of a law, the address of a provision, which citation of its text
(from 0), and the addresses it points to. `[]` is another law or the text as a whole, null a target
that the text does not hold, a string what is no citation. The name of another law may stand behind.
It holds none of the laws' words. The first 200 were drawn at random, the next 200 by form: as many
of each way of citing, rare ones too, of which 95 % were read right before what they showed was
mended. Each 200 after them is a fresh seeded draw of ``python -m benchmarks citation_sample``, and
how many of it were right when it was drawn: 189 (the eleven stood in texts that amend or list
another law, which were told to lack the articles they cite), 200, by form (``--by-form``) 198, 200.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from tracker.law.address import Address
from tracker.parse.citations import Places, find_citations, resolve
from tracker.parse.citations.elsewhere import as_external
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus.tar.xz"
MOST_WRONG = 2
SAMPLE = json.loads((Path(__file__).parent / "citation_sample.json").read_text(encoding="utf-8"))


def read(places: Places, at: Address, position: int) -> tuple[list[str] | str | None, str | None]:
    """What the citation is read as, in the words of the sample, and the law it names."""
    citations = find_citations(places.by_address[at].provision.text)
    if position >= len(citations):
        return "no citation", None
    found = resolve(citations[position], at, places)
    title = as_external(citations[position], at, places).title
    return (None if found.problem else [str(address) for address in found.targets]), title


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus of laws is not beside the project")
def test_at_least_99_of_100_real_citations_point_where_a_reader_says() -> None:
    wanted: dict[str, list[tuple[str, int, object, str | None]]] = {}
    for path, address, position, expected, *law in SAMPLE:
        row = (address, position, expected, law[0] if law else None)
        wanted.setdefault(path, []).append(row)
    wrong, seen = [], 0
    with tarfile.open(CORPUS, "r:xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.name in wanted else None
            if held is None:
                continue
            places = Places.of(read_source(held.read(), name=member.name).law)
            for address, position, expected, named in wanted[member.name]:
                seen += 1
                found, title = read(places, Address.of(address), position)
                if found != expected or (named and title != named):
                    wrong.append((member.name, address, position, found, expected, title))
    assert seen == len(SAMPLE) == 1200
    assert len(wrong) <= MOST_WRONG, wrong
