"""Who is who: ordered passes over a board, each adding the links it is sure of.

Second stage of a comparison. Content comes first, order is evidence, the number only breaks a tie:
drafts renumber nearly everything. A link carries the pass that made it, how sure it is, and what
came second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tracker.diff.assign import assign
from tracker.diff.board import Board, Candidate, Link, find_candidates, ratio_of
from tracker.diff.equal import pair_equal
from tracker.diff.order import BONUS, Expectation
from tracker.diff.overrides import Overrides, Verdict
from tracker.diff.sides import Item, Side
from tracker.diff.splits import by_coverage
from tracker.law.numbering import NUMERAL
from tracker.law.problems import Problem, Severity, TrackerError

__all__ = [
    "PASSES", "align", "by_closing_article", "by_content", "by_coverage", "by_exact_body",
    "by_masked_body", "by_override", "by_words_alone",
]  # fmt: skip

ACCEPT: Final = 0.60
"""Content plus bonus a link needs. On the gold pairs the weakest true link has 0.66."""
ALONE: Final = 0.45
"""Content that links two units without any order, if nothing else left is within `_MARGIN`. On the
gold pairs 99 % of false candidates are below 0.43."""
_SURE: Final = 0.55  # content of a pair that may vouch for its neighbours before any order is known
_MARGIN: Final = 0.15  # by which it must beat every other pair of its two units
_ROUNDS: Final = 4  # the gold pairs settle after two or three
_SAME_NUMBER: Final = 0.01
_WHOLE: Final = 1_000_000  # gains are whole millionths, so that sums are exact
_CLOSING: Final = re.compile(
    r"^本[^，。；]{1,8}[自于从][^。；]{2,40}(?:施行|实施|生效)"
    rf"|^本[^，。；]{{1,8}}(?:公布之日|{NUMERAL}+年)[^。；]{{0,20}}施行"
)
_CLOSING_PLACES: Final = 3  # how far from the end a closing article may stand


def by_override(board: Board) -> Iterator[Link]:
    """What a reviewer has said, see `overrides`.

    第八条 → 第十二条, although hardly a word is the same.
    """
    for override in board.overrides:
        old = [_numbered(board.old, number, "旧") for number in override.old]
        new = [_numbered(board.new, number, "新") for number in override.new]
        pairs = [(i, j) for i in old for j in new]
        if override.verdict is Verdict.NO_MATCH:
            board.barred |= set(pairs)
            continue
        first = max(pairs, key=lambda p: (_alike(board, *p), -p[0], -p[1]))
        for i, j in sorted(pairs, key=lambda pair: pair != first):
            yield Link(i, j, "override", 1.0, _alike(board, i, j), partial=(i, j) != first)


def by_exact_body(board: Board) -> Iterator[Link]:
    """The same words, whatever the number.

    第三条　公民有权查阅档案。 → 第五条　公民有权查阅档案。
    """
    yield from _by_key(board, [i.key for i in board.old.items], [i.key for i in board.new.items],
                       "exact-body", 1.0)  # fmt: skip


def by_masked_body(board: Board) -> Iterator[Link]:
    """The same words but for the numbers of citations.

    第九条　违反本法第三条的，处罚款。 → 第十一条　违反本法第五条的，处罚款。
    """
    yield from _by_key(board, [i.masked for i in board.old.items],
                       [i.masked for i in board.new.items], "masked-body", 0.99)  # fmt: skip


def by_closing_article(board: Board) -> Iterator[Link]:
    """The article on entry into force, which shares few words with its successor.

    第七十条　本法自2018年1月1日起施行。 → 第八十四条　本法自2026年3月1日起施行。
    """
    old, new = _closing(board.old), _closing(board.new)
    if old is not None and new is not None:
        yield Link(old.index, new.index, "closing-article", 0.97, ratio_of(old.key, new.key))


def by_content(board: Board) -> Iterator[Link]:
    """The most alike, where order and words together speak for it.

    第六条　行政机关应当公开… → 第十一条　行政机关及其工作人员应当依法公开…
    """
    linked = [item for item in board.old.items if item.index in board.forward]
    candidates, board.grams = find_candidates(board.open_old(), board.open_new(), linked)
    candidates = [c for c in candidates if (c.old, c.new) not in board.barred]
    board.candidates = candidates
    hopeful = [c for c in candidates if c.content > ACCEPT - BONUS - _SAME_NUMBER]
    anchors = list(board.forward.items())
    chosen = [(c.old, c.new) for c, _ in _clear(candidates, _SURE)]
    for _ in range(_ROUNDS):
        scored = _score(board, hopeful, [*anchors, *chosen])
        outcome = assign(
            (c.old, c.new, round((s - ACCEPT) * _WHOLE)) for c, s in scored if s > ACCEPT
        )
        before, chosen = chosen, sorted(outcome.pairs.items())
        if before == chosen:
            break
    if outcome.gave_up:
        board.problems.append(_gave_up())
    yield from _links(scored, dict(chosen))


def by_words_alone(board: Board) -> Iterator[Link]:
    """What is left and clearly belongs together, wherever it lies.

    第一百三十条　发行记名股票的，应当置备股东名册… → 第一百零二条　应当制作股东名册…
    """
    left = [
        c for c in board.candidates if c.old not in board.forward and c.new not in board.backward
    ]
    for c, (second, runner) in _clear(left, ALONE):
        confidence = min(0.7, 0.2 + c.content * 0.5 + (c.content - second) * 0.5)
        yield Link(c.old, c.new, "words-alone", confidence, c.ratio, runner)


PASSES: Final[tuple[Callable[[Board], Iterable[Link]], ...]] = (
    by_override, by_exact_body, by_masked_body, by_closing_article, by_content, by_words_alone,
    by_coverage,
)  # fmt: skip
"""In order of precedence; what one has linked the next leave alone."""


def align(old: Side, new: Side, overrides: Overrides | None = None) -> Board:
    """Link the units of two laws. Gives the board with its links and problems.

    Raises TrackerError ``override-does-not-fit`` where an override names an unknown article.
    """
    board = Board(old, new, overrides or ())
    for one in PASSES:
        board.add(list(one(board)))
    return board


def _by_key(
    board: Board, old: list[str], new: list[str], name: str, confidence: float
) -> Iterator[Link]:
    for i, j in pair_equal(old, new, board.forward).items():
        same = ratio_of(board.old.items[i].key, board.new.items[j].key)
        yield Link(i, j, name, confidence, same)


def _numbered(side: Side, number: str, name: str) -> int:
    if number not in side.citable:
        raise TrackerError(
            "override-does-not-fit",
            f"人工对应关系所指的{name}文本第 {number} 条不存在或编号重复",
            "请修改 overrides.toml 中的编号",
        )
    return side.citable[number]


def _alike(board: Board, old: int, new: int) -> float:
    return ratio_of(board.old.items[old].key, board.new.items[new].key)


def _closing(side: Side) -> Item | None:
    """The closing article of a side, if exactly one of the last few has its form."""
    found = [i for i in side.items[-_CLOSING_PLACES:] if _CLOSING.match(i.body)]
    return found[-1] if found else None


def _clear(
    candidates: list[Candidate], least: float
) -> Iterator[tuple[Candidate, tuple[float, tuple[int, float] | None]]]:
    """Pairs with at least this content that beat every other pair of their two units by `_MARGIN`;
    each with the content of the best other one, and the second-best of its old unit."""
    rows: dict[int, list[Candidate]] = defaultdict(list)
    columns: dict[int, list[Candidate]] = defaultdict(list)
    for c in candidates:
        rows[c.old].append(c)
        columns[c.new].append(c)
    for c in candidates:
        others = [o for o in rows[c.old] if o is not c]
        rivals = [*others, *(o for o in columns[c.new] if o is not c)]
        second = max((o.content for o in rivals), default=0.0)
        if c.content >= least and c.content - second >= _MARGIN:
            runner = max(others, key=lambda o: (o.content, -o.new), default=None)
            yield c, (second, (runner.new, runner.ratio) if runner else None)


def _score(
    board: Board, candidates: list[Candidate], known: list[tuple[int, int]]
) -> list[tuple[Candidate, float]]:
    """Content plus what the place is worth, plus a trace for an equal number."""
    old, new = board.old.items, board.new.items
    place = Expectation(known, len(old), len(new), lambda i, j: len(old[i].key) + len(new[j].key))
    scored = []
    for c in candidates:
        a, b = old[c.old].located, new[c.new].located
        same = _SAME_NUMBER if a.provision.number == b.provision.number else 0.0
        scored.append((c, c.content + place.bonus(c.old, c.new) + same))
    return scored


def _links(scored: list[tuple[Candidate, float]], chosen: dict[int, int]) -> Iterator[Link]:
    """The chosen pairs as links, each with its confidence and the second best of its old unit."""
    by_old: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    by_new: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    for c, score in scored:
        by_old[c.old].append((score, c))
        by_new[c.new].append((score, c))
    for old, new in sorted(chosen.items()):
        own = next((s, c) for s, c in by_old[old] if c.new == new)
        others = sorted(((s, -c.new, c) for s, c in by_old[old] if c.new != new), reverse=True)
        rivals = [s for s, c in by_old[old] + by_new[new] if (c.old, c.new) != (old, new)]
        margin = own[0] - max(rivals, default=0.0)
        confidence = 0.5 + 0.5 * min(1.0, max(0.0, own[0] - ACCEPT) / 0.5)
        confidence = max(0.05, min(0.98, confidence * (0.75 + min(0.25, max(-0.5, margin)))))
        runner = (others[0][2].new, others[0][2].ratio) if others else None
        yield Link(old, new, "content-and-order", confidence, own[1].ratio, runner)


def _gave_up() -> Problem:
    return Problem(
        code="alignment-capped",
        severity=Severity.WARNING,
        message="条文过多且彼此过于相似，部分条文的对应关系按贪心方法确定，可能不是最优。",
        hint="请抽查把握较低的对应关系。",
    )
