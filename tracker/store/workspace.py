"""A new workspace: a git repository with ``versions/`` in it, whatever lies there already.

Floor 3. Creates what is missing and touches nothing that exists. The site's files and the CI
workflow are added by the command line, which knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.law.problems import TrackerError
from tracker.store.attributes import ATTRIBUTES, ATTRIBUTES_FILE, SETTINGS
from tracker.store.catalogue import ROOT
from tracker.store.git.repository import Repository

__all__ = ["Workspace", "make_workspace"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """What was made and what was there: paths relative to `root`, ``.git`` for the repository.

    `inside` is the root of another repository that `root` lies in, None where there is none.
    """

    root: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    inside: Path | None = None


def make_workspace(path: Path | str) -> Workspace:
    """Make `path` (created if missing) a workspace. Twice does no more than once.

    Raises TrackerError `not-a-folder` where a file is in the way, `read-only-store` where nothing
    can be written.
    """
    root = Path(path)
    try:
        root.mkdir(parents=True, exist_ok=True)
        root = root.resolve()
        (root / ROOT).mkdir(exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise TrackerError("not-a-folder", f"不是文件夹：{error.filename}", "换一个位置") from error
    except PermissionError as error:
        raise TrackerError(
            "read-only-store", f"不能在这里写入：{error.filename}", "检查目录的权限"
        ) from error
    around = _around(root)
    made: list[str] = []
    kept: list[str] = []
    own = around == root
    (kept if own else made).append(".git")
    with Repository.open(root) if own else Repository.create(root) as repository:
        for name, value in SETTINGS:
            repository.set_config(name, value)
    attributes = root / ROOT / ATTRIBUTES_FILE
    if attributes.exists():
        kept.append(f"{ROOT}/{ATTRIBUTES_FILE}")
    else:
        attributes.write_text(ATTRIBUTES, encoding="utf-8", newline="\n")
        made.append(f"{ROOT}/{ATTRIBUTES_FILE}")
    return Workspace(root, tuple(made), tuple(kept), None if own else around)


def _around(root: Path) -> Path | None:
    """The root of the work tree that `root` lies in, None where there is none."""
    try:
        with Repository.open(root) as repository:
            return repository.top
    except TrackerError as error:
        if error.code != "not-a-store":
            raise
        return None
