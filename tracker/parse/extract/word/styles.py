"""The styles of a Word file: which list a style belongs to, and whether it hides its text.

Floor 1. A style takes from the one it is based on what it does not say itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.parse.extract.word.ooxml import W, attribute, is_on, value

__all__ = ["StyleNumber", "Styles"]

StyleNumber = tuple[str, str | None, str]
"""The list (numId) that a style belongs to, its level where it says one, and whose word it is."""


class Styles:
    """The styles of a file by their ids; a file without any has none. What is found for a style is
    found for all between it and the one that says so: chains may be long, and shared."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self.default: str | None = None
        for style in root.findall(W + "style") if root is not None else ():
            style_id = attribute(style, "styleId")
            if style_id is None:
                continue
            self._styles.setdefault(style_id, style)
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in (
                "1", "true", "on",
            ):  # fmt: skip
                self.default = style_id
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = {name: bool(is_on(defaults, name)) for name in ("vanish", "strike")}
        self._numbers: dict[str, StyleNumber | None] = {}
        self._said: dict[tuple[str, str], bool | None] = {}

    def _chain(self, style_id: str | None) -> Iterator[tuple[str, Any]]:
        """A style and those it is based on, each once, the nearest first."""
        seen: set[str] = set()
        while style_id is not None and style_id not in seen:
            seen.add(style_id)
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style_id, style
            style_id = value(style, "basedOn")

    def number(self, style_id: str | None) -> StyleNumber | None:
        """The list of a style, from the nearest of its chain that names one."""
        if style_id is None:
            return None
        if style_id not in self._numbers:
            found, levels = None, []
            for owner, style in self._chain(style_id):
                if owner in self._numbers:
                    found = self._numbers[owner]
                    break
                properties = style.find(f"{W}pPr/{W}numPr")
                levels.append((owner, value(properties, "ilvl")))
                number = value(properties, "numId")
                if number is not None:
                    found = (number, None, owner)
                    break
            for owner, level in reversed(levels):
                if found is not None:
                    found = (found[0], level or found[1], found[2])
                self._numbers[owner] = found
        return self._numbers.get(style_id)

    def is_contents(self, style_id: str | None) -> bool:
        """Whether a style is one of the entries of a contents page (``toc 1``)."""
        name = value(self._styles.get(style_id or ""), "name")
        return name is not None and name.lower().startswith("toc ")

    def is_on(self, name: str, paragraph: str | None, run: str | None, direct: Any) -> bool:
        """Whether a property that toggles (``vanish``, ``strike``) is on for a run.

        What the run says itself decides; else its style turns what the style of its paragraph says
        (17.7.3).
        """
        own = is_on(direct, name)
        if own is not None:
            return own
        of_paragraph, of_run = self._says(name, paragraph), self._says(name, run)
        if self._defaults.get(name):
            return True
        return bool(of_paragraph) is not bool(of_run)

    def _says(self, name: str, style_id: str | None) -> bool | None:
        if style_id is None:
            return None
        if (name, style_id) not in self._said:
            found, above = None, []
            for owner, style in self._chain(style_id):
                if (name, owner) in self._said:
                    found = self._said[name, owner]
                    break
                above.append(owner)
                found = is_on(style.find(W + "rPr"), name)
                if found is not None:
                    break
            self._said.update({(name, owner): found for owner in above})
        return self._said.get((name, style_id))
