"""Options that several commands take, each written once, so that they read the same everywhere.

Floor 6.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from tracker.cli.session import Session
from tracker.law.problems import Severity

__all__ = ["FAIL_ON", "NEVER", "OUTPUT", "TRACKED", "format_option"]

NEVER: Final = "never"
"""The value of ``--fail-on`` that no finding is as bad as."""

FAIL_ON: Final = click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), NEVER]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 where a problem is at least this severe.",
)


def _set_tracked(context: click.Context, _: click.Parameter, value: str | None) -> None:
    session = context.find_object(Session)
    if session is not None and value is not None:
        session.tracked = value


TRACKED: Final = click.option(
    "--tracked",
    type=click.Choice(["final", "original"]),
    expose_value=False,
    callback=_set_tracked,
    help="Which text of a Word file with tracked changes: after all of them, or before.",
)
"""For all files that a command reads; the session keeps it."""

OUTPUT: Final = click.option("-o", "--output", metavar="FILE", help="Write to a file.")


def format_option(
    *choices: str,
    help: str = "For people or for programs.",  # noqa: A002 - click's own word
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--format``, the first of `choices` by default; the command's parameter is ``form``."""
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True,
        help=help,
    )  # fmt: skip
