"""PDF files with a text layer → lines.

Floor 1, beside the other formats. PDFium reads the characters and their places in a process of its
own (`child`, `run`); rows, columns, tables, running heads and paragraphs are told by geometry
(`layout`). What has no text layer is refused: nothing is guessed from pictures.
"""

from __future__ import annotations

from typing import Final

from tracker.parse.extract import Extracted, Lines
from tracker.parse.extract.pdf.doubts import check_layer, doubts
from tracker.parse.extract.pdf.layout import lay_out
from tracker.parse.extract.pdf.run import library, scan

__all__ = ["FORMAT", "library", "pdf", "words"]

FORMAT: Final = "pdf"


def pdf(data: bytes, name: str) -> Extracted:
    """The paragraphs of a PDF as lines; a place counts lines of this text.

    Raises TrackerError ``unreadable-source``: broken, with a password, without a text layer or with
    one that is no text, too large, or the extra that reads it is not installed.
    """
    found = scan(data, name)
    check_layer(found, name)
    laid = lay_out(found)
    problems = doubts(found, laid, name)
    rewrites = {"line-join": laid.rows, "table-column": laid.columns}
    return Extracted(
        FORMAT,
        Lines("\n".join(one.text for one in laid.paragraphs)),
        dropped=laid.dropped,
        rewrites={code: count for code, count in rewrites.items() if count},
        problems=problems,
        reader=library(),
    )


def words(data: bytes, name: str) -> list[str]:
    """Every piece of text that PDFium found, in its own order: what lines and ledger must hold."""
    return [span.text for page in scan(data, name).pages if page for span in page.spans]
