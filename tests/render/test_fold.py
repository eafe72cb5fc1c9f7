"""Lines of Han fold where Chinese typesetting lets them, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.render.fold import break_points, cells
from tracker.render.visible import visible

TEXTS = st.text(alphabet="第一二十条，。、（）《》应当处罚款元abc 12X", max_size=80)


def _parts(text: str, width: int) -> list[str]:
    points = [0, *break_points(text, width), len(text)]
    return [text[a:b] for a, b in pairwise(points)]


@given(TEXTS, st.integers(6, 40))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_folding_loses_nothing_and_no_line_is_too_wide(text: str, width: int) -> None:
    parts = _parts(text, width)
    assert "".join(parts) == text
    for part in parts:
        assert cells(part.rstrip(" ")) <= width


@pytest.mark.parametrize("width", range(12, 40))
def test_marks_do_not_begin_or_end_a_line_wrongly(width: int) -> None:
    text = "违反本条例第二十三条第二款规定的，由市（区）主管部门责令改正，处一万元以上罚款；" * 3
    for part in _parts(text, width)[1:]:
        assert part[0] not in "，。、；：）》"
    for part in _parts(text, width)[:-1]:
        assert part[-1] not in "（《"


@pytest.mark.parametrize("width", range(14, 40))
def test_numbers_and_words_stay_whole(width: int) -> None:
    text = "依照第二十三条处罚，自2024年5月1日起施行，参见example。" * 3
    for part in _parts(text, width)[:-1]:
        assert not part.endswith(("第", "二", "十", "exampl", "202", "20"))


def test_what_cannot_be_seen_is_spelled_out() -> None:
    assert visible("a\x1b[0m\u200b\u202eb\n") == "a<U+001B>[0m<U+200B><U+202E>b\n"
    assert visible("第一条　【目的】") == "第一条　【目的】"
