"""Setting marks right and reading them in one walk gives what the table and `scan` give."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tracker.parse.document import Place
from tracker.parse.extract.decode import decode
from tracker.parse.marks.kinds import scan
from tracker.parse.marks.scan import scan_source
from tracker.parse.marks.survey import survey
from tracker.parse.normalise.rules import LINE_RULES, normalise, normalise_text

SEEDS = sorted((Path(__file__).resolve().parents[2] / "versions").rglob("*.txt"))
PIECES = (
    "第", "一", "十二", "12", "〇", "两", "百", "条", "编", "分编", "章", "节", "條", "之", "之一",
    "附件", "附表", "附", "1", "（", "）", "一、", "、", "．", "。", "：", " ", "\u3000", "甲",
    "为了", "笫", "A", "(", ")", "的规定", "总则", "\t", "目录", "——",
)  # fmt: skip


def both(lines: list[str]) -> tuple[object, object]:
    """What the walk gives, and what the table gives."""
    marks, odd, rewrites = scan_source(normalise_text(lines, lambda n: Place(n + 1)).lines)
    assert set(survey(marks).odd) <= set(odd)
    table = normalise(lines, lambda n: Place(n + 1))
    codes = {rule.code for rule in LINE_RULES}
    counted = {code: count for code, count in table.rewrites.items() if code in codes}
    return (marks, rewrites), ([mark for mark in scan(table.lines) if mark.text], counted)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_a_law_reads_the_same_in_one_walk_as_by_the_table(path: Path) -> None:
    walk, table = both(decode(path.read_bytes(), path.name)[0].split("\n"))
    assert walk == table


def test_lines_of_any_pieces_read_the_same_in_one_walk_as_by_the_table() -> None:
    chance = random.Random(7)
    for _ in range(4000):
        line = "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
        for lines in ([line], [line.replace(" ", "\u3000")], [f"第{line}", f"附件{line}"]):
            walk, table = both(lines)
            assert walk == table, lines
