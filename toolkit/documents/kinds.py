"""Each kind of document: its template, its file name, and everything its template may print, as data.

`sample(kind)` is a complete invented example. The kinds of the assessment stand in `assessment_kinds.py`.
"""

from __future__ import annotations

from toolkit.documents.act_kinds import ACTS
from toolkit.documents.assessment_kinds import ASSESSMENT_FORM, RESULTS_NOTICE
from toolkit.documents.case_kind import CASE_FILE
from toolkit.documents.declared import DocumentKind, Field, FieldGroup, Rows, Text
from toolkit.documents.fields import (
    CITY,
    CONTACT,
    DAY,
    HONOUR,
    ISSUER,
    LAW,
    ORDER,
    PLAQUE,
    PUBLIC_CONTACT,
    YEAR,
    red_head,
)
from toolkit.documents.form_kinds import FORMS_ON_PAPER
from toolkit.errors import UserError
from toolkit.forms.papers import paper

_NAMING_CLAUSE = Text("命名条款", "命名授牌的条款", "第十二条")
_PERIOD = (Text("起", "公示第一日", "2026年11月21日"), Text("止", "公示最后一日", "2026年11月27日"))
_STUDIO = (Text("序号", "顺序号", ""), Text("工作室名称", "工作室全称", ""), Text("领办人", "姓名", ""),
           Text("申办单位", "单位全称", ""), Text("职业", "职业（工种）", ""), Text("区县", "推荐区（县）", ""))
_PLATE = Text("牌匾编号", "牌匾编号，还没有的留空", "", required=False)
_STUDIOS = (
    ("1", "马强焊工技能大师工作室", "马强", "新疆示例钢铁有限公司", "焊工", "头屯河区"),
    ("2", "王建国汽车维修工技能大师工作室", "王建国", "乌鲁木齐示例汽车服务有限公司", "汽车维修工", "新市区"),
    ("3", "买买提·艾力民族乐器制作工技能大师工作室", "买买提·艾力", "乌鲁木齐示例民族乐器文化发展有限责任公司",
     "民族乐器制作工", "天山区"),
)
_CANDIDATES = Rows("名单", "拟命名工作室", _STUDIO, _STUDIOS)
_NAMED = Rows("名单", "命名的工作室", (*_STUDIO, _PLATE),
              tuple((*row, f"乌技师202600{row[0]}") for row in _STUDIOS))


def _amount(key: str, meaning: str, figures: str, words: str) -> FieldGroup:
    return FieldGroup(key, meaning, (Text("数字", "金额，小写", figures), Text("大写", "金额，大写", words)))


_PUBLIC_NOTICE = DocumentKind(
    paper("公示"), "{年度}年度技能大师工作室拟命名名单公示", (
        YEAR, CITY, PLAQUE, HONOUR, ORDER,
        FieldGroup("办法", "制定依据", (*LAW, _NAMING_CLAUSE)),
        FieldGroup("公示", "公示期", (
            *_PERIOD, Text("天数", "公示期天数", "7"),
            Text("说明", "起止日期怎样算出，印在括号里", "自发布次日起算"))),
        FieldGroup("发文", "发文机关", (ISSUER, DAY, PUBLIC_CONTACT)),
        _CANDIDATES))

_NAMING_NOTICE = DocumentKind(
    paper("命名授牌通知"), "{发文.字号} 关于命名{年度}年度市级技能大师工作室的通知", (
        YEAR, CITY, PLAQUE, HONOUR, ORDER,
        FieldGroup("办法", "制定依据", (
            *LAW, _NAMING_CLAUSE, Text("经费条款", "经费支持的条款", "第十三条"),
            Text("任务条款", "培养任务的条款", "第四条"), Text("变更条款", "重大事项的条款", "第十八条"),
            Text("考核条款", "评估考核的条款", "第十九条"))),
        FieldGroup("公示", "公示期", _PERIOD),
        FieldGroup("经费", "经费补助与配套", (
            _amount("单项", "每个工作室的补助", "10万元", "壹拾万元整"),
            _amount("合计", "全部工作室的补助", "30万元", "叁拾万元整"),
            _amount("配套", "申办单位配套资金下限", "10万元", "壹拾万元整"),
            Text("来源", "资金来源", "就业专项资金"))),
        FieldGroup("周期", "建设周期", (
            Text("年数", "建设周期年数", "2"), Text("起", "第一日", "2026年12月1日"),
            Text("止", "最后一日", "2028年12月1日"))),
        FieldGroup("要求", "任务与考核", (
            Text("培养年数", "培养任务按几年计", "2"), Text("培养人数", "至少培养高技能人才人数", "5"),
            Text("考核提前", "期满考核提前的月数", "3"), Text("禁申年数", "考核不合格后不得申办的年数", "3"))),
        red_head("乌人社发〔2026〕1号", "2026年12月1日"),
        _NAMED))

_NAMED_LIST = DocumentKind(
    paper("授牌名单"), "{年度}年度技能大师工作室授牌名单",
    (YEAR, CITY, PLAQUE, ORDER, FieldGroup("发文", "发文机关", (ISSUER, DAY)), _NAMED))

_RECEIPT = DocumentKind(
    paper("回执"), "{区县.简称}{年度}年度{表名}回执", (
        YEAR, Text("表名", "报表名称", "区县推荐汇总表"),
        FieldGroup("区县", "报送单位", (
            Text("简称", "区（县）名", "天山区"), Text("全称", "区（县）局全称", "天山区人力资源和社会保障局"))),
        FieldGroup("接收", "收到什么、结果如何", (
            Text("日期", "收到的日期", "2026年11月20日"), Text("结论", "总的结论", "部分受理，需补正"),
            Text("行数", "报送行数", "12"), Text("受理", "受理行数", "9"), Text("待说明", "待说明行数", "2"),
            Text("退回", "退回补正行数", "1"),
            Text("台账校验码", "入账后操作日志末行的校验码，没有入账时空着", "7C01-9A3E-55D2-E8B4", required=False))),
        Rows("来件", "收到的文件", (
            Text("文件名", "文件名", ""), Text("校验码", "文件内容的校验码", ""), Text("处理", "如何处理", "")), (
            ("天山区推荐汇总表.xlsx", "3F9A-12C4-77B0-5E21", "已读"),
            ("天山区推荐汇总表（旧）.xls", "90AD-4E11-0C3B-8F76", "被后一份代替"))),
        Rows("问题", "需要补正和说明的问题，可以没有", (
            Text("序号", "顺序号", ""), Text("级别", "错误或提示", ""),
            Text("单元格", "表名和单元格", "", required=False), Text("项目", "栏目", "", required=False), Text("问题", "问题和办法", ""),
            Text("条款", "依据条款", "", required=False)), (
            ("1", "错误", "推荐汇总 N7", "技能等级",
             "“高级工”不到技师等级。请核对证书；确需例外的，报市局核准。", "第七条（一）"),
            ("2", "提示", "推荐汇总 AF9", "产业集群", "“其他”不在产业集群清单内。请核对，或在“备注”说明。", "第二条"),
            ("3", "提示", "团队成员 B12", "姓名", "同一人在两个工作室任成员。请核对，或在“备注”说明。",
             "第七条（二）")), required=False),
        FieldGroup("补正", "补正期限，没有问题时可留空", (
            Text("期限", "最后一日", "2026年11月27日", required=False),
            Text("天数", "期限有多长", "5个工作日", required=False))),
        Text("下一步", "接下来怎么办", "补正后将整表另存，仍发至原报送邮箱；逾期未补正的，按已受理的行进入评审。"),
        FieldGroup("发文", "发文机关", (ISSUER, DAY, CONTACT))))

KINDS = {kind.name: kind for kind in (
    _PUBLIC_NOTICE, _NAMING_NOTICE, _NAMED_LIST, _RECEIPT, ASSESSMENT_FORM, RESULTS_NOTICE, *ACTS, *FORMS_ON_PAPER, CASE_FILE)}


def kind_named(name: str) -> DocumentKind:
    """The kind called `name`; UserError listing the kinds when there is none."""
    if name not in KINDS:
        raise UserError(f"没有“{name}”这种文书。请从这些里选：{'、'.join(KINDS)}。")
    return KINDS[name]


def sample(kind: DocumentKind) -> dict:
    """A complete invented context of `kind`."""
    return _sample(kind.fields)


def _sample(fields: tuple[Field, ...]) -> dict:
    values: dict = {}
    for field in fields:
        if isinstance(field, Text):
            values[field.key] = field.sample
        elif isinstance(field, FieldGroup):
            values[field.key] = _sample(field.fields)
        else:
            values[field.key] = [_sample_row(field, row) for row in field.samples]
    return values


def _sample_row(rows: Rows, sample: tuple) -> dict:
    """One invented row; the value of a list within is its rows."""
    return {field.key: [_sample_row(field, row) for row in value] if isinstance(field, Rows) else value
            for field, value in zip(rows.fields, sample, strict=True)}
