"""What the list of citations says where a citation names no law."""

from __future__ import annotations

import io

from rich.console import Console

from tracker.parse.citations.listing import list_citations
from tracker.parse.reading import read_source
from tracker.render.terminal.citations import print_citations

TEXT = "某市条例\n第一条　依照部门规章第三条、国务院令第七百一十二号第二条制定。\n第二条　乙。\n"


def test_a_citation_of_a_law_not_named_is_said_to_be_so() -> None:
    law = read_source(TEXT.encode(), name="law.txt").law
    console = Console(file=io.StringIO(), width=120)
    print_citations(console, list_citations(law), "zh")
    assert isinstance(console.file, io.StringIO)
    rows = console.file.getvalue().splitlines()
    assert any("部门规章第三条" in row and "没有写明哪一部" in row for row in rows)
    assert not any("《国务院令" in row for row in rows)
