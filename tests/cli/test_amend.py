"""`tracker amend`: an act is read, applied, and held against what was published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Run

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
    done = run("amend", "apply", "base.txt", "act.txt", "-o", "new.DOCX")
    assert (done.code, (tmp_path / "new.DOCX").exists()) == (2, False)
    assert "unknown-ending" in done.err
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


@pytest.mark.usefixtures("act")
def test_a_citation_that_the_act_left_behind_is_told(run: Run, tmp_path: Path) -> None:
    more = "第二条　违反第三条的，处以罚款。\n\n第三条　经营者应当公示收费标准。\n\n第四条　"
    base = TEXT.replace("第二条　", more)
    (tmp_path / "cites.txt").write_text(base, encoding="utf-8")
    ran = run("amend", "apply", "cites.txt", "act.txt")
    assert ran.code == 0
    assert "stale-citation" in ran.err
