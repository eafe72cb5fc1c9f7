"""Citations that name no law and mean another one: in a 修正案, in what it quotes, in a list of
crimes.

Floor 1, between finding a citation and asking where it points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.parse.citations.index import AMENDS, Places
from tracker.parse.citations.model import Citation, CitationKind
from tracker.parse.citations.names import LAW_TITLE, known_name
from tracker.parse.citations.scan import find_citations

__all__ = ["as_external"]

_TITLE: Final = re.compile("《((?:[^《》\n]|《[^《》\n]{0,60}》){1,120})》")


def as_external(citation: Citation, at: Address, places: Places) -> Citation:
    """The citation as one of another law, with its title if it is known; else as it was.

    In 将第三条修改为：“……前款……” of a 修改决定 both are of the law it amends, and 第三条 in a text
    without any 条 (a list of the names of crimes) is of another law.
    """
    if citation.kind is CitationKind.EXTERNAL or not _is_elsewhere(citation, at, places):
        return citation
    title = _law_meant(citation, at, places)
    return replace(citation, kind=CitationKind.EXTERNAL, title=title)


def _is_elsewhere(citation: Citation, at: Address, places: Places) -> bool:
    first = citation.targets[0].first[0][0] if citation.targets else None
    named = citation.kind is CitationKind.INTERNAL and citation.text.startswith("第")
    if _amends(places.law.title):
        own = citation.text.startswith("本") or citation.base is not None
        return not own or _is_quoted(citation, at, places)
    return named and first is Unit.ARTICLE and not places.articles


@lru_cache(maxsize=64)  # asked for each citation of a law
def _amends(title: str) -> bool:
    return AMENDS.search(title) is not None


def _is_quoted(citation: Citation, at: Address, places: Places) -> bool:
    """Whether a citation stands in “…”, also where it was opened in a line before."""
    located = places.by_address.get(at)
    before = located.provision.text[: citation.start] if located else ""
    mark = max(before.rfind("“"), before.rfind("”"))
    return before[mark] == "“" if mark >= 0 else at in places.quoted


def _law_meant(citation: Citation, at: Address, places: Places) -> str | None:
    """The law named last before this place, or the one that the title of the text is about."""
    for text in _texts_before(citation, at, places):
        named = [one.title for one in find_citations(text) if one.title]
        named += [title for title in _TITLE.findall(text) if LAW_TITLE.search(title)]
        if named:
            return named[-1]
    titles = [title for title in _TITLE.findall(places.law.title) if LAW_TITLE.search(title)]
    return titles[-1] if titles else known_name(places.law.title)


def _texts_before(citation: Citation, at: Address, places: Places) -> Iterator[str]:
    """The text up to the citation or to what it quotes, then what stands above it, nearest first.

    将第三条修改为：“依照《民法典》第九条，前款……” is not of the 民法典.
    """
    located = places.by_address.get(at)
    if located is None:
        return
    yield located.provision.text[: citation.start].partition("“")[0]
    for above in reversed(located.parents):
        yield f"{above.caption or ''}{above.text}".partition("“")[0]
