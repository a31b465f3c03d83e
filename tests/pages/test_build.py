"""The standard workbooks carry what `forms` and the law declare, and are built the same every time."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from toolkit import regulation, resources
from toolkit.forms import FORMS, LEDGER, RECOMMENDATION, model
from toolkit.forms.model import GUIDE_SHEET, MARKER_SHEET, PRINT_SHEET
from toolkit.forms.spread import fitted_form
from toolkit.pages import fresh, layout, templates
from toolkit.pages.layout import FIRST_ROW, HEADER_ROW, Edition
from toolkit.sheets import look
from toolkit.sheets.recalculate import refresh

LAW = regulation.load(regulation.FILES[-1])
TABLES = [(form, sheet) for form in FORMS for sheet in form.sheets if not sheet.page]
COLUMNS = [(form, sheet, column) for form, sheet in TABLES for column in sheet.columns]


def named(value):
    return value[1].name if isinstance(value, tuple) else getattr(value, "name", None)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.fixture(scope="module")
def books():
    # openpyxl 不认识随行数变化的打印区域，只此一条提示。
    with pytest.warns(UserWarning, match="Print area"):
        return {form.id: openpyxl.load_workbook(BytesIO(templates.draw(form, Edition(LAW)))) for form in FORMS}


def test_later_registers_pick_the_number_of_a_studio(books):
    book = books["ledger"]
    assert book.defined_names["studio_numbers"].attr_text == "'工作室'!$A$6:INDEX('工作室'!$A$6:$A$20000,MAX(1,COUNTA('工作室'!$A$6:$A$20000)))"
    picked = {sheet.name for sheet in LEDGER.sheets for column in sheet.columns if column.header == "工作室编号" and column.people and sheet.name != "工作室"}
    found = {name for name in book.sheetnames for rule in book[name].data_validations.dataValidation if rule.formula1 == "studio_numbers"}
    assert found == picked >= {"经费", "变更与重大事项", "撤销追缴禁申"}


def validations(worksheet, column: int):
    """The data validations on the first row of a column (zero-based)."""
    cell = f"{get_column_letter(column + 1)}{FIRST_ROW + 1}"
    return [rule for rule in worksheet.data_validations.dataValidation if cell in rule.sqref]


def listed(book, rule) -> list[str]:
    """What a dropdown offers."""
    source = rule.formula1
    if source.startswith('"'):
        return source.strip('"').split(",")
    sheet, area = book.defined_names[source].attr_text.rsplit("!", 1)
    return [row[0].value for row in book[sheet.strip("'")][area.replace("$", "")]]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_shipped_template_is_what_the_build_gives(form):
    shipped = resources.workbook_template(form.name).read_bytes()
    assert parts(shipped) == parts(refresh(templates.draw(form, Edition(LAW), has_macros=True)).data)


def test_two_builds_are_the_same_bytes(tmp_path):
    first, second = templates.build_templates(tmp_path / "一"), templates.build_templates(tmp_path / "二")
    assert [path.name for path in first] == [f"{form.name}.xlsm" for form in FORMS]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_it_does_not_matter_what_was_built_before(form):
    assert templates.draw(form, Edition(LAW), has_macros=True) == templates.draw(form, Edition(LAW), has_macros=True)


@pytest.mark.parametrize("form, sheet", TABLES, ids=named)
def test_headers_stand_in_row_five_in_order(books, form, sheet):
    row = books[form.id][sheet.name][HEADER_ROW + 1]
    live = len([cell for cell in row if str(cell.value).startswith("=")])  # what spreads over the rows of the first sheet follows them
    assert tuple(cell.value for cell in row if cell.value is not None)[:len(row) - live] == sheet.headers
    assert live == (form.sheets[0].rows if sheet.spread else 0)


@pytest.mark.parametrize("form, sheet, column", COLUMNS, ids=named)
def test_header_fits_its_two_lines(form, sheet, column):
    star = 1 if column.required and sheet.rows else 0
    assert look.lines(column.header, column.shown_width - star) <= 2


@pytest.mark.rule("A1-2", "A1-3", "A1-4", "R09-2")
@pytest.mark.parametrize("sheet, column", [(s, c) for f, s, c in COLUMNS if f is RECOMMENDATION], ids=named)
def test_column_of_a_return(books, sheet, column):
    book = books[RECOMMENDATION.id]
    worksheet, index = book[sheet.name], sheet.headers.index(column.header)
    (rule,) = validations(worksheet, index)
    for row in (FIRST_ROW + 1, FIRST_ROW + sheet.rows):
        cell = worksheet.cell(row, index + 1)
        assert cell.protection.locked is bool(column.formula)
        assert cell.number_format == column.kind.number_format
        assert bool(column.formula) == (cell.data_type == "f")
        assert cell.coordinate in rule.sqref
    assert len(rule.promptTitle) <= 32 and len(rule.prompt) <= 255 and column.clause in rule.prompt
    assert ("必填" in rule.promptTitle) is column.required
    if column.choices:
        assert listed(book, rule) == list(LAW.lists[column.choices].names)
        assert rule.errorStyle == ("warning" if column.open_choices else None)


KINDS = [
    (model.date, "date", None), (model.count, "whole", "greaterThanOrEqual"), (model.money, "decimal", "greaterThanOrEqual"),
    (model.area, "decimal", "greaterThanOrEqual"), (model.id_number, "textLength", "equal"),
    (model.credit_code, "textLength", "equal"), (model.year, "whole", None)]


@pytest.mark.parametrize("kind, limit, operator", KINDS, ids=named)
def test_kind_has_its_limit_and_says_what_to_do(books, kind, limit, operator):
    found = 0
    for sheet in RECOMMENDATION.sheets:
        for index, column in enumerate(sheet.columns):
            if column.kind is kind:
                (rule,) = validations(books[RECOMMENDATION.id][sheet.name], index)
                assert (rule.type, rule.operator) == (limit, operator)
                assert column.header in rule.error and "请" in rule.error and not rule.error.isascii()
                found += 1
    assert found


def test_ids_phones_and_codes_are_text():
    for kind in (model.id_number, model.credit_code, model.phone, model.code):
        assert kind.number_format == "@"


@pytest.mark.parametrize("sheet", RECOMMENDATION.sheets, ids=named)
def test_return_is_protected_yet_can_be_sorted_and_filtered(books, sheet):
    protection = books[RECOMMENDATION.id][sheet.name].protection
    assert protection.sheet and protection.password is None
    assert protection.sort is False and protection.autoFilter is False  # False：不禁止


@pytest.mark.parametrize("form, sheet", TABLES, ids=named)
def test_page_set_up(books, form, sheet):
    worksheet = books[form.id][sheet.name]
    assert (worksheet.page_setup.orientation, worksheet.page_setup.paperSize) == ("landscape", 9)
    assert worksheet.print_title_rows == "$4:$5"
    assert worksheet.freeze_panes == f"{get_column_letter(layout.frozen_columns(sheet) + 1)}6"
    assert "&P" in worksheet.oddFooter.center.text and "&N" in worksheet.oddFooter.center.text
    assert not worksheet.sheet_view.showGridLines
    breaks, shown = [mark.id for mark in worksheet.col_breaks.brk], fitted_form(form, None).sheet(sheet.name)
    assert breaks == layout.page_breaks(shown)
    assert bool(breaks) == bool(worksheet.print_title_cols)


def test_groups_are_not_torn_where_they_fit_a_page():
    groups = [column.group for column in RECOMMENDATION.sheets[0].columns]
    torn = {groups[index] for index in layout.page_breaks(RECOMMENDATION.sheets[0]) if groups[index] == groups[index - 1]}
    assert "初审" not in torn and "申报" not in torn


def test_facts_stand_right_of_their_labels_under_ascii_names(books):
    book, sheet = books[RECOMMENDATION.id], RECOMMENDATION.sheets[0]
    for fact in sheet.facts:
        area = book.defined_names[fact.name].attr_text
        assert area.startswith(f"'{sheet.name}'!$") and area.endswith("$3")
        cell = book[sheet.name][area.rsplit("!", 1)[1].replace("$", "")]
        assert cell.offset(column=-1).value == fact.label and cell.value is None and not cell.protection.locked


def test_totals_and_signatures_cannot_be_taken_for_data(books):
    for sheet in RECOMMENDATION.sheets:
        rows = [[cell.value for cell in books[RECOMMENDATION.id][sheet.name][FIRST_ROW + sheet.rows + step]
                 if cell.value is not None] for step in (1, 2)]
        assert rows[0][0].startswith('="合计')
        assert [text for text in rows[1] if text] == ["填表人：", "审核人：", "联系电话："]


def test_print_page_has_at_most_twelve_columns_without_personal_particulars(books):
    shown = [cell.value for cell in books[RECOMMENDATION.id][PRINT_SHEET][3] if cell.value]
    assert shown == list(RECOMMENDATION.sheets[0].printed) and len(shown) <= 12
    assert not {"身份证号", "民族", "政治面貌", "领办人手机"} & set(shown)


@pytest.mark.parametrize("form, sheet, column", COLUMNS, ids=named)
def test_guide_names_every_column_with_its_clause(books, form, sheet, column):
    rows = [[cell.value for cell in row] for row in books[form.id][GUIDE_SHEET].iter_rows()]
    start = next(i for i, row in enumerate(rows) if str(row[0]).startswith(f"“{sheet.name}”表"))
    entry = next(row for row in rows[start:] if row[0] == column.header)
    assert entry[3] == column.clause and entry[2].endswith("。")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_marker_sheet_and_properties_agree(books, form):
    book = books[form.id]
    marker = {row[0].value: row[1].value or "" for row in book[MARKER_SHEET].iter_rows()}
    assert marker == {"表单编号": form.id, "表单版本": form.version, "区县": "", "年度": ""}
    assert {item.name: item.value or "" for item in book.custom_doc_props.props} == marker
    assert all(book[name].sheet_state == "hidden" for name in book.sheetnames if name.startswith("_"))


def test_ledger_begins_with_the_dashboard_and_holds_no_rows(books):
    book = books[LEDGER.id]
    assert book.sheetnames[0] == "看板" and book.active.title == "看板"
    for sheet in LEDGER.sheets:
        if sheet.name != "参数":
            assert book[sheet.name].max_row <= HEADER_ROW + 1
        assert not book[sheet.name].protection.sheet


@pytest.mark.parametrize("sheet", LEDGER.sheets, ids=named)
def test_ledger_columns_show_whose_they_are(books, sheet):
    worksheet = books[LEDGER.id][sheet.name]
    for index, column in enumerate(sheet.columns):
        header = worksheet.cell(HEADER_ROW + 1, index + 1)
        assert header.fill.fgColor.rgb[2:] == (look.SUB if column.people else look.LOCK_HEAD)[1:]
        rules = validations(worksheet, index)
        assert len(rules) == (1 if column.people else 0)
        if column.people and column.choices:
            assert listed(books[LEDGER.id], rules[0]) == list(LAW.lists[column.choices].names)
            assert f"{get_column_letter(index + 1)}20000" in rules[0].sqref


@pytest.mark.rule("R21")
def test_parameters_of_the_law_stand_in_the_ledger(books):
    rows = [[cell.value for cell in row] for row in books[LEDGER.id]["参数"].iter_rows(min_row=FIRST_ROW + 1)]
    headers = LEDGER.sheet("参数").headers
    found = {row[0]: dict(zip(headers, row, strict=False)) for row in rows}
    assert list(found) == list(LAW.parameters)
    for name, parameter in LAW.parameters.items():
        row = found[name]
        assert row["取值"] is None and row["名称"] == parameter.label and row["口径"] == parameter.origin
        assert (row["默认值"] if row["默认值"] is not None else "") == parameter.value


def test_copy_for_a_district_is_filled_in():
    with pytest.warns(UserWarning, match="Print area"):
        book = openpyxl.load_workbook(BytesIO(fresh.workbook(RECOMMENDATION, "米东区", 2026, date(2026, 11, 30))))
    sheet = book["推荐汇总"]
    values = {name: sheet[defined.attr_text.rsplit("!", 1)[1].replace("$", "")].value
              for name, defined in book.defined_names.items() if name.startswith("fact_")}
    assert sheet["A1"].value == "乌鲁木齐市技能大师工作室区县推荐汇总表（2026年度）"
    assert values["fact_unit"] == "米东区人力资源和社会保障局" and values["fact_deadline"].date() == date(2026, 11, 30)
    assert values["fact_date"] is None and values["fact_none"] is None
    assert {item.name: item.value for item in book.custom_doc_props.props} == {
        "表单编号": "recommendation", "表单版本": "1", "区县": "米东区", "年度": "2026"}
    assert listed(book, validations(sheet, 1)[0]) == ["米东区"]
    assert sheet.sheet_view.selection[-1].activeCell == "G3"
