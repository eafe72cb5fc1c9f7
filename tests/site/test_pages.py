"""The pages of a law: what stands on each, and that every place has an address of its own."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.site.conftest import LAW
from tests.site.reading import read_html
from tracker.diff.changes import compare
from tracker.diff.model import Kind, Op
from tracker.law.address import locate, locate_below
from tracker.law.model import Dates, Law, Stage, Unit
from tracker.parse import canonical
from tracker.parse.document import Notice
from tracker.render.pages.change import is_quiet
from tracker.render.pages.changed import changed_names, past_from, told
from tracker.render.pages.comparison import comparison_page
from tracker.render.pages.html import Page
from tracker.render.pages.law import law_page
from tracker.render.pages.provisions import provisions_page
from tracker.render.pages.story import Comparison, Story
from tracker.render.pages.version import version_page
from tracker.render.pages.words import anchor
from tracker.site.law_pages import pages
from tracker.site.story import gather, pairs
from tracker.store.history import concordance
from tracker.store.model import LawRecord, Version
from tracker.store.versions import Store

ROOT = Path(__file__).resolve().parents[2]


def made_up(law: Law, day: int) -> Version:
    """A version of a law that no store holds."""
    dates = Dates(published=date(2020, 1, day))
    return Version(
        law_id="x", version_id=f"2020-01-0{day}-draft", stage=Stage.DRAFT, dates=dates, law=law,
        text=canonical.write(law), source_name="x.txt", source_url=None, source_format="text",
        source_size=0, source_sha256="", canonical_sha256="",
    )  # fmt: skip


@pytest.fixture(scope="module")
def story(workspace: Path) -> Story:
    with Store.open(workspace) as store:
        return gather(store, LAW)


@pytest.fixture(scope="module")
def made(story: Story) -> dict[str, Page]:
    return {page.path: page for page in pages(story)}


def test_there_is_a_page_for_the_law_each_version_and_each_pair(
    story: Story, made: dict[str, Page]
) -> None:
    assert len(story.versions) == 4
    compared = [path for path in made if "/compare/" in path]
    single = [path for path in made if path.startswith(f"{story.provisions}/")]
    assert len(made) == 1 + 4 + len(compared) + 1 + len(single)
    assert story.provisions in made
    first, last = story.versions[0].version_id, story.versions[-1].version_id
    assert f"{LAW}/compare/{first}--{last}" in compared
    for old, new in zip(story.versions, story.versions[1:], strict=False):
        assert f"{LAW}/compare/{old.version_id}--{new.version_id}" in compared


def test_an_invented_law_says_so_on_each_of_its_pages(made: dict[str, Page]) -> None:
    for page in made.values():
        assert "（虚构）" in page.title
        seen = read_html(page.body)
        assert "虚构法规，仅作演示" in seen.text
        assert "示例市公共数据条例（虚构）" in seen.text


def test_every_page_is_one_sound_element_with_each_anchor_once(made: dict[str, Page]) -> None:
    for page in made.values():
        seen = read_html(page.body)
        assert seen.open == 0, page.path
        assert not [name for name, count in Counter(seen.ids).items() if count > 1], page.path
        assert "\n" not in page.body


def test_every_link_to_another_page_or_place_of_the_law_leads_somewhere(
    made: dict[str, Page],
) -> None:
    ids = {path: set(read_html(page.body).ids) for path, page in made.items()}
    for path, page in made.items():
        for link in read_html(page.body).links:
            if re.match(r"https?:", link) or link.endswith((".txt", ".json", ".bin", ".xml")):
                continue
            target, _, fragment = link.partition("#")
            parts = path.split("/")
            for step in target.split("/"):
                if step == "..":
                    parts.pop()
                elif step:
                    parts.append(step)
            place = "/".join(parts)
            if place in ("", "search"):
                continue  # the pages of all laws
            assert place in ids, (path, link)
            assert not fragment or fragment in ids[place], (path, link)


def test_every_article_has_an_anchor_in_its_version(story: Story, made: dict[str, Page]) -> None:
    for version in story.versions:
        ids = read_html(made[story.path(version)].body).ids
        for article in version.law.articles():
            assert f"art-{article.number}" in ids


def test_every_article_of_both_sides_has_an_anchor_in_a_comparison(
    story: Story, made: dict[str, Page]
) -> None:
    for comparison in story.comparisons:
        ids = set(read_html(made[comparison.path].body).ids)
        for side, version in (("old", comparison.old), ("new", comparison.new)):
            for place in locate(version.law):
                if place.provision.unit is Unit.ARTICLE:
                    assert f"{side}-art-{place.provision.number}" in ids


def test_the_text_of_a_version_is_on_its_page_word_for_word(
    story: Story, made: dict[str, Page]
) -> None:
    for version in story.versions:
        shown = re.sub(r"\s", "", read_html(made[story.path(version)].body).text)
        for line in version.text.splitlines():
            assert re.sub(r"\s", "", line) in shown


def test_every_name_of_an_article_in_any_version_is_a_place_on_the_page_of_provisions(
    story: Story, made: dict[str, Page]
) -> None:
    ids = set(read_html(made[f"{LAW}/provisions"].body).ids)
    for version in story.versions:
        for article in version.law.articles():
            assert f"art_{article.number}@{version.version_id}" in ids


def test_the_page_of_provisions_begins_with_a_way_to_each_and_each_leads_back(
    story: Story, made: dict[str, Page]
) -> None:
    page = made[story.provisions].body
    top = page.partition("</nav><section")[0]
    assert [row.id for row in story.rows if f'href="#{row.id}"' not in top] == []
    assert page.count('href="#articles"') == len(story.rows)
    assert page.count('id="articles"') == 1


def test_the_page_of_provisions_tells_each_change_and_the_last_one_of_each_line(
    story: Story, made: dict[str, Page]
) -> None:
    body = made[f"{LAW}/provisions"].body
    sections = body.split('<section id="')
    seventh = read_html(next(one for one in sections if one.startswith("art_15@2023-03-15")))
    assert "第十五条" in seventh.text
    assert "移动" in seventh.text
    new = read_html(next(one for one in sections if one.startswith("art_8@2023-06-05")))
    assert "没有这一条" in new.text
    assert "最后改动于征求意见稿" in new.text
    claims = [claim for version in story.versions for claim in version.claims]
    assert claims
    for claim in claims:
        if claim.articles:
            assert claim.text in read_html(body).text


@pytest.mark.parametrize("law_id", ["shenzhen-digital-economy-plan", "guangzhou-digital-economy"])
def test_the_words_of_the_latest_version_stand_whole_on_the_page_of_provisions(
    law_id: str,
) -> None:
    with Store.open(ROOT) as store:
        real = gather(store, law_id)
    shown = re.sub(r"\s", "", read_html(provisions_page(real).body).text)
    for row in real.rows:
        for place in row.cells[-1]:
            for located in (place, *locate_below(place)):
                provision = located.provision
                caption = provision.caption or ""
                assert re.sub(r"\s", "", caption) in shown
                assert re.sub(r"\s", "", provision.text) in shown
                assert (provision.responsible or "") in shown


def test_each_article_of_a_version_leads_to_its_past(story: Story, made: dict[str, Page]) -> None:
    for version in story.versions:
        links = read_html(made[story.path(version)].body).links
        for article in version.law.articles():
            name = f"art_{article.number}@{version.version_id}"
            (row,) = [row for row in story.rows if name in {one for c in row.names for one in c}]
            own = f"{story.provisions}/{row.id}"
            place = f"{own}/" if own in made else f"{story.provisions}/#{row.id}"
            assert f"../../{place}" in links


def test_a_provision_that_changed_has_a_page_of_its_own_beside_its_feed(
    story: Story, made: dict[str, Page]
) -> None:
    single = {path.rpartition("/")[2]: page for path, page in made.items()
              if path.startswith(f"{story.provisions}/")}  # fmt: skip
    assert single.keys() == changed_names(story).keys()
    assert "art_15@2023-03-15-draft" in single  # moved
    assert "art_2@2023-03-15-draft" not in single  # never changed
    for name, page in single.items():
        assert page.atom == f"{name}.xml"
        shown = read_html(page.body)
        assert f"../{name}.xml" in shown.links
        assert all(version.stage.label in shown.text for version in story.versions)


def test_the_page_of_a_provision_shows_its_words_today_and_those_of_each_change(
    story: Story, made: dict[str, Page]
) -> None:
    for row in story.rows:
        page = made.get(f"{story.provisions}/{row.id}")
        if page is None:
            continue
        shown = re.sub(r"\s", "", read_html(page.body).text)
        ids = set(read_html(page.body).ids)
        assert {name for cell in row.names for name in cell} <= ids
        for place in row.cells[-1]:
            for located in (place, *locate_below(place)):
                assert re.sub(r"\s", "", located.provision.text) in shown
        for stage in told(story).of(row):
            for change in stage:
                for op, words in () if is_quiet(change) else change.redline:
                    if op is not Op.EQUAL:
                        assert all(re.sub(r"\s", "", w) in shown for w in words.split("\n"))


def test_the_page_of_a_provision_leads_to_those_before_and_behind_it(
    story: Story, made: dict[str, Page]
) -> None:
    """And from the first to the last, whether they have a page or a section."""
    for index, row in enumerate(story.rows):
        page = made.get(f"{story.provisions}/{row.id}")
        if page is None:
            continue
        links = read_html(page.body).links
        for other in story.rows[max(index - 1, 0) : index + 2]:
            if other is not row:
                assert past_from(story, page.path)(other) in links
        assert "../../../" + f"{story.provisions}/" in links


def test_each_change_leads_to_the_history_of_its_articles(
    story: Story, made: dict[str, Page]
) -> None:
    lines = {name: row for row in story.rows for cell in row.names for name in cell}
    for comparison in story.comparisons:
        links = read_html(made[comparison.path].body).links
        for change in comparison.changes.changes:
            places = change.new or change.old
            version = comparison.new if change.new else comparison.old
            rows = {lines[f"{place.address}@{version.version_id}"].id for place in places}
            ways = {past_from(story, comparison.path)(row) for row in story.rows if row.id in rows}
            assert is_quiet(change) or ways <= set(links)


def test_of_a_number_that_stands_twice_each_change_leads_to_its_own_history() -> None:
    """The second 第二条 has a line of descent of its own."""
    title = "示例条例\n\n第一条　甲。\n\n第二条　乙方应当每年报告。\n\n"
    old = made_up(canonical.read(f"{title}第二条　丙方可以申请复核。\n"), 1)
    new = made_up(canonical.read(f"{title}第二条　丙方可以依法申请复核。\n"), 2)
    comparison = Comparison(old, new, compare(old.law, new.law))
    rows = concordance((old, new), changes=[comparison.changes])
    story = Story(LawRecord(law_id="x", title="示例条例"), (old, new), (comparison,), rows)
    (change,) = [c for c in comparison.changes.changes if not is_quiet(c)]
    links = read_html(comparison_page(story, comparison).body).links
    (row,) = [row for row in rows if change.new[0] in row.cells[1]]
    assert row.id == "art_2~2@2020-01-01-draft"
    assert list(changed_names(story)) == [row.id]  # the other 第二条 did not change
    ways = read_html(provisions_page(story).body).links
    assert f"../../x/{new.version_id}/#art-2--2" in ways
    assert past_from(story, comparison.path)(row) in links


def test_the_words_of_a_provision_say_in_which_of_its_articles_each_stands(
    story: Story, made: dict[str, Page]
) -> None:
    (row,) = [row for row in story.rows if len(row.cells[-1]) > 1]  # split in the second reading
    shown = read_html(made[f"{story.provisions}/{row.id}"].body).text
    today = shown[shown.index("最新文字") : shown.index("历次改动")]
    first, second = [place.address.citation for place in row.cells[-1]]
    assert today.index(first) < today.index("写明使用目的") < today.index(second)
    assert today.index(second) < today.index("五个工作日内作出答复")
    assert "自草案　2023-03-15以来未改" in today
    assert "最后改动于二次审议稿" in today


def test_a_provision_that_is_gone_is_told_from_the_one_that_has_its_number(
    story: Story, made: dict[str, Page]
) -> None:
    gone = made[f"{story.provisions}/art_39@2023-03-15-draft"]
    assert gone.title.endswith("原第四十一条 历程")
    assert "原第四十一条每次改动的文字" in read_html(made[story.provisions].body).text
    shown = read_html(gone.body).text
    assert "没有这一条" in shown
    assert "第四十一条 →" in shown  # today's
    after = made[f"{story.provisions}/art_40@2023-03-15-draft"]
    assert "← 原第四十一条" in read_html(after.body).text


def test_a_caption_that_changed_is_told_where_it_changed(
    story: Story, made: dict[str, Page]
) -> None:
    page = made[f"{story.provisions}/art_37@2023-03-15-draft"]
    assert "【〔删除〕利用单位责任〔止〕】" in read_html(page.body).text


def test_a_law_of_one_version_has_lasting_links_too(story: Story) -> None:
    alone = Story(story.record, story.versions[:1], rows=concordance(story.versions[:1]))
    ids = read_html(provisions_page(alone).body).ids
    assert len(set(ids) - {"articles"}) == len(story.versions[0].law.articles())


def test_the_header_search_knows_a_law_by_its_page_alone(made: dict[str, Page]) -> None:
    indexed = {path for path, page in made.items() if page.indexed}
    assert indexed == {LAW}


def test_the_page_of_a_law_leads_to_each_heading_and_caption_of_its_current_text(
    story: Story,
) -> None:
    captions = Story(story.record, story.versions[:2], rows=concordance(story.versions[:2]))
    for one in (story, captions):
        seen = read_html(law_page(one).body)
        places = [p for p in locate(one.latest.law) if p.provision.caption]
        assert len(places) > 5
        for place in places:
            assert f"　{place.provision.caption}" in seen.text
            place_in = f"/{one.latest.version_id}/#{anchor(place.address)}"
            assert any(link.endswith(place_in) for link in seen.links)


def test_each_change_names_its_kinds_in_words(story: Story, made: dict[str, Page]) -> None:
    for comparison in story.comparisons:
        text = read_html(made[comparison.path].body).text
        for kind in Kind:
            if comparison.changes.summary[kind.value]:
                assert kind.label in text


def test_the_line_of_stages_has_every_version_in_order(story: Story, made: dict[str, Page]) -> None:
    text = read_html(made[LAW].body).text
    places = [text.index(v.stage.label, text.index("立法进程")) for v in story.versions]
    assert places == sorted(places)


def test_a_pair_that_once_had_a_page_keeps_it(story: Story) -> None:
    everything = story.versions
    for count in range(2, len(everything)):
        before = {
            (old.version_id, new.version_id)
            for old, new in pairs([v for v in everything if (v.ingest_seq or 0) <= count])
        }
        assert before <= {(old.version_id, new.version_id) for old, new in pairs(everything)}


def _versions(count: int) -> list[Version]:
    law = canonical.read("某市条例\n\n第一条　为了规范管理，制定本条例。\n")
    return [replace(made_up(law, day), ingest_seq=day) for day in range(1, count + 1)]


def test_every_pair_has_a_page_up_to_six_versions() -> None:
    for count in range(1, 7):
        assert len(pairs(_versions(count))) == count * (count - 1) // 2


def test_a_law_of_many_versions_keeps_its_pairs_and_gains_few() -> None:
    six, nine = pairs(_versions(6)), pairs(_versions(9))
    assert set(_ids(six)) <= set(_ids(nine))
    assert len(nine) == 15 + 3 * 2  # each newcomer at the end: its neighbour, and the first


def _ids(found: tuple[tuple[Version, Version], ...]) -> list[tuple[str, str]]:
    return [(old.version_id, new.version_id) for old, new in found]


def test_what_the_check_finds_is_on_the_page_in_words_and_once(
    story: Story, made: dict[str, Page]
) -> None:
    assert any(story.found(version) for version in story.versions)
    for version in story.versions:
        text = read_html(made[story.path(version)].body).text
        for problem in story.found(version):
            assert text.count(problem.message) >= 1
            assert problem.citation in text
            assert problem.code not in text
        assert ("检查发现" in text) == bool(story.found(version))


def test_a_stale_citation_is_found_on_the_page_of_the_second_reading(story: Story) -> None:
    (reading,) = (v for v in story.versions if v.stage is Stage.SECOND_READING)
    assert "stale-citation" in [problem.code for problem in story.found(reading)]


def test_a_comparison_lists_its_problems_and_leads_from_each_to_the_article(
    story: Story, made: dict[str, Page]
) -> None:
    listed = 0
    for comparison in story.comparisons:
        page = made[comparison.path].body
        for problem in comparison.changes.problems:
            listed += 1
            assert html.unescape(page).count(problem.message) == 1
            article = anchor(problem.address.split("__")[0])
            assert f'<b><a href="#new-{article}">' in page
            assert f'id="new-{article}"' in page
        assert ("比较时发现的问题" in html.unescape(page)) == bool(comparison.changes.problems)
    assert listed >= 2


def test_a_notice_is_named_after_what_it_does(story: Story) -> None:
    notice = Notice("公告。现予公布。", "某市人大", None)
    for stage, name in (
        (Stage.ENACTED, "公布公告"), (Stage.ISSUED, "印发通知"), (Stage.DRAFT, "公告"),
    ):  # fmt: skip
        version = replace(story.versions[0], stage=stage, notice=notice)
        alone = Story(story.record, (version,))
        body = version_page(alone, version).body
        assert f"<summary>{name}</summary>" in html.unescape(body)
        assert "征求意见公告" not in html.unescape(body)


def test_the_figures_of_a_comparison_agree_with_its_tables_and_filters(
    story: Story, made: dict[str, Page]
) -> None:
    for comparison in story.comparisons:
        body = html.unescape(made[comparison.path].body)
        loud = body.count('class="tracker-change"')
        assert f"：{loud} 处变动" in body
        assert f"变动一览表（{loud} 处）" in body
        alone = sum(c.kinds == (Kind.RENUMBERED,) for c in comparison.changes.changes)
        assert (f"{alone} 处仅改条号" in body) == bool(alone)
        assert (f"仅改条号，文字未变（{alone} 处）" in body) == bool(alone)


def test_the_page_of_a_law_says_its_kind_once(story: Story) -> None:
    record = replace(story.record, kind="地方性法规")
    page = law_page(replace(story, record=record))
    assert read_html(page.body).text.count("地方性法规") == 1


def test_pages_depend_on_nothing_but_the_store(store: Store, made: dict[str, Page]) -> None:
    again = {page.path: page.source() for page in pages(gather(store, LAW))}
    assert again == {path: page.source() for path, page in made.items()}


def test_captions_are_counted_apart_from_the_words(story: Story, made: dict[str, Page]) -> None:
    for comparison in story.comparisons:
        text = read_html(made[comparison.path].body).text
        dropped = [
            change
            for change in comparison.changes.changes
            if change.new
            and any(place.provision.caption for place in change.old)
            and not any(place.provision.caption for place in change.new)
        ]
        assert (f"删去条旨 {len(dropped)} 条" in text) == bool(dropped)


def test_a_law_without_captions_says_nothing_of_them() -> None:
    paragraphs = [
        f"{word}应当遵守本条例第{n}款的规定并承担责任。" for n, word in enumerate("甲乙丙", 1)
    ]
    old = canonical.read("某市条例\n\n第一条　" + "".join(paragraphs) + "\n")
    new = canonical.read(
        "某市条例\n\n"
        + "\n\n".join(f"第{'一二三'[n]}条　{p}" for n, p in enumerate(paragraphs))
        + "\n"
    )
    assert "条旨" not in _compared(old, new)


def _compared(old: Law, new: Law) -> str:
    """What is read on the page of a comparison."""
    one, two = (made_up(law, day) for law, day in ((old, 1), (new, 2)))
    comparison = Comparison(one, two, compare(old, new))
    record = LawRecord(law_id="x", title="某市条例")
    page = comparison_page(Story(record, (one, two), (comparison,)), comparison)
    return read_html(page.body).text


def test_a_chapter_that_moved_says_so_and_each_caption_of_a_split_has_its_brackets() -> None:
    both = (
        "数据提供机构应当自收到申请之日起五日内答复并说明理由。",
        "申请机构应当写明使用数据的目的、范围和期限。",
    )
    build, care = "新建道路应当同步安装路灯并公布测量结果。", "养护单位应当逐日巡查路灯。"
    old = canonical.read(
        f"某市条例\n\n第一章　数据\n\n第一条　【申请与答复】{''.join(both)}\n\n"
        f"第二章　建设\n\n第二条　{build}\n\n第三章　养护\n\n第三条　{care}\n"
    )
    new = canonical.read(
        f"某市条例\n\n第一章　数据\n\n第一条　【答复】{both[0]}\n\n第二条　【申请】{both[1]}\n\n"
        f"第二章　养护\n\n第三条　{care}\n\n第三章　建设\n\n第四条　{build}\n"
    )
    text = _compared(old, new)
    assert "第二章（原第三章，移动）养护" in text
    assert "第三章（原第二章）建设" in text
    assert "【〔删除〕申请与答复〔止〕〔新增〕答复】【申请〔止〕】" in text


def test_a_finding_that_law_toml_leaves_aside_is_on_no_page() -> None:
    from tracker.check.settings import read_settings
    from tracker.law.model import Dates, Law, Provision, Stage, Unit
    from tracker.law.numbering import Number
    from tracker.site.findings import findings

    text = Provision(Unit.PARAGRAPH, text="甲，或者乙")
    law = Law("示例市试验条例", (Provision(Unit.ARTICLE, Number(1), children=(text,)),))
    version = _version(law, Stage.DRAFT, Dates())
    toml = b'[[check.ignore]]\ncode = "missing-full-stop"\nreason = "example"\n'
    settings = read_settings(toml, "versions/example/law.toml", law=version.law_id)
    (shown,), (left,) = findings([version], []), findings([version], [], settings)
    assert "missing-full-stop" in [problem.code for problem in shown]
    assert "missing-full-stop" not in [problem.code for problem in left]


def _version(law: object, stage: object, dates: object) -> object:
    from tracker.store.model import Version

    return Version(
        law_id="example", version_id="undated-draft", stage=stage, dates=dates, law=law, text="",
        source_name="a.txt", source_url=None, source_format="text", source_size=0,
        source_sha256="", canonical_sha256="",
    )  # type: ignore[arg-type]  # fmt: skip


def test_a_stage_is_named_with_its_date_where_the_law_has_two_of_the_name(story: Story) -> None:
    first, second, *_ = story.versions
    alike = replace(second, stage=first.stage)
    twice = Story(
        story.record, (first, alike), (Comparison(first, alike, story.comparisons[0].changes),)
    )
    assert story.called(first) == first.stage.label
    assert twice.called(first) == f"{first.stage.label}（{first.day}）"
    assert f"与{first.stage.label}（{first.day}）比较" in read_html(law_page(twice).body).text


def test_a_comparison_with_a_text_in_force_is_named_by_its_year(story: Story) -> None:
    first, second, *_ = story.versions
    changes = story.comparisons[0].changes

    def words(*days: date) -> str:
        held = tuple(
            replace(one, stage=Stage.ENACTED, dates=Dates(promulgated=day))
            for one, day in zip((first, second), days, strict=True)
        )
        one = Comparison(held[0], held[1], changes)
        return Story(story.record, held, (one,)).compared_words(one)

    assert words(date(2019, 4, 23), date(2025, 6, 27)) == "与2019年公布文本比较"
    assert words(date(2025, 1, 2), date(2025, 6, 27)) == "与2025年1月2日公布文本比较"
