"""No search for cycles of dead values while many are made that live and have none.

Floor 0. Python looks for such cycles after every few hundred new values, and again and again in
all that it has; a law, and what two laws have in common, is some ten thousand values.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_collecting"]


@contextmanager
def no_collecting() -> Iterator[None]:
    """While this lasts nothing is looked for; afterwards Python catches up."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
