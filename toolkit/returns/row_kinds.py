"""Which rows under a header are no data: empty, totals, signatures, column numbers, a header again, rows nobody finished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from toolkit.forms.model import Sheet
from toolkit.returns.characters import blank, clean, half_width
from toolkit.returns.headers import Layout, header_of
from toolkit.sheets.grid import Value

RowCells = tuple[Value, ...]
EMPTY, NUMBERED_ONLY, TOTAL, NOTE, SIGNATURE = "空行", "只有序号的空行", "合计行", "说明行", "落款行"
SEAL, NUMBERS, HEADER_AGAIN, OUTSIDE = "签字盖章行", "栏次行", "重复表头", "表外文字行"
OTHER_HEADER, UNFINISHED = "另一行表头", "没有填完的行"
FEW = 4  # a row with more cells filled than this is data, unless it repeats the header or ends the table
_SPACE = r"\s*"


def _spaced(words: str) -> str:
    """合计 as a pattern that also finds 合　计."""
    return "|".join(_SPACE.join(word) for word in words.split())


_TOTAL = re.compile(rf"\s*(?:本页|本表|全区|全县)?\s*(?:{_spaced('合计 小计 总计 共计 累计')})")
_NOTE = re.compile(rf"\s*(?:(?:{_spaced('注 备注 说明 填表说明 填报说明')})\s*[:：]|填表说明)")
_SIGNATURE = re.compile(r"\s*(填表人|填报人|制表|审核人|负责人签字|联系电话\s*[:：])")  # every standard form ends with one
_SEAL = re.compile(
    r"\s*[(（]?\s*(?:(?:单位|主要|分管|主管|科室|部门|业务|局)?(?:负责人|领导|局长|科长|处长|主任)\s*(?:[(（]?\s*(?:签字|签名|签章|盖章|审批)\s*[)）]?)?\s*[:：]"
    r"|(?:分管|主管|主要|局|单位|科室)?(?:负责人|领导)?\s*(?:签字|签名|签章)|(?:经办|复核|审批|批准|录入|统计|报送|校对|联系|初审|制表|编制)\s*人?(?:员)?\s*[:：]"
    r"|(?:填报|填表|申报|推荐|主管|报送|制表|编制|所在)?(?:单位|部门|机关)?\s*[(（]?\s*(?:公\s*章|盖\s*章|印\s*章|签章|章)\s*[)）]"
    r"|(?:单位|加盖)?\s*(?:公章|盖章|印章)|(?:填报|填表|制表|报送|编制|打印|审核)\s*(?:单位|部门|机关|日期|时间)\s*[:：]"
    r"|(?:电话|手机|传真|日期|联系方式|办公电话)\s*[:：]|年\s*月\s*日|(?:以|此|表)?下\s*(?:无内容|无正文|空白)|(?:此|本)(?:页|表|行|处)?(?:以下|下面)?(?:无内容|无正文|空白)"
    r"|[-—=*\s]*以\s*下\s*空\s*白|第\s*\d+\s*页|共\s*\d+\s*页|本表一式)")
_DAY = re.compile(r"\s*\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*")
# 模板预填的列：只有这些列有内容的行不是一件申报。
_PREPRINTED = frozenset(("序号", "推荐区县", "年度", "区县"))
_ORDINALS = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_CHINESE = ("", *"一二三四五六七八九", "十")
SHORTEST_NUMBERING, LONG_TEXT = 3, 20


@lru_cache(maxsize=4096)
def _foot(text: str) -> str:
    """What a text stands under a table for; "" where it may stand in one."""
    kinds = ((_TOTAL, TOTAL), (_NOTE, NOTE), (_SIGNATURE, SIGNATURE), (_SEAL, SEAL))
    return next((kind for pattern, kind in kinds if pattern.match(text)), "")


def is_foot(value: Value) -> bool:
    """Whether a cell belongs under a table: a total, a note, a signature, a seal."""
    return isinstance(value, str) and bool(_foot(value))


class RowSorter:
    """Tells data from the rest under one header. `unfinished`: rows that hold nothing but choices and dates are no data either."""

    def __init__(self, sheet: Sheet, layout: Layout, unfinished: bool):
        self._sheet, self._columns, self._unfinished = sheet, layout.columns, unfinished
        content = {header: column for header, column in layout.columns.items()
                   if not sheet.by_header[header].formula and header not in _PREPRINTED}
        self._content = tuple(content.values())
        self._telling = tuple(column for header, column in content.items() if not self._filled_down(header))

    def left_out(self, cells: RowCells) -> str:
        """Why a row is not data, "" when it is."""
        filled = [cell for cell in cells if cell is not None]
        if not filled or (isinstance(filled[0], str) and (len(filled) <= FEW or blank(filled[0]))):
            filled = [cell for cell in filled if not blank(cell)]
        if not filled:
            return EMPTY
        first = next((cell for cell in filled if isinstance(cell, str)), None)
        if first is not None:
            if (_foot(first) or len(filled) == 1) and (reason := self._under_the_table(cells, filled, first)):
                return reason
            if header_of(self._sheet, first) and (reason := self._header(cells)):
                return reason
        return NUMBERS if _numbers(filled) else self._without_content(cells, filled)

    def _without_content(self, cells: RowCells, filled: Sequence[Value]) -> str:
        many = len(filled) > FEW
        if _anything(cells, self._telling):
            alone = len(filled) == 1 and isinstance(filled[0], str)
            return NOTE if alone and len(str(filled[0])) > LONG_TEXT else ""
        if _anything(cells, self._content):
            return UNFINISHED if self._unfinished else ""
        if many and not self._unfinished:
            return ""
        return NUMBERED_ONLY if _anything(cells, self._columns.values()) else OUTSIDE

    def _under_the_table(self, cells: RowCells, filled: Sequence[Value], first: str) -> str:
        """合计行, 说明行, 落款行, 签字盖章行: by the first text in the row, where what stands beside it belongs to it."""
        kind, at_front = _foot(first), first is filled[0]
        if kind == TOTAL and (at_front or sum(isinstance(cell, str) for cell in filled) <= 2):
            return TOTAL
        if kind in (NOTE, SIGNATURE) and at_front:
            return kind
        if kind == SEAL and _all_labelled(filled):
            return SEAL
        return SEAL if len(filled) == 1 and _DAY.fullmatch(first) and not self._in_date_column(cells, first) else ""

    def _in_date_column(self, cells: RowCells, value: str) -> bool:
        column = next(number for number, cell in enumerate(cells) if cell is value)
        header = next((header for header, place in self._columns.items() if place == column), None)
        return header is not None and self._sheet.by_header[header].kind.name == "date"

    def _header(self, cells: RowCells) -> str:
        """重复表头 where the row says the headers of its columns, 另一行表头 where it says headers in another order."""
        texts = [(number, cell) for number, cell in enumerate(cells) if isinstance(cell, str) and not blank(cell)]
        named = [(number, header) for number, cell in texts if (header := header_of(self._sheet, cell)) is not None]
        own = sum(self._columns.get(header) == number for number, header in named)
        if len(named) > 2 and len(named) * 3 > len(texts) * 2:
            return HEADER_AGAIN if own == len(named) else OTHER_HEADER
        return HEADER_AGAIN if own * 2 > len(texts) else ""

    def _filled_down(self, header: str) -> bool:
        """A column whose values come from a dropdown or by filling down."""
        column = self._sheet.by_header[header]
        return bool(column.choices) or column.kind.name == "date"


def _anything(cells: RowCells, columns: Iterable[int]) -> bool:
    """Whether something stands in any of the columns."""
    width = len(cells)
    for column in columns:
        if column < width:
            cell = cells[column]
            if cell is not None and not (cell.__class__ is str and blank(cell)):
                return True
    return False


def _all_labelled(filled: Sequence[Value]) -> bool:
    """Whether every cell is a label of a signature or what was written behind one."""
    label = False
    for cell in filled:
        if is_foot(cell) or (isinstance(cell, str) and _DAY.fullmatch(cell)):
            label = True
        elif label:
            label = False
        else:
            return False
    return True


def _numbers(filled: Sequence[Value]) -> bool:
    """1 2 3 …, 甲 乙 丙 1 2 3 …, （一）（二）（三）: the numbering of the columns."""
    if len(filled) < SHORTEST_NUMBERING or (isinstance(filled[0], float) and filled[0] != 1):
        return False
    series, last = None, 0
    for cell in filled:
        kind, number = _ordinal(cell)
        if number != (last + 1 if kind == series else 1):
            return False
        series, last = kind, number
    return True


def _ordinal(cell: Value) -> tuple[int, int]:
    """Series and position of a column number; (-1, 0) for anything else."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (0, int(cell)) if 0 < cell < 1000 and cell == int(cell) else (-1, 0)
    return _ordinal_text(cell) if isinstance(cell, str) and len(cell) <= 8 else (-1, 0)


@lru_cache(maxsize=4096)
def _ordinal_text(cell: str) -> tuple[int, int]:
    text = "".join(half_width(clean(cell)).split()).strip("()[]栏列第.、").upper()
    if text.isascii() and text.isdigit():
        return 0, int(text)
    for series, characters in enumerate(_ORDINALS, 1):
        if len(text) == 1 and text in characters:
            return series, characters.index(text) + 1
    return (9, _CHINESE.index(text)) if text in _CHINESE[1:] else _in_tens(text)


def _in_tens(text: str) -> tuple[int, int]:
    tens, found, ones = text.partition("十")
    if not found or tens not in _CHINESE[:-1] or ones not in _CHINESE[:-1]:
        return -1, 0
    return 9, 10 * (_CHINESE.index(tens) or 1) + _CHINESE.index(ones)
