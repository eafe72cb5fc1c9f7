"""Find citations in a piece of law text: 第十二条第二款第三项, 前两款, 《民法典》第十条 …

Floor 1. Text in, frozen values out; whether the cited provision exists is asked in
`places`. The scanner reads the text once, left to right, word by word; it never goes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.parse.citations.growing import Growing, above_unit, cut_at, down_to
from tracker.parse.citations.model import Base, Citation, CitationKind, Ordinal, Target
from tracker.parse.citations.names import (
    LAST_NAMED,
    LAW_TITLE,
    LOOK_BACK,
    NAMES_NONE,
    last_known,
    name_of,
    own_name,
    standard_of,
    title_of,
)
from tracker.parse.citations.words import (
    CALLED,
    GLUE,
    GOES_ON,
    HEAD,
    JOIN,
    LEVEL,
    MADE_INTO,
    NOT_A_UNIT,
    NUMBERED_OF,
    OF_ONE_LAW,
    PART_END,
    PIECE,
    THIS,
    TOKEN,
    UNIT_OF,
)

__all__ = ["find_citations", "find_heads"]


@lru_cache(maxsize=4096)  # texts: comparing, checking and the pages ask for the same ones
def find_citations(text: str) -> tuple[Citation, ...]:
    """Every citation in `text` (a 款, a 项, a note …), in order, none overlapping.

    >>> [(c.text, c.kind.value) for c in find_citations("违反本法第十条第二款、第十二条的，")]
    [('本法第十条第二款、第十二条', 'internal')]
    >>> [(c.text, c.title) for c in find_citations("依照《民法典》第十条、第十一条和本条例第三条")]
    [('《民法典》第十条、第十一条', '民法典'), ('本条例第三条', None)]
    >>> [c.base for c in find_citations("前两款规定的条件")]
    [Base(word='前', unit=<Unit.PARAGRAPH: 'paragraph'>, count=2)]

    A list after a title stays external until its sentence part ends. 该条 and 同条 point where the
    citation before them points. Never raises; the time is linear in the length of the text.
    """
    return tuple(_Scanner(text).scan())


def find_heads(text: str) -> tuple[str, ...]:
    """Numbers of articles that run on in a text, where a line end was lost; no citations.

    >>> find_heads("制定本规则。第二条凡辖有航空器的单位，都应当遵守。第三条规定的除外。")
    ('第二条',)
    """
    if "。第" not in text:
        return ()
    return tuple(m["number"] for m in HEAD.finditer(text) if m.group()[0] == "。")


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.open: Growing | None = None
        self.before: Growing | None = None  # the last one that is complete
        self.title: tuple[int, int, str] | None = None  # a 《…》 that a number may follow
        self.named: str | None = None  # the other law that was named last, for 该法 and 同法
        self.elsewhere: dict[Number, str | None] = {}  # articles cited from other laws so far

    def scan(self) -> Iterator[Citation]:
        for token in TOKEN.finditer(self.text):
            if token.lastgroup != "title" and self._names_nothing(token):
                continue
            if token["title"]:
                yield from self._finish()
                called = self._called(token) or (token.start(), token["title"][1:-1])
                self.title = (called[0], token.end(), called[1])
                if LAW_TITLE.search(self.title[2]):
                    self.named = self.title[2]
            elif token["ordinal"]:
                yield from self._ordinal(token, _read(token))
            elif token["lost"]:
                yield from self._ordinal(token, self._lost(token))
            elif token["same"]:
                yield from self._same(token)
            elif token["annex"]:
                yield from self._annex(token)
            elif not (self._first_few(token) or self._narrowed(token)):
                yield from self._finish()
                self._relative(token)
        yield from self._finish()

    def _called(self, token: re.Match[str]) -> tuple[int, str] | None:
        """Where 《示例条例》（以下简称《条例》） begins, and its title: the long one."""
        if self.title is None or not CALLED.fullmatch(self.text, self.title[1], token.start()):
            return None
        return self.title[0], self.title[2]

    def _names_nothing(self, token: re.Match[str]) -> bool:
        """第一条件 is no 条, and 第一部分第二项 is of a list that is no law."""
        start = token.start()
        part = start > 1 and self.text.startswith("部分", start - 2)
        return part or NOT_A_UNIT.match(self.text, token.end() - 1) is not None

    def _finish(self) -> Iterator[Citation]:
        if self.open is None:
            return
        if self.open.kind is CitationKind.EXTERNAL:
            for ordinal in self.open.ordinals:
                if ordinal.unit is Unit.ARTICLE:
                    self.elsewhere[ordinal.number] = self.open.title
        yield self.open.close(self.text)
        self.before, self.open = self.open, None

    def _first_few(self, token: re.Match[str]) -> bool:
        """刑法第三百零七条前三款, 第三款前三项: the first three 款 or 项 of what is named."""
        opened = self.open
        if opened is None or opened.end != token.start() or not token["count"] or not opened.path:
            return False
        unit = UNIT_OF[token.group()[-1]]
        if not LEVEL[Unit.ARTICLE] <= LEVEL[opened.path[-1][0]] < LEVEL[unit]:
            return False
        first, last = Number(1), Number(_small(token["count"]))
        opened.targets[-1] = Target((*opened.path, (unit, first)), (*opened.path, (unit, last)))
        opened.end = token.end()
        return True

    def _narrowed(self, token: re.Match[str]) -> bool:
        """本条前两款 is 前两款, one citation and not two."""
        opened = self.open
        if opened is None or opened.end != token.start() or opened.targets or not token["near"]:
            return False
        inner = _relative_base(token)
        if opened.base is None or opened.base.word != "本":
            return False
        if LEVEL[opened.base.unit] >= LEVEL[inner.unit]:
            return False
        opened.base, opened.end = inner, token.end()
        return True

    def _relative(self, token: re.Match[str]) -> None:
        base = _relative_base(token)
        after = self.before.antecedent if self.before and base.word == "本" else None
        self.open = Growing(
            token.start(), token.end(), CitationKind.RELATIVE, base=base, after=after
        )

    def _same(self, token: re.Match[str]) -> Iterator[Citation]:
        """该条, 该款, 该项: what was cited last; 各该条: all of it."""
        start, opened = token.start(), self.open
        if opened and opened.end == start and not opened.targets:
            start, self.open = opened.start, None  # 本节各该条 is of the articles that were named
        yield from self._finish()
        antecedent, unit = self.before, UNIT_OF[token.group()[-1]]
        if antecedent is None:
            return
        path = down_to(antecedent.path, unit)
        if not path and (antecedent.base is None or antecedent.base.unit is not unit):
            return
        self.open = replace(antecedent, start=start, end=token.end(), ordinals=[])
        each = token.group().startswith("各")
        cut = [cut_at(target, unit) for target in antecedent.targets] if each else [Target(path)]
        self.open.targets = list(dict.fromkeys(cut)) if path else []

    def _annex(self, token: re.Match[str]) -> Iterator[Citation]:
        """附件一 of this law or of one named before it; without a number 本条例附件 only."""
        label, start, opened = token["label"], token.start(), self.open
        number = _number(label, "") if label else None
        among = opened is not None and bool(opened.path) and opened.path[-1][0] is Unit.ANNEX
        if opened and among and number and JOIN.fullmatch(self.text, opened.end, start):
            opened.targets.append(Target(((Unit.ANNEX, number),)))
            opened.end = token.end()
            return
        yield from self._finish()
        begun = self._begin(token, Unit.ANNEX, number)
        said = self.text[start - 1 : start]
        own = begun.start < start or said in ("本", "见")
        begun.start -= said == "本"
        if number is None and (begun.kind is CitationKind.EXTERNAL or not own):
            return
        self.open = begun
        if number is None:
            begun.base = Base("本", Unit.ANNEX)
        else:
            begun.targets = [Target(((Unit.ANNEX, number),))]

    def _lost(self, token: re.Match[str]) -> tuple[tuple[str, Ordinal], ...]:
        """第二十四 of 第二十四第一款 is an article; in 第九条第一第二款 a 款 lost its 、."""
        opened, number = self.open, _number(token["lost"], "")
        inside = opened and opened.end == token.start() and bool(opened.path or opened.base)
        if number is None or inside:
            return ()
        start, end = token.span("lost")
        return (("", Ordinal(start, end, Unit.ARTICLE, number)),)

    def _ordinal(
        self, token: re.Match[str], ordinals: tuple[tuple[str, Ordinal], ...]
    ) -> Iterator[Citation]:
        if not ordinals:
            return
        joint = self._joint(token, ordinals[0][1])
        if joint is None:
            yield from self._finish()
            self.open = self._begin(token, ordinals[0][1].unit, ordinals[0][1].number)
            if self.open.kind is CitationKind.INTERNAL and self._heads_article(token):
                self.open = None
                return
            joint = ""
        assert self.open is not None
        for position, (link, ordinal) in enumerate(ordinals):
            self.open.add(joint if position == 0 else link, ordinal)
        self.open.end = token.end()

    def _joint(self, token: re.Match[str], first: Ordinal) -> str | None:
        """What joins this number to the open citation; None where it begins another one."""
        if self.open is None:
            return None
        between = self.text[self.open.end : token.start()]
        top = LEVEL[first.unit] <= LEVEL[Unit.ARTICLE]
        base = self.open.base
        inside = base is not None and LEVEL[base.unit] < LEVEL[first.unit] <= LEVEL[Unit.ARTICLE]
        if self.open.path and self.open.path[-1][0] is Unit.ANNEX and between not in ("", "的"):
            return None  # 附件一和第十条
        if top and base is not None:  # 前款和第十条: the second stands on its own; 本章第三节 not
            joins = self.open.targets and JOIN.fullmatch(between)
            return between if inside and (joins or not between) else None
        if JOIN.fullmatch(between):
            return between
        return "" if GLUE.fullmatch(between) and not top else None

    def _begin(self, token: re.Match[str], unit: Unit, number: Number | None) -> Growing:
        start, end = token.span()
        if self.title is not None and self._follows_title(start):
            at = self.title[0]
            if THIS.match(self.text, at - 1):  # 本《规定》第三条
                return Growing(at - 1, end, CitationKind.INTERNAL)
            return Growing(at, end, CitationKind.EXTERNAL, title=self.title[2])
        done = self.before.end if self.before else 0
        before = self.text[max(done, start - LOOK_BACK) : start]
        own = own_name(before)
        if own:
            at = start - (len(before) - own.start())
            return Growing(at, end, CitationKind.INTERNAL, within=own["within"])
        name = name_of(before) or standard_of(before)
        if name:
            at, that = start - len(name), LAST_NAMED.search(name)
            if that:
                at = start - len(that.group())
                title: str | None = self.named or last_known(self.text[:start]) or that.group()
            elif NAMES_NONE.fullmatch(name):
                title = None
            else:
                title = self.named = title_of(name)
            return Growing(at, end, CitationKind.EXTERNAL, title=title)
        carried = self._carried(start, unit)
        if carried is not None:
            return carried
        if LEVEL[unit] > LEVEL[Unit.ARTICLE]:
            after = self.before.antecedent if self.before else None
            return Growing(start, end, CitationKind.RELATIVE, after=after)
        if unit is Unit.ARTICLE and number in self.elsewhere:  # 民法典第九条……，第九条规定的
            title = self.elsewhere[number]
            return Growing(start, end, CitationKind.EXTERNAL, title=title)
        return Growing(start, end, CitationKind.INTERNAL)

    def _follows_title(self, start: int) -> bool:
        """《民法典》第十条, 《民法典》（以下简称《法典》）第十条: whether a title stands before."""
        assert self.title is not None
        begin, end, _ = self.title
        opens = self.text.rfind("（", max(0, begin - LOOK_BACK), end)
        short = self.text[end : end + 1] == "）" and opens >= 0
        return GLUE.fullmatch(self.text, end + short, start) is not None

    def _heads_article(self, token: re.Match[str]) -> bool:
        """Whether this is the number of an article whose line was lost, or of a quoted one."""
        start = token.start()
        if start == 0:  # 第一条　… of rules in an annex
            return self.text.startswith("\u3000", token.end())
        head = HEAD.match(self.text, start - 1) if start else None
        opens = head is not None and (head.group()[0] == "。" or start == 1)
        return opens and head is not None and head.end() == token.end()

    def _carried(self, start: int, unit: Unit) -> Growing | None:
        """An external citation earlier in the same sentence part goes on."""
        last = self.before
        if last is None or last.kind is not CitationKind.EXTERNAL:
            return None
        path = above_unit(last.path, unit)
        counted_on = len(path) < len(last.path) and bool(path)  # 税法第九条第一项……；第二项……
        made = MADE_INTO.search(self.text, max(last.end, start - 2), start)
        if not made and not counted_on and PART_END.search(self.text, last.end, start):
            between = self.text[last.end : start]
            listed = between.startswith(OF_ONE_LAW) and between.endswith("，")
            listed = listed and bool(NUMBERED_OF.match(self.text, start))
            if not listed and not GOES_ON.fullmatch(between):
                return None
        opened = Growing(start, start, CitationKind.EXTERNAL, title=last.title)
        opened.targets = [Target(path)] if path else []
        return opened


@lru_cache(maxsize=4096)
def _number(numeral: str, suffix: str) -> Number | None:
    try:
        return Number.read(numeral, f"之{suffix}" if suffix else "")
    except ValueError:
        return None


def _read(token: re.Match[str]) -> tuple[tuple[str, Ordinal], ...]:
    """The numbers of 第四十四至第四十六条, each with what joins it to the one before."""
    at = token.start()
    return tuple(
        [
            (
                joint,
                Ordinal(
                    at + start,
                    at + end,
                    unit,
                    number,
                    None if tail is None else (at + tail, token.end()),
                ),
            )
            for joint, start, end, unit, number, tail in _read_words(token.group())
        ]
    )


_Piece = tuple[str, int, int, Unit, Number, int | None]


@lru_cache(maxsize=4096)  # the same few hundred are in every law
def _read_words(words: str) -> tuple[_Piece, ...]:
    """The same, with places in the words: joint, start, end, unit, number, start of the tail."""
    return tuple(_pieces(words))


def _pieces(words: str) -> Iterator[_Piece]:
    body, _, suffix = words.partition("之")
    label = "分编" if body.endswith("分编") else body[-1]
    numbers = list(PIECE.finditer(body, 0, len(body) - len(label)))
    for position, piece in enumerate(numbers):
        last = position == len(numbers) - 1
        number = _number(piece[2], suffix if last else "")
        if number is None:  # 第一一条
            return
        tail = len(body) if last else None
        yield piece[1] or "", *piece.span(2), UNIT_OF[label], number, tail


def _relative_base(token: re.Match[str]) -> Base:
    """前两款, 本条, 上款 (which is 前款)."""
    return _base(token.group(), token["count"])


@lru_cache(maxsize=1024)
def _base(words: str, count: str) -> Base:
    unit = UNIT_OF["分编" if words.endswith("分编") else words[-1]]
    return Base({"上": "前"}.get(words[0], words[0]), unit, _small(count))


def _small(numeral: str) -> int:
    number = _number(numeral, "") if numeral else None
    return number.value if number else 1
