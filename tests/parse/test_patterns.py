"""No regular expression of reading holds a repetition without bound inside another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]

import pytest

from benchmarks.patterns import is_anchored, patterns

OF_READING = [one for one in patterns() if one[0].startswith("parse.")]
"""Those that see what anybody publishes; all of the program are timed in `benchmarks.patterns`."""
BACKTRACKING = ("MAX_REPEAT", "MIN_REPEAT")


def nested(node: object, inside: bool = False) -> Iterator[str]:
    """The repetitions without bound that stand inside another such one, possessive ones aside."""
    if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in BACKTRACKING:
        _, most, below = node[1]
        endless = most == _parser.MAXREPEAT
        if endless and inside:
            yield str(node[0])
        yield from nested(list(below), inside or endless)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from nested(part, inside)
    elif isinstance(node, _parser.SubPattern):
        yield from nested(list(node), inside)


NEVER_IN_VAIN = ("parse.claims._SENTENCE",)
"""What follows the repetition matches wherever that ends: at 。, a line feed or the end."""
LONGEST_START = 64
"""Steps that a search may take from each character of a text in vain."""


def long_starts(tree: _parser.SubPattern) -> Iterator[int]:
    """How often what a pattern begins with may be repeated and taken back again."""
    for place, (kind, value) in enumerate(tree):
        if str(kind) not in (*BACKTRACKING, "POSSESSIVE_REPEAT"):
            return
        if str(kind) in BACKTRACKING and value[1] > LONGEST_START and place + 1 < len(tree):
            yield int(value[1])
        if value[0] > 0:
            return


@pytest.mark.parametrize(("name", "pattern"), OF_READING)
def test_what_is_searched_for_does_not_begin_with_a_long_repetition(
    name: str, pattern: re.Pattern[str]
) -> None:
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    assert is_anchored(name) or name in NEVER_IN_VAIN or list(long_starts(tree)) == [], name


@pytest.mark.parametrize(("name", "pattern"), OF_READING)
def test_repetitions_without_bound_are_not_nested(name: str, pattern: re.Pattern[str]) -> None:
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    assert list(nested(tree)) == [], name


def test_the_check_sees_what_it_is_for() -> None:
    assert list(nested(_parser.parse("(?:a*b?)*")))
    assert not list(nested(_parser.parse("(?:a{0,9})*b*")))
    assert list(long_starts(_parser.parse("a?[-.]{0,200}[0-9]$")))
    assert not list(long_starts(_parser.parse("a?[-.]{0,200}+[0-9]$")))
