"""Whatever goes wrong ends in one line that names the culprit, one hint line, and an exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import DRAFT, ENACTED, ROOT, Run
from tracker.cli.errors import report_failure
from tracker.law.model import Stage


def _lines(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize(
    ("args", "culprit"),
    [
        (["parse", "nowhere.txt"], "nowhere.txt"),
        (["diff", "nowhere.txt", DRAFT], "nowhere.txt"),
        (["show", "nowhere.txt"], "nowhere.txt"),
        (["check", "nowhere.txt"], "nowhere.txt"),
        (["amend", "parse", "nowhere.txt"], "nowhere.txt"),
        (["laws"], "versions/"),
        (["log", "example-law"], "versions/"),
        (["diff", DRAFT], "1-draft.txt"),
        (["diff", DRAFT, "a@b"], "versions/"),
        (["parse", "."], "."),
        (["show", ENACTED, "第九百条"], "第九百条"),
        (["show", ENACTED, "随便"], "随便"),
        (["show", DRAFT, "--note"], "1-draft.txt"),
        (["diff", DRAFT, ENACTED, "-o", "no/such/folder/x.md"], "no/such/folder/x.md"),
        (["diff", DRAFT, ENACTED, "--format", "json", "--only", "moved"], "--only"),
        (["laws", "--store", "missing"], "missing"),
    ],
)
def test_an_error_is_one_line_with_its_culprit_and_one_hint(
    run: Run, args: list[str], culprit: str
) -> None:
    ran = run(*args)
    assert ran.code == 2
    assert ran.out == ""
    error, hint = _lines(ran.err)
    assert error.startswith("错误 ")
    assert culprit in error
    assert hint.startswith("提示 ")


@pytest.mark.parametrize(
    ("args", "culprit"),
    [
        (["nonsense"], "nonsense"),
        (["diff", "--nonsense", "a", "b"], "--nonsense"),
        (["diff"], "OLD"),
        (["ingest", DRAFT], "--law"),
        (["parse", DRAFT, "--show", "nonsense"], "--show"),
        (["log"], "LAW"),
        (["site", "serve", "--port", "0"], "--port"),
        (["amend", "nonsense"], "nonsense"),
        (["parse", "a", "b"], "b"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_use_has_the_same_form_in_both_languages(
    run: Run, args: list[str], culprit: str, lang: str
) -> None:
    ran = run("--lang", lang, *args)
    assert ran.code == 2
    assert ran.out == ""
    error, hint = _lines(ran.err)
    assert error.startswith("错误 " if lang == "zh" else "error ")
    assert culprit in error
    assert hint.startswith("提示 " if lang == "zh" else "hint ")
    assert "--help" in hint
    assert "Usage" not in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ["verify", "--witness", ""],
        ["verify", "--write-witness", ""],
        ["check", DRAFT, "--against", ""],
        ["check", ""],
        ["ingest", DRAFT, "--law", "another-law", "--note", ""],
        ["citations", DRAFT, "--to", ""],
        ["show", DRAFT, ""],
        ["parse", ""],
        ["diff", "", DRAFT],
    ],
    ids=" ".join,
)
def test_a_variable_that_was_not_set_is_not_taken_for_an_option_left_out(
    filled: Path, run: Run, args: list[str]
) -> None:
    """``--witness "$WITNESS"`` in a script: without the name nothing would be held against it."""
    ran = run(*args, cwd=filled)
    assert ran.code == 2
    assert "空" in ran.err


def test_a_mistyped_name_gets_the_near_one(run: Run) -> None:
    assert "diff" in _lines(run("dif").err)[1]
    assert "--format" in _lines(run("diff", "a", "b", "--formt", "json").err)[1]


def test_a_wrong_stage_is_answered_with_the_stages_there_are(run: Run) -> None:
    ran = run("ingest", DRAFT, "--law", "x", "--stage", "三读")
    assert ran.code == 2
    error, hint = _lines(ran.err)
    assert "三读" in error
    for stage in Stage:
        assert stage.value in hint
        assert stage.label in hint


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
        ("draft.docx", b"PK\x03\x04\x14\x00\x06\x00" + bytes(64)),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    ],
)
def test_an_unreadable_source_is_named(run: Run, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    ran = run("parse", name)
    assert ran.code == 2
    error, hint = _lines(ran.err)
    assert name in error
    assert error.endswith("[unreadable-source]")
    assert hint


def test_an_error_line_cannot_act_on_the_terminal(run: Run) -> None:
    ran = run("parse", "a\x1b[31m\x07b\n\u202e.txt")
    assert len(_lines(ran.err)) == 2
    assert not set("\x1b\x07\u202e") & set(ran.err)
    assert "<U+001B>" in ran.err


def test_an_unexpected_error_is_one_line_and_says_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracker.parse.reading

    def fail(*_: object, **__: object) -> None:
        raise KeyError("boom")

    monkeypatch.setattr(tracker.parse.reading, "read_source", fail)
    ran = run("parse", DRAFT)
    assert ran.code == 2
    error, hint = _lines(ran.err)
    assert "KeyError" in error
    assert "boom" in error
    assert "tracker/cli/" in error
    assert "TRACKER_DEBUG=1" in hint
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    assert "Traceback" in run("parse", DRAFT).err


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import tracker.parse.reading

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tracker.parse.reading, "read_source", interrupt)
    ran = run("parse", DRAFT)
    assert ran.code == 130
    assert ran.out == ""
    assert "Traceback" not in ran.err


def _python(*args: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        env={**keep, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"  # more than the buffer of a pipe holds
    articles = "\n".join(f"第{n}条　本条例第{n}条的内容。" for n in range(1, 1500))
    long.write_text(f"示例市公共数据条例\n（草案）\n{articles}\n", encoding="utf-8")
    script = (
        "import subprocess, sys\n"
        f"first = subprocess.Popen([sys.executable, '-m', 'tracker', '-q', 'parse', {str(long)!r},"
        f" '--format', 'json'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "first.stdout.read(10)\n"
        "first.stdout.close()\n"
        "error = first.stderr.read()\n"
        "print(first.wait(), error)\n"
    )
    ran = _python("-c", script)
    assert ran.stdout.strip() == b"141 b''"


@pytest.mark.parametrize(
    ("encoding", "form"),
    [("gbk", "table"), ("cp437", "table")]
    + [("ascii", form) for form in ("table", "unified", "md", "csv")],
)
def test_no_encoding_of_the_terminal_crashes(encoding: str, form: str) -> None:
    ran = _python(
        "-m", "tracker", "diff", DRAFT, ENACTED, "--format", form, PYTHONIOENCODING=encoding
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout


def test_json_loses_nothing_on_a_terminal_that_is_not_utf8() -> None:
    import json

    command = ("-m", "tracker", "diff", DRAFT, ENACTED, "--format", "json")
    plain = _python(*command, PYTHONIOENCODING="utf-8").stdout
    narrow = _python(*command, PYTHONIOENCODING="ascii").stdout
    assert narrow.isascii()
    assert json.loads(plain) == json.loads(narrow)


def test_the_program_runs_as_a_module_and_reports_its_exit_code() -> None:
    ran = _python("-m", "tracker", "parse", "nowhere.txt")
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_a_folder_that_takes_no_file_is_named_with_a_code_and_a_way_out(
    capsys: pytest.CaptureFixture[str], number: int
) -> None:
    """A site built on a medium that is read-only or full."""
    assert report_failure(OSError(number, os.strerror(number), "site/x.json"), "zh") == 2
    head, hint = capsys.readouterr().err.splitlines()
    assert "site/x.json" in head
    assert head.endswith("[unwritable-file]")
    assert "权限" in hint


def test_a_file_that_the_system_refuses_has_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The folder of the site belongs to somebody else."""
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "site/docs/laws")
    assert report_failure(refused, "zh") == 2
    head, hint = capsys.readouterr().err.splitlines()
    assert "site/docs/laws" in head
    assert "权限" in hint


def test_a_value_that_is_none_of_the_choices_is_told_with_them_in_chinese(run: Run) -> None:
    ran = run("--lang", "zh", "parse", DRAFT, "--show", "foo")
    assert ran.code == 2
    assert "--show 的值不对：foo；可用 lines、tree、canonical、ledger" in ran.err
    assert "is not one of" not in ran.err


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder in use cannot be removed")
def test_a_folder_that_is_gone_is_named_as_that(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r})"
    program += "; from tracker.cli.group import tracker; tracker(['laws'])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "当前文件夹已经不在了" in done.stderr
    assert len(_lines(done.stderr)) == 2
