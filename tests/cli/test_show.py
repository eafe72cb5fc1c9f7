"""`tracker laws`, `log` and `show`: what is stored, under every name it may be asked for by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import DRAFT, Run


def test_labels_are_english_where_english_is_asked_for(run: Run, filled: Path) -> None:
    out = run("--lang", "en", "log", "example-law", cwd=filled).out
    assert "6 chapters · 40 articles" in out
    assert " 章" not in out
    tree = run("--lang", "en", "parse", DRAFT).out
    assert "6 chapters · 40 articles · 53 paragraphs · 9 subparagraphs" in tree


@pytest.mark.parametrize(
    "command",
    [["diff", "example-law"], ["check", "example-law"], ["check"], ["blame", "example-law"]],
)
def test_a_file_that_was_edited_and_not_committed_is_named(
    run: Run, workspace: Path, command: list[str]
) -> None:
    name = "versions/example-law/overrides.toml"
    assert name not in run(*command, cwd=workspace).err
    (workspace / name).write_text("# 审阅\n", encoding="utf-8")
    ran = run(*command, cwd=workspace)
    assert ran.err.count(name) == 1
    assert name not in ran.out
    assert name not in run("-q", *command, cwd=workspace).err


def test_laws_lists_what_is_stored(run: Run, filled: Path) -> None:
    out = run("laws", cwd=filled).out
    assert "example-law" in out
    assert "示例市公共数据条例（虚构）" in out
    assert "公布 2024-01-25" in out
    (law,) = json.loads(run("laws", "--format", "json", cwd=filled).out)
    assert law["fictional"] is True
    assert len(law["versions"]) == 4


def test_an_empty_workspace_says_how_to_begin(run: Run) -> None:
    run("init")
    ran = run("laws")
    assert ran.code == 0
    assert ran.out == ""
    assert "tracker ingest" in ran.err


def test_log_lists_versions_in_legal_order(run: Run, filled: Path) -> None:
    out = run("log", "example-law", cwd=filled).out
    ids = [line.split()[0] for line in out.splitlines() if line.startswith("20")]
    assert ids == [
        "2023-03-15-draft", "2023-06-05-consultation_draft", "2023-09-28-second_reading",
        "2024-01-25-enacted",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "example-law@consultation_draft", "example-law@征求意见稿", "example-law@2023-06-05",
        "example-law@2023-06-05-consultation_draft", "示例市公共数据条例@征求意见稿",
    ],
)  # fmt: skip
def test_a_version_has_many_names(run: Run, filled: Path, name: str) -> None:
    ran = run("show", name, cwd=filled)
    assert ran.code == 0
    assert ran.out.startswith("示例市公共数据条例\n（征求意见稿）\n")


def test_an_unknown_law_or_version_is_answered_with_what_there_is(run: Run, filled: Path) -> None:
    ran = run("show", "example-law@表决稿", cwd=filled)
    assert ran.code == 2
    assert "2024-01-25-enacted" in ran.err
    ran = run("log", "no-such-law", cwd=filled)
    assert ran.code == 2
    assert "example-law" in ran.err


@pytest.mark.parametrize(
    ("citation", "begins"),
    [
        ("第三条", "第三条　"),
        ("第3条", "第三条　"),
        ("3", "第三条　"),
        ("art_3", "第三条　"),
        ("第三条第一款第一项", "（一）"),
        ("art_3__para_1__subpara_2", "（二）"),
        ("第二章", "第二章　数据资源管理\n\n第十一条"),
    ],
)
def test_a_provision_has_many_names(run: Run, filled: Path, citation: str, begins: str) -> None:
    ran = run("show", "example-law", citation, cwd=filled)
    assert ran.code == 0, ran.err
    assert ran.out.startswith(begins)


def test_a_place_that_takes_a_version_takes_a_file(run: Run, filled: Path) -> None:
    stored = run("show", "example-law@草案", "第一条", cwd=filled)
    file = run("show", DRAFT, "第一条", cwd=filled)
    assert stored.out == file.out
    data = json.loads(run("show", "example-law", "第三条", "--format", "json", cwd=filled).out)
    assert data[0]["address"] == "art_3"


def test_claims_are_what_the_note_says_about_which_articles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(
        "示例市示例条例\n（草案）\n2023年3月15日\n第一条 甲。\n第二条 乙。\n", encoding="utf-8"
    )
    (tmp_path / "note.txt").write_text(
        "一是明确目的（第一条）。二是规定罚则（第九条）。三是好。\n", encoding="utf-8"
    )
    assert run("init").code == 0
    stored = run("ingest", "draft.txt", "--law", "a-law", "--date", "2023-03-15",
                 "--note", "note.txt")  # fmt: skip
    assert stored.code == 0
    assert run("show", "a-law", "--claims").out == (
        "第一条\n一是明确目的（第一条）。\n\n没有第九条\n二是规定罚则（第九条）。\n"
    )
    claims = json.loads(run("show", "a-law", "--claims", "--format", "json").out)
    assert [one["addresses"] for one in claims] == [["art_1"], []]
    assert [one["code"] for one in claims[1]["missing"]] == ["no-such-article"]
