"""`tracker init`: a workspace that is complete, and harms nothing that is there."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from tests.cli.conftest import Run


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def test_init_makes_a_workspace_and_says_what(run: Run, tmp_path: Path) -> None:
    ran = run("init", "laws")
    assert ran.code == 0
    folder = tmp_path / "laws"
    for name in (".git", "versions", "mkdocs.yml", ".gitignore", ".github/workflows/tracker.yml"):
        assert (folder / name).exists(), name
    assert "新建  mkdocs.yml" in ran.out
    assert "未动" not in ran.out


def test_init_ends_with_the_command_that_commits_what_it_made(run: Run, tmp_path: Path) -> None:
    err = run("init", "my laws").err
    (command,) = (line.strip() for line in err.splitlines() if " add " in line)
    run("init", "my laws")
    who = ("-c", "user.name=U", "-c", "user.email=u@localhost")
    for part in command.split(" && "):
        name, *args = shlex.split(part)
        done = subprocess.run([name, *who, *args], cwd=tmp_path, check=False, capture_output=True)
        assert done.returncode == 0, done.stderr
    status = ["git", "-C", str(tmp_path / "my laws"), "status", "--porcelain"]
    assert subprocess.run(status, capture_output=True, check=True).stdout == b""


def test_the_command_that_commits_is_short_and_leaves_other_files_alone(
    run: Run, tmp_path: Path
) -> None:
    fresh = run("init", "fresh").err
    assert "add .github .gitignore mkdocs.yml site versions &&" in fresh
    (tmp_path / "old" / "site").mkdir(parents=True)
    (tmp_path / "old" / "site" / "mine.txt").write_text("mine", encoding="utf-8")
    command = next(line for line in run("init", "old").err.splitlines() if " add " in line)
    words = shlex.split(command)
    assert "site" not in words
    assert any(word.startswith("site/") for word in words)


def test_init_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("init")
    before = _snapshot(tmp_path)
    ran = run("init")
    assert ran.code == 0
    assert "新建" not in ran.out
    assert _snapshot(tmp_path) == before


def test_init_leaves_existing_files_alone(run: Run, tmp_path: Path) -> None:
    mine = {
        "mkdocs.yml": b"site_name: mine\n",
        ".gitignore": b"secret\n",
        "site/docs/index.md": b"# mine\n",
        "README.md": b"mine\n",
    }
    for name, data in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ran = run("init")
    assert ran.code == 0
    for name, data in mine.items():
        assert (tmp_path / name).read_bytes() == data
    assert "未动  mkdocs.yml" in ran.out
    assert (tmp_path / "versions").is_dir()


def test_init_does_not_write_through_a_link(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / ".gitignore").symlink_to(target)
    assert run("init", "laws").code == 0
    assert not target.exists()


def test_init_on_a_file_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ran = run("init", "file")
    assert ran.code == 2
    assert "file" in ran.err


def test_the_workflow_installs_from_a_place_that_the_user_sets(run: Run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / ".github/workflows/tracker.yml").read_text(encoding="utf-8")
    installs = [line.strip() for line in text.splitlines() if "pip install" in line]
    assert installs == [
        'pip install ".[site]"',
        'pip install "legislative-tracker[site] @ $TRACKER_SOURCE"',
    ]
    assert "TRACKER_SOURCE: ${{ vars.TRACKER_SOURCE }}" in text
    assert "set the repository variable TRACKER_SOURCE" in text


def test_the_workflow_needs_no_more_than_reading(run: Run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / ".github/workflows/tracker.yml").read_text(encoding="utf-8")
    assert "permissions:\n  contents: read\n" in text
    assert "pull_request_target" not in text
    assert "persist-credentials: false" in text
