"""An invented law and short invented acts, shared by the tests of amending acts."""

from __future__ import annotations

from tracker.amend.act import read_act
from tracker.amend.apply import Amended, amend
from tracker.amend.model import Act
from tracker.law.model import Law
from tracker.parse.canonical import body, read

BASE = """\
示例市书亭管理办法

为了试验修改决定，制定本办法。

第一章　总则

第一条　本办法所称书亭，是指街边供人取阅图书的小屋。

第二条　书亭由街道办事处设立。
街道办事处每月清点图书。
书亭不收费用。

第三条　书亭里可以放下列物品：
（一）图书；
（二）报纸；
（三）地图。

第二章　使用

第四条　取书的人应当在七日内还书。

第五条　污损图书的，依照第四条处理。

第六条　书亭每日八时开门。

第三章　附则

第七条　本办法自2020年1月1日起施行。
"""


def base() -> Law:
    """The law that the acts of the tests amend."""
    return read(BASE)


def act(*lines: str) -> Act:
    """An act from its lines, under a title that names the law."""
    text = "\n".join(("关于修改《示例市书亭管理办法》的决定", "作如下修改：", *lines))
    return read_act(text.encode(), name="决定.txt")


def after(*lines: str) -> Amended:
    """The invented law after an act of these lines."""
    return amend(base(), act(*lines))


def texts(law: Law) -> dict[str, str]:
    """The body of each article by its number."""
    return {str(article.number): body(article) for article in law.articles()}
