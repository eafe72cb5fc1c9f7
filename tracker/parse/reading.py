"""Bytes → Document: the one entry to reading a source, and the stages of the way.

Floor 1. The way is: decode, extract, normalise, scan, unwrap, segment, build, find facts. What is
not kept is in the ledger; what is odd is a problem; only what cannot be read is an error.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.law.collecting import no_collecting
from tracker.law.model import Law, Provision, Unit
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.canonical import STAGE_LINE
from tracker.parse.document import Document, Dropped, Ledger, Tracked
from tracker.parse.facts import Said, find_facts
from tracker.parse.forms import extract
from tracker.parse.marks.kinds import (
    ARABIC,
    ARTICLE,
    CAPTION_OPENS,
    CONTENTS,
    Kind,
    Line,
    Mark,
    scan_line,
)
from tracker.parse.marks.order import settle
from tracker.parse.marks.page_marks import doubtful_lines
from tracker.parse.marks.source import SourceMarks, mark_source
from tracker.parse.normalise.rules import normalise_line
from tracker.parse.phrases import after_label, closes_like_title
from tracker.parse.remarks import remarks
from tracker.parse.segment.note_lines import may_be_several, note_lines
from tracker.parse.segment.parts import Parts, segment
from tracker.parse.segment.titles import split_note
from tracker.parse.tree import build

__all__ = ["extract", "read_lines", "read_source"]

MOST_ARTICLES: Final = 100_000
"""Most articles, headings and points (一、) of a law together; 民法典 has 1,260 and 150. Each gets
an address and is compared with others: 190,000 chapters took 17 s to compare."""

LAST_LINES: Final = 3
"""Lines at the end of a text without articles that are searched for its entry into force."""

_SPACED: Final = frozenset(
    {Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION, ARTICLE}
)  # fmt: skip


def read_source(
    data: bytes, *, name: str, title: str | None = None, tracked: Tracked | None = None
) -> Document:
    """Read a source of any known form: its law, what it says of itself, and the account.

    `name` is shown in messages only. `title` given by the user wins over the source's. `tracked`
    says which text of a Word file with tracked changes is meant. Raises TrackerError
    ``unreadable-source``, ``tracked-changes`` and ``control-character``.

    >>> text = "某市条例（草案）\\n第一条 为了甲(乙),制定本条例。\\n".encode()
    >>> document = read_source(text, name="draft.txt")
    >>> document.law.title, document.facts.stage.label, document.ledger.rewrites
    ('某市条例', '草案', (('heading-space', 1), ('width', 3)))
    """
    # No search for cycles while a law is built: there are none, and it grows with the law. It took
    # a tenth of the time of a law of 20 kB and a quarter of one of 2 MB.
    with no_collecting():
        return _document(mark_source(extract(data, name, tracked)), title, name)


def _document(read: SourceMarks, title: str | None, name: str) -> Document:
    if len(read.marks) > MOST_ARTICLES:
        _refuse_many(read.marks, name)
    given = title and normalise_line(title)
    parts = segment(read.marks, read.survey, given=given, apart=read.apart)
    found_title, stage_line = _title(read, parts, title)
    note = _enactment_note(read, parts)
    lines = _marks_of(parts.body, read.marks)
    body, problems = build(lines, _breaks_of(parts.body, read.survey.breaks))
    law = Law(found_title, body, stage_line, "\n".join(note) or None)
    _count_marks(read, lines, law)
    for index, reason in parts.dropped.items():
        read.dropped.append(Dropped(read.raw(index), read.place(index), reason))
    last = law.last_article()
    facts, notice, missing = find_facts(_said(read, parts, law, last, name))
    read.problems.extend(_placed(problems, read))
    doubtful = doubtful_lines(read.marks, parts.body, read.survey, law.title)
    read.problems += [replace(p, line=read.place(i).line) for i, p in doubtful]
    read.problems.extend(remarks(law, last, parts, read))
    read.problems.extend(missing)
    ledger = Ledger(
        tuple(sorted(read.rewrites.items())), tuple(sorted(read.dropped, key=lambda d: d.place))
    )
    return Document(
        law,
        facts,
        ledger,
        read.extracted.format,
        _note(read, parts),
        notice,
        tuple(read.problems),
        read.extracted.tracked,
        read.extracted.reader,
    )


def _marks_of(indexes: Sequence[int], marks: list[Mark]) -> list[Mark]:
    if isinstance(indexes, range):  # nearly every law: nothing stands between its lines
        return marks[indexes.start : indexes.stop]
    return [marks[i] for i in indexes]


def _breaks_of(indexes: Sequence[int], breaks: Sequence[int]) -> list[int] | None:
    """The same places counted from where the body begins; None where lines stand between."""
    if isinstance(indexes, range):
        start, stop = indexes.start, indexes.stop
        inside = breaks[bisect_left(breaks, start) : bisect_left(breaks, stop)]
        return [i - start for i in inside]
    return None


def _refuse_many(marks: Sequence[Mark], name: str) -> None:
    counted = _SPACED | {Kind.HAN}
    count = sum(mark.kind in counted for mark in marks)
    if count > MOST_ARTICLES:
        raise TrackerError(
            "unreadable-source",
            f"无法读取 {name}：条、章节和要点（一、）共 {count} 个，上限为 {MOST_ARTICLES} 个",
            "拆分后读取",
        )


def _count_marks(read: SourceMarks, marks: Sequence[Mark], law: Law) -> None:
    """What `write` will set right in marks: 第二章附则 gets its space, 1. and 1、 become 1．."""
    seen, numbered = read.survey, _SPACED
    odd = [read.marks[i] for i in seen.odd if seen.kinds[i] in numbered]
    if any(not mark.set_off or mark.rest[:1] in CAPTION_OPENS for mark in odd):
        glued = _glued(settle(marks)[0])
        if glued:
            read.rewrites["heading-space"] = read.rewrites.get("heading-space", 0) + glued
    arabic = ARABIC
    if arabic not in seen.present:
        return
    odd = [mark for mark in marks if mark.kind is arabic and "．" not in mark.text[:4]]
    if odd:
        kept = sum(
            1
            for p in law.walk()
            if p.unit is Unit.PARAGRAPH and p.text and scan_line(p.text).kind is ARABIC
        )
        if len(odd) > kept:
            read.rewrites["list-mark"] = read.rewrites.get("list-mark", 0) + len(odd) - kept


def _glued(marks: Sequence[Mark]) -> int:
    """How many headings and articles have no full-width space behind their number.

    What is not set off has none, and what is set off by the bracket of a caption may have none.
    """
    spaced, opens = _SPACED, CAPTION_OPENS
    return sum(
        [
            mark.text.find("\u3000", 0, 24) < 0 and mark.number is not None
            for mark in marks
            if mark.kind in spaced
            and (not mark.set_off or mark.rest.startswith(opens))
            and mark.rest
        ]
    )


def _placed(problems: Sequence[Problem], read: SourceMarks) -> list[Problem]:
    """The problems of the tree with the lines of the source they quote."""
    if not problems:
        return []
    wanted = {p.quote for p in problems}
    lines: dict[str | None, int] = {}
    for index, mark in enumerate(read.marks):
        if (begins := mark.text[:40]) in wanted:
            lines.setdefault(begins, read.place(index).line)
            if len(lines) == len(wanted):
                break
    return [replace(p, line=lines.get(p.quote)) for p in problems]


def _title(read: SourceMarks, parts: Parts, given: str | None) -> tuple[str, str | None]:
    """The title without its stage, and the stage line; what the user gave wins."""
    found = "".join(read.marks[i].text for i in parts.title)
    stage_line = read.marks[parts.stage_line].text if parts.stage_line is not None else None
    unlabelled = after_label(found)
    named = split_note(unlabelled)[0]
    if named[:1] == "《" and named[-1:] == "》" and "《" not in named[1:]:
        named = named[1:-1]  # 《某市条例（草案）》: quotation marks are no part of a title
        read.rewrites["title-mark"] = read.rewrites.get("title-mark", 0) + 2
    bare, ending = _split_stage(named)
    if not found and read.extracted.hints.title:
        bare, ending = _split_stage(normalise_line(read.extracted.hints.title))
    stage_line = _both_stages(read, parts, ending, stage_line)
    wanted = bare
    if given is not None:
        wanted, ending = _split_stage(normalise_line(given))
        stage_line = stage_line or ending
    if found and wanted != bare:
        for index in parts.title:
            parts.dropped[index] = "title-replaced"
    elif unlabelled != found:
        label = found[: len(found) - len(unlabelled)]
        read.dropped.append(Dropped(label, read.place(parts.title[0]), "form-label"))
    if given is None and bare and not closes_like_title(bare):
        read.problems.append(_doubtful(bare, read, parts))
    return wanted, stage_line


def _doubtful(title: str, read: SourceMarks, parts: Parts) -> Problem:
    return Problem(
        code="doubtful-title",
        severity=Severity.WARNING,
        message=f"“{title}”不像法规的标题",
        hint="如果不对，改正来源；收录时也可以用 tracker ingest --title 给出",
        line=read.place(parts.title[0]).line if parts.title else None,
    )


def _split_stage(title: str) -> tuple[str, str | None]:
    """某市条例（草案） → 某市条例, （草案）."""
    start = len(title)
    while (found := title.rfind("（", 0, start)) > 0 and STAGE_LINE.fullmatch(title[found:]):
        start = found
    return title[:start], title[start:] or None


def _both_stages(
    read: SourceMarks, parts: Parts, ending: str | None, line: str | None
) -> str | None:
    """某市条例（修订草案）⏎（征求意见稿）: the stage in the title and the line below it, both kept.

    What is said twice is kept once; the line that says it again is in the ledger.
    """
    if not ending or not line or not parts.title:
        return line or ending
    if ending.endswith(line) and parts.stage_line is not None:
        parts.dropped[parts.stage_line] = "repeated-title"
        return ending
    both = ending + line
    if STAGE_LINE.fullmatch(both):
        return both
    read.dropped.append(Dropped(ending, read.place(parts.title[-1]), "repeated-title"))
    return line


def _said(read: SourceMarks, parts: Parts, law: Law, last: Provision | None, name: str) -> Said:
    marks = read.marks

    def texts(indexes: Sequence[int]) -> tuple[str, ...]:
        return tuple([marks[i].text for i in indexes]) if indexes else ()

    dropped = parts.dropped.items()
    ending = _ending(law, last)
    around = [i for i, reason in dropped if reason != "contents"]
    first = parts.body[0] if parts.body else len(marks)
    page = [i for i, why in dropped if why == "page-furniture" and i < first]
    outside = []
    if read.extracted.dropped:
        below = read.place(first) if parts.body else None
        outside = [
            normalise_line(d.text)
            for d in read.extracted.dropped
            if d.reason == "page-furniture" and (below is None or d.place <= below)
        ]
    return Said(
        title=law.title,
        stage_line=law.stage_line,
        enactment_note=tuple(law.enactment_note.split("\n") if law.enactment_note else ()),
        note=texts(parts.note),
        notice=texts(parts.notice),
        around=texts(around),
        signature=texts([i for i, reason in dropped if reason == "signature"]),
        page=(*texts(sorted(page)), *outside),
        ending=ending,
        name=name,
        hints=read.extracted.hints,
    )


def _ending(law: Law, last: Provision | None) -> str:
    """What may tell the day of entry into force: the last article, or the last lines of a text
    without articles (三、附则⏎本措施自2023年6月1日起施行。)."""
    if last is not None:
        return "".join([p.text for p in last.children])
    body = [top for top in law.body if top.unit is not Unit.ANNEX]
    return "".join([p.text for top in body for p in top.walk() if p.text][-LAST_LINES:])


def _enactment_note(read: SourceMarks, parts: Parts) -> list[str]:
    """The lines of the 题注, each event a line where the source sets them apart."""
    lines: list[str] = []
    beside = None
    if parts.title and parts.title[-1] not in parts.dropped:
        beside = split_note(read.marks[parts.title[-1]].text)[1]
    if beside is not None:
        lines += note_lines(beside, beside)
    for index in parts.enactment_note:
        text = read.marks[index].text
        lines += note_lines(text, read.raw(index)) if may_be_several(text) else [text]
    if (more := len(lines) - len(parts.enactment_note)) > 0:
        read.rewrites["line-end"] = read.rewrites.get("line-end", 0) + more
    return lines


def _note(read: SourceMarks, parts: Parts) -> str | None:
    """The 说明 in normalised lines; a heading broken in two is one line."""
    lines = [read.marks[i].text for i in parts.note]
    if len(lines) > 1 and lines[0].count("《") > lines[0].count("》"):
        lines[:2] = [lines[0] + lines[1]]
    return "\n".join(lines) or None


_ROLES: Final = (
    ("title", Kind.TITLE), ("enactment_note", Kind.ENACTMENT_NOTE), ("note", Kind.EXPLANATORY_NOTE),
    ("notice", Kind.NOTICE),
)  # fmt: skip


def read_lines(data: bytes, name: str, tracked: Tracked | None = None) -> tuple[Line, ...]:
    """Every line of a source that is not blank, normalised, with its kind and place."""
    read = mark_source(extract(data, name, tracked))
    parts = segment(read.marks, read.survey, given=None, apart=read.apart)
    kinds: dict[int, Kind] = {}
    for part, kind in _ROLES:
        kinds.update(dict.fromkeys(getattr(parts, part), kind))
    kinds.update(dict.fromkeys(parts.dropped, Kind.DROPPED))
    kinds.update(dict.fromkeys(parts.contents, CONTENTS))
    if parts.stage_line is not None:
        kinds[parts.stage_line] = Kind.STAGE_LINE
    return tuple(
        Line(kinds.get(i, mark.kind), mark.text, read.place(i)) for i, mark in enumerate(read.marks)
    )
