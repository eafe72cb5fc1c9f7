"""Each way of making a link is one that the schema of tracker-diff/1 allows, and no other is."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import tracker.diff
import tracker.render
from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.align.passes import PASSES, align, by_place
from tracker.diff.changes import compare
from tracker.diff.sides import take_apart

LINKING = ("passes.py", "splits.py")  # the modules that make links


def _names_in_code() -> set[str]:
    """The names given to links: the only lower-case words that these modules hand to calls."""
    names = set()
    for name in LINKING:
        path = Path(tracker.diff.__path__[0]) / "align" / name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                names |= {
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and re.fullmatch(r"[a-z]+(-[a-z]+)*", argument.value)
                }
    return names


def _allowed(node: object) -> list[str]:
    if isinstance(node, dict):
        if "enum" in node.get("matched_by", {}):
            return list(node["matched_by"]["enum"])
        return next((found for value in node.values() if (found := _allowed(value))), [])
    return []


def test_the_schema_knows_every_way_of_making_a_link_and_no_other() -> None:
    schema = Path(tracker.render.__path__[0]) / "schema" / "tracker-diff-1.json"
    allowed = _allowed(json.loads(schema.read_text(encoding="utf-8")))
    assert _names_in_code() - {"override-does-not-fit"} | {""} == set(allowed)


CARE = "本市对老人、儿童、孕妇夜间出行的安全给予特别照顾，方便老人、儿童、孕妇往来，为其安装路灯。"
RIGHTS = "本市依法保障居民平等享有夜间照明的权利，对妇女、残疾人和上夜班的职工给予特别照顾。"
SEIZED = "依照本条例收缴的灯具，由区照明主管部门或者其授权的单位按照规定处理。"
DISPOSED = (
    "照明主管部门和其他负有安全职责的机构应当按照有关规定妥善处置没收的电缆，"
    "具体办法由市人民政府制定。"
)
PENALTIES = tuple(
    f"{offence}，{more}，构成犯罪的，依法追究刑事责任；尚不构成犯罪的，由区照明主管部门{sanction}。"
    for offence, more, sanction in (
        (
            "伪造路灯养护证书",
            "骗取养护费用或者财政补贴，数额较大",
            "追回已经拨付的费用，三年内不再委托",
        ),
        (
            "盗窃路灯电缆、灯具",
            "致使整条道路熄灯，影响行人和车辆通行",
            "给予警告，没收赃物，责令赔偿",
        ),
        (
            "瞒报灯杆倒塌事故",
            "贻误抢修，致人受伤或者毁坏他人车辆",
            "通报批评，取消其承接养护工程的资格",
        ),
    )
)
CATCH_ALL = "违反本条例规定，构成犯罪的，依法追究刑事责任。"


def _links(old: list[str], new: list[str]) -> dict[str, list[str]]:
    return {
        str(change.old[0].address): [str(one.address) for one in change.new]
        for change in compare(numbered(old), numbered(new)).changes
        if change.old and change.new
    }


def test_what_is_left_between_the_same_neighbours_and_nowhere_else_is_one_article() -> None:
    old, new = ([*LAMPS[:4], one, *LAMPS[4:]] for one in (CARE, RIGHTS))
    assert _links(old, new)["art_5"] == ["art_5"]
    sides = take_apart(numbered(old)), take_apart(numbered(new))
    (link,) = (one for one in align(*sides).links if one.old == 4)
    assert (link.new, link.matched_by) == (4, "content-and-order")
    assert link.confidence <= 0.5
    assert PASSES[-1] is by_place


def test_the_only_one_left_between_two_pairs_needs_few_words_in_common() -> None:
    old, new = ([*LAMPS[:4], one, *LAMPS[4:]] for one in (SEIZED, DISPOSED))
    assert _links(old, new)["art_5"] == ["art_5"]
    elsewhere = [*LAMPS[:6], DISPOSED, *LAMPS[6:]]
    assert "art_5" not in _links(old, elsewhere)


def test_what_is_left_and_has_hardly_a_word_in_common_stays_apart() -> None:
    old, new = ([*LAMPS[:4], one, *LAMPS[4:]] for one in (CARE, NEW_ONE))
    assert "art_5" not in _links(old, new)


def test_an_article_on_all_crimes_is_not_any_one_penalty() -> None:
    old = [*LAMPS[:-1], *PENALTIES, LAMPS[-1]]
    new = [*LAMPS[:-1], CATCH_ALL, LAMPS[-1]]
    assert not {"art_15", "art_16", "art_17"} & set(_links(old, new))
