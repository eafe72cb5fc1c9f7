"""A TOML file that somebody proposes is read or refused by name, whatever is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.check.settings import read_settings, settle
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.store.meta import read_meta
from tracker.store.record import read_overrides, read_record
from tracker.store.toml_files import LARGEST, MOST_NAMES, read_toml
from tracker.store.witness import read_witness

MANY = 100_000
HOSTILE = {
    "brackets": b"x = " + b"[" * MANY,
    "closed brackets": b"x = " + b"[" * 5000 + b"]" * 5000,
    "tables in tables": b"x = " + b"{a=" * MANY,
    "a key of many names": b"a" + b".a" * MANY + b" = 1",
    "a key of many quoted names": b'"a"' + b' . "a"' * MANY + b" = 1",
    "a header of many names": b"[" + b"a." * MANY + b"a]",
    "a long number": b"x = " + b"1" * MANY,
    "no end": b'x = """' + b"a\n" * MANY,
    "no UTF-8": b"x = \xff",
    "NUL": b"\x00" * MANY,
    "too large": b"#" * (LARGEST + 1),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_one_error_that_names_the_file(data: bytes) -> None:
    with pytest.raises(TrackerError, match=r"versions/a/law\.toml"):
        read_record("a", data)
    with pytest.raises(TrackerError, match=r"versions/a/overrides\.toml"):
        read_overrides("a", data, "x", "y")
    with pytest.raises(TrackerError, match=r"tracker\.toml"):
        read_settings(data, "tracker.toml")


def test_the_line_of_a_key_of_too_many_names_is_told() -> None:
    names = ".".join("a" * (MOST_NAMES + 1))
    with pytest.raises(TrackerError, match=r"law\.toml:3"):
        read_toml(f"b = 1\n\n{names} = 1\n".encode(), "law.toml", "bad-law-toml", "")
    assert read_toml(names[4:].encode() + b" = 1", "law.toml", "bad-law-toml", "")


def test_a_text_with_many_dots_is_no_key() -> None:
    written = f'x = "{"甲." * 1000}"\ny = [{"1.5, " * 1000}]\n'
    assert len(read_toml(written.encode(), "law.toml", "bad-law-toml", "")["y"]) == 1000


def test_ten_thousand_ignores_are_each_looked_at_for_findings_of_their_code_only() -> None:
    codes = ["item-mark", "missing-full-stop"]
    text = "".join(
        f'[[check.ignore]]\ncode = "{codes[n % 2]}"\nreason = "甲"\nlaw = "a{n}"\n'
        for n in range(10_000)
    )
    settings = read_settings(text.encode(), "tracker.toml")
    assert [one.line for one in settings.ignores[::5000]] == [1, 20_001]
    other = Problem(code="ranges", severity=Severity.ERROR, message="甲", law="a1")
    found = [other] * 100_000 + [replace(other, code="item-mark", law="a9998")]
    done = settle(settings, found)
    assert (len(done.problems), len(done.ignored)) == (100_000, 1)


def test_records_of_brackets_in_brackets_are_damaged_records() -> None:
    with pytest.raises(ValueError, match="嵌套"):
        read_meta(b"[" * MANY)
    with pytest.raises(TrackerError, match="不是见证文件"):
        read_witness(b"[" * MANY, "witness.json")
