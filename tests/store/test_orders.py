"""Whatever order the stages of a law arrive in, the law is the same."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from tracker.law.model import Event, Stage
from tracker.store import saving
from tracker.store.guard import canonical_text
from tracker.store.order import in_legal_order, timeline

S = Stage


def test_all_720_orders_of_six_stages_give_the_same_versions_and_timeline(arrive):
    read = Event(S.SECOND_READING, date(2021, 4, 1), "二审")
    six = [
        arrive(S.DRAFT, None, "甲。"),
        arrive(S.CONSULTATION_DRAFT, "2021-01-01", "乙。", note="说明第一条。\n"),
        arrive(S.THIRD_READING, "2021-05-01", "丙。", events=(read,)),
        arrive(S.ENACTED, "2021-05-01", "丁。", events=(read,)),
        arrive(S.AMENDED, "2023-01-01", "戊。", sequence=2),
        arrive(S.REVISED, "2023-01-01", "己。", sequence=1),
    ]
    six = [replace(one, text=canonical_text(one.law, "来源.txt")) for one in six]
    told, laws = set(), []
    for order in itertools.permutations(six):
        entries, versions = [], []
        for incoming in order:
            placed = saving.place(entries, incoming)
            entries.append(placed.entry)
            versions.append(placed.version)
        standing = in_legal_order(versions)
        told.add(tuple((one.stage, one.day) for one in timeline(standing)))
        # Its place in the chain is all that a version keeps of when it arrived.
        laws.append(tuple(replace(v, ingest_seq=None, chain_sha256=None) for v in standing))
    assert len(laws) == 720
    assert all(law == laws[0] for law in laws)
    assert [stage.value for stage, _ in told.pop()] == [
        "draft", "consultation_draft", "second_reading", "third_reading", "enacted", "revised",
        "amended",
    ]  # fmt: skip
    assert not told
