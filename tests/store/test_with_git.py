"""The commands of git that the reference page names do what it says of them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tracker.law.model import Stage
from tracker.store.versions import Store
from tracker.store.workspace import make_workspace

PAGE = Path(__file__).resolve().parents[2] / "site/docs/reference/store.md"
OLD, NEW = "2000-01-01-draft", "2001-01-01-enacted"
SAME = ("为了规范数据处理，制定本条例。", "数据处理应当合法。", "本市建立数据目录。")


def commands() -> list[list[str]]:
    """Each command of the section, for the law and the versions of the test."""
    section = PAGE.read_text("utf-8").partition("### With git")[2].partition("### ")[0]
    names = {"LAW": "shili-data", "OLD": OLD, "NEW": NEW}
    found = re.findall(r"^\$ git (.*)$", section, re.MULTILINE)
    filled = (re.sub(r"\b(LAW|OLD|NEW)\b", lambda name: names[name[0]], one) for one in found)
    return [shlex.split(one) for one in filled]


@pytest.fixture
def top(tmp_path, arrive) -> Path:
    make_workspace(tmp_path / "work")
    with Store.open(tmp_path / "work") as store:
        store.save(arrive(Stage.DRAFT, "2000-01-01", *SAME, "本条例自二月起施行。"))
        store.save(arrive(Stage.ENACTED, "2001-01-01", *SAME, "本条例自三月起施行。"))
        return store.root


def test_each_command_of_the_page_runs(top, run_git):
    said = [run_git(top, *command) for command in commands()]
    stat, diff, followed, blamed = said
    assert stat.count("ingest shili-data") == 2
    assert f"{NEW}/text.txt" in stat
    assert "[-二-]{+三+}月" in diff
    assert re.search(r"^@@ .* @@ 第.条", diff, re.MULTILINE)
    assert followed.count("ingest shili-data") == 2
    assert "[-二-]{+三+}月" in followed
    assert "title = " in blamed


def test_blame_of_a_text_names_the_commit_that_brought_it_and_no_other(top, run_git):
    tip = run_git(top, "rev-parse", "--short=7", "HEAD").strip()
    for copies in ((), ("-C", "-C", "-C1")):
        lines = run_git(top, "blame", "-s", *copies, f"versions/shili-data/{NEW}/text.txt")
        assert {line[:7] for line in lines.splitlines()} == {tip}
