"""Parts of articles are found wherever they went, and stock wording makes none."""

from __future__ import annotations

import pytest

from benchmarks import align_unseen
from benchmarks.align_gold import links_of
from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.align import splits
from tracker.diff.changes import compare
from tracker.diff.model import Kind

DUTY = "公民、法人和其他组织有义务参与护灯工作。"
RUMOUR = (
    "任何单位和个人不得编造、传播有关路灯停电的虚假信息。"
    "养护单位职工散布谣言的，取消其当年评先资格，并在本单位内通报。"
)
PRESS = (
    "本市建立路灯信息发布制度，照明主管部门应当及时公布停电范围、抢修进度和恢复时间。"
    "任何单位和个人不得编造、故意传播有关路灯停电的虚假信息。新闻媒体应当准确报道。"
    "发现可能影响社会稳定的不完整信息的，应当及时发布准确的信息予以澄清，并向市人民政府报告。"
    "公布的内容包括停电原因、影响街区、备用照明的安排和咨询电话，遇有台风、暴雨等灾害天气的，每两小时更新一次。"
    "村民委员会、居民委员会协助张贴通知，提醒独居老人备好手电筒，并将居民反映的困难转告抢修队伍。"
)
THRIFT = (
    "路灯是全体市民的财富。加强爱护路灯的宣传教育，增强节电意识，"
    "鼓励灯具节电的技术研究，提高照明管理水平。"
)
SCHOOLS = (
    "报刊、电台每年夏秋两季加强爱护路灯的宣传教育，登载常识，对浪费电力的现象予以批评，"
    "中小学校组织学生参观变电站，村民委员会、居民委员会张贴图画，增强节电意识，社区讲座不收费用。"
)
RESEARCH = (
    "高等院校同灯具厂合办实验室，开展灯具节电的技术研究，推广新型光源，"
    "其成果经鉴定后优先用于老旧街巷，所需费用从科技经费中列支，逐步提高照明管理水平。"
)
STOCK = (
    "的，由照明主管部门责令限期改正；逾期不改正的，处二千元以上一万元以下罚款；"
    "构成犯罪的，依法追究刑事责任。"
)
ANEW = 0.955
"""F1 of the plain links where most of a law was written anew; measured 0.963."""
Texts = list[str | tuple[str, ...]]


def _links(old: Texts, new: Texts) -> set[tuple[str, str]]:
    changes = compare(numbered(old), numbered(new)).changes
    return {link for change in changes for link in links_of(change)}


def test_a_short_paragraph_that_became_an_article_far_away_is_a_part() -> None:
    old: Texts = [*LAMPS[:3], (LAMPS[3], DUTY), *LAMPS[4:]]
    new: Texts = [*LAMPS[:12], DUTY, *LAMPS[12:]]
    assert {("4", "4"), ("4", "13")} <= _links(old, new)


def test_a_clause_that_lies_in_a_much_longer_article_elsewhere_has_its_partner() -> None:
    old: Texts = [*LAMPS[:13], RUMOUR, *LAMPS[13:]]
    new: Texts = [*LAMPS[:2], PRESS, *LAMPS[2:]]
    assert ("14", "3") in _links(old, new)
    (change,) = [c for c in compare(numbered(old), numbered(new)).changes if c.moved]
    assert change.matched_by == "coverage"


def test_three_articles_that_became_one_are_one_merger() -> None:
    new: Texts = [*LAMPS[:8], (LAMPS[8], LAMPS[9], LAMPS[10]), *LAMPS[11:]]
    changes = compare(numbered(LAMPS), numbered(new)).changes
    (merged,) = [change for change in changes if Kind.MERGED in change.kinds]
    assert [str(one.provision.number) for one in merged.old] == ["9", "10", "11"]


def test_an_article_that_came_apart_in_three_is_one_split() -> None:
    old: Texts = [*LAMPS[:8], (LAMPS[8], LAMPS[9], LAMPS[10]), *LAMPS[11:]]
    changes = compare(numbered(old), numbered(list(LAMPS))).changes
    (split,) = [change for change in changes if Kind.SPLIT in change.kinds]
    assert [str(one.provision.number) for one in split.new] == ["9", "10", "11"]


def test_an_article_whose_halves_were_written_out_in_two_side_by_side_is_one_split() -> None:
    old: Texts = [*LAMPS[:8], THRIFT, *LAMPS[8:]]
    new: Texts = [*LAMPS[:13], SCHOOLS, RESEARCH, *LAMPS[13:]]
    (split,) = [c for c in compare(numbered(old), numbered(new)).changes if Kind.SPLIT in c.kinds]
    assert [str(one.provision.number) for one in split.new] == ["14", "15"]
    far: Texts = [*LAMPS[:2], SCHOOLS, *LAMPS[2:13], RESEARCH, *LAMPS[13:]]
    assert sum(link[0] == "9" for link in _links(old, far)) == 1


def test_a_paragraph_that_went_from_one_article_to_another_links_both() -> None:
    old: Texts = [*LAMPS[:5], (LAMPS[5], NEW_ONE), *LAMPS[6:]]
    new: Texts = [*LAMPS[:6], (LAMPS[6], NEW_ONE), *LAMPS[7:]]
    assert ("6", "7") in _links(old, new)
    (both,) = [c for c in compare(numbered(old), numbered(new)).changes if len(c.links) > 1]
    assert {Kind.SPLIT, Kind.MERGED} <= set(both.kinds)


def test_two_articles_side_by_side_with_the_same_words_of_another_are_no_halves_of_it() -> None:
    same = "由照明主管部门书面告知其限期恢复原状"
    theft = f"盗窃、买卖路灯窨井盖以及配电箱铜排的，{same}，移送公安机关侦办。"
    old: Texts = [*LAMPS[:8], theft, *LAMPS[8:]]
    signs = "临街商铺悬挂灯箱广告遮挡行人视线、压占盲道，或者昼夜连续闪烁惊扰住户睡眠的，"
    trees = "绿化单位栽种乔木紧贴变压器围栏，枝条触及高压导线，经巡线员三次提醒仍未修剪的，"
    new: Texts = [*LAMPS[:16], f"{signs}{same}。", f"{trees}{same}。", *LAMPS[16:]]
    assert not any(link[0] == "9" for link in _links(old, new))


def test_stock_wording_of_penalties_makes_no_part() -> None:
    acts = ("在灯杆上私拉电线", "遮挡路灯光线", "擅自关闭景观照明", "损毁灯杆编号牌")
    old: Texts = [*LAMPS, *(f"违反本条例规定，{act}{STOCK}" for act in acts[:3])]
    new: Texts = [*LAMPS, *(f"违反本条例规定，{act}{STOCK}" for act in acts)]
    assert not any(link[1] == "19" for link in _links(old, new))


@pytest.mark.skipif(
    not align_unseen.CORPUS.exists(), reason="the corpus does not lie beside the project"
)
def test_laws_that_the_rules_were_not_made_for_keep_their_floor() -> None:
    every = align_unseen.read_labels()
    laws = align_unseen.read_laws({path for one in every for path in (one.old, one.new)})
    usual, anew = align_unseen.Found(), align_unseen.Found()
    for labels in every:
        found = align_unseen.score(compare(laws[labels.old], laws[labels.new]).changes, labels)
        (anew if labels.written_anew else usual).add(found)
    assert 2 * usual.right / (usual.found + usual.wanted) >= 0.985
    assert usual.parts_found / usual.parts >= 0.8
    assert usual.parts_false + anew.parts_false <= len(every) / 10
    assert 2 * anew.right / (anew.found + anew.wanted) >= ANEW


def test_of_pairs_that_are_too_long_together_the_longest_are_left_out_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = numbered([LAMPS[0], DUTY + RUMOUR, PRESS])
    new = numbered([LAMPS[0], DUTY, RUMOUR, PRESS + THRIFT])
    whole = compare(old, new)
    assert Kind.SPLIT in whole.changes[1].kinds
    assert not whole.problems
    monkeypatch.setattr(splits, "_MOST", 1)
    bounded = compare(old, new)
    assert not any(Kind.SPLIT in change.kinds for change in bounded.changes)
    assert [problem.code for problem in bounded.problems] == ["alignment-capped"]
    assert "拆分与合并" in bounded.problems[0].message
