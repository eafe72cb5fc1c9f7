"""Pages on disk and the built site: strict, whole, the same bytes each time, all text inert."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.site.conftest import LAW
from tests.site.hostile import FIELDS, PAYLOADS, SAFE_IN_LAWS
from tests.site.killing import kill_builds
from tests.site.reading import read_html
from tracker.law.problems import TrackerError
from tracker.site import swap, template
from tracker.site.all_pages import write_pages
from tracker.site.build import build
from tracker.store.versions import Store

ROOT = Path(__file__).resolve().parents[2]

OURS = {
    "a", "aside", "b", "button", "code", "dd", "del", "details", "div", "dl", "dt", "fieldset",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "input", "ins", "kbd", "label", "legend", "li",
    "nav", "ol", "option", "p", "q", "rect", "section", "select", "small", "span", "strong",
    "summary", "svg", "table", "tbody", "td", "th", "thead", "time", "tr", "ul",
}  # fmt: skip
"""Every element that a page of ours is made of."""

ATTRIBUTES = {
    "aria-expanded", "aria-hidden", "aria-keyshortcuts", "aria-label", "aria-pressed",
    "autocomplete", "checked", "class", "data-cited", "data-cited-old", "data-effects",
    "data-kind", "data-kinds", "data-place", "data-search-exclude", "data-side", "data-stage",
    "data-title", "data-tracker-by", "data-tracker-effect", "data-tracker-hide",
    "data-tracker-kind", "data-tracker-opener", "data-tracker-shown", "data-tracker-step",
    "data-tracker-view", "datetime", "download", "focusable", "height", "hidden", "href", "id",
    "lang", "open", "preserveaspectratio", "rel", "role", "scope", "tabindex", "title", "type",
    "value", "viewbox", "width", "x", "y",
}  # fmt: skip


IN_FEEDS = {"author", "content", "entry", "feed", "id", "link", "name", "title", "updated"}


def _copy(workspace: Path, target: Path) -> Path:
    shutil.copytree(workspace, target, symlinks=True)
    return target


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented law."""
    return build(_copy(workspace, tmp_path_factory.mktemp("built") / "w"))


@pytest.fixture(scope="module")
def hostile_site(hostile_fields_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the laws that are made of payloads."""
    return build(_copy(hostile_fields_workspace, tmp_path_factory.mktemp("hostile-site") / "w"))


def test_the_downloads_of_a_version_are_the_bytes_in_the_store(built: Path) -> None:
    with Store.open(built.parents[1]) as store:
        for version in store.versions(LAW):
            folder = built / "laws" / LAW / version.version_id
            assert (folder / "text.txt").read_text(encoding="utf-8") == version.text
            assert (folder / "source.txt").read_bytes() == store.source(version)
            assert (folder / "meta.json").read_bytes() == store.meta(version)


def test_the_built_site_asks_nothing_of_another_host(built: Path) -> None:
    loading = re.compile(r'<(?:script|img|iframe|source)[^>]*\ssrc="?(https?:)?//|@import|url\(//')
    for path in built.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not loading.search(html), path
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy
        assert "unsafe" not in policy[1]
        scripts = re.findall(r"<script([^>]*)>([^<]*)", html)
        assert all("src=" in how or 'type="application/json"' in how for how, _ in scripts), path
        assert "<style" not in html
        assert " style=" not in html, path
        for link in re.findall(r"<link[^>]*>", html):
            assert "//" not in link, link


def test_no_page_tells_where_it_was_built(built: Path) -> None:
    for name, data in _files(built).items():
        assert os.fsencode(built.parents[1]) not in data, name


def test_the_header_search_knows_titles_headings_and_captions(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["zh"]
    with Store.open(built.parents[1]) as store:
        latest = store.resolve(LAW)
    docs = {d["location"]: d for d in index["docs"] if d["location"].startswith("laws/")}
    page = f"laws/{LAW}/"
    assert {place.partition("#")[0] for place in docs} == {page}
    assert docs[page]["title"].replace("\u200b", "").startswith("示例市公共数据条例（虚构）")
    known = docs[f"{page}#contents"]["text"].replace("\u200b", "")
    for heading in (p for p in latest.law.walk() if p.unit.is_heading):
        assert heading.caption in known
    for article in latest.law.articles():
        assert article.children[0].text not in known
    assert "sha" not in json.dumps(docs).lower()


def test_building_twice_gives_the_same_bytes_also_where_the_folder_is_named_from_another(
    built: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_copy(workspace, tmp_path / "again").parent)
    assert _files(build(Path("again"))) == _files(built)


def test_hostile_text_adds_no_element_to_any_page(hostile_site: Path) -> None:
    pages = sorted((hostile_site / "laws").rglob("index.html"))
    pages.remove(hostile_site / "laws/search/index.html")  # no text of any law is on it
    assert len(SAFE_IN_LAWS) >= 60
    assert len(FIELDS) == 6
    assert len(pages) >= 60 * 3 + 5
    clean = read_html((hostile_site / "404.html").read_text(encoding="utf-8"))
    for path in pages:
        html = path.read_text(encoding="utf-8")
        body = html[html.index('<div class="tracker') : html.index("</article>")]
        seen = read_html(body)
        assert set(seen.elements) <= OURS, path
        assert set(seen.attributes) <= ATTRIBUTES, path
        around = read_html(html.replace(body, ""))
        for element in ("script", "img", "svg", "style", "iframe", "form", "meta", "object", "b"):
            assert around.elements[element] <= clean.elements[element], path
        # the canonical address, the neighbours in the navigation, the feed of the law
        assert around.elements["link"] <= clean.elements["link"] + 3, path
        assert set(around.attributes) <= set(clean.attributes) | {"rel", "hreflang"}, path
        assert not [name for name in seen.attributes if name.startswith("on")]
        assert not [link for link in seen.links if link.startswith(("javascript:", "data:"))]


def test_hostile_text_is_inert_in_every_feed(hostile_site: Path) -> None:
    feeds = sorted((hostile_site / "laws").rglob("*.xml"))
    assert len(feeds) > 60
    for path in feeds:
        root = ElementTree.fromstring(path.read_bytes())
        assert {element.tag.partition("}")[2] for element in root.iter()} <= IN_FEEDS
        for content in root.iter("{http://www.w3.org/2005/Atom}content"):
            seen = read_html(content.text or "")
            assert set(seen.elements) <= OURS, path
            assert set(seen.attributes) <= {"class", "href"}, path
            assert all(link.startswith("laws/") for link in seen.links)


def test_hostile_text_is_only_data_in_the_data_files(hostile_site: Path) -> None:
    laws = json.loads((hostile_site / "api/laws.json").read_text(encoding="utf-8"))["laws"]
    titles = {law["title"] for law in laws}
    for index, payload in enumerate(SAFE_IN_LAWS[:60]):
        assert f"某市{payload}条例" in titles
        path = hostile_site / f"api/field-{index:02}/2020-01-01-draft.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        assert data["source"] == f"{payload}.txt"
        assert data["issuing_body"] == f"{payload}机关"


def test_hostile_text_shows_as_it_is_written(hostile_site: Path) -> None:
    page = hostile_site / "laws/hostile/2021-01-01-draft/index.html"
    text = read_html(page.read_text(encoding="utf-8")).text
    for payload in PAYLOADS:
        if payload.isprintable() and payload == payload.strip():
            assert f"数据{payload}止。" in text


def test_hostile_text_is_inert_in_the_search_index(hostile_site: Path) -> None:
    index = json.loads((hostile_site / "search/search_index.json").read_text(encoding="utf-8"))
    for doc in index["docs"]:
        for part in (doc["title"], doc["text"]):
            assert set(read_html(part).elements) <= {"p", "li", "ul", "ol", "code", "pre"}


def test_a_stored_web_page_is_not_served_as_a_web_page(hostile_site: Path) -> None:
    folder = hostile_site / "laws/hostile/2021-01-01-draft"
    assert sorted(p.name for p in folder.iterdir()) == [
        "index.html", "meta.json", "source.bin", "text.txt",
    ]  # fmt: skip


def test_pages_that_did_not_change_are_not_written_again(workspace: Path, tmp_path: Path) -> None:
    with Store.open(workspace) as store:
        first = write_pages(store, tmp_path)
        assert first.changed > first.pages
        assert write_pages(store, tmp_path).changed == 0


def test_pages_of_a_law_that_is_gone_are_removed(workspace: Path, tmp_path: Path) -> None:
    stale = tmp_path / "laws" / "gone" / "2020-01-01-draft" / "index.md"
    stale.parent.mkdir(parents=True)
    stale.write_text("旧", encoding="utf-8")
    with Store.open(workspace) as store:
        write_pages(store, tmp_path)
    assert not (tmp_path / "laws" / "gone").exists()
    assert (tmp_path / "laws" / "index.md").exists()


def test_an_empty_store_has_an_index(tmp_path: Path) -> None:
    with Store.create(tmp_path) as store:
        write_pages(store, tmp_path / "docs")
    assert "还没有收录法规" in (tmp_path / "docs/laws/index.md").read_text(encoding="utf-8")


def test_the_home_page_lists_the_laws_and_what_changed_last(built: Path) -> None:
    home = (built / "index.html").read_text(encoding="utf-8")
    start = home.index('<div class="tracker tracker-home"')
    seen = read_html(home[start : home.index("</article>")])
    assert "示例市公共数据条例（虚构）" in seen.text
    assert "全部 1 部法规" in seen.text
    ours = [link for link in seen.links if link.startswith("laws/")]
    # the law, its last stage, the comparison, all laws, the search, the feed, that stage
    assert len(ours) == 7
    for link in ours:
        page, _, _ = link.partition("#")
        assert page == "laws/feed.xml" or (built / page / "index.html").is_file(), link
    law = (built / "laws" / LAW / "index.html").read_text(encoding="utf-8")
    assert "tracker-home" not in law


def test_hostile_text_is_inert_on_the_home_page(hostile_site: Path) -> None:
    html = (hostile_site / "index.html").read_text(encoding="utf-8")
    start = html.index('<div class="tracker tracker-home"')
    seen = read_html(html[start : html.index("</article>")])
    assert set(seen.elements) <= OURS
    assert set(seen.attributes) <= ATTRIBUTES
    clean = read_html((hostile_site / "404.html").read_text(encoding="utf-8"))
    around = read_html(html[:start])
    assert around.elements["script"] <= clean.elements["script"]


def test_a_failed_build_leaves_the_site_that_is_there(workspace: Path, tmp_path: Path) -> None:
    work = _copy(workspace, tmp_path / "w")
    public = work / "site/public"
    public.mkdir(parents=True)
    (public / "index.html").write_text("旧站", encoding="utf-8")
    (work / "site/docs/index.md").write_text("[断链](没有.md)", encoding="utf-8")
    with pytest.raises(TrackerError) as caught:
        build(work)
    assert caught.value.code == "site-build-failed"
    assert "没有.md" in caught.value.hint
    assert (public / "index.html").read_text(encoding="utf-8") == "旧站"
    assert [p.name for p in work.joinpath("site").iterdir() if p.name.startswith(".public")] == []


def test_the_new_site_takes_the_place_of_the_old_one_at_once(tmp_path: Path) -> None:
    target = tmp_path / "public"
    with swap.building(target) as folder:
        (folder / "a").write_text("1", encoding="utf-8")
        swap.swap_in(folder, target)
    with swap.building(target) as folder:
        (folder / "b").write_text("2", encoding="utf-8")
        swap.swap_in(folder, target)
    assert [path.name for path in target.iterdir()] == ["b"]
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_killed_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    assert sum(kill_builds(tmp_path, count=2, seed=6)) == 2


def test_a_visitor_finds_a_whole_site_at_any_moment_of_the_swap(tmp_path: Path) -> None:
    target = tmp_path / "public"
    stop = threading.Event()
    missing: list[str] = []

    def visit() -> None:
        while not stop.is_set():
            for name in ("index.html", "laws/index.html"):
                if not (target / name).is_file():
                    missing.append(name)

    for number in range(30):
        with swap.building(target) as folder:
            (folder / "laws").mkdir()
            for name in ("index.html", "laws/index.html"):
                (folder / name).write_text(str(number), encoding="utf-8")
            swap.swap_in(folder, target)
        if number == 0:
            visitor = threading.Thread(target=visit)
            visitor.start()
    stop.set()
    visitor.join()
    assert missing == []
    assert (target / "index.html").read_text(encoding="utf-8") == "29"


def test_a_missing_configuration_is_named(tmp_path: Path) -> None:
    with Store.create(tmp_path):
        pass
    with pytest.raises(TrackerError) as caught:
        build(tmp_path)
    assert caught.value.code == "no-site-config"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("site_name: [x\n", "expected ',' or ']'"),
        ("- site_name\n", "tracker init"),
        ("INHERIT: nowhere.yml\n", "nowhere.yml"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_named(
    tmp_path: Path, written: str, hint: str
) -> None:
    with Store.create(tmp_path):
        pass
    (tmp_path / "mkdocs.yml").write_text(written, encoding="utf-8")
    with pytest.raises(TrackerError) as caught:
        build(tmp_path)
    assert caught.value.code == "site-build-failed"
    assert str(tmp_path / "mkdocs.yml") in caught.value.message
    assert hint in caught.value.hint


def test_the_template_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("自己的", encoding="utf-8")
    written = template.write(tmp_path)
    assert tmp_path / "mkdocs.yml" not in written
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "自己的"
    assert template.write(tmp_path) == ()


def test_every_page_of_the_documentation_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"([\w./-]+\.md)\s*$", config, flags=re.MULTILINE)
    docs = ROOT / "site" / "docs"
    there = {p.relative_to(docs).as_posix() for p in docs.rglob("*.md")}
    there = {name for name in there if not name.startswith("laws/")} | {"laws/index.md"}
    assert sorted(listed) == sorted(there)
