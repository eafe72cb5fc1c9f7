"""What a check found as Markdown for a pull request: counts, findings, changes, redlines.

Floor 4. Text from outside shows as it is and does nothing (`tracker.render.markdown.inert`). Cut to
the size that GitHub takes, the most important first, and it says what was cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.diff.model import Change, Kind
from tracker.law.problems import Problem, Severity
from tracker.render.findings import Checked, Compared, count, worst_first
from tracker.render.markdown import counts_table, entry, inert
from tracker.render.visible import visible
from tracker.render.words import Lang, day_label, severity_label, stage_label

__all__ = ["COMMENT", "SUMMARY", "Size", "check_markdown"]

_WORDS: Final = {
    "head": ("检查结果", "Check"),
    "text": ("文本", "text"),
    "nothing": ("没有检查任何文本。", "Nothing was checked."),
    "clean": ("没有发现问题。", "No problems found."),
    "unread": ("没有读完，不知道有没有问题。", "not read to the end: nothing is known of it"),
    "findings": ("问题", "Findings"),
    "changes": ("与上一阶段相比", "Compared with the stage before"),
    "ignored": ("按设置忽略的问题：{count} 个。", "Ignored by the settings: {count}."),
    "cut": (
        "篇幅所限，略去{what}。全部内容见 JSON 报告。",
        "Cut for length: {what}. The JSON report has everything.",
    ),
    "cut_findings": ("{count}个问题", "{count} findings"),
    "cut_changes": ("{count}处改动", "{count} changes"),
}
_ICONS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
_ROOM: Final = 400  # characters kept for the note on what was cut
_ROWS: Final = 100  # texts that the table at the top names
_AROUND: Final = 16  # characters quoted on either side of a place


@dataclass(frozen=True, slots=True)
class Size:
    """How much a place takes: `most` of what `measure` counts."""

    most: int
    measure: Callable[[str], int]


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))


COMMENT: Final = Size(65_536, len)
"""A comment: 65,536 characters."""
SUMMARY: Final = Size(1024 * 1024, _bytes)
"""A step summary: one mebibyte; GitHub drops a larger one as a whole."""


def check_markdown(checked: Sequence[Checked], lang: Lang = "zh", size: Size = COMMENT) -> str:
    """The document, ending with a newline, never larger than `size`."""
    writer = _Writer(size, lang)
    writer.add(f"## {_say(lang, 'head')}")
    writer.add(_table(checked, lang) if checked else _say(lang, "nothing"))
    ignored = sum(len(one.ignored) for one in checked)
    if ignored:
        writer.add(_say(lang, "ignored", count=ignored))
    _findings(writer, checked, lang)
    _changes(writer, checked, lang)
    return writer.text()


class _Writer:
    """Blocks that still fit; the rest is counted."""

    def __init__(self, size: Size, lang: Lang) -> None:
        self.size, self.lang = size, lang
        self.blocks: list[str] = []
        self.used = 0
        self.left = {"cut_findings": 0, "cut_changes": 0}

    def add(self, block: str, kind: str = "", join: str = "\n\n") -> bool:
        """Whether the block still fits; after one of a kind that does not, no more of it do."""
        cost = self.size.measure(block + join)
        full = bool(kind and self.left[kind])
        if full or self.used + cost > self.size.most - _ROOM * self.size.measure("条"):
            if kind:
                self.left[kind] += 1
            return False
        self.blocks.append(block + join)
        self.used += cost
        return True

    def text(self) -> str:
        comma = "、" if self.lang == "zh" else ", "
        left = [_say(self.lang, kind, count=n) for kind, n in self.left.items() if n]
        note = _say(self.lang, "cut", what=comma.join(left)) if left else ""
        return ("".join(self.blocks).rstrip("\n") + (f"\n\n{note}" if note else "")) + "\n"


def _table(checked: Sequence[Checked], lang: Lang) -> str:
    heads = [_say(lang, "text"), *(severity_label(lang, severity) for severity in Severity)]
    lines = ["| " + " | ".join(heads) + " |", "|---|---:|---:|---:|"]
    for one in checked[:_ROWS]:
        name = inert(_flat(one.name))
        if not one.complete:
            name += f"<br>{_say(lang, 'unread')}"
        counts = [str(count(one.problems, severity)) for severity in Severity]
        lines.append("| " + " | ".join((name, *counts)) + " |")
    if len(checked) > _ROWS:
        lines.append(f"| … {len(checked) - _ROWS} | | | |")
    return "\n".join(lines)


def _findings(writer: _Writer, checked: Sequence[Checked], lang: Lang) -> None:
    found = list(worst_first(checked))
    if not found:
        if checked:
            writer.add(_say(lang, "clean"))
        return
    writer.add(f"### {_say(lang, 'findings')}")
    for one, problem in found:
        writer.add(_finding(one, problem, lang, alone=len(checked) == 1), "cut_findings", "\n")
    writer.add("")


def _finding(one: Checked, problem: Problem, lang: Lang, *, alone: bool) -> str:
    """One list item in one line; the quoted words with the place in bold."""
    where = problem.citation if alone else f"{one.name} {problem.citation}"
    head = f"- {_ICONS[problem.severity]} {severity_label(lang, problem.severity)}"
    place = f" **{inert(_flat(where.strip()))}**" if where.strip() else ""
    text = f"{head}{place} {inert(_flat(problem.message))} <code>{inert(problem.code)}</code>"
    if problem.quote:
        text += f"<br>{_quoted(one, problem)}"
    if problem.hint:
        text += f"<br>→ {inert(_flat(problem.hint))}"
    return text


def _quoted(one: Checked, problem: Problem) -> str:
    text, span = one.texts.get(problem.address, ""), problem.span
    if not text or span is None or not 0 <= span[0] < span[1] <= len(text):
        return f"<q>{inert(_flat(problem.quote))}</q>"
    left, right = max(0, span[0] - _AROUND), min(len(text), span[1] + _AROUND)
    parts = (text[left : span[0]], text[span[0] : span[1]], text[span[1] : right])
    before, marked, after = (inert(_flat(part)) for part in parts)
    return f"<q>{before}<b>{marked}</b>{after}</q>"


def _changes(writer: _Writer, checked: Sequence[Checked], lang: Lang) -> None:
    """The table of each comparison, then the redlines of all, the most important first."""
    ranked: list[tuple[tuple[int, int, int], Change]] = []
    for number, one in enumerate(checked):
        if one.compared is None:
            continue
        if writer.add("\n\n".join(_comparison(one, one.compared, lang)), "cut_changes"):
            changes = one.compared.changes.changes
            ranked += [
                ((-_weight(change), number, at), change)
                for at, change in enumerate(changes)
                if change.is_reworded
            ]
    for _, change in sorted(ranked, key=lambda pair: pair[0]):
        writer.add("\n\n".join(entry(change, lang)), "cut_changes")


def _comparison(one: Checked, compared: Compared, lang: Lang) -> Iterator[str]:
    sides = [
        f"{stage_label(lang, side.stage)} {day_label(lang, side.day, side.day_name)}"
        for side in (compared.old, compared.new)
    ]
    yield f"### {inert(_flat(one.title or one.name))}　{_say(lang, 'changes')}"
    yield " → ".join(sides)
    yield from counts_table(compared.changes, lang)


def _weight(change: Change) -> int:
    """How important a change is: what it does in law, then what came and went, then words."""
    if change.consequential or change.typographic:
        return 0
    kinds = set(change.kinds)
    whole = bool(kinds & {Kind.INSERTED, Kind.DELETED, Kind.SPLIT, Kind.MERGED})
    return 10 * len(change.effects) + (5 if whole else 1)


def _flat(text: str) -> str:
    return visible(text).replace("\n", " ").replace("\t", " ")


def _say(lang: Lang, key: str, **values: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)
