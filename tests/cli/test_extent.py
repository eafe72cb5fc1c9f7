"""The hint where a provision is not there says what is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = (
    "示例市甲条例\n\n第一章　总则\n第一条　为了规范甲，制定本条例。\n第二条　禁止下列行为：\n"
    "（一）乙：\n1．甲；\n2．乙。\n（二）丙。\n其他不禁止。\n有下列情形的除外：\n（一）丁；\n（二）戊；\n"
    "（三）己。\n第二条之一　乙。\n第三条　丙。\n第二章　附则\n第五条　庚。\n"
)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("第九条", "该文本到第五条为止"),
        ("第九条第二款", "该文本到第五条为止"),
        ("第四条", "第三条后面是第五条"),
        ("第二条之二", "第二条之一后面是第三条"),
        ("第二条第九款", "第二条共 3 款"),
        ("art_2__para_9", "第二条共 3 款"),
        ("第三条第一款、第二款", "第三条共 1 款"),
        ("第二条第三款第四项", "第二条第三款共 3 项"),
        ("第二条第九项", "第二条第一款共 2 项，第二条第三款共 3 项"),
        ("第二条第一项", "写明第几款，如 第十条第一款第三项"),
        ("第二条第一款第一项第三目", "第二条第一款第一项共 2 目"),
        ("第三条第一项", "第三条没有项"),
        ("第九章", "该文本共 2 章"),
        ("第一章第一节", "第一章没有节"),
    ],
)
def test_the_hint_says_how_far_the_text_goes_there(
    run: Run, tmp_path: Path, asked: str, hint: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    ran = run("show", "a.txt", asked)
    assert ran.code == 2
    assert f"提示 {hint}\n" in ran.err
