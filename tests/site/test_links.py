"""Old links stay good: a stage is added, and every place that had an address still has it."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from tests.site.conftest import EXAMPLE, LAW
from tests.site.reading import Seen, read_html
from tests.store.conftest import arrival
from tracker.law.model import Stage
from tracker.site.all_pages import write_pages
from tracker.store.ingest import ingest
from tracker.store.model import Given
from tracker.store.versions import Store

STAGES = sorted(EXAMPLE.glob("[0-9]-*.txt"))


def _read(page: Path) -> Seen:
    """A page without its front matter."""
    return read_html(page.read_text(encoding="utf-8").split("---\n", 2)[2])


def _places(docs: Path) -> set[str]:
    """Every file of the site, and every anchor of every page, by their addresses."""
    places = set()
    for path in docs.rglob("*"):
        if path.is_file():
            address = path.relative_to(docs).as_posix().removesuffix("index.md")
            places.add(address)
            if path.suffix == ".md":
                places |= {f"{address}#{name}" for name in _read(path).ids}
    return places


def _followed(docs: Path) -> set[str]:
    """Every address inside the site that a page links to."""
    found = set()
    for path in docs.rglob("index.md"):
        page = path.parent.relative_to(docs).parts
        for link in _read(path).links:
            if link.startswith(("http:", "https:")):
                continue
            target, _, fragment = link.partition("#")
            fragment = "" if "=" in fragment else fragment  # what a script reads: #law=…
            parts = list(page)
            for step in target.split("/")[:-1]:
                if step == "..":
                    parts.pop()
                elif step != ".":
                    parts.append(step)
            folder = "/".join(parts)
            address = f"{folder}/{target.rpartition('/')[2]}" if target else f"{folder}/"
            found.add(f"{address}#{fragment}" if fragment else address)
    return found


@pytest.mark.parametrize("last", range(len(STAGES)))
def test_every_link_made_before_a_stage_was_added_leads_somewhere(
    tmp_path: Path, last: int
) -> None:
    docs = tmp_path / "docs"
    added = STAGES[last]
    with Store.create(tmp_path) as store:
        for path in (*STAGES[:last], *STAGES[last + 1 :]):
            ingest(store, path.read_bytes(), name=path.name, law_id=LAW)
        write_pages(store, docs)
        before, followed = _places(docs), _followed(docs)
        ingest(store, added.read_bytes(), name=added.name, law_id=LAW)
        write_pages(store, docs)
        after = _places(docs)
    assert len(before) > 500
    assert len(after) > len(before)
    assert before - after == set()
    assert followed - after == set()
    assert any(place.endswith(".xml") and "/provisions/" in place for place in before)


@pytest.mark.parametrize("wrong", range(len(STAGES)))
def test_every_link_to_a_version_that_is_corrected_leads_to_it_and_on_to_the_correction(
    tmp_path: Path, wrong: int
) -> None:
    docs = tmp_path / "docs"
    words = STAGES[wrong].read_text(encoding="utf-8")
    with Store.create(tmp_path) as store:
        for path in STAGES:
            ingest(store, path.read_bytes(), name=path.name, law_id=LAW)
        write_pages(store, docs)
        before, followed = _places(docs), _followed(docs)
        index = _read(docs / "laws" / LAW / "index.md").text
        old = store.versions(LAW)[wrong].version_id
        right = words.replace("公共数据管理应当", "公共数据的管理应当", 1)
        assert right != words
        fixed = ingest(
            store, right.encode(), name="right.txt", law_id=LAW, given=Given(corrects=old)
        ).version.version_id
        write_pages(store, docs)
        after = _places(docs)
        assert before - after == set()
        assert followed - after == set()
        assert _followed(docs) - after == set()
    assert "版本4 个" in index.replace(" ", "").replace("4个", "4 个")
    law = docs / "laws" / LAW
    gone, new = _read(law / old / "index.md"), _read(law / fixed / "index.md")
    assert "本版本已由" in gone.text
    assert f"../../{LAW}/{fixed}/" in gone.links
    assert f"../../{LAW}/{old}/" in new.links
    assert 'robots: "noindex"' in (law / old / "index.md").read_text(encoding="utf-8")
    assert "robots:" not in (law / fixed / "index.md").read_text(encoding="utf-8")
    kept = [path for path in (law / "compare").iterdir() if old in path.name.split("--")]
    assert len(kept) == len(STAGES) - 1
    for path in kept:
        page = _read(path / "index.md")
        assert "稿已由" in page.text
        assert any("/provisions/" in link for link in page.links)  # of today's lines of descent
        assert f"../../../{LAW}/compare/{path.name.replace(old, fixed)}/" in page.links
    shown = _read(law / "index.md")
    steps = {name for link in shown.links for step in link.split("/") for name in step.split("--")}
    assert fixed in steps
    assert old not in steps
    assert len(json.loads((docs / "api" / "laws.json").read_text())["laws"][0]["versions"]) == 4


def test_links_to_what_only_a_corrected_text_changed_or_had_stay_good(tmp_path: Path) -> None:
    """A mistaken text reworded 第二条 and had a 第四条: both were linked to, and subscribed to."""
    docs = tmp_path / "docs"
    right = ("甲部门应当每年公布目录。", "乙部门可以委托他人办理。", "本条例自公布之日起施行。")
    wrong = (right[0], "乙部门不得委托他人办理。", right[2], "丙部门负责解释本条例。")
    with Store.create(tmp_path) as store:
        store.save(arrival(Stage.DRAFT, "2021-01-01", *right))
        old = store.save(arrival(Stage.ENACTED, "2021-02-01", *wrong)).version.version_id
        write_pages(store, docs)
        before, followed = _places(docs), _followed(docs)
        store.save(arrival(Stage.ENACTED, "2021-02-01", *right, corrects=old))
        write_pages(store, docs)
        after = _places(docs)
        assert before - after == set()
        assert followed - after == set()
        assert _followed(docs) - after == set()
    provisions = "laws/shili-data/provisions/"
    assert f"{provisions}art_2@2021-01-01-draft/" in before
    assert f"{provisions}art_4@{old}.xml" in before
    page = docs / provisions / f"art_4@{old}" / "index.md"
    assert 'robots: "noindex"' in page.read_text(encoding="utf-8")
    lost = _read(docs / provisions / f"art_4@{old}" / "index.md")
    assert "这一稿已更正，更正后没有这一条" in lost.text
    assert f"../../../shili-data/{old}/#art-4" in lost.links


def test_every_link_of_the_site_leads_somewhere_whatever_came_first(tmp_path: Path) -> None:
    for number, order in enumerate(list(permutations(STAGES))[9::14]):
        root = tmp_path / str(number)
        with Store.create(root) as store:
            for path in order:
                ingest(store, path.read_bytes(), name=path.name, law_id=LAW)
            write_pages(store, root / "docs")
        assert _followed(root / "docs") - _places(root / "docs") == set()
