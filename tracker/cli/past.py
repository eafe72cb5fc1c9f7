"""The versions of a law up to its latest, compared each with the next: for history and its kin.

Floor 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tracker.cli.progress import working

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.diff.model import Changes
    from tracker.law.address import Address
    from tracker.law.model import Law
    from tracker.store.model import LawRecord, Version

__all__ = ["Past", "last_address", "load_past", "unit_address"]


@dataclass(frozen=True, slots=True)
class Past:
    """A law, its versions in legal order, and the comparison of each with the next.

    `asked` is the version that was named, the latest where only the law was.
    """

    record: LawRecord
    versions: tuple[Version, ...]
    changes: tuple[Changes, ...]
    asked: Version


def load_past(session: Session, name: str, *, until_asked: bool = False) -> Past:
    """Read and compare; `until_asked` stops at the version named. Raises TrackerError."""
    from tracker.store.history import compare_neighbours

    store = session.store()
    asked = store.resolve(name)
    record, versions = store.record(asked.law_id), store.versions(asked.law_id)
    session.tell_edited(asked.law_id)
    if until_asked:
        ids = [version.version_id for version in versions]
        if asked.version_id in ids:
            versions = versions[: ids.index(asked.version_id) + 1]
    with working(session, record.display_title):
        changes = compare_neighbours(versions, partial(store.overrides, asked.law_id))
    return Past(record, versions, changes, asked)


def last_address(past: Past, wanted: str) -> Address:
    """`unit_address` in the version asked for.

    Raises TrackerError; of a provision that only an earlier version has, the error names that one.
    """
    from tracker.law.problems import TrackerError

    try:
        return unit_address(past.asked.law, wanted, past.asked.name)
    except TrackerError as error:
        if error.code != "no-such-provision":
            raise
        ids = [one.version_id for one in past.versions]
        asked = past.asked.version_id
        before = past.versions[: ids.index(asked)] if asked in ids else ()
        for version in reversed(before):
            try:
                unit_address(version.law, wanted, version.name)
            except TrackerError:
                continue
            raise TrackerError(
                error.code, error.message,
                f"{error.hint}；{wanted}最后见于 {version.version_id}，写作 "
                f"tracker history {version.law_id} {wanted}@{version.version_id}",
            ) from None  # fmt: skip
        raise


def unit_address(law: Law, wanted: str, name: str) -> Address:
    """The article (or outline unit) that a citation lies in: 第十二条第二款 → 第十二条.

    Raises TrackerError.
    """
    from tracker.cli.places import find_provisions
    from tracker.diff.sides import take_apart
    from tracker.law.address import Address
    from tracker.law.problems import TrackerError

    found = find_provisions(law, wanted, name)[0].address
    units = {item.located.address for item in take_apart(law).items}
    for length in range(len(found.steps), 0, -1):
        address = Address(found.steps[:length])
        if address in units:
            return address
    raise TrackerError(
        "not-a-citation", f"{wanted} 是标题，不是条文", "写出其中的一条，如 第十二条"
    )
