"""More than 200 hostile ids against every command that takes one: one clean line, nothing done."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.conftest import CASES, STAGES
from tests.store.test_names import HOSTILE
from tracker.cli.group import tracker
from tracker.cli.session import Session
from tracker.store.versions import Store

SOURCE = str(CASES / STAGES[0])
COMMANDS = {
    "ingest": lambda name: ["ingest", SOURCE, f"--law={name}"],
    "log": lambda name: ["log", "--", name],
    "log --graph": lambda name: ["log", "--graph", "--", name],
    "show": lambda name: ["show", "--", name],
    "show a version": lambda name: ["show", "--", f"{name}@草案"],
    "show of a law": lambda name: ["show", "--", f"example-law@{name}x"],
    "diff": lambda name: ["diff", "--", name],
    "diff two": lambda name: ["diff", "--", f"{name}@草案", SOURCE],
    "history": lambda name: ["history", "--", name, "第一条"],
    "concordance": lambda name: ["concordance", "--", name],
    "blame": lambda name: ["blame", "--", name],
    "check": lambda name: ["check", "--", name],
    "amend apply": lambda name: ["amend", "apply", "--", name, SOURCE],
    "export git": lambda name: ["export", "git", "--", name, "out"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_hostile_id_is_refused_by_every_command(filled, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    runner = CliRunner()
    with Store.open(filled) as store:
        monkeypatch.setattr(Session, "store", lambda _: store)
        monkeypatch.setattr(Session, "workspace", lambda _: filled)
        monkeypatch.setattr(Session, "close", lambda _: None)
        for name in HOSTILE:
            ran = runner.invoke(tracker, COMMANDS[command](name), catch_exceptions=False)
            assert ran.exit_code == 2, (name, ran.output)
            lines = ran.stderr.splitlines()
            assert 1 <= len(lines) <= 2, (name, lines)
            assert not any(sign in ran.stderr for sign in "\x1b\r\0\u202e\u200b"), name
    assert list(tmp_path.iterdir()) == []
    assert _status(filled) == ""


def _status(folder: Path) -> str:
    status = ["git", "-C", str(folder), "status", "--porcelain", "versions"]
    return subprocess.run(status, capture_output=True, check=True, encoding="utf-8").stdout
