"""Setting marks right and reading them in one walk gives what the table and `scan` give."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tracker.parse.document import Place
from tracker.parse.extract import Lines
from tracker.parse.extract.decode import decode
from tracker.parse.marks.kinds import Mark, scan
from tracker.parse.marks.scan import scan_source
from tracker.parse.marks.survey import survey
from tracker.parse.normalise.rules import normalise, normalise_blocks

SEEDS = sorted((Path(__file__).resolve().parents[2] / "versions").rglob("*.txt"))
PIECES = (
    "第", "一", "十二", "12", "〇", "两", "百", "条", "编", "分编", "章", "节", "條", "之", "之一",
    "附件", "附表", "附", "1", "（", "）", "一、", "、", "．", "。", "：", " ", "\u3000", "甲",
    "为了", "笫", "A", "(", ")", "的规定", "总则", "\t", "目录", "——",
)  # fmt: skip


def _read(marks: list[Mark]) -> list[tuple[object, ...]]:
    """What the marks say, however their lines are held."""
    return [(one.kind, one.number, one.rest, one.text, one.set_off) for one in marks]


def both(lines: list[str]) -> tuple[object, object]:
    """What the walk gives, and what the table gives."""
    scanned = scan_source(normalise_blocks(lines, lambda n: Place(n + 1)))
    assert set(survey(scanned.marks).odd) <= set(scanned.odd)
    table = normalise(lines, lambda n: Place(n + 1))
    assert list(scanned.filled) == [n for n, line in enumerate(table.lines) if line]
    marks = [mark for mark in scan(table.lines) if mark.text]
    return (_read(scanned.marks), scanned.rewrites), (_read(marks), table.rewrites)


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


def test_a_long_text_reads_the_same_some_lines_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(11)
    texts = [decode(path.read_bytes(), path.name)[0] for path in SEEDS]
    pieces = (*PIECES, ".", "»", "2021-2023年", "年 月日", "www.a.cn(", "\n", "\n", "甲。\n")
    texts += ["".join(chance.choices(pieces, k=chance.randint(1, 90))) for _ in range(1500)]
    for text in texts:
        whole = scan_source(normalise_blocks(Lines(text), lambda n: Place(n + 1)))
        monkeypatch.setattr("tracker.parse.normalise.rules.BLOCK", chance.randint(1, 60))
        parts = scan_source(normalise_blocks(Lines(text), lambda n: Place(n + 1)))
        monkeypatch.undo()
        assert (parts.marks, parts.odd, parts.rewrites) == (
            whole.marks, whole.odd, whole.rewrites
        ), text  # fmt: skip
        assert list(parts.filled) == list(whole.filled)
