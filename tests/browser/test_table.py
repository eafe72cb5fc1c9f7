"""The comparison table that a comparison page saves: both texts, word for word, nothing hostile."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import EXAMPLE, LAW
from tracker.law.model import Law
from tracker.parse import canonical
from tracker.parse.reading import read_source


class _Table(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(" ".join([tag, *(name for name, _ in attrs)]))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] += data


def _saved(tab: Any, path: str) -> _Table:
    tab.go(path)
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="新旧条文对照表").click()
    assert tab.said == []
    assert download.value.suggested_filename.endswith("对照表.html")
    return _Table(Path(download.value.path()).read_text(encoding="utf-8"))


def _law(stage: str) -> Law:
    path = next(EXAMPLE.glob(f"*-{stage}.txt"))
    return read_source(path.read_bytes(), name=path.name).law


def _compact(text: str) -> str:
    return re.sub(r"\s|【[^】]*】", "", text)  # captions of a merger stand together


@pytest.mark.parametrize(
    ("old", "new"), [("draft", "enacted"), ("consultation_draft", "second_reading")]
)
def test_the_saved_table_has_every_article_of_both_texts(
    site: Path, open_tab: Any, old: str, new: str
) -> None:
    compared = (site / "laws" / LAW / "compare").iterdir()
    slug = next(p.name for p in compared if re.fullmatch(f".*-{old}--.*-{new}", p.name))
    table = _saved(open_tab(), f"laws/{LAW}/compare/{slug}/")
    assert table.elements <= {
        "html lang", "head", "meta charset", "title", "style", "body", "h1", "p", "table border",
        "thead", "tbody", "tr", "th width", "td", "b", "u", "span style",
    }  # fmt: skip
    for side, stage in enumerate((old, new)):
        column = _compact("".join(row[side] for row in table.rows[1:]))
        for article in _law(stage).articles():
            words = canonical.heading_line(article) + canonical.body(article)
            assert _compact(words) in column
    downwards = [re.match("第.{1,4}条", row[1].lstrip()) for row in table.rows]
    assert len([one for one in downwards if one]) > 30
    assert ["第一章　总则", "第一章　总则", ""] in table.rows


def test_what_moved_inside_an_article_is_saved_without_the_notes_of_the_page(
    site: Path, open_tab: Any
) -> None:
    slug = next(p.name for p in (site / "laws" / LAW / "compare").iterdir())
    tab = open_tab()
    tab.go(f"laws/{LAW}/compare/{slug}/")
    tab.page.evaluate(
        """document.querySelector('.tracker-columns del').textContent =
             '〔移至后文 1：依照〔2020〕1号〕，并〔移至前文：处罚〕'"""
    )
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="新旧条文对照表").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert ">依照〔2020〕1号，并处罚<" in saved


def test_a_hostile_comparison_saves_words_only(site: Path, open_tab: Any) -> None:
    slug = "2021-01-01-draft--2021-02-01-second_reading"
    table = _saved(open_tab(), f"laws/hostile/compare/{slug}/")
    assert not {name for name in table.elements if "on" in name or name.startswith(("a", "s t"))}
    assert {name.split()[0] for name in table.elements} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "table", "thead", "tbody",
        "tr", "th", "td", "b", "u", "span",
    }  # fmt: skip
