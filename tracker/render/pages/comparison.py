"""The page of a comparison: the figures, the table of changes, every change with its words.

Floor 4. Everything is in the HTML without a script; the script only filters, steps from change to
change, and switches between the two layouts that are both there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from tracker.diff.model import Change, Changes, HeadingChange, Kind, Op
from tracker.law.model import Provision
from tracker.law.problems import Problem
from tracker.render.overview import alike, citation, front_label
from tracker.render.pages.change import Names, captions, change_entry, is_quiet, quiet_entry
from tracker.render.pages.changed import line_of, past_from
from tracker.render.pages.effects import codes_of, effect_badge, effect_badges, effect_counts
from tracker.render.pages.frame import cited, corrected_note, folded, frame, head, to
from tracker.render.pages.html import (
    EMPTY,
    VARIES,
    Html,
    Page,
    element,
    escape,
    join,
    tag,
    varying,
)
from tracker.render.pages.record import counted, problem_list
from tracker.render.pages.redline import inline, phrase, stacked
from tracker.render.pages.story import Comparison, Story
from tracker.render.pages.tools import FLAGS, tools
from tracker.render.pages.words import (
    SIGNS,
    badge,
    heading_words,
    kind_badges,
    spoken,
    version_words,
    whole_citations,
)
from tracker.store.history import Lineage

__all__ = ["comparison_page"]

_HOW: Final = (
    "一处是旧文一条与新文相应的一条；增加、删去的一条，拆分、合并的一组，也各算一处。"
    "一处可以兼有几种变动，所以各种变动的数目相加会多于处数；条号变动的数目包括仅改条号的和兼有其他变动的。"
)
_LONG_TABLE: Final = 40  # rows: a longer table is folded, so that the changes stay within reach

Entry = tuple[Change, tuple[str, ...]]
Path = tuple[Provision, ...]
Pasts = Callable[[Change, tuple[str, ...]], Html]


def comparison_page(story: Story, comparison: Comparison) -> Page:
    """The page of one pair of versions. Never indexed by the search."""
    path = comparison.path
    changes = comparison.changes
    names = Names(comparison)
    outline = names.outline
    entries = [(change, names.names(change)) for change in changes.changes]
    words = f"{version_words(comparison.old)} → {version_words(comparison.new)}"
    pasts = partial(_pasts, story, comparison, past_from(story, path))
    content = [
        _head(story, comparison, path),
        _figures(changes, outline),
        _problems(changes, entries),
        _map(entries, outline),
        _table(entries, outline),
        _front(changes),
        tools(changes, outline),
        tag("div", *_entries(changes, entries, names, pasts), class_="tracker-changes"),
    ]
    body = frame(
        story, path, "comparison", *content,
        cited=cited(comparison.new), cited_old=cited(comparison.old),
    )  # fmt: skip
    days = [version.day for version in (comparison.old, comparison.new) if version.day]
    updated = max(days).isoformat() if days else None
    robots = "noindex" if comparison in story.retired else None
    title = f"{story.title} {words}"
    return Page(path, title, body, updated=updated, feed=story.feed, robots=robots)


def _head(story: Story, comparison: Comparison, path: str) -> Html:
    arrow = tag("span", escape("→"), class_="tracker-arrow", aria_hidden="true")
    sides: list[Html] = []
    for word, version in (("旧", comparison.old), ("新", comparison.new)):
        link = tag("a", escape(version_words(version)), href=to(path, story.path(version)))
        before = [arrow] if sides else []  # where the line breaks, it begins the second
        sides.append(tag("span", *before, tag("small", escape(word)), link, class_="tracker-end"))
    data = f"{'../' * (path.count('/') + 2)}api/{story.record.law_id}/diffs/{comparison.slug}.json"
    file = tag("a", escape("JSON"), href=data, download=True)
    return head(
        story.title, escape(spoken("条文比较", story.outline)),
        tag("p", *sides, class_="tracker-ends"),
        corrected_note(story, comparison.old, path, "旧稿"),
        corrected_note(story, comparison.new, path, "新稿"), _instead(story, comparison, path),
        tag("p", escape("下载："), file, class_="tracker-downloads"),
    )  # fmt: skip


def _instead(story: Story, comparison: Comparison, path: str) -> Html:
    """The way from a comparison with a corrected version to that of what stands now."""
    now = story.comparison(story.standing(comparison.old), story.standing(comparison.new))
    if now is None or now is comparison:
        return EMPTY
    link = tag("a", escape("更正后的比较"), href=to(path, now.path))
    return tag("p", escape("请看"), link, escape("。"), class_="tracker-older")


def _figures(changes: Changes, outline: bool) -> Html:
    summary = changes.summary
    codes = [*(kind.value for kind in Kind if kind is not Kind.UNCHANGED), *FLAGS]
    shown = [badge(code, summary[code], None, outline) for code in codes if summary[code]]
    shown.append(badge(Kind.UNCHANGED.value, summary[Kind.UNCHANGED.value]))
    how = tag("p", escape(spoken(_HOW, outline)), class_="tracker-lead")
    counts = spoken(_counts(changes), outline)
    return tag(
        "section", tag("h2", escape("概要"), id="summary"), tag("p", escape(counts)),
        tag("p", *shown, class_="tracker-figures"), _effects(changes), how,
        class_="tracker-summary",
    )  # fmt: skip


_MANY_PROBLEMS: Final = 5  # more are folded, so that the changes stay within reach


def _problems(changes: Changes, entries: Sequence[Entry]) -> Html:
    """What the comparison could not settle or found wrong, each led to its entry."""
    if not changes.problems:
        return EMPTY
    places: dict[str, str] = {}
    for change, ids in entries:
        for side, name in zip((*change.new, *change.old), ids, strict=True):
            if side in change.new or str(side.address) not in places:
                places[str(side.address)] = f"#{name}"

    def link(problem: Problem) -> str | None:
        steps = problem.address.split("__")
        above = ("__".join(steps[:count]) for count in range(len(steps), 0, -1))
        return next((places[one] for one in above if one in places), None)

    words = escape(f"比较时发现的问题：{counted(changes.problems)}")
    opened = len(changes.problems) <= _MANY_PROBLEMS
    fold = folded(words, problem_list(changes.problems, link), name="problems", opened=opened)
    return tag("aside", fold, class_="tracker-found-problems")


def _effects(changes: Changes) -> Html:
    """How many entries have an effect of each class: a period, a fine, a duty."""
    counts = effect_counts(changes)
    if not counts:
        return EMPTY
    shown = [effect_badge(kind.label, str(count)) for kind, count in counts.items()]
    return tag("p", tag("span", escape("实质变动")), *shown, class_="tracker-figures")


def _counts(changes: Changes) -> str:
    """How many entries there are, counted as the tables below count them: once each."""
    total = len(changes.changes)
    loud = sum(not is_quiet(change) for change in changes.changes)
    same = sum(change.kinds == (Kind.UNCHANGED,) for change in changes.changes)
    numbers = total - loud - same
    said = [f"{loud} 处变动"] if loud else ["文字没有变动"]
    said += [f"{numbers} 处仅改条号"] if numbers else []
    said += [f"{same} 处未变"] if same else []
    return f"逐条对照，共 {total} 处：{'，'.join(said)}。{_captions(changes)}"


def _captions(changes: Changes) -> str:
    """What became of the captions, which are compared apart from the words of the articles."""
    pairs = [
        (old, new)
        for c in changes.changes
        if c.old and c.new and (old := captions(c.old)) != (new := captions(c.new))
    ]
    gone, come = sum(not new for _, new in pairs), sum(not old for old, _ in pairs)
    counted = ((gone, "删去条旨"), (come, "增加条旨"), (len(pairs) - gone - come, "条旨改动"))
    said = [f"{words} {n} 条" for n, words in counted if n]
    return f"另{'、'.join(said)}。" if said else ""


_GRAVEST: Final = (
    Kind.INSERTED, Kind.DELETED, Kind.SPLIT, Kind.MERGED, Kind.REWORDED, Kind.MOVED,
    Kind.RENUMBERED, Kind.UNCHANGED,
).index  # fmt: skip
_SIGNS: Final = {
    code: tag("span", escape(sign), aria_hidden="true") for code, sign in SIGNS.items()
}


def _leading(change: Change) -> str:
    """The kind that colours an entry: the gravest one."""
    return min(change.kinds, key=_GRAVEST).value


def _map(entries: Sequence[Entry], outline: bool) -> Html:
    """A box an entry, in the order of the text: where in the law the changes are."""
    boxes = []
    for change, ids in entries:
        code = _leading(change)
        kinds = "、".join([kind.label for kind in change.kinds])
        words = f"{citation(change.new or change.old)}：{spoken(kinds, outline)}"
        said = escape(words)
        boxes.append(
            Html(
                f'<li><a href="#{ids[0]}" title="{said}" aria-label="{said}"'
                f' class="tracker-box tracker-box-{code}">{_SIGNS[code]}</a></li>'
            )
        )  # one for each article
    return tag(
        "nav", tag("ol", *boxes), class_="tracker-map", aria_label=spoken("条文一览", outline)
    )


def _table(entries: Sequence[Entry], outline: bool) -> Html:
    """Old number, new number, kinds, similarity; articles whose words did not change come apart."""
    loud = [_row(change, ids, outline) for change, ids in entries if not is_quiet(change)]
    quiet = [
        _row(change, ids, outline)
        for change, ids in entries
        if is_quiet(change) and change.kinds != (Kind.UNCHANGED,)
    ]
    parts = []
    tables = ((loud, "变动一览表", "changes"), (quiet, "仅改条号，文字未变", "renumbered"))
    for rows, words, name in tables:
        if rows:
            opened = rows is loud and len(rows) <= _LONG_TABLE
            summary = escape(f"{spoken(words, outline)}（{len(rows)} 处）")
            parts.append(folded(summary, _grid(rows, outline), name=name, opened=opened))
    return join(parts)


_CELL: Final = element("td")
_LINK: Final = varying("a", href=VARIES)
_NUMBER: Final = element("td", class_="tracker-number-cell")


def _row(change: Change, ids: tuple[str, ...], outline: bool) -> Html:
    old, new = whole_citations(change.old), whole_citations(change.new)
    link = _LINK(f"#{ids[0]}", new if change.new else old)
    cells = (old, link) if change.new else (link, new)
    number = _NUMBER(escape(alike(change) if change.old and change.new else "—"))
    kinds = _CELL(kind_badges(change, outline), *effect_badges(change))
    columns = [_CELL(cell) for cell in cells]
    return Html(f"<tr{codes_of(change)}>{''.join(columns)}{kinds}{number}</tr>")


def _grid(rows: Sequence[Html], outline: bool) -> Html:
    heads = ("旧条号", "新条号", "变动", "相似度")
    top = [tag("th", escape(spoken(x, outline)), scope="col") for x in heads]
    head = tag("thead", tag("tr", *top))
    return tag("table", head, tag("tbody", *rows), class_="tracker-table tracker-list-table")


def _front(changes: Changes) -> Html:
    """Title, stage line, enactment note, introduction, annexes, where they differ."""
    rows = []
    for part in changes.front:
        if part.changed:
            rows.append(tag("dt", escape(front_label(part, "zh"))))
            show = stacked if part.is_stacked else inline
            lines = any("\n" in text for _, text in part.redline)
            shown = show(part.redline, ("",), ("",)) if lines else phrase(part.redline)
            rows.append(tag("dd", shown))
    for heading in changes.headings:
        if heading.new is None and heading.old is not None:
            rows.append(tag("dt", escape("删去的标题")))
            words = ((Op.DELETE, heading_words(heading.old.provision)),)
            rows.append(tag("dd", phrase(words)))
    if not rows:
        return EMPTY
    title = tag("h2", escape("标题、题注、附件等"), id="front")
    return tag("section", title, tag("dl", *rows, class_="tracker-front"))


def _headings(change: Change) -> Path:
    """The headings an entry stands under: those of its new place, of its old one if deleted."""
    places = change.new or change.old
    return places[0].parents


_SPOKEN: Final = element("span", class_="tracker-spoken")
_PAST: Final = varying("a", href=VARIES, class_="tracker-ways")
_HISTORY: Final = escape("历程")


def _pasts(
    story: Story, comparison: Comparison, link: Callable[[Lineage], str],
    change: Change, ids: tuple[str, ...],
) -> Html:  # fmt: skip
    """The way to the history of the articles of an entry; two ways where lines of descent, told
    from stage to stage, keep apart what this pair of versions brings together."""
    version = comparison.new if change.new else comparison.old
    found: dict[str, str] = {}
    for place, name in zip(change.new or change.old, ids, strict=False):
        again = name.partition("--")[2]  # of a number that the version repeats
        row = line_of(story, version, f"{place.address}~{again}" if again else str(place.address))
        if row is not None:
            found.setdefault(link(row), place.address.citation)
    return join([_PAST(way, _SPOKEN(escape(words)), _HISTORY) for way, words in found.items()])


def _entries(
    changes: Changes, entries: Sequence[Entry], names: Names, pasts: Pasts
) -> Iterator[Html]:
    """All changes under the headings of the new text; runs of unchanged articles are folded."""
    # By their identity: to hash a chapter is to hash all that it holds.
    renamed = {id(h.new.provision): h for h in changes.headings if h.new is not None}
    above: Path = ()
    same: list[Entry] = []
    for change, ids in entries:
        now = _headings(change)
        if change.new and now != above:
            yield from _folded_run(same, names)
            same = []
            yield from _new_headings(above, now, renamed)
            above = now
        if is_quiet(change):
            same.append((change, ids))
            continue
        yield from _folded_run(same, names)
        same = []
        yield change_entry(change, names, ids, min(len(above) + 2, 6), pasts(change, ids))
    yield from _folded_run(same, names)


def _new_headings(above: Path, now: Path, renamed: dict[int, HeadingChange]) -> Iterator[Html]:
    shared = 0
    while shared < min(len(above), len(now)) and above[shared] == now[shared]:
        shared += 1
    for depth in range(shared, len(now)):
        provision = now[depth]
        change = renamed.get(id(provision))
        words: Html = escape(heading_words(provision))
        if change is not None and change.kinds != (Kind.UNCHANGED,):
            if change.old is None:
                words = phrase(((Op.INSERT, heading_words(provision)),))
            else:
                words = join([escape(_mark_words(change)), phrase(change.redline)])
        yield tag(f"h{min(depth + 2, 6)}", words, class_="tracker-chapter")


def _mark_words(change: HeadingChange) -> str:
    if change.new is None or change.old is None:
        return ""
    new = heading_words(change.new.provision).removesuffix(change.new.provision.caption or "")
    old = heading_words(change.old.provision).removesuffix(change.old.provision.caption or "")
    notes = [] if old == new else [f"原{old.rstrip()}"]
    notes += ["移动"] if change.moved else []
    return f"{new.rstrip()}（{'，'.join(notes)}）" if notes else new


_RUN: Final = element("details", class_="tracker-fold tracker-run")
_SUMMARY: Final = element("summary")


def _folded_run(run: Sequence[Entry], names: Names) -> Iterator[Html]:
    if not run:
        return
    changes = [change for change, _ in run]
    words = [escape(f"{_span([citation(c.new) for c in changes])} 文字未变")]
    if any(change.kinds != (Kind.UNCHANGED,) for change in changes):
        words.append(escape(f"，原{_span([citation(c.old) for c in changes])}"))
    words.append(escape(spoken(f"（{len(run)} 条）", names.outline)))
    level = min(len(_headings(changes[0])) + 2, 6)
    entries = [quiet_entry(change, names, ids, level) for change, ids in run]
    yield _RUN(_SUMMARY(*words), *entries)


def _span(citations: Sequence[str]) -> str:
    first, last = citations[0], citations[-1]
    return first if first == last else f"{first}至{last}"
