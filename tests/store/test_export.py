"""A law as a repository of its own: git tells its story, and the same law gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.law.model import Event, Stage
from tracker.law.problems import TrackerError
from tracker.store.export import export_git

S = Stage


@pytest.fixture
def told(store, arrive):
    """A law of five stages, one without text, one without a date, one that changed nothing."""
    from datetime import date

    read = Event(S.SECOND_READING, date(1954, 9, 10), "二审")
    for incoming in (
        arrive(S.DRAFT, None, "甲。", "乙。", issuing_body="示例市<人大>\n"),
        arrive(S.CONSULTATION_DRAFT, "1954-08-01", "甲。", "乙。"),
        arrive(S.ENACTED, "1954-09-20", "甲。", "丙。", events=(read,)),
        arrive(S.AMENDED, "2999-01-01", "甲甲。", "丙。"),
    ):
        store.save(incoming)
    return store


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def test_each_stage_is_a_commit_and_one_file_has_the_history(told, tmp_path, run_git):
    done = export_git(told, "shili-data", tmp_path / "out")
    log = run_git(done.folder, "log", "--reverse", "--format=%s|%an|%as").splitlines()
    assert log == [
        "草案（无日期）|示例市人大|1970-01-02",
        "征求意见稿（1954-08-01）|示例市人大|1970-01-02",
        "二次审议稿（1954-09-10，没有文本）|示例市人大|1970-01-02",
        "公布（1954-09-20）|示例市人大|1970-01-02",
        "修正（2999-01-01）|示例市人大|2099-12-31",
    ]
    assert "Legal-Date: 1954-09-20" in run_git(done.folder, "log", "--format=%B")
    changed = run_git(done.folder, "log", "--format=%s", "--", "shili-data.txt").splitlines()
    assert len(changed) == 3
    text = (done.folder / "shili-data.txt").read_text("utf-8")
    assert text == told.resolve("shili-data").text
    run_git(done.folder, "fsck", "--full", "--strict")
    assert run_git(done.folder, "status", "--porcelain") == ""


def test_git_follows_an_article_and_blames_a_line(told, tmp_path, run_git):
    done = export_git(told, "shili-data", tmp_path / "out")
    followed = run_git(done.folder, "log", "--format=%s", "-s", "-L", ":第二条:shili-data.txt")
    assert followed.splitlines() == ["公布（1954-09-20）", "草案（无日期）"]
    words = run_git(done.folder, "log", "-1", "-p", "--word-diff=plain", "--format=")
    assert "{+甲+}" in words
    assert "第一条" in words


def test_the_same_law_gives_the_same_bytes(told, tmp_path, monkeypatch):
    one = export_git(told, "shili-data", tmp_path / "one")
    monkeypatch.setenv("TZ", "America/Lima")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Mallory")
    two = export_git(told, "shili-data", tmp_path / "another place" / "two")
    assert one.tip == two.tip
    assert snapshot(one.folder) == snapshot(two.folder)


def test_a_folder_that_holds_something_is_left_alone(told, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(TrackerError) as caught:
        export_git(told, "shili-data", tmp_path / "out")
    assert caught.value.code == "folder-not-empty"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_what_a_correction_replaced_is_left_out(store, arrive, tmp_path, run_git):
    store.save(arrive(S.DRAFT, "2020-01-01", "甲。"))
    store.save(arrive(S.DRAFT, "2020-01-01", "乙。", corrects="2020-01-01-draft"))
    done = export_git(store, "shili-data", tmp_path / "out")
    assert done.commits == 1
    assert "乙。" in (done.folder / done.file).read_text("utf-8")
