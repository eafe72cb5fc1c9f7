"""The invented law: the engine finds exactly the changes that were written into it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.check import Subject, check
from tracker.diff.changes import apply, compare
from tracker.diff.model import Change, Changes, Kind
from tracker.law.model import Law, Stage, Unit
from tracker.parse.document import Document
from tracker.parse.reading import read_source

CASE = Path(__file__).resolve().parent / "cases" / "example-law"
SOURCES = ("1-draft", "2-consultation_draft", "3-second_reading", "4-enacted")
TRUTH: dict[str, Any] = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
TRANSITIONS = tuple(TRUTH["transitions"])


def _read(name: str) -> Document:
    path = CASE / f"{name}.txt"
    return read_source(path.read_bytes(), name=path.name)


def _law(stage: str) -> Law:
    name = next(name for name in SOURCES if name.endswith(stage))
    return _read(name).law


def _compare(transition: str) -> Changes:
    old, new = transition.split(" -> ")
    return compare(_law(old), _law(new))


def _numbers(change: Change) -> tuple[list[int], list[int]]:
    def side(located: tuple[Any, ...]) -> list[int]:
        return [one.provision.number.value for one in located]

    return side(change.old), side(change.new)


def _pairs(changes: Changes, keep: Any) -> list[list[int]]:
    """[old, new] of the 1→1 entries that `keep` accepts, in the order of the new text."""
    found = []
    for change in changes.changes:
        old, new = _numbers(change)
        if len(old) == len(new) == 1 and keep(change):
            found.append([old[0], new[0]])
    return sorted(found, key=lambda pair: pair[1])


@pytest.mark.parametrize(
    ("name", "stage", "articles", "day", "captions"),
    [
        ("1-draft", Stage.DRAFT, 40, date(2023, 3, 15), 40),
        ("2-consultation_draft", Stage.CONSULTATION_DRAFT, 41, date(2023, 6, 5), 41),
        ("3-second_reading", Stage.SECOND_READING, 42, date(2023, 9, 28), 42),
        ("4-enacted", Stage.ENACTED, 41, date(2024, 1, 25), 0),
    ],
)
def test_each_stage_says_what_it_is(
    name: str, stage: Stage, articles: int, day: date, captions: int
) -> None:
    document = _read(name)
    assert document.law.title == "示例市公共数据条例"
    assert document.facts.fictional
    assert document.facts.stage is stage
    assert document.facts.dates.legal == day
    assert len(document.law.articles()) == articles
    assert sum(article.caption is not None for article in document.law.articles()) == captions
    assert [p.number.value for p in document.law.articles() if p.number] == list(
        range(1, articles + 1)
    )


def test_the_dates_of_the_final_text_and_of_the_consultation_are_read() -> None:
    enacted = _read("4-enacted").facts.dates
    assert (enacted.adopted, enacted.promulgated) == (date(2024, 1, 18), date(2024, 1, 25))
    assert enacted.in_force == date(2024, 5, 1)
    consultation = _read("2-consultation_draft").facts.dates
    assert (consultation.comment_start, consultation.comment_end) == (
        date(2023, 6, 5),
        date(2023, 7, 5),
    )


def test_chapters_are_the_same_six_in_every_stage_but_for_two_names() -> None:
    for name in SOURCES:
        chapters = [p.caption for p in _read(name).law.walk() if p.unit is Unit.CHAPTER]
        assert len(chapters) == 6
        assert chapters[0] == "总则"
        assert chapters[-1] == "附则"


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_every_article_finds_its_partner(transition: str) -> None:
    truth = TRUTH["transitions"][transition]
    assert _pairs(_compare(transition), lambda _: True) == truth["links"]


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("kind", ["unchanged", "renumbered", "reworded", "moved"])
def test_each_kind_is_found_where_it_was_written(transition: str, kind: str) -> None:
    found = _pairs(_compare(transition), lambda change: Kind(kind) in change.kinds)
    assert found == TRUTH["transitions"][transition][kind]


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_consequential_changes_are_told_from_real_ones(transition: str) -> None:
    found = _pairs(_compare(transition), lambda change: change.consequential)
    assert found == TRUTH["transitions"][transition]["consequential"]


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_inserted_deleted_split_and_merged_articles_are_found(transition: str) -> None:
    truth = TRUTH["transitions"][transition]
    numbers = [_numbers(change) for change in _compare(transition).changes]
    assert sorted(new[0] for old, new in numbers if not old) == truth["inserted"]
    assert sorted(old[0] for old, new in numbers if not new) == truth["deleted"]
    assert [[old[0], new] for old, new in numbers if len(new) > 1] == truth["split"]
    assert [[old, new[0]] for old, new in numbers if len(old) > 1] == truth["merged"]


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_a_renamed_chapter_is_the_same_chapter(transition: str) -> None:
    renamed = [
        [heading.old.provision.caption, heading.new.provision.caption]
        for heading in _compare(transition).headings
        if heading.old and heading.new and Kind.REWORDED in heading.kinds
    ]
    assert renamed == TRUTH["transitions"][transition]["headings_renamed"]


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_the_changes_applied_to_the_old_text_give_the_new_one(transition: str) -> None:
    old, new = (_law(stage) for stage in transition.split(" -> "))
    assert apply(old, compare(old, new)) == new


def test_captions_dropped_in_the_final_text_reword_nothing() -> None:
    changes = _compare(TRANSITIONS[-1])
    dropped = _pairs(changes, lambda change: change.caption_changed)
    assert len(dropped) == len(TRUTH["transitions"][TRANSITIONS[-1]]["links"])


@pytest.mark.parametrize(
    ("transition", "article", "before", "after"),
    [
        (0, 12, "可以", "应当"),
        (1, 15, "十五日", "十个工作日"),
        (1, 27, "市大数据中心", ""),
        (2, 39, "一万元", "二万元"),
        (2, 39, "五万元", "十万元"),
    ],
)
def test_a_redline_shows_whole_words_and_amounts(
    transition: int, article: int, before: str, after: str
) -> None:
    entry = next(
        change
        for change in _compare(TRANSITIONS[transition]).changes
        if _numbers(change)[1] == [article]
    )
    deleted = "|".join(text for op, text in entry.redline if op == "delete")
    inserted = "|".join(text for op, text in entry.redline if op == "insert")
    assert before in deleted
    assert after in inserted


def test_the_check_finds_the_one_forgotten_citation_and_nothing_else() -> None:
    truth = TRUTH["stale_citation"]
    previous = None
    for name in SOURCES:
        subject = Subject.of_document(_read(name), previous)
        found = [(p.code, p.address) for p in check(subject)]
        forgotten = [("stale-citation", f"art_{truth['article']}")]
        assert found == (forgotten if name.endswith(truth["stage"]) else []), name
        previous = subject


def test_every_article_that_the_note_cites_exists() -> None:
    note = (CASE / "note-consultation_draft.txt").read_text(encoding="utf-8")
    subject = replace(Subject.of_document(_read("2-consultation_draft")), note=note)
    assert {p.code for p in check(subject)} <= {"note-silent"}
