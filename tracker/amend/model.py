"""What an amending act says, as values: an Act holds Instructions, each one action on one place.

Floor 2. `act` reads these from the source, `apply` carries them out, `reconcile` judges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem
from tracker.parse.document import Place

__all__ = ["Act", "Action", "Instruction"]


class Action(StrEnum):
    """What an instruction does."""

    REWORD = "reword"
    REPLACE = "replace"
    STRIKE = "strike"
    ADD_WORDS = "add_words"
    INSERT = "insert"
    DELETE = "delete"
    RENUMBER = "renumber"
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RENUMBER_ALL = "renumber_all"
    TOUCH_UP = "touch_up"
    COMMENCE = "commence"
    REPUBLISH = "republish"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _ACTION_LABELS[self]

    @property
    def changes_text(self) -> bool:
        """Whether it tells what to do with the base; 施行, 重新公布 and 文字调整 do not."""
        return self not in (Action.COMMENCE, Action.REPUBLISH, Action.TOUCH_UP)


_ACTION_LABELS = {
    Action.REWORD: "修改", Action.REPLACE: "替换文字", Action.STRIKE: "删去文字",
    Action.ADD_WORDS: "增加文字", Action.INSERT: "增加", Action.DELETE: "删去",
    Action.RENUMBER: "条号变动", Action.MERGE: "合并", Action.SPLIT: "拆分", Action.RENAME: "改名",
    Action.RENUMBER_ALL: "顺序调整", Action.TOUCH_UP: "文字调整", Action.COMMENCE: "施行",
    Action.REPUBLISH: "重新公布", Action.UNREAD: "未读懂",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One action of an amending act on one place of the base.

    `targets` are addresses in the base; none means the law as a whole. `unit` and `numbers` say
    what the new provisions are and how they are numbered in the outcome; `after` where they stand
    (在第八条后). `old_words` are the words looked for, `text` the words given instead or added,
    with 款 and 项 on lines of their own. `before` turns 后增加 into 前增加. `heading` is the name
    of a heading where the act quotes it instead of numbering it.

    `law` is the title of the law that the act names for this part, `item` the number of the item
    as printed (三、), `words` the act's own words, `place` where they begin in the source.
    """

    action: Action
    words: str
    place: Place
    targets: tuple[Address, ...] = ()
    unit: Unit | None = None
    numbers: tuple[Number, ...] = ()
    after: Address | None = None
    old_words: str = ""
    text: str = ""
    before: bool = False
    heading: str | None = None
    law: str | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An amending act, read. `laws` are the titles of the laws it amends, as it names them."""

    title: str
    instructions: tuple[Instruction, ...] = ()
    problems: tuple[Problem, ...] = ()
    laws: tuple[str, ...] = ()
    head: str = ""

    @property
    def unread(self) -> tuple[Instruction, ...]:
        """The instructions that could not be read."""
        return tuple(i for i in self.instructions if i.action is Action.UNREAD)
