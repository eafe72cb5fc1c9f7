"""What two versions of a law have in common, as one object: most articles of the next version.

Floor 0. The store reads each version by itself; what is worked out of an article and kept (see
`kept`) is then worked out once for all versions that have it.
"""

from __future__ import annotations

from dataclasses import replace
from operator import is_
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
        there = known.get(key) if key is not None else None
        if key is None:
            here = provision
        elif provision.unit is Unit.ARTICLE:
            here = known.pop(key) if there == provision else provision
        else:
            here = replace(provision, children=_shared(provision.children, known))
            # What it holds must be the same objects: each is given out once, see `pop`, so that no
            # law has one in two places.
            if there is not None and _holds_the_same(there, here) and there == here:
                here = known.pop(key)
        out.append(here)
    return tuple(out)


def _holds_the_same(one: Provision, other: Provision) -> bool:
    return len(one.children) == len(other.children) and all(map(is_, one.children, other.children))
