"""Radicals and the ideographs they look like: ⽇ → 日, ⺠ → 民.

Floor 1, used by normalising. PDF files write ordinary characters as radicals, and neither NFC nor
(for the supplement) NFKC mends it. The pairs are the property Equivalent_Unified_Ideograph of
Unicode 15.0 for the blocks Kangxi Radicals (all 214) and CJK Radicals Supplement (114 of 115).
U+2E80 has no equivalent and U+2E9A is not assigned; a full-width space holds their places.
"""

from __future__ import annotations

from typing import Final

__all__ = ["RADICALS"]

_KANGXI: Final = (  # U+2F00 to U+2FD5
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢"
    "尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火"
    "爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿"
    "肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹"
    "雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)
_SUPPLEMENT: Final = (  # U+2E80 to U+2EF3
    "　厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵　旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑"
    "钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)

RADICALS: Final[dict[str, str]] = {
    chr(start + offset): ideograph
    for start, row in ((0x2F00, _KANGXI), (0x2E80, _SUPPLEMENT))
    for offset, ideograph in enumerate(row)
    if ideograph != "\u3000"
}
"""Radical → unified ideograph, 328 pairs."""
