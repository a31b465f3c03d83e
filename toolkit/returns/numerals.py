"""Chinese numerals as clerks write them: 二〇二三, 十二, 廿八, 一百零五万, 壹拾万元整.

A strict grammar: a digit stands before a unit, a gap in the units is filled by 零, units fall from left to right. What it does not
know (一〇万, 五万三, 一二月) is a ValueError, never a guess.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {character: value for value, characters in enumerate(
    ("〇零○Ｏ", "一壹弌", "二贰两貳", "三叁叄参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")) for character in characters}
_ZEROS = "〇零○"
_SPELLED = str.maketrans({"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿", "圆": "元", "圓": "元", "〇": "零", "○": "零",
                          "廿": "二十", "卅": "三十", "卌": "四十"} | {
                              character: "零一二三四五六七八九"[value] for character, value in _DIGITS.items()
                              if character not in "两Ｏ" + _ZEROS})
_DIGIT = "[一二三四五六七八九]"
_MANY = "[一二三四五六七八九两]"
# 不满一万：千、百、十、个，中间空位用“零”补上；只有打头的“十”可以不写“一”。
_SECTION = re.compile(
    f"(?:(?P<k>{_MANY})千)?(?:(?P<h>{_MANY})百)?(?:(?P<zt>零)?(?P<t>{_DIGIT})?(?P<ten>十))?(?:(?P<zo>零)?(?P<o>{_MANY}))?")
_GROUPS = re.compile("(?:(?P<e>[^亿]+)亿)?(?:(?P<w>[^万亿]+)万)?(?P<r>[^万亿]*)")
CHARACTERS = frozenset(_DIGITS) | frozenset("十拾百佰千仟万萬亿億廿卅卌")


def digits(text: str) -> str:
    """Digit by digit: 二〇二三 → "2023". ValueError on any other character."""
    try:
        return "".join(str(_DIGITS[character]) for character in text)
    except KeyError:
        raise ValueError(text) from None


def whole(text: str) -> int:
    """Place-value numerals: 二十八 → 28, 壹拾万 → 100000. ValueError on anything else."""
    plain = text.translate(_SPELLED)
    if plain in ("零", "两"):
        return 0 if plain == "零" else 2
    groups = _GROUPS.fullmatch(plain)
    if not plain or groups is None:
        raise ValueError(text)
    total, above = 0, None
    for part, factor in ((groups["e"], 10**8), (groups["w"], 10**4), (groups["r"], 1)):
        if part:
            total += (whole(part) if factor == 10**8 else _section(part, above, text)) * factor
            above = part
        elif above is not None and factor > 1:
            above = "零"  # an empty group between two others is a gap
    return total


def _section(part: str, above: str | None, text: str) -> int:
    """A group of four places. `above` is the group before it (None: nothing before, 零: a gap)."""
    led = part.startswith("零")
    found = _SECTION.fullmatch(part[1:] if led else part)
    if found is None or not any(found.group("k", "h", "ten", "o")):
        raise ValueError(text)
    thousands, hundreds, tens, ones = (_value(found[name]) for name in ("k", "h", "t", "o"))
    if found["ten"] and not tens:
        if found["k"] or found["h"] or found["zt"] or led or above is not None:
            raise ValueError(text)  # 一百十五, 一千零十: the digit before 十 is missing
        tens = 1
    value = thousands * 1000 + hundreds * 100 + tens * 10 + ones
    if not _gaps_filled(found, led, above, value) or (found["o"] == "两" and value != 2):
        raise ValueError(text)
    return value


def _gaps_filled(found: re.Match[str], led: bool, above: str | None, value: int) -> bool:
    """Whether 零 stands where units are skipped, and nowhere else."""
    gap_before_tens = bool(found["k"]) and not found["h"]
    gap_before_ones = not found["ten"] and bool(found["k"] or found["h"])
    if bool(found["zt"]) != (gap_before_tens and bool(found["ten"])) or bool(found["zo"]) != (gap_before_ones and bool(found["o"])):
        return False
    if above is None:
        return not led
    return led if value < 1000 else (not led or above.endswith(("十", "百", "千", "万", "零")))


def _value(digit: str | None) -> int:
    return _DIGITS[digit] if digit else 0


_MONEY = re.compile(f"(?:(?P<yuan>[^元角分整正]+)元)?(?P<rest>零?(?:(?P<jiao>{_DIGIT})角)?(?P<gap>零)?(?:(?P<fen>{_DIGIT})分)?)[整正]?")


def amount(text: str) -> Decimal:
    """A sum in words: 壹拾万元整 → 100000, 伍佰元零伍角 → 500.5, 十万 → 100000. ValueError on anything else."""
    plain = text.translate(_SPELLED)
    if not re.search("[元角分]", plain):
        return Decimal(whole(text.rstrip("整正")))
    found = _MONEY.fullmatch(plain)
    if found is None or (found["rest"] or "").endswith("零") or not any(found.group("yuan", "jiao", "fen")):
        raise ValueError(text)
    value = Decimal(whole(found["yuan"])) if found["yuan"] else Decimal(0)
    return value + _value(found["jiao"]) * Decimal("0.1") + _value(found["fen"]) * Decimal("0.01")
