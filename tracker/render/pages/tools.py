"""The switches of a comparison: layout, steps, filters by kind, by flag and by effect.

Floor 4. They need a script; without it the whole block stays hidden and all changes are shown.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from tracker.diff.model import Changes, Kind
from tracker.render.pages.effects import effect_counts
from tracker.render.pages.html import EMPTY, Html, escape, join, tag, void
from tracker.render.pages.words import badge, kind_codes

__all__ = ["FLAGS", "tools"]

FLAGS: Final = ("consequential", "typographic")
"""The marks of changes that say nothing new."""


def tools(changes: Changes, outline: bool = False) -> Html:
    """The switches. They need a script, which takes away the `hidden`."""
    summary = changes.summary
    boxes = []
    codes: Counter[str] = Counter()
    for several, count in Counter(map(kind_codes, changes.changes)).items():
        codes.update(dict.fromkeys(several.split(), count))
    for kind in Kind:
        if kind is Kind.UNCHANGED:
            continue
        count = codes[kind.value]
        if not count:
            continue
        box = void("input", type="checkbox", checked=True, data_tracker_kind=kind.value)
        words = "仅改条号" if kind is Kind.RENUMBERED else None
        boxes.append(tag("label", box, badge(kind.value, count, words, outline)))
    hides = []
    for flag, words in zip(FLAGS, ("隐藏适应性修改", "隐藏仅字形、标点的修改"), strict=True):
        if summary[flag]:
            box = void("input", type="checkbox", data_tracker_hide=flag)
            hides.append(tag("label", box, escape(f"{words} {summary[flag]}")))
    view = tag(
        "button", escape("并排对照"), type="button", aria_pressed="false", data_tracker_view=True,
        aria_keyshortcuts="v", class_="tracker-button",
    )  # fmt: skip
    steps = [
        tag(
            "button", escape(words), type="button", data_tracker_step=step, aria_keyshortcuts=keys,
            class_="tracker-button",
        )
        for words, step, keys in (("上一处", "-1", "p k"), ("下一处", "1", "n j"))
    ]  # fmt: skip
    shown = tag("span", class_="tracker-shown", role="status", data_tracker_shown=True)
    legend = tag("legend", escape("变动种类"), class_="tracker-spoken")
    chosen = _effects(changes)
    filters = tag("fieldset", legend, *boxes, *hides, chosen) if boxes else EMPTY
    keys = [
        join([*(tag("kbd", escape(key)) for key in keys), escape(words)])
        for keys, words in (("nj", "下一处"), ("pk", "上一处"), ("v", "换版式"))
    ]
    known = tag("span", escape("键盘："), join(keys, escape("　")), class_="tracker-keys")
    # Seen on a narrow window, where the filters are folded.
    opener = tag(
        "button", escape("筛选"), type="button", aria_expanded="false", data_tracker_opener=True,
        class_="tracker-button tracker-opener",
    )  # fmt: skip
    switches = [view, *steps, opener] if boxes else [view, *steps]
    first = tag("div", *switches, known, shown, class_="tracker-row")
    return tag(
        "div", first, filters, class_="tracker-tools", hidden=True, role="region",
        aria_label="显示方式",
    )  # fmt: skip


def _effects(changes: Changes) -> Html:
    """A choice: all entries, those with an effect, those with an effect of one class."""
    counts = effect_counts(changes)
    if not counts:
        return EMPTY
    total = sum(bool(change.effects) for change in changes.changes)
    options = [("", "全部"), ("any", f"任何一类（{total}）")]
    options += [(kind.value, f"{kind.label}（{count}）") for kind, count in counts.items()]
    select = tag(
        "select", *(tag("option", escape(words), value=value) for value, words in options),
        data_tracker_effect=True,
    )  # fmt: skip
    return tag("label", escape("实质变动"), select)
