"""Word files in every command that takes a file; with tracked changes only the text asked for."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.parse.extract.word.making import (
    abstract,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    numbered,
    numbering,
    p,
)

LISTS = numbering(abstract(0, lvl(0, "chineseCountingThousand", "第%1条")), num(1, 0))
IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def _law(*second: str) -> bytes:
    return docx(
        p("示例市公园条例"),
        p("（草案）"),
        numbered("为了加强公园管理，制定本条例。"),
        p(*second, properties=IN_LIST),
        numbered("本条例自2025年1月1日起施行。"),
        numbers=LISTS,
    )


PLAIN = _law("本市行政区域内公园的管理，适用本条例。")
REVISED = _law(
    "本市行政区域内公园的", deleted("管理"), inserted("规划、建设和管理", "乙"), "，适用本条例。"
)


@pytest.fixture
def place(run: Run, tmp_path: Path) -> Path:
    """A workspace with both files in it."""
    folder = tmp_path / "work"
    assert run("init", str(folder)).code == 0
    (folder / "plain.docx").write_bytes(PLAIN)
    (folder / "revised.docx").write_bytes(REVISED)
    return folder


def _ingest(run: Run, place: Path, file: str, *more: str) -> str:
    ran = run("ingest", file, "--law", "park-rules", "--date", "2024-05-01", *more, cwd=place)
    assert ran.code == 0, ran.err
    return ran.out


def test_a_word_file_is_stored_and_verified(run: Run, place: Path) -> None:
    assert "读作  word\n" in _ingest(run, place, "plain.docx")
    folder = place / "versions/park-rules/2024-05-01-draft"
    assert (folder / "source.docx").read_bytes() == PLAIN
    assert "第二条　本市行政区域内公园的管理" in (folder / "text.txt").read_text("utf-8")
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    assert meta["source"]["format"] == "word"
    assert "tracked" not in meta["source"]
    assert run("verify", "--fail-on", "warning", cwd=place).code == 0


@pytest.mark.parametrize(("view", "words"), [("final", "规划、建设和管理"), ("original", "的管理")])
def test_the_view_is_recorded_and_verify_reads_it_again(
    run: Run, place: Path, view: str, words: str
) -> None:
    said = _ingest(run, place, "revised.docx", "--tracked", view)
    assert ("修订后" if view == "final" else "修订前") in said
    assert "tracked-view" in said
    folder = place / "versions/park-rules/2024-05-01-draft"
    assert words in (folder / "text.txt").read_text("utf-8")
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    assert meta["source"]["tracked"] == view
    ran = run("verify", "--fail-on", "warning", cwd=place)
    assert ran.code == 0, ran.out
    shown = json.loads(run("show", "park-rules", "--format", "json", cwd=place).out)
    assert shown["tracked"] == view


def test_without_a_view_nothing_is_read_or_stored(run: Run, place: Path) -> None:
    commands = (
        ("ingest", "revised.docx", "--law", "park-rules"),
        ("parse", "revised.docx"),
        ("parse", "revised.docx", "--show", "lines"),
        ("check", "revised.docx"),
        ("diff", "plain.docx", "revised.docx"),
        ("show", "revised.docx"),
        ("citations", "revised.docx"),
        ("amend", "parse", "revised.docx"),
        ("amend", "apply", "revised.docx", "plain.docx"),
        ("amend", "reconcile", "revised.docx", "plain.docx", "plain.docx"),
    )
    for command in commands:
        ran = run(*command, cwd=place)
        assert ran.code == 2, command
        assert "revised.docx 有 2 处修订（2 人）" in ran.err + ran.out, command
        assert "--tracked final" in ran.err + ran.out, command
    assert not list((place / "versions").glob("*/*/text.txt"))


def test_every_command_takes_the_view(run: Run, place: Path) -> None:
    shown = run("parse", "revised.docx", "--show", "canonical", "--tracked", "final", cwd=place)
    assert "公园的规划、建设和管理" in shown.out
    ledger = run("parse", "revised.docx", "--show", "ledger", "--tracked", "original", cwd=place)
    assert "修订中插入的文字 (tracked-insertion)" in ledger.out
    same = run(
        "diff", "plain.docx", "revised.docx", "--tracked", "original", "--exit-code", cwd=place
    )
    assert same.code == 0
    assert "规划" in run("show", "revised.docx", "第二条", "--tracked", "final", cwd=place).out
    assert run("check", "revised.docx", "--tracked", "final", cwd=place).code == 0
    assert run("citations", "revised.docx", "--tracked", "final", cwd=place).code == 0


def test_one_file_with_tracked_changes_is_compared_with_itself(run: Run, place: Path) -> None:
    ran = run("diff", "revised.docx", "--format", "unified", cwd=place)
    assert ran.code == 0, ran.err
    assert "revised.docx（修订前）" in ran.out
    assert "-第二条　本市行政区域内公园的管理，适用本条例。" in ran.out
    assert "+第二条　本市行政区域内公园的规划、建设和管理，适用本条例。" in ran.out
    assert run("diff", "revised.docx", "-o", "table.html", cwd=place).code == 0
    assert "规划、建设和" in (place / "table.html").read_text("utf-8")
    for command in (("plain.docx",), ("revised.docx", "--tracked", "final")):
        ran = run("diff", *command, cwd=place)
        assert ran.code == 2
        assert "one-text-only" in ran.err


@pytest.mark.parametrize("views", [("final", "original"), ("original", "final")])
@pytest.mark.parametrize("dated", [True, False])
def test_both_texts_of_one_file_are_stored_in_their_order(
    run: Run, place: Path, views: tuple[str, str], dated: bool
) -> None:
    day = ["--date", "2024-05-01"] if dated else []
    for view in views:
        ran = run(
            "ingest", "revised.docx", "--law", "park-rules", *day, "--tracked", view, cwd=place
        )
        assert ran.code == 0, ran.err
    assert run("verify", "--fail-on", "warning", cwd=place).code == 0
    ran = run("diff", "park-rules", "--format", "unified", cwd=place)
    assert "-第二条　本市行政区域内公园的管理，适用本条例。" in ran.out
    assert "+第二条　本市行政区域内公园的规划、建设和管理，适用本条例。" in ran.out
    other = run("ingest", "plain.docx", "--law", "park-rules", *day, "--title", "别", cwd=place)
    assert other.code == 2
    assert "version-conflict" in other.err


def test_both_texts_of_one_file_may_be_stored_as_two_versions(run: Run, place: Path) -> None:
    _ingest(run, place, "revised.docx", "--tracked", "original")
    again = _ingest(run, place, "revised.docx", "--tracked", "original")
    assert "已" in again.splitlines()[0]
    ran = run(
        "ingest", "revised.docx", "--law", "park-rules", "--date", "2024-06-01", "--stage",
        "second_reading", "--tracked", "final", cwd=place,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert run("verify", "--fail-on", "warning", cwd=place).code == 0
    assert "规划、建设" in run("diff", "park-rules", cwd=place).out


def test_a_correction_reads_the_stored_source_in_its_view(run: Run, place: Path) -> None:
    _ingest(run, place, "revised.docx", "--tracked", "original")
    ran = run(
        "ingest", "revised.docx", "--law", "park-rules", "--corrects", "2024-05-01-draft",
        "--tracked", "final", cwd=place,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert run("verify", "--fail-on", "warning", cwd=place).code == 0


def test_drafts_of_a_change_may_be_word_files(run: Run, place: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=U", "-c", "user.email=u@localhost")
        subprocess.run(["git", *who, *arguments], cwd=place, check=True, capture_output=True)

    (place / "revised.docx").rename(place.parent / "revised.docx")
    (place / "plain.docx").rename(place.parent / "plain.docx")
    git("add", "-A")
    git("commit", "-q", "-m", "begin")
    git("switch", "-q", "-c", "change")
    drafts = place / "drafts" / "park-rules"
    drafts.mkdir(parents=True)
    (drafts / "2024-05-01-draft.docx").write_bytes(PLAIN)
    git("add", "-A")
    git("commit", "-q", "-m", "plain")
    ran = run("check", "--base", "main", cwd=place)
    assert ran.code == 0, ran.out
    (drafts / "2024-05-02-draft.docx").write_bytes(REVISED)
    git("add", "-A")
    git("commit", "-q", "-m", "revised")
    ran = run("check", "--base", "main", "--format", "json", cwd=place)
    assert ran.code == 1
    problems = json.loads(ran.out)["problems"]
    assert [p["code"] for p in problems if p["severity"] == "error"] == ["tracked-changes"]
    assert run("check", "--base", "main", "--tracked", "final", cwd=place).code == 0
    (drafts / "2024-05-02-draft.docx").unlink()
    (drafts / "2024-05-02-draft.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(900))
    git("add", "-A")
    git("commit", "-q", "-m", "an old Word file")
    ran = run("check", "--base", "main", "--tracked", "final", cwd=place)
    assert ran.code == 1
    assert "提交上来的不转换" in ran.out + ran.err


def test_many_word_files_are_read_by_workers(run: Run, place: Path) -> None:
    for n in range(1, 18):
        text = _law(deleted("甲"), inserted(f"本条例适用于{n}号公园。"))
        (place / f"2023-01-{n:02}.docx").write_bytes(text)
    files = [f"2023-01-{n:02}.docx" for n in range(1, 18)]
    ran = run("ingest", *files, "--law", "park-rules", "--tracked", "final", cwd=place)
    assert ran.code == 2  # all are of the same stage and have no date, so the first is stored
    assert ran.out.count("→ park-rules@") == 1
    assert "Traceback" not in ran.err


def test_pages_and_log_say_which_text_of_a_file_a_version_is(run: Run, place: Path) -> None:
    for view in ("original", "final"):
        _ingest(run, place, "revised.docx", "--tracked", view)
    log = run("log", "park-rules", cwd=place).out
    assert "草案（修订前）" in log
    assert "草案（修订后）" in log
    assert run("site", "build", cwd=place).code == 0
    page = (place / "site/public/laws/park-rules/index.html").read_text("utf-8")
    assert page.index("草案（修订前）") < page.index("草案（修订后）")
