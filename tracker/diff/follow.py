"""Whether a change of citations follows the alignment, and which citations are stale.

Runs after the units are linked: 第三条 may become 第五条 in a citation exactly where the article
itself did. Citations of another law follow that law's renumbering, which is not known; they must
be consistent through the whole text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.diff.levels import Inside
from tracker.diff.model import Op, Redline, new_text, old_text
from tracker.law.address import Address
from tracker.law.model import Law, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.citations import Citation, CitationKind, Places, find_citations, resolve

__all__ = ["Follower", "Levels", "Step", "kept_steps", "steps_between"]

Path = tuple[tuple[Unit, Number], ...]
Levels = Mapping[tuple[Number, Number], Inside]
"""For a pair of articles whose bodies differ: what happened to each 款 and 项."""


@dataclass(frozen=True, slots=True)
class Step:
    """One cited place in a pair of texts that are equal but for citations: from, to.

    `law` is the cited law's name as written, None for the same law; `near` the other law cited
    before it in the same text, to which a bare 第一百二十四条 may belong; `text` the new citation.
    """

    law: str | None
    near: str | None
    old: Path
    new: Path
    text: str

    def inside(self, old: Address, new: Address) -> Step:
        """The step of 本条第二款 as one of 第三条第二款, `old` and `new` being its own article."""
        if self.old[0][0] is Unit.ARTICLE:
            return self
        return replace(self, old=(*old.steps, *self.old), new=(*new.steps, *self.new))


def steps_between(old: str, new: str) -> tuple[Step, ...] | None:
    """The cited places of two texts that are equal with their citations masked, side by side; None
    if not only their numbers differ."""
    before, after = find_citations(old), find_citations(new)
    if len(before) != len(after):
        return None
    steps: list[Step] = []
    near: str | None = None
    for a, b in zip(before, after, strict=True):
        if (a.kind, a.title) != (b.kind, b.title):
            return None
        law = (a.title or "") if a.kind is CitationKind.EXTERNAL else None
        near = law or near
        paths = _paths(a), _paths(b)
        if [len(path) for path in paths[0]] != [len(path) for path in paths[1]]:
            return None
        steps += [Step(law, near, x, y, b.text) for x, y in zip(*paths, strict=True)]
    return tuple(steps)


def kept_steps(redline: Redline) -> tuple[Step, ...]:
    """The places in the same law that a reworded text cites as it did before; those of 本条第二款
    begin at the 款.

    Only citations that lie as a whole in words that are equal on both sides, and are one on both.
    """
    if not any(op is Op.EQUAL and "第" in piece for op, piece in redline):
        return ()
    cited = find_citations(new_text(redline))
    if not cited:
        return ()
    before = {(one.start, one.end): one for one in find_citations(old_text(redline))}
    after = iter(cited)
    one = next(after, None)
    steps: list[Step] = []
    at_old = at_new = 0
    for op, piece in redline:
        length = len(piece)
        while one is not None and op is not Op.DELETE and one.start < at_new + length:
            there = before.get((one.start - at_new + at_old, one.end - at_new + at_old))
            whole = op is Op.EQUAL and at_new <= one.start and one.end <= at_new + length
            same = whole and there is not None and there.targets == one.targets
            own = one.base is not None and (one.base.word, one.base.unit) == ("本", Unit.ARTICLE)
            if same and (one.kind is CitationKind.INTERNAL or own):
                steps += [Step(None, None, path, path, one.text) for path in _paths(one)]
            one = next(after, None)
        at_old += 0 if op is Op.INSERT else length
        at_new += 0 if op is Op.DELETE else length
    return tuple(step for step in steps if step.old and step.new)


def _paths(citation: Citation) -> list[Path]:
    return [
        path
        for target in citation.targets
        for path in (target.first, target.last)
        if path is not None
    ]


class Follower:
    """Judges citations by what became of the articles, and those of other laws by each other.

    `known` are the articles of the old text; `mapping` gives for one the new ones it became,
    `levels` what happened inside them; `steps` are those of all pairs. `after` is the new text.
    """

    def __init__(
        self, known: frozenset[Number], mapping: Mapping[Number, tuple[Number, ...]],
        levels: Levels, steps: list[Step], after: Law,
    ) -> None:  # fmt: skip
        self._known = known
        self._mapping = mapping
        self._levels = levels
        self._after = after
        self._strayed: dict[tuple[str | None, Path, Path], bool] = {}
        votes: dict[tuple[str, Number], Counter[Number]] = defaultdict(Counter)
        for step in steps:
            if step.law is not None and _has_article(step):
                votes[step.law, step.old[0][1]][step.new[0][1]] += 1
        self._elsewhere = {
            key: max(sorted(found), key=found.__getitem__) for key, found in votes.items()
        }

    def article_follows(self, step: Step) -> bool:
        """Whether this citation names the article that the old one became."""
        if not _has_article(step):
            return True
        old, new = step.old[0][1], step.new[0][1]
        if step.law is None and new in self._mapping.get(old, ()):
            return True
        return step.near is not None and self._elsewhere.get((step.near, old)) == new

    def is_stale(self, step: Step) -> bool:
        """Whether the citation stayed behind what it cites. What the old text cited in vain never
        was anywhere: 违反第九条的 in two texts of four articles is wrong, but not out of date."""
        if step.law is None and _has_article(step):
            old, new = step.old[0][1], step.new[0][1]
            if old not in self._known:
                return False
            if old != new and self._mapping.get(old) == (old,):
                return False  # nothing moved: the text now means to cite another article
        return not self.article_follows(step) or self.strays(step)

    def naming_one_part(self, steps: tuple[Step, ...]) -> Iterator[Step]:
        """Those of a text that cite an article which was split, and follow one part of it only."""
        own = [step for step in steps if step.law is None and _has_article(step)]
        cited = {step.new[0][1] for step in own}
        for step in own:
            parts = set(self._mapping.get(step.old[0][1], ()))
            if len(parts) < 2 or parts <= cited or not self.article_follows(step):
                continue
            if step.new not in self._places(step):
                yield step  # 第六条第二款 that now stands at 第七条第一款 is cited as that

    def follows(self, step: Step) -> bool:
        """The same down to 款 and 项, as far as they are known."""
        if not self.article_follows(step):
            return False
        if not _has_article(step):  # 本条第二款: its own article is the same but for citations
            return step.old == step.new
        old, new = step.old[0][1], step.new[0][1]
        if step.law is not None or new not in self._mapping.get(old, ()):
            return True
        if (old, new) not in self._levels:
            return step.old[1:] == step.new[1:]
        return not self.strays(step)

    def strays(self, step: Step) -> bool:
        """Whether the cited 款 or 项 is known to be somewhere else now, or gone."""
        asked = step.law, step.old, step.new
        if asked not in self._strayed:  # one 款 can be cited by 10,000 others of a long article
            self._strayed[asked] = self._strays(step)
        return self._strayed[asked]

    def _strays(self, step: Step) -> bool:
        if step.new in self._places(step, surely=True):
            return False  # as most: where each 款 and 项 went takes ten times as long
        places = self._places(step)
        return bool(places) and step.new not in places and not self._anew(step)

    def _places(self, step: Step, *, surely: bool = False) -> list[Path | None]:
        """Where the cited 款 or 项 is now, as it would be cited; None where it was deleted.

        `surely`: only if its words are the same there.
        """
        if step.law is not None or not _has_article(step) or len(step.old) == 1:
            return []
        units = {unit for unit, _ in step.old}
        return list(dict.fromkeys(
            tuple(part for part in new.steps if part[0] in units) if new else None
            for old, new in self._inside(step, surely=surely)
            if old is not None and _is(old, step.old)
        ))  # fmt: skip

    def _anew(self, step: Step) -> bool:
        """Whether what now stands at the cited place was written anew: then nothing is known."""
        return any(
            old is None and new is not None and _is(new, step.new)
            for old, new in self._inside(step)
        ) and None in self._places(step)

    def _inside(
        self, step: Step, *, surely: bool = False
    ) -> Sequence[tuple[Address | None, Address | None]]:
        old = step.old[0][1]
        known = (self._levels.get((old, new)) for new in self._mapping.get(old, ()))
        inside = next((inside for inside in known if inside is not None), None)
        if inside is None:
            return []
        return inside.same_places() if surely else inside.places()

    def problem(self, step: Step, here: Address, severity: Severity = Severity.WARNING) -> Problem:
        """The finding for a citation at `here` that did not.

        Of `severity`, but an error where it points at nothing in the new text: no rewording of what
        is around it can have meant that.
        """
        if step.law is None and self._is_dead(step, here):
            severity = Severity.ERROR
        old = step.old[0][1].written("条")
        became = sorted(self._mapping.get(step.old[0][1], ()))
        target = "、".join(number.written("条") for number in became)
        fate = f"旧文本所引的{old}现为{target}" if became else f"旧文本所引的{old}已不存在"
        if len(became) > 1:
            fate = f"旧文本所引的{old}已拆分为{target}"
        if self.article_follows(step) and self.strays(step):
            places = [_cited(place) for place in self._places(step) if place is not None]
            fate = f"旧文本所引的{_cited(step.old)}" + (
                f"现为{'、'.join(places)}" if places else "已删去"
            )
        if step.law is not None:
            fate = f"与本文其他各处对“{step.law}{old}”的引用不一致"
        return Problem(
            code="stale-citation",
            severity=severity,
            message=f"{here.citation}引用“{step.text}”，{fate}，引用可能没有随条文调整",
            hint="核对所引条文；若对应关系有误，可在 overrides.toml 中更正",
            citation=here.citation,
            address=str(here),
            quote=step.text,
        )

    @cached_property
    def _places_after(self) -> Places:
        return Places.of(self._after)

    def _is_dead(self, step: Step, here: Address) -> bool:
        """Whether the new text has not what this step cites; of 第二条、第九条 one may be there."""
        for citation in find_citations(step.text):
            found = resolve(citation, here, self._places_after)
            if found.problem is None or found.problem.severity is not Severity.ERROR:
                continue
            gone = [end for target in found.missing for end in (target.first, target.last) if end]
            if not gone or any(step.new[-len(path) :] == path for path in gone):
                return True
        return False


def _has_article(step: Step) -> bool:
    return bool(step.old and step.new) and (
        step.old[0][0] is Unit.ARTICLE and step.new[0][0] is Unit.ARTICLE
    )


def _is(address: Address, path: Path) -> bool:
    """Whether an address is what a path in an article means; 项 may be cited without 款."""
    wanted = [unit for unit, _ in path]
    if len(path) < 2 or address.steps[-1][0] is not wanted[-1]:
        return False
    return tuple(step for step in address.steps if step[0] in wanted) == path


def _cited(path: Path) -> str:
    return Address(path).citation
