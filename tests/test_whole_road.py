"""The whole road as a clerk walks it: from empty templates to the last instalment of a revoked studio's subsidy, with commands on files and
white cells alone. After each step the toolkit itself has to say what comes next. All names invented.

Source: 乌人社规〔2023〕1号 第九条至第二十条
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests import road_forms as forms
from tests.clerk import Clerk, WhiteCells, sent_in, typed_below, typed_over
from tests.road_forms import (
    ASSESSED,
    DECIDED,
    DISTRICT,
    FIRST_HALF,
    LAST_HALF,
    MERGED,
    NAMED,
    NAMING,
    OBJECTED,
    PUBLISHED,
    REFUSED,
    REVOKED,
    SENT,
    SIGNED,
    VOTED,
    YEAR_END,
)


class Road:
    """The desk: a folder with the ledger, and the clerk before it."""

    def __init__(self, clerk: Clerk, folder: Path) -> None:
        self.clerk, self.folder, self.ledger, self.papers = clerk, folder, folder / "工作室管理台账.xlsm", folder / "公文"

    def on_ledger(self, *arguments: object, status: int = 0) -> str:
        return self.clerk.run(*arguments, "--ledger", self.ledger, status=status).out

    def paper(self, kind: str, *more: object) -> str:
        """One kind of document; what is said after it."""
        return self.on_ledger("docs", kind, "--out", self.papers, *more)

    def refused(self, *arguments: object) -> str:
        """Why a command could not go on."""
        return self.clerk.run(*arguments, "--ledger", self.ledger, status=2).error

    def act(self, move: str, studio: str, **cells: object) -> str:
        return self.on_ledger("act", move, *(f"{header}={value}" for header, value in cells.items()), "--studio", studio)

    def merged(self, form: str, year: int, *returns: Path) -> str:
        """Returns checked, put into a folder of their own and merged."""
        folder = self.folder / "收到" / f"{form}_{year}"
        for path in returns:
            sent_in(path, folder)
        return self.on_ledger("merge", folder, "--year", year, "--form", form, "--out", self.folder / "合并结果")

    def new(self, form: str, *more: object) -> list[Path]:
        """Workbooks made from the ledger."""
        out = self.folder / form
        self.on_ledger("new", form, "--out", out, *more)
        return sorted(out.iterdir())

    def due(self, *who: str) -> list[tuple[str, str]]:
        """What is due of one party, or all: whose, by which means (kind and name)."""
        told = self.clerk.run("due", "--ledger", self.ledger, "--on", self.clerk.on, "--json", *(f"--who={each}" for each in who)).json["due"]
        return [(each["studio"], means["name"]) for each in told for means in each["means"]]


@pytest.fixture
def road(monkeypatch, capsys, tmp_path):
    return Road(Clerk(monkeypatch, capsys, date(2026, 10, 12)), tmp_path)


@pytest.mark.rule("R09-1", "R09-2", "R10", "R11", "R12-1", "R12-2", "R13-1", "R17", "R19-1", "R19-2", "R19-3", "R19-4")
def test_from_empty_templates_to_the_last_instalment(road):
    _arranged(road)
    _gathered(road)
    _reviewed(road)
    _named(road)
    _in_its_years(road)
    _failed(road)
    _revoked_and_recovered(road)
    _whole_at_the_end(road)


def _arranged(road):
    said = road.clerk.run("new", "工作室管理台账", "--out", road.folder).out
    assert "接下来：在“年度安排”表填" in said
    typed_below(road.ledger, "年度安排", forms.ARRANGED)
    assert "没有发现问题" in road.clerk.run("check", road.ledger).out


def _gathered(road):
    """The units' applications, the district's table, the bureau's merge."""
    clerk, sent = road.clerk, road.folder / "申报"
    clerk.on = SENT
    sent.mkdir()
    clerk.run("new", "申报工作簿", "--district", "天山区", "--year", 2026, "--out", road.folder / "空表")
    for serial, (_, unit) in enumerate(forms.UNITS, 1):
        path = Path(shutil.copy(next((road.folder / "空表").iterdir()), sent / f"{unit}.xlsm"))
        assert "没有发现问题" in clerk.run("check", forms.applied(path, serial)).out
    clerk.on = DISTRICT
    clerk.run("new", "区县推荐汇总表", "--district", "天山区", "--year", 2026, "--deadline", "2026-10-30", "--out", road.folder)
    table = road.folder / "天山区_区县推荐汇总表_2026.xlsm"
    said = clerk.run("gather", sent, "--into", table).out
    assert "新汇入2件" in said and "接下来：核对“天山区_区县推荐汇总表_2026.xlsm”，填好职业道德核查、初审意见、初审日期和填报日期" in said
    assert "没有填报日期" in clerk.run("check", table, status=1).out
    assert "没有发现问题" in clerk.run("check", forms.pre_reviewed(table)).out
    clerk.on = MERGED
    assert "接下来" in (said := road.merged("区县推荐汇总表", 2026, table)) and "2026年度已受理2件申报，还没有评审" in said
    assert ("", "评审表决") in road.due("市局") and road.due("区县").count(("", "催报函")) == 7
    assert "请用“评审表决”表评审后入账" in road.refused("docs", "公示", "--out", road.papers)


def _reviewed(road):
    path, = road.new("评审表决", "--year", 2026)
    road.clerk.on = VOTED
    assert "没有发现问题" in road.clerk.run("check", forms.voted(path)).out
    assert "2026年度评审通过2件，还没有公示" in road.merged("评审表决", 2026, path)
    assert ("", "公示") in road.due("市局")


def _named(road):
    """Publicity, two objections, the naming, what is reported and paid."""
    clerk = road.clerk
    clerk.on = PUBLISHED
    lacking = road.refused("docs", "公示", "--out", road.papers)
    assert all(label in lacking for label in forms.CONTACT) and "请在台账“参数”表填写" in lacking
    typed_over(road.ledger, "参数", "名称", "取值", forms.CONTACT)
    assert "办理“登记异议”" in road.paper("公示")
    clerk.on = OBJECTED
    for studio in (NAMED, REFUSED):
        assert "现在是“公示中”" in (said := road.act("登记异议", studio)) and "办理“异议成立”；办理“异议不成立”" in said
    clerk.on = DECIDED
    assert "次日起可以命名" in road.act("异议不成立", NAMED, 处理理由="经查与申报条件无关（虚构）")
    assert "现在是“不予命名”" in road.act("异议成立", REFUSED, 处理理由="场地不实，单位书面认可（虚构）")
    assert [studio for studio, _ in road.due("市局")] == [NAMED], "不予命名的不再提醒"
    assert "公示期还没有满" in road.refused("docs", "命名授牌通知", "--out", road.papers)
    clerk.on = NAMING
    assert (NAMED, "命名授牌通知") in road.due("市局")
    said = road.paper("命名授牌通知")
    assert "生成公文“经费拨付通知”" in said and "生成公文“备案报告”" in said and f"“{REFUSED}”的异议成立，不予命名" in said
    road.paper("授牌名单")
    assert "--number" in road.refused("docs", "备案报告", "--out", road.papers)
    said = road.paper("备案报告", "--number", "乌人社报〔2026〕1号")
    assert f"“{REFUSED}”的异议成立，不予命名" in said and "请命名后再报备案" not in said
    assert "目标任务书" in road.paper("经费拨付通知", "--number", "乌人社发〔2026〕10号")
    assert road.due("市局") == []


def _in_its_years(road):
    """Goals, matching money, a year's evaluation."""
    clerk = road.clerk
    goals, = road.new("目标任务书", "--year", 2026)
    clerk.on = SIGNED
    assert "没有到期的事项" in road.merged("目标任务书", 2026, forms.agreed(goals))
    road.paper("目标任务书")
    assert "现在是“建设期”" in road.act("配套到位", NAMED, 日期=SIGNED, 凭证号="记2", **{"金额(元)": 100000})
    clerk.on = YEAR_END
    assert {(NAMED, "年度绩效评估表"), (NAMED, "登记活动")} <= set(road.due())
    yearly, = road.new("年度绩效评估表", "--year", 2027)
    assert "没有发现问题" in clerk.run("check", forms.evaluated(yearly)).out
    road.merged("年度绩效评估表", 2027, yearly)
    assert (NAMED, "年度绩效评估表") not in road.due()
    road.paper("年度评估通报", "--year", 2027, "--number", "乌人社发〔2027〕30号")


def _failed(road):
    """The assessment at the end: nothing to show, a reason for every item."""
    clerk = road.clerk
    clerk.on = ASSESSED
    assert (NAMED, "期满考核评分表") in road.due("区县")
    path, = road.new("期满考核评分表")
    half = road.on_ledger("score", sent_in(forms.half_scored(path), road.folder / "没填完"), status=1)
    assert "确实没有的改填0，写明理由" in half
    sent_in(forms.scored_whole(path), road.folder / "评分表")
    said = road.on_ledger("score", road.folder / "评分表", "--out", road.folder / "考核结果")
    assert "不合格" in said and "接下来：核对“天山区_区县考核汇总表_2028.xlsx”，盖章后连同评分表报市局" in said
    summary, = (road.folder / "考核结果").glob("*区县考核汇总表*")
    assert "办理“认定考核不合格撤销”" in road.merged("区县考核汇总表", 2028, summary)


def _revoked_and_recovered(road):
    clerk = road.clerk
    clerk.on = REVOKED
    road.paper("考核结果通报", "--number", "乌人社发〔2028〕40号")
    assert "生成公文“撤销称号决定”" in road.act("认定考核不合格撤销", NAMED, 认定日=REVOKED, 认定依据="局长办公会纪要（虚构）")
    said = road.paper("撤销称号决定", "--number", "乌人社发〔2028〕41号")
    assert "办理“收回牌匾”" in said and "生成公文“追回资金通知书”" in said
    assert "办理“追回补助”" in road.paper("追回资金通知书", "--number", "乌人社函〔2028〕5号")
    clerk.on = FIRST_HALF
    road.act("收回牌匾", NAMED, 牌匾收回日=FIRST_HALF)
    assert "还有40,000元没有追回" in road.act("追回补助", NAMED, 日期=FIRST_HALF, 凭证号="收1", **{"金额(元)": 60000})
    clerk.on = LAST_HALF
    said = road.act("追回补助", NAMED, 日期=LAST_HALF, 凭证号="收2", **{"金额(元)": 40000})
    assert "现在是“已撤销”" in said and "没有要接着办的事" in said


def _whole_at_the_end(road):
    assert "没有到期的事项" in road.on_ledger("due")
    assert "没有发现问题" in road.clerk.run("check", road.ledger).out
    road.on_ledger("check", road.papers)
    road.on_ledger("case", NAMED, "--out", road.folder / "个案")
    case, = (road.folder / "个案").glob("*/*_个案档案.docx")
    assert case.stat().st_size and len(list((case.parent / "公文").iterdir())) == 10 and len(list((case.parent / "原件").iterdir())) == 5
    road.on_ledger("statistics", "--out", road.folder)
    assert not [said for said in road.clerk.everything if "程序出了问题" in said]


@pytest.mark.parametrize("form, sheet, header", [("区县推荐汇总表", "推荐汇总", "工作室名称"), ("区县考核汇总表", "考核汇总", "总分")])
def test_the_clerk_of_these_tests_cannot_write_a_grey_cell(road, form, sheet, header):
    road.clerk.run("new", form, "--district", "天山区", "--year", 2026, "--out", road.folder)
    path, = road.folder.glob("*.xlsm")
    with pytest.raises(AssertionError, match="是灰底格"):
        WhiteCells(path, SENT).rows(sheet, [{header: 1}])
