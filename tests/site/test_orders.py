"""Whatever order the stages of a law arrive in, its pages are the same."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.conftest import arrival
from tracker.law.model import Stage
from tracker.site.law_pages import pages
from tracker.site.story import gather, pairs
from tracker.store.versions import Store

STAGES = (
    (Stage.DRAFT, "2021-01-01"), (Stage.CONSULTATION_DRAFT, "2021-02-01"),
    (Stage.FIRST_READING, "2021-03-01"), (Stage.SECOND_READING, "2021-04-01"),
    (Stage.ENACTED, "2021-05-01"), (Stage.AMENDED, "2022-05-01"),
)  # fmt: skip


def stage(place: int):
    """One of six stages: an article more or less, and other words in some."""
    how = ("统一", "分别")
    texts = [
        f"第{k}项工作由市人民政府{how[k % (place + 2) > 0]}实施，每年公布{k + place * (k % 3)}次。"
        for k in range(1, 6 + place % 3)
    ]
    return arrival(*STAGES[place], *texts)


def built(folder: Path, order: tuple[int, ...]) -> tuple[dict[str, str], tuple]:
    """The pages of the law when its stages came in this order, but those under former names; and
    its versions."""
    folder.mkdir()
    with Store.create(folder) as store:
        for place in order:
            store.save(stage(place))
        story = gather(store, "shili-data")
    ids = {row.id for row in story.rows}
    return {
        page.path: page.source()
        for page in pages(story)
        # a provision keeps its page under each name that it had on the way, as its feed does
        if not page.path.startswith(f"{story.provisions}/") or page.path.rpartition("/")[2] in ids
    }, story.versions


@pytest.mark.parametrize(
    "order", [(5, 4, 3, 2, 1, 0), (2, 0, 5, 1, 4, 3), (4, 5, 0, 3, 2, 1), (1, 3, 5, 0, 2, 4)]
)
def test_pages_do_not_tell_the_order_of_arrival(tmp_path, order):
    first, _ = built(tmp_path / "first", (0, 1, 2, 3, 4, 5))
    assert built(tmp_path / "other", order)[0] == first


def test_the_pairs_that_have_a_page_are_the_same_in_all_720_orders(tmp_path):
    _, versions = built(tmp_path / "one", (0, 1, 2, 3, 4, 5))
    wanted = [(old.version_id, new.version_id) for old, new in pairs(versions)]
    for order in itertools.permutations(range(1, 7)):
        arrived = [replace(v, ingest_seq=n) for v, n in zip(versions, order, strict=True)]
        found = [(old.version_id, new.version_id) for old, new in pairs(arrived)]
        assert found == wanted
