"""`tracker check --base`: what a change brings is checked from git's objects, and can be red."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOOD = """示例市公园条例
（草案）

第一条　为了加强公园管理，制定本条例。
第二条　本市行政区域内公园的管理，适用本条例。
"""
BAD = GOOD.replace("适用本条例", "适用本条例第九条的规定")


@pytest.fixture
def repository(filled: Path, tmp_path: Path) -> tuple[Path, Callable[..., None]]:
    """A copy of the store with a branch, and a function that commits files to it."""
    place = tmp_path / "work"
    shutil.copytree(filled, place, symlinks=True)

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=U", "-c", "user.email=u@localhost")
        subprocess.run(["git", *who, *arguments], cwd=place, check=True, capture_output=True)

    def put(**files: str) -> None:
        for name, text in files.items():
            path = place / "drafts" / "park-rules" / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", "drafts")

    git("switch", "-q", "-c", "change")
    return place, put


def test_a_good_draft_is_green_and_a_bad_one_red(run: Run, repository) -> None:
    place, put = repository
    put(good=GOOD)
    assert run("check", "--base", "main", cwd=place).code == 0
    put(bad=BAD)
    ran = run("check", "--base", "main", "--format", "json", cwd=place)
    assert ran.code == 1
    report = json.loads(ran.out)
    assert report["checked"] == ["drafts/park-rules/bad.txt", "drafts/park-rules/good.txt"]
    assert [p["law"] for p in report["problems"] if p["severity"] == "error"] == ["park-rules"]


def test_the_work_tree_plays_no_part(run: Run, repository) -> None:
    place, put = repository
    put(good=GOOD)
    (place / "drafts/park-rules/good.txt").write_text(BAD, encoding="utf-8")
    assert run("check", "--base", "main", cwd=place).code == 0


def test_a_change_that_brings_nothing_says_so(run: Run, repository) -> None:
    place, _ = repository
    ran = run("check", "--base", "main", cwd=place)
    assert ran.code == 0
    assert "没有可查的文本" in ran.err


def test_a_draft_of_a_stored_law_is_held_against_its_last_stage(run: Run, repository) -> None:
    place, put = repository
    put()
    folder = place / "drafts" / "example-law"
    folder.mkdir(parents=True)
    last = sorted((place / "versions/example-law").glob("2024*"))[0]
    text = (last / "source.txt").read_text(encoding="utf-8")
    (folder / "same.txt").write_text(text + "\n", encoding="utf-8")
    put()
    report = json.loads(run("check", "--base", "main", "--format", "json", cwd=place).out)
    assert report["checked"] == ["drafts/example-law/same.txt"]
    assert "text-unchanged" in {p["code"] for p in report["problems"]}


def test_the_draft_of_a_revision_is_not_dated_by_the_law_it_revises(run: Run, repository) -> None:
    place, put = repository
    put()
    folder = place / "drafts" / "example-law"
    folder.mkdir(parents=True)
    last = sorted((place / "versions/example-law").glob("2024*"))[0]
    title, _, rest = (last / "text.txt").read_text(encoding="utf-8").partition("\n")
    rest = "第一条" + rest.partition("第一条")[2]
    history = "（2004年4月30日国务院令第406号公布　2012年11月9日第一次修订）"
    for name, stage, compared in (
        ("undated.txt", "（修订草案征求意见稿）", True),
        ("2025-03-11-consultation_draft.txt", "（修订草案征求意见稿）", True),
        ("early.txt", "（修订草案征求意见稿）（2003年3月10日）", False),
    ):
        file = folder / name
        file.write_text(f"{title}\n{stage}\n{history}\n{rest}", encoding="utf-8")
        put()
        for asked in (("--base", "main"), (str(file),)):
            ran = run("check", *asked, "--format", "json", cwd=place)
            codes = {p["code"] for p in json.loads(ran.out)["problems"]}
            assert ("not-compared" in codes) is not compared, (name, codes)
            assert ("stage-goes-back" in codes) is compared, (name, codes)
        text = run("check", str(file), cwd=place).out
        assert ("未与任何版本比较" in text) is not compared
        file.unlink()
        put()


def test_a_rewritten_version_is_red(run: Run, repository) -> None:
    place, put = repository
    text = next((place / "versions/example-law").glob("2023-03-15-draft/text.txt"))
    text.write_text("改写", encoding="utf-8")
    put()
    report = place / "report.sarif"
    ran = run("check", "--base", "main", "--report", f"sarif={report}", cwd=place)
    assert ran.code == 1
    assert "改动改写了已存的版本" in ran.out
    (result,) = json.loads(report.read_text(encoding="utf-8"))["runs"][0]["results"]
    place_of = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place_of == "versions/example-law/2023-03-15-draft/text.txt"


def test_a_draft_that_cannot_be_read_is_red_and_does_not_stop_the_others(run, repository) -> None:
    place, put = repository
    put(good=GOOD, broken="\x00\x01\x02")
    ran = run("check", "--base", "main", "--format", "json", cwd=place)
    assert ran.code == 1
    assert len(json.loads(ran.out)["checked"]) == 2


def test_a_refused_draft_is_named_by_its_path_in_every_form(
    run: Run, repository, tmp_path: Path
) -> None:
    place, put = repository
    (place / "drafts").mkdir(exist_ok=True)
    (place / "drafts/loose.txt").write_text(GOOD, encoding="utf-8")
    (place / "drafts/park-rules").mkdir()
    (place / "drafts/park-rules/a\nb.txt").write_text(GOOD, encoding="utf-8")
    put()
    forms = ("sarif", "github", "junit", "json")
    report = [f"--report={kind}={tmp_path / kind}" for kind in forms]
    assert run("check", "--base", "main", *report, cwd=place).code == 1
    results = json.loads((tmp_path / "sarif").read_text())["runs"][0]["results"]
    files = {
        one["ruleId"]: one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in results
    }
    assert files["draft-without-law"] == "drafts/loose.txt"
    assert files["draft-bad-name"] == "drafts/park-rules/a%3CU%2B000A%3Eb.txt"
    assert "file=drafts/loose.txt" in (tmp_path / "github").read_text(encoding="utf-8")
    assert 'file="drafts/loose.txt"' in (tmp_path / "junit").read_text(encoding="utf-8")


def test_a_draft_of_a_law_that_is_not_stored_is_said_to_be_compared_with_nothing(
    run: Run, repository
) -> None:
    place, put = repository
    put(good=GOOD)
    said = run("check", "--base", "main", cwd=place).err
    assert "park-rules" in said
    assert "没有比较" in said


def test_a_file_name_that_is_a_version_id_gives_the_day_and_the_stage(run, repository) -> None:
    place, put = repository
    put(**{"2025-03-10-draft": GOOD, "plain": GOOD, "2025-13-40-draft": GOOD})
    report = json.loads(run("check", "--base", "main", "--format", "json", cwd=place).out)
    undated = [p for p in report["problems"] if p["code"] == "missing-date"]
    assert len(undated) == 2


def test_other_files_of_the_change_are_named(run: Run, repository) -> None:
    place, put = repository
    (place / "conftest.py").write_text("raise SystemExit(0)", encoding="utf-8")
    put(good=GOOD)
    assert "conftest.py" in run("check", "--base", "main", cwd=place).err


@pytest.mark.parametrize(
    "arguments",
    [("--base", "main", "draft.txt"), ("--head", "main"), ("--base", "nowhere"), ("--base", "")],
)
def test_wrong_use_is_one_line(run: Run, repository, arguments) -> None:
    place, _ = repository
    ran = run("check", *arguments, cwd=place)
    assert ran.code == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("ci", "names"),
    [
        ("github", {".github/workflows/tracker.yml", ".github/workflows/drafts.yml"}),
        ("gitlab", {".gitlab-ci.yml"}),
        ("none", set()),
    ],
)
def test_init_writes_the_files_of_the_ci_that_is_named(run: Run, tmp_path: Path, ci, names) -> None:
    assert run("init", "new", "--ci", ci).code == 0
    every = (".github/workflows/tracker.yml", ".github/workflows/drafts.yml", ".gitlab-ci.yml")
    assert {name for name in every if (tmp_path / "new" / name).exists()} == names


def test_the_outcome_can_be_kept_in_several_forms(run: Run, repository, tmp_path: Path) -> None:
    place, put = repository
    put(bad=BAD)
    report = [f"--report={kind}={tmp_path / kind}" for kind in ("json", "sarif", "summary")]
    assert run("check", "--base", "main", *report, cwd=place).code == 1
    assert json.loads((tmp_path / "json").read_text())["summary"]["error"] == 1
    assert "第九条" in (tmp_path / "summary").read_text(encoding="utf-8")
    for wrong in ("json", "json=", "yaml=x"):
        assert run("check", "--base", "main", "--report", wrong, cwd=place).code == 2


def test_a_parser_that_dies_makes_the_check_red(run: Run, repository, monkeypatch) -> None:
    place, put = repository
    put(good=GOOD)

    def die(*_: object, **__: object) -> None:
        raise RuntimeError("died")

    monkeypatch.setattr("tracker.parse.reading.read_source", die)
    assert run("check", "--base", "main", cwd=place).code > 1
