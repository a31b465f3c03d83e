"""Returns for tests, written as a clerk would: one clean application, and what a case changes in it. All names invented."""

from __future__ import annotations

from datetime import date

from toolkit.forms import LEDGER, RECOMMENDATION
from toolkit.ledger import admission
from toolkit.ledger.books import Books
from toolkit.regulation import identity, in_force
from toolkit.returns import checks, standing
from toolkit.returns.parse import Parser
from toolkit.sheets.grid import Book, Grid, from_a1

TODAY = date(2026, 11, 20)
LAW = in_force(TODAY)


def id_number(born: date, sex: str = "男", serial: int = 1, area: str = "650102") -> str:
    """A sound ID number."""
    first17 = f"{area}{born:%Y%m%d}{serial:02d}{'1' if sex == '男' else '2'}"
    return first17 + identity.id_check_character(first17)


def credit_code(serial: int = 1) -> str:
    """A sound unified social credit code."""
    first17 = f"91650100MA{serial:07d}"
    return first17 + identity.credit_check_character(first17)


def application(**changes) -> dict:
    """A clean application; keyword arguments change single fields."""
    row = {
        "序号": 1, "推荐区县": "天山区", "领办人": "赵一", "性别": "男", "民族": "汉族", "出生日期": date(1980, 5, 20),
        "政治面貌": "群众", "学历(学位)": "大学专科", "身份证号": id_number(date(1980, 5, 20)), "参加工作时间": date(2000, 7, 1),
        "职业(工种)": "焊工", "职业编码": "6-18-02-04", "技能等级": "高级技师", "证书编号": "S000065010001", "发证日期": date(2015, 6, 1),
        "行政职务": "班组长", "在职在聘": "是", "退休类别": "男60", "优先荣誉": "无", "技术技能一线": "是", "曾获上级命名": "否",
        "领办人手机": "13800000001", "职业道德核查": "是", "申办单位": "甲机械有限公司", "统一社会信用代码": credit_code(),
        "载体类型": "企业", "产业集群": "绿色矿业产业集群", "校企联合": "否", "管理制度": "是", "单位联系人": "钱二",
        "单位电话": "0991-2345678", "工作室地点": "示例路1号", "固定场所": "是", "面积(㎡)": 60, "团队人数(不含领办人)": 2,
        "承诺配套资金(元)": 100000, "配套承诺盖章": "是", "材料齐全": "是", "初审意见": "同意推荐", "初审日期": date(2026, 11, 18),
    } | changes
    name = str(row["职业(工种)"] or "").partition("(")[0]
    row.setdefault("工作室名称", f"{row['领办人']}{name}技能大师工作室")
    return row


def member(studio: str, serial: int, **changes) -> dict:
    """An official employee of a studio's team, aged 36 on TODAY."""
    name = "成员" + str(serial).translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    return {"工作室名称": studio, "姓名": name, "身份证号": id_number(date(1990, 1, 2), "男", serial),
            "人员类别": "技能人才", "等级或职称": "高级工", "是否正式员工": "是", "岗位职责": "操作", "突出业绩": "无"} | changes


def material(studio: str, **changes) -> dict:
    """A complete list of papers."""
    return {"工作室名称": studio} | dict.fromkeys(LAW.lists["materials"].names, "是") | changes


def grid(sheet, rows: list[dict], above: tuple = (), name: str | None = None) -> Grid:
    """A sheet as it comes back: facts above, headers, rows."""
    headers = list(sheet.headers)
    body = [tuple(row.get(header) for header in headers) for row in rows]
    return Grid(name or sheet.name, (*above, tuple(headers), *body))


def book(applications: list[dict], team: list[dict] | None = None, materials: list[dict] | None = None, *,
         file: str = "天山区.xlsx", unit: str = "天山区人力资源和社会保障局", year: int = 2026,
         filled: object = TODAY, nil: object = None, awards: tuple = ()) -> Book:
    """A return with a complete team and papers for every application unless given."""
    studios = [row["工作室名称"] for row in applications]
    if team is None:
        team = [member(studio, 10 * number + one) for number, studio in enumerate(studios) for one in (1, 2)]
    if materials is None:
        materials = [material(studio) for studio in studios]
    above = ((f"技能大师工作室区县推荐汇总表（{year}年度）",),
             ("填报单位（盖章）：", unit, "填报日期：", filled, "本区县无推荐：", nil))
    tables = [applications, team, list(awards), materials]
    grids = [grid(sheet, rows, above if number == 0 else ())
             for number, (sheet, rows) in enumerate(zip(RECOMMENDATION.sheets, tables, strict=True))]
    return Book(file, tuple(grids), {}, "0" * 64)


def read(*books: Book, law=LAW):
    """The books as returns."""
    parser = Parser(law, (RECOMMENDATION,))
    returns = [parser.read(each) for each in books]
    for source in returns:
        checks.alone(source, law)
    return returns


def ledger(**tables: list[dict]) -> standing.Standing:
    """A ledger with the given rows by sheet name."""
    grids = tuple(grid(LEDGER.sheet(name), rows) for name, rows in tables.items())
    return standing.read(Book("台账.xlsx", grids), LAW)


ARRANGED = {"年度": 2026, "出席比例": "不少于2/3", "通过比例": "超过1/2", "计票基数": "应到评委", "回避计法": "不计入应到"}
"""A year with the shares that are suggested."""


def review(application: dict, **changes) -> dict:
    """The review of an application in the ledger: all four steps, nine experts of three kinds, seven for, one against, one abstaining."""
    return {"年度": application["年度"], "工作室名称": application["工作室名称"], "申办单位": application["申办单位"],
            "审阅材料日": date(2026, 11, 2), "现场考察日": date(2026, 11, 3), "集中评议日": date(2026, 11, 4), "实名表决日": date(2026, 11, 4),
            "应到评委": 9, "实到评委": 9, "同意票": 7, "不同意票": 1, "弃权票": 1, "回避人数": 0,
            "院校专家": 3, "行业专家": 3, "企业专家": 3, "表决结果": "通过", "入账状态": "已受理"} | changes


def check(*books: Book, law=LAW, against=None):
    """Everything checking finds in the books."""
    return admission.run(read(*books, law=law), law, Books(against or standing.Standing()))


def codes(checked) -> list[str]:
    """Finding codes in order."""
    return [found.code for found in checked.findings]


def one(checked, code: str):
    """The one finding with `code`."""
    found = [each for each in checked.findings if each.code == code]
    assert len(found) == 1, (code, codes(checked))
    return found[0]


def at(book_: Book, sheet: str, address: str):
    """What stands in a cell."""
    row, column = from_a1(address)
    return next(each for each in book_.grids if each.name == sheet).rows[row][column]
