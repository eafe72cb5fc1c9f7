"""How many internal citations of a corpus of laws resolve, and which do not."""

from __future__ import annotations

import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tracker.law.address import Located, locate
from tracker.law.model import Law, Unit
from tracker.law.problems import Problem, TrackerError
from tracker.parse.citations import Citation, CitationKind, Places, find_citations, resolve
from tracker.parse.citations.elsewhere import as_external
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
TARGET = 0.99  # share of internal citations that must resolve
SHOWN = 400  # citations without a target that are printed with --missing


def laws(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each law of the corpus, as the archive has them."""
    with tarfile.open(corpus, "r:xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.name.endswith(".txt") else None
            if held is not None:
                yield member.name, held.read()


def points_elsewhere(citation: Citation, places: Places) -> bool:
    """Whether what is missing here is not expected here.

    A part of a code (合同编) cites the other parts, and a text without 条 has none.
    """
    title, units = places.law.title, {unit for t in citation.targets for unit, _ in t.first}
    if not places.articles:
        return Unit.ARTICLE in units or bool(citation.within)
    if citation.base is not None:
        units.add(citation.base.unit)
    is_part = places.articles[0].value > 1 or title.endswith("总则")
    if is_part and Unit.PART in units:
        return True
    first, last = places.articles[0], places.articles[-1]
    ends = [e for t in citation.targets for e in (t.first, t.last) if e]
    cited = [number for path in ends for unit, number in path if unit is Unit.ARTICLE]
    return is_part and any(not first <= number <= last for number in cited)


def begins_article(citation: Citation, located: Located) -> bool:
    """……制定本规则。第二条凡辖有航空器的: an article that the source did not set apart."""
    text, start = located.provision.text, citation.start
    return citation.text.endswith("条") and start > 0 and text[start - 1] == "。"


def targets(law: Law, kinds: Counter[str]) -> Iterator[Problem]:
    """Count the citations of a law by kind, and give those of its own that lack a target.

    第二条、第九条 without 第九条 counts as one that lacks its target.
    """
    places = Places.of(law)
    for located in locate(law):
        for written in find_citations(located.provision.text):
            citation = as_external(written, located.address, places)
            kinds[citation.kind.value] += 1
            if citation.kind is CitationKind.EXTERNAL:
                continue
            found = resolve(citation, located.address, places)
            if found.problem is None:
                continue
            if points_elsewhere(citation, places):
                kinds["elsewhere"] += 1
            elif begins_article(citation, located):
                kinds["no citation"] += 1
            else:
                yield found.problem


def main() -> None:
    """Print the figures; with ``--missing`` also citations that do not resolve."""
    if not CORPUS.is_file():
        print(f"no corpus at {CORPUS.name} beside the project: nothing measured")
        return
    kinds: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    missing: list[str] = []
    for path, data in laws(CORPUS):
        try:
            law = read_source(data, name=path).law
        except TrackerError:
            codes["unreadable"] += 1
            continue
        for found in targets(law, kinds):
            codes[found.code] += 1
            missing.append(f"{path} {found.address} {found.quote} {found.message}")
    own = kinds["internal"] + kinds["relative"] - kinds["elsewhere"] - kinds["no citation"]
    lost = sum(codes.values()) - codes["unreadable"]
    share = (own - lost) / max(own, 1)
    print(f"citations: {dict(sorted(kinds.items()))}")
    print(f"resolved:  {own - lost} of {own} of the same law, {share:.2%} (target {TARGET:.0%})")
    for code, count in codes.most_common():
        print(f"  {code:24} {count}")
    if "--missing" in sys.argv[1:]:
        step = max(len(missing) // SHOWN, 1)
        print("\n".join(missing[::step][:SHOWN]))


if __name__ == "__main__":
    main()
