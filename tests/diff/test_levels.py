"""Below and above the article: 款, 项 and 目, headings, outlines, in the same words as articles."""

from __future__ import annotations

from tests.diff.laws import LAMPS, NEW_ONE, article, chapter, law
from tracker.diff.changes import apply, compare
from tracker.diff.levels import Inside, compare_levels
from tracker.diff.model import Change, Kind, ProvisionChange, new_text, old_text
from tracker.law.address import located_in
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number

FIRST = "养护单位应当做到："


def _listed(*items: str, below: tuple[str, ...] = ()) -> Law:
    """Article 1 with a list of 项; the first has these 目."""
    leaves = tuple(Provision(Unit.ITEM, Number(n), None, t) for n, t in enumerate(below, 1))
    listed = tuple(
        Provision(Unit.SUBPARAGRAPH, Number(n), None, text, leaves if n == 1 else ())
        for n, text in enumerate(items, 1)
    )
    head = Provision(Unit.PARAGRAPH, None, None, FIRST, listed)
    tail = Provision(Unit.PARAGRAPH, None, None, LAMPS[6])
    return law(Provision(Unit.ARTICLE, Number(1), None, "", (head, tail)))


def _inside(old: Law, new: Law) -> dict[str, tuple[Kind, ...]]:
    changes = compare(old, new)
    assert apply(old, changes) == new
    (change,) = changes.changes
    return {_name(one): one.kinds for one in change.provisions}


def _name(one: ProvisionChange) -> str:
    names = [str(side.address).removeprefix("art_1__") if side else "" for side in
             (one.old, one.new)]  # fmt: skip
    return names[0] if names[0] == names[1] else "→".join(names)


def test_each_level_inside_an_article_has_its_own_entry() -> None:
    old = _listed("按时巡查灯杆；", "及时修复；", below=("白天巡查一次；", "夜间巡查两次；"))
    new = _listed("按时巡查灯杆；", "及时修复；", below=("白天巡查一次；", "夜间巡查三次；"))
    found = _inside(old, new)
    assert found["para_1__subpara_1__item_2"] == (Kind.REWORDED,)
    assert {name for name, kinds in found.items() if kinds != (Kind.UNCHANGED,)} == {
        "para_1__subpara_1__item_2"
    }


def test_a_subparagraph_that_changed_places_has_moved() -> None:
    texts = ("按时巡查灯杆线路；", "公布故障电话号码；", "建立灯杆电子档案。")
    found = _inside(_listed(*texts), _listed(texts[2], *texts[:2]))
    assert found["para_1__subpara_3→para_1__subpara_1"] == (Kind.RENUMBERED, Kind.MOVED)
    assert found["para_1__subpara_1→para_1__subpara_2"] == (Kind.RENUMBERED,)


def test_items_built_alike_are_not_the_same_one_out_of_order() -> None:
    dropped = "认为市政部门变更或者废止养护合同，侵犯其合法权益；"
    fellow = "认为市政部门违法收取路灯费、摊派费用或者违法要求履行其他义务；"
    added = "认为市政部门在路灯信息公开工作中侵犯其合法权益；"
    found = _inside(_listed(dropped, fellow), _listed(fellow, added))
    assert sorted(kinds for kinds in found.values() if kinds != (Kind.UNCHANGED,)) == sorted(
        [(Kind.DELETED,), (Kind.RENUMBERED,), (Kind.INSERTED,)]
    )


def _paragraphs(*texts: str) -> Law:
    return law(
        Provision(
            Unit.ARTICLE, Number(1), None, "",
            tuple(Provision(Unit.PARAGRAPH, None, None, text) for text in texts),
        )
    )  # fmt: skip


ROUNDS = "养护单位应当每日巡查路灯，发现故障的，二十四小时内修复。"
RECORD = "巡查记录应当保存三年，任何人不得涂改。"
LAST = "本条规定由城市管理部门负责解释。"


def test_a_paragraph_that_came_apart_is_no_new_one() -> None:
    found = _inside(_paragraphs(ROUNDS + RECORD, LAST), _paragraphs(ROUNDS, RECORD, LAST))
    assert found == {
        "para_1": (Kind.SPLIT,), "para_1→para_2": (Kind.SPLIT,), "para_2→para_3": (Kind.UNCHANGED,)
    }  # fmt: skip


def test_paragraphs_that_grew_together_are_not_gone() -> None:
    found = _inside(_paragraphs(ROUNDS, RECORD, LAST), _paragraphs(ROUNDS + RECORD, LAST))
    assert found == {
        "para_1": (Kind.MERGED,), "para_2→para_1": (Kind.MERGED,),
        "para_3→para_2": (Kind.UNCHANGED,),
    }  # fmt: skip


def test_a_part_may_be_reworded_and_stand_behind_a_new_paragraph() -> None:
    added = "维修机构未按规定备案的，责令改正。"
    shorter = RECORD.replace("应当", "")
    found = _inside(_paragraphs(ROUNDS + RECORD), _paragraphs(ROUNDS, added, shorter))
    assert found == {
        "para_1": (Kind.SPLIT,), "→para_2": (Kind.INSERTED,),
        "para_1→para_3": (Kind.REWORDED, Kind.SPLIT),
    }  # fmt: skip


def test_words_that_still_stand_in_their_paragraph_made_no_other_one() -> None:
    found = _inside(_paragraphs(ROUNDS + RECORD), _paragraphs(ROUNDS + RECORD, RECORD))
    assert found == {"para_1": (Kind.UNCHANGED,), "→para_2": (Kind.INSERTED,)}


def test_the_words_of_every_part_are_those_of_the_paragraph_that_came_apart() -> None:
    whole = ROUNDS + RECORD
    (change,) = compare(_paragraphs(whole), _paragraphs(ROUNDS, RECORD[2:], LAST)).changes
    parts = [one for one in change.provisions if one.split]
    assert "".join(old_text(one.redline) for one in parts) == whole
    assert [new_text(one.redline) for one in parts] == [ROUNDS, RECORD[2:]]


def test_a_paragraph_whose_items_went_under_the_one_before_it_grew_into_that() -> None:
    items = tuple(
        Provision(Unit.SUBPARAGRAPH, Number(n), None, text)
        for n, text in enumerate(("按时巡查灯杆线路；", "公布故障电话号码。"), 1)
    )
    first = Provision(Unit.PARAGRAPH, None, None, ROUNDS)
    opening = Provision(Unit.PARAGRAPH, None, None, "的；", items)
    both = Provision(Unit.PARAGRAPH, None, None, ROUNDS, items)
    old, new = (
        law(Provision(Unit.ARTICLE, Number(1), None, "", below))
        for below in ((first, opening), (both,))
    )
    (change,) = compare(old, new).changes
    kinds = {_name(one): one.kinds for one in change.provisions}
    assert kinds["para_2→para_1"] == (Kind.REWORDED, Kind.MERGED)
    assert kinds["para_2__subpara_1→para_1__subpara_1"] == (Kind.UNCHANGED,)


def test_items_that_went_into_a_second_article_with_their_paragraph_have_not_moved() -> None:
    items = tuple(
        Provision(Unit.SUBPARAGRAPH, Number(n), None, text)
        for n, text in enumerate(("按时巡查灯杆线路；", "公布故障电话号码。"), 1)
    )
    listed = Provision(Unit.PARAGRAPH, None, None, FIRST, items)
    plain = Provision(Unit.PARAGRAPH, None, None, LAMPS[6])
    one = Provision(Unit.ARTICLE, Number(1), None, "", (plain, listed))
    two = article(1, LAMPS[6]), Provision(Unit.ARTICLE, Number(2), None, "", (listed,))
    old, new = (tuple(located_in(law(*body))) for body in ((one,), two))
    sides = [tuple(at for at in side if at.provision.unit is Unit.ARTICLE) for side in (old, new)]
    kinds = {_name(part): part.kinds for part in compare_levels(*sides)}
    assert kinds["para_2__subpara_1→art_2__para_1__subpara_1"] == (Kind.UNCHANGED,)


def test_a_subparagraph_that_stands_as_a_paragraph_now_is_no_new_one() -> None:
    checked, repaired = (
        "按时巡查灯杆，发现倾斜的立即报告；",
        "接到报告后及时修复，不能修复的设置标志；",
    )
    old = _listed(checked, repaired)
    new = _paragraphs(FIRST, checked, repaired, LAMPS[6])
    found = _inside(old, new)
    assert found["para_1__subpara_1→para_2"] == (Kind.RENUMBERED,)
    assert found["para_1__subpara_2→para_3"] == (Kind.RENUMBERED,)
    assert Kind.INSERTED not in [kind for kinds in found.values() for kind in kinds]
    other = _paragraphs(FIRST, "按时擦拭灯罩，发现破损的立即更换；", LAMPS[6])
    assert "para_1__subpara_1→para_2" not in _inside(_listed(checked), other)


def test_what_lies_inside_is_worked_out_once_and_reads_as_a_tuple() -> None:
    old, new = _listed("按时巡查；"), _listed("按时巡查灯杆；")
    (change,) = compare(old, new).changes
    inside = change.provisions
    assert list(inside) == list(compare_levels(change.old, change.new))
    assert inside == tuple(inside)
    assert hash(inside) == hash(tuple(inside))
    assert repr(inside) == repr(tuple(inside))
    assert inside[0] is inside[0]
    assert len(inside[1:]) == len(inside) - 1


def test_what_lies_inside_many_articles_is_the_same_whichever_is_asked_for_first() -> None:
    def several(word: str) -> Law:
        texts = [f"{text[:-1]}，{word}。" for text in LAMPS]
        return law(*(
            Provision(Unit.ARTICLE, Number(n), None, "", (
                Provision(Unit.PARAGRAPH, None, None, text),
                Provision(Unit.PARAGRAPH, None, None, texts[n - 2]),
            )) for n, text in enumerate(texts, 1)
        ))  # fmt: skip

    old, new = several("并于三十日内公告"), several("并在六十日内公布")
    changes = compare(old, new).changes
    backwards = [tuple(change.provisions) for change in reversed(changes)]
    again = compare(old, new).changes
    assert [tuple(change.provisions) for change in again] == backwards[::-1]
    assert backwards[::-1] == [compare_levels(change.old, change.new) for change in changes]


def test_places_with_the_same_words_are_among_all_places() -> None:
    old = _listed("按时巡查；", "登记灯杆；", "公布结果；")
    new = _listed("登记灯杆；", "公布结果，按时；", "按时巡查；")
    (change,) = compare(old, new).changes
    assert isinstance(change.provisions, Inside)
    same, every = change.provisions.same_places(), change.provisions.places()
    assert [(str(a), str(b)) for a, b in same if len(a.steps) == 3] == [
        ("art_1__para_1__subpara_1", "art_1__para_1__subpara_3"),
        ("art_1__para_1__subpara_2", "art_1__para_1__subpara_1"),
    ]
    assert set(same) < set(every)


def _chapters(*named: tuple[str, tuple[str, ...]]) -> Law:
    count, body = 0, []
    for number, (name, texts) in enumerate(named, 1):
        articles = [article(count + at, text) for at, text in enumerate(texts, 1)]
        count += len(texts)
        body.append(chapter(number, name, *articles))
    return law(*body)


def _headings(old: Law, new: Law) -> dict[str, tuple[Kind, ...]]:
    changes = compare(old, new)
    assert apply(old, changes) == new
    return {
        ((one.new or one.old).provision.caption or ""): one.kinds  # type: ignore[union-attr]
        for one in changes.headings
    }


def test_an_inserted_chapter_renumbers_the_ones_behind_it() -> None:
    old = _chapters(("总则", LAMPS[:4]), ("养护", LAMPS[4:9]), ("附则", LAMPS[9:]))
    new = _chapters(
        ("总则", LAMPS[:4]), ("宣传", (NEW_ONE,)), ("养护", LAMPS[4:9]), ("附则", LAMPS[9:])
    )
    assert _headings(old, new) == {
        "总则": (Kind.UNCHANGED,), "宣传": (Kind.INSERTED,), "养护": (Kind.RENUMBERED,),
        "附则": (Kind.RENUMBERED,),
    }  # fmt: skip


def test_chapters_that_changed_places_move_with_their_articles() -> None:
    old = _chapters(("总则", LAMPS[:3]), ("建设", LAMPS[3:6]), ("养护", LAMPS[6:11]),
                    ("附则", LAMPS[11:]))  # fmt: skip
    new = _chapters(("总则", LAMPS[:3]), ("养护", LAMPS[6:11]), ("建设", LAMPS[3:6]),
                    ("附则", LAMPS[11:]))  # fmt: skip
    assert Kind.MOVED in _headings(old, new)["建设"]
    moved = [change for change in compare(old, new).changes if change.moved]
    assert [str(change.old[0].address) for change in moved] == ["art_4", "art_5", "art_6"]


def test_a_deleted_and_a_renamed_chapter_are_told_apart() -> None:
    old = _chapters(("总则", LAMPS[:4]), ("建设", LAMPS[4:9]), ("附则", LAMPS[9:]))
    new = _chapters(("总则", LAMPS[:4]), ("结尾规定", LAMPS[9:]))
    found = _headings(old, new)
    assert found["建设"] == (Kind.DELETED,)
    assert found["结尾规定"] == (Kind.RENUMBERED, Kind.REWORDED)


def _sections(*sections: tuple[str, tuple[str, ...]]) -> Law:
    """Two chapters, of which the second has these 节."""
    numbers = iter(range(3, 99))
    parts = tuple(
        Provision(
            Unit.SECTION, Number(at), name, "", tuple(article(next(numbers), t) for t in texts)
        )
        for at, (name, texts) in enumerate(sections, 1)
    )
    first = chapter(1, "总则", article(1, LAMPS[0]), article(2, LAMPS[1]))
    return law(first, Provision(Unit.CHAPTER, Number(2), "照明设施", "", parts))


def test_articles_of_a_section_that_was_cut_off_from_another_have_not_moved() -> None:
    old = _sections(("建设", LAMPS[2:8]), ("养护", LAMPS[8:12]))
    new = _sections(("建设", LAMPS[2:6]), ("验收和移交", LAMPS[6:8]), ("养护", LAMPS[8:12]))
    for before, after in ((old, new), (new, old)):
        assert not any(change.moved for change in compare(before, after).changes)
    across = _sections(("建设", LAMPS[3:8]), ("养护", (LAMPS[2], *LAMPS[8:12])))
    assert [change.moved for change in compare(old, across).changes].count(True) == 1


def _outline(*parts: tuple[str, tuple[tuple[str, str], ...]]) -> Law:
    return Law("虚构方案", tuple(
        Provision(Unit.OUTLINE_1, Number(at), name, "", tuple(
            Provision(Unit.OUTLINE_2, Number(n), caption, text)
            for n, (caption, text) in enumerate(clauses, 1)))
        for at, (name, clauses) in enumerate(parts, 1)
    ))  # fmt: skip


def _became(changes: tuple[Change, ...]) -> dict[str, str]:
    return {str(c.old[0].address): str(c.new[0].address) for c in changes if c.old and c.new}


def test_an_outline_is_aligned_by_the_same_passes() -> None:
    old = _outline(
        ("总体要求", (("目标", LAMPS[0]), ("范围", LAMPS[1]))),
        ("重点任务", (("建设", LAMPS[4]), ("养护", LAMPS[6]), ("档案", LAMPS[9]))),
    )
    new = _outline(
        ("总体要求", (("目标", LAMPS[0]), ("宣传", NEW_ONE), ("范围", LAMPS[1]))),
        ("主要任务", (("养护", LAMPS[6].replace("二十四", "四十八")), ("建设", LAMPS[4]))),
        ("保障措施", (("档案", LAMPS[9]),)),
    )
    changes = compare(old, new)
    assert apply(old, changes) == new
    became = _became(changes.changes)
    assert became["l1_1__l2_2"] == "l1_1__l2_3"
    assert became["l1_2__l2_2"] == "l1_2__l2_1"
    assert became["l1_2__l2_3"] == "l1_3__l2_1"
    assert Kind.REWORDED in changes.headings[1].kinds
    assert changes.summary["inserted"] == 1
