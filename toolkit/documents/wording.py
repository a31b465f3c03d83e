"""How official documents write dates, amounts, numbers of persons, file names and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

from toolkit.returns import numerals

WAN = Decimal(10000)
FEN = Decimal("0.01")

# ---- 日期 ----

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def chinese_date(day: date) -> str:
    """2023年8月28日: month and day without a leading zero. Source: GB/T 9704-2012 7.3.5.4"""
    return f"{day.year}年{day.month}月{day.day}日"


def date_in(text: str) -> date:
    """The first 2023年8月28日 in a text; ValueError when there is none."""
    found = _DATE.search(text)
    if not found:
        raise ValueError(f"no date in {text!r}")
    return date(*map(int, found.groups()))


# ---- 金额 ----


def amount_in_words(amount: Decimal) -> str:
    """100000 → 壹拾万元整. `amount` in 元, not negative, at most two decimals; ValueError otherwise.

    The words are read back and must give the amount again.
    """
    from cn2an import an2cn  # 0.3 s to import

    if amount < 0 or amount != amount.quantize(FEN):
        raise ValueError(f"not an amount in 元, 角 and 分: {amount}")
    words = an2cn(f"{amount:.2f}".rstrip("0").rstrip("."), "rmb")
    if numerals.amount(words) != amount:
        raise ValueError(f"{words} does not say {amount}")
    return words


def amount_in_figures(amount: Decimal) -> str:
    """100000 → 10万元; 105000 → 105000元; 100500.5 → 100500.50元."""
    if amount >= WAN and amount % WAN == 0:
        return f"{amount // WAN:.0f}万元"
    return f"{amount:.0f}元" if amount == amount.to_integral_value() else f"{amount:.2f}元"


def amount(value: Decimal) -> dict[str, str]:
    """Both forms of an amount in 元, as the documents' contexts carry it: {"数字": …, "大写": …}."""
    return {"数字": amount_in_figures(value), "大写": amount_in_words(value)}


# ---- 个人信息 ----


def mask_id(number: str) -> str:
    """650102198803011234 → 650102********1234; anything not 18 long is hidden whole."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else "*" * len(number)


def mask_phone(number: str) -> str:
    """13812341234 → 138****1234; anything not 11 long is hidden whole."""
    return f"{number[:3]}****{number[-4:]}" if len(number) == 11 else "*" * len(number)


def masked(text: str) -> str:
    """A text with the ID numbers in it masked."""
    return re.sub(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])", lambda found: mask_id(found[0]), text)


# ---- 文件名 ----

# Windows 文件名上限255个字符，留出文件夹和序号的余地。
LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_file_name(text: str, suffix: str = ".docx") -> str:
    """A name Windows accepts: forbidden characters go, spaces are single, the length is bounded."""
    name = " ".join(_FORBIDDEN.sub("", text.removesuffix(suffix)).split())[:LONGEST_NAME].strip(". ")
    if not name or _DEVICES.match(name):
        name = f"文件{name}"
    return name + suffix


# ---- 标题 ----

# 标题回行时不拆开的词。
KEPT_TOGETHER = (
    "乌鲁木齐市", "人力资源和社会保障局", "市级技能大师工作室", "技能大师工作室", "技能大师", "工作室", "拟命名",
    "授牌名单", "名单的公示", "区县推荐汇总表", "汇总表", "关于命名", "关于", "期满考核", "考核评估", "结果", "评审", "名单", "授牌", "命名", "推荐",
    "年度", "的公示", "的通知", "的回执", "的报告", "的决定", "的通报", "公示", "通知", "回执")
_OFFICE = r"[\u4e00-\u9fff]{2,6}?[省市区县]人力资源和社会保障局"
_WORD = re.compile("|".join((_OFFICE, r"[0-9A-Za-z.]+年度", r"[0-9A-Za-z.]+", "《[^》]*》",
                             *sorted(KEPT_TOGETHER, key=len, reverse=True), ".")))
_NOT_FIRST = "，。、；：！？）》〕】”’的和与及等"
_NOT_LAST = "（《〔【“‘"


def width(text: str) -> float:
    """Width in Chinese characters: ASCII counts half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _shape(widths: list[float]) -> float:
    """How far lines are from a 梯形 or 菱形 (lower is better): the standard wants no rectangle and no hourglass."""
    mean = sum(widths) / len(widths)
    uneven = sum((line - mean - (1 if index % 2 else -1)) ** 2 for index, line in enumerate(widths))
    equal = max(widths) - min(widths) < 1
    hourglass = any(widths[line] < min(widths[line - 1], widths[line + 1]) for line in range(1, len(widths) - 1))
    return uneven + 50 * equal + 100 * hourglass


def _splits(words: list[str], lines: int) -> Iterator[list[str]]:
    places = [place for place in range(1, len(words))
              if words[place][0] not in _NOT_FIRST and words[place - 1][-1] not in _NOT_LAST]
    for breaks in combinations(places, lines - 1):
        edges = (0, *breaks, len(words))
        yield ["".join(words[start:end]) for start, end in pairwise(edges)]


def title_lines(title: str, line: int) -> list[str]:
    """A title broken into the fewest lines of at most `line` characters, words whole, as 梯形 or 菱形.

    Source: GB/T 9704-2012 7.3.1. A title that cannot be broken well is returned in one piece.
    """
    words = _WORD.findall(title)
    fewest = int(-(-width(title) // line))
    for lines in range(max(fewest, 1), fewest + 2):
        fitting = [split for split in _splits(words, lines) if max(map(width, split)) <= line]
        if fitting:
            return min(fitting, key=lambda split: _shape([width(part) for part in split]))
    return [title]
