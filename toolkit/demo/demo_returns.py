"""The invented districts' returns: clean, as .xls, dirty, none, twice, late. Every person and unit is made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from toolkit.demo.invention import Invented, applications
from toolkit.demo.old_excel import as_xls
from toolkit.forms import RECOMMENDATION
from toolkit.forms.model import Sheet
from toolkit.jobs import export
from toolkit.pages import fresh
from toolkit.regulation import Regulation
from toolkit.returns import headers
from toolkit.sheets import edit, read
from toolkit.sheets.grid import Book, Grid
from toolkit.sheets.recalculate import refresh

GATHERED = "天山区"
"""The district whose units send 申报工作簿."""
LATE = "米东区"
"""The district that sends its return after it was reminded; 头屯河区 never does."""


def some(law: Regulation, district: str, filled: date) -> list[Invented]:
    """The applications of a district."""
    count, seed = _INVENTED[district]
    return list(applications(law, district, count, filled, seed))


_INVENTED = {"天山区": (5, 1), "沙依巴克区": (4, 2), "新市区": (8, 3), "达坂城区": (2, 5), "米东区": (4, 6), "乌鲁木齐县": (3, 7)}
"""District → how many applications, and which invented people they are of."""


def invented_returns(law: Regulation, year: int, filled: date) -> Iterator[tuple[str, bytes]]:
    """File name and content: clean, .xls, dirty, nil, twice, an ordinary one with a query; `GATHERED`, `LATE` and 头屯河区 aside."""
    earlier = filled - timedelta(days=6)
    yield f"沙依巴克区推荐表{year}.xls", _as_xls(filled_in(law, "沙依巴克区", year, filled, some(law, "沙依巴克区", filled)))
    dirty = _dirty(some(law, "新市区", filled), some(law, GATHERED, filled)[0])
    yield "新市区（高新区）报送.xlsx", filled_in(law, "新市区", year, filled, dirty)
    yield _named("水磨沟区", year), filled_in(law, "水磨沟区", year, filled, [], nil=True)
    twice = some(law, "达坂城区", earlier)
    yield f"达坂城区_{year}.xlsx", filled_in(law, "达坂城区", year, earlier, twice)
    yield f"达坂城区_{year}（补报）.xlsx", filled_in(law, "达坂城区", year, filled, [
        _changed(twice[0], 备注="补报：承诺配套资金增加", **{"承诺配套资金(元)": 200000}), twice[1]])
    county = some(law, "乌鲁木齐县", filled)
    county[1] = _changed(county[1], 备注="场地扩建中，明年6月交付", **{"面积(㎡)": 24})
    yield _named("乌鲁木齐县", year), filled_in(law, "乌鲁木齐县", year, filled, county)
    yield "报送说明.txt", "各区（县）报送情况说明（演示用，不是报表）".encode()


def whole_return(law: Regulation, district: str, year: int, filled: date) -> tuple[str, bytes]:
    """An ordinary return of a district: its prescribed file name, its content."""
    return _named(district, year), filled_in(law, district, year, filled, some(law, district, filled))


def _named(district: str, year: int) -> str:
    return export.file_name(RECOMMENDATION, district, year)


def _changed(invented: Invented, **changes: object) -> Invented:
    return replace(invented, application=invented.application | changes)


def _dirty(people: list[Invented], elsewhere: Invented) -> list[Invented]:
    """Every kind of dirt that clerks send: typed differently, wrong, missing, lost digits, claimed twice."""
    first, second, third, fourth, fifth, sixth, seventh, eighth = people
    number = seventh.application["身份证号"]
    return [
        _changed(first, 出生日期=f"{first.application['出生日期']:%Y.%m.%d}", 性别="男性" if first.application["性别"] == "男" else "女性",
                 推荐区县="高新区", 在职在聘="√", 固定场所="有", 备注="写法不规范，内容无误",
                 **{"承诺配套资金(元)": "12万元", "面积(㎡)": "６０平方米"}),
        _changed(second, 技能等级="高级工", **{"承诺配套资金(元)": "捌万元整"}),
        _changed(third, 身份证号=float(third.application["身份证号"][:17] + "0")),
        _changed(fourth, 统一社会信用代码=fourth.application["统一社会信用代码"][:-1] + "I", 领办人手机="1390000", 参加工作时间="二〇〇八年七月"),
        _changed(fifth, 产业集群="其他", 载体类型="其他", **{"面积(㎡)": 26}),
        _changed(sixth, 初审意见=None, 在职在聘="否", 配套承诺盖章="看情况", 发证日期=2018.1),
        _changed(seventh, 身份证号=number[:-1] + ("1" if number[-1] != "1" else "2"), 退休类别=None),
        _changed(eighth, **{key: elsewhere.application[key] for key in ("领办人", "身份证号", "性别", "出生日期", "退休类别", "参加工作时间")}),
    ]


def filled_in(law: Regulation, district: str, year: int, filled: date, people: Sequence[Invented],
              nil: bool = False) -> bytes:
    """The district's empty workbook with applications, teams, awards and papers written into its input cells."""
    data = _empty(district, year)
    rows = {"推荐汇总": [each.application for each in people],
            "团队成员": [member | {"工作室名称": _studio(law, each)} for each in people for member in each.team],
            "获奖情况": [award | {"工作室名称": _studio(law, each)} for each in people for award in each.awards],
            "材料清单": [each.materials | {"工作室名称": _studio(law, each)} for each in people]}
    book = read.from_bytes(data, "模板.xlsx")
    edits = [change for sheet in RECOMMENDATION.sheets for change in _cells(book, sheet, rows[sheet.name])]
    done = edit.apply(data, [*edits, *_facts(book, {"填报日期": filled, "本区县无推荐": "是" if nil else "否"})])
    return refresh(done, on=filled).data


@cache
def _empty(district: str, year: int) -> bytes:
    return fresh.workbook(RECOMMENDATION, district=district, year=year)


def _studio(law: Regulation, each: Invented) -> str:
    return f"{each.application['领办人']}{each.application['职业(工种)']}{law.facts['studio_suffix']}"


def _cells(book: Book, sheet: Sheet, rows: Sequence[Mapping[str, edit.CellValue]]) -> Iterator[edit.SetCell]:
    grid = next(grid for grid in book.grids if grid.name == sheet.name)
    layout = headers.find(grid, sheet)
    assert layout is not None, "our own template"
    for number, row in enumerate(rows, layout.row + 1):
        for header, value in row.items():
            if header in layout.columns:
                yield edit.SetCell(sheet.name, number, layout.columns[header], value)


def _facts(book: Book, values: Mapping[str, edit.CellValue]) -> Iterator[edit.SetCell]:
    sheet = RECOMMENDATION.sheets[0]
    grid = next(grid for grid in book.grids if grid.name == sheet.name)
    for row, cells in enumerate(grid.rows[:8]):
        for column, cell in enumerate(cells):
            label = str(cell or "").rstrip("：:")
            if label in values:
                yield edit.SetCell(sheet.name, row, _behind(grid, row, column), values[label])


def _behind(grid: Grid, row: int, column: int) -> int:
    """The column right of a label, also where the label is merged over several."""
    return next((last for top, first, _, last in grid.merged if (top, first) == (row, column)), column) + 1


def _as_xls(data: bytes) -> bytes:
    """The workbook's values as older programs save them."""
    return as_xls(read.from_bytes(data, "报表.xlsx").grids)
