"""Every kind of document the bureau makes, once: whom it is about, what it decides, whether it is public, how it is numbered.

From here come the command's choices, the page 办理, the icons, help and the tables of README and manual. The fields of a kind stand in
`documents.kinds`, what fills them in the `…_context` modules beside it, what is chosen from the ledger in `jobs`; tests hold them together.
Source: 乌人社规〔2023〕1号
"""

from __future__ import annotations

from dataclasses import dataclass

YEAR, STUDIO, DISTRICT, ENTRY = "年度", "工作室", "区县", "登记行"
"""What one document is about: a year's list, one studio, one district, one row of a register."""
NOTICE, LETTER, REPORT = "notice_series", "letter_series", "report_series"
"""The parameters that hold the bureau's 发文代字."""


@dataclass(frozen=True)
class Paper:
    """A kind of document. about: one line for help and manual. act: what issuing it decides, register: where that is written.

    series: the parameter of its 发文代字, "" where it carries no 文号 of the bureau. offered: whether it is asked for (a 回执 comes
    with a merge).
    """

    name: str
    subject: str
    about: str
    act: str = ""
    register: str = ""
    public: bool = True
    series: str = ""
    offered: bool = True


PAPERS = (
    Paper("公示", YEAR, "评审通过的名单，印公示期起止", "公示", "公示命名"),
    Paper("命名授牌通知", YEAR, "公示期满、没有未了异议的工作室", "命名", "公示命名、工作室", series=NOTICE),
    Paper("授牌名单", YEAR, "命名的工作室，Word 和 Excel 各一份"),
    Paper("证书与牌匾", YEAR, "命名的工作室的证书、牌匾文字清样"),
    Paper("备案报告", YEAR, "已命名、还没有备案的工作室，报市委人才工作领导小组办公室", "备案", "公示命名", series=REPORT),
    Paper("经费拨付通知", YEAR, "已命名、还没有拨付补助的工作室", "拨付", "经费", series=NOTICE),
    Paper("初审推荐报告", DISTRICT, "区（县）同意推荐的申报，区（县）局报市局用"),
    Paper("申报表", STUDIO, "附件1，每件申报一份；人员、获奖多的另附表", public=False),
    Paper("评审表决记录", YEAR, "四个环节的日期和各件的票数，没有登记的留空", public=False),
    Paper("目标任务书", STUDIO, "建设周期内的工作室，每个一份", public=False),
    Paper("师带徒协议", STUDIO, "建设周期内的工作室，每个一份，徒弟一方留空", public=False),
    Paper("培训补贴名单", YEAR, "当年取得高级工以上证书的徒弟，可以申请职业技能培训补贴的，Word 和 Excel 各一份", public=False),
    Paper("年度评估通报", YEAR, "当年应评估的工作室的结论，没有报的列名", series=NOTICE),
    Paper("考核评估标准", STUDIO, "附件2，到期还没有考核的工作室，每个一份"),
    Paper("考核结果通报", YEAR, "当年期满考核的结果，没有结果的列名", series=NOTICE),
    Paper("撤销称号决定", ENTRY, "已认定、还没有印发文件的撤销（第十八条、第十九条）", "撤销", "撤销追缴禁申、工作室", series=NOTICE),
    Paper("取消称号决定", ENTRY, "已认定、还没有印发文件的取消（第二十条）", "取消", "撤销追缴禁申、工作室", series=NOTICE),
    Paper("追回资金通知书", ENTRY, "已撤销、取消，还没有通知缴款的", "追回", "撤销追缴禁申", public=False, series=LETTER),
    Paper("变更复函", ENTRY, "已申请、区（县）已核实、还没有答复的变更", "变更", "变更与重大事项", public=False, series=LETTER),
    Paper("催报函", DISTRICT, "到期没有报的推荐汇总表、年度绩效评估、期满考核", public=False, series=LETTER),
    Paper("回执", DISTRICT, "收到的报表、受理情况和要补正的问题，合并时自动生成", public=False, offered=False),
    Paper("个案档案", STUDIO, "一个工作室或一件申报的经过、公文和来件原件，命令 case 生成", public=False, offered=False))

APPLICATION_FORM = "申报表"
"""附件1, the one kind that is also made from the unit's own workbook."""
_BY_NAME = {paper.name: paper for paper in PAPERS}
OFFERED = tuple(paper.name for paper in PAPERS if paper.offered)
NUMBERED = tuple(paper.name for paper in PAPERS if paper.series)


def paper(name: str) -> Paper:
    """The kind called `name`; KeyError where there is none."""
    return _BY_NAME[name]
