"""The documents by which the bureau acts beyond naming: reports, notices of funds, decisions, letters, and the forms the regulation asks for.

Their contexts are declared here with samples; what fills them from the ledger is a matter of the jobs. Texts that need the
bureau's legal review are fields of their own, marked “待法规科确认” in the sample.
Source: 乌人社规〔2023〕1号
"""

from __future__ import annotations

from toolkit.documents.declared import DocumentKind, FieldGroup, Rows, Text
from toolkit.documents.fields import (
    BUREAU,
    CONTACT,
    DAY,
    DISTRICT,
    HONOUR,
    ISSUER,
    LAW,
    ORDER,
    PLAQUE,
    SETTINGS,
    YEAR,
    red_head,
)
from toolkit.forms.papers import paper

REVIEW = "（待法规科确认）"
DISTRICT_BUREAU = "天山区人力资源和社会保障局"


def _law(*clauses: tuple[str, str, str]) -> FieldGroup:
    return FieldGroup("办法", "依据", (*LAW, *(Text(key, meaning, sample) for key, meaning, sample in clauses)))


def _amount(key: str, meaning: str, figures: str, words: str, required: bool = True) -> FieldGroup:
    return FieldGroup(key, meaning, (Text("数字", "金额，小写", figures, required), Text("大写", "金额，大写", words, required)))


def _letter(number: str, addressee: str, day: str = "2026年12月10日", issuer: str = BUREAU) -> FieldGroup:
    return FieldGroup("发文", "发文机关", (
        Text("机关", "发文机关全称", issuer), Text("字号", "发文字号", number, where=SETTINGS), Text("日期", "成文日期", day),
        Text("主送", "主送单位", addressee), CONTACT))


def _upward(number: str, issuer: str, addressee: str, copies: str, day: str) -> FieldGroup:
    return FieldGroup("发文", "发文机关", (
        Text("机关", "发文机关全称", issuer), Text("字号", "发文字号", number, where=SETTINGS), Text("签发人", "签发人姓名", "（待填）"),
        Text("日期", "成文日期", day), Text("主送", "主送机关", addressee), Text("抄送", "抄送机关", copies),
        Text("印发机关", "印发机关", f"{issuer}办公室"), Text("印发日期", "印发日期", day), CONTACT))


_LISTED = (Text("序号", "顺序号", ""), Text("工作室名称", "工作室全称", ""), Text("领办人", "姓名", ""), Text("申办单位", "单位全称", ""),
           Text("职业", "职业（工种）", ""), Text("区县", "所属区（县）", ""))
_STUDIOS = (("1", "马强焊工技能大师工作室", "马强", "新疆示例钢铁有限公司", "焊工", "头屯河区"),
            ("2", "买买提·艾力民族乐器制作工技能大师工作室", "买买提·艾力", "乌鲁木齐示例民族乐器文化发展有限责任公司", "民族乐器制作工", "天山区"))
_LIST = Rows("名单", "工作室", _LISTED, _STUDIOS)
_STUDIO = FieldGroup("工作室", "涉及的工作室", (
    Text("编号", "工作室编号", "2024-003"), Text("名称", "工作室全称", "马强焊工技能大师工作室"), Text("领办人", "姓名", "马强"),
    Text("申办单位", "单位全称", "新疆示例钢铁有限公司"), Text("命名日期", "命名日期", "2024年12月1日"),
    Text("命名文号", "命名文件的文号", "乌人社发〔2024〕8号")))
_PAID = FieldGroup("追回", "追回资金", (
    _amount("金额", "追回的金额", "10万元", "壹拾万元整"), Text("期限", "最后一日", "2027年1月10日"),
    Text("账户", "交款账户，通知书里印", f"另行通知{REVIEW}")))
_TERMS = Text("救济", "陈述申辩和救济途径，须经法规科审定", f"如对本决定不服，可依法提出陈述、申辩，申请行政复议或者提起行政诉讼。{REVIEW}")

FILING_REPORT = DocumentKind(
    paper("备案报告"), "{发文.字号} 关于报送{年度}年度市级技能大师工作室名单备案的报告", (
        YEAR, PLAQUE, HONOUR, ORDER, _law(("命名条款", "命名授牌和备案的条款", "第十二条")),
        FieldGroup("公示", "公示期", (Text("起", "公示第一日", "2026年11月21日"), Text("止", "公示最后一日", "2026年11月27日"))),
        FieldGroup("命名", "命名文件", (Text("文号", "命名文件的文号", "乌人社发〔2026〕1号"), Text("日期", "命名日期", "2026年12月1日"))),
        _upward("乌人社报〔2026〕3号", BUREAU, "市委人才工作领导小组办公室", "市财政局", "2026年12月3日"), _LIST))

RECOMMENDATION_REPORT = DocumentKind(
    paper("初审推荐报告"), "{区县}{年度}年度技能大师工作室初审推荐报告", (
        YEAR, DISTRICT, PLAQUE, ORDER, _law(("初审条款", "初审的条款", "第十条"), ("条件条款", "申办条件的条款", "第七条")),
        FieldGroup("初审", "初审情况", (Text("收到", "收到申报的个数", "3"), Text("日期", "初审完成日期", "2026年10月20日"))),
        _upward("天人社报〔2026〕12号", DISTRICT_BUREAU, BUREAU, "天山区人才工作领导小组办公室", "2026年10月22日"), _LIST))

FUNDING_NOTICE = DocumentKind(
    paper("经费拨付通知"), "{发文.字号} 关于拨付{年度}年度技能大师工作室补助经费的通知", (
        YEAR, PLAQUE, ORDER, _law(("经费条款", "经费支持的条款", "第十三条")),
        FieldGroup("经费", "补助经费", (
            _amount("单项", "每个工作室的补助", "10万元", "壹拾万元整"), _amount("合计", "全部补助", "20万元", "贰拾万元整"),
            _amount("配套", "配套资金下限", "10万元", "壹拾万元整"), Text("来源", "资金来源", "就业专项资金"))),
        FieldGroup("命名", "命名文件", (Text("文号", "命名文件的文号", "乌人社发〔2026〕1号"),)), red_head("乌人社发〔2026〕4号", "2026年12月15日"),
        Rows("名单", "拨付的工作室", (*_LISTED[:4], Text("金额", "拨付金额", "")),
             tuple((*row[:4], "10万元") for row in _STUDIOS))))

ANNUAL_NOTICE = DocumentKind(
    paper("年度评估通报"), "{发文.字号} 关于{年度}年度技能大师工作室年度绩效评估情况的通报", (
        YEAR, PLAQUE, ORDER, _law(("评估条款", "年度绩效评估的条款", "第十九条（一）")),
        FieldGroup("评估", "评估情况", (Text("应评", "应评估的个数", "3"), Text("已评", "已评估的个数", "2"), Text("内容", "评估的内容", "制度建设、资金使用、带徒传艺、技艺传承、技能推广"))),
        red_head("乌人社发〔2027〕1号", "2027年1月20日"),
        Rows("名单", "已评估的工作室", (*_LISTED[:2], _LISTED[3], _LISTED[5], Text("结论", "区（县）评估结论", "")),
             (("1", *_STUDIOS[0][1:2], _STUDIOS[0][3], _STUDIOS[0][5], "完成年度任务"), ("2", *_STUDIOS[1][1:2], _STUDIOS[1][3], _STUDIOS[1][5], "带徒任务未完成"))),
        Rows("未评", "还没有评估的工作室，可以没有", (_LISTED[0], _LISTED[1], _LISTED[5]), (("1", "王建国汽车维修工技能大师工作室", "新市区"),), required=False)))

_OWED = FieldGroup("追回", "追回资金，不追回的留空", (
    _amount("金额", "追回的金额", "10万元", "壹拾万元整", required=False), Text("期限", "最后一日", "2027年1月10日", required=False)))
_DECIDED = (_STUDIO, Text("事实", "查明的事实，由承办科室填写", f"经期满考核，得分低于合格线，认定为不合格{REVIEW}"),
            Text("条款", "决定依据的条款", "第十九条（二）"), _PAID, _TERMS)
REVOKING_DECISION = DocumentKind(
    paper("撤销称号决定"), "{发文.字号} 关于撤销{工作室.名称}称号的决定", (
        _law(), PLAQUE, HONOUR, *_DECIDED[:3], _OWED, _TERMS,
        FieldGroup("禁申", "不得申办的期间，不禁申的留空", (
            Text("起", "第一日", "2026年12月20日", required=False), Text("止", "最后一日", "2029年12月20日", required=False),
            Text("对象", "领办人、申办单位（同职业）", "领办人马强和申办单位新疆示例钢铁有限公司（焊工）", required=False),
            Text("内容", "不得申办什么", "市级、自治区级和国家级技能大师工作室", required=False))),
        red_head("乌人社发〔2026〕5号", "2026年12月20日")))
CANCELLING_DECISION = DocumentKind(
    paper("取消称号决定"), "{发文.字号} 关于取消{工作室.名称}称号的决定", (
        _law(), PLAQUE, HONOUR, _STUDIO, Text("事实", "查明的事实，由承办科室填写", f"工作室超过一年不开展工作{REVIEW}"), Text("条款", "决定依据的条款", "第二十条（一）"),
        _OWED, _TERMS, red_head("乌人社发〔2026〕6号", "2026年12月20日")))
RECOVERY_NOTICE = DocumentKind(
    paper("追回资金通知书"), "{发文.字号} 追回{工作室.名称}补助资金通知书", (
        _law(), _STUDIO, Text("条款", "追回依据的条款", "第十九条（二）"), FieldGroup("决定", "撤销或取消的决定", (Text("文号", "决定的文号", "乌人社发〔2026〕5号"), Text("名称", "决定做了什么", "撤销"))),
        _PAID, _TERMS, _letter("乌人社函〔2026〕21号", "新疆示例钢铁有限公司", "2026年12月22日")))

CHANGE_REPLY = DocumentKind(
    paper("变更复函"), "{发文.字号} 关于同意{工作室.名称}{变更.事项}的复函", (
        _law(("变更条款", "重大事项的条款", "第十八条")), _STUDIO,
        FieldGroup("变更", "变更什么", (Text("来文", "来文标题，不带书名号", "关于变更工作地址的申请"), Text("来文日期", "来文日期", "2026年12月1日"), Text("事项", "变更什么、备案什么", "变更工作地址"),
                                    Text("原", "原来是什么，没有的留空", "头屯河区示例路1号", required=False), Text("现", "现在是什么，没有的留空", "头屯河区示例路2号", required=False), Text("起", "自哪天起", "2027年1月1日"))),
        _letter("乌人社函〔2026〕20号", "新疆示例钢铁有限公司")))
REMINDER_LETTER = DocumentKind(
    paper("催报函"), "{发文.主送}_催报{事项.名称}", (
        YEAR, _law(), FieldGroup("事项", "催什么", (Text("名称", "应报的材料", "区县推荐汇总表"), Text("条款", "依据的条款", "第十条"), Text("应报", "应报的日期", "2026年11月10日"),
                                               Text("期限", "补报的最后一日", "2026年11月27日"),
                                               Text("说明", "还要说的话，可以没有", "没有推荐的，请报送“无推荐”。", required=False))),
        Rows("未报", "没有报的，列到工作室或表", (Text("序号", "顺序号", ""), Text("内容", "哪一项", ""), Text("说明", "缺什么", "")), (("1", "推荐汇总", "未报送，也未报无推荐"),)),
        _letter("乌人社函〔2026〕18号", "头屯河区人力资源和社会保障局", "2026年11月20日")))

_SIGNED = FieldGroup("发文", "由谁印制", (ISSUER, DAY))
CERTIFICATE = DocumentKind(
    paper("证书与牌匾"), "{年度}年度证书与牌匾制作清样", (
        YEAR, PLAQUE, HONOUR, FieldGroup("办法", "依据", (*LAW, Text("命名条款", "命名授牌的条款", "第十二条"))),
        FieldGroup("命名", "命名文件", (Text("文号", "命名文件的文号", "乌人社发〔2026〕1号"), Text("日期", "命名日期", "2026年12月1日"))),
        Rows("名单", "命名的工作室", (*_LISTED[:4], Text("牌匾编号", "牌匾编号，还没有的留空", "", required=False)), tuple((*row[:4], f"乌技师202600{row[0]}") for row in _STUDIOS)), _SIGNED))

ACTS = (FILING_REPORT, RECOMMENDATION_REPORT, FUNDING_NOTICE, ANNUAL_NOTICE, REVOKING_DECISION, CANCELLING_DECISION, RECOVERY_NOTICE, CHANGE_REPLY,
        REMINDER_LETTER, CERTIFICATE)
