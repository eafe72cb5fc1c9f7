"""`tracker citations`: what a law cites, and who cites a provision."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


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


def test_the_hint_says_how_another_law_is_asked_for(run: Run, filled: Path) -> None:
    ran = run("citations", "example-law", "--to", "刑法", cwd=filled)
    assert ran.code == 2
    assert "写作 《刑法》 或 《刑法》第十条" in ran.err
    assert run("citations", "example-law", "--to", "《刑法》", cwd=filled).code == 0
    assert "《刑法》" not in run("show", "example-law", "刑法", cwd=filled).err


def test_one_missing_target_does_not_hide_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "示例市甲条例\n\n第一条　为了规范甲，制定本条例。\n第二条　禁止乙。\n第三条　禁止丙。\n"
        "第四条　违反第二条、第八条、第九条规定的，处罚款。\n", encoding="utf-8"
    )  # fmt: skip
    row = "第二条；没有所指的条文 (no-such-article)：第八条、第九条"
    for asked in ("第二条", "第九条", "第二条、第九条"):
        assert row in run("citations", "a.txt", "--to", asked).out
    assert run("citations", "a.txt", "--to", "第三条").out == ""
    (one,) = json.loads(run("citations", "a.txt", "--format", "json").out)
    assert one["targets"] == ["art_2"]
    assert one["problem"]["message"].endswith("但是没有第八条、第九条")
    assert "但是没有第八条、第九条" in run("check", "a.txt").out
    assert "没有第八条、第九条" in run("show", "a.txt", "第二条、第八条、第九条").err
