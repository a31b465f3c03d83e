"""第十五条：每一列、每一步都有主；说明页和目录印的就是声明的。"""

from io import BytesIO

import openpyxl
import pytest

from docs import catalogue
from toolkit import regulation, resources
from toolkit.forms import APPLICATION_BOOK, FORMS, LEDGER, RECOMMENDATION, roles
from toolkit.forms.model import GUIDE_SHEET

LAW = regulation.load(regulation.FILES[-1])
NAMES = LAW.lists["roles"].names
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
pytestmark = pytest.mark.rule("R15")


def printed(form):
    """The rows of the guide page."""
    with pytest.warns(UserWarning) if any(sheet.printed for sheet in form.sheets) else _quiet():
        book = openpyxl.load_workbook(BytesIO(resources.workbook_template(form.name).read_bytes()))
    return [[cell.value for cell in row] for row in book[GUIDE_SHEET].iter_rows()]


def _quiet():
    from contextlib import nullcontext

    return nullcontext()


def test_the_roles_of_the_program_are_the_laws():
    assert (roles.UNIT, roles.DISTRICT, roles.CITY, roles.EXPERT) == NAMES


@each_form
def test_every_column_is_somebodys(form):
    assert form.role in NAMES
    for sheet in form.sheets:
        for column in sheet.columns:
            assert roles.owner(form, column) in (*NAMES, roles.TOOL, roles.COMPUTED), (sheet.name, column.header)


# 表、列、归谁
OWNERS = [
    (APPLICATION_BOOK, "领办人", "申办单位"), (APPLICATION_BOOK, "申办单位意见", "申办单位"), (APPLICATION_BOOK, "区县推荐意见", "区（县）"),
    (APPLICATION_BOOK, "专家评估意见", "评委"), (APPLICATION_BOOK, "市局意见", "市局"), (APPLICATION_BOOK, "承诺文", "工具"),
    (APPLICATION_BOOK, "工作室名称", "自动计算"), (RECOMMENDATION, "初审意见", "区（县）"), (RECOMMENDATION, "法定退休日期", "自动计算"),
    (LEDGER, "评审结论", "市局"), (LEDGER, "申报状态", "工具")]


@pytest.mark.parametrize("form, header, owner", OWNERS, ids=[f"{case[0].id}-{case[1]}" for case in OWNERS])
def test_whose_a_column_is(form, header, owner):
    column = next(column for sheet in form.sheets for column in sheet.columns if column.header == header)
    assert roles.owner(form, column) == owner


def test_every_duty_is_of_a_role_and_has_its_clause():
    for duty in LAW.lists["duties"].items:
        assert duty["role"] in NAMES and duty["clause"].startswith("第"), duty.name
    assert {duty["role"] for duty in LAW.lists["duties"].items} == set(NAMES)


@each_form
def test_the_guide_prints_whose_each_column_is_and_who_does_what(form):
    rows = printed(form)
    said = {(row[0], row[5]) for row in rows}
    for sheet in form.sheets:
        for column in sheet.columns:
            assert (column.header, roles.owner(form, column)) in said, column.header
    band = next(number for number, row in enumerate(rows) if str(row[0]).startswith(LAW.lists["duties"].label))
    assert [(row[0], row[1], row[3]) for row in rows[band + 1:] if row[0]] == [
        (duty["role"], duty.name, duty["clause"]) for duty in LAW.lists["duties"].items]


def test_the_page_of_the_documentation_says_the_same():
    page = catalogue.ROLES_FILE.read_text("utf-8")
    for duty in LAW.lists["duties"].items:
        assert f"| {duty['role']} | {duty.name} | {duty['clause']} |" in page
    for form in FORMS:
        assert f"### {form.name}\n\n由{form.role}填报。" in page
