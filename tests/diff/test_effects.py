"""Effects: a slot filled anew is found with its words, and nothing is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.diff.effect_rules import find_effects
from tracker.diff.effects import EffectKind
from tracker.diff.model import new_text, old_text
from tracker.diff.redline import redline

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


def test_every_class_has_a_label() -> None:
    assert len({kind.label for kind in EffectKind}) == len(EffectKind)
