"""`tracker parse`: each stage of the way from bytes to law can be looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CONSULTATION, DRAFT, TEXT, Run


def test_parse_shows_each_stage_of_the_way(run: Run) -> None:
    assert "    5  chapter          第一章　总则\n" in run("parse", DRAFT, "--show", "lines").out
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
