"""The pages of the documentation as they are read: Chinese on one line, in words of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "site" / "docs"
CHINESE = [
    ROOT / "README.zh.md",
    DOCS / "index.md",
    *sorted((DOCS / "guide").glob("*.md")),
    *sorted((DOCS / "understand").glob("*.md")),
]
REFERENCE = sorted((DOCS / "reference").glob("*.md"))
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HAN = re.compile("[\u4e00-\u9fff]")
SECOND_LINE = re.compile(r"(?![-*>|#]|\d+\. |!?\[|$)\s*\S")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", CHINESE, ids=_name)
def test_a_chinese_paragraph_is_one_line_because_a_line_end_shows_as_a_space(page: Path) -> None:
    lines = FENCE.sub("", page.read_text(encoding="utf-8")).split("\n")
    for above, line in pairwise(lines):
        if HAN.search(above) and not above.startswith(("#", "|", "!")):
            assert not SECOND_LINE.match(line), line


@pytest.mark.parametrize("page", REFERENCE, ids=_name)
def test_each_reference_page_opens_with_its_chinese_name_and_a_summary(page: Path) -> None:
    title, _, summary, *_ = page.read_text(encoding="utf-8").split("\n")
    assert title.startswith("# ")
    assert HAN.search(title)
    assert summary.startswith("中文摘要：")


def test_each_problem_code_is_explained_in_chinese_first() -> None:
    text = (DOCS / "reference" / "problems.md").read_text(encoding="utf-8")
    for entry in re.split("(?m)^### ", text)[1:]:
        code, _, first, *_ = entry.split("\n")
        assert len(HAN.findall(first)) >= 8, code
        assert first.count("。") >= 1, code


def test_navigation_says_where_a_page_is_english() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for line in re.findall(r"^ +- (.+): reference/", config, re.MULTILINE):
        assert line == "问题代码" or line.endswith("（英文）"), line
    assert "- 开发（英文）:" in config


def test_the_guide_names_every_key_of_law_toml() -> None:
    text = (DOCS / "guide" / "ingest.md").read_text(encoding="utf-8")
    for key in ("title", "aliases", "jurisdiction", "issuing_body", "kind", "fictional"):
        assert re.search(rf"^{key} = ", text, re.MULTILINE), key


def test_the_guide_quotes_the_error_for_a_missing_title_as_it_is_printed() -> None:
    source = next((ROOT / "versions" / "qingdao-digital-economy").glob("*/source.txt"))
    command = ["ingest", str(source), "--law", "example", "--dry-run", "--lang", "zh"]
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *command],
        cwd=ROOT, capture_output=True, check=False, timeout=60, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 2
    text = (DOCS / "guide" / "ingest.md").read_text(encoding="utf-8")
    for line in done.stderr.strip().splitlines():
        assert line in text


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "tracker" / "py.typed").is_file()
