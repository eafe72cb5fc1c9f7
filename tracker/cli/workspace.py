"""What `tracker init` does: a repository, versions/, the site's files, CI; nothing is overwritten.

Floor 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError

__all__ = ["Laid", "lay_out"]

_FILES: Final = {
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".github/workflows/tracker.yml": "workflow.yml",
}
_SITE: Final = (
    "mkdocs.yml",
    "site/.gitignore",
    "site/docs/index.md",
    "site/overrides/main.html",
    "site/overrides/404.html",
)


@dataclass(frozen=True, slots=True)
class Laid:
    """What was made and what was there, as paths from the workspace, sorted."""

    made: tuple[str, ...]
    kept: tuple[str, ...]


def lay_out(folder: Path) -> Laid:
    """Make a workspace of `folder`. Raises TrackerError `not-a-folder`, `unwritable-file`."""
    from tracker.site import template
    from tracker.store.versions import Store

    if folder.exists() and not folder.is_dir():
        raise TrackerError("not-a-folder", f"{folder} 是文件，不是文件夹", "换一个名称")
    wanted = (".git", "versions", *_FILES, *_SITE)
    kept = [name for name in wanted if (folder / name).exists()]
    try:
        Store.create(folder).close()
        for name, template_name in _FILES.items():
            _put(folder / name, template_name)
        template.write(folder)
    except OSError as error:
        raise TrackerError(
            "unwritable-file",
            f"写不了 {error.filename or folder}：{error.strerror}",
            "检查权限；已写好的文件保留，可再次运行",
        ) from error
    made = [name for name in wanted if name not in kept and (folder / name).exists()]
    return Laid(tuple(sorted(made)), tuple(sorted(kept)))


def _put(path: Path, template_name: str) -> None:
    """Write a file unless something is there, a dangling link included."""
    if path.exists() or path.is_symlink():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    data = resources.files("tracker.cli.template").joinpath(template_name).read_bytes()
    with path.open("xb") as file:
        file.write(data)
