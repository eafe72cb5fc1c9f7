"""`tracker ingest`: what is reported, what is stored, what is refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CONSULTATION, DRAFT, ENACTED, TEXT, Run


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def test_ingest_reports_what_was_found_and_where_it_lies(run: Run, tmp_path: Path) -> None:
    run("init")
    ran = run("ingest", CONSULTATION, "--law", "example-law")
    assert ran.code == 0
    for words in (
        "example-law@2023-06-05-consultation_draft",
        "已存",
        "示例市公共数据条例（虚构）",
        "征求意见稿",
        "征求意见 2023-06-05—2023-07-05",
        "6 章 · 41 条",
        "改写",
        "未收入",
        "contents",
    ):
        assert words in ran.out, words
    assert (tmp_path / "versions/example-law/2023-06-05-consultation_draft/text.txt").is_file()


def test_the_first_ingest_of_a_law_asks_for_what_no_source_says(run: Run) -> None:
    run("init")
    first, second = DRAFT, CONSULTATION
    asked = "versions/x/law.toml"
    assert asked not in run("ingest", first, "--law", "x", "--dry-run").err
    err = run("ingest", first, "--law", "x", "--issuing-body", "示例市司法局").err
    (line,) = (line for line in err.splitlines() if asked in line)
    assert "jurisdiction" in line
    assert "kind" in line
    assert "issuing_body" not in line
    assert asked not in run("ingest", second, "--law", "x").err


def test_ingest_again_stores_nothing_and_says_so(run: Run, workspace: Path) -> None:
    before = _snapshot(workspace)
    ran = run("ingest", DRAFT, "--law", "example-law", cwd=workspace)
    assert ran.code == 0
    assert "已有，未再存" in ran.out
    assert _snapshot(workspace) == before


def test_a_day_in_the_file_name_is_offered_and_not_taken(run: Run, tmp_path: Path) -> None:
    run("init")
    source = tmp_path / "某市条例20211112.docx.txt"
    source.write_text("某市条例\n（征求意见稿）\n第一条 甲。\n", encoding="utf-8")
    offered = "--date 2021-11-12（文件名里的日期，先核对）"
    for options in (["--dry-run"], []):
        ran = run("ingest", str(source), "--law", "x", *options)
        assert "x@undated-consultation_draft" in ran.out
        assert offered in ran.out.replace("\n", "")


def test_a_dry_run_prints_the_report_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    run("init")
    before = _snapshot(tmp_path)
    ran = run("ingest", DRAFT, "--law", "example-law", "--dry-run")
    assert ran.code == 0
    assert "6 章 · 40 条" in ran.out
    assert "--dry-run" in ran.out
    assert _snapshot(tmp_path) == before


def test_no_commit_writes_the_files_only(run: Run, tmp_path: Path) -> None:
    run("init")
    ran = run("ingest", DRAFT, "--law", "example-law", "--no-commit")
    assert ran.code == 0
    assert "未提交" in ran.out
    assert (tmp_path / "versions/example-law/2023-03-15-draft/text.txt").is_file()
    log = subprocess.run(
        ["git", "log", "--oneline"], cwd=tmp_path, capture_output=True, check=False
    )
    assert log.stdout == b""


def test_each_of_several_files_has_its_own_outcome(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 ...")
    ran = run("ingest", DRAFT, "broken.pdf", "missing.txt", ENACTED, "--law", "example-law")
    assert ran.code == 2
    assert ran.out.count("已存") == 2
    errors = [line for line in ran.err.splitlines() if line.startswith("错误 ")]
    assert len(errors) == 2
    assert "broken.pdf" in errors[0]
    assert "missing.txt" in errors[1]
    assert json.loads(run("log", "example-law", "--format", "json").out)["versions"][1]


def test_what_an_option_says_wins_over_the_source(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "note.txt").write_text("关于条例草案的说明\n第一条写明目的。\n", encoding="utf-8")
    ran = run(
        "ingest", "a.txt", "--law", "test-law", "--stage", "二审稿", "--date", "2023年5月6日",
        "--title", "示例市另一条例", "--source", "https://example.org/a", "--note", "note.txt",
        "--issuing-body", "示例市人大常委会",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    data = json.loads(run("log", "test-law", "--format", "json").out)
    (version,) = data["versions"]
    assert version["version"] == "2023-05-06-second_reading"
    assert version["title"] == "示例市另一条例"
    assert version["source_url"] == "https://example.org/a"
    assert version["issuing_body"] == "示例市人大常委会"
    assert "第一条写明目的。" in run("show", "test-law", "--note").out


def test_a_source_without_a_title_is_refused_until_one_is_given(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "a.txt").write_text(TEXT.split("\n", 3)[3], encoding="utf-8")
    command = ("ingest", "a.txt", "--law", "test-law", "--stage", "draft")
    ran = run(*command)
    assert ran.code == 2
    assert "--title" in ran.err
    assert run(*command, "--title", "甲条例").code == 0
    assert "undated-draft" in run("log", "test-law").out


def test_verbose_lists_each_dropped_line(run: Run, tmp_path: Path) -> None:
    run("init")
    plain = run("ingest", CONSULTATION, "--law", "example-law", "--dry-run").out
    verbose = run("ingest", CONSULTATION, "--law", "example-law", "--dry-run", "-v").out
    assert "第六章　附　　则" not in plain
    assert "第六章　附　　则" in verbose


def test_a_date_that_was_missing_is_given_as_a_correction(run: Run, tmp_path: Path) -> None:
    run("init", "s")
    place = tmp_path / "s"
    (place / "a.txt").write_text(
        "示例市甲条例\n（草案）\n\n第一条　为了规范甲，制定本条例。\n", encoding="utf-8"
    )
    assert "--corrects undated-draft --date" in run("ingest", "a.txt", "--law", "a", cwd=place).out
    again = ("ingest", "a.txt", "--law", "a", "--date", "2025-03-10")
    refused = run(*again, cwd=place)
    assert refused.code == 2
    assert "source-stored-already" in refused.err
    assert run(*again, "--corrects", "undated-draft", cwd=place).code == 0
    checked = run("check", "a.txt", cwd=place).out
    assert "用 --date" not in checked


def test_a_write_that_was_cut_short_is_finished_and_told_once(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")

    def cut(*_: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patched:
        patched.setattr("tracker.store.transaction._refresh", cut)
        assert run("ingest", DRAFT, "--law", "x").code == 9
    told = [run("laws").err for _ in range(2)]
    assert "上一次写入中途停下，现在已经补完" in told[0]
    assert told[1] == ""


def test_what_reading_met_is_looked_up_among_the_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """8,000 problems were compared with as many one by one, which took half a minute."""
    from types import SimpleNamespace

    from tracker.cli import arrivals
    from tracker.law.problems import Problem, Severity

    def problem(number: int) -> Problem:
        return Problem(code="a", severity=Severity.INFO, message=f"甲{number}")

    def never(one: Problem, other: object) -> bool:
        raise AssertionError("compared")

    version: Any = SimpleNamespace(problems=tuple(map(problem, range(9))))
    found = (*version.problems, problem(10))
    monkeypatch.setattr(Problem, "__eq__", never)
    told = arrivals._told(None, version, found, tuple)  # type: ignore[arg-type]
    assert [one.message for one in told] == ["甲10"]
