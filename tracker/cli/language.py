"""Which language labels are in: what the user says, then the environment, then Chinese.

Floor 6.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from tracker.render.words import Lang

__all__ = ["asked_language", "default_language"]

_SILENT: Final = ("", "c", "posix")  # locales that say nothing about a language


def default_language(environ: Mapping[str, str] | None = None) -> Lang:
    """TRACKER_LANG, then the first of LC_ALL, LC_MESSAGES, LANG that names a language.

    >>> default_language({"LANG": "en_GB.UTF-8"}), default_language({"LANG": "C.UTF-8"})
    ('en', 'zh')
    """
    values = os.environ if environ is None else environ
    own = values.get("TRACKER_LANG", "")
    if own in ("zh", "en"):
        return "zh" if own == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = values.get(name, "").partition(".")[0].partition("@")[0].lower()
        if language not in _SILENT:
            return "zh" if language.startswith("zh") else "en"
    if sys.platform == "win32" and environ is None:
        import locale

        name = (locale.getlocale()[0] or "").lower()
        return "en" if name and not name.startswith(("zh", "chinese")) else "zh"
    return "zh"


def asked_language(args: Sequence[str]) -> Lang | None:
    """What ``--lang`` asks for, read before click does, so that its errors are in it too.

    >>> asked_language(["diff", "--lang", "en"]), asked_language(["--lang=zh"]), asked_language([])
    ('en', 'zh', None)
    """
    for index, arg in enumerate(args):
        value = ""
        if arg == "--":
            break
        if arg == "--lang" and index + 1 < len(args):
            value = args[index + 1]
        elif arg.startswith("--lang="):
            value = arg.removeprefix("--lang=")
        if value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return None
