"""What is shipped: a wheel that works outside the checkout, with its data files in it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IGNORED = ("__pycache__", ".pyc")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None,
    reason="hatchling is not installed: pip install '.[dev]'",
)


def _run(*command: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=own | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"} | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without the network."""
    out = tmp_path_factory.mktemp("wheel")
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    done = _run(sys.executable, *build, "--wheel-dir", out, ROOT, cwd=out)
    assert done.returncode == 0, done.stderr
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that holds the wheel, and sees our dependencies."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    install = ["install", "--quiet", "--no-deps", "--no-index", wheel]
    python = binaries / "python"
    done = _run(sys.executable, "-m", "pip", "--python", python, *install, cwd=home)
    assert done.returncode == 0, done.stderr
    packages = next(home.glob("[Ll]ib/**/site-packages"))
    (packages / "dependencies.pth").write_text(
        sysconfig.get_path("purelib") + "\n", encoding="utf-8"
    )
    return binaries


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tracker").rglob("*")
        if path.is_file() and not any(word in path.as_posix() for word in IGNORED)
    }
    assert ours <= inside
    assert any(name.endswith(".json") and "schema" in name for name in inside)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    version = PROJECT["version"]
    assert tops == {"tracker", f"legislative_tracker-{version}.dist-info"}


def test_tracker_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "tracker", "--version", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert PROJECT["version"] in done.stdout
    where = _run(
        installed / "python", "-c", "import tracker; print(tracker.__file__)", cwd=tmp_path
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)


def test_the_installed_tracker_does_its_work(installed: Path, tmp_path: Path) -> None:
    case = ROOT / "tests" / "cases" / "example-law"
    for name in ("1-draft", "2-consultation_draft"):
        source = (case / f"{name}.txt").read_bytes()
        (tmp_path / f"{name}.txt").write_bytes(source)
    done = _run(
        installed / "tracker", "diff", "1-draft.txt", "2-consultation_draft.txt",
        "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"tracker-diff/1"' in done.stdout


def test_an_installed_tracker_makes_a_workspace_and_fills_it(
    installed: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    assert _run(installed / "tracker", "init", work, cwd=tmp_path).returncode == 0
    source = ROOT / "tests" / "cases" / "example-law" / "1-draft.txt"
    done = _run(installed / "tracker", "ingest", source, "--law", "example", cwd=work)
    assert done.returncode in (0, 1), done.stderr
    assert (work / "versions" / "example" / "law.toml").is_file()


def test_an_installed_tracker_explains_its_codes(installed: Path, tmp_path: Path) -> None:
    done = _run(installed / "tracker", "check", "--explain", "stale-citation", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "stale-citation" in done.stdout
