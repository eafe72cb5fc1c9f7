"""The outputs of a check: each shows the same findings, keeps its limits, and does nothing else."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from rich.console import Console

from tracker.check.reference import entries
from tracker.diff.changes import compare
from tracker.law.model import Stage
from tracker.law.problems import Problem, Severity
from tracker.parse.canonical import read
from tracker.render.annotations import EACH, annotate
from tracker.render.findings import Checked, Compared
from tracker.render.fold import cells
from tracker.render.junit import junit
from tracker.render.markdown_check import COMMENT, SUMMARY, check_markdown
from tracker.render.sarif import MOST, sarif
from tracker.render.side import SideInfo
from tracker.render.terminal.check import print_checked

LINE = "违反本条例规定，构成犯罪的，依法追究刑事责任"
STOP = Problem(
    code="missing-full-stop", severity=Severity.WARNING, message="本款末尾没有句号",
    hint="在句末加句号", citation="第七十三条第一款", address="art_73__para_1", line=207,
    quote="追究刑事责任", span=(len(LINE) - 1, len(LINE)), law="example", version="v",
)  # fmt: skip
ONE = Checked(
    name="example@v", path="versions/example/v/source.txt", title="示例市试验条例",
    problems=(STOP,), texts={"art_73__para_1": LINE},
)  # fmt: skip

HOSTILE = (
    "::error file=a,line=1::owned",
    "甲\n::set-env name=X::y",
    "%0A::add-mask::secret",
    "##[command]rm",
    "::stop-commands::x",
    "@org/team 请看 #12 https://evil.example/x.png",
    "![](http://evil.example/beacon.png)",
    "[点](javascript:alert(1))",
    "</details></td></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "| 甲 | 乙 |\n|---|---|",
    "```\n代码\n```",
    "# 标题\n- 项",
    "<!-- 注释",
    "&lt;b&gt;&#60;",
    "]]><evil/>",
    "\x1b[31m红\x1b]0;标题\x07",
    "a\u202eb\u200bc",
    '"><x y="',
    "{{ 7*7 }} {% raw %} ${{ secrets.TOKEN }}",
)


def hostile(text: str) -> Checked:
    problem = replace(STOP, message=text, hint=text, quote=text, citation=text, span=None)
    return replace(ONE, name=text, path=f"drafts/{text}", title=text, problems=(problem,))


def shown(checked: tuple[Checked, ...], width: int = 100) -> str:
    out = io.StringIO()
    print_checked(Console(file=out, width=width, markup=False, highlight=False), checked, "zh")
    return out.getvalue()


# --- for people -----------------------------------------------------------------------------------


def test_the_line_is_quoted_by_article_with_the_place_marked_below_it() -> None:
    lines = shown((ONE,)).splitlines()
    assert lines[0] == "example@v  示例市试验条例"
    assert lines[1] == "  第七十三条"
    assert lines[2] == "    警告 第一款 第 207 行 本款末尾没有句号 [missing-full-stop]"
    assert lines[3] == f"      │ {LINE}"
    assert lines[4] == " " * (len("      │ ") + 2 * (len(LINE) - 1)) + "^^"
    assert lines[5] == "      → 在句末加句号"
    assert lines[6] == "已查 1 个文本 · 警告 1"


def test_a_long_line_is_cut_around_the_place() -> None:
    text = "甲" * 100 + "《" + "乙" * 100
    problem = replace(STOP, span=(100, 101), quote="《")
    one = replace(ONE, problems=(problem,), texts={STOP.address: text})
    quoted = next(line for line in shown((one,)).splitlines() if "│" in line)
    assert quoted == "      │ …" + "甲" * 31 + "《" + "乙" * 16 + "…"


def test_in_a_terminal_the_quoted_line_fits_so_that_the_mark_stands_below_its_place() -> None:
    text = "甲" * 100 + "《" + "乙" * 100
    one = replace(ONE, problems=(replace(STOP, span=(100, 101)),), texts={STOP.address: text})
    out = io.StringIO()
    console = Console(file=out, width=50, force_terminal=True, color_system=None)
    print_checked(console, (one,), "zh")
    quoted, mark = (line for line in out.getvalue().splitlines() if "│" in line or "^" in line)
    assert cells(quoted) <= 50
    assert cells(quoted.partition("《")[0]) == len(mark) - len(mark.lstrip())


def test_of_more_findings_than_a_person_reads_the_rest_is_counted_until_all_are_asked_for() -> None:
    one = replace(ONE, problems=(STOP,) * 1003)
    out = io.StringIO()
    console = Console(file=out, width=100, markup=False, highlight=False)
    print_checked(console, (one,), "zh", everything=False)
    assert out.getvalue().count("[missing-full-stop]") == 1000
    assert out.getvalue().splitlines()[-2:] == [
        "  另有 3 个问题，-v 全部列出", "已查 1 个文本 · 警告 1003",
    ]  # fmt: skip
    assert shown((one,)).count("[missing-full-stop]") == 1003


def test_what_the_settings_left_aside_is_counted_with_its_reason() -> None:
    one = replace(ONE, problems=(), ignored=((STOP, "沿用现行条例"),))
    assert "按设置忽略 1 个（沿用现行条例）" in shown((one,))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_escape_sequence_reaches_a_terminal(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown((hostile(text),)))


# --- GitHub ---------------------------------------------------------------------------------------


def test_an_annotation_names_file_line_and_code() -> None:
    assert annotate((ONE,)) == (
        "::warning file=versions/example/v/source.txt,line=207,"
        "title=第七十三条第一款 missing-full-stop::"
        "本款末尾没有句号%0A追究刑事责任%0A在句末加句号\n"
    )


def test_there_are_ten_of_each_severity_worst_first_and_the_rest_is_counted() -> None:
    many = tuple(replace(STOP, line=n) for n in range(25))
    errors = tuple(replace(STOP, severity=Severity.ERROR, line=n) for n in range(3))
    lines = annotate((replace(ONE, problems=many), replace(ONE, problems=errors))).splitlines()
    kinds = [line.split(" ")[0] for line in lines[:-1]]
    assert kinds == ["::error"] * 3 + ["::warning"] * EACH
    assert not lines[-1].startswith("::")
    assert "警告15个" in lines[-1]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_can_neither_end_a_workflow_command_nor_begin_one(text: str) -> None:
    (line,) = annotate((hostile(text),)).splitlines()
    head, _, message = line.removeprefix("::warning ").partition("::")
    assert [part.partition("=")[0] for part in head.split(",")] == ["file", "line", "title"]
    assert "\n" not in message
    assert "\r" not in message
    unescaped = message.replace("%0A", "\n").replace("%25", "%")
    assert unescaped.count("\n") == 2 * (text.count("\n") + 1) + text.count("\n")


# --- Markdown -------------------------------------------------------------------------------------


def _compared(count: int = 3) -> Compared:
    articles = "\n\n".join(
        f"第{n}条　市政府应当在三十日内答复{n}。" for n in "一二三四五六七八九"[:count]
    )
    old = read(f"示例市试验条例\n\n{articles}\n")
    new = read(f"示例市试验条例\n\n{articles.replace('三十日', '十五日')}\n")
    sides = (SideInfo.of_law(old), SideInfo.of_law(new))
    staged = [
        replace(side, stage=stage)
        for side, stage in zip(sides, (Stage.DRAFT, Stage.ENACTED), strict=True)
    ]
    return Compared(compare(old, new), *staged)


def test_the_summary_has_counts_findings_changes_and_redlines() -> None:
    text = check_markdown((replace(ONE, compared=_compared()),))
    assert "| example<span>&#64;</span>v | 0 | 1 | 0 |" in text
    assert "<q>违反本条例规定，" not in text  # 16 characters around the place
    assert "<b>任</b></q>" in text
    assert "| 修改 | 3 |" in text
    assert "<del>三十日</del><ins>十五日</ins>" in text
    assert "略去" not in text


@pytest.mark.parametrize("size", [COMMENT, SUMMARY])
def test_it_is_cut_to_the_size_and_says_what_was_cut(size: Any) -> None:
    many = tuple(replace(STOP, line=n, message=f"第{n}个" + "很长" * 50) for n in range(6000))
    text = check_markdown((replace(ONE, problems=many, compared=_compared()),), size=size)
    assert size.measure(text) <= size.most
    assert size.measure(text) > size.most * 0.9
    assert re.search(r"略去\d+个问题", text)


def test_nothing_checked_is_said_as_such() -> None:
    assert "没有检查任何文本" in check_markdown(())


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_a_text_and_does_nothing_with_it(text: str) -> None:
    out = check_markdown((hostile(text), hostile(text)))
    bare = re.sub(r"</?(?:span|code|q|b|br)>|<br>", "", out)
    assert "<" not in bare
    assert not re.search(r"(?<!&)#\d|@\w|\]\(|https?:|www\.|```", bare.replace("&#", "&"))
    lines = out.splitlines()
    assert sum(line.startswith("- ") for line in lines) == 2
    assert sum(line.startswith("|") for line in lines) == 4
    assert sum(line.startswith("#") for line in lines) == 2


# --- for programs ---------------------------------------------------------------------------------

# What of SARIF 2.1.0 is used here; checked against the schema of the standard when it was written.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                },
                "region": {
                    "type": "object",
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1}, "snippet": _TEXT,
                    },
                },
            },
        }
    },
}  # fmt: skip
_RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level", "locations", "partialFingerprints"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": {"type": "array", "items": _LOCATION, "minItems": 1},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "additionalProperties": False,
}
_DRIVER = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"}, "version": {"type": "string"},
        "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "items": {"type": "object", "required": ["id"]},
                  "uniqueItems": True},
    },
    "additionalProperties": False,
}  # fmt: skip
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {"type": "object", "properties": {"driver": _DRIVER}},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": _RESULT},
                    "invocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["executionSuccessful"]},
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def _sarif(*checked: Checked) -> dict[str, Any]:
    document = sarif(checked, "0.1.0", entries())
    jsonschema.validate(document, SARIF)
    run: dict[str, Any] = document["runs"][0]
    return run


def _prints(run: dict[str, Any]) -> list[str]:
    return [one["partialFingerprints"]["trackerFinding/v1"] for one in run["results"]]


def test_sarif_has_a_rule_for_each_code_and_a_place_for_each_finding() -> None:
    run = _sarif(ONE)
    (rule,), (result,) = run["tool"]["driver"]["rules"], run["results"]
    assert (rule["id"], result["ruleIndex"], result["level"]) == ("missing-full-stop", 0, "warning")
    assert "句号" in rule["shortDescription"]["text"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["region"]["startLine"] == 207
    assert physical["artifactLocation"]["uri"] == "versions/example/v/source.txt"


def test_a_fingerprint_stays_when_lines_move_and_tells_two_slips_apart() -> None:
    other = replace(STOP, line=300, citation="第七十四条第一款", address="art_74__para_1")
    moved = replace(ONE, problems=(replace(STOP, line=9),))
    assert _prints(_sarif(ONE)) == _prints(_sarif(moved))
    assert _prints(_sarif(ONE)) == _prints(_sarif(replace(ONE, problems=(other,))))
    two = _prints(_sarif(replace(ONE, problems=(STOP, other))))
    assert len(set(two)) == 2
    changed = replace(STOP, quote="依法给予处分")
    assert _prints(_sarif(replace(ONE, problems=(changed,)))) != _prints(_sarif(ONE))


def test_sarif_keeps_the_worst_of_too_many() -> None:
    many = tuple(replace(STOP, line=n + 1) for n in range(MOST + 10))
    worst = replace(STOP, severity=Severity.ERROR)
    run = _sarif(replace(ONE, problems=(*many, worst)))
    assert len(run["results"]) == MOST
    assert run["results"][0]["level"] == "error"
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "11" in notes[0]["message"]["text"]


def test_sarif_says_what_was_not_read() -> None:
    run = _sarif(replace(ONE, complete=False))
    assert run["invocations"][0]["executionSuccessful"] is False


def test_junit_has_a_suite_a_text_and_a_failure_for_what_fails() -> None:
    error = replace(STOP, severity=Severity.ERROR)
    clean = replace(ONE, name="乙", problems=())
    root = ET.fromstring(junit((replace(ONE, problems=(STOP, error)), clean)))
    assert (root.get("tests"), root.get("failures")) == ("3", "1")
    assert [suite.get("name") for suite in root] == ["example@v", "乙"]
    (failure,) = root.iter("failure")
    assert failure.get("message") == "本款末尾没有句号"
    assert len(list(ET.fromstring(junit((ONE,), Severity.WARNING)).iter("failure"))) == 1
    assert len(list(ET.fromstring(junit((ONE,), None)).iter("failure"))) == 0


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\ud800\ufffe"])
def test_documents_for_programs_hold_any_text(text: str) -> None:
    root = ET.fromstring(junit((hostile(text),), Severity.WARNING))
    assert len(list(root.iter())) == 4
    run = _sarif(hostile(text.encode("utf-8", "replace").decode()))
    assert len(run["results"]) == 1
    assert json.loads(json.dumps(run))


def test_the_same_findings_give_the_same_bytes() -> None:
    checked = (replace(ONE, compared=_compared()), hostile(HOSTILE[0]))
    assert check_markdown(checked) == check_markdown(checked)
    assert json.dumps(_sarif(*checked)) == json.dumps(_sarif(*checked))
