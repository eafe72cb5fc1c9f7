"""How the processes begin that share the work of a build.

Floor 5. Loads nothing of the program.
"""

from __future__ import annotations

import sys
import threading
from multiprocessing import get_context
from multiprocessing.context import BaseContext

__all__ = ["context", "may_fork"]


def context() -> BaseContext:
    """Forks where they may be made, else processes that begin anew and load everything again,
    which takes each of them half a second."""
    return may_fork() or get_context("spawn")


def may_fork() -> BaseContext | None:
    """Forks, which have all that is loaded here; None where they may not be made: a fork holds for
    ever what other threads hold, and other systems cannot."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork") if alone else None
