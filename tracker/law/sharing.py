"""What two versions of a law have in common, as one object: most articles of the next version.

Floor 0. The store reads each version by itself; what is worked out of an article and kept (see
`kept`) is then worked out once for all versions that have it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tracker.law.model import Law, Provision, Unit

__all__ = ["shared"]

_Key = tuple[Unit, int, tuple[int, ...]]
_SHARED: Final = frozenset({Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION, Unit.ARTICLE})


def shared(law: Law, earlier: Law) -> Law:
    """The same law, in which each heading and article that `earlier` has too, with its number and
    all that it holds, is the object that it is there.

    >>> from tracker.law.numbering import Number
    >>> one, two = (
    ...     Law("某法", (Provision(Unit.ARTICLE, Number(1), children=(Provision(
    ...         Unit.PARAGRAPH, text="为了……，制定本法。"),)),)) for _ in range(2)
    ... )
    >>> again = shared(two, one)
    >>> again == two, again.body[0] is one.body[0]
    (True, True)
    """
    known: dict[_Key, Provision] = {}
    _index(earlier.body, known)
    body = _shared(law.body, known)
    return law if body is law.body else replace(law, body=body)


def _key(provision: Provision) -> _Key | None:
    number = provision.number
    if number is None or provision.unit not in _SHARED:
        return None
    return provision.unit, number.value, number.suffix


def _index(provisions: tuple[Provision, ...], known: dict[_Key, Provision]) -> None:
    for provision in provisions:
        key = _key(provision)
        if key is not None:
            known.setdefault(key, provision)
            if provision.unit is not Unit.ARTICLE:
                _index(provision.children, known)


def _shared(
    provisions: tuple[Provision, ...], known: dict[_Key, Provision]
) -> tuple[Provision, ...]:
    out = []
    for provision in provisions:
        key = _key(provision)
        here = provision
        if key is not None:
            if provision.unit is not Unit.ARTICLE:
                children = _shared(provision.children, known)
                here = replace(provision, children=children)
            there = known.get(key)
            if there == here:  # quick for a heading: what it holds is the same objects by now
                here = known.pop(key)  # given out once, so that a law has no object twice
        out.append(here)
    return tuple(out)
