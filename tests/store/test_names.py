"""Ids are checked in one place, and no outside text becomes a path."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.store import names

_PIECES = [
    "..", "/", "\\", "~", "--upload-pack=x", ".git", ".lock", "@{", "@", ":", "*", "?", "[",
    " ", "\t", "\n", "\r", "\0", "\x1b[31m", "\x7f", "é", "e\u0301", "条例", "\u202e", "\u200b",
    "\ufeff", "\udcff", "A", "_", "%2e%2e", "$(x)", "`x`", ";x", "|x", "&x", "'", '"', "<b>", "１",
]  # fmt: skip
HOSTILE = sorted(
    {f"{a}{piece}{b}" for piece in _PIECES for a in ("", "law", "a-") for b in ("", "x")}
    | {"", "-a", "a-", "a--b", "a" * 65, "a/b", "con.", "A-B", "../../etc", "a\nM 100644 :1 x"}
)


def test_there_are_many_hostile_ids():
    assert len(HOSTILE) > 200


@pytest.mark.parametrize("law_id", HOSTILE)
def test_a_hostile_id_is_refused_in_one_clean_line(law_id):
    with pytest.raises(TrackerError) as caught:
        names.check_law_id(law_id)
    assert caught.value.code == "bad-law-id"
    assert re.search(r"[\x00-\x1f\x7f\u202e\u200b]", caught.value.message) is None
    caught.value.message.encode("utf-8")


@pytest.mark.parametrize("law_id", ["a", "a-b", "2021", "shenzhen-digital-economy", "a" * 64])
def test_plain_ids_are_taken(law_id):
    assert names.check_law_id(law_id) == law_id


def test_every_version_id_we_make_is_one_we_read():
    for stage in Stage:
        for day in (date(1954, 9, 20), None):
            taken = set()
            for _ in range(12):
                version_id = names.version_id(day, stage, taken)
                assert names.is_version_id(version_id)
                taken.add(version_id)
            assert len(taken) == 12


@pytest.mark.parametrize(
    "text",
    ["2021-11-12", "2021-11-12-other", "2021-11-12-draft-1\n", "undated-draft-0", "x-draft",
     "２０21-11-12-draft", "2021-11-12-draft/../x", ""],
)  # fmt: skip
def test_what_is_no_version_id_is_not_taken_for_one(text):
    assert not names.is_version_id(text)


@pytest.mark.parametrize("text", ["2021-02-30", "2021-1", "20211112", "١٩٥٤-09-20", "", "昨天"])
def test_what_is_no_day_is_none(text):
    assert names.read_date(text) is None


@pytest.mark.parametrize("text", ["1954-09-20", "1954年9月20日", "1954-9-20"])
def test_days_are_read_as_people_write_them(text):
    assert names.read_date(text) == date(1954, 9, 20)
