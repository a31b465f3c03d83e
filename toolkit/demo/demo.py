"""The demonstration: eight invented districts' returns, checked, merged, published, and three studios assessed. Every person and unit is made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from toolkit.demo.demo_assessment import assessment
from toolkit.demo.demo_review import arrange, review
from toolkit.demo.demo_years import FOLDER, years
from toolkit.demo.invention import Invented, applications
from toolkit.demo.old_excel import as_xls
from toolkit.errors import UserError
from toolkit.forms import RECOMMENDATION
from toolkit.forms.model import Sheet
from toolkit.jobs import merge as merging
from toolkit.jobs.documents import NAMED_LIST, NAMING_NOTICE, PUBLIC_NOTICE, documents
from toolkit.jobs.keeping import ARCHIVE, BACKUPS
from toolkit.pages import fresh, register
from toolkit.regulation import Regulation, in_force
from toolkit.returns import headers
from toolkit.sheets import edit, read
from toolkit.sheets.grid import Book, Grid
from toolkit.sheets.recalculate import refresh

PARAMETERS = {
    "contact_office": "职业能力建设科（虚构）", "contact_phone": "0991-7000000", "contact_address": "乌鲁木齐市虚构路1号",
    "contact_email": "shili@example.cn", "supervision_phone": "0991-7000001",
    "naming_document_number": "乌人社发〔{year}〕999号"}


def demo(folder: Path, now: datetime) -> Iterator[str]:
    """Run the whole road in `folder`; says step by step what lies where. A second run merges again and changes nothing."""
    law, year = in_force(now.date()), now.year
    returns, book = folder / f"区县报表_{year}", folder / "工作室管理台账.xlsm"
    if folder.exists() and not returns.is_dir() and any(folder.iterdir()):
        raise UserError(f"“{folder}”里已有别的文件。请换一个空文件夹做演示。")
    if not returns.is_dir():
        returns.mkdir(parents=True)
        for name, data in invented_returns(law, year, now.date()):
            (returns / name).write_bytes(data)
    yield f"一、虚构的区（县）报表在 {returns}"
    order = merging.order_for(returns, year, ledger=book, out=folder / "合并结果")
    report = merging.merge(order, now)
    plan = report.plan
    assert plan is not None, "a merge plans"
    yield f"二、校验并合并：错误{report.errors}条；台账新增{len(plan.added)}行，更新{len(plan.changed)}行，未变{plan.unchanged}行"
    yield f"　　标记副本、合并结果、回执在 {order.out}"
    arrange(book, law, year, PARAMETERS, now)
    yield from review(folder / "评审", book, law, year, now)
    yield from _documents(folder / "公文", book, now)
    yield from assessment(folder / "期满考核", book, now.date())
    yield from years(folder / FOLDER, book, now)
    yield f"台账在 {book}，原件在 {folder / ARCHIVE}，备份在 {folder / BACKUPS}"


def _documents(out: Path, book: Path, now: datetime) -> Iterator[str]:
    published = now.date()
    opened = register.load(book, in_force(published))
    registered = [row["公示发布日"] for row in opened.standing.records("公示命名") if row["公示发布日"]]
    published = max(registered, default=published)
    notice = documents(PUBLIC_NOTICE, book, out, published, now)
    yield f"四、公示 {notice.outputs[0]}"
    last = max(row["公示止日"] for row in register.load(book, in_force(published)).standing.records("公示命名"))
    for kind in (NAMING_NOTICE, NAMED_LIST):
        report = documents(kind, book, out, last + timedelta(days=1), now)
        yield f"五、{kind} {report.outputs[0]}"


# ---- 虚构的报表 ----

def invented_returns(law: Regulation, year: int, filled: date) -> Iterator[tuple[str, bytes]]:
    """File name and content: clean, .xls, dirty, nil, twice, two ordinary; 头屯河区 returns nothing."""
    def some(district: str, count: int, seed: int, day: date = filled) -> list[Invented]:
        return list(applications(law, district, count, day, seed))

    earlier = filled - timedelta(days=6)
    yield f"天山区_区县推荐汇总表_{year}.xlsx", filled_in(law, "天山区", year, filled, some("天山区", 5, 1))
    yield f"沙依巴克区推荐表{year}.xls", _as_xls(filled_in(law, "沙依巴克区", year, filled, some("沙依巴克区", 4, 2)))
    yield "新市区（高新区）报送.xlsx", filled_in(law, "新市区", year, filled, _dirty(some("新市区", 8, 3), some("天山区", 1, 1)[0]))
    yield f"水磨沟区_区县推荐汇总表_{year}.xlsx", filled_in(law, "水磨沟区", year, filled, [], nil=True)
    twice = some("达坂城区", 2, 5, earlier)
    yield f"达坂城区_{year}.xlsx", filled_in(law, "达坂城区", year, earlier, twice)
    yield f"达坂城区_{year}（补报）.xlsx", filled_in(law, "达坂城区", year, filled, [
        _changed(twice[0], 备注="补报：承诺配套资金增加", **{"承诺配套资金(元)": 200000}), twice[1]])
    yield f"米东区_区县推荐汇总表_{year}.xlsx", filled_in(law, "米东区", year, filled, some("米东区", 4, 6))
    county = some("乌鲁木齐县", 3, 7)
    county[1] = _changed(county[1], 备注="场地扩建中，明年6月交付", **{"面积(㎡)": 24})
    yield f"乌鲁木齐县_区县推荐汇总表_{year}.xlsx", filled_in(law, "乌鲁木齐县", year, filled, county)
    yield "报送说明.txt", "各区（县）报送情况说明（演示用，不是报表）".encode()


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
