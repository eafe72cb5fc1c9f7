"""Libraries that take the text out of a form that is no text: which read a source, which are here.

Floor 1, beside the formats. A version names the one that read it (``pypdfium2/5.13.0``), since
another version of it may read otherwise.
"""

from __future__ import annotations

__all__ = ["here", "way_to"]


def here(reader: str) -> str | None:
    """The version of the same library that is installed; None where it is not.

    >>> here("something/1.0") is None
    True
    """
    name = reader.split("/", maxsplit=1)[0]
    if name == "pypdfium2":
        from tracker.parse.extract.pdf.run import library

        return library()
    if name == "LibreOffice":
        from tracker.parse.extract.word.older import program_version

        return program_version()
    return None


def way_to(reader: str) -> str:
    """How to get a library that is not here."""
    from tracker.parse.extract.pdf.run import INSTALL as PDF
    from tracker.parse.extract.word.older import INSTALL as OFFICE

    return OFFICE if reader.startswith("LibreOffice/") else PDF
