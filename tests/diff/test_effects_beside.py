"""What stays as it was beside what changed is told as no effect, and what changed is."""

from __future__ import annotations

from tracker.diff.effects.rules import find_effects
from tracker.diff.redline.draw import redline


def _found(old: str, new: str) -> list[str]:
    return [f"{one.kind.label} {one.change}" for one in find_effects(redline(old, new))]


def test_a_body_that_took_over_beside_others_is_told_with_those_that_joined_it() -> None:
    old = "路灯行政主管部门应当定期检测灯杆的强度，并公布检测结果。"
    new = "路灯主管部门和应急管理部门应当定期检测灯杆的强度，并公布检测结果。"
    assert _found(old, new) == ["机关 路灯行政主管部门→路灯主管部门", "机关 +应急管理部门"]
    assert _found(new, old) == ["机关 路灯主管部门→路灯行政主管部门", "机关 -应急管理部门"]
    vague = "有关部门、机构应当定期检测灯杆的强度，并公布检测结果。"
    assert not any("机构" in words for words in _found(new, vague))


def test_a_body_with_a_longer_name_did_not_leave() -> None:
    old = "照明标准由国务院住房城乡建设部门、供电主管部门、卫生部门会同有关部门规定。"
    new = "照明标准由国务院住房城乡建设主管部门会同国务院供电主管部门、卫生健康部门规定。"
    assert not any(words.startswith(("机关 -", "机关 +")) for words in _found(old, new))


def test_one_more_age_in_a_list_changes_none_of_the_others() -> None:
    old = "证明被告人已满十四周岁、十六周岁、十八周岁的证据不足的，应当认定不满十四周岁。"
    new = "证明被告人已满十二周岁、十四周岁、十六周岁、十八周岁的证据不足的，应当作有利的认定。"
    assert not any(words.startswith("年龄") for words in _found(old, new))
    assert not any(words.startswith("年龄") for words in _found(new, old))


def test_who_imposes_a_fine_is_not_who_pays_it() -> None:
    old = "污染灯具的，由照明主管部门予以警告，并处二万元以上二十万元以下的罚款。"
    new = "污染灯具的，由照明管理机构给予警告，并处二十万元以上一百万元以下的罚款。"
    assert {"罚款 2万元→20万元", "罚款 20万元→100万元"} <= set(_found(old, new))
    rate = "污染灯具的，由照明管理机构给予警告，并处每平方米一千元以上一万元以下的罚款。"
    assert not any("→" in words for words in _found(old, rate) if words.startswith("罚款 2"))


def test_a_degree_that_another_one_joined_is_the_same() -> None:
    old = "没有违法所得的，处一万元以上五万元以下的罚款。"
    new = "没有违法所得或者违法所得不足五千元的，处一万元以上十万元以下的罚款。"
    assert _found(old, new) == ["罚款 5万元→10万元"]


def test_shares_read_as_they_are_written_and_more_than_half_is_one() -> None:
    old = "更换路灯应当经占总人数三分之二以上的业主同意；会议应当有占总人数过半数的业主参加。"
    new = "更换路灯应当经占总人数四分之三以上的业主同意；会议应当有占总人数三分之二以上的业主参加。"
    assert _found(old, new) == ["比例 2/3→3/4", "比例 过半数→2/3"]


def test_a_licence_that_is_named_without_its_marks_is_no_new_sanction() -> None:
    old = "将灯具在市场销售的，没收灯具；情节严重的，吊销《路灯养护许可证》。"
    new = "将灯具在市场上销售的，没收灯具；情节严重的，吊销全市路灯养护许可证。"
    assert not _found(old, new)
    more = "将灯具在市场上销售的，没收灯具；情节严重的，没收所得。"
    assert _found(more, new) == ["处罚 +吊销全市路灯养护许可证"]
    cited = new.replace("全市路灯养护许可证", "其资质许可证")
    assert _found(more, cited) == ["处罚 +吊销其资质许可证"]
