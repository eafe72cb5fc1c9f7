"""The tracked changes of a Word file: how many there are, and what a view leaves out.

Floor 1. A file with tracked changes holds two texts, the one before them and the one after them;
which is meant only a person knows, so neither is read without being told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.document import Tracked
from tracker.parse.extract.word.ooxml import W, attribute

__all__ = ["GONE", "Revisions", "find_revisions", "is_gone", "properties_of"]

GONE: Final = {
    Tracked.FINAL: {W + "del": "tracked-deletion", W + "moveFrom": "tracked-deletion"},
    Tracked.ORIGINAL: {W + "ins": "tracked-insertion", W + "moveTo": "tracked-insertion"},
}
"""For each view the elements around text that is not in it, and the reason for the ledger."""
_MARKS: Final = {
    Tracked.FINAL: (W + "del", W + "moveFrom"),
    Tracked.ORIGINAL: (W + "ins", W + "moveTo"),
}
_WORDS: Final = tuple(
    W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
)
_OF_CELLS: Final = (W + "cellIns", W + "cellDel")
_MARKED: Final = frozenset(W + name for name in ("rPr", "trPr", "numPr"))
"""Properties in which a mark stands for the mark of a paragraph, a row or a number."""
_LETTERS: Final = frozenset(W + name for name in ("t", "delText", "instrText", "delInstrText"))
_HOLDS_RUNS: Final = frozenset(
    W + name
    for name in (
        "r", "ins", "del", "moveFrom", "moveTo", "proofErr", "bookmarkStart", "bookmarkEnd",
        "lastRenderedPageBreak",
    )
)  # fmt: skip
_FORMATS: Final = (W + "pPrChange", W + "rPrChange")
_TELLING: Final = tuple(
    W + name for name in ("numPr", "pStyle", "rStyle", "vanish", "specVanish", "strike", "dstrike")
)
"""Properties that change what is read: numbers, and text that is hidden or struck out."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """How many tracked changes there are of words, by how many authors; whether there are changes
    of properties that may change a number, or hide text."""

    count: int = 0
    authors: int = 0
    telling: bool = False

    def refuse(self, name: str) -> TrackerError:
        """The error for a file that was read without being told which text is meant."""
        return TrackerError(
            "tracked-changes",
            f"{name} 有 {self.count} 处修订（{self.authors} 人），没有说明读修订前还是修订后的文本",
            "加上 --tracked final 读接受全部修订后的文本，--tracked original 读修订前的文本；"
            "两者对照用 tracker diff FILE.docx",
        )

    def refuse_older(self, name: str) -> TrackerError:
        """The error for a doc or wps file: of changes in these, the text that LibreOffice makes is
        neither of the two; deleted articles come back as empty numbers."""
        return TrackerError(
            "tracked-changes",
            f"{name} 是旧版 Word 文件，有 {self.count} 处修订（{self.authors} 人）；"
            "旧版文件里的修订转换后不可靠，没有读取",
            "在 Word 或 WPS 中打开，另存为 docx（修订会保留），再用 --tracked final 或"
            " --tracked original 读取；或者先接受、拒绝全部修订",
        )

    def problem(self, view: Tracked) -> Problem:
        """What is said where a view was taken."""
        which = "接受全部修订后" if view is Tracked.FINAL else "修订前"
        return Problem(
            code="tracked-view",
            severity=Severity.INFO,
            message=f"来源有 {self.count} 处修订（{self.authors} 人），读的是{which}的文本",
            hint="用 tracker parse --show ledger 查看没有收入的文字",
        )


def find_revisions(root: Any) -> Revisions:
    """The tracked changes of a tree."""
    found = [one for one in root.iter(*_WORDS) if _changes(one)]
    formats = list(root.iter(*_FORMATS))
    telling = [one for one in formats if next(one.iter(*_TELLING), None) is not None]
    telling += [one for one in formats if _adds(one)]
    changes: Sequence[Any] = found or telling
    authors = {attribute(one, "author") for one in changes}
    return Revisions(len(found), len(authors), bool(telling))


def _changes(mark: Any) -> bool:
    """Whether a mark of a change holds words, or is that of a paragraph, a row, a cell or a number;
    programs leave marks around nothing behind."""
    if mark.tag in _OF_CELLS or mark.getparent().tag in _MARKED:
        return True
    return _says(mark)


def _says(element: Any) -> bool:
    """Whether an element holds anything but empty runs."""
    for child in element:
        if child.tag == W + "rPr":
            continue
        if child.tag in _LETTERS and not child.text and not len(child):
            continue
        if child.tag not in _HOLDS_RUNS or _says(child):
            return True
    return False


def _adds(change: Any) -> bool:
    """Whether properties were added that tell: they stand beside the note of what was before."""
    return any(one.tag in _TELLING for one in change.getparent())


def is_gone(properties: Any, view: Tracked | None) -> bool:
    """Whether the mark of a paragraph, or a row, is not in a view: `properties` are those of the
    mark (``w:pPr/w:rPr``) or of the row (``w:trPr``)."""
    if properties is None or view is None:
        return False
    return any(properties.find(tag) is not None for tag in _MARKS[view])


def properties_of(element: Any, kind: str, view: Tracked | None) -> Any:
    """The properties of a paragraph (``pPr``) or a run (``rPr``), in the original view those of
    before they were changed."""
    properties = element.find(W + kind)
    if properties is None or view is not Tracked.ORIGINAL:
        return properties
    before = properties.find(f"{W}{kind}Change/{W}{kind}")
    return properties if before is None else before
