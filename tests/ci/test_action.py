"""The action is run as a runner would: its own steps, on a clone of a branch that was pushed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "example-law"
GOOD = """示例市公园条例
（草案）

2022年1月1日

第一条　为了加强公园管理，制定本条例。
第二条　本市行政区域内公园的管理，适用本条例。
"""
BAD = GOOD.replace("适用本条例", "适用本条例第九条的规定")


def git(folder: Path, *arguments: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=U", "-c", "user.email=u@localhost")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=env, check=True, capture_output=True
    )
    return done.stdout.decode()


def tracker(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "tracker", *arguments], cwd=folder, check=True, capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


class Runner:
    """What runs the steps of the action; each `run` is a bash with the environment of a runner."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self.folder, self.workspace = folder, workspace
        self.temp = folder / "temp"
        self.output, self.summary = folder / "output", folder / "summary.md"
        (self.temp / "tracker" / "bin").mkdir(parents=True)
        # In place of the environment that the step before makes with pip: the one of the tests.
        tool = self.temp / "tracker" / "bin" / "tracker"
        tool.write_text(
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m tracker "$@"\n'
        )
        tool.chmod(0o755)

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """The step that checks, with these inputs over the defaults."""
        action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
        given = {name: one.get("default", "") for name, one in action["inputs"].items()} | inputs
        [step] = [step for step in action["runs"]["steps"] if step.get("id") == "check"]
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        env = {name: self._value(value, given) for name, value in step["env"].items()}
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]], cwd=self.workspace, check=False,
            capture_output=True, encoding="utf-8",
            env={
                "PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8",
                "RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(self.output),
                "GITHUB_STEP_SUMMARY": str(self.summary),
                "GITHUB_WORKSPACE": str(self.workspace), **env,
            },
        )  # fmt: skip

    @staticmethod
    def _value(template: str, given: dict[str, str]) -> str:
        known = {f"inputs.{name}": value for name, value in given.items()}
        known["github.event.repository.default_branch"] = "main"
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda m: known[m[1]], template)

    def report(self) -> dict[str, Any]:
        """The report that the action keeps."""
        assert self.output.read_text().strip() == f"report={self.temp / 'report'}"
        found: dict[str, Any] = json.loads((self.temp / "report" / "report.json").read_text())
        return found


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository that holds a store with two stages of the invented law, on main."""
    folder = tmp_path_factory.mktemp("remote")
    work = folder / "work"
    tracker(folder, "init", "work")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "init")
    stages = [str(CASES / name) for name in ("1-draft.txt", "2-consultation_draft.txt")]
    tracker(work, "ingest", *stages, "--law", "example-law")
    git(folder, "clone", "-q", "--bare", "work", "remote.git")
    return folder / "remote.git"


@pytest.fixture
def push(remote: Path, tmp_path: Path) -> Any:
    """Pushes a branch with the files given, and gives a runner on a fresh clone of it."""
    own = tmp_path / "remote.git"
    shutil.copytree(remote, own)

    def call(files: dict[str, str | bytes], branch: str = "change") -> Runner:
        author = tmp_path / "author"
        git(tmp_path, "clone", "-q", str(own), "author")
        git(author, "switch", "-q", "-c", branch)
        for name, text in files.items():
            path = author / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        git(author, "add", "-A")
        git(author, "commit", "-q", "-m", "drafts")
        git(author, "push", "-q", "origin", branch)
        workspace = tmp_path / "workspace"
        workspace.mkdir()
        git(workspace, "clone", "-q", "--branch", branch, str(own), "change")
        return Runner(tmp_path, workspace)

    return call


def test_a_good_draft_is_green_and_reported(push):
    runner = push({"drafts/park-rules/2022.txt": GOOD})
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 0, done.stderr
    assert runner.report()["checked"] == ["drafts/park-rules/2022.txt"]
    assert "2022" in runner.summary.read_text(encoding="utf-8")
    for name in ("comment.md", "report.sarif", "report.xml"):
        assert (runner.temp / "report" / name).stat().st_size > 100


def test_a_bad_draft_is_red_and_annotated_at_its_line(push):
    runner = push({"drafts/park-rules/2022.txt": BAD})
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 1
    [error] = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert "file=drafts/park-rules/2022.txt" in error
    assert "line=7" in error
    assert "第九条" in (runner.temp / "report" / "comment.md").read_text(encoding="utf-8")


def test_the_next_stage_is_compared_with_the_one_before(push):
    text = (CASES / "3-second_reading.txt").read_text(encoding="utf-8")
    runner = push({"drafts/example-law/3.txt": text})
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 0
    assert "stale-citation" in {p["code"] for p in runner.report()["problems"]}
    assert "与上一阶段相比" in runner.summary.read_text(encoding="utf-8")


def test_a_change_without_drafts_says_that_nothing_was_checked(push):
    runner = push({"README.md": "words"})
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 0
    assert "没有检查任何文本" in runner.summary.read_text(encoding="utf-8")
    assert "README.md" in done.stderr


def test_a_change_does_not_decide_how_it_is_checked(push):
    settings = '[[check.ignore]]\ncode = "no-such-article"\nreason = "mine"\n'
    levels = "".join(f'"{code}" = "info"\n' for code in ("no-such-article", "no-such-paragraph"))
    runner = push(
        {
            "drafts/park-rules/2022.txt": BAD,
            "tracker.toml": settings + "[check.levels]\n" + levels,
            "pyproject.toml": '[[tool.tracker.check.ignore]]\ncode = "no-such-article"\n',
            "versions/park-rules/law.toml": 'title = "示例市公园条例"\n' + settings,
        }
    )
    assert runner.run(repository="change", base="origin/main").returncode == 1


CANARIES = (
    "tracker/__init__.py", "tracker.py", "conftest.py", "sitecustomize.py", "usercustomize.py",
    "git.py", "click.py", "mkdocs.yml", ".git-hooks/post-checkout", "change.pth", "action.yml",
)  # fmt: skip


def test_nothing_of_the_change_is_run(push, tmp_path):
    canary = tmp_path / "canary"
    evil = f"open({str(canary)!r}, 'w').close()\n"
    runner = push({"drafts/park-rules/2022.txt": GOOD, **dict.fromkeys(CANARIES, evil)})
    (runner.workspace / "change/drafts/park-rules/tracker.py").write_text(evil)
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 0
    assert not canary.exists()


PAYLOADS = (
    "::error::forged", "::set-env name=X::1", "::stop-commands::x", "##[error]forged",
    "@everyone", "@github/security", "</details>", "<img src=https://evil.invalid/x.png>",
    "![x](https://evil.invalid/y.png)", "[x](javascript:alert(1))", "<script>alert(1)</script>",
    "`${{ secrets.X }}`", "$(touch canary)", "`touch canary`", "%0A::error::forged",
    "\t::error::forged", "| a | b |", "&lt;b&gt;", "#1", "https://evil.invalid/",
)  # fmt: skip


def test_hostile_words_of_a_draft_are_inert_in_every_output(push):
    articles = "".join(
        f"第{n}条　依照本条例第九百条，{words}的，应当“改正。\n"
        for n, words in zip("三四五六七八九", PAYLOADS[:7], strict=False)
    )
    rest = "\n".join(f"依照第九百条，{words}。" for words in PAYLOADS[7:])
    name = "drafts/park-rules/a';touch canary;#$(touch canary)`touch canary` @x <b>.txt"
    runner = push({name: GOOD + articles + rest}, branch="a';touch${IFS}canary;#")
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 1
    commands = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert len(commands) <= 30
    assert all(re.match(r"::(error|warning|notice) file=drafts/", line) for line in commands)
    assert "##[" not in re.sub(r"^::.*$", "", done.stdout, flags=re.MULTILINE)
    said = [line.lstrip() for line in done.stderr.splitlines()]
    assert not [line for line in said if line.startswith(("::", "##["))]
    assert not list(runner.folder.rglob("canary"))
    comment = (runner.temp / "report" / "comment.md").read_text(encoding="utf-8")
    for live in ("<img", "<script", "](http", "](javascript", "</details>", " @everyone"):
        assert live not in comment.replace("<details>", "").replace("</summary>", ""), live


def test_a_name_that_acts_on_a_log_is_refused_and_spelled_out(push):
    runner = push({"drafts/park-rules/a\n::error::forged.txt": GOOD})
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 1
    assert [p["code"] for p in runner.report()["problems"]] == ["draft-bad-name"]
    lines = (done.stdout + done.stderr).splitlines()
    assert not [line for line in lines if line.startswith("::error::")]


def test_too_many_drafts_are_red_at_once(push):
    runner = push({f"drafts/park-rules/{n}.txt": GOOD for n in range(51)})
    done = runner.run(repository="change", base="origin/main")
    assert done.returncode == 2
    assert "上限 50 份" in done.stderr


def test_a_base_that_was_not_fetched_is_red(push):
    runner = push({"drafts/park-rules/2022.txt": GOOD})
    done = runner.run(repository="change", base="1" * 40)
    assert done.returncode == 2
    assert "fetch-depth" in done.stderr


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_the_first_push_of_a_branch_is_held_against_main(push, base):
    runner = push({"drafts/park-rules/2022.txt": BAD})
    assert runner.run(repository="change", base=base).returncode == 1
    assert runner.report()["checked"] == ["drafts/park-rules/2022.txt"]
