"""How amending acts word their instructions: one pattern a form, with the form it reads.

Floor 2, used by `clauses`, which says what each form means. ▣ in the comments stands for a
quotation; 第十条 for any list of references (`references.LIST`).
"""

from __future__ import annotations

import re
from typing import Final

from tracker.amend.items import QUOTE
from tracker.amend.references import HAN, LIST

__all__ = [
    "ADD_WORDS", "COMMENCE", "CONNECTIVE", "DELETE", "DELETE_AFTER", "END", "INSERT", "MERGE",
    "PUNCTUATION", "RENAME", "RENUMBER", "RENUMBER_ALL", "REPLACE", "REPUBLISH", "REWORD",
    "SENTENCE", "SPLIT", "STRIKE_AFTER", "STRIKE_MORE", "TOUCH_UP",
]  # fmt: skip

_Q: Final = QUOTE
_TO: Final = r"，?(?:均|都|统一|分别|相应地?)?(?:修改|改|替换)(?:为|成)"
_TEXT: Final = rf"[：:]?\s*(?P<text>{_Q})"
_QUOTES: Final = rf"(?P<old>{_Q}(?:(?:、|和|及|以及|或者)?{_Q})*)"
_SUBJECT: Final = rf"(?:将|把|对)?(?P<subject>{LIST})"
_IN: Final = (
    r"(?:规定|内容)?(?:第[一二三四五六七八九十]句|[前后][一两二三]句|末句|末尾|开头|开始部分)?"
    r"(?:中|里)?(?:的|所有的|其中的)?[：:]?"
)
_REST: Final = rf"[^。\n{_Q}]*"

PUNCTUATION = re.compile(r"[\s，；。、：]*")
CONNECTIVE = re.compile(r"(?:此外|并且|并(?!对)|同时|另外?(?=[增，])|再(?=增)|，)*")
END = re.compile(r"[\s，；。、]|$")
SENTENCE = re.compile(rf"[^。；\n{_Q}]*(?:{_Q}[^。；\n{_Q}]*)*")

# 本决定自2026年1月1日起施行
COMMENCE = re.compile(rf"本(?:决定|修正案)自[^。，；\n{_Q}]*施行")

# 《某某法》根据本决定作相应修改，重新公布
REPUBLISH = re.compile(
    rf"(?:(?:《[^》\n]+》)+(?:等[^。\n{_Q}]{{0,40}})?)?根据本(?:决定|修正案){_REST}公布"
)

_BY_THIS: Final = r"(?:根据本(?:决定|修正案)，?)?(?:并|还|也|另)*(?:对|将)?"
_SOME: Final = (
    r"[各原章节款项、和及与中的]++|其他|其余|其后|以下|有关|相关|部分|个别|一些|本法|本条例|本办法|"
    r"本规定|以及|目录?|编(?!号)|条文(?!字)|条(?!序)"
)
"""What stands before and between the words for the order or the wording of a law. No way of cutting
a text into these is better than the first, so that the loops over them are possessive (`*+`): on a
text of nothing else that took half as long."""
_WORDING: Final = r"文字表述|文字|表述|用语|标点符号|标点"
_ALIKE: Final = (
    r"(?:也|均|依次|一并|应当|应|予以|作出|作|做|进行|了|相应|必要|适当|的|根据本(?:决定|修正案))*"
)

# 条文顺序作相应调整  对章节、条文顺序作相应调整  以下条文序号依次顺延
# 根据本决定对条文顺序作相应调整  条文顺序和个别文字作相应调整
RENUMBER_ALL = re.compile(
    rf"{_BY_THIS}(?:{_SOME}|{_WORDING})*+(?:顺序|序号|条序|编号)(?:{_SOME}|{_WORDING})*+"
    rf"{_ALIKE}(?:调整|顺延|变动|修改)"
)

# 对个别文字作相应修改  对部分条文文字作相应修改  作了一些文字修改
TOUCH_UP = re.compile(
    rf"{_BY_THIS}(?:{_SOME})*+(?:(?:{_WORDING})(?:{_SOME}|{_WORDING})*+{_ALIKE}"
    rf"|作(?:出|了)?(?:{_SOME}|相应|必要)*+(?:文字|技术)性?的?)(?:修改|调整|修饰|完善)"
)

# 在第九条中的▣后增加▣  ▣前增写▣  第九条末尾增加：▣  第九条第一款开始部分增加规定：▣
ADD_WORDS = re.compile(
    rf"(?:(?:将|把|对|在)?(?P<subject>{LIST})|在)?"
    rf"(?:{_IN}(?P<old>{_Q})之?(?P<side>后|前)面?|(?P<edge>末尾|最后|开头|开始部分)处?)，?"
    rf"增[加写](?:规定|一句|内容|，?内容为)*[：:]?(?P<text>{_Q})"
)

# 增加一条，作为第五条：▣  在第八条后增加一条，作为第八条之一：▣  第二十条增加一款，作为第二款：▣
# 在第九条中增加一款作为第二款，将该条修改为：▣
INSERT = re.compile(
    rf"(?:(?:在|于|将|对)?(?P<subject>{LIST}){_Q}?(?P<side>中|之?[后前])?)?，?"
    rf"增加(?P<count>{HAN}+)(?P<unit>[条款项目章节编])，?"
    rf"(?:(?:分别)?(?:作为|为)(?P<new>{LIST}))?"
    rf"(?:，?规定)?(?:[：:]?\s*(?P<text>{_Q}(?:\s*{_Q})*)"
    rf"|，并?将?该[条款](?:修改|改)为[：:]?\s*(?P<whole>{_Q}))"
)

# 删去第二十条  删去第二款  删去第九条中的▣
DELETE = re.compile(
    rf"(?:删去|删除|删掉)(?P<subject>{LIST})?{_IN}{_QUOTES}?"
    r"(?:的(?:规定|内容|表述))?(?:等?(?:字样|文字|内容))?"
)

# 将第二十条删去
DELETE_AFTER = re.compile(rf"{_SUBJECT}(?:予以)?删[去除](?P<old>(?!))?")

# 将第九条中的▣删去
STRIKE_AFTER = re.compile(rf"{_SUBJECT}{_IN}{_QUOTES}(?:等?字样)?(?:予以)?删[去除]")

# （删去第八条第一款末尾的▣）和第二款末尾的▣
STRIKE_MORE = re.compile(rf"(?:和|及|以及)(?P<subject>{LIST}){_IN}{_QUOTES}")

# 将第四条、第五条第一项合并，作为第六条，修改为：▣  将第四条和第五条合并修改为：▣
MERGE = re.compile(
    rf"{_SUBJECT}合并(?:为{HAN}条)?，?(?:(?:(?:修改|改)?(?:作|成)?为)(?P<new>{LIST}))?"
    rf"(?:，?并?修改为)?{_TEXT}"
)

# 将第四条分为两条，作为第五条、第六条，修改为：▣▣
SPLIT = re.compile(
    rf"{_SUBJECT}(?:拆|划)?分[为成](?:{HAN}+条)?，?(?:分别)?(?:作为|为)?(?P<new>{LIST})"
    rf"(?:，?并?(?:分别)?修改为)?[：:]?\s*(?P<text>{_Q}(?:[、，和\s]*{_Q})*)"
)

# 将第五条改为第八条  原第二款作为第三款  将第三条第四款修改为第五条：▣
RENUMBER = re.compile(
    rf"{_SUBJECT}(?:分别|相应地?)?(?:修改为|改为|改作|调整为|移作|移至|变更为|顺延为|作为)(?P<new>{LIST})"
    rf"(?:[：:]\s*(?P<text>{_Q}))?"
)

# 将第二章章名修改为▣  第二章章名中的▣修改为▣  将名称修改为：▣
RENAME = re.compile(
    rf"(?:将|把)?(?:(?P<subject>{LIST})|本?(?:法|条例|办法|规定|解释)?的?(?=名称|题目|标题))的?"
    rf"(?:章名|节名|编名|章标题|节标题|标题|名称|题目)(?:中的|由)?(?P<old>{_Q})?{_TO}{_TEXT}"
)

# 将第七条中的▣修改为▣  ，▣修改为▣  将本法中的▣、▣修改为▣  将名称、第三条中的▣修改为▣
# 第七条“甲。”“乙。”修改为：“丙。”: quotations side by side are the 款 of the whole text
REPLACE = re.compile(
    rf"(?:将|把|对)?(?P<title>名称(?:、|和))?(?:(?P<subject>{LIST})"
    rf"|(?P<whole>(?:本|全)(?:法|文|条例|办法|规定|解释|决定)|有关条文))?"
    rf"{_IN}{_QUOTES}{_TO}[：:]?\s*(?P<text>{_Q}(?:(?:、|和|及)?{_Q})*)"
)

# 将第十条修改为：▣  第一款修改为：▣  修改为：▣
REWORD = re.compile(rf"(?:{_SUBJECT}{_IN}|将其)?{_TO}[：:]?\s*(?P<text>{_Q}(?:\s*{_Q})*)")
