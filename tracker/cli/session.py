"""What every command shares: language, verbosity, the two streams, the store.

Floor 6. Data goes to `out`, everything said about it to `err`. rich and the store are imported when
they are first used, so that a command that needs neither does not pay for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.language import default_language
from tracker.law.problems import Problem, TrackerError
from tracker.render.words import Lang, say

if TYPE_CHECKING:
    from rich.console import Console

    from tracker.parse.document import Tracked
    from tracker.store.versions import Store

__all__ = ["Session"]


@dataclass
class Session:
    """Made once a run by the group, changed by the shared options, read by the commands."""

    lang: Lang = field(default_factory=default_language)
    store_path: str | None = None
    quiet: bool = False
    verbose: bool = False
    tracked: str | None = None
    _store: Store | None = field(default=None, repr=False)
    _looked_at: set[str] = field(default_factory=set, repr=False)
    _file: StringIO | None = field(default=None, repr=False)
    _bytes: bytes | None = field(default=None, repr=False)
    _out: Console | None = field(default=None, repr=False)

    def view(self) -> Tracked | None:
        """Which text of a Word file with tracked changes was asked for."""
        from tracker.parse.document import Tracked

        return None if self.tracked is None else Tracked(self.tracked)

    def say(self, key: str, **values: object) -> str:
        """Words in the language of this run."""
        return say(self.lang, key, **values)

    @property
    def out(self) -> Console:
        """Where data for people goes: standard output, or the file of ``-o``."""
        from tracker.render.terminal.console import console_for

        if self._out is None:
            self._out = console_for(self._file or sys.stdout)
        return self._out

    @cached_property
    def err(self) -> Console:
        """Standard error."""
        from tracker.render.terminal.console import console_for

        return console_for(sys.stderr)

    @contextmanager
    def output(self, path: str | None, inputs: Sequence[str] = ()) -> Iterator[None]:
        """Send data to a file (None: standard output), written when all of it is there.

        Raises TrackerError `unwritable-file`, also where it is one of the `inputs`.
        """
        if path is None:
            yield
            return
        if not path:
            raise TrackerError("unwritable-file", "要写的文件名是空的", "写明文件名")
        if any(_is_same_file(path, one) for one in inputs):
            raise TrackerError(
                "unwritable-file", f"{path} 也是输入的文件，不能覆盖", "给出另一个文件名"
            )
        self._file, self._out = StringIO(), None
        try:
            yield
            text = self._file.getvalue().encode("utf-8")
            Path(path).write_bytes(text if self._bytes is None else self._bytes)
        except FileNotFoundError as error:
            raise TrackerError(
                "unwritable-file", f"写不了 {path}：没有文件夹 {Path(path).parent}", "先建立文件夹"
            ) from error
        except OSError as error:
            raise TrackerError(
                "unwritable-file", f"写不了 {path}：{error.strerror}", "检查文件夹和权限"
            ) from error
        finally:
            self._file, self._out, self._bytes = None, None, None

    def write(self, text: str) -> None:
        """Words and paths, in the encoding of the locale."""
        (self._file or sys.stdout).write(text)

    def write_data(self, text: str) -> None:
        """Data for programs: the same bytes, UTF-8, in every locale. Only a screen gets what it can
        show."""
        if self._takes_all or sys.stdout.isatty():
            self.write(text)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))

    def write_bytes(self, data: bytes) -> None:
        """A whole file that is no text, for the file of ``-o`` or a pipe; see `refuse_screen`."""
        if self._file is not None:
            self._bytes = data
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)

    def refuse_screen(self, form: str, path: str | None) -> None:
        """Raises TrackerError `binary-output` where a form that is no text would go to a screen."""
        if path is None and sys.stdout.isatty():
            raise TrackerError(
                "binary-output",
                f"{form} 不是文字，不能显示在终端",
                f"用 -o 文件.{form} 写入文件",
            )

    def write_json(self, document: object) -> None:
        """A document; escaped where the stream cannot take every character."""
        from tracker.render.json.documents import dump

        self.write(dump(document, ascii_only=not self._takes_all))

    @property
    def _takes_all(self) -> bool:
        """Whether any character can be written: the file of ``-o``, or a stream in UTF-8."""
        encoding = "utf-8" if self._file else sys.stdout.encoding or ""
        return encoding.lower().replace("-", "") == "utf8"

    def tell_problems(self, problems: Sequence[Problem], name: str = "") -> None:
        """Problems on standard error, unless --quiet; --verbose shows all of them."""
        if self.quiet or not problems:
            return
        from tracker.render.terminal.problems import print_problems

        print_problems(self.err, problems, self.lang, name=name, everything=self.verbose)

    def tell_edited(self, law_id: str) -> None:
        """Say, once a run, which files of a law were edited and do not count until committed."""
        if law_id in self._looked_at:
            return
        self._looked_at.add(law_id)
        for name in self.store().edited(law_id):
            self.tell(self.say("edited", path=f"versions/{law_id}/{name}"))

    def tell(self, text: str) -> None:
        """A message on standard error, unless --quiet."""
        if not self.quiet:
            print(text, file=sys.stderr)

    def workspace(self) -> Path:
        """The folder with ``versions/``. Raises TrackerError `no-workspace`."""
        given = self.store_path or os.environ.get("TRACKER_STORE")
        if given:
            path = Path(given)
            if not path.is_dir():
                raise TrackerError("no-workspace", f"没有文件夹 {given}", "检查 --store 所给的路径")
            return path
        try:
            here = Path.cwd()
        except FileNotFoundError:
            raise TrackerError(
                "no-workspace",
                "当前文件夹已经不在了",
                "先 cd 到一个存在的文件夹，或用 --store DIR 指明工作区",
            ) from None
        for folder in (here, *here.parents):
            if ((folder / "versions").is_dir() and (folder / ".git").exists()) or _is_bare(folder):
                return folder
        raise TrackerError(
            "no-workspace",
            f"{here} 及其上各级文件夹都不是工作区（没有 versions/）",
            "先运行 tracker init，或用 --store DIR 指明工作区",
        )

    def store(self) -> Store:
        """The store of the workspace, opened once a run."""
        if self._store is None:
            from tracker.store.versions import Store

            self._store = Store.open(self.workspace())
            if self._store.healed:
                self.tell(self.say("healed"))
        return self._store

    def close(self) -> None:
        """End what the store started."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def has_workspace(self) -> bool:
        """Whether there is one, without an error where there is none."""
        try:
            self.workspace()
        except TrackerError:
            return False
        return True


def _is_same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121
    except OSError:
        return False


def _is_bare(folder: Path) -> bool:
    """Whether a folder is a bare git repository, which has no ``versions/`` to be found by."""
    parts = (folder / "HEAD").is_file(), (folder / "objects").is_dir(), (folder / "refs").is_dir()
    return all(parts) and folder.name != ".git"
