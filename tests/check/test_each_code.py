"""Each code that a rule can give has a wrong text that gives it and a right one that does not.

The same codes have an example, wrong and right, and a remedy on the page. Laws are invented.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tracker.check import Subject, check
from tracker.check.reference import entries
from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Severity
from tracker.parse.canonical import read
from tracker.parse.document import Ledger
from tracker.parse.reading import read_source

CHECK = Path(__file__).resolve().parents[2] / "tracker" / "check"

RIGHT = """示例市试验条例

第一章　总则

第一条　【目的】为了试验，根据《安全生产法》和有关法律，制定本条例。

第二条　【范围】本市行政区域内的试验活动，适用本条例。
本条例所称试验，是指对数据的处理。

第三条　【主管】市数据主管部门（以下简称数据部门）负责本条例的实施。
未经批准，不得试验；数据部门应当在三十日内答复。

第二章　禁止

第四条　【禁止】不得有下列行为：
（一）甲；
（二）乙，或者丙；
（三）丁。
前款第二项规定的行为，依照本条例第二条第二款处理，处一万元罚款。

第三章　附则

第五条　【施行日期】本条例自2022年1月1日起施行。
"""
FACTS = {"stage": Stage.ENACTED, "dates": Dates(promulgated=date(2021, 12, 1))}
NOTE = """关于《示例市试验条例》的说明
条例共三章五条。一是明确目的和范围（第一条至第三条）。二是规定禁止的行为（第四条、第五条）。
"""


def of(text: str = RIGHT, **more: object) -> Subject:
    return Subject(**{"law": read(text), **FACTS, **more})  # type: ignore[arg-type]


def but(old: str, new: str, text: str = RIGHT, **more: object) -> Subject:
    assert old in text, old
    return of(text.replace(old, new), **more)


def after(old: Subject, text: str = RIGHT, **more: object) -> Subject:
    return of(text, previous=old, **more)


DRAFT = of(stage=Stage.DRAFT, dates=Dates(published=date(2021, 6, 1)))
LONG = "".join(f"{Number(n).written('条')}　甲。\n\n" for n in range(1, 42))
BROKEN = "".join(
    f"第{n}条　在本市行政区域内从事试验活动，应当遵守法\n律和法规。\n\n"
    for n in "二三四五六七八九十"
)
CHAPTERS = "第三章　促进\n\n第五条　【促】促进。\n\n第四章　促进\n\n第六条　【促】促进。\n"
TERMS = "".join(f"局{n}（以下简称“数据{n}局”）。" for n in range(1_001))
TWINS = "示例市试验条例\n\n第一条　{}\n\n第二条　{}\n\n第三条　本条例自2022年1月1日起施行。\n"
SPLIT = ("网约车平台公司应当核验驾驶员的身份。", "网约车平台公司应当核验车辆的保险。")

WRONG: dict[str, Callable[[], Subject]] = {
    "numbering-gap": lambda: but("第五条　", "第六条　"),
    "repeated-number": lambda: but("第三章　附则", "第二章　附则"),
    "numbering-order": lambda: but("第二章　禁止", "第四章　禁止"),
    "numbering-restart": lambda: of(law=_numbered(1, 2, 3, 1)),
    "first-article": lambda: of(law=_numbered(10, 11)),
    "no-chapters": lambda: of(f"示例市试验条例\n\n{LONG.rstrip()}\n"),
    "citation-outside-part": lambda: of(
        "示例法典\n\n第十条　依照本法第三条处理。\n\n第十一条　本法自2022年1月1日起施行。\n"
    ),
    "lost-line-break": lambda: but("对数据的处理。", "对数据的处理。第九条还有一条。"),
    "wrong-own-name": lambda: but("依照本条例第二条", "依照本办法第二条"),
    "wrong-law-name": lambda: but("《安全生产法》", "《安全生成法》"),
    "former-law-name": lambda: but("《安全生产法》", "《合同法》"),
    "unpaired-mark": lambda: but("《安全生产法》", "《安全生产法"),
    "missing-full-stop": lambda: but("适用本条例。", "适用本条例"),
    "broken-lines": lambda: of(
        f"示例市试验条例\n\n第一条　甲。\n\n{BROKEN}第十一条　本条例自2022年1月1日起施行。\n"
    ),
    "stray-heading": lambda: but("对数据的处理。", "对数据的处理。\n价格制定"),
    "article-without-number": lambda: but("第二章　禁止\n", "第二章　禁止\n违反的，处罚款。\n"),
    "item-mark": lambda: but("（一）甲；", "（一）甲。"),
    "doubled-mark": lambda: but("适用本条例。", "适用本条例。，"),
    "half-width-mark": lambda: but("和有关法律", '和"有关"法律'),
    "empty-article": lambda: Subject(
        law=Law("示例市试验条例", (Provision(Unit.ARTICLE, Number(1)),)), **FACTS
    ),  # type: ignore[arg-type]
    "character-choice": lambda: but("或者丙", "或者其它"),
    "look-alike-character": lambda: but("未经批准", "末经批准"),
    "mixed-zero": lambda: but("三十日内", "一百〇五日内"),
    "numeral-script": lambda: but("三十日内", "三十日内审查，在15日内"),
    "term-never-used": lambda: but("数据部门应当", "主管机关应当"),
    "term-before-definition": lambda: but("本条例所称试验", "数据部门认定的本条例所称试验"),
    "terms-capped": lambda: but("第三条　", f"第三条　{TERMS}"),
    "caption-missing": lambda: but("【范围】", ""),
    "caption-repaired": lambda: of(ledger=Ledger(rewrites=(("caption", 10),))),
    "invisible-character": lambda: of(ledger=Ledger(rewrites=(("zero-width", 2),))),
    "no-entry-into-force": lambda: but("自2022年1月1日起施行", "由市人民政府解释"),
    "blank-date": lambda: but("自2022年1月1日起施行", "自××××年×月×日起施行"),
    "impossible-date": lambda: but("自2022年1月1日起施行", "自2022年13月40日起施行"),
    "range-reversed": lambda: but("处一万元罚款", "处3万元以上1万元以下罚款"),
    "last-chapters-incomplete": lambda: of(RIGHT.partition("第三章　附则")[0] + CHAPTERS),
    "missing-title": lambda: of(law=Law("", read(RIGHT).body)),
    "missing-stage": lambda: of(stage=None),
    "missing-date": lambda: of(dates=Dates()),
    "dates-reversed": lambda: of(
        dates=Dates(adopted=date(2022, 3, 1), promulgated=date(2022, 2, 1))
    ),
    "date-implausible": lambda: of(
        dates=Dates(promulgated=date(2021, 12, 1), in_force=date(2999, 1, 1))
    ),
    "date-before-previous": lambda: after(
        of(stage=Stage.DRAFT, dates=Dates(published=date(2022, 6, 1)))
    ),
    "not-compared": lambda: of(alone="没有收录其他版本"),
    "stage-goes-back": lambda: after(of(stage=Stage.REPEALED), stage=Stage.AMENDED),
    "stage-skipped": lambda: after(
        of(stage=Stage.FIRST_READING), stage=Stage.THIRD_READING
    ),
    "same-stage-differs": lambda: after(DRAFT, RIGHT.replace("丙", "戊"), stage=Stage.DRAFT),
    "text-unchanged": lambda: after(DRAFT),
    "title-changed": lambda: after(but("示例市试验条例", "示例市实验条例", stage=Stage.DRAFT)),
    "looks-the-same": lambda: after(DRAFT, RIGHT.replace("未经批准", "末经批准")),
    "stale-citation": lambda: after(
        DRAFT,
        RIGHT.replace("第二条　", "第二条　【新】新增的内容。\n\n第三条　")
        .replace("第三条　【主管】", "第四条　【主管】")
        .replace("第四条　【禁止】", "第五条　【禁止】")
        .replace("第五条　【施行", "第六条　【施行"),
    ),
    "ambiguous-pair": lambda: _doubtful(0.05),
    "note-title-differs": lambda: of(note=NOTE.replace("试验条例》", "试条例》")),
    "note-citation-missing": lambda: of(note=NOTE.replace("第三条", "第八条")),
    "note-count-differs": lambda: of(note=NOTE.replace("三章五条", "三章六条")),
    "note-silent": lambda: of(note=NOTE.replace("、第五条", "")),
}  # fmt: skip
"""By code: a text that gives it. The right text is that of `_right`."""


def _numbered(*numbers: int) -> Law:
    text = (Provision(Unit.PARAGRAPH, text="本条例自公布之日起施行。"),)
    articles = (Provision(Unit.ARTICLE, Number(number), children=text) for number in numbers)
    return Law("示例市试验条例", tuple(articles))


def _doubtful(margin: float, taken: float | None = 0.0) -> Subject:
    """A pair whose runner-up is this much less alike, and as alike to its own partner as `taken`
    says; None for no partner."""
    from tracker.diff.changes import compare
    from tracker.diff.model import RunnerUp

    old, new = read(TWINS.format(*SPLIT)), read(TWINS.format(*SPLIT))
    changes = compare(old, new)
    first, *others = changes.changes
    pair = replace(
        first, matched_by="content-and-order", similarity=0.6, confidence=0.5,
        runner_up=RunnerUp("2", 0.6 - margin),
    )  # fmt: skip
    others[0] = replace(others[0], similarity=taken or 0.0)
    if taken is None:
        others[0] = replace(others[0], old=())
    changed = replace(changes, changes=(pair, *others))
    return Subject(law=new, previous=Subject(law=old), changes=changed, **FACTS)  # type: ignore[arg-type]


def _right(code: str) -> Subject:
    """What the right text of a code is: the same facts without the slip."""
    special: dict[str, Callable[[], Subject]] = {
        "caption-repaired": of,
        "ambiguous-pair": lambda: _doubtful(0.4),
        "stale-citation": lambda: after(DRAFT, RIGHT.replace("丙", "戊")),
        "looks-the-same": lambda: after(DRAFT, RIGHT.replace("丙", "戊")),
        "same-stage-differs": lambda: after(DRAFT, RIGHT.replace("丙", "戊")),
        "text-unchanged": lambda: after(DRAFT, RIGHT.replace("丙", "戊")),
        "title-changed": lambda: after(DRAFT),
        "stage-skipped": lambda: after(of(stage=Stage.SECOND_READING), stage=Stage.THIRD_READING),
        "stage-goes-back": lambda: after(DRAFT),
        "date-before-previous": lambda: after(DRAFT),
    }
    if code.startswith("note-"):
        return of(note=NOTE)
    return special.get(code, of)()


def _made() -> set[str]:
    """The codes that the modules of the check write themselves."""
    codes: set[str] = set()
    for path in CHECK.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            first = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "code")]
            if call.func.id in ("problem", "_once", "Problem", "replace"):
                parts = [part for one in first for part in ast.walk(one)]
                codes |= {
                    part.value for part in parts
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    and part.value in entries()
                }  # fmt: skip
    return codes - {"unused-ignore"}


def codes_of(subject: Subject) -> list[str]:
    return [problem.code for problem in check(subject)]


def test_every_code_of_the_check_has_its_cases() -> None:
    assert sorted(_made() - set(WRONG)) == []


@pytest.mark.parametrize("code", WRONG)
def test_the_wrong_text_gives_the_finding_and_the_right_one_does_not(code: str) -> None:
    assert code in codes_of(WRONG[code]())
    assert code not in codes_of(_right(code))


@pytest.mark.parametrize("code", WRONG)
def test_the_page_shows_a_wrong_and_a_right_example_and_the_remedy(code: str) -> None:
    entry = entries()[code]
    assert entry.wrong
    assert entry.right
    assert entry.remedy


def test_the_right_text_has_no_finding() -> None:
    assert codes_of(of()) == []
    assert codes_of(of(note=NOTE)) == []


# --- one slip, one finding ------------------------------------------------------------------------


def test_a_stale_citation_that_points_at_nothing_is_one_finding() -> None:
    """第九条 of the old text is 第五条 now, and the new text has no 第九条."""
    names = zip("一二三四五六", "天地玄黄宇宙", strict=True)
    body = "".join(f"第{n}条　关于{w}的规定适用于{w}。\n\n" for n, w in names)
    end = "第七条　违反本条例第六条规定的，处罚款。\n\n第八条　本条例自2022年1月1日起施行。\n"
    old = of(f"示例市试验条例\n\n{body}{end}", stage=Stage.DRAFT)
    kept = body.replace("第二条　关于地的规定适用于地。\n\n", "").replace(
        "第三条　关于玄的规定适用于玄。\n\n", ""
    )
    for before, now in (("四", "二"), ("五", "三"), ("六", "四")):
        kept = kept.replace(f"第{before}条　", f"第{now}条　")
    new = "第五条　违反本条例第八条规定的，处罚款。\n\n第六条　本条例自2022年1月1日起施行。\n"
    subject = after(old, f"示例市试验条例\n\n{kept}{new}")
    about = [p for p in check(subject) if p.code in ("stale-citation", "no-such-article")]
    assert [(p.code, p.severity, p.citation) for p in about] == [
        ("stale-citation", Severity.ERROR, "第五条第一款")
    ]


def test_an_article_with_a_partner_it_is_far_more_like_is_no_second_candidate() -> None:
    listed = [
        any(one.code == "ambiguous-pair" for one in check(_doubtful(0.05, taken)))
        for taken in (0.0, 0.6, 0.9)
    ]
    assert listed == [True, True, False]


def test_a_second_candidate_is_told_with_what_it_is_linked_with() -> None:
    free, less, more = (
        next(one.message for one in check(_doubtful(0.05, taken)) if one.code == "ambiguous-pair")
        for taken in (None, 0.5, 0.6)
    )
    assert "，那一条现在显示为增加" in free
    assert "，那一条现在对应上一阶段的" in less
    assert "更相像，所以也可能哪一条都不对应" in more


def test_a_list_that_lost_an_item_does_not_also_make_its_citations_wrong() -> None:
    found = codes_of(
        but("（二）乙，或者丙；\n", "", RIGHT.replace("前款第二项", "本条第一款第二项"))
    )
    assert found == ["numbering-gap"]


def test_an_article_that_was_lost_does_not_also_make_its_citations_wrong() -> None:
    head, _, tail = RIGHT.partition("第二条　")
    text = f"{head}第三条　{tail.partition('第三条　')[2]}"
    assert codes_of(of(text)) == ["numbering-gap"]


def test_a_heading_that_lost_its_number_is_one_finding_with_the_worse_severity() -> None:
    text = RIGHT.replace("第二章　禁止\n\n", "").replace("三十日内答复。", "三十日内答复。\n禁止")
    problems = check(of(text))
    assert [(p.code, p.severity) for p in problems] == [("stray-heading", Severity.ERROR)]


# --- what a careful reader would reject -----------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("《安全生产法》", "《建设工程抗震管理条例》"),  # a law of its own, two characters away
        ("《安全生产法》", "原《合同法》"),
        ("未经批准", "自己办理的"),
        ("三十日内", "一百零五日内"),
        ("市数据主管部门（以下简称数据部门）", "市数据部门"),
    ],
)
def test_what_only_looks_wrong_gives_nothing(old: str, new: str) -> None:
    assert codes_of(but(old, new)) == []


def test_administrative_regulations_may_use_arabic_numerals_throughout() -> None:
    text = "试验管理条例\n\n第一条　应当在30日内答复。\n\n第二条　本条例自2022年1月1日起施行。\n"
    assert codes_of(of(text)) == []
    assert codes_of(of(f"示例市{text}")) == ["numeral-script"]


def test_a_change_that_looks_the_same_is_said_in_words_once_for_each_pair_of_characters() -> None:
    new = RIGHT.replace("未经批准", "末经批准").replace("，或者丙", ",或者丙")
    found = [p for p in check(after(DRAFT, new)) if p.code == "looks-the-same"]
    assert [p.severity for p in found] == [Severity.WARNING, Severity.INFO]
    assert "“未”换成了“末”（U+672A→U+672B）" in found[0].message


def test_a_title_of_the_store_is_known() -> None:
    subject = but("《安全生产法》", "《示例市数据例条》")
    assert codes_of(subject) == []
    known = replace(subject, known_titles=("示例市数据条例",), law=subject.law)
    wrong = but("《安全生产法》", "《示例市数剧条例》", known_titles=("示例市数据条例",))
    assert "wrong-law-name" in codes_of(wrong)
    assert codes_of(known) == []


def test_the_note_may_tell_of_fewer_new_articles_than_there_are_but_not_of_more() -> None:
    old = of(RIGHT.replace("第五条　【施行", "第四条之一　【新】新的一条。\n\n第五条　【施行"))
    new = of(previous=replace(old, stage=Stage.DRAFT), note=NOTE + "新增三条，删去一条。\n")
    told = [p.message for p in check(new) if p.code == "note-count-differs"]
    assert told == ["说明说增加3条，与上一阶段比较只有0条"]


def test_a_change_of_nothing_but_invisible_characters_is_said_in_words() -> None:
    new = after(DRAFT, ledger=Ledger(rewrites=(("zero-width", 2),)))
    told = {p.code: p.message for p in check(new)}
    assert set(told) == {"text-unchanged", "invisible-character"}
    assert told["invisible-character"] == "来源里有2个看不见的字符，读取时已去掉，上一阶段有0个"


def test_an_outline_may_number_its_lowest_level_through() -> None:
    text = "示例市试验方案\n\n一、甲\n1．乙。\n2．丙。\n\n二、丁\n{}．戊。\n"
    through, broken = (
        Subject(law=read_source(text.format(n).encode(), name="a.txt").law, **FACTS)  # type: ignore[arg-type]
        for n in (3, 5)
    )
    assert "numbering-gap" not in codes_of(through)
    assert "numbering-gap" in codes_of(broken)


@pytest.mark.parametrize("slip", ["2022年13月40日", "2022年2月30日", "二〇二二年二月三十日"])
def test_a_day_that_no_calendar_has_is_an_error_where_it_stands(slip: str) -> None:
    (found,) = check(but("自2022年1月1日起施行", f"自{slip}起施行"))
    assert (found.code, found.severity, found.quote) == ("impossible-date", Severity.ERROR, slip)
    assert found.citation == "第五条第一款"
    noted = of(RIGHT.replace("\n", f"\n（{slip}示例市人民代表大会通过）\n", 1))
    assert [(p.code, p.quote) for p in check(noted)] == [("impossible-date", slip)]


@pytest.mark.parametrize("day", ["2024年2月29日", "每年2月29日", "二〇二四年十二月三十一日"])
def test_a_day_of_the_calendar_is_no_finding(day: str) -> None:
    assert "impossible-date" not in codes_of(but("自2022年1月1日起", f"自{day}起"))


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("处3万元以上1万元以下罚款", "3万元以上1万元以下"),
        ("处十万元以上五万元以下罚款", "十万元以上五万元以下"),
        ("处一万元以上5000元以下罚款", "一万元以上5000元以下"),
        ("处货值金额十倍以上五倍以下罚款", "十倍以上五倍以下"),
        ("处一万元以上三万元以下罚款", ""),
        ("处一万元以上一万元以下罚款", ""),
        ("处十日以上一年以下暂扣", ""),
        ("三万元以上的，处一万元以下罚款", ""),
    ],
)
def test_a_range_begins_with_its_smaller_limit(words: str, slip: str) -> None:
    found = [p for p in check(but("处一万元罚款", words)) if p.code == "range-reversed"]
    assert [p.quote for p in found] == ([slip] if slip else [])
