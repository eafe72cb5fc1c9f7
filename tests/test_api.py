"""The functions for programs: each does what the page says, on the invented law."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.parse.extract.word.making import deleted, docx, inserted, p
from tracker import api
from tracker.law.problems import TrackerError
from tracker.render.side import SideInfo

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases" / "example-law"
CONSULTATION, READING = CASES / "2-consultation_draft.txt", CASES / "3-second_reading.txt"


def test_a_path_and_its_bytes_are_the_same_law() -> None:
    law = api.parse(READING).law
    assert api.parse(str(READING)).law == law
    assert api.parse(READING.read_bytes()).law == law
    assert api.parse(READING, title="另一个标题").law.title == "另一个标题"


def test_a_source_that_is_no_text_is_named() -> None:
    with pytest.raises(TrackerError, match=r"a\.pdf") as caught:
        api.parse(b"%PDF-1.4", name="a.pdf")
    assert caught.value.code == "unreadable-source"


def test_canonical_text_reads_back() -> None:
    law = api.parse(READING).law
    assert api.read_canonical(api.canonical(law)) == law
    with pytest.raises(TrackerError) as caught:
        api.read_canonical("第一条 甲")
    assert caught.value.code == "not-canonical"


def test_a_comparison_applies_and_is_written_as_data() -> None:
    old, new = api.parse(CONSULTATION).law, api.parse(READING).law
    changes = api.compare(old, new)
    assert api.apply(old, changes) == new
    data = api.diff_document(changes, SideInfo.of_law(old), SideInfo.of_law(new))
    assert data["format"] == "tracker-diff/1"
    assert data["summary"] == changes.summary


def test_a_citation_that_stayed_behind_is_found_against_the_stage_before() -> None:
    document = api.parse(READING)
    assert "stale-citation" not in {problem.code for problem in api.check(document)}
    found = api.check(document, against=api.parse(CONSULTATION))
    assert "第三十九条" in {
        problem.citation for problem in found if problem.code == "stale-citation"
    }


def test_citations_have_their_targets() -> None:
    listed = api.citations(api.parse(READING).law)
    assert {"art_29__para_2"} <= {str(target) for one in listed for target in one.targets}


def test_a_store_is_made_opened_and_missed(tmp_path: Path) -> None:
    with pytest.raises(TrackerError) as caught:
        api.open_store(tmp_path)
    assert caught.value.code == "not-a-store"
    api.create_store(tmp_path).close()
    store = api.open_store(tmp_path)
    assert store.law_ids() == ()
    store.close()


def test_the_example_on_the_page_begins_as_it_can_be_run() -> None:
    page = (ROOT / "site" / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    files = {"old.txt": CONSULTATION, "new.txt": READING}
    comparing, _, storing = block.partition("\n\nstore = ")
    for name, path in files.items():
        comparing = comparing.replace(f'"{name}"', repr(str(path)))
    exec(comparing, {})
    assert storing.startswith("open_store(")


def test_the_text_of_tracked_changes_is_named_as_on_the_command_line() -> None:
    law = p("第一条 依法", deleted("应当"), inserted("可以"), "公开。")
    data = docx("某市条例", law)
    with pytest.raises(TrackerError, match="修订"):
        api.parse(data, name="a.docx")
    assert "可以公开" in api.canonical(api.parse(data, name="a.docx", tracked="final").law)
    assert "应当公开" in api.canonical(api.parse(data, name="a.docx", tracked="original").law)
    with pytest.raises(ValueError, match="both"):
        api.parse(data, tracked="both")
