"""Characters that look alike: each belongs to one look."""

from __future__ import annotations

from collections import Counter

from tracker.check.alike import _GROUPS


def test_each_look_is_of_several_characters_and_each_character_has_one_look() -> None:
    counts = Counter(char for group in _GROUPS for char in group)
    assert [char for char, count in counts.items() if count > 1] == []
    assert [group for group in _GROUPS if len(group) < 2] == []
