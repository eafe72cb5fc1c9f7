"""law.toml, overrides.toml, meta.json and the legal order, as values."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.diff.align.overrides import Override, Verdict
from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.parse.document import Tracked
from tracker.store.model import LawRecord
from tracker.store.order import in_legal_order
from tracker.store.record import read_overrides, read_record, write_record
from tracker.store.stream import NewCommit, git_time, write_stream

S = Stage
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(derandomize=True, max_examples=200, database=None, deadline=None)
@given(st.tuples(TEXTS.filter(bool), TEXTS, TEXTS, TEXTS), st.lists(TEXTS), st.booleans())
def test_law_toml_reads_back_as_written(texts, aliases, fictional):
    names = ("title", "jurisdiction", "issuing_body", "kind")
    values = dict(zip(names, texts, strict=True))
    record = LawRecord(law_id="a", aliases=tuple(aliases), fictional=fictional, **values)
    data = write_record(record)
    assert read_record("a", data) == record
    assert tomllib.loads(data.decode())["title"] == texts[0]


@pytest.mark.parametrize(
    "text",
    ["titel = 'x'", "", "title = 3", "title = ''", "title='x'\naliases='y'", "title", "title='x'\n"
     "fictional = 'no'", "title = 'x'\naliases = [1]", "\xff"],
)  # fmt: skip
def test_a_slip_in_law_toml_is_named(text):
    with pytest.raises(TrackerError) as caught:
        read_record("some-law", text.encode("latin-1"))
    assert caught.value.code == "bad-law-toml"
    assert "some-law" in caught.value.message


OVERRIDES = """
[[override]]
between = ["a", "b"]
verdict = "match"
old = ["12"]
new = ["13", "10-1"]
who = "审核人"
why = "拆分"

[[override]]
between = ["b", "c"]
verdict = "no-match"
old = ["1"]
new = ["2"]
"""


def test_overrides_are_given_for_the_pair_they_are_about():
    found = read_overrides("x", OVERRIDES.encode(), "a", "b")
    assert found == (Override(Verdict.MATCH, ("12",), ("13", "10-1"), "审核人", "拆分"),)
    assert read_overrides("x", OVERRIDES.encode(), "a", "c") == ()


def test_an_override_about_a_version_that_is_not_there_fails_loudly():
    assert len(read_overrides("x", OVERRIDES.encode(), "a", "b", {"a", "b", "c"})) == 1
    with pytest.raises(TrackerError, match="版本 b 不存在") as caught:
        read_overrides("x", OVERRIDES.encode(), "a", "c", {"a", "c"})
    assert caught.value.code == "override-does-not-fit"


@pytest.mark.parametrize(
    ("order", "named"), [(("b", "a", "c"), ("较晚的 a", "较早的 b")), (("a", "c", "b"), ("b", "c"))]
)
def test_an_override_with_the_later_version_first_names_both(order, named):
    with pytest.raises(TrackerError) as caught:
        read_overrides("x", OVERRIDES.encode(), "a", "b", order, order=order)
    assert caught.value.code == "override-does-not-fit"
    assert all(one in caught.value.message for one in named)


def test_an_override_between_a_version_and_itself_is_refused():
    slip = OVERRIDES.replace('["a", "b"]', '["a", "a"]').encode()
    with pytest.raises(TrackerError, match="同一个版本 a"):
        read_overrides("x", slip, "a", "b", "abc", order="abc")


@pytest.mark.parametrize(
    ("before", "after"),
    [('"match"', '"maybe"'), ('["12"]', '["十二"]'), ('"a", "b"', '"a"'), ("who", "whom"),
     ("[[override]]", "[[overide]]"), ('["1"]', "1"), ("between", "betwixt"),
     ('"1"', "1"), ('"match"', "[]"), ('verdict = "match"', "")],
)  # fmt: skip
def test_a_slip_in_overrides_is_named(before, after):
    with pytest.raises(TrackerError) as caught:
        read_overrides("some-law", OVERRIDES.replace(before, after).encode(), "a", "b")
    assert caught.value.code == "bad-overrides"
    assert "some-law" in caught.value.message
    assert not re.search("object|values|expected", caught.value.message), "Python's own words"


@dataclass(frozen=True)
class V:
    version_id: str
    stage: Stage
    day: date | None
    sequence: int | None = None
    corrects: str | None = None
    ingest_seq: int | None = None
    tracked: Tracked | None = None


def test_all_720_orders_of_six_stages_are_one():
    six = [
        V("a", S.DRAFT, None), V("b", S.CONSULTATION_DRAFT, date(2021, 1, 1)),
        V("c", S.SECOND_READING, date(2021, 5, 1)), V("d", S.ENACTED, date(2021, 5, 1)),
        V("e", S.AMENDED, date(2023, 1, 1), sequence=2), V("f", S.REVISED, date(2023, 1, 1), 1),
    ]  # fmt: skip
    orders = set()
    for order in itertools.permutations(six):
        arrived = [
            V(v.version_id, v.stage, v.day, v.sequence, None, i) for i, v in enumerate(order)
        ]
        orders.add("".join(v.version_id for v in in_legal_order(arrived)))
    assert orders == {"abcdfe"}


def test_undated_versions_stand_before_the_first_dated_one_of_a_later_stage():
    found = in_legal_order(
        [V("revised", S.REVISED, None), V("enacted", S.ENACTED, date(2020, 1, 1)),
         V("consultation", S.CONSULTATION_DRAFT, None), V("draft", S.DRAFT, None),
         V("amended", S.AMENDED, date(2022, 1, 1))]
    )  # fmt: skip
    assert [v.version_id for v in found] == [
        "draft", "consultation", "enacted", "amended", "revised"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["versions/../x", "/etc/x", "versions//x", "x", "versions/a b", "versions/a\nM 100644 :1 b",
     'versions/"x"', "versions/条例"],
)  # fmt: skip
def test_a_path_that_is_not_ours_never_reaches_git(tmp_path, path):
    with (tmp_path / "stream").open("wb") as out, pytest.raises(ValueError, match="not a path"):
        write_stream(out, "refs/heads/main", None, [NewCommit("x", 86400, ((path, b""),))])


def test_data_cannot_end_the_stream_early(store, arrive, run_git):
    evil = (
        b"\ndone\nblob\nmark :9\ndata 1\nx\ncommit refs/heads/main\nM 100644 inline .git/config\n"
    )
    saved = store.save(arrive(source=evil, note=evil.decode()))
    assert store.source(saved.version) == evil
    names = run_git(store.root, "ls-tree", "-r", "--name-only", "HEAD").split()
    assert names == [
        "versions/.gitattributes",
        *(f"versions/shili-data/2021-11-12-draft/{n}" for n in
          ("meta.json", "note.txt", "source.txt", "text.txt")),
        "versions/shili-data/law.toml",
    ]  # fmt: skip


def test_git_times_stay_inside_what_git_can_hold():
    assert git_time(-(10**12), None) == 86_400
    assert git_time(10**12, None) == 4_102_329_600
    assert git_time(None, None) == 86_400
    assert git_time(100_000, 200_000) == 200_000
