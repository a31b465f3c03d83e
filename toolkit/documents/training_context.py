"""What 培训补贴名单 says. Source: 乌人社规〔2023〕1号 第十四条 (R14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from toolkit.documents.context_parts import issued, law_named
from toolkit.forms.register_rows import TraineeRow
from toolkit.forms.typed_rows import RowField
from toolkit.regulation import Regulation
from toolkit.returns.records import Record
from toolkit.returns.values import shown

COLUMNS: Mapping[str, RowField] = {
    "姓名": TraineeRow.name, "身份证号": TraineeRow.trainee_id, "工作室名称": TraineeRow.studio, "等级": TraineeRow.level,
    "证书编号": TraineeRow.certificate, "发证日期": TraineeRow.issued_on}
"""Field of the paper → column of 学员."""


def subsidy_context(law: Regulation, year: int, on: date, listed: Sequence[Record], amounts: Mapping[str, Decimal]) -> dict:
    """listed: rows of 学员; amounts: level → 元, empty where the bureau has set none."""
    said = [{key: shown(record[field.header]) for key, field in COLUMNS.items()} for record in listed]
    total = sum((amounts[row["等级"]] for row in said), Decimal(0)) if amounts else None
    return {"年度": str(year), "牌匾": law.facts["studio_title"], "办法": law_named(law, 条款=law.clause("R14")),
            "补贴": {"标准": "、".join(f"{level}{amount:,}元" for level, amount in amounts.items()), "合计": "" if total is None else f"{total:,}元"},
            "名单": [{"序号": str(number), **row, "金额": f"{amounts[row['等级']]:,}" if amounts else ""} for number, row in enumerate(said, 1)],
            "发文": issued(law, on)}
