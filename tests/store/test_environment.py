"""Whose machine it is, where, and how git is set up on it, changes nothing that is stored."""

from __future__ import annotations

import os
import shutil
import stat
import time

import pytest

from tests.store.conftest import failure
from tracker.law.model import Stage
from tracker.store.versions import Store

D, E = Stage.DRAFT, Stage.ENACTED


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
