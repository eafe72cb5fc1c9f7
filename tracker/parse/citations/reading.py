"""Where a citation points: addresses, and a problem that says what is missing.

Floor 1. A bare 第三项 or 本条 can be read in several ways; they are tried in order, the likeliest
first, and the first that leads to provisions of the law is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Law, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.citations.article_items import items_of
from tracker.parse.citations.counting import between, count
from tracker.parse.citations.elsewhere import as_external
from tracker.parse.citations.index import MISSING_CODES, MissingError, Places, Written
from tracker.parse.citations.model import Antecedent, Citation, CitationKind, Target
from tracker.parse.citations.places import bases, from_base, only, up_to, walk
from tracker.parse.citations.scan import find_citations

__all__ = ["Resolved", "resolve"]

_OTHER_LIST: Final = "no-such-subparagraph"
_LOOK_BACK: Final = 12  # 款 before a bare 项 that are asked what they cite; bounds the search
_COUNTRY: Final = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a citation points: the provisions that are there, and what is said of those that are
    not. `missing` are the latter as they are cited; the stretch of a range that is not there."""

    targets: tuple[Address, ...] = ()
    problem: Problem | None = None
    missing: tuple[Target, ...] = ()


_ELSEWHERE: Final = Resolved()


def resolve(citation: Citation, at: Address, law: Law | Places) -> Resolved:
    """The provisions that a citation standing at `at` points to, ranges written out.

    `law` may be a `Places` where many citations of one law are resolved. An external citation has
    no targets, unless its title is this law's own; nor has 本编 where the text as a whole is that
    part of a code. One whose target is missing has a Problem, ``no-such-article``,
    ``no-such-paragraph``, ``no-such-subparagraph`` …, or ``ambiguous-citation`` where 第三项 can be
    in several 款; its other targets are kept.
    """
    places = law if isinstance(law, Places) else Places.of(law)
    citation = as_external(citation, at, places)
    if citation.kind is CitationKind.EXTERNAL and not _is_own(citation.title, places.law.title):
        return _ELSEWHERE
    lacking: MissingError | None = None
    for attempt in _attempts(citation, at, places):
        try:
            return Resolved(_each(attempt()))
        except MissingError as error:
            if lacking is None or (error.found and not lacking.found):
                lacking = error.with_traceback(None)  # which would hold all that it holds
    assert lacking is not None
    missing = lacking.targets or citation.targets
    there = _each(lacking.found)
    if at in there and citation.base is None and citation.kind is CitationKind.RELATIVE:
        there, missing = (), citation.targets  # （一）第一项、第九项: of a list that is not its own
    return Resolved(there, _problem(lacking, citation, at), missing)


def _each(found: Iterable[Address]) -> tuple[Address, ...]:
    if isinstance(found, Written):
        return found
    return tuple([address for address in dict.fromkeys(found) if address.steps])


def _is_own(title: str | None, own: str) -> bool:
    return bool(title) and bool(own) and _bare(title or "") == _bare(own)


def _bare(title: str) -> str:
    return title.removeprefix(_COUNTRY)


def _problem(missing: MissingError, citation: Citation, at: Address) -> Problem:
    if not missing.words:
        code, severity = "ambiguous-citation", Severity.INFO
        message = f"“{citation.text}”没有写明第几款，不止一款有该项"
        if missing.found:
            message = f"“{citation.text}”中的{missing.unclear}没有写明第几款，不止一款有该项"
        hint = "写明第几款。"
    else:
        code, severity = MISSING_CODES.get(missing.unit, _OTHER_LIST), Severity.ERROR
        message = f"引用“{citation.text}”，但是没有{missing.words}"
        if missing.unclear:
            message += f"；{missing.unclear}没有写明第几款，不止一款有该项"
        hint = "核对被引用的条文；条号变动后引用是否随之修改。"
        if missing.unit is Unit.ANNEX:
            severity, hint = Severity.INFO, "来源没有登载附件的，补全来源。"
    return Problem(
        code=code, severity=severity, message=message, hint=hint,
        citation=at.citation, address=str(at), quote=citation.text,
    )  # fmt: skip


_Attempt = Callable[[], Iterable[Address]]


def _attempts(citation: Citation, at: Address, places: Places) -> Iterator[_Attempt]:
    """The readings of a citation, the likeliest first; all but the bare 第三项 have one."""
    bare = citation.kind is CitationKind.RELATIVE and citation.base is None
    if not bare:
        yield lambda: count(citation, bases(citation, at, places), places)
        yield from _other_bases(citation, at, places)
        return
    intro = _intro(at, places)  # 违反第十条规定的……：（一）违反第二款规定的
    if intro is not None:
        yield lambda: count(citation, _onward(intro, citation, at, places), places)
    unit, after = citation.targets[0].first[0][0], citation.after
    own = (up_to(at, unit, places),)
    readings: list[_Attempt] = [lambda: count(citation, own, places)]
    if after is not None:
        readings.append(lambda: count(citation, _onward(after, citation, at, places), places))
        named = {step[0] for step in after.path}
        if unit is Unit.PARAGRAPH and named >= {Unit.ARTICLE, Unit.PARAGRAPH}:
            readings.reverse()  # 违反第十条第一款规定的……；违反第二款规定的……
    yield from readings
    if unit is Unit.SUBPARAGRAPH:
        for earlier in (*_earlier_with(citation, at, places), *_above(at)):
            yield lambda earlier=earlier: count(citation, (earlier,), places)  # type: ignore[misc]
        if not places.articles:
            yield lambda: _counted_through(citation, places)
        for before in _said_before(after, at, places):
            yield lambda before=before: count(  # type: ignore[misc]
                citation, _onward(before, citation, at, places), places
            )


def _other_bases(citation: Citation, at: Address, places: Places) -> Iterator[_Attempt]:
    """What 本条 and 前款 can mean where they cannot mean what they say."""
    base = citation.base
    if base is None or not citation.targets:
        return
    if base.word == "本" and base.unit is Unit.ARTICLE:
        intro = _intro(at, places)  # 违反第十条规定，有下列行为的：（四）违反本条第四款的
        for before in (citation.after, intro):
            if before is not None:
                path = tuple(step for step in before.path if step[0] is Unit.ARTICLE)
                start = Antecedent(before.base, path)
                yield lambda start=start: count(  # type: ignore[misc]
                    citation, _onward(start, citation, at, places), places
                )
    units = [unit for unit, _ in at.steps]
    if (base.word, base.unit, base.count) == ("前", Unit.PARAGRAPH, 1) and Unit.PARAGRAPH in units:
        own = Address(at.steps[: units.index(Unit.PARAGRAPH) + 1])  # 前款 glued to the last 项
        if own != at:
            yield lambda: count(citation, (own,), places)


def _said_before(after: Antecedent | None, at: Address, places: Places) -> Iterator[Antecedent]:
    """The article that was cited before a bare 项: in the same text, then in the 款 before it.

    Where 第一款 punishes what 第五十二条第三项 forbids, the bare 第四项 of 第二款 is of 第五十二条.
    """
    if after is not None and any(unit is Unit.ARTICLE for unit, _ in after.path):
        yield Antecedent(after.base, tuple(s for s in after.path if s[0] is Unit.ARTICLE))
    for address in islice(_earlier(at), _LOOK_BACK):
        located = places.by_address.get(address)
        for citation in reversed(find_citations(located.provision.text) if located else ()):
            if citation.kind is CitationKind.INTERNAL and citation.path:
                yield Antecedent(citation.base, citation.path)
                break


def _above(at: Address) -> Iterator[Address]:
    """What holds this place, the nearest first: a list whose 项 are 一、 or 1． can be there."""
    for depth in range(len(at.steps) - 1, 0, -1):
        yield Address(at.steps[:depth])


def _counted_through(citation: Citation, places: Places) -> Iterator[Address]:
    """第11项 in a text without 条 that counts 1．, 2．, 3． through all its 一、二、三、."""
    for target in citation.targets:
        ends = [only(path, places) for path in (target.first, target.last) if path]
        yield from between(ends[0], ends[-1], places) if len(ends) == 2 else ends


def _intro(at: Address, places: Places) -> Antecedent | None:
    """What the 款 above a 项 cites last."""
    if at not in places.by_address or not places.by_address[at].parents:
        return None
    above = places.by_address[at].parents[-1]
    if above.unit is not Unit.PARAGRAPH:
        return None
    cited = [c for c in find_citations(above.text) if c.kind is CitationKind.INTERNAL]
    return Antecedent(cited[-1].base, cited[-1].path) if cited else None


def _onward(
    before: Antecedent, citation: Citation, at: Address, places: Places
) -> tuple[Address, ...]:
    """Where a bare number is counted when it goes on from another citation."""
    unit = citation.targets[0].first[0][0]
    order = list(MISSING_CODES)
    path = tuple(step for step in before.path if order.index(step[0]) < order.index(unit))
    if before.base is not None:
        starts = from_base(before.base, at, places)
    elif before.path:
        starts = (up_to(at, before.path[0][0], places),)
    else:
        starts = (up_to(at, unit, places),)
    return tuple(walk(path, start, places) for start in starts)


def _earlier_with(citation: Citation, at: Address, places: Places) -> Iterator[Address]:
    """Of `_earlier` those that may have the 项 that are cited."""
    steps = dict(at.steps)
    if Unit.ARTICLE not in steps or Unit.PARAGRAPH not in steps:
        return
    article = Address(((Unit.ARTICLE, steps[Unit.ARTICLE]),))
    if article not in places.by_address:
        return
    paths = (path for target in citation.targets for path in (target.first, target.last) if path)
    numbers = [path[0][1] for path in paths]
    for position in items_of(article, places).before(steps[Unit.PARAGRAPH].value, numbers):
        yield article.below(Unit.PARAGRAPH, Number(position))


def _earlier(at: Address) -> Iterator[Address]:
    """The other 款 of the same article, the nearest before first."""
    steps = dict(at.steps)
    if Unit.ARTICLE not in steps or Unit.PARAGRAPH not in steps:
        return
    article = Address(((Unit.ARTICLE, steps[Unit.ARTICLE]),))
    for position in range(steps[Unit.PARAGRAPH].value - 1, 0, -1):
        yield article.below(Unit.PARAGRAPH, Number(position))
