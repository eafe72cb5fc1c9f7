"""Which 款, 项 and 目 of an article came, went or changed their place, as a line of words.

Floor 4, for the entries of a comparison. What happened to several in a row is said once:
增加第三项至第五项；原第三项、第四项改为第六项、第七项.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.diff.model import Change, Kind, ProvisionChange
from tracker.law.address import Address, Located
from tracker.law.model import Unit
from tracker.render.pages.html import EMPTY, Html, escape, tag

__all__ = ["parts_line"]

_PAIR = 2  # of more in a row only the first and the last are named


def parts_line(change: Change) -> Html:
    """What happened inside an article with one successor; nothing where there is nothing to say."""
    if len(change.old) != 1 or len(change.new) != 1:
        return EMPTY
    outer = [*_outermost(change.provisions)]
    notes = [words for run in _runs(outer) if (words := _joined_words(run, outer) or run.words)]
    if not notes:
        return EMPTY
    return tag("p", escape("；".join(notes) + "。"), class_="tracker-parts")


def _outermost(parts: Sequence[ProvisionChange]) -> Iterator[ProvisionChange]:
    """Without what came or went together with the 款 it stands in: 删去原第一款 says its 项 too."""
    whole: dict[bool, list[tuple[object, ...]]] = {True: [], False: []}
    for part in parts:
        place = part.old or part.new
        if place is None or (part.old and part.new):
            yield part
            continue
        steps, seen = place.address.steps, whole[part.old is None]
        if not any(steps[: len(above)] == above for above in seen):
            seen.append(steps)
            yield part


@dataclass(slots=True)
class _Run:
    """Parts one behind the other to which the same happened: `what` is 增加, 删去, 改为 or 移动,
    or empty where nothing is to be said."""

    what: str
    parts: list[ProvisionChange]

    def takes(self, what: str, part: ProvisionChange) -> bool:
        """Whether a part goes on with what happened to the last one."""
        last = self.parts[-1]
        return (
            bool(what) and what == self.what
            and _follows(last.old, part.old) and _follows(last.new, part.new)
        )  # fmt: skip

    @property
    def words(self) -> str:
        """增加第三项至第五项; empty where nothing is to be said."""
        if not self.what:
            return ""
        old, new = (
            _span([place for place in side if place is not None])
            for side in ([one.old for one in self.parts], [one.new for one in self.parts])
        )
        match self.what:
            case "增加":
                return f"增加{new}"
            case "删去":
                return f"删去原{old}"
            case "移动" if old == new:
                return f"{old}的先后次序变动"
            case "移动":
                return f"原{old}移为{new}"
            case "改为":
                return f"原{old}改为{new}"
            case _:
                return ""


def _runs(parts: Sequence[ProvisionChange]) -> Iterator[_Run]:
    run: _Run | None = None
    for part in parts:
        what = _happened(part)
        if run is not None and run.takes(what, part):
            run.parts.append(part)
            continue
        if run is not None:
            yield run
        run = _Run(what, [part])
    if run is not None:
        yield run


def _happened(part: ProvisionChange) -> str:
    if part.split or part.merged:
        return ""
    kinds = part.kinds
    for kind, what in ((Kind.INSERTED, "增加"), (Kind.DELETED, "删去"), (Kind.MOVED, "移动"),
                       (Kind.RENUMBERED, "改为")):  # fmt: skip
        if kind in kinds:
            return what
    return ""


def _follows(before: Located | None, after: Located | None) -> bool:
    """Whether a part stands right behind another one in the same whole, or neither is there."""
    if before is None or after is None:
        return before is after
    *above, (unit, number) = before.address.steps
    *here, (same, following) = after.address.steps
    return above == here and unit is same and following.follows(number)


def _span(places: Sequence[Located]) -> str:
    """第一款第三项至第五项."""
    if not places:
        return ""
    first, last = _short(places[0]), Address(places[-1].address.steps[-1:]).citation
    if len(places) == 1:
        return first
    return f"{first}{'、' if len(places) == _PAIR else '至'}{last}"


def _joined_words(run: _Run, parts: Sequence[ProvisionChange]) -> str:
    """原第一款分为第一款、第二款, said once, where the first of them stands."""
    part = run.parts[0]
    if part.split:
        fellows = [one for one in parts if one.split and one.old == part.old]
    elif part.merged:
        fellows = [one for one in parts if one.merged and one.new == part.new]
    else:
        return ""
    if part is not fellows[0]:
        return ""
    olds = "、".join(dict.fromkeys(_short(one.old) for one in fellows if one.old))
    news = "、".join(dict.fromkeys(_short(one.new) for one in fellows if one.new))
    return f"原{olds}{'分为' if part.split else '合并为'}{news}"


def _short(place: Located) -> str:
    """第十二条第二款 is 第二款 inside the entry on 第十二条."""
    steps = tuple(step for step in place.address.steps if step[0] is not Unit.ARTICLE)
    return Address(steps).citation or place.address.citation
