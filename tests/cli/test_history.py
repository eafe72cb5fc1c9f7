"""`tracker history`, `concordance` and `blame`: a provision through all versions."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from tests.cli.conftest import Run


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


def test_history_of_an_article_that_is_gone_names_the_version_that_last_had_it(
    run: Run, tmp_path: Path
) -> None:
    run("init", cwd=tmp_path)
    text = "示例市灯光条例\n\n第一条　甲乙丙丁。\n\n第二条　戊己庚辛。\n"
    for day, body in (("2020-01-01", text + "\n第三条　壬癸子丑。\n"), ("2021-01-01", text)):
        (tmp_path / f"{day}.txt").write_text(body, encoding="utf-8")
        given = ("--law", "lamps", "--stage", "amended", "--date", day)
        assert run("ingest", f"{day}.txt", *given, cwd=tmp_path).code == 0
    for command in ("history", "blame"):
        ran = run(command, "lamps", "第三条", cwd=tmp_path)
        assert ran.code == 2
        assert "第三条@2020-01-01-amended" in ran.err
    assert "壬癸子丑" in run("history", "lamps", "第三条@2020-01-01-amended", cwd=tmp_path).out


def test_blame_of_an_article_shows_only_its_lines(run: Run, filled: Path) -> None:
    whole = json.loads(run("blame", "example-law", "--format", "json", cwd=filled).out)["lines"]
    one = run("blame", "example-law", "第十八条第一款", "--format", "json", cwd=filled).out
    lines = json.loads(one)["lines"]
    assert lines
    assert lines == [line for line in whole if line["address"].split("__")[0] == "art_18"]


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
