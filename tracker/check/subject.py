"""What is checked: a text, what is known of it, the stage before it, and the note it came with.

Floor 5. A rule takes a Subject and yields Problems; `problem` makes one with its place filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tracker.diff.align.overrides import Overrides
from tracker.diff.model import Changes
from tracker.law.address import Address, Located
from tracker.law.kept import kept
from tracker.law.model import Dates, Law, Stage, Unit
from tracker.law.problems import Problem, Severity
from tracker.parse.citations import Places
from tracker.parse.document import Document, Ledger
from tracker.store.model import Version

__all__ = ["Subject", "around", "plain_title", "problem"]

_REMARK: Final = re.compile("[（(][^（()）]*[）)]$")
_AMENDING_ACT: Final = re.compile("修正案|关于(?:修改|修订|废止|调整|批准).*的(?:决定|决议|公告)$")
_NOWHERE: Final = Places(Law(""), {}, ())


@kept(16)  # a version is a subject three times: by itself, compared, and as the stage before
def _outside_annexes(places: Places) -> tuple[tuple[Located, ...], str]:
    regulated = tuple(p for p in places.located if p.address.steps[0][0] is not Unit.ANNEX)
    return regulated, "\n".join([p.provision.text for p in regulated])


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One text under check.

    `stage`, `note` and `previous` are None where there is none. `previous` is the stage before of
    the same law; `changes` the comparison with it, made by `check` when it is not given.
    `alone` says in Chinese why a draft has no stage before although one is looked for.
    `problems` are those met while reading the source. `law_id` and `version_id` are empty for a
    file that is not stored. `source_format` is how the source was read (text, questionnaire …).
    `known_titles` are the titles and aliases of the laws that are stored; `overrides` what
    reviewers said of this text and the one before. `places` is the index of the law, made where it
    is not given; `whole` are all texts outside annexes, one a line, for rules that first ask
    whether a character is there at all.
    """

    law: Law
    stage: Stage | None = None
    dates: Dates = field(default_factory=Dates)
    note: str | None = None
    ledger: Ledger = field(default_factory=Ledger)
    source_format: str = ""
    problems: tuple[Problem, ...] = ()
    known_titles: tuple[str, ...] = ()
    previous: Subject | None = None
    overrides: Overrides = ()
    changes: Changes | None = None
    alone: str = ""
    law_id: str = ""
    version_id: str = ""
    places: Places = field(default=_NOWHERE, compare=False, repr=False)
    whole: str = field(init=False, compare=False, repr=False)
    _regulated: tuple[Located, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.places.law is not self.law:  # else handed on by `replace`
            object.__setattr__(self, "places", Places.of(self.law))
        regulated, whole = _outside_annexes(self.places)
        object.__setattr__(self, "_regulated", regulated)
        object.__setattr__(self, "whole", whole)

    @classmethod
    def of_version(cls, version: Version, previous: Subject | None = None) -> Subject:
        """A stored version."""
        stage = None if version.stage is Stage.UNKNOWN else version.stage
        return cls(
            law=version.law, stage=stage, dates=version.dates, note=version.note,
            ledger=version.ledger, source_format=version.source_format,
            problems=version.problems, previous=previous,
            law_id=version.law_id, version_id=version.version_id,
        )  # fmt: skip

    @classmethod
    def of_document(cls, document: Document, previous: Subject | None = None) -> Subject:
        """A source that was read but not stored."""
        facts = document.facts
        return cls(
            law=document.law, stage=facts.stage, dates=facts.dates, note=document.note,
            ledger=document.ledger, source_format=document.format,
            problems=document.problems, previous=previous,
        )  # fmt: skip

    @property
    def is_final(self) -> bool:
        """Whether the text is in force or once was."""
        return self.stage is not None and self.stage.is_final

    @property
    def is_amending_act(self) -> bool:
        """A 修改决定 or 修正案: its numbers and citations belong to another law."""
        return bool(_AMENDING_ACT.search(self.law.title))

    @property
    def provisions(self) -> tuple[Located, ...]:
        """Every provision, in the order of the text."""
        return self.places.located

    def regulated(self) -> tuple[Located, ...]:
        """Every provision but annexes and what is in them."""
        return self._regulated

    def holding(self, signs: Iterable[str]) -> tuple[Located, ...]:
        """Those of `regulated` whose text holds one of `signs`, characters or words.

        Looking for a character takes a hundredth of the time of a pattern; a rule that needs one
        need not read the provisions without it.
        """
        there = [sign for sign in signs if sign in self.whole]
        if not there:
            return ()
        return tuple(p for p in self._regulated if any(sign in p.provision.text for sign in there))


def problem(
    code: str, severity: Severity, message: str, hint: str, *,
    at: Address | None = None, quote: str = "", span: tuple[int, int] | None = None,
) -> Problem:  # fmt: skip
    """A Problem whose citation and address are those of `at`; `span` is in the text of `at`."""
    return Problem(
        code=code, severity=severity, message=message, hint=hint, quote=quote, span=span,
        citation=at.citation if at else "", address=str(at) if at else "",
    )  # fmt: skip


def plain_title(title: str) -> str:
    """A title without the remark in brackets at its end.

    >>> plain_title("某市数据条例（草案）"), plain_title("某市数据条例")
    ('某市数据条例', '某市数据条例')
    """
    return _REMARK.sub("", title.strip())


_AROUND: Final = 12  # characters shown on either side of a place


def around(text: str, start: int, end: int | None = None) -> str:
    """The words around a place of a text, in its line.

    >>> around("第一款。\\n依照《立法法的规定办理。", 7)
    '依照《立法法的规定办理。'
    """
    end = start + 1 if end is None else end
    line = text.rfind("\n", 0, start) + 1
    return text[max(line, start - _AROUND) : end + _AROUND].partition("\n")[0]
