"""The page on problems as data: what each code means, how bad it is, an example, the remedy.

Floor 5. The page (site/docs/reference/problems.md) is the one source: the site shows it, `tracker
check --explain` prints it, settings know from it which codes there are. The wheel carries a copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from tracker.law.problems import TrackerError

__all__ = ["Entry", "entries", "entry", "unknown_code"]

_IN_PACKAGE: Final = "problems.md"
_IN_SOURCE: Final = ("site", "docs", "reference", "problems.md")
_ENTRY: Final = re.compile("(?m)^### `([a-z-]+)`$")
_SECTION: Final = re.compile("(?m)^## (.+)$")
_LEVEL: Final = re.compile(r"\*([^*]+)\*\. ?")
_ITEM: Final = re.compile(r"(?m)^- (Example|Right|Remedy): (.+)$")
STOPS: Final = "stops the command"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page says of one code.

    `chinese` is for readers; `level` is as the page words it (``warning; info in a draft``);
    `wrong` and `right` are the example, empty where the page has none.
    """

    code: str
    section: str
    chinese: str
    level: str
    text: str
    wrong: str = ""
    right: str = ""
    remedy: str = ""

    @property
    def is_finding(self) -> bool:
        """Whether a check can find it, so that settings may name it; else it stops a command."""
        return STOPS not in self.level.split(";")[0]


@cache
def entries() -> dict[str, Entry]:
    """Every code of the page, in its order."""
    found: dict[str, Entry] = {}
    _, *sections = _SECTION.split(_page())
    for name, body in zip(sections[::2], sections[1::2], strict=True):
        _, *parts = _ENTRY.split(body)
        for code, text in zip(parts[::2], parts[1::2], strict=True):
            found[code] = _read(code, name, text)
    return found


def entry(code: str) -> Entry:
    """One code. Raises TrackerError `unknown-code` with the nearest ones."""
    known = entries()
    if code not in known:
        raise unknown_code(code)
    return known[code]


def unknown_code(code: str, where: str = "") -> TrackerError:
    """The error for a word that is no code, with up to three that are most like it.

    `where` is the place that has the word (``tracker.toml:7``).
    """
    near = get_close_matches(code.lower().replace("_", "-"), entries(), n=3, cutoff=0.5)
    hint = f"是否指 {'、'.join(near)}？" if near else "全部代码见问题代码一页"
    place = f"{where}：" if where else ""
    return TrackerError("unknown-code", f"{place}没有问题代码 {code}", hint)


def _page() -> str:
    packaged = files("tracker.check").joinpath(_IN_PACKAGE)
    source = Path(__file__).resolve().parents[2].joinpath(*_IN_SOURCE)
    if source.is_file():
        return source.read_text(encoding="utf-8")
    return packaged.read_text(encoding="utf-8")


def _read(code: str, section: str, body: str) -> Entry:
    paragraphs = [part.strip() for part in body.strip().split("\n\n")]
    level = _LEVEL.match(paragraphs[1]) if len(paragraphs) > 1 else None
    items = dict(_ITEM.findall(body))
    return Entry(
        code=code, section=section, chinese=paragraphs[0], level=level[1] if level else "",
        text=_LEVEL.sub("", paragraphs[1], count=1) if level else "",
        wrong=items.get("Example", ""), right=items.get("Right", ""),
        remedy=items.get("Remedy", ""),
    )  # fmt: skip
