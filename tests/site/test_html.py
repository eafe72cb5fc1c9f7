"""One escape function: outside text shows as it is and does nothing."""

from __future__ import annotations

import json
import unicodedata

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site.hostile import PAYLOADS
from tests.site.reading import read_html
from tracker.render.pages.html import (
    Html,
    Page,
    escape,
    inert_title,
    tag,
    web_link,
)

VISIBLE = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn"), include_characters="\n\t"
    )
)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(VISIBLE)
def test_a_browser_reads_back_every_visible_character(text: str) -> None:
    seen = read_html(tag("p", escape(text), title=text))
    assert seen.text == text
    assert seen.elements == {"p": 1}
    assert seen.attributes == {"title": 1}


@settings(derandomize=True, max_examples=200, deadline=None)
@given(VISIBLE)
def test_markdown_passes_a_page_by(text: str) -> None:
    page = Page("a", "题", tag("div", tag("p", escape(text)), tag("p", escape("末"))))
    source = page.source().split("---\n", 2)[2]
    made = markdown.markdown(source, extensions=["tables", "toc", "attr_list", "fenced_code"])
    assert read_html(made).text.strip("\n") == f"{text}末".strip("\n")
    assert read_html(made).elements == {"div": 1, "p": 2}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_string_adds_no_element_and_no_attribute(payload: str) -> None:
    seen = read_html(tag("div", tag("p", escape(payload), title=payload, class_="x")))
    assert seen.elements == {"div": 1, "p": 1}
    assert set(seen.attributes) == {"title", "class"}
    assert seen.open == 0


def test_what_cannot_be_seen_is_shown_by_its_code() -> None:
    seen = read_html(escape("甲\u202e乙\u200b\x00\ud800\ufffe丙"))
    assert seen.text == "甲⟦U+202E⟧乙⟦U+200B⟧⟦U+0000⟧⟦U+D800⟧⟦U+FFFE⟧丙"


def test_plain_text_is_refused_as_a_child() -> None:
    with pytest.raises(TypeError):
        tag("p", "未转义")  # type: ignore[arg-type]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_title_holds_nothing_that_the_theme_would_have_to_escape(payload: str) -> None:
    title = inert_title(payload)
    assert not set(title) & set("<>&\"'`*_[]{}#|\\!$%:/\n\t")
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in title)
    front = Page("a", payload, Html("<div></div>")).source().splitlines()[1]
    assert json.loads(front.removeprefix("title: ")) == title


def test_a_common_title_stays_as_it_is() -> None:
    title = "深圳市数字经济产业创新发展实施方案（2021—2023年） 印发（2020-12-25）"
    assert inert_title(title) == title


@pytest.mark.parametrize(
    "address", ["javascript:x()", "data:text/html,x", "//e.invalid", "ftp://e"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert read_html(web_link(address)).elements == {}
    assert read_html(web_link("https://e.invalid/x")).links == ["https://e.invalid/x"]
