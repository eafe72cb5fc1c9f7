"""What a comparison gives: changes, each with its reason. Facts are stored once, kinds derived.

Floor 2. The unit of alignment is the article (条); in an outline document it is each level （一）,
and each level 一、 that has no （一） below it. Everything above is a heading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.diff.redline.pieces import STACKED_BELOW, Op, Redline, new_text, old_text
from tracker.law.address import Located
from tracker.law.problems import Problem

if TYPE_CHECKING:
    from tracker.diff.effects.model import Effect

__all__ = [
    "Change", "Changes", "FrontChange", "HeadingChange", "Kind", "Op", "ProvisionChange",
    "Redline", "RunnerUp", "Slot", "new_text", "old_text",
]  # fmt: skip


class Kind(StrEnum):
    """What happened to a provision. One pair can be renumbered, reworded and moved at once."""

    __hash__ = str.__hash__  # Enum's own is slow

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    MOVED = "moved"
    INSERTED = "inserted"
    DELETED = "deleted"
    SPLIT = "split"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.UNCHANGED: "未变", Kind.RENUMBERED: "条号变动", Kind.REWORDED: "修改", Kind.MOVED: "移动",
    Kind.INSERTED: "增加", Kind.DELETED: "删去", Kind.SPLIT: "拆分", Kind.MERGED: "合并",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The second-best candidate for the other side: its number and similarity (0 to 1)."""

    number: str
    similarity: float


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """What happened to one 款, 项 or 目 inside a matched pair.

    `split`: `new` is one of the parts that `old` came apart into, which each have such an entry;
    `merged`: `old` is one of those that grew together into `new`. The redline is over this part.
    """

    old: Located | None
    new: Located | None
    redline: Redline
    moved: bool = False
    split: bool = False
    merged: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Derived, in the order of `Kind`."""
        if self.old is None:
            return (Kind.INSERTED,)
        if self.new is None:
            return (Kind.DELETED,)
        kinds = []
        whole = not (self.split or self.merged)
        if whole and self.old.provision.number != self.new.provision.number:
            kinds.append(Kind.RENUMBERED)
        if any(op is not Op.EQUAL for op, _ in self.redline):
            kinds.append(Kind.REWORDED)
        if self.moved:
            kinds.append(Kind.MOVED)
        if self.split:
            kinds.append(Kind.SPLIT)
        if self.merged:
            kinds.append(Kind.MERGED)
        return tuple(kinds) or (Kind.UNCHANGED,)


class _Derived:
    """What a change is, derived once: pages ask for the kinds of each some fifty times.

    Not among the fields of the dataclass, so that it counts nowhere.
    """

    __slots__ = ("_effects", "_kinds", "_reworded")

    _effects: tuple[Effect, ...]
    _kinds: tuple[Kind, ...]
    _reworded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(_Derived):
    """One entry of a comparison: the old articles, the new ones, and what differs.

    Shapes: 1→1, 0→1 inserted, 1→0 deleted, 1→n split, n→1 merged. `redline` is over the bodies
    (no number, no caption; 款 and 项 on lines of their own); where a side has several articles
    their bodies are joined by a blank line. `similarity` and `confidence` run from 0 to 1.
    `matched_by` names the pass that made the link; it is empty for inserted and deleted.
    `moved` is a fact of the alignment: out of order, or in another chapter that was there before.
    `consequential`: the words differ in citations only, and each follows the alignment.
    `typographic`: the words differ in width, quotation marks or spacing only.
    `provisions` holds every 款, 项 and 目 of both sides, where the bodies differ; else it is empty.
    `links` says, for a split or merger, which old gave to which new, by their place in `old` and
    `new`; an entry may be both (68 and 69 became 69, and 69 also went into 70).
    """

    old: tuple[Located, ...]
    new: tuple[Located, ...]
    redline: Redline
    similarity: float = 0.0
    matched_by: str = ""
    confidence: float = 0.0
    runner_up: RunnerUp | None = None
    moved: bool = False
    consequential: bool = False
    typographic: bool = False
    provisions: Sequence[ProvisionChange] = ()
    links: tuple[tuple[int, int], ...] = ()

    @property
    def is_reworded(self) -> bool:
        """Whether any word of the bodies differs."""
        try:
            return self._reworded
        except AttributeError:
            found = any(op is not Op.EQUAL for op, _ in self.redline)
            object.__setattr__(self, "_reworded", found)
            return found

    @property
    def is_stacked(self) -> bool:
        """Whether the old text is shown above the new one, since they have little in common. Of a
        split or a merger the redline says which article has which words, so it stays in the line
        where either side kept half of its words and only the other one grew.
        """
        if self.similarity >= STACKED_BELOW or not (self.old and self.new):
            return False
        if len(self.old) == len(self.new) == 1:
            return True
        kept, gone, come = (
            sum(len(text) for op, text in self.redline if op is one)
            for one in (Op.EQUAL, Op.DELETE, Op.INSERT)
        )
        return kept < min(gone, come)

    @property
    def caption_changed(self) -> bool:
        """Whether the captions (条旨) differ; that alone does not make an article reworded."""
        old = [one.provision.caption for one in self.old if one.provision.caption]
        new = [one.provision.caption for one in self.new if one.provision.caption]
        return bool(self.old and self.new) and old != new

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the change does: a period, a fine, a duty, see `effects`. Found when asked for.

        Empty where a side is missing, or where the words differ in citations or typography only.
        """
        if not self.is_reworded or self.consequential or self.typographic:
            return ()
        if not (self.old and self.new):
            return ()
        try:
            return self._effects
        except AttributeError:
            from tracker.diff.effects.rules import find_effects  # comparing itself never needs them

            single = len(self.old) == len(self.new) == 1
            object.__setattr__(self, "_effects", find_effects(self.redline, single=single))
            return self._effects

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Derived, in the order of `Kind`; a 1→1 pair with none of them is unchanged."""
        try:
            return self._kinds
        except AttributeError:
            object.__setattr__(self, "_kinds", self._find_kinds())
            return self._kinds

    def _find_kinds(self) -> tuple[Kind, ...]:
        if not self.old:
            return (Kind.INSERTED,)
        if not self.new:
            return (Kind.DELETED,)
        kinds = []
        one_to_one = len(self.old) == len(self.new) == 1
        if one_to_one and self.old[0].provision.number != self.new[0].provision.number:
            kinds.append(Kind.RENUMBERED)
        if one_to_one and self.is_reworded:
            kinds.append(Kind.REWORDED)
        if self.moved:
            kinds.append(Kind.MOVED)
        if len(self.new) > 1:
            kinds.append(Kind.SPLIT)
        if len(self.old) > 1:
            kinds.append(Kind.MERGED)
        return tuple(kinds) or (Kind.UNCHANGED,)


@dataclass(frozen=True, slots=True)
class HeadingChange:
    """What happened to a heading. `redline` is over its name and, in an outline, its own text."""

    old: Located | None
    new: Located | None
    redline: Redline
    moved: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Derived, in the order of `Kind`."""
        return ProvisionChange(self.old, self.new, self.redline, self.moved).kinds


@dataclass(frozen=True, slots=True)
class FrontChange:
    """Title, stage line, enactment note, introduction, annexes: `part` names which.

    Compared by part, never aligned with articles. A missing part is an empty text. `old` and `new`
    are given where the part is a provision (an introduction, an annex); `redline` then is over its
    heading line and its text. `is_stacked` as of a `Change`.
    """

    part: str
    redline: Redline
    old: Located | None = None
    new: Located | None = None
    is_stacked: bool = False

    @property
    def changed(self) -> bool:
        """Whether any word differs."""
        return any(op is not Op.EQUAL for op, _ in self.redline)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text: how deep (0 is the top), and what stands there.

    `part` is ``changes``, ``headings`` or ``front``, `entry` the index in that list, `member` which
    of the provisions that the entry has in this text (a split has several new ones).
    """

    depth: int
    part: str
    entry: int
    member: int = 0


class _Counted:
    """How many changes there are, counted once: six views of a comparison show it."""

    __slots__ = ("_summary",)

    _summary: dict[str, int]


@dataclass(frozen=True, slots=True)
class Changes(_Counted):
    """A comparison of two laws. Every article of both sides stands in exactly one entry.

    `changes` is in the order of the new text, with deletions where they stood; so is `headings`.
    `order` says how the new text is put together from the entries: all that `apply` needs beside
    the redlines, numbers and captions. `past` says the same of the old text.
    """

    changes: tuple[Change, ...]
    headings: tuple[HeadingChange, ...] = ()
    front: tuple[FrontChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    order: Sequence[Slot] = ()
    past: Sequence[Slot] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many entries there are of each kind; an entry counts once under each of its kinds.

        `consequential` and `typographic` count the reworded entries that carry the flag.
        """
        try:
            return dict(self._summary)
        except AttributeError:
            object.__setattr__(self, "_summary", self._count())
            return dict(self._summary)

    def _count(self) -> dict[str, int]:
        counts = Counter(kind for change in self.changes for kind in change.kinds)
        return {kind.value: counts[kind] for kind in Kind} | {
            "consequential": sum(change.consequential for change in self.changes),
            "typographic": sum(change.typographic for change in self.changes),
        }
