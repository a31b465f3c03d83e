"""Reads a rubric from its data and checks it against itself: unknown words, points that do not add up, grades that leave gaps."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from toolkit import regulation
from toolkit.errors import UserError
from toolkit.regulation import Regulation
from toolkit.regulation.rubric import checking, counted, graded, intervals, methods
from toolkit.regulation.rubric import inputs as asking
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.grades import Whole
from toolkit.regulation.rubric.inputs import Input, Method
from toolkit.regulation.rubric.rubric import Rubric
from toolkit.regulation.rubric.structure import BASE, Band, Contradiction, Duty, GradeCap, Item, Section, Veto

METHODS: Mapping[str, type[Method]] = {
    "yes_no": methods.YesNo, "checklist": methods.Checklist, "gate": methods.Precondition, "threshold": methods.Threshold,
    "judge": methods.Judge, "judge_deduct": methods.JudgeDeduct, "ruling": methods.Ruling, "each_year": methods.EachYear,
    "shortfall": counted.Shortfall, "per_unit": counted.PerUnit, "deductions": counted.Deductions, "base_plus": counted.BasePlus,
    "top_then_flat": counted.TopThenFlat, "target_both_ways": counted.TargetBothWays, "lookup": graded.Lookup,
    "matrix": graded.Matrix, "tiers": graded.Tiers, "tier_judge": graded.TierJudge, "band_judge": graded.BandJudge,
    "best_of": graded.BestOf, "sum_of": graded.SumOf,
}


def load(path: str | Path | None = None) -> Rubric:
    """附件2 of the newest regulation, or the rubric in a TOML file (alone, or within an edited copy of a regulation).

    UserError where the file cannot be read or contradicts itself.
    """
    if path is None:
        return of(regulation.load(regulation.FILES[-1]))
    try:
        table = tomllib.loads(Path(path).read_text("utf-8"), parse_float=Decimal)
    except OSError:
        raise UserError(f"读不到评分标准文件“{path}”。请核对文件名和位置。") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise UserError(f"评分标准文件“{path}”的写法不完整，读不出内容。请对照随工具附带的评分标准文件逐行核对。") from None
    parameters = {name: row["value"] for name, row in table.get("parameters", {}).items()}
    if "rubric" not in table:
        raise UserError(f"文件“{path}”里没有评分标准（rubric）。请选择评分标准文件。")
    return read(table["rubric"], parameters)


def of(law: Regulation) -> Rubric:
    """The rubric of a regulation; its duties follow the regulation's parameters, overridden ones too."""
    return read(law.rubric, {name: one.value for name, one in law.parameters.items()})


def read(table: Mapping, parameters: Mapping[str, object] = MappingProxyType({})) -> Rubric:
    """A rubric from its table, as `tomllib` gives it. `parameters`: name → value, for duties that follow a regulation's parameter."""
    table = _decimals(table)
    try:
        return checking.checked(_assembled(table, parameters))
    except KeyError as missing:
        raise UserError(f"评分标准“{table.get('title', '')}”缺少“{missing.args[0]}”。请补写。") from None
    except UserError as fault:
        raise UserError(f"评分标准“{table.get('title', '')}”：{fault}") from None


def _assembled(table: Mapping, parameters: Mapping[str, object]) -> Rubric:
    labels = table["inputs"]
    items = tuple(_item(row, table, labels) for row in table["items"])
    vetoes = tuple(Veto(_labelled(asking.yes_no(row["input"]), labels), row["text"], row.get("zero", False))
                   for row in table.get("vetoes", ()))
    inputs = _every_input([*(entry for item in items for entry in item.inputs), *(veto.input for veto in vetoes)], labels)
    by_name = {entry.name: entry for entry in inputs}
    sections = tuple(Section(row["id"], row["title"], row.get("kind", BASE), _number(row, "points"),
                             _number(row, "cap") if "cap" in row else None) for row in table["sections"])
    bonus = _number(table, "bonus") if "bonus" in table else Decimal(0)
    whole = Whole(
        sections=sections, bonus_cap=bonus, bands=_bands(table), vetoes=vetoes,
        duties=tuple(_duty(row, by_name, parameters) for row in table.get("duties", ())),
        contradictions=tuple(Contradiction(tuple(_known(name, by_name) for name in row["parts"]), _known(row["whole"], by_name),
                                           row["text"], row["rule"]) for row in table.get("contradictions", ())),
        gates=tuple(GradeCap(_number(row, "rate"), tuple(row.get("sections") or (one.id for one in sections if one.kind == BASE)), row["grade"])
                    for row in table.get("gates", ())))
    return Rubric(id=table["id"], title=table["title"], clause=table["clause"], source=table.get("source", ""),
                  base=_number(table, "base"), bonus=bonus, total=_number(table, "total"), items=items, inputs=inputs, whole=whole)


def _item(row: Mapping, table: Mapping, labels: Mapping[str, str]) -> Item:
    try:
        points = _number(row, "points")
        method = _method(row["score"], points)
    except UserError as fault:
        raise UserError(f"第{row['id']}项：{fault}") from None
    inputs = tuple(_labelled(entry, labels) for entry in method.inputs)
    return Item(row["id"], row["section"], row["text"], points, row["criteria"],
                f"{table['clause']}（{row['id']}）", method, inputs)


def _method(table: Mapping, points: Decimal) -> Method:
    """Build a method from its table; `points` and `cap` default to the points of the item it stands in."""
    name = table["method"]
    if name not in METHODS:
        raise UserError(f"“{name}”不是已有的评分方法。请从这些方法里选：{'、'.join(METHODS)}。")
    kind = METHODS[name]
    known = {field.name: field for field in fields(kind)}
    given = {key: _nested(value, points) for key, value in table.items() if key != "method"}
    if unknown := given.keys() - known.keys():
        raise UserError(f"评分方法“{name}”没有“{'、'.join(sorted(unknown))}”这一项。请核对写法。")
    given |= {key: points for key in ("points", "cap") if key in known and key not in given and known[key].default is MISSING}
    if lacking := [key for key, field in known.items() if field.default is MISSING and key not in given]:
        raise UserError(f"评分方法“{name}”缺少“{'、'.join(lacking)}”。请补写。")
    for key in given:
        if known[key].type == Decimal.__name__:
            _number(given, key)
    return kind(**given)


def _nested(value: object, points: Decimal) -> object:
    if isinstance(value, Mapping) and "method" in value:
        return _method(value, points)
    if isinstance(value, (list, tuple)):
        return tuple(_nested(one, points) for one in value)
    return value


def _number(table: Mapping, key: str) -> Decimal:
    if not isinstance(table[key], Decimal):
        raise UserError(f"“{key}”的值“{table[key]}”不是数。请只填数字，不加引号。")
    return table[key]


def _decimals(value: Any) -> Any:
    """Every number of the data as a Decimal."""
    if isinstance(value, Mapping):
        return {key: _decimals(one) for key, one in value.items()}
    if isinstance(value, list):
        return tuple(map(_decimals, value))
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _labelled(entry: Input, labels: Mapping[str, str]) -> Input:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", entry.name):
        raise UserError(f"输入项代号“{entry.name}”不能用作单元格名称。请只用小写字母、数字和下划线，并以字母开头。")
    if entry.name not in labels:
        raise UserError(f"输入项“{entry.name}”没有中文名称。请在 inputs 里补写。")
    return replace(entry, label=labels[entry.name])


def _every_input(entry: Sequence[Input], labels: Mapping[str, str]) -> tuple[Input, ...]:
    """Each input once; it must mean the same wherever it is asked for, and every label must be used."""
    found: dict[str, Input] = {}
    for one in entry:
        if found.setdefault(one.name, one) != one:
            raise UserError(f"输入项“{one.label}”在几处的填法不一样。请给它们不同的名称。")
    if unused := labels.keys() - found.keys():
        raise UserError(f"输入项“{'、'.join(labels[name] for name in sorted(unused))}”没有用到。请删去，或者在评分项目里写上。")
    if len(set(labels.values())) < len(labels):
        raise UserError("有两个输入项的名称相同。请改成不同的名称。")
    return tuple(found.values())


def _known(name: str, inputs: Mapping[str, Input]) -> Input:
    if name not in inputs:
        raise UserError(f"没有“{name}”这一输入项。请核对写法。")
    return inputs[name]


def _bands(table: Mapping) -> tuple[Band, ...]:
    bands = (Band(row["name"], intervals.parse(row["range"]), row.get("clause", ""), row.get("consequence", ""),
                  _number(row, "share") if "share" in row else None)
             for row in table.get("grades", ()))
    return tuple(sorted(bands, key=lambda band: band.range.low or Decimal("-Infinity"), reverse=True))


def _duty(row: Mapping, inputs: Mapping[str, Input], parameters: Mapping[str, object]) -> Duty:
    minimum = _number(_decimals(parameters), row["parameter"]) if "parameter" in row else _number(row, "minimum")
    return Duty(_known(row["input"], inputs), minimum, row["text"].format(plain(minimum)), row["clause"])
