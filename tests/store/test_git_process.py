"""The git that is asked for objects, and the processes beside it."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from threading import Thread

import pytest

from tracker.law.model import Stage
from tracker.parse.workers import forking
from tracker.store.versions import Store

LONGEST = 20  # seconds for what takes a hundredth


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks here")
def test_a_store_is_closed_though_a_fork_of_its_process_lives_on(tmp_path, arrive) -> None:
    fork = get_context("fork")
    ended = fork.Event()
    with Store.create(tmp_path / "work") as store:
        store.save(arrive(Stage.DRAFT, "2000-01-01"))
        assert store.versions("shili-data")  # so git has been asked, and waits for more
        worker = fork.Process(target=ended.wait)
        with forking():
            worker.start()
        closing = Thread(target=store.close, daemon=True)
        closing.start()
        closing.join(LONGEST)
        closed = not closing.is_alive()
        ended.set()
        worker.join(LONGEST)
    assert closed
