"""`tracker verify`: what a person and a program are told, and when it fails."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.cli.conftest import Run


def tamper(workspace: Path) -> str:
    path = sorted((workspace / "versions/example-law").glob("*/text.txt"))[-1]
    path.write_bytes(path.read_bytes() + "多\n".encode())
    who = ["-c", "user.name=U", "-c", "user.email=u@localhost"]
    subprocess.run(["git", *who, "commit", "-qam", "x"], cwd=workspace, check=True)
    return f"example-law@{path.parent.name}"


def test_a_sound_store_is_said_to_be_sound(workspace: Path, run: Run) -> None:
    done = run("verify", cwd=workspace)
    assert done.code == 0
    assert done.out == "核对了 1 部法规、4 个版本、4 次提交，没有发现问题\n"


def test_what_is_wrong_is_named_and_ends_with_1(workspace: Path, run: Run) -> None:
    name = tamper(workspace)
    done = run("verify", cwd=workspace)
    assert done.code == 1
    assert name in done.out
    assert "[version-changed]" in done.out
    assert run("verify", "--fail-on", "never", cwd=workspace).code == 0
    document = json.loads(run("verify", "--format", "json", cwd=workspace).out)
    assert document["format"] == "tracker-verify/1"
    assert document["summary"]["error"] == len(document["problems"]) == 2
    assert {f"{p['law']}@{p['version']}" for p in document["problems"]} == {name}


def test_a_witness_is_written_of_a_sound_store_only(workspace: Path, run: Run) -> None:
    done = run("verify", "--write-witness", "../w.json", cwd=workspace)
    assert done.code == 0
    assert "../w.json" in done.err
    held = run("verify", "--witness", "../w.json", "--incremental", cwd=workspace)
    assert held.code == 0
    assert "新增 0 个版本" in held.out
    tamper(workspace)
    refused = run("verify", "--write-witness", "../new.json", cwd=workspace)
    assert refused.code == 2
    assert "witness-not-written" in refused.err
    assert not (workspace.parent / "new.json").exists()


def test_incremental_needs_a_witness_and_a_witness_must_be_one(workspace: Path, run: Run) -> None:
    assert run("verify", "--incremental", cwd=workspace).code == 2
    refused = run("verify", "--witness", "mkdocs.yml", cwd=workspace)
    assert refused.code == 2
    assert "bad-witness" in refused.err
