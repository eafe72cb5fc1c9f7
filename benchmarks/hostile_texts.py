"""Repetitive texts of one and of two million characters through parse, check, citations and diff.

Each command runs as a user runs it, in a process of its own; shown are the seconds it had of the
processor and its peak memory.
`python -m benchmarks hostile_texts` prints a line for each text and marks what takes over `SLOW`
seconds, what grows faster than the text does, and what ends in a traceback. A text over a limit of
the reader ends in an error, which is an answer too: the line says so.

`python -m benchmarks.hostile_texts NAME…` measures the named texts only.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

SIZE: Final = 1_000_000  # characters
SLOW: Final = 5.0  # seconds for one command on a million characters
FASTER: Final = 3.0  # times as long for twice the text
LINE: Final = 900_000  # a line of a million characters is the limit of the reader
PATIENCE: Final = 30  # seconds after which a command is given up
BAD: Final = ("traceback", "given up")
PAGE: Final = "<html><body><p>某市条例</p><p>第一条 甲。</p>"
HEAD: Final = "某市条例\n第一条 甲。\n"
COMMANDS: Final = (("parse",), ("check",), ("citations",), ("diff",))


def _line(piece: str) -> Callable[[int], str]:
    """A text of long lines that hold nothing else."""

    def text(size: int) -> str:
        whole = (piece * (size // len(piece) + 1))[:size]
        return HEAD + "\n".join(whole[at : at + LINE] for at in range(0, size, LINE))

    return text


def _plain(piece: str, head: str = HEAD) -> Callable[[int], str]:
    """A text of a head and of a piece that brings its own line ends, over and over."""
    return lambda size: head + piece * (size // len(piece))


def _numbered(line: str) -> Callable[[int], str]:
    """Lines with a number that goes up."""

    def text(size: int) -> str:
        count = size // len(line.format(99_999))
        return HEAD + "\n".join(line.format(n) for n in range(2, count))

    return text


TEXTS: Final[dict[str, Callable[[int], str]]] = {
    "第一条之": _line("第一条之"),
    "第一条第一款第一项、": _line("第一条第一款第一项、"),
    "《": _line("《"),
    "》": _line("》"),
    "《》": _line("《》"),
    "《甲法》第一条": _line("《甲法》第一条"),
    "（一）（二）": _line("（一）（二）"),
    "前款": _line("前款"),
    "第一至第二至": _line("第一至第二至"),
    "第一条、": _line("第一条、"),
    "该条": _line("第一条和该条"),
    "刑法第一条": _line("刑法第一条"),
    "本法第一条": _line("本法第一条规定，"),
    "附件一": _line("附件一"),
    "1": _line("1"),
    "、": _line("、"),
    "条": _line("条"),
    "第": _line("第"),
    "一": _line("一"),
    "甲": _line("甲"),
    "甲。": _line("甲。"),
    "（": _line("（"),
    "（）nested": lambda n: HEAD + "（" * (n // 2 - LINE // 9) + "）" * (n // 2 - LINE // 9),
    "“": _line("“"),
    "。第二条": _line("。第二条"),
    "spaces": _line(" "),
    "wide spaces": _line("\u3000"),
    "甲 ": _line("甲 "),
    "newlines": _plain("\n"),
    "第一条 lines": _plain("第一条\n"),
    "第一条之一 lines": _plain("第一条之一 甲\n"),
    "articles": _numbered("第{}条 甲乙丙丁戊己庚辛。"),
    "chapters": _numbered("第{}章 总则"),
    "items": _numbered("（{}）甲；"),
    "points": _plain("（一）甲；\n（二）乙；\n"),
    "aims": _plain("1.甲；\n（1）乙；\n"),
    "paragraphs": _plain("甲乙丙丁。\n"),
    "目录": _plain("目录\n第一章 总则\n"),
    "目录 dots": _plain("第一章 总则" + "." * 40 + "1\n", "某市条例\n目录\n"),
    "附件": _plain("附件\n甲\n"),
    "一、": _plain("一、甲\n", "某市办法\n"),
    "pages": _plain("甲乙丙\n- 1 -\n"),
    "half lines": _plain("甲" * 30 + "\n"),
    "signers": _plain("某市人民政府\n2020年1月1日\n"),
    "说明": _plain("关于《某市条例》的说明\n甲。\n"),
    "#": _plain("#" * 500_000 + "\n", "# 某市条例\n第一条 甲。\n"),
    "# lines": _plain("# 第一条\n", "# 某市条例\n"),
    "**": _line("**"),
    "> quoted": _line("> "),
    "comments": lambda n: "# 某市条例\n第一条 甲。\n" + "<!---->" * (n // 8),
    "open comments": _line("<!--"),
    "tables": _plain("| 甲 | 乙 |\n|---|---|\n", "# 某市条例\n第一条 甲。\n"),
    "front matter": lambda n: "---\n" + "a: b\n" * (n // 5) + "---\n" + HEAD,
    "radicals": _line("⼀"),
    "zero width": _line("甲\u200b"),
    "private use": _line("\ue000"),
    "html p": _plain("<p>", PAGE),
    "html p 第": _plain("<p>第一条 甲。</p>", "<html><body><p>某市条例</p>"),
    "html div": _plain("<div>", PAGE),
    "html attributes": lambda n: f"<html><body><p>第一条 甲。</p><div {'a=1 ' * (n // 4)}>",
    "html entities": _plain("&nbsp;", PAGE + "<p>"),
    "html amp": _plain("&amp;", PAGE + "<p>"),
    "html br": _plain("<br>", PAGE + "<p>"),
    "html b": _plain("<b>甲</b>", PAGE + "<p>"),
    "html td": _plain("<td>甲", PAGE + "<table><tr>"),
    "html tr": _plain("<tr><td>甲</td></tr>", PAGE + "<table>"),
}


def _run(words: tuple[str, ...], path: str) -> tuple[float, float, str]:
    """Seconds of the processor, peak memory in MB, and: ok, error, traceback or given up."""
    files = [path, path] if words[0] == "diff" else [path]
    limited = f'ulimit -t {PATIENCE}; exec "$@"'
    command = ["sh", "-c", limited, "sh", sys.executable, "-m", "tracker", *words, *files]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        told = said.read().decode("utf-8", "replace")
    answer = "ok" if child.returncode in (0, 1) else f"error {child.returncode}"
    answer = "given up" if child.returncode < 0 else answer
    answer = "traceback" if "Traceback" in told else answer
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, answer


def _measured(name: str, folder: Path) -> bool:
    """Print the line of one text; whether all of it is quick, linear and without a traceback."""
    cells, good = [], True
    paths = []
    for times in (1, 2):
        paths.append(folder / f"{times}.txt")
        paths[-1].write_text(TEXTS[name](SIZE * times), encoding="utf-8")
    for words in COMMANDS:
        took, memory, answer = _run(words, str(paths[0]))
        mark = "" if took <= SLOW and answer not in BAD else "!"
        growth = ""
        if took > 1:
            twice, memory, second = _run(words, str(paths[1]))
            growth = f" ×{twice / took:.1f}" if second == answer else f" {second}"
            mark = mark or ("!" if second == answer and twice > FASTER * took else "")
        good = good and not mark
        told = "" if answer == "ok" else f" {answer}"
        cells.append(f"{took:5.2f} s{growth:6} {memory:4.0f} MB{told}{mark}")
    print(f"{name:20} " + " | ".join(f"{cell:26}" for cell in cells), flush=True)
    return good


def main() -> None:
    """Print a line for each text, and which are slow or grow faster than the text."""
    named = [name for name in TEXTS if name in sys.argv[1:]] or list(TEXTS)
    print(f"{'text':20} " + " | ".join(f"{words[0]:26}" for words in COMMANDS))
    with tempfile.TemporaryDirectory() as folder:
        bad = [name for name in named if not _measured(name, Path(folder))]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{len(named)} texts, {len(bad)} slow: {'、'.join(bad)}")
    print(f"most memory of one command: {children.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
