"""The page of a version: its text with anchors, where it comes from, what reading it met.

Floor 4. The text stands first; the record of its making (source, hashes, rewrites, dropped lines,
problems) follows it, and is kept out of the search.
"""

from __future__ import annotations

from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.parse.document import Ledger
from tracker.render.pages_frame import facts, folded, frame, head, to
from tracker.render.pages_html import EMPTY, Html, Page, escape, join, tag, web_link
from tracker.render.pages_story import Story, source_file
from tracker.render.pages_text import contents, law_text
from tracker.render.pages_words import named_dates, on, version_words
from tracker.store.model import Version

__all__ = ["version_page"]

_DROPPED: Final = {
    "contents": "目录", "furniture": "网页界面文字", "news": "新闻导语", "form": "表单",
    "bookmark": "书签", "blank": "空白",
}  # fmt: skip


def version_page(story: Story, version: Version) -> Page:
    """The page of one version. Only the latest one is indexed by the search."""
    path = story.path(version)
    text = tag("div", _front(version), law_text(version.law), class_="tracker-text")
    listing = contents(version.law)
    layout = [text]
    if listing:
        fold = tag("details", tag("summary", escape("目录")), listing, open=True)
        nav = tag(
            "nav", fold, class_="tracker-contents", aria_label="目录", data_search_exclude="1"
        )
        layout = [nav, text]
    title = f"{story.title} {version_words(version)}"
    body = frame(
        story,
        path,
        "version",
        _head(story, version, path),
        tag("div", *layout, class_="tracker-layout" if listing else "tracker-layout-plain"),
        _record(version),
    )
    return Page(path, title, body, indexed=version is story.latest)


def _head(story: Story, version: Version, path: str) -> Html:
    stage = tag("span", escape(version.stage.label), class_="tracker-stage")
    dates = [tag("span", escape(f"{name} "), on(day)) for name, day in named_dates(version.dates)]
    if not dates:
        dates = [on(None)]
    links = [
        tag("a", escape("纯文本"), href="text.txt", download=True),
        tag("a", escape("来源文件"), href=source_file(version), download=True),
        tag("a", escape("元数据"), href="meta.json", download=True),
    ]
    downloads = tag("p", escape("下载："), join(links, escape(" · ")), class_="tracker-downloads")
    older = _neighbours(story, version, path)
    notes = []
    if version is not story.latest:
        link = tag(
            "a", escape(version_words(story.latest)), href=to(path, story.path(story.latest))
        )
        notes.append(tag("p", escape("这不是最新版本。最新："), link, class_="tracker-older"))
    if version.corrects:
        notes.append(tag("p", escape(f"本版本更正 {version.corrects}。"), class_="tracker-older"))
    above = join([stage, *dates], escape(" "))
    return head(story.title, above, *notes, older, downloads, _alerts(version))


def _neighbours(story: Story, version: Version, path: str) -> Html:
    links = []
    before, after = story.before(version), story.after(version)
    pairs = (("与上一稿比较", before, before, version), ("与下一稿比较", after, version, after))
    for words, other, old, new in pairs:
        if other is None or old is None or new is None:
            continue
        comparison = story.comparison(old, new)
        if comparison is not None:
            name = tag("small", escape(version_words(other)))
            links.append(
                tag(
                    "a",
                    escape(words),
                    name,
                    href=to(path, comparison.path),
                    class_="tracker-button",
                )
            )
    return tag("p", *links, class_="tracker-buttons") if links else EMPTY


def _alerts(version: Version) -> Html:
    if not version.problems:
        return EMPTY
    counts = [
        f"{severity.label} {n} 项"
        for severity in Severity
        if (n := sum(p.severity is severity for p in version.problems))
    ]
    link = tag("a", escape("、".join(counts)), href="#problems")
    return tag("p", escape("识别本文时有"), link, escape("。"), class_="tracker-alerts")


def _front(version: Version) -> Html:
    law = version.law
    lines = [tag("p", escape(law.title), class_="tracker-title")]
    for line in (law.stage_line, law.enactment_note):
        if line:
            lines.append(tag("p", escape(line), class_="tracker-subtitle"))
    return join(lines)


def _record(version: Version) -> Html:
    """Everything about how the text came here. Kept out of the search."""
    parts = [_problems(version.problems), _attached(version), _source(version)]
    parts.append(_ledger(version.ledger))
    return tag("aside", *parts, class_="tracker-record", data_search_exclude="1")


def _problems(problems: tuple[Problem, ...]) -> Html:
    if not problems:
        return EMPTY
    order = list(Severity)
    items = []
    for problem in sorted(problems, key=lambda p: order.index(p.severity)):
        where = problem.citation or (f"来源第 {problem.line} 行" if problem.line else "")
        parts = [
            tag("span", escape(problem.severity.label), class_=f"tracker-{problem.severity}"),
            tag("b", escape(where)) if where else EMPTY,
            tag("span", escape(problem.message)),
        ]
        if problem.quote:
            parts.append(tag("q", escape(problem.quote)))
        if problem.hint:
            parts.append(tag("small", escape(problem.hint)))
        items.append(tag("li", *parts))
    title = tag("h2", escape("识别中发现的问题"), id="problems")
    return tag("section", title, tag("ul", *items, class_="tracker-problems"))


def _attached(version: Version) -> Html:
    parts = []
    if version.note is not None:
        parts.append(folded(escape("说明"), _plain(version.note), name="note"))
    if version.notice is not None:
        entries = [
            ("公告机关", escape(version.notice.publisher or "")),
            ("意见寄往", escape(version.notice.address or "")),
        ]
        known = facts([entry for entry in entries if entry[1]])
        text = _plain(version.notice.text)
        parts.append(folded(escape("征求意见公告"), known, text, name="notice"))
    if not parts:
        return EMPTY
    return tag("section", tag("h2", escape("随附文件"), id="attached"), *parts)


def _plain(text: str) -> Html:
    lines = [tag("p", escape(line)) for line in text.split("\n") if line.strip()]
    return tag("div", *lines, class_="tracker-plain")


def _code(text: str) -> Html:
    return tag("code", escape(text))


def _source(version: Version) -> Html:
    published = web_link(version.source_url) if version.source_url else escape("未提供")
    entries = [
        ("文件名", escape(version.source_name)),
        ("发布于", published),
        ("识别为", escape(version.source_format)),
        ("大小", escape(f"{version.source_size:,} 字节".replace(",", " "))),
        ("来源 SHA-256", _code(version.source_sha256)),
        ("正文 SHA-256", _code(version.canonical_sha256)),
        ("版本标识", _code(version.name)),
    ]
    if version.issuing_body:
        entries.insert(0, ("制定机关", escape(version.issuing_body)))
    title = tag("h2", escape("来源"), id="source")
    return tag("section", title, facts(entries))


def _ledger(ledger: Ledger) -> Html:
    if not ledger.rewrites and not ledger.dropped:
        return EMPTY
    parts = [tag("h2", escape("处理记录"), id="ledger")]
    if ledger.rewrites:
        total = sum(count for _, count in ledger.rewrites)
        rows = [
            tag("tr", tag("td", _code(rule)), tag("td", escape(str(count))))
            for rule, count in ledger.rewrites
        ]
        top = tag("tr", *(tag("th", escape(x), scope="col") for x in ("规则", "次数")))
        table = tag("table", tag("thead", top), tag("tbody", *rows), class_="tracker-table")
        parts.append(folded(escape(f"规范化改写 {total} 处"), table, name="rewrites"))
    if ledger.dropped:
        items = [
            tag(
                "li",
                tag("span", escape(f"第 {d.place.line} 行"), class_="tracker-place"),
                tag("span", escape(_DROPPED.get(d.reason, d.reason)), class_="tracker-reason"),
                tag("span", escape(d.text)),
            )
            for d in ledger.dropped
        ]
        listing = tag("ul", *items, class_="tracker-dropped")
        words = escape(f"未收入正文的文字 {len(items)} 处")
        parts.append(folded(words, listing, name="dropped"))
    return tag("section", *parts)
