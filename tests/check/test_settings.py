"""Levels and ignores: what the settings say is done, and a slip in them is named with its line."""

from __future__ import annotations

import pytest

from tracker.check.settings import Ignore, Settings, read_settings, settle, unused
from tracker.law.problems import Problem, Severity, TrackerError

TOML = """# 设置

[check.levels]
missing-full-stop = "error"
"note-silent" = "warning"

[[check.ignore]]
code = "item-mark"
reason = "沿用现行条例的写法"
law = "example"
citation = "第七十条"

[[check.ignore]]
code = "no-chapters"
reason = "问卷"
"""


def problem(code: str, citation: str = "", law: str = "example") -> Problem:
    return Problem(code=code, severity=Severity.WARNING, message="甲", citation=citation, law=law)


def test_levels_and_ignores_are_read_with_their_lines() -> None:
    settings = read_settings(TOML.encode(), "tracker.toml")
    assert settings.levels == (
        ("missing-full-stop", Severity.ERROR), ("note-silent", Severity.WARNING),
    )  # fmt: skip
    assert [one.place for one in settings.ignores] == ["tracker.toml:7", "tracker.toml:13"]


def test_pyproject_has_the_same_under_its_own_table() -> None:
    text = TOML.replace("[check.", "[tool.tracker.check.")
    settings = read_settings(text.encode(), "pyproject.toml")
    assert len(settings.levels) == 2
    assert [one.place for one in settings.ignores] == ["pyproject.toml:7", "pyproject.toml:13"]
    assert read_settings(b"[tool.ruff]\nline-length = 100\n", "pyproject.toml") == Settings()


def test_a_level_is_changed_and_an_ignored_finding_is_left_aside_with_its_reason() -> None:
    settings = read_settings(TOML.encode(), "tracker.toml")
    done = settle(
        settings,
        (
            problem("missing-full-stop", "第三条第一款"),
            problem("item-mark", "第七十条第二款第三项"),
            problem("item-mark", "第七十条之一第一款第三项"),
            problem("item-mark", "第七十条第二款第三项", law="other"),
        ),
    )
    assert [(p.code, p.severity.value, p.citation) for p in done.problems] == [
        ("missing-full-stop", "error", "第三条第一款"),
        ("item-mark", "warning", "第七十条之一第一款第三项"),
        ("item-mark", "warning", "第七十条第二款第三项"),
    ]
    assert [ignore.reason for _, ignore in done.ignored] == ["沿用现行条例的写法"]


def test_an_ignore_that_matched_nothing_is_told() -> None:
    settings = read_settings(TOML.encode(), "tracker.toml")
    ((file, (told,)),) = unused(settings.ignores, settings.ignores[:1]).items()
    assert file == "tracker.toml"
    assert (told.code, told.line) == ("unused-ignore", 13)
    assert "问卷" in told.message


def test_the_settings_of_a_law_win_and_are_of_that_law_only() -> None:
    text = '[check.levels]\nno-chapters = "error"\n'
    text += '[[check.ignore]]\ncode = "item-mark"\nreason = "甲"\n'
    own = read_settings(text.encode(), "versions/a/law.toml", law="a")
    both = own.over(Settings(levels=(("no-chapters", Severity.INFO),)))
    assert dict(both.levels) == {"no-chapters": Severity.ERROR}
    assert own.ignores == (
        Ignore(code="item-mark", reason="甲", law="a", file="versions/a/law.toml", line=3),
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ('[[check.ignore]]\ncode = "item-mark"\n', "bad-settings", 1, "理由"),
        ('\n[[check.ignore]]\ncode = "item-mark"\nreason = "  "\n', "bad-settings", 2, "理由"),
        ('[[check.ignore]]\nreason = "甲"\n', "bad-settings", 1, "code"),
        ('[check.levels]\n\nmissing-stop = "error"\n', "unknown-code", 3, "missing-stop"),
        ('[check.levels]\nitem-mark = "fatal"\n', "bad-settings", 2, "fatal"),
        ('[check.levels]\nbad-law-toml = "info"\n', "bad-settings", 2, "停下"),
        ('[check]\nlevel = "error"\n', "bad-settings", 2, "level"),
        ("check = 1\n", "bad-settings", 1, "表"),
        ("[check\n", "bad-settings", 0, "读不出来"),
    ],
)
def test_a_slip_is_an_error_that_names_its_line(text: str, code: str, line: int, said: str) -> None:
    with pytest.raises(TrackerError) as caught:
        read_settings(text.encode(), "tracker.toml")
    assert caught.value.code == code
    assert said in caught.value.message
    assert not line or f"tracker.toml:{line}：" in caught.value.message


def test_an_unknown_code_comes_with_the_nearest_ones() -> None:
    with pytest.raises(TrackerError) as caught:
        read_settings(b'[check.levels]\nmissing-full-stops = "error"\n', "tracker.toml")
    assert "missing-full-stop" in caught.value.hint
