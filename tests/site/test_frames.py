"""A page filled into its frame is, byte for byte, the page that MkDocs makes of it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import EXAMPLE, LAW
from tracker.site import template
from tracker.site.all_pages import write_pages
from tracker.site.build import build
from tracker.site.frames import read_sheet, usual_forms
from tracker.site.story import gather
from tracker.store.ingest import ingest
from tracker.store.versions import Store

ADDRESS = "https://laws.example.invalid/site/"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def plain(workspace: Path) -> Path:
    """The site as ``mkdocs build`` makes it of the pages that lie there."""
    out = workspace / "plain"
    fixed = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(out)],
        cwd=workspace, env={**os.environ, **fixed}, check=True, capture_output=True,
    )  # fmt: skip
    return out


@pytest.fixture(scope="module", params=["example", "hostile"])
def both(request, workspace, hostile_workspace, tmp_path_factory):
    """A workspace with an address, its site, and what MkDocs alone makes of the same pages."""
    source = workspace if request.param == "example" else hostile_workspace
    folder = tmp_path_factory.mktemp("both") / "w"
    shutil.copytree(source, folder, symlinks=True)
    patch = pytest.MonkeyPatch()
    patch.setenv("SITE_URL", ADDRESS)
    site = build(folder)
    alone = plain(folder)
    patch.undo()
    return folder, files(site), files(alone)


def test_every_page_is_the_one_that_mkdocs_makes(both):
    _, ours, theirs = both
    assert list(ours) == list(theirs)
    ordered_otherwise = {"search/search_index.json", "sitemap.xml", "sitemap.xml.gz"}
    assert {name for name in ours if ours[name] != theirs[name]} <= ordered_otherwise


def test_search_and_sitemap_hold_the_same_entries(both):
    _, ours, theirs = both
    name = "search/search_index.json"
    entries = [
        sorted(json.dumps(entry) for entry in json.loads(site[name])["docs"])
        for site in (ours, theirs)
    ]
    assert entries[0] == entries[1]
    places = [sorted(re.findall(rb"<url>.*?</url>", site["sitemap.xml"], re.DOTALL))
              for site in (ours, theirs)]  # fmt: skip
    assert places[0] == places[1]
    assert len(places[0]) > 5
    assert gzip.decompress(ours["sitemap.xml.gz"]) == ours["sitemap.xml"]
    assert b"law-frame" not in b"".join(ours.values())


@pytest.fixture
def standing(workspace: Path, tmp_path: Path) -> Path:
    """A workspace whose site is built."""
    folder = tmp_path / "w"
    shutil.copytree(workspace, folder, symlinks=True)
    build(folder)
    return folder


def add_a_law(folder: Path) -> None:
    text = "示例市公园条例\n（草案）\n2022年1月1日\n第一条　为了加强公园管理，制定本条例。\n"
    with Store.open(folder) as store:
        ingest(store, text.encode(), name="park.txt", law_id="park-rules")


def test_a_site_built_upon_an_older_one_has_the_bytes_of_one_built_anew(standing, tmp_path):
    add_a_law(standing)
    upon = files(build(standing))
    fresh = tmp_path / "fresh"
    shutil.copytree(standing, fresh, symlinks=True)
    shutil.rmtree(fresh / "site/docs/laws")
    shutil.rmtree(fresh / "site/public")
    assert files(build(fresh)) == upon
    assert f"laws/{LAW}/index.html" in upon


def test_pages_that_did_not_change_are_not_made_again(standing):
    page = f"laws/{LAW}/2023-03-15-draft/index.html"
    before = (standing / "site/public" / page).stat().st_ino
    add_a_law(standing)
    assert (build(standing) / page).stat().st_ino == before


def test_the_forms_of_usual_pages_are_foreseen_so_that_mkdocs_runs_once(standing):
    docs = standing / "site/docs/laws"
    for place in (docs, docs / LAW, docs / LAW / "provisions"):
        law_id, *rest = place.relative_to(docs).parts or ("",)
        assert read_sheet(place / "index.md", law_id, tuple(rest)).form in usual_forms()


def test_a_changed_theme_changes_every_page(standing):
    name = standing / "mkdocs.yml"
    text = name.read_text(encoding="utf-8")
    name.write_text(text.replace("site_name: ", "site_name: 另一个名字 "), encoding="utf-8")
    for path, data in files(build(standing)).items():
        assert not path.endswith(".html") or "另一个名字".encode() in data, path


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}', '{"format": 5, "files": {}}'])
def test_a_damaged_manifest_costs_time_only(standing, damage):
    before = files(standing / "site/public")
    (standing / "site/docs/laws/.built.json").write_text(damage, encoding="utf-8")
    assert files(build(standing)) == before


def test_a_folder_called_tracker_in_the_workspace_is_not_run(standing):
    (standing / "tracker").mkdir()
    (standing / "tracker/__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (standing / "mkdocs.py").write_text("raise SystemExit(9)", encoding="utf-8")
    assert build(standing).is_dir()


def test_frames_work_in_a_workspace_without_any_law(tmp_path):
    template.write(tmp_path)
    with Store.create(tmp_path):
        pass
    assert (build(tmp_path) / "laws/index.html").is_file()


def test_laws_that_did_not_change_are_not_gathered_again(standing, monkeypatch):
    add_a_law(standing)
    gathered = []

    def watched(store, law_id):
        gathered.append(law_id)
        return gather(store, law_id)

    monkeypatch.setattr("tracker.site.law_pages.gather", watched)
    build(standing)
    build(standing)
    assert gathered == ["park-rules"]


def test_a_page_that_was_edited_by_hand_is_made_again(standing):
    page = standing / f"site/docs/laws/{LAW}/index.md"
    before = page.read_bytes()
    page.write_bytes(before + b"forged")
    build(standing)
    assert page.read_bytes() == before


@pytest.mark.parametrize("damage", ["emptied", "changed", "gone"])
def test_a_built_page_that_was_damaged_is_made_again(standing, damage):
    page = standing / f"site/public/laws/{LAW}/2023-03-15-draft/index.html"
    before = page.read_bytes()
    match damage:
        case "emptied":
            page.write_bytes(b"")
        case "changed":
            page.write_bytes(before.replace("征求".encode(), "不求".encode()))
        case _:
            page.unlink()
    assert (build(standing) / page.relative_to(standing / "site/public")).read_bytes() == before


def test_a_damaged_memory_of_a_law_costs_time_only(standing):
    before = files(standing / "site/public")
    memory = standing / f"site/docs/laws/{LAW}/.made-of.json"
    for damage in ("", "[]", "{}"):
        memory.write_text(damage, encoding="utf-8")
    assert files(build(standing)) == before


def test_many_laws_are_written_on_all_cores_with_the_same_bytes(tmp_path, monkeypatch):
    text = "示例市第{}号条例\n（草案）\n2022年1月1日\n第一条　为了加强管理，制定本条例。\n"
    with Store.create(tmp_path / "w") as store:
        for number in range(26):
            data = text.format(number).encode()
            ingest(store, data, name=f"{number}.txt", law_id=f"law-{number}")
        write_pages(store, tmp_path / "all")
        monkeypatch.setattr("tracker.site.many_laws.cores", lambda: 1)
        write_pages(store, tmp_path / "one")
    sites = [
        {name: data for name, data in files(tmp_path / kind).items() if ".made-of" not in name}
        for kind in ("all", "one")
    ]
    assert sites[0] == sites[1]
    assert len(sites[0]) > 26 * 4


def test_the_header_search_remembers_what_it_made_of_each_page(standing):
    index = "search/search_index.json"
    before = files(standing / "site/public")[index]
    memory = standing / "site/docs/laws/.header-search.json"
    known = json.loads(memory.read_text(encoding="utf-8"))
    assert set(known["pages"]) == {f"laws/{LAW}/"}
    known["pages"][f"laws/{LAW}/"][1][0]["text"] = "记得的"
    memory.write_text(json.dumps(known), encoding="utf-8")
    docs = json.loads(files(build(standing))[index])["docs"]
    assert "记得的" in [doc["text"] for doc in docs]
    for damage in ("", "[]", "{}", '{"made_by": [], "pages": {}}'):
        memory.write_text(damage, encoding="utf-8")
        assert files(build(standing))[index] == before


def test_the_header_search_cuts_no_run_of_characters_twice(standing):
    memory = standing / "site/docs/laws/.header-search.json"
    known = json.loads(memory.read_text(encoding="utf-8"))
    assert known["cuts"]["立法进程"] == ["立法", "进程"]
    known["cuts"]["立法进程"] = ["立法进", "程"]
    known["pages"] = {}
    memory.write_text(json.dumps(known), encoding="utf-8")
    index = files(build(standing))["search/search_index.json"]
    assert "立法进\u200b程" in [doc["title"] for doc in json.loads(index)["docs"]]


def test_the_files_of_the_standing_site_are_never_written_into(standing):
    text = f"laws/{LAW}/feed.xml"
    standing_file = standing / "site/public" / text
    before = standing_file.read_bytes()
    with Store.open(standing) as store:
        data = (EXAMPLE / "4-enacted.txt").read_bytes().replace(b"2024", b"2025")
        ingest(store, data, name="later.txt", law_id=LAW)
        write_pages(store, standing / "site/docs")
    assert (standing / "site/docs" / text).read_bytes() != before
    assert standing_file.read_bytes() == before
