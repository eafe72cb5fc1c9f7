"""Each number format of Word, and none that is guessed."""

from __future__ import annotations

import pytest

from tracker.parse.extract.word.number_formats import write_number


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", {1: "1", 101: "101"}),
        ("decimalHalfWidth", {12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalFullWidth2", {12: "１２"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: None, 0: None}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("numberInDash", {3: "- 3 -"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 4000: None, 0: None}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 781: None}),
        ("lowerLetter", {28: "bb"}),
        ("chineseCounting", {1: "一", 10: "十", 21: "二十一", 101: "一百零一"}),
        ("chineseCountingThousand", {110: "一百一十", 1260: "一千二百六十"}),
        ("japaneseCounting", {12: "十二", 101: "一百零一"}),
        ("taiwaneseCounting", {20: "二十"}),
        ("taiwaneseCountingThousand", {203: "二百零三"}),
        ("ideographDigital", {10: "一〇", 203: "二〇三"}),
        ("japaneseDigitalTenThousand", {10: "一〇"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("chineseLegalSimplified", {3: "叁", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographLegalTraditional", {3: "參", 12: "壹拾貳"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: None}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: None}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: None}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: None}),
        ("bullet", {1: ""}),
        ("none", {1: ""}),
        ("hebrew1", {1: None}),
        ("cardinalText", {1: None}),
        ("no such format", {1: None}),
    ],
)
def test_a_number_is_written_as_its_format_says_or_not_at_all(
    form: str, written: dict[int, str | None]
) -> None:
    assert {number: write_number(number, form) for number in written} == written


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("001, 002, 003, ...", "007"),
        ("01, 02, 03, ...", "07"),
        ("a, ç, ĝ, ...", None),
        (None, None),
    ],
)
def test_of_custom_formats_those_with_zeros_are_known(
    pattern: str | None, written: str | None
) -> None:
    assert write_number(7, "custom", pattern) == written
