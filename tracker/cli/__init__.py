"""The command line, one module a command.

Floor 6. Each parses its options, calls one function and shows the result. `tracker --version` is
answered before anything else is imported.
"""

from __future__ import annotations

import sys
from typing import Final

__all__ = ["main"]

_INTERRUPTED: Final = 130  # as `errors` has it, which is not loaded here


def main() -> int:
    """The console script. Ends the process with the exit codes of the reference page."""
    if sys.argv[1:] == ["--version"]:
        from tracker import __version__

        try:
            print(f"tracker {__version__}", flush=True)
        except OSError:  # a full disk, a closed pipe: the group has words for it
            pass
        else:
            return 0
    try:
        from tracker.cli.group import tracker

        tracker.main(prog_name="tracker")
    except KeyboardInterrupt:  # while this was loading, or once more while it ended
        return _INTERRUPTED
    return 0
