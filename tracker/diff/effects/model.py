"""What a change does in law, beside its words: a period shortened, a fine raised, 可以 for 应当.

Values only; `rules` finds them. Floor 2. An effect is never inferred from meaning: it is a
slot of the text that both sides have and fill with other words, and it names these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["Effect", "EffectKind", "Quantity", "Trigger"]


class EffectKind(StrEnum):
    """The classes of effects, in the order in which they are listed."""

    OBLIGATION = "obligation"
    DEADLINE = "deadline"
    FINE = "fine"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    PENALTY_TERM = "penalty-term"
    DEGREE = "degree"
    SANCTION = "sanction"
    AGE = "age"
    COUNT = "count"
    RESPONSIBLE_BODY = "responsible-body"
    ENTRY_INTO_FORCE = "entry-into-force"
    DEFINITION = "definition"
    SCOPE = "scope"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _LABELS[self]


_LABELS = {
    EffectKind.OBLIGATION: "义务", EffectKind.DEADLINE: "期限", EffectKind.FINE: "罚款",
    EffectKind.AMOUNT: "金额", EffectKind.PERCENTAGE: "比例", EffectKind.PENALTY_TERM: "罚期",
    EffectKind.DEGREE: "情节", EffectKind.SANCTION: "处罚", EffectKind.AGE: "年龄",
    EffectKind.COUNT: "数量",
    EffectKind.RESPONSIBLE_BODY: "机关",
    EffectKind.ENTRY_INTO_FORCE: "施行", EffectKind.DEFINITION: "定义",
    EffectKind.SCOPE: "适用范围",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, in the unit as written but without its script: 三十日 is 30 日."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        """30日, 5万元, 10%."""
        return f"{self.plain}{self.unit}"

    @property
    def plain(self) -> str:
        """The number in Arabic digits, without exponent and without zeros at the end."""
        text = f"{self.number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that show an effect: ``body[start:end] == text`` on their side (code points)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One slot of the text that was filled anew.

    `old` and `new` are the words as written, None where a body was added or dropped. For numbers
    `old_quantity` and `new_quantity` hold their value. `subject` is the term that is defined.
    `old_triggers` and `new_triggers` are the words that led to it, the filled slot first; places
    are in the old and the new body (`old_text` and `new_text` of the entry's redline).
    """

    kind: EffectKind
    old: str | None
    new: str | None
    old_triggers: tuple[Trigger, ...] = ()
    new_triggers: tuple[Trigger, ...] = ()
    old_quantity: Quantity | None = None
    new_quantity: Quantity | None = None
    subject: str | None = None

    @property
    def unit(self) -> str | None:
        """The unit, where both sides are measured in the same one."""
        if self.old_quantity is None or self.new_quantity is None:
            return None
        old, new = self.old_quantity.unit, self.new_quantity.unit
        return old if old == new else None

    @property
    def is_rewritten(self) -> bool:
        """Whether amounts differ and none stands for a single other; the triggers name them. They
        are of one side only where amounts were added to others, or dropped from them."""
        return self.subject is None and self.old is None and self.new is None

    @property
    def change(self) -> str:
        """What happened, short: 30日→15日, +教育部门, -公安机关; a definition by its term, and
        amounts by all of them: 改写 五十万元 → 百分之十、五百万元; +三万元、三十万元."""
        if self.subject is not None:
            return self.subject
        if self.is_rewritten:
            sides = (self.old_triggers, self.new_triggers)
            gone, come = ("、".join(one.text for one in side) for side in sides)
            if not gone or not come:
                return f"+{come}" if come else f"-{gone}"
            return f"改写 {gone} → {come}"
        old = str(self.old_quantity) if self.old_quantity else self.old
        new = str(self.new_quantity) if self.new_quantity else self.new
        if old is None:
            return f"+{new}"
        return f"-{old}" if new is None else f"{old}→{new}"
