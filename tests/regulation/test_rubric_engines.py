"""附件2 in Python, ironcalc and LibreOffice: the same points, states, totals and grades on every case."""

import json
import re
from decimal import Decimal
from pathlib import Path

import ironcalc
import openpyxl
import pytest
import python_calamine
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from tests import office
from tests.regulation import engines
from toolkit.regulation.rubric import load

HERE = Path(__file__).parent
CASES = json.loads((HERE / "annex2_cases.json").read_text("utf-8"))
REFERENCE = json.loads((HERE / "annex2_formulas.json").read_text("utf-8"))
RUBRIC = load()
FULL = CASES[0]["inputs"]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Python, ironcalc and LibreOffice on all cases and 200 random sets, from one workbook."""
    folder = tmp_path_factory.mktemp("rubric")
    sets = [case["inputs"] for case in CASES] + engines.random_sets(RUBRIC, 200, seed=20230828)
    path = engines.workbook(RUBRIC, sets, folder / "sets.xlsx")
    out = folder / "recalculated"
    out.mkdir()
    return {"Python": engines.by_python(RUBRIC, sets), "ironcalc": engines.by_ironcalc(RUBRIC, path, len(sets)),
            "LibreOffice": engines.by_libreoffice(RUBRIC, path, out, len(sets))}


@pytest.mark.parametrize("engine", ["Python", "ironcalc", "LibreOffice"])
@pytest.mark.parametrize("number, case", list(enumerate(CASES)), ids=[case["case"] for case in CASES])
def test_every_case(results, engine, number, case):
    found = results[engine][number]
    for item, points in case["expect_items"].items():
        assert engines.same(found["score_" + item.replace(".", "_")], points), item
    if case["expect_total"] is not None:
        assert engines.same(found["score_total"], case["expect_total"])
    if case["expect_grade"] is not None:
        assert found["grade"] == case["expect_grade"]


@pytest.mark.parametrize("engine", ["ironcalc", "LibreOffice"])
def test_engines_agree_on_every_cell_of_every_set(results, engine):
    assert len(results[engine]) == len(CASES) + 200
    assert engines.differences(results["Python"], results[engine]) == []


def test_the_random_sets_reach_every_state_and_grade(results):
    shown = {str(value) for found in results["Python"] for value in found.values() if isinstance(value, str)}
    assert shown >= {"优秀", "合格", "不合格", "未完成", "待填", "待评", "待裁定", "数据矛盾", "错误:非数字", "错误:只填是/否", "错误:不得为负",
                     "错误:须为整数", "错误:须为非负整数", "错误:扣分超出0~2", "错误:超出上限3", "等次因是否计入加分而不同", "等次因配套资金计扣方式而不同"}


def test_each_item_equals_the_reference_formula():
    """The reference writes every item by hand, over the Chinese labels; ironcalc computes both."""
    sets = engines.random_sets(RUBRIC, 60, seed=2)
    labels = {asked.label: f"{get_column_letter(column)}1" for column, asked in enumerate(RUBRIC.inputs, 1)}
    names = re.compile("|".join(sorted(labels, key=len, reverse=True)))
    cells = engines.references(RUBRIC)
    assert REFERENCE.keys() == RUBRIC.formulas().keys()
    for item, formula in RUBRIC.formulas(cells.__getitem__).items():
        reference = names.sub(lambda found: labels[found[0]], REFERENCE[item])
        for inputs in sets:
            values = {asked.name: inputs[asked.label] for asked in RUBRIC.inputs}
            assert engines.same(engines.calculated(formula, values), engines.calculated(reference, values)), (item, inputs)


def test_formulas_stand_on_defined_names(tmp_path):
    """With the names of the assessment workbook the formulas need no cell address, in ironcalc and in LibreOffice."""
    book = openpyxl.Workbook()
    sheet = book.active
    values = [(f"in_{asked.name}", FULL[asked.label]) for asked in RUBRIC.inputs if asked.label in FULL]
    values.append(("in_venue_deduct", None))
    totals = RUBRIC.total_formulas()
    formulas = [*zip([item.name for item in RUBRIC.items], RUBRIC.formulas().values(), strict=True), *totals.items()]
    for row, (name, value) in enumerate([*values, *formulas], 1):
        sheet.cell(row, 1).value = value
        book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!$A${row}")
    book.save(tmp_path / "names.xlsx")
    row = len(values) + len(RUBRIC.items) + list(totals).index("score_total") + 1
    model = ironcalc.load_from_xlsx(str(tmp_path / "names.xlsx"), "en", "UTC", "en")
    model.evaluate()
    assert model.get_cell_value(0, row, 1) == 110
    read = python_calamine.CalamineWorkbook.from_path(str(office.convert(tmp_path / "names.xlsx", "ods", tmp_path)))
    column = [line[0] for line in read.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    assert column[row - 1] == 110 and "优秀" in column[row:]


@pytest.mark.parametrize("name", ["CONCAT", "TEXTJOIN", "IFS", "XLOOKUP", "LET", "SUMPRODUCT", "TEXT"])
def test_only_shared_functions_are_used(name):
    written = [*RUBRIC.formulas().values(), *RUBRIC.total_formulas().values(), *RUBRIC.reason_formulas().values()]
    used = {found for formula in written for found in re.findall(r"([A-Z]+)\(", formula)}
    assert name not in used
    assert used <= {"IF", "LEN", "TRIM", "NOT", "ISNUMBER", "OR", "AND", "MAX", "MIN", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "N", "SUM", "COUNT"}
    assert max(map(len, written)) < 8192


LAW = Path(__file__).parents[2] / "toolkit" / "regulation" / "wrsg_2023_1.toml"


@pytest.mark.parametrize("old, new, item, inputs, points", [
    ("per_unit = 2, rounding", "per_unit = 3, rounding", "2.1", {"配套资金_元": 90000}, "17"),
    ("target = 100000, unit", "target = 120000, unit", "2.1", {"配套资金_元": 100000}, "16"),
    ('rounding = "舍去"', 'rounding = "进一"', "2.1", {"配套资金_元": 99999, "配套资金_计扣方式": None}, "18"),
    ("target = 5, per_unit = 5", "target = 6, per_unit = 4", "4.4", {"培养高技能人才_人": 5}, "21"),
    ("target = 30,", "target = 40,", "2.2", {"场所面积_平方米": 39, "场所_视情扣分": 1}, "4")])
def test_a_changed_number_changes_formula_and_score_together(tmp_path, old, new, item, inputs, points):
    text = LAW.read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / "edited.toml").write_text(text.replace(old, new), "utf-8")
    edited = load(tmp_path / "edited.toml")
    inputs = FULL | inputs
    assert edited.score(inputs).items[item] == Decimal(points) != RUBRIC.score(inputs).items[item]
    values = {asked.name: inputs.get(asked.label) for asked in edited.inputs}
    assert engines.same(engines.calculated(edited.formulas(engines.references(edited).__getitem__)[item], values), Decimal(points))
