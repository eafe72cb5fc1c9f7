"""The record of a version: problems, 说明 and notice, source and hashes, rewrites, dropped lines.

Floor 4, the lower part of the page of a version. None of it is indexed by the search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tracker.law.model import Stage
from tracker.law.problems import Problem, Severity
from tracker.parse.document import Ledger, Tracked
from tracker.parse.labels import REASONS, RULE_LABELS
from tracker.render.findings import count
from tracker.render.pages.frame import facts, folded
from tracker.render.pages.html import EMPTY, Html, escape, tag, web_link
from tracker.store.model import Version

__all__ = ["counted", "problem_list", "record"]

_FORMATS: Final = {
    "text": "纯文本",
    "html": "网页",
    "markdown": "Markdown",
    "questionnaire": "网上问卷",
    "bookmarks": "带书签的纯文本",
    "pdf": "PDF",
    "word": "Word 文件",
}

_VIEWS: Final = {Tracked.FINAL: "修订后的文本", Tracked.ORIGINAL: "修订前的文本"}


def record(version: Version, findings: tuple[Problem, ...] = ()) -> Html:
    """Everything about how the text came here, and what the check found in it.

    `findings` are those that are not among the problems of the version. Kept out of the search.
    """
    parts = [_problems(version.problems, findings), _attached(version), _source(version)]
    parts.append(_ledger(version.ledger))
    return tag("aside", *parts, class_="tracker-record", data_search_exclude="1")


def counted(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity, worst first: 错误 1 项、警告 2 项."""
    counts = ((severity, count(problems, severity)) for severity in Severity)
    return "、".join(f"{severity.label} {number} 项" for severity, number in counts if number)


def _problems(met: tuple[Problem, ...], found: tuple[Problem, ...]) -> Html:
    if not met and not found:
        return EMPTY
    parts = [tag("h2", escape("识别和检查中发现的问题"), id="problems")]
    if met:
        lead = escape("读来源时遇到的，收录时记下：")
        parts += [tag("p", lead, class_="tracker-lead"), problem_list(met)]
    if found:
        words = escape(f"检查发现：{counted(found)}")
        lead = tag(
            "p",
            escape("检查由程序按固定规则进行，有上一稿的与上一稿对照；结果供参考，不改动文本。"),
            class_="tracker-lead",
        )
        parts.append(folded(words, lead, problem_list(found), name="findings"))
    return tag("section", *parts)


def problem_list(
    problems: Sequence[Problem], link: Callable[[Problem], str | None] = lambda _: None
) -> Html:
    """Problems worst first, each with its place; `link` gives the address of a place."""
    items = []
    for problem in sorted(problems, key=lambda p: p.severity.rank):
        where = problem.citation or (f"来源第 {problem.line} 行" if problem.line else "")
        there = link(problem) if where else None
        place = tag("a", escape(where), href=there) if there else escape(where)
        parts = [
            tag("span", escape(problem.severity.label), class_=f"tracker-{problem.severity}"),
            tag("b", place) if where else EMPTY,
            tag("span", escape(problem.message)),
        ]
        if problem.quote:
            parts.append(tag("q", escape(problem.quote)))
        if problem.hint:
            parts.append(tag("small", escape(problem.hint)))
        items.append(tag("li", *parts))
    return tag("ul", *items, class_="tracker-problems")


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
        name = _notice_name(version, version.notice.text)
        parts.append(folded(escape(name), known, text, name="notice"))
    if not parts:
        return EMPTY
    return tag("section", tag("h2", escape("随附文件"), id="attached"), *parts)


def _notice_name(version: Version, text: str) -> str:
    """What a notice is: it calls for comments on a draft, or promulgates what is final."""
    if version.stage.is_final:
        return "印发通知" if version.stage is Stage.ISSUED else "公布公告"
    return "征求意见公告" if "意见" in text else "公告"


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
        ("识别为", escape(_read_as(version))),
        ("大小", escape(f"{version.source_size:,} 字节".replace(",", " "))),
        ("来源 SHA-256", _code(version.source_sha256)),
        ("正文 SHA-256", _code(version.canonical_sha256)),
        ("版本标识", _code(version.name)),
    ]
    if version.issuing_body:
        entries.insert(0, ("制定机关", escape(version.issuing_body)))
    title = tag("h2", escape("来源"), id="source")
    return tag("section", title, facts(entries))


def _read_as(version: Version) -> str:
    """Word 文件（修订后的文本）: of a file with tracked changes, which of its texts this is."""
    form = _FORMATS.get(version.source_format, version.source_format)
    return f"{form}（{_VIEWS[version.tracked]}）" if version.tracked else form


def _ledger(ledger: Ledger) -> Html:
    if not ledger.rewrites and not ledger.dropped:
        return EMPTY
    parts = [tag("h2", escape("处理记录"), id="ledger")]
    if ledger.rewrites:
        total = sum(count for _, count in ledger.rewrites)
        rows = [
            tag("tr", tag("td", escape(RULE_LABELS.get(rule, rule))), tag("td", escape(str(count))))
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
                tag("span", escape(REASONS.get(d.reason, d.reason)), class_="tracker-reason"),
                tag("span", escape(d.text)),
            )
            for d in ledger.dropped
        ]
        listing = tag("ul", *items, class_="tracker-dropped")
        words = escape(f"未收入正文的文字 {len(items)} 处")
        parts.append(folded(words, listing, name="dropped"))
    return tag("section", *parts)
