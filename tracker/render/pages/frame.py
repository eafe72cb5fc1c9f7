"""What every page has around its content: the path to it, the banner, the title.

Floor 4. An invented law carries a banner on each of its pages, besides the mark in its title.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.render.pages.html import EMPTY, Html, element, escape, tag
from tracker.render.pages.story import Story
from tracker.render.pages.words import dated, spoken, stage_name, version_words
from tracker.store.model import Version

__all__ = ["cited", "corrected_note", "facts", "folded", "frame", "head", "to"]

_INVENTED = "虚构法规，仅作演示。本页法规、条文和日期均为虚构，不是任何机关制定的法律文件。"


def to(origin: str, target: str, fragment: str = "") -> str:
    """The link from one page to another, both given as folders under ``laws/``.

    >>> to("a/v1", "a/compare/v1--v2", "new-art-3")
    '../../a/compare/v1--v2/#new-art-3'
    >>> to("", "a")
    'a/'
    """
    up = "../" * (len(origin.split("/")) if origin else 0)
    down = f"{target}/" if target else ""
    return f"{up}{down}" + (f"#{fragment}" if fragment else "") or "./"


def cited(version: Version) -> str:
    """A version as a quotation names it: 征求意见稿，2023-06-05."""
    return f"{stage_name(version)}，{dated(version)}"


def corrected_note(story: Story, version: Version, path: str, subject: str) -> Html:
    """That a version was corrected, with the way to what stands now; empty where it was not."""
    if story.correction(version) is None:
        return EMPTY
    now = story.standing(version)
    words = version_words(now)
    if words == version_words(version):
        words = f"{words} {now.version_id}"
    link = tag("a", escape(words), href=to(path, story.path(now)))
    said = [escape(f"{subject}已由 "), link, escape(" 更正；本页只为旧链接保留，不计入立法进程。")]
    return tag("p", *said, class_="tracker-older tracker-corrected", role="note")


def frame(
    story: Story, path: str, kind: str, *content: Html,
    cited: str | None = None, cited_old: str | None = None,
) -> Html:  # fmt: skip
    """The one element that holds a page, with the way back and the banner of an invented law.

    `cited` is the version that the page quotes, `cited_old` the one it compares it with.
    """
    parts = [_way(story, path)]
    if story.record.fictional:
        banner = tag("strong", escape("虚构"), class_="tracker-stamp")
        words = tag("span", escape(_INVENTED))
        parts.append(tag("aside", banner, words, class_="tracker-banner", data_search_exclude="1"))
    return tag("div", *parts, *content, class_=f"tracker tracker-{kind}", lang="zh-CN",
               data_title=story.title, data_cited=cited, data_cited_old=cited_old)  # fmt: skip


def _way(story: Story, path: str) -> Html:
    steps = [tag("li", tag("a", escape("法规"), href=to(path, "")))]
    if path != story.path():
        link = tag("a", escape(story.title), href=to(path, story.path()))
        steps.append(tag("li", link))
    if path.startswith(f"{story.provisions}/"):
        link = tag("a", escape(spoken("逐条历程", story.outline)), href=to(path, story.provisions))
        steps.append(tag("li", link))
    steps = [tag("ol", *steps)]
    return tag("nav", *steps, class_="tracker-way", aria_label="位置", data_search_exclude="1")


def head(title: str, above: Html, *below: Html, beside: Html = EMPTY) -> Html:
    """The head of a page: a line above the title (stage, dates), what stands `beside` its words (a
    caption), and what follows it."""
    line = tag("p", above, class_="tracker-above") if above else EMPTY
    name = tag("h1", escape(title), beside)
    return tag("header", line, name, *below, class_="tracker-head", data_search_exclude="1")


_FACT: Final = element("div")
_NAME: Final = element("dt")
_VALUE: Final = element("dd")
_FOLD: Final = element("summary")


def facts(entries: Sequence[tuple[str, Html]]) -> Html:
    """A list of facts: name and value."""
    rows = [_FACT(_NAME(escape(name)), _VALUE(value)) for name, value in entries]
    return tag("dl", *rows, class_="tracker-facts") if rows else EMPTY


def folded(summary: Html, *content: Html, name: str | None = None, opened: bool = False) -> Html:
    """Content that is closed until asked for."""
    return tag("details", _FOLD(summary), *content, class_="tracker-fold", id=name, open=opened)
