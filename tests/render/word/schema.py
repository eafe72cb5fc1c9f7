"""What Word insists on in the parts that we write: which elements, in which order, with which ids.

The orders are those of ISO/IEC 29500-1 (transitional) for the elements that occur; another element
is an error.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from typing import Final
from xml.etree import ElementTree

from tests.render.word.views import W

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REVISIONS: Final = ("ins", "del", "moveFrom", "moveTo")
_RUN_PROPERTIES: Final = ("rStyle", "rFonts", "sz", "szCs", "lang")
_PARAGRAPH_PROPERTIES: Final = (
    "pStyle", "keepNext", "spacing", "ind", "jc", "outlineLvl", "rPr", "pPrChange",
)  # fmt: skip
_ORDERED: Final[dict[str, tuple[str, ...]]] = {
    "document": ("body",),
    "p": ("pPr", "*"),
    "pPr": _PARAGRAPH_PROPERTIES,
    "pPr/rPr": _REVISIONS,
    "style/rPr": _RUN_PROPERTIES,
    "rPrDefault/rPr": _RUN_PROPERTIES,
    "r/rPr": _RUN_PROPERTIES,
    "r": ("rPr", "*"),
    "pPrChange": ("pPr",),
    "styles": ("docDefaults", "style"),
    "docDefaults": ("rPrDefault", "pPrDefault"),
    "rPrDefault": ("rPr",),
    "style": ("name", "basedOn", "next", "qFormat", "pPr", "rPr"),
    "fonts": ("font",),
    "font": ("altName", "family"),
    "settings": (
        "zoom", "defaultTabStop", "characterSpacingControl", "compat", "themeFontLang",
        "decimalSymbol", "listSeparator",
    ),
    "compat": ("compatSetting",),
    "comments": ("comment",),
    "comment": ("p",),
    "hdr": ("p",),
    "ftr": ("p",),
    "sectPr": ("headerReference", "footerReference", "pgSz", "pgMar"),
    "body": ("*", "sectPr"),
    **dict.fromkeys(_REVISIONS, ("r",)),
    "fldSimple": ("r",),
}  # fmt: skip
_ANY: Final[dict[str, set[str]]] = {
    "body": {"p", "moveFromRangeEnd", "moveToRangeEnd"},
    "p": {
        *_REVISIONS, "r", "fldSimple", "commentRangeStart", "commentRangeEnd",
        "moveFromRangeStart", "moveToRangeStart",
    },
    "r": {"t", "delText", "tab", "br", "cr", "commentReference", "annotationRef"},
}  # fmt: skip
_REPEATED: Final = {"style", "font", "comment", "p", "r"}
_STAMPED: Final = (*_REVISIONS, "pPrChange", "moveFromRangeStart", "moveToRangeStart", "comment")


def check(file: bytes) -> None:
    """Raises AssertionError where the package is not as Word wants it."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert package.testzip() is None
        parts = {name: package.read(name) for name in package.namelist()}
    assert next(iter(parts)) == "[Content_Types].xml"
    trees = {name: ElementTree.fromstring(data) for name, data in parts.items()}
    _check_package(trees)
    for name, tree in trees.items():
        if name.startswith("word/") and name.endswith(".xml"):
            _check_order(tree, "")
    document = trees["word/document.xml"]
    _check_ids(document)
    _check_moves(document)
    _check_deleted(document)
    _check_comments(document, trees["word/comments.xml"])
    styles = {one.get(f"{W}styleId") for one in trees["word/styles.xml"].iter(f"{W}style")}
    for name, tree in trees.items():
        for kind in ("pStyle", "rStyle", "basedOn", "next"):
            used = {one.get(f"{W}val") for one in tree.iter(f"{W}{kind}")}
            assert used <= styles, f"{name}: {used - styles}"


def _check_package(trees: dict[str, ElementTree.Element]) -> None:
    known = {one.get("PartName") for one in trees["[Content_Types].xml"] if one.get("PartName")}
    words = {f"/{name}" for name in trees if name.startswith("word/") and "/_rels/" not in name}
    assert words <= known
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        for relation in tree:
            assert posixpath.join(base, relation.get("Target", "")) in trees
    ids = {one.get("Id") for one in trees["word/_rels/document.xml.rels"]}
    for one in trees["word/document.xml"].iter():
        assert one.get(f"{R}id") is None or one.get(f"{R}id") in ids


def _check_order(element: ElementTree.Element, above: str) -> None:
    name = element.tag.removeprefix(W)
    order = _ORDERED.get(f"{above}/{name}", _ORDERED.get(name))
    children = [child.tag.removeprefix(W) for child in element]
    if order is None:
        assert not children, f"{name} has {children}"
        return
    places = []
    for child in children:
        if child in order:
            places.append(order.index(child))
        else:
            assert child in _ANY.get(name, set()), f"{above}/{name} has {child}"
            places.append(order.index("*"))
    assert places == sorted(places), f"{above}/{name}: {children}"
    counts = Counter(child for child in children if child in order and child not in _REPEATED)
    assert not counts or max(counts.values()) == 1, f"{above}/{name}: {children}"
    for child in element:
        _check_order(child, name)


def _check_ids(document: ElementTree.Element) -> None:
    """A revision has an id of its own and an author; the end of a move has that of its start."""
    stamped = [one for one in document.iter() if one.tag.removeprefix(W) in _STAMPED]
    ids = [one.get(f"{W}id") for one in stamped]
    assert all(ids)
    assert len(ids) == len(set(ids))
    assert all(one.get(f"{W}author") for one in stamped)


def _check_moves(document: ElementTree.Element) -> None:
    names = {}
    for mark in ("moveFrom", "moveTo"):
        starts = list(document.iter(f"{W}{mark}RangeStart"))
        ends = [one.get(f"{W}id") for one in document.iter(f"{W}{mark}RangeEnd")]
        assert [one.get(f"{W}id") for one in starts] == ends  # one ends before the next begins
        assert all(one.get(f"{W}date") for one in starts)
        names[mark] = sorted(one.get(f"{W}name", "") for one in starts)
        assert len(set(names[mark])) == len(names[mark])
        inside = False
        for one in document.iter():
            if one.tag in (f"{W}{mark}RangeStart", f"{W}{mark}RangeEnd"):
                inside = one.tag.endswith("Start")
            if one.tag == f"{W}{mark}" and len(one):  # runs; a paragraph mark has none
                assert inside
    assert names["moveFrom"] == names["moveTo"]


def _check_deleted(document: ElementTree.Element) -> None:
    for one in document.iter(f"{W}del"):
        assert not list(one.iter(f"{W}t"))
    deleted = sum(len(list(one.iter(f"{W}delText"))) for one in document.iter(f"{W}del"))
    assert deleted == len(list(document.iter(f"{W}delText")))
    for one in document.iter(f"{W}p"):
        for revision in one:
            if revision.tag.removeprefix(W) in _REVISIONS:
                assert len(revision)


def _check_comments(document: ElementTree.Element, comments: ElementTree.Element) -> None:
    ids = [one.get(f"{W}id") for one in comments]
    assert len(ids) == len(set(ids))
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(one.get(f"{W}id", "") for one in document.iter(f"{W}{kind}")) == sorted(
            one or "" for one in ids
        ), kind
