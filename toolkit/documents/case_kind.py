"""个案档案: everything that is known of one studio or application, for the bureau itself."""

from __future__ import annotations

from toolkit.documents.declared import DocumentKind, FieldGroup, Rows, Text
from toolkit.documents.fields import DAY, ISSUER
from toolkit.forms.papers import paper

_FILES = (Text("序号", "顺序号", ""), Text("文件", "文件名", ""), Text("校验码", "文件内容的校验码", "", required=False),
          Text("情况", "在不在、有没有改动过", "", required=False))

CASE_FILE = DocumentKind(
    paper("个案档案"), "{工作室.名称}_个案档案", (
        FieldGroup("工作室", "是哪个工作室、哪件申报", (
            Text("名称", "工作室全称", "马强焊工技能大师工作室"), Text("状态", "现在的状态", "建设期"),
            *(Text(key, meaning, sample, required=False) for key, meaning, sample in (
                ("编号", "工作室编号，没有命名的留空", "2026-01"), ("申办单位", "单位全称", "新疆示例钢铁有限公司"),
                ("区县", "所属区（县）", "头屯河区"),
                ("领办人", "姓名", "马强"), ("身份证号", "中间各位隐去", "650102********1236"), ("职业", "职业（工种）", "焊工"),
                ("曾用名", "曾用的名称", ""), ("建设周期", "起止", "2026-12-01至2028-12-01"), ("四年期止", "第二十条适用到哪一天", "2030-12-01"))))),
        Rows("经过", "按日期排列的各项登记", (
            Text("序号", "顺序号", ""), Text("日期", "日期，可以没有", "", required=False), Text("事项", "发生了什么", ""),
            Text("条款", "条款", "", required=False), Text("出处", "台账哪一格；报表来的，哪一份的哪一行和它的校验码", "")), (
            ("1", "2026-10-08", "区（县）初审（初审意见：同意推荐）", "第十条",
             "申报批次 AM5\n头屯河区_推荐汇总表_2026.xlsx 推荐汇总第6行（8893bd4676bc4495）"),
            ("2", "2026-12-01", "命名授牌（命名文号：乌人社发〔2026〕1号）", "第十二条", "公示命名 N4"))),
        Rows("公文", "这个工作室的公文，可以没有", _FILES, (
            ("1", "乌人社发〔2026〕1号 命名通知.docx", "0a1b2c3d4e5f6071", "没有改动"),), required=False),
        Rows("原件", "来件的原件，可以没有", _FILES, (("1", "头屯河区_推荐汇总表_2026.xlsx", "8893bd4676bc4495", "校验相符"),), required=False),
        FieldGroup("发文", "由谁印制", (ISSUER, DAY))))
