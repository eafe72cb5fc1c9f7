"""Files on disk: names made durable, and new files beside whatever lies there.

Floor 3. Knows nothing of git.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

__all__ = ["flush_directory", "write_files"]


def flush_directory(path: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_files(top: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Write new files under the work tree; one that is there is left as it is.

    Raises OSError, also where a folder on the way is a symbolic link.
    """
    for path, data in files:
        target = top / path
        if os.path.lexists(target):
            continue
        for folder in target.relative_to(top).parents:
            if (top / folder).is_symlink():
                raise OSError(f"{folder} is a symbolic link")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.tracker-new")
        fresh.write_bytes(data)
        fresh.replace(target)
