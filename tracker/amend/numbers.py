"""After all instructions: who gets which number and which place.

Floor 2, used by `apply`. Numbers that an act gives (claims) are kept, the others take what is left,
in their order. What cannot be honoured is reported with the instruction that asked for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tracker.amend.working import CannotApplyError, Node, Working, fail
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["settle"]

_HEADINGS = (Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION)
_COUNTED = (Unit.PARAGRAPH, Unit.SUBPARAGRAPH, Unit.ITEM)


def settle(working: Working, *, renumber_all: bool) -> tuple[Problem, ...]:
    """Give every node its number and every new article its place.

    `renumber_all`: the act says 条文顺序作相应调整. Raises CannotApplyError for the first claim
    that cannot be honoured.
    """
    for node in list(working.nodes(root=True)):
        if node.touched:
            for unit in (*_COUNTED, *_HEADINGS):
                _count(node, unit, renumber_all)
    articles = [n for n in working.nodes() if n.unit is Unit.ARTICLE]
    if not articles:
        return ()
    wanted = _all_anew(working, articles) if renumber_all else _as_told(articles)
    problems = _place(working, wanted, renumber_all=renumber_all)
    for node, number in wanted.items():
        node.own = replace(node.own, number=number)
    return problems


def _claims(nodes: Sequence[Node]) -> dict[Number, Node]:
    """Who asks for which number. Raises CannotApplyError where two ask for the same."""
    claims: dict[Number, Node] = {}
    for node in nodes:
        if node.claim:
            if node.claim.number in claims:
                raise _taken(node)
            claims[node.claim.number] = node
    return claims


def _taken(node: Node) -> CannotApplyError:
    assert node.claim is not None
    written = node.claim.number.written(node.unit.label)
    return fail(
        "number-taken",
        node.claim.by,
        f"{written}已被占用",
        "修改决定缺少“条文顺序作相应调整”一句：核对原文，补上这一句再试",
    )


def _fill(nodes: Sequence[Node], first: int) -> list[tuple[Node, Number]]:
    """Count nodes from `first` without gaps: claims first, then the others in their order.

    >>> from tracker.law.model import Provision, Unit
    >>> nodes = [Node(Provision(Unit.PARAGRAPH, text=t)) for t in "甲乙"]
    >>> [(node.own.text, str(number)) for node, number in _fill(nodes, 1)]
    [('甲', '1'), ('乙', '2')]
    """
    claims = _claims(nodes)
    last = first + len(nodes) - 1
    for number, node in claims.items():
        if number.suffix or not first <= number.value <= last:
            assert node.claim is not None
            written = number.written(node.unit.label)
            raise fail(
                "number-out-of-range", node.claim.by, f"改后没有{written}的位置，前面的序号不连续"
            )
    rest = (node for node in nodes if node.claim is None)
    return [
        (claims.get(number) or next(rest), number) for number in map(Number, range(first, last + 1))
    ]


def _count(parent: Node, unit: Unit, renumber_all: bool) -> None:
    """Count the 款, 项, 目 or headings below a node anew, and put them in order."""
    nodes = [child for child in parent.children if child.unit is unit]
    if not nodes:
        return
    if unit.is_heading and not renumber_all:
        _check_told(nodes)
        order = sorted(nodes, key=lambda n: n.claim.number if n.claim else n.number or Number(0))
        ranked = [(n, n.claim.number if n.claim else n.number) for n in order]
    else:
        ranked = list(_fill(nodes, parent.first if unit.is_heading else 1))
    places = iter(ranked)
    for index, child in enumerate(parent.children):
        if child.unit is unit:
            node, number = next(places)
            if unit is not Unit.PARAGRAPH:
                node.own = replace(node.own, number=number)
            parent.children[index] = node


def _check_told(nodes: Sequence[Node]) -> None:
    claims = _claims(nodes)
    for node in nodes:
        if not node.claim and node.number in claims:
            raise _taken(claims[node.number])


def _all_anew(working: Working, articles: Sequence[Node]) -> dict[Node, Number]:
    numbers = [a.number for a in working.base.articles() if a.number]
    first = min(numbers).value if numbers else 1
    return dict(_fill(articles, first))


def _as_told(articles: Sequence[Node]) -> dict[Node, Number]:
    _check_told(articles)
    wanted: dict[Node, Number] = {}
    for node in articles:
        if node.claim is None and node.number is None:
            assert node.made_by is not None
            raise fail("missing-number", node.made_by, "没有说明新增条文的条号")
        number = node.claim.number if node.claim else node.number
        assert number is not None
        wanted[node] = number
    return wanted


def _place(
    working: Working, wanted: dict[Node, Number], *, renumber_all: bool
) -> tuple[Problem, ...]:
    """Put the articles into the order of their numbers, moving as few as possible.

    Where the act names single numbers only, an article it does not name stays where it is, even
    where the base has its articles out of order.
    """
    standing = [n for top in working.root.children for n in top.walk() if n.unit is Unit.ARTICLE]
    stay = _longest_rising([wanted[n] for n in standing])
    loose = [n for i, n in enumerate(standing) if i not in stay and (n.claim or renumber_all)]
    fixed = [n for n in standing if not any(n is m for m in loose)]
    problems = []
    for node in sorted((*loose, *working.floating), key=lambda n: wanted[n]):
        if any(node is m for m in loose):
            parent = working.parent(node)
            parent.children = [c for c in parent.children if c is not node]
        at = sum(1 for n in fixed if wanted[n] < wanted[node])
        while 0 < at < len(fixed) and wanted[fixed[at - 1]] > wanted[node]:
            at -= 1
        before = fixed[at - 1] if at else None
        following = fixed[at] if at < len(fixed) else None
        if before and following and working.parent(before) is not working.parent(following):
            problems.append(_unclear(node, wanted[node]))
        _put_beside(working, node, before, following)
        fixed.insert(at, node)
    working.floating = []
    return tuple(problems)


def _put_beside(working: Working, node: Node, before: Node | None, following: Node | None) -> None:
    neighbour = before or following
    if neighbour is None:
        working.root.children.append(node)
        return
    parent = working.parent(neighbour)
    index = next(i for i, c in enumerate(parent.children) if c is neighbour)
    parent.children.insert(index + 1 if before else index, node)


def _unclear(node: Node, number: Number) -> Problem:
    by = node.claim.by if node.claim else node.made_by
    return Problem(
        code="unclear-chapter",
        severity=Severity.INFO,
        message=f"{by.item if by else ''}{number.written('条')}在两章（节）之间，归入前一章（节）",
        citation=number.written("条"),
        line=by.place.line if by else None,
        quote=by.words if by else "",
    )


def _longest_rising(numbers: Sequence[Number]) -> set[int]:
    """The positions of a longest rising run, in n log n.

    >>> sorted(_longest_rising([Number(n) for n in (1, 9, 2, 3)]))
    [0, 2, 3]
    """
    tails: list[Number] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    found: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        found.add(index)
        index = before[index]
    return found
