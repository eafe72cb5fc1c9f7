"""第二项 without its 款: found in the nearest 款 that has it, without going through all of them."""

from __future__ import annotations

import pytest

from tracker.law.address import Address
from tracker.parse.citations import find_citations, reading
from tracker.parse.citations.index import Places
from tracker.parse.citations.listing import list_citations
from tracker.parse.reading import read_source

HEAD = "示例条例\n第一条　甲。\n"


def pointed(body: str, at: str, text: str) -> list[str] | None:
    places = Places.of(read_source(f"示例条例\n{body}".encode(), name="a.txt").law)
    (citation,) = find_citations(text)
    found = reading.resolve(citation, Address.of(at), places)
    return None if found.problem else [str(address) for address in found.targets]


def test_the_nearest_paragraph_before_that_has_both_items_is_meant() -> None:
    body = (
        "第一条　甲类：\n（一）甲；\n（二）乙。\n乙类：\n（一）丙；\n（二）丁。\n"
        "丙类：\n（一）戊。\n"
        "有第一项、第二项行为的，处以罚款。\n"
    )
    found = pointed(body, "art_1__para_4", "有第一项、第二项行为的，处以罚款。")
    assert found == ["art_1__para_2__subpara_1", "art_1__para_2__subpara_2"]


def test_items_inside_a_line_and_lists_without_marks_are_found_from_further_down() -> None:
    run_in = "第一条　甲类：（一）甲；（二）乙。其他除外。\n丙。\n有第二项行为的，处以罚款。\n"
    assert pointed(run_in, "art_1__para_3", "有第二项行为的，处以罚款。") == ["art_1__para_1"]
    bare = "第一条　税率如下：\n市区的，7%；\n县城的，5%；\n其他的，1%。\n有第二项行为的，减半。\n"
    assert pointed(bare, "art_1__para_5", "有第二项行为的，减半。") == ["art_1__para_3"]


@pytest.mark.parametrize(
    "line",
    [
        "违反第三款的：\n（一）违反第二项、第三项的；\n",
        "违反第二项、第三项的：\n（一）甲；\n（二）乙；\n",
        "甲类：\n甲；\n乙；\n违反第二项、第五项的。\n",
        "甲类：（一）甲；（二）乙，违反第一项、第四项的。\n",
    ],
)
def test_a_citation_is_tried_in_few_paragraphs_however_many_the_article_has(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """In an article of 40,000 款 each was tried for each citation, which took hours."""
    tried = 0
    count = reading.count

    def counted(*args: object) -> object:
        nonlocal tried
        tried += 1
        return count(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "count", counted)
    law = read_source((HEAD + "第二条　甲。\n" + line * 400).encode(), name="a.txt").law
    found = list_citations(law)
    assert len(found) >= 400
    assert tried <= 25 * len(found)
