"""A workspace with the invented law in its four stages, and a hostile one, built once a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.site.hostile import hostile_arrivals, hostile_fields
from tracker.site import template
from tracker.store.ingest import ingest
from tracker.store.model import Given, Incoming
from tracker.store.versions import Store

EXAMPLE = Path(__file__).resolve().parents[1] / "cases" / "example-law"
LAW = "example-public-data"


def fill_with_example(store: Store) -> None:
    """Ingest the four stages of the invented law, with the 说明 of its second one."""
    note = (EXAMPLE / "note-consultation_draft.txt").read_bytes()
    for path in sorted(EXAMPLE.glob("[0-9]-*.txt")):
        given = Given(
            note=note if "consultation" in path.name else None,
            source_url=f"https://example.invalid/{path.stem}",
        )
        ingest(store, path.read_bytes(), name=path.name, law_id=LAW, given=given)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its store and site files; nothing is built in it yet. Do not write to it."""
    folder = tmp_path_factory.mktemp("workspace")
    template.write(folder)
    with Store.create(folder) as store:
        fill_with_example(store)
    return folder


def _hostile(folder: Path, arrivals: Iterable[Incoming]) -> Path:
    template.write(folder)
    with Store.create(folder) as store:
        for arrival in arrivals:
            store.save(arrival)
    return folder


@pytest.fixture(scope="session")
def hostile_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a law that holds hostile strings in each of its fields."""
    return _hostile(tmp_path_factory.mktemp("hostile"), hostile_arrivals())


@pytest.fixture(scope="session")
def hostile_fields_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and besides a law for each hostile string, which stands in all of its fields."""
    arrivals = (*hostile_arrivals(), *hostile_fields())
    return _hostile(tmp_path_factory.mktemp("hostile-fields"), arrivals)


@pytest.fixture
def store(workspace: Path) -> Iterator[Store]:
    with Store.open(workspace) as opened:
        yield opened
