"""Citations read by hand: invented sentences for each way of citing, the seeds, the example law."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.law.address import Address, locate
from tracker.parse.citations import CitationKind, Places, find_citations, resolve
from tracker.parse.claims import find_claims
from tracker.parse.document import Document
from tracker.parse.reading import read_source

CASES = Path(__file__).resolve().parents[1] / "cases"
FOLDER = CASES / "citations"


def _sentences() -> list[tuple[str, str, list[str]]]:
    lines = (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(at, text, wanted.split()) for at, text, wanted in rows]


SENTENCES = _sentences()


@pytest.fixture(scope="module")
def law() -> Places:
    data = (FOLDER / "law.txt").read_bytes()
    return Places.of(read_source(data, name="law.txt").law)


def pointed(text: str, at: str, places: Places) -> list[str]:
    """Addresses in order; - for another law (once a target), ! for a target that is missing."""
    out: list[str] = []
    for citation in find_citations(text):
        found = resolve(citation, Address.of(at), places)
        if found.problem is not None:
            out.append("!")
        elif not found.targets and citation.kind is CitationKind.EXTERNAL:
            out += ["-"] * len(citation.targets)
        else:
            out += map(str, found.targets)
    return out


@pytest.mark.parametrize(("at", "text", "wanted"), SENTENCES, ids=[s[1] for s in SENTENCES])
def test_a_sentence_cites_what_a_reader_says(
    at: str, text: str, wanted: list[str], law: Places
) -> None:
    assert pointed(text, at, law) == wanted


EXAMPLE = {
    "1-draft.txt": "20 | 9 13 18 | 9.2 18 | 22 | 27.2",
    "2-consultation_draft.txt": "20 | 10 14 18 | 10.2 18 | 22 | 27.2",
    "3-second_reading.txt": "22 | 12 16 20 | 12.2 20 | 22 | 29.2",
    "4-enacted.txt": "21 | 12 16 20 | 12.2 20 | 23 | 29.2",
}


def _short(address: Address) -> str:
    return str(address).removeprefix("art_").replace("__para_", ".")


def _own(document: Document) -> str:
    places = Places.of(document.law)
    found = [
        resolve(citation, located.address, places)
        for located in locate(document.law)
        for citation in find_citations(located.provision.text)
    ]
    return " | ".join("!" if one.problem else " ".join(map(_short, one.targets)) for one in found)


@pytest.mark.parametrize("name", sorted(EXAMPLE))
def test_the_example_law_cites_what_a_reader_says(name: str) -> None:
    data = (CASES / "example-law" / name).read_bytes()
    assert _own(read_source(data, name=name)) == EXAMPLE[name]


def test_the_seeds_cite_what_a_reader_says(seed: Callable[[str], Document]) -> None:
    cited = {
        name: _own(seed(name)) for name in ("guangzhou", "qingdao", "shijiazhuang", "shenzhen")
    }
    assert cited == {"guangzhou": "90.1", "qingdao": "", "shijiazhuang": "", "shenzhen": ""}


SHENZHEN = (
    "9 10", "11 12 13 14 15 16 17 18", "19 20 21 24 25 26 27", "29", "22 23 30", "32", "33", "34",
    "35", "36", "38", "40", "44 45 46", "42 43 47 48 49 50 51 52", "53", "54 55", "56 57 58 59",
    "61",
)  # fmt: skip


def test_the_note_of_a_seed_cites_what_a_reader_says(seed: Callable[[str], Document]) -> None:
    document = seed("shenzhen")
    claims = find_claims(document.note or "", document.law)
    assert tuple(" ".join(map(_short, c.addresses)) for c in claims) == SHENZHEN


EXAMPLE_NOTE = (
    "3", "6", "chp_2 7 8", "9", "12.2", "13", "16 20 25 26 27", "36 37 38 39",
)  # fmt: skip


def test_the_note_of_the_example_law_cites_what_a_reader_says() -> None:
    folder = CASES / "example-law"
    law = read_source((folder / "2-consultation_draft.txt").read_bytes(), name="draft").law
    claims = find_claims((folder / "note-consultation_draft.txt").read_text(encoding="utf-8"), law)
    assert tuple(" ".join(map(_short, c.addresses)) for c in claims) == EXAMPLE_NOTE


def test_the_sample_holds_at_least_200_citations() -> None:
    by_hand = sum(max(len(find_citations(text)), not wanted) for _, text, wanted in SENTENCES)
    example = sum(len(row.split("|")) for row in EXAMPLE.values())
    assert by_hand + example + 18 + 13 + 1 >= 200  # the two notes, and one of a seed
