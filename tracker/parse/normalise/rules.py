"""One table of rules that bring the characters of a source into canonical form, each counted.

Floor 1, between extraction and the kinds of lines. Lines stay lines: nothing here joins, splits or
drops one: the n-th line out is the n-th line in. NFKC is never used: it turns （，：① into ASCII.
The order of `RULES` is the order of work; applied to its own result, the table changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.document import Place
from tracker.parse.extract import Lines
from tracker.parse.labels import RULE_LABELS
from tracker.parse.normalise.heading_marks import SET_MARK, heading_number, heading_space
from tracker.parse.normalise.radicals import RADICALS
from tracker.parse.normalise.signs import ALL, HALF, POINT, RARE, USUAL, WIDE_SPACE, signs_of
from tracker.parse.normalise.stops import full_stop, title_mark
from tracker.parse.normalise.table_cells import table_column
from tracker.parse.normalise.width import WIDE, widen

__all__ = [
    "LINE_RULES", "RULES", "TEXT_RULES", "Normalised", "Rule", "normalise", "normalise_line",
    "normalise_text", "space",
]  # fmt: skip

_REFUSED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    + "".join(f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0x10000, 0x110000, 0x10000))
    + "]"
)
"""What can only deceive or break: control characters, bidirectional marks, line separators,
noncharacters, and format characters of other scripts, which no Chinese law holds."""
_ZERO_WIDTH: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u2800\u3164\ufeff\uffa0]"
)
_VARIATION: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_RADICAL: Final = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5]")
_DOUBTFUL: Final = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_TOLD: Final = 1000
"""Such characters of a text that are told one by one. A text printed with signs of a font of its
own has one of them for each sign, and a million problems took a gigabyte."""
_RARE: Final = re.compile(f"[^{USUAL}]")
"""24 of 25 laws hold none of these; those of a text tell which rules to try."""
_TAB: Final = re.compile("\t")

_OTHER_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_SPACES: Final = re.compile("  +")  # begins with a character, so it is found twice as fast
_NEEDLESS_SPACE: Final = re.compile(f" (?:(?={WIDE})|(?<={WIDE} ))")

_OPEN_SIGNS: Final = "×xX✕╳*＊_＿□"
_OPEN: Final = f"[{_OPEN_SIGNS}]"
_OPEN_DATE: Final = re.compile(
    rf"(?P<year>(?<![0-9])[0-9]{{4}} ?|(?:[12][0-9]{{0,2}} ?)?(?:{_OPEN} ?){{1,4}}"
    r"|(?<![0-9])[12][0-9]{0,2} ?| ?)年"
    rf"(?P<month> ?[0-9]{{1,2}} ?| ?(?:{_OPEN} ?){{0,2}})月 ?(?:{_OPEN} ?){{0,2}}日"
)
_OPEN_HINT: Final = re.compile(rf"年 ?(?:{_OPEN} ?){{0,2}}月|月 ?(?:{_OPEN} ?){{0,2}}日")
"""What every open date holds; it begins with one character and is found fast."""
_OPEN_YEAR: Final = re.compile(f"年[ 月{_OPEN_SIGNS}]")
_OPEN_MONTH: Final = re.compile(f"月[ 日{_OPEN_SIGNS}]")
"""What either half of the hint begins with. Two searches for one character: 0.4 ms/MB, not 1.9."""
_YEAR_RANGE: Final = re.compile(
    r"(?<![0-9A-Za-z./])(?<![A-Za-z] )((?:1[89]|20)[0-9]{2}年?) ?[-–－] ?(?=[0-9]{4} ?年)"
)
"""2021-2023年, but not the number of a standard: GB 2012-2018年版."""
_RANGE_HINT: Final = re.compile("[-–－] ?[0-9]{4} ?年")
"""What every range ends with; the whole pattern, which looks back, is a slow one."""
_COUNTED: Final = frozenset("每当上次本同翌历去今明前后该周两几数多整全半学往某另逐")
"""What stands before 年 where it is a word and no blank: 每年, 当年, 上年, 次年."""
_HAN_DIGITS: Final = frozenset("零〇○一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rewrite: its code in the ledger, and the function that does and counts.

    What the code means is said once, in `labels.RULE_LABELS`.

    The function takes a text in which every line follows a line feed, the first one too. `signs`
    are the kinds of signs, and `only` the rare characters, without which the rule has nothing to
    do; `plain` does less in its place where a text has no rare characters at all. None: always
    done, done the same.
    """

    code: str
    apply: Callable[[str], tuple[str, int]]
    only: re.Pattern[str] | None = None
    signs: int | None = None
    plain: Callable[[str], tuple[str, int]] | None = None

    @property
    def label(self) -> str:
        """Its name for readers."""
        return RULE_LABELS[self.code]


class Normalised(NamedTuple):
    """Lines in canonical characters, what was rewritten how often, and what is doubtful.

    `text` is the lines with a line feed before each.
    """

    text: str
    lines: list[str]
    rewrites: dict[str, int]
    problems: tuple[Problem, ...]


def normalise(lines: Sequence[str], places: Callable[[int], Place]) -> Normalised:
    """Apply every rule. `places` tells where the n-th line stands in the source.

    Raises TrackerError ``control-character``, which names line, column and code point.

    >>> at = lambda n: Place(n + 1)
    >>> normalise(["第一百〇一 条 本 条例自  年  月  日起施行。", "（一)软件(APP),等"], at).lines
    ['第一百零一条　本条例自××××年×月×日起施行。', '（一）软件（APP），等']
    """
    return _normalised(lines, places, RULES)


def normalise_text(lines: Sequence[str], places: Callable[[int], Place]) -> Normalised:
    """Apply `TEXT_RULES` only: for whoever does the others while it walks the lines anyway."""
    return _normalised(lines, places, TEXT_RULES)


def _normalised(
    lines: Sequence[str], places: Callable[[int], Place], rules: Iterable[Rule]
) -> Normalised:
    text = lines.text if isinstance(lines, Lines) else "\n" + "\n".join(lines)
    signs = lines.signs if isinstance(lines, Lines) and lines.signs is not None else signs_of(text)
    rare = "".join(set(_RARE.findall(text))) if signs & RARE else ""
    if rare:
        signs = ALL  # what is rare may become one of the others
        if _REFUSED.search(rare):
            _refuse(lines, places)
    rewrites: dict[str, int] = {}
    found: list[str] = []
    of = None  # the text that `found` are the lines of
    for rule in rules:
        if rule.signs is not None and not signs & rule.signs:
            continue
        if rule.only is not None and not (rare and rule.only.search(rare)):
            continue
        if rule.apply is _margin:  # it splits the text, and seldom does another rule change it
            found, count = _trimmed(text.split("\n"))
            text = of = "\n".join(found) if count else text
        else:
            text, count = rule.apply(text) if rare or not rule.plain else rule.plain(text)
        if count:
            rewrites[rule.code] = count
    problems = tuple(_doubts(lines, places)) if rare and _DOUBTFUL.search(rare) else ()
    if text is not of:
        found = []  # the old lines go first: the new ones take their place
        found = text.split("\n")
    del found[0]  # what stands before the first line feed
    return Normalised(text, found, rewrites, problems)


def normalise_line(text: str) -> str:
    """One line by itself, without an account: a title given by the user, a metadata value."""
    return normalise([text], lambda _: Place(1)).lines[0]


def _refuse(lines: Iterable[str], places: Callable[[int], Place]) -> None:
    for index, line in enumerate(lines):
        found = _REFUSED.search(line)
        if found:
            place = places(index)
            column = place.column + found.start()
            point = f"U+{ord(found[0]):04X}"
            raise TrackerError(
                "control-character",
                f"第 {place.line} 行第 {column} 列有不允许的控制字符 {point}",
                "先从来源文件中去掉这个字符，再重新读取",
            )


def _doubts(lines: Iterable[str], places: Callable[[int], Place]) -> Iterable[Problem]:
    met = 0
    for index, line in enumerate(lines):
        for found in _DOUBTFUL.finditer(line):
            met += 1
            if met <= _TOLD:
                yield _doubt(line, found, places(index))
            elif met == _TOLD + 1:
                rest = _doubt(line, found, places(index))
    if met > _TOLD:
        yield replace(rest, message=f"{rest.message}；连同它还有{met - _TOLD}个，没有逐一列出")


def _doubt(line: str, found: re.Match[str], place: Place) -> Problem:
    lost = found[0] == "\ufffd"
    point = f"U+{ord(found[0]):04X}"
    what = "替换字符" if lost else "私用区字符"
    return Problem(
        code="replacement-character" if lost else "private-use-character",
        severity=Severity.WARNING,
        message=f"第 {place.line} 行第 {place.column + found.start()} 列是{what} {point}",
        hint="原样保留；对照原件补上正确的字",
        line=place.line,
        quote=line[max(0, found.start() - 8) : found.end() + 8],
    )


def _zero_width(text: str) -> tuple[str, int]:
    return _ZERO_WIDTH.subn("", text)


def _variation(text: str) -> tuple[str, int]:
    return _VARIATION.subn("", text)


def _radical(text: str) -> tuple[str, int]:
    count = sum(char in RADICALS for char in _RADICAL.findall(text))
    return (_RADICAL.sub(lambda m: RADICALS.get(m[0], m[0]), text), count) if count else (text, 0)


def _composed(text: str) -> tuple[str, int]:
    if unicodedata.is_normalized("NFC", text):
        return text, 0
    count = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            changed = sum(
                not unicodedata.is_normalized("NFC", char) or unicodedata.combining(char) > 0
                for char in line
            )
            count += max(changed, 1)
    return unicodedata.normalize("NFC", text), count


def _margin(text: str) -> tuple[str, int]:
    trimmed, count = _trimmed(text.split("\n"))
    return ("\n".join(trimmed), count) if count else (text, 0)


def _trimmed(lines: list[str]) -> tuple[list[str], int]:
    """Lines without their margins, and how many characters those had."""
    trimmed = list(map(str.strip, lines))  # a line without margins comes back as the same object
    if trimmed == lines:
        return lines, 0
    return trimmed, sum(map(len, lines)) - sum(map(len, trimmed))


def _other_space(text: str) -> tuple[str, int]:
    text, count = _OTHER_SPACE.subn(" ", text)
    text, wide = _wide_space(text)
    return text, count + wide


def _wide_space(text: str) -> tuple[str, int]:
    """Full-width spaces become spaces, but for those that set off a mark: 第一条　为了."""
    wide = text.count("\u3000")
    if not wide or wide == len(SET_MARK.findall(text)):
        return text, 0
    right = [found.end() - 1 for found in SET_MARK.finditer(text)]
    narrow = text.replace("\u3000", " ")
    starts = [0, *(at + 1 for at in right)]
    pieces = [narrow[start:at] for start, at in zip(starts, [*right, len(text)], strict=True)]
    return "\u3000".join(pieces), wide - len(right)


def _open_date(text: str) -> tuple[str, int]:
    if not (_OPEN_YEAR.search(text) or _OPEN_MONTH.search(text)):
        return text, 0
    count = 0

    def close(found: re.Match[str]) -> str:
        nonlocal count
        before = found.string[found.start() - 1 : found.start()]
        year, month = found["year"].strip(), found["month"].strip()
        if not year and before in _COUNTED:
            return found[0]  # 每年×月×日, 上年 月 日: the year is told, nothing is left open
        if found[0] == "年月日" and before != "自":
            return found[0]
        if not (year.isdigit() and len(year) == 4) and before not in _HAN_DIGITS:
            year = "××××"
        out = f"{year}年{month if month.isdigit() else '×'}月×日"
        count += out != found[0]
        return out

    pieces: list[str] = []
    done = 0
    for hint in _OPEN_HINT.finditer(text):  # line by line: the pattern of the date is a slow one
        if hint.start() >= done:
            start = text.rfind("\n", 0, hint.start())
            end = text.find("\n", hint.start())
            end = end if end >= 0 else len(text)
            pieces += (text[done:start], _OPEN_DATE.sub(close, text[start:end]))
            done = end
    return "".join([*pieces, text[done:]]), count


def _year_range(text: str) -> tuple[str, int]:
    if not ("-" in text or "–" in text or "－" in text) or not _RANGE_HINT.search(text):
        return text, 0
    return _YEAR_RANGE.subn(r"\1—", text)


def space(text: str) -> tuple[str, int]:
    """The text without the spaces beside Han, and how many those were.

    >>> space("增长 6.5% 以上 GDP per head")
    ('增长6.5%以上GDP per head', 3)
    """
    if " " not in text:
        return text, 0
    tight = _NEEDLESS_SPACE.sub("", text)
    return tight, len(text) - len(tight)


def _runs_of_spaces(text: str) -> tuple[str, int]:
    if "  " not in text:
        return text, 0
    tight = _SPACES.sub(" ", text)
    return tight, len(text) - len(tight)


TEXT_RULES: Final = (
    Rule("zero-width", _zero_width, only=_ZERO_WIDTH),
    Rule("variation-selector", _variation, only=_VARIATION),
    Rule("radical", _radical, only=_RADICAL),
    Rule("composed", _composed, only=_RARE),
    Rule("table-column", table_column, only=_TAB),
    Rule("margin", _margin),
    Rule("other-space", _other_space, signs=WIDE_SPACE, plain=_wide_space),
    Rule("run-of-spaces", _runs_of_spaces),
    Rule("open-date", _open_date),
    Rule("year-range", _year_range, signs=POINT),
    Rule("title-mark", title_mark, signs=RARE),
    Rule("width", widen, signs=HALF),
    Rule("full-stop", full_stop, signs=POINT),
)
"""Rewrites that ask nothing of a line but its characters: each is done in the whole text at once,
in the order of work."""
LINE_RULES: Final = (
    Rule("heading-number", heading_number),
    Rule("heading-space", heading_space),
    Rule("space", space),
)
"""Rewrites that look at the mark of a line, done after the others; `marks.scan` does the same as
it reads the marks. A space stays where it sets a mark off, so `space` is the last."""
RULES: Final = TEXT_RULES + LINE_RULES
"""Every rewrite of characters there is, in the order of work."""
