"""Workflows and action: audited, pinned to commits, without triggers that run with secrets."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "tracker" / "cli" / "template"
FILES = [ROOT / "action.yml", *sorted((ROOT / ".github/workflows").glob("*.yml"))]
FILES += sorted(TEMPLATES.glob("*workflow.yml"))


def test_the_auditor_finds_nothing():
    tool = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if tool is None:
        pytest.skip("zizmor is not installed; pip install '.[dev]' brings it")
    done = subprocess.run(
        [tool, "--offline", "--persona", "auditor", *map(str, FILES)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_others_made_is_pinned_to_a_commit(path):
    for used in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8")):
        assert used.startswith("./") or re.search(r"@[0-9a-f]{40}$", used), used


@pytest.mark.parametrize("path", FILES[1:], ids=lambda path: path.name)
def test_no_workflow_runs_for_strangers_with_secrets(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    triggers = workflow[True]  # YAML reads the key `on` as true
    assert not {"pull_request_target", "workflow_run"} & set(triggers)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 20


def test_the_gitlab_pipeline_reads_the_change_as_data():
    job = yaml.safe_load((TEMPLATES / "gitlab-ci.yml").read_text(encoding="utf-8"))["check-drafts"]
    [check] = [line for line in job["script"] if " check " in line]
    assert '--base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"' in check
    assert job["variables"]["GIT_DEPTH"] == "0"
    assert job["script"].index("cd /opt") < job["script"].index(check)


def test_the_hook_of_pre_commit_checks_drafts():
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "tracker check"
    assert re.search(hook["files"], "drafts/example-data/二审稿.txt")
    assert not re.search(hook["files"], "versions/example-data/2020-01-01-draft/text.txt")
