"""apply(old, changes) → the new law, from redlines, numbers, captions and positions only.

The proof that a comparison holds all there is: apply(old, compare(old, new)) == new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from tracker.diff.front import LINES
from tracker.diff.model import Change, Changes, HeadingChange, Redline, Slot, new_text, old_text
from tracker.diff.sides import Block, take_apart
from tracker.law.address import Located
from tracker.law.model import Law, Provision
from tracker.law.problems import TrackerError
from tracker.parse.canonical import heading_line, with_body

__all__ = ["JOINT", "apply"]

JOINT: Final = "\n\n"
"""Between the bodies of an entry that has several articles on one side; no body holds it."""


def apply(old: Law, changes: Changes) -> Law:
    """The new law. Raises TrackerError ``does-not-fit`` where `changes` is not about `old`."""
    _check(old, changes)
    lines = {change.part: new_text(change.redline) for change in changes.front}
    title, stage_line, note = (lines.get(part, "") for part in LINES)
    body = _build(list(changes.order), changes)
    return Law(title, body, stage_line or None, note or None)


def _build(slots: list[Slot], changes: Changes) -> tuple[Provision, ...]:
    out: list[Provision] = []
    at = 0
    while at < len(slots):
        slot = slots[at]
        end = at + 1
        while end < len(slots) and slots[end].depth > slot.depth:
            end += 1
        out.append(_provision(slot, slots[at + 1 : end], changes))
        at = end
    return tuple(out)


def _provision(slot: Slot, below: list[Slot], changes: Changes) -> Provision:
    if slot.part == "changes":
        return _unit(changes.changes[slot.entry], slot.member)
    if slot.part == "headings":
        heading = _block(changes.headings[slot.entry])
        return replace(heading, children=(*heading.children, *_build(below, changes)))
    part = changes.front[slot.entry]
    if part.new is None:
        raise _broken()
    shell = _shell(part.new)
    text = new_text(part.redline)
    return with_body(shell, _without_name(text, heading_line(shell)))


def _unit(change: Change, member: int) -> Provision:
    bodies = new_text(change.redline).split(JOINT)
    if len(bodies) != len(change.new):
        raise _broken()
    return with_body(_shell(change.new[member]), bodies[member])


def _block(change: HeadingChange) -> Provision:
    if change.new is None:
        raise _broken()
    shell = _shell(change.new)
    return with_body(shell, _without_name(new_text(change.redline), shell.caption or ""))


def _without_name(text: str, name: str) -> str:
    if not text.startswith(name):
        raise _broken()
    return text[len(name) :].removeprefix("\n") if name else text


def _shell(located: Located) -> Provision:
    """Unit, number and caption: all that is taken from the provision that a change names."""
    provision = located.provision
    return Provision(provision.unit, provision.number, provision.caption)


_Key = tuple[str, str, str]


def _check(old: Law, changes: Changes) -> None:
    side = take_apart(old)
    there = Counter((str(i.located.address), i.caption, i.body) for i in side.items)
    there.update(_block_key(block) for block in (*side.headings, *side.loose))
    there.update((part, "", getattr(old, part) or "") for part in LINES)
    wanted = Counter(_wanted(changes))
    missing = sorted((wanted - there).keys()) or sorted((there - wanted).keys())
    if missing:
        address = missing[0][0]
        raise TrackerError(
            "does-not-fit",
            f"变更与旧文本不符：{address} 处的文字、条旨或编号与变更记载的旧文本不同",
            "用当时比较所用的旧文本，或者重新比较",
        )


def _block_key(block: Block) -> _Key:
    return str(block.located.address), block.located.provision.caption or "", block.text


def _wanted(changes: Changes) -> Iterator[_Key]:
    for change in changes.changes:
        if change.old:
            yield from _bodies(change.old, change.redline)
    for heading in changes.headings:
        if heading.old:
            yield _located_key(heading.old, old_text(heading.redline))
    for part in changes.front:
        if part.old:
            yield _located_key(part.old, old_text(part.redline))
        elif part.part in LINES:
            yield part.part, "", old_text(part.redline)


def _located_key(located: Located, text: str) -> _Key:
    return str(located.address), located.provision.caption or "", text


def _bodies(old: Iterable[Located], redline: Redline) -> Iterator[_Key]:
    units = tuple(old)
    bodies = old_text(redline).split(JOINT)
    if len(bodies) != len(units):
        raise _broken()
    for located, text in zip(units, bodies, strict=True):
        yield _located_key(located, text)


def _broken() -> TrackerError:
    return TrackerError("does-not-fit", "变更记载不完整，无法据以得出新文本", "重新比较两个文本")
