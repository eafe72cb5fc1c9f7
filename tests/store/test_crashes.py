"""Whatever is cut short, nothing acknowledged is lost and the next command needs no help."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from tests.long import kill_ingest, many_writers
from tests.long.writing import leftovers
from tracker.law.model import Stage
from tracker.store.journal import JOURNAL, mark, marks
from tracker.store.model import Incoming
from tracker.store.versions import Store


def forked(work: Callable[[int], None]) -> tuple[int, IO[str]]:
    """Run `work` in a child with a process group of its own: its pid, and what it writes."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            os.close(read_end)
            work(write_end)
            status = 0
        finally:
            os._exit(status)
    os.close(write_end)
    return child, os.fdopen(read_end, encoding="utf-8")


def test_killed_at_40_random_moments_nothing_acknowledged_is_lost(tmp_path):
    kill_ingest.run(tmp_path / "work", 40, 20211112, longest=0.06, say=lambda _: None)


def test_four_writers_at_once_lose_and_mix_nothing(tmp_path):
    assert "60 acknowledged" in many_writers.run(tmp_path / "work", 4, 15)


def dies_at(step: int, folder: Path, incoming: Incoming) -> bool:
    """Save in a child that dies before its n-th call that touches a file or starts a process.

    True if it died, False if it came to its end first.
    """
    watched = ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "subprocess.Popen")

    def work(_: int) -> None:
        count = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            inside = event == "subprocess.Popen" or str(arguments[0]).startswith(str(folder))
            if event in watched and inside:
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        with Store.open(folder) as store:
            store.save(incoming)

    child, lines = forked(work)
    lines.close()
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_killed_before_each_call_that_touches_a_file_the_next_ingest_works(
    store, arrive, run_git, is_sound
):  # fmt: skip
    store.save(arrive(Stage.DRAFT, "1999-01-01", "零。"))
    store.close()
    step = 1
    while dies_at(step, store.root, arrive(Stage.DRAFT, f"20{step:02}-01-01", f"第{step}步。")):
        with Store.open(store.root) as again:
            again.save(arrive(Stage.ENACTED, f"20{step:02}-02-01", f"又{step}。"))
            there = again.version_ids("shili-data")
            assert "1999-01-01-draft" in there
            half_done = f"20{step:02}-01-01-draft"
            if half_done in there:
                assert f"第{step}步。" in again.load("shili-data", half_done).text
        assert not leftovers(store.root / ".git")
        assert not (store.root / ".git/tracker-index").exists()
        assert run_git(store.root, "status", "--porcelain") == ""
        step += 1
    assert step > 12
    is_sound(store.root)


def test_a_cut_between_commit_and_work_tree_is_healed_by_the_next_reader(
    store, arrive, is_sound, monkeypatch
):  # fmt: skip
    def cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.store.transaction._refresh", cut)
    with pytest.raises(KeyboardInterrupt):
        store.save(arrive())
    monkeypatch.undo()
    assert not (store.root / "versions/shili-data").exists()
    with Store.open(store.root) as again:
        assert again.healed
        assert again.version_ids("shili-data") == ("2021-11-12-draft",)
    with Store.open(store.root) as again:
        assert not again.healed
    is_sound(store.root)


def begin(git_dir: Path, run_git) -> Path:
    """Leave what a write leaves that dies before it commits anything."""
    return mark(git_dir, run_git(git_dir, "rev-parse", "HEAD").strip(), "refs/heads/main")


def test_a_dead_lock_of_an_import_is_swept_and_a_foreign_one_is_not(store, arrive, run_git):
    store.save(arrive(Stage.DRAFT, "2000-01-01"))
    git_dir = store.root / ".git"
    begin(git_dir, run_git)
    (git_dir / "HEAD.lock").touch()
    (git_dir / "refs/heads/main.lock").touch()
    store.save(arrive(Stage.ENACTED, "2001-01-01"))
    old = time.time() - 7200
    begin(git_dir, run_git)
    (git_dir / "HEAD.lock").touch()
    os.utime(git_dir / "HEAD.lock", (old, old))
    Store.open(store.root).close()
    assert (git_dir / "HEAD.lock").exists()


def test_a_dead_lock_in_a_bare_repository_is_swept_too(tmp_path, arrive, run_git):
    with Store.create(tmp_path / "bare", bare=True) as store:
        store.save(arrive(Stage.DRAFT, "2000-01-01"))
        assert not leftovers(store.root)
        begin(store.root, run_git)
        (store.root / "refs/heads/main.lock").touch()
        store.save(arrive(Stage.ENACTED, "2001-01-01"))
        assert len(store.version_ids("shili-data")) == 2


def test_a_dead_lock_on_our_copy_of_the_index_stops_nobody(store, arrive, is_sound):
    (store.root / ".git/tracker-index").touch()
    (store.root / ".git/tracker-index.lock").touch()
    store.save(arrive(Stage.DRAFT, "2000-01-01"))
    is_sound(store.root)


def test_a_torn_journal_stops_nobody(store, arrive, is_sound):
    store.save(arrive(Stage.DRAFT, "2000-01-01"))
    (store.root / ".git" / JOURNAL).write_bytes(b'{"ref": "ref')
    Store.open(store.root).close()
    store.save(arrive(Stage.ENACTED, "2001-01-01"))
    is_sound(store.root)


def test_files_that_a_power_cut_left_empty_are_written_anew_and_edits_stay(store, arrive, is_sound):
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    store.save(arrive(Stage.ENACTED, "2001-01-01", "乙。"))
    folder = store.root / "versions/shili-data"
    for name in ("2000-01-01-draft/text.txt", "2001-01-01-enacted/meta.json", "law.toml"):
        (folder / name).write_bytes(b"")
    Store.open(store.root).close()
    is_sound(store.root)
    (folder / "law.toml").write_text("title = '改'\n", encoding="utf-8")
    (folder / "2000-01-01-draft/source.txt").unlink()
    Store.open(store.root).close()
    assert (folder / "law.toml").read_text("utf-8") == "title = '改'\n"
    assert not (folder / "2000-01-01-draft/source.txt").exists()


def cut_short(store: Store, incoming: Incoming, monkeypatch) -> None:
    """Save, and die after the commit; then the power is cut, and what was not flushed is lost."""

    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tracker.store.transaction._refresh", cut)
        with pytest.raises(KeyboardInterrupt):
            store.save(incoming)
    for name in (store.root / ".git").glob("tracker-writing.*"):
        name.write_bytes(b"")


NEW = "versions/shili-data/2001-01-01-enacted"
TORN: dict[str, dict[str, Callable[[bytes], bytes]]] = {
    "nothing is there": {},
    "all are empty": dict.fromkeys(("text.txt", "meta.json", "source.txt"), lambda _: b""),
    "one is zeros": {"text.txt": lambda data: bytes(len(data))},
    "one is cut at a page": {"source.txt": lambda data: data[:4096]},
}


@pytest.mark.parametrize("left", TORN.values(), ids=TORN.keys())
def test_what_a_power_cut_leaves_of_an_ingest_is_told_from_the_commit_alone(
    store, arrive, is_sound, monkeypatch, left
):  # fmt: skip
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    incoming = arrive(Stage.ENACTED, "2001-01-01", "乙。", source=b"x" * 9000)
    cut_short(store, incoming, monkeypatch)
    (store.root / NEW).mkdir(parents=True)
    with Store.create(store.root.parent / "whole") as other:
        other.save(incoming)
        for name, tear in left.items():
            (store.root / NEW / name).write_bytes(tear((other.root / NEW / name).read_bytes()))
    (store.root / NEW / ".text.txt.tracker-new").write_bytes(b"half")
    Store.open(store.root).close()
    assert not leftovers(store.root / ".git")
    is_sound(store.root)


def test_what_people_did_meanwhile_is_not_taken_for_what_a_power_cut_left(
    store, arrive, monkeypatch, run_git
):  # fmt: skip
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    cut_short(store, arrive(Stage.ENACTED, "2001-01-01", "乙。"), monkeypatch)
    (store.root / NEW).mkdir(parents=True)
    (store.root / NEW / "text.txt").write_text("改\n", encoding="utf-8")
    (store.root / "versions/shili-data/2000-01-01-draft/meta.json").unlink()
    Store.open(store.root).close()
    assert (store.root / NEW / "text.txt").read_text("utf-8") == "改\n"
    assert run_git(store.root, "status", "--porcelain").split() == [
        "D", "versions/shili-data/2000-01-01-draft/meta.json", "M", f"{NEW}/text.txt",
    ]  # fmt: skip


def test_on_another_branch_there_is_nothing_to_finish(store, arrive, monkeypatch, run_git):
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    run_git(store.root, "branch", "other")
    run_git(store.root, "switch", "-q", "other")
    store.save(arrive(Stage.ENACTED, "2000-02-01", "丙。"))
    run_git(store.root, "switch", "-q", "main")
    cut_short(store, arrive(Stage.ENACTED, "2001-01-01", "乙。"), monkeypatch)
    run_git(store.root, "symbolic-ref", "HEAD", "refs/heads/other")
    run_git(store.root, "reset", "-q", "--hard")
    Store.open(store.root).close()
    assert not leftovers(store.root / ".git")
    assert run_git(store.root, "status", "--porcelain") == ""


def test_a_torn_list_of_recent_files_is_made_from_the_latest_commits(store, arrive, is_sound):
    for day in range(1, 5):
        store.save(arrive(Stage.DRAFT, f"2000-01-{day:02}", f"{day}。"))
    (store.root / ".git/tracker-recent.json").write_bytes(b"")
    for day in (1, 4):
        (store.root / f"versions/shili-data/2000-01-{day:02}-draft/text.txt").write_bytes(b"")
    Store.open(store.root).close()
    is_sound(store.root)
    (store.root / "versions/shili-data/law.toml").write_bytes(b"")
    Store.open(store.root).close()
    is_sound(store.root)


def test_an_index_that_a_power_cut_left_empty_is_made_anew(store, arrive, is_sound):
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    (store.root / ".git/index").write_bytes(b"")
    store.save(arrive(Stage.ENACTED, "2001-01-01", "乙。"))
    is_sound(store.root)


def test_after_many_ingests_everything_is_flushed_once(store, arrive, monkeypatch):
    flushed = []
    monkeypatch.setattr("tracker.store.recent.MOST", 10)
    monkeypatch.setattr(os, "sync", lambda: flushed.append(1))
    for day in range(1, 9):
        store.save(arrive(Stage.DRAFT, f"2000-01-{day:02}", f"{day}。"))
    assert len(flushed) == 3  # at the first write, and after every fourth
    store.save_all([arrive(Stage.DRAFT, f"2001-01-{day:02}", f"{day}。") for day in range(1, 9)])
    assert len(flushed) == 4
    assert not (store.root / ".git/tracker-recent.json").exists()


def test_an_import_that_died_while_finishing_its_pack_can_be_repeated(
    store, arrive, is_sound, run_git
):  # fmt: skip
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    run_git(store.root, "branch", "before")
    incoming = arrive(Stage.ENACTED, "2001-01-01", "乙。")
    packs = store.root / ".git/objects/pack"
    there = set(packs.iterdir())
    saved = store.save(incoming)
    (idx,) = (path for path in set(packs.iterdir()) - there if path.suffix == ".idx")
    run_git(store.root, "reset", "-q", "--hard", "before")
    store.close()
    for path in (idx, idx.with_suffix(".rev")):
        path.unlink(missing_ok=True)
    begin(store.root / ".git", run_git)
    idx.with_suffix(".keep").write_bytes(b"fast-import")
    with Store.open(store.root) as again:
        assert again.save(incoming).commit == saved.commit
    assert not list(packs.glob("*.keep"))
    run_git(store.root, "branch", "-D", "before")
    is_sound(store.root)


@pytest.mark.parametrize("left", [b"", b"fast-"])
def test_a_mark_on_a_pack_that_never_came_does_not_stop_the_same_import(
    store, arrive, is_sound, run_git, left
):  # fmt: skip
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    incoming = arrive(Stage.ENACTED, "2001-01-01", "乙。")
    with Store.create(store.root.parent / "twin") as twin:
        twin.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
        there = set((twin.root / ".git/objects/pack").glob("*.pack"))
        twin.save(incoming)
        (pack,) = set((twin.root / ".git/objects/pack").glob("*.pack")) - there
    begin(store.root / ".git", run_git)
    keep = store.root / ".git/objects/pack" / pack.with_suffix(".keep").name
    keep.write_bytes(left)
    store.save(incoming)
    assert not keep.exists()
    is_sound(store.root)


def test_a_ref_lock_that_a_finished_import_could_not_remove_is_swept(
    store, arrive, is_sound, monkeypatch
):  # fmt: skip
    store.save(arrive(Stage.DRAFT, "2000-01-01", "甲。"))
    lock = store.root / ".git/HEAD.lock"
    append = store._repository.append
    monkeypatch.setattr(store._repository, "append", lambda *a: (append(*a), lock.touch())[0])
    store.save(arrive(Stage.ENACTED, "2001-01-01", "乙。"))
    monkeypatch.undo()
    assert lock.exists()
    store.save(arrive(Stage.ENACTED, "2002-01-01", "丙。"))
    assert not lock.exists()
    is_sound(store.root)


def test_a_write_that_ends_while_it_is_looked_at_stops_no_reader(store, arrive, monkeypatch):
    store.save(arrive())
    git_dir = store.root / ".git"
    place = mark(git_dir, None, "refs/heads/main")
    listed = list(git_dir.iterdir())
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    place.unlink()
    assert marks(git_dir) == ()
