"""综合统计：数与台账自己的函数一致，各表合计相同，读不懂的单列并指出，有原生图表。"""

import zipfile
from datetime import date

from typer.testing import CliRunner

from tests.jobs.test_due import book  # noqa: F401 - fixture
from tests.ledger.moving import NAMED, NUMBER, applied, result, studio
from toolkit.cli import app
from toolkit.forms.register_rows import ApplicationRow
from toolkit.jobs.act import opened_ledger
from toolkit.jobs.statistics import (
    APPLIED,
    BOOK,
    BY_CLUSTER,
    BY_DISTRICT,
    BY_STATE,
    BY_UNIT,
    BY_YEAR,
    MATCHED,
    PAID,
    PASSED,
    RECOVERED,
    SPENT,
    TOTAL,
    UNREADABLE,
    VALID_NOW,
    statistics,
    tables_of,
)
from toolkit.jobs.statistics import (
    NAMED as STUDIOS,
)
from toolkit.ledger import money, subjects
from toolkit.sheets import read

ON = date(2026, 12, 8)


def entered(**changes):
    """An application in the columns of 申报批次."""
    headers = {field.header for field in ApplicationRow.fields.values()}
    return {header: value for header, value in applied(**changes).items() if header in headers}


def entry(kind, amount, **more):
    return {"工作室编号": NUMBER, "工作室名称": "赵一焊工技能大师工作室", "日期": date(2025, 5, 1), "类别": kind, "金额(元)": amount} | more


def full(book):  # noqa: F811
    other = studio(工作室编号="2025-02", 工作室名称="王五车工技能大师工作室", 区县="米东区", 状态="已届满", **{"补助额(元)": 100000})
    return book(工作室=[studio(), other], 申报批次=[entered(年度=2025, 评审结论="通过"), entered(工作室名称="李四电工技能大师工作室", 评审结论="不通过")],
                经费=[entry("补助拨付", 100000), entry("配套到位", 120000), entry("支出", 5000, 资金来源="市级补助", 用途类别="设施设备"), entry("追回", 700)],
                期满考核=[result("合格", 75)])


def line(table, group):
    return table[table.iloc[:, 0] == group].iloc[0]


def test_the_numbers_are_those_of_the_ledger(book):  # noqa: F811
    issuing, told = opened_ledger(full(book), ON), []
    tables, watch = tables_of(issuing, told), issuing.watch
    law, passes = issuing.law, issuing.law.lists["review_results"].where("passes")
    assert told == []
    for name in (BY_YEAR, BY_DISTRICT, BY_CLUSTER, BY_UNIT):
        sums = line(tables[name], TOTAL)
        assert sums[APPLIED] == len(issuing.books.applications) == 2
        assert sums[PASSED] == sum(row.review in passes for row in issuing.books.applications) == 1
        assert sums[STUDIOS] == len(watch.studios) == 2 and sums[VALID_NOW] == sum(each.counts for each in watch.studios) == 1
        assert sums[PAID] == sum(money.subsidy_paid(each, law) for each in watch.studios) == 200000
        assert sums[MATCHED] == 120000 and sums[SPENT] == 5000 and sums[RECOVERED] == sum(money.recovered(each, law) for each in watch.studios) == 700
        assert sums["合格"] == 1 and sums["优秀"] == sums["不合格"] == 0
    assert line(tables[BY_DISTRICT], "米东区")[STUDIOS] == 1 and list(tables[BY_DISTRICT].iloc[:, 0])[-1] == TOTAL
    assert line(tables[BY_YEAR], str(NAMED.year))[STUDIOS] == 2 and line(tables[BY_YEAR], "2026")[APPLIED] == 1


def test_states_are_those_of_the_ledger(finished_demo):
    issuing = opened_ledger(finished_demo.ledger, ON)
    table = tables_of(issuing, [])[BY_STATE]
    expected = [subjects.of_application(row, issuing.watch).stage for row in issuing.books.applications]
    assert {row.iloc[0]: row[APPLIED] for _, row in table.iterrows() if row[APPLIED] and row.iloc[0] != TOTAL} == {
        state: expected.count(state) for state in expected}
    assert line(table, TOTAL)[STUDIOS] == len(issuing.watch.studios)


def test_what_cannot_be_read_is_a_group_of_its_own_and_named(book):  # noqa: F811
    issuing, told = opened_ledger(book(申报批次=[entered(评审结论="差不多")], 工作室=[studio(建设周期起="去年")]), ON), []
    tables = tables_of(issuing, told)
    assert line(tables[BY_YEAR], UNREADABLE)[STUDIOS] == 1 and line(tables[BY_YEAR], TOTAL)[PASSED] == 0
    assert line(tables[BY_STATE], UNREADABLE)[APPLIED] == 1
    assert {found.place.field for found in told} == {"评审结论", "建设周期起"} and len(told) == 2


def test_an_empty_ledger_gives_empty_tables(book, tmp_path):  # noqa: F811
    report = statistics(book(), ON, tmp_path / "出")
    assert report.outputs[0].is_file() and report.findings == []


def test_the_workbook_has_a_sheet_a_group_and_native_charts(finished_demo, tmp_path):
    done = CliRunner().invoke(app, ["statistics", "--ledger", str(finished_demo.ledger), "--on", str(ON), "--out", str(tmp_path / "出")])
    path = tmp_path / "出" / f"{BOOK}_{ON}.xlsx"
    assert done.exit_code == 0 and path.name in done.stdout
    assert [grid.name for grid in read.workbook(path).grids] == [BY_YEAR, BY_DISTRICT, BY_CLUSTER, BY_UNIT, BY_STATE]
    with zipfile.ZipFile(path) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) >= 5
