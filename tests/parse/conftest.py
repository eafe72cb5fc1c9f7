"""The seeds, found in the store or beside the project, and Han counting."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.reading import read_source

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
SEEDS = {
    "shenzhen": "b480bd9b4c78f4417b6b758dcdee6545255d3cf5ebe766b35662234798dbd027",
    "shijiazhuang": "edef72015e9f010913e7bfa9b20474e7bba77b7761859ffd4f24cecba379ce40",
    "guangzhou": "1aff0db45a44b2e8a10337a3a85daeeff2ebd3844611f2ee073fd488f901bd50",
    "qingdao": "0b9e1371a4e4ce7b25411f87a11d5f19fca24c1c104ad9f339e22b41ecef139c",
    "plan": "765868874f09a560975c565db936ae7e9f3afe32d697907898f56c29a89c9682",
}
QINGDAO_TITLE = "青岛市数字经济促进条例"
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff]")


def han(text: str | None) -> Counter[str]:
    """How often each Han character stands in a text."""
    return Counter(_HAN.findall(text or ""))


def account(document: Document) -> Counter[str]:
    """The Han characters of all that reading gave: text, 说明, notice and ledger."""
    total = han(canonical.write(document.law)) + han(document.note)
    total += han(document.notice.text if document.notice else None)
    for dropped in document.ledger.dropped:
        total += han(dropped.text)
    return total


@pytest.fixture(scope="session")
def seed_bytes() -> Callable[[str], bytes]:
    """The bytes of a seed as received."""
    places = [*PROJECT.glob("versions/*/*/source.*"), *(SHARED / "seeds").glob("*.txt")]
    by_hash = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in sorted(places)}

    def find(name: str) -> bytes:
        path = by_hash.get(SEEDS[name])
        if path is None:
            pytest.skip(f"the source of {name} is neither under versions/ nor in ../shared/seeds")
        return path.read_bytes()

    return find


@pytest.fixture(scope="session")
def seed(seed_bytes: Callable[[str], bytes]) -> Callable[[str], Document]:
    """A seed, read; Qingdao with the title that its source lacks."""
    read: dict[str, Document] = {}

    def find(name: str) -> Document:
        if name not in read:
            title = QINGDAO_TITLE if name == "qingdao" else None
            read[name] = read_source(seed_bytes(name), name=name, title=title)
        return read[name]

    return find


@pytest.fixture
def read() -> Callable[[str], Document]:
    """A text, read as a source."""
    return lambda text: read_source(text.encode("utf-8"), name="source.txt")
