"""Each command does its work on the invented law; data on one stream, messages on the other."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

Run = Any
ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "example-law"
DRAFT, CONSULTATION, READING, ENACTED = (str(p) for p in sorted(CASES.glob("[1-4]-*.txt")))
TEXT = """示例市测试条例
（草案）

第一条　为了测试，制定本条例。

第二条　本条例自2024年1月1日起施行。
"""


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


# --- init ------------------------------------------------------------------------------------


def test_init_makes_a_workspace_and_says_what(run: Run, tmp_path: Path) -> None:
    ran = run("init", "laws")
    assert ran.code == 0
    folder = tmp_path / "laws"
    for name in (".git", "versions", "mkdocs.yml", ".gitignore", ".github/workflows/tracker.yml"):
        assert (folder / name).exists(), name
    assert "新建  mkdocs.yml" in ran.out
    assert "未动" not in ran.out


def test_init_ends_with_the_command_that_commits_what_it_made(run: Run, tmp_path: Path) -> None:
    err = run("init", "my laws").err
    (command,) = (line.strip() for line in err.splitlines() if " add " in line)
    run("init", "my laws")
    who = ("-c", "user.name=U", "-c", "user.email=u@localhost")
    for part in command.split(" && "):
        name, *args = shlex.split(part)
        done = subprocess.run([name, *who, *args], cwd=tmp_path, check=False, capture_output=True)
        assert done.returncode == 0, done.stderr
    status = ["git", "-C", str(tmp_path / "my laws"), "status", "--porcelain"]
    assert subprocess.run(status, capture_output=True, check=True).stdout == b""


def test_init_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("init")
    before = _snapshot(tmp_path)
    ran = run("init")
    assert ran.code == 0
    assert "新建" not in ran.out
    assert _snapshot(tmp_path) == before


def test_init_leaves_existing_files_alone(run: Run, tmp_path: Path) -> None:
    mine = {
        "mkdocs.yml": b"site_name: mine\n",
        ".gitignore": b"secret\n",
        "site/docs/index.md": b"# mine\n",
        "README.md": b"mine\n",
    }
    for name, data in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ran = run("init")
    assert ran.code == 0
    for name, data in mine.items():
        assert (tmp_path / name).read_bytes() == data
    assert "未动  mkdocs.yml" in ran.out
    assert (tmp_path / "versions").is_dir()


def test_init_does_not_write_through_a_link(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / ".gitignore").symlink_to(target)
    assert run("init", "laws").code == 0
    assert not target.exists()


def test_init_on_a_file_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ran = run("init", "file")
    assert ran.code == 2
    assert "file" in ran.err


def test_the_workflow_installs_from_a_place_that_the_user_sets(run: Run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / ".github/workflows/tracker.yml").read_text(encoding="utf-8")
    installs = [line.strip() for line in text.splitlines() if "pip install" in line]
    assert installs == [
        'pip install ".[site]"',
        'pip install "legislative-tracker[site] @ $TRACKER_SOURCE"',
    ]
    assert "TRACKER_SOURCE: ${{ vars.TRACKER_SOURCE }}" in text
    assert "set the repository variable TRACKER_SOURCE" in text


def test_the_workflow_needs_no_more_than_reading(run: Run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / ".github/workflows/tracker.yml").read_text(encoding="utf-8")
    assert "permissions:\n  contents: read\n" in text
    assert "pull_request_target" not in text
    assert "persist-credentials: false" in text


# --- ingest ----------------------------------------------------------------------------------


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


# --- parse -----------------------------------------------------------------------------------


def test_parse_shows_each_stage_of_the_way(run: Run) -> None:
    assert (
        "heading" in run("parse", DRAFT, "--show", "lines").out
        or "chapter" in run("parse", DRAFT, "--show", "lines").out
    )
    tree = run("parse", DRAFT).out
    assert "第一章 总则" in tree
    assert "40 条" in tree
    canonical = run("parse", DRAFT, "--show", "canonical").out
    assert canonical.startswith("示例市公共数据条例\n（草案）\n")
    assert "margin" in run("parse", DRAFT, "--show", "ledger").out


def test_the_ledger_says_what_was_rewritten_how_often_and_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("示例条例(草案)\n第一条 甲;\n", encoding="utf-8")
    out = run("parse", "a.txt", "--show", "ledger").out
    assert "标点改为全角 (width)  3 处\n    第 1—2 行\n" in out
    ran = run("parse", "a.txt", "--show", "ledger", "--format", "json")
    assert json.loads(ran.out)["rewritten_lines"] == {"heading-space": [2], "width": [1, 2]}


@pytest.mark.parametrize("show", ["lines", "tree", "canonical", "ledger"])
def test_parse_gives_each_stage_as_json(run: Run, show: str) -> None:
    ran = run("parse", CONSULTATION, "--show", show, "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)


def test_the_canonical_text_of_a_canonical_text_is_itself(run: Run, tmp_path: Path) -> None:
    first = run("parse", DRAFT, "--show", "canonical").out
    (tmp_path / "canonical.txt").write_text(first, encoding="utf-8")
    assert run("parse", "canonical.txt", "--show", "canonical").out == first


def test_a_file_without_title_or_stage_is_shown_with_problems(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("第一条　甲。\n\n第二条　乙。\n", encoding="utf-8")
    for command in (["parse", "bare.txt"], ["diff", "bare.txt", "bare.txt"]):
        ran = run(*command)
        assert ran.code == 0
        assert "missing-title" in ran.err
        assert "missing-stage" in ran.err
        assert "missing-title" not in ran.out
    assert run("-q", "parse", "bare.txt").err == ""
    assert "missing-title" not in run("parse", "bare.txt", "--title", "示例条例").err


def test_standard_input_is_a_file_called_dash(run: Run) -> None:
    ran = run("parse", "-", "--show", "canonical", stdin=TEXT.encode())
    assert ran.code == 0
    assert ran.out.startswith("示例市测试条例\n（草案）\n")


# --- laws, log, show -------------------------------------------------------------------------


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


# --- history, concordance, blame --------------------------------------------------------------


def test_history_follows_an_article_through_a_split(run: Run, filled: Path) -> None:
    out = run("history", "example-law", "第十九条", cwd=filled).out
    assert "第十七条 → 第十八条、第十九条　拆分" in out
    assert out.index("2023-03-15-draft") < out.index("2024-01-25-enacted")
    steps = json.loads(
        run("history", "example-law", "第十九条", "--format", "json", cwd=filled).out
    )["steps"]
    assert steps[0]["at"] == ["art_17"]
    assert steps[0]["changes"] == []


def test_the_citation_of_history_is_that_of_the_version_named(run: Run, filled: Path) -> None:
    named = run("history", "example-law@草案", "第十七条", "--format", "json", cwd=filled).out
    latest = run("history", "example-law", "第十八条第一款", "--format", "json", cwd=filled).out
    assert json.loads(named)["steps"][0]["at"] == json.loads(latest)["steps"][0]["at"]


def test_history_takes_the_id_of_a_provision_and_says_it(run: Run, filled: Path) -> None:
    by_id = run("history", "example-law", "art_17@2023-03-15-draft", cwd=filled).out
    assert by_id == run("history", "example-law@草案", "第十七条", cwd=filled).out
    assert "条文标识 art_17@2023-03-15-draft" in by_id
    wrong = run("history", "example-law", "art_17@1999-01-01-draft", cwd=filled)
    assert wrong.code == 2
    assert "1999-01-01-draft" in wrong.err


def test_history_of_a_heading_asks_for_an_article(run: Run, filled: Path) -> None:
    ran = run("history", "example-law", "第二章", cwd=filled)
    assert ran.code == 2
    assert "第二章" in ran.err


def test_concordance_has_a_column_a_version(run: Run, filled: Path) -> None:
    table = list(
        csv.reader(
            io.StringIO(
                run("concordance", "example-law", "--format", "csv", cwd=filled).out.removeprefix(
                    "\ufeff"
                )
            )
        )
    )
    assert table[0] == [
        "2023-03-15-draft", "2023-06-05-consultation_draft", "2023-09-28-second_reading",
        "2024-01-25-enacted", "id",
    ]  # fmt: skip
    data = json.loads(run("concordance", "example-law", "--format", "json", cwd=filled).out)
    assert len(data["rows"]) == len(table) - 1
    assert "第十八条、第十九条" in run("concordance", "example-law", cwd=filled).out
    last = [address for row in data["rows"] for address in row[-1]]
    assert len(last) == len(set(last)) == 41
    assert [[len(cell) for cell in row] for row in data["ids"]] == [
        [len(cell) for cell in row] for row in data["rows"]
    ]


def test_blame_names_the_version_that_the_words_come_from(run: Run, filled: Path) -> None:
    data = json.loads(run("blame", "example-law", "--format", "json", cwd=filled).out)
    since = {line["address"]: line["since"] for line in data["lines"]}
    assert since["art_1__para_1"] == "2024-01-25-enacted"
    assert since["art_2__para_1"] == "2023-03-15-draft"
    assert re.search(
        r"^公布 2024-01-25 +第一条 ", run("blame", "example-law", cwd=filled).out, re.M
    )
    earlier = run("blame", "example-law@草案", "--format", "json", cwd=filled).out
    assert {line["since"] for line in json.loads(earlier)["lines"]} == {"2023-03-15-draft"}


# --- amend -----------------------------------------------------------------------------------

ACT = """示例市人民代表大会常务委员会关于修改《示例市测试条例》的决定

一、将第一条修改为：“为了测试和演示，制定本条例。”
二、增加一条，作为第二条：“活动应当公开。”
本决定自2024年2月1日起施行。
《示例市测试条例》根据本决定作相应修改，条文顺序作相应调整，重新公布。
"""


@pytest.fixture
def act(tmp_path: Path) -> None:
    """A law, an act that amends it, and the text as published."""
    (tmp_path / "base.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "act.txt").write_text(ACT, encoding="utf-8")
    published = TEXT.replace("为了测试", "为了测试和演示").replace(
        "第二条　", "第二条　活动应当公开。\n\n第三条　"
    )
    (tmp_path / "published.txt").write_text(published, encoding="utf-8")


@pytest.mark.usefixtures("act")
def test_an_act_is_read_applied_and_reconciled(run: Run, tmp_path: Path) -> None:
    assert "为了测试和演示" in run("amend", "parse", "act.txt").out
    data = json.loads(run("amend", "parse", "act.txt", "--format", "json").out)
    assert [one["action"] for one in data["instructions"]][:2] == ["reword", "insert"]
    ran = run("amend", "apply", "base.txt", "act.txt")
    assert ran.code == 0
    assert "第二条　活动应当公开。\n\n第三条　本条例自" in ran.out
    assert "已执行 3 条指令，未执行 0 条" in ran.err
    assert run("amend", "apply", "base.txt", "act.txt", "-o", "new.txt").out == ""
    assert (tmp_path / "new.txt").read_text(encoding="utf-8") == ran.out
    command = ("amend", "reconcile", "base.txt", "act.txt")
    assert run(*command, "published.txt", "--exit-code").code == 0
    assert run(*command, "base.txt", "--exit-code").code == 1
    assert json.loads(run(*command, "published.txt", "--format", "json").out)["agrees"] is True


def test_instructions_that_were_not_read_or_carried_out_make_the_exit_code_one(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "base.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.txt").write_text(ACT.replace("第一条", "第九条", 1), encoding="utf-8")
    (tmp_path / "odd.txt").write_text(ACT + "\n四、请多读书。\n", encoding="utf-8")
    assert run("amend", "parse", "bad.txt").code == 0
    ran = run("amend", "apply", "base.txt", "bad.txt")
    assert ran.code == 1
    assert "missing-target" in ran.err
    assert "未执行 1 条" in ran.err
    assert run("amend", "parse", "odd.txt").code == 1
    assert run("amend", "apply", "base.txt", "odd.txt").code == 1


@pytest.mark.parametrize("command", [["parse"], ["apply", "base.txt"]])
def test_a_file_that_is_no_act_is_one_error(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "base.txt").write_text(TEXT, encoding="utf-8")
    ran = run("amend", *command, "base.txt")
    assert ran.code == 2
    assert ran.err.count("not-an-amending-act") == 1
    assert len(ran.err.splitlines()) == 2
    assert ran.out == ""


def test_an_applied_act_says_that_the_enactment_note_is_kept(run: Run, tmp_path: Path) -> None:
    title, _, rest = TEXT.partition("\n")
    noted = f"{title}\n（2020年1月1日示例市人民代表大会通过）\n{rest}"
    (tmp_path / "base.txt").write_text(noted, encoding="utf-8")
    (tmp_path / "act.txt").write_text(ACT, encoding="utf-8")
    ran = run("amend", "apply", "base.txt", "act.txt")
    assert "题注照原文保留" in ran.err
    assert "（2020年1月1日示例市人民代表大会通过）" in ran.out


# --- check, site -----------------------------------------------------------------------------


def test_check_exits_with_one_where_there_is_an_error(run: Run, tmp_path: Path) -> None:
    text = TEXT.replace("制定本条例。", "依照本条例第九条，制定本条例。")
    (tmp_path / "bad.txt").write_text(text, encoding="utf-8")
    ran = run("check", "bad.txt")
    assert ran.code == 1
    assert "no-such-article" in ran.out
    assert "第一条" in ran.out
    assert run("check", "bad.txt", "--fail-on", "never").code == 0


def test_check_looks_at_every_stored_version(run: Run, filled: Path) -> None:
    ran = run("check", "--format", "json", "--fail-on", "never", cwd=filled)
    data = json.loads(ran.out)
    assert data["format"] == "tracker-check/1"
    assert len(data["checked"]) == 4
    assert sum(data["summary"].values()) == len(data["problems"])


def test_check_of_nothing_says_so(run: Run) -> None:
    run("init")
    ran = run("check")
    assert ran.code == 0
    assert "没有可查的文本" in ran.err


def test_check_can_hold_a_file_against_the_stage_before(run: Run, filled: Path) -> None:
    ran = run(
        "check", READING, "--against", "example-law@征求意见稿", "--format", "json",
        "--fail-on", "never", cwd=filled,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["checked"] == [READING]


# --- the same bytes whatever the surroundings ------------------------------------------------


@pytest.mark.parametrize("form", ["table", "unified", "md", "csv", "html", "json"])
def test_output_does_not_depend_on_hash_seed_or_locale(form: str) -> None:
    import sys

    outputs = set()
    for seed, locale in (("1", "C.UTF-8"), ("2", "POSIX")):
        ran = subprocess.run(
            [sys.executable, "-m", "tracker", "diff", DRAFT, ENACTED, "--format", form],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "LC_ALL": locale,
                "PYTHONIOENCODING": "utf-8", "COLUMNS": str(40 * int(seed)),
            },
            capture_output=True,
            check=True,
        )  # fmt: skip
        outputs.add(ran.stdout)
    assert len(outputs) == 1


def test_csv_can_be_read_back(run: Run) -> None:
    out = run("diff", DRAFT, ENACTED, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert {"old", "new", "kinds", "old_text", "new_text"} <= set(rows[0])
    assert any(row["kinds"] == "inserted" for row in rows)


def test_site_build_prints_where_the_site_lies(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracker.site.build

    monkeypatch.setattr(
        tracker.site.build, "build", lambda workspace, *_: workspace / "site/public"
    )
    ran = run("site", "build", cwd=filled)
    assert ran.code == 0
    assert ran.out.strip() == str(filled / "site" / "public" / "index.html")


def test_a_workspace_is_found_from_below_and_by_name(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("laws", cwd=filled).out
    assert run("laws", cwd=filled / "versions" / "example-law").out == expected
    assert run("laws", "--store", str(filled)).out == expected
    assert run("--store", str(filled), "laws").out == expected
    monkeypatch.setenv("TRACKER_STORE", str(filled))
    assert run("laws").out == expected


def test_no_summary_in_the_help_is_cut_short(run: Run) -> None:
    out = run("--help").out
    assert "..." not in out.split("Commands:")[1]


def test_a_group_without_a_command_shows_its_help(run: Run) -> None:
    for name in ([], ["amend"], ["site"]):
        ran = run(*name)
        assert ran.code == 0
        assert "Commands:" in ran.out


def test_citations_lists_what_a_text_cites_and_who_cites_a_provision(
    run: Run, filled: Path
) -> None:
    everything = run("citations", "example-law", cwd=filled).out
    assert "第三十九条第一款  本条例第二十九条第二款          第二十九条第二款" in everything
    assert "第二十四条第一款" not in run("citations", "example-law", "--to", "20", cwd=filled).out
    ran = run("citations", "example-law@公布", "--to", "第二十条", "--format", "json", cwd=filled)
    found = json.loads(ran.out)
    assert [one["citation"] for one in found] == ["第三十六条第一款", "第三十八条第一款"]
    assert found[1]["targets"] == ["art_12__para_2", "art_20"]
    assert (found[1]["text"], found[1]["kind"]) == ("本条例第十二条第二款、第二十条", "internal")


def test_citations_says_where_there_are_none(run: Run, filled: Path) -> None:
    ran = run("citations", "example-law", "--to", "《民法典》", cwd=filled)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "没有这样的引用。\n"
    assert run("citations", "example-law", "--kind", "missing", cwd=filled).out == ""
    assert run("citations", "example-law", "--to", "第九十九条", cwd=filled).code == 2


def test_citations_asked_by_the_title_of_the_law_itself_are_its_own(run: Run, filled: Path) -> None:
    title = run("show", "example-law", cwd=filled).out.split("\n", 1)[0]
    own = run("citations", "example-law", "--to", f"《{title}》第二十条", cwd=filled).out
    assert own == run("citations", "example-law", "--to", "第二十条", cwd=filled).out


def test_an_argument_too_many_is_told_in_the_language_asked_for(run: Run) -> None:
    ran = run("--lang", "zh", "blame", "example-law", "第十七条")
    assert ran.code == 2
    assert "参数太多：第十七条" in ran.err
    assert "unexpected" in run("--lang", "en", "blame", "example-law", "第十七条").err


def test_only_leaves_unchanged_entries_out_of_the_table_of_a_program(
    run: Run, filled: Path
) -> None:
    pair = ("diff", "example-law", "征求意见稿", "公布", "--format", "csv")
    every = run(*pair, cwd=filled).out
    some = run(*pair, "--only", "effect", cwd=filled).out
    assert ",unchanged," in every
    assert ",unchanged," not in some


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


def test_citations_that_point_to_nothing_are_found_by_what_they_name(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "示例市甲条例\n\n第一条　为了规范甲，制定本条例。\n第二条　违反第一条第二款的，责令改正。\n"
        "第三条　违反第九条的，处罚款。\n第四条　违反第一条的，责令改正。\n", encoding="utf-8"
    )  # fmt: skip
    kept = run("citations", "a.txt", "--to", "第一条").out
    assert "第二条第一款" in kept
    assert "no-such-paragraph" in kept
    assert "第四条第一款" in kept
    for missing in ("第九条", "9", "art_9"):
        gone = run("citations", "a.txt", "--to", missing)
        assert gone.code == 0, gone.err
        assert "no-such-article" in gone.out
    assert run("citations", "a.txt", "--to", "第八条").code == 2


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
