"""Invented laws for the tests of comparing: a fixed one, ways to change it, and random ones."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number


def article(number: int | Number, *texts: str, caption: str | None = None) -> Provision:
    """An article of plain 款."""
    paragraphs = tuple(Provision(Unit.PARAGRAPH, text=text) for text in texts)
    own = number if isinstance(number, Number) else Number(number)
    return Provision(Unit.ARTICLE, own, caption, "", paragraphs)


def chapter(number: int, name: str, *articles: Provision) -> Provision:
    """A chapter."""
    return Provision(Unit.CHAPTER, Number(number), name, "", articles)


def law(*body: Provision, title: str = "虚构市路灯管理条例") -> Law:
    """A law."""
    return Law(title, body)


def numbered(texts: Sequence[str | tuple[str, ...]]) -> Law:
    """A law whose articles are these texts, numbered from 1."""
    return law(
        *(
            article(at, *((text,) if isinstance(text, str) else text))
            for at, text in enumerate(texts, 1)
        )
    )


LAMPS: tuple[str, ...] = (
    "为了加强城市路灯管理，保障道路照明，方便居民夜间出行，制定本条例。",
    "本市行政区域内道路、广场、公园路灯的建设、养护和监督管理，适用本条例。",
    "市照明主管部门负责全市路灯的统一管理，区照明主管部门负责本辖区内的日常巡查。",
    "路灯建设应当纳入城市基础设施年度计划，所需经费列入同级财政预算。",
    "新建道路应当同步设计、同步安装路灯，未安装路灯的道路不得交付使用。",
    "路灯的亮度、间距和色温应当符合国家标准，居民区周边不得产生眩光。",
    "养护单位应当在接到故障报告后二十四小时内修复，逾期未修复的应当说明原因。",
    "任何单位和个人不得擅自拆除、迁移路灯，不得在灯杆上私拉电线、悬挂广告。",
    "因施工确需迁移路灯的，施工单位应当提前十五日向区照明主管部门提出申请，并承担迁移费用。",
    "养护单位应当建立灯杆档案，逐杆编号，记载安装日期、维修记录和责任人员。",
    "鼓励采用太阳能、智能调光等节能技术，降低照明能耗。",
    "违反本条例第八条规定，擅自拆除路灯的，责令恢复原状，处二千元以上一万元以下罚款。",
    "养护单位违反本条例第七条规定，逾期不修复故障的，由区照明主管部门给予警告。",
    "照明主管部门工作人员玩忽职守、徇私舞弊的，依法给予处分。",
    "本条例自2031年5月1日起施行。",
)
"""Fifteen articles of an invented regulation on street lamps."""

NEW_ONE = "每年十一月为路灯安全宣传月，中小学校应当开展护灯教育活动，媒体应当刊播公益广告。"

_HAN = "路灯管理部门应当依法养护单位不得擅自拆除责令改正处以罚款公园道路居民安全巡查编号档案"
_words = st.text(_HAN, min_size=1, max_size=12)
_sentences = st.builds(
    lambda parts, end: "，".join(parts) + end,
    st.lists(_words, min_size=1, max_size=4),
    st.sampled_from(["。", "。", "；"]),
)
_captions = st.none() | _words


@st.composite
def _subparagraphs(draw: st.DrawFn) -> tuple[Provision, ...]:
    out = []
    for at in range(draw(st.integers(0, 3))):
        items = tuple(
            Provision(Unit.ITEM, Number(n + 1), None, draw(_sentences))
            for n in range(draw(st.sampled_from([0, 0, 0, 2])))
        )
        text = draw(_sentences)
        out.append(Provision(Unit.SUBPARAGRAPH, Number(at + 1), None, text, items))
    return tuple(out)


@st.composite
def _paragraphs(draw: st.DrawFn, least: int = 1) -> tuple[Provision, ...]:
    return tuple(
        Provision(Unit.PARAGRAPH, None, None, draw(_sentences), draw(_subparagraphs()))
        for _ in range(draw(st.integers(least, 3)))
    )


@st.composite
def _articles(draw: st.DrawFn, first: int) -> tuple[Provision, ...]:
    out = []
    for at in range(draw(st.integers(1, 5))):
        number = Number(first + at)
        out.append(Provision(Unit.ARTICLE, number, draw(_captions), "", draw(_paragraphs())))
        if draw(st.integers(0, 9)) == 0:
            more = Number(first + at, (1,))
            out.append(Provision(Unit.ARTICLE, more, None, "", draw(_paragraphs())))
    return tuple(out)


@st.composite
def regulations(draw: st.DrawFn) -> Law:
    """A law of articles, with or without chapters, captions, an introduction and an annex."""
    body: list[Provision] = []
    if draw(st.booleans()):
        body.append(Provision(Unit.INTRODUCTION, None, None, "", draw(_paragraphs())[:1]))
    first = 1
    for number in range(1, draw(st.integers(1, 4))):
        articles = draw(_articles(first))
        first += len([a for a in articles if a.number and not a.number.suffix])
        body.append(chapter(number, draw(_words), *articles))
    if first == 1:
        body += draw(_articles(1))
    if draw(st.booleans()):
        text = (Provision(Unit.PARAGRAPH, text=draw(_sentences)),)
        body.append(Provision(Unit.ANNEX, Number(1), draw(_words), "", text))
    stage = draw(st.sampled_from([None, "（草案）", "（征求意见稿）"]))
    return Law(draw(_words), tuple(body), stage)


@st.composite
def outlines(draw: st.DrawFn) -> Law:
    """A policy document: 一、 with （一） below, some with text and responsible units."""
    body = []
    for at in range(draw(st.integers(1, 3))):
        clauses = tuple(
            Provision(
                Unit.OUTLINE_2, Number(n + 1), draw(_words), draw(_sentences), (),
                draw(st.none() | _words),
            )
            for n in range(draw(st.integers(0, 3)))
        )  # fmt: skip
        body.append(Provision(Unit.OUTLINE_1, Number(at + 1), draw(_words), "", clauses))
    return Law(draw(_words), tuple(body))


def any_law() -> st.SearchStrategy[Law]:
    """Either of them."""
    return st.one_of(regulations(), outlines())


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Law, Law]:
    """A law and a changed form of it: articles dropped, added, swapped, reworded, renumbered."""
    before = draw(regulations())
    texts = [list(a.children) for a in before.articles()]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(texts) - 1))
        match draw(st.integers(0, 4)):
            case 0:
                texts.insert(at, list(draw(_paragraphs())))
            case 1 if len(texts) > 1:
                del texts[at]
            case 2:
                texts.append(texts.pop(at))
            case 3:
                texts[at] = [*texts[at], Provision(Unit.PARAGRAPH, text=draw(_sentences))]
            case _:
                texts[at : at + 2] = [[p for text in texts[at : at + 2] for p in text]]
    after = law(
        *(
            Provision(Unit.ARTICLE, Number(n), None, "", tuple(children))
            for n, children in enumerate(texts, 1)
        ),
        title=before.title,
    )
    return before, after
