"""How titles, notices, 说明, enactment notes and page furniture are worded.

Floor 1, used by segmenting and facts. Every pattern is anchored or bounded, so each is linear; the
lines they see are normalised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = [
    "NO_LETTERS",
    "after_label",
    "bare_title",
    "closes_like_title",
    "continues_title",
    "ends_like_body",
    "find_note_heading",
    "is_attachment_label",
    "is_contact",
    "is_decision",
    "is_enactment_note",
    "is_file",
    "is_furniture",
    "is_headline",
    "is_metadata",
    "is_note_heading",
    "is_notice",
    "is_notice_heading",
    "is_order_heading",
    "is_short",
    "is_tail_furniture",
    "is_title",
    "letters",
    "names_office",
]

LONGEST_TITLE: Final = 90
"""Longest title in characters; in 3,423 laws the longest has 81."""
LONGEST_SHORT: Final = 60
_CLOSES: Final = (
    "法|法典|条例|规定|办法|规则|细则|决定|决议|解释|规章|规程|方案|规划|意见|纲要|标准|"
    "准则|章程|公约|通则|计划|措施|指引|指南|规范|制度|守则|修正案|批复|答复|复函|纪要|目录|"
    "协定|议定书|条约|条令|若干问题|通知|公告|总纲|编|條例|規定|辦法|規則|細則|決定|決議|解釋|規程|"
    "規劃|意見|綱要|標準|準則|規範"
)
"""How the titles of laws and of most documents end."""
_CLOSES_TITLE: Final = f"{_CLOSES}|说明|暂行条例"
_TITLE_ENDS: Final = tuple(_CLOSES_TITLE.split("|"))
_TITLE: Final = re.compile(rf"(?:{_CLOSES_TITLE})(?:（[^（）]{{1,40}}）){{0,3}}》?$")
_HAN_OR_DIGIT: Final = "[0-9０-９〇零○O一二三四五六七八九十]"
_DAY: Final = rf"(?:{_HAN_OR_DIGIT}{{1,4}}年{_HAN_OR_DIGIT}{{1,3}}月|[0-9]{{4}}-[0-9]{{1,2}}-[0-9])"
_ENACTMENT_DAY: Final = re.compile(_DAY)
_ENACTS: Final = re.compile("通过|公布|发布|施行|实施|修正|修订|批准|审议|修改|废止|颁布|印发")
LONGEST_FROM_DAY: Final = 400
"""Characters between a date and the word that says what was done on it."""
_DOCUMENT_NUMBER: Final = re.compile(
    r"[（]?[\u4e00-\u9fff]{0,12}[〔\[（(][0-9]{4}[〕\]）)][0-9]{1,6}号[）]?"
)
_INVENTED: Final = re.compile(
    r"（[^（）]{0,40}虚构.*）|(?:本|以下)?[^，。；《》]{0,12}(?:纯属|均为|全为|系)虚构.*"
    r"|虚构(?:示例|样例|案例|法规|文本|条例|，|。|：|$).*"
)
"""（虚构示例：…）, 本文纯属虚构: a note that a text is invented; 虚构市某条例 is a title."""
_CONTACT: Final = re.compile(
    r"(?:[一二三四五六七八九十0-9（）]{1,4}[、．.）]?)?(?:"
    r"(?:电子)?邮箱(?:地址)?|电子邮件(?:地址)?|[Ee]-?[Mm]ail|"
    r"(?:联系|咨询|办公|监督)?(?:电话|手机)(?:号码)?|联系方式|传真(?:号码|电话)?|"
    r"邮(?:政)?编(?:码)?|(?:通讯|通信|邮寄|联系|来信|寄送|办公)?地址|收件人|联系人|网址"
    r")[：:]"
)
"""The lines of a notice that say where opinions go."""
_ORDER_NUMBER: Final = re.compile(r"[（]?.{0,30}第[0-9一二三四五六七八九十百零〇]{1,6}号[）]?")
_OFFICE: Final = re.compile(
    "(?:代)?(?:市长|省长|州长|县长|区长|部长|主任|主席|总理|院长|检察长|局长|署长|行长|会长)"
    "[：　 ]?[一-鿿·]{2,8}$"
)
_NOTE_HEADING: Final = re.compile(
    r"关于.{0,80}的(?:起草|修订|修改|情况|立法)?(?:的)?说明$|(?:起草|修订|立法)说明$"
)
_NOTE_HEADING_START: Final = re.compile(r"^关于《.{0,60}$")
_NOTICE_HEADING: Final = re.compile(
    r"(?:的|^)(?:公告|通告|通知|启事|公示|通报|函|令)(?:（.{1,20}）)?$"
)
_NOTICE_ENDS: Final = frozenset("告知事示报函令）")
_ORDER_HEADING: Final = re.compile(
    r".{0,40}(?:委员会|代表大会|人民政府|国务院|主席|[部局院署厅委])"
    r"(?:公告|令)(?:（?第?[0-9一二三四五六七八九十百零〇]{1,6}号）?)?"
)
_HEADLINE: Final = re.compile(
    # Of several 《 only the nearest can matter: nothing is read twice.
    r"《[^《]{1,80}》.{0,12}(?:征求|征集)|(?:征求|征集).{0,12}《.[^》]{0,79}+》|"
    r"[）》稿案](?:公开)?征求意见$|(?:公开|面向社会|向社会)(?:征求|征集)(?:.{0,12}意见)(?:建议)?(?:的?(?:公告|通告|通知|启事|函))?$"
)
_NOTICE: Final = re.compile(
    r"现(?:将|面向|予|就|向|印发|公布|已).{0,60}(?:征求意见|公布|印发|征集|遵照|公告)|面向社会公开征求|提出宝贵|"
    r"意见建议|印发给你们|现予(?:以)?公布|通讯地址|意见(?:请|可).{0,20}(?:反馈|发送|寄)|征求意见(?:时间|期限|截止)|"
    r"向社会公开征求意见的"
)
_OF_NOTICE: Final = re.compile("[现意宝征讯印]")
"""One of these is in every such sentence; the search for one character is five times as fast."""
_DECISION: Final = re.compile(
    "作(?:出)?(?:如下|以下)(?:修改|补充)|根据本决定|基础上增加[一二三四五六七八九十两]{1,2}[条款项]"
)
_FURNITURE: Final = re.compile(
    r"发布(?:日期|时间)：|(?:浏览|阅读|点击)(?:次数|量)?：|字(?:体|号)：|来源：|作者：|编辑：|打印本页|关闭窗口|分享到"
)
_ISO: Final = r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
_TIME: Final = r"[ \u3000]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_METADATA: Final = re.compile(
    r"[【\[]?(?:"
    r"(?:发布|成文|生成|公开|更新|上传|录入|发文|印发|信息|文章)?(?:日期|时间)|"
    r"(?:发布|发文|公开|制定|起草)(?:机构|单位|机关|者|人|部门)|"
    r"(?:信息|文章|稿件|内容|文件|资料|本文)?来源|作者|供稿|(?:责任)?编辑|"
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?|字(?:体|号)(?:大小)?|"
    r"(?:信息)?索引号|主题(?:分类|词)|(?:信息|组配|体裁|服务对象)?分类|(?:发文|发布)?[文字]号|文件编号|"
    r"公开(?:方式|范围|形式|目录)|(?:有效性|效力状态|是否有效|时效)|关键[词字]|标签|视力保护色|保护视力色|"
    r"(?:您?(?:现在|当前)(?:所在)?的?|您(?:所在)?的)位置|分享到?"
    r")：|【(?:法规类别|(?:发布|颁布)(?:部门|单位|机关|日期|时间)|发文字号|(?:实施|生效|失效)日期|时效性?"
    r"|效力(?:级别|等级|属性))】"
)
"""The rows of a page's table about a text, and the line below its title."""
_DATELINE: Final = re.compile(
    rf"(?:.{{0,30}}?{_ISO}(?:{_TIME})?|.{{0,30}}?[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日{_TIME})"
    r"(?:$|来源|作者|发布|发表于|浏览|阅读|点击|访问|编辑|字[体号]|打印|分享|[【\[（|｜])"
)
_ACT: Final = re.compile("通过|公布|施行|修正|修订|批准|颁布|令")
_FONT_SIZE: Final = re.compile(
    r"[【\[（]?(?:字[体号](?:大小)?：?)?[【\[（]?(?:[大小]中[大小]|大\|中\|小)[】\]）]?.{0,20}"
)
_BUTTON_LINE: Final = re.compile(
    r"(?:[【\[]?(?:打印本页|打印|分享到?|收藏|关闭窗口|关闭|下载|返回顶部|返回|扫一扫|微信|微博|QQ空间|"
    r"我要纠错|纠错|朗读|无障碍浏览)[】\]]?[|｜：、\u3000 ]?){1,12}"
)
_PAGE_LINE: Final = re.compile(
    rf"{_FURNITURE.pattern}|(?:{_FONT_SIZE.pattern}|{_BUTTON_LINE.pattern})\Z"
)
"""The three above in one, since nearly every line is none of them."""
_PAGE_LINE_BEGINS: Final = frozenset("发浏阅点字来作编打关分收下返扫微Q我纠朗无大小【[（")
"""How one of them can begin."""
_BREADCRUMB: Final = re.compile(
    r"[\u4e00-\u9fff》） ](?:>{1,2}|＞{1,2}|»|›)[《（ ]?[\u4e00-\u9fff]|"
    r"^(?:网站)?(?:首页|主页)[>＞»›/|\-—－→]"
)
_TITLE_LABEL: Final = re.compile(r"(?:(?:文件|法规|信息|文章|公文)?(?:标题|名称)|题名)：")
_CLOSES_LAW: Final = f"{_CLOSES}|解答|安排|命令"
_LAW_ENDS: Final = tuple(_CLOSES_LAW.split("|"))
_LIKE_LAW: Final = re.compile(rf"(?:{_CLOSES_LAW})(?:（[^（）]{{1,40}}）){{0,3}}$")
_TAIL: Final = re.compile(
    r"（?(?:内容|文章|信息|稿件|资料|文件)来源：|（?(?:责任)?编辑：|相关(?:文章|阅读|链接|报道|文件|新闻)(?:：|$)|"
    r"(?:继续)?阅读原文|继续阅读|[上下]一篇(?:：|$)|扫一扫|版权所有|升级VIP|主办单位：|网站地图|联系我们|关于我们|"
    r"©|Copyright|返回顶部|浏览次数|往期(?:推荐|回顾)|点击(?:上方|下方)?蓝字|"
    r"[-—–*· ]{0,6}END[-—–*· ]{0,6}$"
)
"""Words of a web page that no sentence of law begins with."""
_BUTTONS: Final = re.compile(
    r"(?:[【\[]?(?:打印(?:本页|本文|此页|此文|文章|页面|预览)?|关闭(?:窗口|本页|页面|此页)?|分享|收藏|提交|"
    r"(?:分享|转发)(?:到|至)[^，。；]{0,16}|提交(?:评论|留言|反馈|意见)|验证码：?|"
    r"点击(?:查看|下载|进入|打开|这里|此处)[^，。；]{0,12}|长按(?:识别|扫描|图片)[^，。；]{0,12}|"
    r"扫码(?:关注|阅读|查看|分享|下载)[^，。；]{0,12}|(?:欢迎)?关注(?:我们|微信|官方|本站|公众号)[^，。；]{0,12}"
    r")[】\]]?[｜|/ ]{0,3}){1,6}"
)
"""Buttons, alone in their line: 打印本页 关闭窗口. 关闭不符合产业政策的小煤矿 is a measure."""
_NAMED: Final = re.compile(
    r"（?(?:(?:来源|作者|(?:责任)?编辑|责编|校对|监制|[初复终]审|审核|排版|制作|供稿) ?[|｜丨]"
    r"|(?:来源|作者|编辑|责编|校对|监制|供稿)：)[^，。；：]{1,30}|点个“?(?:在看|赞)”?"
)
LONGEST_FURNITURE: Final = 40
"""Longest line about the page; only what tells the owner of a site (ICP, ©) is longer."""
_ATTACHMENT: Final = re.compile(r"附件?[0-9一二三四五六七八九]?：?")
_ICP: Final = re.compile(r"ICP[备证]|公网安备|增值电信业务经营许可")
_FILE: Final = re.compile(r"\.(?:docx?|pdf|wps|xlsx?|zip|rar|ofd|txt)(?:[）)]|$)|下载$", re.I)
_ENDS: Final = frozenset("。；：，、！？…")
_LAST_BRACKET: Final = re.compile(r"（[^（）]{0,40}）$")
NO_LETTERS: Final = "、《》〈〉（）\u3000 "
_NO_LETTER: Final = re.compile(f"[{NO_LETTERS}]")


def is_short(text: str) -> bool:
    """A line that is no sentence: short, without 。 and without punctuation at its end."""
    return (
        0 < len(text) <= LONGEST_SHORT
        and text[-1] not in _ENDS
        and "。" not in text
        and "；" not in text
    )


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a law or policy document."""
    return (
        1 < len(text) <= LONGEST_TITLE
        and "。" not in text
        and "；" not in text
        and (text.endswith(_TITLE_ENDS) or (text[-1] in "）》" and bool(_TITLE.search(text[-60:]))))
        and not is_headline(text)
        and not _is_breadcrumb(text)
        and not is_order_heading(text)
    )


def is_headline(text: str) -> bool:
    """A headline about a draft, which never is its title.

    >>> is_headline("《某市条例（草案）》征求意见"), is_headline("某市条例（征求意见稿）")
    (True, False)
    """
    return len(text) <= LONGEST_TITLE and "征" in text and bool(_HEADLINE.search(text))


def is_order_heading(text: str) -> bool:
    """某市人民代表大会常务委员会公告, 某市人民政府令: the head of what puts a law into force."""
    if len(text) > LONGEST_SHORT or not ("令" in text or "公告" in text):
        return False
    return _ORDER_HEADING.fullmatch(text) is not None


def _is_breadcrumb(text: str) -> bool:
    """首页>政务公开>法规; not 《关于修改<某条例>的决定》."""
    # Written out, as every line of a head is asked: a loop over the signs takes three times as long
    if not (">" in text or "＞" in text or "»" in text or "›" in text or "页" in text):
        return False
    return not any(sign in text for sign in "<＜〈") and bool(_BREADCRUMB.search(text))


def after_label(text: str) -> str:
    """标题：某市条例 → 某市条例; any other line as it is."""
    found = _TITLE_LABEL.match(text) if "：" in text else None
    return text[found.end() :] if found else text


def closes_like_title(text: str) -> bool:
    """Whether a title reads like that of a law: it ends in 法, 条例, … and has no > or ：.

    >>> closes_like_title("某市条例"), closes_like_title("某市条例全文")
    (True, False)
    """
    closes = text.endswith(_LAW_ENDS) or (text[-1:] == "）" and _LIKE_LAW.search(text[-60:]))
    return bool(closes) and not ("：" in text or _is_breadcrumb(text))


def bare_title(text: str) -> str:
    """A title without brackets at its end and without title marks, for comparing."""
    bare = _LAST_BRACKET.sub("", text) if text.endswith("）") else text
    return bare.strip("《》")


def letters(title: str) -> str:
    """A title without marks and spaces: the same title is printed with and without 、 and 《》."""
    return _NO_LETTER.sub("", title)


def ends_like_body(text: str) -> bool:
    """最高人民法院, …部, …委员会: the name of an authority."""
    return text.endswith(
        ("院", "会", "部", "局", "厅", "委", "府", "署", "办公室", "总局", "银行", "军委")
    )


def names_office(text: str) -> bool:
    """市长张三, 省长 李四, 部长：王五: who signs an order, by office and name."""
    return _OFFICE.match(text) is not None


def continues_title(text: str) -> bool:
    """若干问题的解释, 问题的若干规定: the second line of a title that begins 关于…."""
    return text.startswith(("若干问题", "问题的", "有关问题", "的若干", "若干规定"))


def is_decision(text: str) -> bool:
    """A sentence of an amending act: …作如下修改：, 根据本决定，…重新公布."""
    return bool(_DECISION.search(text[:200]) or _DECISION.search(text[-60:]))


def is_enactment_note(text: str) -> bool:
    """（2021年6月10日…通过）, 2019年3月1日施行, 法释〔2020〕20号."""
    if len(text) > 8 and text.startswith("（") and text.endswith("）") and "年" in text:
        return True
    if _tells_enactment(text[:500]):
        return text[-1] not in "。；：" or text.startswith("（")
    return "号" in text and bool(_DOCUMENT_NUMBER.fullmatch(text) or _ORDER_NUMBER.fullmatch(text))


def _tells_enactment(text: str) -> bool:
    """A date with 通过, 公布 … behind it, or words that the text is invented (虚构)."""
    if "虚构" in text and _INVENTED.match(text):
        return True
    first = _ENACTMENT_DAY.search(text) if "年" in text or "-" in text else None
    act = _ENACTS.search(text, first.end()) if first else None
    if first is None or act is None:
        return False
    if act.start() - first.end() <= LONGEST_FROM_DAY:
        return True
    days = [m.end() for m in _ENACTMENT_DAY.finditer(text)]
    acts = [m.start() for m in _ENACTS.finditer(text, act.start())]
    return any(0 <= a - day <= LONGEST_FROM_DAY for day in days for a in acts)


def is_note_heading(text: str) -> bool:
    """关于《…条例（草案）》的说明."""
    return (
        len(text) <= LONGEST_TITLE
        and text.endswith("说明")
        and _NOTE_HEADING.search(text) is not None
    )


def find_note_heading(lines: Sequence[str]) -> int | None:
    """The line a 说明 begins with; its heading may be broken in two.

    附件：1.某条例（草案）⏎2.关于《某条例（草案）》的说明 lists it and is none.
    """
    for index, text in enumerate(lines):
        if is_note_heading(text) and not (_is_continuation(text) or text[0].isdecimal()):
            return index
        broken = _NOTE_HEADING_START.match(text) and "》" not in text and index + 1 < len(lines)
        if broken and is_note_heading(text + lines[index + 1]):
            return index
    return None


def _is_continuation(text: str) -> bool:
    return "》" in text and "《" not in text


def is_notice_heading(text: str) -> bool:
    """某市人民政府关于印发《…》的通知, 关于公开征求…意见的公告."""
    return (
        4 < len(text) <= LONGEST_TITLE
        and text[-1] in _NOTICE_ENDS
        and "。" not in text
        and bool(_NOTICE_HEADING.search(text))
    ) or is_order_heading(text)


def is_notice(text: str) -> bool:
    """A sentence of an announcement: 现面向社会公开征求意见, 现印发给你们, 通讯地址：…"""
    return bool(_OF_NOTICE.search(text, 0, 600)) and bool(_NOTICE.search(text[:600]))


def is_contact(text: str) -> bool:
    """Where opinions on a draft go; such a line is of the notice, never of the law.

    >>> [is_contact(t) for t in ("电子邮箱：fgw@example.cn", "邮编：100000", "某市地址管理条例")]
    [True, True, False]
    """
    return ("：" in text or ":" in text) and _CONTACT.match(text) is not None


def is_attachment_label(text: str) -> bool:
    """附件 alone in a line, above the title of what is attached."""
    return bool(_ATTACHMENT.fullmatch(text))


def is_file(text: str) -> bool:
    """附件：某市条例.docx: a file to be fetched from the page, no annex of the law."""
    return bool(_FILE.search(text))


def is_furniture(text: str) -> bool:
    """发布日期：… 浏览次数：…: a line about the page, before the law."""
    return len(text) <= LONGEST_TITLE and bool(_FURNITURE.match(text))


def is_metadata(text: str) -> bool:
    """A line about the text, not of it, as pages put it above and below a title.

    >>> is_metadata("2024-05-01 10:22来源：某市人大"), is_metadata("首页>政务公开>法规")
    (True, True)
    >>> is_metadata("2019年3月1日施行"), is_metadata("（2018-11-06公布）")
    (False, False)
    """
    if len(text) > LONGEST_TITLE or text[-1] in "。；":
        return False
    if ("：" in text or text[0] == "【") and _METADATA.match(text):
        return True
    if _is_breadcrumb(text) or (text[0] in _PAGE_LINE_BEGINS and _PAGE_LINE.match(text)):
        return True
    if text.startswith("点击") and _TAIL.match(text):
        return True
    dated = "-" in text or ":" in text or "/" in text or "." in text  # as every such line has
    return dated and bool(_DATELINE.match(text)) and not _ACT.search(text)


def is_tail_furniture(text: str) -> bool:
    """A line about the page, after the law: short, and no sentence.

    >>> [is_tail_furniture(t) for t in ("打印本页", "提交虚假材料的，处五万元罚款。", "作者：")]
    [True, False, False]
    """
    if len(text) > LONGEST_TITLE or (text[-1] in "。；" and text[0] != "©"):
        return False
    if _ICP.search(text) or text.startswith(("©", "Copyright", "版权所有", "主办单位：")):
        return True
    if len(text) > LONGEST_FURNITURE or "。" in text:
        return False
    return any(pattern.fullmatch(text) for pattern in (_BUTTONS, _NAMED)) or bool(_TAIL.match(text))
