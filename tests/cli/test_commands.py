"""What all commands share: names of workspaces, help, the same bytes whatever the surroundings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import DRAFT, ENACTED, ROOT, Run


@pytest.mark.parametrize("form", ["table", "unified", "md", "csv", "html", "json"])
def test_output_does_not_depend_on_hash_seed_or_locale(form: str) -> None:
    import sys

    outputs = set()
    for seed, locale in (("1", "C.UTF-8"), ("2", "POSIX")):
        ran = subprocess.run(
            [sys.executable, "-m", "tracker", "diff", DRAFT, ENACTED, "--format", form],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "LC_ALL": locale,
                "PYTHONIOENCODING": "utf-8", "COLUMNS": str(40 * int(seed)),
            },
            capture_output=True,
            check=True,
        )  # fmt: skip
        outputs.add(ran.stdout)
    assert len(outputs) == 1


def test_a_workspace_is_found_from_below_and_by_name(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("laws", cwd=filled).out
    assert run("laws", cwd=filled / "versions" / "example-law").out == expected
    assert run("laws", "--store", str(filled)).out == expected
    assert run("--store", str(filled), "laws").out == expected
    monkeypatch.setenv("TRACKER_STORE", str(filled))
    assert run("laws").out == expected


def test_no_summary_in_the_help_is_cut_short(run: Run) -> None:
    out = run("--help").out
    assert "..." not in out.split("Commands:")[1]


def test_a_group_without_a_command_shows_its_help(run: Run) -> None:
    for name in ([], ["amend"], ["site"]):
        ran = run(*name)
        assert ran.code == 0
        assert "Commands:" in ran.out


def test_an_argument_too_many_is_told_in_the_language_asked_for(run: Run) -> None:
    ran = run("--lang", "zh", "concordance", "example-law", "第十七条")
    assert ran.code == 2
    assert "参数太多：第十七条" in ran.err
    assert "unexpected" in run("--lang", "en", "concordance", "example-law", "第十七条").err
