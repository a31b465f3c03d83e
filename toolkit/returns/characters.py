"""Characters that mislead: ones nobody sees, look-alikes of Chinese characters, the many dots, dashes and spaces.

Everything a workbook says passes through `clean` before it is understood or compared. Only what cannot change the meaning is
replaced: ㎡, ①, ½ and the like stay as they are.

Source: Unicode general categories and canonical mappings; EquivalentUnifiedIdeograph.txt for the radicals of U+2E80–2EFF.
"""

from __future__ import annotations

import re
import unicodedata

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
DASHES = "‐‑‒–—―−－﹘﹣⁃₋⸺⸻─━ー➖"  # where a code, a number or a date has a “-”
DOTS = "·\u0387•‧・･∙⋅᛫⸱⸳ꞏ\U00010101"  # the dot in a name, as keyboards, fonts and old programs write it
LOOSE_DOTS = DOTS + ".．﹒․。｡●⚫˙"  # between two Chinese characters of a name these can mean nothing else
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"  # no format characters, yet invisible
_SEEN = frozenset((*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))  # format characters with a shape
_RADICALS = dict(zip("⺎⺒⺓⺜⺝⺟⺠⺧⺩⺬⺮⺶⺼⻁⻃⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻭⻮⻯⻰⻱⻲⻳",
                     "兀巳幺日月母民牛王示竹羊肉虎覀西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄斉齐歯齿竜龙龜亀龟", strict=True))
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_NAME_DOT = re.compile(f"(?<=[{_HAN}])\\s*[{re.escape(DOTS)}]\\s*(?=[{_HAN}])")
_PLAIN = re.compile(r"[ -~\u4e00-\u9fff，。、；：（）“”《》〔〕【】！？…—]*")  # nothing in these can need cleaning


class _Meanings(dict[int, "int | str | None"]):
    """Code point → what it is read as, worked out when it is first met."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = found = _meaning(chr(code))
        return found


def _meaning(character: str) -> str | None:
    category = unicodedata.category(character)
    if _unseen(character, category):
        return None
    if category == "Cs":
        return "\ufffd"  # half a character: no file and no terminal takes it
    if category == "Zs":
        return " "
    if "０" <= character <= "９" or "Ａ" <= character <= "Ｚ" or "ａ" <= character <= "ｚ":
        return chr(FULL_WIDTH[ord(character)])
    if "\u2f00" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    if "\uf900" <= character <= "\ufaff" or "\U0002f800" <= character <= "\U0002fa1f":
        return unicodedata.normalize("NFC", character)
    return _RADICALS.get(character, character)


def _unseen(character: str, category: str) -> bool:
    if category == "Cf":
        return ord(character) not in _SEEN
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or character in _UNSEEN or (category == "Cc" and not character.isspace())


class _Unseen(dict[int, "int | None"]):
    """Code point → itself, or None where nobody sees it."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        self[code] = found = None if _unseen(character, unicodedata.category(character)) else code
        return found


_MEANINGS, _VISIBLE = _Meanings(), _Unseen()


def clean(text: str) -> str:
    """The text as it is meant: no invisible characters, radicals and compatibility forms as the characters they stand for,
    full-width letters and digits as plain ones, every space a space, the dot between Chinese characters as “·”."""
    if _PLAIN.fullmatch(text):
        return text
    return _NAME_DOT.sub("·", text.translate(_MEANINGS))


def visible(text: str) -> str:
    """The text for quoting: what the eye cannot see is left out, and said."""
    if _PLAIN.fullmatch(text):
        return text
    seen = text.translate(_VISIBLE)
    return seen if seen == text else f"{seen}（含看不见的字符）"


def blank(value: object) -> bool:
    """Whether a cell shows nothing: empty, or only spaces and invisible characters."""
    if not isinstance(value, str):
        return value is None
    if "!" <= value[:1] <= "~" or "\u4e00" <= value[:1] <= "\u9fff":
        return False
    return not value.translate(_VISIBLE).strip()


_HALF = str.maketrans(FULL_WIDTH | {0x3000: " ", 0xA0: " "})


def half_width(text: str) -> str:
    """Full-width letters, digits, punctuation and spaces as half-width ones."""
    return text if text.isascii() else text.translate(_HALF)


_HYPHENS = str.maketrans(dict.fromkeys(DASHES, "-"))


def hyphens(text: str) -> str:
    """Every dash and minus as “-”."""
    return text if text.isascii() else text.translate(_HYPHENS)
