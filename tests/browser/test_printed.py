"""The invented law, printed by Chromium and read back, is the same law word for word."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from tracker.parse import canonical
from tracker.parse.extract.pdf import words
from tracker.parse.forms import extract
from tracker.parse.reading import read_source

CASES = Path(__file__).resolve().parents[1] / "cases" / "example-law"
_STYLE = """
body { font: 16pt/28pt 'Noto Serif CJK SC'; text-align: justify; margin: 0 }
p { margin: 0; text-indent: 2em } h1 { text-align: center; font-size: 22pt }
.c { text-align: center; text-indent: 0 }
"""
_HEADING = re.compile(r"第[一二三四五六七八九十]+[编章节][\s\u3000]|（[^（）]*）$|目\s*录$")
_TWO_COLUMNS = "body { column-count: 2; font-size: 10.5pt; line-height: 18pt }"
_NOT_SET_IN = "p { text-indent: 0; margin: 8pt 0 }"


def _page(text: str, style: str) -> str:
    title, *lines = [line.strip() for line in text.split("\n") if line.strip()]
    body = [f"<h1>{html.escape(title)}</h1>"]
    for line in lines:
        kind = " class=c" if _HEADING.match(line) and len(line) < 24 else ""
        body.append(f"<p{kind}>{html.escape(line)}</p>")
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}{style}</style>" + "".join(body)


@pytest.mark.parametrize("style", ["", _TWO_COLUMNS, _NOT_SET_IN])
def test_a_printed_law_reads_as_its_text_does(chromium: Any, style: str) -> None:
    text = (CASES / "4-enacted.txt").read_text(encoding="utf-8")
    law = read_source(text.encode(), name="law.txt").law
    page = chromium.new_page()
    page.set_content(_page(text, style))
    data = page.pdf(
        format="A4", display_header_footer=True, print_background=True,
        margin={"top": "37mm", "bottom": "35mm", "left": "28mm", "right": "26mm"},
        header_template=f"<span style='font-size:9pt;margin:auto'>{law.title}</span>",
        footer_template="<span style='font-size:10pt;margin:auto'>— <span class=pageNumber></span> "
        "—</span>",
    )  # fmt: skip
    page.close()
    found = extract(data, "law.pdf")
    reasons = [dropped.reason for dropped in found.dropped]
    assert {"running-head", "page-number"} == set(reasons)
    assert {p.code for p in found.problems} <= {"pdf-paragraph-in-doubt"}
    read = read_source(data, name="law.pdf")
    assert canonical.write(read.law) == canonical.write(law)
    assert words(data, "law.pdf")
