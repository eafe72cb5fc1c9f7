"""A provision by its citation or address: 第十二条第二款, 第12条, art_12__para_2, 三、（二）.

Floor 6.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.law.problems import TrackerError

if TYPE_CHECKING:
    from tracker.law.address import Located
    from tracker.law.model import Law
    from tracker.parse.citations.model import Citation, Step

__all__ = ["find_provisions", "named_paths", "of_other_law"]


def find_provisions(
    law: Law, wanted: str, name: str, *, partly: bool = False
) -> tuple[Located, ...]:
    """The provisions that `wanted` cites, several for a range (第三条至第五条).

    `name` is what the text is called, for the message. Raises TrackerError `no-such-provision`,
    `not-a-citation`; with `partly` none, but gives what is there, which may be nothing.
    """
    from tracker.law.address import locate

    compact = _compact(wanted)
    everything = tuple(locate(law))
    exact = tuple(one for one in everything if compact in (str(one.address), one.address.citation))
    if exact:
        return exact[:1]
    return _cited(law, everything, compact, name, partly)


def named_paths(wanted: str) -> tuple[tuple[Step, ...], ...]:
    """What the words of a citation of this law name, whether it is there or not; else nothing.

    >>> from tracker.law.address import Address
    >>> [str(Address(path)) for path in named_paths("第12条第2款")]
    ['art_12__para_2']
    """
    from tracker.law.address import Address
    from tracker.parse.citations import find_citations

    compact = _compact(wanted)
    found = find_citations(compact)
    if len(found) == 1 and found[0].text == compact and found[0].base is None:
        return tuple(target.first for target in found[0].targets)
    try:
        return (Address.of(compact).steps,)
    except ValueError:
        return ()


def _compact(wanted: str) -> str:
    compact = "".join(_as_utf8(wanted).split())
    return f"第{compact}条" if compact.isdigit() else compact


def of_other_law(law: Law, wanted: str) -> Citation | None:
    """What is asked for where it names another law: 《民法典》第十条, 民法典第十条, 《民法典》."""
    from tracker.law.address import Address
    from tracker.parse.citations import Citation, CitationKind, find_citations, resolve

    compact = "".join(_as_utf8(wanted).split())
    if compact.startswith("《") and compact.endswith("》"):
        title = compact[1:-1]
        return Citation(0, len(compact), compact, CitationKind.EXTERNAL, title=title)
    found = find_citations(compact)
    if len(found) != 1 or found[0].text != compact or found[0].kind is not CitationKind.EXTERNAL:
        return None
    own = resolve(found[0], Address(()), law)
    return None if own.targets or own.problem else found[0]  # its own title is its own


def _as_utf8(argument: str) -> str:
    """An argument as it was typed: under LC_ALL=C its bytes come as they are, one sign each."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def _refuse_address(law: Law, wanted: str, name: str) -> None:
    """art_61__para_9 is a way to write a provision, also where it is not there."""
    from tracker.cli.extent import extent
    from tracker.law.address import Address
    from tracker.parse.citations.model import Target

    try:
        target = Target(Address.of(wanted).steps)
    except ValueError:
        return
    hint = extent(law, (target,))
    raise TrackerError("no-such-provision", f"{name} 没有{target.citation}", hint)


def _cited(
    law: Law, everything: tuple[Located, ...], wanted: str, name: str, partly: bool
) -> tuple[Located, ...]:
    from tracker.cli.extent import extent
    from tracker.parse.citations import find_citations, resolve

    citations = find_citations(wanted)
    if not everything or len(citations) != 1 or citations[0].text != wanted:
        if partly:  # art_9
            return ()
        _refuse_address(law, wanted, name)
        raise TrackerError(
            "not-a-citation",
            f"{wanted or '空白'} 不是条款的写法",
            "写作 第十二条第二款第三项、第12条，或 art_12__para_2",
        )
    found = resolve(citations[0], everything[0].address, law)
    if found.problem is not None and not partly:
        missing = "、".join(target.citation for target in found.missing) or wanted
        if found.problem.code == "ambiguous-citation":
            hint = "写明第几款，如 第十条第一款第三项"
            raise TrackerError("no-such-provision", f"{name} 不止一款有{missing}", hint)
        raise TrackerError("no-such-provision", f"{name} 没有{missing}", extent(law, found.missing))
    by_address = {one.address: one for one in reversed(everything)}
    return tuple(by_address[address] for address in found.targets if address in by_address)
