"""The site of many laws beside as many empty pages of MkDocs Material; then one ingest more.

``python -m benchmarks site_big -n1000`` for 1,000 laws of 3 stages and 50 articles; 100 without.
``-g`` measures 100 first and compares the time of a page. ``-b`` also builds the grown store anew
and compares all bytes. The texts are put together from lists of words, the same in each run.
"""

from __future__ import annotations

import compileall
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.store import verdict
from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number
from tracker.site import template
from tracker.store.model import Incoming
from tracker.store.versions import Store

ARTICLES = 50
LIMIT_EMPTY = 2.5  # times as long as MkDocs Material takes for as many empty pages
LIMIT_MEMORY = 600.0  # MB, this process and its children
LIMIT_GROWTH = 1.2  # time of a page at -n, in times that at 100 laws
LIMIT_AGAIN = 0.1  # of a full build, after one ingest
LIMIT_INDEX = 10.0  # MB
STAGES = (
    (Stage.CONSULTATION_DRAFT, Dates(published=date(2021, 3, 1))),
    (Stage.SECOND_READING, Dates(published=date(2021, 9, 1))),
    (Stage.ENACTED, Dates(promulgated=date(2022, 1, 20))),
)
WHO = ("市人民政府", "数据主管部门", "公安机关", "行业协会", "经营者", "教育行政部门", "街道办事处")
DUTY = ("应当建立", "可以委托", "不得擅自改变", "负责组织实施", "依法公开", "定期评估", "统筹推进")
WHAT = (
    "公共设施",
    "应急预案",
    "信用记录",
    "绿色出行",
    "垃圾分类",
    "养老服务",
    "水资源保护",
    "道路安全",
)
TAIL = ("并向社会公布", "并接受监督", "具体办法另行制定", "期限为三十日", "处一万元以下罚款")


def sentence(draw: random.Random) -> str:
    """Who does what: about 25 characters."""
    what = f"{draw.choice(WHAT)}的第{draw.randint(1, 99)}类工作"
    return f"{draw.choice(WHO)}{draw.choice(DUTY)}{what}，{draw.choice(TAIL)}。"


def article(draw: random.Random, number: int) -> Provision:
    """An article of one to three paragraphs, about 150 characters."""
    paragraphs = tuple(
        Provision(Unit.PARAGRAPH, text="".join(sentence(draw) for _ in range(3)))
        for _ in range(draw.randint(1, 3))
    )
    caption = draw.choice(WHAT) if number % 2 else None
    return Provision(Unit.ARTICLE, Number(number), caption, "", paragraphs)


def law(draw: random.Random, number: int, before: Law | None) -> Law:
    """A law, or the next stage of one: a fifth of its articles written anew."""
    found = before.articles() if before else tuple(article(draw, n + 1) for n in range(ARTICLES))
    if before:
        found = tuple(
            article(draw, n) if draw.random() < 0.2 else a for n, a in enumerate(found, 1)
        )
    size = ARTICLES // 5
    chapters = tuple(
        Provision(Unit.CHAPTER, Number(n + 1), ["总则", "规划", "服务", "监督", "附则"][n], "",
                  found[n * size : (n + 1) * size])
        for n in range(5)
    )  # fmt: skip
    return Law(f"示例市第{number}号{WHAT[number % len(WHAT)]}条例", chapters)


def arrivals(laws: int) -> list[Incoming]:
    """All stages of so many laws."""
    out = []
    for number in range(laws):
        draw, text = random.Random(number), None
        for stage, dates in STAGES:
            text = law(draw, number, text)
            out.append(Incoming(law_id=f"law-{number:05}", stage=stage, dates=dates, law=text,
                                source=f"{text.title}{stage.value}".encode(),
                                source_name="source.txt", source_format="text"))  # fmt: skip
    return out


def workspace(folder: Path, laws: int) -> Path:
    """A workspace with its store."""
    template.write(folder)
    with Store.create(folder) as store:
        store.save_all(arrivals(laws))
    return folder


@dataclass(frozen=True)
class Took:
    """Seconds by the clock and of processors; the most memory of any one process, in MB."""

    clock: float
    used: float
    memory: float


RUN = """
import os, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


def run(*command: str, folder: Path) -> Took:
    """One command in a folder, by itself."""
    fixed = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "https://laws.example.invalid/",
             "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONHASHSEED": "0"}  # fmt: skip
    # An installed program is compiled, as MkDocs is here; compiling ours takes half a second.
    fixed.pop("PYTHONDONTWRITEBYTECODE", None)
    used = _used()
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", RUN, *command], cwd=folder, env=fixed, check=True,
                          capture_output=True)  # fmt: skip
    return Took(time.perf_counter() - began, _used() - used, int(done.stdout) / 1024)


def _used() -> float:
    one = resource.getrusage(resource.RUSAGE_CHILDREN)
    return one.ru_utime + one.ru_stime


def build(folder: Path) -> Took:
    """``tracker site build``."""
    return run(sys.executable, "-m", "tracker", "site", "build", folder=folder)


def empty_pages(folder: Path, pages: int) -> Took:
    """MkDocs Material with as many empty pages, none of them in the navigation or the search."""
    shutil.rmtree(folder, ignore_errors=True)
    template.write(folder)
    (folder / "site/docs/laws").mkdir()
    (folder / "site/docs/laws/index.md").write_text("# x\n", encoding="utf-8")
    for number in range(pages):
        place = folder / f"site/docs/laws/{number // 8}/{number % 8}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"---\ntitle: 页 {number}\nsearch:\n  exclude: true\n---\n",
                         encoding="utf-8")  # fmt: skip
    return run(sys.executable, "-m", "mkdocs", "build", "-q", "-d", "public", folder=folder)


def measure(folder: Path, laws: int) -> tuple[float, Path]:
    """One size: full build, empty pages, one ingest more. The seconds of a page, the workspace."""
    root = workspace(folder / f"w{laws}", laws)
    full = build(root)
    public = root / "site/public"
    pages = sum(1 for _ in public.rglob("index.html"))
    empty = empty_pages(folder / "empty", pages)
    print(f"{laws} laws, {pages} pages: {full.clock:.1f} s, {pages / full.clock:.0f} a second,"
          f" {full.used:.1f} s of processors; as many empty pages {empty.clock:.1f} s,"
          f" {empty.used:.1f} s of processors")  # fmt: skip
    print(f"times the empty pages: {verdict(full.clock / empty.clock, LIMIT_EMPTY)} by the clock,"
          f" by processor {verdict(full.used / empty.used, LIMIT_EMPTY)}")  # fmt: skip
    print(f"most memory of a process {verdict(full.memory, LIMIT_MEMORY)} MB")
    header = (public / "search/search_index.json").stat().st_size / 1e6
    parts = [p.stat().st_size for p in (public / "laws/search").glob("*.json")]
    print(f"search of the header {verdict(header, LIMIT_INDEX)} MB;"
          f" full text {sum(parts) / 1e6:.1f} MB in {len(parts)} files, the largest"
          f" {max(parts) / 1e3:.0f} kB")  # fmt: skip
    with Store.open(root) as store:
        number = laws // 2
        text = law(random.Random(-1), number, store.versions(f"law-{number:05}")[-1].law)
        store.save(Incoming(law_id=f"law-{number:05}", stage=Stage.AMENDED, law=text,
                            dates=Dates(promulgated=date(2023, 5, 4)), source=b"x",
                            source_name="source.txt", source_format="text"))  # fmt: skip
    again = build(root)
    print(f"after one ingest {again.clock:.1f} s, {again.used:.1f} s of processors:"
          f" {verdict(again.clock / full.clock, LIMIT_AGAIN)} of the full build,"
          f" by processor {verdict(again.used / full.used, LIMIT_AGAIN)}")  # fmt: skip
    return full.used / pages, root


def same_bytes(root: Path) -> None:
    """Whether a build of the same store from nothing has the same bytes."""
    public, kept = root / "site/public", root / "kept"
    public.rename(kept)
    shutil.rmtree(root / "site/docs/laws")
    shutil.rmtree(root / "site/docs/api")
    build(root)
    same = subprocess.run(["diff", "-rq", str(kept), str(public)], check=False, capture_output=True)
    print("a build from nothing gives", "other bytes" if same.stdout else "the same bytes")


def main() -> None:
    """Print everything, with what is beyond its limit."""
    compileall.compile_dir(Path(template.__file__).parents[2], quiet=1)
    laws = next((int(word[2:]) for word in sys.argv[1:] if word.startswith("-n")), 100)
    folder = Path(tempfile.mkdtemp(prefix="tracker-site-"))
    try:
        small = measure(folder, 100)[0] if "-g" in sys.argv else None
        page, root = measure(folder, laws)
        if small is not None:
            print(f"a page in times one of 100 laws {verdict(page / small, LIMIT_GROWTH)}")
        if "-b" in sys.argv:
            same_bytes(root)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
