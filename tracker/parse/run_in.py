"""Articles that the source did not begin a line with: …制定本规则。第二条凡辖有航空器的….

Floor 1, after the tree is built. They are kept where they stand, because only the source can say
where their text ends; a problem names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tracker.law.model import Provision
from tracker.law.numbering import NUMERAL, Number
from tracker.law.problems import Problem, Severity

__all__ = ["BEGINS", "run_in"]

BEGINS: Final = "。第"
"""What a source has to hold for any article to begin inside another."""
_BEGINS: Final = re.compile(
    rf"。第({NUMERAL}{{1,12}}+)条(?![^。]{{0,2}}(?:规定|所列|所称|的|、|和|至|第))"
)


def run_in(articles: Sequence[Provision]) -> Iterator[Problem]:
    """A problem for each article of a law that holds the beginnings of the articles after it.

    Only numbers that go on from the article's own, one by one, and that the law lacks otherwise
    count as beginnings.
    """
    numbers = {article.number for article in articles}
    for article in articles:
        found = _inside(article, numbers)
        if not found or article.number is None:
            continue
        here = article.number.written("条")
        span = found[0].written("条")
        if len(found) > 1:
            span += f"至{found[-1].written('条')}"
        yield Problem(
            code="run-in-articles",
            severity=Severity.WARNING,
            message=f"{here}的正文里还有{span}，来源没有另起一行",
            hint="请在来源中让每一条另起一行，再重新读取",
            citation=here,
            address=f"art_{article.number}",
        )


def _inside(article: Provision, known: set[Number | None]) -> list[Number]:
    last = article.number
    if last is None:
        return []
    found: list[Number] = []
    for part in article.walk():
        for begin in _BEGINS.finditer(part.text) if BEGINS in part.text else ():
            try:
                number = Number.read(begin[1])
            except ValueError:
                continue
            if number.follows(last) and number not in known:
                found.append(number)
                last = number
    return found
