"""One table of rules that bring the characters of a source into canonical form, each counted.

Floor 1, between extraction and the kinds of lines. Lines stay lines: nothing here joins, splits or
drops one: the n-th line out is the n-th line in. NFKC is never used: it turns （，：① into ASCII.
The order of `RULES` is the order of work; applied to its own result, the table changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.document import Place
from tracker.parse.extract import Lines
from tracker.parse.labels import RULE_LABELS
from tracker.parse.normalise.heading_marks import SET_MARK, heading_number, heading_space
from tracker.parse.normalise.list_marks import LIST_MARK, list_mark
from tracker.parse.normalise.open_dates import open_date, year_range
from tracker.parse.normalise.radicals import RADICALS
from tracker.parse.normalise.signs import ALL, HALF, POINT, RARE, USUAL, WIDE_SPACE, signs_of
from tracker.parse.normalise.stops import full_stop, may_end_in_dot, title_mark
from tracker.parse.normalise.table_cells import table_column
from tracker.parse.normalise.width import WIDE, widen

__all__ = [
    "LINE_RULES", "RULES", "TEXT_RULES", "Normalised", "Rule", "normalise", "normalise_blocks",
    "normalise_line", "space",
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
BLOCK: Final = 32768
"""Characters, of what ends with a line, that are normalised at once: twice as many bytes, which the
cache nearest to the processor but one holds several times."""
_RARE: Final = re.compile(f"[^{USUAL}]")
"""24 of 25 laws hold none of these; those of a text tell which rules to try."""
_TAB: Final = re.compile("\t")

_OTHER_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_SPACES: Final = re.compile("  +")  # begins with a character, so it is found twice as fast
_LOOSE: Final = re.compile(r" (?:(?=[ \n]|\Z)|(?<=\n ))")
"""A space beside another, or at either end of a line."""
LOOSE: Final = ALL + 1
"""Beside the kinds of signs: that some space is loose, or may become so. To see it takes half the
time of stripping each line and searching for runs of spaces."""
_NEEDLESS_SPACE: Final = re.compile(f" (?:(?={WIDE})|(?<={WIDE} ))")


_RUN_ON: Final = ("：（一）", "： （一）")
"""Looked for in the whole text; to look in each line takes a fiftieth of reading."""


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

    `signs` are the kinds of signs that stood in them before; `runs_on` tells whether a list begins
    inside a line, behind its announcement.
    """

    signs: int
    lines: list[str]
    rewrites: dict[str, int]
    problems: tuple[Problem, ...] = ()
    runs_on: bool = False


def normalise(lines: Sequence[str], places: Callable[[int], Place]) -> Normalised:
    """Apply every rule. `places` tells where the n-th line stands in the source.

    Raises TrackerError ``control-character``, which names line, column and code point.

    >>> at = lambda n: Place(n + 1)
    >>> normalise(["第一百〇一 条 本 条例自  年  月  日起施行。", "（一)软件(APP),等"], at).lines
    ['第一百零一条　本条例自××××年×月×日起施行。', '（一）软件（APP），等']
    """
    return _normalised(*_signs(lines), RULES, lines, places)


def normalise_blocks(lines: Sequence[str], places: Callable[[int], Place]) -> Iterator[Normalised]:
    """Apply `TEXT_RULES` only, to some lines after the other: for whoever does the other rules
    while it walks the lines anyway.

    A long text is never whole a second time: what is made of some lines takes the place, in memory
    and in the caches, of what was made of those before.
    """
    text, signs = _signs(lines)
    if signs & RARE or len(text) < 2 * BLOCK or (signs & POINT and may_end_in_dot(text)):
        yield _normalised(text, signs, TEXT_RULES, lines, places)
        return
    start, stop = 0, text.find("\n", BLOCK)
    while stop >= 0:
        block = text[start:stop] if start else f"\n{text[:stop]}"
        yield _rewritten(block, signs, "", TEXT_RULES)
        start, stop = stop, text.find("\n", stop + BLOCK)
    yield _rewritten(text[start:] if start else f"\n{text}", signs, "", TEXT_RULES)


def _signs(lines: Sequence[str]) -> tuple[str, int]:
    """The lines in one text, and the kinds of signs in it."""
    if not isinstance(lines, Lines):
        text = "\n".join(lines)
        return text, signs_of(text)
    return lines.text, signs_of(lines.text) if lines.signs is None else lines.signs


def _normalised(
    text: str, signs: int, rules: Iterable[Rule], lines: Sequence[str],
    places: Callable[[int], Place],
) -> Normalised:  # fmt: skip
    rare = "".join(set(_RARE.findall(text))) if signs & RARE else ""
    if rare:
        signs = ALL  # what is rare may become one of the others
        if _REFUSED.search(rare):
            _refuse(lines, places)
    found = _rewritten(f"\n{text}", signs, rare, rules)
    if rare and _DOUBTFUL.search(rare):
        return found._replace(problems=tuple(_doubts(lines, places)))
    return found


def _rewritten(text: str, signs: int, rare: str, rules: Iterable[Rule]) -> Normalised:
    """A text in which every line follows a line feed, after the rules that it has signs for."""
    if signs & WIDE_SPACE or _LOOSE.search(text):
        signs |= LOOSE
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
    if text is not of:
        found = []  # the old lines go first: the new ones take their place
        found = text.split("\n")
    del found[0]  # what stands before the first line feed
    return Normalised(signs, found, rewrites, runs_on=any(begin in text for begin in _RUN_ON))


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
        message=f"第 {place.column + found.start()} 列是{what} {point}",
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
    Rule("margin", _margin, signs=LOOSE),
    Rule("other-space", _other_space, signs=WIDE_SPACE, plain=_wide_space),
    Rule("run-of-spaces", _runs_of_spaces, signs=LOOSE),
    Rule("list-mark", list_mark, only=LIST_MARK),
    Rule("open-date", open_date),
    Rule("year-range", year_range, signs=POINT),
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
