"""What digits a text shows to a reader: of any script and width, in Chinese, circled, or as look-alike letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

EDGE = "\ue000"  # 组与组之间没有字符的界线：文字片段之间、中文数字之间
_CHINESE = str.maketrans("〇○◯零洞一壹幺么弌二贰两弍三叁参四肆五伍六陆七柒拐八捌九玖勾", "00000111112222333445566777" + "8899" + "9")
_ZERO, _ONE, _TIMES = "OoΟοОо", "IlｌІ", "×ⅹⅩХхΧχ✕╳"


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """The text with ASCII digits and capitals only; what cannot be seen is gone."""
    out = []
    for character in text:
        if character.isascii():
            out.append(character.upper() if character.isprintable() else " ")
        else:
            out.append(_plain_character(character))
    return _look_alikes("".join(out))


def _plain_character(character: str) -> str:
    if character == EDGE:
        return EDGE
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if character in _TIMES:
        return "X"
    if (chinese := character.translate(_CHINESE)) != character:
        return f"{EDGE}{chinese}{EDGE}"
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1 and compatible.isascii():
        return f"{EDGE}{compatible}{EDGE}" if category == "No" and compatible.isdigit() else compatible.upper()
    value = unicodedata.numeric(character, None) if category in ("Nd", "No") else None
    if value is not None and value == int(value) and value < 100:
        return f"{EDGE}{int(value)}{EDGE}"
    return " " if character in "\u115f\u1160\u2800\u3164\uffa0" else character


_LETTERS = re.compile(rf"(?<![A-Z])[{_ZERO}{_ONE}L]+(?![A-Z])")


def _look_alikes(plain: str) -> str:
    """O and l between or beside digits stand for 0 and 1."""
    def as_digits(match: re.Match) -> str:
        beside = plain[max(match.start() - 1, 0):match.start()] + plain[match.end():match.end() + 1]
        if not any(character.isdigit() for character in beside):
            return match[0]
        return EDGE + "".join("0" if character in _ZERO else "1" for character in match[0]) + EDGE
    return _LETTERS.sub(as_digits, plain)


def may_hold(text: str) -> bool:
    """Whether a text has digits enough for a number; most have not."""
    return sum(1 for character in text if character.isdigit() or character in _ZERO or character in _ONE or character.translate(_CHINESE)
               != character or (not character.isascii() and not character.isalpha())) >= 6
