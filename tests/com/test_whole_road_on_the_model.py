"""The whole road in the open ledger: from the empty one to the last instalment of a revoked studio's subsidy, with its buttons and white cells,
on the stand-in for Excel. What districts and units send is filled in as files.

Source: 乌人社规〔2023〕1号 第九条至第二十条
"""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from tests import road_forms as forms
from tests.clerk import sent_in
from tests.com.test_buttons_on_the_model import excel  # noqa: F401 - the stand-in
from tests.road_forms import NAMED, REFUSED
from tests.test_case_buttons import CaseDesk
from toolkit import buttons
from toolkit.forms import APPLICATION_BOOK, ASSESSMENT, EVALUATION, GOALS, RECOMMENDATION, REVIEW, SUMMARY
from toolkit.forms.model import DUE_SHEET
from toolkit.jobs.check import check
from toolkit.jobs.gather import gather
from toolkit.jobs.new import new
from toolkit.jobs.score import score
from toolkit.pages.layout import FIRST_ROW
from toolkit.returns.values import shown


class RoadDesk(CaseDesk):
    """The bureau's clerk on a day: types into 办理, 个案办理 and white cells of the registers, presses the buttons, reads what is said."""

    def at_day(self, day: date, monkeypatch):
        class Day(date):
            @classmethod
            def today(cls):
                return day

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.combine(day, time(9, 30))

        self.day = day
        monkeypatch.setattr(buttons, "date", Day)
        monkeypatch.setattr(buttons, "datetime", Clock)
        return self

    def task(self, button, *alerts, **cells):
        """Cells of 办理 by their names without `task_`, the others cleared; what the button says."""
        for name in ("folder", "year", "form", "make", "kind", "date", "subject", "number", "trial"):
            self.book.names[f"task_{name}"].refers_to_range.value = cells.get(name)
        return self.press(button, *alerts)

    def paper(self, kind, number=None, **cells):
        said = self.task("docs", kind=kind, number=number, date=self.day, **cells)
        assert said.startswith("已生成"), (kind, said)
        return said

    def merged(self, form, year, folder):
        said = self.task("merge", folder=str(folder), year=year, form=form.name)
        assert said.startswith("预览：新增"), said
        said = self.press("commit")
        assert said.startswith("已入账"), said
        return said

    def made(self, form, year):
        """The workbook that 生成报表 writes."""
        said = self.task("make", make=form.name, year=year, date=self.day)
        path, = (Path(self.book.fullname).parent / "待填报表").glob(f"*{form.name}*")
        assert said.startswith(f"已生成“{path.name}”")
        return path

    def move(self, name, studio, **cells):
        """The state after the move, as the page says it."""
        self.choose(studio, name, self.day).press("case_options")
        said = self.fill(**{header: shown(value) for header, value in cells.items()}).press("case_preview")
        assert said.startswith("预览码 "), (name, said, self.words("不能办"))
        said = self.press("case_act")
        assert said.startswith(f"已办“{name}”"), said
        self.choose(studio, "", self.day)
        return self.press("case_options")

    def due(self):
        """Whose, and how it is done: the list that the button writes."""
        assert self.task("due", date=self.day).startswith(f"截至{self.day}")
        return [(row[5], row[7]) for row in self.values(DUE_SHEET) if row[1] in {"逾期", "今天", "将到期", "可办理"}]

    def type_below(self, sheet, row):
        """The first row of a register that holds none yet."""
        page = self.book.sheets[sheet]
        heads = page.range((FIRST_ROW, 1), (FIRST_ROW, 40)).value
        for header, value in row.items():
            page.range((FIRST_ROW + 1, heads.index(header) + 1)).value = value

    def type_parameters(self, values):
        page = self.book.sheets["参数"]
        rows = page.used_range.options(ndim=2).value
        heads = next(row for row in rows if "取值" in row)
        for number, row in enumerate(rows, 1):
            if row[heads.index("名称")] in values:
                page.range((number, heads.index("取值") + 1)).value = values[row[heads.index("名称")]]


@pytest.fixture
def desk(excel):  # noqa: F811 - the stand-in
    return RoadDesk(excel)


def district_table(folder: Path) -> Path:
    """The district's finished 推荐汇总表: two applications gathered, pre-reviewed."""
    for serial in (1, 2):
        path, = new(APPLICATION_BOOK.name, "天山区", 2026, folder / f"单位{serial}")
        sent_in(forms.applied(path, serial), folder / f"申报{serial}")
    table, = new(RECOMMENDATION.name, "天山区", 2026, folder)
    report = gather([folder / "申报1", folder / "申报2"], table, datetime.combine(forms.DISTRICT, time(9)))
    assert report.summary == "新汇入2件"
    return forms.pre_reviewed(table)


@pytest.mark.rule("R11", "R12-1", "R12-2", "R13-1", "R17", "R19-1", "R19-2", "R19-4")
def test_from_the_empty_ledger_to_the_last_instalment(desk, tmp_path, monkeypatch):
    ledger, = new("工作室管理台账", out=tmp_path / "台账")
    desk.open(ledger).at_day(forms.MERGED, monkeypatch)
    desk.type_below("年度安排", forms.ARRANGED)
    desk.type_parameters(forms.CONTACT)
    assert desk.press("check_ledger") == "没有发现问题。"
    table = district_table(tmp_path / "区县")
    desk.merged(RECOMMENDATION, 2026, sent_in(table, tmp_path / "推荐").parent)
    assert ("", "生成报表“评审表决”；点“合并区县报表”") in [(whose or "", how) for whose, how in desk.due()]
    _named(desk, tmp_path, monkeypatch)
    _in_its_years(desk, tmp_path, monkeypatch)
    _revoked(desk, tmp_path, monkeypatch)
    assert desk.due() == [] and desk.press("check_ledger") == "没有发现问题。"
    desk.book.save()
    assert not check([ledger], forms.LAST_HALF).findings


def _named(desk, tmp_path, monkeypatch):
    desk.at_day(forms.VOTED, monkeypatch)
    ballots = forms.voted(desk.made(REVIEW, 2026))
    desk.merged(REVIEW, 2026, sent_in(ballots, tmp_path / "评审").parent)
    desk.at_day(forms.PUBLISHED, monkeypatch).paper("公示")
    desk.at_day(forms.OBJECTED, monkeypatch)
    assert "公示中" in desk.move("登记异议", REFUSED)
    desk.at_day(forms.DECIDED, monkeypatch)
    assert "不予命名" in desk.move("异议成立", REFUSED, 处理理由="场地不实（虚构）")
    desk.at_day(forms.NAMING, monkeypatch)
    assert (NAMED, "生成公文“命名授牌通知”") in desk.due()
    desk.paper("命名授牌通知")
    desk.paper("授牌名单")
    desk.paper("备案报告", "乌人社报〔2026〕1号")
    desk.paper("经费拨付通知", "乌人社发〔2026〕10号")


def _in_its_years(desk, tmp_path, monkeypatch):
    desk.at_day(forms.SIGNED, monkeypatch)
    desk.merged(GOALS, 2026, sent_in(forms.agreed(desk.made(GOALS, 2026)), tmp_path / "任务书").parent)
    assert "建设期" in desk.move("配套到位", NAMED, 日期=forms.SIGNED, 凭证号="记2", **{"金额(元)": 100000})
    desk.at_day(forms.YEAR_END, monkeypatch)
    desk.merged(EVALUATION, 2027, sent_in(forms.evaluated(desk.made(EVALUATION, 2027)), tmp_path / "评估").parent)
    desk.paper("年度评估通报", "乌人社发〔2027〕30号")
    desk.at_day(forms.ASSESSED, monkeypatch)
    path = forms.scored_whole(forms.half_scored(desk.made(ASSESSMENT, 2028)))
    report = score([sent_in(path, tmp_path / "评分表").parent], forms.ASSESSED, out=tmp_path / "考核结果")
    assert [own.score.result for own in report.scores] == ["不合格"]
    summary = next((tmp_path / "考核结果").glob(f"*{SUMMARY.name}*"))
    desk.merged(SUMMARY, 2028, sent_in(summary, tmp_path / "考核汇总").parent)


def _revoked(desk, tmp_path, monkeypatch):
    desk.at_day(forms.REVOKED, monkeypatch)
    assert "待印发决定" in desk.move("认定考核不合格撤销", NAMED, 认定日=forms.REVOKED, 认定依据="局长办公会纪要（虚构）")
    desk.paper("撤销称号决定", "乌人社发〔2028〕41号")
    desk.paper("追回资金通知书", "乌人社函〔2028〕5号")
    desk.at_day(forms.FIRST_HALF, monkeypatch)
    desk.move("收回牌匾", NAMED, 牌匾收回日=forms.FIRST_HALF)
    desk.move("追回补助", NAMED, 日期=forms.FIRST_HALF, 凭证号="收1", **{"金额(元)": 60000})
    assert (NAMED, "办理“追回补助”") in desk.due()
    desk.at_day(forms.LAST_HALF, monkeypatch)
    assert "已撤销" in desk.move("追回补助", NAMED, 日期=forms.LAST_HALF, 凭证号="收2", **{"金额(元)": 40000})
