"""The Word redline: accepted it is the new text, rejected the old one; and Word can open it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.diff.laws import any_law, article, law, revisions
from tests.render.word.schema import check
from tests.render.word.views import W, lines, marked, part, said, view
from tracker.diff.changes import compare
from tracker.law.model import Law
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.parse.reading import read_source
from tracker.render.side import SideInfo
from tracker.render.word.document import word_redline

ROOT = Path(__file__).resolve().parents[3]
STAGES = sorted((ROOT / "tests" / "cases" / "example-law").glob("[1-4]-*.txt"))
SHARED = ROOT.parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
DAY = date(2031, 5, 1)
HEAD = "示例市路灯条例\n\n"


def _word(old: Law, new: Law, day: date | None = DAY) -> bytes:
    sides = SideInfo.of_law(old), replace(SideInfo.of_law(new), day=day)
    return word_redline(compare(old, new), *sides)


def _lines(law: Law) -> list[str]:
    return [line for line in canonical.write(law).split("\n") if line]


def _holds(old: Law, new: Law, day: date | None = DAY) -> bytes:
    file = _word(old, new, day)
    check(file)
    assert lines(file, "new") == _lines(new)
    assert lines(file, "old") == _lines(old)
    return file


def _read(text: str) -> Law:
    return read_source((HEAD + text).encode(), name="a.txt").law


def _marked(old: str, new: str, day: date | None = DAY) -> str:
    """The marks of all but the title."""
    return marked(_holds(_read(old), _read(new), day)).partition("\n")[2]


FIRST = "第一条　为了加强路灯管理，保障道路照明，制定本条例。\n"
SECOND = "第二条　养护单位应当在接到故障报告后二十四小时内修复，逾期未修复的应当说明原因。\n"
THIRD = "第三条　任何单位和个人不得擅自拆除、迁移路灯，不得在灯杆上私拉电线、悬挂广告。\n"
ADDED = "第二条　每年十一月为路灯安全宣传月，中小学校应当开展护灯教育活动。\n"
PAIRS = [
    *(pytest.param(a, b, id=f"{a.stem}-{b.stem}") for a, b in itertools.product(STAGES, STAGES)),
    *(pytest.param(a, b, id=f"{a.stem}-{b.stem}") for a, b in itertools.permutations(SEEDS, 2)),
    *(
        pytest.param(new.parent / "old.raw.txt", new, id=new.parent.name)
        for new in sorted((SHARED / "pairs").glob("*/new.raw.txt"))
    ),
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_accepted_it_is_the_new_text_and_rejected_the_old_one(before: Path, after: Path) -> None:
    old, new = (read_source(path.read_bytes(), name=path.name).law for path in (before, after))
    file = _holds(old, new)
    for tracked, text in ((Tracked.FINAL, new), (Tracked.ORIGINAL, old)):
        assert read_source(file, name="redline.docx", tracked=tracked).law == text


@settings(max_examples=60, deadline=None)
@given(revisions())
def test_it_holds_both_texts_of_any_revision(laws: tuple[Law, Law]) -> None:
    _holds(*laws)
    _holds(*reversed(laws), day=None)


@settings(max_examples=30, deadline=None)
@given(any_law(), any_law())
def test_it_holds_two_texts_that_have_nothing_to_do_with_each_other(old: Law, new: Law) -> None:
    _holds(old, new)


def test_a_renumbered_article_shows_its_number_only() -> None:
    out = _marked(FIRST + SECOND, FIRST + ADDED + SECOND.replace("第二条", "第三条"))
    assert out.splitlines() == [
        FIRST.strip() + "¶",
        "{+第二条　+}{+每年十一月为路灯安全宣传月，中小学校应当开展护灯教育活动。+}{+¶+}",
        "第[-二-]{+三+}条" + SECOND.strip().removeprefix("第二条") + "¶",
    ]


def test_a_caption_that_went_leaves_the_number_as_it_is() -> None:
    old = FIRST.replace("　", "　【立法目的】") + SECOND
    assert _marked(old, FIRST + SECOND).startswith("第一条　[-【立法目的】-]为了加强")
    assert _marked(FIRST + SECOND, old).startswith("第一条　{+【立法目的】+}为了加强")
    assert "【立法[-目的-]{+依据+}】" in _marked(old, old.replace("目的】", "依据】"))


def test_a_moved_article_is_marked_as_moved_and_the_words_that_changed_as_such() -> None:
    last = "第四条　本条例自2031年5月1日起施行。\n"
    old = FIRST + SECOND + THIRD + last
    moved = THIRD.replace("第三条", "第二条").replace("悬挂", "张贴")
    new = FIRST + moved + SECOND.replace("第二条", "第三条") + last
    out = _marked(old, new).splitlines()
    assert out[1].startswith("<+第+>{+二+}<+条　+><+任何单位和个人不得")
    assert out[1].endswith("{+张贴+}<+广告。+>{+¶+}")
    assert out[2].startswith("第[-二-]{+三+}条　养护单位")
    assert out[3].startswith("<-第->[-三-]<-条　-><-任何单位和个人不得")
    assert out[3].endswith("[-悬挂-]<-广告。->[-¶-]")
    plain = _marked(old, new, day=None)  # Word wants a day for a move
    assert "<" not in plain
    assert plain.splitlines()[3].startswith("[-第三条　")


def test_an_article_that_was_split_keeps_its_words() -> None:
    old = FIRST + SECOND.strip() + "\n" + THIRD.removeprefix("第三条　")
    out = _marked(old, FIRST + SECOND + THIRD).splitlines()
    assert out[1:] == [SECOND.strip() + "¶", "{+第三条　+}" + THIRD.strip()[4:] + "¶"]
    out = _marked(FIRST + SECOND + THIRD, old).splitlines()
    assert out[1:] == [SECOND.strip() + "¶", "[-第三条　-]" + THIRD.strip()[4:] + "¶"]


def test_what_came_is_whole_paragraphs_and_only_the_last_mark_stays() -> None:
    longer = FIRST.strip() + "\n路灯的建设费用列入同级财政预算。\n"
    assert _marked(FIRST + SECOND, longer + SECOND).splitlines()[1] == (
        "{+路灯的建设费用列入同级财政预算。+}{+¶+}"
    )
    assert _marked(FIRST + SECOND, FIRST).splitlines() == [
        FIRST.strip() + "[-¶-]", "[-第二条　-][-" + SECOND.strip()[4:] + "-]¶",
    ]  # fmt: skip


def test_neighbours_that_came_are_told_apart_by_their_minute() -> None:
    other = "第三条　路灯的亮度、间距和色温应当符合国家标准。\n"
    file = _word(
        _read(FIRST + SECOND), _read(FIRST + ADDED + other + SECOND.replace("二", "四", 1))
    )
    times = [
        {one.get(f"{W}date") for one in paragraph.iter(f"{W}ins")}
        for paragraph in part(file).iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None
    ]
    assert len(times) == 2
    assert all(len(one) == 1 for one in times)
    assert times[0] != times[1]
    assert all(str(DAY) in str(one) for one in times)


def test_without_a_known_day_no_revision_has_a_date() -> None:
    file = _word(_read(FIRST + SECOND), _read(FIRST), day=None)
    assert not [one for one in part(file).iter() if one.get(f"{W}date")]
    assert {one.get(f"{W}author") for one in part(file).iter(f"{W}del")} == {"tracker"}


def test_headings_are_words_own_and_numbers_are_text() -> None:
    old = f"第一编　总则\n第一章　一般规定\n{FIRST}第二章　养护\n第一节　职责\n{SECOND}{THIRD}"
    new = old.replace("第一编　总则\n", "")
    file = _holds(_read(old), _read(new))
    now, was = dict(map(reversed, view(file, "new"))), dict(map(reversed, view(file, "old")))
    assert (now["第一章　一般规定"], was["第一章　一般规定"]) == ("Heading1", "Heading2")
    assert (now["第一节　职责"], was["第一编　总则"]) == ("Heading2", "Heading1")
    assert now["示例市路灯条例"] == "Title"
    assert now[FIRST.strip()] == "Provision"
    names = {
        one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
        for one in part(file, "word/styles.xml").iter(f"{W}style")
    }
    assert names["Heading1"] == "heading 1"
    assert not list(part(file).iter(f"{W}numPr"))


def test_comments_say_what_happened_and_what_is_compared() -> None:
    old, new = (read_source(STAGES[at].read_bytes(), name="a.txt") for at in (1, 3))
    changes = compare(old.law, new.law)
    sides = SideInfo.of_document(old, "old.txt"), SideInfo.of_document(new, "new.txt")
    file = word_redline(changes, *sides)
    texts = said(file)
    assert all(side.sha256 in texts[0] for side in sides)
    assert "征求意见稿 2023-06-05　old.txt" in texts[0]
    assert "接受所有修订得到新文本" in texts[0]
    assert "第九条至第十二条 → 第十一条至第十四条：条号变动（4 条）" in texts
    assert "第十三条 → 第十五条：条号变动、修改\n期限 15日→10个工作日" in texts
    assert "第十七条 → 第十八条、第十九条：拆分" in texts
    assert "部分文字来自原第十七条" in texts
    assert "第十九条，并入第二十条" in texts
    assert "文字移至第三十二条" in texts
    assert any("适应性修改\n只有引用的条号不同" in text for text in texts)
    english = said(word_redline(changes, *sides, "en"))
    assert len(english) == len(texts)
    assert "第十七条 → 第十八条、第十九条: split" in english


def test_an_outline_has_points_and_no_articles() -> None:
    task = "二、主要任务\n修复路灯，逐杆编号。\n"
    old = f"一、总体要求\n加强路灯管理。\n{task}三、保障措施\n列入预算。\n"
    new = old.replace(task, "").replace("三、", "二、")
    file = _holds(_read(old), _read(new))
    assert "条" not in "".join(said(file)).replace("路灯条例", "")
    assert ("Heading1", "二、保障措施") in view(file, "new")


def test_the_same_comparison_gives_the_same_bytes() -> None:
    old, new = (read_source(path.read_bytes(), name="a.txt").law for path in STAGES[:2])
    assert _word(old, new) == _word(old, new)


def test_what_xml_cannot_hold_is_replaced_and_what_it_could_take_for_itself_escaped() -> None:
    strange = law(article(1, "甲<w:p>&amp;\x01\t乙\u3000 丙 。"), title="“乙”<法>")
    file = _word(strange, law(article(1, "甲。"), title="“乙”<法>"))
    check(file)
    assert lines(file, "old") == ["“乙”<法>", "第一条　甲<w:p>&amp;\ufffd\t乙\u3000 丙 。"]


def test_a_text_without_a_line_is_one_empty_paragraph() -> None:
    nothing, something = Law(""), _read(FIRST)
    assert lines(_word(nothing, something), "old") == [""]
    assert lines(_word(something, nothing), "new") == [""]
    assert lines(_word(nothing, something), "new") == _lines(something)
    assert lines(_word(something, nothing), "old") == _lines(something)
