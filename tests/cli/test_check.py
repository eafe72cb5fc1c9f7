"""`tracker check` and `tracker ingest`: settings, formats, exit codes, the same findings."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import CONSULTATION, DRAFT, READING, TEXT, Run
from tests.parse.extract.word.making import docx, inserted, p

STALE = "stale-citation"
BAD = "示例市试验条例（草案）\n\n第一条　甲。\n\n第三条　乙（丙。\n"


def bad(tmp_path: Path) -> str:
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    return "bad.txt"


def found(out: str) -> list[tuple[str, str]]:
    return [(p["code"], p["severity"]) for p in json.loads(out)["problems"]]


def addresses(out: str) -> list[str]:
    return [p["address"] for p in json.loads(out)["problems"] if p["code"] == STALE]


def commit(folder: Path, path: str, text: str) -> None:
    (folder / path).write_text(text, encoding="utf-8")
    who = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    for words in (["add", path], [*who, "commit", "-qm", "by hand"]):
        subprocess.run(["git", *words], cwd=folder, check=True)


@pytest.mark.parametrize("form", ["text", "json", "md", "github", "sarif", "junit"])
def test_every_format_shows_the_findings_and_exits_with_one(
    run: Run, tmp_path: Path, form: str
) -> None:
    ran = run("check", bad(tmp_path), "--format", form)
    assert ran.code == 1
    assert "numbering" in ran.out
    assert run("check", "bad.txt", "--format", form, "--exit-zero").code == 0
    if form in ("json", "sarif"):
        assert json.loads(ran.out)
    if form == "junit":
        assert ET.fromstring(ran.out).get("failures") == "2"


@pytest.mark.parametrize("form", ["text", "md"])
def test_the_findings_of_an_invented_law_say_that_it_is_one(
    run: Run, filled: Path, form: str
) -> None:
    out = run("check", "example-law", "--format", form, "--exit-zero", cwd=filled).out
    named = out.count("示例市公共数据条例")
    assert named
    assert out.count("示例市公共数据条例（虚构）") == named


def test_the_line_of_a_finding_is_that_of_the_file(run: Run, tmp_path: Path) -> None:
    ran = run("check", bad(tmp_path), "--format", "json")
    lines = {p["code"]: p["line"] for p in json.loads(ran.out)["problems"]}
    assert (lines["numbering-gap"], lines["unpaired-mark"]) == (5, 5)


def test_the_line_of_a_finding_in_a_word_file_is_that_of_what_was_read(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "draft.docx"
    last = p("第二条　依照本条例第九条", inserted("的规定"), "处罚。")
    for blocks, more in (
        (["某市条例", "", "第一条　甲。", "", "第二条　依照本条例第九条的规定处罚。"], ()),
        (["某市条例", "", "第一条　甲。", "", last], ("--tracked", "final")),
    ):
        path.write_bytes(docx(*blocks))
        ran = run("check", path.name, "--format", "json", *more)
        lines = {one["code"]: one["line"] for one in json.loads(ran.out)["problems"]}
        assert lines["no-such-article"] == 5


def test_settings_change_levels_and_leave_aside_with_a_reason(run: Run, tmp_path: Path) -> None:
    settings = (
        '[check.levels]\nnumbering-gap = "info"\n'
        '[[check.ignore]]\ncode = "unpaired-mark"\nreason = "引文未完"\n'
    )
    (tmp_path / "tracker.toml").write_text(settings, encoding="utf-8")
    ran = run("check", bad(tmp_path), "--format", "json")
    assert ("numbering-gap", "info") in found(ran.out)
    assert "unpaired-mark" not in dict(found(ran.out))
    assert [one["reason"] for one in json.loads(ran.out)["ignored"]] == ["引文未完"]
    assert ran.code == 0
    assert "按设置忽略 1 个（引文未完）" in run("check", "bad.txt").out
    (tmp_path / "tracker.toml").rename(tmp_path / "other.toml")
    assert run("check", "bad.txt").code == 1
    assert run("check", "bad.txt", "--config", "other.toml").code == 0


def test_an_ignore_without_a_reason_stops_the_command_and_names_the_line(
    run: Run, tmp_path: Path
) -> None:
    text = '[tool.tracker.check.levels]\n\n[[tool.tracker.check.ignore]]\ncode = "item-mark"\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    ran = run("check", bad(tmp_path))
    assert ran.code == 2
    assert "pyproject.toml:3" in ran.err
    assert "理由" in ran.err


def test_law_toml_has_settings_of_its_own_and_what_is_unused_is_told(
    run: Run, workspace: Path
) -> None:
    path = "versions/example-law/law.toml"
    text = (workspace / path).read_text(encoding="utf-8")
    ignores = "".join(
        f'[[check.ignore]]\ncode = "{code}"\nreason = "已核对"\n' for code in (STALE, "item-mark")
    )
    commit(workspace, path, f"{text}\n{ignores}")
    ran = run("check", "--format", "json", cwd=workspace)
    assert [code for code, _ in found(ran.out)] == ["unused-ignore"]
    assert "item-mark" in ran.out


def test_one_of_several_files_that_cannot_be_read_does_not_stop_the_others(
    run: Run, tmp_path: Path
) -> None:
    ran = run("check", "none.txt", bad(tmp_path), "--format", "json")
    assert ran.code == 2
    assert {"missing-file", "numbering-gap"} <= {code for code, _ in found(ran.out)}
    assert run("check", "none.txt").code == 2


def test_what_a_reviewer_said_counts_in_a_check_as_on_the_site(run: Run, workspace: Path) -> None:
    """第二十二条 of the consultation draft was 第二十四条; a reviewer says that it is not."""
    versions = sorted(p.name for p in (workspace / "versions/example-law").iterdir() if p.is_dir())
    old, new = versions[1], versions[2]
    before = run("check", f"example-law@{new}", "--format", "json", cwd=workspace)
    assert "art_39" in addresses(before.out)
    said = (
        f'[[override]]\nbetween = ["{old}", "{new}"]\nverdict = "match"\n'
        'old = ["22"]\nnew = ["22"]\nwho = "示例"\nwhy = "示例"\n'
    )
    commit(workspace, "versions/example-law/overrides.toml", said)
    after = run("check", f"example-law@{new}", "--format", "json", cwd=workspace)
    assert "art_39" not in addresses(after.out)


def test_ingest_shows_what_check_finds_also_against_the_stage_before(
    run: Run, workspace: Path
) -> None:
    ran = run("ingest", READING, "--law", "example-law", cwd=workspace)
    assert STALE in ran.out
    checked = run("check", READING, "--format", "json", cwd=workspace)
    assert checked.code == 0


def test_strict_refuses_what_has_an_error_and_stores_nothing(run: Run, workspace: Path) -> None:
    (workspace / "bad.txt").write_text(BAD, encoding="utf-8")
    words = ("ingest", "bad.txt", "--law", "trial", "--date", "2022-01-01", "--strict")
    ran = run(*words, cwd=workspace)
    assert ran.code == 2
    assert "numbering-gap" in ran.out
    assert "refused-by-strict" in ran.err
    assert not (workspace / "versions" / "trial").exists()
    stored = run(*words[:-1], cwd=workspace)
    assert stored.code == 0
    assert "numbering-gap" in stored.out


def test_strict_stores_what_has_none(run: Run, tmp_path: Path) -> None:
    assert run("init", ".").code == 0
    ran = run("ingest", DRAFT, "--law", "example", "--strict")
    assert ran.code == 0
    assert (tmp_path / "versions" / "example").is_dir()


@pytest.mark.parametrize("day", ["2999-01-01", "1820-01-01"])
def test_a_day_that_no_law_can_have_is_refused(run: Run, tmp_path: Path, day: str) -> None:
    assert run("init", ".").code == 0
    ran = run("ingest", READING, "--law", "example", "--date", day)
    assert ran.code == 2
    assert "bad-date" in ran.err


def test_a_code_explains_itself_and_an_unknown_one_comes_with_the_nearest(run: Run) -> None:
    ran = run("check", "--explain", "missing-full-stop")
    assert ran.code == 0
    assert "一款末尾没有句号" in ran.out
    unknown = run("check", "--explain", "missing-stop")
    assert unknown.code == 2
    assert "missing-full-stop" in unknown.err


def test_markdown_of_a_file_against_its_stage_before_has_the_changes(run: Run) -> None:
    before = CONSULTATION
    ran = run("check", READING, "--against", before, "--format", "md")
    assert "与上一阶段相比" in ran.out
    assert "<ins>" in ran.out


def test_the_settings_of_a_law_hold_for_a_file_that_says_whose_it_is(
    run: Run, workspace: Path
) -> None:
    setting = '[[check.ignore]]\ncode = "numbering-gap"\nreason = "问卷漏掉"\n'
    record = (workspace / "versions/example-law/law.toml").read_text(encoding="utf-8")
    commit(workspace, "versions/example-law/law.toml", f"{record}\n{setting}")
    (workspace / "drafts/example-law").mkdir(parents=True)
    for place in ("bad.txt", "drafts/example-law/bad.txt"):
        (workspace / place).write_text(BAD, encoding="utf-8")
    told = ("numbering-gap", "error")
    asked = ("--format", "json")
    assert told in found(run("check", "bad.txt", *asked, cwd=workspace).out)
    for names in (["drafts/example-law/bad.txt"], ["bad.txt", "--against", "example-law@草案"]):
        ran = run("check", *names, *asked, cwd=workspace)
        assert told not in found(ran.out)
        assert "问卷漏掉" in ran.out


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


def test_a_draft_in_the_folder_of_its_law_is_held_against_the_last_stage_as_ci_does(
    run: Run, workspace: Path
) -> None:
    text = Path(READING).read_text(encoding="utf-8").replace("2023年9月28日", "2023年9月29日")
    place = workspace / "drafts/example-law/next.txt"
    place.parent.mkdir(parents=True)
    stale = ("check", "drafts/example-law/next.txt", "--format", "json")
    place.write_text(text.replace("第二十二条规定的承诺", "第二十三条规定的承诺"), encoding="utf-8")
    assert addresses(run(*stale, cwd=workspace).out) == []
    codes = {code for code, _ in found(run(*stale, cwd=workspace).out)}
    assert "same-stage-differs" in codes
    place.write_bytes(Path(READING).read_bytes())  # stored already: the stage before is another
    again = run(*stale, cwd=workspace).out
    assert addresses(again) == ["art_39"]
    assert "text-unchanged" not in {code for code, _ in found(again)}
