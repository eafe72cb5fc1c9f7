"""A sentence that went to another article and was reworded there makes it a part."""

from __future__ import annotations

from tests.diff.laws import LAMPS, numbered
from tracker.diff.changes import compare
from tracker.diff.model import Change, Kind

Texts = list[str | tuple[str, ...]]
WORN = "养护单位对破损、倾斜的灯杆，应当在接到报告后三日内修复或者更换，并设置警示标志。"
REWORDED = "灯杆破损、倾斜的，养护单位应当自接到报告之日起五日内予以修复、更换，设置明显标志。"
OTHER = "养护单位应当每年向社会公布巡查计划和经费使用情况，听取居民的意见。"


def _joined(old: Texts, new: Texts) -> list[Change]:
    changes = compare(numbered(old), numbered(new)).changes
    return [change for change in changes if len(change.links) > 1]


def _numbers(change: Change) -> tuple[list[str], list[str]]:
    old, new = ([str(one.provision.number) for one in side] for side in (change.old, change.new))
    return old, new


def test_a_reworded_sentence_in_a_new_article_makes_a_split() -> None:
    old: Texts = [*LAMPS[:5], (LAMPS[5], WORN), *LAMPS[6:]]
    new: Texts = [*LAMPS[:6], (REWORDED, OTHER), *LAMPS[6:]]
    (split,) = _joined(old, new)
    assert Kind.SPLIT in split.kinds
    assert _numbers(split) == (["6"], ["6", "7"])


def test_read_backwards_it_is_a_merger() -> None:
    old: Texts = [*LAMPS[:6], (REWORDED, OTHER), *LAMPS[6:]]
    new: Texts = [*LAMPS[:5], (LAMPS[5], WORN), *LAMPS[6:]]
    (merged,) = _joined(old, new)
    assert Kind.MERGED in merged.kinds
    assert _numbers(merged) == (["6", "7"], ["6"])


def test_a_sentence_that_stayed_makes_no_part_of_an_article_like_it() -> None:
    old: Texts = [*LAMPS[:5], (LAMPS[5], WORN), *LAMPS[6:]]
    new: Texts = [*LAMPS[:5], (LAMPS[5], WORN), (REWORDED, OTHER), *LAMPS[6:]]
    assert not _joined(old, new)
