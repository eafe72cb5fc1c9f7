"""Changes whose right answer is known, because the test made them."""

from __future__ import annotations

import pytest

from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.changes import compare
from tracker.diff.model import Changes, Kind
from tracker.law.problems import Severity


def _pairs(changes: Changes) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(str(one.provision.number) for one in change.old): tuple(
            str(one.provision.number) for one in change.new
        )
        for change in changes.changes
        if change.old
    }


@pytest.mark.parametrize("at", range(1, len(LAMPS)))
def test_inserted_article_does_not_reword_its_neighbours(at: int) -> None:
    changes = compare(numbered(LAMPS), numbered([*LAMPS[:at], NEW_ONE, *LAMPS[at:]]))
    assert changes.summary["inserted"] == 1
    assert changes.summary["reworded"] == 0
    assert changes.summary["renumbered"] == len(LAMPS) - at
    assert changes.summary["moved"] == 0


@pytest.mark.parametrize("at", range(len(LAMPS) - 1))
def test_deleted_article_is_the_only_one_gone(at: int) -> None:
    changes = compare(numbered(LAMPS), numbered([*LAMPS[:at], *LAMPS[at + 1 :]]))
    assert changes.summary["deleted"] == 1
    assert changes.summary["inserted"] == 0
    assert _pairs(changes)[(str(at + 1),)] == ()


@pytest.mark.parametrize("at", range(len(LAMPS) - 3))
def test_swapped_articles_are_found_and_one_of_them_moved(at: int) -> None:
    texts = list(LAMPS)
    texts[at], texts[at + 2] = texts[at + 2], texts[at]
    changes = compare(numbered(LAMPS), numbered(texts))
    pairs = _pairs(changes)
    assert pairs[(str(at + 1),)] == (str(at + 3),)
    assert pairs[(str(at + 3),)] == (str(at + 1),)
    assert changes.summary["moved"] == 2
    assert changes.summary["reworded"] == 0


@pytest.mark.parametrize("at", [3, 6, 8, 9, 11])
def test_reworded_article_keeps_its_partner(at: int) -> None:
    texts = list(LAMPS)
    texts[at] = texts[at].replace("应当", "可以").replace("责令", "由主管部门责令")
    texts[at] = "除本条例另有规定外，" + texts[at]
    changes = compare(numbered(LAMPS), numbered([NEW_ONE, *texts]))
    assert _pairs(changes)[(str(at + 1),)] == (str(at + 2),)
    assert changes.summary["reworded"] == 1


def test_split_article_is_one_entry_with_two_new_articles() -> None:
    first, second = (
        "路灯的亮度、间距和色温应当符合国家标准。",
        "居民区周边的路灯不得产生眩光，并应当设置遮光罩。",
    )
    whole = (
        "路灯的亮度、间距和色温应当符合国家标准。居民区周边的路灯不得产生眩光，并应当设置遮光罩。"
    )
    old = numbered([*LAMPS[:5], whole, *LAMPS[6:]])
    new = numbered([*LAMPS[:5], first, second, *LAMPS[6:]])
    changes = compare(old, new)
    assert _pairs(changes)[("6",)] == ("6", "7")
    assert changes.summary["split"] == 1
    assert changes.summary["inserted"] == 0
    split = next(change for change in changes.changes if Kind.SPLIT in change.kinds)
    assert split.links == ((0, 0), (0, 1))


def test_merged_articles_are_one_entry_with_two_old_articles() -> None:
    joined = (LAMPS[8], LAMPS[9])
    new = numbered([*LAMPS[:8], joined, *LAMPS[10:]])
    changes = compare(numbered(LAMPS), new)
    assert _pairs(changes)[("9", "10")] == ("9",)
    assert changes.summary["merged"] == 1
    assert changes.summary["deleted"] == 0


def test_stock_wording_of_penalties_is_no_split() -> None:
    fine = (
        "的，由区照明主管部门责令限期改正；逾期不改正的，处二千元以上一万元以下罚款；"
        "构成犯罪的，依法追究刑事责任。"
    )
    old = numbered([*LAMPS[:13], f"违反本条例规定，私拉电线{fine}", *LAMPS[13:]])
    new = numbered(
        [
            *LAMPS[:13],
            f"违反本条例规定，私拉电线{fine}",
            f"违反本条例规定，安装光源产生眩光影响居民休息{fine}",
            *LAMPS[13:],
        ]
    )
    changes = compare(old, new)
    assert changes.summary["split"] == 0
    assert changes.summary["inserted"] == 1


def test_renumbered_citations_are_consequential() -> None:
    moved = [text.replace("第八条", "第九条").replace("第七条", "第八条") for text in LAMPS]
    changes = compare(numbered(LAMPS), numbered([*moved[:3], NEW_ONE, *moved[3:]]))
    flagged = [change for change in changes.changes if change.consequential]
    assert [str(change.old[0].provision.number) for change in flagged] == ["12", "13"]
    assert not changes.problems


def test_a_citation_left_behind_is_stale() -> None:
    changes = compare(numbered(LAMPS), numbered([*LAMPS[:3], NEW_ONE, *LAMPS[3:]]))
    assert [problem.code for problem in changes.problems] == ["stale-citation"] * 2
    assert [problem.citation for problem in changes.problems] == ["第十三条", "第十四条"]
    assert "第九条" in changes.problems[0].message


def test_a_citation_left_behind_in_a_reworded_article_is_stale_with_less_certainty() -> None:
    fined = [text.replace("一千元", "三千元").replace("五百元", "八百元") for text in LAMPS]
    fined = [f"{text}情节严重的，从重处罚。" if "第八条" in text else text for text in fined]
    changes = compare(numbered(LAMPS), numbered([*fined[:3], NEW_ONE, *fined[3:]]))
    found = [problem for problem in changes.problems if problem.code == "stale-citation"]
    assert {problem.severity for problem in found if "第八条" in problem.quote} == {Severity.INFO}
    assert any("第九条" in problem.message for problem in found)


def test_a_citation_of_what_neither_text_has_is_not_stale() -> None:
    vain = [*LAMPS[:-1], "违反本条例第九十条规定的，责令改正。", LAMPS[-1]]
    assert not compare(numbered(vain), numbered(vain)).problems
    inserted = numbered([*vain[:3], NEW_ONE, *vain[3:]])
    found = compare(numbered(vain), inserted).problems
    assert found
    assert not [problem for problem in found if "第九十条" in problem.quote]


def test_a_citation_that_was_changed_while_nothing_moved_is_not_stale() -> None:
    other = [text.replace("第八条", "第六条") for text in LAMPS]
    changes = compare(numbered(LAMPS), numbered(other))
    assert changes.summary["reworded"] >= 1
    assert changes.summary["consequential"] == 0
    assert not changes.problems


def test_a_stale_citation_that_points_at_nothing_is_an_error() -> None:
    changes = _cited(before=(FIRST, SECOND), after=(FIRST,), citing=CITING)
    assert [problem.severity for problem in changes.problems] == [Severity.ERROR]


def test_a_stale_citation_is_not_dead_because_another_of_its_list_is() -> None:
    citing = CITING.replace("第六条第二款", "第六条第二款、第九十条")
    (problem,) = _cited(
        before=(FIRST, SECOND), after=(FIRST, NEW_ONE, SECOND), citing=citing
    ).problems
    assert problem.severity is Severity.WARNING


def test_a_citation_that_followed_in_a_reworded_article_is_not_stale() -> None:
    moved = [text.replace("第八条", "第九条").replace("第七条", "第八条") for text in LAMPS]
    moved = [f"{text}情节严重的，从重处罚。" if "第九条" in text else text for text in moved]
    changes = compare(numbered(LAMPS), numbered([*moved[:3], NEW_ONE, *moved[3:]]))
    assert not changes.problems


def test_typography_alone_has_its_own_flag() -> None:
    old = numbered(["公民有权查阅“路灯档案”，费用自理。"])
    new = numbered(["公民有权查阅「路灯档案」,费用自理。"])
    (change,) = compare(old, new).changes
    assert change.typographic
    assert not change.consequential


def test_a_closing_article_finds_its_successor() -> None:
    new = [*LAMPS[:-1], NEW_ONE, "本条例自公布之日起施行。"]
    assert _pairs(compare(numbered(LAMPS), numbered(new)))[("15",)] == ("16",)
    (link,) = (c for c in compare(numbered(LAMPS), numbered(new)).changes if c.old and
               str(c.old[0].provision.number) == "15")  # fmt: skip
    assert link.matched_by == "closing-article"


def _cited(*, before: tuple[str, ...], after: tuple[str, ...], citing: str) -> Changes:
    """Article 6 has these 款, then those; article 16 cites it and stays as it is."""
    old = numbered([*LAMPS[:5], before, *LAMPS[6:-1], citing, LAMPS[-1]])
    return compare(old, numbered([*LAMPS[:5], after, *LAMPS[6:-1], citing, LAMPS[-1]]))


FIRST = "路灯的亮度、间距和色温应当符合国家标准。"
SECOND = "居民区周边的路灯不得产生眩光，并应当设置遮光罩。"
CITING = "违反本条例第六条第二款规定，产生眩光的，责令改正。"


def test_a_citation_of_a_paragraph_that_moved_inside_its_article_is_stale() -> None:
    changes = _cited(before=(FIRST, SECOND), after=(FIRST, NEW_ONE, SECOND), citing=CITING)
    (problem,) = changes.problems
    assert problem.code == "stale-citation"
    assert problem.severity is Severity.WARNING
    assert "第六条第二款现为第六条第三款" in problem.message


def test_a_citation_of_a_paragraph_that_stayed_in_its_place_is_not_stale() -> None:
    changes = _cited(before=(FIRST, SECOND), after=(FIRST, SECOND, NEW_ONE), citing=CITING)
    assert not changes.problems


def test_a_citation_of_a_deleted_paragraph_is_stale() -> None:
    changes = _cited(before=(FIRST, SECOND), after=(FIRST,), citing=CITING)
    assert ["已删去" in problem.message for problem in changes.problems] == [True]


def test_a_citation_that_followed_its_paragraph_is_consequential() -> None:
    old = numbered([*LAMPS[:5], (FIRST, SECOND), *LAMPS[6:-1], CITING, LAMPS[-1]])
    moved = CITING.replace("第二款", "第三款")
    new = numbered([*LAMPS[:5], (FIRST, NEW_ONE, SECOND), *LAMPS[6:-1], moved, LAMPS[-1]])
    changes = compare(old, new)
    assert not changes.problems
    assert [str(c.old[0].address) for c in changes.changes if c.consequential] == ["art_15"]


def test_a_citation_into_a_split_article_names_the_part_that_holds_its_paragraph() -> None:
    old = numbered([*LAMPS[:5], (FIRST, SECOND), *LAMPS[6:-1], CITING, LAMPS[-1]])
    new = numbered([*LAMPS[:5], FIRST, SECOND, *LAMPS[6:-1], CITING, LAMPS[-1]])
    stale = [problem for problem in compare(old, new).problems if problem.quote.endswith("第二款")]
    assert stale
    assert "第六条第二款现为第七条第一款" in stale[0].message


def test_a_citation_that_followed_its_paragraph_into_one_part_is_no_finding() -> None:
    old = numbered([*LAMPS[:5], (FIRST, SECOND), *LAMPS[6:-1], CITING, LAMPS[-1]])
    followed = CITING.replace("第六条第二款", "第七条第一款")
    changes = compare(old, numbered([*LAMPS[:5], FIRST, SECOND, *LAMPS[6:-1], followed, LAMPS[-1]]))
    assert not [problem for problem in changes.problems if "第七条第一款" in problem.quote]
