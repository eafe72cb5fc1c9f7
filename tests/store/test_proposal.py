"""What a change brings is read from git's objects; what it must not do is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracker.law.model import Stage
from tracker.law.problems import TrackerError
from tracker.store import proposal
from tracker.store.versions import Store

TEXT = "示例市数据条例\n（草案）\n第一条　为了规范数据处理，制定本条例。\n"


@pytest.fixture
def change(tmp_path, arrive, run_git):
    """A store with one version on main, and a branch to make a change on."""
    with Store.create(tmp_path) as store:
        store.save(arrive(Stage.DRAFT, "2020-01-01"))
    run_git(tmp_path, "checkout", "-q", "-b", "change")

    def put(files: dict[str, bytes | None], message: str = "change") -> None:
        for path, data in files.items():
            place = tmp_path / path
            if data is None:
                place.unlink()
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        run_git(tmp_path, "add", "-A")
        run_git(tmp_path, "commit", "-q", "-m", message)

    return tmp_path, put


def seen(path: Path, base: str = "main", head: str = "HEAD") -> proposal.Proposal:
    return proposal.propose(path, base, head)


def codes(found: proposal.Proposal) -> list[str]:
    return [problem.code for problem in (*found.refused, *(one for _, one in found.refused_drafts))]


def test_an_ingested_version_and_a_draft_are_found(change, arrive):
    path, put = change
    with Store.open(path) as store:
        store.save(arrive(Stage.ENACTED, "2021-01-01", "新的条文。"))
    put({"drafts/other-law/2022.txt": TEXT.encode()})
    found = seen(path)
    assert [added.version.name for added in found.versions] == ["shili-data@2021-01-01-enacted"]
    [added] = found.versions
    assert added.previous is not None
    assert added.previous.version_id == "2020-01-01-draft"
    assert [(draft.path, draft.law_id) for draft in found.drafts] == [
        ("drafts/other-law/2022.txt", "other-law")
    ]
    assert found.drafts[0].data == TEXT.encode()
    assert found.refused == found.others == ()


def test_nothing_is_found_where_nothing_changed(change):
    found = seen(change[0])
    assert (found.versions, found.drafts, found.refused, found.others) == ((), (), (), ())
    assert found.base == found.head


def test_what_others_did_on_main_meanwhile_is_not_of_the_change(change, arrive, run_git):
    path, put = change
    put({"drafts/law-a/new.txt": TEXT.encode()})
    run_git(path, "checkout", "-q", "main")
    with Store.open(path) as store:
        store.save(arrive(Stage.ENACTED, "2021-01-01", "别人存入的条文。"))
    run_git(path, "checkout", "-q", "change")
    found = seen(path)
    assert found.versions == ()
    assert codes(found) == []
    assert [draft.path for draft in found.drafts] == ["drafts/law-a/new.txt"]


def test_the_work_tree_of_the_change_is_never_read(change, run_git):
    path, put = change
    put({"drafts/law-a/one.txt": TEXT.encode(), ".gitattributes": b"*.txt text eol=crlf\n"})
    (path / "drafts/law-a/one.txt").write_bytes(b"something else")
    (path / "drafts/law-a/two.txt").write_bytes(b"not committed")
    found = seen(path)
    assert [(draft.path, draft.data) for draft in found.drafts] == [
        ("drafts/law-a/one.txt", TEXT.encode())
    ]
    assert found.others == ("'.gitattributes'",)


def test_a_stored_version_may_be_neither_changed_nor_removed(change):
    path, put = change
    place = "versions/shili-data/2020-01-01-draft"
    put({f"{place}/text.txt": b"forged"})
    assert codes(seen(path)) == ["stored-version-changed"]
    put({f"{place}/{name}": None for name in os.listdir(path / place)})  # noqa: PTH208
    assert codes(seen(path)) == ["stored-version-removed"]


def test_a_version_whose_bytes_are_not_what_its_meta_says_is_refused(change, arrive):
    path, put = change
    with Store.open(path) as store:
        store.save(arrive(Stage.ENACTED, "2021-01-01", "新的条文。"))
    put({"versions/shili-data/2021-01-01-enacted/source.txt": b"other bytes"})
    found = seen(path)
    assert codes(found) == ["corrupt-version"]
    assert found.versions == ()
    assert found.refused[0].version == "2021-01-01-enacted"


def test_links_submodules_and_files_without_a_law_are_refused_unread(change, run_git):
    path, put = change
    folder = path / "drafts" / "law-a"
    folder.mkdir(parents=True)
    (folder / "link.txt").symlink_to("../../../secret")
    (path / "drafts" / "dir").symlink_to("/")
    put({"drafts/loose.txt": b"x", "drafts/Bad Law/x.txt": b"x", "drafts/a..b/x.txt": b"x"})
    head = run_git(path, "rev-parse", "HEAD").strip()
    run_git(path, "update-index", "--add", "--cacheinfo", f"160000,{head},drafts/law-a/module")
    run_git(path, "commit", "-q", "-m", "module")
    found = seen(path)
    assert found.drafts == ()
    assert sorted(codes(found)) == ["draft-not-a-file"] * 3 + ["draft-without-law"] * 3


def test_hidden_files_and_the_readme_of_the_folder_are_no_drafts(change):
    """git keeps no empty folder, so people put a .gitkeep there; it is told of as not looked at."""
    path, put = change
    names = ("drafts/.gitkeep", "drafts/README.md", "drafts/law-a/.gitkeep", "drafts/.x/law-a.txt")
    put(dict.fromkeys(names, b""))
    put({"drafts/law-a/README.md": TEXT.encode()})
    found = seen(path)
    assert codes(found) == []
    assert [draft.path for draft in found.drafts] == ["drafts/law-a/README.md"]
    assert found.others == tuple(sorted(f"'{name}'" for name in names))


def test_an_executable_file_and_a_folder_below_the_law_are_taken(change, run_git):
    path, put = change
    put({"drafts/law-a/deep/er/x.txt": TEXT.encode()})
    run_git(path, "update-index", "--chmod=+x", "drafts/law-a/deep/er/x.txt")
    run_git(path, "commit", "-q", "-m", "mode")
    assert [draft.law_id for draft in seen(path).drafts] == ["law-a"]


def test_limits_are_errors_that_say_the_limit(change, monkeypatch):
    path, put = change
    put({f"drafts/law-a/{i}.txt": b"x" * 40 for i in range(4)})
    monkeypatch.setattr(proposal, "LIMIT_SIZE", 39)
    assert codes(seen(path)) == ["draft-too-large"] * 4
    monkeypatch.setattr(proposal, "LIMIT_SIZE", 100)
    for name, limit in (("LIMIT_TOTAL", 100), ("LIMIT_COUNT", 3)):
        monkeypatch.setattr(proposal, name, limit)
        with pytest.raises(TrackerError) as caught:
            seen(path)
        assert caught.value.code == "change-too-large"


def test_a_slip_in_the_files_that_people_edit_is_found(change):
    path, put = change
    put({"versions/shili-data/law.toml": b"titel = '\xe7\xa4\xba'\n"})
    assert codes(seen(path)) == ["bad-law-toml"]


def test_revisions_that_are_not_there_and_other_histories_are_errors(change, run_git):
    path, put = change
    put({"drafts/law-a/x.txt": b"x"})
    with pytest.raises(TrackerError) as caught:
        seen(path, base="origin/main")
    assert caught.value.code == "no-such-revision"
    run_git(path, "checkout", "-q", "--orphan", "alone")
    run_git(path, "commit", "-q", "-m", "alone")
    with pytest.raises(TrackerError) as caught:
        seen(path)
    assert caught.value.code == "no-common-past"
