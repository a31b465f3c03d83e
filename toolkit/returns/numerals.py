"""Chinese numerals as clerks write them: 二〇二三, 十二, 壹拾万元整."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {character: value for value, characters in enumerate(
    ("〇零○Ｏ", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for character in characters}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_PARTS = {"角": Decimal("0.1"), "分": Decimal("0.01")}
CHARACTERS = frozenset(_DIGITS) | frozenset(_UNITS) | frozenset(_MYRIADS)


def digits(text: str) -> str:
    """Digit by digit: 二〇二三 → "2023". ValueError on any other character."""
    try:
        return "".join(str(_DIGITS[character]) for character in text)
    except KeyError:
        raise ValueError(text) from None


def whole(text: str) -> int:
    """Place-value numerals: 二十八 → 28, 壹拾万 → 100000. ValueError on anything else."""
    if not text:
        raise ValueError(text)
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _MYRIADS:
            before = total if character == "亿" else 0  # 亿 multiplies all before it, 万 only what follows the last 亿
            total = total - before + (before + section + digit) * _MYRIADS[character]
            section = digit = 0
        else:
            raise ValueError(text)
    return total + section + digit


def amount(text: str) -> Decimal:
    """A sum in capitals: 壹拾万元整 → 100000, 伍佰元零伍角 → 500.5. ValueError on anything else."""
    yuan, mark, rest = text.replace("圆", "元").rstrip("整正").partition("元")
    if not mark and yuan[-1:] in _PARTS:
        yuan, rest = "零", yuan
    value = Decimal(whole(yuan))
    rest = rest.lstrip("零")
    while rest:
        if len(rest) < 2 or rest[0] not in _DIGITS or rest[1] not in _PARTS:
            raise ValueError(text)
        value += _DIGITS[rest[0]] * _PARTS[rest[1]]
        rest = rest[2:].lstrip("零")
    return value
