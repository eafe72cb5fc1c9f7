"""How bad a finding is and which are left aside: `[check]` in the settings and in law.toml.

Floor 5. Bytes in, frozen values out; who has the file (the work tree, a git object) reads it. Every
ignore says why. A word that we do not know is an error that names its line: most likely a slip.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tracker.check.reference import entries, unknown_code
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.store.names import CHECK_SETTINGS
from tracker.store.toml_files import read_toml

__all__ = [
    "Ignore", "Settings", "Settled", "read_settings", "settings_among", "settings_in", "settle",
    "unused",
]  # fmt: skip

_TEXTS: Final = ("code", "reason", "law", "version", "citation")
_TABLES: Final = {"pyproject.toml": ("tool", "tracker", "check")}
"""Where the settings stand by the name of the file; in every other file it is ``[check]``."""
_HINT: Final = (
    '[check.levels] 下写 代码 = "error"、"warning" 或 "info"；'
    "[[check.ignore]] 下写 code、reason，以及 law、version、citation（可省）"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """A finding that is left aside, and why.

    `law`, `version` and `citation` narrow it, empty ones do not; a citation takes in all below it
    (第三条 also 第三条第二款). `file` and `line` say where it is written.
    """

    code: str
    reason: str
    law: str = ""
    version: str = ""
    citation: str = ""
    file: str = ""
    line: int = 1

    @property
    def place(self) -> str:
        """Where it is written: ``tracker.toml:7``."""
        return f"{self.file}:{self.line}"

    def covers(self, problem: Problem) -> bool:
        """Whether this finding is meant."""
        return (
            problem.code == self.code
            and self.law in ("", problem.law)
            and self.version in ("", problem.version)
            and _is_within(problem.citation, self.citation)
        )


def _is_within(citation: str, wanted: str) -> bool:
    """第三条第一款 is within 第三条, 第三条之一 is not."""
    rest = citation.removeprefix(wanted)
    return not wanted or (citation.startswith(wanted) and not rest.startswith("之"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Levels by code, and ignores in the order of the file."""

    levels: tuple[tuple[str, Severity], ...] = ()
    ignores: tuple[Ignore, ...] = ()

    def over(self, below: Settings) -> Settings:
        """Both, these winning: those of a law over those of the whole store."""
        levels = dict(below.levels) | dict(self.levels)
        return Settings(levels=tuple(levels.items()), ignores=(*below.ignores, *self.ignores))


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings with their levels, and those that were left aside, each with the ignore that did."""

    problems: tuple[Problem, ...]
    ignored: tuple[tuple[Problem, Ignore], ...] = ()


def settle(settings: Settings, problems: Iterable[Problem]) -> Settled:
    """The findings as the settings want them, in their order."""
    levels = dict(settings.levels)
    by_code: dict[str, list[Ignore]] = {}
    for one in settings.ignores:
        by_code.setdefault(one.code, []).append(one)
    kept: list[Problem] = []
    ignored: list[tuple[Problem, Ignore]] = []
    for problem in problems:
        ignore = next((one for one in by_code.get(problem.code, ()) if one.covers(problem)), None)
        if ignore is not None:
            ignored.append((problem, ignore))
        elif problem.code in levels:
            kept.append(replace(problem, severity=levels[problem.code]))
        else:
            kept.append(problem)
    return Settled(tuple(kept), tuple(ignored))


def unused(ignores: Iterable[Ignore], used: Container[Ignore]) -> dict[str, list[Problem]]:
    """The ignores that nothing was left aside by, as findings, by the file they are written in."""
    found: dict[str, list[Problem]] = {}
    for ignore in ignores:
        if ignore not in used:
            problem = Problem(
                code="unused-ignore", severity=Severity.INFO, law=ignore.law,
                version=ignore.version, line=ignore.line,
                message=f"{ignore.place}：忽略 {ignore.code} 没有用上（理由：{ignore.reason}）",
                hint="删去这一条，或者核对代码和条款",
            )  # fmt: skip
            found.setdefault(ignore.file, []).append(problem)
    return found


def settings_in(folder: Path) -> Settings:
    """Those of a workspace, as in `settings_among`. Raises TrackerError."""
    paths = ((name, folder / name) for name in CHECK_SETTINGS)
    return settings_among({name: path.read_bytes() for name, path in paths if path.is_file()})


def settings_among(files: Mapping[str, bytes]) -> Settings:
    """Those of the first of `CHECK_SETTINGS` that is there and has any. Raises TrackerError."""
    for name in CHECK_SETTINGS:
        if name in files:
            found = read_settings(files[name], name)
            if found != Settings():
                return found
    return Settings()


def read_settings(data: bytes, place: str, *, law: str = "") -> Settings:
    """The settings that a file holds; none where it has no such table.

    `place` is the file's name as the user knows it; `law` is set for a law.toml, whose ignores are
    of that law only. Raises TrackerError `bad-settings`, `unknown-code`, each naming file and line.
    """
    table: Any = read_toml(data, place, "bad-settings", _HINT)
    path = _TABLES.get(place.rpartition("/")[2], ("check",))
    for name in path:
        table = table.get(name, {}) if isinstance(table, dict) else {}
    reader = _Reader(data.decode("utf-8"), place, path, law)
    if not isinstance(table, dict):
        raise reader.error("check 应为一个表", "check")
    reader.no_others(table, ("levels", "ignore"), "check")
    return Settings(
        levels=reader.levels(table.get("levels", {})),
        ignores=reader.ignores(table.get("ignore", [])),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """One file: finds lines, since the TOML reader does not tell them."""

    text: str
    place: str
    path: tuple[str, ...]
    law: str

    def levels(self, table: Any) -> tuple[tuple[str, Severity], ...]:
        if not isinstance(table, dict):
            raise self.error("levels 应为一个表", "levels")
        found = []
        for code, level in table.items():
            self.known(code, self.line(code))
            if level not in tuple(Severity):
                raise self.error(f"{code} 的轻重 {level!r} 不认识", code)
            found.append((code, Severity(level)))
        return tuple(found)

    def ignores(self, rows: Any) -> tuple[Ignore, ...]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.error("ignore 应写作 [[…ignore]] 条目", "ignore")
        heads = self.headers()
        lines = heads if len(heads) >= len(rows) else [self.line("ignore")] * len(rows)
        return tuple(map(self.ignore, rows, lines))

    def ignore(self, row: Mapping[str, Any], line: int) -> Ignore:
        allowed = tuple(name for name in _TEXTS if not (self.law and name == "law"))
        self.no_others(row, allowed, "ignore", line)
        for name, value in row.items():
            if not isinstance(value, str):
                raise self.error(f"ignore 的 {name} 应为字符串", "ignore", line)
        if not row.get("code"):
            raise self.error("这条 ignore 没有写 code", "ignore", line)
        self.known(row["code"], line)
        if not row.get("reason", "").strip():
            raise self.error(f"忽略 {row['code']} 没有写理由（reason）", "ignore", line)
        return Ignore(**{"law": self.law, **row, "file": self.place, "line": line})

    def known(self, code: str, line: int) -> None:
        entry = entries().get(code)
        if entry is not None and entry.is_finding:
            return
        where = f"{self.place}:{line}"
        if entry is not None:
            raise TrackerError(
                "bad-settings", f"{where}：{code} 会使命令停下，不能改轻重，也不能忽略", _HINT
            )
        raise unknown_code(code, where)

    def no_others(
        self, table: Mapping[str, Any], known: tuple[str, ...], name: str, line: int | None = None
    ) -> None:
        other = next((word for word in table if word not in known), None)
        if other is not None:
            raise self.error(f"{name} 里不认识的字段 {other!r}", other, line)

    def error(self, what: str, word: str, line: int | None = None) -> TrackerError:
        at = self.line(word) if line is None else line
        return TrackerError("bad-settings", f"{self.place}:{at}：{what}", _HINT)

    def line(self, key: str) -> int:
        """The line on which a key is set or a table begins; 1 where it cannot be found."""
        wanted = re.compile(rf"(?m)^[ \t\[]*(?:[\w.\"]+\.)?[\"']?{re.escape(key)}[\"']?[ \t\].=]")
        found = wanted.search(self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else 1

    def headers(self) -> list[int]:
        """The lines on which an ignore begins, in their order; none for ignores in one array."""
        name = r"[ \t]*\.[ \t]*".join(map(re.escape, (*self.path, "ignore")))
        begins = re.compile(rf"[ \t]*\[\[[ \t]*{name}[ \t]*\]\]")
        lines = self.text.split("\n")
        return [at for at, line in enumerate(lines, 1) if begins.match(line)]
