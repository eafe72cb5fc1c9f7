"""One law that cannot be read does not stop the commands that look at all of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run, stage_files
from tracker.law.problems import TrackerError
from tracker.site.all_pages import write_pages
from tracker.store.versions import Store


@pytest.fixture
def damaged(workspace: Path, run: Run) -> Path:
    """A workspace with the invented law, and another whose law.toml is faulty."""
    done = run("ingest", stage_files()[0], "--law", "other-law", cwd=workspace)
    assert done.code == 0, done.err
    (workspace / "versions" / "other-law" / "law.toml").write_text("title = 3\n", encoding="utf-8")
    who = ["-c", "user.name=U", "-c", "user.email=u@localhost"]
    subprocess.run(
        ["git", *who, "commit", "-qam", "edit"], cwd=workspace, check=True, capture_output=True
    )
    return workspace


def test_laws_lists_the_others_and_ends_with_2(damaged: Path, run: Run) -> None:
    done = run("laws", cwd=damaged)
    assert done.code == 2
    assert "example-law" in done.out
    assert "versions/other-law/law.toml" in done.err
    assert "[bad-law-toml]" in done.err


def test_laws_as_json_stays_json(damaged: Path, run: Run) -> None:
    done = run("laws", "--format", "json", cwd=damaged)
    assert done.code == 2
    assert [law["law"] for law in json.loads(done.out)] == ["example-law"]


def test_check_reports_it_as_a_finding_and_goes_on(damaged: Path, run: Run) -> None:
    done = run("check", "--format", "json", cwd=damaged)
    assert done.code == 1
    document = json.loads(done.out)
    found = [one for one in document["problems"] if one["code"] == "bad-law-toml"]
    assert [one["severity"] for one in found] == ["error"]
    assert "example-law" in done.out


def test_a_damaged_version_does_not_stop_the_rest(
    damaged: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Store.load

    def load(store: Store, law_id: str, version_id: str) -> object:
        if law_id == "other-law":
            raise TrackerError("corrupt-version", f"{law_id}@{version_id} 已损坏")
        return right(store, law_id, version_id)

    monkeypatch.setattr(Store, "load", load)
    done = run("check", "--fail-on", "never", cwd=damaged)
    assert done.code == 0
    assert "已损坏" in done.out
    assert "example-law@" in done.out


def test_the_site_leaves_it_out_and_says_so(damaged: Path, tmp_path: Path) -> None:
    told: list[TrackerError] = []
    with Store.open(damaged) as store:
        written = write_pages(store, tmp_path / "docs", told.append)
        with pytest.raises(TrackerError, match="other-law"):
            write_pages(store, tmp_path / "docs")
    assert written.laws == 1
    assert [error.code for error in told] == ["bad-law-toml"]


def test_ingest_into_another_law_goes_on(damaged: Path, run: Run) -> None:
    done = run("ingest", stage_files()[0], "--law", "third-law", cwd=damaged)
    assert done.code == 0, done.err
    assert run("log", "示例市公共数据条例", cwd=damaged).err.count("bad-law-toml") == 0
