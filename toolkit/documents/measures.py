"""The measures of GB/T 9704-2012 as data: value, clause, and how binding each is.

strength: 规定 (the standard orders it), 一般, 推荐 (its own words), 实务 (practice, not in the standard). Only a
broken 规定 is an error; a checker and the builder read the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

MM = 1440 / 25.4  # twips
PT = 20  # twips


@dataclass(frozen=True)
class Measure:
    """One measure. `value` is a number in `unit` (mm, pt, 行, 字) or a font name (unit "字体")."""

    name: str
    value: float | str
    unit: str
    clause: str
    strength: str
    tolerance: float = 0


_TABLE = (
    Measure("纸宽", 210, "mm", "5.1", "规定"), Measure("纸高", 297, "mm", "5.1", "规定"),
    Measure("天头", 37, "mm", "5.2.1", "规定", 1), Measure("订口", 28, "mm", "5.2.1", "规定", 1),
    Measure("版心宽", 156, "mm", "5.2.1", "规定"), Measure("版心高", 225, "mm", "5.2.1", "规定"),
    Measure("每面行数", 22, "行", "5.2.3", "一般"), Measure("每行字数", 28, "字", "5.2.3", "一般"),
    Measure("正文字体", "仿宋_GB2312", "字体", "5.2.2", "一般"), Measure("正文字号", 16, "pt", "5.2.2", "一般"),
    Measure("一级标题字体", "黑体", "字体", "7.3.3", "一般"),
    Measure("二级标题字体", "楷体_GB2312", "字体", "7.3.3", "一般"),
    Measure("发文机关标志字体", "方正小标宋简体", "字体", "7.2.4", "推荐"),
    Measure("发文机关标志字号", 42, "pt", "7.2.4", "实务"),
    Measure("发文机关标志上缘", 35, "mm", "7.2.4", "规定"),
    Measure("发文字号上空", 2, "行", "7.2.5", "规定"), Measure("红线距发文字号", 4, "mm", "7.2.7", "规定"),
    Measure("红线粗", 1.5, "pt", "7.2.7", "实务"),
    Measure("标题字体", "方正小标宋简体", "字体", "7.3.1", "一般"), Measure("标题字号", 22, "pt", "7.3.1", "一般"),
    Measure("标题上空", 2, "行", "7.3.1", "规定"), Measure("主送上空", 1, "行", "7.3.2", "规定"),
    Measure("段首空", 2, "字", "7.3.3", "规定"), Measure("附件说明上空", 1, "行", "7.3.4", "规定"),
    Measure("附件说明左空", 2, "字", "7.3.4", "规定"), Measure("署名上空", 2, "行", "7.3.5.1", "实务"),
    Measure("成文日期右空", 4, "字", "7.3.5.1", "一般"), Measure("附注左空", 2, "字", "7.3.6", "规定"),
    Measure("附件序号字体", "黑体", "字体", "7.3.7", "规定"), Measure("附件标题行", 3, "行", "7.3.7", "规定"),
    Measure("版记字号", 14, "pt", "7.4.2", "一般"), Measure("版记左右空", 1, "字", "7.4.2", "规定"),
    Measure("版记粗线", 0.35, "mm", "7.4.1", "推荐"), Measure("版记细线", 0.25, "mm", "7.4.1", "推荐"),
    Measure("页码字体", "宋体", "字体", "7.5", "一般"), Measure("页码字号", 14, "pt", "7.5", "一般"),
    Measure("页码一字线距版心", 7, "mm", "7.5", "规定"), Measure("页码左右空", 1, "字", "7.5", "规定"),
    Measure("页脚距纸边", 25.5, "mm", "7.5", "实务"),  # 使一字线落在版心下边缘之下7毫米
    Measure("信函标志上缘", 30, "mm", "10.1", "规定"), Measure("信函红线宽", 170, "mm", "10.1", "规定"),
    Measure("信函下线距纸边", 20, "mm", "10.1", "规定"), Measure("信函红线粗", 3, "pt", "10.1", "实务"),
    Measure("信函标志字号", 36, "pt", "10.1", "实务"), Measure("签发人字体", "楷体_GB2312", "字体", "7.2.6", "规定"),
    Measure("西文字体", "Times New Roman", "字体", "", "实务"), Measure("表格字号", 12, "pt", "", "实务"),
    Measure("密表字号", 10.5, "pt", "", "实务"), Measure("密表小字", 9, "pt", "", "实务"),
)
MEASURES = {measure.name: measure for measure in _TABLE}


def number(name: str) -> float:
    """A measure's value in its own unit."""
    return float(MEASURES[name].value)


def font(name: str) -> str:
    """A font measure's family name."""
    return str(MEASURES[name].value)


def mm(millimetres: float) -> int:
    """Twips of a length in mm."""
    return round(millimetres * MM)


BODY_SIZE = number("正文字号")
# 行距和字距由版心、行数、字数推出；向“小”取整，否则最后一行、最后一字会被挤到下一面、下一行。
LINE = floor(number("版心高") * MM / number("每面行数"))
SPACING = -ceil(BODY_SIZE * PT - number("版心宽") * MM / number("每行字数"))
CHARACTER = BODY_SIZE * PT + SPACING  # 正文一字的宽度，twips


def lines(name: str) -> int:
    """Twips of a measure given in 行 of body text."""
    return round(number(name) * LINE)


def characters(count: float) -> int:
    """Twips of a number of 字 of body text."""
    return round(count * CHARACTER)
