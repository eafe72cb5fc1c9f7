"""An act against what was published: article by article and instruction by instruction."""

from __future__ import annotations

from dataclasses import replace

from tests.amend.laws import BASE, act, after, base
from tracker.amend.reconcile import Reconciled, Verdict, reconcile
from tracker.law.model import Law
from tracker.parse.canonical import read, write

LINES = (
    "一、增加一条，作为第二条：“甲。”",
    "二、将第六条中的“八时”修改为“九时”。",
    "条文顺序作相应调整。",
)


def verdicts(found: Reconciled) -> dict[str, str]:
    return {str(a.number): str(a.verdict) for a in found.articles}


def changed(law: Law, old: str, new: str) -> Law:
    text = write(law)
    assert old in text
    return read(text.replace(old, new))


def test_a_published_text_that_does_what_the_act_says_confirms_it() -> None:
    found = reconcile(base(), act(*LINES), after(*LINES).law)
    assert found.agrees
    assert set(verdicts(found).values()) == {"equal"}
    assert len(found.confirmed) == 3
    assert found.contradicted == ()


def test_citations_that_follow_the_renumbering_are_no_contradiction() -> None:
    published = changed(after(*LINES).law, "依照第四条处理", "依照第五条处理")
    found = reconcile(base(), act(*LINES), published)
    assert verdicts(found)["6"] == "citations"
    assert found.agrees


def test_citations_that_do_not_follow_are_one() -> None:
    published = changed(after(*LINES).law, "依照第四条处理", "依照第三条处理")
    found = reconcile(base(), act(*LINES), published)
    assert verdicts(found)["6"] == "differs"
    assert [p.code for p in found.problems] == ["published-differs"]


def test_other_words_contradict_the_instruction_and_are_shown() -> None:
    published = changed(after(*LINES).law, "九时", "十时")
    found = reconcile(base(), act(*LINES), published)
    (bad,) = (a for a in found.articles if a.verdict is Verdict.DIFFERS)
    assert [i.item for i in bad.instructions] == ["二、"]
    assert [p.quote for p in found.problems] == [bad.published]
    assert [i.item for i in found.contradicted] == ["二、"]
    assert not found.agrees


def test_the_hint_names_each_item_of_the_act_once() -> None:
    lines = (
        "一、将第六条中的“八时”修改为“九时”。",
        "二、将第六条中的“九时”修改为“十时”，将第六条中的“十时”修改为“一时”。",
    )
    found = reconcile(base(), act(*lines), changed(after(*lines).law, "一时", "二时"))
    assert [p.hint for p in found.problems] == ["核对修改决定第一项、第二项"]


def test_a_difference_that_no_instruction_explains_names_none() -> None:
    published = changed(base(), "七日", "八日")
    found = reconcile(base(), act("一、删去第六条。"), published)
    assert verdicts(found)["4"] == "differs"
    assert verdicts(found)["6"] == "extra"
    assert [p.hint for p in found.problems if p.citation == "第四条"] == ["修改决定没有提到这一条"]


def test_numbers_that_are_off_are_told_once_and_not_by_every_article_behind() -> None:
    told = ("一、增加一条，作为第四条：“甲。”", "二、将第一条修改为：“乙。”")
    published = changed(after(*told, "条文顺序作相应调整。").law, "乙。", "丙。")
    found = reconcile(base(), act(*told), published)
    assert [p.code for p in found.amended.problems] == ["number-taken"]
    assert str(found.off_from) == "4"
    assert [p.citation for p in found.problems if p.code == "published-differs"] == [
        "第一条", "第四条",
    ]  # fmt: skip
    assert "条号对不上" in found.problems[-1].message
    assert len([a for a in found.articles if a.verdict is Verdict.DIFFERS]) > 2
    assert reconcile(base(), act("一、将第一条修改为：“乙。”"), base()).off_from is None


def test_a_deletion_is_confirmed_when_the_text_is_gone() -> None:
    lines = ("一、删去第六条。", "二、删去第三条第二项。")
    assert len(reconcile(base(), act(*lines), after(*lines).law).confirmed) == 2
    kept = reconcile(base(), act(*lines), base())
    assert [i.item for i in kept.contradicted] == ["一、", "二、"]


def test_title_and_headings_are_compared_too() -> None:
    lines = ("一、将名称修改为：“示例市书屋管理办法”。", "二、将第二章章名修改为“取书”。")
    found = reconcile(base(), act(*lines), base())
    assert {o.name: str(o.verdict) for o in found.others} == {
        "标题": "differs",
        "引言": "equal",
        "章节": "differs",
    }
    assert len(found.contradicted) == 2


def test_an_instruction_that_was_not_applied_is_neither() -> None:
    found = reconcile(base(), act("一、删去第九条。"), replace(base()))
    assert (found.confirmed, found.contradicted) == ((), ())
    assert not found.agrees
    assert write(base()) == BASE
