"""What cannot be read back, or has lost a word, is never stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.parse.conftest import PROJECT, QINGDAO_TITLE, SEEDS, seed_bytes  # noqa: F401
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.reading import read_source
from tracker.store.guard import check_words
from tracker.store.ingest import ingest
from tracker.store.model import Given, Incoming
from tracker.store.versions import Store

TEXT = """某市数据条例（草案）

第一条　为了促进数据发展，制定本条例。

第二条　本条例自公布之日起施行。
"""
CASES = PROJECT / "tests" / "cases"
EXAMPLES = sorted([*CASES.glob("example-law/*.txt"), *CASES.glob("structures/*/source.txt")])


def losing(data: bytes) -> Document:
    """The document, without its last article."""
    document = read_source(data, name="来源.txt")
    law = document.law
    return replace(document, law=replace(law, body=law.body[:-1]))


def test_text_that_cannot_be_read_back_is_not_stored(
    store: Store, arrive: Callable[..., Incoming], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = canonical.read
    monkeypatch.setattr(canonical, "read", lambda text: replace(right(text), title="别的条例"))
    with pytest.raises(TrackerError) as caught:
        store.save(arrive())
    assert caught.value.code == "cannot-be-read-back"
    assert "来源.txt" in caught.value.message
    assert store.laws() == ()


def test_a_source_that_lost_a_line_is_refused_with_the_line(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = TEXT.encode()
    monkeypatch.setattr("tracker.store.ingest.read_source", lambda data, **_: losing(data))
    with pytest.raises(TrackerError) as caught:
        ingest(store, data, name="来源.txt", law_id="shili")
    assert caught.value.code == "words-lost"
    assert "来源.txt" in caught.value.message
    assert "第 5 行“第二条　本条例自公布之日起施行。”" in caught.value.message
    assert store.laws() == ()


@pytest.mark.parametrize("title", [None, "某市数据条例", "某省数据条例"])
def test_a_title_given_is_no_loss(store: Store, title: str | None) -> None:
    done = ingest(store, TEXT.encode(), name="来源.txt", law_id="shili", given=Given(title=title))
    assert done.commit


def test_a_number_written_otherwise_is_no_loss() -> None:
    data = TEXT.replace("第二条", "第一百〇二条").encode()
    check_words(data, read_source(data, name="a.txt"), name="a.txt", title=None)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_example_loses_a_word(path: Path) -> None:
    data = path.read_bytes()
    check_words(data, read_source(data, name=path.name), name=path.name, title=None)


@pytest.mark.parametrize("name", SEEDS)
def test_no_seed_loses_a_word(
    name: str,
    seed_bytes: Callable[[str], bytes],  # noqa: F811
) -> None:
    title = QINGDAO_TITLE if name == "qingdao" else None
    data = seed_bytes(name)
    check_words(data, read_source(data, name=name, title=title), name=name, title=title)


@pytest.mark.parametrize(
    "given",
    [Given(title="甲条例\n乙"), Given(issuing_body="某市\x1b[31m人大"), Given(title="甲\u202e乙")],
)
def test_what_is_given_holds_no_control_character(store: Store, given: Given) -> None:
    with pytest.raises(TrackerError) as caught:
        ingest(store, TEXT.encode(), name="来源.txt", law_id="shili", given=given)
    assert caught.value.code == "control-character"
    assert store.laws() == ()


def test_a_sequence_for_what_is_stored_already_is_not_ignored_in_silence(store: Store) -> None:
    data = TEXT.encode()
    ingest(store, data, name="来源.txt", law_id="shili")
    again = ingest(store, data, name="来源.txt", law_id="shili", given=Given(sequence=2))
    assert again.already
    assert "sequence-not-changed" in {problem.code for problem in again.problems}


def test_a_correction_may_name_the_law_too(store: Store) -> None:
    first = ingest(store, TEXT.encode(), name="来源.txt", law_id="shili").version
    other = TEXT.replace("促进数据发展", "促进数据流通").encode()
    done = ingest(store, other, name="来源.txt", law_id="shili", given=Given(corrects=first.name))
    assert done.version.corrects == first.version_id


def test_a_sign_of_a_mark_may_be_written_anew_but_not_one_more_than_the_ledger_says():
    data = "示例條例\n第一條 為了示例，制定本條例。\n第二條 本條例自2020年1月1日起施行。\n".encode()
    document = read_source(data, name="a.txt")
    check_words(data, document, name="a.txt", title=None)
    forged = replace(document, ledger=replace(document.ledger, rewrites=(("heading-number", 1),)))
    with pytest.raises(TrackerError):
        check_words(data, forged, name="a.txt", title=None)
