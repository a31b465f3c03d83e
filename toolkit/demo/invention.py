"""Invented people, units and applications for the demonstration. Every name, number and address here is made up.

ID numbers and credit codes have sound check digits so that the rules can be seen at work; they belong to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.regulation import Regulation, identity

SURNAMES = ("赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "马", "丁", "白", "石")
GIVEN = ("示例", "样本", "虚构", "演示", "试样", "设例", "假定", "例举")
MINORITY = ("买买提·示例", "阿依古丽·样本", "古丽娜尔·演示", "艾力·虚构", "努尔兰·设例")
TRADES = (("焊工", "6-18-02-04"), ("电工", "6-31-01-03"), ("车工", "6-18-01-01"), ("汽车维修工", "4-12-01-01"),
          ("中式烹调师", "4-03-02-01"), ("钳工", "6-20-01-01"), ("铣工", "6-18-01-02"))
ACHIEVEMENTS = ("改进工装夹具，返工率下降三成", "参与设备改造两项", "编写作业指导书一册", "完成技术革新一项，节约成本12万元")


def id_number(area: str, born: date, sex: str, serial: int) -> str:
    """A number with a sound check digit."""
    first17 = f"{area}{born:%Y%m%d}{serial % 50:02d}{1 if sex == '男' else 2}"
    return first17 + identity.id_check_character(first17)


def credit_code(area: str, serial: int) -> str:
    """A code with a sound check character."""
    first17 = f"91{area}MA{serial:07d}"
    return first17 + identity.credit_check_character(first17)


@dataclass(frozen=True)
class Invented:
    """One application: its row, team, awards and papers, as {header: value}."""

    application: dict
    team: tuple[dict, ...]
    awards: tuple[dict, ...]
    materials: dict


def applications(law: Regulation, district: str, count: int, filled: date, seed: int) -> Iterator[Invented]:
    """`count` clean applications of a district. The same arguments give the same people."""
    area = next(item["code"] for item in law.lists["districts"].items if item.name == district)
    for number in range(count):
        yield _one(law, district, area, seed * 40 + number, number + 1, filled)


def _full_name(serial: int) -> str:
    """Different for 160 serial numbers in a row."""
    return SURNAMES[serial % len(SURNAMES)] + GIVEN[serial // len(SURNAMES) % len(GIVEN)]


def _one(law: Regulation, district: str, area: str, serial: int, number: int, filled: date) -> Invented:
    sex = "女" if serial % 3 == 2 else "男"
    minority = serial % 9 == 1
    name = MINORITY[serial // 9 % len(MINORITY)] if minority else _full_name(serial)
    born = date((1974 if sex == "男" else 1984) + serial % 12, 1 + serial % 12, 1 + serial % 28)
    trade, code = TRADES[serial % len(TRADES)]
    category = "男60" if sex == "男" else ("女50", "女55")[serial % 2]
    carriers, clusters = law.lists["carriers"].names, law.lists["clusters"].names
    studio = f"{name}{trade}{law.facts['studio_suffix']}"
    unit = f"乌鲁木齐虚构{district[:-1]}{('机械制造', '装备', '电力工程', '餐饮管理', '汽车服务')[serial % 5]}第{serial}有限公司"
    application = {
        "序号": number, "推荐区县": district, "领办人": name, "性别": sex,
        "民族": "维吾尔族" if minority else "汉族", "出生日期": born, "政治面貌": ("群众", "中共党员")[serial % 2],
        "学历(学位)": ("大学专科", "大学本科", "技工学校")[serial % 3], "身份证号": id_number(area, born, sex, serial),
        "参加工作时间": date(born.year + 20, 7, 1), "职业(工种)": trade, "职业编码": code,
        "技能等级": ("高级技师", "技师", "首席技师")[serial % 3], "证书编号": f"S0000650100{serial:011d}",
        "发证日期": date(2012 + serial % 8, 6, 1), "行政职务": ("班组长", "车间主任", "无")[serial % 3], "在职在聘": "是",
        "退休类别": category, "优先荣誉": ("无", "全国技术能手", "无", "开发建设新疆奖章")[serial % 4], "技术技能一线": "是",
        "曾获上级命名": "否", "领办人手机": f"199000{serial:05d}", "职业道德核查": "是", "申办单位": unit,
        "统一社会信用代码": credit_code(area, serial), "载体类型": carriers[serial % 3], "产业集群": clusters[serial % 8],
        "校企联合": ("否", "是")[serial % 2], "合作单位": (None, "乌鲁木齐虚构职业技术学院")[serial % 2], "管理制度": "是",
        "单位联系人": SURNAMES[(serial + 7) % len(SURNAMES)] + "联络", "单位电话": f"0991-700{serial:04d}",
        "工作室地点": f"{district}虚构路{serial}号", "固定场所": "是", "面积(㎡)": 40 + serial % 60, "团队人数(不含领办人)": 3,
        "承诺配套资金(元)": law["matching_minimum_yuan"] + 10000 * (serial % 6), "配套承诺盖章": "是", "材料齐全": "是",
        "初审意见": "同意推荐", "初审日期": filled,
    }
    return Invented(application, tuple(_member(studio, area, serial, each) for each in range(3)), _awards(studio, serial),
                    {"工作室名称": studio} | dict.fromkeys(law.lists["materials"].names, "是"))


def _member(studio: str, area: str, serial: int, each: int) -> dict:
    born = date(1986 + each * 3, 1 + (serial + each) % 12, 1 + serial % 27)
    sex = ("男", "女")[each % 2]
    return {
        "工作室名称": studio, "姓名": SURNAMES[(serial + each * 5) % len(SURNAMES)] + ("学徒", "助手", "骨干")[each],
        "身份证号": id_number(area, born, sex, serial + each * 13), "人员类别": ("技能人才", "技能人才", "专业技术人才")[each],
        "等级或职称": ("高级工", "技师", "工程师")[each], "证书编号": f"S0000650101{serial:05d}{each:06d}", "是否正式员工": "是",
        "岗位职责": ("操作", "工艺改进", "技术资料")[each], "突出业绩": ACHIEVEMENTS[(serial + each) % len(ACHIEVEMENTS)]}


def _awards(studio: str, serial: int) -> tuple[dict, ...]:
    if serial % 2:
        return ()
    return ({"工作室名称": studio, "获奖项目": "虚构技能竞赛", "奖励名称": "技术能手", "授予单位": "虚构行业协会", "等级": "一等奖", "排名": "1",
             "年度": 2020 + serial % 6, "级别": "市级"},)
