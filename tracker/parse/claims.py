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
from tracker.parse.citations.index import Places
from tracker.parse.citations.model import Citation, CitationKind, Step, Target
from tracker.parse.citations.reading import resolve
from tracker.parse.citations.scan import find_citations

__all__ = ["Claim", "find_claims"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a note and the provisions it is about.

    `start` and `end` are its place in the note, in code points. `addresses` are in the order of
    citing; `missing` holds a Problem for each citation with a target that the draft lacks.
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


# A sentence ends at 。, before ；二是 and ；（二）, or at the end of its line; （第五十三条） and
# （草案第五十三条） right behind the 。 are its own.
_POINT: Final = "；(?=[二三四五六七八九十]{1,2}是|（[二三四五六七八九十]{1,2}）)"
_SENTENCE: Final = re.compile(
    rf"(?:[^。；\n]|(?!{_POINT})；)+(?:。(?:（[^（）\n]{{0,12}}第[^（）\n]*）。?)?|{_POINT}|(?=\n)|$)"
)
_STAGE_WORDS: Final = (
    "草案|修订草案|修正案草案|征求意见稿|草案征求意见稿|送审稿|审议稿|修改稿|讨论稿"
)
# 《条例（草案）》, 《条例》, 草案, 条例: how a note names its own draft.
_OWN: Final = re.compile(
    f"(?:法|条例|规定|办法|细则|规则|决定|{_STAGE_WORDS})?(?:（(?:[^（）]{{0,8}}(?:{_STAGE_WORDS}))）)?"
)
_OTHER_TEXT: Final = re.compile("(?:现行|原|旧|修改前的?|上位法)《?[^《》，。；\n第]{0,12}$")
# 将第九条改为第十条, 删去第十一条: numbers of the text before.
_GONE: Final = re.compile("(?:删去|删除)(?:草案)?$")
_SHIFTED: Final = re.compile("将(?:草案)?$")
_BECOMES: Final = re.compile("(?:改为|合并为|移至|调整为|作为)(?:草案)?第")
_OTHER_STAGE: Final = re.compile("(?P<stage>[一二三四]次审议稿|[一二三四]审稿|征求意见稿|送审稿)$")
_THE_DRAFT: Final = re.compile(f"(?:{_STAGE_WORDS})(?:中|的)?$")
_SAME_ARTICLE: Final = re.compile("[该同]条")
_LOOK_BACK: Final = 24
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
    before = ""
    for sentence in _SENTENCE.finditer(note):
        text = sentence.group()
        addresses: list[Address] = []
        missing: list[Problem] = []
        for own in _own_citations(before, text, law):
            found = resolve(own, Address(()), places)
            addresses += found.targets
            if found.problem is not None:
                missing.append(found.problem)
        before = text
        if addresses or missing:
            yield Claim(
                text.strip(), sentence.start(), sentence.end(),
                tuple(dict.fromkeys(addresses)), tuple(missing),
            )  # fmt: skip


def _own_citations(before: str, sentence: str, law: Law) -> Iterator[Citation]:
    """The citations of a sentence that point into the draft; 该条 is of the sentence before."""
    goes_on = bool(_SAME_ARTICLE.match(sentence.lstrip()))
    start = len(before) if goes_on else 0
    text = before + sentence if goes_on else sentence
    for citation in find_citations(text):
        if citation.start >= start and _is_about(citation, text, law):
            yield _as_own(citation)


def _is_about(citation: Citation, sentence: str, law: Law) -> bool:
    """Whether a citation in a note points into the draft the note came with."""
    if not citation.targets:
        return False
    if citation.kind is CitationKind.RELATIVE:  # 在第十二条中增加一款，作为第二款
        return citation.base is None and _above(citation) != ()
    start = citation.start
    said = sentence[max(0, start - _LOOK_BACK) : start]
    if _OTHER_TEXT.search(said) or _GONE.search(said) or _is_other_stage(said, law):
        return False
    if _SHIFTED.search(said) and _BECOMES.match(sentence, citation.end):
        return False
    if citation.text.startswith("第") and _THE_DRAFT.search(said):
        return True
    if _stands_alone(citation, sentence):
        return not said.endswith("》（")
    if citation.title is None:
        return True
    return bool(_OWN.fullmatch(citation.title)) or _bare(citation.title) == _bare(law.title)


def _above(citation: Citation) -> tuple[Step, ...]:
    """The article that a bare 第二款 is of, by the citation before it."""
    after = citation.after
    if after is None or after.base is not None:
        return ()
    return tuple(step for step in after.path if step[0] is Unit.ARTICLE)


def _stands_alone(citation: Citation, sentence: str) -> bool:
    """（第七条）: the mark by which a note names the article that a sentence is about."""
    before, behind = sentence[: citation.start][-1:], sentence[citation.end : citation.end + 1]
    return citation.text.startswith("第") and before == "（" and behind == "）"


def _is_other_stage(said: str, law: Law) -> bool:
    """二次审议稿第十五条, in the note on the 三次审议稿, is of the text before."""
    named = _OTHER_STAGE.search(said)
    if named is None or not law.stage_line:
        return False
    stage = re.sub("^([一二三四])审稿$", r"\1次审议稿", named["stage"])
    return stage not in law.stage_line


def _bare(title: str) -> str:
    return _TAIL.sub("", title).removeprefix("中华人民共和国")


def _as_own(citation: Citation) -> Citation:
    above = _above(citation) if citation.kind is CitationKind.RELATIVE else ()
    targets = tuple(
        Target((*above, *target.first), (*above, *target.last) if target.last else None)
        for target in citation.targets
    )
    return Citation(
        citation.start, citation.end, citation.text, CitationKind.INTERNAL, targets,
        ordinals=citation.ordinals,
    )  # fmt: skip
