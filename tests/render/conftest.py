"""Small laws and their comparison, made without sources or a store."""

from __future__ import annotations

import pytest

from tracker.diff.changes import compare
from tracker.diff.model import Changes
from tracker.parse.canonical import read
from tracker.render.side import SideInfo

OLD = """示例市测试条例
（草案）

第一章　总则

第一条　【目的】为了测试，制定本条例。

第二条　【适用范围】在本市行政区域内从事甲类活动的，适用本条例。

第三条　市主管部门应当建立统一的活动登记制度，对登记的事项、程序和期限作出规定，并向社会公布。
区主管部门应当建立本辖区的活动档案，记载活动的时间、地点和参加人，按年报送市主管部门备案。

第四条　违反本条例第二条规定的，处一万元以上五万元以下罚款。

第五条　本条例下列用语的含义：
（一）甲，是指甲类活动；
（二）乙，是指乙类活动；
（三）丙，是指丙类活动；
（四）丁，是指丁类活动；
（五）戊，是指戊类活动。
"""
NEW = """示例市测试条例
（征求意见稿）

第一章　总则

第一条　为了测试，制定本条例。

第二条　活动应当遵循公开、公平和公正的原则，接受社会监督。

第三条　【适用范围】在本市行政区域内从事甲类活动的，适用本条例。

第四条　市主管部门应当建立统一的活动登记制度，对登记的事项、程序和期限作出规定，并向社会公布。

第五条　区主管部门应当建立本辖区的活动档案，记载活动的时间、地点和参加人，按年报送市主管部门备案。

第六条　违反本条例第三条规定的，处二万元以上十万元以下罚款。

第七条　本条例下列用语的含义：
（一）甲，是指甲类活动；
（二）乙，是指乙类活动；
（三）丙，是指丙类活动；
（四）丁，是指丁类活动；
（五）戊，是指戊类和己类活动。
"""


@pytest.fixture(scope="session")
def changes() -> Changes:
    """The comparison of the two laws."""
    return compare(read(OLD), read(NEW))


@pytest.fixture(scope="session")
def sides() -> tuple[SideInfo, SideInfo]:
    """What identifies them."""
    return SideInfo.of_law(read(OLD), "old.txt"), SideInfo.of_law(read(NEW), "new.txt")
