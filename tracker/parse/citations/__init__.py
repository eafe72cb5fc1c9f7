"""Citations of provisions: find them, resolve them, mask them, follow them through a renumbering.

Floor 1. The one door to citations for other parts: what `find_citations` finds in a text, `resolve`
turns into addresses; comparing asks whether two texts differ in cited numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.parse.citations.index import Places
from tracker.parse.citations.model import Base, Citation, CitationKind, Ordinal, Step, Target
from tracker.parse.citations.reading import Resolved, resolve
from tracker.parse.citations.scan import find_citations, find_heads

__all__ = [
    "Base", "Citation", "CitationKind", "Ordinal", "Places", "Resolved", "Step", "Target",
    "citation_numbers", "citations_follow", "find_citations", "find_heads", "mask_citations",
    "resolve",
]  # fmt: skip

MASK: Final = "※"
"""What stands for a number in a masked text; no law uses this sign."""


def citation_numbers(text: str) -> tuple[Ordinal, ...]:
    """Every number written in a citation of the same law, in order, with its place in the text.

    Numbers in citations of other laws are left out: they follow another law's renumbering.

    >>> [(n.unit.value, str(n.number)) for n in citation_numbers("第十条之一第二款、刑法第九条")]
    [('article', '10-1'), ('paragraph', '2')]
    """
    return tuple(
        ordinal
        for citation in find_citations(text)
        if citation.kind is not CitationKind.EXTERNAL
        for ordinal in citation.ordinals
    )


def mask_citations(text: str) -> str:
    """The text with one mark for each number in a citation of the same law.

    Two texts that are equal when masked differ at most in such numbers.

    >>> mask_citations("违反本条例第十条第二款、第十一条规定的，依照《刑法》第三条处理。")
    '违反本条例第※条第※款、第※条规定的，依照《刑法》第三条处理。'
    """
    out, done = [], 0
    for ordinal in citation_numbers(text):
        out += [text[done : ordinal.start], MASK]
        done = ordinal.end
        if ordinal.tail is not None:  # the 之一 behind its unit
            out.append(text[done : ordinal.tail[0]])
            done = ordinal.tail[1]
    return "".join([*out, text[done:]])


def citations_follow(old: str, new: str, mapping: Mapping[Number, tuple[Number, ...]]) -> bool:
    """Whether two texts differ in cited numbers only, and each cited article follows `mapping`.

    `mapping` gives for an old article the new ones it became (several after a split, none when it
    was deleted). 款 and 项 numbers may differ where their article is another one by the mapping.

    >>> shift = {Number(3): (Number(5),), Number(4): (Number(4),)}
    >>> citations_follow("依照第三条处罚。", "依照第五条处罚。", shift)
    True
    >>> citations_follow("依照第三条处罚。", "依照第四条处罚。", shift)
    False
    """
    if old == new or mask_citations(old) != mask_citations(new):
        return False
    pairs = zip(citation_numbers(old), citation_numbers(new), strict=True)
    for before, after in pairs:
        if before.unit is not Unit.ARTICLE:
            continue
        became = mapping.get(before.number, ())
        if after.number not in became:
            return False
    return True
