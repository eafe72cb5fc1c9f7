"""Comparing and applying: the promises that hold for any two laws."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.diff.laws import LAMPS, any_law, article, chapter, law, numbered, revisions
from tracker.diff import changes
from tracker.diff.align.passes import align
from tracker.diff.changes import apply, compare
from tracker.diff.model import Changes, Kind, Op, new_text, old_text
from tracker.diff.sides import take_apart
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.parse.canonical import body

EXAMPLES = settings(
    derandomize=True, max_examples=120, deadline=None, suppress_health_check=list(HealthCheck)
)


@EXAMPLES
@given(any_law(), any_law())
def test_a_comparison_applied_to_the_old_law_gives_the_new_one(old: Law, new: Law) -> None:
    assert apply(old, compare(old, new)) == new


@EXAMPLES
@given(revisions())
def test_a_comparison_of_a_revision_can_be_applied_both_ways(pair: tuple[Law, Law]) -> None:
    old, new = pair
    assert apply(old, compare(old, new)) == new
    assert apply(new, compare(new, old)) == old


@EXAMPLES
@given(any_law())
def test_a_law_compared_with_itself_is_unchanged(one: Law) -> None:
    changes = compare(one, one)
    assert all(change.kinds == (Kind.UNCHANGED,) for change in changes.changes)
    assert all(heading.kinds == (Kind.UNCHANGED,) for heading in changes.headings)
    assert not any(part.changed for part in changes.front)
    assert not [p for p in changes.problems if p.code != "stale-citation"]


@EXAMPLES
@given(revisions())
def test_every_article_stands_in_exactly_one_entry(pair: tuple[Law, Law]) -> None:
    old, new = pair
    changes = compare(old, new).changes
    before = Counter(str(one.address) for change in changes for one in change.old)
    after = Counter(str(one.address) for change in changes for one in change.new)
    assert sum(before.values()) == len(old.articles())
    assert sum(after.values()) == len(new.articles())
    assert before == Counter(f"art_{a.number}" for a in old.articles())
    assert after == Counter(f"art_{a.number}" for a in new.articles())


@EXAMPLES
@given(revisions())
def test_redlines_rebuild_both_sides(pair: tuple[Law, Law]) -> None:
    for change in compare(*pair).changes:
        assert old_text(change.redline) == "\n\n".join(body(one.provision) for one in change.old)
        assert new_text(change.redline) == "\n\n".join(body(one.provision) for one in change.new)


def test_the_other_direction_mirrors_the_comparison() -> None:
    old = numbered(LAMPS)
    texts = [*LAMPS[:4], LAMPS[9], *LAMPS[4:7], *LAMPS[8:9], *LAMPS[10:]]
    new = numbered(texts)
    there, back = compare(old, new), compare(new, old)
    assert _links(there) == sorted((b, a, moved) for a, b, moved in _links(back))


def test_how_alike_two_articles_are_depends_on_no_direction() -> None:
    """Also where the closing articles differ: both say the same about how common their words are,
    or none does."""
    begin = "本条例自2014年3月1日起施行，照明主管部门、养护单位以前订立的养护合同继续有效。"
    reworded = [text.replace("应当", "必须").replace("。", "，并予以公布。") for text in LAMPS[:6]]
    old = numbered([*LAMPS, begin])
    new = numbered([*reworded, *LAMPS[6:], "本条例自2024年7月1日起施行。"])
    there, back = (align(*map(take_apart, pair)).candidates for pair in ((old, new), (new, old)))
    assert there is not None
    assert back is not None
    found = zip(there.old, there.new, there.content, strict=True)
    assert sorted(found) == sorted(zip(back.new, back.old, back.content, strict=True))


def _links(changes: Changes) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    return sorted(
        (
            tuple(str(one.address) for one in change.old),
            tuple(str(one.address) for one in change.new),
            change.moved,
        )
        for change in changes.changes
    )


def test_a_comparison_is_refused_by_a_law_it_is_not_about() -> None:
    old, new = numbered(LAMPS), numbered(LAMPS[1:])
    changes = compare(old, new)
    with pytest.raises(TrackerError) as caught:
        apply(numbered(LAMPS[:-1]), changes)
    assert caught.value.code == "does-not-fit"
    with pytest.raises(TrackerError):
        apply(replace(old, title="另一条例"), changes)


def test_applying_does_not_look_at_the_stored_new_texts() -> None:
    old, new = numbered(LAMPS), numbered([*LAMPS[:3], "全新的一条。", *LAMPS[3:]])
    changes = compare(old, new)
    blank = tuple(
        replace(
            change,
            new=tuple(
                replace(one, provision=replace(one.provision, children=())) for one in change.new
            ),
        )
        for change in changes.changes
    )
    assert apply(old, replace(changes, changes=blank)) == new


def test_deletions_stand_where_they_stood() -> None:
    changes = compare(numbered(LAMPS), numbered([*LAMPS[:5], *LAMPS[6:]])).changes
    assert [change.kinds for change in changes].index((Kind.DELETED,)) == 5


def test_a_caption_alone_does_not_make_an_article_reworded() -> None:
    old = law(article(1, LAMPS[0], caption="立法目的"), article(2, LAMPS[1], caption="适用范围"))
    new = law(article(1, LAMPS[0]), article(2, LAMPS[1], caption="适用范围和对象"))
    changes = compare(old, new)
    assert [change.kinds for change in changes.changes] == [(Kind.UNCHANGED,)] * 2
    assert all(change.caption_changed for change in changes.changes)
    assert apply(old, changes) == new


def test_a_renamed_chapter_is_reworded_and_its_articles_have_not_moved() -> None:
    old = law(
        chapter(1, "总则", *(article(n + 1, LAMPS[n]) for n in range(4))),
        chapter(2, "建设", *(article(n + 1, LAMPS[n]) for n in range(4, 9))),
    )
    new = law(
        chapter(1, "总则", *(article(n + 1, LAMPS[n]) for n in range(4))),
        chapter(2, "建设和养护", *(article(n + 1, LAMPS[n]) for n in range(4, 9))),
    )
    changes = compare(old, new)
    assert [heading.kinds for heading in changes.headings] == [(Kind.UNCHANGED,), (Kind.REWORDED,)]
    assert not any(change.moved for change in changes.changes)


def test_an_article_under_another_chapter_that_was_there_before_has_moved() -> None:
    old = law(
        chapter(1, "总则", *(article(n + 1, LAMPS[n]) for n in range(5))),
        chapter(2, "建设", *(article(n + 1, LAMPS[n]) for n in range(5, 10))),
    )
    new = law(
        chapter(1, "总则", *(article(n + 1, LAMPS[n]) for n in range(4))),
        chapter(2, "建设", *(article(n + 1, LAMPS[n]) for n in range(4, 10))),
    )
    moved = [change for change in compare(old, new).changes if change.moved]
    assert [str(change.new[0].address) for change in moved] == ["art_5"]
    assert moved[0].kinds == (Kind.MOVED,)


def test_an_inserted_item_does_not_reword_its_neighbours() -> None:
    def listed(*items: str) -> Law:
        below = tuple(
            Provision(Unit.SUBPARAGRAPH, Number(n), None, text) for n, text in enumerate(items, 1)
        )
        head = Provision(Unit.PARAGRAPH, None, None, "养护单位应当做到：", below)
        return law(Provision(Unit.ARTICLE, Number(1), None, "", (head,)))

    old = listed("按时巡查；", "及时修复；", "建立档案。")
    new = listed("按时巡查；", "公布电话；", "及时修复；", "建立档案。")
    (change,) = compare(old, new).changes
    kinds = [one.kinds for one in change.provisions]
    assert kinds == [
        (Kind.UNCHANGED,), (Kind.UNCHANGED,), (Kind.INSERTED,), (Kind.RENUMBERED,),
        (Kind.RENUMBERED,),
    ]  # fmt: skip


def test_front_matter_is_compared_by_part() -> None:
    old = Law("甲条例", (article(1, LAMPS[0]),), "（草案）")
    new = Law("甲条例", (article(1, LAMPS[0]),), None, "（2031年3月2日通过）")
    front = {part.part: part.redline for part in compare(old, new).front}
    assert front["stage_line"] == ((Op.DELETE, "（草案）"),)
    assert front["enactment_note"] == ((Op.INSERT, "（2031年3月2日通过）"),)
    assert front["title"] == ((Op.EQUAL, "甲条例"),)


@EXAMPLES
@given(revisions())
def test_links_are_the_same_whichever_side_comes_first(pair: tuple[Law, Law]) -> None:
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    forth = {(old, new) for old, new, _ in _links(there)}
    assert forth == {(old, new) for new, old, _ in _links(back)}


def test_a_pause_mark_that_became_a_comma_is_more_than_typography() -> None:
    old = numbered(["市场主体应当依法采集、使用数据。", "本条例自公布之日起施行。"])
    new = numbered(["市场主体应当依法采集，使用数据。", "本条例自公布之日起施行。"])
    assert [change.typographic for change in compare(old, new).changes] == [False, False]


def test_thousands_of_headings_are_paired_without_a_table_of_all_pairs_and_it_is_said() -> None:
    chapters = [chapter(n, "总则") for n in range(1, 800)]
    last = chapter(800, "附则", article(1, "为了甲，制定本条例。"))
    changes = compare(law(*chapters, last), law(*chapters[1:], last))
    gone = [one.old for one in changes.headings if one.old and not one.new]
    assert [one.provision.number for one in gone] == [Number(1)]
    assert [problem.code for problem in changes.problems] == ["alignment-capped"]


def test_of_a_text_with_very_many_citations_they_are_not_followed_and_the_report_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A million characters of 。第二条 took 14 s and a gigabyte."""
    old, new = (numbered(["甲" + "，第二条" * 30 + end, "乙。"]) for end in ("。", "，丙。"))
    assert not compare(old, new).problems
    monkeypatch.setattr(changes, "_MOST_CITED", 50)
    monkeypatch.setattr(changes, "_citations", None)
    monkeypatch.setattr(changes, "renamed", None)
    capped = compare(old, new)
    assert [one.code for one in capped.problems] == ["alignment-capped"]
    assert apply(old, capped) == new
