"""Every button has its macro, every macro its source in macros/, and another office finds them all."""

import io
import re
import shutil
import zipfile

import openpyxl
import pytest
import xlwings
from lxml import etree
from oletools.olevba import VBA_Parser

from tests.office import ROOT, convert
from toolkit import buttons as hosts
from toolkit import regulation, resources
from toolkit.documents.kinds import KINDS
from toolkit.forms import FORMS, LEDGER, find
from toolkit.forms.model import CASE_LIST_SHEET, CASE_SHEET, DESK_SHEET, SETTINGS_SHEET
from toolkit.forms.papers import OFFERED
from toolkit.forms.register_rows import row_field
from toolkit.forms.tasks import (
    CASE_DAY,
    CASE_LINES,
    CASE_MOVE,
    CASE_MOVES,
    CASE_ROWS,
    CASE_STATE,
    CASE_SUBJECT,
    CASE_SUBJECTS,
    CASE_TASK,
    MADE,
    RETURNS,
    STATE,
    TASKS,
)
from toolkit.jobs import task_answers
from toolkit.jobs.documents import BUILDERS
from toolkit.pages import compiled, dropdowns, macro_sources, templates
from toolkit.pages.layout import BUTTON_ROW, Edition

RIBBON = {"ui": "http://schemas.microsoft.com/office/2009/07/customui"}
SCRIPT = "vnd.sun.star.script:VBAProject.{}?language=Basic&location=document"
ODF = {"form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
       "xlink": "http://www.w3.org/1999/xlink", "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0"}
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)


def shipped(form):
    return resources.workbook_template(form.name)


def part(form, name):
    with zipfile.ZipFile(shipped(form)) as book:
        return book.read(name)


def drawn(form):
    """Sheet name → (caption, macro, zero-based row, prints) of its buttons."""
    found = {}
    with zipfile.ZipFile(shipped(form)) as book:
        related = {name: book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/_rels/")}
        for number, sheet in enumerate(openpyxl.load_workbook(io.BytesIO(shipped(form).read_bytes()), read_only=True).sheetnames, 1):
            target = re.search(r'"\.\./drawings/(vmlDrawing\d+\.vml)"', related.get(f"xl/worksheets/_rels/sheet{number}.xml.rels", ""))
            if target is None:
                continue
            text = book.read(f"xl/drawings/{target[1]}").decode()
            shapes = re.findall(r"<v:shape .*?</v:shape>", text, re.S)
            found[sheet] = [(re.search(r"<font[^>]*>([^<]*)", shape)[1], re.search(r"<x:FmlaMacro>\[0\]!([^<]*)", shape)[1],
                             int(re.search(r"<x:Anchor>\d+, \d+, (\d+)", shape)[1]), "<x:PrintObject>False" not in shape)
                            for shape in shapes]
    return found


def sources(form):
    """Module name → source, as olevba reads it."""
    macros = VBA_Parser(form.name, data=part(form, "xl/vbaProject.bin")).extract_macros()
    return {name.partition(".")[0]: code.replace("\r\n", "\n") for _, _, name, code in macros}


@pytest.fixture(scope="module")
def subs():
    """Public procedures without arguments, and ribbon callbacks, of the sources in macros/."""
    texts = {path.stem: path.read_text("utf-8") for path in (ROOT / "macros").glob("*.bas")}
    return ({f"{name}.{sub}" for name, text in texts.items() for sub in re.findall(r"^Public Sub (\w+)\(\)$", text, re.M)},
            {f"{name}.{sub}" for name, text in texts.items() for sub in re.findall(r"^Public Sub (\w+)\(control As Object\)$", text, re.M)})


@each_form
def test_the_project_holds_the_sources_and_a_module_for_every_sheet(form):
    found = sources(form)
    own = {path.stem: path.read_text("utf-8") for path in (ROOT / "macros").glob("*.bas")}
    with open(xlwings.__file__.replace("__init__.py", "xlwings.bas"), encoding="utf-8") as file:
        own["xlwings"] = file.read().rstrip("\n") + "\n"
    assert {name: found[name] for name in own} == own
    sheets = openpyxl.load_workbook(shipped(form), read_only=True, keep_vba=True).sheetnames
    assert set(found) == {*own, "ThisWorkbook", *(f"Sheet{number}" for number, _ in enumerate(sheets, 1))}
    coded = re.search(rb'<workbookPr codeName="(\w+)"', part(form, "xl/workbook.xml"))[1]
    assert coded == b"ThisWorkbook"
    assert [re.search(rb'<sheetPr codeName="(\w+)"', part(form, f"xl/worksheets/sheet{number}.xml"))[1].decode()
            for number, _ in enumerate(sheets, 1)] == [f"Sheet{number}" for number, _ in enumerate(sheets, 1)]


def test_the_sources_are_plain():
    for path in (ROOT / "macros").glob("*.bas"):
        text = path.read_text("utf-8")
        code = re.sub(r'"[^"\n]*"|\'.*', "", text)
        assert code.isascii(), path
        assert not re.search(r"^\s*#|\bDeclare\b", code, re.M), path
        assert max(map(len, text.splitlines())) < 200


@each_form
def test_every_table_has_its_buttons_in_row_two_and_they_do_not_print(form, subs):
    found = drawn(form)
    if form is LEDGER:
        assert list(found) == [DESK_SHEET, CASE_SHEET]
        assert [name for own in found.values() for name, *_ in own] == [action.caption for action in form.buttons]
    else:
        assert list(found) == [*filter(None, (form.cover,)), *(sheet.name for sheet in form.sheets)]
        for own in found.values():
            assert [(caption, row) for caption, _, row, _ in own] == [(action.caption, BUTTON_ROW) for action in form.buttons]
    for own in found.values():
        assert {macro for _, macro, *_ in own} <= subs[0] and not any(prints for *_, prints in own)


@each_form
def test_the_ribbon_shows_the_forms_actions_and_no_other(form, subs):
    tree = etree.fromstring(part(form, "customUI/customUI14.xml"))
    (group,) = tree.findall(".//ui:tab/ui:group", RIBBON)
    entries = [dict(button.attrib) for button in group]
    assert [(entry["label"], entry["supertip"], entry["imageMso"], entry["onAction"]) for entry in entries] == [
        (action.caption, action.tip, action.picture, f"ToolkitRibbon.On_{action.id}") for action in form.buttons]
    assert {entry["onAction"] for entry in entries} <= subs[1]
    assert b"2007/relationships/ui/extensibility" in part(form, "_rels/.rels")


def test_the_sources_are_what_the_declarations_give(tmp_path):
    for path in (ROOT / "macros").iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "customUI14.xml").write_text("", "utf-8")
    (tmp_path / "ToolkitRibbon.bas").unlink()
    text = (tmp_path / "ToolkitButtons.bas").read_text("utf-8")
    (tmp_path / "ToolkitButtons.bas").write_text(text.replace('Public Sub Btn_undo()\n    RunAction "undo"\nEnd Sub\n\n', ""), "utf-8")
    for path in macro_sources.write(tmp_path):
        assert path.read_text("utf-8") == (ROOT / "macros" / path.name).read_text("utf-8"), path.name


def test_every_callback_presses_the_button_of_its_name():
    text = (ROOT / "macros" / "ToolkitRibbon.bas").read_text("utf-8")
    pressed = re.findall(r"Sub On_(\w+)\(control As Object\)\n    Btn_(\w+)\nEnd Sub", text)
    text = (ROOT / "macros" / "ToolkitButtons.bas").read_text("utf-8")
    run = re.findall(r'Sub Btn_(\w+)\(\)\n    RunAction "(\w+)"\nEnd Sub', text)
    ids = {action.id for form in FORMS for action in form.buttons}
    assert pressed == run and {a for a, _ in run} == ids and all(a == b for a, b in run)
    assert all(callable(getattr(hosts, name)) for name in ids)


@each_form
def test_another_office_lists_the_modules_and_binds_the_buttons(form, tmp_path):
    with zipfile.ZipFile(convert(shipped(form), "ods", tmp_path)) as book:
        modules = {name.rpartition("/")[2].removesuffix(".xml") for name in book.namelist() if name.startswith("Basic/VBAProject/")}
        content = etree.fromstring(book.read("content.xml"))
    assert {"ToolkitButtons", "ToolkitRibbon", "xlwings", "ThisWorkbook", "Sheet1"} <= modules
    for sheet, own in drawn(form).items():
        table = next(table for table in content.iterfind(".//table:table", ODF) if table.get(f"{{{ODF['table']}}}name") == sheet)
        controls = table.findall(".//form:button", ODF)
        assert [control.get(f"{{{ODF['form']}}}label") for control in controls] == [caption for caption, *_ in own]
        assert [control.find(".//script:event-listener", ODF).get(f"{{{ODF['xlink']}}}href") for control in controls] == [
            SCRIPT.format(macro) for _, macro, *_ in own]
        assert {control.get(f"{{{ODF['form']}}}printable") for control in controls} == {"false"}


@each_form
def test_settings_say_nothing_of_this_computer(form):
    book = openpyxl.load_workbook(shipped(form), keep_vba=True)
    sheet = book[SETTINGS_SHEET]
    said = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert said == {"ADD_WORKBOOK_TO_PYTHONPATH": "False", "SHOW CONSOLE": "False", "USE UDF SERVER": "False"}
    assert sheet.sheet_state == "hidden"


@each_form
def test_settings_beside_the_workbook_are_refused_before_any_is_read(form):
    """xlwings 先看隐藏表，再看旁边的文件，最后看用户的：旁边的有 INTERPRETER_WIN 就盖过安装时登记的，里面的路径还可以指向别人的服务器。"""
    text = sources(form)["ToolkitButtons"]
    bodies = dict(re.findall(r"^Private (?:Sub|Function) (\w+)\(.*?\n(.*?)^End (?:Sub|Function)$", text, re.M | re.S))
    first = next(line.strip() for line in bodies["RunAction"].splitlines() if re.match(r"\s*If ", line))
    assert first == "If IsPlanted() Then Exit Sub"
    assert "FileExists(GetDirectoryConfigFilePath())" in bodies["IsPlanted"] and "GetConfig(" not in bodies["IsPlanted"]
    assert len(re.findall(r"\bRunAction \"", text)) == text.count("Public Sub Btn_"), "每个按钮都走这一处"
    order = re.findall(r'source = "(sheet|directory|user)" Then', sources(form)["xlwings"].partition("Function GetConfig(")[2])
    assert order == ["sheet", "directory", "user"], "换了 xlwings 的版本，先后变了的要重新看"


def test_the_desk_has_a_cell_for_every_input():
    book = openpyxl.load_workbook(shipped(LEDGER), keep_vba=True)
    assert book.sheetnames[:3] == [DESK_SHEET, CASE_SHEET, "看板"] and book.active.title == DESK_SHEET
    sheet, asked = book[DESK_SHEET], [each for task in TASKS for each in task.inputs]
    assert {each.name for each in asked} | {STATE} == {
        getattr(task_answers, name) for name in ("FOLDER", "YEAR", "FORM", "KIND", "DATE", "OUT", "STATE", "MAKE", "MADE", "NUMBER", "SUBJECT", "TRIAL")}
    for each in asked:
        where, cell = book.defined_names[each.name].attr_text.rsplit("!", 1)
        entry = sheet[cell.replace("$", "")]
        assert where.strip("'") == DESK_SHEET and not entry.protection.locked
        assert entry.value == (each.choices[0] if each.choices else None) and entry.number_format == each.kind.number_format
        assert entry.offset(column=-1).value == each.label and entry.offset(column=1).value == each.help
        (rule,) = (rule for rule in sheet.data_validations.dataValidation if entry.coordinate in rule.sqref)
        assert not each.choices or rule.formula1.strip('"').split(",") == list(each.choices)
    assert sheet.protection.sheet and sheet.protection.password is None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [action for task in (*TASKS, CASE_TASK) for action in task.actions] == list(LEDGER.buttons)


def test_the_page_for_one_case_has_room_and_dropdowns_for_every_move():
    book = openpyxl.load_workbook(shipped(LEDGER), keep_vba=True)
    sheet, law = book[CASE_SHEET], regulation.load(regulation.FILES[-1])
    moves = [move for move in law.procedure.moves.values() if move.by_hand]
    assert [cell.value for cell in book[CASE_LIST_SHEET]["B"][1:] if cell.value] == [move.name for move in moves]
    assert book[CASE_LIST_SHEET].sheet_state == "hidden"
    lists = {row_field(path)[1].column.choices for move in moves for path in move.fills} - {""}
    assert {dropdowns.list_name(name) for name in lists} | {CASE_SUBJECTS, CASE_MOVES} <= set(book.defined_names)
    assert max(len(law.procedure.of(kind)) for kind in ("申报", "工作室")) + max(len(move.fills) for move in moves) + 6 <= CASE_ROWS
    first = sheet[book.defined_names[CASE_LINES].attr_text.rsplit("!", 1)[1].replace("$", "")]
    white = first.offset(CASE_ROWS - 1, 1)
    assert not white.protection.locked and white.number_format == "@" and first.protection.locked
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if white.coordinate in rule.sqref)
    assert rule.formula1 == f"INDIRECT($G{first.row})" and not rule.showErrorMessage
    for name in (CASE_SUBJECT, CASE_MOVE, CASE_DAY, CASE_STATE):
        where, cell = book.defined_names[name].attr_text.rsplit("!", 1)
        assert where.strip("'") == CASE_SHEET and sheet[cell.replace("$", "")].protection.locked == (name == CASE_STATE)
    assert sheet.protection.sheet and sheet.protection.password is None


def test_the_desk_offers_what_there_is():
    assert set(OFFERED) == set(BUILDERS) <= set(KINDS)
    assert [find(name).name for name in (*RETURNS, *MADE)] == [*RETURNS, *MADE]


def test_without_macros_there_are_no_buttons():
    for form in FORMS:
        data = templates.draw(form, Edition(regulation.load(regulation.FILES[-1])))
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            assert not [name for name in book.namelist() if "vba" in name or "vml" in name or "customUI" in name]


def test_a_missing_xlwings_is_told(monkeypatch):
    monkeypatch.setattr(compiled.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(compiled.UserError, match=r"xlwings\.bas”"):
        compiled._of_xlwings()
