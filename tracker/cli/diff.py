"""`tracker diff`: two versions or files, compared. Floor 6."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tracker.cli.group import command
from tracker.cli.kinds import CHANGE, LAW
from tracker.cli.options import OUTPUT, TRACKED
from tracker.cli.session import Session
from tracker.law.problems import TrackerError

if TYPE_CHECKING:
    from tracker.cli.sides import Side
    from tracker.diff.model import Changes
    from tracker.render.side import SideInfo

__all__ = ["run"]

_FORMATS: Final = ("table", "unified", "json", "html", "md", "csv", "docx")
_WHOLE: Final = {"json": "JSON", "docx": "Word 文档"}
"""The forms that hold all of both texts in their order, and what messages call them."""
_BINARY: Final = ("docx",)
_ORDERS: Final = ("text", "effect")
_ENDINGS: Final = {
    ".json": "json", ".md": "md", ".csv": "csv", ".html": "html", ".htm": "html",
    ".docx": "docx",
    ".diff": "unified", ".patch": "unified", ".txt": "table", "": "table",
}  # fmt: skip


@command("diff")
@click.argument(
    "texts", nargs=-1, required=True, metavar="OLD NEW | LAW [OLD] [NEW] | FILE", type=LAW
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="Default: by the ending of -o, else table.",
)
@OUTPUT
@click.option(
    "--only",
    type=CHANGE,
    multiple=True,
    metavar="KIND",
    help=f"Show entries of this kind only. Kinds: {', '.join(CHANGE.choices)}. "
    "Effects are found by rules, and some are missed.",
)
@click.option("--hide", type=CHANGE, multiple=True, metavar="KIND", help="Leave this kind out.")
@click.option(
    "--sort", type=click.Choice(_ORDERS), default=_ORDERS[0], show_default=True,
    help="In the order of the text, or by what entries do in law.",
)  # fmt: skip
@click.option("--stat", is_flag=True, help="The summary only.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything differs.")
@TRACKED
@click.pass_obj
def run(
    session: Session,
    *,
    texts: tuple[str, ...],
    form: str | None,
    output: str | None,
    only: tuple[str, ...],
    hide: tuple[str, ...],
    sort: str,
    stat: bool,
    exit_code: bool,
) -> int:
    """Compare two versions or files, article by article.

    With -o FILE.docx it writes a Word document with tracked changes: accept all for the new text,
    reject all for the old one. With -o FILE.html it writes a 新旧条文对照表 that Word opens. One
    Word file with tracked changes alone is compared with itself, before and after them.

    Example: tracker diff example-data 征求意见稿 公布
    """
    from tracker.cli.pairs import load_pair
    from tracker.diff.changes import compare
    from tracker.render.effect_order import by_effect
    from tracker.render.overview import Selection, has_differences

    form = form or _by_ending(output)
    chosen = Selection(frozenset(only), frozenset(hide))
    _refuse_parts(form, whole=chosen.is_all and sort == _ORDERS[0], stat=stat)
    if form in _BINARY and not stat:
        session.refuse_screen(form, output)
    old, new, overrides = load_pair(session, texts)
    changes = compare(old.law, new.law, overrides)
    for side in (old, new):
        _tell_read(session, side)
    _tell_doubts(session, old.info, new.info)
    session.tell_problems(changes.problems)
    shown = chosen.apply(changes)
    if chosen.asks_for_effects:
        session.tell(session.say("effects_by_rule"))
    counted = shown
    if sort != _ORDERS[0]:
        shown = by_effect(shown)
    with session.output(output, texts):
        if stat:
            _stat(session, counted, old.info, new.info)
        else:
            _VIEWS[form](session, changes, shown, old.info, new.info)
    return int(exit_code and has_differences(changes))


def _refuse_parts(form: str, *, whole: bool, stat: bool) -> None:
    """A form that is whole by contract takes no selection and no other order."""
    if form in _WHOLE and not whole:
        raise TrackerError(
            "whole-by-contract",
            f"{_WHOLE[form]} 按文本次序含全部条目，不与 --only、--hide、--sort 同用",
            "去掉其一",
        )
    if form in _BINARY and stat:
        raise TrackerError(
            "whole-by-contract", f"--stat 只有文字，写不成 {_WHOLE[form]}", "去掉其一"
        )


def _tell_read(session: Session, side: Side) -> None:
    """What reading a side met, in one line: it stops no comparison. All of it with --verbose."""
    from tracker.render.visible import visible

    if session.verbose:
        session.tell_problems(side.problems, name=side.info.name)
    elif side.problems:
        codes = "、".join(dict.fromkeys(problem.code for problem in side.problems))
        count = len(side.problems)
        session.tell(
            session.say("read_problems", name=visible(side.info.name), count=count, codes=codes)
        )


def _tell_doubts(session: Session, old: SideInfo, new: SideInfo) -> None:
    """Texts in the wrong order, or of two laws, are compared as they were given, with a word."""
    from tracker.check.subject import plain_title
    from tracker.render.visible import visible

    if old.day is not None and new.day is not None and old.day > new.day:
        session.tell(session.say("sides_reversed", old=old.day, new=new.day))
    before, after = plain_title(old.title), plain_title(new.title)
    if before and after and before != after:
        session.tell(session.say("titles_differ", old=visible(before), new=visible(after)))


def _by_ending(output: str | None) -> str:
    ending = Path(output).suffix.lower() if output else ""
    if ending not in _ENDINGS:
        known = "、".join(one for one in _ENDINGS if one)
        raise TrackerError(
            "unknown-ending", f"不知道 {output} 该用什么格式",
            f"结尾用 {known}（Word 能打开 .html），或用 --format 写明",
        )  # fmt: skip
    return _ENDINGS[ending]


def _stat(session: Session, changes: Changes, old: SideInfo, new: SideInfo) -> None:
    from tracker.render.terminal.diff import print_stat

    print_stat(session.out, changes, old, new, session.lang)


def _table(
    session: Session, changes: Changes, shown: Changes, old: SideInfo, new: SideInfo
) -> None:
    from tracker.render.terminal.diff import print_diff

    print_diff(session.out, changes, shown, (old, new), session.lang)


def _unified(session: Session, _: Changes, shown: Changes, old: SideInfo, new: SideInfo) -> None:
    from tracker.render.unified import unified

    session.write_data(unified(shown, old, new, session.lang))


def _json(session: Session, changes: Changes, _: Changes, old: SideInfo, new: SideInfo) -> None:
    from tracker.render.json.documents import diff_document

    session.write_json(diff_document(changes, old, new))


def _markdown(
    session: Session, changes: Changes, shown: Changes, old: SideInfo, new: SideInfo
) -> None:
    from tracker.render.markdown import markdown

    session.write_data(markdown(changes, shown, old, new, session.lang))


def _html(session: Session, changes: Changes, shown: Changes, old: SideInfo, new: SideInfo) -> None:
    from tracker.render.comparison_table import comparison_table

    session.write_data(comparison_table(changes, shown, old, new, session.lang))


def _docx(session: Session, changes: Changes, _: Changes, old: SideInfo, new: SideInfo) -> None:
    from tracker.render.word.document import word_redline

    session.write_bytes(word_redline(changes, old, new, session.lang))


def _csv(session: Session, _: Changes, shown: Changes, __: SideInfo, ___: SideInfo) -> None:
    from tracker.render.csv import diff_csv

    session.write_data(diff_csv(shown))


_VIEWS: Final = {
    "table": _table,
    "unified": _unified,
    "json": _json,
    "html": _html,
    "md": _markdown,
    "csv": _csv,
    "docx": _docx,
}
