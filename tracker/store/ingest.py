"""A source into the store: read it, let what is given win over what it says, save it.

Floor 3, the seam between `parse` and the store. `prepare` makes the value to save, `plan` does all
but the writing, `ingest` the whole. What goes wrong before the commit leaves the store as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import category

from tracker.law.model import DATE_NAMES, LEGAL_DATES, Dates, Stage
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.claims import find_claims
from tracker.parse.document import Document, Facts, Tracked
from tracker.parse.facts import in_force_of
from tracker.parse.reading import read_lines, read_source
from tracker.store.correcting import keep
from tracker.store.guard import canonical_text, check_words
from tracker.store.model import Given, Incoming, Ingested, Plan, Saved, Version
from tracker.store.names import check_law_id, shown
from tracker.store.versions import Store

if TYPE_CHECKING:
    from tracker.parse.many import Read  # brings multiprocessing, which few commands need

__all__ = ["Whole", "ingest", "ingest_many", "plan", "prepare", "read_whole"]

_DATE_LABELS: Final = {
    "published": "发布日期", "comment_start": "征求意见开始日期", "comment_end": "征求意见截止日期",
    "issued": "印发日期", "adopted": "通过日期", "promulgated": "公布日期", "in_force": "施行日期",
}  # fmt: skip
_URL: Final = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"'`\\]{1,2000}")


@dataclass(frozen=True, slots=True)
class Whole:
    """A source that was read without losing a word, and its canonical text, which reads back."""

    document: Document
    text: str


def read_whole(data: bytes, name: str, title: str | None, tracked: Tracked | None = None) -> Whole:
    """Read a source and prove that nothing is lost: all that can be done without the store.

    Raises TrackerError: of reading, `words-lost`, `cannot-be-read-back`.
    """
    own = _file_name(name)
    document = read_source(data, name=name, title=title, tracked=tracked)
    check_words(data, document, name=own, title=title)
    # A text without a title has no canonical form; `prepare` says what is missing.
    return Whole(document, canonical_text(document.law, own) if document.law.title else "")


def ingest(
    store: Store, data: bytes, *, name: str, law_id: str, given: Given | None = None,
    commit: bool = True, read: Read[Whole] | None = None,
) -> Ingested:  # fmt: skip
    """Read a source and store it. `name` is the name of its file.

    `read` gives what `read_whole` does where it was begun before (`tracker.parse.many`).

    With ``commit=False`` it is only written to the work tree. Raises TrackerError: of reading, of
    `prepare`, of `Store.save`; the store then holds what it held before.
    """
    incoming = prepare(store, data, name=name, law_id=law_id, given=given, read=read)
    return _ingested(store.save(incoming, commit=commit))


def ingest_many(
    store: Store, arrivals: Sequence[Incoming | TrackerError], *, commit: bool = True
) -> tuple[Ingested | TrackerError, ...]:
    """Store what `prepare` gave for many sources, in one stream; each has its own outcome.

    An error among the arrivals is its own outcome. Raises TrackerError as `Store.save_each` does.
    """
    good = [one for one in arrivals if not isinstance(one, TrackerError)]
    saved = iter(store.save_each(good, commit=commit))
    done = (one if isinstance(one, TrackerError) else next(saved) for one in arrivals)
    return tuple(one if isinstance(one, TrackerError) else _ingested(one) for one in done)


def _ingested(saved: Saved) -> Ingested:
    problems = saved.version.problems + saved.problems
    return Ingested(
        version=saved.version, problems=problems, already=saved.already, commit=saved.commit
    )


def plan(
    store: Store, data: bytes, *, name: str, law_id: str, given: Given | None = None,
    read: Read[Whole] | None = None,
) -> Plan:  # fmt: skip
    """All that `ingest` would do, but for the writing. Raises the same errors."""
    incoming = prepare(store, data, name=name, law_id=law_id, given=given, read=read)
    placed = store.place(incoming)
    there = placed.already
    version = store.load(law_id, there.version_id) if there else placed.version
    return Plan(
        incoming=incoming,
        version=version,
        already=there is not None,
        problems=version.problems + placed.problems,
    )


def prepare(
    store: Store, data: bytes, *, name: str, law_id: str, given: Given | None = None,
    read: Read[Whole] | None = None,
) -> Incoming:  # fmt: skip
    """The value to save: the source read, and what is given put over what it says.

    `store` is only asked which version a correction names, and what is kept of it. Raises
    TrackerError `bad-law-id`, `bad-url`, `control-character`, `missing-title`, `words-lost`,
    `cannot-be-read-back`, and those of reading.
    A stage that neither the source nor `given` names is stored as `Stage.UNKNOWN`, with the problem
    `missing-stage`.
    """
    given = given or Given()
    check_law_id(law_id)
    _check_given(given)
    whole = read() if read else read_whole(data, name, given.title, given.tracked)
    older = _corrected(store, law_id, given.corrects)
    if older is not None:
        asked = given.title
        given = keep(store, older, whole.document, data, given)
        if given.title != asked:
            whole = read_whole(data, name, given.title, given.tracked)
    document = whole.document
    facts = document.facts
    stage = given.stage or facts.stage or Stage.UNKNOWN
    if not document.law.title:
        raise TrackerError(
            "missing-title",
            f"来源 {shown(_file_name(name))} 里没有标题",
            "用 --title 给出标题",
        )
    dates, about_dates = _dates(document, given, stage)
    note = _note(given.note, given.tracked)
    note = document.note if note is None else note
    problems = _still_true(document, dates, stage)
    problems += _contradictions(facts, document, given) + about_dates
    return Incoming(
        law_id=law_id,
        stage=stage,
        dates=dates,
        law=document.law,
        source=data,
        text=whole.text,
        source_name=_file_name(name),
        source_format=document.format,
        source_reader=document.reader,
        source_url=given.source_url,
        events=facts.events,
        issuing_body=given.issuing_body or facts.issuing_body,
        fictional=facts.fictional,
        note=note,
        claims=find_claims(note, document.law) if note else (),
        notice=document.notice,
        ledger=document.ledger,
        problems=problems,
        sequence=given.sequence,
        corrects=older.version_id if older else None,
        tracked=document.tracked,
    )


def _dates(document: Document, given: Given, stage: Stage) -> tuple[Dates, tuple[Problem, ...]]:
    """The dates to store, and what is to be said of them.

    Reading asks the closing article for the day of entry into force only where the source itself
    is of a final stage; a stage that was given is asked for here.
    """
    dates, problems = _merge_dates(document.facts.dates, given, stage)
    articles = document.law.articles()
    if given.stage is None or dates.in_force is not None or not articles:
        return dates, problems
    ending = "".join(p.text for p in articles[-1].children)
    made = dates.issued if stage is Stage.ISSUED else dates.promulgated
    in_force, inferred = in_force_of(ending, stage, made)
    return replace(dates, in_force=in_force), problems + inferred


def _merge_dates(said: Dates, given: Given, stage: Stage) -> tuple[Dates, tuple[Problem, ...]]:
    """The dates given over those of the source.

    `Given.date` is the date to file under. It goes where such a date stands for this stage (公布 of
    a law, 印发 of a plan, 发布 of a draft); where a date of the source that goes before would still
    decide, it takes that one's place.

    >>> from datetime import date
    >>> said = Dates(adopted=date(2021, 6, 1))
    >>> _merge_dates(said, Given(date=date(2021, 6, 10)), Stage.ENACTED)[0].legal
    datetime.date(2021, 6, 10)
    """
    wanted = {name: getattr(given, name) for name in DATE_NAMES if getattr(given, name) is not None}
    day = given.date
    if day is not None:
        own = stage.own_date
        if replace(said, **wanted).legal != day:
            wanted[own] = day
        if replace(said, **wanted).legal != day:
            first = next(n for n in LEGAL_DATES if getattr(replace(said, **wanted), n) is not None)
            if getattr(said, own) is None:
                del wanted[own]
            wanted[first] = day
    merged = replace(said, **wanted)
    problems = tuple(
        _contradiction(_DATE_LABELS[name], str(value), str(getattr(said, name)))
        for name, value in wanted.items()
        if getattr(said, name) not in (None, value)
    )
    return merged, problems


def _contradictions(facts: Facts, document: Document, given: Given) -> tuple[Problem, ...]:
    found = []
    replaced = [d.text for d in document.ledger.dropped if d.reason == "title-replaced"]
    if given.title and replaced:
        found.append(_contradiction("标题", given.title, "".join(replaced)))
    if given.stage and facts.stage and given.stage is not facts.stage:
        found.append(_contradiction("阶段", given.stage.label, facts.stage.label))
    if given.issuing_body and facts.issuing_body and given.issuing_body != facts.issuing_body:
        found.append(_contradiction("发布机关", given.issuing_body, facts.issuing_body))
    note = _note(given.note, given.tracked)
    if note is not None and document.note is not None and note != document.note:
        found.append(_contradiction("说明", note[:40] + "…", document.note[:40] + "…"))
    return tuple(found)


def _contradiction(what: str, given: str, said: str) -> Problem:
    return Problem(
        code="given-contradicts-source", severity=Severity.INFO,
        message=f"{what}：采用给出的“{given}”，来源里是“{said}”",
    )  # fmt: skip


def _still_true(document: Document, dates: Dates, stage: Stage) -> tuple[Problem, ...]:
    """The problems of reading, without those that what was given has answered."""
    answered = {"missing-title"} | (set() if stage is Stage.UNKNOWN else {"missing-stage"})
    if dates.legal is not None:
        answered.add("missing-date")
    if dates.published != document.facts.dates.published:
        answered.add("date-from-note")
    problems = tuple(problem for problem in document.problems if problem.code not in answered)
    if dates.legal is None and all(problem.code != "missing-date" for problem in problems):
        missing = Problem(
            code="missing-date", severity=Severity.WARNING, message="来源里没有日期，按无日期存入",
            hint="在来源中写明日期；收录时也可以用 tracker ingest --date 给出",
        )  # fmt: skip
        problems += (missing,)
    return problems


def _note(note: str | bytes | None, tracked: Tracked | None) -> str | None:
    """A note that was given as text: its lines without trailing spaces, a newline at the end."""
    if note is None:
        return None
    if isinstance(note, bytes):
        lines = [line.text for line in read_lines(note, "note.txt", tracked)]
    else:
        lines = note.replace("\r\n", "\n").split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return f"{text}\n" if text else None


def _corrected(store: Store, law_id: str, wanted: str | None) -> Version | None:
    if wanted is None:
        return None
    return store.resolve(f"{law_id}@{wanted.removeprefix(f'{law_id}@')}")


def _check_given(given: Given) -> None:
    _check_url(given.source_url)
    _check_sign_free("标题", given.title)
    _check_sign_free("发布机关", given.issuing_body)


def _check_url(url: str | None) -> None:
    if url is not None and _URL.fullmatch(url) is None:
        raise TrackerError(
            "bad-url", f"来源地址不是网址：{shown(url)}", "以 http:// 或 https:// 开头"
        )


def _check_sign_free(what: str, given: str | None) -> None:
    """A line of plain signs: what acts on a terminal, or begins a line, is lost or hidden later."""
    if given and any(category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs") for sign in given):
        raise TrackerError(
            "control-character",
            f"给出的{what}里有控制字符或换行：{shown(given)}",
            "写成一行普通文字",
        )


def _file_name(name: str) -> str:
    """The last part of a path, with what cannot be written as UTF-8 replaced.

    >>> _file_name("../来源/公告.html")
    '公告.html'
    """
    return re.split(r"[/\\]", name)[-1].encode("utf-8", "replace").decode("utf-8")
