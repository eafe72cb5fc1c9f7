"""Word file → lines: the entry to this folder.

Floor 1. A file with tracked changes holds two texts: the one that is asked for is read, and without
being asked none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from tracker.law.problems import TrackerError
from tracker.parse.document import Tracked
from tracker.parse.extract import Extracted
from tracker.parse.extract.decode import OLDER, check_lengths
from tracker.parse.extract.word.apart import list_apart, words_apart
from tracker.parse.extract.word.body import Body
from tracker.parse.extract.word.inline import words_of
from tracker.parse.extract.word.ooxml import W, unreadable
from tracker.parse.extract.word.package import Package
from tracker.parse.extract.word.revisions import Revisions, find_revisions
from tracker.parse.extract.word.styles import Styles

__all__ = ["older_word", "word", "words"]


def word(data: bytes, name: str, tracked: Tracked | None = None) -> Extracted:
    """The lines of a Word file, as Word shows them; line n is the n-th of them.

    `tracked` says which text of a file with tracked changes is meant. Raises TrackerError
    `unreadable-source` for what is no sound Word file, `tracked-changes` where there are changes
    and nothing was said.
    """
    return _extracted(data, name, tracked, Revisions.refuse)


def _extracted(
    data: bytes,
    name: str,
    tracked: Tracked | None,
    refuse: Callable[[Revisions, str], TrackerError],
) -> Extracted:
    package = Package(data, name)
    root = package.tree(package.main)
    if root is None or root.find(W + "body") is None:
        raise unreadable(name, "没有 Word 的正文", "在 Word 或 WPS 中打开，另存为新的 docx")
    revisions = _choices(package, root)
    if revisions is None:
        tracked = None
    elif tracked is None:
        raise refuse(revisions, name)
    read = _read(package, root, tracked)
    account = read.account
    if not any(line.strip() for line in read.lines):
        raise unreadable(name, "里没有文字", "正文若是图片，先识别其中的文字")
    check_lengths("\n".join(read.lines), name)
    problems = account.problems()
    if revisions is not None and tracked is not None:
        problems.insert(0, revisions.problem(tracked))
    return Extracted(
        "word", read.lines, None, account.dropped + list_apart(package, account),
        account.rewrites, problems=problems, tracked=tracked, certain=True,
    )  # fmt: skip


def older_word(data: bytes, name: str, _: Tracked | None = None) -> Extracted:
    """The lines of a doc or wps file: LibreOffice makes a docx of it. Raises as `word` does, where
    LibreOffice is not here, and `tracked-changes` for any file that has some, whatever is meant."""
    from tracker.parse.extract.word.older import as_docx, converted, program_version

    found = _extracted(as_docx(data, name), name, None, Revisions.refuse_older)
    found.problems.insert(0, converted(name))
    found.reader = program_version()
    return found


def words(data: bytes, name: str) -> list[str]:
    """All words of a Word file, whatever becomes of them: lines and ledger must hold each."""
    if data.startswith(OLDER):
        from tracker.parse.extract.word.older import as_docx

        data = as_docx(data, name)
    package = Package(data, name)
    root = package.tree(package.main)
    return [*words_of(root), *words_apart(package)]


def _choices(package: Package, root: Any) -> Revisions | None:
    """The tracked changes where they make two texts; None where there is only one."""
    found = find_revisions(root)
    if found.count or not found.telling:
        return found if found.count else None
    # Only properties were changed: whether that makes another text is seen by reading both.
    before, after = (_read(package, root, view) for view in Tracked)
    if before.lines == after.lines:
        return None
    changed = sum(a != b for a, b in zip_longest(before.lines, after.lines))
    return replace(found, count=changed)


def _read(package: Package, root: Any, view: Tracked | None) -> Body:
    parts = {kind: part for _, kind, part in package.related(package.main)}
    styles = Styles(package.tree(parts.get("styles")))
    read = Body(package.tree(parts.get("numbering")), styles, view, package.name)
    read.read(root)
    return read
