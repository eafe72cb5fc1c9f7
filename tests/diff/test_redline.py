"""The redline: exact, readable, and quick on whatever it is given."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.redline import PAIRS, Figures, reworded
from tracker.diff.model import Op, Redline, new_text, old_text
from tracker.diff.moves import find_moves
from tracker.diff.redline.draw import DRAWN, draw, redline
from tracker.diff.redline.pieces import STACKED_BELOW
from tracker.diff.redline.tokens import ATOM, cut

_SHOW = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
EXAMPLES = settings(derandomize=True, max_examples=200, deadline=None)


def _shown(pieces: Redline) -> str:
    return "".join(_SHOW[op].format(text) for op, text in pieces)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "处一万元以上十万元以下的罚款。",
            "处五万元以上五十万元以下的罚款。",
            "处[-一万元-]{+五万元+}以上[-十万元-]{+五十万元+}以下的罚款。",
        ),
        (
            "依照本法第十二条第二款的规定处理。",
            "依照本法第十五条第三款的规定处理。",
            "依照本法[-第十二条第二款-]{+第十五条第三款+}的规定处理。",
        ),
        (
            "应当自收到申请之日起三十日内答复。",
            "应当自收到申请之日起二十日内答复。",
            "应当自收到申请之日起[-三十日-]{+二十日+}内答复。",
        ),
        (
            "自2021年1月1日起施行，并报上级机关备案。",
            "自2023年10月1日起施行，并报上级机关备案。",
            "自[-2021年1月1日-]{+2023年10月1日+}起施行，并报上级机关备案。",
        ),
        (
            "有下列情形之一的：\n（一）擅自拆除；\n（二）私拉电线；\n（三）其他情形。",
            "有下列情形之一的：\n（一）擅自拆除；\n（二）悬挂广告；\n（三）私拉电线；\n（四）其他情形。",
            "有下列情形之一的：\n（一）擅自拆除；\n（二）{+悬挂广告；\n（三）+}私拉电线；\n"
            "[-（三）-]{+（四）+}其他情形。",
        ),
    ],
)
def test_redline_reads_as_a_lawyer_would_mark_it(old: str, new: str, shown: str) -> None:
    assert _shown(redline(old, new)) == shown


def test_a_range_that_became_the_next_higher_one_shows_both_its_ends_as_changed() -> None:
    up = redline("处一万元以上十万元以下罚款，并", "处十万元以上一百万元以下罚款，并")
    assert _shown(up) == "处[-一万元-]{+十万元+}以上[-十万元-]{+一百万元+}以下罚款，并"
    down = redline("并处三千元以上五千元以下罚款", "并处一千元以上三千元以下罚款")
    assert _shown(down) == "并处[-三千元-]{+一千元+}以上[-五千元-]{+三千元+}以下罚款"
    cited = redline("依照刑法第八条至第十条规定处理", "依照刑法第十条至第十二条规定处理")
    assert _shown(cited) == "依照刑法[-第八条-]{+第十条+}至[-第十条-]{+第十二条+}规定处理"


def test_persons_who_came_before_another_amount_do_not_hide_that_it_is_the_same_fine() -> None:
    pieces = redline("对主管人员处五千元以上的罚款", "对主管人员和责任人员处一万元以上的罚款")
    assert _shown(pieces) == "对主管人员{+和责任人员+}处[-五千元-]{+一万元+}以上的罚款"


def test_a_clause_in_another_place_of_the_text_does_not_hide_the_words_it_shares_here() -> None:
    clause = "处五日以下拘留或者一千元以下罚款；"
    old = f"擅自攀爬灯杆的，{clause}情节较重的，处拘留。\n私拉电线的，{clause}逾期不改的，处拘留。"
    new = old.replace(f"私拉电线的，{clause}", "私拉电线的，处一千元以下罚款；")
    assert _shown(redline(old, new)) == old.replace(
        f"私拉电线的，{clause}", "私拉电线的，处[-五日以下拘留或者-]一千元以下罚款；"
    )


def test_words_that_stand_before_and_behind_what_came_are_kept_on_one_side_of_it() -> None:
    old = "对本单位发生的严重统计违法行为失察的，给予处分。"
    new = "对本单位发生的统计数据严重失实情况和严重统计违法行为失察的，给予处分。"
    come = "统计数据严重失实情况和"
    assert _shown(redline(old, new)) == old.replace("严重", f"{{+{come}+}}严重")
    assert _shown(redline(new, old)) == old.replace("严重", f"[-{come}-]严重")


def test_a_short_phrase_that_was_replaced_is_one_change() -> None:
    pieces = redline("交由当事人约定的鉴定部门鉴定，费用", "交由当事人约定的鉴定人鉴定，费用")
    assert _shown(pieces) == "交由当事人约定的[-鉴定部门-]{+鉴定人+}鉴定，费用"
    pieces = redline("认为具体行政行为侵犯其权益的", "认为行政机关的行政行为侵犯其权益的")
    assert _shown(pieces) == "认为[-具体-]{+行政机关的+}行政行为侵犯其权益的"


def test_a_paragraph_that_took_the_place_of_another_one_is_not_woven_into_it() -> None:
    first = (
        "经理对董事会负责，任期由公司章程规定，期满可以连任。董事会可以随时解聘经理，并说明理由。"
    )
    old = "本法第四十九条关于有限责任公司经理职权的规定，适用于股份有限公司经理。"
    new = "经理列席会议，根据公司章程的规定或者授权行使职权，并向监事会报告工作情况。"
    pieces = redline(f"{first}\n{old}\n{first}", f"{first}\n{new}\n{first}")
    assert _shown(pieces) == f"{first}\n[-{old[:-1]}-]{{+{new[:-1]}+}}。\n{first}"


def test_an_inserted_sentence_is_marked_with_its_own_full_stop() -> None:
    pieces = redline("养护单位应当巡查。逾期警告。", "养护单位应当巡查。巡查应当记录。逾期警告。")
    assert _shown(pieces) == "养护单位应当巡查。{+巡查应当记录。+}逾期警告。"


def test_a_sentence_that_changed_its_place_is_a_piece_on_both_sides_and_paired() -> None:
    old = "有下列情形的：\n（一）擅自拆除路灯；\n（二）悬挂广告；\n（三）未经批准迁移路灯设施。"
    new = "有下列情形的：\n（一）未经批准迁移路灯设施；\n（二）擅自拆除路灯；\n（三）悬挂广告。"
    pieces = redline(old, new)
    ((gone, come),) = find_moves(pieces)
    assert pieces[gone] == (Op.DELETE, "未经批准迁移路灯设施")
    assert pieces[come] == (Op.INSERT, "未经批准迁移路灯设施")
    assert (old_text(pieces), new_text(pieces)) == (old, new)


def test_a_penalty_that_another_act_or_degree_now_has_did_not_move() -> None:
    old = "私拉电线的，处警告；情节恶劣的，处五日以下拘留或者五百元以下罚款。"
    new = "私拉电线的，处警告或者五百元以下罚款；情节恶劣的，处五日以下拘留。"
    pieces = redline(old, new)
    assert find_moves(pieces) == ()
    assert _shown(pieces) == (
        "私拉电线的，处警告{+或者五百元以下罚款+}；情节恶劣的，处五日以下拘留[-或者五百元以下罚款-]。"
    )
    fined = "擅自拆除路灯的，处二千元以下罚款"
    old = f"{fined}；养护单位应当巡查并记录，发现故障应当及时修复。"
    assert find_moves(redline(old, f"养护单位应当巡查并记录，发现故障应当及时修复；{fined}。"))


def test_stock_wording_that_went_here_and_came_there_has_not_moved() -> None:
    old = "由县级以上人民政府负责巡查，养护单位应当建立档案并逐杆编号。"
    new = "由市照明主管部门负责巡查，养护单位应当建立档案并报县级以上人民政府备案，逐杆编号。"
    assert find_moves(redline(old, new)) == ()


def test_a_number_is_one_word_and_the_words_around_it_are_cut_as_if_it_were_a_mark() -> None:
    assert cut("每一股份于五万元以下") == ("每一股份", "于", "五万元", "以下")
    assert cut("三级医院和第三人") == ("三级", "医院", "和", "第三人")


def test_a_word_that_stands_whole_in_a_longer_one_stays() -> None:
    assert _shown(redline("依法给予行政处分。", "依法给予处分。")) == "依法给予[-行政-]处分。"


def test_an_amount_that_ends_as_another_one_is_replaced_as_a_whole() -> None:
    amounts = "并处五千元以上五万元以下罚款", "并处五万元以上二十五万元以下罚款"
    assert _shown(redline(*amounts)) == (
        "并处[-五千元-]{+五万元+}以上[-五万元-]{+二十五万元+}以下罚款"
    )
    assert _shown(redline("价值20％以上50％以下", "价值20%以上50%以下")) == (
        "价值[-20％-]{+20%+}以上[-50％-]{+50%+}以下"
    )
    assert _shown(redline("不低于2.5%", "不低于24%")) == "不低于[-2.5%-]{+24%+}"


def test_of_two_ways_to_keep_as_many_words_the_one_that_keeps_more_characters_is_taken() -> None:
    old = "由市人民政府规定的，从其规定。"
    new = "的由市人民政府规定，从其规定。"
    kept = "".join(text for op, text in redline(old, new) if op is Op.EQUAL)
    assert kept == "由市人民政府规定，从其规定。"


def test_a_name_of_a_law_may_change_in_part_and_a_number_with_commas_may_not() -> None:
    old = "依照《虚构市路灯管理条例》处1，000元罚款。"
    new = "依照《虚构市城市路灯管理条例》处1，500元罚款。"
    assert (
        _shown(redline(old, new))
        == "依照《虚构市{+城市+}路灯管理条例》处[-1，000元-]{+1，500元+}罚款。"
    )


@EXAMPLES
@given(
    st.lists(
        st.sampled_from(["应当公告", "，", "三十日", "。\n", "处分", "行政处分"]), max_size=12
    ),
    st.lists(
        st.sampled_from(["应当公告", "，", "十五日", "。\n", "处分", "行政处分"]), max_size=12
    ),
)
def test_the_same_texts_give_the_same_pieces(old: list[str], new: list[str]) -> None:
    DRAWN.clear()
    first = redline("".join(old), "".join(new))
    DRAWN.clear()
    assert redline("".join(old), "".join(new)) == first


_CLAUSES = st.lists(
    st.sampled_from(
        ["养护单位应当逐杆编号", "未经批准不得迁移路灯设施", "处五千元以下罚款",
         "应当在三十日内答复", "区主管部门负责巡查", "由县级以上人民政府规定"]
    ), max_size=5,
)  # fmt: skip
_MARKS = st.sampled_from(["，", "；", "。\n"])


@EXAMPLES
@given(_CLAUSES, _CLAUSES, _MARKS, _MARKS)
def test_what_moved_is_the_same_words_and_both_sides_are_rebuilt(
    before: list[str], after: list[str], mark: str, other: str
) -> None:
    old, new = mark.join(before), other.join(after)
    pieces = redline(old, new)
    assert (old_text(pieces), new_text(pieces)) == (old, new)
    for gone, come in find_moves(pieces):
        assert pieces[gone] == (Op.DELETE, pieces[come][1])
        assert pieces[come][0] is Op.INSERT


@pytest.mark.skipif(not PAIRS.exists(), reason="needs the pairs in ../shared")
def test_redlines_of_real_laws_hold_the_figures_that_were_promised() -> None:
    figures = Figures()
    for pair, shown in reworded():
        figures.add(pair, shown)
    assert figures.broken == 0
    assert figures.in_number == 0
    assert figures.in_word <= 0.005 * figures.ends
    assert figures.marked <= 1.25 * figures.least
    assert figures.islands <= 0.15 * figures.articles


_TEXTS = st.text(
    "第一二十条款项万元年月日（）应当处以罚款路灯，。；\n\0\ue000\U000f0000\U00100000\U00100001a1.",
    max_size=60,
)


@EXAMPLES
@given(_TEXTS, _TEXTS)
def test_both_sides_are_rebuilt_exactly(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert old_text(pieces) == old
    assert new_text(pieces) == new
    assert all(text for _, text in pieces)


@EXAMPLES
@given(_TEXTS)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(cut(text)) == text


@EXAMPLES
@given(_TEXTS, _TEXTS)
def test_no_change_begins_inside_a_number_or_a_citation(old: str, new: str) -> None:
    pieces = redline(old, new)
    for side, hidden in ((old, Op.INSERT), (new, Op.DELETE)):
        ends, at = {0}, 0
        for op, text in pieces:
            at += len(text) if op is not hidden else 0
            ends.add(at)
        for line in re.finditer(r"[^\n]+", side):
            for atom in ATOM.finditer(line.group()):
                inside = range(line.start() + atom.start() + 1, line.start() + atom.end())
                assert not ends & set(inside), (side, atom.group(), pieces)


def test_texts_that_are_less_than_half_alike_keep_what_they_share_in_long_runs() -> None:
    old = "路灯建成后，任何人不得迁移。"
    new = f"{old}\n违反前款规定的，由主管部门责令恢复原状，造成损失的，依法承担赔偿责任。"
    assert draw(old, new).similarity < STACKED_BELOW
    assert redline(old, new) == ((Op.EQUAL, old), (Op.INSERT, new.removeprefix(old)))


def test_an_item_that_came_is_whole_where_the_next_one_begins_with_the_same_words() -> None:
    old = "下列情形应当公告：\n（一）养护单位更换灯具的其他行为。"
    new = "下列情形应当公告：\n（一）养护单位更换灯杆；\n（二）养护单位更换灯具的其他行为。"
    pieces = redline(old, new)
    assert (Op.INSERT, "养护单位更换灯杆；\n（二）") in pieces


def test_a_short_run_that_two_texts_share_by_chance_is_not_kept() -> None:
    old = "区人民政府依法设立的机构受理申请。"
    new = "对市人民政府的决定不服，可以自收到之日起三十日内要求复核，复核期间不停止执行。"
    assert draw(old, new).similarity < STACKED_BELOW
    assert redline(old, new) == ((Op.DELETE, old), (Op.INSERT, new))


def test_short_words_that_both_texts_begin_or_end_with_are_kept() -> None:
    old = "本条例自1999年10月1日起施行。1990年12月24日发布的《路灯管理办法》同时废止。"
    new = "本条例自2031年1月1日起施行。"
    drawn = draw(old, new)
    assert drawn.similarity < STACKED_BELOW
    assert drawn.redline[0] == (Op.EQUAL, "本条例自")


def test_a_long_latin_word_in_the_place_of_another_is_replaced_as_a_whole() -> None:
    pieces = redline("编号ABCDEFGHIJKLMNOPQRST的", "编号ZYXWVUTSRQPONMLKJIH的")
    assert [text for op, text in pieces if op is not Op.EQUAL] == [
        "ABCDEFGHIJKLMNOPQRST", "ZYXWVUTSRQPONMLKJIH",
    ]  # fmt: skip


def test_equal_texts_are_one_piece_and_nothing_is_none() -> None:
    assert redline("甲。", "甲。") == ((Op.EQUAL, "甲。"),)
    assert redline("", "") == ()
    assert redline("", "甲。") == ((Op.INSERT, "甲。"),)


def test_more_distinct_words_than_the_first_private_area_holds() -> None:
    old = "，".join(f"a{n}" for n in range(7000))
    new = "，".join(f"a{n}" for n in range(7000) if n % 50)
    pieces = redline(old, new)
    assert (old_text(pieces), new_text(pieces)) == (old, new)
    assert len(pieces) > 100


def test_huge_texts_come_to_an_end() -> None:
    long = "".join(f"第{n}号灯杆应当编号，" for n in range(2000))
    other = "".join(f"第{n}号灯杆应当登记，" for n in range(0, 2000, 2))
    same = "路灯应当亮。\n" * 100_000
    for old, new in ((long, long + other), (same, same[: len(same) // 2] + "暗。\n"), (same, "")):
        drawn = draw(old, new)
        assert (old_text(drawn.redline), new_text(drawn.redline)) == (old, new)
