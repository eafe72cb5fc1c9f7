"""Strings that would do something if they were let through, and a law that is made of them."""

from __future__ import annotations

from datetime import date
from itertools import islice

from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number
from tracker.parse.document import Dropped, Ledger, Notice, Place
from tracker.store.model import Incoming

__all__ = ["FIELDS", "PAYLOADS", "SAFE_IN_LAWS", "hostile_arrivals", "hostile_fields"]

PAYLOADS = (
    # elements and attributes
    "<script>alert(1)</script>", "</div></article><script>x=1</script>", "<img src=x onerror=x()>",
    "<svg onload=x()>", "<iframe src=//e.invalid></iframe>", "<style>*{display:none}</style>",
    "<a href='javascript:x()'>点</a>", "<base href='//e.invalid/'>", "<meta http-equiv=refresh>",
    "<form action=//e.invalid><button>", "<object data=x>", "<embed src=x>", "<link rel=import>",
    "<details open ontoggle=x()>", "<input autofocus onfocus=x()>", "<marquee onstart=x()>",
    "<video><source onerror=x()>", "<math><mi//xlink:href='data:x,y'>", "<template><b>",
    "\" onmouseover=\"x()", "' onmouseover='x()", "\"><script>x()</script>", "'><b>", "`><b>",
    "</title><script>x()</script>", "</textarea><b>", "</noscript><b>", "<!--", "-->", "<![CDATA[",
    "<?php x(); ?>", "<%= x %>", "</p></div></body></html>", "<b", "<", ">", "&", "&lt;b&gt;",
    "&#60;b&#62;", "&amp;lt;",
    # Markdown and its extensions
    "*强调* _下划_ **粗**", "# 标题", "1. 一", "- 项", "> 引", "    代码", "`代码`",
    "```\n代码\n```",
    "[链接](javascript:x())", "![图](//e.invalid/x.png)", "[x]: //e.invalid", "[TOC]", "[^1]",
    "*[法]: 法律", "{: .x onclick=x() }", "{ #id .class }", "--8<-- \"mkdocs.yml\"", "!!! note",
    "<http://e.invalid>", "http://e.invalid", "---\ntitle: 假\n---", "||x||",
    # templates, data, look-alikes
    "{{ config }}", "{% include 'x' %}", "${7*7}", "#{7*7}", "title: \"x\"", "\\\" \\n \\u0041",
    "第一条\u202e反\u202c", "零\u200b宽", "\x07\x1b[31m",
)  # fmt: skip
"""Each must show as the characters it is made of, on every page and in the search index."""

SAFE_IN_LAWS = tuple(
    payload for payload in PAYLOADS if payload.isprintable() and payload == payload.strip()
)


def _law(title: str, texts: tuple[str, ...]) -> Law:
    articles = tuple(
        Provision(
            Unit.ARTICLE, Number(number), f"条旨{number}", "",
            (Provision(Unit.PARAGRAPH, text=f"数据{text}止。"),),
        )
        for number, text in enumerate(texts, 1)
    )  # fmt: skip
    return Law(title, articles)


def hostile_arrivals() -> tuple[Incoming, ...]:
    """Two stages of one law: payloads in title, text, note, file name, address and the rest."""
    payloads = SAFE_IN_LAWS
    every = "；".join(islice(payloads, 20))
    out = []
    for index, (stage, texts) in enumerate(
        ((Stage.DRAFT, payloads), (Stage.SECOND_READING, payloads[3:] + payloads[:2]))
    ):
        out.append(
            Incoming(
                law_id="hostile",
                stage=stage,
                dates=Dates(published=date(2021, 1 + index, 1)),
                law=_law("某市</title><script>x()</script>{{ config }}*条例*", texts),
                source="\n".join(texts).encode(),
                source_name="<img src=x onerror=x()>\"'.html",
                source_format="text",
                source_url="https://e.invalid/?a=\"><script>x()</script>&b='",
                issuing_body="<b>机关</b>",
                note="\n".join(PAYLOADS).replace("\x07\x1b[31m", ""),
                notice=Notice(every, every, every),
                ledger=Ledger(
                    (("<b>rule</b>", 1),),
                    tuple(Dropped(p, Place(n), "<b>why</b>") for n, p in enumerate(payloads, 1)),
                ),
            )
        )
    return tuple(out)


FIELDS = ("title", "text", "note", "source_name", "source_url", "issuing_body")
"""Where a string from outside can come in."""


def hostile_fields() -> tuple[Incoming, ...]:
    """A law for each of 60 payloads, which stands in each of its fields."""
    out = []
    for index, payload in enumerate(islice(SAFE_IN_LAWS, 60)):
        out.append(
            Incoming(
                law_id=f"field-{index:02}",
                stage=Stage.DRAFT,
                dates=Dates(published=date(2020, 1, 1)),
                law=_law(f"某市{payload}条例", (payload,)),
                source=payload.encode(),
                source_name=f"{payload}.txt",
                source_format="text",
                source_url=f"https://e.invalid/{payload}" if index % 2 else payload,
                issuing_body=f"{payload}机关",
                note=f"说明{payload}。",
            )
        )
    return tuple(out)
