"""What goes into the store comes out of it, once, in legal order, and never changed."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date

import pytest

from tests.store.conftest import failure
from tracker.law.model import Dates, Event, Stage
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse.document import Dropped, Ledger, Notice, Place
from tracker.store.git.repository import Repository
from tracker.store.verify import verify
from tracker.store.versions import Store

S = Stage


def test_a_saved_version_loads_as_it_was(store, arrive):
    incoming = arrive(
        S.CONSULTATION_DRAFT, "2021-11-12", "第一款。",
        dates=Dates(published=date(2021, 11, 12), comment_end=date(2021, 12, 1)),
        source=b"\x00\xff\r\nsource", source_name="公告.HTML", source_format="html",
        source_url="https://example.org/1", issuing_body="示例市人大常委会",
        events=(Event(S.DRAFT, date(2021, 8, 29), "草案一读"),),
        note="说明第一行\n", notice=Notice("公告\n地址", "示例市人大", None),
        ledger=Ledger((("width", 3),), (Dropped("目录\u3000一", Place(3, 2), "contents"),)),
        problems=(Problem(code="x-y", severity=Severity.WARNING, message="注意", line=3),),
        sequence=2,
    )  # fmt: skip
    saved = store.save(incoming)
    loaded = store.load("shili-data", "2021-11-12-consultation_draft")
    assert loaded == saved.version
    assert not saved.already
    assert re.fullmatch("[0-9a-f]{40}", saved.commit)
    assert store.source(loaded) == b"\x00\xff\r\nsource"
    for name in ("law", "dates", "events", "note", "notice", "ledger", "issuing_body", "sequence"):
        assert getattr(loaded, name) == getattr(incoming, name)
    assert loaded.problems[0].law == "shili-data"
    assert loaded.problems[0].line == 3


def test_inside_one_commit_nothing_saved_meanwhile_is_seen(store, arrive):
    store.save(arrive(S.DRAFT))
    with store.one_commit():
        with Store.open(store.root) as other:
            other.save(arrive(S.ENACTED, "2022-01-20", "第一款。"))
        assert len(store.version_ids("shili-data")) == 1
    assert len(store.version_ids("shili-data")) == 2


def test_what_was_read_ahead_is_not_asked_for_again(store, arrive, monkeypatch):
    saved = store.save(arrive(S.DRAFT, note="说明")).version
    meta = store.meta(saved)
    with Store.open(store.root) as other:
        other.read_ahead("shili-data")
        monkeypatch.setattr(Repository, "blob", lambda *_: pytest.fail("asked again"))
        assert other.versions("shili-data") == (saved,)
        assert other.meta(saved) == meta
        assert other.record("shili-data").law_id == "shili-data"


def test_meta_is_sorted_and_holds_no_float(store, arrive):
    store.save(arrive())
    text = (store.root / "versions/shili-data/2021-11-12-draft/meta.json").read_text("utf-8")

    def no_float(_):
        raise AssertionError

    meta = json.loads(text, parse_float=no_float)
    assert text == json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_each_trailer_stands_once_and_ends_the_message(store, arrive, run_git):
    store.save(arrive(law=arrive().law, note="Canonical-SHA256: 0\n\nLaw: other\n"))
    message = run_git(store.root, "log", "-1", "--format=%B")
    assert message.isascii()
    subject, blank, *trailers = message.rstrip("\n").split("\n")
    assert (subject, blank) == ("ingest shili-data 2021-11-12-draft", "")
    assert [line.split(": ")[0] for line in trailers] == [
        "Law", "Version", "Stage", "Legal-Date", "Source-SHA256", "Canonical-SHA256",
        "Meta-SHA256", "Canonicaliser", "Ingest-Seq", "Chain-SHA256",
    ]  # fmt: skip


def test_the_same_source_twice_adds_nothing_and_says_so(store, arrive, run_git):
    first = store.save(arrive())
    again = store.save(arrive())
    assert again.already
    assert again.commit is None
    assert again.version == first.version
    assert run_git(store.root, "rev-list", "--count", "HEAD") == "1\n"


def test_another_source_with_the_same_text_adds_nothing_and_says_so(store, arrive):
    store.save(arrive())
    again = store.save(arrive(source=b"other bytes"))
    assert again.already
    assert [problem.code for problem in again.problems] == ["same-text"]


def test_the_same_source_that_reads_differently_now_is_reported_not_stored(store, arrive):
    store.save(arrive(S.DRAFT, "2021-11-12", "甲。", source=b"same"))
    again = store.save(arrive(S.DRAFT, "2021-11-12", "乙。", source=b"same"))
    assert again.already
    assert [problem.code for problem in again.problems] == ["reads-differently"]


def test_other_text_for_the_same_stage_and_date_is_a_conflict_that_names_both(store, arrive):
    store.save(arrive(S.DRAFT, "2021-11-12", "甲。"))
    error = failure(store.save, arrive(S.DRAFT, "2021-11-12", "乙。", source_name="新.txt"))
    assert error.code == "version-conflict"
    assert "2021-11-12-draft" in error.message
    assert "新.txt" in error.message
    assert "--corrects" in error.hint


def test_two_undated_drafts_with_other_text_conflict_too(store, arrive):
    store.save(arrive(S.DRAFT, None, "甲。"))
    assert failure(store.save, arrive(S.DRAFT, None, "乙。")).code == "version-conflict"


def test_a_correction_takes_the_place_of_what_it_corrects(store, arrive):
    store.save(arrive(S.DRAFT, "2021-11-12", "甲。"))
    right = arrive(S.DRAFT, "2021-11-12", "乙。", corrects="2021-11-12-draft")
    saved = store.save(right)
    assert saved.version.version_id == "2021-11-12-draft-2"
    assert store.version_ids("shili-data") == ("2021-11-12-draft-2",)
    assert len(store.versions("shili-data", superseded=True)) == 2
    assert store.resolve("shili-data@草案").version_id == "2021-11-12-draft-2"
    assert store.resolve("shili-data@2021-11-12-draft").text.endswith("甲。\n")
    assert store.save(right).already


def test_a_correction_may_go_back_to_the_first_text(store, arrive):
    store.save(arrive(S.DRAFT, "2021-11-12", "甲。"))
    wrong = arrive(S.DRAFT, "2021-11-12", "乙。", corrects="2021-11-12-draft")
    store.save(wrong)
    back = arrive(S.DRAFT, "2021-11-12", "甲。", corrects="2021-11-12-draft-2")
    assert store.save(back).version.version_id == "2021-11-12-draft-3"
    assert store.version_ids("shili-data") == ("2021-11-12-draft-3",)
    assert store.resolve("shili-data").text.endswith("甲。\n")
    assert all(store.save(again).already for again in (wrong, back))


def test_a_version_is_corrected_once_and_only_if_it_is_there(store, arrive):
    store.save(arrive(S.DRAFT, "2021-11-12", "甲。"))
    store.save(arrive(S.DRAFT, "2021-11-12", "乙。", corrects="2021-11-12-draft"))
    again = arrive(S.DRAFT, "2021-11-12", "丙。", corrects="2021-11-12-draft")
    assert failure(store.save, again).code == "already-corrected"
    missing = arrive(S.DRAFT, "2021-11-12", "丙。", corrects="2020-01-01-draft")
    assert failure(store.save, missing).code == "no-such-version"


def test_two_texts_of_one_day_need_a_sequence_and_are_ordered_by_it(store, arrive):
    store.save(arrive(S.DRAFT, "2021-11-12", "乙。", sequence=2))
    store.save(arrive(S.DRAFT, "2021-11-12", "甲。", sequence=1))
    assert [v.sequence for v in store.versions("shili-data")] == [1, 2]
    error = failure(store.resolve, "shili-data@草案")
    assert error.code == "ambiguous-version"
    assert "2021-11-12-draft-2" in error.hint


def test_every_order_of_ingesting_gives_the_same_timeline(tmp_path, arrive):
    stages = [
        arrive(S.DRAFT, "2020-01-01", "甲。"), arrive(S.CONSULTATION_DRAFT, None, "乙。"),
        arrive(S.SECOND_READING, "2020-05-01", "丙。"), arrive(S.ENACTED, "2020-05-01", "丁。"),
    ]  # fmt: skip
    seen = set()
    for number, order in enumerate(itertools.permutations(stages)):
        with Store.create(tmp_path / str(number), bare=True) as store:
            store.save_all(order)
            seen.add(tuple((v.version_id, v.text, v.dates) for v in store.versions("shili-data")))
    assert len(seen) == 1
    assert [version_id for version_id, _, _ in seen.pop()] == [
        "2020-01-01-draft", "undated-consultation_draft", "2020-05-01-second_reading",
        "2020-05-01-enacted",
    ]  # fmt: skip


def test_a_version_is_found_by_stage_name_date_id_and_alone(store, arrive):
    store.save(arrive(S.CONSULTATION_DRAFT, "2021-11-12", "甲。"))
    store.save(arrive(S.ENACTED, "2022-09-05", "乙。"))
    early = "2021-11-12-consultation_draft"
    for name in ("consultation_draft", "征求意见稿", "草案征求意见稿", "2021-11-12", early):
        assert store.resolve(f"shili-data@{name}").version_id == early
    assert store.resolve("shili-data").stage is S.ENACTED
    assert store.resolve("示例市数据条例@公布").stage is S.ENACTED


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("nobody", "no-such-law", "shili-data"),
        ("没有这部法", "no-such-law", "shili-data"),
        ("shili-data@enacted", "no-such-version", "2021-11-12-draft"),
        ("shili-data@1999-01-01", "no-such-version", "2021-11-12-draft"),
        ("shili-data@", "no-such-version", "2021-11-12-draft"),
        ("shili-data@../../x", "no-such-version", "2021-11-12-draft"),
        ("", "no-such-law", "shili-data"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(store, arrive, name, code, hint):
    store.save(arrive())
    error = failure(store.resolve, name)
    assert error.code == code
    assert hint in error.hint
    assert "\n" not in error.message


def test_an_empty_store_says_how_to_begin(store):
    assert store.laws() == ()
    assert "ingest" in failure(store.resolve, "x").hint


def test_a_folder_without_a_store_is_refused(tmp_path, run_git):
    assert failure(Store.open, tmp_path).code == "not-a-store"
    assert failure(Store.open, tmp_path / "missing").code == "not-a-store"
    run_git(tmp_path, "init", "-q")
    assert failure(Store.open, tmp_path).code == "not-a-store"
    assert failure(Store.open, tmp_path / ".git").code == "not-a-store"


def test_a_store_is_found_from_a_folder_below_it(store, arrive):
    store.save(arrive())
    with Store.open(store.root / "versions" / "shili-data") as below:
        assert below.root == store.root
        assert below.laws()[0].title == "示例市数据条例"


def test_law_toml_is_written_once_and_then_belongs_to_people(store, arrive, run_git):
    store.save(arrive())
    path = store.root / "versions/shili-data/law.toml"
    path.write_text('title = "改过的标题"\naliases = ["旧名"]\n', encoding="utf-8")
    run_git(store.root, "commit", "-qam", "edit")
    store.save(arrive(S.ENACTED, "2022-09-05", "乙。"))
    assert store.record("shili-data").title == "改过的标题"
    assert store.resolve("旧名").stage is S.ENACTED


def test_a_law_toml_written_beforehand_is_committed_as_it_is(store, arrive, is_sound):
    path = store.root / "versions/shili-data/law.toml"
    path.parent.mkdir()
    path.write_text('title = "先写的标题"\njurisdiction = "示例市"\n', encoding="utf-8")
    store.save(arrive())
    assert store.record("shili-data").jurisdiction == "示例市"
    is_sound(store.root)


def test_an_invented_law_says_so(store, arrive):
    store.save(arrive(fictional=True))
    assert store.record("shili-data").display_title == "示例市数据条例（虚构）"


def test_uncommitted_versions_are_not_listed_until_git_has_them(store, arrive, run_git):
    store.save(arrive(), commit=False)
    assert store.laws() == ()
    assert run_git(store.root, "status", "--porcelain") == "?? versions/\n"
    error = failure(store.save, arrive(S.ENACTED, "2022-09-05", "乙。"))
    assert error.code == "uncommitted-version"
    run_git(store.root, "add", "versions")
    run_git(store.root, "commit", "-qm", "by hand")
    assert store.version_ids("shili-data") == ("2021-11-12-draft",)
    store.save(arrive(S.ENACTED, "2022-09-05", "乙。"))
    assert [v.ingest_seq for v in store.versions("shili-data")] == [1, 2]


def test_a_bare_repository_is_a_store_too(tmp_path, arrive, run_git):
    with Store.create(tmp_path / "bare", bare=True) as store:
        store.save(arrive(S.DRAFT, "1954-09-20"))
        assert store.resolve("shili-data").day == date(1954, 9, 20)
        assert failure(store.save, arrive(), commit=False).code == "no-work-tree"
    with Store.open(tmp_path / "bare") as store:
        assert store.version_ids("shili-data") == ("1954-09-20-draft",)
    run_git(tmp_path / "bare", "fsck", "--full", "--strict")


@pytest.mark.parametrize("day", ["1954-09-20", "1970-01-01", "2021-11-12", "2999-12-31", None])
def test_any_legal_date_can_be_stored(store, arrive, is_sound, day):
    store.save(arrive(S.ENACTED, day))
    version = store.resolve("shili-data")
    assert version.day == (date.fromisoformat(day) if day else None)
    is_sound(store.root)


def test_git_time_never_goes_back(store, arrive, run_git):
    for stage, day in ((S.ENACTED, "2022-01-01"), (S.DRAFT, "1954-09-20"), (S.REVISED, None)):
        store.save(arrive(stage, day, stage.label))
    assert len(set(run_git(store.root, "log", "--format=%ct").split())) == 1


def test_many_versions_at_once_are_one_stream_or_nothing(store, arrive, run_git, is_sound):
    many = [arrive(S.DRAFT, f"2021-01-{day:02}", f"第{day}日。") for day in range(1, 21)]
    saved = store.save_all((*many, many[0]))
    assert [one.already for one in saved] == [False] * 20 + [True]
    assert saved[-1].version == saved[0].version
    assert run_git(store.root, "rev-list", "--count", "HEAD") == "20\n"
    is_sound(store.root)
    clash = arrive(S.DRAFT, "2021-01-01", "别的。")
    assert failure(store.save_all, (arrive(S.ENACTED, "2022-01-01"), clash)).code
    assert len(store.version_ids("shili-data")) == 20


def test_chain_runs_through_the_versions_of_a_law(store, arrive):
    for day in ("2021-01-01", "2021-01-02", "2021-01-03"):
        store.save(arrive(S.DRAFT, day, day))
    folder = store.root / "versions/shili-data"
    metas = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*/meta.json"))]
    chains = [version.chain_sha256 for version in store.versions("shili-data")]
    assert [meta["chain"]["previous"] for meta in metas] == [None, *chains[:2]]
    assert [meta["chain"]["ingest_seq"] for meta in metas] == [1, 2, 3]


def test_reviewers_words_are_read_from_the_branch(store, arrive, run_git):
    store.save(arrive(day="2020-01-01"))
    store.save(arrive(day="2021-01-01"))
    old, new = store.version_ids("shili-data")
    assert store.overrides("shili-data", old, new) == ()
    path = store.root / "versions/shili-data/overrides.toml"
    said = '[[override]]\nbetween = ["{}", "{}"]\nverdict = "match"\nold = ["1"]\nnew = ["2"]\n'
    path.write_text(said.format(old, new))
    run_git(store.root, "add", "versions")
    run_git(store.root, "commit", "-qm", "review")
    assert [o.new for o in store.overrides("shili-data", old, new)] == [("2",)]
    path.write_text(said.format("2001-01-01-draft", new))
    run_git(store.root, "commit", "-qam", "slip")
    with pytest.raises(TrackerError, match="2001-01-01-draft 不存在"):
        store.overrides("shili-data", old, new)


def test_what_was_edited_and_not_committed_is_named(store, arrive, run_git):
    store.save(arrive())
    assert store.edited("shili-data") == ()
    folder = store.root / "versions/shili-data"
    (folder / "overrides.toml").write_text("# \u5ba1\u9605\n", encoding="utf-8")
    record = folder / "law.toml"
    committed = record.read_bytes()
    record.write_bytes(committed.replace(b"\n", b"\r\n"))
    assert store.edited("shili-data") == ("overrides.toml",)
    record.write_bytes(committed + b"# x\n")
    assert store.edited("shili-data") == ("law.toml", "overrides.toml")
    run_git(store.root, "add", "versions")
    run_git(store.root, "commit", "-qm", "review")
    assert store.edited("shili-data") == ()


def test_what_stands_before_a_version_is_found_for_one_that_is_not_stored_too(store, arrive):
    draft = store.save(arrive(Stage.DRAFT, "2021-01-01", "甲。")).version
    enacted = store.save(arrive(Stage.ENACTED, "2022-01-01", "乙。")).version
    planned = store.place(arrive(Stage.FIRST_READING, "2021-06-01", "丙。")).version
    assert store.before(draft) is None
    assert store.before(enacted) == draft
    assert store.before(planned) == draft
    other = store.place(arrive(Stage.DRAFT, "2021-01-01", "丁。", law_id="other")).version
    assert store.before(other) is None


def test_a_folder_with_nothing_of_a_law_in_it_is_none(store, arrive, run_git):
    store.save(arrive())
    for path in ("notes/README.md", "other/drafts/a.txt", "planned/law.toml"):
        (store.root / "versions" / path).parent.mkdir(parents=True)
        (store.root / "versions" / path).write_text("title = '示例'\n", encoding="utf-8")
    run_git(store.root, "add", ".")
    run_git(store.root, "commit", "-qm", "notes")
    assert store.law_ids() == ("planned", "shili-data")
    assert [law.law_id for law in store.laws()] == ["planned", "shili-data"]
    assert not store.has_law("notes")
    with pytest.raises(TrackerError, match="notes"):
        store.versions("notes")
    problems = verify(store.root, workers=1).problems
    assert "bad-law-toml" not in {problem.code for problem in problems}
    assert [p.message.split("'")[1] for p in problems if p.code == "foreign-file"] == [
        "versions/notes/README.md", "versions/other/drafts",
    ]  # fmt: skip
    store.save(arrive(law_id="notes"))
    assert store.has_law("notes")
