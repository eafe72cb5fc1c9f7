"""Single characters between two changes: what stays, what goes where."""

from __future__ import annotations

from tracker.diff.model import Op
from tracker.diff.redline.draw import redline


def _shown(old: str, new: str) -> str:
    signs = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(signs[op].format(text) for op, text in redline(old, new))


def test_the_items_of_a_list_that_were_swapped_one_by_one_are_shown_one_by_one() -> None:
    old = "放假的日子如果适逢星期六、星期日，应当在工作日补假。"
    new = "放假的日子如果适逢周六、周日，应当在工作日补假。"
    assert _shown(old, new) == (
        "放假的日子如果适逢[-星期六-]{+周六+}、[-星期日-]{+周日+}，应当在工作日补假。"
    )


def test_a_mark_between_two_stretches_that_were_written_anew_is_no_joint() -> None:
    old = "养护单位应当建立路灯档案，按照市人民政府的要求逐杆登记，加强日常巡查和维护。"
    new = "养护单位应当采用统一的信息平台，接受照明主管部门监督，加强日常巡查和维护。"
    assert _shown(old, new) == (
        "养护单位应当[-建立路灯档案，按照市人民政府的要求逐杆登记-]"
        "{+采用统一的信息平台，接受照明主管部门监督+}，加强日常巡查和维护。"
    )


def test_a_letter_or_a_mark_behind_the_first_words_of_a_text_is_no_different() -> None:
    assert _shown("巡查的记录应当保存三年以上。", "检修的档案应当保存三年以上。") == (
        "[-巡查的记录-]{+检修的档案+}应当保存三年以上。"
    )
    old = "年满六十周岁、没有子女赡养的居民可以免费乘车，其他居民按照规定购票。"
    new = "老年、残疾或者从事志愿服务的居民可以免费乘车，其他居民按照规定购票。"
    assert _shown(old, new).startswith(
        "[-年满六十周岁、没有子女赡养-]{+老年、残疾或者从事志愿服务+}的居民"
    )


def test_words_that_came_before_and_behind_a_mark_are_one_insertion() -> None:
    old = "照明主管部门应当加强路灯的管理，保障道路通行安全。"
    new = "照明主管部门应当加强路灯的管理和养护，定期组织巡查，保障道路通行安全。"
    assert _shown(old, new) == (
        "照明主管部门应当加强路灯的管理{+和养护，定期组织巡查+}，保障道路通行安全。"
    )


def test_words_that_came_behind_a_replaced_one_stand_with_what_replaced_it() -> None:
    old = "依照本条例第十八条、第十九条第一款的规定处理。"
    new = "依照本条例第十七条、第十八条第一款、第十九条第一款的规定处理。"
    assert _shown(old, new) == (
        "依照本条例[-第十八条-]{+第十七条、第十八条第一款+}、第十九条第一款的规定处理。"
    )


def test_a_mark_that_stands_in_another_sentence_now_is_no_joint() -> None:
    old = "养护单位每季度向市照明主管部门报告，对该路段的灯杆组织检测，并且公布检测的结果。"
    new = "养护单位每季度向市照明主管部门报告；必要时，市照明主管部门应当复核，并且公布检测的结果。"
    assert _shown(old, new) == (
        "养护单位每季度向市照明主管部门报告[-，对该路段的灯杆组织检测-]"
        "{+；必要时，市照明主管部门应当复核+}，并且公布检测的结果。"
    )


def test_a_sentence_that_changed_ends_before_those_that_came_behind_it() -> None:
    old = "养护单位应当逐日巡查。路灯应当编号。"
    new = "养护单位应当逐日检修。发现故障的，应当更换。路灯应当编号。"
    assert _shown(old, new) == (
        "养护单位应当逐日[-巡查-]{+检修+}。{+发现故障的，应当更换。+}路灯应当编号。"
    )
    assert _shown(new, old) == (
        "养护单位应当逐日[-检修-]{+巡查+}。[-发现故障的，应当更换。-]路灯应当编号。"
    )


def test_a_paragraph_that_changed_ends_before_those_that_came_behind_it() -> None:
    old = "养护单位应当逐日巡查。\n路灯应当编号。"
    new = "养护单位应当逐日检修。\n发现故障的，应当更换。\n路灯应当编号。"
    assert _shown(old, new) == (
        "养护单位应当逐日[-巡查-]{+检修+}。\n{+发现故障的，应当更换。\n+}路灯应当编号。"
    )


def test_citations_that_were_swapped_stay_apart_however_long_they_are() -> None:
    old = "违反本条例第二十七条第一款、第三十三条第二款规定的，责令改正。"
    new = "违反本条例第二十八条第三款、第二十九条第一款和第三十四条第二款规定的，责令改正。"
    assert _shown(old, new) == (
        "违反本条例[-第二十七条第一款-]{+第二十八条第三款+}、"
        "[-第三十三条第二款-]{+第二十九条第一款和第三十四条第二款+}规定的，责令改正。"
    )


def test_a_part_of_a_word_stays_where_the_words_beside_it_do() -> None:
    assert _shown("应当按照国家规定报告，并且公告。", "应当按照国家有关规定报告，并且公告。") == (
        "应当按照国家{+有关+}规定报告，并且公告。"
    )
    old = "路灯由区主管部门管理，给予行政处分一次。"
    new = "路灯由市主管部门照管，给予处分两次。"
    assert "给予[-行政处分一次-]{+处分两次+}。" in _shown(old, new)
