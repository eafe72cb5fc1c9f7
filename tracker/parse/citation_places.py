"""Where a citation points in a law: addresses, or a problem that says what is missing.

Floor 1. `Places` indexes a law once; `resolve` looks citations up in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracker.law.address import Address, Located, locate
from tracker.law.model import Law, Unit
from tracker.law.numbering import Number, write_numeral
from tracker.law.problems import Problem, Severity
from tracker.parse.citation_model import (
    Antecedent,
    Base,
    Citation,
    CitationKind,
    Step,
    Target,
)
from tracker.parse.citation_scan import find_citations

__all__ = ["Places", "resolve"]

_MISSING_CODES = {
    Unit.PART: "no-such-part", Unit.SUBPART: "no-such-part", Unit.CHAPTER: "no-such-chapter",
    Unit.SECTION: "no-such-section", Unit.ARTICLE: "no-such-article",
    Unit.PARAGRAPH: "no-such-paragraph", Unit.SUBPARAGRAPH: "no-such-subparagraph",
    Unit.ITEM: "no-such-item",
}  # fmt: skip
# What a law calls 项 is （一） today, but 一、 or 1． right below the 款 in older and odd texts.
_AS_SUBPARAGRAPH = (
    Unit.SUBPARAGRAPH, Unit.OUTLINE_1, Unit.ITEM, Unit.OUTLINE_4, Unit.OUTLINE_2,
)  # fmt: skip
_OTHER_LIST = "no-such-subparagraph"
_COUNTRY = "中华人民共和国"


class _MissingError(Exception):
    def __init__(self, unit: Unit, words: str) -> None:
        super().__init__(words)
        self.unit, self.words = unit, words


@dataclass(frozen=True, slots=True)
class Places:
    """A law, indexed by address. Where a number is repeated, the first one stands for it."""

    law: Law
    by_address: dict[Address, Located]
    articles: tuple[Number, ...]

    @classmethod
    def of(cls, law: Law) -> Places:
        """Index a law."""
        found: dict[Address, Located] = {}
        for located in locate(law):
            found.setdefault(located.address, located)
        numbers = tuple(a.number for a in law.articles() if a.number is not None)
        return cls(law, found, numbers)

    def headings_above(self, at: Address) -> tuple[Step, ...]:
        """编章节 that hold this place, outermost first."""
        located = self.by_address.get(at)
        parents = located.parents if located else ()
        steps = [(p.unit, p.number) for p in parents if p.unit.is_heading and p.number]
        if located and located.provision.unit.is_heading:
            return located.address.steps
        return tuple(steps)


def resolve(citation: Citation, at: Address, law: Law | Places) -> tuple[Address, ...] | Problem:
    """The provisions that a citation standing at `at` points to, ranges written out.

    `law` may be a `Places` where many citations of one law are resolved. An external citation gives
    an empty tuple, unless its title is this law's own; so does 本编 where the text as a whole is
    that part of a code. A citation whose target is missing gives a
    Problem: ``no-such-article``, ``no-such-paragraph``, ``no-such-subparagraph`` …, or
    ``ambiguous-citation`` where 第三项 can be in several 款.
    """
    places = law if isinstance(law, Places) else Places.of(law)
    if citation.kind is CitationKind.EXTERNAL and not _is_own(citation.title, places.law.title):
        return ()
    missing: _MissingError | None = None
    for attempt in _attempts(citation, at, places):
        try:
            return tuple(a for a in dict.fromkeys(attempt()) if a.steps)
        except _MissingError as error:
            missing = missing or error
    assert missing is not None
    return _problem(missing, citation, at)


def _is_own(title: str | None, own: str) -> bool:
    return bool(title) and bool(own) and _bare(title or "") == _bare(own)


def _bare(title: str) -> str:
    return title.removeprefix(_COUNTRY)


def _problem(missing: _MissingError, citation: Citation, at: Address) -> Problem:
    if missing.words == "ambiguous":
        code, severity = "ambiguous-citation", Severity.INFO
        message = f"“{citation.text}”没有写明第几款，不止一款有该项"
        hint = "写明第几款。"
    else:
        code, severity = _MISSING_CODES.get(missing.unit, _OTHER_LIST), Severity.ERROR
        message = f"引用“{citation.text}”，但是没有{missing.words}"
        hint = "核对被引用的条文；条号变动后引用是否随之修改。"
    return Problem(
        code=code, severity=severity, message=message, hint=hint,
        citation=at.citation, address=str(at), quote=citation.text,
    )  # fmt: skip


_Attempt = Callable[[], Iterable[Address]]


def _attempts(citation: Citation, at: Address, places: Places) -> Iterator[_Attempt]:
    """The readings of a citation, the likeliest first; all but the bare 第三项 have one."""
    bare = citation.kind is CitationKind.RELATIVE and citation.base is None
    if not bare:
        yield lambda: _count(citation, _bases(citation, at, places), places)
        yield from _other_bases(citation, at, places)
        return
    intro = _intro(at, places)  # 违反第十条规定的……：（一）违反第二款规定的
    if intro is not None:
        yield lambda: _count(citation, _onward(intro, citation, at, places), places)
    unit, after = citation.targets[0].first[0][0], citation.after
    own = (_up_to(at, unit, places),)
    readings: list[_Attempt] = [lambda: _count(citation, own, places)]
    if after is not None:
        readings.append(lambda: _count(citation, _onward(after, citation, at, places), places))
        named = {step[0] for step in after.path}
        if unit is Unit.PARAGRAPH and named >= {Unit.ARTICLE, Unit.PARAGRAPH}:
            readings.reverse()  # 违反第十条第一款规定的……；违反第二款规定的……
    yield from readings
    if unit is Unit.SUBPARAGRAPH:
        for earlier in (*_earlier(at), *_above(at)):
            yield lambda earlier=earlier: _count(citation, (earlier,), places)  # type: ignore[misc]
        if not places.articles:
            yield lambda: _counted_through(citation, places)


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
                yield lambda start=start: _count(  # type: ignore[misc]
                    citation, _onward(start, citation, at, places), places
                )
    units = [unit for unit, _ in at.steps]
    if (base.word, base.unit, base.count) == ("前", Unit.PARAGRAPH, 1) and Unit.PARAGRAPH in units:
        own = Address(at.steps[: units.index(Unit.PARAGRAPH) + 1])  # 前款 glued to the last 项
        if own != at:
            yield lambda: _count(citation, (own,), places)


def _above(at: Address) -> Iterator[Address]:
    """What holds this place, the nearest first: a list whose 项 are 一、 or 1． can be there."""
    for depth in range(len(at.steps) - 1, 0, -1):
        yield Address(at.steps[:depth])


def _counted_through(citation: Citation, places: Places) -> Iterator[Address]:
    """第11项 in a text without 条 that counts 1．, 2．, 3． through all its 一、二、三、."""
    for target in citation.targets:
        ends = [_only(path, places) for path in (target.first, target.last) if path]
        yield from _between(ends[0], ends[-1], places) if len(ends) == 2 else ends


def _only(path: tuple[Step, ...], places: Places) -> Address:
    wanted = (Unit.OUTLINE_3, path[0][1])
    found = [address for address in places.by_address if address.steps[-1] == wanted]
    if len(path) != 1 or len(found) != 1:
        raise _MissingError(path[0][0], path[0][1].written(path[0][0].label))
    return found[0]


def _count(citation: Citation, bases: tuple[Address, ...], places: Places) -> Iterable[Address]:
    if not citation.targets:
        return bases
    return [a for target in citation.targets for a in _target(target, bases, places)]


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
    order = list(_MISSING_CODES)
    path = tuple(step for step in before.path if order.index(step[0]) < order.index(unit))
    if before.base is not None:
        starts = _from_base(before.base, at, places)
    elif before.path:
        starts = (_up_to(at, before.path[0][0], places),)
    else:
        starts = (_up_to(at, unit, places),)
    return tuple(_walk(path, start, places) for start in starts)


def _earlier(at: Address) -> Iterator[Address]:
    """The other 款 of the same article, the nearest before first."""
    steps = dict(at.steps)
    if Unit.ARTICLE not in steps or Unit.PARAGRAPH not in steps:
        return
    article = Address(((Unit.ARTICLE, steps[Unit.ARTICLE]),))
    for position in range(steps[Unit.PARAGRAPH].value - 1, 0, -1):
        yield article.below(Unit.PARAGRAPH, Number(position))


def _bases(citation: Citation, at: Address, places: Places) -> tuple[Address, ...]:
    """Where the numbers of a citation are counted from; the base itself where it has none."""
    if citation.base is not None:
        return _from_base(citation.base, at, places)
    if citation.within:
        for address, located in places.by_address.items():
            named = located.provision.caption == citation.within
            if located.provision.unit in (Unit.PART, Unit.CHAPTER) and named:
                return (address,)
        raise _MissingError(Unit.PART, citation.within)
    return (_up_to(at, citation.targets[0].first[0][0], places),)


def _up_to(at: Address, unit: Unit, places: Places) -> Address:
    """The provision that a bare number of `unit`, standing at `at`, is counted in."""
    order = list(_MISSING_CODES)
    if order.index(unit) <= order.index(Unit.ARTICLE):
        above = places.headings_above(Address(at.steps))
        return Address(tuple(s for s in above if order.index(s[0]) < order.index(unit)))
    steps = (s for s in at.steps if s[0] not in order or order.index(s[0]) < order.index(unit))
    return Address(tuple(steps))


def _from_base(base: Base, at: Address, places: Places) -> tuple[Address, ...]:
    if base.unit.is_heading:
        above = places.headings_above(at)
        for depth, (unit, _) in enumerate(above):
            if unit is base.unit:
                return (Address(above[: depth + 1]),)
        if base.unit is Unit.PART and places.articles and places.articles[0].value > 1:
            return (Address(()),)  # a part of a code, published by itself, is 本编
        raise _MissingError(base.unit, f"{base.word}{base.unit.label}")
    units = [unit for unit, _ in at.steps]
    known = _AS_SUBPARAGRAPH if base.unit is Unit.SUBPARAGRAPH else (base.unit,)
    named = next((unit for unit in known if unit in units), None)
    if named is None:
        raise _MissingError(base.unit, f"{base.word}{base.unit.label}")
    here = Address(at.steps[: units.index(named) + 1])
    if base.word == "本":
        return (here,)
    return tuple(_neighbours(base, here, places))


def _neighbours(base: Base, here: Address, places: Places) -> Iterator[Address]:
    """前两款 from the fourth 款: the second and the third."""
    *above, (unit, number) = here.steps
    if unit is Unit.ARTICLE:
        known = list(places.articles)
    else:
        outer = Address(tuple(above))
        children = places.by_address[outer].provision.children if outer in places.by_address else ()
        same = [c for c in children if c.unit is unit]
        known = [c.number or Number(i) for i, c in enumerate(same, start=1)]
    position = known.index(number) if number in known else -1
    first, last = (
        (position - base.count, position)
        if base.word == "前"
        else (position + 1, position + 1 + base.count)
    )
    if position < 0 or first < 0 or last > len(known):
        count = write_numeral(base.count) if base.count > 1 else ""
        raise _MissingError(unit, f"{base.word}{count}{unit.label}")
    for found in known[first:last]:
        yield Address((*above, (unit, found)))


def _target(target: Target, bases: tuple[Address, ...], places: Places) -> Iterator[Address]:
    for base in bases:
        first = _walk(target.first, base, places)
        if target.last is None:
            yield first
            continue
        last = _walk(target.last, base, places)
        yield from _between(first, last, places)


def _between(first: Address, last: Address, places: Places) -> Iterator[Address]:
    """Every provision of the range that is of the unit of its first end."""
    unit, depth = first.steps[-1][0], len(first.steps)
    inside = False
    for address in places.by_address:
        inside = inside or address == first
        if inside and len(address.steps) == depth and address.steps[-1][0] is unit:
            yield address
        if address == last:
            return


def _walk(path: tuple[Step, ...], base: Address, places: Places) -> Address:
    at = base
    for unit, number in path:
        at = _step(at, unit, number, places)
    return at


def _step(at: Address, unit: Unit, number: Number, places: Places) -> Address:
    if unit is Unit.ARTICLE:
        found = Address(((unit, number),))
    elif unit.is_heading:
        return _heading(at, unit, number, places)
    elif unit is Unit.SUBPARAGRAPH and at.steps and at.steps[-1][0] is Unit.ARTICLE:
        return _subparagraph(at, number, places)
    elif unit is Unit.SUBPARAGRAPH:
        found = next(_items(at, number, places), at.below(unit, number))
    else:
        found = at.below(unit, number) if at.steps else Address(((unit, number),))
    if found not in places.by_address:
        raise _MissingError(unit, found.citation)
    return found


def _heading(at: Address, unit: Unit, number: Number, places: Places) -> Address:
    """第三章: in the same 编 where it is there, else wherever only one 编 has it."""
    exact = at.below(unit, number) if at.steps else Address(((unit, number),))
    if exact in places.by_address:
        return exact
    found = [a for a in places.by_address if a.steps[-1] == (unit, number)]
    if len(found) != 1:
        raise _MissingError(unit, exact.citation)
    return found[0]


def _items(above: Address, number: Number, places: Places) -> Iterator[Address]:
    """The 项 of this number right below a 款, whatever its mark."""
    if above.steps:
        tries = (above.below(unit, number) for unit in _AS_SUBPARAGRAPH)
        yield from (address for address in tries if address in places.by_address)


def _subparagraph(article: Address, number: Number, places: Places) -> Address:
    """第十条第三项 without 款: the one 款 of that article which has such a 项."""
    if article not in places.by_address:
        raise _MissingError(Unit.ARTICLE, article.citation)
    paragraphs = len(places.by_address[article].provision.children)
    holders = (article.below(Unit.PARAGRAPH, Number(i)) for i in range(1, paragraphs + 1))
    found = [address for holder in holders for address in _items(holder, number, places)]
    if not found:
        raise _MissingError(Unit.SUBPARAGRAPH, article.below(Unit.SUBPARAGRAPH, number).citation)
    if len(found) > 1:
        raise _MissingError(Unit.SUBPARAGRAPH, "ambiguous")
    return found[0]
