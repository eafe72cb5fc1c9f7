"""Feeds and data files: sound Atom, dates of the law, the same ids in every feed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.site.conftest import EXAMPLE, LAW
from tests.site.reading import read_html
from tracker.law.problems import TrackerError
from tracker.site import generator
from tracker.site.all_pages import write_pages
from tracker.store.ingest import ingest
from tracker.store.versions import Store

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"


@pytest.fixture(scope="module")
def docs(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the site, before MkDocs."""
    folder = tmp_path_factory.mktemp("feeds")
    with Store.open(workspace) as store:
        write_pages(store, folder)
    return folder


def _feeds(docs: Path) -> Iterator[tuple[Path, ElementTree.Element]]:
    for path in sorted(docs.rglob("*.xml")):
        yield path, ElementTree.fromstring(path.read_bytes())


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_each_feed_has_what_atom_demands(docs: Path) -> None:
    feeds = list(_feeds(docs))
    assert len(feeds) > 3
    seen = Counter(_text(feed, "id") for _, feed in feeds)
    assert set(seen.values()) == {1}
    for path, feed in feeds:
        entries = feed.findall(f"{ATOM}entry")
        assert entries, path
        for element in (feed, *entries):
            assert _text(element, "id").startswith("urn:uuid:")
            assert _text(element, "title")
            assert _text(element, "updated").endswith("T00:00:00+08:00")
        days = [_text(entry, "updated") for entry in entries]
        assert days == sorted(days, reverse=True)
        assert _text(feed, "updated") == days[0]
        assert len({_text(entry, "id") for entry in entries}) == len(entries)
        assert feed.findtext(f"{ATOM}author/{ATOM}name")


def test_links_in_a_feed_lead_into_the_site(docs: Path) -> None:
    for path, feed in _feeds(docs):
        root = (path.parent / feed.attrib[BASE]).resolve()
        assert root == docs.resolve()
        links = [link.attrib["href"] for link in feed.iter(f"{ATOM}link")]
        for content in feed.iter(f"{ATOM}content"):
            links += read_html(content.text or "").links
        for link in links:
            file, _, place = link.partition("#")
            target = root / file
            assert target.is_file() or (target / "index.md").is_file(), link
            if place:
                ids = read_html((target / "index.md").read_text(encoding="utf-8")).ids
                assert place in ids, link


def test_links_are_absolute_where_the_address_is_known(workspace: Path, tmp_path: Path) -> None:
    with Store.open(workspace) as store:
        write_pages(store, tmp_path, address="https://law.invalid/x/")
    for _, feed in _feeds(tmp_path):
        assert BASE not in feed.attrib
        for link in feed.iter(f"{ATOM}link"):
            assert link.attrib["href"].startswith("https://law.invalid/x/laws/")


def test_the_feed_of_the_site_and_that_of_the_law_have_the_same_entries(docs: Path) -> None:
    ids = [
        {_text(entry, "id") for entry in feed.iter(f"{ATOM}entry")}
        for path, feed in _feeds(docs)
        if path.name == "feed.xml"
    ]
    assert len(ids) == 2
    assert ids[0] == ids[1]
    assert len(ids[0]) == 4


def test_an_entry_names_the_articles_and_what_the_change_does(docs: Path) -> None:
    feed = ElementTree.parse(docs / "laws" / LAW / "feed.xml")
    text = "".join(content.text or "" for content in feed.iter(f"{ATOM}content"))
    said = read_html(text).text
    assert "第十三条 → 第十五条：条号变动、修改（期限 15日→10个工作日）" in said


def test_a_provision_has_a_feed_when_it_has_changed(docs: Path) -> None:
    names = {path.stem for path in (docs / "laws" / LAW / "provisions").glob("*.xml")}
    assert "art_15@2023-03-15-draft" in names  # moved
    assert "art_8@2023-06-05-consultation_draft" in names  # inserted
    assert "art_2@2023-03-15-draft" not in names  # never changed
    page = (docs / "laws" / LAW / "provisions" / "index.md").read_text(encoding="utf-8")
    linked = {link.removesuffix(".xml") for link in read_html(page).links if ".xml" in link}
    assert linked == names


def test_the_feed_of_a_provision_that_is_gone_says_so_in_its_title(docs: Path) -> None:
    feed = ElementTree.fromstring(
        (docs / "laws" / LAW / "provisions" / "art_39@2023-03-15-draft.xml").read_bytes()
    )
    assert _text(feed, "title").endswith("原第四十一条")


def test_an_undated_stage_is_in_the_feed_and_comes_last(tmp_path: Path) -> None:
    with Store.create(tmp_path) as store:
        text = "某市路灯条例\n\n第一条　为了规范路灯管理，制定本条例。\n"
        ingest(store, text.encode(), name="x.txt", law_id="undated")
        path = EXAMPLE / "1-draft.txt"
        ingest(store, path.read_bytes(), name=path.name, law_id=LAW)
        write_pages(store, tmp_path / "docs")
    feed = ElementTree.parse(tmp_path / "docs/laws/feed.xml")
    entries = list(feed.iter(f"{ATOM}entry"))
    assert "日期不明" in _text(entries[-1], "title")
    assert _text(entries[-1], "updated").startswith("1970-01-01")


def test_the_data_files_say_where_everything_is(docs: Path) -> None:
    index = json.loads((docs / "api/index.json").read_text(encoding="utf-8"))
    assert index["format"] == "tracker-api/1"
    assert (index["laws"], index["versions"], index["updated"]) == (1, 4, "2024-01-25")
    (law,) = json.loads((docs / index["paths"]["laws"]).read_text(encoding="utf-8"))["laws"]
    assert law["fictional"] is True
    for entry in (*law["versions"], *law["diffs"]):
        assert (docs / entry["data"]).is_file()
        assert (docs / entry["page"] / "index.md").is_file()
    assert (docs / law["provisions"]).is_file()
    assert (docs / law["feed"]).is_file()


def test_the_data_of_a_version_and_a_comparison_are_those_of_the_store(
    docs: Path, store: Store
) -> None:
    for version in store.versions(LAW):
        path = docs / f"api/{LAW}/{version.version_id}.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        assert data["canonical_sha256"] == version.canonical_sha256
        assert len(data["claims"]) == len(version.claims)
        assert (docs / data["files"]["text"]).read_text(encoding="utf-8") == version.text
        assert (docs / data["files"]["source"]).is_file()
    for path in (docs / f"api/{LAW}/diffs").iterdir():
        data = json.loads(path.read_text(encoding="utf-8"))
        assert data["format"] == "tracker-diff/1"
        assert path.stem == f"{data['old']['version']}--{data['new']['version']}"


def test_a_folder_of_somebody_else_is_not_cleaned(tmp_path: Path) -> None:
    own = tmp_path / "docs/api/own.md"
    own.parent.mkdir(parents=True)
    own.write_text("自己的", encoding="utf-8")
    with Store.create(tmp_path) as store, pytest.raises(TrackerError) as caught:
        write_pages(store, tmp_path / "docs")
    assert caught.value.code == "site-folder-taken"
    assert own.is_file()


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("site_url: https://law.invalid/x", "https://law.invalid/x/"),
        ('site_url: !ENV [SITE_ADDRESS_OF_A_TEST, ""]', ""),
        ("site_name: x", ""),
    ],
)
def test_the_address_of_the_site_is_that_of_its_configuration(
    tmp_path: Path, line: str, address: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{line}\n", encoding="utf-8")
    assert generator.site_address(tmp_path) == address
    assert generator.site_address(tmp_path / "none") == ""
