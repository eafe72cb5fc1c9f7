"""MkDocs is run only where it would read something else than last time; the bytes are the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.site.conftest import LAW
from tests.site.test_frames import add_a_law, files, plain
from tracker.site import generator, template
from tracker.site.build import build
from tracker.site.header_search import Cutter
from tracker.site.kept import Kept
from tracker.site.watching import identity, unchanged
from tracker.store.ingest import ingest
from tracker.store.versions import Store

KEPT = "site/docs/laws/.mkdocs.json"


@pytest.fixture(scope="module")
def built_once(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose site is built. Do not write to it."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(workspace, folder / "w", symlinks=True)
    build(folder / "w")
    (folder / "w").rename(folder / "once")
    return folder / "once"


@pytest.fixture
def standing(built_once: Path) -> Iterator[Path]:
    """The same where it was built, with the times of its files, so that MkDocs' work stands."""
    work = built_once.with_name("w")
    subprocess.run(["cp", "-a", str(built_once), str(work)], check=True)
    yield work
    shutil.rmtree(work)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each build whether what MkDocs made last was taken over."""
    seen: list[bool] = []
    stands = Kept.stands

    def watched(self: Kept, *arguments: object) -> bool:
        seen.append(stands(self, *arguments))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(Kept, "stands", watched)
    return seen


def test_a_new_law_does_not_run_mkdocs_again(standing: Path, runs: list[bool]) -> None:
    add_a_law(standing)
    public = build(standing)
    assert runs == [True]
    upon = files(public)
    (standing / KEPT).unlink()
    shutil.rmtree(standing / "site/public")
    assert files(build(standing)) == upon
    home = upon["index.html"].decode()
    assert "示例市公园条例" in home
    assert "frame" not in home.replace("iframe", "").replace("x-frame", "")
    assert b"<lastmod>" in upon["sitemap.xml"] or b"<url>" not in upon["sitemap.xml"]


def _page(work: Path) -> None:
    page = work / "site/docs/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n改过的首页\n", encoding="utf-8")


def _new_page(work: Path) -> None:
    (work / "site/docs/more.md").write_text("# 改过的首页\n", encoding="utf-8")


def _override(work: Path) -> None:
    place = work / "site/overrides/partials/copyright.html"
    place.write_text("改过的首页", encoding="utf-8")


CHANGES: list[tuple[Callable[[Path], None], str]] = [
    (_page, "index.html"), (_new_page, "more/index.html"), (_override, f"laws/{LAW}/index.html"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "shown"), CHANGES)
def test_what_mkdocs_reads_makes_it_run_again_when_it_changes(
    standing: Path, runs: list[bool], change: Callable[[Path], None], shown: str
) -> None:
    change(standing)
    public = build(standing)
    assert runs == [False]
    assert "改过的首页" in (public / shown).read_text(encoding="utf-8")
    build(standing)
    assert runs == [False, True]


def test_a_variable_that_the_configuration_names_makes_it_run_again(
    standing: Path, runs: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://other.example.invalid/")
    monkeypatch.setenv("NOT_ASKED_FOR", "1")
    public = build(standing)
    assert b"https://other.example.invalid/laws/" in (public / "sitemap.xml").read_bytes()
    monkeypatch.setenv("NOT_ASKED_FOR", "2")
    build(standing)
    assert runs == [False, True]


@pytest.mark.parametrize("damage", ["", "[]", '{"format": 1}', "page"])
def test_a_damaged_memory_or_site_costs_time_only(
    standing: Path, runs: list[bool], damage: str
) -> None:
    before = files(standing / "site/public")
    if damage == "page":
        (standing / "site/public/404.html").write_bytes(b"")
    else:
        (standing / KEPT).write_text(damage, encoding="utf-8")
    assert files(build(standing)) == before
    assert runs in ([], [False])


@pytest.mark.parametrize(
    "added", ["hooks:\n  - hook.py", "markdown_extensions:\n  - pymdownx.snippets"]
)
def test_a_hook_may_look_at_the_clock_and_an_extension_for_files_so_nothing_is_taken_over(
    workspace: Path, tmp_path: Path, runs: list[bool], added: str
) -> None:
    work = tmp_path / "w"
    shutil.copytree(workspace, work, symlinks=True)
    (work / "hook.py").write_text("", encoding="utf-8")
    config = work / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\n{added}\n", encoding="utf-8")
    build(work)
    build(work)
    assert runs == [False]


def test_a_law_without_a_date_has_the_page_that_mkdocs_makes(tmp_path: Path) -> None:
    template.write(tmp_path)
    with Store.create(tmp_path) as store:
        text = "示例市公园条例\n（草案）\n第一条　为了加强公园管理，制定本条例。\n"
        ingest(store, text.encode(), name="park.txt", law_id="park-rules")
    ours = files(build(tmp_path))
    theirs = files(plain(tmp_path))
    otherwise = {"search/search_index.json", "sitemap.xml.gz"}
    assert {name for name in theirs if ours.get(name) != theirs[name]} <= otherwise
    assert list(ours) == list(theirs)


def test_the_words_of_the_header_search_are_those_of_the_plugin() -> None:
    import jieba

    cutter = Cutter()
    for run in ("公共数据资源登记管理暂行办法", "网信部门会同有关部门", "䶮城区人民政府"):
        assert cutter.cut(run.encode()) == list(jieba.cut(run)), run


WATCHED = """
import json, os, sys
from tracker.site.watching import Reading
reading = Reading()
folder = sys.argv[1]
open(f"{folder}/a").read()
open(f"{folder}/written", "w").write("x")
try:
    open(f"{folder}/missing")
except OSError:
    pass
os.listdir(f"{folder}/listed")
open(f"{folder}/out/own").read()
os.environ.get("ASKED")
os.environ.get("ABSENT")
if len(sys.argv) > 2:
    import subprocess
    subprocess.run(["true"])
print(json.dumps([reading.end(f"{folder}/out"), reading.beyond]))
"""


def _watched(folder: Path, *more: str) -> tuple[dict[str, dict[str, object]], bool]:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(folder), *more], check=True, capture_output=True,
        env={**os.environ, "ASKED": "1"}, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    read, beyond = json.loads(done.stdout)
    return read, beyond


def test_what_a_process_reads_is_noted_and_any_change_of_it_seen(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    (tmp_path / "listed").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/own").write_text("1", encoding="utf-8")
    read, beyond = _watched(tmp_path)
    assert not beyond
    ours = {name for name in read["files"] if name.startswith(str(tmp_path))}
    assert ours == {f"{tmp_path}/{name}" for name in ("a", "missing", "listed")}
    assert read["environment"]["ASKED"] == "1"
    assert read["environment"]["ABSENT"] is None
    environment = {**os.environ, "ASKED": "1"}
    assert unchanged(read, environment)
    assert not unchanged(read, {**environment, "ASKED": "2"})
    assert not unchanged(read, {**environment, "ABSENT": ""})
    (tmp_path / "missing").write_text("", encoding="utf-8")
    assert not unchanged(read, environment)
    assert identity(f"{tmp_path}/nowhere") is None


def test_a_process_that_asks_another_program_is_noted(tmp_path: Path) -> None:
    for name in ("listed", "out"):
        (tmp_path / name).mkdir()
    for name in ("a", "out/own"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert _watched(tmp_path, "ask")[1]


def test_the_address_of_a_site_that_is_taken_over_is_that_of_the_configuration(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = json.loads((standing / KEPT).read_text(encoding="utf-8"))
    assert kept["address"] == generator.site_address(standing)
