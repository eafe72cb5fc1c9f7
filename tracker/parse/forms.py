"""Which form a source has, told by its content, and its lines taken out of that form.

Floor 1, the first step of reading: HTML, bookmarks, questionnaire, Markdown, canonical text, plain
text. Nothing is normalised here.
"""

from __future__ import annotations

from typing import Final

from tracker.law.model import Unit
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.parse.extract import Extracted
from tracker.parse.extract.bookmarks import bookmarks, is_bookmarked
from tracker.parse.extract.decode import OLDER, check_lengths, check_size, decode
from tracker.parse.extract.divide import RUN_IN, divide
from tracker.parse.extract.line_ends import even_ends, replaced
from tracker.parse.extract.questionnaire import may_ask, questionnaire
from tracker.parse.extract.text import is_markdown, markdown, plain
from tracker.parse.marks.kinds import ANNEX, ARTICLE, scan_line
from tracker.parse.normalise.signs import FORM, RARE, signs_of

__all__ = ["PACKED", "extract", "is_pdf"]

PACKED: Final = b"PK\x03\x04"
"""What a zip begins with, and so a Word file."""
_OFFICE: Final = (PACKED, OLDER)


def extract(data: bytes, name: str, tracked: Tracked | None = None) -> Extracted:
    """The lines of a source, its format found by content. Raises TrackerError.

    `tracked` says which text of a Word file with tracked changes is meant.
    """
    if data.startswith(_OFFICE):
        return divide(questionnaire(_from_word(data, name, tracked)))
    return _from_pdf(data, name) if is_pdf(data) else _text(data, name)


def _from_word(data: bytes, name: str, tracked: Tracked | None) -> Extracted:
    from tracker.parse.extract.word.reader import older_word, word

    return word(data, name, tracked) if data.startswith(PACKED) else older_word(data, name, tracked)


def _text(data: bytes, name: str) -> Extracted:
    """The lines of a source whose bytes are text."""
    text, encoding = decode(data, name)
    signs = signs_of(text)
    formed, asks = signs & FORM or text.startswith("---"), may_ask(text)
    canonical_already = bool(formed or asks) and _is_canonical(text, asks)
    if formed and not canonical_already and _looks_like_html(text):
        from tracker.parse.extract.html import html

        page = divide(questionnaire(html(text, name)))
        if encoding != "utf-8":
            page.rewrites["encoding"] = 1
        return page
    check_lengths(text, name)
    if canonical_already:
        return plain(text, signs)
    line_ends, places = 0, None
    if signs & RARE:
        text, line_ends, places = even_ends(text)
        signs = signs_of(text) if line_ends else signs
    extracted = _taken_out(text, signs) if formed else plain(text, signs)
    if places is not None:
        extracted = replaced(extracted, places)
    if asks:
        extracted = questionnaire(extracted)
    if RUN_IN.search(text):
        extracted = divide(extracted)
    if line_ends:
        extracted.rewrites["newline"] = line_ends
    if encoding != "utf-8":
        extracted.rewrites["encoding"] = 1
    return extracted


def is_pdf(data: bytes) -> bool:
    """Whether bytes begin as a PDF file does, whatever its name."""
    return data[:_PDF_WITHIN].lstrip(_BEFORE_PDF).startswith(_PDF)


def _from_pdf(data: bytes, name: str) -> Extracted:
    from tracker.parse.extract.pdf import pdf

    check_size(data, name)
    found = pdf(data, name)
    text = "\n".join(found.lines)
    check_lengths(text, name)
    if may_ask(text):
        found = questionnaire(found)
    return divide(found) if RUN_IN.search(text) else found


def _taken_out(text: str, signs: int) -> Extracted:
    """The lines of a text that may have a form."""
    if is_bookmarked(text):
        return bookmarks(text.split("\n"))
    return markdown(text.split("\n")) if is_markdown(text) else plain(text, signs)


def _is_canonical(text: str, asks: bool) -> bool:
    """Canonical text stays what it is, even where a line of it looks like Markdown or HTML."""
    if text.lstrip()[:1] in ("", "#", "<", "-") or "\r" in text or "\n\n" not in text:
        return False
    if not asks and not any(sign in text for sign in _SIGNS_OF_FORM):
        return False
    if _article_not_set_off(text):
        return False
    try:
        law = canonical.read(text)
    except TrackerError:
        return False
    return any(p.unit is not Unit.INTRODUCTION for p in law.body)


def _article_not_set_off(text: str) -> bool:
    """Whether the first article is not written as canonical text has it, which needs no reading.

    It is always taken for one, unless an annex stands before it.
    """
    lines = iter(text.split("\n"))
    next(lines)
    if "" not in lines:  # goes on to the first blank line: the head is not read for marks
        return False
    for line in lines:
        if line[:1] in ("第", "附"):
            mark = scan_line(line)
            if mark.kind is ANNEX:
                return False
            if mark.kind is ARTICLE and mark.number is not None:
                return not (line + "\u3000").startswith(mark.number.written("条") + "\u3000")
    return False


_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 64
_BEFORE_PDF: Final = b"\xef\xbb\xbf\x00 \t\r\n"
"""What may stand before the signature: line ends and a mark that a download added."""
_SIGNS_OF_FORM: Final = ("\n#", "**", "__", "<", "[bookmark:")


def _looks_like_html(text: str) -> bool:
    head = text[:4096].lower()
    return "<html" in head or "<!doctype html" in head or "<body" in head or (
        head.lstrip().startswith("<") and ("<div" in head or "<p" in head)
    )  # fmt: skip
