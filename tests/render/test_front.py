"""What is neither heading nor article is called the same in every view: 题注, 附件一, 附件二."""

from __future__ import annotations

import pytest

from tracker.diff.changes import compare
from tracker.diff.model import Changes
from tracker.parse.reading import read_source
from tracker.render.csv import diff_csv
from tracker.render.markdown import markdown
from tracker.render.pages.comparison import _front
from tracker.render.side import SideInfo

LAW = """示例市测试条例
（{stage}）

第一条　为了测试，制定本条例。

附件一：
甲表
{first}

附件二：
乙表
{second}
"""


@pytest.fixture(scope="module")
def changes() -> Changes:
    texts = (("草案", "十盏", "二十盏"), ("征求意见稿", "十一盏", "二十二盏"))
    old, new = (
        read_source(LAW.format(stage=a, first=b, second=c).encode(), name="x.txt").law
        for a, b, c in texts
    )
    return compare(old, new)


def test_a_page_names_each_annex_and_part_that_differs(changes: Changes) -> None:
    html = str(_front(changes))
    assert all(f"<dt>{name}</dt>" in html for name in ("阶段", "附件一", "附件二"))


def test_no_view_shows_the_code_of_a_part(changes: Changes) -> None:
    side = SideInfo(title="示例市测试条例", sha256="", articles=1)
    shown = (str(_front(changes)), diff_csv(changes), markdown(changes, changes, side, side))
    for view in shown:
        assert "附件二" in view
        assert "annex" not in view
        assert "stage_line" not in view
