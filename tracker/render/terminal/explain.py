"""What a problem code means, in the terminal: the entry of the reference page.

Floor 4, on rich.
"""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.render.findings import Explained
from tracker.render.terminal.console import print_folded
from tracker.render.words import Lang

__all__ = ["print_entry"]

_NAMES: Final = {
    "level": ("轻重", "severity"), "wrong": ("错", "wrong"), "right": ("对", "right"),
    "remedy": ("补救", "remedy"),
}  # fmt: skip


def print_entry(console: Console, entry: Explained, lang: Lang) -> None:
    """The code, what it means (Chinese first where the reader reads it), example and remedy."""
    console.print(Text(entry.code, "bold"), soft_wrap=True)
    if lang == "zh":
        print_folded(console, Text(entry.chinese.replace("`", "")), "  ")
    print_folded(console, Text(entry.text.replace("`", "")), "  ")
    rows = (
        ("level", entry.level), ("wrong", entry.wrong), ("right", entry.right),
        ("remedy", entry.remedy),
    )  # fmt: skip
    for name, text in rows:
        if text:
            label = _NAMES[name][0 if lang == "zh" else 1]
            print_folded(console, Text(f"{label}  {text.replace('`', '')}"), "  ", "      ")
