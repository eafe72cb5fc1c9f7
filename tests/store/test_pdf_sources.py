"""A PDF as the source of a version: what read it is recorded, and verifying says what it saw."""

from __future__ import annotations

import json

import pytest

from tests.parse.printing import Sheet, printed, written
from tests.parse.test_pdf import HEADINGS, LAW
from tracker.law.problems import Severity
from tracker.parse.extract.pdf import library, run
from tracker.store.guard import check_words
from tracker.store.ingest import ingest
from tracker.store.verify import verify

SOURCE = written(printed(LAW, head=HEADINGS[0], headings=HEADINGS))


@pytest.fixture
def filled(store):
    done = ingest(store, SOURCE, name="某市公园条例.pdf", law_id="parks")
    return store, done.version


def found(root):
    return verify(root, workers=1).problems


def test_the_library_and_its_version_are_recorded(filled) -> None:
    store, version = filled
    folder = store.root / "versions" / version.law_id / version.version_id
    source = json.loads((folder / "meta.json").read_text("utf-8"))["source"]
    assert source["format"] == "pdf"
    assert source["reader"] == library() == version.source_reader
    assert source["file"] == "source.pdf"
    assert (folder / "source.pdf").read_bytes() == SOURCE
    assert store.load("parks", version.version_id).source_reader == library()


def test_the_record_of_a_text_names_no_reader(store) -> None:
    version = ingest(store, "\n".join(LAW).encode(), name="a.txt", law_id="parks").version
    folder = store.root / "versions" / "parks" / version.version_id
    assert "reader" not in json.loads((folder / "meta.json").read_text("utf-8"))["source"]


def test_a_source_that_gives_its_text_again_is_sound(filled) -> None:
    assert found(filled[0].root) == ()


def test_without_the_library_the_source_is_not_read_again_and_that_is_said(
    filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_library", lambda: None)
    [problem] = found(filled[0].root)
    assert (problem.code, problem.severity) == ("not-read-again", Severity.INFO)
    assert "pypdfium2" in problem.message
    assert "pip install" in problem.hint


def test_another_version_that_reads_otherwise_is_named(
    filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = library()
    other = written(printed([*LAW[:-1], "第十条　另一文本。"], headings=HEADINGS))
    answered = run._run(other)
    monkeypatch.setattr(run, "_library", lambda: "pypdfium2/9.9.9")
    monkeypatch.setattr(run, "_run", lambda _: answered)
    run._last.clear()
    [problem] = found(filled[0].root)
    run._last.clear()
    assert (problem.code, problem.severity) == ("reads-differently", Severity.WARNING)
    assert str(known) in problem.message
    assert "pypdfium2/9.9.9" in problem.message


def test_each_word_that_pdfium_finds_must_be_kept(store) -> None:
    from tracker.law.problems import TrackerError
    from tracker.parse.reading import read_source

    document = read_source(SOURCE, name="a.pdf")
    check_words(SOURCE, document, name="a.pdf", title=None)
    more = written(
        [*printed(LAW, head=HEADINGS[0], headings=HEADINGS), Sheet().text(90, 700, "遗漏的字句。")]
    )
    with pytest.raises(TrackerError) as caught:
        check_words(more, document, name="a.pdf", title=None)
    assert caught.value.code == "words-lost"
