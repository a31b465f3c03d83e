"""Fields that several kinds of document share."""

from __future__ import annotations

from toolkit.documents.declared import FieldGroup, Text

SETTINGS = "台账“参数”表"
BUREAU = "乌鲁木齐市人力资源和社会保障局"
YEAR = Text("年度", "评选年度", "2026")
DISTRICT = Text("区县", "区（县）名", "天山区")
CITY = Text("城市", "本市名称", "乌鲁木齐市")
PLAQUE = Text("牌匾", "授牌的名称", "市级技能大师工作室")
HONOUR = Text("称号", "授予领办人的称号", "乌鲁木齐市技能大师")
ISSUER = Text("机关", "发文机关全称", BUREAU)
DAY = Text("日期", "成文日期", "2026年11月20日")
OFFICE = Text("科室", "联系科室", "职业能力建设科", where=SETTINGS)
PHONE = Text("电话", "联系电话", "0991-1234567", where=SETTINGS)
CONTACT = FieldGroup("联系", "怎样联系发文机关", (OFFICE, PHONE))
PUBLIC_CONTACT = FieldGroup("联系", "怎样反映情况", (
    OFFICE, PHONE,
    Text("地址", "通讯地址", "乌鲁木齐市示例路1号", where=SETTINGS),
    Text("邮箱", "电子邮箱", "shili@example.cn", where=SETTINGS),
    Text("监督电话", "监督电话", "0991-7654321", where=SETTINGS)))
LAW = (Text("上位依据", "上位文件及文号，照办法第一条",
            "《国家级技能大师工作室建设项目实施管理办法（试行）》（人社厅发〔2013〕51号）、《中共乌鲁木齐市委员会关于进一步做好人才工作的若干意见》（乌党发〔2017〕1号）"),
       Text("名称", "办法名称，不带书名号", "乌鲁木齐市技能大师工作室建设管理办法"),
       Text("文号", "办法文号", "乌人社规〔2023〕1号"))
ORDER = Text("排序", "名单按什么排列", "按领办人姓氏笔画为序")


def red_head(number: str, day: str) -> FieldGroup:
    """发文 of a document with a red head and a 版记; `number` and `day` are invented values."""
    return FieldGroup("发文", "发文机关", (
        ISSUER, Text("字号", "发文字号", number, where=SETTINGS), Text("日期", "成文日期", day),
        Text("主送", "主送机关", "各区（县）人力资源和社会保障局，各有关单位"),
        Text("抄送", "抄送机关", "市委人才工作领导小组办公室，市财政局"),
        Text("印发机关", "印发机关", f"{BUREAU}办公室"), Text("印发日期", "印发日期", day), CONTACT))
