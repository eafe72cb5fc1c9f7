"""What an act says against what was published: article by article, instruction by instruction.

Floor 2, after `apply`. Two sources that should agree are compared exactly, with a plain comparison
by article number; who is who needs no guessing here, the act has said it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.amend.apply import Amended, Applied, amend
from tracker.amend.model import Act, Action, Instruction
from tracker.amend.working import CannotApplyError, Working
from tracker.law.address import Address, locate
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.canonical import body
from tracker.parse.citations import citations_follow

__all__ = ["ArticleVerdict", "Reconciled", "Verdict", "reconcile"]

_QUOTED: Final = 120  # characters of a line, in a problem: enough to find it by


class Verdict(StrEnum):
    """How an article of the outcome stands to the published one of the same number."""

    EQUAL = "equal"
    CITATIONS = "citations"
    DIFFERS = "differs"
    MISSING = "missing"
    EXTRA = "extra"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {
            "equal": "一致", "citations": "仅条号不同", "differs": "不一致",
            "missing": "公布文本缺少", "extra": "公布文本多出",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleVerdict:
    """One article (or, without a number, a part named by `name`: 标题、引言、章节) compared.

    `outcome` and `published` are bodies, None where the side has no such article.
    """

    number: Number | None
    verdict: Verdict
    outcome: str | None
    published: str | None
    name: str = ""
    instructions: tuple[Instruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The whole comparison. `others` holds title, introduction and headings.

    `confirmed`: carried out, and what they changed is published so. `contradicted`: carried out,
    and it is not. `off_from`: the article from which on the numbers of the two no longer mean the
    same articles, since a renumbering could not be carried out; None where none was left out.
    """

    amended: Amended
    articles: tuple[ArticleVerdict, ...]
    others: tuple[ArticleVerdict, ...] = ()
    confirmed: tuple[Instruction, ...] = ()
    contradicted: tuple[Instruction, ...] = ()
    problems: tuple[Problem, ...] = ()
    off_from: Number | None = None

    @property
    def agrees(self) -> bool:
        """Whether the published text is what the act says, renumbered citations apart."""
        good = (Verdict.EQUAL, Verdict.CITATIONS)
        return not self.amended.unapplied and all(a.verdict in good for a in self.articles)


def reconcile(base: Law, act: Act, published: Law) -> Reconciled:
    """Apply the act to the base and compare the outcome with the published text."""
    amended = amend(base, act)
    mapping = _mapping(amended)
    by_number: dict[Number, list[Instruction]] = {}
    for applied in amended.applied:
        for address in applied.results:
            unit, number = address.steps[0]
            if unit is Unit.ARTICLE:
                by_number.setdefault(number, []).append(applied.instruction)
    ours, theirs = _bodies(amended.law), _bodies(published)
    articles = tuple(
        _verdict(
            number, ours.get(number), theirs.get(number), mapping,
            instructions=tuple(dict.fromkeys(by_number.get(number, ()))),
        )
        for number in sorted({*ours, *theirs})
    )  # fmt: skip
    others = _others(amended.law, published, mapping)
    confirmed, contradicted = _judge(base, amended, published, mapping)
    off_from = _off_from(amended, articles)
    told = [a for a in articles if _is_bad(a) and not (off_from and off_from <= _number(a))]
    problems = (*amended.problems, *(_problem(a) for a in told))
    if off_from:
        problems += (_numbers_off(off_from, articles),)
    return Reconciled(amended, articles, others, confirmed, contradicted, problems, off_from)


def _mapping(amended: Amended) -> dict[Number, tuple[Number, ...]]:
    mapping: dict[Number, tuple[Number, ...]] = {}
    for old, new in amended.numbers:
        if old is not None:
            more = (new,) if new is not None else ()
            mapping[old] = (*mapping.get(old, ()), *more)
    return mapping


def _bodies(law: Law) -> dict[Number, str]:
    """The articles by number; of a repeated number the first counts, the checks report it."""
    found: dict[Number, str] = {}
    for article in law.articles():
        if article.number is not None:
            found.setdefault(article.number, body(article))
    return found


def _same(ours: str, theirs: str, mapping: dict[Number, tuple[Number, ...]]) -> Verdict:
    if ours == theirs:
        return Verdict.EQUAL
    pairs = list(zip(ours.split("\n"), theirs.split("\n"), strict=False))
    if ours.count("\n") == theirs.count("\n") and all(
        a == b or citations_follow(a, b, mapping) for a, b in pairs
    ):  # line by line: a 款 that the act has put in cites the new numbers already
        return Verdict.CITATIONS
    return Verdict.DIFFERS


def _verdict(
    number: Number | None,
    ours: str | None,
    theirs: str | None,
    mapping: dict[Number, tuple[Number, ...]],
    *,
    instructions: tuple[Instruction, ...] = (),
    name: str = "",
) -> ArticleVerdict:
    if ours is None or theirs is None:
        verdict = Verdict.EXTRA if ours is None else Verdict.MISSING
    else:
        verdict = _same(ours, theirs, mapping)
    return ArticleVerdict(number, verdict, ours, theirs, name, instructions)


def _others(
    ours: Law, theirs: Law, mapping: dict[Number, tuple[Number, ...]]
) -> tuple[ArticleVerdict, ...]:
    pairs = [
        ("标题", ours.title or None, theirs.title or None),
        ("引言", _introduction(ours), _introduction(theirs)),
        ("章节", _headings(ours), _headings(theirs)),
    ]
    return tuple(
        _verdict(None, a, b, mapping, name=name)
        for name, a, b in pairs
        if a is not None or b is not None
    )


def _introduction(law: Law) -> str | None:
    texts = [body(p) for p in law.body if p.unit is Unit.INTRODUCTION]
    return "\n".join(texts) or None


def _headings(law: Law) -> str | None:
    """All headings with the articles they hold, a line each."""
    lines = []
    for node in law.walk():
        if node.unit.is_heading or node.unit is Unit.OUTLINE_1:
            numbers = [p.number for p in node.walk() if p.unit is Unit.ARTICLE and p.number]
            span = f"（{_span(numbers)}）" if numbers else ""
            mark = node.number.written(node.unit.label) if node.number else ""
            lines.append(f"{mark}　{node.caption or ''}{span}")
    return "\n".join(lines) or None


def _span(numbers: list[Number]) -> str:
    first, last = numbers[0].written("条"), numbers[-1].written("条")
    return first if first == last else f"{first}至{last}"


def _judge(
    base: Law, amended: Amended, published: Law, mapping: dict[Number, tuple[Number, ...]]
) -> tuple[tuple[Instruction, ...], tuple[Instruction, ...]]:
    """Which of the instructions that change text the published law bears out."""
    ours = {located.address: located.provision for located in locate(amended.law)}
    theirs = {located.address: located.provision for located in locate(published)}
    before = Working(base)
    confirmed: list[Instruction] = []
    contradicted: list[Instruction] = []
    for applied in amended.applied:
        instruction = applied.instruction
        if not instruction.action.changes_text:
            continue
        if instruction.action is Action.RENUMBER_ALL:
            good = {*_bodies(amended.law)} == {*_bodies(published)}
        elif instruction.action is Action.DELETE:
            good = not _still_there(instruction, before, published)
        elif instruction.action is Action.RENAME and not applied.results:
            good = amended.law.title == published.title
        else:
            good = _borne_out(applied, ours, theirs, mapping)
        (confirmed if good else contradicted).append(instruction)
    return tuple(confirmed), tuple(contradicted)


def _borne_out(
    applied: Applied,
    ours: dict[Address, Provision],
    theirs: dict[Address, Provision],
    mapping: dict[Number, tuple[Number, ...]],
) -> bool:
    return all(
        address in theirs
        and theirs[address].unit is ours[address].unit
        and (theirs[address].caption == ours[address].caption or not ours[address].unit.is_heading)
        and _same(_text(ours[address]), _text(theirs[address]), mapping) is not Verdict.DIFFERS
        for address in applied.results
    )


def _text(provision: Provision) -> str:
    """The own text and everything below it, a line each; articles and what is in them."""
    if provision.unit.is_heading:
        return ""
    return "\n".join(p.text for p in provision.walk() if p.text)


def _still_there(instruction: Instruction, base: Working, published: Law) -> bool:
    """Whether the published law still has the text of a deleted provision at the same level."""
    texts: set[str] = set()
    for address in instruction.targets:
        try:
            texts.add(_text(base.find(address, instruction).freeze()))
        except CannotApplyError:  # the act had made it itself
            continue
    units = {address.steps[-1][0] for address in instruction.targets}
    return any(p.unit in units and _text(p) in texts - {""} for p in published.walk())


def _is_bad(article: ArticleVerdict) -> bool:
    return article.verdict not in (Verdict.EQUAL, Verdict.CITATIONS)


def _off_from(amended: Amended, articles: tuple[ArticleVerdict, ...]) -> Number | None:
    """The first of several articles in a row that differ, where a number could not be given.

    Only articles that stand under another number on the other side count: those that were merely
    changed are told one by one.
    """
    if all(problem.code != "number-taken" for problem in amended.problems):
        return None
    published = {a.published: _number(a) for a in articles if a.published is not None}
    astray = [
        a for a in articles
        if _is_bad(a) and a.outcome is not None
        and published.get(a.outcome, _number(a)) != _number(a)
    ]  # fmt: skip
    return min(map(_number, astray), default=None)


def _number(article: ArticleVerdict) -> Number:
    assert article.number is not None
    return article.number


def _numbers_off(first: Number, articles: tuple[ArticleVerdict, ...]) -> Problem:
    count = sum(_is_bad(a) and _number(a) >= first for a in articles)
    citation = first.written("条")
    return Problem(
        code="published-differs",
        severity=Severity.WARNING,
        message=f"{citation}起条号对不上，其后 {count} 条不一致，不再逐条列出",
        hint="有改变条号的指令没有执行，先解决它",
        citation=citation,
        address=f"art_{first}",
    )


def _problem(article: ArticleVerdict) -> Problem:
    assert article.number is not None
    citation = article.number.written("条")
    said = "、".join(dict.fromkeys(_item(i.item) for i in article.instructions if i.item))
    what = {
        Verdict.DIFFERS: "公布文本与按修改决定得出的文本不一致",
        Verdict.MISSING: "按修改决定应有，公布文本没有",
        Verdict.EXTRA: "公布文本有，按修改决定不应有",
    }[article.verdict]
    return Problem(
        code="published-differs",
        severity=Severity.WARNING,
        message=f"{citation}{what}",
        hint=f"核对修改决定{said}" if said else "修改决定没有提到这一条",
        citation=citation,
        address=f"art_{article.number}",
        quote=_first_difference(article)[:_QUOTED],
    )


def _item(label: str) -> str:
    """How one names an item of an act by its label.

    >>> [_item(label) for label in ("一、", "（二）", "3.", "第四条")]
    ['第一项', '第二项', '第3项', '第四条']
    """
    return label if label.startswith("第") else f"第{label.strip('、.．（）')}项"


def _first_difference(article: ArticleVerdict) -> str:
    """The first published line that the outcome does not have; else the first of the outcome's."""
    ours = (article.outcome or "").split("\n")
    theirs = (article.published or "").split("\n")
    lines = [line for line in theirs if line not in ours] or ours
    return lines[0]
