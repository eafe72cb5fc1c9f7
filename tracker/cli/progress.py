"""A sign of life on standard error, only in a terminal and only once work has taken a second.

Floor 6. It is taken away before anything else is printed, so it never mixes with the output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tracker.cli.session import Session

__all__ = ["working"]

_AFTER: Final = 1.0  # seconds


@contextmanager
def working(session: Session, text: str, started: float | None = None) -> Iterator[None]:
    """Show `text` while the block runs, from one second after `started` (`time.monotonic`) on."""
    if session.quiet or not sys.stderr.isatty():
        yield
        return
    status = session.err.status(text)
    lock, done = Lock(), False

    def show() -> None:
        with lock:
            if not done:
                status.start()

    waited = 0.0 if started is None else monotonic() - started
    timer = Timer(max(0.0, _AFTER - waited), show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            done = True
            status.stop()
