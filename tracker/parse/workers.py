"""How processes begin that share work: as forks where that is safe, else from nothing.

Floor 1, below all that has workers. Loads nothing of the program.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import BaseContext

__all__ = ["begin_worker", "context", "cores", "forking", "may_fork"]


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def context() -> BaseContext:
    """Forks where they may be made, else processes that begin anew and load everything again,
    which takes each of them half a second."""
    return may_fork() or get_context("spawn")


def may_fork() -> BaseContext | None:
    """Forks, which have all that is loaded here; None where they may not be made: a fork holds for
    ever what other threads hold, and other systems cannot."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork") if alone else None


@contextmanager
def forking() -> Iterator[None]:
    """For the call that makes the processes: Python 3.12 warns of the threads of numpy, which stand
    by while a process is forked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def begin_worker() -> None:
    """What a worker does first.

    Ctrl-C goes to the whole group of processes; the caller answers it. What is loaded stays, and is
    not looked through again and again for what is to go.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
