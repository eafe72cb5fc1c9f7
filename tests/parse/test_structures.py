"""Each named structure of Chinese legislation has a short source and what is made of it.

A folder of tests/cases/structures holds `source.txt` (invented) and `expected.txt`: the canonical
text, the tree, what was rewritten and left out, and the problems. `--rewrite-cases` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.law.address import locate
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.reading import read_source

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "structures"
NAMES = sorted(path.name for path in FOLDER.iterdir())
SILENT = {"missing-stage", "missing-date"}  # said of nearly every short source


def described(document: Document) -> str:
    """All that reading gave, for people to check."""
    law = document.law
    blocks = [("canonical", canonical.write(law).rstrip("\n").split("\n"))]
    tree = [
        f"{'  ' * len(one.parents)}{one.address}"
        + (f" 【{one.provision.caption}】" if one.provision.caption else "")
        + (f" （{one.provision.responsible}）" if one.provision.responsible else "")
        for one in locate(law)
    ]
    blocks.append(("tree", tree))
    ledger = [f"{code} {count}" for code, count in document.ledger.rewrites]
    ledger += [
        f"{one.place.line}:{one.place.column} {one.reason}: {one.text!r}"
        for one in document.ledger.dropped
    ]
    blocks.append(("ledger", ledger))
    problems = [f"{p.code}: {p.message}" for p in document.problems if p.code not in SILENT]
    blocks.append(("problems", problems))
    blocks.append(("note", (document.note or "").split("\n") if document.note else []))
    blocks.append(("notice", document.notice.text.split("\n") if document.notice else []))
    return "".join(f"== {name}\n" + "".join(f"{x}\n" for x in xs) for name, xs in blocks if xs)


@pytest.mark.parametrize("name", NAMES)
def test_a_structure_is_read_as_expected(name: str, request: pytest.FixtureRequest) -> None:
    document = read_source((FOLDER / name / "source.txt").read_bytes(), name=name)
    found, path = described(document), FOLDER / name / "expected.txt"
    if request.config.getoption("--rewrite-cases"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_is_read_again_from_its_canonical_text(name: str) -> None:
    law = read_source((FOLDER / name / "source.txt").read_bytes(), name=name).law
    assert canonical.read(canonical.write(law)) == law
