"""A penalty that moved to another degree of the act is told; no amount is paired across them."""

from __future__ import annotations

import pytest

from tracker.diff.effects.rules import find_effects
from tracker.diff.redline.draw import redline


def _found(old: str, new: str) -> list[str]:
    return [f"{one.kind.label} {one.change}" for one in find_effects(redline(old, new))]


_ACT = "擅自拆除路灯的，"


@pytest.mark.parametrize(
    ("old", "new", "told", "back"),
    [
        (
            "处一万元以下罚款。",
            "责令改正；情节严重的，处一万元以下罚款。",
            ["情节 +情节严重"],
            ["情节 -情节严重"],
        ),
        (
            "责令改正，处五千元以下罚款。",
            "责令改正；情节严重的，处五万元以下罚款。",
            ["情节 +情节严重", "罚款 改写 五千元 → 五万元"],
            ["情节 -情节严重", "罚款 改写 五万元 → 五千元"],
        ),
        (
            "责令改正；逾期不改正的，处一万元以下罚款。",
            "责令改正；拒不改正的，处一万元以下罚款。",
            ["情节 逾期不改正→拒不改正"],
            ["情节 拒不改正→逾期不改正"],
        ),
        (
            "责令改正，可以处五万元以下罚款。",
            "责令改正；拒不改正的，处五万元以下罚款。",
            ["义务 -可以", "情节 +拒不改正"],
            ["情节 -拒不改正", "义务 +可以"],
        ),
    ],
)
def test_a_penalty_for_another_degree_of_the_same_act_is_told(
    old: str, new: str, told: list[str], back: list[str]
) -> None:
    assert set(_found(_ACT + old, _ACT + new)) == set(told)
    assert set(_found(_ACT + new, _ACT + old)) == set(back)


def test_fines_of_every_degree_that_rose_changed_no_degree() -> None:
    old = "处一万元以下罚款；情节严重的，处一万元以上五万元以下罚款。"
    new = "处五万元以下罚款；情节严重的，处五万元以上十万元以下罚款。"
    assert not any(words.startswith("情节") for words in _found(_ACT + old, _ACT + new))


def test_not_in_time_is_one_degree_however_it_is_said() -> None:
    old = "责令改正；逾期不改正的，处一万元以下罚款。"
    new = "责令改正；逾期未改正的，处一万元以下罚款。"
    assert _found(_ACT + old, _ACT + new) == []


def test_a_fine_for_another_act_changed_no_degree() -> None:
    old = "擅自拆除路灯的，处一万元以下罚款。"
    new = "公共汽车站台的广告没有维护或者没有清洗，情节严重的，处一万元以下罚款。"
    assert not any(words.startswith("情节") for words in _found(old, new))


def test_a_lower_limit_without_its_unit_is_the_same_amount() -> None:
    old, new = "处五千以上一万元以下罚款。", "处五千元以上一万元以下罚款。"
    assert _found(_ACT + old, _ACT + new) == []


def test_a_thing_that_joins_what_is_confiscated_is_told() -> None:
    old = "没收违法所得，处一万元以下罚款；以灯具抵债的，依照前款规定处理。"
    new = old.replace("没收", "没收灯具和")
    assert _found(_ACT + old, _ACT + new) == ["处罚 +没收灯具"]
    assert _found(_ACT + new, _ACT + old) == ["处罚 -没收灯具"]


def test_discipline_of_officials_is_a_penalty_and_doing_with_a_thing_is_none() -> None:
    old = "照明部门的工作人员玩忽职守的，责令改正，追究责任。"
    new = "照明部门的工作人员玩忽职守的，责令改正，依法给予处分，追究责任。"
    assert _found(old, new) == ["处罚 +处分"]
    old, new = new.replace("处分", "记过的行政处分"), new.replace("处分", "记过的处分")
    assert _found(old, new) == []
    own = "业主对灯具的处分应当登记，未登记的，给予警告。"
    assert _found(own.replace("处分", "使用"), own) == []


def test_some_department_or_other_is_no_body_that_came_or_took_over() -> None:
    old = "照明主管部门和其他有关主管部门应当依照本条例加强巡查。"
    assert _found(old, old.replace("其他有关主管部门", "其他有关部门")) == []
    assert _found("由县人民政府负责巡查。", "由县人民政府有关部门负责巡查。") == []


def test_an_office_of_a_street_and_of_management_are_bodies() -> None:
    old, new = "由市路灯管理处负责巡查。", "由市照明主管部门负责巡查。"
    assert _found(old, new) == ["机关 市路灯管理处→市照明主管部门"]
    old, new = "由镇人民政府负责巡查。", "由镇人民政府、街道办事处负责巡查。"
    assert _found(old, new) == ["机关 +街道办事处"]
