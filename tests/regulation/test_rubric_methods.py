"""Every scoring method by its boundary pairs: the points in Python, and the same through the worksheet formula."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.regulation import engines
from toolkit.regulation.rubric import Rubric, read
from toolkit.regulation.rubric.loading import METHODS

NAMED = ("input", "judged", "level", "row", "column", "rounding_input")


def one_item(score: dict, points: object) -> Rubric:
    """A rubric of one item; inputs are labelled by their own names."""
    labels = {name: name for name in _names(score)}
    return read({"id": "x", "title": "试表", "clause": "试", "base": points, "total": points, "inputs": labels,
                 "sections": [{"id": "A", "title": "全部", "points": points}],
                 "items": [{"id": "1", "section": "A", "text": "试项", "points": points, "criteria": "", "score": score}]})


def _names(table: object) -> Iterator[str]:
    if isinstance(table, dict):
        yield from (table[key] for key in NAMED if key in table)
        yield from table.get("years", ())
        for value in table.values():
            yield from _names(value)
    elif isinstance(table, list):
        for one in table:
            yield from _names(one)


def _methods(table: object) -> Iterator[str]:
    if isinstance(table, dict):
        yield from ([table["method"]] if "method" in table else [])
        for value in table.values():
            yield from _methods(value)
    elif isinstance(table, list):
        for one in table:
            yield from _methods(one)


def check(score: dict, points: object, rows: list[tuple]) -> None:
    """rows: (inputs by name, expected points or state)."""
    rubric = one_item(score, points)
    formula = rubric.formulas(engines.references(rubric).__getitem__)["1"]
    for inputs, expected in rows:
        expected = Decimal(str(expected)) if not isinstance(expected, str) else expected
        assert rubric.score(inputs).items["1"] == expected, inputs
        values = {asked.name: inputs.get(asked.name) for asked in rubric.inputs}
        assert engines.same(engines.calculated(formula, values), expected), (inputs, formula)


def each(name: str, rows: list[tuple]) -> list[tuple]:
    return [({name: value}, expected) for value, expected in rows]


JUDGE = {"method": "judge", "input": "j"}


@pytest.mark.parametrize("score, points, rows", [
    ({"method": "yes_no", "input": "a"}, 2, each("a", [("是", 2), ("否", 0), (None, "待填"), ("  ", "待填"), ("有", "错误:只填是/否"), (1, "错误:只填是/否")])),
    ({"method": "yes_no", "input": "a", "blank": 0}, 2, each("a", [("是", 2), (None, 0)])),
    ({"method": "threshold", "input": "a", "target": 20}, 10,
     each("a", [(20, 10), (19.99, 0), (0, 0), (-1, "错误:不得为负"), ("20", "错误:非数字"), (None, "待填")])),
    ({"method": "threshold", "input": "a", "target": 20, "inclusive": False}, 10, each("a", [(20, 0), (20.01, 10)])),
    ({"method": "threshold", "input": "a", "target": 5, "whole": True}, 10, each("a", [(5, 10), (4, 0), (4.5, "错误:须为整数")])),
    ({"method": "judge", "input": "a"}, 3, each("a", [(3, 3), (3.01, "错误:超出上限3"), (0, 0), (-0.01, "错误:不得为负"), (None, "待评"), ("3", "错误:非数字")])),
    ({"method": "judge", "input": "a", "step": Decimal("0.1")}, 3, each("a", [(0.3, 0.3), (2.9, 2.9), (0.25, "错误:须为0.1的倍数")])),
    ({"method": "judge_deduct", "input": "a"}, 5, each("a", [(0, 5), (5, 0), (5.1, "错误:扣分超出0~5"), (None, "待评"), ("无", "错误:非数字")])),
    ({"method": "ruling", "input": "a"}, 3, each("a", [(3, 3), (3.1, "错误:裁定分超出0~3"), (None, "待裁定"), ("三", "错误:裁定分非数字")])),
    ({"method": "gate", "input": "a", "then": JUDGE}, 4,
     [({"a": "否", "j": 4}, 0), ({"a": "否"}, 0), ({"a": "是", "j": 4}, 4), ({"a": "是"}, "待评"), ({"j": 4}, "待填"), ({"a": "?"}, "错误:只填是/否")]),
    ({"method": "checklist", "parts": [{"input": "a", "points": 1}, {"input": "b", "points": 1}]}, 2,
     [({"a": "是", "b": "是"}, 2), ({"a": "否", "b": "是"}, 1), ({"a": "否", "b": "否"}, 0), ({"a": "是"}, "待填"), ({"a": "是", "b": "x"}, "错误:只填是/否")]),
    ({"method": "checklist", "parts": [{"input": "a", "points": 2}, {"input": "b", "points": 2}]}, 3,
     [({"a": "否", "b": "是"}, 1), ({"a": "否", "b": "否"}, 0)]),
    ({"method": "each_year", "years": ["a", "b", "c"], "minimum": 2, "between": {"method": "ruling", "input": "r"}}, 6,
     [({"a": 2, "b": 2, "c": 2}, 6), ({"a": 2, "b": 1, "c": 2}, "待裁定"), ({"a": 2, "b": 1, "c": 2, "r": 4}, 4), ({"a": 0, "b": 0, "c": 0}, 0),
      ({"a": 2, "b": 2}, "待填"), ({"a": 2, "b": 2, "c": "2"}, "错误:非数字"), ({"a": 2, "b": 2, "c": -1}, "错误:不得为负")]),
    ({"method": "judge", "input": "j"}, 120, each("j", [(120, 120), (120.5, "错误:超出上限120")]))])
def test_methods_that_look_at_one_thing(score, points, rows):
    check(score, points, rows)


def shortfall(**more: object) -> dict:
    return {"method": "shortfall", "input": "a", "target": 10, "per_unit": 2} | more


@pytest.mark.parametrize("score, points, rows", [
    (shortfall(whole=True), 10, each("a", [(10, 10), (11, 10), (9, 8), (5, 0), (0, 0), (9.5, "错误:须为整数"), (-1, "错误:不得为负")])),
    (shortfall(unit=3, rounding="舍去"), 10, each("a", [(10, 10), (7.1, 10), (7, 8), (4, 6), (0, 4)])),
    (shortfall(unit=3, rounding="进一"), 10, each("a", [(10, 10), (9.9, 8), (7, 8), (6.9, 6), (0, 2)])),
    (shortfall(unit=4, rounding="线性"), 10, each("a", [(9, 9.5), (8, 9), (0, 5)])),
    (shortfall(unit=3, rounding="舍去", none_gives_none=True), 10, each("a", [(0, 0), (0.1, 4)])),
    (shortfall(unit=3, rounding="舍去", rounding_input="m"), 10,
     [({"a": 8, "m": "进一"}, 8), ({"a": 8, "m": "舍去"}, 10), ({"a": 7, "m": "线性"}, 8), ({"a": 8}, 10), ({"a": 8, "m": "其他"}, 10)]),
    ({"method": "deductions", "parts": [{"input": "a", "points": 3}, {"input": "b", "points": 1}]}, 10,
     [({"a": 2, "b": 1}, 3), ({"a": 3, "b": 1}, 0), ({"a": 4, "b": 0}, 0), ({"a": 0}, 10), ({}, "待填"), ({"a": -1}, "错误:须为非负整数"), ({"b": "一次"}, "错误:非数字")]),
    ({"method": "per_unit", "parts": [{"input": "a", "points": 3}, {"input": "b", "points": 8}]}, 10,
     [({"a": 3}, 9), ({"a": 4}, 10), ({"a": 1, "b": 1}, 10), ({"a": 0, "b": 1}, 8), ({}, "待填"), ({"a": 1.5}, "错误:须为非负整数")]),
    ({"method": "per_unit", "uncapped": True, "parts": [{"input": "a", "points": 3}]}, 10, each("a", [(3, 9), (4, 12), (100, 300)])),
    ({"method": "per_unit", "parts": [{"input": "a", "points": 3, "most": 6}, {"input": "b", "points": 2, "most": 4}]}, 10,
     [({"a": 2, "b": 2}, 10), ({"a": 9, "b": 1}, 8), ({"a": 1, "b": 9}, 7)]),
    ({"method": "per_unit", "whole": False, "blank": 0, "parts": [{"input": "a", "points": Decimal("0.5")}]}, 4,
     each("a", [(1.5, 0.75), (None, 0), (-0.5, "错误:不得为负")])),
    ({"method": "base_plus", "input": "a", "first": 5, "extra": 2}, 9, each("a", [(0, 0), (1, 5), (2, 7), (3, 9), (4, 9), (1.5, "错误:须为整数")])),
    ({"method": "top_then_flat", "input": "a", "top": 3, "each": 2, "flat": Decimal("0.5")}, 8,
     each("a", [(0, 0), (3, 6), (4, 6.5), (7, 8), (9, 8), (None, "待填")])),
    ({"method": "target_both_ways", "input": "a", "base": 10, "target": 5, "plus": 2, "minus": 3}, 14,
     each("a", [(5, 10), (6, 12), (7, 14), (8, 14), (4, 7), (2, 1), (1, 0), (0, 0), (4.5, "错误:须为整数")]))])
def test_methods_that_count(score, points, rows):
    check(score, points, rows)


LEVEL = {"method": "lookup", "input": "l", "blank": 0, "choices": [{"name": "国家级", "points": 10}, {"name": "省级", "points": 6}]}
PAPERS = {"method": "per_unit", "blank": 0, "cap": 8, "parts": [{"input": "p", "points": 4}]}


@pytest.mark.parametrize("score, points, rows", [
    ({"method": "lookup", "input": "a", "choices": [{"name": "A", "points": 5}, {"name": "B", "points": 3}]}, 5,
     each("a", [("A", 5), (" B ", 3), ("b", 3), ("C", "错误:只填A/B"), (None, "待填")])),
    ({"method": "matrix", "row": "r", "column": "c", "rows": ["国家级", "市级"], "columns": ["一等", "二等"], "points": [[10, 8], [6, 4]]}, 10,
     [({"r": "国家级", "c": "一等"}, 10), ({"r": "市级", "c": "二等"}, 4), ({}, "待填"), ({"r": "市级"}, "待填"),
      ({"r": "省级", "c": "一等"}, "错误:只填国家级/市级"), ({"r": "市级", "c": "三等"}, "错误:只填一等/二等")]),
    ({"method": "tiers", "input": "a", "tiers": [{"range": "[50,)", "points": 10}, {"range": "[10,50)", "points": 6}, {"range": "[0,10)", "points": 0}]}, 10,
     each("a", [(50, 10), (49.99, 6), (10, 6), (9.99, 0), (0, 0), (-1, "错误:不得为负"), (None, "待填")])),
    ({"method": "tiers", "input": "a", "tiers": [{"range": "(3,)", "points": 4}, {"range": "[1,3]", "points": 2}]}, 4,
     each("a", [(3, 2), (3.01, 4), (1, 2), (0.5, "错误:不在所列区间")])),
    ({"method": "tier_judge", "input": "a", "judged": "j", "tiers": [{"range": "[50,)", "low": 6, "high": 9}, {"range": "[0,50)", "low": 1, "high": 5}]}, 9,
     [({"a": 50, "j": 6}, 6), ({"a": 50, "j": 5}, "错误:评分超出6~9"), ({"a": 49, "j": 5}, 5), ({"a": 49, "j": 6}, "错误:评分超出1~5"), ({"a": 49}, "待评"),
      ({"j": 5}, "待填"), ({"a": 49, "j": "五"}, "错误:评分非数字")]),
    ({"method": "band_judge", "judged": "j", "bands": [{"name": "好", "low": 6, "high": 9}, {"name": "中", "low": 1, "high": 5}]}, 9,
     each("j", [(9, 9), (1, 1), (0, "错误:评分超出1~9"), (9.5, "错误:评分超出1~9"), (None, "待评")])),
    ({"method": "best_of", "parts": [LEVEL, PAPERS]}, 10,
     [({"l": "省级", "p": 2}, 8), ({"l": "国家级", "p": 2}, 10), ({"l": "省级"}, 6), ({}, 0), ({"l": "省级", "p": "两篇"}, "错误:非数字"),
      ({"l": "市级", "p": 2}, "错误:只填国家级/省级")]),
    ({"method": "sum_of", "parts": [LEVEL, PAPERS]}, 15,
     [({"l": "省级", "p": 1}, 10), ({"l": "国家级", "p": 2}, 15), ({"l": "国家级", "p": 1}, 14), ({"p": -1}, "错误:须为非负整数")])])
def test_methods_that_read_a_table(score, points, rows):
    check(score, points, rows)


def test_every_method_was_tried():
    tables = [mark.args[1] for test in (test_methods_that_look_at_one_thing, test_methods_that_count, test_methods_that_read_a_table)
              for mark in test.pytestmark]
    assert {name for table in tables for score, _points, _rows in table for name in _methods(score)} == METHODS.keys()
