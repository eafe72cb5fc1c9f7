"""Numerals and numbers: read what sources hold, write what the drafting rules ask for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.law.numbering import Number, read_numeral, write_numeral

numbers = st.builds(
    Number,
    st.integers(1, 9999),
    st.lists(st.integers(1, 20), max_size=2).map(tuple),
)


@settings(derandomize=True, max_examples=500)
@given(st.integers(0, 99_999_999))
def test_what_is_written_reads_back(value: int) -> None:
    assert read_numeral(write_numeral(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百零一", 101),
        ("一百〇一", 101),
        ("一百○一", 101),
        ("一百O一", 101),
        ("一百一", 101),  # never 110 in a law: a source that drops the 零 means 101
        ("一千二百六十", 1260),
        ("一万零五", 10005),
        ("二〇二三", 2023),
        ("12", 12),
        ("１２", 12),
        ("一百 二十八", 128),
    ],
)
def test_every_way_sources_write_a_number_is_read(text: str, value: int) -> None:
    assert read_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", " ", "条", "十条", "一二十", "一十百", "百分之三十", "٣", "零" * 17]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_numeral(text)


@pytest.mark.parametrize("value", [-1, 10**8])
def test_a_value_outside_the_range_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        write_numeral(value)


@settings(derandomize=True)
@given(numbers)
def test_a_number_survives_its_short_form(number: Number) -> None:
    assert Number.of(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "1-", "一", "1.2", "１"])
def test_a_short_form_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        Number.of(text)


def test_an_inserted_article_stands_between_its_neighbours() -> None:
    assert sorted([Number(11), Number(10, (1,)), Number(10), Number(10, (1, 1))]) == [
        Number(10),
        Number(10, (1,)),
        Number(10, (1, 1)),
        Number(11),
    ]


def test_numbers_are_written_as_laws_print_them() -> None:
    assert Number(203, (1,)).written("条") == "第二百零三条之一"
    assert Number.read("一百 二十八", "之 二") == Number(128, (2,))


@pytest.mark.parametrize(
    ("number", "previous", "follows"),
    [
        (Number(2), Number(1), True),
        (Number(3), Number(1), False),
        (Number(10, (1,)), Number(10), True),
        (Number(10, (2,)), Number(10, (1,)), True),
        (Number(10, (2,)), Number(10), False),
        (Number(11), Number(10, (3,)), True),
        (Number(10), Number(10), False),
    ],
)
def test_a_gap_is_seen(number: Number, previous: Number, follows: bool) -> None:
    assert number.follows(previous) is follows
