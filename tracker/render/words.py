"""Labels in Chinese and English, each in one place.

Floor 4. Terminal and Markdown renderers take a language and ask here. What is said about the law
itself (problems, citations) is Chinese in both; JSON is never translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import date

    from tracker.diff.effects.model import EffectKind
    from tracker.diff.model import Kind
    from tracker.law.model import Dates, Stage, Unit
    from tracker.law.problems import Severity
    from tracker.parse.document import Tracked

__all__ = [
    "Lang", "amount", "date_name", "day_label", "day_name", "effect_label", "kind_label",
    "legal_day", "part_label", "say", "severity_label", "stage_label", "text_label",
]  # fmt: skip

Lang = Literal["zh", "en"]

_WORDS: Final[dict[str, tuple[str, str]]] = {
    # comparison
    "old": ("旧", "old"),
    "new": ("新", "new"),
    "old_text": ("原文", "old text"),
    "new_text": ("新文", "new text"),
    "old_number": ("旧条号", "old"),
    "new_number": ("新条号", "new"),
    "change": ("变动", "change"),
    "similarity": ("相似度", "similarity"),
    "count": ("条数", "count"),
    "annexes": ("附件", "annexes"),
    "comparison_table": ("新旧条文对照表", "Comparative table"),
    "table_legend": (
        "阴影为删去的文字，加粗并带下划线为增加的文字。",
        "Shaded: deleted. Bold and underlined: inserted.",
    ),
    "merged_into": ("{old}，并入{new}", "{old}, now in {new}"),
    "stands_beside": (
        "（{old}，文字见右栏{new}处）",
        "({old}: its text stands beside {new} on the right)",
    ),
    "headings": ("章节", "Headings"),
    "front": ("标题、题注、附件等", "Title, front matter, annexes"),
    "moved_place": ("移位", "moved"),
    "moved_down": ("移至后文", "moved to below"),
    "moved_up": ("移至前文", "moved to above"),
    "moved_from_above": ("移自前文", "moved from above"),
    "moved_from_below": ("移自后文", "moved from below"),
    "captions": ("条旨", "Captions"),
    "captions_dropped": ("条旨删去 {count} 条", "captions dropped: {count}"),
    "captions_added": ("条旨增加 {count} 条", "captions added: {count}"),
    "caption_changed": ("条旨变动", "caption changed"),
    "articles": ("条文", "Articles"),
    "redlines": ("逐条对照", "Redlines"),
    "consequential": ("适应性修改", "consequential"),
    "typographic": ("字形修改", "typographic"),
    "effect": ("有实质变动", "with effects"),
    "no_effect": ("其他", "others"),
    "more_effects": ("另 {count} 项", "{count} more"),
    "identical": ("两个文本相同。", "The two texts are the same."),
    "nothing_selected": ("没有符合筛选的变动。", "No change of the selected kinds."),
    "numbers_off": (
        "{citation}起：有改变条号的指令没有执行，两边的条号对不上，不再逐条比较。",
        "From {citation} on the numbers do not match, since an instruction that changes them was "
        "not carried out; these articles are not compared.",
    ),
    "sides_reversed": (
        "先给出的文本（{old}）晚于后给出的（{new}）：下面把较早的文本当作新文本。",
        "The first text ({old}) is later than the second ({new}): below the earlier one is the new "
        "text.",
    ),
    "titles_differ": (
        "两个文本的名称不同：“{old}”和“{new}”，看看是不是同一部法规。",
        "The two texts have different titles, {old} and {new}: make sure that they are one law.",
    ),
    "effects_by_rule": (
        "实质变动按规则识别，可能有遗漏；没有列出的修改，不带 --only 逐条看。",
        "Effects are found by rules and some are missed; without --only every change is listed.",
    ),
    "unchanged_articles": ("未变 {count} 条", "{count} unchanged"),
    "article_count": ("{count} 条", "{count} articles"),
    "unit_count": ("{count} 个单元", "{count} units"),
    "lines_unchanged": ("……（{count} 行未变）", "… ({count} lines unchanged)"),
    "characters": ("字数", "characters"),
    "and_then": ("；", "; "),
    "comma": ("，", ", "),
    "caption_count": ("{count} 条旨", "{count} captions"),
    "responsible_count": ("{count} 责任单位", "{count} responsible units"),
    "corrects": ("（更正 {version}）", " (corrects {version})"),
    "undated": ("日期不明", "undated"),
    "no_stage": ("阶段不明", "stage unknown"),
    "no_title": ("（无标题）", "(no title)"),
    # store
    "law": ("法规", "law"),
    "title": ("标题", "title"),
    "versions": ("版本数", "versions"),
    "latest": ("最新", "latest"),
    "version": ("版本", "version"),
    "stage": ("阶段", "stage"),
    "date": ("日期", "date"),
    "structure": ("结构", "structure"),
    "note": ("说明", "note"),
    "notice": ("公告", "notice"),
    "same_articles": ("条文未变", "articles unchanged"),
    "graph_is_no_json": ("--graph 只用于给人看的形式", "--graph is for people only"),
    "witness_needed": ("--incremental 要与 --witness 一起用", "--incremental needs --witness"),
    "exported": (
        "{folder}/{file}：{commits} 次提交，末次 {tip}",
        "{folder}/{file}: {commits} commits, the last {tip}",
    ),
    "verifying": ("正在核对版本库", "verifying the store"),
    "verified": (
        "核对了 {laws} 部法规、{versions} 个版本、{commits} 次提交",
        "verified: {laws} laws, {versions} versions, {commits} commits",
    ),
    "verified_new": (
        "与见证相比，新增 {versions} 个版本、{commits} 次提交；库中共 {laws} 部法规",
        "since the witness: {versions} versions, {commits} commits; {laws} laws in the store",
    ),
    "verified_clean": ("，没有发现问题", ", nothing wrong"),
    "witness_written": (
        "见证写入 {path}；另存一处",
        "witness in {path}; keep it elsewhere",
    ),
    "no_text": ("没有文本", "no text held"),
    "published": ("发布", "published"),
    "comment_period": ("征求意见", "comment period"),
    "until": ("截至 {day}", "until {day}"),
    "since": ("自 {day} 起", "from {day}"),
    "issued": ("印发", "issued"),
    "adopted": ("通过", "adopted"),
    "revised": ("修订", "revised"),
    "amended": ("修正", "amended"),
    "approved": ("批准", "approved"),
    "promulgated": ("公布", "promulgated"),
    "in_force": ("施行", "in force"),
    "law_in_force": ("法规最初施行", "law first in force"),
    "issuing_body": ("机关", "issuing body"),
    "comments_to": ("意见寄往", "comments to"),
    "events": ("过程", "events"),
    "no_laws": ("还没有法规。", "No laws yet."),
    "ingest_first": (
        "用 tracker ingest FILE --law ID 收录第一个版本。",
        "Store a first version with: tracker ingest FILE --law ID",
    ),
    "complete_record": (
        "新法规，在 {path} 中补充：{keys}，再用 git 提交",
        "New law. Complete {path}: {keys}; then commit it with git",
    ),
    "jurisdiction": ("jurisdiction（地域）", "jurisdiction"),
    "issuing_body_key": ("issuing_body（制定机关）", "issuing_body"),
    "kind": ("kind（类别）", "kind"),
    "edited": (
        "注意：{path} 已改动而没有提交，这里仍按已提交的内容；用 git 提交。",
        "Note: {path} was edited and not committed; what is committed counts. Commit it with git.",
    ),
    # ingest report
    "stored": ("已存", "stored"),
    "already": ("已有，未再存", "already stored"),
    "dry_run": ("未存（--dry-run）", "not stored (--dry-run)"),
    "refused": ("未存（--strict）", "refused (--strict)"),
    "not_committed": ("已写入，未提交", "written, not committed"),
    "commit": ("提交", "commit"),
    "rewritten": ("改写", "rewritten"),
    "dropped": ("未收入", "dropped"),
    "dropped_lines": ("{count} 行", "{count} lines"),
    "dropped_chars": ("{count} 字", "{count} characters"),
    "times": ("{count} 处", "{count}×"),
    "in_lines": ("第 {lines} 行", "lines {lines}"),
    "nothing": ("无", "none"),
    "more_problems": ("另有 {count} 个问题，-v 全部列出", "{count} more problems; -v shows all"),
    "read_problems": (
        "{name} 识别时有 {count} 个问题（{codes}），-v 全部列出",
        "{name}: {count} problems of reading ({codes}); -v shows them",
    ),
    "read_as": ("读作", "read as"),
    "tracked_final": ("（修订后）", " (after the tracked changes)"),
    "tracked_original": ("（修订前）", " (before the tracked changes)"),
    "chars": ("{count} 字", "{count} characters"),
    "line": ("第 {line} 行", "line {line}"),
    # check
    "checked": ("已查 {count} 个文本", "texts checked: {count}"),
    "base_alone": (
        "--base 检查一次改动，不与文件、版本或 --against 同用；--head 要与 --base 同用。",
        "--base checks a change: give no text and no --against with it; --head goes with --base.",
    ),
    "new_law": (
        "{name}：{law} 是新的法规，库中没有它的版本，没有比较",
        "{name}: {law} is a new law, no version of it is stored; nothing was compared",
    ),
    "others": (
        "改动还涉及 {count} 处其他文件，没有检查：{names}",
        "The change also touches {count} other paths, which were not checked: {names}",
    ),
    "bad_report": (
        "--report 写作 格式=文件，格式是其中之一：{choices}；给的是 {given}",
        "--report takes FORMAT=FILE, one of {choices}; {given} was given",
    ),
    "nothing_checked": ("没有可查的文本。", "Nothing to check."),
    "clean": ("没有发现问题。", "No problems found."),
    # citations
    "where": ("所在", "where"),
    "cites": ("引用", "cites"),
    "points_to": ("指向", "points to"),
    "no_target": ("没有所指的条文", "no such provision"),
    "whole_text": ("本文", "this text"),
    "unnamed_law": ("其他法规，没有写明哪一部", "another law, not named"),
    "no_citations": ("没有这样的引用。", "No such citations."),
    # history
    "absent": ("无此条", "absent"),
    "as_before": ("未变", "unchanged"),
    "provision_id": ("条文标识", "Provision id"),
    "words_since": ("最后改动于", "last changed in"),
    "article": ("条", "article"),
    "text": ("文字", "text"),
    # amending acts
    "applied": (
        "已执行 {done} 条指令，未执行 {left} 条",
        "{done} instructions applied, {left} not",
    ),
    "healed": (
        "上一次写入中途停下，现在已经补完：库里的版本都完整，没有存进去的再收录一次即可。",
        "An earlier write was cut short and has been finished: all versions are whole, and what "
        "was not stored can be ingested again.",
    ),
    "note_kept": (
        "题注照原文保留，没有写这次修改，读出的阶段和日期因此是修改前的；"
        "收录时用 --stage、--date 给出这次的。",
        "The enactment note is kept as it was and does not tell of this amendment, so that stage "
        "and dates are read as before it: give --stage and --date to ingest.",
    ),
    "verdict": ("结论", "verdict"),
    "fate": (
        "指令：相符 {confirmed}，不符 {contradicted}，未执行 {unapplied}",
        "instructions: {confirmed} confirmed, {contradicted} contradicted, {unapplied} not applied",
    ),
    # workspace and site
    "made": ("新建", "made"),
    "kept": ("未动", "kept"),
    "inside": (
        "注意：{path} 是另一个 git 仓库，工作区在其中自成仓库。",
        "Note: {path} is another git repository; the workspace is a repository of its own in it.",
    ),
    "commit_it": ("新建的文件还没有提交。运行：", "The new files are not committed yet. Run:"),
    "building_site": ("正在生成网站……", "Building the site …"),
    "site_built": ("网站已生成：", "The site is at:"),
    "serving": ("网站在 {address} ，按 Ctrl+C 停止", "Serving at {address} (Ctrl+C stops)"),
    # errors
    "error": ("错误", "error"),
    "hint": ("提示", "hint"),
    "see_help": ("用法见 {command} --help", "See {command} --help"),
    "interrupted": ("已中断。", "Interrupted."),
    "unexpected": ("程序内部出错：{what}", "Unexpected error: {what}"),
    "unexpected_hint": (
        "带上这一行和所用的命令报告；设 TRACKER_DEBUG=1 可看详情。",
        "Please report this line with the command; TRACKER_DEBUG=1 shows the traceback.",
    ),
}

_PARTS: Final[dict[str, tuple[str, str]]] = {
    "title": ("标题", "title"),
    "stage_line": ("阶段", "stage line"),
    "enactment_note": ("题注", "enactment note"),
}


def say(lang: Lang, key: str, **values: object) -> str:
    """The words for `key`, with `values` filled in. Raises KeyError for an unknown key.

    >>> say("zh", "unchanged_articles", count=3), say("en", "unchanged_articles", count=3)
    ('未变 3 条', '3 unchanged')
    """
    text = _WORDS[key][_index(lang)]
    return text.format(**values) if values else text


def kind_label(lang: Lang, kind: Kind) -> str:
    """A kind of change: its Chinese name, or its code."""
    return kind.label if lang == "zh" else kind.value


def effect_label(lang: Lang, kind: EffectKind) -> str:
    """A class of effects: its Chinese name, or its code."""
    return kind.label if lang == "zh" else kind.value


def stage_label(lang: Lang, stage: Stage | None) -> str:
    """A stage: its Chinese name, or its code with spaces."""
    if stage is None:
        return say(lang, "no_stage")
    return stage.label if lang == "zh" else stage.value.replace("_", " ")


def text_label(lang: Lang, stage: Stage | None, tracked: Tracked | None) -> str:
    """A stage, and of a Word file with tracked changes which of its texts: 征求意见稿（修订前）."""
    return stage_label(lang, stage) + (say(lang, f"tracked_{tracked.value}") if tracked else "")


def day_name(stage: Stage | None, dates: Dates, note: str | None = None) -> str | None:
    """Which date the legal date of a final text is, where its stage would tell another.

    `note` is its 题注. Where that says 修订 or 修正 and not 通过, the stage says it already.

    >>> from datetime import date
    >>> from tracker.law.model import Dates, Stage
    >>> day_name(Stage.ENACTED, Dates(adopted=date(2024, 9, 26)))
    'adopted'
    >>> day_name(Stage.REVISED, Dates(adopted=date(2023, 7, 20)), "（2023年7月20日修订）") is None
    True
    """
    if stage is None or not stage.is_final:
        return None
    name = dates.legal_name
    if name is None or name == stage.own_date:
        return None
    named = date_name(name, stage, dates, note)
    return None if named == stage.value else named


def date_name(name: str, stage: Stage, dates: Dates, note: str | None) -> str:
    """What a date is called: what the 题注 says was done on that day, and whose 施行 it is.

    A closing article of an amended text still tells when the law first came into force; that day
    lies before the text.

    >>> from datetime import date
    >>> from tracker.law.model import Dates, Stage
    >>> dates = Dates(adopted=date(2024, 6, 28), in_force=date(2000, 7, 1))
    >>> date_name("adopted", Stage.AMENDED, dates, "（2024年6月28日第三次修正）")
    'amended'
    >>> date_name("in_force", Stage.AMENDED, dates, None)
    'law_in_force'
    """
    from tracker.parse.dates import act_on

    if name == "adopted" and dates.adopted is not None:
        return act_on(note, dates.adopted) or name
    later = stage.value in ("amended", "revised") and dates.legal is not None
    if name == "in_force" and later and dates.in_force is not None and dates.legal is not None:
        return "law_in_force" if dates.in_force < dates.legal else name
    return name


def day_label(lang: Lang, day: date | None, name: str | None = None) -> str:
    """A date, with the name of another date than that of the stage: 2024-09-26 通过."""
    if day is None:
        return say(lang, "undated")
    if name is None:
        return day.isoformat()
    return f"{day.isoformat()} {say(lang, 'comment_period' if name == 'comment_start' else name)}"


def legal_day(lang: Lang, stage: Stage | None, dates: Dates, note: str | None) -> str:
    """The date that a text with this 题注 is filed under, as `day_label` writes it."""
    return day_label(lang, dates.legal, day_name(stage, dates, note))


def amount(lang: Lang, unit: Unit, count: int) -> str:
    """How many of a unit: 5 章, 5 chapters; a level of an outline by its mark, 一、×4."""
    if unit.is_outline:
        return f"{unit.label}×{count}"
    if lang == "zh":
        return f"{count} {unit.label}"
    ending = "" if count == 1 else "es" if unit.value.endswith("x") else "s"
    return f"{count} {unit.value}{ending}"


def severity_label(lang: Lang, severity: Severity) -> str:
    """A severity: its Chinese name, or its code."""
    return severity.label if lang == "zh" else severity.value


def part_label(lang: Lang, part: str) -> str:
    """A part of the front matter; a part that has no name of its own stands for itself."""
    return _PARTS[part][_index(lang)] if part in _PARTS else part


def _index(lang: Lang) -> int:
    return 0 if lang == "zh" else 1
