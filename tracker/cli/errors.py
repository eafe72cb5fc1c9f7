"""How a run ends: every failure becomes one line that names the culprit, one hint, an exit code.

Floor 6; the only place that catches TrackerError. Codes: 2 wrong use or an error, 130 interrupted,
141 the reader of a pipe went away (as the shell reports a program that SIGPIPE ended).
"""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from pathlib import Path
from typing import Final

import click

from tracker.law.problems import TrackerError
from tracker.render.visible import visible
from tracker.render.words import Lang, say

__all__ = [
    "PipeClosedError", "ended_by_pipe", "need_stdout", "print_error", "report_failure",
]  # fmt: skip

_ERROR: Final = 2
_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141
_CANNOT_WRITE: Final = frozenset((errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG))
_NO_ROOM: Final = frozenset((errno.ENOSPC, errno.EFBIG, errno.EROFS))
"""With the name of a file these come of writing only."""

_USAGE: Final = {
    "NoSuchOption": "没有选项 {name}",
    "NoSuchCommand": "没有命令 {name}",
    "MissingOption": "缺少选项 {name}",
    "MissingArgument": "缺少参数 {name}",
    "BadOptionUsage": "选项 {name} 用法不对",
    "BadParameter": "{name} 的值不对：{message}",
    "UsageError": "{message}",
}


_EXTRA: Final = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_NOT_ONE_OF: Final = re.compile(r"'(.*)' is not one of .*", re.DOTALL)
"""Click has no classes of their own for these."""


class PipeClosedError(Exception):
    """Standard output is a pipe whose reader is gone."""


def ended_by_pipe() -> bool:
    """Whether a BrokenPipeError is about our standard output and not some other pipe."""
    try:
        import select

        poll = select.poll()
        poll.register(sys.stdout.fileno(), select.POLLOUT)
        return any(events & select.POLLERR for _, events in poll.poll(0))
    except (AttributeError, ImportError, OSError, ValueError):  # Windows, or a stream of a test
        return True


def need_stdout() -> None:
    """Raise TrackerError `unwritable-file` where standard output is closed (``>&-``)."""
    if sys.stdout is None:
        raise TrackerError("unwritable-file", "标准输出已关闭，写不了结果", "用 >FILE 写入文件")


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing on the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def report_failure(error: BaseException, lang: Lang) -> int:
    """Print what went wrong on standard error; the exit code."""
    if isinstance(error, PipeClosedError):
        _silence_stdout()
        return _PIPE_CLOSED
    if isinstance(error, KeyboardInterrupt | click.Abort):
        print(f"\n{say(lang, 'interrupted')}", file=sys.stderr)
        return _INTERRUPTED
    if isinstance(error, OSError) and error.filename is None and error.errno in _CANNOT_WRITE:
        _silence_stdout()  # which would fail once more when the interpreter ends
        reason = f"写不了标准输出：{error.strerror}"
        error = TrackerError("unwritable-file", reason, "腾出空间，或写到别处")
    if os.environ.get("TRACKER_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    message, hint = _explain(error, lang)
    print_error(message, hint, lang)
    return _ERROR


def print_error(message: str, hint: str, lang: Lang) -> None:
    """One line and a hint line; nothing in them acts on the terminal."""
    print(f"{say(lang, 'error')} {_one_line(message)}", file=sys.stderr)
    if hint:
        print(f"{say(lang, 'hint')} {_one_line(hint)}", file=sys.stderr)


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()))


def _explain(error: BaseException, lang: Lang) -> tuple[str, str]:
    if isinstance(error, TrackerError):
        return f"{error.message} [{error.code}]", error.hint
    if isinstance(error, click.ClickException):
        return _usage(error, lang)
    if isinstance(error, OSError) and error.filename is not None:
        reason = error.strerror or type(error).__name__
        if error.errno in _NO_ROOM:
            hint = "检查文件夹和权限，腾出空间，或改用可写的副本"
            return f"写不了 {error.filename}：{reason} [unwritable-file]", hint
        return f"{error.filename}：{reason}", "检查路径和权限"
    return (
        say(lang, "unexpected", what=f"{type(error).__name__}: {error}{_place(error)}"),
        say(lang, "unexpected_hint"),
    )


def _place(error: BaseException) -> str:
    """The innermost place in this package, for the report."""
    package = str(Path(__file__).resolve().parents[1])
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(package):
            name = Path(frame.filename).relative_to(Path(package).parent).as_posix()
            return f" ({name}:{frame.lineno})"
    return ""


def _usage(error: click.ClickException, lang: Lang) -> tuple[str, str]:
    """Click's own errors, in Chinese where that is the language."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "tracker"
    hint = say(lang, "see_help", command=command)
    near = getattr(error, "possibilities", None)
    if near:
        names = "、".join(near) if lang == "zh" else ", ".join(near)
        hint = f"是否指 {names}？{hint}" if lang == "zh" else f"Did you mean {names}? {hint}"
    if lang == "en":
        return error.format_message().rstrip("."), hint
    kind = type(error).__name__
    param = getattr(error, "param", None)
    if kind == "MissingParameter":
        kind = "MissingArgument" if isinstance(param, click.Argument) else "MissingOption"
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    if name is None and isinstance(param, click.Parameter):
        name = param.get_error_hint(context)
    extra = _EXTRA.match(error.message)
    if kind == "UsageError" and extra is not None:
        return f"参数太多：{extra[1]}", hint
    form = _USAGE.get(kind, _USAGE["UsageError"])
    said = error.message
    if isinstance(param, click.Parameter) and isinstance(param.type, click.Choice):
        said = _NOT_ONE_OF.sub(rf"\1；可用 {'、'.join(param.type.choices)}", said)
    return form.format(name=str(name).strip("'"), message=said), hint
