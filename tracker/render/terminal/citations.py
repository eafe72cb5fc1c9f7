"""The citations of a law in the terminal, a row each. Floor 4, on rich."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tracker.parse.citations.listing import PlacedCitation
from tracker.parse.citations.model import CitationKind
from tracker.render.terminal.grid import print_grid
from tracker.render.words import Lang, say

__all__ = ["print_citations"]


def print_citations(console: Console, listed: Sequence[PlacedCitation], lang: Lang) -> None:
    """Where it stands, its words, and what it points to: 第九条第二款  前款  第九条第一款."""
    heads = tuple(say(lang, key) for key in ("where", "cites", "points_to"))
    rows = [(one.at.citation, one.citation.text, _target(one, lang)) for one in listed]
    print_grid(console, heads, rows)


def _target(one: PlacedCitation, lang: Lang) -> str:
    there = "、".join(target.citation for target in one.targets)
    if one.problem is not None:
        lacking = f"{say(lang, 'no_target')} ({one.problem.code})"
        if there or len(one.missing) > 1:  # 第二条；没有所指的条文 (no-such-article)：第九条
            lacking += "：" + "、".join(target.citation for target in one.missing)
        return f"{there}；{lacking}" if there else lacking
    if there:
        return there
    title = one.citation.title
    if title is None:
        external = one.citation.kind is CitationKind.EXTERNAL
        return say(lang, "unnamed_law" if external else "whole_text")
    return title if title.endswith("号") else f"《{title}》"
