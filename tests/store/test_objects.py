"""What git holds is read as it was stored or not at all, and who cannot read it says so."""

from __future__ import annotations

import zlib

import pytest

from tests.store.conftest import blob_path, failure
from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.store.git.repository import Repository
from tracker.store.versions import Store

D, E = Stage.DRAFT, Stage.ENACTED


TEXT = "versions/shili-data/2000-01-01-draft/text.txt"
DAMAGES = {
    "flipped bit": lambda data: data[:-8] + bytes([data[-8] ^ 1]) + data[-7:],
    "cut short": lambda data: data[: len(data) // 2],
    "emptied": lambda _: b"",
    "another text under the same name": lambda _: zlib.compress(b"blob 6\0forged"),
    "another kind": lambda _: zlib.compress(b"tree 0\0"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("name", ["text.txt", "meta.json", "source.txt"])
def test_a_damaged_object_is_named_and_never_returned(store, arrive, run_git, name, damage):
    store.save(arrive(D, "2000-01-01", "甲。"))
    store.save(arrive(E, "2001-01-01", "乙。", law_id="other"))
    store.close()
    victim = blob_path(run_git, store.root, TEXT.replace("text.txt", name))
    victim.chmod(0o644)
    victim.write_bytes(damage(victim.read_bytes()))
    with Store.open(store.root) as again:
        read = again.resolve if name != "source.txt" else lambda n: again.source(again.resolve(n))
        error = failure(read, "shili-data@2000-01-01-draft")
        assert error.code == "corrupt-version"
        assert "shili-data@2000-01-01-draft" in error.message
        assert again.resolve("other").stage is E


def test_a_missing_object_is_named(store, arrive, run_git):
    store.save(arrive(D, "2000-01-01"))
    store.close()
    blob_path(run_git, store.root, TEXT).unlink()
    with Store.open(store.root) as again:
        assert failure(again.versions, "shili-data").code == "corrupt-version"


def test_a_version_changed_by_a_later_commit_is_found_out(store, arrive, run_git):
    store.save(arrive(D, "2000-01-01", "甲。"))
    path = store.root / TEXT
    path.write_text(path.read_text("utf-8").replace("甲", "乙"), encoding="utf-8")
    assert "甲" in store.resolve("shili-data").text
    run_git(store.root, "commit", "-qam", "tamper")
    assert failure(store.resolve, "shili-data").code == "corrupt-version"


def test_a_replaced_object_is_not_followed_and_stops_writing(store, arrive, run_git, tmp_path):
    store.save(arrive(D, "2000-01-01", "甲。"))
    forged = tmp_path / "forged"
    forged.write_text("伪造\n", encoding="utf-8")
    new = run_git(store.root, "hash-object", "-w", str(forged)).strip()
    run_git(store.root, "replace", run_git(store.root, "rev-parse", f"HEAD:{TEXT}").strip(), new)
    with Store.open(store.root) as again:
        assert "甲" in again.resolve("shili-data").text
        assert failure(again.save, arrive(E, "2001-01-01")).code == "tainted-store"


def test_a_store_whose_branch_cannot_be_read_is_not_taken_for_an_empty_one(store, arrive, stub_git):
    store.save(arrive(D, "2000-01-01"))
    store.close()
    stub_git(
        'case "$*" in *--batch) while read -r name; do echo "$name missing"; done;;'
        ' *) exec "$REAL" "$@";; esac'
    )
    assert failure(store.save, arrive(E, "2001-01-01")).code == "corrupt-store"
    assert failure(store.laws).code == "corrupt-store"


def test_a_commit_is_found_by_name_and_a_name_that_is_none_is_an_error(tmp_path, arrive):
    with Store.create(tmp_path) as store:
        store.save(arrive(Stage.DRAFT, "2020-01-01"))
    with Repository.open(tmp_path) as repository:
        head = repository.commit("HEAD")
        assert repository.commit("main") == repository.commit(head) == head
        assert repository.merge_base(head, head) == head
        for wrong in ("nowhere", "--all", "a b", "HEAD\nHEAD", "", "0" * 40):
            with pytest.raises(TrackerError) as caught:
                repository.commit(wrong)
            assert caught.value.code == "no-such-revision"


def test_sizes_are_told_without_reading(tmp_path, arrive):
    with Store.create(tmp_path) as store:
        store.save(arrive(Stage.DRAFT, "2020-01-01"))
    with Repository.open(tmp_path) as repository:
        commit = repository.commit("HEAD")
        size = len(repository.read(commit)[1])
        assert repository.sizes([commit, "f" * 40]) == (size, None)
