"""The lock that keeps writers apart: who must wait is told, who only wanted to heal goes on."""

from __future__ import annotations

import errno
import fcntl
import os

import pytest

from tests.store.conftest import failure
from tracker.law.problems import TrackerError
from tracker.store import lock, transaction
from tracker.store.versions import Store

REFUSED = {
    errno.EROFS: "read-only-store", errno.EACCES: "read-only-store", errno.ENOSPC: "disk-full",
    errno.EIO: "store-failed",
}  # fmt: skip


@pytest.fixture(params=REFUSED)
def refused(request, monkeypatch):
    """A file system on which the lock cannot be made; the error number."""

    def refuse(path, *_: object) -> int:
        raise OSError(request.param, os.strerror(request.param), str(path))

    monkeypatch.setattr(lock.os, "open", refuse)
    return request.param


def test_a_lock_that_cannot_be_made_names_the_file_and_a_way_out(tmp_path, refused):
    path = tmp_path / "tracker.lock"
    with pytest.raises(TrackerError) as caught, lock.hold(path, 0.0):
        pass
    assert caught.value.code == REFUSED[refused]
    assert str(path) in caught.value.message
    assert caught.value.hint


def test_a_store_that_cannot_be_healed_is_read_as_it_is(store, arrive, refused):
    mark = store.root / f".git/tracker-writing.{'0' * 40}"
    mark.write_bytes(b"refs/heads/main")
    transaction.heal_if_needed(store._repository)
    assert mark.exists()
    assert store.laws() == ()


def test_a_busy_store_is_waited_for_then_its_holder_named(store, arrive):
    with (store.root / ".git/tracker.lock").open("w+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write(b"4711\n")
        held.flush()
        with Store.open(store.root, lock_timeout=0.05) as other:
            error = failure(other.save, arrive())
    assert error.code == "store-busy"
    assert "4711" in error.message
    store.save(arrive())
