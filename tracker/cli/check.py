"""`tracker check`: what is wrong with a text. Floor 6."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

import click

from tracker.cli.group import command
from tracker.cli.kinds import LAW
from tracker.cli.options import FAIL_ON, NEVER, OUTPUT, TRACKED, format_option
from tracker.cli.session import Session
from tracker.law.collecting import no_collecting
from tracker.law.problems import Severity

if TYPE_CHECKING:
    from tracker.render.findings import Checked

__all__ = ["exit_code", "run", "show"]

FORMATS: Final = ("text", "json", "md", "github", "sarif", "junit")
SIZES: Final = ("comment", "summary")
_COMPARED: Final = ("md",)
"""Formats that show the comparison with the stage before."""


@command("check")
@click.argument("texts", nargs=-1, metavar="[FILE|VERSION]...", type=LAW)
@format_option(*FORMATS, help="For people, for programs, for CI.")
@OUTPUT
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
@click.option("--config", metavar="FILE", help="The settings, in place of those of the workspace.")
@TRACKED
@FAIL_ON
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found, for uploads.")
@click.option(
    "--fit", type=click.Choice(SIZES), default=SIZES[0], show_default=True,
    help="What Markdown is cut to: a comment or a step summary of GitHub.",
)  # fmt: skip
@click.option(
    "--report", metavar="FORMAT=FILE", multiple=True,
    help="Write the outcome to a file as well, as one of the formats, comment or summary.",
)  # fmt: skip
@click.option("--explain", metavar="CODE", help="Say what a problem code means, and check nothing.")
@click.pass_obj
def run(
    session: Session,
    *,
    texts: tuple[str, ...],
    form: str,
    output: str | None,
    against: str | None,
    base: str | None,
    head: str | None,
    config: str | None,
    fail_on: str,
    exit_zero: bool,
    fit: str,
    report: tuple[str, ...],
    explain: str | None,
) -> int:
    """Check drafts and stored versions.

    Numbering, citations, names of laws, terms, punctuation, characters, dates and stage, the note,
    and what the comparison with the stage before leaves in doubt. Without arguments every stored
    version is checked; with --base what a change brings, read from git and not from the work tree.

    Example: tracker check draft.txt
    """
    if (base is not None and (texts or against is not None)) or (head is not None and base is None):
        raise click.UsageError(session.say("base_alone"))
    if explain is not None:
        return _explain(session, explain)
    from tracker.cli.checking import Checking, load_settings, settings_at

    reports = [_report(session, one) for one in report]
    compare = form in _COMPARED or any(kind in _COMPARED for kind, _, _ in reports)
    inputs = (*texts, against or "", config or "")
    if base is None:
        checking = Checking(session, load_settings(session, config), compare)
    else:
        from tracker.store.proposal import propose

        proposal = propose(session.workspace(), base, head or "HEAD")
        settings = load_settings(session, config) if config else settings_at(proposal)
        checking = Checking(session, settings, compare, proposal)
    # All that is made for one text lives to the end; to look through it again and again took a
    # third of the time where it has 250,000 citations.
    with session.output(output, inputs), no_collecting() if len(texts) == 1 else nullcontext():
        checked = checking.all(texts, against)
        show(session, checked, form, fail_on, fit)
    for kind, size, path in reports:
        with session.output(path, inputs):
            show(session, checked, kind, fail_on, size)
    if not checked:
        session.tell(session.say("nothing_checked"))
    return 0 if exit_zero else exit_code(checked, fail_on, named=bool(texts))


def show(
    session: Session, checked: Sequence[Checked], form: str, fail_on: str, fit: str = SIZES[0]
) -> None:
    """Write the outcome in one of `FORMATS`."""
    if form == "text":
        from tracker.render.terminal.check import print_checked

        print_checked(session.out, checked, session.lang, everything=session.verbose)
    elif form == "json":
        from tracker.render.json.documents import check_document

        problems = [problem for one in checked for problem in one.problems]
        ignored = [left for one in checked for left in one.ignored]
        session.write_json(check_document([one.name for one in checked], problems, ignored))
    elif form == "sarif":
        from tracker import __version__
        from tracker.check.reference import entries
        from tracker.render.sarif import sarif

        session.write_json(sarif(checked, __version__, entries()))
    elif form == "junit":
        from tracker.render.junit import junit

        session.write_data(junit(checked, None if fail_on == NEVER else Severity(fail_on)))
    elif form == "github":
        from tracker.render.annotations import annotate

        session.write_data(annotate(checked, session.lang))
    else:
        from tracker.render.markdown_check import COMMENT, SUMMARY, check_markdown

        size = COMMENT if fit == SIZES[0] else SUMMARY
        session.write_data(check_markdown(checked, session.lang, size))


def _report(session: Session, given: str) -> tuple[str, str, str]:
    """Format, size and file of a ``--report``."""
    kind, equals, path = given.partition("=")
    form, size = ("md", kind) if kind in SIZES else (kind, SIZES[0])
    if not equals or not path or form not in FORMATS:
        choices = ", ".join((*FORMATS, *SIZES))
        raise click.UsageError(session.say("bad_report", given=given, choices=choices))
    return form, size, path


def exit_code(checked: Sequence[Checked], fail_on: str, *, named: bool = False) -> int:
    """0 nothing to report, 1 findings, 2 a text of those named was not read."""
    from tracker.cli.checking import fails

    if named and any(not one.complete for one in checked):
        return 2
    return int(fails((problem for one in checked for problem in one.problems), fail_on))


def _explain(session: Session, code: str) -> int:
    from tracker.check.reference import entry
    from tracker.render.terminal.explain import print_entry

    print_entry(session.out, entry(code), session.lang)
    return 0
