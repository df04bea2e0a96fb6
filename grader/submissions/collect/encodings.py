"""In which encoding a zip file's names were written, where it does not say: Windows takes its country's own.

Guessers of encodings want more text than a few names: what people are called tells the languages apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

ENCODINGS = ("utf-8", "cp949", "cp932", "gb18030", "big5", "cp437", "cp850", "cp1252")
"""Encodings of names, in the order in which equals are taken."""

_KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석"
    "선설마길연위표명기반왕금옥육인맹제모탁국철수영희경호준민서연우은미혜정숙자순동훈상태용재승규빈환찬혁욱병창대광복"
    "아나다라래린리림별보솔슬예윤율의일종직진찬한해형효화후희가건결관교균근남단달덕두란람량렬례로록률만목무범봉부비사산"
    "삼새생섭세시식실애야언업온완요운웅월은을음익작잔절점주중증창청초춘충치칠쾌타통평필학향헌협회훤흥과제제출답안"
)
_CHINESE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭"
    "廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙黎史陶贺毛郝顾龚邵万覃武钱伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚"
    "桂英华玉红志国建文辉力永健世广义兴良海山仁波宁贵福生元全胜学祥才发新利清飞彬富顺信子涵宇轩浩然欣怡梓晨雨泽思佳琪小大"
    "作业张陳劉楊趙吳鄭許鄧韓馮葉蘇呂盧鍾譚陸賈龍顧錢偉靜麗強軍藝傑國華紅輝廣義興寧貴勝學發飛順軒澤業"
)
_JAPANESE = frozenset(
    "田中山本佐藤鈴木高橋伊渡辺小林加吉井上村斎松清水崎森池阿部石川前後岡長谷島遠青坂福太西三浦原竹内金子和野近酒工横宮大"
    "河平今新菅桜市川杉増丸花子美一郎二恵真由優翔陽菜愛結衣健翼拓也直樹隆弘博明正義幸雄裕介香奈友彩悠斗蓮葵凛千春夏秋冬課題"
)


def encoding_of(names: Sequence[bytes], known: Iterable[str] = ()) -> str:
    """Return the encoding of names that do not say theirs; one in which `known` names occur is taken first.

    >>> encoding_of(["김철수/einsum.ipynb".encode("cp949")])
    'cp949'
    >>> encoding_of(["ada/einsum.py".encode()])
    'utf-8'
    """
    raw = sorted({name for name in names if not name.isascii()})
    readable = {encoding: texts for encoding in ENCODINGS if (texts := _decoded(raw, encoding)) is not None}
    if "utf-8" in readable:
        return "utf-8"
    people = {name.casefold() for name in known if not name.isascii()}
    met = {encoding: sum(any(name in text.casefold() for name in people) for text in texts)
           for encoding, texts in readable.items()}  # fmt: skip
    best = max(met.values(), default=0)
    left = [encoding for encoding in readable if met[encoding] == best]
    return max(left, key=lambda encoding: _likeness(readable[encoding], encoding), default="cp437")


def _decoded(raw: Sequence[bytes], encoding: str) -> list[str] | None:
    try:
        return [name.decode(encoding) for name in raw]
    except UnicodeDecodeError:
        return None


def _likeness(texts: Sequence[str], encoding: str) -> float:
    """Return how much names look like people's in the languages that an encoding is for, from -1 to 1.2."""
    words = [word for text in texts for word in re.split(r"[\x00-\x40\x5b-\x60\x7b-\x7f]+", text) if not word.isascii()]
    letters = [(character, word) for word in words for character in word if not character.isascii()]
    if not letters:
        return -1.0
    rated = sum(_western(character, word) if encoding in _WESTERN else _eastern(character, encoding)
                for character, word in letters)  # fmt: skip
    return rated / len(letters)


_WESTERN = frozenset({"cp437", "cp850", "cp1252"})
_COMMON = {"cp949": _KOREAN, "cp932": _JAPANESE, "gb18030": _CHINESE, "big5": _CHINESE}
_STANDARD = {"cp949": "euc_kr", "cp932": "shift_jis", "gb18030": "gb2312", "big5": "big5"}
_LEVEL = {"cp949": (0xB0, 0xC8), "cp932": (0x88, 0x97), "gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}
"""Leading bytes of the characters that are in daily use."""


def _eastern(character: str, encoding: str) -> float:
    if character in _COMMON[encoding]:
        return 1.2
    if encoding == "cp932" and "ぁ" <= character <= "ヿ":
        return 1.1
    if not character.isalpha():
        return -1.0
    try:
        lead = character.encode(_STANDARD[encoding])[0]
    except UnicodeEncodeError:
        return -0.5
    low, high = _LEVEL[encoding]
    return 0.4 if low <= lead <= high else -0.2


def _western(character: str, word: str) -> float:
    """Rate a letter by its neighbours: a name in Latin letters is mostly ASCII, and small after its first letter."""
    latin = character.isalpha() and ("À" <= character <= "ɏ")
    mostly_plain = sum(letter.isascii() for letter in word) * 2 >= len(word)
    in_place = character.islower() or word.startswith(character)
    return 1.0 if latin and mostly_plain and in_place else -0.5
