"""The page of a version: its text with anchors, its dates, and the ways to its neighbours.

Floor 4. The text stands first; the record of its making follows it (`record`).
"""

from __future__ import annotations

from tracker.render.pages.changed import pasts
from tracker.render.pages.frame import cited, corrected_note, frame, head, to
from tracker.render.pages.html import EMPTY, Html, Page, escape, join, tag
from tracker.render.pages.record import counted, record
from tracker.render.pages.story import Story, source_file
from tracker.render.pages.text import contents, law_text
from tracker.render.pages.words import named_dates, on, said_of_articles, stage_name, version_words
from tracker.store.model import Version

__all__ = ["version_page"]


def version_page(story: Story, version: Version) -> Page:
    """The page of one version. The search has the text of the latest one in files of its own."""
    path = story.path(version)
    law = law_text(version.law, said_of_articles(version), pasts(story, version))
    text = tag("div", _front(version), law, class_="tracker-text")
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
        record(version, story.found(version)),
        cited=cited(version),
    )
    day = version.day.isoformat() if version.day else None
    robots = "noindex" if story.correction(version) else None
    return Page(path, title, body, updated=day, feed=story.feed, robots=robots)


def _head(story: Story, version: Version, path: str) -> Html:
    stage = tag("span", escape(stage_name(version)), class_="tracker-stage")
    named = [one for one in named_dates(version) if one != (version.stage.label, version.day)]
    dates = [tag("span", escape(f"{name} "), on(day)) for name, day in named]
    if len(named) < len(named_dates(version)) or not named:  # the stage names its own day
        dates.insert(0, on(version.day))
    older = _neighbours(story, version, path)
    notes = [corrected_note(story, version, path, "本版本")]
    if version in story.versions and version is not story.latest:
        link = tag(
            "a", escape(version_words(story.latest)), href=to(path, story.path(story.latest))
        )
        notes.append(tag("p", escape("这不是最新版本。最新："), link, class_="tracker-older"))
    if version.corrects:
        target = to(path, f"{version.law_id}/{version.corrects}")
        link = tag("a", escape(version.corrects), href=target)
        words = [escape("本版本更正 "), link, escape("。")]
        notes.append(tag("p", *words, class_="tracker-older"))
    above = join([stage, *dates], escape(" "))
    return head(
        story.title, above, *notes, older, _downloads(version, path), _alerts(story, version)
    )


def _downloads(version: Version, path: str) -> Html:
    """The files of a version: a further format is a line here and a file beside the page."""
    data = f"{'../' * (path.count('/') + 2)}api/{version.law_id}/{version.version_id}.json"
    files = (
        ("纯文本", "text.txt"), ("来源文件", source_file(version)), ("JSON", data),
        ("元数据", "meta.json"),
    )  # fmt: skip
    links = [tag("a", escape(name), href=file, download=True) for name, file in files]
    return tag("p", escape("下载："), join(links, escape(" · ")), class_="tracker-downloads")


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


def _alerts(story: Story, version: Version) -> Html:
    said = [
        join([escape(words), tag("a", escape(counted(problems)), href=f"#{place}")])
        for words, problems, place in (
            ("识别时有", version.problems, "problems"),
            ("检查发现", story.found(version), "findings"),
        )
        if problems
    ]
    if not said:
        return EMPTY
    return tag("p", join(said, escape("；")), escape("。"), class_="tracker-alerts")


def _front(version: Version) -> Html:
    law = version.law
    lines = [tag("p", escape(law.title), class_="tracker-title")]
    for line in (law.stage_line, law.enactment_note):
        if line:
            lines.append(tag("p", escape(line), class_="tracker-subtitle"))
    return join(lines)
