"""What `tracker init` does: a repository, versions/, the site's files, CI; nothing is overwritten.

Floor 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError

__all__ = ["CI", "Laid", "lay_out"]

_FILES: Final = {".gitignore": "gitignore"}
CI: Final = {
    "github": {
        ".github/workflows/tracker.yml": "workflow.yml",
        ".github/workflows/drafts.yml": "drafts-workflow.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab-ci.yml"},
    "none": {},
}
"""For each kind of continuous integration, the files it needs and their templates."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was made and what was there, as paths from the workspace, sorted.

    `inside` is the root of another repository around the workspace, None where there is none.
    """

    made: tuple[str, ...]
    kept: tuple[str, ...]
    inside: Path | None


def lay_out(folder: Path, ci: str = "github") -> Laid:
    """Make a workspace of `folder`, `ci` a key of `CI`.

    Raises TrackerError `not-a-folder`, `unwritable-file` …
    """
    from tracker.site import template
    from tracker.store.workspace import make_workspace

    own = {**_FILES, **CI[ci]}
    files = (*own, *template.PLACES)
    there = [name for name in files if (folder / name).exists()]
    try:
        workspace = make_workspace(folder)
        for name, template_name in own.items():
            _put(folder / name, template_name)
        template.write(folder)
    except OSError as error:
        raise TrackerError(
            "unwritable-file",
            f"写不了 {error.filename or folder}：{error.strerror}",
            "检查权限；已写好的文件保留，可再次运行",
        ) from error
    made = [name for name in files if name not in there and (folder / name).exists()]
    return Laid(
        tuple(sorted((*workspace.made, *made))),
        tuple(sorted((*workspace.kept, *there))),
        workspace.inside,
    )


def _put(path: Path, template_name: str) -> None:
    """Write a file unless something is there, a dangling link included."""
    if path.exists() or path.is_symlink():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    data = resources.files("tracker.cli.template").joinpath(template_name).read_bytes()
    with path.open("xb") as file:
        file.write(data)
