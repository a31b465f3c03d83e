"""Numbers of persons in a text: IDs, permits, passports, mobile phones, bank cards and accounts, however they are spelled.

A text is read as groups of digits. Invisible characters go; digits of any script count, Chinese ones and look-alike letters
each as a group of their own; whatever is neither digit nor letter separates. A number is found where whole groups make
it, so the digits of a longer serial are none.

Source: GB 11643 (公民身份号码), 第二代外国人永久居留身份证, GB 32100 (统一社会信用代码), ISO/IEC 7812 (Luhn)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.documents.plain_digits import EDGE, may_hold, plain_text
from toolkit.regulation.identity import CREDIT_ALPHABET, credit_problem, id_birth, id_check_character

ID, PHONE, PASSPORT, CARD, ACCOUNT = "身份证号", "手机号", "出入境证件号", "银行卡号", "账号"
_BARRIER = "\ue001"  # 不是个人号码的一段
_LONGEST = 19
_APART = 4  # 组与组之间至多几个分隔符
_PROVINCES = frozenset(map(str, (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
                                 61, 62, 63, 64, 65, 71, 81, 82, 83, 91)))
_PHONE = re.compile(r"(?:179\d\d|125\d\d)?(?:(?:00)?86|0)?(1[3-9]\d{9})")
_CARD = re.compile(r"62\d{14,17}|60\d{14,17}|6[89]\d{14,17}|95[58-9]\d{13,16}|4\d{15}|5[1-5]\d{14}|35\d{14}|3[47]\d{13}|940\d{13,16}")
_PASSPORT = re.compile(r"(?<![0-9A-Z])(?:E[A-HJ-NP-Z]\d{7}|[EGDSP]\d{8}|[PSD]E\d{7}|[HM]\d{8}(?:\d\d)?|[A-Z]{3}\d{12})(?![0-9A-Z])")
_FOREIGN = re.compile(r"(?:护照|通行证|台胞证|居留证|永居证)[^0-9A-Z]{0,8}([A-Z]{0,3}\d{6,10})(?![0-9A-Z])")
# 与个人无关的写法，先去掉再找：日期、时刻、固定电话、服务号码、带小数或千分位的金额、掩码、文号。
_INNOCENT = re.compile("|".join((
    r"(?<!\d)(?:19|20)\d\d *[-./—] *(?:0?[1-9]|1[0-2]) *[-./—] *(?:0?[1-9]|[12]\d|3[01])(?!\d)", r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)",
    r"(?<!\d)(?:010|02\d|0[3-9]\d\d)[-— )）]{0,2}[1-8]\d{6,7}(?!\d)", r"(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)",
    r"(?<![\d.])(?:\d{1,2}\.)?0\.\d+", r"[*＊]{2,}|X{3,}", r"(?<!\d)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?=\D|$)(?! ?\d)", r"[〔\[]\d{4}[〕\]]\d{1,4}号")))
_CREDIT = re.compile(rf"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]\d{{7}}[{CREDIT_ALPHABET}]{{10}}(?![0-9A-Z])")
_SERIAL_WORD = (r"(?:编号|编码|序号|流水号|合同号|凭证号|批号|文号|图号|单号|件号|货号|型号|注册号|登记号|税号|专利号|备案号|工号|票号|发票号码|条码"
                r"|ISBN|ZL|(?<!TEL)(?<![A-Z])NO)")
_BEFORE_SERIAL = re.compile(rf"(?<!身份)(?<!证件)(?<!身份证)(?:{_SERIAL_WORD}[为是]?[^0-9A-Z\u4e00-\u9fff]{{0,3}}"
                            r"|第 ?|[¥￥$] ?|人民币 ?|金额[为是:： ]{0,2})$")
_AFTER_SERIAL = re.compile(
    r"\.?\d* ?(?:元|万|亿|人次|人|个|件|台|套|吨|千克|公斤|克|KG|平方|㎡|米|小时|千瓦|度|次|%)"
    r"|号(?:工程|项目|楼|院|标段|文件|令|单|设备|图|合同|凭证|发票|批|机[床组]|产品|专利|证书|地块|宗地|井|线|厂房|车|课题|样|库|仓)")
_PERSON_WORD = re.compile(r"(?:手机|电话|联系|联络|拨打|微信)[^0-9]{0,6}$"
                          r"|(?<![A-Z])(?:TEL(?:EPHONE)?|MOB(?:ILE)?|PHONE|PH|CELL(?:PHONE)?|WX|VX|V|T|M)[^0-9A-Z]{0,6}$")
_ACCOUNT_WORD = re.compile(r"(?:[账帐][号户]|卡号|银行卡|IBAN)[^0-9]{0,16}$")
_RUN = re.compile(rf"\d+(?:[^0-9A-Z\u3400-\u9fff{_BARRIER}]{{0,{_APART}}}\d+)*")


@dataclass(frozen=True)
class PersonalNumber:
    """One number found: what it is, and its digits (or letters) without separators."""

    label: str
    digits: str


@dataclass(frozen=True)
class _Group:
    digits: str
    start: int
    end: int
    piece: int = 0  # 第几段文字


def numbers_in(text: str) -> list[PersonalNumber]:
    """The numbers of persons in one text; `EDGE` in it marks where one piece of it ends and the next begins."""
    if not may_hold(text):
        return []
    plain = plain_text(text)
    joined = _joined(plain)
    found = [PersonalNumber(PASSPORT, match[0]) for match in _PASSPORT.finditer(joined) if _passport(match, joined)]
    found += [PersonalNumber(PASSPORT, match[1]) for match in _FOREIGN.finditer(joined)]
    plain = _without_innocent(plain)
    for run in _runs(plain):
        found += _in_run(plain, run)
    return list(dict.fromkeys(found))


def numbers_across(texts: Sequence[str]) -> list[PersonalNumber]:
    """Numbers cut in pieces over adjacent texts (cells, paragraphs): one digit in each, or two to four longer pieces."""
    found: list[PersonalNumber] = []
    for chain in _chains(texts):
        for window in _windows(chain):
            pieces = _pieces(window)
            if len(pieces) > 1 and _whole_pieces(window, chain, pieces):
                found += _judged("".join(pieces), strict=True)
    return list(dict.fromkeys(found))


def _joined(plain: str) -> str:
    """Without separators inside a passport's number: E 1234 5678."""
    return re.sub(r"(?<=[0-9A-Z])[ \-.·]{1,2}(?=\d)", "", plain.replace(EDGE, ""))


def _passport(match: re.Match, plain: str) -> bool:
    if _BEFORE_SERIAL.search(plain[:match.start()]):
        return False
    if len(match[0]) == 15:  # 旧版外国人永久居留证：三个字母、四位地区、出生日期
        return _short_birth(match[0][7:13]) and re.search("居留|永居|居住|证件", plain[max(0, match.start() - 12):match.start()]) is not None
    return True


def _without_innocent(plain: str) -> str:
    """The text with harmless numbers blanked, wherever its pieces end."""
    places = [place for place, character in enumerate(plain) if character != EDGE]
    bare, out = plain.replace(EDGE, ""), list(plain)
    spans = [match.span() for match in _INNOCENT.finditer(bare)]
    spans += [match.span() for match in _CREDIT.finditer(bare) if not credit_problem(match[0]) and not _is_id(match[0])]
    for start, end in spans:
        out[places[start]:places[end - 1] + 1] = _BARRIER * (places[end - 1] + 1 - places[start])
    return "".join(out)


# ---- 一段文字以内 ----

def _runs(plain: str) -> Iterator[list[_Group]]:
    for run in _RUN.finditer(plain):
        yield [_Group(group[0], run.start() + group.start(), run.start() + group.end()) for group in re.finditer(r"\d+", run[0])]


def _in_run(plain: str, run: Sequence[_Group]) -> Iterator[PersonalNumber]:
    account = "".join(group.digits for group in run)
    taken: list[PersonalNumber] = []
    for window in _windows(run):
        start, end = window[0].start, window[-1].end
        digits = "".join(group.digits for group in window)
        check = re.match(rf"[^0-9A-Z\u3400-\u9fff]{{0,{_APART}}}X(?![0-9A-Z])", plain[end:end + _APART + 2])
        if len(digits) == 17 and check and _is_id(digits + "X"):
            taken.append(PersonalNumber(ID, digits + "X"))
        taken += [number for number in _judged(digits) if _certain(number) or not _serial(plain, start, end)]
    yield from taken
    if not taken and 9 <= len(account) <= 32 and _ACCOUNT_WORD.search(plain[:run[0].start]) \
            and not re.match(r" ?(?:元|万|亿)", plain[run[-1].end:]):
        yield PersonalNumber(ACCOUNT, account)


def _windows(groups: Sequence[_Group]) -> Iterator[Sequence[_Group]]:
    """Adjacent groups that together are as long as a number can be."""
    for first in range(len(groups)):
        length = 0
        for last in range(first, len(groups)):
            length += len(groups[last].digits)
            if length > _LONGEST + 2:
                break
            if length >= 11:
                yield groups[first:last + 1]


def _serial(plain: str, start: int, end: int) -> bool:
    """Whether a number is a serial, an amount or part of a code by what stands around it."""
    before, after = plain[max(0, start - 20):start].replace(EDGE, ""), plain[end:end + 16].replace(EDGE, "")
    if _PERSON_WORD.search(before):
        return False
    lettered = (before[-1:].isascii() and before[-1:].isalpha()) or (after[:1].isascii() and after[:1].isalpha() and after[:1] != "X")
    return lettered or bool(_BEFORE_SERIAL.search(before) or _AFTER_SERIAL.match(after))


def _certain(number: PersonalNumber) -> bool:
    return number.label == ID and len(number.digits) == 18 and _check(number.digits)


def _judged(digits: str, strict: bool = False) -> Iterator[PersonalNumber]:
    """What a whole number is. `strict`: an ID only with the right check digit."""
    if match := _PHONE.fullmatch(digits):
        yield PersonalNumber(PHONE, match[1])
    elif _is_id(digits, strict) or _is_short_id(digits):
        yield PersonalNumber(ID, digits)
    elif _CARD.fullmatch(digits) and luhn(digits):
        yield PersonalNumber(CARD, digits)


def _check(digits: str) -> bool:
    return id_check_character(digits[:17]) == digits[17]


def _is_id(digits: str, strict: bool = False) -> bool:
    """18 long with a province and a birth date. A wrong check digit is a slip of the pen where the birth could be a grown person's;
    numbers of 外国人 begin with 9 as credit codes do, so theirs must be right."""
    if len(digits) != 18 or not digits[:17].isdigit() or not (digits[17].isdigit() or digits[17] == "X"):
        return False
    born = id_birth(digits)
    if born is None or born.year < 1900 or (digits[0] != "9" and digits[:2] not in _PROVINCES):
        return False
    return _check(digits) or (not strict and digits[0] != "9" and born.year <= 2012)


def _is_short_id(digits: str) -> bool:
    """The old IDs of 15 digits, without century and check digit."""
    return len(digits) == 15 and digits[:2] in _PROVINCES and digits[0] != "9" and _short_birth(digits[6:12])


def _short_birth(digits: str) -> bool:
    """Whether six digits are a day of the twentieth century."""
    try:
        date(1900 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


# ---- 跨格、跨段 ----

_LOOSE = rf"[^0-9A-Z\u3400-\u9fff{_BARRIER}]{{0,2}}"
_DIGITS_ONLY = re.compile(rf"{_LOOSE}(?:\d+{_LOOSE})+")
_LAST = re.compile(rf"\d+{_LOOSE}(?:\d+{_LOOSE})*$")


def _chains(texts: Sequence[str]) -> Iterator[list[_Group]]:
    """Groups that follow each other over texts: those at the end of one, all of the next, those at the beginning of the last."""
    chain: list[_Group] = []
    for piece, text in enumerate(texts):
        plain = _without_innocent(plain_text(text))
        first = _DIGITS_ONLY.match(plain)
        if first is not None and first.end() == len(plain):
            chain = [*chain, *_groups(first, piece)]
        elif plain.strip(f" {EDGE}"):
            yield [*chain, *(_groups(first, piece) if first else ())]
            last = _LAST.search(plain)
            chain = _groups(last, piece) if last else []
    yield chain


def _groups(match: re.Match, piece: int) -> list[_Group]:
    return [_Group(group[0], match.start() + group.start(), match.start() + group.end(), piece) for group in re.finditer(r"\d+", match[0])]


def _pieces(window: Sequence[_Group]) -> list[str]:
    by_text: dict[int, str] = {}
    for group in window:
        by_text[group.piece] = by_text.get(group.piece, "") + group.digits
    return list(by_text.values())


def _cut(window: Sequence[_Group], chain: Sequence[_Group]) -> bool:
    """Whether the window ends within the digits of its last text, or begins within a row of single ones."""
    after = chain[chain.index(window[-1]) + 1:][:1]
    before = chain[:chain.index(window[0])][-1:]
    return any(group.piece == window[-1].piece for group in after) or (
        len(window[0].digits) == 1 and any(group.piece == window[0].piece for group in before))


def _whole_pieces(window: Sequence[_Group], chain: Sequence[_Group], pieces: Sequence[str]) -> bool:
    """Numbers of a table (counts, years, amounts) follow each other too: a cut number leaves long odd pieces, or one digit in each box."""
    if all(len(piece) == 1 for piece in pieces):
        alone = [group for group in chain if len(group.digits) == 1]
        return len(alone) == len(window) and window[0] is alone[0]
    if len(pieces) > 4 or min(map(len, pieces)) < 2 or _cut(window, chain):
        return False
    if sum(map(len, pieces)) < 15 and min(map(len, pieces)) < 3:
        return False
    return not all(piece.endswith("000") or re.fullmatch(r"(?:19|20)\d\d", piece) for piece in pieces)
