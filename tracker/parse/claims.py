"""What an explanatory note (说明) says about the articles of its draft: claims with addresses.

Floor 1. A claim is a sentence of the note that cites at least one article of the draft it came
with; citations of other laws and of the law in force (现行条例第X条) make no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Law, Unit
from tracker.law.problems import Problem
from tracker.parse.citation_model import Citation, CitationKind
from tracker.parse.citation_places import Places
from tracker.parse.citation_reading import resolve
from tracker.parse.citation_scan import find_citations

__all__ = ["Claim", "find_claims"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a note and the provisions it is about.

    `start` and `end` are its place in the note, in code points. `addresses` are in the order of
    citing; `missing` holds a Problem for each citation whose target the draft lacks.
    """

    text: str
    start: int
    end: int
    addresses: tuple[Address, ...]
    missing: tuple[Problem, ...] = ()

    @property
    def articles(self) -> tuple[Address, ...]:
        """The articles it is about, each once."""
        tops = (Address(a.steps[:1]) for a in self.addresses if a.steps[0][0] is Unit.ARTICLE)
        return tuple(dict.fromkeys(tops))


# A sentence ends at 。 or at the end of its line; （第五十三条） right behind the 。 is its own.
_SENTENCE: Final = re.compile(r"[^。\n]+(?:。(?:（第[^（）\n]*）。?)?|(?=\n)|$)")
_STAGE_WORDS: Final = (
    "草案|修订草案|修正案草案|征求意见稿|草案征求意见稿|送审稿|审议稿|修改稿|讨论稿"
)
# 《条例（草案）》, 《条例》, 草案, 条例: how a note names its own draft.
_OWN: Final = re.compile(
    f"(?:法|条例|规定|办法|细则|规则|决定|{_STAGE_WORDS})?(?:（(?:[^（）]{{0,8}}(?:{_STAGE_WORDS}))）)?"
)
_OTHER_TEXT: Final = re.compile("(?:现行|原|旧|修改前的?|上位法)《?[^《》，。；\n]{0,12}$")
_TAIL: Final = re.compile(f"[（(][^（()）]*(?:{_STAGE_WORDS})[）)]")


def find_claims(note: str, law: Law) -> tuple[Claim, ...]:
    """The claims of `note` about `law`, in order.

    >>> from tracker.law.model import Provision
    >>> from tracker.law.numbering import Number
    >>> law = Law("某条例", tuple(Provision(Unit.ARTICLE, Number(n)) for n in (1, 2)))
    >>> [str(a) for c in find_claims("一是明确范围（第二条）。二是好。", law) for a in c.addresses]
    ['art_2']
    """
    return tuple(_claims(note, law))


def _claims(note: str, law: Law) -> Iterator[Claim]:
    places = Places.of(law)
    for sentence in _SENTENCE.finditer(note):
        text = sentence.group()
        addresses: list[Address] = []
        missing: list[Problem] = []
        for citation in find_citations(text):
            if not _is_about(citation, text, law):
                continue
            own = _as_own(citation)
            found = resolve(own, Address(()), places)
            if isinstance(found, Problem):
                missing.append(found)
            else:
                addresses += found
        if addresses or missing:
            yield Claim(
                text.strip(), sentence.start(), sentence.end(),
                tuple(dict.fromkeys(addresses)), tuple(missing),
            )  # fmt: skip


def _is_about(citation: Citation, sentence: str, law: Law) -> bool:
    """Whether a citation in a note points into the draft the note came with."""
    if citation.kind is CitationKind.RELATIVE or not citation.targets:
        return False
    if _OTHER_TEXT.search(sentence, 0, citation.start):
        return False
    if citation.title is None:
        return True
    return bool(_OWN.fullmatch(citation.title)) or _bare(citation.title) == _bare(law.title)


def _bare(title: str) -> str:
    return _TAIL.sub("", title).removeprefix("中华人民共和国")


def _as_own(citation: Citation) -> Citation:
    return Citation(
        citation.start, citation.end, citation.text, CitationKind.INTERNAL, citation.targets,
        ordinals=citation.ordinals,
    )  # fmt: skip
