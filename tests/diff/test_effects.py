"""Effects: a slot filled anew is found with its words, and nothing is invented."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tracker.diff.changes import compare
from tracker.diff.effects.model import EffectKind
from tracker.diff.effects.rules import find_effects
from tracker.diff.model import new_text, old_text
from tracker.diff.redline.draw import redline
from tracker.parse.reading import read_source

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLE = json.loads((Path(__file__).parent / "effect_sample.json").read_text(encoding="utf-8"))
"""Labelled by hand: pair, new article, class, old, new, subject, whether it is right."""
PAGE = Path(__file__).resolve().parents[2] / "site/docs/reference/effects.md"
_ROW = re.compile(r"^\| `([a-z-]+)` \| (\S+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
EXAMPLES = _ROW.findall(PAGE.read_text(encoding="utf-8"))


def _found(old: str, new: str) -> list[str]:
    return [f"{one.kind.label} {one.change}" for one in find_effects(redline(old, new))]


@pytest.mark.parametrize(("code", "label", "old", "new", "shown"), EXAMPLES)
def test_the_example_of_each_class_is_found(
    code: str, label: str, old: str, new: str, shown: str
) -> None:
    (effect,) = find_effects(redline(old, new))
    assert (effect.kind, effect.kind.label) == (code, label)
    assert f"{label} {effect.change}" == shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("应当在三十日内答复。", "应当在30日内答复。"),
        ("持有百分之十以上股份的股东可以提案。", "持有10%以上股份的股东可以提案。"),
        ("处五万元以下罚款。", "处50000元以下罚款。"),
        ("有效期十二个月，期满可以延续。", "有效期一年，期满可以延续。"),
        ("依照本法第十二条的规定处罚。", "依照本法第十五条的规定处罚。"),
        ("严禁在灯杆上悬挂广告。", "禁止在灯杆上悬挂广告。"),
    ],
)
def test_another_spelling_of_the_same_value_is_no_effect(old: str, new: str) -> None:
    assert _found(old, new) == []


@pytest.mark.parametrize("slip", ["2026年13月40日", "2026年2月30日"])
def test_a_day_that_no_calendar_has_is_no_date_that_changes(slip: str) -> None:
    assert _found("自2026年1月1日起施行。", "自2026年3月1日起施行。") != []
    assert _found("自2026年1月1日起施行。", f"自{slip}起施行。") == []


def test_a_number_in_a_clause_that_was_written_anew_is_no_effect() -> None:
    old = "养护单位应当巡查，发现故障的应当在三日内修复。"
    new = "养护单位应当巡查，档案的保存期限不得少于十年。"
    assert _found(old, new) == []


def test_a_body_that_joins_a_list_is_added() -> None:
    old = "路灯由城市管理部门、公安机关负责监督检查。"
    new = "路灯由城市管理部门、住房和城乡建设主管部门、公安机关负责监督检查。"
    assert _found(old, new) == ["机关 +住房和城乡建设主管部门"]
    assert _found(new, old) == ["机关 -住房和城乡建设主管部门"]


@pytest.mark.parametrize(("code", "label", "old", "new", "shown"), EXAMPLES)
def test_triggers_stand_where_they_say(
    code: str, label: str, old: str, new: str, shown: str
) -> None:
    pieces = redline(old, new)
    for effect in find_effects(pieces):
        for body, triggers in (
            (old_text(pieces), effect.old_triggers),
            (new_text(pieces), effect.new_triggers),
        ):
            assert all(body[one.start : one.end] == one.text for one in triggers)


def test_a_limit_meets_a_limit_of_its_own_kind() -> None:
    old = "擅自拆除路灯的，处一千元以上三千元以下罚款。"
    new = "擅自拆除路灯的，处二千元以下罚款。"
    assert _found(old, new) == ["罚款 3000元→2000元", "罚款 -一千元"]


def test_a_fine_for_another_payer_is_no_effect() -> None:
    old = "擅自拆除路灯的，责令改正，处五千元以下罚款。"
    other = "擅自拆除路灯的，责令改正，对单位处五万元以下罚款。"
    assert _found(old, other) == []


def test_a_definition_and_a_rule_of_scope_are_named_by_their_words() -> None:
    old = "本条例所称路灯，是指道路照明灯具。\n本市道路的路灯管理，适用本条例。"
    new = "本条例所称路灯，是指道路和公园照明灯具。\n本市道路、公园的路灯管理，适用本条例。"
    assert _found(old, new) == ["定义 路灯", "适用范围 适用本条例"]


def test_discretion_before_a_sanction_is_an_obligation_that_changed() -> None:
    old = "情节严重的，处五日以下拘留，并处一千元以下罚款。"
    new = "情节严重的，处五日以下拘留，可以并处一千元以下罚款。"
    assert _found(old, new) == ["义务 +可以"]


def test_a_kind_of_penalty_that_came_or_went_is_named() -> None:
    old = "擅自拆除路灯的，责令改正，处二千元罚款；情节严重的，处五千元罚款。"
    new = "擅自拆除路灯的，责令改正，处二千元罚款；情节严重的，处五千元罚款，吊销施工许可证。"
    assert _found(old, new) == ["处罚 +吊销施工许可证"]
    assert _found(new, old) == ["处罚 -吊销施工许可证"]


def test_a_penalty_that_changed_its_place_or_is_not_threatened_is_no_effect() -> None:
    old = "擅自拆除路灯的，给予警告，处二千元罚款。"
    new = "擅自拆除路灯的，处二千元罚款，给予警告。"
    assert _found(old, new) == []
    old = "当事人对处罚决定不服的，可以申请复议。"
    new = "当事人对警告、罚款等处罚决定不服的，可以申请复议。"
    assert _found(old, new) == []


def test_an_act_that_joins_a_list_of_acts_widens_the_rule() -> None:
    old, new = "禁止销售不合格的灯具。", "禁止生产、销售不合格的灯具。"
    assert _found(old, new) == ["适用范围 +生产"]
    assert _found(new, old) == ["适用范围 -生产"]


def test_a_definition_with_another_item_number_is_the_same() -> None:
    old = "（二）路灯，是指道路照明灯具。"
    assert _found(old, "（五）路灯，是指道路照明灯具。") == []
    assert _found(old, "（五）路灯，是指道路和公园照明灯具。") == ["定义 路灯"]


def test_a_definition_by_what_it_includes_is_one() -> None:
    old, new = "本条例所称路灯，包括灯杆。", "本条例所称路灯，包括灯杆和灯箱。"
    assert _found(old, new) == ["定义 路灯"]


def test_a_fine_for_other_listed_acts_is_no_effect() -> None:
    old = "有前款第（一）项行为的，处二万元以下罚款。"
    assert _found(old, "有前款第二项行为的，处五万元以下罚款。") == []
    assert _found(old, "有前款第一项行为的，处五万元以下罚款。") == ["罚款 2万元→5万元"]


def test_a_body_named_elsewhere_in_the_sentence_was_not_dropped() -> None:
    old = "经市照明主管部门负责人批准，可以关闭路灯。"
    new = "市照明主管部门认为必要时，经负责人批准，可以关闭路灯。"
    assert _found(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("依照《路灯不得收费办法》执行，应当公开。", "依照《路灯可以收费办法》执行，应当公开。"),
        ("面额标明“五百元”的票据，不得使用。", "面额标明“三百元”的票据，不得使用。"),
        ("灯具含五百元素的，应当登记。", "灯具含三百元素的，应当登记。"),
        ("照明部门《路灯规定》同时废止。", "《照明部门路灯规定》同时废止。"),
    ],
)
def test_words_in_a_title_or_in_quotation_marks_have_no_effect(old: str, new: str) -> None:
    assert _found(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("承包人请求付款的，不予支持。", "承包人请求付款的，人民法院不予支持。"),
        ("报市人大常委会备案。", "报市人民代表大会常务委员会备案。"),
        ("由乡、镇人民政府负责巡查。", "由乡镇人民政府负责巡查。"),
        ("报省级人民政府备案。", "报省、自治区、直辖市人民政府备案。"),
        ("在市、县级路灯中选择。", "在县级路灯中选择。"),
        (
            "县级以上人民政府应当建立路灯工作协调机制，统筹有关工作。",
            "各级人民政府应当重视和加强路灯工作。",
        ),
        ("不属于照明部门管辖的，应当移送。", "属于公安机关管辖的，应当移送。"),
    ],
)
def test_a_body_that_acted_unnamed_or_under_another_name_or_does_something_else_is_no_effect(
    old: str, new: str
) -> None:
    assert _found(old, new) == []


def test_of_two_bodies_in_a_list_the_more_alike_ones_stand_for_each_other() -> None:
    old = "海关和工商管理部门应当登记造册。"
    new = "海关、市场管理部门和海警机构应当登记造册。"
    assert "机关 工商管理部门→海警机构" not in _found(old, new)


def test_a_body_of_several_levels_is_named_with_all_of_them() -> None:
    assert _found("由区、县人民政府负责巡查。", "由区人民政府负责巡查。") == [
        "机关 区、县人民政府→区人民政府"
    ]


def test_an_end_of_a_range_meets_no_other_limit() -> None:
    assert _found("评审组的人数为五到十人。", "评审组的人数不得少于七人。") == []
    assert _found("评审组的人数不少于五人。", "评审组的人数为七人以上。") == ["数量 5人→7人"]


def test_a_period_that_got_another_one_beside_it_did_not_change() -> None:
    old = "判决生效后十日内，应当送达养护单位。"
    new = "判决生效后五日内，应当通知养护单位，并在十日内送达养护单位。"
    assert _found(old, new) == []


def test_an_amount_for_another_tier_is_no_effect() -> None:
    lead = "有下列情形之一的，属于“数额{}巨大”：\n（一）造成损失{}万元以上的；"
    assert _found(lead.format("", "五十"), lead.format("特别", "五百")) == []
    assert _found(lead.format("", "五十"), lead.format("", "五百")) == ["金额 50万元→500万元"]


def test_a_rule_of_scope_with_a_particle_more_is_the_same() -> None:
    assert _found("单位委托养护，适用本条例。", "单位委托养护的，适用本条例。") == []


def test_a_term_is_defined_as_before_where_another_article_uses_it() -> None:
    old = "民法通则第一条所称路灯，是指道路照明灯具。"
    assert _found(old, "民法典第二百条第一款所称路灯，是指道路照明灯具。") == []


def test_a_penalty_that_officials_did_not_impose_is_not_threatened() -> None:
    old = "有下列情形之一的，责令改正：\n（一）对违法行为未依法登记、未依法处理的；"
    new = "有下列情形之一的，责令改正：\n（一）对违法行为未依法登记、未依法予以警告的；"
    assert _found(old, new) == []


def test_terms_of_a_penalty_that_were_rewritten_are_named_without_a_pair() -> None:
    old = "擅自拆除路灯的，处五日以上十日以下拘留。"
    new = "擅自拆除路灯的，处三日以下拘留；情节严重的，处十日以上十五日以下拘留。"
    assert _found(old, new) == ["罚期 改写 五日 → 三日、十五日"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("处五万元以下罚款。", "处五万元以下罚款；对个人处一万元以下罚款。", "罚款 +一万元"),
        ("处警告；情节严重的，处拘留，并处一千元以下罚款。", "处警告。", "罚款 -一千元"),
        ("处五日以下拘留；情节严重的，处十五日以下拘留。", "处五日以下拘留。", "罚期 -十五日"),
    ],
)  # fmt: skip
def test_amounts_of_penalties_that_only_came_or_went_are_named(
    old: str, new: str, told: str
) -> None:
    both = redline(f"擅自拆除路灯的，{old}", f"擅自拆除路灯的，{new}")
    named = [one for one in find_effects(both) if one.is_rewritten]
    assert [f"{one.kind.label} {one.change}" for one in named] == [told]
    assert not any(one.is_rewritten for one in find_effects(both, single=False))


def test_a_penalty_for_a_degree_of_an_act_is_one_for_that_act() -> None:
    old = "擅自拆除路灯的，处五日以上十日以下拘留，可以并处一千元以下罚款。"
    new = old[:-1] + "；情节较轻的，处警告或者五百元以下罚款。"
    assert "处罚 +警告" in _found(old, new)
    assert "处罚 -警告" in _found(new, old)
    other = "悬挂广告、私拉电线的，限期清除。情节较轻的，处警告或者五百元以下罚款。"
    assert "处罚 +警告" not in _found(old, other)


def test_how_two_penalties_are_joined_is_told() -> None:
    old = "擅自拆除路灯的，处五日以上十日以下拘留，可以并处一千元以下罚款。"
    new = "擅自拆除路灯的，处五日以上十日以下拘留或者一千元以下罚款。"
    assert _found(old, new) == ["处罚 可以并处→或者"]
    assert _found(new, old) == ["处罚 或者→可以并处"]
    assert _found("应当巡查，可以并处理故障。", "应当巡查或者处理故障。") == []


def test_who_explains_a_regulation_is_a_body() -> None:
    old = "本办法由市公安局负责解释。"
    assert _found(old, "本办法由市城乡建设局负责解释。") == ["机关 市公安局→市城乡建设局"]


def _key(row: list[object]) -> tuple[object, ...]:
    return tuple(row[:6])


def test_of_the_labelled_effects_at_least_nineteen_in_twenty_are_right() -> None:
    assert len(SAMPLE) >= 200
    assert sum(row[6] for row in SAMPLE) >= 0.95 * len(SAMPLE)


@pytest.mark.skipif(not (SHARED / "pairs").exists(), reason="needs the pairs in ../shared")
def test_the_labelled_effects_are_what_is_found_in_the_pairs() -> None:
    found: Counter[tuple[object, ...]] = Counter()
    for folder in sorted((SHARED / "pairs").iterdir()):
        if not (folder / "new.raw.txt").exists():
            continue
        old, new = (
            read_source((folder / f"{side}.raw.txt").read_bytes(), name=side).law
            for side in ("old", "new")
        )
        for change in compare(old, new).changes:
            for one in change.effects:
                if one.is_rewritten:
                    continue  # names amounts and pairs none; tested below
                words = (None, None) if one.subject else (one.old, one.new)
                place = str(change.new[0].address)
                found[folder.name, place, one.kind.value, *words, one.subject] += 1
    labelled = [row for row in SAMPLE if "→" not in row[0]]
    right = Counter(_key(row) for row in labelled if row[6])
    wrong = Counter(_key(row) for row in labelled if not row[6])
    again = (found & right).total()
    new_ones = (found - right - wrong).total()
    assert again >= 0.95 * right.total(), sorted(map(str, right - found))
    assert again >= 0.95 * (again + (found & wrong).total() + new_ones), sorted(
        map(str, found - right - wrong)
    )


def test_every_class_has_a_label() -> None:
    assert len({kind.label for kind in EffectKind}) == len(EffectKind)


def test_fines_that_were_rewritten_are_named_without_a_pair() -> None:
    old = "经营者违反本法规定实施集中的，由执法机构责令停止，可以处五十万元以下的罚款。"
    new = (
        "经营者违反本法规定实施集中，且具有排除竞争效果的，由执法机构责令停止，"
        "处上一年度销售额百分之十以下的罚款；不具有排除竞争效果的，处五百万元以下的罚款。"
    )
    shown = [one.change for one in find_effects(redline(old, new)) if one.is_rewritten]
    assert shown == ["改写 五十万元 → 百分之十、五百万元"]


def test_a_fine_that_got_further_tiers_is_no_pair() -> None:
    old = "未经许可经营的，处三万元以上十万元以下罚款。"
    new = "未经许可经营的，处一万元以上三万元以下罚款；情节严重的，处三万元以上十万元以下罚款。"
    assert not any("→" in words for words in _found(old, new))


@pytest.mark.skipif(not (SHARED / "pairs").exists(), reason="needs the pairs in ../shared")
def test_each_amount_of_a_rewritten_fine_stands_on_its_side_only() -> None:
    seen = 0
    for folder in sorted((SHARED / "pairs").glob("反*")):
        old, new = (
            read_source((folder / f"{side}.raw.txt").read_bytes(), name=side).law
            for side in ("old", "new")
        )
        for change in compare(old, new).changes:
            before, after = old_text(change.redline), new_text(change.redline)
            for one in (one for one in change.effects if one.is_rewritten):
                seen += 1
                assert one.old_triggers or one.new_triggers
                assert all(before[t.start : t.end] == t.text for t in one.old_triggers)
                assert all(after[t.start : t.end] == t.text for t in one.new_triggers)
    assert seen
