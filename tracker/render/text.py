"""Provisions as canonical lines: what `show` prints and a unified diff compares.

Floor 4. The words are those of the canonical text, which only `tracker.parse.canonical` writes.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.law.model import Law, Provision, Unit
from tracker.parse import canonical
from tracker.parse.claims import Claim

__all__ = ["claims_text", "provision_text"]

_BLOCKS = (Unit.ARTICLE, Unit.ANNEX, Unit.INTRODUCTION)


def provision_text(provision: Provision) -> str:
    """One provision with all below it, as in the canonical text, without a newline at the end.

    >>> from tracker.law.numbering import Number
    >>> item = Provision(Unit.SUBPARAGRAPH, Number(2), text="其他情形。")
    >>> provision_text(item)
    '（二）其他情形。'
    """
    unit = provision.unit
    if unit in _BLOCKS or unit.is_heading or unit.is_outline:
        return canonical.write(Law("", (provision,))).strip("\n")
    line = canonical.heading_line(provision) + provision.text
    return "\n".join([line, *(provision_text(child) for child in provision.children)])


def claims_text(claims: Iterable[Claim]) -> str:
    """What a 说明 says about which provisions: the places, then the sentence, a block a claim.

    A place that the text lacks has 没有 before it.
    """
    blocks = []
    for claim in claims:
        places = [address.citation for address in claim.addresses]
        places += [f"没有{problem.quote}" for problem in claim.missing]
        blocks.append("、".join(places) + "\n" + claim.text.replace("\n", ""))
    return "\n\n".join(blocks) or "说明没有引用条文。"
