"""Kinds of values that options take: a stage, a day, a kind of change, the id of a law.

Floor 6. Each names what it accepts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from tracker.law.model import Stage
from tracker.law.problems import TrackerError

if TYPE_CHECKING:
    from tracker.cli.session import Session

__all__ = ["CHANGE", "DAY", "LAW", "STAGE"]

_CHANGES: Final = (
    "renumbered", "reworded", "moved", "inserted", "deleted", "split", "merged", "consequential",
    "typographic", "caption", "effect", "effect:CLASS",
)  # fmt: skip


_YEARS: Final = (1900, 2099)  # no law stored here is older, no text is dated further ahead


class _Stage(click.ParamType[Stage]):
    """A stage by its code or its Chinese name."""

    name = "stage"

    def convert(self, value: Any, *_: object) -> Stage:
        from tracker.store.names import read_stage

        stage = value if isinstance(value, Stage) else read_stage(str(value))
        if stage is None:
            raise TrackerError(
                "unknown-stage",
                f"没有阶段 {value}",
                "可用 " + "、".join(f"{one.value} {one.label}" for one in Stage),
            )
        return stage

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        return [
            CompletionItem(stage.value, help=stage.label)
            for stage in Stage
            if stage.value.startswith(incomplete)
        ]


class _Day(click.ParamType[date]):
    """A day, 2021-11-12 or 2021年11月12日."""

    name = "date"

    def convert(self, value: Any, *_: object) -> date:
        from tracker.store.names import read_date

        day = value if isinstance(value, date) else read_date(str(value))
        if day is None:
            raise TrackerError("bad-date", f"{value} 不是日期", "写作 2021-11-12 或 2021年11月12日")
        if not _YEARS[0] <= day.year <= _YEARS[1]:
            raise TrackerError(
                "bad-date", f"{value} 不像法规的日期",
                f"年份在 {_YEARS[0]} 到 {_YEARS[1]} 之间；核对是否多写或者写错了数字",
            )  # fmt: skip
        return day


class _Change(click.Choice[str]):
    """A kind of change, a flag or an effect, by its code or its Chinese name."""

    def convert(self, value: Any, *_: object) -> str:
        from tracker.diff.effects.model import EffectKind
        from tracker.diff.model import Kind
        from tracker.render.words import kind_label, say

        names = {kind.value: kind_label("zh", kind) for kind in Kind if kind in _CHANGES}
        names |= {flag: say("zh", flag) for flag in ("consequential", "typographic", "effect")}
        names["caption"] = say("zh", "caption_changed")
        names |= {f"effect:{kind}": f"effect:{kind.label}" for kind in EffectKind}
        for code, name in names.items():
            if str(value) in (code, name, name.removeprefix("effect:")):
                return code
        raise TrackerError(
            "unknown-change",
            f"没有变动种类 {value}",
            "可用 " + "、".join(f"{code} {name}" for code, name in names.items()),
        )

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from tracker.diff.effects.model import EffectKind

        effects = [f"effect:{kind}" for kind in EffectKind]
        known = [*_CHANGES[:-1], *effects]
        return [CompletionItem(code) for code in known if code.startswith(incomplete)]


class _StoredLaw(click.ParamType[str]):
    """The id of a law, or a version's name; the shell completes the ids that are stored."""

    name = "law"

    def convert(self, value: Any, *_: object) -> str:
        return str(value)

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from tracker.cli.session import Session

        session: Session = ctx.find_object(Session) or Session()
        found = [CompletionItem(incomplete, type="file")]
        if session.has_workspace():
            folder = session.workspace() / "versions"
            found += [
                CompletionItem(path.name)
                for path in sorted(folder.iterdir())
                if path.is_dir() and path.name.startswith(incomplete)
            ]
        return found


STAGE = _Stage()
CHANGE = _Change(_CHANGES)
DAY = _Day()
LAW = _StoredLaw()
