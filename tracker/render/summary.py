"""How many changes a comparison has, in one line. Floor 4."""

from __future__ import annotations

from tracker.diff.model import Changes, Kind
from tracker.render.overview import changed_annexes, kind_count
from tracker.render.words import Lang, say

__all__ = ["summary_line"]


def summary_line(changes: Changes, lang: Lang) -> str:
    """未变 3 条 · 条号变动 60 · 修改 31（适应性修改 4） · 增加 5 · 附件 1."""
    counts = changes.summary
    parts = []
    for kind in Kind:
        if not counts[kind]:
            continue
        if kind is Kind.UNCHANGED:
            parts.append(say(lang, "unchanged_articles", count=counts[kind]))
            continue
        parts.append(kind_count(kind, counts, lang))
    annexes = changed_annexes(changes)
    if annexes:
        parts.append(f"{say(lang, 'annexes')} {annexes}")
    return " · ".join(parts)
