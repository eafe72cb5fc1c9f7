"""Where a provision is: art_12__para_2__subpara_3 ⇄ Address ⇄ 第十二条第二款第三项.

Floor 0. The machine form follows the naming convention of Akoma Ntoso (eId): short names of units,
``_`` before the number, ``__`` between levels. Articles are numbered through the whole law, so the
address of anything in an article starts at the article, whatever its chapter; 款 are counted by
position even where an article has only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tracker.law.collecting import no_collecting
from tracker.law.kept import kept
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number, write_numeral

__all__ = [
    "Address",
    "Located",
    "locate",
    "locate_below",
    "locate_level",
    "located_below",
    "located_in",
]

_SHORT = {
    Unit.INTRODUCTION: "intro", Unit.PART: "part", Unit.SUBPART: "subpart", Unit.CHAPTER: "chp",
    Unit.SECTION: "sec", Unit.ARTICLE: "art", Unit.PARAGRAPH: "para",
    Unit.SUBPARAGRAPH: "subpara", Unit.ITEM: "item", Unit.OUTLINE_1: "l1", Unit.OUTLINE_2: "l2",
    Unit.OUTLINE_3: "l3", Unit.OUTLINE_4: "l4", Unit.OUTLINE_5: "l5", Unit.ANNEX: "annex",
}  # fmt: skip
_UNITS = {short: unit for unit, short in _SHORT.items()}
_MOST: Final = 100
_COUNTED: Final = tuple(Number(n) for n in range(_MOST))
"""The numbers of 款, which have none of their own: made once."""


class _Spelled:
    """How an address is written, kept once it was asked for: pages ask for each some thirty times.

    Not among the fields of the dataclass, so that it counts nowhere.
    """

    __slots__ = ("_citation", "_hash", "_name")

    _citation: str
    _hash: int
    _name: str


@dataclass(frozen=True, slots=True, order=True)
class Address(_Spelled):
    """A path of units and numbers, outermost first.

    >>> a = Address(((Unit.ARTICLE, Number(12)), (Unit.PARAGRAPH, Number(2))))
    >>> str(a), a.citation
    ('art_12__para_2', '第十二条第二款')
    """

    steps: tuple[tuple[Unit, Number], ...]

    def __str__(self) -> str:
        try:
            return self._name
        except AttributeError:
            name = "__".join([f"{_SHORT[unit]}_{number}" for unit, number in self.steps])
            object.__setattr__(self, "_name", name)
            return name

    @classmethod
    def of(cls, text: str) -> Address:
        """Read what `str` writes. Raises ValueError."""
        steps = []
        for step in text.split("__"):
            short, _, number = step.rpartition("_")
            if short not in _UNITS:
                raise ValueError(f"not an address: {text!r}")
            steps.append((_UNITS[short], Number.of(number)))
        return cls(tuple(steps))

    @property
    def citation(self) -> str:
        """As people write it: 第十二条第二款第（三）项 is written 第十二条第二款第三项."""
        try:
            return self._citation
        except AttributeError:
            citation = "".join([_cite(unit, number) for unit, number in self.steps])
            object.__setattr__(self, "_citation", citation)
            return citation

    def __hash__(self) -> int:
        """Kept too: what is known of an article is looked up by its address again and again."""
        try:
            return self._hash
        except AttributeError:
            object.__setattr__(self, "_hash", hash(self.steps))
            return self._hash

    def below(self, unit: Unit, number: Number) -> Address:
        """The address one level down."""
        return _at((*self.steps, (unit, number)))


@lru_cache(maxsize=16384)
def _at(steps: tuple[tuple[Unit, Number], ...]) -> Address:
    """One address for one place of all laws and versions: it is written and hashed once."""
    return Address(steps)


def _cite(unit: Unit, number: Number) -> str:
    name = write_numeral(number.value)
    match unit:
        case Unit.INTRODUCTION:
            return "序言"
        case Unit.ANNEX:
            return f"附件{name}"
        case Unit.OUTLINE_1:
            return f"{name}、"
        case Unit.OUTLINE_2:
            return f"（{name}）"
        case Unit.OUTLINE_3:
            return f"{number.value}．"
        case Unit.OUTLINE_4:
            return f"（{number.value}）"
        case Unit.OUTLINE_5:
            return f"——第{name}项"
        case _:
            return number.written(unit.label)


@dataclass(frozen=True, slots=True)
class Located:
    """A provision with its address and the provisions it lies in, outermost first."""

    provision: Provision
    address: Address
    parents: tuple[Provision, ...]


class _Unfrozen:
    """A Located before it is frozen, see `provision` in the model: a third of the time of
    ``Located(…)``, and each page of a law has some hundred of them."""

    __slots__ = ("address", "parents", "provision")

    provision: Provision
    address: Address
    parents: tuple[Provision, ...]


def locate(law: Law) -> Iterator[Located]:
    """Every provision of a law with its address, in the order of the text.

    Two provisions can have the same address where a law repeats a number; the checks report it.
    """
    yield from _locate(law.body, None, ())


@kept(16)
def located_in(law: Law) -> tuple[Located, ...]:
    """What `locate` gives, worked out once for whoever asks: a page of a law, its data, the check
    and the search each go through all of it."""
    with no_collecting():  # of 150,000 annexes and what they hold that was two thirds of the time
        return tuple(locate(law))


def locate_below(located: Located) -> Iterator[Located]:
    """Every provision below this one, with the address it has in the law."""
    parents = (*located.parents, located.provision)
    yield from _locate(located.provision.children, located.address, parents)


@kept(2048)
def located_below(located: Located) -> tuple[Located, ...]:
    """What `locate_below` gives, worked out once: a past is looked for through all stages."""
    return tuple(locate_below(located))


def _locate(
    siblings: tuple[Provision, ...], above: Address | None, parents: tuple[Provision, ...]
) -> Iterator[Located]:
    for here in locate_level(siblings, above, parents):
        yield here
        if here.provision.children:
            inside = (*parents, here.provision)
            yield from _locate(here.provision.children, here.address, inside)


def locate_level(
    siblings: tuple[Provision, ...], above: Address | None, parents: tuple[Provision, ...]
) -> Iterator[Located]:
    """These siblings only, without what lies below them; `above` and `parents` are what they lie
    in, None and empty at the top of a law."""
    position: dict[Unit, int] = {}
    article = Unit.ARTICLE
    for provision in siblings:
        unit = provision.unit
        at = position[unit] = position.get(unit, 0) + 1
        step = (unit, provision.number or (_COUNTED[at] if at < _MOST else Number(at)))
        steps = (step,) if above is None or unit is article else (*above.steps, step)
        here = _Unfrozen()
        here.provision = provision
        here.address = _at(steps)
        here.parents = parents
        here.__class__ = Located  # type: ignore[assignment]
        yield here  # type: ignore[misc]
