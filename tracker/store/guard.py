"""Two promises, kept before anything is stored: no word is lost, what is written can be read back.

Floor 3. Both are a net under `parse`: what they refuse is a mistake of the program, never of the
source, and a refusal leaves the store as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final
from unicodedata import normalize

from tracker.law.model import Law
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.extract.decode import decode
from tracker.parse.reading import extract
from tracker.store.names import shown

__all__ = ["canonical_text", "check_words"]

_HAN: Final = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Canonical text writes every number in one way (第一百〇二条 → 第一百零二条): where nothing
# but these is missing, no word is.
_NUMERALS: Final = frozenset("〇零一二三四五六七八九十百千廿卅两")
# The same for the signs around the number, traditional or misprinted.
_SIGNS: Final = frozenset("笫條節編項")
_REWRITTEN: Final = "heading-number"
_SHOWN: Final = 20  # lost characters named in the message
_LINE_SHOWN: Final = 40  # characters of the line they stand in
_REPORT: Final = "报告这一问题并附上来源；库中什么也没有存入"


def canonical_text(law: Law, name: str) -> str:
    """The canonical text of a law, which reads back as the same law; `name` is that of the source.

    Raises TrackerError `cannot-be-read-back`.
    """
    text = canonical.write(law)
    try:
        same = canonical.read(text) == law
    except TrackerError:
        same = False
    if not same:
        raise TrackerError(
            "cannot-be-read-back", f"来源 {shown(name)} 写成规范文本后不能原样读回", _REPORT
        )
    return text


def check_words(data: bytes, document: Document, *, name: str, title: str | None) -> None:
    """Whether each Han character of the source stands in the text, note, notice or ledger.

    Counted, so that a word kept once of two is missed too. Of a web page the extracted lines count,
    of a PDF or a Word file all words in it. `title` is the one given, which the source does not
    have to hold. Raises TrackerError `words-lost`.
    """
    if document.format == "pdf":
        from tracker.parse.extract.pdf import words

        lines = words(data, name)
    elif document.format == "word":
        from tracker.parse.extract.word.reader import words as words_of_word

        lines = words_of_word(data, name)
    elif document.format == "html":
        found = extract(data, name)
        lines = [*found.lines, *(one.text for one in found.dropped)]
    else:
        lines = decode(data, name)[0].splitlines()
    kept = [canonical.write(document.law), document.note or ""]
    kept += [document.notice.text if document.notice else ""]
    kept += [one.text for one in document.ledger.dropped]
    added = title if title and _is_added(document) else ""
    if not _missing([*lines, added], kept):
        return
    # Some characters have two code points (更 is U+66F4 and U+F901), which reading makes one.
    same, kept = ([normalize("NFKC", one) for one in texts] for texts in (lines, kept))
    lost = _missing([*same, normalize("NFKC", added)], kept)
    if _is_accounted_for(lost, document):
        return
    at = _first_line(same, kept, lost)
    where = f"，见第 {at} 行“{lines[at - 1].strip()[:_LINE_SHOWN]}”" if at else ""
    signs = "".join(sorted(lost))[:_SHOWN]
    raise TrackerError(
        "words-lost",
        f"读取 {shown(name)} 时丢失了 {lost.total()} 个字（{signs}）{where}",
        _REPORT,
    )


def _is_accounted_for(lost: Counter[str], document: Document) -> bool:
    """Whether all that is missing are numerals, and signs of marks that the ledger says were
    written anew: 第一條 and 笫二条 stand in the text as 第一条 and 第二条."""
    signs = sum(count for sign, count in lost.items() if sign in _SIGNS)
    rewritten = dict(document.ledger.rewrites).get(_REWRITTEN, 0)
    return set(lost) <= _NUMERALS | _SIGNS and signs <= rewritten


def _missing(lines: Iterable[str], kept: Iterable[str]) -> Counter[str]:
    return _han("\n".join(lines)) - _han("\n".join(kept))


def _han(text: str) -> Counter[str]:
    """How often each Han character stands in a text.

    >>> _han("第一条　一。")["一"]
    2
    """
    return Counter(_HAN.findall(text))


def _is_added(document: Document) -> bool:
    """Whether the title given stands in the text besides one of the source, or instead of none."""
    replaced = any(one.reason == "title-replaced" for one in document.ledger.dropped)
    return replaced or document.facts.title is None


def _first_line(lines: list[str], kept: list[str], lost: Counter[str]) -> int:
    """The first line, from 1, that holds a lost character and is nowhere in what was kept; or 0."""
    everything = "".join(_HAN.findall("\n".join(kept)))
    for number, line in enumerate(lines, 1):
        words = "".join(_HAN.findall(line))
        if words and words not in everything and any(sign in lost for sign in words):
            return number
    return 0
