"""The stage in the title and the stage line below it: neither is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document

BODY = "\n第一条　甲。\n第二条　乙。\n"


@pytest.mark.parametrize(
    ("head", "stage_line"),
    [
        ("某市数据条例（修订草案）\n（征求意见稿）", "（修订草案）（征求意见稿）"),
        ("某市数据条例（修订草案）（征求意见稿）", "（修订草案）（征求意见稿）"),
        ("某市数据条例（草案）\n（草案）", "（草案）"),
        ("某市数据条例\n（草案）", "（草案）"),
    ],
)
def test_every_stage_is_kept(head: str, stage_line: str, read: Callable[[str], Document]) -> None:
    document = read(head + BODY)
    assert document.law.title == "某市数据条例"
    assert document.law.stage_line == stage_line
    assert account(document) == han(head + BODY)
    assert canonical.read(canonical.write(document.law)) == document.law


def test_a_stage_line_without_a_title_is_counted_once(read: Callable[[str], Document]) -> None:
    text = "（征求意见稿）" + BODY
    assert account(read(text)) == han(text)
