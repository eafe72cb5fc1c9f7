"""How redlines read on laws that no rule was made for: those of the corpus in two versions.

Counted as in `redline`, in the two halves of `corpus_pairs`: each law and the worst articles of the
half that may be looked at, of the other half the figures alone. `python -m benchmarks redline
--corpus`. Needs ../shared/corpus.tar.xz.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.align_unseen import CORPUS, read_laws
from benchmarks.corpus_pairs import Versions, corpus_pairs
from benchmarks.redline import Figures, Pair
from tracker.diff.changes import compare
from tracker.diff.model import Op, Redline, new_text, old_text
from tracker.law.model import Law

LIMITS = {"broken": 0, "changed": 1.25, "in word": 0.005, "in number": 0, "islands": 0.15}
_HEADS = "articles broken changed   in the line  in word in number islands hunks"
_SHOWN = 5  # of the worst articles
_Worst = tuple[int, str, Redline]


def measure_corpus() -> None:
    """Print the figures of both halves, and of the open one its laws and its worst articles."""
    if not CORPUS.exists():
        print("no corpus found beside the project (../shared/corpus.tar.xz); nothing measured")
        return
    pairs = corpus_pairs()
    laws = read_laws({path for pair in pairs for path in (pair.old, pair.new)})
    sums = {"open": Figures(), "closed": Figures()}
    worst: list[_Worst] = []
    print(f"{_HEADS}  law")
    for pair in pairs:
        own = Figures()
        for where, texts, shown in reworded_articles(pair, laws):
            before = own.in_word + own.islands
            for figures in (own, sums["open" if pair.is_open else "closed"]):
                figures.add(texts, shown)
            if pair.is_open:
                worst.append((own.in_word + own.islands - before, f"{pair.title} {where}", shown))
        if pair.is_open and own.articles:
            print(f"{row(own)}  {pair.title[:24]}")
    for name, figures in sums.items():
        print(f"{row(figures)}  ALL OF THE {name.upper()} HALF {' '.join(beyond(figures))}")
        beside = figures.in_word_at_number
        print(f"{'':9}of the {figures.in_word} ends in words {beside} at an end of a number")
    print("limits: " + ", ".join(f"{name} {most}" for name, most in LIMITS.items()))
    for faults, where, shown in sorted(worst, key=lambda one: -one[0])[:_SHOWN]:
        print(f"\n{faults} ends in words and islands: {where}\n{_marked(shown)}")


def beyond(figures: Figures) -> list[str]:
    """Which of the limits do not hold, with the figure."""
    found = (
        figures.broken, figures.marked / figures.least, figures.in_word / figures.ends,
        figures.in_number, figures.islands / figures.articles,
    )  # fmt: skip
    named = zip(LIMITS.items(), found, strict=True)
    return [f"{name} {value:.4f}" for (name, most), value in named if value > most]


def row(figures: Figures) -> str:
    """A line of the table."""
    return (
        f"{figures.articles:8} {figures.broken:6} {figures.marked / figures.least:7.3f} "
        f"{figures.line_marked / max(figures.line_least, 1):13.3f} "
        f"{figures.in_word / max(figures.ends, 1):8.2%} "
        f"{figures.in_number / max(figures.ends, 1):9.2%} "
        f"{figures.islands / figures.articles:7.3f} {figures.hunks / figures.articles:5.2f}"
    )


def reworded_articles(pair: Versions, laws: dict[str, Law]) -> Iterator[tuple[str, Pair, Redline]]:
    """Every reworded article of a law: where it is, its old and its new body, and the redline."""
    for change in compare(laws[pair.old], laws[pair.new]).changes:
        if change.old and change.new and change.is_reworded:
            shown = change.redline
            yield str(change.new[0].address), (old_text(shown), new_text(shown)), shown


def _marked(pieces: Redline) -> str:
    signs = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(signs[op].format(text) for op, text in pieces).replace("\n", "⏎")
