"""A reviewer's word: honoured, shown as such, and refused loudly where it does not fit."""

from __future__ import annotations

import pytest

from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.align.overrides import Override, Verdict
from tracker.diff.changes import apply, compare
from tracker.diff.model import Change, Kind
from tracker.law.problems import TrackerError

OLD = numbered(LAMPS)


def _of(number: str, changes: tuple[Change, ...]) -> Change:
    return next(
        one for one in changes if number in [str(unit.provision.number) for unit in one.old]
    )


def _reviewed(*overrides: Override, new: tuple[str, ...] = LAMPS) -> tuple[Change, ...]:
    changes = compare(OLD, numbered(new), overrides)
    assert apply(OLD, changes) == numbered(new)
    return changes.changes


def test_a_match_is_shown_as_the_reviewers() -> None:
    change = _of("6", _reviewed(Override(Verdict.MATCH, ("6",), ("9",))))
    assert change.matched_by == "override"
    assert change.confidence == 1.0
    assert [str(unit.address) for unit in change.new] == ["art_9"]


def test_a_split_by_a_reviewer_is_one_entry() -> None:
    new = (*LAMPS[:5], NEW_ONE, *LAMPS[5:])
    change = _of("7", _reviewed(Override(Verdict.MATCH, ("7",), ("6", "8")), new=new))
    assert Kind.SPLIT in change.kinds
    assert change.matched_by == "override"
    assert change.links == ((0, 0), (0, 1))


def test_a_merger_by_a_reviewer_is_one_entry() -> None:
    change = _of("7", _reviewed(Override(Verdict.MATCH, ("7", "8"), ("8",))))
    assert Kind.MERGED in change.kinds
    assert [str(unit.address) for unit in change.old] == ["art_7", "art_8"]
    assert change.matched_by == "override"


def test_a_match_of_several_is_exact_and_nothing_is_added_to_it() -> None:
    new = (*LAMPS[:5], NEW_ONE, *LAMPS[6:])
    changes = _reviewed(Override(Verdict.MATCH, ("7", "8", "9"), ("9",)), new=new)
    merged = _of("7", changes)
    assert [str(unit.address) for unit in merged.old] == ["art_7", "art_8", "art_9"]
    assert [str(unit.address) for unit in merged.new] == ["art_9"]
    left = [one for one in changes if any(str(u.address) in ("art_7", "art_8") for u in one.new)]
    assert [one.kinds for one in left] == [(Kind.INSERTED,), (Kind.INSERTED,)]


def test_what_a_reviewer_parted_stays_parted() -> None:
    changes = _reviewed(Override(Verdict.NO_MATCH, ("6",), ("6",)))
    assert _of("6", changes).kinds == (Kind.DELETED,)


@pytest.mark.parametrize(
    "overrides",
    [
        (Override(Verdict.MATCH, ("99",), ("1",)),),
        (Override(Verdict.NO_MATCH, ("1",), ("99",)),),
        (Override(Verdict.MATCH, ("3",), ("4",)), Override(Verdict.MATCH, ("3",), ("5",))),
        (Override(Verdict.MATCH, ("3",), ("4",)), Override(Verdict.MATCH, ("2",), ("4",))),
        (Override(Verdict.MATCH, ("3",), ("3",)), Override(Verdict.NO_MATCH, ("3",), ("3",))),
    ],
)
def test_what_does_not_fit_or_contradicts_itself_fails_loudly(
    overrides: tuple[Override, ...],
) -> None:
    with pytest.raises(TrackerError) as caught:
        compare(OLD, OLD, overrides)
    assert caught.value.code == "override-does-not-fit"
    assert "overrides.toml" in caught.value.hint
