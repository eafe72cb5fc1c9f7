"""What the check finds in the five real documents: what is there, and no more."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tracker.check import Subject, check
from tracker.law.problems import Problem, Severity
from tracker.parse.reading import read_source

VERSIONS = Path(__file__).resolve().parents[2] / "versions"

SHENZHEN = "shenzhen-digital-economy-industry"
SHIJIAZHUANG = "shijiazhuang-digital-economy"
GUANGZHOU = "guangzhou-digital-economy"
QINGDAO = "qingdao-digital-economy"
PLAN = "shenzhen-digital-economy-plan"


@cache
def problems(name: str) -> tuple[Problem, ...]:
    title = "青岛市数字经济促进条例" if name == QINGDAO else None
    (source,) = VERSIONS.glob(f"{name}/*/source.txt")
    document = read_source(source.read_bytes(), name=name, title=title)
    return check(Subject.of_document(document))


def one(name: str, code: str) -> Problem:
    (found,) = [p for p in problems(name) if p.code == code]
    return found


def codes(name: str) -> list[str]:
    return sorted(p.code for p in problems(name))


def test_shenzhen_has_these_findings_and_no_other() -> None:
    assert codes(SHENZHEN) == [
        "caption-repaired", "item-mark", "missing-full-stop", "note-silent", "note-title-differs",
        "text-left-out", "year-inferred",
    ]  # fmt: skip


def test_shenzhen_article_73_lost_its_full_stop() -> None:
    found = one(SHENZHEN, "missing-full-stop")
    assert (found.citation, found.quote[-4:]) == ("第七十三条第一款", "刑事责任")


def test_shenzhen_article_70_ends_its_third_item_with_the_wrong_mark() -> None:
    found = one(SHENZHEN, "item-mark")
    assert found.citation == "第七十条第二款第三项"
    assert found.address == "art_70__para_2__subpara_3"


def test_shenzhen_has_ten_captions_with_broken_brackets() -> None:
    assert "有10条" in one(SHENZHEN, "caption-repaired").message


def test_shenzhen_note_misspells_the_title() -> None:
    assert "《深圳经济特区数字经产业促进条例》" in one(SHENZHEN, "note-title-differs").message


def test_shenzhen_note_is_silent_on_27_articles() -> None:
    assert one(SHENZHEN, "note-silent").message == (
        "说明没有提到74条中的27条：第一条至第八条、第二十八条、第三十一条、第三十七条、第三十九条、"
        "第四十一条、第六十条、第六十二条至第七十四条"
    )


def test_shijiazhuang_has_no_findings() -> None:
    assert codes(SHIJIAZHUANG) == []


def test_guangzhou_lost_its_chapters_in_the_questionnaire() -> None:
    assert codes(GUANGZHOU) == ["half-width-mark", "no-chapters"]
    assert "94条没有章节标题" in one(GUANGZHOU, "no-chapters").message
    assert '"一带一路"' in one(GUANGZHOU, "half-width-mark").quote


def test_qingdao_lacks_its_ends() -> None:
    assert codes(QINGDAO) == [
        "last-chapters-incomplete", "missing-date", "missing-stage", "no-entry-into-force",
    ]  # fmt: skip
    found = one(QINGDAO, "last-chapters-incomplete")
    assert (found.citation, "第六十一条" in found.message) == ("第八章", True)


def test_the_plan_has_no_findings() -> None:
    assert codes(PLAN) == []


def _guangzhou_without(number: str) -> list[tuple[str, str]]:
    """The questionnaire with the text of one article gone; the field for comments on it stays."""
    (source,) = VERSIONS.glob(f"{GUANGZHOU}/*/source.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"第{number}条")]
    assert len(kept) == len(lines) - 1
    document = read_source("\n".join(kept).encode(), name="questionnaire.txt")
    found = check(Subject.of_document(document))
    return [(p.code, p.hint[:6]) for p in found if p.severity is Severity.ERROR]


def test_a_questionnaire_that_lost_an_article_is_told_so() -> None:
    assert _guangzhou_without("五十") == [("numbering-gap", "来源是征集问")]


def test_a_questionnaire_that_lost_its_last_article_has_no_entry_into_force() -> None:
    (source,) = VERSIONS.glob(f"{GUANGZHOU}/*/source.txt")
    whole = read_source(source.read_bytes(), name="questionnaire.txt")
    assert "no-entry-into-force" not in [p.code for p in check(Subject.of_document(whole))]
    text = source.read_text(encoding="utf-8")
    cut = "\n".join(line for line in text.splitlines() if not line.startswith("第九十四条"))
    document = read_source(cut.encode(), name="questionnaire.txt")
    assert "no-entry-into-force" in [p.code for p in check(Subject.of_document(document))]
