"""What can be done with a workbook by a button: on its sheets and on the ribbon.

An id is at once the function in `toolkit.buttons` and, behind `Btn_`, the macro.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """`caption` stands on the button, `tip` beside it; `picture` is Office's name of the ribbon icon."""

    id: str
    caption: str
    tip: str
    picture: str


CHECK = Action("check", "校验", "逐格检查，把问题标在格子上，并列出问题清单", "AcceptInvitation")
NEXT_PROBLEM = Action("next_problem", "定位下一个问题", "跳到下一个有问题的格子", "ReviewNextComment")
EXPORT = Action("export", "导出上报", "检查后另存一份不含宏的工作簿，用来上报", "FileSaveAs")
GATHER = Action("gather", "汇入申报工作簿", "把一个文件夹里的申报工作簿汇入这份推荐汇总表，不用再录入", "ImportExcel")
FORWARD = Action("forward", "汇入推荐汇总表", "把这一件申报汇入区（县）的推荐汇总表，不用再录入", "ExportExcel")
PRINT_FORM = Action("print_form", "生成申报表", "检查后按附件1的样式生成 Word 申报表，打印、签字、盖章用", "ExportWord")
RESCORE = Action("rescore", "复算", "按佐证和填写的内容重新计分，核对公式有没有被改动", "CalculateNow")
MERGE = Action("merge", "合并区县报表", "读一个文件夹里的报表，列出入账预览，不改台账", "MergeCells")
COMMIT = Action("commit", "确认入账", "把预览的内容写入台账，写入前自动备份", "ReviewAcceptChange")
MAKE = Action("make", "生成报表", "按台账生成要填的表：评审表决、目标任务书、年度绩效评估表、期满考核评分表", "FileNew")
DOCS = Action("docs", "生成公文", "按台账生成所选的文书", "ExportWord")
CASE_OPTIONS = Action("case_options", "看能办什么", "列出一个工作室或一件申报的状态、能办的事项、不能办的差什么，和所选事项要填的内容", "FindDialog")
CASE_PREVIEW = Action("case_preview", "预览办理", "按条款核对填好的内容，列出会写进台账哪些格，不改台账", "FilePrintPreview")
CASE_ACT = Action("case_act", "确认办理", "把预览的内容写入台账，写入前自动备份", "ReviewAcceptChange")
DUE = Action("due", "到期提醒", "列出逾期、将到期和可以办理的事", "CalendarInsert")
CHECK_LEDGER = Action("check_ledger", "校验台账", "按办法逐条检查台账的登记和操作日志，标在格子上，并列出问题清单", "DataValidation")
UNDO = Action("undo", "撤销上一步", "把台账恢复到上一次写入之前", "Undo")

OF_RETURN = (CHECK, NEXT_PROBLEM, EXPORT)
OF_RECOMMENDATION = (CHECK, NEXT_PROBLEM, EXPORT, GATHER)
OF_APPLICATION = (CHECK, NEXT_PROBLEM, EXPORT, PRINT_FORM, FORWARD)
OF_ASSESSMENT = (RESCORE, NEXT_PROBLEM, EXPORT)
OF_DESK = (MERGE, COMMIT, MAKE, DOCS, DUE, CHECK_LEDGER, NEXT_PROBLEM, UNDO)
OF_CASE = (CASE_OPTIONS, CASE_PREVIEW, CASE_ACT)
OF_LEDGER = (*OF_DESK, *OF_CASE)
