"""Reads pages back: which elements and attributes they hold, which words, which anchors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Seen", "read_html"]

_VOID = {"input", "br", "img", "meta", "link", "hr", "source", "wbr"}


@dataclass
class Seen:
    """What an HTML text holds. `open` is how many elements were never closed."""

    elements: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""
    open: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.elements[tag] += 1
        self.seen.open += tag not in _VOID
        for name, value in attrs:
            self.seen.attributes[name] += 1
            if name == "id":
                self.seen.ids.append(value or "")
            if name in ("href", "src"):
                self.seen.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.seen.open -= tag not in _VOID

    def handle_data(self, data: str) -> None:
        self.seen.text += data


def read_html(html: str) -> Seen:
    """Parse an HTML text or a piece of one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.seen
