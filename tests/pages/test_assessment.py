"""评分表 is 附件2 word for word, scores what the rubric scores, and takes an override only with its reason."""

import json
import re
import subprocess
from io import BytesIO
from pathlib import Path

import ironcalc
import openpyxl
import pytest

from tests.office import convert
from tests.pages import evidence_sets as sets
from tests.pages.evidence_sets import LAW, LAYOUT
from tests.recalculated import without_values
from tests.regulation import engines
from toolkit.forms import ASSESSMENT, score_sheet
from toolkit.forms.assessment import COVER, FACTS, ROSTER
from toolkit.pages import evidence_formulas, fresh
from toolkit.regulation import rubric
from toolkit.sheets import read
from toolkit.sheets.grid import a1

RUBRIC = rubric.of(LAW)
REGULATION = Path(__file__).parents[1] / "regulation"
CASES = json.loads((REGULATION / "annex2_cases.json").read_text("utf-8"))
RANDOM = engines.random_sets(RUBRIC, 30, seed=3)
FED = tuple(evidence_formulas.feeds(LAW))
FULL = CASES[0]["inputs"]


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(BytesIO(fresh.workbook(ASSESSMENT, "天山区", 2026)))


@pytest.fixture(scope="module")
def cover(book):
    return book[COVER]


def typed(inputs) -> dict[str, object]:
    """Cells of the cover for inputs keyed by label; those fed by evidence are overridden with a reason."""
    cells = {}
    for asked in RUBRIC.inputs:
        value = inputs.get(asked.label)
        if value in (None, ""):
            continue
        if asked.name in FED:
            cells |= {f"over_{asked.name}": value, f"why_{asked.name}": "见档案"}
        else:
            cells[f"in_{asked.name}"] = value
    return cells


def calculated(data: bytes, path: Path):
    """Defined name → value, by ironcalc."""
    path.write_bytes(data)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    return lambda name: model.get_cell_value(0, LAYOUT.cells[name][0] + 1, LAYOUT.cells[name][1] + 1)


def results(names) -> tuple[str, ...]:
    return tuple(name for name in RUBRIC.cells if name in names)


# ---- 附件2 ----

def test_the_printed_part_is_annex_two_word_for_word(cover):
    words = [cover.cell(row, column + 1).value for row in range(score_sheet.HEADER_ROW + 1, LAYOUT.total_row + 2)
             for column in (score_sheet.PROJECT, score_sheet.DETAIL, score_sheet.POINTS, score_sheet.CRITERIA)]
    title = f"{cover['A1'].value}{cover['B1'].value}"
    printed = re.sub(r"\s", "", title + "".join(str(word) for word in words if word is not None))
    assert printed == re.sub(r"\s", "", (REGULATION / "annex2.txt").read_text("utf-8"))


def test_projects_are_merged_over_their_items(cover):
    merged = {str(area) for area in cover.merged_cells.ranges}
    for section in RUBRIC.sections:
        first, last = LAYOUT.rows_of(section)
        assert f"A{first + 1}:A{last + 1}" in merged


def test_every_result_of_the_rubric_has_its_named_cell(book):
    wanted = {f"in_{asked.name}" for asked in RUBRIC.inputs} | set(RUBRIC.cells) | {item.reason_name for item in RUBRIC.items}
    wanted |= {f"{part}_{name}" for part in ("over", "why", "auto") for name in FED} | {fact.name for fact in FACTS}
    assert wanted <= set(LAYOUT.cells)
    found = {name: defined.attr_text for name, defined in book.defined_names.items() if name in LAYOUT.cells}
    assert found == {name: f"'{COVER}'!" + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", a1(*place)) for name, place in LAYOUT.cells.items()}
    assert len(set(LAYOUT.cells.values())) == len(LAYOUT.cells)
    assert all(name.isascii() for name in found)


# ---- 保护、下拉、提示 ----

def test_inputs_are_open_and_all_that_is_computed_is_locked(cover):
    for name, (row, column) in LAYOUT.cells.items():
        cell = cover.cell(row + 1, column + 1)
        family, _, tail = name.partition("_")
        is_open = family in ("fact", "over", "why", "reason", "proof") or (family == "in" and tail not in FED)
        assert cell.protection.locked is not is_open, name
        assert (cell.data_type == "f") == (not is_open or name == "fact_to"), name
    assert cover.protection.sheet and cover.protection.password is None


def test_every_input_says_what_to_write_and_refuses_the_rest_in_chinese(cover):
    rules = {str(area): rule for rule in cover.data_validations.dataValidation for area in rule.sqref.ranges}
    for asked in RUBRIC.inputs:
        rule = rules[a1(*LAYOUT.cells[f"over_{asked.name}" if asked.name in FED else f"in_{asked.name}"])]
        assert "请" in rule.prompt and "请" in rule.error and rule.promptTitle.startswith(asked.label.partition("_")[0])
        if asked.choices:
            assert rule.type == "list" and rule.formula1 == f'"{",".join(asked.choices)}"'
        else:
            assert rule.type == ("whole" if asked.kind == "整数" else "decimal")
            assert (asked.high is None) == (rule.operator == "greaterThanOrEqual")


def test_cursor_stands_in_the_first_input(book, cover):
    assert book.active.title == COVER and cover.sheet_view.selection[-1].activeCell == a1(*LAYOUT.cells["fact_studio_no"])


def test_district_is_filled_in_and_the_end_of_the_period_reckoned(book, cover, tmp_path):
    assert cover[a1(*LAYOUT.cells["fact_district"])].value == "天山区"
    value = calculated(sets.workbook({}, sets.PERIOD | {"建设周期止": None}), tmp_path / "表.xlsx")
    assert value("fact_to") == value("period_to") + 44 and value("period_from") == 45532


# ---- 计算 ----

@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["case"] for case in CASES])
def test_every_case_scores_as_the_rubric_does(tmp_path, number):
    inputs = CASES[number]["inputs"]
    value, expected = calculated(sets.workbook({}, cover=typed(inputs)), tmp_path / "表.xlsx"), RUBRIC.computed(inputs)
    assert [(name, value(name)) for name in RUBRIC.cells if not engines.same(value(name), expected[name])] == []
    if CASES[number]["expect_grade"] is not None:
        assert value("grade") == CASES[number]["expect_grade"]


def test_random_inputs_score_as_the_rubric_does(tmp_path):
    for inputs in RANDOM:
        clean = {label: value for label, value in inputs.items() if not isinstance(value, str) or value.strip()}
        value, expected = calculated(sets.workbook({}, cover=typed(clean)), tmp_path / "表.xlsx"), RUBRIC.computed(clean)
        assert [(name, value(name), expected[name]) for name in RUBRIC.cells if not engines.same(value(name), expected[name])] == []


def test_libreoffice_scores_as_the_rubric_does(tmp_path):
    (tmp_path / "算后").mkdir()
    for inputs in (FULL, *RANDOM[1:3]):
        clean = {label: value for label, value in inputs.items() if not isinstance(value, str) or value.strip()}
        (tmp_path / "表.xlsx").write_bytes(without_values(sets.workbook({}, cover=typed(clean))))
        rows = read.workbook(convert(tmp_path / "表.xlsx", "xlsx", tmp_path / "算后")).grids[0].rows
        expected = RUBRIC.computed(clean)
        for name in RUBRIC.cells:
            row, column = LAYOUT.cells[name]
            found = rows[row][column] if column < len(rows[row]) else None
            assert engines.same(found or (0 if found == 0 else ""), expected[name]), name


@pytest.mark.parametrize("over, why, used, hint", [
    (None, None, 1, ""), (3, "另有2人证书待核", 3, ""), (3, None, 1, "改填没有写理由"), (3, " ", 1, "改填没有写理由"),
    (None, "没有改填", 1, ""), (0, "证书作废", 0, "")])
def test_an_override_counts_only_with_its_reason(tmp_path, over, why, used, hint):
    data = sets.workbook({ROSTER.name: [sets.trainee()]}, cover={"over_trained_skilled": over, "why_trained_skilled": why})
    value = calculated(data, tmp_path / "表.xlsx")
    assert value("in_trained_skilled") == used and value("auto_trained_skilled") == 1
    row, _ = LAYOUT.cells["in_trained_skilled"]
    model = ironcalc.load_from_xlsx(str(tmp_path / "表.xlsx"), "en", "UTC", "en")
    model.evaluate()
    said = model.get_cell_value(0, row + 1, score_sheet.HINT + 1) or ""
    assert said.startswith(hint) and bool(said) == bool(hint) and ("请" in said) == bool(hint)


@pytest.mark.parametrize("facts, words", [(sets.PERIOD, "“带徒花名册”表还没有填写"), ({}, "没有取数期间")])
def test_an_empty_sheet_is_asked_for(tmp_path, facts, words):
    calculated(sets.workbook({}, facts), tmp_path / "表.xlsx")
    model = ironcalc.load_from_xlsx(str(tmp_path / "表.xlsx"), "en", "UTC", "en")
    model.evaluate()
    assert words in model.get_cell_value(0, LAYOUT.cells["in_trained_skilled"][0] + 1, score_sheet.HINT + 1)


@pytest.mark.parametrize("cells, words", [
    ({"in_research_1": 2}, "请写明扣分理由"), ({"in_research_1": 2, "reason_3_1": "只解决一项"}, ""), ({"in_research_1": 3}, "")])
def test_judgement_below_the_maximum_asks_for_a_reason(tmp_path, cells, words):
    calculated(sets.workbook({}, cover=cells), tmp_path / "表.xlsx")
    model = ironcalc.load_from_xlsx(str(tmp_path / "表.xlsx"), "en", "UTC", "en")
    model.evaluate()
    assert (model.get_cell_value(0, LAYOUT.cells["in_research_1"][0] + 1, score_sheet.HINT + 1) or "") == words


def test_evidence_alone_gives_its_points(tmp_path):
    """5名取证、10万元到位、两年各有一次交流，不改填也得满分."""
    rows = {"带徒花名册": [sets.trainee(number) for number in range(1, 6)], "经费到位": [sets.received()],
            "交流活动": [sets.activity(), sets.activity(日期=sets.HELD)]}
    value = calculated(sets.workbook(rows), tmp_path / "表.xlsx")
    assert [value(f"score_{item}") for item in ("2_1", "4_4", "5_2", "6_1")] == [20, 25, 3, 0]
    assert value("fund_matching") == 100000 and value("complete") == 7  # 另有加分4项，不填即0分


def test_only_shared_functions_are_used(book):
    allowed = {"IF", "LEN", "TRIM", "NOT", "ISNUMBER", "OR", "AND", "MAX", "MIN", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "N", "SUM", "COUNT",
               "COUNTIF", "COUNTIFS", "SUMIFS", "EDATE", "ROWS", "COUNTBLANK", "MID", "RIGHT", "MOD", "DATE", "YEAR", "MONTH", "DAY", "IFERROR"}
    written = [cell.value for name in (COVER, *(sheet.name for sheet in ASSESSMENT.sheets)) for row in book[name].iter_rows()
               for cell in row if cell.data_type == "f"]
    bare = [re.sub(r'"[^"]*"', "", formula) for formula in written]
    assert {found for formula in bare for found in re.findall(r"([A-Z]+)\(", formula)} <= allowed
    assert max(map(len, written)) < 8192 and len(written) > 500


# ---- 打印 ----

def test_page_set_up(cover):
    assert (cover.page_setup.orientation, cover.page_setup.paperSize) == ("portrait", 9)
    assert cover.print_area == f"'{COVER}'!$A$1:$I${LAYOUT.signature_row + 2}" and cover.print_title_rows == "$7:$7"
    assert cover.freeze_panes == "B8" and not cover.sheet_view.showGridLines


def test_annex_two_prints_on_two_pages_with_nothing_cut_off(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(without_values(sets.workbook({}, cover=typed(FULL) | {"in_research_5": 2.5, "reason_3_5": "缺一份验收材料"})))
    pdf = convert(tmp_path / "表.xlsx", "pdf", tmp_path)
    pages = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True, text=True).stdout.split("\f")
    first, second = (re.sub(r"\s", "", page) for page in pages[:2])
    for item in RUBRIC.items:
        page = first if item.section in ("1", "2", "3", "4") else second
        assert item.text in page and item.criteria in page, item.id
    assert "考核项目" in second and "扣分理由" in second and "考核组（签字）" in second and "缺一份验收材料" in first
    assert "###" not in first + second and "考核项目" not in pages[2]
