"""Kills site builds at random points: visitors see the old site or the new one, never half of one.

Run by hand: ``python -m tests.long.kill_site [COUNT] [SEED]``; the suite kills a few.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site.killing import kill_builds


def main(count: int = 40, seed: int = 0) -> None:
    """Print how often each site was seen."""
    with TemporaryDirectory() as folder:
        old, new = kill_builds(Path(folder), count, seed)
    print(f"{count} builds killed: {old} times the old site, {new} times the new one, never half")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
