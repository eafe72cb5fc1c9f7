"""`tracker diff`: which two texts are meant, what is shown, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import CONSULTATION, DRAFT, ENACTED, READING, ROOT, Run
from tests.render.word.views import lines, said
from tracker.cli.session import Session
from tracker.law.problems import TrackerError

SCHEMA = json.loads(
    (ROOT / "tracker" / "render" / "schema" / "tracker-diff-1.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("args", "old", "new"),
    [
        (["example-law"], "second_reading", "enacted"),
        (["example-law@征求意见稿"], "draft", "consultation_draft"),
        (["example-law", "草案"], "draft", "enacted"),
        (["example-law", "草案", "二次审议稿"], "draft", "second_reading"),
        (["example-law", "2023-03-15", "2023-06-05"], "draft", "consultation_draft"),
        (["example-law@草案", "example-law"], "draft", "enacted"),
        (["example-law@草案", "example-law@enacted"], "draft", "enacted"),
        ([DRAFT, "example-law"], "draft", "enacted"),
        (["example-law@草案", READING], "draft", "second_reading"),
        (["example-law", "草案", READING], "draft", "second_reading"),
        ([DRAFT, ENACTED], "draft", "enacted"),
    ],
)
def test_both_forms_of_naming_find_the_texts(
    run: Run, filled: Path, args: list[str], old: str, new: str
) -> None:
    ran = run("diff", *args, "--format", "json", cwd=filled)
    assert ran.code == 0, ran.err
    data = json.loads(ran.out)
    assert (data["old"]["stage"], data["new"]["stage"]) == (old, new)


def test_the_first_version_has_nothing_before_it(run: Run, filled: Path) -> None:
    ran = run("diff", "example-law@草案", cwd=filled)
    assert ran.code == 2
    assert "2023-03-15-draft" in ran.err


def test_more_than_three_names_are_too_many(run: Run, filled: Path) -> None:
    assert run("diff", "a", "b", "c", "d", cwd=filled).code == 2


def test_json_fits_its_schema_and_rounds_ratios(run: Run, filled: Path) -> None:
    for pair in ((DRAFT, CONSULTATION), (CONSULTATION, ENACTED), (DRAFT, DRAFT)):
        data = json.loads(run("diff", *pair, "--format", "json", cwd=filled).out)
        jsonschema.Draft202012Validator(SCHEMA).validate(data)
        for change in data["changes"]:
            assert round(change["similarity"], 4) == change["similarity"]
            assert round(change["confidence"], 4) == change["confidence"]


def test_json_is_the_same_in_every_language(run: Run) -> None:
    command = ("diff", DRAFT, ENACTED, "--format", "json")
    assert run("--lang", "zh", *command).out == run("--lang", "en", *command).out


def test_every_article_of_both_sides_is_in_the_json_once(run: Run) -> None:
    data = json.loads(run("diff", CONSULTATION, ENACTED, "--format", "json").out)
    for side in ("old", "new"):
        numbers = [number for change in data["changes"] for number in change[side]]
        assert len(numbers) == len(set(numbers)) == data[side]["articles"]


def test_exit_code_says_whether_anything_differs(run: Run) -> None:
    assert run("diff", DRAFT, ENACTED).code == 0
    assert run("diff", DRAFT, ENACTED, "--exit-code").code == 1
    assert run("diff", DRAFT, DRAFT, "--exit-code").code == 0


def test_equal_texts_are_said_to_be_equal(run: Run) -> None:
    assert "两个文本相同" in run("diff", DRAFT, DRAFT).out
    assert run("diff", DRAFT, DRAFT, "--format", "unified").out == ""


def test_the_table_counts_unchanged_articles_and_does_not_list_them(run: Run) -> None:
    data = json.loads(run("diff", CONSULTATION, ENACTED, "--format", "json").out)
    out = run("diff", CONSULTATION, ENACTED).out
    unchanged = [change for change in data["changes"] if change["kinds"] == ["unchanged"]]
    assert f"未变 {len(unchanged)} 条" in out
    for change in unchanged:
        assert f"\n{change['old_citation'][0]}  " not in out


def test_a_split_names_all_its_articles(run: Run) -> None:
    data = json.loads(run("diff", CONSULTATION, ENACTED, "--format", "json").out)
    out = run("diff", CONSULTATION, ENACTED).out
    split = [change for change in data["changes"] if "split" in change["kinds"]]
    assert split
    for change in split:
        old, new = "、".join(change["old_citation"]), "、".join(change["new_citation"])
        assert f"{old} → {new}" in out


def test_articles_in_a_row_that_only_changed_their_number_share_a_line(run: Run) -> None:
    assert "第九条至第十二条" in run("diff", CONSULTATION, ENACTED).out


def test_without_colour_redlines_are_spelled_out(run: Run) -> None:
    out = run("diff", CONSULTATION, ENACTED).out
    assert "[-" in out
    assert "{+" in out
    assert "\x1b" not in out


def test_with_colour_a_sign_stays_that_is_not_colour(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = run("diff", CONSULTATION, ENACTED).out
    assert "\x1b[1;4;32m" in out  # bold and underlined
    assert "\x1b[37;41m" in out  # shaded
    assert "{+" not in out
    assert "\x1b[9m" not in out  # never struck through


def test_no_colour_wins_over_forced_colour(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = run("diff", CONSULTATION, ENACTED).out
    assert "{+" in out
    assert "[-" in out


def test_only_and_hide_choose_what_is_listed_and_not_what_is_counted(run: Run) -> None:
    everything = run("diff", CONSULTATION, ENACTED).out
    only = run("diff", CONSULTATION, ENACTED, "--only", "inserted").out
    assert run("diff", CONSULTATION, ENACTED, "--only", "增加").out == only
    hidden = run("diff", CONSULTATION, ENACTED, "--hide", "consequential").out
    counts = next(line for line in everything.splitlines() if line.startswith("未变"))
    assert counts in only
    assert counts in hidden
    assert "增加" in only
    assert "章节" not in only.splitlines()
    assert sum(line.endswith("适应性修改") for line in hidden.splitlines()) == 0
    assert "第一条　修改" in hidden
    assert len(only) < len(hidden) < len(everything)


def test_a_kind_that_does_not_occur_is_said_to_be_absent(run: Run) -> None:
    assert "没有符合筛选的变动" in run("diff", DRAFT, ENACTED, "--only", "typographic").out


def test_the_format_follows_the_ending_of_the_file(run: Run, tmp_path: Path) -> None:
    for name, begins in (
        ("a.json", "{"),
        ("a.md", "## "),
        ("a.csv", "\ufeffold,"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.diff", "--- "),
        ("a.txt", "示例市"),
    ):
        ran = run("diff", DRAFT, ENACTED, "-o", name)
        assert ran.code == 0
        assert ran.out == ""
        data = (tmp_path / name).read_bytes()
        assert data.decode("utf-8").startswith(begins)
        assert b"\r" not in data


def test_stat_shows_the_counts_alone(run: Run) -> None:
    out = run("diff", DRAFT, ENACTED, "--stat").out
    assert "条号变动" in out
    assert "字数 -" in out
    assert "第一条" not in out


def test_stat_counts_what_the_filters_leave(run: Run) -> None:
    every = run("diff", CONSULTATION, ENACTED, "--stat").out
    inserted = run("diff", CONSULTATION, ENACTED, "--stat", "--only", "inserted").out
    assert ["增加", "2"] in [line.split() for line in inserted.splitlines()]
    assert "条号变动" in every
    assert "条号变动" not in inserted
    hidden = run("diff", CONSULTATION, ENACTED, "--stat", "--hide", "consequential").out
    assert "适应性修改" in every
    assert "适应性修改" not in hidden
    none = run("diff", DRAFT, ENACTED, "--stat", "--only", "typographic").out
    assert none.endswith("没有符合筛选的变动。\n")


def test_who_asks_for_effects_is_told_that_some_are_missed(run: Run, tmp_path: Path) -> None:
    for name, word in (("a.txt", "乙"), ("b.txt", "丙")):
        (tmp_path / name).write_text(f"第一条　甲{word}。\n", encoding="utf-8")
    none = run("diff", "a.txt", "b.txt", "--only", "effect")
    assert "没有符合筛选的变动" in none.out
    assert "按规则识别，可能有遗漏" in none.err
    assert "按规则识别" in run("diff", DRAFT, ENACTED, "--only", "罚款").err
    assert "按规则识别" not in run("diff", DRAFT, ENACTED, "--only", "修改").err


def test_labels_follow_the_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "renumbered" in run("diff", DRAFT, ENACTED, "--stat").out
    assert "条号变动" in run("diff", DRAFT, ENACTED, "--stat", "--lang", "zh").out
    monkeypatch.setenv("LC_ALL", "C")
    assert "条号变动" in run("diff", DRAFT, ENACTED, "--stat").out


def test_problems_of_both_sides_go_to_standard_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("第一条　甲。\n\n第二条　乙。\n", encoding="utf-8")
    ran = run("diff", "bare.txt", ENACTED, "--format", "json")
    assert "bare.txt" in ran.err
    assert "missing-title" in ran.err
    json.loads(ran.out)


def test_what_reading_met_is_one_line_a_file_since_nothing_fails(run: Run, tmp_path: Path) -> None:
    for name, word in (("a.txt", "乙"), ("b.txt", "丙")):
        (tmp_path / name).write_text(f"第一条　甲。\n\n第二条　{word}。\n", encoding="utf-8")
    ran = run("diff", "a.txt", "b.txt")
    assert ran.err.splitlines() == [
        f"{name} 识别时有 3 个问题（missing-title、missing-stage、missing-date），-v 全部列出"
        for name in ("a.txt", "b.txt")
    ]
    every = run("-v", "diff", "a.txt", "b.txt").err
    assert every.count("→") == 6


def test_a_full_stop_or_quotation_marks_of_another_form_are_hidden_as_typographic(
    run: Run, tmp_path: Path
) -> None:
    text = "第一条　依照«某法»执行.\n\n第二条　不得{}.\n"
    right = text.replace("«", "《").replace("»", "》").replace(".", "。")
    (tmp_path / "a.txt").write_text(text.format("拆"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(right.format("改"), encoding="utf-8")
    assert "第一条　" in run("diff", "a.txt", "b.txt").out
    shown = run("diff", "a.txt", "b.txt", "--hide", "typographic").out
    assert "第一条　" not in shown
    assert "第二条　" in shown


def test_effects_are_listed_and_chosen_by_class(run: Run) -> None:
    fines = run("diff", DRAFT, ENACTED, "--only", "effect:fine").out
    assert "罚款 " in fines
    assert run("diff", DRAFT, ENACTED, "--only", "罚款").out == fines
    either = run("diff", DRAFT, ENACTED, "--only", "effect:fine", "--only", "effect:deadline").out
    assert len(either) > len(fines)
    assert len(run("diff", DRAFT, ENACTED, "--only", "effect").out) >= len(either)
    hidden = run("diff", DRAFT, ENACTED, "--hide", "effect:fine").out
    assert "罚款 " not in hidden
    assert "fine 1万元→2万元" in run("diff", DRAFT, ENACTED, "--format", "csv").out


@pytest.mark.parametrize("option", ["--only", "--hide"])
def test_a_wrong_kind_is_answered_with_the_kinds_there_are(run: Run, option: str) -> None:
    ran = run("diff", DRAFT, ENACTED, option, "改了")
    assert ran.code == 2
    error, hint = ran.err.splitlines()
    assert error == "错误 没有变动种类 改了 [unknown-change]"
    for name in (
        "renumbered 条号变动",
        "reworded 修改",
        "caption 条旨变动",
        "typographic 字形修改",
    ):
        assert name in hint


def test_entries_are_sorted_by_what_they_do_in_law(run: Run) -> None:
    def effects(*options: str) -> list[str]:
        out = run("diff", DRAFT, ENACTED, "--format", "csv", *options).out.removeprefix("\ufeff")
        return [row["effects"] for row in csv.DictReader(io.StringIO(out))]

    ordered = effects("--sort", "effect")
    assert sorted(filter(None, ordered)) == sorted(filter(None, effects()))
    assert ordered != effects()
    blank = ordered.index("")
    assert not any(ordered[blank:])
    assert ordered[0].startswith("obligation")
    assert run("diff", DRAFT, ENACTED, "--format", "json", "--sort", "effect").code == 2


def _review(workspace: Path, first: str, second: str) -> None:
    """Commit the word of a reviewer that 第一条 of both versions are not the same."""
    text = (
        f'[[override]]\nbetween = ["{first}", "{second}"]\nverdict = "no-match"\n'
        'old = ["1"]\nnew = ["1"]\n'
    )
    path = "versions/example-law/overrides.toml"
    (workspace / path).write_text(text, encoding="utf-8")
    subprocess.run(["git", "add", path], cwd=workspace, check=True)
    who = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    subprocess.run(["git", *who, "commit", "-qm", "reviewed"], cwd=workspace, check=True)


@pytest.mark.parametrize("stages", [("草案", "征求意见稿"), ("征求意见稿", "草案")])
def test_a_reviewers_word_holds_in_both_directions(
    run: Run, workspace: Path, stages: tuple[str, str]
) -> None:
    asked = ("diff", "example-law", *stages, "--format", "json")
    before = json.loads(run(*asked, cwd=workspace).out)["summary"]
    _review(workspace, "2023-03-15-draft", "2023-06-05-consultation_draft")
    after = json.loads(run(*asked, cwd=workspace).out)["summary"]
    assert after["deleted"] == before["deleted"] + 1
    assert after["inserted"] == before["inserted"] + 1


def test_an_override_that_names_the_later_version_first_is_an_error(
    run: Run, workspace: Path
) -> None:
    later, earlier = "2023-06-05-consultation_draft", "2023-03-15-draft"
    _review(workspace, later, earlier)
    ran = run("diff", "example-law", "草案", "征求意见稿", cwd=workspace)
    assert ran.code == 2
    assert f"先写了较晚的 {later}，后写了较早的 {earlier}" in ran.err
    assert f'between = ["{earlier}", "{later}"]' in ran.err


def test_two_texts_in_the_wrong_order_or_of_two_laws_are_compared_with_a_word(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    assert "晚于" not in run("diff", "example-law", "草案", "公布", cwd=filled).err
    turned = run("diff", "example-law", "公布", "草案", cwd=filled)
    assert turned.code == 0
    assert "先给出的文本（2024-01-25）晚于后给出的（2023-03-15）" in turned.err
    other = tmp_path / "other.txt"
    other.write_text("另市路灯条例\n\n第一条　为了管理路灯，制定本条例。\n", encoding="utf-8")
    assert "名称不同" in run("diff", DRAFT, str(other), cwd=filled).err


def test_csv_can_be_read_back(run: Run) -> None:
    out = run("diff", DRAFT, ENACTED, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert {"old", "new", "kinds", "old_text", "new_text"} <= set(rows[0])
    assert any(row["kinds"] == "inserted" for row in rows)


def test_only_leaves_unchanged_entries_out_of_the_table_of_a_program(
    run: Run, filled: Path
) -> None:
    pair = ("diff", "example-law", "征求意见稿", "公布", "--format", "csv")
    every = run(*pair, cwd=filled).out
    some = run(*pair, "--only", "effect", cwd=filled).out
    assert ",unchanged," in every
    assert ",unchanged," not in some


def test_a_word_document_is_chosen_by_its_ending_and_is_the_same_every_time(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.docx", "b.docx")]
    for file in files:
        ran = run("diff", "example-law", "草案", "公布", "-o", str(file), cwd=filled)
        assert (ran.code, ran.out) == (0, "")
    one, other = (file.read_bytes() for file in files)
    assert one == other
    assert "示例市公共数据条例（虚构）　草案 2023-03-15" in said(one)[0]
    piped = run("diff", "example-law", "草案", "公布", "--format", "docx", cwd=filled)
    assert piped.raw == one
    english = tmp_path / "c.docx"
    run("--lang", "en", "diff", "example-law", "草案", "公布", "-o", str(english), cwd=filled)
    assert "renumbered" in said(english.read_bytes())[0]
    assert lines(english.read_bytes(), "new") == lines(one, "new")


def test_our_own_word_document_is_compared_as_what_it_was_made_from(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    file = tmp_path / "redline.docx"
    run("diff", "example-law", "草案", "公布", "-o", str(file), cwd=filled)
    there = json.loads(
        run("diff", "example-law", "草案", "公布", "--format", "json", cwd=filled).out
    )
    back = json.loads(run("diff", str(file), "--format", "json").out)
    assert back["changes"] == there["changes"]


@pytest.mark.parametrize(
    "more", [["--only", "inserted"], ["--hide", "moved"], ["--sort", "effect"], ["--stat"]]
)
def test_a_word_document_is_whole_or_refused(run: Run, tmp_path: Path, more: list[str]) -> None:
    file = tmp_path / "a.docx"
    ran = run("diff", DRAFT, ENACTED, "-o", str(file), *more)
    assert ran.code == 2
    assert "Word 文档" in ran.err
    assert not file.exists()


def test_a_terminal_gets_no_word_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(TrackerError, match="不能显示在终端") as caught:
        Session().refuse_screen("docx", None)
    assert "-o 文件.docx" in (caught.value.hint or "")
    Session().refuse_screen("docx", "a.docx")
