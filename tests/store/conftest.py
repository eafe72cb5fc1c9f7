"""Small laws and arrivals for the tests of the store."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.store.model import Incoming
from tracker.store.versions import Store


def failure(action: Callable[..., object], *arguments: object, **more: object) -> TrackerError:
    """The error that an action raises."""
    with pytest.raises(TrackerError) as caught:
        action(*arguments, **more)
    return caught.value


def objects(root: Path) -> Path:
    """Where git keeps what it holds."""
    return root / ".git/objects"


def blob_path(run_git: Callable[..., str], root: Path, path: str) -> Path:
    """The loose object of a stored file, unpacked so that a test can damage it."""
    folder = objects(root) / "pack"
    for pack in folder.glob("*.pack"):
        moved = pack.rename(root / "moved.pack")
        with moved.open("rb") as stream:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=root, stdin=stream, check=True)
        moved.unlink()
    for rest in folder.iterdir():
        rest.unlink()
    oid = run_git(root, "rev-parse", f"HEAD:{path}").strip()
    return objects(root) / oid[:2] / oid[2:]


def small_law(*texts: str, title: str = "示例市数据条例") -> Law:
    """A law of articles with one 款 each."""
    articles = tuple(
        Provision(Unit.ARTICLE, Number(i), None, "", (Provision(Unit.PARAGRAPH, text=text),))
        for i, text in enumerate(texts or ("为了规范数据处理，制定本条例。",), 1)
    )
    return Law(title, articles)


def arrival(
    stage: Stage = Stage.DRAFT, day: str | None = "2021-11-12", *texts: str, **more: object
) -> Incoming:
    """A version on its way in; its source follows from stage, date and texts unless given."""
    when = date.fromisoformat(day) if day else None
    dates = Dates(promulgated=when) if stage.is_final else Dates(published=when)
    source = "\n".join((stage.value, str(day), *texts)).encode()
    values: dict[str, object] = {
        "law_id": "shili-data", "stage": stage, "dates": dates, "law": small_law(*texts),
        "source": source, "source_name": "来源.txt", "source_format": "text",
    }  # fmt: skip
    return Incoming(**(values | more))  # type: ignore[arg-type]


@pytest.fixture
def arrive() -> Callable[..., Incoming]:
    return arrival


@pytest.fixture
def law_of() -> Callable[..., Law]:
    return small_law


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "work") as opened:
        yield opened


@pytest.fixture
def run_git() -> Callable[..., str]:
    """Git as a user runs it, in a folder; gives what it prints."""

    def run(folder: Path, *arguments: str) -> str:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = ("-c", "user.name=U", "-c", "user.email=u@localhost", "-c", "core.quotePath=false")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=folder, capture_output=True, env=env, check=True,
            encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    return run


@pytest.fixture
def is_sound(run_git: Callable[..., str]) -> Callable[[Path], None]:
    """Asserts that git finds nothing wrong and that work tree and index show no difference."""

    def check(folder: Path) -> None:
        run_git(folder, "fsck", "--full", "--strict", "--no-dangling")
        assert run_git(folder, "status", "--porcelain") == ""

    return check


@pytest.fixture
def stub_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a script before git on the path; `$REAL` is the real one, `$*` the arguments."""
    real = shutil.which("git")

    def install(body: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        script = folder / "git"
        script.write_text(f"#!/bin/sh\nREAL={real}\n{body}\n", encoding="ascii")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    return install
