"""The command group: a name → its module, imported when the command is asked for.

Floor 6. Every command takes the shared options too, so that they may stand before or after its
name. `main` is the one place where a run begins and ends.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Any, Final, NoReturn, cast

import click

from tracker import __version__
from tracker.cli.errors import PipeClosedError, ended_by_pipe, need_stdout, report_failure
from tracker.cli.language import asked_language
from tracker.cli.session import Session

__all__ = ["COMMANDS", "Command", "Group", "command", "tracker"]

COMMANDS: Final = {
    "init": "tracker.cli.init",
    "ingest": "tracker.cli.ingest",
    "parse": "tracker.cli.parse",
    "laws": "tracker.cli.laws",
    "log": "tracker.cli.log",
    "show": "tracker.cli.show",
    "citations": "tracker.cli.citations",
    "diff": "tracker.cli.diff",
    "history": "tracker.cli.history",
    "concordance": "tracker.cli.concordance",
    "blame": "tracker.cli.blame",
    "amend": "tracker.cli.amend",
    "check": "tracker.cli.check",
    "verify": "tracker.cli.verify",
    "export": "tracker.cli.export",
    "site": "tracker.cli.site",
}
"""In the order of a day's work, which is the order of the help text. Each module has `run`."""


def _store_in(attribute: str) -> Callable[[click.Context, click.Parameter, object], object]:
    """A callback that puts an option's value into the session, unless it was not given."""

    def put(context: click.Context, _: click.Parameter, value: object) -> object:
        if value:
            setattr(context.ensure_object(Session), attribute, value)
        return value

    return put


def _shared_options(hidden: bool) -> list[click.Parameter]:
    def option(*names: str, **settings: Any) -> click.Option:
        return click.Option(names, expose_value=False, is_eager=True, hidden=hidden, **settings)

    return [
        option("--lang", type=click.Choice(["zh", "en"]), callback=_store_in("lang"),
               help="Language of labels; findings are Chinese. Default: the locale, else zh."),
        option("--store", metavar="DIR", callback=_store_in("store_path"),
               help="The workspace; default: the nearest folder upwards with versions/."),
        option("-q", "--quiet", is_flag=True, callback=_store_in("quiet"),
               help="Only errors on standard error."),
        option("-v", "--verbose", is_flag=True, callback=_store_in("verbose"),
               help="Everything: each dropped line, each problem."),
    ]  # fmt: skip


_ALSO: Final = "Also --lang, --store, -q, -v: see tracker --help."


class Command(click.Command):
    """A command that takes the shared options."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"epilog": _ALSO, **settings})
        self.params += _shared_options(hidden=True)


class Group(click.Group):
    """A group within the group (`amend`, `site`) that takes the shared options."""

    command_class = Command

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"epilog": _ALSO, **settings})
        self.params += _shared_options(hidden=True)


def command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command. The function returns its exit code, or None for 0."""
    return click.command(name, cls=Command, **settings)


class _Lazy(MutableMapping[str, click.Command]):
    """The commands by name; looking one up imports its module."""

    def __getitem__(self, name: str) -> click.Command:
        return cast(click.Command, import_module(COMMANDS[name]).run)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __setitem__(self, name: str, command: click.Command) -> None:
        raise TypeError("commands are listed in COMMANDS")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands are listed in COMMANDS")


class _Tracker(click.Group):
    """The outermost group: finds commands by name, and turns every failure into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            if ended_by_pipe():
                raise PipeClosedError from error
            raise
        return code

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        arguments = list(sys.argv[1:] if args is None else args)
        session = Session()
        session.lang = asked_language(arguments) or session.lang
        extra.pop("standalone_mode", None)
        _accept_any_text()
        try:
            need_stdout()
            code = super().main(
                arguments, prog_name or "tracker", standalone_mode=False, obj=session, **extra
            )
        except click.exceptions.NoArgsIsHelpError as error:
            code = print(error.format_message())  # the help text
        except Exception as error:
            code = report_failure(error, session.lang)
        except KeyboardInterrupt as error:
            code = report_failure(error, session.lang)
        finally:
            session.close()
        sys.exit(code if isinstance(code, int) else 0)


def _accept_any_text() -> None:
    """A terminal that cannot show a character gets a question mark, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@click.command(
    cls=_Tracker,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=_shared_options(hidden=False),
    commands=_Lazy(),
    invoke_without_command=True,
)
@click.version_option(__version__, "--version", message="tracker %(version)s")
@click.pass_context
def tracker(context: click.Context) -> None:
    """Track how Chinese laws change from draft to enactment.

    A law is read, stored stage by stage, compared article by article, checked, and published.

    A version is named LAW@VERSION (a stage, a date or an id); where one is asked for, a file will
    do.

    Example: tracker diff old.txt new.txt
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
