"""What people who know git get: the graph of a law, and a repository of its own."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run, stage_files


def test_the_graph_shows_each_version_and_what_changed_between(workspace: Path, run: Run) -> None:
    text = Path(stage_files()[0]).read_text("utf-8").replace("数据", "信息")
    (workspace / "new.txt").write_text(text, encoding="utf-8")
    done = run("ingest", "new.txt", "--law", "example-law", "--corrects", "草案", cwd=workspace)
    assert done.code == 0, done.err
    lines = run("log", "example-law", "--graph", cwd=workspace).out.splitlines()
    assert [line[:2].rstrip() for line in lines[1:]] == [
        "|",
        "|/",
        "*",
        "|",
        "*",
        "|",
        "*",
        "|",
        "*",
    ]
    assert lines[1].startswith("| x  2023-03-15-draft  草案")
    assert "更正 2023-03-15-draft" in lines[3]
    assert "修改" in lines[4]
    assert lines[-1].startswith("*  2024-01-25-enacted  公布")
    assert run("log", "example-law", "--graph", "--format", "json", cwd=workspace).code == 2


def test_a_law_is_exported_as_a_repository(workspace: Path, run: Run) -> None:
    done = run("export", "git", "example-law", cwd=workspace)
    assert done.code == 0, done.err
    assert "example-law/example-law.txt：4 次提交" in done.out
    assert (workspace / "example-law" / ".git").is_dir()
    again = run("export", "git", "example-law", cwd=workspace)
    assert again.code == 2
    assert "folder-not-empty" in again.err
