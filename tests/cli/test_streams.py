"""Streams that are closed or full, and files that must not be overwritten: one line, no trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, stage_files

PROJECT = Path(__file__).resolve().parents[2]

ASCII_ONLY = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""What makes Python take the locale C at its word."""


def shell(command: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "LC_ALL": "C.UTF-8", **more}
    line = command.replace("tracker", f"{sys.executable} -m tracker", 1)
    return subprocess.run(
        ["sh", "-c", line], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("tracker laws >&-", "标准输出已关闭"),
        ("tracker parse - <&-", "标准输入已关闭"),
        ("tracker laws >/dev/full", "写不了标准输出"),
        ("tracker --version >/dev/full", "写不了标准输出"),
    ],
)
def test_a_stream_that_cannot_be_used_is_one_line(filled: Path, command: str, words: str) -> None:
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(command, filled)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="the locale C is of POSIX")
def test_a_citation_is_understood_under_the_locale_c(filled: Path) -> None:
    done = shell("tracker history example-law 第一条", filled, **ASCII_ONLY)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="the locale C is of POSIX")
def test_a_workspace_is_set_up_the_same_under_the_locale_c(tmp_path: Path) -> None:
    for name, locale in (("plain", ASCII_ONLY), ("usual", {})):
        done = shell(f"tracker init {name}", tmp_path, **locale)
        assert done.returncode == 0, done.stderr
    plain, usual = ((tmp_path / name / ".git/config").read_bytes() for name in ("plain", "usual"))
    assert plain == usual
    assert "条".encode() in usual


@pytest.mark.skipif(os.name != "posix", reason="the locale C is of POSIX")
@pytest.mark.parametrize(
    "command",
    [
        "tracker diff example-law 2023-03-15 2024-01-25 --format html --lang zh",
        "tracker concordance example-law --format csv",
        "tracker check --store . --format junit",
    ],
)
def test_data_for_programs_are_the_same_bytes_under_the_locale_c(
    filled: Path, command: str
) -> None:
    plain, usual = (shell(command, filled, **locale) for locale in (ASCII_ONLY, {}))
    assert plain.returncode == usual.returncode, plain.stderr
    assert plain.stdout == usual.stdout
    assert not usual.stdout.isascii()


def test_output_never_overwrites_an_input(run: Run, tmp_path: Path) -> None:
    for name, source in zip(("a.txt", "b.txt"), stage_files(), strict=False):
        (tmp_path / name).write_bytes(Path(source).read_bytes())
    before = (tmp_path / "b.txt").read_bytes()
    done = run("diff", "a.txt", "b.txt", "-o", "./b.txt")
    assert done.code == 2
    assert "unwritable-file" in done.err
    assert (tmp_path / "b.txt").read_bytes() == before


def test_an_ending_without_a_format_names_those_with_one(run: Run, tmp_path: Path) -> None:
    done = run("diff", *stage_files()[:2], "-o", "result.xyz")
    assert done.code == 2
    assert "unknown-ending" in done.err
    assert ".json、.md、.csv" in done.err
    assert not (tmp_path / "result.xyz").exists()
    assert run("diff", *stage_files()[:2], "-o", "result.xyz", "--format", "csv").code == 0


def test_an_empty_output_name_is_named(run: Run) -> None:
    done = run("diff", *stage_files()[:2], "-o", "")
    assert done.code == 2
    assert "文件名是空的" in done.err


def test_a_bare_repository_is_found_from_inside(filled: Path, run: Run, tmp_path: Path) -> None:
    bare = tmp_path / "laws.git"
    subprocess.run(
        ["git", "clone", "-q", "--bare", str(filled), str(bare)], check=True, capture_output=True
    )
    done = run("laws", cwd=bare)
    assert done.code == 0, done.err
    assert "example-law" in done.out
