"""One provision through all versions, branching and joining where it does."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tracker.law.address import Located, locate
from tracker.law.model import Stage
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.store.history import blame, compare_neighbours, concordance, history
from tracker.store.ingest import ingest
from tracker.store.model import Given
from tracker.store.versions import Store

CASE = Path(__file__).resolve().parents[1] / "cases" / "example-law"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The versions of the invented law that ships with the tests, and their comparisons."""
    with Store.create(tmp_path_factory.mktemp("example")) as store:
        for path in sorted(CASE.glob("[1-4]-*.txt")):
            ingest(store, path.read_bytes(), name=path.name, law_id="example")
        versions = store.versions("example")
        assert store.record("example").fictional
    return versions, compare_neighbours(versions)


def numbers(cell):
    return tuple(str(place.provision.number) for place in cell)


def test_every_article_of_every_version_stands_in_one_cell(example):
    versions, changes = example
    rows = concordance(versions, changes=changes)
    for stage, version in enumerate(versions):
        listed = [number for row in rows for number in numbers(row.cells[stage])]
        articles = [str(article.number) for article in version.law.articles()]
        assert sorted(listed, key=Number.of) == articles
    assert all(any(row.cells) for row in rows)


def test_rows_are_in_the_order_of_the_last_version(example):
    versions, changes = example
    last = [n for row in concordance(versions, changes=changes) for n in numbers(row.cells[-1])]
    assert last == [str(article.number) for article in versions[-1].law.articles()]


def test_a_split_whose_parts_stand_apart_puts_no_row_out_of_order(tmp_path):
    first = "公园路灯由区市政部门养护，养护费用由区财政承担，养护结果每月公布一次。"
    second = "养护单位应当逐杆编号，编号牌应当离地一点五米，损坏的应当三日内更换。"
    gone, between = "路灯杆上不得张挂广告，不得拴系家畜。", "桥梁路灯由桥梁管理单位建设并验收。"
    last = "本条例自公布之日起施行。"
    texts = (
        f"第一条　{first}{second}\n第二条　{gone}\n第三条　{last}\n",
        f"第一条　{first}\n第二条　{between}\n第三条　{second}\n第四条　{last}\n",
    )
    with Store.create(tmp_path) as store:
        for day, text in enumerate(texts, 1):
            note = f"（虚构示例。2025年1月{day}日示例市市政部门发布）"
            source = f"示例市路灯条例\n（草案）\n{note}\n\n{text}".encode()
            ingest(store, source, name="a.txt", law_id="example")
        rows = concordance(store.versions("example"))
    assert [tuple(numbers(cell) for cell in row.cells) for row in rows] == [
        (("1",), ("1", "3")), (("2",), ()), ((), ("2",)), (("3",), ("4",)),
    ]  # fmt: skip


def test_a_merger_and_a_split_are_one_row_with_several_articles_in_a_cell(example):
    versions, changes = example
    rows = [tuple(numbers(c) for c in row.cells) for row in concordance(versions, changes=changes)]
    assert (("7", "8"), ("9",), ("11",), ("11",)) in rows
    assert (("17",), ("17",), ("18", "19"), ("18", "19")) in rows


def test_history_goes_back_to_all_sources_and_on_to_all_that_came_of_it(example):
    versions, changes = example
    merged = history(versions, Number(11), changes=changes)
    assert [numbers(step.at) for step in merged] == [("7", "8"), ("9",), ("11",), ("11",)]
    assert [change.kinds[-1].value for change in merged[1].changes] == ["merged"]
    split = history(versions, Number(17), at=versions[0].version_id, changes=changes)
    assert numbers(split[-1].at) == ("18", "19")
    one_part = history(versions, Number(18), changes=changes)
    assert numbers(one_part[-1].at) == ("18",)
    assert numbers(one_part[0].at) == ("17",)


def test_a_provision_that_came_late_has_empty_steps_before(example):
    versions, changes = example
    steps = history(versions, Number(26), changes=changes)
    assert [numbers(step.at) for step in steps] == [(), (), (), ("26",)]
    assert steps[0].changes == ()


def test_what_is_not_there_is_named(example):
    versions, changes = example
    with pytest.raises(TrackerError) as caught:
        history(versions, Number(99), changes=changes)
    assert caught.value.code == "no-such-provision"
    assert "第九十九条" in caught.value.message
    assert "第一条至第四十一条" in caught.value.hint
    with pytest.raises(TrackerError):
        history(versions, Number(1), at="2000-01-01-draft", changes=changes)


def test_blame_names_a_version_that_holds_the_words_and_one_before_that_does_not(example):
    versions, changes = example
    order = [version.version_id for version in versions]
    lines = blame(versions, changes=changes)
    texts = [{place.provision.text for place in locate(version.law)} for version in versions]
    leaves = [place for place in locate(versions[-1].law) if place.provision.text]
    assert [line.located.address for line in lines] == [place.address for place in leaves]
    for line in lines:
        since, first = order.index(line.since.version_id), order.index(line.first.version_id)
        assert first <= since
        assert all(line.text in texts[stage] for stage in range(since, len(versions)))
    assert {line.since.version_id for line in lines} == set(order)


def test_renumbering_alone_leaves_the_blame_where_it_was(arrive, law_of):
    first = law_of("甲款的内容在此。", "乙款的内容在彼。")
    second = law_of("全新的一条放在前面，与别的都不同。", "甲款的内容在此。", "乙款的内容在彼。")
    versions = fake_versions(arrive, first, second)
    assert [line.since.version_id for line in blame(versions)] == ["v1", "v0", "v0"]


def test_other_marks_for_the_same_words_leave_the_blame_where_it_was(arrive, law_of):
    first, second = law_of('见"本办法", 并登记。'), law_of("见“本办法”，并登记。")
    third = law_of("见“本办法”，并公告。")
    versions = fake_versions(arrive, first, second, third)
    assert [line.since.version_id for line in blame(versions[:2])] == ["v0"]
    assert [line.since.version_id for line in blame(versions)] == ["v2"]


def test_a_paragraph_that_only_came_apart_keeps_its_blame(arrive):
    kept, more = "路灯应当每日巡查，巡查记录保存三年。", "任何人不得损毁路灯和附属设施。"
    one, two = (
        canonical.read(f"示例条例\n\n第一条　{text}\n") for text in (kept + more, f"{kept}\n{more}")
    )
    lines = blame(fake_versions(arrive, one, two))
    assert [(line.text, line.since.version_id) for line in lines] == [(kept, "v0"), (more, "v0")]


def fake_versions(arrive, *laws):
    from tracker.store.saving import place

    stages = list(Stage)
    return tuple(
        replace(place((), arrive(stages[i], "2020-01-01", law=law)).version, version_id=f"v{i}")
        for i, law in enumerate(laws)
    )


@pytest.mark.parametrize("seed", range(6))
def test_rows_partition_any_chain_of_laws(arrive, law_of, seed):
    rng = random.Random(seed)
    words = [f"{a}应当{b}，并报{c}备案。" for a in "市区县镇" for b in "公开归集" for c in "甲乙丙"]
    laws = [law_of(*rng.sample(words, rng.randint(0, 8)) or ["空。"]) for _ in range(4)]
    versions = fake_versions(arrive, *laws)
    rows = concordance(versions)
    for stage, law in enumerate(laws):
        assert sum(len(row.cells[stage]) for row in rows) == len(law.articles())


def test_no_version_and_one_version_have_a_history_too(arrive, law_of):
    assert concordance(()) == ()
    assert blame(()) == ()
    versions = fake_versions(arrive, law_of("甲。", "乙。"))
    assert len(concordance(versions)) == 2
    assert {line.since.version_id for line in blame(versions)} == {"v0"}


# --- ids --------------------------------------------------------------------------------------


def ids_of_last(versions, changes=None):
    """The id of every article of the last version, by its number."""
    return {
        number: one
        for row in concordance(versions, changes=changes)
        for number, one in zip(numbers(row.cells[-1]), row.ids[-1], strict=True)
    }


def test_an_id_lives_through_renumbering_in_four_versions(example):
    versions, changes = example
    draft = versions[0].version_id
    ids = ids_of_last(versions, changes)
    assert ids["1"] == f"art_1@{draft}"
    assert ids["26"] == f"art_26@{versions[-1].version_id}"
    assert len(set(ids.values())) == len(ids) == 41


def test_of_a_split_the_larger_part_keeps_the_id_and_the_other_begins_one(example):
    versions, changes = example
    [row] = [r for r in concordance(versions, changes=changes) if "18" in numbers(r.cells[-1])]
    assert row.id == f"art_17@{versions[0].version_id}"
    assert row.ids[0] == row.ids[1] == (row.id,)
    assert row.ids[2] == row.ids[3]
    assert row.id in row.ids[3]
    other = next(one for one in row.ids[3] if one != row.id)
    assert other in (f"art_{n}@{versions[2].version_id}" for n in (18, 19))


def test_of_a_merger_the_larger_source_goes_on_and_the_other_ends(example):
    versions, changes = example
    [row] = [r for r in concordance(versions, changes=changes) if "11" in numbers(r.cells[-1])]
    first = [f"art_{n}@{versions[0].version_id}" for n in (7, 8)]
    assert list(row.ids[0]) == first
    assert len({row.ids[stage] for stage in (1, 2, 3)}) == 1
    assert row.ids[1][0] in first
    steps = history(versions, Number(11), changes=changes)
    assert [step.ids for step in steps] == list(row.ids)
    assert {line.id for line in blame(versions, changes=changes)} >= set(row.ids[-1])


def test_what_an_id_names_stays_the_same_when_versions_are_added(example):
    versions, changes = example
    full = {name: row.id for row in concordance(versions, changes=changes)
            for cell in row.names for name in cell}  # fmt: skip
    for kept in ((0, 1, 2), (1, 2, 3), (0, 3), (2, 3), (0, 2, 3)):
        some = [versions[i] for i in kept]
        for row in concordance(some):
            for cell in row.ids:
                assert all(one in full for one in cell)


def test_what_was_left_out_and_came_back_is_the_same_provision(arrive, law_of):
    kept = "数据处理者应当建立数据分类分级保护制度。"
    dropped = "公共数据开放目录由市主管部门每年更新一次并公布。"
    versions = fake_versions(
        arrive, law_of(kept, dropped), law_of(kept), law_of("新的第一条写在最前面。", kept, dropped)
    )
    rows = concordance(versions)
    [row] = [row for row in rows if numbers(row.cells[-1]) == ("3",)]
    assert [numbers(cell) for cell in row.cells] == [("2",), (), ("3",)]
    assert row.ids[-1] == ("art_2@v0",)
    steps = history(versions, Number(3))
    assert [numbers(step.at) for step in steps] == [("2",), (), ("3",)]
    [line] = [line for line in blame(versions) if line.text == dropped]
    assert (line.first.version_id, line.since.version_id) == ("v0", "v0")


def test_articles_with_one_number_have_ids_of_their_own(arrive, law_of):
    law = law_of("甲的内容在此处写明。", "乙的内容在彼处写明。")
    first, second = law.body
    twice = replace(law, body=(first, replace(second, number=first.number)))
    rows = concordance(fake_versions(arrive, twice, twice))
    assert sorted(row.id for row in rows) == ["art_1@v0", "art_1~2@v0"]


def test_each_line_of_a_long_article_is_looked_up_and_not_looked_for(tmp_path, monkeypatch):
    """An article of 2,000 款 with 项 took half a minute: each was compared with each."""
    lines = [f"甲{n}的：\n（一）乙{n}；\n（二）丙{n}。\n" for n in range(150)]
    with Store.create(tmp_path) as store:
        for day, text in ((1, lines), (2, [*lines[:70], "丁。\n", *lines[72:]])):
            data = f"某市条例\n第一条 甲。\n第二条 乙。\n{''.join(text)}".encode()
            given = Given(stage=Stage.DRAFT, date=date(2020, 1, day))
            ingest(store, data, name="a.txt", law_id="a", given=given)
        versions = store.versions("a")
    compared = 0
    same = Located.__eq__

    def counted(one, other):
        nonlocal compared
        compared += 1
        return same(one, other)

    changes = compare_neighbours(versions)
    monkeypatch.setattr(Located, "__eq__", counted)
    found = blame(versions, changes=changes)
    assert len(found) > 400
    assert compared < 10 * len(found)
