"""Starting up is cheap: each command imports what it needs, and no more."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tracker import __version__

ROOT = Path(__file__).resolve().parents[2]


def _loaded(*args: str) -> set[str]:
    """The modules that are loaded when a command has run."""
    script = (
        "import sys\n"
        f"sys.argv = ['tracker', *{list(args)!r}]\n"
        "from tracker.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return set(ran.stderr.split("\n"))


def test_an_interrupt_while_the_program_loads_leaves_no_trace() -> None:
    script = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'tracker.cli.group':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "sys.argv = ['tracker', 'laws']\n"
        "from tracker.cli import main\n"
        "sys.exit(main())\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 130
    assert ran.stderr == b""


def test_the_version_needs_nothing_but_itself() -> None:
    assert not _loaded("--version") & {"click", "rich", "git", "lxml", "tracker.law.model"}


@pytest.mark.parametrize("command", ["--help", "diff --help", "ingest --help", "site --help"])
def test_help_loads_nothing_heavy(command: str) -> None:
    heavy = {"rich", "git", "lxml", "mkdocs", "rjieba", "numpy", "diff_match_patch", "rapidfuzz"}
    assert not _loaded(*command.split()) & heavy


def test_comparing_files_does_not_load_git() -> None:
    case = ROOT / "tests" / "cases" / "example-law"
    loaded = _loaded("diff", str(case / "1-draft.txt"), str(case / "4-enacted.txt"), "--stat")
    assert "tracker.diff.changes" in loaded
    assert not loaded & {"git", "mkdocs"}


def test_the_version_is_that_of_the_distribution() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert __version__ == project["version"]
