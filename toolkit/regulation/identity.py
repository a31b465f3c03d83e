"""Check digits of ID numbers and unified social credit codes.

Source: GB 11643 (公民身份号码), GB 32100 (统一社会信用代码). Written here because the libraries at hand reject real
people whose county code was not valid in their birth year, and codes that begin with a letter.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from operator import mul

ID_LENGTH = 18  # credit codes too
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
BIRTH_YEARS = range(1900, 2100)  # beyond these the number was made up, and terms could not be reckoned
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_VALUE = {letter: value for value, letter in enumerate(CREDIT_ALPHABET)}


def id_check_character(first17: str) -> str:
    """The 18th character for 17 digits."""
    return ID_CHECK[sum(map(mul, ID_WEIGHTS, map(int, first17))) % 11]


def id_birth(number: str) -> date | None:
    """The birth date in positions 7–14, None where there is no such day or nobody living can be born on it."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year in BIRTH_YEARS else None


def id_sex(number: str) -> str:
    """男 for an odd 17th digit, 女 for an even one."""
    return "男" if int(number[16]) % 2 else "女"


@lru_cache(maxsize=65536)  # every rule that needs a sound number asks again
def id_problem(number: str) -> str:
    """"" for a sound number, else length | digits | birth | check. `number` is upper case without spaces."""
    if len(number) != ID_LENGTH:
        return "length"
    if not (number.isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return "digits"
    if id_birth(number) is None:
        return "birth"
    return "" if id_check_character(number[:17]) == number[17] else "check"


def credit_check_character(first17: str) -> str:
    """The 18th character of a credit code. KeyError on a letter outside the alphabet."""
    total = sum(map(mul, CREDIT_WEIGHTS, map(_CREDIT_VALUE.__getitem__, first17)))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


@lru_cache(maxsize=65536)
def credit_problem(number: str) -> str:
    """"" for a sound code, else length | letters | check."""
    if len(number) != 18:
        return "length"
    if any(letter not in _CREDIT_VALUE for letter in number):
        return "letters"
    return "" if credit_check_character(number[:17]) == number[17] else "check"
