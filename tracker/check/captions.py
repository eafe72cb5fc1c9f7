"""Rules about captions (条旨): all articles have one or none has.

Floor 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracker.check.spans import written_spans
from tracker.check.subject import Subject, problem
from tracker.law.model import Unit
from tracker.law.problems import Problem, Severity

__all__ = ["caption_in_some", "captions_repaired"]

# Up to this share of articles without caption each is named alone; above it the law is mixed.
_FEW: Final = 0.2


def captions_repaired(subject: Subject) -> Iterator[Problem]:
    """Captions whose brackets were broken in the source: 适用范围】 is read as 【适用范围】."""
    count = dict(subject.ledger.rewrites).get("caption", 0)
    if count:
        yield problem(
            "caption-repaired", Severity.INFO, f"来源中有{count}条的条旨括号不全或者写法不同",
            "读取时已统一为【】；对照来源核对条旨",
        )  # fmt: skip


def caption_in_some(subject: Subject) -> Iterator[Problem]:
    """A caption in some articles and not in others → ``caption-missing``.

    第一条【立法目的】…, 第二条 在本市…, 第三条【原则】…: the second one lost its caption.
    """
    articles = [p for p in subject.regulated() if p.provision.unit is Unit.ARTICLE]
    without = [p for p in articles if not p.provision.caption]
    if not without or len(without) == len(articles):
        return
    if len(without) <= max(1, _FEW * len(articles)):
        for located in without:
            yield problem(
                "caption-missing", Severity.WARNING, "其他各条有条旨，本条没有", "补上条旨",
                at=located.address,
            )  # fmt: skip
        return
    numbers = [p.provision.number for p in without if p.provision.number]
    yield problem(
        "caption-missing", Severity.INFO,
        f"{len(articles)}条中有{len(without)}条没有条旨：{written_spans(numbers)}",
        "条旨应当各条都有，或者都没有",
    )  # fmt: skip
