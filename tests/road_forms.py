"""The forms on the whole road, filled in as units, a district, the committee and the assessors do: white cells only. All names invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.clerk import WhiteCells
from tests.jobs import assessments
from tests.returns import applications
from tests.returns.make import credit_code, id_number
from toolkit.forms.application_book import PAGE, REPORT
from toolkit.forms.evaluation import EVALUATED
from toolkit.sheets.ooxml.cellxml import CellValue

NAMED, REFUSED = "赵一焊工技能大师工作室", "钱二焊工技能大师工作室"
UNITS = (("赵一", "甲机械有限公司"), ("钱二", "乙电力有限公司"))
SENT, DISTRICT, MERGED, VOTED, PUBLISHED = (date(2026, *day) for day in ((10, 15), (10, 20), (11, 2), (11, 12), (11, 16)))
OBJECTED, DECIDED, NAMING, SIGNED = (date(2026, *day) for day in ((11, 18), (11, 20), (11, 24), (12, 1)))
YEAR_END, ASSESSED, REVOKED, FIRST_HALF, LAST_HALF = date(2027, 12, 20), date(2028, 11, 20), date(2028, 12, 1), date(2028, 12, 20), date(2029, 1, 10)

ARRANGED: dict[str, CellValue] = {
    "年度": 2026, "申报截止日": date(2026, 10, 30), "命名通知文号": "乌人社发〔2026〕9号", "出席比例": "不少于2/3", "通过比例": "超过1/2",
    "计票基数": "应到评委", "回避计法": "不计入应到"}
CONTACT: dict[str, CellValue] = {
    "联系科室": "职业能力建设科", "联系电话": "0991-7000000", "通讯地址": "虚构路1号", "电子邮箱": "shili@example.cn", "监督电话": "0991-7000001"}


def applied(path: Path, serial: int) -> Path:
    """申报工作簿 of the unit with this number from 1 in `UNITS`."""
    leader, unit = UNITS[serial - 1]
    page = applications.page(
        领办人=leader, 申办单位=unit, 身份证号=id_number(date(1980, 5, 20), "男", serial), 统一社会信用代码=credit_code(serial),
        证书编号=f"S00006501000{serial}", 填报时间=SENT, 承诺日期=SENT, 申办单位意见日期=SENT, 工作室地点=f"示例路{serial}号",
        领办人手机=f"1380000000{serial}", 单位电话=f"0991-234567{serial}")
    cells = WhiteCells(path, SENT)
    for sheet, values in ((PAGE, page), (REPORT, applications.report())):
        names = {entry.header: entry.name for entry in sheet.entries}
        cells.named(**{names[header]: value for header, value in values.items() if header not in ("申报年度", "推荐区县")})
    members = [applications.member(serial * 10 + one) for one in (1, 2)]
    cells.rows("团队成员", members).rows("获奖情况", [applications.award(1)])
    return cells.rows("职工教育经费", applications.funds()).rows("制度清单", applications.systems()).rows(
        "材料清单", applications.papers()).save()


def pre_reviewed(path: Path) -> Path:
    """What the district adds to 推荐汇总表 once the applications are in it."""
    own = {"职业道德核查": "是", "初审意见": "同意推荐", "初审日期": DISTRICT}
    return WhiteCells(path, DISTRICT).beside("推荐汇总", 填报日期=DISTRICT).rows("推荐汇总", [own, own]).save()


def voted(path: Path) -> Path:
    """评审表决: six experts, all for both."""
    cells = WhiteCells(path, VOTED)
    studios = [header for header in cells.headers("评委表决", "评委", "单位") if header.endswith("工作室")]
    assert sorted(studios) == sorted((NAMED, REFUSED))
    steps = dict(zip(("审阅材料日", "现场考察日", "集中评议日", "实名表决日"), (date(2026, 11, day) for day in (3, 5, 10, 12)), strict=True))
    experts = [{"序号": number, "评委": f"评委{'甲乙丙丁戊己'[number - 1]}", "单位": f"虚构{number}单位", "类别": ("院校", "行业", "企业")[number % 3],
                "利害关系": "无", "出席": "是"} | dict.fromkeys(studios, "同意") for number in range(1, 7)]
    return cells.beside("评审情况", 填报日期=VOTED).rows("评审情况", [steps, steps]).rows("评委表决", experts).save()


def agreed(path: Path) -> Path:
    """目标任务书 of the year of the naming."""
    goals = {"带徒人数": 5, "取证人数": 3, "攻关项目": "焊接工艺攻关", "交流次数": 2, "经费(元)": 100000, "单位签字日期": SIGNED, "领办人签字日期": SIGNED}
    return WhiteCells(path, SIGNED).beside("目标任务", 填报日期=SIGNED).rows("目标任务", [goals]).save()


def evaluated(path: Path) -> Path:
    """年度绩效评估表: everything reached."""
    told: dict[str, CellValue] = {"总结报送日": YEAR_END, "计划报送日": YEAR_END, "评语": "制度健全（虚构）", "评估人": "经办人"}
    told |= {header: said for item in EVALUATED for header, said in ((item, "达到要求"), (f"{item}评语", "有台账（虚构）"))}
    return WhiteCells(path, YEAR_END).named(fact_date=YEAR_END).rows("年度绩效评估", [told]).save()


def half_scored(path: Path) -> Path:
    """期满考核评分表: nothing to show, a reason for every item; what evidence feeds is left as it is."""
    cells = WhiteCells(path, ASSESSED)
    worst = {name: "否" if value == "是" else 0 for name, value in assessments.answers().items()}
    cells.named(fact_date=ASSESSED, **worst, **dict.fromkeys(cells.names("reason_"), "没有材料"))
    return cells.rows("经费到位", [{"凭证号": "记1"}]).save()


def scored_whole(path: Path) -> Path:
    """… and what evidence feeds is set to nothing, with the reason."""
    cells = WhiteCells(path, ASSESSED)
    return cells.named(**dict.fromkeys(cells.names("over_"), 0), **dict.fromkeys(cells.names("why_"), "没有这方面的工作")).save()
