"""Rules about a text and the stage before it: doubtful pairs, and changes that look the same.

Floor 5. Both need the comparison; where there is none they find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracker.check.alike import named, skeleton
from tracker.check.subject import Subject, problem
from tracker.diff.model import Change, Op, RunnerUp, new_text, old_text
from tracker.law.address import Address
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["ambiguous_pairs", "compared_problems", "hidden_changes"]

# A pair this close to its runner-up, and no surer than this, could as well be the other one. Of the
# pairs of articles in 17 real pairs of laws 3 are listed; all of these the comparison got right.
_MARGIN: Final = 0.10
_UNSURE: Final = 0.60
_REVIEWED: Final = "override"
_QUOTED: Final = 16  # characters
_LISTED: Final = 5  # articles


def compared_problems(subject: Subject) -> Iterator[Problem]:
    """What the comparison with the stage before found on its way: citations that stayed behind."""
    if subject.changes is not None:
        yield from subject.changes.problems


def ambiguous_pairs(subject: Subject) -> Iterator[Problem]:
    """An article that could be the successor of two → ``ambiguous-pair``, with both candidates.

    One that is by far more like another article, which it is linked with, is no candidate. What the
    second candidate is linked with is said: of 12 such findings in the laws that the corpus has in
    two versions and in the real pairs it was the right one twice, and never where it is more like
    the article it is linked with.
    """
    changes = subject.changes.changes if subject.changes else ()
    holders = {
        str(one.provision.number): change for change in changes if change.old for one in change.new
    }
    for change in changes:
        runner = change.runner_up
        if runner is None or len(change.old) != 1 or len(change.new) != 1:
            continue
        holder = holders.get(runner.number)
        if holder and holder.similarity >= runner.similarity + _MARGIN:
            continue
        close = change.similarity - runner.similarity < _MARGIN
        if change.matched_by == _REVIEWED or not close or change.confidence >= _UNSURE:
            continue
        old, new = change.old[0].address, change.new[0].address
        yield problem(
            "ambiguous-pair", Severity.WARNING,
            f"上一阶段的{old.citation}对应本条（相似度{change.similarity:.2f}），"
            f"把握不大；{_second(runner, holder)}",
            "对照这几条；由审阅人在 overrides.toml 中写明对应关系", at=new,
        )  # fmt: skip


def _second(runner: RunnerUp, holder: Change | None) -> str:
    """What there is to say of the second candidate: what it is linked with, and how alike."""
    other = f"{Number.of(runner.number).written('条')}（{runner.similarity:.2f}）"
    if holder is None:
        return f"也可能对应{other}，那一条现在显示为增加"
    names = "、".join(one.address.citation for one in holder.old)
    linked = f"上一阶段的{names}（{holder.similarity:.2f}）"
    if holder.similarity < runner.similarity:
        return f"也可能对应{other}，那一条现在对应{linked}"
    return f"与{other}也相像，但那一条与它所对应的{linked}更相像，所以也可能哪一条都不对应"


def hidden_changes(subject: Subject) -> Iterator[Problem]:
    """A change that is hard to see is said in words: 自己 → 自已 → ``looks-the-same``.

    One finding for each pair of characters, at the first article, with how many articles it is in.
    """
    where: dict[tuple[str, str], list[Change]] = {}
    for change in subject.changes.changes if subject.changes else ():
        if change.is_reworded and change.old and change.new:
            for swap in dict.fromkeys(_swaps(change)):
                where.setdefault(swap, []).append(change)
    for (old, new), changes in where.items():
        slight = all(change.typographic for change in changes) or not (old + new).isalnum()
        places = [change.new[0].address for change in changes]
        among = f"，共{len(places)}条：{_listed(places)}" if len(places) > 1 else ""
        yield problem(
            "looks-the-same", Severity.INFO if slight else Severity.WARNING,
            f"与上一阶段相比有不容易看出的改动：{_told(old, new)}{among}",
            "确认改动是有意的；不是的，改回原来的字符", at=places[0], quote=new,
        )  # fmt: skip
    yield from _invisible(subject)


def _told(old: str, new: str) -> str:
    if not new or not old:
        return f"{'多' if new else '少'}了“{new or old}”（{named(old, new)}）"
    return f"“{old}”换成了“{new}”（{named(old, new)}）"


def _listed(places: list[Address]) -> str:
    names = [place.citation for place in places[:_LISTED]]
    return "、".join(names) + ("等" if len(places) > _LISTED else "")


def _swaps(change: Change) -> Iterator[tuple[str, str]]:
    """Characters that were replaced by others of the same look, old and new."""
    whole = skeleton(old_text(change.redline)) == skeleton(new_text(change.redline))
    pieces = [*change.redline, (Op.EQUAL, "")]
    for at, (op, text) in enumerate(pieces[:-1]):
        if op is Op.EQUAL:
            continue
        before = pieces[at - 1][0] if at else Op.EQUAL
        after = pieces[at + 1]
        if op is Op.DELETE and after[0] is Op.INSERT:
            if skeleton(text) == skeleton(after[1]):
                yield from _characters(text, after[1])
        elif whole and not (op is Op.INSERT and before is Op.DELETE):
            yield ("", text) if op is Op.INSERT else (text, "")


def _characters(old: str, new: str) -> Iterator[tuple[str, str]]:
    if len(old) == len(new):
        yield from ((a, b) for a, b in zip(old, new, strict=True) if a != b)
    else:
        yield old[:_QUOTED], new[:_QUOTED]


def _invisible(subject: Subject) -> Iterator[Problem]:
    """Characters without a shape, which reading takes out; how many the stage before had."""
    codes = ("zero-width", "variation-selector")
    rewrites = dict(subject.ledger.rewrites)
    count = sum(rewrites.get(code, 0) for code in codes)
    if not count:
        return
    earlier = dict(subject.previous.ledger.rewrites) if subject.previous else {}
    before = sum(earlier.get(code, 0) for code in codes)
    than = f"，上一阶段有{before}个" if subject.previous else ""
    yield problem(
        "invisible-character", Severity.INFO, f"来源里有{count}个看不见的字符，读取时已去掉{than}",
        "多半来自网页或者 Word；不影响收录的文本",
    )  # fmt: skip
