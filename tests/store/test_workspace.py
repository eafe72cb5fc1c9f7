"""A workspace is made around what is there, and twice is once."""

from __future__ import annotations

import pytest

from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.store.versions import Store
from tracker.store.workspace import make_workspace


def test_an_empty_folder_becomes_a_workspace(tmp_path, arrive, is_sound):
    done = make_workspace(tmp_path / "new")
    assert set(done.made) == {".git", "versions/.gitattributes"}
    assert done.kept == ()
    assert done.inside is None
    with Store.open(tmp_path / "new") as store:
        assert store.laws() == ()
        store.save(arrive())
    is_sound(tmp_path / "new")


def test_twice_does_no_more_than_once(tmp_path):
    make_workspace(tmp_path)
    again = make_workspace(tmp_path)
    assert again.made == ()
    assert set(again.kept) == {".git", "versions/.gitattributes"}


def test_files_that_are_there_are_not_harmed(tmp_path, run_git, arrive):
    run_git(tmp_path, "init", "-q", "--initial-branch=trunk")
    run_git(tmp_path, "config", "diff.law.wordRegex", "mine")
    (tmp_path / "README").write_text("mine\n", encoding="utf-8")
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / ".gitattributes").write_text("* -diff\n", encoding="utf-8")
    run_git(tmp_path, "add", ".")
    run_git(tmp_path, "commit", "-qm", "mine")
    (tmp_path / "README").write_text("edited\n", encoding="utf-8")
    done = make_workspace(tmp_path)
    assert done.made == ()
    with Store.open(tmp_path) as store:
        store.save(arrive())
    assert (tmp_path / "versions" / ".gitattributes").read_text("utf-8") == "* -diff\n"
    assert run_git(tmp_path, "config", "diff.law.wordRegex") == "mine\n"
    assert run_git(tmp_path, "status", "--porcelain") == " M README\n"
    assert run_git(tmp_path, "symbolic-ref", "--short", "HEAD") == "trunk\n"


def test_a_workspace_inside_another_repository_is_its_own_and_says_so(tmp_path, run_git, arrive):
    run_git(tmp_path, "init", "-q")
    done = make_workspace(tmp_path / "inner")
    assert done.inside == tmp_path.resolve()
    with Store.open(tmp_path / "inner") as store:
        store.save(arrive())
        assert store.root == (tmp_path / "inner").resolve()
    assert run_git(tmp_path, "rev-list", "--all") == ""


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(TrackerError) as caught:
        make_workspace(tmp_path / "file")
    assert caught.value.code == "not-a-folder"


def test_git_names_the_article_in_its_hunks_and_splits_han_for_words(tmp_path, run_git, arrive):
    make_workspace(tmp_path)
    texts = [f"第{n}条的第一行内容，共有许多文字。" for n in range(1, 12)]
    with Store.open(tmp_path) as store:
        store.save(arrive(Stage.DRAFT, "2020-01-01", *texts))
        texts[8] = texts[8].replace("许多", "不多")
        store.save(arrive(Stage.ENACTED, "2021-01-01", *texts))
    path = tmp_path / "versions/shili-data/2020-01-01-draft/text.txt"
    path.write_bytes((tmp_path / "versions/shili-data/2021-01-01-enacted/text.txt").read_bytes())
    shown = run_git(tmp_path, "diff", "-U0", "--", str(path))
    assert "@@ 第八条" in shown
