"""The search for dead cycles is on again when the last stretch without it is over."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

from tracker.law.collecting import no_collecting


@pytest.fixture(autouse=True)
def _switched_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_inside_and_on_afterwards_also_where_something_fails() -> None:
    def fail() -> None:
        with no_collecting(), no_collecting():
            assert not gc.isenabled()
            raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        fail()
    assert gc.isenabled()


def test_what_somebody_else_switched_off_stays_off() -> None:
    gc.disable()
    with no_collecting():
        pass
    assert not gc.isenabled()


def test_no_search_begins_between_two_stretches_that_follow_each_other() -> None:
    begun: list[str] = []

    def note(phase: str, _: dict[str, int]) -> None:
        begun.append(phase)

    gc.callbacks.append(note)
    try:
        with no_collecting():
            made = [[n] for n in range(10 * gc.get_threshold()[0])]
        with no_collecting():
            while_kept = len(begun)
    finally:
        gc.callbacks.remove(note)
    assert while_kept == 0
    assert len(made) > gc.get_threshold()[0]


def test_threads_that_overlap_leave_it_on() -> None:
    def stretches() -> None:
        for _ in range(2_000):
            with no_collecting():
                pass

    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=stretches) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(often)
    assert gc.isenabled()
