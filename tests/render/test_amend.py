"""A published article against what the act makes of it: the words shown as different."""

from __future__ import annotations

from tests.amend.laws import act, after, base
from tracker.amend.reconcile import Reconciled, reconcile
from tracker.diff.model import Op
from tracker.parse.canonical import read, write
from tracker.render.amend import difference
from tracker.render.json.amend import reconciled_data

LINES = (
    "一、将第四条修改为：“依照第二条，三十日内处五万元罚款。”",
    "二、增加一条，作为第五条：“甲。”",
    "此外，对条文顺序和个别文字作相应调整。",
)


def reconciled() -> Reconciled:
    published = write(after(*LINES).law)
    for old, new in (("第二条，三十日", "第三条，三十天"), ("五万元", "十五万元")):
        assert old in published
        published = published.replace(old, new)
    return reconcile(base(), act(*LINES), read(published))


def test_amounts_dates_and_citations_are_not_cut() -> None:
    (one,) = (a for a in reconciled().articles if str(a.number) == "4")
    changed = {op: [t for kind, t in difference(one) if kind is op] for op in Op}
    assert changed[Op.DELETE] == ["第二条", "三十日", "五万元"]
    assert changed[Op.INSERT] == ["第三条", "三十天", "十五万元"]


def test_the_pieces_of_json_rebuild_both_sides() -> None:
    data = reconciled_data(reconciled())
    assert any(article["pieces"] for article in data["articles"])
    for article in data["articles"]:
        if article["pieces"]:
            ours = "".join(t for kind, t in article["pieces"] if kind != "published")
            theirs = "".join(t for kind, t in article["pieces"] if kind != "outcome")
            assert (ours, theirs) == (article["outcome"], article["published"])


def test_an_article_that_one_side_lacks_is_shown_whole() -> None:
    lines = ("一、删去第六条。",)
    found = reconcile(base(), act(*lines), base())
    (one,) = (a for a in found.articles if str(a.number) == "6")
    assert difference(one) == ((Op.INSERT, one.published),)
