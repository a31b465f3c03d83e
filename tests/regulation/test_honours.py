"""优先荣誉：列明的荣誉、在一线，才有优先标记；没有写明级别的要问；不免条件、不加分。"""

from datetime import date

import pytest

from toolkit.regulation import in_force
from toolkit.regulation.honours import priority, without_level

LAW = in_force(date(2026, 11, 20))


@pytest.mark.rule("R07-1d")
@pytest.mark.parametrize("said, line, mark, why", [
    ("全国技术能手", "是", "优先", "列明的"), ("全国技术能手", "否", "", "不在一线"), ("全国技术能手", None, "", "没有填是否一线"), ("无", "是", "", "没有荣誉"),
    (None, "是", "", "空"), ("其他相当荣誉", "是", "待认定", "等称号由市局认定"), ("其他相当荣誉、全国劳模", "是", "优先", "另有列明的"),
    ("自治区三八红旗手", "是", "优先", "自治区级"), ("三八红旗手", "是", "", "没有级别"), ("市级三八红旗手", "是", "", "市级"),
    ("乌鲁木齐市劳动模范，国务院特殊津贴", "是", "优先", "多项之一")])
def test_priority(said, line, mark, why):
    assert priority(said, line, LAW) == mark, why


@pytest.mark.rule("R07-1d")
@pytest.mark.parametrize("said, line, found, mark", [
    ("其他相当荣誉", "是", None, "待认定"), ("其他相当荣誉", "是", "是", "优先"), ("其他相当荣誉", "是", "否", ""), ("其他相当荣誉", "否", "是", ""),
    ("全国技术能手", "是", "否", "优先"), ("无", "是", "是", "")])
def test_what_the_bureau_found_of_an_honour_that_is_not_listed(said, line, found, mark):
    assert priority(said, line, LAW, found) == mark


@pytest.mark.rule("R07-1d")
@pytest.mark.parametrize("said, asked", [
    ("三八红旗手", ["三八红旗手"]), ("全国三八红旗手", []), ("青年五四奖章、全国技术能手", ["青年五四奖章"]), ("先进工作者", ["先进工作者"]), ("市级劳动模范", []), ("无", [])])
def test_an_honour_that_says_no_level_is_asked_for_it(said, asked):
    assert without_level(said, LAW) == asked


def test_every_name_that_is_asked_for_its_level_is_no_spelling_of_an_item():
    honours = LAW.lists["honours"]
    assert [name for item in honours.items for name in item["level_asked"] or () if honours.find(name)] == []
