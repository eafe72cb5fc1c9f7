"""The command line, one module a command.

Floor 6. Each parses its options, calls one function and shows the result. `tracker --version` is
answered before anything else is imported.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """The console script. Ends the process with the exit codes of the reference page."""
    if sys.argv[1:] == ["--version"]:
        from tracker import __version__

        print(f"tracker {__version__}")
        return 0
    from tracker.cli.group import tracker

    tracker.main(prog_name="tracker")
    return 0
