"""TOML files that people edit, read so that none of them can hold a command up.

Floor 3, for law.toml, overrides.toml and the settings of the check. They come with changes that
strangers propose. The reader of the standard library takes squared memory for a key of many names
(`a.a.a…`: 200 kB of it took 16 GB), recurses into brackets, and has a ValueError of its own for
very long numbers; so size and keys are bounded before, and each way to fail is one error of ours.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from tracker.law.problems import TrackerError

__all__ = ["LARGEST", "MOST_NAMES", "read_toml"]

LARGEST: Final = 1024 * 1024
"""Largest file in bytes; an entry of overrides.toml has about 150, so this holds 7,000 of them."""
MOST_NAMES: Final = 64
"""Names in one dotted key; ours have four at the most (`tool.tracker.check.levels`)."""

_NAME: Final = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY: Final = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_NAME}\.[ \t]*+){{{MOST_NAMES}}}")


def read_toml(data: bytes, place: str, code: str, hint: str) -> dict[str, Any]:
    """The table that a file holds. Raises TrackerError `code` naming `place`, with `hint`.

    >>> read_toml(b"a.b = 1", "law.toml", "bad-law-toml", "")
    {'a': {'b': 1}}
    """
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.1f} MB，上限为 {LARGEST // 1024 // 1024} MB"
        raise TrackerError(code, f"{place} 过大（{size}）", hint)
    try:
        text = data.decode("utf-8")
        long = _LONG_KEY.search(text)
        if long is None:
            return tomllib.loads(text)
    except RecursionError as error:
        raise TrackerError(code, f"{place} 读不出来：括号嵌套过深", hint) from error
    except ValueError as error:  # no UTF-8, no TOML, or a number of thousands of digits
        raise TrackerError(code, f"{place} 读不出来：{error}", hint) from error
    line = text.count("\n", 0, long.start()) + 1
    raise TrackerError(code, f"{place}:{line}：一个键由多于 {MOST_NAMES} 个名字组成", hint)
