"""What is wrong with a text: one short function a rule, each yields Problems.

Floor 5. `check` runs `RULES` over a Subject and gives the findings in the order of the text. A rule
sees frozen values only; no file, no store, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from tracker.check.captions import caption_in_some, captions_repaired
from tracker.check.characters import (
    character_choice,
    half_width,
    look_alikes,
    numeral_script,
    zeros,
)
from tracker.check.citing import citation_targets, own_name
from tracker.check.closing import (
    blank_date,
    entry_into_force,
    impossible_dates,
    last_chapters,
)
from tracker.check.compared import ambiguous_pairs, compared_problems, hidden_changes
from tracker.check.correcting import by_correction
from tracker.check.names import former_names, law_names
from tracker.check.notes import note_citations, note_counts, note_silence, note_title
from tracker.check.numbering import missing_chapters, numbers_in_order
from tracker.check.once import once
from tracker.check.ranges import reversed_ranges
from tracker.check.stages import (
    dates_in_order,
    held_against_nothing,
    known_facts,
    same_stage,
    same_text,
    stage_order,
    title_kept,
)
from tracker.check.subject import Subject
from tracker.check.terms import terms_used
from tracker.check.text import (
    doubled_marks,
    empty_articles,
    ends,
    item_ends,
    outside_articles,
    pairs,
)
from tracker.law.problems import Problem

__all__ = ["RULES", "Rule", "Subject", "check", "with_comparison"]

Rule = Callable[[Subject], Iterator[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    known_facts, held_against_nothing, stage_order, dates_in_order, title_kept, same_stage,
    same_text,
    numbers_in_order, missing_chapters, last_chapters,
    citation_targets, own_name, law_names, former_names,
    compared_problems, ambiguous_pairs, hidden_changes,
    pairs, ends, item_ends, half_width, doubled_marks, empty_articles, outside_articles,
    look_alikes, zeros, numeral_script, character_choice,
    terms_used, caption_in_some, captions_repaired, entry_into_force, blank_date,
    impossible_dates, reversed_ranges, note_title, note_citations, note_counts, note_silence,
)  # fmt: skip
"""Every rule. The order only decides between findings of one place and one severity."""


def check(subject: Subject) -> tuple[Problem, ...]:
    """Every finding about `subject`, in the order of the text.

    Findings without a place come first; in one place the worst first. What was found while reading
    the source is among them, once: a rule that finds the same at the same place takes its stead.
    Where there is a stage before, the two are compared if the caller has not done so.
    """
    subject = with_comparison(subject)
    found = [problem for rule in RULES for problem in rule(subject)]
    known = {(p.code, p.citation) for p in found}
    read = [p for p in subject.problems if (p.code, p.citation) not in known]
    if not read and not found:
        return ()
    place = {str(p.address): position for position, p in enumerate(subject.provisions)}
    named = [
        replace(p, law=p.law or subject.law_id, version=p.version or subject.version_id)
        for p in (*read, *found)
    ]
    if subject.version_id:  # what a file can be given as it is stored, a version no more
        named = [by_correction(p, subject.version_id) for p in named]
    ordered = sorted(
        named,
        key=lambda p: (place.get(p.address, -1), p.severity.rank),
    )
    return once(dict.fromkeys(ordered))


def with_comparison(subject: Subject) -> Subject:
    """The same with its comparison with the stage before; itself where there is nothing to do."""
    if subject.previous is None or subject.changes is not None:
        return subject
    from tracker.diff.changes import compare  # brings the tokeniser, which a single text needs not

    changes = compare(subject.previous.law, subject.law, subject.overrides)
    return replace(subject, changes=changes)
