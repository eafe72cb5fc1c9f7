"""How many internal citations of a corpus of laws resolve, and which do not."""

from __future__ import annotations

import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tracker.law.address import locate
from tracker.law.problems import Problem, TrackerError
from tracker.parse.citations import CitationKind, Places, find_citations, resolve
from tracker.parse.reading import read_source

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus.tar.xz"
TARGET = 0.99  # share of internal citations that must resolve
SHOWN = 40  # citations without a target that are printed with --missing


def laws(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each law of the corpus, as the archive has them."""
    with tarfile.open(corpus, "r:xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.name.endswith(".txt") else None
            if held is not None:
                yield member.name, held.read()


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
        places = Places.of(law)
        for located in locate(law):
            for citation in find_citations(located.provision.text):
                kinds[citation.kind.value] += 1
                if citation.kind is CitationKind.EXTERNAL:
                    continue
                found = resolve(citation, located.address, places)
                if isinstance(found, Problem):
                    codes[found.code] += 1
                    missing.append(f"{path} {located.address} {citation.text} {found.message}")
    own = kinds["internal"] + kinds["relative"]
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
