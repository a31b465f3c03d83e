"""The rows of 期满考核评分表 whose columns the ledger calls something else."""

from __future__ import annotations

from datetime import date

from toolkit.forms.assessment import FUNDS
from toolkit.forms.register_rows import Amount
from toolkit.forms.typed_rows import RowField, TypedRow


class ReceiptRow(TypedRow, sheet=FUNDS):
    """Money that came in. Source: 第十三条."""

    day = RowField[date]("日期")
    source = RowField[str]("来源")
    amount = RowField[Amount]("金额(元)")
    voucher = RowField[str]("凭证号")
    remark = RowField[str]("备注")
