"""Real laws, written as Word files with automatic numbers, read as the same laws as their texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.parse.extract.word.making import (
    abstract,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    numbered,
    numbering,
    p,
)
from tracker.law.numbering import Number
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.parse.reading import read_source

ROOT = Path(__file__).resolve().parents[4]
TEXTS = sorted((ROOT / "versions").glob("*/*/text.txt")) + sorted(
    (ROOT / "tests/cases/example-law").glob("*.txt")
)
NUMERAL = "[零一二三四五六七八九十百千]+"
LEVELS = (
    (re.compile(f"第({NUMERAL})章\u3000"), lvl(0, "chineseCounting", "第%1章")),
    (re.compile(f"第({NUMERAL})节\u3000"), lvl(1, "chineseCounting", "第%2节")),
    (
        re.compile(f"第({NUMERAL})条\u3000"),
        lvl(2, "chineseCountingThousand", "第%3条", more='<w:lvlRestart w:val="0"/>'),
    ),
    (
        re.compile(f"（({NUMERAL})）"),
        lvl(3, "japaneseCounting", "（%4）", more='<w:suff w:val="nothing"/>'),
    ),
    (re.compile("([0-9]+)．"), lvl(4, "decimal", "%5．")),
)


def _paragraphs(text: str) -> tuple[list[tuple[str, int | None, int]], str]:
    """For each line its words, its level and its list, and the part with the lists: where a number
    is not the next one, a further list starts with it, as Word does."""
    lists, counters, current = [num(1, 0)], [0] * len(LEVELS), 1
    lines: list[tuple[str, int | None, int]] = []
    for line in text.splitlines():
        for level, (mark, _) in enumerate(LEVELS):
            found = mark.match(line)
            if found is None:
                continue
            value = Number.read(found[1]).value
            if value != counters[level] + 1:
                current = len(lists) + 1
                start = f'<w:startOverride w:val="{value}"/>'
                over = f'<w:lvlOverride w:ilvl="{level}">{start}</w:lvlOverride>'
                lists.append(num(current, 0, over))
            counters[level] = value
            counters[level + 1 :] = [
                counters[n] if n == 2 else 0 for n in range(level + 1, len(LEVELS))
            ]
            lines.append((line[found.end() :], level, current))
            break
        else:
            lines.append((line, None, 0))
    return lines, numbering(abstract(0, *(level for _, level in LEVELS)), *lists)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name + "-" + path.stem)
def test_a_law_with_automatic_numbers_is_the_law_of_its_text(path: Path) -> None:
    law = read_source(path.read_bytes(), name="law.txt").law
    text = canonical.write(law)
    lines, lists = _paragraphs(text)
    assert sum(level is not None for _, level, _ in lines) >= min(3, len(law.articles()))
    blocks = [
        p(words) if level is None else numbered(words, of, level) for words, level, of in lines
    ]
    read = read_source(docx(*blocks, numbers=lists), name="law.docx", title=law.title or None)
    assert canonical.write(read.law) == text
    assert read.law == law


def test_two_stages_in_one_file_with_tracked_changes_read_as_each_of_them() -> None:
    """Each paragraph of the first stage deleted, each of the second inserted."""
    old, new = (read_source(path.read_bytes(), name="law.txt").law for path in TEXTS[-4:-2])
    before, after = (canonical.write(law).splitlines() for law in (old, new))
    assert before != after
    kept = [line for line in before if line in after]
    blocks, at = [], 0
    for line in before:
        if line in kept and line in after[at:]:
            for added in after[at : after.index(line, at)]:
                blocks.append(p(inserted(added), mark='<w:ins w:id="1" w:author="甲"/>'))
            at = after.index(line, at) + 1
            blocks.append(p(line))
        else:
            blocks.append(p(deleted(line), mark='<w:del w:id="1" w:author="甲"/>'))
    blocks += [p(inserted(line), mark='<w:ins w:id="1" w:author="甲"/>') for line in after[at:]]
    data = docx(*blocks)
    assert read_source(data, name="a.docx", tracked=Tracked.ORIGINAL).law == old
    assert read_source(data, name="a.docx", tracked=Tracked.FINAL).law == new
