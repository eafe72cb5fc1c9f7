"""Documentation is tested: links resolve, commands and options exist, folders are explained."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tracker.cli.group import tracker
from tracker.diff.align.passes import PASSES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "site" / "docs"
BUILT = ("laws/",)  # below site/docs, written by `tracker site build`
NOT_OURS = {"build", "dist", "node_modules"}  # products and what tools leave behind

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)(?:\{[^}]*\})?")
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PATH = re.compile(r"(?:tracker|tests|site|benchmarks|\.ci)/[\w./-]+")
_MADE = ("site/docs/laws", "site/docs/api", "site/public")
"""What a build of the site makes."""


def _pages() -> list[Path]:
    own = sorted(ROOT.glob("*.md"))
    return own + sorted(p for p in DOCS.rglob("*.md") if not _is_built(p))


def _is_built(path: Path) -> bool:
    return path.relative_to(DOCS).as_posix().startswith(BUILT)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _prose(path: Path) -> str:
    return FENCE.sub("", _read(path))


each_page = pytest.mark.parametrize(
    "page", _pages(), ids=[p.relative_to(ROOT).as_posix() for p in _pages()]
)


@each_page
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    text = _prose(page)
    for target in [*LINK.findall(text), *IMAGE.findall(text)]:
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve()
        if path.is_relative_to(DOCS) and _is_built(path):
            continue
        assert path.exists(), target
        if anchor and path.suffix == ".md":
            assert anchor in _anchors(path), target


def _anchors(path: Path) -> set[str]:
    text = _read(path)
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-") for h in headings}
    explicit = re.findall(r"\{ *#([\w-]+)[^}]*\}", text) + re.findall(r'id="([\w-]+)"', text)
    return slugs | set(explicit)


def _commands(page: Path) -> Iterator[list[str]]:
    """The words of every `tracker …` that a page shows, in blocks and in the text."""
    text = _read(page)
    shown = []
    for language, block in FENCE.findall(text):
        if language == "console":
            shown += [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        elif language in ("sh", "bash", "yaml"):
            shown += [line.split("run: ")[-1].lstrip(" -") for line in block.splitlines()]
    shown += INLINE.findall(FENCE.sub("", text))
    for line in shown:
        if re.match(r"tracker( [a-z]|$)", line) and "|" not in line and "…" not in line:
            yield shlex.split(line, comments=True)[1:]


@each_page
def test_the_commands_and_options_that_a_page_names_exist(page: Path) -> None:
    for words in _commands(page):
        command: click.Command = tracker
        for word in words:
            if isinstance(command, click.Group) and not word.startswith("-"):
                assert word in command.commands, " ".join(words)
                command = command.commands[word]
        options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
        for word in words:
            if word.startswith("--"):
                known = options | {"--help", "--version"}
                assert word.split("=")[0] in known, " ".join(words)


def test_every_command_is_in_the_reference() -> None:
    text = _read(DOCS / "reference" / "cli.md")
    for name, command in tracker.commands.items():
        assert re.search(rf"`?tracker {name}\b|^#+ .*`?{name}\b|`{name}\b", text, re.MULTILINE), (
            name
        )
        for option in [o for p in command.params for o in p.opts if o.startswith("--")]:
            assert option in text, f"tracker {name} {option}"


@each_page
def test_make_targets_that_a_page_names_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", _read(ROOT / "Makefile"), re.MULTILINE))
    text = _read(page)
    shown = INLINE.findall(text) + re.findall(r"^\$ (.+)$", text, re.MULTILINE)
    for line in shown:
        if found := re.match(r"make ([a-z-]+)", line):
            assert found[1] in targets, line


@each_page
def test_paths_that_a_page_names_exist(page: Path) -> None:
    for word in INLINE.findall(_prose(page)):
        if PATH.fullmatch(word) and not word.startswith(_MADE):
            assert (ROOT / word.rstrip("/")).exists(), word


def _folders() -> set[str]:
    return {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name not in NOT_OURS
    }


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_folder_is_explained(name: str) -> None:
    text = _read(ROOT / name)
    missing = {folder for folder in _folders() if f"`{folder}/`" not in text}
    assert not missing


def test_ones_own_law_is_begun_as_both_readmes_say(tmp_path: Path) -> None:
    blocks = [
        [block for language, block in FENCE.findall(_read(ROOT / name)) if language == "sh"]
        for name in ("README.md", "README.zh.md")
    ]
    assert blocks[0] == blocks[1]
    begun = [line for line in blocks[0][0].splitlines() if line.startswith("tracker ")]
    assert [line.split()[1] for line in begun] == ["init", "ingest", "ingest", "diff"]
    folder = tmp_path / "my-laws"
    for line in begun:
        words = line.replace("~/legislative-tracker", shlex.quote(str(ROOT)))
        words = words.replace("~/my-laws", shlex.quote(str(folder)))
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(words)],
            cwd=folder if folder.exists() else tmp_path,
            env=os.environ | {"TRACKER_LANG": "zh", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
    assert "第十一条 → 第十二条" in done.stdout


def test_both_readmes_show_the_same_commands() -> None:
    shown = [
        [block for language, block in FENCE.findall(_read(ROOT / name)) if language == "console"]
        for name in ("README.md", "README.zh.md")
    ]
    commands = [
        [line.split("#")[0].rstrip() for block in blocks for line in block.splitlines()
         if line.startswith("$ ")]
        for blocks in shown
    ]  # fmt: skip
    assert commands[0] == commands[1]


def _runs() -> list[tuple[str, list[str]]]:
    """The commands of the English README and the lines shown below each; … stands for the rest."""
    runs: list[tuple[str, list[str]]] = []
    for kind, block in FENCE.findall(_read(ROOT / "README.md")):
        for line in block.splitlines() if kind == "console" else []:
            if line.startswith("$ "):
                runs.append((line[2:], []))
            elif line != "…":
                runs[-1][1].append(line)
    return [run for run in runs if run[0].startswith("tracker ")]


@pytest.mark.parametrize(("command", "shown"), _runs(), ids=[c for c, _ in _runs()])
def test_the_readme_shows_what_the_commands_print(command: str, shown: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "88", "TRACKER_LANG": "zh", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    printed = iter([line.rstrip() for line in (done.stdout + done.stderr).splitlines()])
    for line in shown:
        assert line in printed, line


def test_the_page_on_the_report_shows_a_finding_that_is_really_made() -> None:
    (block,) = (b for k, b in FENCE.findall(_read(DOCS / "reference/check-report.md")) if k)
    shown = json.loads(block)
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "check", *shown["checked"], "--format", "json"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60,
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    printed = json.loads(done.stdout)
    assert shown["problems"][0] in printed["problems"]
    assert list(shown) == list(printed)


def test_every_decision_is_listed() -> None:
    folder = DOCS / "develop" / "decisions"
    index = _read(folder / "index.md")
    assert all(p.name in index for p in folder.glob("0*.md"))


def test_what_the_hard_cases_quote_stands_in_a_source() -> None:
    sources = [*(ROOT / "versions").glob("*/*/source.*"), *(ROOT / "tests/cases").rglob("*.txt")]
    texts = [path.read_bytes().decode("utf-8-sig", errors="replace") for path in sources]
    blocks = FENCE.findall(_read(DOCS / "understand" / "tricky-cases.md"))
    quoted = [line for kind, block in blocks if kind == "source" for line in block.splitlines()]
    assert quoted
    missing = [line for line in quoted if not any(line in text for text in texts)]
    assert not missing


def test_the_page_on_alignment_names_every_pass() -> None:
    code = "".join(_read(path) for path in sorted((ROOT / "tracker" / "diff").rglob("*.py")))
    page = _read(DOCS / "understand" / "how-alignment-works.md")
    named = re.findall(r"^\| \d \| `([a-z-]+)` \|", page, re.MULTILINE)
    assert len(named) == len(PASSES)
    assert all(f'"{name}"' in code for name in named)
