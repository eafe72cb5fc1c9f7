"""Every citation of a law with where it stands and where it points; and who cites a provision.

Floor 1. What `find_citations` finds in each provision, and `resolve` makes of it, as one list; and
the laws that are named as a whole, without a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracker.law.address import Address, located_in
from tracker.law.model import Law, Unit
from tracker.law.problems import Problem, TrackerError
from tracker.parse.citations.elsewhere import as_external
from tracker.parse.citations.index import Places
from tracker.parse.citations.model import Citation, CitationKind, Step, Target
from tracker.parse.citations.names import LAW_TITLE
from tracker.parse.citations.reading import resolve
from tracker.parse.citations.scan import find_citations
from tracker.parse.citations.short_names import short_names

__all__ = [
    "PlacedCitation",
    "citing",
    "citing_in_vain",
    "citing_other",
    "list_citations",
    "need_few",
]

MOST_TARGETS: Final = 1_000_000
"""Provisions that the citations of a law point to, ranges written out. 第一条至第九千条 in each of
9,000 articles would be 81 million."""
MOST_CITATIONS: Final = 100_000
"""Citations of a law; of 3,423 the one with the most has 408. 。第二条 over and over, a million
characters of it, are 250,000, which took 10 s and 800 MB to resolve."""
_NAMED: Final = re.compile("《([^《》\n]{2,60})》")


@dataclass(frozen=True, slots=True)
class PlacedCitation:
    """A citation, the provision whose text holds it, and what it points to.

    `targets` are provisions of the same law, ranges written out; empty for another law and for a
    law that is named as a whole. Where some or all are not there, `problem` says so, and `missing`
    are those, as they are cited. `citation.start` and `end` are its place in the text of `at`, in
    code points.
    """

    at: Address
    citation: Citation
    targets: tuple[Address, ...] = ()
    problem: Problem | None = None
    missing: tuple[Target, ...] = ()


def list_citations(law: Law) -> tuple[PlacedCitation, ...]:
    """Every citation in the provisions of a law, in the order of the text.

    >>> from tracker.law.model import Provision, Unit
    >>> from tracker.law.numbering import Number
    >>> text = Provision(Unit.PARAGRAPH, text="依照前条。")
    >>> articles = (Provision(Unit.ARTICLE, Number(n), children=(text,)) for n in (1, 2))
    >>> one, two = list_citations(Law("某条例", tuple(articles)))
    >>> one.problem.code, two.at.citation, two.citation.text, [str(a) for a in two.targets]
    ('no-such-article', '第二条第一款', '前条', ['art_1'])

    Raises TrackerError `too-many-citations` for a law with more than `MOST_CITATIONS`, or with
    more than `MOST_TARGETS` that they point to.
    """
    return tuple(_listed(law))


def need_few(citations: int, targets: int, title: str) -> None:
    """Raise TrackerError `too-many-citations` for a law with more citations than `MOST_CITATIONS`,
    or with citations that point to more provisions than `MOST_TARGETS`."""
    if citations > MOST_CITATIONS:
        raise TrackerError(
            "too-many-citations",
            f"《{title or '（无标题）'}》有超过 {MOST_CITATIONS:,} 处引用，没有逐一核对",
            "核对来源是不是法规；来源里有几部法规的，分成几个文件",
        )
    if targets > MOST_TARGETS:
        raise TrackerError(
            "too-many-citations",
            f"《{title or '（无标题）'}》的引用一共指到超过 {MOST_TARGETS:,} 处，没有逐一写出",
            "核对“第…条至第…条”这样的引用；来源里有几部法规的，分成几个文件",
        )


def _listed(law: Law) -> Iterator[PlacedCitation]:
    places, shorts = Places.of(law), short_names(law)
    cited = pointed = 0
    for located in located_in(law):
        numbered = [_in_full(one, shorts) for one in find_citations(located.provision.text)]
        cited += len(numbered)
        need_few(cited, pointed, law.title)
        whole = (
            _in_full(one, shorts)
            for one in _whole_laws(located.provision.text, law, numbered, shorts)
        )
        for written in sorted((*numbered, *whole), key=lambda one: one.start):
            if not written.targets and written.title is not None:
                yield PlacedCitation(located.address, written)
                continue
            citation = as_external(written, located.address, places)
            found = resolve(citation, located.address, places)
            pointed += len(found.targets)
            need_few(cited, pointed, law.title)
            yield PlacedCitation(
                located.address, citation, found.targets, found.problem, found.missing
            )


def _in_full(citation: Citation, shorts: Mapping[str, str]) -> Citation:
    """A citation of another law by its full title, where the text says which one is meant."""
    full = shorts.get(citation.title) if citation.title else None
    return citation if full is None else replace(citation, title=full)


def _whole_laws(
    text: str, law: Law, numbered: Sequence[Citation], shorts: Mapping[str, str]
) -> Iterator[Citation]:
    """Laws that a text names without a number: 依照《民法典》的规定处理.

    《安全生产许可证》 is no law; 《民法典》第十条 is among the `numbered` ones.
    """
    if "《" not in text:
        return
    coming = 0  # of the numbered ones, which stand in order as the names do
    for found in _NAMED.finditer(text):
        title, (start, end) = found[1], found.span()
        while coming < len(numbered) and numbered[coming].end <= start:
            coming += 1
        taken = coming < len(numbered) and numbered[coming].start < end
        if taken or not (title in shorts or LAW_TITLE.search(title)):
            continue
        own = bool(law.title) and _bare(title) == _bare(law.title)
        kind = CitationKind.INTERNAL if own else CitationKind.EXTERNAL
        yield Citation(start, end, found.group(), kind, title=title)


def citing(
    listed: Iterable[PlacedCitation], wanted: Iterable[Address]
) -> tuple[PlacedCitation, ...]:
    """Those that point to one of the provisions `wanted`, or to something in it.

    第十二条第二款 cites 第十二条 too, 第三条至第五条 cites 第四条; 本章 does not cite its articles.
    """
    asked = frozenset(wanted)
    return tuple(
        one
        for one in listed
        if any(
            Address(target.steps[:depth]) in asked
            for target in one.targets
            for depth in range(1, len(target.steps) + 1)
        )
    )


def citing_in_vain(
    listed: Iterable[PlacedCitation], wanted: Iterable[tuple[Step, ...]]
) -> tuple[PlacedCitation, ...]:
    """Those that name one of the paths `wanted`, or something in it, but point to nothing there.

    违反第十二条第二款的 cites 第十二条, also where that has one 款 only; 第二条、第九条 in a law of
    eight articles cites 第九条 in vain, not 第二条. 本条第九款 names its own article; 前款 names
    nothing.
    """
    asked = [path for path in wanted if path]
    return tuple(
        one
        for one in listed
        if one.problem is not None and any(_holds(_named(one), path) for path in asked)
    )


def _named(one: PlacedCitation) -> tuple[Target, ...]:
    """What is missing by its words, 本条第九款 with the article that it stands in."""
    base = one.citation.base
    if base is None or (base.word, base.unit) != ("本", Unit.ARTICLE):
        return one.missing
    own = tuple(step for step in one.at.steps if step[0] is Unit.ARTICLE)
    return tuple(Target((*own, *target.first)) for target in one.missing)


def citing_other(listed: Iterable[PlacedCitation], wanted: Citation) -> tuple[PlacedCitation, ...]:
    """Those of another law that is called the same: 《民法典》第十条 finds 民法典第十条第二款 too.

    `wanted` without targets asks for the law as a whole. 中华人民共和国 before a name counts for
    nothing.
    """
    title = _bare(wanted.title)
    return tuple(
        one
        for one in listed
        if one.citation.kind is CitationKind.EXTERNAL
        and not one.targets
        and (_bare(one.citation.title) == title or _is_called(one.citation, title))
        and (not wanted.targets or _reaches(one.citation, wanted))
    )


def _is_called(citation: Citation, title: str) -> bool:
    """Whether a law is called so here, though its text says that this is short for another name."""
    name = citation.text.removeprefix("《")
    return bool(title) and (name == title or name.startswith((f"{title}》", f"{title}第")))


def _bare(title: str | None) -> str:
    return (title or "").removeprefix("中华人民共和国")


def _reaches(citation: Citation, wanted: Citation) -> bool:
    """Whether a target is what is asked for, lies in it, or is a range that holds it."""
    return any(_holds(citation.targets, target.first) for target in wanted.targets)


def _holds(targets: Iterable[Target], asked: tuple[Step, ...]) -> bool:
    return any(
        target.first[: len(asked)] == asked
        or (target.last is not None and _between(target.first, asked, target.last))
        for target in targets
    )


def _between(first: tuple[Step, ...], asked: tuple[Step, ...], last: tuple[Step, ...]) -> bool:
    if not len(first) == len(asked) == len(last) or not first[:-1] == asked[:-1] == last[:-1]:
        return False
    return first[-1][1] <= asked[-1][1] <= last[-1][1] and asked[-1][0] is first[-1][0]
