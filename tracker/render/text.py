"""Provisions as canonical lines: what `show` prints and a unified diff compares.

Floor 4. The words are those of the canonical text, which only `tracker.parse.canonical` writes.
"""

from __future__ import annotations

from tracker.law.model import Law, Provision, Unit
from tracker.parse import canonical

__all__ = ["provision_text"]

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
