"""The working copy of a law: nodes that can be changed and still know their place in the base.

Floor 2, used by `apply`. A number in an act is a number of the base, so a node is found by where it
stood there (`origin`), whatever the instructions before have done to it. The base stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tracker.amend.model import Instruction
from tracker.law.address import Address, locate
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["CannotApplyError", "Claim", "Node", "Working", "fail"]


class CannotApplyError(Exception):
    """An instruction that cannot be carried out, and the problem that says why."""

    def __init__(self, instruction: Instruction, problem: Problem) -> None:
        super().__init__(problem.message)
        self.instruction = instruction
        self.problem = problem


def fail(
    code: str, instruction: Instruction, message: str, hint: str = "", at: Address | None = None
) -> CannotApplyError:
    """The error for an instruction that is left out; `message` follows the item's number."""
    return CannotApplyError(
        instruction,
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=f"{instruction.item}{message}，这条指令没有执行",
            hint=hint,
            citation=at.citation if at else "",
            address=str(at) if at else "",
            line=instruction.place.line,
            quote=instruction.words,
        ),
    )


@dataclass(slots=True, eq=False)
class Claim:
    """A number that an instruction gives to a node."""

    number: Number
    by: Instruction


@dataclass(slots=True, eq=False)
class Node:
    """A provision that can be changed. `own` is it without its children.

    `origin` is its address in the base, None for what the act has made. `sources` are the numbers
    of the articles of the base whose text it took over (合并, 拆分). `touched`: its children were
    added to, taken from or given numbers, so that they are counted anew. `first` is the number its
    headings begin with.
    """

    own: Provision
    origin: Address | None = None
    children: list[Node] = field(default_factory=list)
    claim: Claim | None = None
    made_by: Instruction | None = None
    sources: list[Number] = field(default_factory=list)
    touched: bool = False
    first: int = 1

    @property
    def unit(self) -> Unit:
        """The unit of the provision."""
        return self.own.unit

    @property
    def number(self) -> Number | None:
        """Its number as it now stands."""
        return self.own.number

    def walk(self) -> Iterator[Node]:
        """This node, then all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def freeze(self) -> Provision:
        """The provision it stands for now."""
        return replace(self.own, children=tuple(child.freeze() for child in self.children))

    @classmethod
    def of(cls, provision: Provision, made_by: Instruction | None = None) -> Node:
        """A node for a provision that is not in the base."""
        children = [cls.of(child, made_by) for child in provision.children]
        return cls(replace(provision, children=()), None, children, made_by=made_by)


class Working:
    """A law under change: its root holds the body, its title stands apart."""

    def __init__(self, base: Law) -> None:
        self.base = base
        self.title = base.title
        addresses = iter([located.address for located in locate(base)])

        def copy(provision: Provision) -> Node:
            own, origin = replace(provision, children=()), next(addresses)
            children = [copy(child) for child in provision.children]
            return Node(own, origin, children, first=_first(provision.children))

        body = [copy(provision) for provision in base.body]
        self.root = Node(Provision(Unit.INTRODUCTION), None, body, first=_first(base.body))
        self.floating: list[Node] = []
        # Nearly every instruction begins at an article: of 9,000 instructions each went through all
        # nodes to find it, and again to find what holds it.
        self._articles: dict[Number | None, list[Node]] = {}
        self._held_by: dict[int, Node] = {}
        for node in self.nodes(root=True):
            self._held_by |= {id(child): node for child in node.children}
            if node.unit is Unit.ARTICLE:
                self._articles.setdefault(_in_base(node), []).append(node)
        self._gone: set[int] = set()

    def freeze(self) -> tuple[Law, dict[int, Address]]:
        """The law as it now stands, and the address in it of each node, by `id`."""
        body = tuple(child.freeze() for child in self.root.children)
        law = replace(self.base, title=self.title, body=body)
        nodes = (node for child in self.root.children for node in child.walk())
        return law, {
            id(node): located.address for node, located in zip(nodes, locate(law), strict=True)
        }

    def parent(self, node: Node) -> Node:
        """The node that holds it."""
        before = self._held_by.get(id(node))
        if before is not None and id(before) not in self._gone and node in before.children:
            return before
        return next(p for p in self.nodes(root=True) if any(c is node for c in p.children))

    def nodes(self, *, root: bool = False) -> Iterator[Node]:
        """All nodes, the new ones that have no place yet last."""
        if root:
            yield self.root
        for child in (*self.root.children, *self.floating):
            yield from child.walk()

    def remove(self, node: Node) -> None:
        """Take a node out; an article of which nothing is left goes with its last 款."""
        if any(node is f for f in self.floating):
            self.floating = [f for f in self.floating if f is not node]
            return
        parent = self.parent(node)
        parent.children.remove(node)
        parent.touched = True
        self._gone.update(map(id, node.walk()))
        if not parent.children and parent.unit is Unit.ARTICLE:
            self.remove(parent)

    def find(self, address: Address, instruction: Instruction) -> Node:
        """The node an address of the base names. Raises CannotApplyError."""
        found = self._search(address, made=False) or self._search(address, made=True)
        if not found:
            raise fail(
                "missing-target", instruction, f"{address.citation}在原文中不存在",
                "确认原文是修改前的版本", address,
            )  # fmt: skip
        if len(found) > 1:
            raise fail(
                "ambiguous-target", instruction, f"{address.citation}在原文中不止一处", at=address
            )
        return found[0]

    def targets(self, instruction: Instruction) -> list[Node]:
        """The nodes an instruction is about. Raises CannotApplyError."""
        return [self.find(address, instruction) for address in instruction.targets]

    def _search(self, address: Address, *, made: bool) -> list[Node]:
        """Level by level; a level the citation leaves out (第三条第二项) is passed through."""
        tops = [self.root, *self.floating] if made else [self.root]
        if made or not address.steps or address.steps[0][0] is not Unit.ARTICLE:
            candidates = [node for top in tops for node in top.walk()]
        else:
            of_number = self._articles.get(address.steps[0][1], ())
            candidates = [node for node in of_number if id(node) not in self._gone]
        for depth, (unit, number) in enumerate(address.steps):
            if depth:
                candidates = [node for c in candidates for node in c.walk() if node is not c]
            candidates = [
                node
                for node in candidates
                if node.unit is unit and (self._made if made else _in_base)(node) == number
            ]
        return candidates

    def _made(self, node: Node) -> Number | None:
        """The number of what the act has made; 款 by position among their siblings."""
        if node.origin is not None:
            return _in_base(node)
        if node.claim is not None:
            return node.claim.number
        if node.number is not None or node is self.root or any(node is f for f in self.floating):
            return node.number
        siblings = [c for c in self.parent(node).children if c.unit is node.unit]
        return Number(1 + next(i for i, c in enumerate(siblings) if c is node))


def _first(provisions: tuple[Provision, ...]) -> int:
    """The number of the first heading among them."""
    numbers = (p.number for p in provisions if p.unit.is_heading and p.number)
    return next(numbers, Number(1)).value


def _in_base(node: Node) -> Number | None:
    return node.origin.steps[-1][1] if node.origin else None
