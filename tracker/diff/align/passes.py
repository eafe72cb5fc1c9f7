"""Who is who: ordered passes over a board, each adding the links it is sure of.

Second stage of a comparison. Content comes first, order is evidence, the number only breaks a tie:
drafts renumber nearly everything. A link carries the pass that made it, how sure it is, and what
came second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tracker.diff.align.assign import assign
from tracker.diff.align.board import (
    Board,
    Candidates,
    Link,
    best_other,
    capped,
    find_candidates,
    ratio_of,
)
from tracker.diff.align.equal import pair_equal
from tracker.diff.align.order import BONUS, Expectation
from tracker.diff.align.overrides import Overrides, Verdict
from tracker.diff.align.splits import by_coverage
from tracker.diff.sides import Item, Side
from tracker.law.numbering import NUMERAL
from tracker.law.problems import TrackerError

__all__ = [
    "PASSES",
    "align",
    "by_closing_article",
    "by_content",
    "by_coverage",
    "by_exact_body",
    "by_masked_body",
    "by_override",
    "by_place",
    "by_words_alone",
]  # fmt: skip

ACCEPT: Final = 0.60
"""Content plus bonus a link needs. On the gold pairs the weakest true link has 0.66."""
ALONE: Final = 0.45
"""Content that links two units without any order, if nothing else left is within `_MARGIN`. On the
gold pairs 99 % of false candidates are below 0.43."""
_SURE: Final = 0.55  # content of a pair that may vouch for its neighbours before any order is known
_MARGIN: Final = 0.15  # by which it must beat every other pair of its two units
_PLACED: Final = (0.20, 0.42, 0.10)
"""Of two units that no pass has linked: content, content with the place, and by how much this beats
all else that is left. In the 107 laws of the corpus with two versions 14 of 16 links are right; of
those between penalties, which are made of the same words, 2 of 6 would be."""
_LONE: Final = (0.05, 0.25, 0.23)
"""The same where the two are all that lies between the same neighbours on both sides: content, by
how much content and place beat all else, and the ratio, which is 0.15 to 0.22 for two texts on
different matters. In those laws and the gold pairs there are three such, all of them right."""
_SANCTION: Final = re.compile("责令|罚款|处分|追究")
_ROUNDS: Final = 4  # the gold pairs settle after two or three
_SAME_NUMBER: Final = 0.01
WORTH: Final = ACCEPT - BONUS - _SAME_NUMBER
"""Content under which no place can make two units a pair."""
_MANY_ALIKE: Final = 20  # units with one text; a real law repeats one a few times (第X条　删去)
_GREEDY: Final = "条文过多且彼此过于相似，部分条文的对应关系按贪心方法确定，可能不是最优"
_LEFT_OUT: Final = "条文过多，查找对应条文时略去了最常见的字词，个别对应关系可能没有找到"
_ALIKE: Final = "有 {} 条的文字与其他条文相同或者几乎相同，无法分辨，只按先后次序对应"
_WHOLE: Final = 1_000_000  # gains are whole millionths, so that sums are exact
_CLOSING: Final = re.compile(
    r"^本[^，。；]{1,8}[自于从][^。；]{2,40}(?:施行|实施|生效)"
    rf"|^本[^，。；]{{1,8}}(?:公布之日|{NUMERAL}+年)[^。；]{{0,20}}施行"
)
_CLOSING_PLACES: Final = 3  # how far from the end a closing article may stand
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def by_override(board: Board) -> Iterator[Link]:
    """What a reviewer has said, see `overrides`.

    第八条 → 第十二条, although hardly a word is the same. What is named is all there is: no later
    pass adds a partner to articles whose partners were named.
    """
    claimed: set[tuple[str, int]] = set()
    matched: set[tuple[int, int]] = set()
    for override in board.overrides:
        old = [_numbered(board.old, number, "旧") for number in override.old]
        new = [_numbered(board.new, number, "新") for number in override.new]
        pairs = [(i, j) for i in old for j in new]
        if override.verdict is Verdict.NO_MATCH:
            board.barred |= set(pairs)
            continue
        units = {("旧", i) for i in old} | {("新", j) for j in new}
        if claimed & units:
            raise _contradicted(board, claimed & units)
        claimed |= units
        board.settled[0].update(old)
        board.settled[1].update(new)
        matched |= set(pairs)
        first = max(pairs, key=lambda p: (_alike(board, *p), -p[0], -p[1]))
        for i, j in sorted(pairs, key=lambda pair: pair != first):
            yield Link(i, j, "override", 1.0, _alike(board, i, j), partial=(i, j) != first)
    if both := matched & board.barred:
        raise _contradicted(board, {("旧", i) for i, _ in both})


def by_exact_body(board: Board) -> Iterator[Link]:
    """The same words, whatever the number.

    第三条　公民有权查阅档案。 → 第五条　公民有权查阅档案。
    """
    old, new = [i.key for i in board.old.items], [i.key for i in board.new.items]
    repeated = _repeated(old, new)
    if repeated > _MANY_ALIKE:
        board.problems.append(capped(_ALIKE.format(repeated)))
    yield from _by_key(board, old, new, "exact-body", 1.0)


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
    found = find_candidates(board, WORTH)
    assert board.grams is not None
    if board.barred:
        found = found.where(np.array(
            [pair not in board.barred for pair in zip(found.old.tolist(), found.new.tolist(),
                                                      strict=True)], dtype=bool))  # fmt: skip
    board.candidates = found
    hopeful = found.where(found.content > WORTH)
    anchors = list(board.forward.items())
    sure = found.where(_clear(found, _SURE))
    chosen = list(zip(sure.old.tolist(), sure.new.tolist(), strict=True))
    scores = np.zeros(0)
    for _ in range(_ROUNDS):
        scores = _score(board, hopeful, [*anchors, *chosen])
        enough = np.flatnonzero(scores > ACCEPT)
        gains = np.rint((scores[enough] - ACCEPT) * _WHOLE).astype(np.int64)
        outcome = assign(zip(hopeful.old[enough].tolist(), hopeful.new[enough].tolist(),
                             gains.tolist(), strict=True))  # fmt: skip
        before, chosen = chosen, sorted(outcome.pairs.items())
        if before == chosen:
            break
    alike = int(np.count_nonzero(board.grams.squares == 0))
    if outcome.gave_up or board.grams.capped:
        board.problems.append(capped(_GREEDY if outcome.gave_up else _LEFT_OUT))
    elif alike > _MANY_ALIKE:
        board.problems.append(capped(_ALIKE.format(alike)))
    yield from _links(hopeful, scores, set(chosen))


def by_words_alone(board: Board) -> Iterator[Link]:
    """What is left and clearly belongs together, wherever it lies.

    第一百三十条　发行记名股票的，应当置备股东名册… → 第一百零二条　应当制作股东名册…
    """
    every = board.candidates
    if every is None:
        return
    taken = np.zeros(len(board.old.items), bool), np.zeros(len(board.new.items), bool)
    taken[0][[*board.forward]] = taken[1][[*board.backward]] = True
    left = every.where(~(taken[0][every.old] | taken[1][every.new]))
    clear = _clear(left, ALONE)
    if not len(clear):
        return
    second = _second(left)
    _, where = best_other(left.old, left.content)
    for at in clear.tolist():
        content, ratio = float(left.content[at]), float(left.ratio[at])
        confidence = min(0.7, 0.2 + content * 0.5 + (content - float(second[at])) * 0.5)
        runner = _runner(left, int(where[at]))
        yield Link(int(left.old[at]), int(left.new[at]), "words-alone", confidence, ratio, runner)


def by_place(board: Board) -> Iterator[Link]:
    """What is left on both sides and lies where the neighbours say, if its words come nearer than
    those of anything else that is left.

    第五条　国家对青少年的体育活动给予特别保障。
    → 第五条　国家依法保障公民参加体育活动的权利，对未成年人、老年人给予特别保障。

    Only now the place is known well enough, and who else is left: a content that neither could
    prove before is enough when there is nobody else, and little of it where each is all that lies
    between the same neighbours.
    """
    every = board.candidates
    if every is None:
        return
    taken = [np.zeros(len(side.items), bool) for side in (board.old, board.new)]
    for link in (*board.links, *board.partial):
        taken[0][link.old] = taken[1][link.new] = True
    for mark, settled in zip(taken, board.settled, strict=True):
        mark[[*settled]] = True
    left = every.where(~(taken[0][every.old] | taken[1][every.new]))
    if not (left.content >= _LONE[0]).any():
        return
    scores = _score(board, left, [(link.old, link.new) for link in board.links])
    rival, where = best_other(left.old, scores)
    rival = np.maximum(rival, best_other(left.new, scores)[0])
    lead = scores - rival
    placed = (left.content >= _PLACED[0]) & (scores >= _PLACED[1]) & (lead >= _PLACED[2])
    lone = (left.content >= _LONE[0]) & (lead >= _LONE[1]) & _alone(board, left)
    for at in np.flatnonzero(placed | lone).tolist():
        old, new = int(left.old[at]), int(left.new[at])
        both = board.old.items[old], board.new.items[new]
        ratio = float(left.ratio[at]) or ratio_of(both[0].masked, both[1].masked)
        if not placed[at] and ratio < _LONE[2]:
            continue
        if not any(_SANCTION.search(one.body) for one in both):
            confidence = min(0.5, float(scores[at]) - 0.1)
            yield Link(
                old, new, "content-and-order", confidence, ratio, _runner(left, int(where[at]))
            )


def _alone(board: Board, candidates: Candidates) -> NDArray[np.bool_]:
    """For each pair whether the articles before them are a pair, and those behind them."""
    last = len(board.new.items)
    partner = np.full(len(board.old.items) + 2, -2)  # with one before the first and behind the last
    partner[0], partner[-1] = -1, last
    partner[[old + 1 for old in board.forward]] = [*board.forward.values()]
    old, new = candidates.old, candidates.new
    return np.asarray((partner[old] == new - 1) & (partner[old + 2] == new + 1), dtype=bool)


PASSES: Final[tuple[Callable[[Board], Iterable[Link]], ...]] = (
    by_override, by_exact_body, by_masked_body, by_closing_article, by_content, by_words_alone,
    by_coverage, by_place,
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
        yield Link(i, j, name, confidence, _alike(board, i, j))


def _numbered(side: Side, number: str, name: str) -> int:
    if number not in side.citable:
        raise TrackerError(
            "override-does-not-fit",
            f"人工对应关系所指的{name}文本第 {number} 条不存在或编号重复",
            "修改 overrides.toml 中的编号",
        )
    return side.citable[number]


def _contradicted(board: Board, units: set[tuple[str, int]]) -> TrackerError:
    side, index = min(units)
    items = board.old.items if side == "旧" else board.new.items
    return TrackerError(
        "override-does-not-fit",
        f"人工对应关系互相矛盾：{side}文本{items[index].located.address.citation}写了不止一次",
        "在 overrides.toml 中合并为一项：拆分、合并的各条写在同一项里",
    )


def _alike(board: Board, old: int, new: int) -> float:
    return ratio_of(board.old.items[old].key, board.new.items[new].key)


def _closing(side: Side) -> Item | None:
    """The closing article of a side, if exactly one of the last few has its form."""
    found = [i for i in side.items[-_CLOSING_PLACES:] if _CLOSING.match(i.body)]
    return found[-1] if found else None


def _second(candidates: Candidates) -> Floats:
    """The largest content among the other pairs of each pair's two units."""
    by_row, _ = best_other(candidates.old, candidates.content)
    by_column, _ = best_other(candidates.new, candidates.content)
    return np.maximum(by_row, by_column)


def _clear(candidates: Candidates, least: float) -> Ints:
    """Where the pairs are that have at least this content and beat every other pair of their two
    units by `_MARGIN`."""
    # what lies further below `least` can be no rival
    near = np.flatnonzero(candidates.content > least - _MARGIN - 1e-6)
    content = candidates.content[near]
    clear = content - _second(candidates.where(near)) >= _MARGIN
    return near[(content >= least) & clear]


def _score(board: Board, candidates: Candidates, known: list[tuple[int, int]]) -> Floats:
    """Content plus what the place is worth, plus a trace for an equal number."""
    old, new = board.sizes
    place = Expectation(known, len(old), len(new), lambda i, j: old[i] + new[j])
    numbers = board.numbers
    same = numbers[0][candidates.old] == numbers[1][candidates.new]
    bonus = place.bonuses(candidates.old, candidates.new)
    return candidates.content + bonus + np.where(same, _SAME_NUMBER, 0.0)


def _links(candidates: Candidates, scores: Floats, chosen: set[tuple[int, int]]) -> Iterator[Link]:
    """The chosen pairs as links, each with its confidence and the second best of its old unit."""
    row_best, where = best_other(candidates.old, scores)
    column_best, _ = best_other(candidates.new, scores)
    pairs = zip(candidates.old.tolist(), candidates.new.tolist(), strict=True)
    places = [at for at, pair in enumerate(pairs) if pair in chosen]
    own, rival = scores[places], np.maximum(row_best, column_best)[places]
    confidence = 0.5 + 0.5 * np.clip((own - ACCEPT) / 0.5, 0.0, 1.0)
    confidence *= 0.75 + np.clip(own - rival, -0.5, 0.25)
    found = candidates.where(np.array(places, dtype=np.int64))
    columns = found.old, found.new, np.clip(confidence, 0.05, 0.98), found.ratio, where[places]
    for old, new, sure, ratio, at in zip(*(one.tolist() for one in columns), strict=True):
        yield Link(old, new, "content-and-order", sure, ratio, _runner(candidates, at))


def _runner(candidates: Candidates, at: int) -> tuple[int, float] | None:
    """The new unit of a candidate and its similarity; None for no candidate."""
    return (int(candidates.new[at]), float(candidates.ratio[at])) if at >= 0 else None


def _repeated(old: list[str], new: list[str]) -> int:
    """How many old units have a text that others have too, if the sides have it unequally often:
    which of them went cannot be told."""
    if len(set(old)) == len(old):
        return 0
    times, there = Counter(old), Counter(new)
    return sum(n for key, n in times.items() if n > 1 and there[key] > 0 and there[key] != n)
