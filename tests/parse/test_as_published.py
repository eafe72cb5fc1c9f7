"""Sources as they are published: each text is short, invented, and was once read wrong."""

from __future__ import annotations

from collections.abc import Callable

from tracker.law.address import locate
from tracker.parse.document import Document

Read = Callable[[str], Document]


def addresses(document: Document) -> list[str]:
    return [str(one.address) for one in locate(document.law)]


def test_an_item_about_a_project_is_an_item_and_no_citation(read: Read) -> None:
    document = read("示例条例\n第一条　应当公布：\n（一）项目名称；\n（二）项目期限。\n前款甲。\n")
    assert addresses(document) == [
        "art_1",
        "art_1__para_1",
        "art_1__para_1__subpara_1",
        "art_1__para_1__subpara_2",
        "art_1__para_2",
    ]


def test_a_line_that_goes_on_with_the_name_of_the_unit_stays_a_citation(read: Read) -> None:
    document = read("示例条例\n第一条　依照第二条第\n（一）项规定处罚。\n第二条　乙。\n")
    assert "art_1__para_1__subpara_1" not in addresses(document)
