"""Word files for tests, made of the XML that a test is about: the same bytes each time.

A paragraph is written as `p("文字")`, a run as `r("文字")`; `docx` puts a body and
the parts that it needs into a zip.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = [
    "NS", "W", "abstract", "cell", "deleted", "docx", "inserted", "lvl", "num", "numbered",
    "numbering", "p", "r", "row", "style", "styles", "t", "table", "zipped",
]  # fmt: skip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
BY = 'w:id="1" w:author="甲" w:date="2024-01-01T00:00:00Z"'


def t(text: str) -> str:
    """Words."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str, properties: str = "") -> str:
    """A run of words, with properties such as <w:vanish/>."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{t(text)}</w:r>"


def p(*inside: str, style: str = "", properties: str = "", mark: str = "") -> str:
    """A paragraph; what is no XML is words. `mark` are properties of its mark: <w:del …/>."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    own += properties + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    runs = "".join(one if one.startswith("<") else r(one) for one in inside)
    return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{runs}</w:p>"


def numbered(text: str, number: int | str = 1, level: int | None = 0, **more: str) -> str:
    """A paragraph in a list."""
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return p(text, properties=f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>', **more)


def inserted(text: str, author: str = "甲") -> str:
    """Words that were inserted in tracked changes."""
    return f'<w:ins w:id="1" w:author="{author}">{r(text)}</w:ins>'


def deleted(text: str, author: str = "甲") -> str:
    """Words that were deleted in tracked changes."""
    words = f'<w:delText xml:space="preserve">{escape(text)}</w:delText>'
    return f'<w:del w:id="1" w:author="{author}"><w:r>{words}</w:r></w:del>'


def cell(*blocks: str, properties: str = "") -> str:
    """A cell of a table."""
    inside = "".join(one if one.startswith("<") else p(one) for one in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or p()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row; what is no XML is a cell with these words."""
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lvl(n: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A level of a list: 第%1条."""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def abstract(number: int | str, *levels: str) -> str:
    """The definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int | str, of: int | str, overrides: str = "") -> str:
    """A list of a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def numbering(*inside: str) -> str:
    """The part with the lists."""
    return f"{HEAD}<w:numbering {NS}>{''.join(inside)}</w:numbering>"


def style(
    style_id: str, *, based_on: str = "", paragraph: str = "", run: str = "",
    kind: str = "paragraph", default: bool = False,
) -> str:  # fmt: skip
    """A style."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"{first}>'
        f"{based}<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def styles(*inside: str) -> str:
    """The part with the styles."""
    return f"{HEAD}<w:styles {NS}>{''.join(inside)}</w:styles>"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members; no clock is in it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()


def docx(
    *blocks: str, numbers: str = "", named: str = "",
    parts: Mapping[str, tuple[str, str]] | None = None, **more: str | bytes,
) -> bytes:  # fmt: skip
    """A Word file. `numbers` and `named` are the parts with the lists and the styles; `parts` gives
    for other names of parts the kind of their relation and their XML."""
    body = "".join(one if one.startswith("<") else p(one) for one in blocks)
    related = {"numbering": ("numbering", numbers), "styles": ("styles", named)}
    related = {name: one for name, one in related.items() if one[1]} | dict(parts or {})
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for n, (name, (kind, _)) in enumerate(related.items(), 1)
    )
    begin = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    text = f"<w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>"
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zipped({
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f"{HEAD}{begin}{main}</Relationships>",
        "word/document.xml": f"{HEAD}{text}",
        "word/_rels/document.xml.rels": f"{HEAD}{begin}{relations}</Relationships>",
        **{f"word/{name}.xml": data for name, (_, data) in related.items()},
        **more,
    })  # fmt: skip
