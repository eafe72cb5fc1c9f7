"""All texts of a store at once are the stored ones, and a damaged one is never among them."""

from __future__ import annotations

import pytest

from tests.store.conftest import blob_path
from tracker.law.model import Stage
from tracker.law.problems import TrackerError

D, E = Stage.DRAFT, Stage.ENACTED


def test_every_version_that_was_ever_stored_is_there_once_with_its_text(store, arrive):
    assert list(store.texts()) == []
    store.save(arrive(D, "2000-01-01", "甲。"))
    store.save(arrive(D, "2000-01-01", "乙。", corrects="2000-01-01-draft"))
    store.save(arrive(E, "2001-01-01", "丙。", law_id="other"))
    read = dict(store.texts())
    versions = [v for law in store.law_ids() for v in store.versions(law, superseded=True)]
    assert read == {(v.law_id, v.version_id): v.text for v in versions}
    assert len(read) == 3


@pytest.mark.parametrize("name", ["text.txt", "meta.json"])
def test_a_damaged_text_is_named_and_not_given(store, arrive, run_git, name):
    store.save(arrive(D, "2000-01-01", "甲。"))
    store.close()
    victim = blob_path(run_git, store.root, f"versions/shili-data/2000-01-01-draft/{name}")
    victim.chmod(0o644)
    victim.write_bytes(b"")
    with pytest.raises(TrackerError) as caught:
        list(store.texts())
    assert caught.value.code == "corrupt-version"
    assert "shili-data@2000-01-01-draft" in caught.value.message
