"""`tracker check`: what is wrong with a text. Floor 6."""

from __future__ import annotations

from typing import Final

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.session import Session
from tracker.law.problems import Severity

__all__ = ["run"]

_NEVER: Final = "never"


@command("check")
@click.argument("texts", nargs=-1, metavar="[FILE|VERSION]...", type=LAW)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
@click.option(
    "--against", metavar="VERSION", type=LAW, help="The stage before, for a file: version or file."
)
@click.option(
    "--base",
    metavar="REV",
    help="Check what was added since this commit: versions, and drafts/LAW/FILE.",
)
@click.option(
    "--head", metavar="REV", help="Where the change ends.  [default: HEAD]", show_default=False
)
@click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), _NEVER]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 where a problem is at least this severe.",
)
@click.option("--explain", metavar="CODE", help="Say what a problem code means, and check nothing.")
@click.pass_obj
def run(
    session: Session,
    *,
    explain: str | None,
    texts: tuple[str, ...],
    form: str,
    output: str | None,
    against: str | None,
    base: str | None,
    head: str | None,
    fail_on: str,
) -> int:
    """Check drafts and stored versions.

    Numbering, citations, punctuation, dates and stage, the note. Without arguments every stored
    version is checked; with --base what a change brings, read from git and not from the work tree.

    Example: tracker check draft.txt
    """
    if (base is not None and (texts or against)) or (head is not None and base is None):
        raise click.UsageError(session.say("base_alone"))
    change = None if base is None else (base, head or "HEAD")
    if explain is not None:
        return _explain(session, explain)
    from tracker.cli.checking import check_all, fails

    with session.output(output, (*texts, against or "")):
        checked = check_all(session, texts, against, change)
        problems = [problem for _, found in checked for problem in found]
        if form == "json":
            from tracker.render.json import check_document

            session.write_json(check_document([name for name, _ in checked], problems))
        else:
            from tracker.render.terminal_problems import print_checked

            print_checked(session.out, checked, session.lang)
    if not checked:
        session.tell(session.say("nothing_checked"))
    return int(fails(problems, fail_on))


def _explain(session: Session, code: str) -> int:
    from tracker.check.reference import entry
    from tracker.render.terminal_explain import print_entry

    print_entry(session.out, entry(code), session.lang)
    return 0
