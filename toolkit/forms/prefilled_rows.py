"""Rows of workbooks that are made from the ledger: of 评审表决, and the evidence of money in 期满考核评分表; only the columns that it fills in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from toolkit.forms import assessment, review
from toolkit.forms.typed_rows import RowField, TypedRow


class IncomeRow(TypedRow, sheet=assessment.FUNDS):
    """Money that came in."""

    day = RowField[date]("日期")
    source = RowField[str]("来源")
    amount = RowField[Decimal]("金额(元)")
    voucher = RowField[str]("凭证号")
    remark = RowField[str]("备注")


class ExpenseRow(TypedRow, sheet=assessment.EXPENSES):
    """Money that was spent."""

    day = RowField[date]("日期")
    voucher = RowField[str]("凭证号")
    source = RowField[str]("资金来源")
    use = RowField[str]("用途类别")
    summary = RowField[str]("摘要")
    amount = RowField[Decimal]("金额(元)")
    separate_account = RowField[str]("是否专账")


class VoteRow(TypedRow, sheet=review.REVIEWED):
    """An application to be voted on."""

    district = RowField[str]("区县")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    unit = RowField[str]("申办单位")
    occupation = RowField[str]("职业(工种)")
    honours = RowField[str]("优先荣誉")
