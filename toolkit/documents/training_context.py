"""What 培训补贴名单 says.

Source: 乌人社规〔2023〕1号 第十四条 (R14)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from toolkit.documents.context_parts import issued, law_named
from toolkit.regulation import Regulation

_KEYS = ("序号", "姓名", "身份证号", "工作室名称", "等级", "证书编号", "发证日期", "金额")


def training_context(law: Regulation, year: int, on: date, amounts: Mapping[str, Decimal],
                     listed: Sequence[tuple[Sequence[str], str]]) -> dict:
    """培训补贴名单. amounts: the standard by level, none where it is not set; listed: values in the order of the list's fields, and the level."""
    total = sum((amounts[level] for _, level in listed), Decimal(0)) if amounts else None
    said = "、".join(f"{level}{amount:,}元" for level, amount in amounts.items())
    return {"年度": str(year), "牌匾": law.facts["studio_title"], "办法": law_named(law, 条款=law.clause("R14")),
            "补贴": {"标准": said, "合计": f"{total:,}元" if total is not None else ""},
            "名单": [dict(zip(_KEYS, line, strict=True)) for line, _ in listed], "发文": issued(law, on)}
