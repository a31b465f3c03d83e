"""Form → Sheet → Column: a standard workbook declared as data.

Templates are built from it, returns are read by it, tests check it. No column letters anywhere: columns are
known by their header text. Declarations exist once and are compared by identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from toolkit.forms.actions import Action

PROPERTY_FORM, PROPERTY_VERSION = "表单编号", "表单版本"
PROPERTY_DISTRICT, PROPERTY_YEAR = "区县", "年度"
MARKER_SHEET = "_表单"  # hidden sheet with the same four facts, for formats without document properties
GUIDE_SHEET, PRINT_SHEET, LIST_SHEET = "填报说明", "打印页", "_清单"
NIL = "fact_none"  # the defined name of the cell that declares a return empty
SERIAL = "序号"  # the column that only counts the rows
DESK_SHEET = "办理"  # the ledger's page of buttons
CASE_SHEET = "个案办理"  # the ledger's page for one application or studio
CASE_LIST_SHEET = "_个案"  # hidden: what its dropdowns offer
SETTINGS_SHEET = "xlwings.conf"  # hidden; the name is xlwings'
BUTTON_SHEETS = (DESK_SHEET, CASE_SHEET, CASE_LIST_SHEET, SETTINGS_SHEET)  # serve the buttons alone
ISSUE_SHEET, ISSUE_HEADER = "问题清单", "问题"  # what a marked copy adds
GRADES_SHEET = "成绩一览"  # what scoring adds to 区县考核汇总表
PREVIEW_SHEET, DUE_SHEET = "合并预览", "到期提醒"  # what the buttons add to the ledger


@dataclass(frozen=True, eq=False)
class ValueKind:
    """What a column holds: Excel number format, default width (characters), alignment, how to fill it in."""

    name: str
    number_format: str
    width: float
    align: str
    how: str


text = ValueKind("text", "General", 14, "left", "文字")
person = ValueKind("person", "General", 10, "center", "姓名；少数民族姓名用“·”分隔")
id_number = ValueKind("id_number", "@", 21, "center", "18位居民身份证号，按文本填写，末位X大写")
credit_code = ValueKind("credit_code", "@", 21, "center", "18位统一社会信用代码，按文本填写")
phone = ValueKind("phone", "@", 14, "center", "11位手机号，或“区号-号码”")
code = ValueKind("code", "@", 14, "center", "按证照原样填写")
exact = ValueKind("exact", "@", 18, "left", "按原样填写")
date = ValueKind("date", "yyyy-mm-dd", 12, "center", "日期，如 2026-11-20")
year = ValueKind("year", "0", 8, "center", "四位年份，如 2026")
money = ValueKind("money", "#,##0.00", 15, "right", "金额（元），只填数字")
area = ValueKind("area", "General", 9, "right", "平方米，只填数字")
count = ValueKind("count", "0", 8, "center", "整数")
tally = ValueKind("tally", "0", 8, "center", "自动计票")
points = ValueKind("points", "General", 9, "center", "得分，只填数字，带小数的照写")
yes_no = ValueKind("yes_no", "General", 9, "center", "从下拉框选“是”或“否”")
age = ValueKind("age", "0", 7, "center", "周岁")
passage = ValueKind("passage", "General", 60, "left", "一段或几段文字，Alt+Enter 换行")
choice = ValueKind("choice", "General", 13, "center", "从下拉框选择")


@dataclass(frozen=True, eq=False)
class Column:
    """One column. `also`: headers found in real files. `choices`: a list of the regulation (`open_choices`
    lets other text stand). `formula`: live formula with {header} cells, {header:} whole columns, {header^} columns down to this
    row, {@label} facts above the table and names of the law ({retirement}, {basis}, {months} …); such a column is
    computed and locked. `people`: in a ledger, a
    column people own and the toolkit never overwrites. `prose`: holds sentences, so its cells wrap. `none_counts`: “无” is an
    answer here, not a cell left open. `since`: the version of the form that brought it; a ledger of an earlier version has no such
    column until it is brought up to date. `given`: filled in from the ledger, and locked in a copy that was made so.
    `role`: who fills it in where that is not whoever fills in the form (see `roles`).
    `preset`: a list of the law whose names stand in the rows, printed and locked.
    `decides`: in the ledger a text that a decision rests on, so that “无” and “/” there are no answer."""

    header: str
    kind: ValueKind = text
    required: bool = False
    also: tuple[str, ...] = ()
    choices: str = ""
    open_choices: bool = False
    group: str = ""
    width: float = 0
    clause: str = ""
    help: str = ""
    formula: str = ""
    people: bool = False
    prose: bool = False
    since: str = "1"
    none_counts: bool = False
    given: bool = False
    role: str = ""
    preset: str = ""
    decides: bool = False

    @property
    def shown_width(self) -> float:
        return self.width or self.kind.width


@dataclass(frozen=True, eq=False)
class Fact:
    """One labelled value above a table: 填报单位（盖章）, 填报日期 … `name`: the ASCII defined name of its cell. `given`: as of a column."""

    label: str
    kind: ValueKind = text
    choices: str = ""
    also: tuple[str, ...] = ()
    help: str = ""
    name: str = ""
    given: bool = False


@dataclass(frozen=True, eq=False)
class PageEntry:
    """A column of a page: its `label` stands left of its cell. `name`: the ASCII defined name of the cell; `span`: how many of the
    four pairs of label and cell in a line it takes."""

    name: str
    header: str
    label: str
    span: int = 1


@dataclass(frozen=True, eq=False)
class PageBlock:
    """Lines of a page under one band. `height`: of each line in points, 0 for one line of text."""

    title: str
    lines: tuple[tuple[PageEntry, ...], ...]
    height: int = 0


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table. `key`: headers that identify a row. `frozen`: the last column that stays in view.
    `rows`: empty rows a template offers. `optional`: a return may leave the whole sheet out or empty.
    `printed`: the columns of the page that is stamped and filed. `since`: as of a column. `spread`: a header of the form's first
    sheet; this one has a further column, like `each`, for each row there, headed by what stands in it (see `spread.fitted`).
    `page`: the sheet is no table but a page with one record, each column's label beside its cell, in these blocks."""

    name: str
    columns: tuple[Column, ...]
    title: str = ""
    key: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    frozen: str = ""
    rows: int = 60
    optional: bool = False
    guide: str = ""
    printed: tuple[str, ...] = ()
    since: str = "1"
    spread: str = ""
    each: Column | None = None
    page: tuple[PageBlock, ...] = ()

    @cached_property
    def by_header(self) -> dict[str, Column]:
        return {column.header: column for column in self.columns}

    @cached_property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @cached_property
    def entries(self) -> tuple[PageEntry, ...]:
        """The entries of a page in reading order."""
        return tuple(entry for block in self.page for line in block.lines for entry in line)


@dataclass(frozen=True, eq=False)
class Form:
    """A standard workbook. `title` may hold {year}. `file_name` is how a finished one is named, without macros.

    `cover`: a first page that is no table, and `facts` the labelled values on it. `buttons`: what can be done with it.
    `rule`: the rule that asks for it. `subject`: the defined name of the cell that names the studio it is about.
    `role`: who fills it in (see `roles`).
    """

    id: str
    name: str
    version: str
    title: str
    sheets: tuple[Sheet, ...]
    guide: tuple[str, ...] = ()
    file_name: str = "{district}_{name}_{year}.xlsx"
    cover: str = ""
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Action, ...] = ()
    rule: str = ""
    subject: str = ""
    role: str = ""

    @property
    def of_district(self) -> bool:
        """Whether each district has its own; else the city has one."""
        return "{district}" in self.file_name

    @property
    def working_name(self) -> str:
        """How the copy is named that people work in, with its buttons."""
        return self.file_name.removesuffix(".xlsx") + ".xlsm"

    def sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)
