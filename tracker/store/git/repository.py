"""A git repository: its objects are read, and commits that only add files are appended.

Floor 3. All that goes to git goes through `process`. Reading is one long-lived
``cat-file --batch``, and every object is hashed again as it arrives. Writing is one ``fast-import``
that is believed only after the ref has been read back. The protocol and what it survives:
site/docs/reference/store.md.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

from tracker.law.problems import TrackerError
from tracker.store.disk import flush_directory
from tracker.store.faults import corrupt_store, git_failed, not_a_store
from tracker.store.git.process import (
    OID,
    BadObjectError,
    exchange,
    run,
    start,
    user_trusts,
)  # fmt: skip
from tracker.store.git.trees import Entries, Trees
from tracker.store.stream import NewCommit, write_stream

__all__ = ["BadObjectError", "Repository"]

_ROOM: Final = 65_536  # bytes beside its input that an import takes; with less the disk is full
_TOGETHER: Final = 500  # object ids asked for at once: 20 kB, which a pipe holds

_REVISION: Final = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9_./@{}~^+-]*", re.ASCII)
_WHERE: Final = (
    "rev-parse", "--path-format=absolute", "--absolute-git-dir", "--git-common-dir",
    "--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository",
    "--show-object-format", "--show-cdup",
)  # fmt: skip


class Repository:
    """A git repository with or without a work tree. Use as a context manager, or `close` it.

    `top` is the root of the work tree, None in a bare repository; `git_dir` holds HEAD and the
    index, `common_dir` refs and objects (they differ in a linked work tree only).
    """

    def __init__(self, git_dir: Path, common_dir: Path, top: Path | None, *, shallow: bool) -> None:
        self.git_dir = git_dir
        self.common_dir = common_dir
        self.top = top
        self.shallow = shallow
        self._partial: bool | None = None
        self._reader: Any = None
        self._trees = Trees(self.read_many)
        self._mutex = threading.Lock()

    # --- opening -------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: Path) -> Repository:
        """The repository that `path` lies in. Raises TrackerError `not-a-store`."""
        if not path.is_dir():
            raise not_a_store(path)
        status, out, err = run(path, (), _WHERE)
        if status and "dubious ownership" in err and user_trusts(path):
            status, out, err = run(path, ("-c", "safe.directory=*"), _WHERE)
        lines = os.fsdecode(out).split("\n")
        if status and "dubious ownership" in err:
            raise TrackerError(
                "foreign-repository", f"git 仓库属于另一个用户，git 拒绝读取：{path}",
                "确认可信后运行 git config --global --add safe.directory 目录",
            )  # fmt: skip
        if status or len(lines) not in (7, 8):
            raise not_a_store(path)
        git_dir, common_dir, bare, inside, shallow, objects, up = lines[:7]
        if objects != "sha1" or (bare == "false" and inside == "false"):
            raise not_a_store(path)
        top = None if bare == "true" else (path / up).resolve()
        return cls(Path(git_dir), Path(common_dir), top, shallow=shallow == "true")

    @classmethod
    def create(cls, path: Path, *, bare: bool = False) -> Repository:
        """Make a repository at `path`, an existing folder; one that is there is left as it is."""
        options = ("--bare",) if bare else ()
        status, _, err = run(
            path, (), ("init", "--quiet", "--initial-branch=main", "--template=", *options)
        )
        if status:
            raise git_failed("init", status, err)
        return cls.open(path)

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process. Reading again starts a new one."""
        reader, self._reader = self._reader, None
        if reader is not None:
            for pipe in (reader.proc.stdin, reader.proc.stdout, reader.proc.stderr):
                pipe.close()
            reader.proc.wait()

    # --- reading -------------------------------------------------------------------------------

    def head(self) -> str | None:
        """The commit id of the checked-out branch, None before its first commit.

        Raises TrackerError `corrupt-store`.
        """
        try:
            found = self._ask("HEAD")
        except BadObjectError as error:
            raise corrupt_store(self.git_dir) from error
        if found is None and self._is_born():  # git calls missing also what it could not read
            raise corrupt_store(self.git_dir)
        return None if found is None else found[0]

    def _is_born(self) -> bool:
        """Whether files say that the checked-out branch has a commit, whatever git answered."""
        try:
            ref = self.branch()
        except TrackerError:  # HEAD holds a commit, or nothing that we know
            return True
        packed = self.common_dir / "packed-refs"
        named = f" {ref}\n".encode()
        return (self.common_dir / ref).exists() or (
            packed.is_file() and named in packed.read_bytes()
        )

    def branch(self) -> str:
        """The full name of the checked-out branch. Raises TrackerError `detached-head`."""
        text = os.fsdecode((self.git_dir / "HEAD").read_bytes())
        name = text.removeprefix("ref: ").strip("\n")
        if name == "refs/heads/.invalid":  # what another way of keeping refs leaves there
            name = os.fsdecode(self.run("symbolic-ref", "--quiet", "HEAD")[1]).strip("\n")
        if (
            not text.startswith("ref: ")
            or not name.startswith("refs/heads/")
            or re.search(r"[\s\\:^~?*\[]", name)
        ):
            raise TrackerError(
                "detached-head", f"没有检出分支，不能写入版本：{self.git_dir}",
                "先用 git switch 检出一个分支",
            )  # fmt: skip
        return name

    def read(self, oid: str) -> tuple[str, bytes]:
        """Kind and bytes of the object with this id, hashed again. Raises BadObjectError."""
        if OID.fullmatch(oid) is None:
            raise BadObjectError(oid)
        found = self._ask(oid)
        if found is None or found[0] != oid:
            raise BadObjectError(oid)
        return found[1], found[2]

    def read_many(self, oids: Sequence[str]) -> Iterator[tuple[str, bytes] | None]:
        """Kind and bytes of each of these objects, hashed again; None for one that is not sound.

        Asked for in groups, so git works on the next while this one is looked at.
        """
        for first in range(0, len(oids), _TOGETHER):
            group = oids[first : first + _TOGETHER]
            found: list[tuple[str, bytes] | None] = []
            with self._mutex:
                try:
                    answers = exchange(self._process(), group)
                    for oid, answer in zip(group, answers, strict=True):
                        same = answer is not None and answer[0] == oid
                        found.append(answer[1:] if answer and same else None)
                except (OSError, ValueError, BadObjectError):
                    self.close()
            for oid in group[len(found) :]:  # git gave up at the first of them
                try:
                    found.append(self.read(oid))
                except BadObjectError:
                    found.append(None)
            yield from found

    def tree(self, oid: str) -> Entries:
        """The entries of a tree, or of a commit's: name → (mode, id). Raises BadObjectError."""
        return self._trees.of(oid)

    def trees(self, oids: Sequence[str]) -> Iterator[Entries | None]:
        """The entries of many trees; None for one that is damaged or no tree."""
        return self._trees.each(oids)

    def locate(self, tip: str, paths: Sequence[str]) -> list[str]:
        """The object ids of files at a commit, "" for one not there. Raises BadObjectError."""
        return self._trees.locate(self.read(tip)[1][5:45].decode("ascii"), paths)

    def blob(self, oid: str) -> bytes:
        """The bytes of a file. Raises BadObjectError."""
        kind, data = self.read(oid)
        if kind != "blob":
            raise BadObjectError(oid)
        return data

    def commit(self, revision: str) -> str:
        """The id of the commit that a branch, a tag, ``HEAD~2`` or an id names.

        Raises TrackerError `no-such-revision`.
        """
        try:
            plain = _REVISION.fullmatch(revision) is not None
            found = self._ask(f"{revision}^{{commit}}") if plain else None
        except BadObjectError:
            found = None
        if found is None:
            raise TrackerError(
                "no-such-revision", f"仓库里没有提交 {revision!r}：{self.git_dir}",
                "检查名称；浅克隆要先取回它：git fetch --unshallow，或在 CI 里设 fetch-depth: 0",
            )  # fmt: skip
        return found[0]

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit at which two commits, by their ids, went apart; None: no common past."""
        status, out, err = self.run("merge-base", one, other)
        if status not in (0, 1):
            raise git_failed("merge-base", status, err)
        base = out.decode("ascii", "replace").strip()
        return base if OID.fullmatch(base) else None

    def first_parents(self, head: str, end: str | None, most: int = 0) -> tuple[str, ...]:
        """Commits from `head` back along first parents, without `end` and what led to it.

        No more than `most` of them, if that is given. Raises TrackerError.
        """
        until = (f"^{end}",) if end else ()
        limit = (f"--max-count={most}",) if most else ()
        status, out, err = self.run("rev-list", "--first-parent", *limit, head, *until)
        if status:
            raise git_failed("rev-list", status, err)
        return tuple(out.decode("ascii", "replace").split())

    def sizes(self, oids: Sequence[str]) -> tuple[int | None, ...]:
        """The size of each object in bytes, without reading it; None: not there."""
        with tempfile.TemporaryFile() as stdin:
            stdin.writelines(f"{oid}\n".encode("ascii") for oid in oids)
            stdin.seek(0)
            status, out, err = self.run("cat-file", "--batch-check", stdin=stdin)
        if status:
            raise git_failed("cat-file", status, err)
        answers = (line.split(" ") for line in out.decode("ascii", "replace").splitlines())
        return tuple(int(answer[2]) if len(answer) == 3 else None for answer in answers)

    def commit_time(self, oid: str) -> int:
        """The committer's time of a commit, in seconds. Raises BadObjectError."""
        kind, data = self.read(oid)
        match = re.search(rb"^committer [^\n]*> (-?[0-9]+) [+-][0-9]{4}$", data, re.MULTILINE)
        if kind != "commit" or match is None:
            raise BadObjectError(oid)
        return int(match[1])

    def _ask(self, name: str) -> tuple[str, str, bytes] | None:
        """Id, kind and bytes of what `name` (HEAD, a ref, an id) points to; None: missing."""
        with self._mutex:
            try:
                return next(exchange(self._process(), (name,)))
            except (OSError, ValueError, BadObjectError) as error:
                self.close()
                raise BadObjectError(name) from error

    def _process(self) -> Any:
        """The reading process, started where there is none."""
        if self._reader is None:
            self._reader = start(self._place, self._where, ("cat-file", "--batch"))
        return self._reader.proc

    def is_partial(self) -> bool:
        """Whether this is a shallow or partial clone, which has not the whole history."""
        if self._partial is None:
            status, _, err = self.run("config", "--get", "extensions.partialClone")
            if status not in (0, 1):  # 1: it is not set
                raise git_failed("config", status, err)
            self._partial = status == 0
        return self.shallow or self._partial

    def taints(self) -> tuple[Path, ...]:
        """What stands between an object's name and its bytes: replacements, grafts, loans."""
        common = self.common_dir
        places = (common / "refs/replace", common / "info/grafts",
                  common / "objects/info/alternates")  # fmt: skip
        packed = common / "packed-refs"
        found = [p for p in places if (any(p.iterdir()) if p.is_dir() else p.exists())]
        if packed.is_file() and b" refs/replace/" in packed.read_bytes():
            found.append(packed)
        return tuple(found)

    # --- writing -------------------------------------------------------------------------------

    def check_writable(self) -> None:
        """Refuse what a durable history cannot stand on.

        Raises TrackerError `shallow-store` (shallow or partial clone) or `tainted-store` (replaced,
        grafted or borrowed objects).
        """
        if self.is_partial():
            raise TrackerError(
                "shallow-store", f"仓库是浅克隆或部分克隆，历史不完整，不能写入：{self.git_dir}",
                "运行 git fetch --unshallow，或重新完整克隆",
            )  # fmt: skip
        for place in self.taints():
            raise TrackerError(
                "tainted-store", f"仓库里有替换、嫁接或借用的对象，不能写入：{place}",
                "删去它们，或重新完整克隆",
            )  # fmt: skip

    def append(
        self, ref: str, parent: str | None, commits: Sequence[NewCommit], fds: tuple[int, ...] = ()
    ) -> tuple[str, ...]:
        """Append commits to `ref`, whose tip is `parent`, and make them durable.

        Returns their ids, oldest first, only after the ref was read back, the new files were read
        and hashed again, and the directories flushed. Children inherit `fds`. Raises TrackerError
        `disk-full` or `store-failed`; the ref then stands where it stood, or in the worst case at
        commits that the next command finds whole.
        """
        with tempfile.TemporaryFile() as stream:
            write_stream(stream, ref, parent, commits)
            size = stream.tell()
            stream.seek(0)
            status, out, err = self.run(
                "fast-import", "--quiet", "--done", "--date-format=raw", stdin=stream, fds=fds
            )
        if status:
            is_full = shutil.disk_usage(self.common_dir).free < size + _ROOM
            raise git_failed("fast-import", status, err, is_full=is_full)
        oids = tuple(out.decode("ascii", "replace").split())
        if len(oids) != len(commits) or not all(OID.fullmatch(oid) for oid in oids):
            raise git_failed("fast-import", status, "no commit ids came back")
        try:
            tip = self._ask(ref)
            if tip is None or tip[0] != oids[-1]:
                raise git_failed("fast-import", status, f"{ref} does not stand at {oids[-1]}")
            self._reread(oids, commits)
        except BadObjectError as error:
            raise git_failed("fast-import", status, f"{error} does not read back") from error
        self._flush_directories(ref)
        return oids

    def _reread(self, oids: Sequence[str], commits: Sequence[NewCommit]) -> None:
        """Commits and what they say, and every file as it stands at the last one."""
        for oid, commit, read in zip(oids, commits, self.read_many(oids), strict=True):
            if read is None or not read[1].endswith(f"\n\n{commit.message}".encode("ascii")):
                raise BadObjectError(oid)
        files = [file for commit in commits for file in commit.files]
        blobs = self.locate(oids[-1], [path for path, _ in files])
        for (path, data), blob in zip(files, self.read_many(blobs), strict=True):
            if blob != ("blob", data):
                raise BadObjectError(path)

    def _flush_directories(self, ref: str) -> None:
        place = self.common_dir / ref
        directories = [self.common_dir / "objects" / "pack"]
        while self.common_dir not in (place, place.parent):
            place = place.parent
            directories.append(place)
        for directory in directories:
            if directory.is_dir():
                flush_directory(directory)

    def set_config(self, name: str, value: str) -> None:
        """Set a value of the repository's own configuration that is not set; constants only."""
        if self.run("config", "--local", "--get", name)[0] == 0:
            return
        as_utf8 = os.fsdecode(value.encode("utf-8"))  # an argument is written in the locale's bytes
        status, _, err = self.run("config", "--local", name, as_utf8)
        if status:
            raise git_failed("config", status, err)

    # --- running git ---------------------------------------------------------------------------

    @property
    def _place(self) -> Path:
        return self.top or self.git_dir

    @property
    def _where(self) -> tuple[str, ...]:
        place = ("--git-dir", str(self.git_dir))
        return (*place, "--work-tree", str(self.top)) if self.top else place

    def run(
        self, *command: str, stdin: IO[bytes] | None = None, fds: tuple[int, ...] = (),
        env: tuple[str, ...] = (),
    ) -> tuple[int, bytes, str]:  # fmt: skip
        """Run a git command, all of it constants and checked names: exit status, output, errors."""
        return run(self._place, self._where, command, stdin=stdin, fds=fds, env=env)
