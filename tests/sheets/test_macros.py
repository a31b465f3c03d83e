"""A workbook without its macros: nothing is left that runs, and nothing else is gone."""

import io
import re
import warnings
import zipfile

import openpyxl
import pytest
import xlsxwriter

from tests.office import convert
from toolkit.errors import UserError
from toolkit.forms import ASSESSMENT, FORMS, LEDGER, RECOMMENDATION, SUMMARY
from toolkit.forms.model import BUTTON_SHEETS, ISSUE_SHEET
from toolkit.pages import marks
from toolkit.resources import workbook_template
from toolkit.returns.findings import ERROR, Finding, Place
from toolkit.sheets import edit, macro_free, read


def without_macros(data, *more):
    """As it is sent in: also without the sheets that serve the buttons alone."""
    return macro_free.without_macros(data, (*BUTTON_SHEETS, *more))


RUNS = re.compile(rb"vbaProject|macroEnabled|FmlaMacro|customUI|ctrlProp|[\s]macro=[\"'][^\"']")
MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # 随行数变化的打印区域
        return openpyxl.load_workbook(io.BytesIO(data))


def template(form):
    return workbook_template(form.name).read_bytes()


def assert_nothing_runs(data):
    found = parts(data)
    assert not [name for name, content in found.items() if RUNS.search(content) or RUNS.search(name.encode())]
    assert MAIN in found["[Content_Types].xml"]
    targets = re.findall(r'PartName="/([^"]+)"', found["[Content_Types].xml"].decode())
    assert set(targets) <= set(found)


def values(data, name="表.xlsx"):
    serving = (*BUTTON_SHEETS, ISSUE_SHEET)
    return [grid for grid in read.from_bytes(data, name).grids if grid.name not in serving]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_template_loses_its_macros_and_nothing_else(form):
    before = template(form)
    after = without_macros(before)
    assert_nothing_runs(after)
    assert values(after) == values(before)
    book, had = opened(after), opened(before)
    assert book.sheetnames == [name for name in had.sheetnames if name not in BUTTON_SHEETS]
    assert set(had.defined_names) - set(book.defined_names) == {name for name in had.defined_names if name.startswith(("task_", "case_"))}
    for name in book.sheetnames:
        assert book[name].print_title_rows == had[name].print_title_rows
        assert book[name].protection.sheet == had[name].protection.sheet
        assert len(book[name].data_validations.dataValidation) == len(had[name].data_validations.dataValidation)
    kept, now = parts(before), parts(after)
    same = [name for name in now if name.startswith(("xl/charts", "xl/styles", "xl/shared", "docProps", "xl/theme"))]
    assert same and all(now[name] == kept[name] for name in same)


def test_cells_of_the_sheets_stay_byte_for_byte():
    before, after = parts(template(RECOMMENDATION)), parts(without_macros(template(RECOMMENDATION)))
    cells = re.compile(rb"<sheetData.*</sheetData>", re.S)
    for number in range(1, 9):
        name = f"xl/worksheets/sheet{number}.xml"
        assert cells.search(after[name])[0] == cells.search(before[name])[0]
        assert b"legacyDrawing" not in after[name]


def test_names_local_to_a_sheet_follow_it():
    book = opened(without_macros(template(LEDGER)))
    assert book.active.title == "看板" and book.sheetnames[0] == "看板"
    assert book["工作室"].print_title_rows == "$4:$5" and book["填报说明"].print_title_rows


def test_comments_stay_where_buttons_go(tmp_path):
    sheet = RECOMMENDATION.sheets[0].name
    path = tmp_path / "天山区.xlsm"
    path.write_bytes(template(RECOMMENDATION))
    finding = Finding("R07-1", ERROR, "第七条", Place(path.name, sheet, "B6", "推荐区县"), "甲", "请核对。")
    marked = marks.write_marked(path, read.workbook(path), [finding], {sheet: 4}, tmp_path / "校验.xlsm")
    before = parts(marked.read_bytes())
    assert any(b"FmlaMacro" in content and b'ObjectType="Note"' in content for content in before.values())
    after = without_macros(marked.read_bytes(), ISSUE_SHEET)
    assert_nothing_runs(after)
    book = opened(after)
    assert ISSUE_SHEET not in book.sheetnames and "请核对" in book[sheet]["B6"].comment.text
    drawings = [content for name, content in parts(after).items() if name.endswith(".vml")]
    assert len(drawings) == 1 and b'ObjectType="Note"' in drawings[0]


@pytest.mark.parametrize("form", [SUMMARY, ASSESSMENT], ids=lambda form: form.id)
def test_controls_as_a_spreadsheet_program_saves_them_go(form, tmp_path):
    path = tmp_path / "表.xlsm"
    path.write_bytes(template(form))
    saved = convert(path, "xlsm", tmp_path / "存过").read_bytes()
    assert any("ctrlProp" in name for name in parts(saved))
    after = without_macros(saved)
    assert_nothing_runs(after)
    assert not [name for name in parts(after) if "drawing" in name.lower()]
    assert values(after) == values(saved)


CONTROL = ('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14"><control '
           'shapeId="{id}" r:id="{relation}" name="{name}"><controlPr defaultSize="0"{macro}><anchor/></controlPr></control></mc:Choice>'
           "</mc:AlternateContent>")
ANCHOR = ('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="a14" '
          'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><xdr:twoCellAnchor><xdr:sp macro="{macro}" textlink="">'
          '<xdr:nvSpPr><xdr:cNvPr id="{id}" name="{name}" hidden="1"/></xdr:nvSpPr></xdr:sp></xdr:twoCellAnchor></mc:Choice><mc:Fallback/>'
          "</mc:AlternateContent>")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_controls():
    """A sheet with a picture and two controls as Excel saves them: our button, and a check box of a clerk's."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("表")
        sheet.insert_textbox(0, 0, "说明")
    found = parts(target.getvalue())
    controls = "".join((CONTROL.format(id=1025, relation="rId8", name="Button 1", macro=' macro="[0]!A.B"'),
                        CONTROL.format(id=1026, relation="rId9", name="Check Box 2", macro="")))
    sheet = found["xl/worksheets/sheet1.xml"].decode().replace(
        "</worksheet>", f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
                        f'Requires="x14"><controls>{controls}</controls></mc:Choice></mc:AlternateContent></worksheet>')
    related = "".join(f'<Relationship Id="rId{7 + number}" Type="{RELATION}/ctrlProp" Target="../ctrlProps/ctrlProp{number}.xml"/>'
                      for number in (1, 2))
    drawing = found["xl/drawings/drawing1.xml"].decode().replace("</xdr:wsDr>", "".join((
        ANCHOR.format(macro="[0]!A.B", id=1025, name="Button 1"), ANCHOR.format(macro="", id=1026, name="Check Box 2"), "</xdr:wsDr>")))
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    found |= {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/drawings/drawing1.xml": drawing.encode(),
              rels: found[rels].replace(b"</Relationships>", related.encode() + b"</Relationships>"),
              "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>", "xl/ctrlProps/ctrlProp2.xml": b"<formControlPr/>"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_check_box_and_a_text_box_of_a_clerk_stay():
    after = parts(without_macros(with_controls()))
    sheet, drawing = (after[f"xl/{name}1.xml"].decode() for name in ("worksheets/sheet", "drawings/drawing"))
    assert "Check Box 2" in sheet and "Button 1" not in sheet
    assert "Check Box 2" in drawing and "说明" in drawing and "Button 1" not in drawing
    assert "xl/ctrlProps/ctrlProp2.xml" in after and "xl/ctrlProps/ctrlProp1.xml" not in after


def test_a_workbook_without_macros_stays_as_it_is():
    plain = without_macros(template(RECOMMENDATION))
    assert without_macros(plain) == plain


def test_what_is_no_workbook_is_refused():
    with pytest.raises(UserError, match="请"):
        without_macros(b"text")


def test_the_result_can_be_edited_and_read():
    after = without_macros(template(RECOMMENDATION))
    sheet = RECOMMENDATION.sheets[0].name
    changed = edit.apply(after, [edit.SetCell(sheet, 5, 1, "天山区")])
    assert next(grid for grid in values(changed) if grid.name == sheet).rows[5][1] == "天山区"
