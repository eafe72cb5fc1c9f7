"""A part of a Word file → its tree; the names of its elements.

Floor 1. Parts come from strangers: a DTD is refused before anything is parsed, in UTF-16 too, and
nothing outside the part is looked up. The namespaces of strict files (ISO 29500) are read as those
that nearly every program writes, so that the reader knows one name for each element.
"""

from __future__ import annotations

import re
from typing import Any, Final

from tracker.law.problems import TrackerError

__all__ = ["MC", "PR", "R", "W", "attribute", "is_on", "parse_part", "unreadable", "value"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PR: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

MOST_TAGS: Final = 1_500_000
"""Most signs < or =, of tags and of attributes, in a part. A part of two million such signs takes
up to 500 MB and 11 s; a paragraph of four runs with fonts of their own has 90, and 民法典 has 3,000
paragraphs."""

_OLD: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": f"{_OLD}wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships":
        f"{_OLD}officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/math": f"{_OLD}officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/drawingml/main": f"{_OLD}drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/picture": f"{_OLD}drawingml/2006/picture",
    "http://purl.oclc.org/ooxml/drawingml/chart": f"{_OLD}drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/diagram": f"{_OLD}drawingml/2006/diagram",
}  # fmt: skip
_DECLARED: Final = re.compile(
    r"(\sxmlns(?::[\w.-]{1,40})?\s{0,4}=\s{0,4}[\"'])(http://purl\.oclc\.org/ooxml/[\w/]{1,60})"
)
_ENCODING: Final = re.compile(r"""<\?xml[^>]{0,80}?encoding\s{0,4}=\s{0,4}["']([\w.-]{1,20})""")
_OFF: Final = frozenset({"0", "false", "off"})


def unreadable(name: str, what: str, hint: str) -> TrackerError:
    """The error for a file that cannot be read: `what` goes on from its name."""
    return TrackerError("unreadable-source", f"无法读取 {name}：{what}", hint)


def parse_part(data: bytes, part: str, name: str) -> Any:
    """The root of a part of the package; `name` is that of the file, for messages.

    Raises TrackerError `unreadable-source`.
    """
    from lxml import etree

    text = _text(data, part, name)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise unreadable(
            name, f"{part} 里有文档类型声明（DTD），Word 文件不会有", "不要打开来历不明的文件"
        )
    if text.count("<") + text.count("=") > MOST_TAGS:
        raise unreadable(name, f"{part} 的标记多于 {MOST_TAGS} 个", "拆分后读取")
    if "purl.oclc.org" in text:
        text = _DECLARED.sub(lambda found: found[1] + _STRICT.get(found[2], found[2]), text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except (etree.LxmlError, ValueError) as error:
        deep = "depth" in str(error)
        what = f"{part} 的标记嵌套过深（超过 256 层）" if deep else f"{part} 不是完好的 XML"
        raise unreadable(name, what, "在 Word 或 WPS 中打开，另存为新的 docx") from None


def _text(data: bytes, part: str, name: str) -> str:
    """A part decoded: UTF-8 or UTF-16, the two that the standard for packages allows."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if wide and encoding == "utf-8-sig":
        encoding = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise unreadable(
            name, f"{part} 的编码不是 UTF-8 或 UTF-16", "在 Word 或 WPS 中打开，另存为新的 docx"
        ) from None
    said = _ENCODING.match(text)
    if said and not said[1].lower().startswith(("utf-8", "utf8", "utf-16", "us-ascii", "ascii")):
        raise unreadable(
            name, f"{part} 标明的编码是 {said[1]}", "在 Word 或 WPS 中打开，另存为新的 docx"
        )
    return text


def attribute(element: Any, name: str) -> str | None:
    """An attribute of an element, with the prefix or, as some programs write it, without."""
    found: str | None = element.get(W + name)
    return element.get(name) if found is None else found


def value(element: Any, tag: str) -> str | None:
    """The ``w:val`` of a child; None where there is no such child, or no element at all."""
    child = None if element is None else element.find(W + tag)
    return None if child is None else attribute(child, "val")


def is_on(element: Any, tag: str) -> bool | None:
    """Whether a property that is on or off is on (``<w:vanish/>``); None where it is not said."""
    child = None if element is None else element.find(W + tag)
    if child is None:
        return None
    return (attribute(child, "val") or "true").lower() not in _OFF
