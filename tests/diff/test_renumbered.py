"""Citations in a redline stand beside what they became, not beside an equal number."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.changes import compare
from tracker.diff.model import Change, Changes, Op, Redline, new_text, old_text
from tracker.diff.redline.draw import draw_all
from tracker.diff.redline.renumbered import renamed, rewritten
from tracker.law.numbering import Number

_SHOW = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
_NUMERALS = "一二三四五六七八九"


def _shown(pieces: Redline) -> str:
    return "".join(_SHOW[op].format(text) for op, text in pieces)


def _last_but_one(old: str, new: str) -> tuple[Changes, Change]:
    """Two laws, the new one with two more articles at the start; the article that cites."""
    before = numbered([*LAMPS[:14], old, LAMPS[14]])
    after = numbered(
        [LAMPS[0], NEW_ONE, "本条例所称路灯，包括灯杆。", *LAMPS[1:14], new, LAMPS[14]]
    )
    changes = compare(before, after)
    cites = next(one for one in changes.changes if one.old and str(one.old[0].address) == "art_15")
    return changes, cites


def test_each_citation_of_a_list_stands_beside_what_it_became() -> None:
    _, change = _last_but_one(
        "不履行本条例第三条、第五条、第七条第二款规定的义务的，给予警告。",
        "不履行本条例第五条、第七条、第九条第二款规定的义务的，给予警告，可以处罚款。",
    )
    shown = (
        "不履行本条例[-第三条-]{+第五条+}、[-第五条-]{+第七条+}、[-第七条第二款-]{+第九条第二款+}"
        "规定的义务的，给予警告{+，可以处罚款+}。"
    )
    assert _shown(change.redline) == shown
    assert [_shown(one.redline) for one in change.provisions] == [shown]  # the 款 reads alike


def test_a_citation_that_would_go_and_come_at_one_place_stays() -> None:
    _, change = _last_but_one(
        "违反本条例第六条、第八条规定，造成损失的，应当赔偿。",
        "违反本条例第六条、第八条、第十条规定，造成损失的，应当依法赔偿。",
    )
    assert _shown(change.redline) == (
        "违反本条例第六条、第八条{+、第十条+}规定，造成损失的，应当{+依法+}赔偿。"
    )


def test_a_list_of_articles_of_another_law_that_moved_as_a_whole_is_paired_in_its_order() -> None:
    old = "有消防法第二十八条或者第二十九条情形的，给予警告。"
    new = "有消防法第二十九条或者第三十条情形的，照明主管部门给予警告。"
    (change, *_) = compare(numbered([old]), numbered([new])).changes
    assert _shown(change.redline) == (
        "有消防法[-第二十八条-]{+第二十九条+}或者[-第二十九条-]{+第三十条+}情形的，"
        "{+照明主管部门+}给予警告。"
    )


def test_a_list_of_another_law_that_others_cite_as_before_moved_nowhere() -> None:
    old = ["依照消防法第二十八条、第二十九条处理。", "有消防法第二十八条、第二十九条情形的，报告。"]
    new = [old[0].replace("处理", "从重处理"), "有消防法第二十九条、第三十条情形的，报告。"]
    second = compare(numbered(old), numbered(new)).changes[1]
    assert _shown(second.redline) == (
        "有消防法[-第二十八条、-]第二十九条{+、第三十条+}情形的，报告。"
    )


def test_a_citation_of_another_law_with_the_same_number_stays() -> None:
    _, change = _last_but_one(
        "有第三条行为的，依照《中华人民共和国刑法》第五条处理。",
        "有第五条行为的，依照《中华人民共和国刑法》第五条从重处理。",
    )
    assert _shown(change.redline) == (
        "有[-第三条-]{+第五条+}行为的，依照《中华人民共和国刑法》第五条{+从重+}处理。"
    )


def test_a_citation_left_as_it_was_is_not_shown_as_gone_and_come() -> None:
    changes, change = _last_but_one(
        "违反本条例第五条规定的，给予警告。", "违反本条例第五条规定的，给予警告，可以并处罚款。"
    )
    assert _shown(change.redline) == "违反本条例第五条规定的，给予警告{+，可以并处罚款+}。"
    assert "art_17" in [one.address for one in changes.problems if one.code == "stale-citation"]


_LISTS = st.lists(
    st.sampled_from([f"第{n}条{tail}" for n in _NUMERALS for tail in ("", "第二款", "之一")]),
    max_size=6,
)
_WORDS = st.sampled_from(
    ["依照本法", "由城市照明主管部门责令限期改正，", "违反", "的规定，", "\n", "给予警告。"]
)
_TEXTS = st.lists(st.one_of(_WORDS, _LISTS.map("、".join)), max_size=8).map("".join)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(_TEXTS, _TEXTS, st.integers(-3, 3))
def test_both_sides_are_rebuilt_whatever_the_numbers_became(old: str, new: str, by: int) -> None:
    became = {Number(n): (Number(max(1, n + by)),) for n in range(1, 10)}
    (drawn,) = draw_all([(old, new)], [renamed(old, new, became)])
    assert (old_text(drawn.redline), new_text(drawn.redline)) == (old, new)
    assert all(text for _, text in drawn.redline)


def test_a_long_run_of_signs_for_open_numbers_is_passed_in_one_look() -> None:
    text = f"违反第五条、{'×' * 200_000}第六条的，"
    found = rewritten(text, (("第五条", "第十五条"), ("第六条", "第十六条")))
    assert [was for _, _, was in found.spans] == ["第五条", "第六条"]
    assert found.text == text.replace("第五条", "第十五条").replace("第六条", "第十六条")
