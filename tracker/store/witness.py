"""A witness: which versions a store held, and the chain hash of each, kept somewhere else.

Floor 3. Pure: values ⇄ bytes of a small JSON file. Whoever keeps one can show later that nothing it
names was changed or taken away, without trusting the store or its host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tracker.law.problems import TrackerError
from tracker.store.examine import Link
from tracker.store.git.process import OID
from tracker.store.names import is_law_id, is_version_id, shown

__all__ = ["Seen", "Witness", "read_witness", "witness_of", "write_witness"]

_FORMAT: Final = "tracker-witness/1"
_HASH: Final = re.compile("[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seen:
    """A version as it was seen: its id, its place in the chain, the chain's hash there."""

    version_id: str
    ingest_seq: int
    chain_sha256: str


@dataclass(frozen=True, slots=True)
class Witness:
    """The commit at the tip of the branch (None: no commit yet), and all versions of each law."""

    tip: str | None
    laws: Mapping[str, tuple[Seen, ...]]


def witness_of(tip: str | None, links: Iterable[Link]) -> Witness:
    """The witness of what these links show, versions in the order of the chain."""
    laws: dict[str, list[Seen]] = {}
    for link in links:
        seen = Seen(link.version_id, link.ingest_seq, link.chain_sha256)
        laws.setdefault(link.law_id, []).append(seen)
    order = {
        law_id: tuple(sorted(seen, key=lambda one: (one.ingest_seq, one.version_id)))
        for law_id, seen in sorted(laws.items())
    }
    return Witness(tip, order)


def write_witness(witness: Witness) -> bytes:
    """The file: JSON with sorted keys, one version a line, so that two of them can be compared."""
    lines = []
    for law_id, seen in sorted(witness.laws.items()):
        rows = ",\n".join(
            f'   ["{one.version_id}", {one.ingest_seq}, "{one.chain_sha256}"]' for one in seen
        )
        lines.append(f'  "{law_id}": [\n{rows}\n  ]')
    laws = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
    tip = json.dumps(witness.tip)
    return f'{{\n "format": "{_FORMAT}",\n "laws": {laws},\n "tip": {tip}\n}}\n'.encode("ascii")


def read_witness(data: bytes, name: str) -> Witness:
    """And back; `name` is that of the file. Raises TrackerError `bad-witness`."""
    try:
        document = json.loads(data)
        if document["format"] != _FORMAT:
            raise ValueError(f"format {document['format']}")
        tip = document["tip"]
        if tip is not None and OID.fullmatch(tip) is None:
            raise ValueError("tip")
        laws = {str(law): tuple(_seen(row) for row in rows)
                for law, rows in document["laws"].items()}  # fmt: skip
        if not all(is_law_id(law) for law in laws):
            raise ValueError("laws")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TrackerError(
            "bad-witness", f"{shown(name)} 不是见证文件，或者已损坏（{error}）",
            "用 tracker verify --write-witness 写出的文件",
        ) from error  # fmt: skip
    return Witness(tip, laws)


def _seen(row: Any) -> Seen:
    version_id, ingest_seq, chain_sha256 = row
    if not is_version_id(version_id) or not isinstance(ingest_seq, int):
        raise ValueError(version_id)
    if _HASH.fullmatch(chain_sha256) is None:
        raise ValueError(version_id)
    return Seen(version_id, ingest_seq, chain_sha256)
