"""An ingest is acknowledged only when it is proven, and other people's work is left alone."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.store.conftest import failure
from tracker.law.model import Stage
from tracker.store import transaction
from tracker.store.versions import Store

D, E = Stage.DRAFT, Stage.ENACTED


LIES = {
    "says nothing and does nothing": "cat >/dev/null; exit 0",
    "names a commit that is not there": f"cat >/dev/null; echo {'1' * 40}; exit 0",
    "names the commit that was there": 'cat >/dev/null; exec "$REAL" rev-parse HEAD',
    "prints rubbish": "cat >/dev/null; echo done; exit 0",
    "fails": "cat >/dev/null; echo 'fatal: no' >&2; exit 128",
    "is killed": "kill -9 $$",
    "reads half": 'head -c 200 | "$REAL" "$@"',
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_git_that_does_not_do_its_work_is_not_believed(store, arrive, stub_git, lie):
    store.save(arrive(D, "2000-01-01"))
    stub_git(f'case "$*" in *fast-import*) {lie};; *) exec "$REAL" "$@";; esac')
    error = failure(store.save, arrive(E, "2001-01-01"))
    assert error.code == "store-failed"
    assert store.version_ids("shili-data") == ("2000-01-01-draft",)
    stub_git('exec "$REAL" "$@"')
    store.save(arrive(E, "2001-01-01"))
    assert len(store.version_ids("shili-data")) == 2


def test_a_full_disk_is_said_so(store, arrive, stub_git):
    stub_git(
        'case "$*" in *fast-import*) cat >/dev/null; '
        'echo "fatal: write error: No space left on device" >&2; exit 128;; esac; exec "$REAL" "$@"'
    )
    assert failure(store.save, arrive()).code == "disk-full"
    assert store.laws() == ()


def test_each_ingest_flushes_pack_index_and_ref(store, arrive, stub_git, tmp_path, monkeypatch):
    store.save(arrive(D, "2000-01-01"))
    log = tmp_path / "trace"
    stub_git(f'export GIT_TRACE2_EVENT={log}; exec "$REAL" "$@"')
    flushed = []
    fsync = os.fsync

    def spy(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spy)
    store.save(arrive(E, "2001-01-01"))
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    counts = [int(e["value"]) for e in events if e.get("key") == "fsync/hardware-flush"]
    assert sum(counts) == 3
    assert sorted(flushed) == ["heads", "pack", "refs"]


READING = ("rev-parse", "cat-file", "config", "ls-files")


def test_an_ingest_is_two_git_processes_and_the_same_flushes_whatever_is_stored(
    store, arrive, stub_git, tmp_path, monkeypatch
):  # fmt: skip
    log = tmp_path / "commands"
    stub_git(f'echo "$*" >> {log}; exec "$REAL" "$@"')
    flushed = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: flushed.append(fsync(fd)))
    monkeypatch.setattr(os, "sync", lambda: None)

    def cost(action) -> tuple[list[str], int]:
        log.unlink(missing_ok=True)
        flushed.clear()
        action()
        names = [
            word for line in log.read_text("utf-8").splitlines() for word in line.split(" ")
            if word in (*READING, "fast-import", "update-index", "pack-objects", "read-tree")
        ]  # fmt: skip
        return [name for name in names if name not in READING], len(flushed)

    store.save(arrive(D, "2000-01-01"))
    one = cost(lambda: store.save(arrive(E, "2001-01-01")))
    store.save_all([arrive(D, "2000-01-01", law_id=f"law-{n}") for n in range(120)])
    many = cost(lambda: store.save(arrive(E, "2001-01-01", law_id="law-7")))
    bulk = cost(
        lambda: store.save_all([arrive(E, "2002-01-01", law_id=f"law-{n}") for n in range(50)])
    )
    assert one == many == bulk == (["fast-import", "update-index"], 3)


def test_a_full_disk_is_one_clear_error_and_the_next_ingest_works(tmp_path, arrive, is_sound):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small file system")
    try:
        with Store.create(disk / "work") as store:
            store.save(arrive(D, "2000-01-01", "甲。"))
            for room in (0, 4096):
                with (disk / "ballast").open("wb", buffering=0) as ballast:
                    with contextlib.suppress(OSError):
                        while ballast.write(bytes(4096)):
                            pass
                    ballast.truncate(max(0, ballast.tell() - room))
                incoming = arrive(E, "2001-01-01", "乙。" * 30_000)
                error = failure(store.save, incoming)
                assert error.code == "disk-full", error.message
                assert store.version_ids("shili-data") == ("2000-01-01-draft",)
                (disk / "ballast").unlink()
                Store.open(store.root).close()
                is_sound(store.root)
            store.save(arrive(E, "2001-01-01", "丙。"))
            is_sound(store.root)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_users_staged_and_unstaged_changes_are_untouched(store, arrive, run_git):
    top = store.root
    for name in ("staged", "both", "edited", "deleted", "gone"):
        (top / name).write_text(f"{name} 1\n", encoding="utf-8")
    run_git(top, "add", ".")
    run_git(top, "commit", "-qm", "mine")
    (top / "staged").write_text("staged 2\n", encoding="utf-8")
    (top / "both").write_text("both 2\n", encoding="utf-8")
    (top / "new").write_text("new\n", encoding="utf-8")
    run_git(top, "add", "staged", "both", "new")
    run_git(top, "rm", "-q", "deleted")
    (top / "both").write_text("both 3\n", encoding="utf-8")
    (top / "edited").write_text("edited 2\n", encoding="utf-8")
    (top / "gone").unlink()
    (top / "untracked").touch()
    before = [
        run_git(top, *c) for c in (("status", "--porcelain"), ("diff", "--cached"), ("diff",))
    ]
    store.save(arrive(D, "2000-01-01"))
    store.save(arrive(E, "2001-01-01"))
    after = [run_git(top, *c) for c in (("status", "--porcelain"), ("diff", "--cached"), ("diff",))]
    assert after == before


def test_a_foreign_index_lock_is_waited_for_then_named_and_never_removed(
    store, arrive, monkeypatch
):  # fmt: skip
    store.save(arrive(D, "2000-01-01"))
    lock = store.root / ".git/index.lock"
    lock.write_bytes(b"")
    monkeypatch.setattr(transaction, "INDEX_TIMEOUT", 0.05)
    error = failure(store.save, arrive(E, "2001-01-01"))
    assert error.code == "index-locked"
    assert str(lock) in error.message
    assert lock.exists()
    assert store.version_ids("shili-data") == ("2000-01-01-draft",)
    lock.unlink()
    store.save(arrive(E, "2001-01-01"))


def test_a_shallow_clone_is_read_but_not_written(store, arrive, run_git, tmp_path):
    store.save(arrive(D, "2000-01-01"))
    store.save(arrive(E, "2001-01-01"))
    clone = tmp_path / "shallow"
    run_git(tmp_path, "clone", "-q", "--depth=1", f"file://{store.root}", str(clone))
    with Store.open(clone) as again:
        assert len(again.versions("shili-data")) == 2
        assert failure(again.save, arrive(D, "2002-01-01")).code == "shallow-store"


def test_a_detached_head_is_read_but_not_written(store, arrive, run_git):
    store.save(arrive(D, "2000-01-01"))
    run_git(store.root, "checkout", "-q", "--detach")
    assert store.resolve("shili-data").stage is D
    assert failure(store.save, arrive(E, "2001-01-01")).code == "detached-head"


def test_a_linked_work_tree_is_a_store_on_its_own_branch(
    store, arrive, run_git, tmp_path, is_sound
):
    store.save(arrive(D, "2000-01-01"))
    run_git(store.root, "worktree", "add", "-q", "-b", "feature/x", str(tmp_path / "linked"))
    with Store.open(tmp_path / "linked") as linked:
        linked.save(arrive(E, "2001-01-01"))
        assert len(linked.version_ids("shili-data")) == 2
    assert len(store.version_ids("shili-data")) == 1
    is_sound(tmp_path / "linked")
    is_sound(store.root)


def test_a_link_in_place_of_a_folder_is_not_followed(store, arrive, tmp_path, is_sound):
    outside = tmp_path / "outside"
    outside.mkdir()
    (store.root / "versions/shili-data").symlink_to(outside)
    saved = store.save(arrive())
    assert [problem.code for problem in saved.problems] == ["work-tree-not-refreshed"]
    assert list(outside.iterdir()) == []
    assert store.version_ids("shili-data") == ("2021-11-12-draft",)
    store.save(arrive(law_id="other"))
    (store.root / "versions/shili-data").unlink()
    Store.open(store.root).close()
    is_sound(store.root)


def test_an_index_that_git_did_not_bring_up_to_date_is_brought_there_by_the_next_command(
    store, arrive, is_sound, stub_git
):  # fmt: skip
    store.save(arrive(D, "2000-01-01"))
    stub_git('case "$*" in *update-index*) exec "$REAL" "$@" </dev/null;; esac; exec "$REAL" "$@"')
    saved = store.save(arrive(E, "2001-01-01"))
    assert [problem.code for problem in saved.problems] == ["work-tree-not-refreshed"]
    stub_git('exec "$REAL" "$@"')
    Store.open(store.root).close()
    is_sound(store.root)
