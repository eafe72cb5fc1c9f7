"""Whatever is changed behind the store's back is found, and named by law and version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.long.corrupt_store import found_after_corruption, put
from tests.store.tampering import (
    TAMPERING,
    VICTIM,
    commit,
    edit,
    git,
    of_victim,
    removed,
    reordered,
    squashed,
    truncated,
)
from tracker.law.model import Stage
from tracker.law.problems import Severity, TrackerError
from tracker.store.verify import verify
from tracker.store.versions import Store
from tracker.store.witness import read_witness, write_witness

D, E = Stage.DRAFT, Stage.ENACTED


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two laws of three versions each, read from real sources; not to be written to."""
    root = tmp_path_factory.mktemp("verify") / "work"
    with Store.create(root) as store:
        for year in (2001, 2002, 2003):
            for law_id in ("law-a", "law-b"):
                put(store, law_id, year)
    return root


@pytest.fixture
def root(pristine: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(pristine, copy)
    return copy


def findings(root: Path, **more: object) -> dict[str, set[str]]:
    """What is wrong: version (or law, or "") → codes."""
    done = verify(root, workers=1, **more)  # type: ignore[arg-type]
    found: dict[str, set[str]] = {}
    for one in done.problems:
        name = f"{one.law}@{one.version}" if one.version else one.law
        assert name in one.message or not one.version
        found.setdefault(name, set()).add(one.code)
    return found


def witness_of(root: Path):
    return verify(root, workers=1).witness


def test_a_store_of_ours_is_sound_and_its_witness_reads_back(root):
    done = verify(root, workers=1)
    assert done.problems == ()
    assert (done.laws, done.versions, done.commits) == (2, 6, 6)
    data = write_witness(done.witness)
    assert read_witness(data, "w.json") == done.witness
    assert write_witness(read_witness(data, "w.json")) == data
    assert json.loads(data)["tip"] == done.tip
    assert findings(root, witness=done.witness) == {}


def test_an_empty_store_and_a_bare_one_are_sound(tmp_path, arrive):
    Store.create(tmp_path / "empty").close()
    assert verify(tmp_path / "empty").problems == ()
    with Store.create(tmp_path / "bare", bare=True) as store:
        put(store, "law-a", 2001)
    assert verify(tmp_path / "bare").problems == ()


def test_many_processes_find_what_one_finds(root, monkeypatch):
    monkeypatch.setattr("tracker.store.examine_many._FEWEST", 2)
    edit(root, "text.txt", lambda data: data.replace("规范".encode(), "放宽".encode()))
    commit(root)
    assert verify(root, workers=2).problems == verify(root, workers=1).problems


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_and_named(root, what):
    how, name, code = TAMPERING[what]
    how(root)
    assert code in findings(root).get(name, set()), findings(root)


@pytest.mark.parametrize("how", [truncated, reordered, squashed, of_victim(lambda _: None)])
def test_history_that_was_rewritten_is_found_with_a_witness(root, how):
    witness = witness_of(root)
    how(root)
    assert "history-rewritten" in findings(root, witness=witness)[""]
    assert "history-rewritten" in findings(root, witness=witness, incremental=True)[""]


def test_a_history_rebuilt_with_other_texts_is_named_by_version(root):
    """Everything fits everything in the new store; only the witness knows better."""
    witness = witness_of(root)
    shutil.rmtree(root)
    with Store.create(root) as store:
        for year in (2001, 2002, 2003):
            put(store, "law-a", year)
            put(store, "law-b", year, "数据" if year != 2002 else "算法")
    assert findings(root) == {}
    found = findings(root, witness=witness)
    assert found[VICTIM] == found["law-b@2003-01-01-draft"] == {"version-changed"}
    assert not any(name.startswith("law-a@") for name in found)


def test_versions_that_a_witness_saw_are_missed_by_name(root):
    witness = witness_of(root)
    truncated(root)
    found = findings(root, witness=witness)
    assert found["law-b@2003-01-01-draft"] == {"version-missing"}
    assert found[VICTIM] == {"version-missing"}


def test_incrementally_only_what_came_after_the_witness_is_read(root):
    witness = witness_of(root)
    with Store.open(root) as store:
        put(store, "law-b", 2004)
        put(store, "law-c", 2004)
    done = verify(root, witness=witness, incremental=True, workers=1)
    assert done.problems == ()
    assert (done.versions, done.commits) == (2, 2)
    assert done.witness == witness_of(root)
    edit(root, "text.txt", lambda data: data + "多".encode())
    commit(root)
    found = findings(root, witness=witness, incremental=True)
    assert "version-changed" in found[VICTIM]
    removed(root)
    assert "version-missing" in findings(root, witness=witness, incremental=True)[VICTIM]


def test_two_branches_that_were_merged_are_told_of_and_stay_readable(root):
    git(root, "switch", "-q", "-c", "side")
    with Store.open(root) as store:
        put(store, "law-b", 2004)
    git(root, "switch", "-q", "main")
    with Store.open(root) as store:
        put(store, "law-b", 2005)
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "side")
    done = verify(root, workers=1)
    assert [(p.code, p.severity) for p in done.problems] == [("chain-forked", Severity.WARNING)]
    with Store.open(root) as store:
        put(store, "law-b", 2006)
        assert len(store.versions("law-b")) == 6


def test_the_same_version_stored_on_two_branches_and_merged_is_a_warning(root):
    """Both sides read one source; the records differ in their place in the chain, and git asks."""
    git(root, "switch", "-q", "-c", "side")
    with Store.open(root) as store:
        put(store, "law-b", 2004)
        put(store, "law-b", 2005)
    git(root, "switch", "-q", "main")
    with Store.open(root) as store:
        put(store, "law-b", 2005)
    for kept in ("ours", "theirs"):
        git(root, "merge", "-q", "--no-ff", "-m", "merge", "-X", kept, "side")
        problems = verify(root, workers=1).problems
        assert {(p.code, p.severity) for p in problems} == {("chain-forked", Severity.WARNING)}
        assert "law-b@2005-01-01-draft" in {f"{p.law}@{p.version}" for p in problems}
        git(root, "reset", "-q", "--hard", "HEAD~1")


def test_another_text_that_a_merge_brings_in_is_found(root):
    git(root, "switch", "-q", "-c", "side", "HEAD~1")
    with Store.open(root) as store:
        put(store, "law-b", 2003, "算法")
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "-X", "theirs", "side")
    assert "version-changed" in findings(root)["law-b@2003-01-01-draft"]


def test_a_file_that_was_restored_is_told_of_as_restored(root):
    edit(root, "text.txt", lambda data: data + "多".encode())
    commit(root)
    git(root, "revert", "--no-edit", "HEAD")
    (found,) = verify(root, workers=1).problems
    assert (found.code, found.severity) == ("version-changed", Severity.WARNING)
    assert "恢复" in found.message


def test_files_that_people_edit_are_read(root):
    (root / "versions/law-a/law.toml").write_text("title = \n", encoding="utf-8")
    (root / "versions/law-b/overrides.toml").write_text("[[override]]\n", encoding="utf-8")
    commit(root)
    assert findings(root) == {"law-a": {"bad-law-toml"}, "law-b": {"bad-overrides"}}


def test_an_edit_in_the_work_tree_is_a_warning_and_an_edited_law_toml_is_none(root):
    edit(root, "text.txt", lambda data: data + "多".encode())
    (root / "versions/law-a/law.toml").write_text('title = "新名"\n', encoding="utf-8")
    assert findings(root) == {VICTIM: {"work-tree-differs"}}


def test_a_shallow_clone_is_told_of_and_its_versions_are_read(root, tmp_path):
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "shallow")
    assert findings(tmp_path / "shallow") == {"": {"shallow-store"}}


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"format": "tracker-witness/2"}', b"\xff",
             b'{"format": "tracker-witness/1", "tip": "x", "laws": {}}',
             b'{"format": "tracker-witness/1", "tip": null, "laws": {"a": [["b", 1, "c"]]}}'],
)  # fmt: skip
def test_what_is_no_witness_is_refused(data):
    with pytest.raises(TrackerError) as caught:
        read_witness(data, "w.json")
    assert caught.value.code == "bad-witness"


# --- corruption ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_random_corruption_is_found_and_never_read_as_text(pristine, tmp_path, seed):
    how, found = found_after_corruption(pristine, tmp_path / "copy", seed)
    assert found, how
