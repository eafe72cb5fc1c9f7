"""What the codes of the ledger mean, for readers: rules of rewriting, reasons of leaving out.

Floor 1. The one place of these words; the terminal, the pages and the reference page take them from
here. A code that is not here shows as it is.
"""

from __future__ import annotations

from typing import Final

__all__ = ["REASONS", "RULE_LABELS", "label_of"]

RULE_LABELS: Final = {
    "zero-width": "去掉零宽字符",
    "variation-selector": "去掉异体选择符",
    "radical": "部首改为汉字",
    "composed": "组合字符统一（NFC）",
    "table-column": "表格各栏以｜分隔",
    "margin": "去掉行首、行尾空格",
    "other-space": "特殊空格改为普通空格",
    "run-of-spaces": "连续空格并为一个",
    "open-date": "留空日期的写法",
    "year-range": "年份起止的连接号",
    "heading-number": "条号的写法",
    "heading-space": "条号后的空格",
    "title-mark": "书名号的写法",
    "width": "标点改为全角",
    "full-stop": "句点改为句号",
    "space": "去掉汉字与数字间的空格",
    "caption": "条旨括号",
    "line-join": "接回被折断的行",
    "line-end": "还原行尾",
    "list-mark": "序号的写法",
    "markdown": "去掉 Markdown 记号",
    "newline": "换行符",
    "encoding": "编码转为 UTF-8",
    "list-number": "写出自动编号",
    "raised": "上标、下标的写法",
}
"""Rewrites: those of `normalise.RULES`, then those that the form of a source adds."""

REASONS: Final = {
    "contents": "目录",
    "before-law": "正文之前",
    "after-law": "正文之后",
    "decision": "修改决定",
    "page-furniture": "网页界面",
    "imprint": "版记",
    "page-title": "网页标题",
    "page-number": "页码、页眉",
    "running-head": "页眉、页脚",
    "turned": "斜排的文字",
    "annotation": "批注",
    "attached-file": "附带的文件",
    "hidden": "隐藏文字",
    "struck-out": "划去的文字",
    "ruby": "注音",
    "link": "链接",
    "attachment-label": "附件标签",
    "form-label": "表单文字",
    "bookmark": "书签",
    "front-matter": "文件头",
    "comment": "注释",
    "footnote": "脚注",
    "repeated-title": "重复的标题",
    "signature": "落款",
    "title-replaced": "被替换的标题",
    "tracked-deletion": "修订中删去的文字",
    "tracked-insertion": "修订中插入的文字",
    "page-header": "页眉",
    "page-footer": "页脚",
    "field-code": "域代码",
    "picture": "图形中的文字",
    "word-art": "水印、艺术字",
    "alternate": "另一种写法",
    "glossary": "文档部件",
}
"""Why text of a source was not kept."""


def label_of(code: str) -> str:
    """The label of a rule or reason with its code, as the terminal shows it.

    >>> label_of("width"), label_of("contents"), label_of("unheard-of")
    ('标点改为全角 (width)', '目录 (contents)', 'unheard-of')
    """
    label = RULE_LABELS.get(code) or REASONS.get(code)
    return f"{label} ({code})" if label else code
