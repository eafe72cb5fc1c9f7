"""How the Word redline looks: styles, fonts, page, and the line at the top and the foot of a page.

Floor 4. The page is that of an official document (GB/T 9704-2012: A4, its margins, 三号仿宋, 28 磅
between lines, two characters of indent); 章 and 节 are Word's own heading styles, which its
navigation pane lists. A font that a machine lacks is replaced by the next of its kind.
"""

from __future__ import annotations

from typing import Final

from tracker.render.word.markup import HEAD, words

__all__ = ["NAMESPACES", "SECTION", "font_table", "footer", "header", "settings", "styles"]

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SECTION: Final = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
    '<w:footerReference w:type="default" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" '
    'w:footer="992" w:gutter="0"/></w:sectPr>'
)
"""A4 with 37, 26, 35 and 28 mm around the text."""

_TEXT: Final = "仿宋_GB2312"
_BLACK: Final = "黑体"
_SCRIPT: Final = "楷体_GB2312"
_TITLE: Final = "方正小标宋简体"
_INSTEAD: Final = {
    _TEXT: "仿宋", _BLACK: "SimHei", _SCRIPT: "楷体", _TITLE: "宋体",
    "Times New Roman": "Liberation Serif",
}  # fmt: skip
_FAMILIES: Final = {_BLACK: "swiss", _SCRIPT: "script"}
_NO_SPACE: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_CENTRED: Final = f'{_NO_SPACE}<w:jc w:val="center"/>'


def _fonts(name: str) -> str:
    """`name` for Han and, by the hint, for marks that both scripts use: “” are a character wide."""
    western = "Times New Roman"
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{western}" w:hAnsi="{western}" '
        f'w:eastAsia="{name}" w:cs="{western}"/>'
    )


def _style(
    name: str, shown: str, paragraph: str, font: str, size: int, *, based: str = "Normal",
    following: str = "",
) -> str:  # fmt: skip
    """A paragraph style: `size` in half points, 0 for that of the style it is based on."""
    look = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    run = f"<w:rPr>{_fonts(font)}{look}</w:rPr>"
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
        f'<w:name w:val="{shown}"/>'
        f'<w:basedOn w:val="{based}"/>{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>'
    )


def _built_in(style: str) -> str:
    return style.replace(' w:customStyle="1"', "")


def styles(lang: str) -> str:
    """``styles.xml``; `lang` is the language of the text, ``zh-CN``."""
    headings = [
        _built_in(_style(
            f"Heading{level}", f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="{before}" w:after="{after}"/>{_CENTRED}'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            _BLACK if level < 3 else _SCRIPT, 32, following="Provision",
        ))
        for level, before, after in ((1, 280, 280), (2, 200, 200), (3, 120, 120), (4, 120, 120))
    ]  # fmt: skip
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_TEXT)}"
        f'<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="{lang}" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/>'
        "</w:pPr></w:style>"
    )
    small = '<w:spacing w:line="240" w:lineRule="auto"/>'
    rest = (
        _style("Provision", "Provision",
               '<w:ind w:firstLineChars="200" w:firstLine="640"/>', _TEXT, 0),
        _built_in(_style("Title", "Title", f'<w:keepNext/><w:spacing w:after="280" w:line="720"'
                         f' w:lineRule="exact"/>{_CENTRED}', _TITLE, 44, following="Provision")),
        _style("Stage", "Stage", f'<w:spacing w:after="280"/>{_CENTRED}', _SCRIPT, 0),
        _style("Note", "Enactment note", _CENTRED, _SCRIPT, 0),
        _style("Annex", "Annex", f'<w:keepNext/><w:spacing w:before="560"/>{_NO_SPACE}'
               '<w:jc w:val="left"/><w:outlineLvl w:val="0"/>', _BLACK, 0, following="Provision"),
        _built_in(_style("Header", "header", f'{small}<w:jc w:val="center"/>', _TEXT, 18)),
        _built_in(_style("Footer", "footer", f'{small}<w:jc w:val="center"/>', _TEXT, 28)),
        _built_in(_style("CommentText", "annotation text", f'{small}<w:jc w:val="left"/>', _TEXT,
                         20)),
        '<w:style w:type="character" w:customStyle="1" w:styleId="ProvisionNumber">'
        f'<w:name w:val="Provision number"/><w:qFormat/><w:rPr>{_fonts(_BLACK)}</w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="CommentReference">'
        '<w:name w:val="annotation reference"/><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/>'
        "</w:rPr></w:style>",
    )  # fmt: skip
    return (
        f"{HEAD}<w:styles {NAMESPACES}>{defaults}{normal}{''.join((*headings, *rest))}</w:styles>"
    )


def font_table() -> str:
    """``fontTable.xml``: what stands in for a font that is not there."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/>'
        f'<w:family w:val="{_FAMILIES.get(name, "roman")}"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    return f"{HEAD}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def settings(lang: str) -> str:
    """``settings.xml``: as Word writes it for itself, so that it opens in no compatibility mode."""
    modern = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        f'<w:characterSpacingControl w:val="compressPunctuation"/>{modern}'
        f'<w:themeFontLang w:val="en-US" w:eastAsia="{lang}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def header(text: str) -> str:
    """``header1.xml``: what is compared, on every page."""
    inside = f'<w:r><w:t xml:space="preserve">{words(text)}</w:t></w:r>'
    return (
        f'{HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{inside}</w:p>'
        "</w:hdr>"
    )


def footer() -> str:
    """``footer1.xml``: the number of the page between two dashes."""
    inside = (
        "<w:r><w:t>— </w:t></w:r>"
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        "<w:r><w:t> —</w:t></w:r>"
    ).replace("<w:t>", '<w:t xml:space="preserve">')
    return (
        f'{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{inside}</w:p>'
        "</w:ftr>"
    )
