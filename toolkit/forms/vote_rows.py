"""Rows of 评审表决 as the ledger fills them in: only those columns."""

from __future__ import annotations

from toolkit.forms import review
from toolkit.forms.typed_rows import RowField, TypedRow


class VoteRow(TypedRow, sheet=review.REVIEWED):
    """An application to be voted on."""

    district = RowField[str]("区县")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    unit = RowField[str]("申办单位")
    occupation = RowField[str]("职业(工种)")
    honours = RowField[str]("优先荣誉")
