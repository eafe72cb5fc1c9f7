"""An ingest is acknowledged only when it is proven, and other people's work is left alone."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import stat
import subprocess
import time
import zlib
from pathlib import Path

import pytest

from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.store import transaction
from tracker.store.git import Repository
from tracker.store.versions import Store

D, E = Stage.DRAFT, Stage.ENACTED


def failure(action, *arguments, **more):
    with pytest.raises(TrackerError) as caught:
        action(*arguments, **more)
    return caught.value


@pytest.fixture
def stub_git(tmp_path, monkeypatch):
    """Puts a script before git on the path; `$REAL` is the real one, `$*` the arguments."""

    real = shutil.which("git")

    def install(body: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        script = folder / "git"
        script.write_text(f"#!/bin/sh\nREAL={real}\n{body}\n", encoding="ascii")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    return install


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


def test_a_clock_that_goes_back_changes_nothing(tmp_path, arrive, monkeypatch, is_sound):
    commits = set()
    for number, step in enumerate((1, -86_400 * 365)):
        now = iter(range(1_700_000_000, 1_700_000_000 + 10_000 * step, step))
        monkeypatch.setattr(time, "time", lambda ticks=now: float(next(ticks)))
        with Store.create(tmp_path / str(number)) as store:
            for day in ("1954-09-20", "2021-01-01", "2999-12-31", None):
                store.save(arrive(E if day else D, day, f"{day}。"))
            commits.add(store.save(arrive(D, "1949-10-01")).commit)
            assert [v.day and v.day.year for v in store.versions("shili-data")] == [
                1949, None, 1954, 2021, 2999,
            ]  # fmt: skip
        is_sound(tmp_path / str(number))
    assert len(commits) == 1


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


def test_a_busy_store_is_waited_for_then_its_holder_named(store, arrive):
    with (store.root / ".git/tracker.lock").open("w+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write(b"4711\n")
        held.flush()
        with Store.open(store.root, lock_timeout=0.05) as other:
            error = failure(other.save, arrive())
    assert error.code == "store-busy"
    assert "4711" in error.message
    store.save(arrive())


def test_variables_of_git_in_the_environment_change_nothing(
    store, arrive, monkeypatch, tmp_path, run_git
):  # fmt: skip
    other = tmp_path / "other"
    other.mkdir()
    run_git(other, "init", "-q")
    canary = tmp_path / "canary"
    hostile = {
        "GIT_DIR": str(other / ".git"), "GIT_INDEX_FILE": str(other / "index"),
        "GIT_WORK_TREE": str(other), "GIT_OBJECT_DIRECTORY": str(other / "objects"),
        "GIT_NAMESPACE": "x", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": f"touch {canary}", "GIT_EXTERNAL_DIFF": f"touch {canary}",
        "GIT_TRACE": str(canary), "GIT_EXEC_PATH": str(tmp_path), "GIT_AUTHOR_NAME": "Mallory",
        "GIT_CEILING_DIRECTORIES": str(tmp_path), "GIT_DEFAULT_HASH": "sha256",
        "GIT_REPLACE_REF_BASE": "refs/x/", "GIT_SHALLOW_FILE": str(canary),
    }  # fmt: skip
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    with Store.open(store.root) as again:
        again.save(arrive())
        assert again.version_ids("shili-data") == ("2021-11-12-draft",)
    assert not canary.exists()
    assert "Mallory" not in run_git(store.root, "log", "--format=%an %cn")
    assert sorted(path.name for path in other.iterdir()) == [".git"]


def test_no_canary_in_hooks_or_configuration_fires(store, arrive, tmp_path, run_git):
    canary = tmp_path / "canary"
    script = tmp_path / "canary.sh"
    script.write_text(f"#!/bin/sh\ntouch {canary}\ncat\n", encoding="ascii")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    hooks = store.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "post-commit", "commit-msg", "reference-transaction", "pre-auto-gc",
                 "post-index-change", "fsmonitor-watchman", "post-checkout"):  # fmt: skip
        shutil.copy(script, hooks / name)
    settings = {
        "core.fsmonitor": script, "core.hooksPath": hooks, "core.pager": script,
        "core.sshCommand": script, "core.editor": script, "diff.external": script,
        "diff.law.textconv": script, "diff.law.command": script, "filter.x.clean": script,
        "filter.x.smudge": script, "filter.x.process": script, "gpg.program": script,
        "commit.gpgSign": "true", "credential.helper": script, "trailer.law.cmd": script,
        "alias.fast-import": f"!{script}", "core.alternateRefsCommand": script,
        "uploadpack.packObjectsHook": script, "log.showSignature": "true", "gc.auto": "1",
    }  # fmt: skip
    for name, value in settings.items():
        run_git(store.root, "config", name, str(value))
    (store.root / ".gitattributes").write_text("* filter=x diff=law\n", encoding="ascii")
    with Store.open(store.root) as again:
        again.save(arrive(D, "2000-01-01"))
        again.save(arrive(E, "2001-01-01"))
        again.versions("shili-data")
    assert not canary.exists()


def objects(root: Path) -> Path:
    return root / ".git/objects"


def blob_path(run_git, root: Path, path: str) -> Path:
    """The loose object of a stored file, unpacked so that a test can damage it."""
    folder = objects(root) / "pack"
    for pack in folder.glob("*.pack"):
        moved = pack.rename(root / "moved.pack")
        with moved.open("rb") as stream:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=root, stdin=stream, check=True)
        moved.unlink()
    for rest in folder.iterdir():
        rest.unlink()
    oid = run_git(root, "rev-parse", f"HEAD:{path}").strip()
    return objects(root) / oid[:2] / oid[2:]


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


def test_the_same_input_makes_the_same_commit_in_any_locale_zone_and_folder(
    tmp_path, arrive, monkeypatch
):  # fmt: skip
    commits = set()
    for number, (locale, zone) in enumerate(
        [("C", "UTC"), ("en_US.ISO-8859-1", "Asia/Shanghai"), ("zh_CN.GB18030", "America/Lima")]
    ):
        monkeypatch.setenv("LC_ALL", locale)
        monkeypatch.setenv("TZ", zone)
        with Store.create(tmp_path / f"库 {number}") as store:
            commits.add(store.save(arrive(note="说明\n")).commit)
    assert len(commits) == 1


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


def test_many_packs_are_joined_and_nothing_is_lost(store, arrive, is_sound, monkeypatch):
    monkeypatch.setattr("tracker.store.packs.MANY", 5)
    for day in range(1, 15):
        store.save(arrive(D, f"2000-01-{day:02}", f"{day}。"))
    assert len(list((objects(store.root) / "pack").glob("*.pack"))) <= 6
    assert len(store.versions("shili-data")) == 14
    is_sound(store.root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_another_users_repository_is_opened_only_if_the_user_trusts_it(
    store, arrive, tmp_path, monkeypatch, run_git
):  # fmt: skip
    store.save(arrive())
    for path in (store.root, store.root / ".git"):
        os.chown(path, 12345, 12345)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert failure(Store.open, store.root).code == "foreign-repository"
    run_git(home, "config", "--global", "--add", "safe.directory", str(store.root))
    with Store.open(store.root) as again:
        again.save(arrive(E, "2022-01-01"))
        assert len(again.version_ids("shili-data")) == 2


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


@pytest.mark.parametrize("lie", ["exit 0", "cat >/dev/null; exit 0", '"$REAL" "$@" </dev/null'])
def test_packs_are_deleted_only_when_the_new_one_holds_all_of_theirs(  # noqa: PLR0917
    store, arrive, is_sound, monkeypatch, stub_git, lie
):  # fmt: skip
    monkeypatch.setattr("tracker.store.packs.MANY", 3)
    stub_git(f'case "$*" in *pack-objects*) {lie};; *) exec "$REAL" "$@";; esac')
    for day in range(1, 8):
        store.save(arrive(D, f"2000-01-{day:02}", f"{day}。"))
    assert len(store.versions("shili-data")) == 7
    is_sound(store.root)
    stub_git('exec "$REAL" "$@"')
    store.save(arrive(E, "2001-01-01"))
    assert len(list((objects(store.root) / "pack").glob("*.pack"))) == 1
    assert len(store.versions("shili-data")) == 8
    is_sound(store.root)


def test_a_pack_that_somebody_keeps_is_not_joined(store, arrive, is_sound, monkeypatch):
    monkeypatch.setattr("tracker.store.packs.MANY", 3)
    store.save(arrive(D, "1999-01-01"))
    (kept,) = (objects(store.root) / "pack").glob("*.pack")
    kept.with_suffix(".keep").touch()
    for day in range(1, 8):
        store.save(arrive(D, f"2000-01-{day:02}", f"{day}。"))
    assert kept.exists()
    assert len(store.versions("shili-data")) == 8
    is_sound(store.root)


def test_a_store_whose_branch_cannot_be_read_is_not_taken_for_an_empty_one(store, arrive, stub_git):
    store.save(arrive(D, "2000-01-01"))
    store.close()
    stub_git(
        'case "$*" in *--batch) while read -r name; do echo "$name missing"; done;;'
        ' *) exec "$REAL" "$@";; esac'
    )
    assert failure(store.save, arrive(E, "2001-01-01")).code == "corrupt-store"
    assert failure(store.laws).code == "corrupt-store"


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
