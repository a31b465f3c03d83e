"""看板 says what the registers and 到期提醒 say: the page read back from LibreOffice beside Python's own functions."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.ledger.test_dues import ENDS, GOALS, NAME, NAMED, REPORTS, applied, changed, named, revoked, studio
from tests.office import convert
from tests.recalculated import without_values
from tests.returns.make import LAW
from toolkit.demo.demo import demo
from toolkit.forms import LEDGER
from toolkit.forms.register_rows import ApplicationRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.jobs.due import board_edits, due, dues_of
from toolkit.jobs.keeping import FileKeeper
from toolkit.ledger import money, subjects
from toolkit.ledger.arrangements import days_off
from toolkit.ledger.books import Books
from toolkit.ledger.dues import OVERDUE, PARTIES, SOON, STATES, TODAY
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.ledger_rows import LedgerRow
from toolkit.ledger.overview import UNREADABLE
from toolkit.ledger.plan import Plan
from toolkit.pages import board_cells, fresh, register
from toolkit.pages.board_cells import DASHBOARD_SHEET, DUE_ROW, FIGURES_SHEET, LEFT, NOTHING, TILE_ROW, BoardBlocks
from toolkit.pages.layout import FIRST_ROW
from toolkit.sheets import edit, read
from toolkit.sheets.grid import Book

ON = date(2026, 12, 5)
AT = datetime(2026, 12, 5, 9, 30)
OTHER = ("李四电工技能大师工作室", "王五车工技能大师工作室", "周六钳工技能大师工作室", "吴七铣工技能大师工作室", "郑八磨工技能大师工作室")


def each(row, number, **changes):
    return row | {"工作室编号": f"2024-{number:02d}", "工作室名称": OTHER[number - 2]} | changes


EVERYTHING = {
    "工作室": [studio(), each(studio(), 2, 等次="优秀", 期满得分=95, 区县="米东区"), each(studio(), 3, 状态="已届满", 等次="合格", 期满得分=70),
            each(studio(), 4, 状态="退休保牌"), each(studio(), 5, 建设周期止=ON + timedelta(20)), each(studio(), 6, 等次="不合格", 期满得分=40, 状态="年底")],
    "申报批次": [applied(身份证号=None), applied(工作室名称="甲焊工技能大师工作室", 申报状态="挂起"), applied(工作室名称="乙焊工技能大师工作室", 申报状态="已受理"),
             applied(工作室名称="丙焊工技能大师工作室", 申报状态="已受理", 评审结论="缓议"), applied(工作室名称="丁焊工技能大师工作室", 申报状态="已受理", 评审结论="通过"),
             applied(工作室名称="戊焊工技能大师工作室", 申报状态="已受理", 评审结论="不通过"), applied(年度=2025, 工作室名称="己焊工技能大师工作室", 申报状态="已受理"),
             applied(工作室名称="庚焊工技能大师工作室", 申报状态="已受理", 评审结论="通过")],
    "公示命名": [named(工作室名称="庚焊工技能大师工作室", 公示发布日=ON, 公示止日=ON + timedelta(9))],
    "经费": [{"工作室名称": NAME, "类别": "补助拨付", "资金来源": "市级补助", "日期": date(2025, 1, 5), "金额(元)": 90000.5},
           {"工作室名称": NAME, "类别": "支出", "资金来源": "市级补助", "用途类别": "设施设备", "日期": date(2025, 2, 5), "金额(元)": 60000},
           {"工作室名称": "冯九铣工技能大师工作室", "类别": "追回", "日期": date(2026, 11, 5), "金额(元)": 30000}],
    "撤销追缴禁申": [revoked(工作室名称="冯九铣工技能大师工作室", 已追回额=None, **{"已追回额(元)": 20000}), revoked(工作室名称="陈十铣工技能大师工作室", 依据条款="第二十条（一）")],
    "变更与重大事项": [changed()], "年度评估": REPORTS, "目标任务": GOALS}
EVERYTHING["工作室"].append(each(studio(), 2, 工作室编号="2024-09", 工作室名称="冯九铣工技能大师工作室"))
EVERYTHING["撤销追缴禁申"][0].pop("已追回额")


def written(tmp_path, tables, parameters=()):
    """A ledger with the rows."""
    empty = fresh.workbook(LEDGER)
    places = register.open_ledger(empty, "台账.xlsx", LAW).standing.tables
    edits = [edit.AppendRows(sheet, FIRST_ROW, [{places[sheet].layout.columns[header]: value for header, value in row.items() if value is not None}
                                                for row in rows]) for sheet, rows in tables.items()]
    lines = {row["参数"]: row.row for row in places["参数"].records}
    edits += [edit.SetCell("参数", lines[name], places["参数"].layout.columns["取值"], value) for name, value in dict(parameters).items()]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(edit.apply(empty, edits))
    return path


def shown(path, tmp_path, on=ON, at=AT) -> Book:
    """The ledger with its page brought up to date, as LibreOffice computes it."""
    return computed(edit.apply(path.read_bytes(), board_edits(FileKeeper(path), on, at)), tmp_path)


def computed(data, tmp_path) -> Book:
    (tmp_path / "看板.xlsx").write_bytes(without_values(data))
    (tmp_path / "算后").mkdir()
    return read.workbook(convert(tmp_path / "看板.xlsx", "xlsx", tmp_path / "算后"))


def page(book, name=DASHBOARD_SHEET):
    return next(grid for grid in book.grids if grid.name == name).rows


def values(rows, block):
    return {name: rows[row][block.column] for row, name in enumerate(block.names, block.first)}


def agrees(path, book, on):
    """Every number of the page beside the functions that decide."""
    ledger, rows = register.load(path, LAW), page(book)
    law = ledger.standing.parameters(LAW)
    books = Books(ledger.standing)
    watch, blocks = Watch(books, law, on, days_off(books, law)), BoardBlocks.of(law)
    found = dues_of(ledger, LAW, on)
    assert found == due(path, on).dues

    def stage(subject):
        try:
            return subject.stage
        except UnreadableCell:
            return UNREADABLE

    own = [subjects.of_application(row, watch) for row in books.applications if row.record.values.get(ApplicationRow.year.header) == on.year]
    for block, counted in ((blocks.applications, Counter(map(stage, own))),
                           (blocks.studios, Counter(stage(subjects.of_studio(each, watch)) for each in watch.studios))):
        assert values(rows, block) == {name: counted[name] for name in block.names}
        assert rows[block.row + 1][block.column] == (sum(counted.values()) or NOTHING) and set(counted) <= set(block.names)
    assert values(rows, blocks.parties) == {who: sum(each.who == who for each in found) for who in PARTIES}
    assert rows[TILE_ROW][LEFT + 6] == sum(each.state in (TODAY, SOON) for each in found)
    assert rows[TILE_ROW][LEFT + 9] == sum(each.state == OVERDUE for each in found)
    assert rows[TILE_ROW + 1][LEFT + 6] == f"{law['due_soon_days']}天内到期"
    listed = [(row[1], row[4], row[5], row[8] or "", row[12]) for row in rows[DUE_ROW + 2:DUE_ROW + 10] if len(row) > 1 and row[1]]
    pressing = sorted(found, key=lambda each: (STATES.index(each.state), each.date or date.max))
    assert listed == [(each.state, each.days, each.who, each.studio, each.what) for each in pressing[:8]]
    linked = [row[17] for row in rows[DUE_ROW + 2:DUE_ROW + 10] if len(row) > 17 and row[17]]
    assert linked == [f"{each.place.sheet} {each.place.cell}" for each in pressing[:8]]
    return rows, blocks, watch


def test_an_empty_ledger_says_that_there_is_nothing(tmp_path):
    path = written(tmp_path, {})
    rows, blocks, _ = agrees(path, shown(path, tmp_path), ON)
    assert rows[blocks.applications.row + 1][blocks.applications.column] == NOTHING
    assert [value for value in rows[TILE_ROW] if value is not None] == [0, 0, 0, 0, 0, "—"]
    assert rows[DUE_ROW + 2][12] == NOTHING


def test_a_ledger_in_which_every_state_occurs(tmp_path):
    path = written(tmp_path, EVERYTHING)
    rows, blocks, watch = agrees(path, book := shown(path, tmp_path), ON)
    stages, named_stages = values(rows, blocks.applications), values(rows, blocks.studios)
    assert {name for name, count in stages.items() if count} >= {"待说明", "挂起", "已受理", "缓议", "评审未通过", "公示中"}
    assert {name for name, count in named_stages.items() if count} >= {"期满考核", "考核合格", "已届满", "退休保牌", "已撤销", UNREADABLE}
    assert values(rows, blocks.results) == {"优秀": 1, "合格": 1, "不合格": 1, "未考": 2}
    assert values(rows, blocks.money) == {
        "补助已拨付": 690000.5, "配套已到位": 700000, "已支出": 1260000, "应追回": 200000, "已追回": 130000}
    paid = sum(money.subsidy_paid(each, watch.law) for each in watch.studios)
    assert rows[TILE_ROW][LEFT + 12] == float(paid / 10000) and rows[TILE_ROW][LEFT + 15] == pytest.approx(float(Decimal(700000) / paid), abs=1e-6)
    figures = {row[0]: row[1:3] for row in page(book, FIGURES_SHEET) if row[0] in LAW.lists["districts"].names}
    assert sum(count for _, count in figures.values()) == 7 and figures["米东区"] == (1, 7)
    assert sum(count for count, _ in figures.values()) == rows[TILE_ROW][LEFT]


def test_the_demonstration(tmp_path):
    folder = tmp_path / "演示"
    list(demo(folder, datetime.now()))
    path, today = folder / "工作室管理台账.xlsm", datetime.now()
    standing = page(register.load(path, LAW).book)
    assert standing[1][3] is not None and standing[TILE_ROW][4] > 10, "写入台账时已经更新"
    (tmp_path / "看").mkdir()
    agrees(path, shown(path, tmp_path / "看", today.date(), today), today.date())


@pytest.mark.rule("R21")
def test_days_are_counted_as_the_bureau_set_them(tmp_path):
    path = written(tmp_path, {"工作室": [studio()], "年度评估": REPORTS, "目标任务": GOALS}, {"due_soon_days": 8})
    on = ENDS - timedelta(9)
    rows, *_ = agrees(path, shown(path, tmp_path, on, datetime.combine(on, AT.time())), on)
    assert rows[TILE_ROW + 1][LEFT + 6] == "8天内到期" and rows[TILE_ROW][LEFT + 6] == 0


@pytest.mark.parametrize("days, said", [(0, ""), (3, "这是3天以前的数，请点“到期提醒”更新。")])
def test_numbers_of_another_day_say_so(tmp_path, days, said):
    today = date.today()
    path = written(tmp_path, {})
    rows = page(shown(path, tmp_path, today - timedelta(days), datetime.now()))
    assert ((rows[2][1] if len(rows[2]) > 1 else None) or "") == said


def test_a_page_that_shows_less_than_before_leaves_nothing_standing(tmp_path):
    path = written(tmp_path, EVERYTHING)
    path.write_bytes(edit.apply(path.read_bytes(), board_edits(FileKeeper(path), ON, AT)))
    data = edit.apply(path.read_bytes(), board_cells.edits(_seen_empty(tmp_path), LAW, AT))
    rows = page(computed(data, tmp_path))
    assert [row[1] for row in rows[DUE_ROW + 2:DUE_ROW + 10] if len(row) > 1 and row[1]] == [] and rows[DUE_ROW + 2][12] == NOTHING


def _seen_empty(tmp_path):
    from toolkit.ledger.overview import of_books
    from toolkit.regulation.calendar import holidays

    (tmp_path / "空").mkdir()
    ledger = register.load(written(tmp_path / "空", {}), LAW)
    return of_books(Books(ledger.standing), LAW, ON, holidays())


def test_a_ledger_of_an_earlier_version_keeps_the_page_it_has(tmp_path):
    path = written(tmp_path, {})
    path.write_bytes(edit.apply(path.read_bytes(), [edit.SetCell(DASHBOARD_SHEET, board_cells.BLOCK_ROW, LEFT, "各区（县）有效工作室")]))
    assert board_edits(FileKeeper(path), ON, AT) == []
    ledger = register.load(path, LAW)
    assert board_cells.after(ledger.book, ledger.standing, Plan(), LAW, AT) == []


def test_parameters_that_cannot_be_read_stop_no_write(tmp_path):
    ledger = register.load(written(tmp_path, {"公示命名": [named(命名日期=NAMED)]}, {"due_soon_days": "很久"}), LAW)
    assert board_cells.after(ledger.book, ledger.standing, Plan(), LAW, AT) == []


@pytest.mark.rule("R10")
def test_what_a_merge_writes_is_told_as_it_is_due_then(tmp_path):
    """The terms that run from the entry, and the returns that came in, are there when the numbers are."""
    path = written(tmp_path, {"年度安排": [{"年度": 2026, "申报截止日": ON + timedelta(5)}]})
    told = applied(申报状态="待说明", 推荐区县="米东区")
    told.pop("入账时间")
    plan = Plan(added=[LedgerRow("申报批次", (), told)],
                received=[LedgerRow("报表登记", (), {"年度": 2026, "区县": "天山区", "报表": "区县推荐汇总表", "无推荐": "是"})])
    entry = register.Entry(AT, "合并区县报表", "经办人", "2026年度", "新增1行")
    data = edit.apply(path.read_bytes(), register.edits(register.load(path, LAW), plan, entry, LAW))
    path.write_bytes(data)
    assert [due.state for due in due(path, ON).dues if due.studio] == [SOON] and "天山区" not in [due.district for due in due(path, ON).dues]
    again = edit.apply(data, board_edits(FileKeeper(path), ON, AT))
    figures = [page(read.from_bytes(each, "台账.xlsx"), FIGURES_SHEET) for each in (data, again)]
    assert figures[0] == figures[1]
