"""Every Han character of a Word file is in the text or in the ledger, whatever the file holds."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.long.fuzz_word import inputs, outcome, sources
from tracker.law.problems import TrackerError
from tracker.parse.document import Tracked
from tracker.parse.extract.word.reader import word
from tracker.parse.reading import read_source
from tracker.store import guard

HAN = re.compile("[\u4e00-\u9fff]")
TEXTS = re.compile(r"<(?:w:t|w:delText|w:instrText)(?: [^>]*)?>([^<]*)</")


@pytest.mark.parametrize("data", sources())
@pytest.mark.parametrize("view", Tracked)
def test_lines_and_ledger_hold_all_words_of_all_parts(data: bytes, view: Tracked) -> None:
    with ZipFile(BytesIO(data)) as file:
        parts = [file.read(name).decode("utf-8") for name in file.namelist()]
    there = Counter(HAN.findall("".join("".join(TEXTS.findall(part)) for part in parts)))
    found = word(data, "draft.docx", view)
    kept = Counter(HAN.findall("".join((*found.lines, *(one.text for one in found.dropped)))))
    assert there.total() > 8
    assert there - kept == Counter()


def test_a_word_that_reading_loses_stops_the_ingest(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sources()[0]
    document = read_source(data, name="draft.docx")
    guard.check_words(data, document, name="draft.docx", title=None)
    lost = read_source(sources()[2], name="draft.docx")
    with pytest.raises(TrackerError, match="丢失了"):
        guard.check_words(data, lost, name="draft.docx", title=None)


def test_mutated_files_end_in_a_document_or_an_error_and_lose_no_word() -> None:
    counts = Counter(outcome(data) for data in inputs(300, 7))
    assert set(counts) == {"read", "refused"}
    assert min(counts.values()) > 60
