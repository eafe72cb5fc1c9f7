"""The forms of naming a comparison: OLD NEW, LAW [OLD] [NEW], one Word file with tracked changes.

Floor 6. Two names are OLD NEW where the second can stand alone (a file, a name with @, a stored
law); else the second is a version of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.sides import (
    Side,
    is_file,
    load_side,
    read_bytes,
    read_document,
    side_of_version,
)
from tracker.law.problems import TrackerError

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.diff.align.overrides import Overrides

__all__ = ["load_pair"]


def load_pair(session: Session, names: tuple[str, ...]) -> tuple[Side, Side, Overrides | None]:
    """Both sides, old first, and what reviewers said of their alignment (None: no one was asked).

    Raises TrackerError.
    """
    old, new = _sides(session, names)
    if old.version is None or new.version is None or old.version.law_id != new.version.law_id:
        return old, new, None
    law_id, before, after = old.version.law_id, old.version.version_id, new.version.version_id
    session.tell_edited(law_id)
    said = session.store().overrides(law_id, before, after)
    back = session.store().overrides(law_id, after, before)  # where the later version comes first
    return old, new, (*said, *(one.turned() for one in back))


def _sides(session: Session, names: tuple[str, ...]) -> tuple[Side, Side]:
    if len(names) > 3:
        raise TrackerError("too-many-arguments", f"给了 {len(names)} 个名称，最多 3 个", _FORMS)
    if len(names) == 1:
        return _last_two(session, names[0])
    law, *versions = names
    if len(names) == 2 and (is_file(law) or "@" in law or _stands_alone(session, versions[0])):
        return load_side(session, law), load_side(session, versions[0])
    old = _version_of(session, law, versions[0])
    new = _version_of(session, law, versions[1]) if len(versions) > 1 else load_side(session, law)
    return old, new


_FORMS = "写作 tracker diff OLD NEW，或 tracker diff LAW [OLD] [NEW]"


def _two_views(session: Session, file: str) -> tuple[Side, Side]:
    """A Word file with tracked changes is two texts: the one before them and the one after."""
    from tracker.parse.document import Tracked
    from tracker.render.side import SideInfo

    data, sides = read_bytes(file), []
    views = ((Tracked.ORIGINAL, "tracked_original"), (Tracked.FINAL, "tracked_final"))
    for view, called in views:
        document = read_document(file, data=data, tracked=view)
        if document.tracked is None or session.tracked is not None:
            hint = "再给出要比较的文件或版本；有修订的 Word 文件可以单独给出，不加 --tracked"
            raise TrackerError("one-text-only", f"只给了一个文件 {file}", hint)
        name = f"{file}{session.say(called)}"
        info = SideInfo.of_document(document, name=name)
        sides.append(Side(document.law, info, document.problems, document=document))
    return sides[0], sides[1]


def _stands_alone(session: Session, name: str) -> bool:
    """Whether a name means a text without a law in front of it."""
    from tracker.store.names import is_law_id

    if is_file(name) or "@" in name:
        return True
    if not session.has_workspace():
        return True  # then it can only be a file, and the error will say that it is missing
    return is_law_id(name) and any(one.law_id == name for one in session.store().laws())


def _version_of(session: Session, law: str, version: str) -> Side:
    if is_file(version) or "@" in version:
        return load_side(session, version)
    if is_file(law):
        raise TrackerError("not-a-law", f"{law} 是文件，不能再指明版本 {version}", _FORMS)
    return load_side(session, f"{law}@{version}")


def _last_two(session: Session, law: str) -> tuple[Side, Side]:
    if is_file(law):
        return _two_views(session, law)
    new = load_side(session, law)
    store = session.store()
    assert new.version is not None
    law_id, version_id = new.version.law_id, new.version.version_id
    ids = [one.version_id for one in store.versions(law_id)]
    place = ids.index(version_id)
    if place == 0:
        raise TrackerError(
            "one-version-only",
            f"{new.version.name} 之前没有版本可以比较",
            f"已有的版本：{'、'.join(ids)}",
        )
    return side_of_version(store, store.load(law_id, ids[place - 1])), new
