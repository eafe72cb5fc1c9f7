"""A workspace with the invented law in its four stages, and a way to run the program in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli.group import tracker

CASES = Path(__file__).resolve().parents[1] / "cases" / "example-law"
ROOT = CASES.parents[2]
STAGES = ("1-draft.txt", "2-consultation_draft.txt", "3-second_reading.txt", "4-enacted.txt")
DRAFT, CONSULTATION, READING, ENACTED = (str(CASES / name) for name in STAGES)
TEXT = """示例市测试条例
（草案）

第一条　为了测试，制定本条例。

第二条　本条例自2024年1月1日起施行。
"""


@dataclass(frozen=True)
class Ran:
    """What a run gave: exit code, standard output (also as bytes), standard error."""

    code: int
    out: str
    err: str
    raw: bytes = b""


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in an empty folder of its own; `cwd` names another."""
    for name in ("TRACKER_LANG", "TRACKER_STORE", "TRACKER_DEBUG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def call(*args: str, cwd: Path | None = None, stdin: bytes | None = None) -> Ran:
        monkeypatch.chdir(cwd or tmp_path)
        result = CliRunner().invoke(tracker, list(args), input=stdin, catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    return call


def stage_files() -> list[str]:
    """The four stages of the invented law, oldest first."""
    return [str(CASES / name) for name in STAGES]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace that holds the four stages; made once, not to be written to."""
    folder = tmp_path_factory.mktemp("filled")
    runner = CliRunner(env={"LC_ALL": "C.UTF-8"})
    commands: Sequence[list[str]] = (
        ["init", str(folder)],
        ["ingest", *stage_files(), "--law", "example-law", "--store", str(folder)],
    )
    for command in commands:
        result = runner.invoke(tracker, command, catch_exceptions=False)
        assert result.exit_code == 0, result.stderr
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def workspace(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled workspace that a test may change."""
    copy = tmp_path / "copy"
    shutil.copytree(filled, copy, symlinks=True)
    return copy
