"""Whether a text can be a person's name as it stands on an ID card."""

from __future__ import annotations

import re
import unicodedata

from toolkit.returns.characters import clean

_TITLES = re.compile(r".{1,6}(先生|女士|小姐|同志|老师|师傅|经理|主任|工程师|大师)")
_OTHERS = re.compile(r".*等(\d+|[一二三四五六七八九十]+)?[人名位]?|.*[一二两三四五六七八九十]人")
_MASKED = re.compile(r".?某+.?|.某某")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile("[A-Za-z]")
LONGEST = 30


def doubtful_name(text: str) -> str:
    """Why a text is hardly a name, as the rest of a sentence (“含有“?””); "" for a name."""
    name = clean(text).strip()
    odd = next((character for character in name if not _belongs(character)), "")
    if odd:
        return _odd(odd)
    if _HAN.search(name) and _LATIN.search(name):
        return "既有汉字又有字母"
    if found := _TITLES.fullmatch(name):
        return f"带有称呼“{found[1]}”"
    if len(name) > 2 and _OTHERS.fullmatch(name):
        return "不是一个人的姓名"
    if _MASKED.fullmatch(name):
        return "隐去了名字"
    if name.startswith("·") or name.endswith("·"):
        return "间隔点的前面或后面没有字"
    if len(name) == 1:
        return "只有一个字"
    return f"超过{LONGEST}个字" if len(name) > LONGEST else ""


def _belongs(character: str) -> bool:
    """Letters of any script, the dot of minority names, and what stands between the parts of a Latin name."""
    return character in "·' -." or unicodedata.category(character)[0] in "LM"


def _odd(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Co", "Cn", "Cs") or character == "\ufffd":
        return f"含有别的电脑显示不出的字（U+{ord(character):04X}）"
    return "含有数字" if category[0] == "N" and character not in "〇" else f"含有“{character}”"
