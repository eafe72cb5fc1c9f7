"""Pages of a 方案 speak of its points, and links keep apart what has one number twice."""

from __future__ import annotations

import re

from tests.site.reading import read_html
from tests.site.test_pages import made_up
from tracker.diff.changes import compare
from tracker.parse import canonical
from tracker.render.pages.change import is_quiet
from tracker.render.pages.comparison import comparison_page
from tracker.render.pages.provisions import provisions_page
from tracker.render.pages.story import Comparison, Story
from tracker.site.law_pages import pages
from tracker.store.history import concordance
from tracker.store.model import LawRecord

PLAN = (
    "某市路灯建设方案\n\n一、总体要求\n\n（一）目标。三年内更换全部路灯。\n\n（二）原则。节约用电。\n\n"
    "二、重点任务\n\n（一）更换灯具。每年更换一千盏。\n\n（二）整治灯杆。每年检测一次。\n"
)
WORDS = re.compile("条(?!例|件)")


def _story(before: str, after: str) -> Story:
    old, new = made_up(canonical.read(before), 1), made_up(canonical.read(after), 2)
    comparison = Comparison(old, new, compare(old.law, new.law))
    rows = concordance((old, new), changes=[comparison.changes])
    return Story(LawRecord(law_id="x", title=old.law.title), (old, new), (comparison,), rows)


def test_no_page_of_a_plan_speaks_of_its_points_as_articles() -> None:
    after = PLAN.replace("一千盏", "两千盏").replace("\n\n（二）原则。节约用电。", "")
    after = after.replace("（二）整治", "（二）信息化。装设终端。\n\n（三）整治")
    story = _story(PLAN, after)
    made = list(pages(story))
    assert len(made) > 5
    for page in made:
        seen = read_html(page.body)
        assert not WORDS.search(f"{page.title} {seen.text}"), page.path
        labels = re.findall(r'(?:aria-label|title)="([^"]*)"', page.body)
        assert not any(WORDS.search(label) for label in labels), page.path


def test_each_of_two_articles_of_one_number_is_led_to_by_its_own_link() -> None:
    law = "示例条例\n\n第一条　甲。\n\n第二条　乙方应当每年报告。\n\n第二条　丙方可以申请复核。\n"
    story = _story(law, law.replace("可以申请", "可以依法申请"))
    (comparison,) = story.comparisons
    (change,) = [c for c in comparison.changes.changes if not is_quiet(c)]
    assert change.new[0].provision.children[0].text.startswith("丙方")
    new = comparison.new.version_id
    links = read_html(comparison_page(story, comparison).body).links
    assert f"../../../x/{new}/#art-2--2" in links
    assert f"../../{comparison.path}/#new-art-2--2" in read_html(provisions_page(story).body).links
