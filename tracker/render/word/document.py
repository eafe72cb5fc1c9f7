"""A comparison as one Word document whose tracked changes lead from the old text to the new one.

The door to this folder, floor 4. Both texts, what stays of them, the two as one, its body and its
comments, then a package: always the same bytes for the same comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.diff.model import Changes, Op
from tracker.law.collecting import no_collecting
from tracker.render.side import SideInfo
from tracker.render.word.body import body
from tracker.render.word.comments import Comment, both_sides, comments
from tracker.render.word.frame import (
    NAMESPACES,
    SECTION,
    font_table,
    footer,
    header,
    settings,
    styles,
)
from tracker.render.word.markup import AUTHOR, HEAD, Revisions, paragraph, run, words
from tracker.render.word.shared import Move, find_shared
from tracker.render.word.sides import SideText, read_side
from tracker.render.word.weave import weave
from tracker.render.words import Lang

__all__ = ["word_redline"]

_CHINESE: Final = "zh-CN"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_PARTS: Final = ("styles", "settings", "fontTable", "comments", "header1", "footer1")
"""The parts beside the body, in the order of their relations rId1 …"""
_RELATIONS: Final = {"header1": "header", "footer1": "footer"}
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can name


def word_redline(changes: Changes, old: SideInfo, new: SideInfo, lang: Lang = "zh") -> bytes:
    """The file (.docx). `lang` is that of the comments and the line at the top of each page.

    With all revisions accepted its paragraphs are the lines of the new text's canonical form,
    without blank ones; with all rejected those of the old one's.
    """
    with no_collecting():
        return _redline(changes, old, new, lang)


def _redline(changes: Changes, old: SideInfo, new: SideInfo, lang: Lang) -> bytes:
    texts = read_side(changes, Op.DELETE), read_side(changes, Op.INSERT)
    shared = find_shared(changes, *texts)
    said = comments(changes, texts, shared, (old, new), lang)
    revisions = Revisions(new.day)
    moves = _marked(shared.moves, texts) if new.day else ()
    runs = weave(texts[0].text, texts[1].text, shared.kept, moves)
    inside = body(texts, runs, moves, [one.anchor for one in said], revisions)
    document = f"{HEAD}<w:document {NAMESPACES}><w:body>{inside}{SECTION}</w:body></w:document>"
    line = both_sides(old, new, lang)
    return _zipped(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(
                [(_RELATIONS.get(part, part), f"{part}.xml") for part in _PARTS]
            ),
            "word/styles.xml": styles(_CHINESE),
            "word/settings.xml": settings(_CHINESE),
            "word/fontTable.xml": font_table(),
            "word/comments.xml": _comments(said, revisions),
            "word/header1.xml": header(line),
            "word/footer1.xml": footer(),
        }
    )


def _marked(moves: Sequence[Move], texts: tuple[SideText, SideText]) -> tuple[Move, ...]:
    """The moves that Word can mark as such: a mark needs a day, and the last paragraph of a text
    stays where it is."""
    ends = tuple(len(text.text) for text in texts)
    return tuple(move for move in moves if move.old.end != ends[0] and move.new.end != ends[1])


def _comments(said: Sequence[Comment], revisions: Revisions) -> str:
    return f"{HEAD}<w:comments {NAMESPACES}>{''.join(_each(said, revisions))}</w:comments>"


def _each(said: Sequence[Comment], revisions: Revisions) -> Iterator[str]:
    reference = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    for number, one in enumerate(said):
        lines = [
            paragraph("CommentText", f"{'' if at else reference}{run(line)}")
            for at, line in enumerate(one.lines)
        ]
        yield (
            f'<w:comment w:id="{number}" {revisions.by} w:initials="{AUTHOR[0]}">'
            f"{''.join(lines)}</w:comment>"
        )


def _content_types() -> str:
    defaults = (("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                ("xml", "application/xml"))  # fmt: skip
    parts = {"document": f"{_TYPE}.document.main+xml"} | {
        part: f"{_TYPE}.{_RELATIONS.get(part, part)}+xml" for part in _PARTS
    }
    kinds = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults
    ) + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}"/>'
        for part, kind in parts.items()
    )
    return f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{words(target)}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _zipped(parts: Mapping[str, str]) -> bytes:
    """A package that tells of no clock and no machine."""
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, text in parts.items():
            info = ZipInfo(name, _STAMP)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, text.encode("utf-8"), compresslevel=6)
    return file.getvalue()
