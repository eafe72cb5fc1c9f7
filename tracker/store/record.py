"""law.toml and overrides.toml: the two files under ``versions/`` that people edit.

Floor 3. Read with the standard library, written by a small writer of our own (the standard library
has none). A word that we do not know is an error, not a silence: it is most likely a slip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from tracker.diff.align.overrides import Override, Overrides, Verdict
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.store.model import LawRecord
from tracker.store.toml_files import read_toml

__all__ = ["read_overrides", "read_record", "write_record"]

_TEXTS: Final = ("title", "jurisdiction", "issuing_body", "kind")
_KNOWN: Final = (*_TEXTS, "aliases", "fictional", "check")
"""`check` holds levels and ignores of the check, which reads them itself."""
_TOML_HINT: Final = "按 TOML 的写法改正"
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n",
                   "\f": "\\f", "\r": "\\r"}  # fmt: skip


def write_record(record: LawRecord) -> bytes:
    """law.toml of a law, as the first ingest writes it."""
    lines = [
        "# 法规的基本信息，可以手工修改；改后用 git 提交。",
        f"title = {_string(record.title)}",
        f"aliases = [{', '.join(_string(alias) for alias in record.aliases)}]",
        f"jurisdiction = {_string(record.jurisdiction)}",
        f"issuing_body = {_string(record.issuing_body)}",
        f"kind = {_string(record.kind)}",
        f"fictional = {'true' if record.fictional else 'false'}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def read_record(law_id: str, data: bytes) -> LawRecord:
    """law.toml, read. Raises TrackerError `bad-law-toml` naming the law and the word."""
    table = read_toml(data, f"versions/{law_id}/law.toml", "bad-law-toml", _TOML_HINT)
    unknown = sorted(set(table) - set(_KNOWN))
    if unknown:
        raise _bad(law_id, f"不认识的字段 {unknown[0]!r}", f"可用的字段：{'、'.join(_KNOWN)}")
    for name in _TEXTS:
        if not isinstance(table.get(name, ""), str):
            raise _bad(law_id, f"{name} 应为字符串", f'写成 {name} = "…"')
    aliases = table.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise _bad(law_id, "aliases 应为字符串的数组", 'aliases = ["…", "…"]')
    if not isinstance(table.get("fictional", False), bool):
        raise _bad(law_id, "fictional 应为 true 或 false", "fictional = false")
    if not table.get("title"):
        raise _bad(law_id, "缺少 title", 'title = "…条例"')
    texts = {name: table.get(name, "") for name in _TEXTS}
    return LawRecord(
        law_id=law_id, aliases=tuple(aliases), fictional=table.get("fictional", False), **texts
    )


def read_overrides(
    law_id: str,
    data: bytes,
    old: str,
    new: str,
    known: Collection[str] | None = None,
    *,
    order: Sequence[str] = (),
) -> Overrides:
    """What overrides.toml says of one pair of versions, in the order of the file.

    Each ``[[override]]`` names the versions (``between``), the ``verdict``, article numbers of both
    sides (``old``, ``new``), and perhaps ``who`` and ``why``. Raises TrackerError `bad-overrides`
    naming the law and the entry, also for entries about other versions. With the ids of all
    versions in `known` it raises `override-does-not-fit` where an entry names another one, and with
    the same in legal `order` where an entry names the later one first.
    """
    place = f"versions/{law_id}/overrides.toml"
    table = read_toml(data, place, "bad-overrides", _TOML_HINT)
    entries = table.get("override", [])
    if set(table) - {"override"} or not isinstance(entries, list):
        raise TrackerError("bad-overrides", f"{place}：只能有 [[override]] 条目", _OVERRIDE_HINT)
    found = []
    for position, entry in enumerate(entries, 1):
        here = f"{place}：第 {position} 条"
        try:
            between, override = _override(entry)
        except ValueError as error:
            raise TrackerError(
                "bad-overrides", f"{here}写得不对：{error}", _OVERRIDE_HINT
            ) from error
        missing = [one for one in between if known is not None and one not in known]
        if missing:
            raise TrackerError(
                "override-does-not-fit",
                f"{here}所指的版本 {missing[0]} 不存在",
                f"用 tracker log {law_id} 查看有哪些版本",
            )
        if order and order.index(between[0]) >= order.index(between[1]):
            raise _reversed(here, *between)
        if between == (old, new):
            found.append(override)
    return tuple(found)


def _reversed(here: str, first: str, second: str) -> TrackerError:
    if first == second:
        what, hint = f"between 两次写了同一个版本 {first}", "写明旧版本和新版本"
    else:
        what = f"between 先写了较晚的 {first}，后写了较早的 {second}"
        hint = f'旧版本在前：between = ["{second}", "{first}"]，old 和 new 也要对调'
    return TrackerError("override-does-not-fit", f"{here}的 {what}", hint)


_OVERRIDE_HINT: Final = (
    'between = ["旧版本", "新版本"], verdict = "match" 或 "no-match", '
    'old = ["12"], new = ["13", "14"]'
)
_LISTS: Final = ("between", "old", "new")


def _override(entry: Any) -> tuple[tuple[str, str], Override]:
    """The two versions of an entry, and its verdict. Raises ValueError in the reader's words."""
    if not isinstance(entry, Mapping):
        raise ValueError("应为 [[override]] 条目")
    missing = [name for name in (*_LISTS, "verdict") if name not in entry]
    if missing:
        raise ValueError(f"缺少 {missing[0]}")
    unknown = set(entry) - {*_LISTS, "verdict", "who", "why"}
    if unknown:
        raise ValueError(f"不认识的字段 {min(unknown)!r}")
    for name in _LISTS:
        if not isinstance(entry[name], list) or not all(isinstance(v, str) for v in entry[name]):
            raise ValueError(f"{name} 应为字符串的数组")
    if len(entry["between"]) != 2:
        raise ValueError("between 应为两个版本")
    if entry["verdict"] not in tuple(Verdict):
        raise ValueError(f"verdict 不能是 {entry['verdict']!r}")
    before, after = entry["between"]
    override = Override(
        Verdict(entry["verdict"]),
        tuple(_article(number) for number in entry["old"]),
        tuple(_article(number) for number in entry["new"]),
        str(entry.get("who", "")),
        str(entry.get("why", "")),
    )
    return (before, after), override


def _article(number: str) -> str:
    try:
        return str(Number.of(number))
    except ValueError as error:
        raise ValueError(f'条号 {number!r} 应写作 "12" 或 "10-1"') from error


def _string(text: str) -> str:
    """A TOML basic string.

    >>> _string('公共"数据"条例').count(chr(92))
    2
    """
    return '"' + "".join(_escape(char) for char in text) + '"'


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\u{ord(char):04X}" if ord(char) < 0x20 or ord(char) == 0x7F else char


def _bad(law_id: str, what: str, hint: str) -> TrackerError:
    return TrackerError("bad-law-toml", f"versions/{law_id}/law.toml：{what}", hint)
