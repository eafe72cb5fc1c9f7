"""A seeded sample of the citations of the corpus, to be read by a person: --seed=7 --size=200.

Prints each with its sentence, where it points, and the words that stand there. What was read goes
into tests/parse/citation_sample.json, which holds places and addresses only; --rows prints these.
Citations that are in it already are not drawn again. --by-form draws as many of each way of citing,
rare ones too, in place of the natural mix.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.citations_corpus import CORPUS, laws
from tracker.law.address import Address, locate
from tracker.law.problems import TrackerError
from tracker.parse.citations import Citation, CitationKind, Places, find_citations, resolve
from tracker.parse.citations.elsewhere import as_external
from tracker.parse.reading import read_source

READ = Path(__file__).resolve().parents[1] / "tests" / "parse" / "citation_sample.json"
SEED = 1
SIZE = 200
BEFORE, BEHIND, SHOWN = 90, 50, 46  # characters shown of the sentence and of each target
MOST_SHOWN = 3
TITLE = re.compile("《[^》]*》+")
NUMBER = re.compile("[零〇一二三四五六七八九十百千0-9]+")
LIST = re.compile("(第?N[条款项][、和，]?){2,}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A citation of the corpus: the law's path, the provision and its text, and the how-many-th."""

    path: str
    at: Address
    position: int
    citation: Citation
    text: str
    places: Places


def _all(read: frozenset[tuple[str, str, int]]) -> Iterator[Drawn]:
    for path, data in laws(CORPUS):
        try:
            places = Places.of(read_source(data, name=path).law)
        except TrackerError:
            continue
        for located in locate(places.law):
            text = located.provision.text
            for position, citation in enumerate(find_citations(text)):
                if (path, str(located.address), position) not in read:
                    yield Drawn(path, located.address, position, citation, text, places)


def _show(count: int, drawn: Drawn) -> None:
    citation = as_external(drawn.citation, drawn.at, drawn.places)
    found = resolve(drawn.citation, drawn.at, drawn.places)
    start, end = citation.start, citation.end
    before, behind = drawn.text[max(0, start - BEFORE) : start], drawn.text[end : end + BEHIND]
    print(f"#{count} {drawn.path} {drawn.at} [{drawn.position}] {citation.kind.value}")
    print(f"   {before}⟦{citation.text}⟧{behind}")
    if found.problem is not None:
        print(f"   -> {found.problem.message}")
        return
    print(f"   -> {' '.join(map(str, found.targets)) or '《' + (citation.title or '') + '》'}")
    for address in found.targets[:MOST_SHOWN]:
        provision = drawn.places.by_address[address].provision
        words = (provision.caption or "") + provision.text
        words = words or "".join(child.text for child in provision.children)
        print(f"      {address}: {words[:SHOWN]}")


def _row(drawn: Drawn) -> str:
    found = resolve(drawn.citation, drawn.at, drawn.places)
    targets = None if found.problem else [str(address) for address in found.targets]
    row: list[object] = [drawn.path, str(drawn.at), drawn.position, targets]
    title = as_external(drawn.citation, drawn.at, drawn.places).title
    return json.dumps([*row, title] if title else row, ensure_ascii=False)


def _form(drawn: Drawn) -> tuple[str, ...]:
    """How a citation is written, its numbers and names left out, and where it stands."""
    citation = drawn.citation
    words = TITLE.sub("《》", citation.text)
    if citation.kind is CitationKind.EXTERNAL:
        words = words.replace(citation.title or "《》", "")
    words = LIST.sub("*", NUMBER.sub("N", words))
    units = (drawn.at.steps[0][0].value, drawn.at.steps[-1][0].value)
    return (citation.kind.value, words, str(citation.after is None), *units)


def _by_form(everything: list[Drawn], chance: random.Random, size: int) -> list[Drawn]:
    """One citation of each of `size` ways of citing."""
    forms: dict[tuple[str, ...], list[Drawn]] = {}
    for one in everything:
        forms.setdefault(_form(one), []).append(one)
    return [chance.choice(forms[form]) for form in chance.sample(sorted(forms), size)]


def _option(name: str, otherwise: int) -> int:
    given = [word.partition("=")[2] for word in sys.argv[1:] if word.startswith(f"--{name}=")]
    return int(given[0]) if given else otherwise


def main() -> None:
    """Print the sample, or with ``--rows`` the lines that record it."""
    if not CORPUS.is_file():
        print(f"no corpus at {CORPUS.name} beside the project: nothing drawn")
        return
    known = frozenset((path, at, n) for path, at, n, *_ in json.loads(READ.read_text("utf-8")))
    everything = list(_all(known))
    chance, size = random.Random(_option("seed", SEED)), _option("size", SIZE)
    by_form = "--by-form" in sys.argv[1:]
    drawn = _by_form(everything, chance, size) if by_form else chance.sample(everything, size)
    print(f"{len(drawn)} of {len(everything)} citations that nobody has read yet")
    for count, one in enumerate(drawn):
        if "--rows" in sys.argv[1:]:
            print(f"{_row(one)},")
        else:
            _show(count, one)


if __name__ == "__main__":
    main()
