"""Reading many sources: as one by one, in order, and what goes wrong stays with its source."""

from __future__ import annotations

import os
from typing import Any, cast

import pytest

from tracker.law.problems import TrackerError
from tracker.parse import many
from tracker.parse.many import Readers, ahead, read_many, read_one
from tracker.parse.reading import read_source

TEXTS = [
    f"某市第{n}号条例\n\n第一条 为了甲(乙),制定本条例。\n\n第二条 下列行为:\n(一)甲;\n(二)乙。\n"
    for n in range(6)
]
SOURCES = [(f"{n}.txt", text.encode()) for n, text in enumerate(TEXTS)]


class EndsItsProcess:
    """Not a title: whoever unpickles it is gone."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


@pytest.mark.parametrize("workers", [1, 2])
def test_many_sources_give_what_each_gives_alone_in_order(workers: int) -> None:
    found = list(read_many(SOURCES, workers=workers))
    assert found == [read_source(data, name=name) for name, data in SOURCES]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_source_that_cannot_be_read_fails_in_its_place(workers: int) -> None:
    sources = [*SOURCES[:2], ("bad.txt", b"%PDF-1.7 nothing"), *SOURCES[2:]]
    found = list(read_many(sources, workers=workers))
    error = found.pop(2)
    assert isinstance(error, TrackerError)
    assert (error.code, "bad.txt" in error.message, bool(error.hint)) == (
        "unreadable-source", True, True,
    )  # fmt: skip
    assert found == [read_source(data, name=name) for name, data in SOURCES]


def test_a_source_that_ends_its_process_takes_no_other_with_it() -> None:
    with Readers(2, read_one) as readers:
        begun = [readers.begin(data, name=name) for name, data in SOURCES[:3]]
        dying = readers.begin(SOURCES[3][1], name="dying.txt", title=cast("str", EndsItsProcess()))
        with pytest.raises(TrackerError, match=r"dying\.txt") as caught:
            dying()
        begun += [readers.begin(data, name=name) for name, data in SOURCES[3:]]
        found = [read() for read in begun]
    assert caught.value.code == "unreadable-source"
    assert found == [read_source(data, name=name) for name, data in SOURCES]


def test_the_sources_beside_one_that_ended_its_process_share_one_new_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[int] = []
    make = many._pool

    def pool(workers: int, *how: Any) -> object:
        started.append(workers)
        return make(workers, *how)

    monkeypatch.setattr(many, "_pool", pool)
    with Readers(2, read_one) as readers:
        dying = readers.begin(SOURCES[0][1], name="dying.txt", title=cast("str", EndsItsProcess()))
        begun = [readers.begin(data, name=name) for name, data in (SOURCES * 3)[:7]]
        with pytest.raises(TrackerError):
            dying()
        assert all(read() for read in begun)
    assert started == [2, 1, 1], "one that dies too, then one for all the others"


def test_only_so_many_are_on_their_way() -> None:
    made: list[int] = []

    def items() -> object:
        for n in range(9):
            made.append(n)
            yield n

    handed = ahead(items(), 3)  # type: ignore[arg-type]
    assert next(handed) == 0
    assert made == [0, 1, 2, 3]
    assert list(handed) == list(range(1, 9))
