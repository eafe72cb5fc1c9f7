"""The full-text search finds every article by any few characters of it, and shows hostile text as
text. What the browser does is done here step by step with the same files."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.site.hostile import SAFE_IN_LAWS, hostile_arrivals
from tracker.law.address import locate
from tracker.parse.reading import read_source
from tracker.render.pages.search import search_page
from tracker.render.pages.text import law_text
from tracker.render.search_units import Found, Terms, fold, runs, terms_of, units
from tracker.site import search_index
from tracker.site.all_pages import write_pages
from tracker.site.search_index import index_files
from tracker.site.template import assets
from tracker.store.names import is_law_id
from tracker.store.versions import Store

VERSIONS = Path(__file__).resolve().parents[2] / "versions"


def found(name: str) -> Found:
    return Found(name, f"{name}条例", (), "2021-01-01-draft", "草案（2021-01-01）", "2021-01-01")


def index_of(laws: dict[str, Terms]) -> dict[str, Any]:
    files = index_files([(found(name), terms) for name, terms in laws.items()])
    return {name: json.loads(data) for name, data in files}


def holders(index: dict[str, Any], first: str, term: str | None) -> dict[int, bool]:
    """As in search.js: the numbers of the laws that have a term, and whether in a caption."""
    out: dict[int, bool] = {}
    shard = index[f"{ord(first) % index['laws.json']['shards']}.json"]
    for key, gaps in shard.items():
        if key[0] != first if term is None else key != term:
            continue
        value = 0
        for gap in gaps:
            value += gap
            out[value // 2] = out.get(value // 2, False) or value % 2 == 1
    return out


def laws_with(index: dict[str, Any], word: str) -> set[int]:
    """The laws that the index gives for a word."""
    cut = list(runs(word))
    terms: list[tuple[str, str | None]]
    terms = [(run[i], run[i : i + 2]) for run in cut for i in range(len(run) - 1)]
    terms = terms or [(run, None) for run in cut]
    return set.intersection(*(set(holders(index, *term)) for term in terms))


@pytest.fixture(scope="module")
def seeds() -> dict[str, Any]:
    """The units of the five documents."""
    out = {}
    for source in sorted(VERSIONS.glob("*/*/source.txt")):
        law = read_source(source.read_bytes(), name="source.txt", title="某市条例").law
        out[source.parts[-3]] = (law, {"units": units(law)})
    assert len(out) == 5
    return out


@pytest.mark.parametrize("files", [1, 8])
def test_each_article_is_found_by_any_few_characters_of_it(seeds, files, monkeypatch):
    monkeypatch.setattr(search_index, "_count", lambda _: files)
    index = index_of({name: terms_of(document) for name, (_, document) in seeds.items()})
    assert len(index) == files + 1
    draw = random.Random(files)
    asked = 0
    for number, name in enumerate(sorted(seeds)):
        for anchor, citation, caption, text in seeds[name][1]["units"]:
            for part in (citation, caption, text):
                line = draw.choice(part.split("\n"))
                at = draw.randrange(max(len(line), 1))
                word = fold(line[at : at + draw.randint(1, 8)])
                if not list(runs(word)):
                    continue
                asked += 1
                assert number in laws_with(index, word), (name, anchor, word)
                assert word in fold(part)
    assert asked > 500


def test_the_units_hold_every_word_of_a_law_and_anchors_of_its_page(seeds):
    for law, document in seeds.values():
        page = law_text(law)
        there = set(re.findall(r'id="([^"]+)"', page))
        assert {unit[0] for unit in document["units"]} <= there | {""}
        names = [unit[0] for unit in document["units"]]
        assert len(set(names)) == len(names)
        everything = "\n".join("\n".join(unit[1:]) for unit in document["units"])
        for place in locate(law):
            assert place.provision.text in everything
            assert (place.provision.caption or "") in everything


def test_a_term_of_a_caption_is_marked():
    index = index_of({
        "a": terms_of({"units": [["art-1", "第一条", "数据", "其他"]]}),
        "b": terms_of({"units": [["art-1", "第一条", "", "其他数据"]]}),
        "c": terms_of({"units": [["art-1", "第一条", "", "无关"]]}),
    })  # fmt: skip
    assert holders(index, "数", "数据") == {0: True, 1: False}
    assert holders(index, "其", "其他") == {0: False, 1: False}
    assert laws_with(index, "关") == {2}


def test_width_capitals_and_blanks_make_no_difference():
    index = index_of({"a": terms_of({"units": [["art-1", "第一条", "", "ＡＩ　系统２０２４年"]]})})
    for word in ("AI系统", "ai系统", "ＡＩ系统", "2024年", "02"):
        assert laws_with(index, fold(word)) == {0}
    assert fold("ＡＩ　系统 ") == "ai系统"


def test_the_index_depends_on_the_laws_alone_and_grows_in_files(monkeypatch):
    laws = {f"law-{n}": Terms(f"第{chr(0x4E00 + n)}", "数据") for n in range(40)}
    entries = [(found(name), terms) for name, terms in laws.items()]
    first = dict(index_files(entries))
    assert dict(index_files(entries[::-1])) == first
    assert json.loads(first["laws.json"])["shards"] == 1
    monkeypatch.setattr(search_index, "_TERMS", 10)
    assert json.loads(dict(index_files(entries))["laws.json"])["shards"] == 8
    changed = [(found("law-0"), Terms("", "数据")), *entries[1:]]
    versions = [
        json.loads(dict(index_files(e))["laws.json"])["version"] for e in (entries, changed)
    ]
    assert versions[0] != versions[1]


def test_hostile_text_is_data_in_the_files_of_the_search(tmp_path):
    with Store.create(tmp_path) as store:
        for arrival in hostile_arrivals():
            store.save(arrival)
        write_pages(store, tmp_path / "docs")
    folder = tmp_path / "docs/laws"
    document = json.loads((folder / "hostile/search.json").read_text(encoding="utf-8"))
    texts = [unit[3] for unit in document["units"]]
    for payload in SAFE_IN_LAWS[3:]:
        assert any(payload in text for text in texts)
    for path in (folder / "search").glob("[0-9]*.json"):
        assert all(len(term) == 2 for term in json.loads(path.read_text(encoding="utf-8")))


def test_the_script_shows_text_only_as_text_and_folds_as_the_index_does():
    script = assets()["search.js"].decode()
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "http",
    ):
        assert forbidden not in script
    for part in (r"[a-z0-9\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "[ \\t\\r\\u00a0"):
        assert part in script


def test_without_a_script_the_page_leads_to_the_list_of_laws():
    page = search_page()
    assert "不用脚本" in page.body
    assert '<a href="../">法规列表</a>' in page.body
    assert " hidden>" in page.body
    assert "style=" not in page.body


def test_no_law_can_take_the_folder_of_the_search():
    assert not is_law_id("search")
    assert not is_law_id("assets")
    assert is_law_id("search-and-rescue")
